/* Draws against their distributions: Kolmogorov-Smirnov with cdfs computed here by other means. A test fails by chance
 * with probability 2 exp(-2 2.7^2) = 9e-7 or less (less for counts); seeds are fixed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/rng.h"

enum { DRAWS = 20000 };

typedef double (*cdf)(double x, double a, double b);

static int by_value(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* `draw` is sorted in place. With `counts`, compared at the values themselves, where both cdfs are right-continuous. */
static void check_ks(const char *what, double *draw, bool counts, cdf f, double a, double b) {
    double worst = 0;
    qsort(draw, DRAWS, sizeof *draw, by_value);
    for (int i = 0; i < DRAWS; i++) {
        if (counts && i + 1 < DRAWS && draw[i + 1] == draw[i]) continue;
        double expected = f(draw[i], a, b), above = fabs((i + 1.) / DRAWS - expected),
               below = counts ? 0 : fabs((double)i / DRAWS - expected);
        worst = fmax(worst, fmax(above, below));
    }
    if (!(worst * sqrt(DRAWS) < 2.7)) fail_msg("%s(%g, %g): D sqrt(n) = %g", what, a, b, worst * sqrt(DRAWS));
}

/* ---- cdfs ---- */

static double normal_cdf(double x, double a, double b) { return .5 * erfc(-(x - a) / b * M_SQRT1_2); }
static double exponential_cdf(double x, double a, double b) { return -expm1(-a * x) + 0 * b; }
static double arcsine_cdf(double x, double a, double b) { return 2 / M_PI * asin(sqrt(x)) + 0 * (a + b); }

/* P(a, x) of log x: series, or Lentz's continued fraction (Abramowitz and Stegun 6.5.29 and 6.5.31); above 1e6 Wilson
 * and Hilferty (1931), whose error is of order 1/a. */
static double log_gamma_cdf(double log_x, double a, double unused) {
    (void)unused;
    double x = exp(log_x);
    if (a > 1e6) return normal_cdf(cbrt(x / a), 1 - 1 / (9 * a), 1 / sqrt(9 * a));
    double factor = exp(a * log_x - x - lgamma(a + 1));
    if (x < a + 1) {
        double sum = 1, term = 1;
        for (int i = 1; term > sum * 1e-14; i++) sum += term *= x / (a + i);
        return factor * sum;
    }
    double b = x + 1 - a, c = 1e300, d = 1 / b, h = d, step = 0;
    for (int i = 1; i < 100000 && fabs(step - 1) > 1e-14; i++) {
        double an = -i * (i - a);
        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        step = d * c;
        h *= step;
    }
    return 1 - factor * a * h;
}

static double gamma_cdf(double x, double a, double b) { return log_gamma_cdf(log(x), a, b); }
static double poisson_cdf(double k, double mean, double b) { return 1 - log_gamma_cdf(log(mean), k + 1, b); }

static double binomial_cdf(double k, double n, double p) {
    long double sum = 0;
    for (double i = 0; i <= k; i++)
        sum += expl(lgammal(n + 1.L) - lgammal(i + 1.L) - lgammal(n - i + 1.L) + i * logl(p) + (n - i) * log1pl(-p));
    return (double)sum;
}

static double near_normal_binomial_cdf(double k, double n, double p) {
    return normal_cdf(k + .5, n * p, sqrt(n * p * (1 - p)));
}

static double rare_binomial_cdf(double k, double n, double p) { return poisson_cdf(k, n * p, 0); }
static double near_normal_poisson_cdf(double k, double mean, double b) {
    return normal_cdf(k + .5, mean, sqrt(mean)) + 0 * b;
}

static double negbinomial_cdf(double k, double size, double p) {
    double sum = 0;
    for (double i = 0; i <= k; i++)
        sum += exp(lgamma(i + size) - lgamma(size) - lgamma(i + 1) + size * log(p) + i * log1p(-p));
    return sum;
}

/* Beta of whole a and b: the a-th of a + b - 1 uniforms. */
static double beta_cdf(double x, double a, double b) {
    return x <= 0 ? 0 : x >= 1 ? 1 : 1 - binomial_cdf(a - 1, a + b - 1, x);
}

