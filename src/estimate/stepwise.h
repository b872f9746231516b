/* One log-linear model of pairs, found by forward selection (Chan, Silverman and Vincent 2021). Pure. */
#ifndef EN_ESTIMATE_STEPWISE_H
#define EN_ESTIMATE_STEPWISE_H

#include "estimate/poisson_fit.h"

typedef struct stepwise_fit {
    en_estimate_status status;
    loglinear_model model;            /* with its empty pairs */
    int n_empty;                      /* how many of its terms are empty: minus infinity, their cells deleted */
    double total, log_n0, var_log_n0; /* NAN where the status is not ok */
} stepwise_fit;

/* From main effects on, the pair of lists whose overlap is least likely under the model so far comes in, while that
 * likelihood is below `threshold` and the model with it has a maximum and is identified. */
en_status stepwise_run(const cell_counts *cells, double threshold, fit_room *room, stepwise_fit *out, en_error *err);

#endif
