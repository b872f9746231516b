/* Chao's bound: its formula, that it stays a bound where lists differ in size, and its interval. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate_samples.h"

static en_estimate chao_of(int lists, const int64_t *counts, en_estimate_result *result) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_histories h;
    options.methods = EN_METHOD_CHAO;
    sample_histories(lists, counts, &h);
    assert_int_equal(en_estimate_run(&h, &options, result, NULL), EN_OK);
    en_histories_clear(&h);
    assert_int_equal(result->n_estimates, 1);
    return result->estimates[0];
}

/* f1 = 60, sum Z² = 1400, f2 = 14: 81 + (3600 - 1400) / 30 = 81 + 73.33. Variance: 73.33 + 14 (73.33/15)² + sum of
 * ((60 - Z)/15)² Z = 73.33 + 334.62 + 111.11 + 142.22 + 120 = 781.28. */
static void formula(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 10, 20, 5, 30, 5, 4, 7};
    en_estimate_result r;
    en_estimate e = chao_of(3, counts, &r);
    double n0 = 2200. / 30, spread = sqrt(log1p(781.2815 / (n0 * n0)));
    assert_int_equal(e.kind, EN_KIND_BOUND);
    assert_int_equal(e.status, EN_EST_OK);
    assert_true(fabs(e.median - (81 + n0)) < 1e-9);
    assert_true(fabs(e.low - (81 + n0 * exp(-1.959964 * spread))) < .01);
    assert_true(fabs(e.high - (81 + n0 * exp(1.959964 * spread))) < .01);
    assert_true(fabs(e.at_least - (81 + n0 * exp(-1.644854 * spread))) < .01);
    assert_true(isnan(e.rhat));
    assert_null(e.draws);
    en_estimate_result_clear(&r);
}

/* Four lists that record 2 % and one that records half: .461 are on none; the formula for equal lists says 2.565. */
static void lists_of_unequal_size(void **state) {
    (void)state;
    static const double p[] = {.02, .02, .02, .02, .5};
    int64_t counts[32];
    en_estimate_result r;
    for (int w = 0; w < 32; w++) {
        double share = 1;
        for (int j = 0; j < 5; j++) share *= w >> j & 1 ? p[j] : 1 - p[j];
        counts[w] = llround(1e7 * share);
    }
    en_estimate e = chao_of(5, counts, &r);
    assert_true(e.median <= 1.0001e7 && e.median > .95e7);
    en_estimate_result_clear(&r);
}

static void nobody_on_exactly_two(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 3, 2, 0, 1, 0, 0, 2};
    en_estimate_result r;
    en_estimate e = chao_of(3, counts, &r);
    assert_true(fabs(e.median - (8 + (36. - 14) / 2)) < 1e-9);
    assert_int_equal(e.n_warnings, 1);
    en_estimate_result_clear(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(formula), cmocka_unit_test(lists_of_unequal_size),
                                       cmocka_unit_test(nobody_on_exactly_two)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
