/* A population drawn from the chances of its capture histories: for calibration and for studies of coverage. Pure. */
#ifndef EN_ESTIMATE_SIMULATE_H
#define EN_ESTIMATE_SIMULATE_H

#include "base/rng.h"
#include "everyname/estimate.h"

enum { SIMULATE_LISTS_MAX = 12 };

/* `people` persons, each with pattern w at chance cells[w] (2^lists of them, which need not add up to 1; cells[0] is of
 * no list). Those on no list are left out. `out` is owned; its lists have these names. */
en_status simulate_histories(const char (*names)[128], int lists, const double *cells, int64_t people, en_rng *rng,
                             en_histories *out, en_error *err);

#endif
