/* Stepwise selection, its bootstrap, profile likelihood, existence by linear programming, and what bad input gets. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/bca.h"
#include "estimate/existence.h"
#include "estimate/heterogeneity.h"
#include "estimate/hierarchical.h"
#include "estimate/mixture.h"
#include "estimate/profile.h"
#include "estimate/stepwise.h"
#include "estimate/zeros.h"
#include "estimate_samples.h"

enum { ALL_LOGLINEAR = EN_METHOD_LOGLINEAR | EN_METHOD_LOGLINEAR_BEST | EN_METHOD_STEPWISE };

static void run(const en_histories *h, unsigned methods, int threads, en_estimate_result *r) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.methods = methods;
    options.threads = threads;
    options.seed = 5;
    assert_int_equal(en_estimate_run(h, &options, r, NULL), EN_OK);
}

static bool warns(const en_estimate *e, const char *words) {
    for (int i = 0; i < e->n_warnings; i++)
        if (strstr(e->warnings[i], words)) return true;
    return false;
}

/* A and B share far more than chance: that pair, and no other, comes in. */
static void the_dependent_pair_comes_in(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 100, 90, 80, 120, 20, 18, 16};
    en_histories h;
    cell_counts c;
    fit_room room;
    stepwise_fit fit;
    sample_histories(3, counts, &h);
    assert_int_equal(cell_counts_from_histories(&h, &c, NULL), EN_OK);
    assert_int_equal(fit_room_new(3, &room, NULL), EN_OK);
    assert_int_equal(stepwise_run(&c, .02, &room, &fit, NULL), EN_OK);
    assert_int_equal(fit.status, EN_EST_OK);
    assert_int_equal(fit.model.n_terms, 5);
    assert_true(hierarchical_has(&fit.model, 3));
    /* Given AB, C is independent of both: mu_0 = n_C alone × (those on A or B and not C) / (those on A or B and C). */
    assert_true(fabs(fit.total - (444 + 120. * 270 / 54)) < 1e-6);
    fit_room_clear(&room);
    cell_counts_clear(&c);
    en_histories_clear(&h);
}

/* Lists that avoid one another: the empty pair is minus infinity, and its cells are gone. */
static void an_empty_pair_comes_in(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 300, 280, 0, 250, 60, 70, 0};
    en_histories h;
    en_estimate_result r;
    sample_histories(3, counts, &h);
    run(&h, EN_METHOD_STEPWISE, 1, &r);
    assert_int_equal(r.estimates[0].status, EN_EST_OK);
    assert_true(warns(&r.estimates[0], "minus infinity"));
    /* C is independent of A and of B: 250 × (300 + 280) / (60 + 70). */
    assert_true(fabs(r.estimates[0].median - (960 + 250. * 580 / 130)) < 1e-6);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void the_same_on_any_threads(void **state) {
    (void)state;
    static const double p[] = {.1, .2, .05, .1, .15, .08};
    en_histories h;
    en_estimate_result one, two;
    sample_population(900, 1, 6, p, 3, &h);
    run(&h, ALL_LOGLINEAR, 1, &one);
    run(&h, ALL_LOGLINEAR, 2, &two);
    for (int i = 0; i < 3; i++) {
        const en_estimate *a = &one.estimates[i], *b = &two.estimates[i];
        assert_int_equal(a->status, EN_EST_OK);
        assert_true(a->median == b->median && a->low == b->low && a->high == b->high && a->at_least == b->at_least);
        assert_string_equal(a->model, b->model);
        assert_memory_equal(a->warnings, b->warnings, sizeof a->warnings);
        assert_true(a->low < a->median && a->median < a->high && a->at_least < a->median);
        assert_int_equal(a->n_draws, 2000);
        assert_memory_equal(a->draws, b->draws, 2000 * sizeof *a->draws);
        for (int k = 1; k < 2000; k++) assert_true(a->draws[k] >= a->draws[k - 1]);
        assert_true(fabs(a->draws[50] / a->low - 1) < .01 && fabs(a->draws[1949] / a->high - 1) < .01);
    }
    en_estimate_result_clear(&one);
    en_estimate_result_clear(&two);
    en_histories_clear(&h);
}

/* ---- pieces ---- */

