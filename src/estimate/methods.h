/* What the methods of this module share: each fills one en_estimate from histories whose lists all record somebody. */
#ifndef EN_ESTIMATE_METHODS_H
#define EN_ESTIMATE_METHODS_H

#include "everyname/estimate.h"

enum { DRAWS_MAX = 2000, GRAPH_LISTS_MAX = 8 };

en_status chao_estimate(const en_histories *histories, const en_estimate_options *options, en_estimate *out,
                        en_error *err);
en_status graphs_estimate(const en_histories *histories, const en_estimate_options *options, en_estimate *out,
                          en_error *err);
en_status latent_estimate(const en_histories *histories, const en_estimate_options *options, en_estimate *out,
                          en_error *err);

/* The most classes there may be. */
int latent_classes(const en_histories *histories, const en_estimate_options *options);

en_status loglinear_estimate(const en_histories *histories, const en_estimate_options *options, en_estimate *out,
                             en_error *err);
en_status loglinear_best_estimate(const en_histories *histories, const en_estimate_options *options, en_estimate *out,
                                  en_error *err);
en_status stepwise_estimate(const en_histories *histories, const en_estimate_options *options, en_estimate *out,
                            en_error *err);

/* Prints like printf; the ninth and later are dropped. */
void estimate_warn(en_estimate *estimate, const char *fmt, ...) EN_PRINTF(2, 3);
/* Says at the end of `model` whose letters stand in brackets, where append_list_set writes letters. */
void add_letters(const en_histories *histories, en_estimate *estimate);
/* Sets a status that gives no number, with the reason as a warning. */
void estimate_refuse(en_estimate *estimate, en_estimate_status status, const char *fmt, ...) EN_PRINTF(3, 4);

/* ---- how the lists overlap ---- */

/* Histories without the lists that record nobody. `out` is owned. */
en_status overlap_visible(const en_histories *histories, en_histories *out, en_error *err);
/* The index, in the histories given, of a list that overlap_visible kept. */
int overlap_given(const en_histories *given, int visible);
/* Histories as if one list had not been made. `out` is owned. */
en_status overlap_without(const en_histories *histories, int list, en_histories *out, en_error *err);
int64_t overlap_shared(const en_histories *histories); /* persons on two lists or more */
/* Warns of empty lists, of a list inside another, of a list that meets no other. */
void overlap_warn(const en_histories *histories, en_estimate *estimate);

/* Appends a set of lists in brackets, "[EXH ABA]": letters in the order of the lists where the names are long. `out` is
 * terminated, and stays so where there is no more room. */
void append_list_set(const en_histories *histories, unsigned set, char *out, size_t cap);

/* ---- the headline ---- */

/* Fills has_recommended and what follows it from the estimates. `visible` as overlap_visible gave it. */
en_status recommend(const en_histories *visible, const en_estimate_options *options, en_estimate_result *result,
                    en_error *err);
bool headline_possible(const en_estimate_result *result); /* an admissible model gave a number */
/* The i-th model that the rule admits, from 0 to ADMITTED_MAX - 1; NULL where it is not admissible here. */
enum { ADMITTED_MAX = 5 };
const en_estimate *admissible(const en_estimate_result *result, int i);
/* The interval and the lower bound anew, from the estimates as they are and `bound`; has_recommended stands. */
void headline_span(en_estimate_result *result);

#endif
