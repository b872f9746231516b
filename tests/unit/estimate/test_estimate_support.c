/* The grid against distributions whose quantiles and means are known by other means. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/support.h"

typedef struct shape {
    double size, p, power;
} shape;

/* Negative binomial: Γ(x + size) / (Γ(size) x!) p^size (1 - p)^x. */
static en_status negbinomial(void *ctx, const double *x, size_t n, double *log_f, en_error *err) {
    const shape *s = ctx;
    (void)err;
    for (size_t i = 0; i < n; i++)
        log_f[i] =
            lgamma(x[i] + s->size) - lgamma(s->size) - lgamma(x[i] + 1) + s->size * log(s->p) + x[i] * log1p(-s->p);
    return EN_OK;
}

static en_status power_law(void *ctx, const double *x, size_t n, double *log_f, en_error *err) {
    const shape *s = ctx;
    (void)err;
    for (size_t i = 0; i < n; i++) log_f[i] = -s->power * log(x[i] + 1);
    return EN_OK;
}

static size_t start_nodes(double *x, double ratio, double end) {
    size_t n = 0;
    for (double at = 0; at < end; at = fmax(at + 1, floor(at * ratio))) x[n++] = at;
    x[n++] = floor(end);
    return n;
}

static double sum_quantile(const shape *s, double p) {
    double sum = 0, x = -1, log_f;
    while (sum < p) {
        x++;
        negbinomial((void *)s, &x, 1, &log_f, NULL);
        sum += exp(log_f);
    }
    return x;
}

static void check(double size, double p) {
    shape s = {.size = size, .p = p};
    double start[1000];
    support grid;
    double mean = size * (1 - p) / p, spread = sqrt(mean / p);
    size_t n = start_nodes(start, 1.2, 1e4 * (mean + 10));
    assert_int_equal(support_build(start, n, 0, negbinomial, &s, &grid, NULL), EN_OK);
    assert_true(fabs(support_total(&grid) * exp(grid.top) - 1) < .003);
    assert_true(fabs(support_mean(&grid) - mean) < .01 * spread + .003 * mean);
    for (int i = 1; i < 40; i++)
        assert_true(fabs(support_quantile(&grid, i / 40.) - sum_quantile(&s, i / 40.)) <= 1 + .01 * spread);
    support_clear(&grid);
}

static void negative_binomials(void **state) {
    (void)state;
    check(1, .5);
    check(3, .9);
    check(50, .3);
    check(400, .05);
    check(2.5, .001);
}

static void a_power_law_goes_on(void **state) {
    (void)state;
    shape s = {.power = 3};
    double start[1000];
    support grid;
    size_t n = start_nodes(start, 1.2, 1e4);
    assert_int_equal(support_build(start, n, 0, power_law, &s, &grid, NULL), EN_OK);
    double end = grid.x[grid.n - 1];
    grid.tail = exp(grid.log_f[grid.n - 1] - grid.top) * end / 2;
    /* sum over x ≥ 0 of (x + 1)^-3 is zeta(3); Pr(X > x) is about x^-2 / (2 zeta(3)). */
    assert_true(fabs(support_total(&grid) - 1.2020569031595942) < .002);
    assert_true(fabs(support_quantile(&grid, 1 - 1e-10) / sqrt(1 / (2 * 1.2020569 * 1e-10)) - 1) < .01);
    support_clear(&grid);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(negative_binomials), cmocka_unit_test(a_power_law_goes_on)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