/* With two lists the likelihood of N is written out: N! / (N - n)! times the shares of two independent lists. */
static double two_lists(double n1, double n2, double n, double total) {
    double p1 = n1 / total, p2 = n2 / total;
    return lgamma(total + 1) - lgamma(total - n + 1) + n1 * log(p1) + (total - n1) * log(1 - p1) + n2 * log(p2) +
           (total - n2) * log(1 - p2);
}

static void profile_against_the_likelihood_itself(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 50, 40, 20};
    en_histories h;
    cell_counts c;
    loglinear_model m;
    profile *p = calloc(1, sizeof *p);
    assert_non_null(p);
    sample_histories(2, counts, &h);
    hierarchical_main_effects(2, &m);
    assert_int_equal(cell_counts_from_histories(&h, &c, NULL), EN_OK);
    assert_int_equal(profile_run(&c, &m, log(100), .95, p, NULL), EN_OK);
    double top = two_lists(70, 60, 110, p->best);
    assert_true(top >= two_lists(70, 60, 110, p->best - .1) && top >= two_lists(70, 60, 110, p->best + .1));
    assert_true(fabs(2 * (top - two_lists(70, 60, 110, p->low)) - 3.841459) < 1e-4);
    assert_true(fabs(2 * (top - two_lists(70, 60, 110, p->high)) - 3.841459) < 1e-4);
    assert_true(fabs(2 * (top - two_lists(70, 60, 110, p->at_least)) - 2.705543) < 1e-4);
    cell_counts_clear(&c);
    en_histories_clear(&h);
    free(p);
}

/* No pair is empty, and yet all pairs together have no maximum: the one empty cell is fitted as 0. Only the programme
 * sees it. */
static void the_programme_finds_what_margins_do_not(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 30, 20, 10, 40, 12, 9, 0};
    en_histories h;
    cell_counts c;
    loglinear_model m;
    en_estimate_status status;
    int rank;
    sample_histories(3, counts, &h);
    assert_int_equal(cell_counts_from_histories(&h, &c, NULL), EN_OK);
    hierarchical_main_effects(3, &m);
    hierarchical_add(&m, 3);
    hierarchical_add(&m, 5);
    assert_int_equal(existence_check(&c, &m, &status, NULL), EN_OK);
    assert_int_equal(status, EN_EST_OK);
    hierarchical_add(&m, 6);
    assert_int_equal(zeros_empty_terms(&c, &m), 0);
    assert_int_equal(existence_rank(&c, &m, &rank, NULL), EN_OK);
    assert_int_equal(rank, 7);
    assert_int_equal(existence_check(&c, &m, &status, NULL), EN_OK);
    assert_int_equal(status, EN_EST_NO_MAXIMUM);
    cell_counts_clear(&c);
    en_histories_clear(&h);
}

/* The proof by Newton's step and the programme agree on every model of sparse lists. */
static void newton_and_the_programme_agree(void **state) {
    (void)state;
    static const double p[] = {.03, .05, .02, .04};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        en_histories h;
        cell_counts c;
        fit_room room;
        loglinear_model *models = NULL;
        size_t n = 0;
        sample_population(700, 1, 4, p, seed, &h);
        assert_int_equal(cell_counts_from_histories(&h, &c, NULL), EN_OK);
        assert_int_equal(fit_room_new(4, &room, NULL), EN_OK);
        assert_int_equal(hierarchical_all(4, 4, &models, &n, NULL), EN_OK);
        for (size_t i = 0; i < n; i++) {
            poisson_fit fit;
            en_estimate_status status;
            poisson_fit_run(&c, &models[i], false, &room, &fit);
            assert_int_equal(existence_check(&c, &models[i], &status, NULL), EN_OK);
            assert_int_equal(fit.converged, status == EN_EST_OK);
        }
        free(models);
        fit_room_clear(&room);
        cell_counts_clear(&c);
        en_histories_clear(&h);
    }
}

