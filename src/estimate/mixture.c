/* Quantiles of a mixture of log-normal distributions, by bisection of its distribution function; many at once from a
 * table of it. */
#include "estimate/mixture.h"

#include <math.h>

static double share_below(const mixture *m, double log_n0) {
    double sum = 0;
    for (size_t i = 0; i < m->n; i++)
        sum += m->weight[i] * .5 * erfc((m->centre[i] - log_n0) / (m->spread[i] * sqrt(2)));
    return sum;
}

double mixture_quantile(const mixture *m, double p) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < m->n; i++) {
        low = fmin(low, m->centre[i] - 40 * m->spread[i]);
        high = fmax(high, m->centre[i] + 40 * m->spread[i]);
    }
    for (int i = 0; i < 100 && high - low > 1e-12; i++) {
        double middle = (low + high) / 2;
        if (share_below(m, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return exp((low + high) / 2);
}

void mixture_draws(const mixture *m, size_t n, double *out) {
    enum { KNOTS = 1024 };
    double first = log(mixture_quantile(m, .5 / (double)n)), last = log(mixture_quantile(m, 1 - .5 / (double)n));
    double step = (last - first) / KNOTS, left = .5 / (double)n, right = left;
    size_t knot = 0;
    for (size_t i = 0; i < n; i++) {
        double p = ((double)i + .5) / (double)n;
        while (right < p && knot < KNOTS) {
            left = right;
            right = share_below(m, first + step * (double)++knot);
        }
        double within = right > left ? fmin(1, (p - left) / (right - left)) : 1;
        out[i] = exp(first + step * ((double)knot - 1 + within));
    }
    out[0] = exp(first);
}
