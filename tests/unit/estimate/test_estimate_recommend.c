/* The headline and what stands before it: overlap checks, refusals, the rule. */
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

static void run(const en_histories *h, unsigned methods, en_estimate_result *r) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.methods = methods;
    options.seed = 1;
    assert_int_equal(en_estimate_run(h, &options, r, NULL), EN_OK);
}

static void run_counts(int lists, const int64_t *counts, unsigned methods, en_estimate_result *r) {
    en_histories h;
    sample_histories(lists, counts, &h);
    run(&h, methods, r);
    en_histories_clear(&h);
}

static bool warns(const en_estimate *e, const char *words) {
    for (int i = 0; i < e->n_warnings; i++)
        if (strstr(e->warnings[i], words)) return true;
    return false;
}

static void no_number_at_all(const en_estimate_result *r, en_estimate_status status) {
    for (int i = 0; i < r->n_estimates; i++) {
        const en_estimate *e = &r->estimates[i];
        assert_int_equal(e->status, status);
        assert_false(e->converged);
        assert_true(e->n_warnings > 0);
        assert_true(isnan(e->median) && isnan(e->mean) && isnan(e->low) && isnan(e->high) && isnan(e->at_least));
    }
    assert_false(r->has_recommended);
    assert_true(isnan(r->low) && isnan(r->median) && isnan(r->high) && isnan(r->at_least));
    assert_true(r->because[0] && r->rule[0]);
}

static void lists_that_do_not_meet(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 10, 20, 0, 30, 0, 0, 0}, one[] = {0, 10}, nobody[] = {0, 0, 0, 0};
    en_estimate_result r;
    run_counts(3, counts, 0, &r);
    assert_int_equal(r.n_estimates, 6);
    no_number_at_all(&r, EN_EST_NO_OVERLAP);
    en_estimate_result_clear(&r);
    run_counts(1, one, 0, &r);
    no_number_at_all(&r, EN_EST_NOT_IDENTIFIED);
    en_estimate_result_clear(&r);
    run_counts(2, nobody, 0, &r);
    no_number_at_all(&r, EN_EST_NO_OVERLAP);
    en_estimate_result_clear(&r);
}

static void two_lists_give_no_headline(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 50, 40, 20};
    en_estimate_result r;
    run_counts(2, counts, EN_METHOD_GRAPHS | EN_METHOD_CHAO, &r);
    assert_int_equal(r.estimates[0].status, EN_EST_OK);
    assert_true(warns(&r.estimates[0], "independence"));
    assert_false(r.has_recommended);
    assert_non_null(strstr(r.because, "three lists"));
    assert_false(isnan(r.at_least));
    en_estimate_result_clear(&r);
}

static void odd_lists_are_named(void **state) {
    (void)state;
    /* C is inside A; D meets nobody; E records nobody. */
    static int64_t counts[32] = {0};
    counts[1] = 40;
    counts[2] = 30;
    counts[3] = 12;
    counts[5] = 8;
    counts[7] = 3;
    counts[8] = 6;
    en_estimate_result r;
    run_counts(5, counts, EN_METHOD_GRAPHS, &r);
    assert_int_equal(r.estimates[0].status, EN_EST_OK);
    assert_true(warns(&r.estimates[0], "everybody on \"C\" is on \"A\""));
    assert_true(warns(&r.estimates[0], "nobody on \"D\" is on another"));
    assert_true(warns(&r.estimates[0], "\"E\" records nobody"));
    en_estimate_result_clear(&r);
}

