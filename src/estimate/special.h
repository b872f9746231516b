/* Functions of probability that C lacks, or has with a global side effect. Pure. */
#ifndef EN_ESTIMATE_SPECIAL_H
#define EN_ESTIMATE_SPECIAL_H

#include <stdbool.h>

double log_gamma(double x); /* log Γ(x), x > 0; relative error below 1e-14 */
/* log Γ(x + step) - log Γ(x), both arguments > 0, without what cancels where x is far larger than step. */
double log_gamma_step(double x, double step);
double normal_quantile(double p); /* 0 < p < 1; absolute error below 1e-14 */
/* log Pr(X ≤ k) (upper false) or log Pr(X ≥ k) of X ~ Poisson(mean), k ≥ 0 whole, mean > 0; the log is right to 1e-5 of
 * itself where k is above 20,000, and to 1e-12 below. */
double log_poisson_tail(double k, double mean, bool upper);

#endif
