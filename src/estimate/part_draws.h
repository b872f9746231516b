/* What sums over strata and mixtures over replicates share: draws of each method of a part, and the estimate that
 * pooled draws make. */
#ifndef EN_ESTIMATE_PART_DRAWS_H
#define EN_ESTIMATE_PART_DRAWS_H

#include "estimate/methods.h"

const en_estimate *part_estimate(const en_part *part, en_method method); /* NULL where it was not run */
/* DRAWS_MAX totals, ascending. A method without draws is taken as log-normal above those recorded. */
void part_draws(const en_part *part, const en_estimate *estimate, double *out);
void part_begin(const en_estimate *like, en_estimate *out);
/* Sorts the totals, and fills `out` from them. */
en_status part_finish(double *totals, int64_t n, en_estimate *out, en_error *err);

#endif
