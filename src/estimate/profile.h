/* The multinomial likelihood of one log-linear model as a function of N, all else maximised out. Pure. */
#ifndef EN_ESTIMATE_PROFILE_H
#define EN_ESTIMATE_PROFILE_H

#include "estimate/methods.h"
#include "estimate/poisson_fit.h"

typedef struct profile {
    double best;      /* N of the highest likelihood */
    double low, high; /* where twice its log has fallen by the chi-square quantile of `level`; high may be INFINITY */
    double at_least;  /* the same below, one-sided 95 % */
    bool falls;       /* it falls far enough on the upper side for draws */
    double draws[DRAWS_MAX]; /* equally likely, ascending: N by the signed root of twice the fall, taken as normal */
} profile;

/* `c`: cell 0 not in use; log_n0 as the model's Poisson fit has it. */
en_status profile_run(const cell_counts *c, const loglinear_model *model, double log_n0, double level, profile *out,
                      en_error *err);

#endif
