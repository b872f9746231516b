/* Efron's (1987) corrected percentiles: p becomes Phi(z0 + (z0 + z_p) / (1 - a (z0 + z_p))), z0 = Phi^-1 of the share
 * of replicates below the estimate, a = sum w d³ / (6 (sum w d²)^1.5) with d the mean less the value with one person
 * left out. */
#include "estimate/bca.h"

#include <math.h>

#include "estimate/special.h"

double bca_acceleration(const double *values, const double *weights, size_t n) {
    double total = 0, mean = 0, squares = 0, cubes = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i])) continue;
        total += weights[i];
        mean += weights[i] * values[i];
    }
    if (!(total > 0)) return 0;
    mean /= total;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i])) continue;
        double d = mean - values[i];
        squares += weights[i] * d * d;
        cubes += weights[i] * d * d * d;
    }
    return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0;
}

double bca_bias(const double *replicates, size_t n, double estimate) {
    double below = 0;
    for (size_t i = 0; i < n; i++) below += replicates[i] < estimate ? 1 : replicates[i] == estimate ? .5 : 0;
    double share = below / (double)n, edge = .5 / (double)n;
    return normal_quantile(fmin(fmax(share, edge), 1 - edge));
}

double bca_quantile(const bca *b, double p) {
    double z = b->bias + normal_quantile(p), slope = 1 - b->acceleration * z;
    double corrected = slope > 0 ? .5 * erfc(-(b->bias + z / slope) / sqrt(2)) : z > 0 ? 1 : 0;
    double at = corrected * (double)(b->n - 1);
    size_t left = (size_t)at;
    if (left + 1 >= b->n) return b->replicates[b->n - 1];
    if (isinf(b->replicates[left + 1])) return at > (double)left ? INFINITY : b->replicates[left];
    return b->replicates[left] + (at - (double)left) * (b->replicates[left + 1] - b->replicates[left]);
}
