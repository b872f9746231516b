/* The modes of a posterior that several chains have drawn from. Pure. */
#ifndef EN_ESTIMATE_MODES_H
#define EN_ESTIMATE_MODES_H

#include "everyname/estimate.h"

/* totals[c * n + i] > observed ≥ 0: N of chain c of `chains`, draw i of n. Fills modes and n_modes of `out`, none where
 * there is one: medians and intervals (out->level) of the draws between the valleys of the density of log(N - observed
 * + 1/2). A valley is at most 4/5 as high as the lower of its peaks, and a mode has at least 1 % of the draws. Weights
 * lie between the least and the largest share of any chain; between 0 and 1 unless `crossed`. */
en_status modes_find(const double *totals, int chains, size_t n, double observed, bool crossed, en_estimate *out,
                     en_error *err);

#endif
