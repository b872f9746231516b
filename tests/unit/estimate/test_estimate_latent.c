/* Latent classes as a method: Kosovo as published, simulated classes, refusals, and the same bytes on any threads. */
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

static en_estimate latent_of(const en_histories *h, uint64_t seed, int threads, en_estimate_result *result) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.methods = EN_METHOD_LATENT;
    options.seed = seed;
    options.threads = threads;
    options.temper = -1;
    assert_int_equal(en_estimate_run(h, &options, result, NULL), EN_OK);
    return result->estimates[0];
}

static void within(double got, double published, double share) {
    if (!(fabs(got / published - 1) <= share)) fail_msg("%g, published %g", got, published);
}

/* LCMCR, long chains: 10,447 [9,084-13,945]. */
static void kosovo_as_published(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    sample_kosovo(&h);
    en_estimate e = latent_of(&h, 1, 2, &r);
    assert_int_equal(e.status, EN_EST_OK);
    assert_true(e.converged && e.rhat <= 1.01 && e.ess_bulk >= 400 && e.ess_tail >= 400);
    within(e.median, 10450, .05);
    within(e.low, 9084, .05);
    within(e.high, 13945, .10);
    assert_true(e.low < e.at_least && e.at_least < e.median);
    assert_int_equal(e.n_draws, 2000);
    assert_non_null(strstr(e.tail, "Pr(N > 21 n)"));
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void the_same_on_any_threads(void **state) {
    (void)state;
    static const double p[] = {.5, .4, .6, .5, .2, .1, .1, .2};
    en_histories h;
    en_estimate_result one, four;
    sample_population(600, 2, 4, p, 8, &h);
    en_estimate a = latent_of(&h, 5, 1, &one), b = latent_of(&h, 5, 4, &four);
    assert_int_equal(a.status, b.status);
    assert_memory_equal(&a.median, &b.median, 6 * sizeof a.median);
    assert_true(a.rhat == b.rhat && a.ess_bulk == b.ess_bulk && a.ess_tail == b.ess_tail);
    if (a.draws) assert_memory_equal(a.draws, b.draws, (size_t)a.n_draws * sizeof *a.draws);
    en_estimate_result_clear(&one);
    en_estimate_result_clear(&four);
    en_histories_clear(&h);
}

/* Two kinds of people on five lists, in two populations: nominal 95 %, published coverage .90. Neither covers by chance
 * once in 100. */
static void classes_are_covered(void **state) {
    (void)state;
    static const double p[] = {.6, .7, .5, .7, .6, .05, .1, .3, .2, .25};
    int covered = 0;
    for (uint64_t seed = 0; seed < 2; seed++) {
        en_histories h;
        en_estimate_result r;
        sample_population(800, 2, 5, p, seed, &h);
        en_estimate e = latent_of(&h, seed, 2, &r);
        covered += e.status == EN_EST_OK && e.low <= 800 && 800 <= e.high;
        en_estimate_result_clear(&r);
        en_histories_clear(&h);
    }
    assert_true(covered >= 1);
}

static void two_lists_do_not_do(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 50, 40, 20};
    en_histories h;
    en_estimate_result r;
    sample_histories(2, counts, &h);
    en_estimate e = latent_of(&h, 1, 1, &r);
    assert_int_equal(e.status, EN_EST_NOT_IDENTIFIED);
    assert_true(isnan(e.median) && isnan(e.at_least));
    assert_true(e.n_warnings > 0);
    assert_false(r.has_recommended);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static bool stop_at_third(void *ctx, const char *phase, uint64_t done, uint64_t total) {
    (void)phase;
    assert_true(done <= total);
    return ++*(int *)ctx < 3;
}

static void work_can_be_stopped(void **state) {
    (void)state;
    int calls = 0;
    en_progress progress = {&calls, stop_at_third};
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_histories h;
    en_estimate_result r;
    en_error err;
    options.methods = EN_METHOD_LATENT;
    options.progress = &progress;
    sample_kosovo(&h);
    assert_int_equal(en_estimate_run(&h, &options, &r, &err), EN_ERR_CANCELLED);
    assert_int_equal(calls, 3);
    assert_null(r.estimates);
    en_histories_clear(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kosovo_as_published), cmocka_unit_test(the_same_on_any_threads),
                                       cmocka_unit_test(classes_are_covered), cmocka_unit_test(two_lists_do_not_do),
                                       cmocka_unit_test(work_can_be_stopped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