/* Without bias and acceleration the ends are plain percentiles; a bias of z0 moves them by twice that. */
static void corrected_percentiles(void **state) {
    (void)state;
    double replicates[1001];
    for (int i = 0; i <= 1000; i++) replicates[i] = i;
    bca plain = {1001, replicates, 0, 0}, biased = {1001, replicates, .1, 0};
    assert_true(fabs(bca_quantile(&plain, .025) - 25) < 1e-6);
    assert_true(fabs(bca_quantile(&biased, .5) - 1000 * .5 * erfc(-.2 / sqrt(2))) < 1e-6);
    assert_true(fabs(bca_bias(replicates, 1001, 500)) < 1e-9);
    replicates[1000] = replicates[999] = replicates[998] = INFINITY;
    assert_true(isinf(bca_quantile(&plain, .998)));
    assert_true(isfinite(bca_quantile(&plain, .99)));
    /* Values -1, -1, 2 with weight 1: mean 0, sum of cubes of (mean - value) = 1 + 1 - 8. */
    static const double values[] = {-1, -1, 2}, weights[] = {1, 1, 1};
    assert_true(fabs(bca_acceleration(values, weights, 3) - -6 / (6 * pow(6, 1.5))) < 1e-12);
}

static void mixtures(void **state) {
    (void)state;
    double weight[] = {.5, .5}, centre[] = {log(100), log(100)}, spread[] = {.2, .2}, draws[2000];
    mixture m = {2, weight, centre, spread};
    assert_true(fabs(mixture_quantile(&m, .975) - 100 * exp(.2 * 1.959964)) < 1e-3);
    centre[1] = log(10000);
    mixture_draws(&m, 2000, draws);
    for (int i = 0; i < 2000; i += 37) assert_true(fabs(draws[i] / mixture_quantile(&m, (i + .5) / 2000) - 1) < .02);
}

/* Chao's columns: where persons are alike their coefficients are noise, and none that is left is negative. */
static void heterogeneity_of_persons(void **state) {
    (void)state;
    static const double alike[] = {.2, .2, .2, .2}, two[] = {.1, .1, .1, .1, .5, .5, .5, .5};
    en_histories h;
    loglinear_fit none, chao, darroch;
    sample_population(4000, 1, 4, alike, 2, &h);
    assert_int_equal(loglinear_fit_heterogeneous(&h, HETEROGENEITY_NONE, EN_CRITERION_BIC, &none, NULL), EN_OK);
    assert_int_equal(loglinear_fit_heterogeneous(&h, HETEROGENEITY_CHAO, EN_CRITERION_BIC, &chao, NULL), EN_OK);
    assert_true(chao.total >= none.total - 1e-6 && chao.deviance <= none.deviance + 1e-6);
    en_histories_clear(&h);
    sample_population(4000, 2, 4, two, 2, &h);
    assert_int_equal(loglinear_fit_heterogeneous(&h, HETEROGENEITY_NONE, EN_CRITERION_BIC, &none, NULL), EN_OK);
    assert_int_equal(loglinear_fit_heterogeneous(&h, HETEROGENEITY_DARROCH, EN_CRITERION_BIC, &darroch, NULL), EN_OK);
    assert_true(none.total < 3500 && darroch.total > none.total && darroch.bic < none.bic - 50);
    en_histories_clear(&h);
}

/* ---- bad input ---- */

static void counts_of_a_thousand_million(void **state) {
    (void)state;
    static const double p[] = {.2, .3, .1};
    static const double sizes[] = {1e9, 1e12};
    for (int s = 0; s < 2; s++) {
        int64_t counts[8];
        en_histories h;
        en_estimate_result r;
        for (int w = 0; w < 8; w++) {
            double share = 1;
            for (int j = 0; j < 3; j++) share *= w >> j & 1 ? p[j] : 1 - p[j];
            counts[w] = llround(sizes[s] * share);
        }
        sample_histories(3, counts, &h);
        run(&h, ALL_LOGLINEAR, 1, &r);
        for (int i = 0; i < 3; i++) {
            assert_int_equal(r.estimates[i].status, EN_EST_OK);
            assert_true(fabs(r.estimates[i].median / sizes[s] - 1) < 1e-4);
            assert_true(r.estimates[i].low < r.estimates[i].median && r.estimates[i].median < r.estimates[i].high);
            assert_true(r.estimates[i].high / r.estimates[i].low - 1 < 1e-3);
        }
        en_estimate_result_clear(&r);
        en_histories_clear(&h);
    }
}

