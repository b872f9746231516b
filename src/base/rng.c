/* Philox streams and the draws made from them. */
#include "base/rng.h"

#include <math.h>
#include <Random123/philox.h>
#include <string.h>

#define COUNT_MAX ((int64_t)1 << 62) /* where counts saturate */

void en_rng_init(en_rng *rng, uint64_t seed, uint64_t task) {
    *rng = (en_rng){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                    .counter = {0, 0, (uint32_t)task, (uint32_t)(task >> 32)}};
}

uint32_t en_rng_u32(en_rng *rng) {
    if (rng->left == 0) {
        philox4x32_ctr_t counter = {{rng->counter[0], rng->counter[1], rng->counter[2], rng->counter[3]}};
        philox4x32_key_t key = {{rng->key[0], rng->key[1]}};
        philox4x32_ctr_t block = philox4x32(counter, key);
        for (int i = 0; i < 4; i++) rng->block[i] = block.v[i];
        if (++rng->counter[0] == 0) rng->counter[1]++;
        rng->left = 4;
    }
    return rng->block[4 - rng->left--];
}

uint64_t en_rng_u64(en_rng *rng) {
    uint64_t high = en_rng_u32(rng);
    return high << 32 | en_rng_u32(rng);
}

/* Lemire (2019), "Fast random integer generation in an interval": the high half of u * n, rejecting the few u that
 * would bias it. */
uint64_t en_rng_below(en_rng *rng, uint64_t n) {
    uint64_t least = -n % n;
    for (;;) {
        unsigned __int128 product = (unsigned __int128)en_rng_u64(rng) * n;
        if ((uint64_t)product >= least) return (uint64_t)(product >> 64);
    }
}

/* Midpoints of 2^53 equal cells: never 0 or 1. */
double en_rng_uniform(en_rng *rng) { return ((double)(en_rng_u64(rng) >> 12) + .5) * 0x1p-52; }

double en_rng_exponential(en_rng *rng) { return -log(en_rng_uniform(rng)); }

/* Marsaglia's polar method (Marsaglia and Bray 1964); the second deviate is thrown away so that a stream has no hidden
 * state. */
double en_rng_normal(en_rng *rng) {
    for (;;) {
        double u = 2 * en_rng_uniform(rng) - 1, v = 2 * en_rng_uniform(rng) - 1, s = u * u + v * v;
        if (s < 1 && s > 0) return u * sqrt(-2 * log(s) / s);
    }
}

/* ---- gamma and what is made of it ---- */

/* Marsaglia and Tsang (2000), shape ≥ 1. */
static double gamma_from_one(en_rng *rng, double shape) {
    double d = shape - 1. / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = en_rng_normal(rng), v = 1 + c * x;
        if (v <= 0) continue;
        v = v * v * v;
        double u = en_rng_uniform(rng);
        if (u < 1 - .0331 * x * x * x * x || log(u) < .5 * x * x + d * (1 - v + log(v))) return d * v;
    }
}

/* Below 1: Gamma(a) = Gamma(a + 1) U^(1/a), in logs since U^(1/a) underflows (Marsaglia and Tsang 2000, section 6). */
double en_rng_log_gamma(en_rng *rng, double shape) {
    if (shape >= 1) return log(gamma_from_one(rng, shape));
    double above = log(gamma_from_one(rng, shape + 1));
    return above - en_rng_exponential(rng) / shape;
}

double en_rng_gamma(en_rng *rng, double shape) {
    return shape >= 1 ? gamma_from_one(rng, shape) : exp(en_rng_log_gamma(rng, shape));
}

/* log(1 + e^t) without overflow. */
static double softplus(double t) { return t > 0 ? t + log1p(exp(-t)) : log1p(exp(t)); }

/* log(1 - e^t), t < 0, without cancellation (Mächler 2012). */
static double log1m_exp(double t) { return t > -M_LN2 ? log(-expm1(t)) : log1p(-exp(t)); }

/* x = X / (X + Y) of two gammas: log x = -log(1 + Y/X), which keeps the smaller of x and 1 - x exact. With a shape of 1
 * the distribution function is inverted: 1 - x = U^(1/b), or x = U^(1/a). */
