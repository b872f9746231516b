/* Calibration: truths look like the data that they were fitted to, the tally, what does not depend on threads, what
 * cannot be calibrated. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/truths.h"
#include "estimate_samples.h"

enum { LISTS = 4, WIDTH = 1 << LISTS, TRUTHS = 400 };

static void run(const en_histories *h, unsigned methods, en_estimate_options *options, en_estimate_result *r) {
    *options = (en_estimate_options)EN_ESTIMATE_OPTIONS_INIT;
    options->methods = methods;
    options->seed = 1;
    options->level = .95;
    options->brief = options->short_chains = true;
    assert_int_equal(en_estimate_run(h, options, r, NULL), EN_OK);
}

/* Lists of 4 % to 30 % of 1,500 persons, of whom half are found twice as easily. */
static void sample(en_histories *out) {
    static const double p[] = {.2, .25, .15, .3, .1, .12, .07, .15};
    sample_population(1500, 2, LISTS, p, 7, out);
}

static void truths_look_like_the_data(unsigned method) {
    en_histories h;
    en_estimate_options options;
    en_estimate_result r;
    truth_source source;
    truth *t = calloc(1, sizeof *t);
    double mean[WIDTH] = {0}, people = 0;
    en_rng rng;
    assert_non_null(t);
    sample(&h);
    run(&h, method, &options, &r);
    assert_int_equal(r.estimates[0].status, EN_EST_OK);
    assert_int_equal(truth_source_open(&h, &options, &r.estimates[0], &source, NULL), EN_OK);
    en_rng_init(&rng, 3, 0);
    for (int i = 0; i < TRUTHS; i++) {
        double sum = 0;
        assert_int_equal(truth_draw(&source, &rng, t, NULL), EN_OK);
        for (int w = 0; w < WIDTH; w++) sum += t->cells[w];
        for (int w = 0; w < WIDTH; w++) mean[w] += (double)t->people * t->cells[w] / sum / TRUTHS;
        people += (double)t->people / TRUTHS;
    }
    double seen = people - mean[0];
    if (!(fabs(seen / (double)h.observed - 1) < .01))
        fail_msg("%s: %.1f seen of %lld", en_method_name((en_method)method), seen, (long long)h.observed);
    for (int64_t i = 0; i < h.n_cells; i++) {
        double count = (double)h.counts[i];
        if (!(fabs(mean[h.patterns[i]] - count) < 2 * sqrt(count) + 2))
            fail_msg("%s: cell %u has %.1f, not %.0f", en_method_name((en_method)method), h.patterns[i],
                     mean[h.patterns[i]], count);
    }
    truth_source_clear(&source);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
    free(t);
}

static void truths_of_each_method(void **state) {
    (void)state;
    truths_look_like_the_data(EN_METHOD_GRAPHS);
    truths_look_like_the_data(EN_METHOD_LATENT);
    truths_look_like_the_data(EN_METHOD_LOGLINEAR);
    truths_look_like_the_data(EN_METHOD_LOGLINEAR_BEST);
}

/* The truths of graphs, exactly: chances of cells given n0 have a mean that is known where the graph is. With two lists
 * the one graph is that without an edge, and each list's chance is Beta(alpha + counts). */
static void truth_of_two_lists(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 60, 30, 20};
    enum { DRAWS = 4000 };
    en_histories h;
    en_estimate_options options;
    en_estimate_result r;
    truth_source source;
    truth *t = calloc(1, sizeof *t);
    double away = 0;
    en_rng rng;
    assert_non_null(t);
    sample_histories(2, counts, &h);
    run(&h, EN_METHOD_GRAPHS, &options, &r);
    assert_int_equal(truth_source_open(&h, &options, &r.estimates[0], &source, NULL), EN_OK);
    en_rng_init(&rng, 5, 0);
    for (int i = 0; i < DRAWS; i++) {
        assert_int_equal(truth_draw(&source, &rng, t, NULL), EN_OK);
        double n = (double)t->people, first = (80 + .5) / (n + 1), second = (50 + .5) / (n + 1);
        double sd = sqrt(first * (1 - first) / (n + 2));
        away += (t->cells[1] + t->cells[3] - first) / sd / sqrt(DRAWS);
        assert_true(fabs(t->cells[3] - (t->cells[1] + t->cells[3]) * (t->cells[2] + t->cells[3])) < 1e-12);
        assert_true(fabs(t->cells[2] + t->cells[3] - second) < 8 * sqrt(second * (1 - second) / (n + 2)));
    }
    assert_true(fabs(away) < 3.3); /* once in 1,000 */
    truth_source_clear(&source);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
    free(t);
}

static void threads_do_not_matter(void **state) {
    (void)state;
    en_histories h;
    en_estimate_options options;
    en_estimate_result r;
    en_calibration one, three;
    sample(&h);
    run(&h, EN_METHOD_GRAPHS | EN_METHOD_LOGLINEAR | EN_METHOD_CHAO, &options, &r);
    options.threads = 1;
    assert_int_equal(en_calibrate(&h, &options, &r, 30, &one, NULL), EN_OK);
    options.threads = 3;
    assert_int_equal(en_calibrate(&h, &options, &r, 30, &three, NULL), EN_OK);
    assert_int_equal(one.n_fits, 2);
    assert_int_equal(one.populations, 30);
    assert_true(one.worst >= 0);
    for (int i = 0; i < one.n_fits; i++) {
        const en_calibration_fit *a = &one.fits[i], *b = &three.fits[i];
        assert_int_equal(a->method, i ? EN_METHOD_LOGLINEAR : EN_METHOD_GRAPHS);
        assert_true(a->truth == b->truth && a->covered == b->covered && a->at_least == b->at_least);
        assert_true(a->refused == b->refused && a->width == b->width);
        assert_true(a->refused == 0 && a->covered > .6 && a->at_least > .6 && a->width > 0 && a->covered_error > 0);
        assert_true(one.fits[one.worst].covered <= a->covered);
    }
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void what_cannot_be_calibrated(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 50, 40, 20};
    en_histories h;
    en_estimate_options options;
    en_estimate_result r;
    en_calibration c;
    sample_histories(2, counts, &h);
    run(&h, EN_METHOD_GRAPHS, &options, &r);
    assert_int_equal(en_calibrate(&h, &options, &r, 10, &c, NULL), EN_OK);
    assert_int_equal(c.populations, 0);
    assert_int_equal(c.worst, -1);
    assert_non_null(strstr(c.because, "no headline"));
    assert_int_equal(en_calibrate(&h, &options, &r, 0, &c, NULL), EN_ERR_USAGE);
    assert_int_equal(en_calibrate(&h, &options, &r, EN_CALIBRATION_MAX + 1, &c, NULL), EN_ERR_USAGE);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total) {
    (void)ctx;
    (void)done;
    (void)total;
    return strcmp(phase, "calibration") != 0;
}

static void it_can_be_cancelled(void **state) {
    (void)state;
    en_histories h;
    en_estimate_options options;
    en_estimate_result r;
    en_calibration c;
    en_progress progress = {NULL, stop};
    sample(&h);
    run(&h, EN_METHOD_GRAPHS, &options, &r);
    options.progress = &progress;
    assert_int_equal(en_calibrate(&h, &options, &r, 1000, &c, NULL), EN_ERR_CANCELLED);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truths_of_each_method), cmocka_unit_test(truth_of_two_lists),
        cmocka_unit_test(threads_do_not_matter), cmocka_unit_test(what_cannot_be_calibrated),
        cmocka_unit_test(it_can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
