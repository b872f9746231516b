/* Bias-corrected and accelerated bootstrap intervals (Efron 1987). Pure. */
#ifndef EN_ESTIMATE_BCA_H
#define EN_ESTIMATE_BCA_H

#include <stddef.h>

typedef struct bca {
    size_t n;
    const double *replicates; /* ascending; INFINITY where a replicate has no number; lent by the caller */
    double bias, acceleration;
} bca;

/* values[i] with weight[i]: the estimate with one person of cell i left out; those not finite are passed over. */
double bca_acceleration(const double *values, const double *weights, size_t n);
double bca_bias(const double *replicates, size_t n, double estimate);
/* The end that the quantile p of the estimate's distribution becomes; INFINITY among replicates without a number. */
double bca_quantile(const bca *bca, double p);

#endif
