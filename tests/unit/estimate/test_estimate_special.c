/* log gamma and the normal quantile against values from other sources (Abramowitz and Stegun; the C library). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/special.h"

static void log_gamma_is_right(void **state) {
    (void)state;
    static const double at[] = {1e-8, .01, .5, 1, 1.5, 2, 3.7, 11.9, 12, 12.1, 100, 1e6, 1e12, 1e15};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        double expected = lgamma(at[i]);
        assert_true(fabs(log_gamma(at[i]) - expected) <= 4e-14 * (1 + fabs(expected)));
    }
}

static void quantiles_are_right(void **state) {
    (void)state;
    assert_true(fabs(normal_quantile(.975) - 1.959963984540054) < 1e-13);
    assert_true(fabs(normal_quantile(.95) - 1.644853626951473) < 1e-13);
    assert_true(normal_quantile(.5) == 0);
    for (double p = 1e-12; p < 1; p = p < .01 ? p * 7 : p + .013)
        assert_true(fabs(.5 * erfc(-normal_quantile(p) * M_SQRT1_2) / p - 1) < 1e-12);
}

/* By sums of terms, and where they are many against the sum as well. */
static void poisson_tails_are_right(void **state) {
    (void)state;
    assert_true(fabs(log_poisson_tail(0, 3, false) + 3) < 1e-12);
    assert_true(log_poisson_tail(0, 3, true) == 0);
    assert_true(fabs(log_poisson_tail(1, 3, true) - log1p(-exp(-3))) < 1e-12);
    assert_true(fabs(log_poisson_tail(2, 3, false) - log(exp(-3) * (1 + 3 + 4.5))) < 1e-12);
    assert_true(fabs(log_poisson_tail(2, 1e9, true)) < 1e-12);
    for (double mean = 29000; mean < 31001; mean += 50) {
        double sum = 0;
        for (double i = 0; i <= 30000; i++) sum += exp(i * log(mean) - mean - lgamma(i + 1));
        assert_true(fabs(log_poisson_tail(30000, mean, false) - log(sum)) < 1e-5 * (1 + fabs(log(sum))));
    }
    assert_true(fabs(log_poisson_tail(1e12, 1e12, true) - log(.5)) < 1e-5);
    assert_true(isfinite(log_poisson_tail(2e12, 1e12, true)));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(log_gamma_is_right), cmocka_unit_test(quantiles_are_right),
                                       cmocka_unit_test(poisson_tails_are_right)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
