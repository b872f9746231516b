/* Rubin's rules on log n0 (Rubin 1987; Sadinle 2018 for linkage). With W the mean of the variances within replicates
 * and B the variance of their means, T = W + (1 + 1/m) B, nu = (m - 1) (1 + (m/(m + 1)) W/B)^2, and the interval is n +
 * exp(mean -+ t(nu) sqrt(T)). n is the mean over replicates, since it differs where linkage does. */
#include <math.h>
#include <stdlib.h>

#include "estimate/methods.h"

/* P(T < t) of Student's distribution, by Simpson's rule on t = sqrt(nu) tan(theta), where the density is a power of the
 * cosine. */
static double student_below(double t, double nu) {
    enum { STEPS = 2000 };
    double theta = atan(t / sqrt(nu)), step = theta / STEPS, sum = 0;
    for (int i = 0; i <= STEPS; i++)
        sum += (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2) * exp((nu - 1) * log(cos(i * step)));
    return .5 + exp(lgamma((nu + 1) / 2) - lgamma(nu / 2)) / sqrt(acos(-1)) * sum * step / 3;
}

static double student_quantile(double p, double nu) {
    double low = 0, high = 1e4;
    for (int i = 0; i < 80; i++) {
        double middle = (low + high) / 2;
        if (student_below(middle, nu) < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

typedef struct moments {
    double count, mean, squares, recorded; /* squares: of differences from the mean */
} moments;

static void add(moments *m, double x) {
    double before = x - m->mean;
    m->mean += before / ++m->count;
    m->squares += before * (x - m->mean);
}

static en_status pool(const moments *of, int m, double level, en_rubin *out, en_error *err) {
    moments means = {0};
    double n = 0;
    *out = (en_rubin){0};
    for (int r = 0; r < m; r++) {
        if (of[r].count < 2)
            return en_fail(err, EN_ERR_INPUT, "replicate %d of %d has fewer than two draws above those recorded", r + 1,
                           m);
        add(&means, of[r].mean);
        out->within += of[r].squares / (of[r].count - 1) / m;
        n += of[r].recorded / m;
    }
    out->between = means.squares / (m - 1);
    double extra = (1 + 1.0 / m) * out->between, all = out->within + extra;
    out->degrees = out->between > 0 ? (m - 1) * pow(1 + out->within / extra, 2) : INFINITY;
    out->share_between = all > 0 ? extra / all : 0;
    double t = student_quantile(.5 + level / 2, fmin(out->degrees, 1e6)), reach = t * sqrt(all);
    out->centre = n + exp(means.mean);
    out->low = n + exp(means.mean - reach);
    out->high = n + exp(means.mean + reach);
    return EN_OK;
}

en_status en_rubin_rules(const double *draws, const double *n, const int32_t *replicate, int64_t n_draws, int m,
                         double level, en_rubin *out, en_error *err) {
    if (m < 2) return en_fail(err, EN_ERR_INPUT, "Rubin's rules take two replicates or more");
    moments *of = calloc((size_t)m, sizeof *of);
    if (!of) return en_no_memory(err);
    for (int64_t i = 0; i < n_draws; i++) {
        moments *r = &of[replicate[i]];
        r->recorded = n[i];
        if (draws[i] > n[i]) add(r, log(draws[i] - n[i]));
    }
    en_status status = pool(of, m, level > 0 ? level : .95, out, err);
    free(of);
    return status;
}

double en_quantile(const double *ascending, int64_t n, double p) {
    double at = p * (double)(n - 1);
    int64_t below = (int64_t)floor(at), above = below + 1 < n ? below + 1 : n - 1;
    return ascending[below] + (at - (double)below) * (ascending[above] - ascending[below]);
}
