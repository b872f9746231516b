/* Functions of probability that C lacks, or has with a global side effect. Pure. */
#ifndef EN_ESTIMATE_SPECIAL_H
#define EN_ESTIMATE_SPECIAL_H

double log_gamma(double x); /* log Γ(x), x > 0; relative error below 1e-14 */
/* log Γ(x + step) - log Γ(x), both arguments > 0, without what cancels where x is far larger than step. */
double log_gamma_step(double x, double step);
double normal_quantile(double p); /* 0 < p < 1; absolute error below 1e-14 */

#endif