static void headline_spans_the_models(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    sample_kosovo(&h);
    run(&h, 0, &r);
    const en_estimate *latent = &r.estimates[0], *graphs = &r.estimates[1], *chao = &r.estimates[2];
    assert_int_equal(latent->method, EN_METHOD_LATENT);
    assert_int_equal(graphs->method, EN_METHOD_GRAPHS);
    assert_int_equal(chao->method, EN_METHOD_CHAO);
    assert_true(r.has_recommended);
    const en_estimate *loglinear = &r.estimates[3];
    assert_int_equal(loglinear->method, EN_METHOD_LOGLINEAR);
    assert_true(r.low == fmin(fmin(latent->low, graphs->low), loglinear->low));
    assert_true(r.high == fmax(fmax(latent->high, graphs->high), loglinear->high)); /* Chao's bound is among them */
    assert_true(r.median == latent->median);
    assert_true(r.bound == chao->at_least);
    assert_true(r.at_least == fmin(fmin(latent->at_least, graphs->at_least), chao->at_least));
    assert_non_null(strstr(r.because, "latent classes, graphs, log-linear models averaged"));
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void a_bound_is_no_headline(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    sample_kosovo(&h);
    run(&h, EN_METHOD_CHAO, &r);
    assert_false(r.has_recommended);
    assert_true(r.at_least == r.estimates[0].at_least);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void some_models_alone(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    sample_kosovo(&h);
    run(&h, EN_METHOD_LOGLINEAR_BEST, &r);
    assert_true(r.has_recommended);
    assert_true(r.low == r.estimates[0].low && r.high == r.estimates[0].high && r.median == r.estimates[0].median);
    assert_true(r.at_least == r.bound); /* Chao's is lower here */
    en_estimate_result_clear(&r);
    run(&h, EN_METHOD_STEPWISE, &r);
    assert_false(r.has_recommended);
    assert_non_null(strstr(r.because, "step by step"));
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* Two kinds of person, one found eight times as easily: Chao's bound is above what models of alike persons reach. */
static void chao_above_the_models(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 400, 400, 10, 400, 10, 10, 300};
    en_histories h;
    en_estimate_result r;
    sample_histories(3, counts, &h);
    run(&h, EN_METHOD_CHAO | EN_METHOD_LOGLINEAR_BEST, &r);
    const en_estimate *chao = &r.estimates[0], *best = &r.estimates[1];
    assert_true(r.has_recommended);
    assert_true(r.high == (chao->median > best->high ? fmax(chao->high, best->high) : best->high));
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void shares_move_the_headline(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    en_adjustment wrong = {.wrong_low = .1, .wrong_high = .1, .seed = 1};
    sample_kosovo(&h);
    run(&h, EN_METHOD_GRAPHS | EN_METHOD_CHAO, &r);
    double low = r.low, high = r.high, least = r.at_least;
    assert_int_equal(en_estimate_result_adjust(&r, &wrong, NULL), EN_OK);
    assert_true(fabs(r.low - .9 * low) < 30 && fabs(r.high - .9 * high) < 30);
    assert_true(fabs(r.at_least - .9 * least) < 1);
    assert_non_null(strstr(r.sensitivity[0], "before shares"));
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void bad_options_are_refused(void **state) {
    (void)state;
    en_estimate_options options[] = {EN_ESTIMATE_OPTIONS_INIT, EN_ESTIMATE_OPTIONS_INIT, EN_ESTIMATE_OPTIONS_INIT,
                                     EN_ESTIMATE_OPTIONS_INIT};
    en_histories h;
    options[0].level = 1;
    options[1].delta = -1;
    options[2].chains = 3;
    options[3].classes = 65;
    sample_kosovo(&h);
    for (int i = 0; i < 4; i++) {
        en_estimate_result r;
        assert_int_equal(en_estimate_run(&h, &options[i], &r, NULL), EN_ERR_USAGE);
        assert_null(r.estimates);
    }
    en_histories_clear(&h);
}

static void names(void **state) {
    (void)state;
    assert_string_equal(en_method_name(EN_METHOD_CHAO), "chao");
    assert_string_equal(en_method_name(EN_METHOD_GRAPHS), "graphs");
    assert_string_equal(en_method_name(EN_METHOD_LATENT), "latent");
    assert_string_equal(en_estimate_kind_name(EN_KIND_LIKELIHOOD), "likelihood");
    assert_string_equal(en_estimate_status_name(EN_EST_NO_OVERLAP), "no_overlap");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_that_do_not_meet),  cmocka_unit_test(two_lists_give_no_headline),
        cmocka_unit_test(odd_lists_are_named),     cmocka_unit_test(headline_spans_the_models),
        cmocka_unit_test(a_bound_is_no_headline),  cmocka_unit_test(some_models_alone),
        cmocka_unit_test(chao_above_the_models),   cmocka_unit_test(shares_move_the_headline),
        cmocka_unit_test(bad_options_are_refused), cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
