/* Log-linear models: how many there are, fits against published ones, existence, names. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/hierarchical.h"
#include "estimate/loglinear.h"
#include "estimate_samples.h"

static void fit_all(const en_histories *h, int threads, loglinear_fits *out) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.threads = threads;
    assert_int_equal(loglinear_fit_all(h, &options, out, NULL), EN_OK);
}

static void how_many_models(void **state) {
    (void)state;
    static const size_t known[] = {0, 0, 1, 8, 113, 6893};
    for (int lists = 2; lists <= 5; lists++) {
        loglinear_model *models = NULL;
        size_t n = 0;
        assert_int_equal(hierarchical_all(lists, lists, &models, &n, NULL), EN_OK);
        assert_int_equal(n, known[lists]);
        free(models);
    }
}

/* Published on the same counts: the three best models by BIC, and the average of all. */
static void kosovo(void **state) {
    (void)state;
    en_histories h;
    loglinear_fits f;
    char name[64];
    double average = 0;
    sample_kosovo(&h);
    fit_all(&h, 1, &f);
    assert_int_equal(f.n, 113);
    assert_true(f.all);
    assert_true(fabs(f.fits[0].total - 10356.5) < .05 && fabs(f.fits[0].se - 786) < .5);
    assert_true(fabs(f.fits[1].total - 12741) < .5 && fabs(f.fits[1].bic - f.fits[0].bic - .1) < .05);
    assert_true(fabs(f.fits[2].total - 18393) < .5 && fabs(f.fits[2].bic - f.fits[0].bic - .9) < .05);
    for (size_t i = 0; i < f.n; i++) average += f.fits[i].weight * f.fits[i].total;
    assert_true(fabs(average - 13184) < .5);
    loglinear_name(&h, &f.fits[0].model, name, sizeof name);
    assert_string_equal(name, "[A B C][C D][A D]");
    loglinear_fits_clear(&f);
    en_histories_clear(&h);
}

/* Two independent lists: mu_0 = n10 n01 / n11, and the means are the counts. */
static void two_lists_by_hand(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 50, 40, 20};
    en_histories h;
    loglinear_model m;
    loglinear_fit fit;
    double means[4];
    sample_histories(2, counts, &h);
    hierarchical_main_effects(2, &m);
    assert_int_equal(loglinear_fit_one(&h, &m, EN_CRITERION_BIC, &fit, means, NULL), EN_OK);
    assert_int_equal(fit.status, EN_EST_OK);
    assert_true(fabs(fit.total - 210) < 1e-6);
    for (int w = 1; w < 4; w++) assert_true(fabs(means[w] - (double)counts[w]) < 1e-6);
    /* Var(log n0) is the sum of 1/n over the three cells. */
    assert_true(fabs(fit.var_log_n0 - (1. / 50 + 1. / 40 + 1. / 20)) < 1e-6);
    assert_true(fabs(fit.deviance) < 1e-6);
    en_histories_clear(&h);
}

/* The means of a maximum have the margins of the counts. */
static void means_have_the_margins(void **state) {
    (void)state;
    en_histories h;
    loglinear_model m;
    loglinear_fit fit;
    double means[16], margin[16] = {0};
    sample_kosovo(&h);
    hierarchical_main_effects(4, &m);
    hierarchical_add(&m, 3);
    hierarchical_add(&m, 12);
    assert_int_equal(loglinear_fit_one(&h, &m, EN_CRITERION_AIC, &fit, means, NULL), EN_OK);
    for (int i = 0; i < m.n_terms; i++) {
        for (unsigned w = 1; w < 16; w++)
            if ((w & m.terms[i]) == m.terms[i]) margin[i] += means[w] - (double)h.counts[w - 1];
        assert_true(fabs(margin[i]) < 1e-6);
    }
    assert_true(fabs(fit.total - 4400 - means[0]) < 1e-6);
    assert_true(fit.criterion == fit.aic);
    en_histories_clear(&h);
}

static void the_same_on_any_threads(void **state) {
    (void)state;
    static const double p[] = {.3, .1, .2, .15, .25, .2, .05, .1, .1, .3};
    en_histories h;
    loglinear_fits one, two;
    sample_population(600, 2, 5, p, 7, &h);
    fit_all(&h, 1, &one);
    fit_all(&h, 2, &two);
    assert_int_equal(one.n, two.n);
    assert_memory_equal(one.fits, two.fits, one.n * sizeof *one.fits);
    loglinear_fits_clear(&one);
    loglinear_fits_clear(&two);
    en_histories_clear(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(how_many_models), cmocka_unit_test(kosovo),
                                       cmocka_unit_test(two_lists_by_hand), cmocka_unit_test(means_have_the_margins),
                                       cmocka_unit_test(the_same_on_any_threads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
