/* R-hat and effective draws against a second implementation (in Python, from the paper), and where theory knows them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "estimate/convergence.h"

/* Three chains of an autoregression on a linear congruential generator, so that any language can make them again. */
static void same_as_a_second_implementation(void **state) {
    (void)state;
    double draws[180];
    int64_t s = 12345;
    convergence c;
    for (int chain = 0; chain < 3; chain++) {
        double last = 0;
        for (int i = 0; i < 60; i++) {
            s = (s * 1103515245 + 12345) % 2147483648;
            last = .6 * last + ((double)s / 2147483648. - .5) + .05 * chain;
            draws[chain * 60 + i] = last;
        }
    }
    assert_int_equal(convergence_measure(draws, 3, 60, &c, NULL), EN_OK);
    assert_true(fabs(c.rhat - 1.1135258525538394) < 1e-9);
    assert_true(fabs(c.ess_bulk - 19.89179816009821) < 1e-7);
    assert_true(fabs(c.ess_tail - 75.66891667588803) < 1e-7);
}

/* Chain c of four, an autoregression with coefficient rho around shift * c, its spread times stretch^c. */
static void make_chains(double rho, double shift, double stretch, size_t n, double *draws) {
    for (int c = 0; c < 4; c++) {
        en_rng rng;
        en_rng_init(&rng, 7, (uint64_t)c);
        double x = en_rng_normal(&rng);
        for (size_t i = 0; i < n; i++) {
            x = rho * x + sqrt(1 - rho * rho) * en_rng_normal(&rng);
            draws[(size_t)c * n + i] = shift * c + pow(stretch, c) * x;
        }
    }
}

/* Bounds are 6 standard errors wide or more: a false alarm less than once in 10^8, and the seed is fixed. */
static void as_theory_says(void **state) {
    (void)state;
    enum { N = 4000 };
    double *draws = calloc(4 * N, sizeof *draws);
    convergence c;
    make_chains(0, 0, 1, N, draws);
    assert_int_equal(convergence_measure(draws, 4, N, &c, NULL), EN_OK);
    assert_true(c.rhat < 1.005 && c.ess_bulk > 13000 && c.ess_bulk < 20000 && c.ess_tail > 12000);
    make_chains(.9, 0, 1, N, draws); /* 4 N (1 - rho) / (1 + rho) = 842 */
    assert_int_equal(convergence_measure(draws, 4, N, &c, NULL), EN_OK);
    assert_true(c.ess_bulk > 600 && c.ess_bulk < 1150);
    make_chains(0, 1, 1, N, draws); /* places apart */
    assert_int_equal(convergence_measure(draws, 4, N, &c, NULL), EN_OK);
    assert_true(c.rhat > 1.5 && c.ess_bulk < 40);
    make_chains(0, 0, 2, N, draws); /* one place, different spread: only folding sees it */
    assert_int_equal(convergence_measure(draws, 4, N, &c, NULL), EN_OK);
    assert_true(c.rhat > 1.1);
    free(draws);
}

static void constant_draws_do_not_pass(void **state) {
    (void)state;
    double draws[64] = {0};
    convergence c;
    assert_int_equal(convergence_measure(draws, 4, 16, &c, NULL), EN_OK);
    assert_false(c.rhat <= 1.01);
    assert_false(c.ess_bulk >= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_as_a_second_implementation),
                                       cmocka_unit_test(as_theory_says), cmocka_unit_test(constant_draws_do_not_pass)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
