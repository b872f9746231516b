/* A distribution on the whole numbers from 0 on, known by its log density: a grid that is refined where the mass is,
 * and a power law beyond its end. Pure. */
#ifndef EN_ESTIMATE_SUPPORT_H
#define EN_ESTIMATE_SUPPORT_H

#include "everyname/base.h"

typedef struct support {
    size_t n;
    double *x;          /* whole numbers, ascending, x[0] = 0 */
    double *log_f;      /* log density, as the caller gave it */
    double *cumulative; /* of the density over exp(top), up to and with x[i]; the tail not in it */
    double top;         /* the largest log density */
    double tail;        /* mass beyond x[n - 1], in the same unit */
    double tail_moment; /* sum of x times density there; INFINITY where the sum diverges */
} support;              /* zero-initialised is empty */

/* log_f[i] of x[i], i < n. */
typedef en_status (*support_density)(void *ctx, const double *x, size_t n, double *log_f, en_error *err);

/* Begins with the n_start whole numbers of `start` (ascending, distinct, the first 0; each peak must lie at one of them
 * or be wider than their gaps) and halves gaps, in log(x + 1/2), until linear interpolation of the log density there
 * is right to about .2 % wherever there is mass. `noise` is the rounding error of log_f. The tail is 0. */
en_status support_build(const double *start, size_t n_start, double noise, support_density density, void *ctx,
                        support *out, en_error *err);
void support_clear(support *support);

/* A whole number between a and b, in the middle by log(x + 1/2); b - a ≥ 2. */
double support_middle(double a, double b);
double support_total(const support *support);
double support_quantile(const support *support, double p); /* the smallest x with Pr(X ≤ x) ≥ p */
double support_cdf(const support *support, double x);      /* Pr(X ≤ x) */
double support_mean(const support *support);               /* INFINITY where there is none */

#endif