void en_rng_log_beta(en_rng *rng, double a, double b, double *log_x, double *log_1mx) {
    if (a == 1) {
        *log_1mx = log(en_rng_uniform(rng)) / b;
        *log_x = log1m_exp(*log_1mx);
        return;
    }
    if (b == 1) {
        *log_x = log(en_rng_uniform(rng)) / a;
        *log_1mx = log1m_exp(*log_x);
        return;
    }
    double x = en_rng_log_gamma(rng, a), y = en_rng_log_gamma(rng, b);
    *log_x = -softplus(y - x);
    *log_1mx = -softplus(x - y);
}

double en_rng_beta(en_rng *rng, double a, double b) {
    if (a >= 1 && b >= 1) {
        double x = gamma_from_one(rng, a), y = gamma_from_one(rng, b);
        return x / (x + y);
    }
    double log_x, log_1mx;
    en_rng_log_beta(rng, a, b, &log_x, &log_1mx);
    return exp(log_x);
}

/* Gammas over their sum (Devroye 1986, XI.4), in logs so that tiny alphas do not all underflow. */
void en_rng_dirichlet(en_rng *rng, const double *alpha, size_t n, double *out) {
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = en_rng_log_gamma(rng, alpha[i]);
        if (out[i] > most) most = out[i];
    }
    for (size_t i = 0; i < n; i++) sum += out[i] = exp(out[i] - most);
    for (size_t i = 0; i < n; i++) out[i] /= sum;
}

/* ---- counts ---- */

/* Log densities after Loader (2000), "Fast and accurate computation of binomial probabilities": Stirling's error and
 * deviances, so that no large terms cancel however large the counts are. */

/* log(k!) - log(sqrt(2 pi k) (k/e)^k), k >= 1. */
static double stirling_error(double k) {
    static const double table[] = {.08106146679532726,  .04134069595540929, .02767792568499834, .02079067210376509,
                                   .01664469118982119,  .01387612882307075, .01189670994589177, .01041126526197209,
                                   .009255462182712733, .008330563433362871};
    if (k <= 10) return table[(int)k - 1];
    double s = 1 / (k * k);
    return (1. / 12 - (1. / 360 - s / 1260) * s) / k;
}

/* x log(x/m) + m - x, x > 0 (Loader's bd0): a series in (x - m)/(x + m) where x is near m. */
static double deviance(double x, double m) {
    double v = (x - m) / (x + m);
    if (fabs(v) >= .1) return x * log(x / m) + m - x;
    double sum = (x - m) * v, term = 2 * x * v, before = NAN;
    for (int j = 1; sum != before; j++) {
        before = sum;
        term *= v * v;
        sum += term / (2 * j + 1);
    }
    return sum;
}

static double log_binomial_density(double k, double n, double p) {
    if (k == 0) return n * log1p(-p);
    if (k == n) return n * log(p);
    double rest = n - k;
    return stirling_error(n) - stirling_error(k) - stirling_error(rest) - deviance(k, n * p) -
           deviance(rest, n * (1 - p)) + .5 * log(n / (2 * M_PI * k * rest));
}

static double log_poisson_density(double k, double mean) {
    return k == 0 ? -mean : -stirling_error(k) - deviance(k, mean) - .5 * log(2 * M_PI * k);
}

/* Inversion by counting geometric gaps (Devroye 1986, X.4.3): the expected number of steps is n p. */
static int64_t binomial_small(en_rng *rng, int64_t n, double p) {
    double u = en_rng_uniform(rng);
    if (u <= 1 - (double)n * p)
        return 0; /* since (1 - p)^n is no less: most draws of rare categories need no logarithm */
    double log_q = log1p(-p), passed = floor(log(u) / log_q) + 1;
    int64_t x = 0;
    while (passed <= (double)n) {
        passed += floor(log(en_rng_uniform(rng)) / log_q) + 1;
        x++;
    }
    return x;
}

