/* Does the likelihood of a log-linear model have a maximum, and do its means determine its parameters? Pure. */
#ifndef EN_ESTIMATE_EXISTENCE_H
#define EN_ESTIMATE_EXISTENCE_H

#include "estimate/poisson_fit.h"

/* By the rank of the columns over the cells in use, and by the linear programme of Fienberg and Rinaldo (2012):
 * maximise s subject to A'x = A'n, x ≥ s in every cell in use. *out: EN_EST_OK, EN_EST_NOT_IDENTIFIED (rank first), or
 * EN_EST_NO_MAXIMUM where the largest s is 0. */
en_status existence_check(const cell_counts *cells, const loglinear_model *model, en_estimate_status *out,
                          en_error *err);

/* Rank of the columns over the cells in use. */
en_status existence_rank(const cell_counts *cells, const loglinear_model *model, int *rank, en_error *err);

/* lp_solve sets up shared tables on first use: call this once before threads call existence_check. */
en_status existence_prepare(en_error *err);

#endif