static void thirty_lists_are_refused(void **state) {
    (void)state;
    en_histories h = {.n_lists = 30, .n_cells = 31};
    en_estimate_result r;
    h.lists = calloc(30, sizeof *h.lists);
    h.patterns = calloc(31, sizeof *h.patterns);
    h.counts = calloc(31, sizeof *h.counts);
    assert_true(h.lists && h.patterns && h.counts);
    for (int j = 0; j < 30; j++) {
        snprintf(h.lists[j], sizeof h.lists[j], "L%d", j);
        h.patterns[j] = 1u << j;
        h.counts[j] = 10;
        h.observed += 10;
    }
    h.patterns[30] = 0x3fffffffu;
    h.counts[30] = 5;
    h.observed += 5;
    run(&h, ALL_LOGLINEAR, 1, &r);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(r.estimates[i].status, EN_EST_NOT_CONVERGED);
        assert_true(isnan(r.estimates[i].median) && warns(&r.estimates[i], "up to 12 lists; there are 30"));
    }
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* B is inside A: main effects have a maximum all the same, and the list is named. */
static void a_list_inside_another(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 60, 0, 25, 40, 12, 0, 6};
    en_histories h;
    en_estimate_result r;
    sample_histories(3, counts, &h);
    run(&h, ALL_LOGLINEAR, 1, &r);
    for (int i = 0; i < 3; i++) {
        assert_true(warns(&r.estimates[i], "everybody on \"B\" is on \"A\""));
        assert_true(r.estimates[i].status != EN_EST_OK || r.estimates[i].median > 143);
        assert_true(r.estimates[i].status == EN_EST_OK || isnan(r.estimates[i].median));
    }
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* A and B never meet C: no model has a maximum with sampled zeros but that of main effects. */
static void a_list_that_meets_no_other(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 40, 30, 6, 20, 0, 0, 0};
    en_histories h;
    en_estimate_result r;
    sample_histories(3, counts, &h);
    run(&h, ALL_LOGLINEAR, 1, &r);
    assert_true(warns(&r.estimates[0], "7 of 8 models have no maximum"));
    assert_true(warns(&r.estimates[0], "sampled zeros"));
    assert_non_null(strstr(r.estimates[1].model, "[C][B][A]"));
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void two_lists_are_independent(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 50, 40, 20};
    en_histories h;
    en_estimate_result r;
    sample_histories(2, counts, &h);
    run(&h, ALL_LOGLINEAR, 1, &r);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(r.estimates[i].status, EN_EST_OK);
        assert_true(fabs(r.estimates[i].median - 210) < 1e-6);
        assert_true(warns(&r.estimates[i], "independence"));
    }
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* Hardly anybody can be missing: 10^-12 persons by the fit. The interval ends at those recorded. */
static void nearly_everybody_is_recorded(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 0, 0, 1, 0, 1, 1, 1000000};
    en_histories h;
    en_estimate_result r;
    sample_histories(3, counts, &h);
    run(&h, ALL_LOGLINEAR, 1, &r);
    for (int i = 0; i < 3; i++) {
        const en_estimate *e = &r.estimates[i];
        assert_int_equal(e->status, EN_EST_OK);
        assert_true(e->low >= 1000003 && e->low < 1000004 && e->median < 1000004 && e->high < 1000010);
    }
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dependent_pair_comes_in),
        cmocka_unit_test(an_empty_pair_comes_in),
        cmocka_unit_test(the_same_on_any_threads),
        cmocka_unit_test(profile_against_the_likelihood_itself),
        cmocka_unit_test(the_programme_finds_what_margins_do_not),
        cmocka_unit_test(newton_and_the_programme_agree),
        cmocka_unit_test(corrected_percentiles),
        cmocka_unit_test(mixtures),
        cmocka_unit_test(heterogeneity_of_persons),
        cmocka_unit_test(counts_of_a_thousand_million),
        cmocka_unit_test(thirty_lists_are_refused),
        cmocka_unit_test(a_list_inside_another),
        cmocka_unit_test(a_list_that_meets_no_other),
        cmocka_unit_test(two_lists_are_independent),
        cmocka_unit_test(nearly_everybody_is_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
