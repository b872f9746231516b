/* What sensitivity.c is made of: each part moves one assumption. Histories are those of lists that record somebody;
 * lists are numbered in them. */
#ifndef EN_ESTIMATE_SENSITIVITY_PARTS_H
#define EN_ESTIMATE_SENSITIVITY_PARTS_H

#include "estimate/loglinear.h"
#include "everyname/estimate.h"

static const double SENSITIVITY_CLOSE = 10; /* criteria as far apart as that are told apart by the data */

/* base + n0, log n0 normal with this variance; a variance of INFINITY leaves the ends NAN. */
en_total total_of(double base, double n0, double var_log_n0, double level);
en_total total_none(void);
en_total total_of_fit(const en_histories *histories, const loglinear_fit *fit, double level);
en_total total_of_estimate(const en_estimate *estimate);

/* A total by graphs up to 8 lists, above by the log-linear model of lowest criterion. *method 0 where there is none. */
en_status quick_total(const en_histories *histories, const en_estimate_options *options, en_method *method,
                      en_estimate_status *status, en_total *out, en_error *err);

en_status compare_pairs(const en_histories *histories, double level, en_sensitivity *out, en_error *err);
/* `fits` may have none. */
void vary_interaction(const en_histories *histories, const loglinear_fits *fits, double level, en_sensitivity *out);
en_status list_fits(const en_histories *histories, const en_estimate_options *options, const loglinear_fits *fits,
                    en_sensitivity *out, en_error *err);
en_status leave_lists_out(const en_histories *histories, const en_estimate_options *options, en_sensitivity *out,
                          en_error *err);
/* Up to 8 lists. */
en_status vary_links(const en_histories *histories, const en_estimate_options *options, en_sensitivity *out,
                     en_error *err);

/* Counts by pattern (2^lists, at most 2^GRAPH_LISTS_MAX) if a share `wrong` of the links is undone, and a share
 * `missed` made up for; they need not be whole. For tests as well. */
void cells_with_links(const en_histories *histories, double wrong, double missed, double *cells);

/* Fills range and summary from the rest. */
void sum_up(const en_histories *histories, const en_estimate_result *result, en_sensitivity *out);

#endif