/* ---- tests ---- */

static double draws[DRAWS];

/* Random123's kat_vectors for philox4x32 with ten rounds. */
static void test_known_answers(void **state) {
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], expected[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        en_rng rng = {0};
        for (int k = 0; k < 4; k++) rng.counter[k] = known[i].counter[k];
        for (int k = 0; k < 2; k++) rng.key[k] = known[i].key[k];
        for (int k = 0; k < 4; k++) assert_int_equal(en_rng_u32(&rng), known[i].expected[k]);
    }
}

static void test_streams_differ(void **state) {
    (void)state;
    en_rng a, b, again;
    en_rng_init(&a, 7, 1);
    en_rng_init(&b, 7, 2);
    en_rng_init(&again, 7, 1);
    uint64_t first = en_rng_u64(&a);
    assert_true(first == en_rng_u64(&again));
    assert_true(first != en_rng_u64(&b));
}

static void test_continuous(void **state) {
    (void)state;
    en_rng rng;
    en_rng_init(&rng, 1, 0);
    for (int i = 0; i < DRAWS; i++) draws[i] = en_rng_normal(&rng);
    check_ks("normal", draws, false, normal_cdf, 0, 1);
    for (int i = 0; i < DRAWS; i++) draws[i] = en_rng_exponential(&rng);
    check_ks("exponential", draws, false, exponential_cdf, 1, 0);
    static const double shapes[] = {1e-3, .05, .5, 1, 1.5, 30, 1e4, 1e12};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        for (int i = 0; i < DRAWS; i++) draws[i] = en_rng_log_gamma(&rng, shapes[s]);
        if (shapes[s] < 1e6) check_ks("log gamma", draws, false, log_gamma_cdf, shapes[s], 0);
        for (int i = 0; i < DRAWS; i++) draws[i] = en_rng_gamma(&rng, shapes[s]);
        if (shapes[s] >= .5) check_ks("gamma", draws, false, gamma_cdf, shapes[s], 0);
    }
}

static void test_beta(void **state) {
    (void)state;
    en_rng rng;
    en_rng_init(&rng, 2, 0);
    for (int i = 0; i < DRAWS; i++) draws[i] = en_rng_beta(&rng, 3, 5);
    check_ks("beta", draws, false, beta_cdf, 3, 5);
    for (int i = 0; i < DRAWS; i++) draws[i] = en_rng_beta(&rng, .5, .5);
    check_ks("beta", draws, false, arcsine_cdf, .5, .5);
    static const double alpha[] = {2, 3, 4};
    for (int i = 0; i < DRAWS; i++) {
        double out[3];
        en_rng_dirichlet(&rng, alpha, 3, out);
        assert_true(fabs(out[0] + out[1] + out[2] - 1) < 1e-12);
        draws[i] = out[0];
    }
    check_ks("dirichlet", draws, false, beta_cdf, 2, 7);
    /* log Beta(1e-3, 2) is far below the least double; 1 - x then is near 1, and its log not rounded to 0. */
    for (int i = 0; i < DRAWS; i++) {
        double log_x, log_1mx;
        en_rng_log_beta(&rng, 1e-3, 2, &log_x, &log_1mx);
        assert_true(isfinite(log_x) && log_x < 0 && log_1mx <= 0);
        if (log_x > -600 && log_x < -20) assert_true(fabs(log_1mx / -exp(log_x) - 1) < 1e-8);
    }
}

static void check_binomial(en_rng *rng, int64_t n, double p, cdf f) {
    for (int i = 0; i < DRAWS; i++) {
        int64_t k = en_rng_binomial(rng, n, p);
        assert_true(k >= 0 && k <= n);
        draws[i] = (double)k;
    }
    check_ks("binomial", draws, true, f, (double)n, p);
}

