/* Rank-normalised split R-hat and effective sample sizes. */
#include "estimate/convergence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/special.h"

typedef struct ranked {
    double value;
    size_t at;
} ranked;

static int by_value(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* z = normal quantile of (rank - 3/8) / (S + 1/4), ties by their mean rank (equation 14). `order` has room for n. */
static void rank_normalise(const double *x, size_t n, ranked *order, double *z) {
    for (size_t i = 0; i < n; i++) order[i] = (ranked){x[i], i};
    qsort(order, n, sizeof *order, by_value);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && order[end].value == order[i].value;) end++;
        double score = normal_quantile(((double)(i + end + 1) / 2 - .375) / ((double)n + .25));
        for (size_t k = i; k < end; k++) z[order[k].at] = score;
    }
}

static double mean_of(const double *x, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum / (double)n;
}

/* sum over i of (x_i - mean)(x_{i+lag} - mean), over n (the biased estimate, as Stan takes it) */
static double autocovariance(const double *x, size_t n, double mean, size_t lag) {
    double sum = 0;
    for (size_t i = 0; i + lag < n; i++) sum += (x[i] - mean) * (x[i + lag] - mean);
    return sum / (double)n;
}

/* Means and variances of m chains of n draws: within W, and the pooled var+ (equations 1 to 3). */
static double within_and_pooled(const double *x, size_t m, size_t n, double *pooled) {
    double w = 0, b = 0, grand = mean_of(x, m * n);
    for (size_t c = 0; c < m; c++) {
        double mean = mean_of(x + c * n, n);
        w += autocovariance(x + c * n, n, mean, 0) * (double)n / (double)(n - 1);
        b += (mean - grand) * (mean - grand);
    }
    w /= (double)m;
    *pooled = w * (double)(n - 1) / (double)n + b / (double)(m - 1);
    return w;
}

static double rhat(const double *x, size_t m, size_t n) {
    double pooled, w = within_and_pooled(x, m, n, &pooled);
    return w > 0 ? sqrt(pooled / w) : NAN;
}

static double correlation(const double *x, const double *means, size_t m, size_t n, size_t lag, double w,
                          double pooled) {
    double sum = 0;
    for (size_t c = 0; c < m; c++) sum += autocovariance(x + c * n, n, means[c], lag);
    /* The biased estimate times n/(n-1) is on W's scale (equation 10). */
    return 1 - (w - sum / (double)m * (double)n / (double)(n - 1)) / pooled;
}

/* Geyer's initial monotone sequence over pairs of lags (section 3.2). */
static double ess(const double *x, size_t m, size_t n) {
    enum { CHAINS_MAX = 128 };
    double means[CHAINS_MAX], pooled, w = within_and_pooled(x, m, n, &pooled), draws = (double)(m * n);
    if (!(w > 0)) return NAN;
    for (size_t c = 0; c < m; c++) means[c] = mean_of(x + c * n, n);
    double previous = 1 + correlation(x, means, m, n, 1, w, pooled), sum = previous;
    for (size_t lag = 2; lag + 1 < n; lag += 2) {
        double pair = correlation(x, means, m, n, lag, w, pooled) + correlation(x, means, m, n, lag + 1, w, pooled);
        if (!(pair > 0)) break;
        previous = fmin(previous, pair);
        sum += previous;
        /* Less than two effective draws a chain is hopeless whatever comes. */
        if (sum > (double)n / 4) break;
    }
    double tau = fmax(2 * sum - 1, 1 / log10(draws));
    return draws / tau;
}

/* Each chain in halves: the middle draw of an odd number goes. */
static void split(const double *draws, int chains, size_t n, double *out) {
    size_t half = n / 2;
    for (int c = 0; c < chains; c++) {
        memcpy(out + (size_t)(2 * c) * half, draws + (size_t)c * n, half * sizeof *out);
        memcpy(out + (size_t)(2 * c + 1) * half, draws + (size_t)c * n + (n - half), half * sizeof *out);
    }
}

/* Effective draws of the indicator x ≤ q, q the p-quantile of all. */
static double quantile_ess(const double *x, const ranked *order, size_t m, size_t n, double p, double *indicator) {
    double q = order[(size_t)(p * (double)(m * n - 1))].value;
    for (size_t i = 0; i < m * n; i++) indicator[i] = x[i] <= q;
    return ess(indicator, m, n);
}

en_status convergence_measure(const double *draws, int chains, size_t n, convergence *out, en_error *err) {
    size_t m = 2 * (size_t)chains, half = n / 2, all = m * half;
    double *x = calloc(3 * all, sizeof *x), *z = x + all, *folded = z + all;
    ranked *order = calloc(all, sizeof *order);
    *out = (convergence){NAN, NAN, NAN};
    if (!x || !order) {
        free(x);
        free(order);
        return en_no_memory(err);
    }
    split(draws, chains, n, x);
    rank_normalise(x, all, order, z);
    double median = order[all / 2].value;
    out->rhat = rhat(z, m, half);
    out->ess_bulk = ess(z, m, half);
    out->ess_tail = fmin(quantile_ess(x, order, m, half, .05, z), quantile_ess(x, order, m, half, .95, z));
    for (size_t i = 0; i < all; i++) folded[i] = fabs(x[i] - median);
    rank_normalise(folded, all, order, z);
    out->rhat = fmax(out->rhat, rhat(z, m, half));
    free(x);
    free(order);
    return EN_OK;
}

bool convergence_is_reached(const convergence *m) {
    return m->rhat <= 1.01 && m->ess_bulk >= 400 && m->ess_tail >= 400;
}

static double at_share(const ranked *order, size_t n, double p) {
    return order[(size_t)(fmin(fmax(p, 0), 1) * (double)(n - 1))].value;
}

/* Half the way between the quantiles one standard error of p below and above. */
en_status convergence_error(const double *draws, int chains, size_t n, double p, double *error, en_error *err) {
    size_t m = 2 * (size_t)chains, half = n / 2, all = m * half;
    double *x = calloc(2 * all, sizeof *x);
    ranked *order = calloc(all, sizeof *order);
    if (!x || !order) {
        free(x);
        free(order);
        return en_no_memory(err);
    }
    split(draws, chains, n, x);
    for (size_t i = 0; i < all; i++) order[i] = (ranked){x[i], i};
    qsort(order, all, sizeof *order, by_value);
    double aside = sqrt(p * (1 - p) / quantile_ess(x, order, m, half, p, x + all));
    *error = INFINITY;
    if (isfinite(aside))
        *error = (at_share(order, all, p + aside) - at_share(order, all, p - aside)) / 2 / at_share(order, all, p);
    free(x);
    free(order);
    return EN_OK;
}
