/* Log-normal distributions of n0, mixed by weight. Pure. */
#ifndef EN_ESTIMATE_MIXTURE_H
#define EN_ESTIMATE_MIXTURE_H

#include <stddef.h>

typedef struct mixture {
    size_t n;
    double *weight, *centre, *spread; /* of log n0; weights sum to 1; owned by who fills them */
} mixture;

double mixture_quantile(const mixture *mixture, double p); /* of n0, 0 < p < 1 */
/* n equally likely values of n0, ascending: the quantiles (i + 1/2)/n. */
void mixture_draws(const mixture *mixture, size_t n, double *out);

#endif
