/* Hierarchical models as sets of terms: all there are, the neighbours of one, their names. Pure. */
#ifndef EN_ESTIMATE_HIERARCHICAL_H
#define EN_ESTIMATE_HIERARCHICAL_H

#include "estimate/loglinear.h"

/* The empty set and each list alone. */
void hierarchical_main_effects(int lists, loglinear_model *out);
bool hierarchical_has(const loglinear_model *model, unsigned term);
/* With the terms in their order; the term must not be there, and there must be room. */
void hierarchical_add(loglinear_model *model, unsigned term);
int hierarchical_compare(const loglinear_model *a, const loglinear_model *b); /* by number of terms, then terms */

/* Every model that has all main effects, interactions of at most `order` lists, and not that of all lists; at most
 * LOGLINEAR_ALL_MAX lists. `out` is owned. */
en_status hierarchical_all(int lists, int order, loglinear_model **out, size_t *n, en_error *err);

/* Models with one term more, of at most `order` lists, or one less, main effects always kept. `out` is owned. */
en_status hierarchical_neighbours(const loglinear_model *model, int order, loglinear_model **out, size_t *n,
                                  en_error *err);

#endif