/* BTRS: transformed rejection with squeeze (Hörmann 1993), for p ≤ 1/2 and n p ≥ 10. */
static int64_t binomial_large(en_rng *rng, int64_t count, double p) {
    double n = (double)count, q = 1 - p, spq = sqrt(n * p * q);
    double b = 1.15 + 2.53 * spq, a = -.0873 + .0248 * b + .01 * p, c = n * p + .5, v_r = .92 - 4.2 / b,
           alpha = (2.83 + 5.1 / b) * spq, at_mode = log_binomial_density(floor((n + 1) * p), n, p);
    for (;;) {
        double u = en_rng_uniform(rng) - .5, v = en_rng_uniform(rng), us = .5 - fabs(u),
               k = floor((2 * a / us + b) * u + c);
        if (us >= .07 && v <= v_r) return (int64_t)k;
        if (k < 0 || k > n) continue;
        if (log(v * alpha / (a / (us * us) + b)) <= log_binomial_density(k, n, p) - at_mode) return (int64_t)k;
    }
}

int64_t en_rng_binomial(en_rng *rng, int64_t n, double p) {
    if (n <= 0 || p <= 0) return 0;
    if (p >= 1) return n;
    if (p > .5) return n - en_rng_binomial(rng, n, 1 - p);
    return (double)n * p < 10 ? binomial_small(rng, n, p) : binomial_large(rng, n, p);
}

/* One binomial a category, given those before (Devroye 1986, XI.2), from the last to the first so that what is left is
 * a running sum and never a difference. The sums wait in out. */
void en_rng_multinomial(en_rng *rng, int64_t n, const double *weights, size_t k, int64_t *out) {
    double sum = 0;
    _Static_assert(sizeof sum == sizeof *out, "a running sum is kept in the place of a count");
    for (size_t i = 0; i < k; i++) {
        sum += weights[i] > 0 ? weights[i] : 0;
        memcpy(&out[i], &sum, sizeof sum);
    }
    for (size_t i = k; i-- > 0;) {
        memcpy(&sum, &out[i], sizeof sum);
        out[i] = weights[i] > 0 ? en_rng_binomial(rng, n, weights[i] / sum) : 0;
        n -= out[i];
    }
}

/* Arrivals at exponential gaps (Knuth, 3.4.1, in logs). */
static int64_t poisson_small(en_rng *rng, double mean) {
    double left = mean;
    for (int64_t k = 0;; k++) {
        left -= en_rng_exponential(rng);
        if (left < 0) return k;
    }
}

/* PTRS: transformed rejection with squeeze (Hörmann 1993, "The transformed rejection method for generating Poisson
 * random variables"), mean ≥ 10. */
int64_t en_rng_poisson(en_rng *rng, double mean) {
    if (!(mean > 0)) return 0;
    if (mean < 10) return poisson_small(rng, mean);
    if (mean >= 0x1p62) return COUNT_MAX;
    double b = .931 + 2.53 * sqrt(mean), a = -.059 + .02483 * b, v_r = .9277 - 3.6224 / (b - 2),
           log_inv_alpha = log(1.1239 + 1.1328 / (b - 3.4));
    for (;;) {
        double u = en_rng_uniform(rng) - .5, v = en_rng_uniform(rng), us = .5 - fabs(u),
               k = floor((2 * a / us + b) * u + mean + .43);
        if (k >= 0x1p62) return COUNT_MAX;
        if (us >= .07 && v <= v_r) return (int64_t)k;
        if (k < 0 || (us < .013 && v > us)) continue;
        if (log(v) + log_inv_alpha - log(a / (us * us) + b) <= log_poisson_density(k, mean)) return (int64_t)k;
    }
}

int64_t en_rng_negbinomial(en_rng *rng, double size, double p) {
    if (p >= 1) return 0;
    double log_mean = en_rng_log_gamma(rng, size) + log1p(-p) - log(p);
    if (log_mean > 62 * M_LN2) return COUNT_MAX;
    return en_rng_poisson(rng, exp(log_mean));
}

void en_rng_permutation(en_rng *rng, size_t n, int32_t *out) {
    for (size_t i = 0; i < n; i++) out[i] = (int32_t)i;
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)en_rng_below(rng, i);
        int32_t swapped = out[i - 1];
        out[i - 1] = out[k];
        out[k] = swapped;
    }
}