static void test_binomial(void **state) {
    (void)state;
    en_rng rng;
    en_rng_init(&rng, 3, 0);
    check_binomial(&rng, 1, .3, binomial_cdf);
    check_binomial(&rng, 10, .5, binomial_cdf);
    check_binomial(&rng, 25, .45, binomial_cdf);
    check_binomial(&rng, 25, .95, binomial_cdf);
    check_binomial(&rng, 300, .04, binomial_cdf);
    check_binomial(&rng, 300, .9, binomial_cdf);
    check_binomial(&rng, 1000000000000, 3e-12, rare_binomial_cdf);
    check_binomial(&rng, 1000000000000, 4e-11, rare_binomial_cdf);
    check_binomial(&rng, 1000000000000, .5, near_normal_binomial_cdf);
    check_binomial(&rng, 1000000000000, .99999, near_normal_binomial_cdf);
    assert_int_equal(en_rng_binomial(&rng, 7, 0), 0);
    assert_int_equal(en_rng_binomial(&rng, 7, 1), 7);
    assert_int_equal(en_rng_binomial(&rng, 0, .5), 0);
    assert_int_equal(en_rng_binomial(&rng, 1000000000000, 1e-310), 0);
}

static void test_poisson(void **state) {
    (void)state;
    en_rng rng;
    en_rng_init(&rng, 4, 0);
    static const double means[] = {.01, 3, 9.99, 10, 47, 5000, 1e12, 1e17};
    for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
        for (int i = 0; i < DRAWS; i++) draws[i] = (double)en_rng_poisson(&rng, means[m]);
        check_ks("poisson", draws, true, means[m] > 1e6 ? near_normal_poisson_cdf : poisson_cdf, means[m], 0);
    }
    static const double sizes[] = {.3, 4, 60};
    for (size_t s = 0; s < 3; s++) {
        for (int i = 0; i < DRAWS; i++) draws[i] = (double)en_rng_negbinomial(&rng, sizes[s], .4);
        check_ks("negative binomial", draws, true, negbinomial_cdf, sizes[s], .4);
    }
    assert_int_equal(en_rng_poisson(&rng, 0), 0);
    assert_int_equal(en_rng_negbinomial(&rng, 5, 1), 0);
    assert_true(en_rng_negbinomial(&rng, 1e15, 1e-9) == (int64_t)1 << 62);
}

static void test_multinomial(void **state) {
    (void)state;
    en_rng rng;
    en_rng_init(&rng, 5, 0);
    static const double weights[] = {0, 2, 1e-300, 6, 0};
    for (int i = 0; i < DRAWS; i++) {
        int64_t out[5];
        en_rng_multinomial(&rng, 40, weights, 5, out);
        assert_true(out[0] == 0 && out[2] == 0 && out[4] == 0 && out[1] + out[3] == 40);
        draws[i] = (double)out[1];
    }
    check_ks("multinomial", draws, true, binomial_cdf, 40, .25);
}

/* Chi-square with 5 degrees: above 35.9 with probability 1e-6. */
static void test_uniform_choices(void **state) {
    (void)state;
    en_rng rng;
    en_rng_init(&rng, 6, 0);
    int faces[6] = {0}, orders[9] = {0};
    for (int i = 0; i < 60000; i++) {
        int32_t order[3];
        faces[en_rng_below(&rng, 6)]++;
        en_rng_permutation(&rng, 3, order);
        orders[order[0] * 3 + order[1]]++;
    }
    double face_sum = 0, order_sum = 0;
    for (int i = 0; i < 6; i++) face_sum += (faces[i] - 1e4) * (faces[i] - 1e4) / 1e4;
    for (int i = 0; i < 9; i++)
        if (i % 4) order_sum += (orders[i] - 1e4) * (orders[i] - 1e4) / 1e4;
    assert_true(face_sum < 35.9 && order_sum < 35.9);
    assert_int_equal(en_rng_below(&rng, 1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers), cmocka_unit_test(test_streams_differ),  cmocka_unit_test(test_continuous),
        cmocka_unit_test(test_beta),          cmocka_unit_test(test_binomial),        cmocka_unit_test(test_poisson),
        cmocka_unit_test(test_multinomial),   cmocka_unit_test(test_uniform_choices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
