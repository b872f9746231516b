/* Have chains converged, and how many independent draws are they worth? Vehtari, Gelman, Simpson, Carpenter, Bürkner
 * 2021 (Bayesian Analysis 16:667). Pure. */
#ifndef EN_ESTIMATE_CONVERGENCE_H
#define EN_ESTIMATE_CONVERGENCE_H

#include "everyname/base.h"

typedef struct convergence {
    double rhat;     /* the larger of the rank-normalised split R-hat and that of the folded draws */
    double ess_bulk; /* effective draws, rank-normalised, split chains */
    double ess_tail; /* the smaller of the effective draws for the 5 % and the 95 % quantile */
} convergence;

/* draws[c * n + i]: chain c of `chains` ≥ 2, draw i of n ≥ 8. Constant draws give R-hat NAN. */
en_status convergence_measure(const double *draws, int chains, size_t n, convergence *out, en_error *err);
/* Rank-normalised split R-hat ≤ 1.01, and at least 400 effective draws in bulk and tail. */
bool convergence_is_reached(const convergence *measured);
/* Monte Carlo standard error of the p-quantile of positive draws, as a share of it (there, section 4.4); INFINITY where
 * it is not known. */
en_status convergence_error(const double *draws, int chains, size_t n, double p, double *error, en_error *err);

#endif
