/* The sensitivity page: its formulas on a published table, what it does with empty cells and odd lists, its sentences.
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

#include "estimate/sensitivity_parts.h"
#include "estimate_samples.h"

static void run(const en_histories *h, unsigned methods, bool brief, en_estimate_result *r, en_sensitivity *s) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.methods = methods;
    options.seed = 1;
    options.brief = brief;
    assert_int_equal(en_estimate_run(h, &options, r, NULL), EN_OK);
    assert_int_equal(en_sensitivity_run(h, &options, r, s, NULL), EN_OK);
}

static void near(double got, double wanted) {
    if (!(fabs(got - wanted) <= .51 + 1e-4 * fabs(wanted))) fail_msg("%.2f, not %.2f", got, wanted);
}

static bool says(const en_sensitivity *s, const char *words) {
    for (int i = 0; i < s->n_summary; i++)
        if (strstr(s->summary[i], words)) return true;
    return false;
}

/* research/estimation.md on this table: Chapman 5,447 to 9,622; xi = 1, 1/2, 2: 16,942 [9,360-36,116], 29,484, 10,671.
 */
static void kosovo_as_researched(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    en_sensitivity s;
    double low = INFINITY, high = 0;
    sample_kosovo(&h);
    run(&h, EN_METHOD_GRAPHS | EN_METHOD_CHAO, false, &r, &s);
    assert_int_equal(s.n_pairs, 6);
    for (int i = 0; i < 6; i++) {
        low = fmin(low, s.pairs[i].chapman.total);
        high = fmax(high, s.pairs[i].chapman.total);
        assert_true(s.pairs[i].chapman.low < s.pairs[i].chapman.at_least);
    }
    near(low, 5447);
    near(high, 9622);
    assert_true(s.xi[2] == 1 && s.xi[0] == .25 && s.xi[4] == 4);
    near(s.interaction[2].total, 16942);
    near(s.interaction[2].low, 9360);
    near(s.interaction[2].high, 36116);
    near(s.interaction[1].total, 29484);
    near(s.interaction[3].total, 10671);
    assert_int_equal(s.empty_cells, 0);
    assert_string_equal(s.interaction_model, "");
    near(s.fits[0].total.total, 10356.5);
    near(s.fits[1].total.total, 12741);
    near(s.fits[2].total.total, 18393);
    assert_int_equal(s.n_left_out, 4);
    assert_true(s.low == r.low && s.high == r.high && s.at_least == r.at_least);
    assert_true(s.range_low <= s.low && s.range_high > 22000);
    assert_true(says(&s, "The answer is between") && says(&s, "interact") && says(&s, "left out"));
    en_sensitivity_clear(&s);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void odds_of_a_pair(void **state) {
    (void)state;
    /* A and B: 20 on both, 30 and 40 on one, 10 on C alone. */
    static const int64_t counts[] = {0, 30, 40, 20, 10, 0, 0, 0};
    en_histories h;
    en_sensitivity s = {0};
    sample_histories(3, counts, &h);
    assert_int_equal(compare_pairs(&h, .95, &s, NULL), EN_OK);
    assert_int_equal(s.pairs[0].both, 20);
    assert_int_equal(s.pairs[0].neither, 10);
    assert_true(s.odds[4] == 1 && fabs(s.odds[8] - 4) < 1e-12 && fabs(s.odds[0] - .25) < 1e-12);
    assert_true(fabs(s.pairs[0].by_odds[4].total - 150) < 1e-9);
    assert_true(fabs(s.pairs[0].by_odds[8].total - 330) < 1e-9);
    /* 1/4 gives 90 + 15, which holds the 10; nobody is on A and C, so odds say nothing of them. */
    assert_true(fabs(s.pairs[0].by_odds[0].total - 105) < 1e-9);
    assert_true(fabs(s.pairs[0].by_odds[0].low - fmax(100, 90 + 15 * exp(-1.959964 * sqrt(13. / 120)))) < 1e-3);
    assert_true(isnan(s.pairs[1].by_odds[4].total));
    assert_true(fabs(s.pairs[1].chapman.total - (51. * 11 - 1)) < 1e-9);
    en_sensitivity_clear(&s);
    en_histories_clear(&h);
}

static void fitted_cells_where_some_are_empty(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 5, 5, 54, 41, 6, 0, 12};
    en_histories h;
    en_estimate_result r;
    en_sensitivity s;
    sample_histories(3, counts, &h);
    run(&h, EN_METHOD_GRAPHS, true, &r, &s);
    assert_int_equal(s.empty_cells, 1);
    assert_true(s.interaction_model[0]);
    assert_true(fabs(s.interaction[2].total - s.fits[0].total.total) < 1e-9);
    double n = (double)h.observed, n0 = s.fits[0].total.total - n;
    assert_true(fabs(s.interaction[1].total - n - 2 * n0) < 1e-9 * n);
    assert_true(says(&s, "cells fitted by"));
    assert_int_equal(s.n_left_out, 0); /* brief */
    assert_int_equal(s.n_links, 0);
    en_sensitivity_clear(&s);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* ---- links ---- */

static void links_by_the_formula(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 1000, 2000, 400, 3000, 300, 200, 1000};
    double cells[8], sum = 0;
    en_histories h;
    sample_histories(3, counts, &h);
    cells_with_links(&h, .1, 0, cells);
    /* A tenth of pairs, 1 - .9² = .19 of triples; of a triple each list is the one that leaves in a third. */
    assert_true(fabs(cells[7] - 810) < 1e-9);
    assert_true(fabs(cells[3] - (360 + 190. / 3)) < 1e-9);
    assert_true(fabs(cells[1] - (1000 + 40 + 30 + 190. / 3)) < 1e-9);
    for (int w = 1; w < 8; w++) sum += cells[w];
    assert_true(fabs(sum - (double)h.observed - 90 - 190) < 1e-9);
    /* Missed: triples rise by .19/.81 of themselves, a third each taken from a single and a pair; then pairs. */
    cells_with_links(&h, 0, .1, cells);
    assert_true(fabs(cells[7] - 1000 / .81) < 1e-9);
    assert_true(fabs(cells[3] - (400 - 190 / .81 / 3) / .9) < 1e-9);
    cells_with_links(&h, 0, 0, cells);
    for (int w = 1; w < 8; w++) assert_true(cells[w] == (double)counts[w]);
    en_histories_clear(&h);
}

static void false_links_hide_people(void **state) {
    (void)state;
    static const double p[] = {.3, .3, .3, .3};
    en_histories h;
    en_estimate_result r;
    en_sensitivity s;
    sample_population(3000, 1, 4, p, 3, &h);
    run(&h, EN_METHOD_GRAPHS, false, &r, &s);
    assert_int_equal(s.n_links, 10);
    for (int i = 0; i < s.n_links; i++) {
        const en_link_row *row = &s.links[i];
        assert_int_equal(row->method, EN_METHOD_GRAPHS);
        if (row->missed_share == 0 && row->false_share > 0) assert_true(row->total.total > s.links[0].total.total);
        if (row->false_share == 0 && row->missed_share > 0) assert_true(row->total.total < s.links[0].total.total);
    }
    en_sensitivity_clear(&s);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* ---- odd histories ---- */

static void nothing_to_say(void **state) {
    (void)state;
    static const int64_t apart[] = {0, 10, 20, 0, 30, 0, 0, 0}, one[] = {0, 10};
    for (int i = 0; i < 2; i++) {
        en_histories h;
        en_estimate_result r;
        en_sensitivity s;
        sample_histories(i ? 1 : 3, i ? one : apart, &h);
        run(&h, EN_METHOD_GRAPHS, false, &r, &s);
        assert_int_equal(s.n_pairs, 0);
        assert_true(isnan(s.low) && isnan(s.range_low) && isnan(s.interaction[2].total));
        assert_true(says(&s, "No method gave an interval"));
        en_sensitivity_clear(&s);
        en_estimate_result_clear(&r);
        en_histories_clear(&h);
    }
}

static void lists_keep_their_numbers(void **state) {
    (void)state;
    static const double p[] = {.3, 0, .3, .4, .3};
    en_histories h;
    en_estimate_result r;
    en_sensitivity s;
    sample_population(1500, 1, 5, p, 2, &h);
    run(&h, EN_METHOD_GRAPHS, false, &r, &s);
    assert_true(s.pairs[0].a == 0 && s.pairs[0].b == 2);
    assert_int_equal(s.left_out[3].list, 4);
    en_sensitivity_clear(&s);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* Thirty lists, and counts of 10^9: pairs are compared, what is too much is left out. */
static void many_lists_and_persons(void **state) {
    (void)state;
    static char names[30][128];
    uint32_t patterns[60];
    int64_t counts[60];
    en_histories h = {.n_lists = 30, .lists = names, .patterns = patterns, .counts = counts, .n_cells = 59};
    for (int i = 0; i < 30; i++) {
        snprintf(names[i], sizeof names[i], "list %d", i);
        patterns[i == 0 ? 0 : 2 * i - 1] = 1u << i;
        counts[i == 0 ? 0 : 2 * i - 1] = 1000000000;
        if (i == 0) continue;
        patterns[2 * i] = 1u << i | 1;
        counts[2 * i] = 250000000;
    }
    for (int i = 0; i < 59; i++) h.observed += counts[i];
    en_estimate_result r;
    en_sensitivity s;
    run(&h, EN_METHOD_CHAO, false, &r, &s);
    assert_int_equal(s.n_pairs, 435);
    assert_int_equal(s.n_fits, 0);
    assert_int_equal(s.n_links, 0);
    assert_true(s.empty_cells == (1 << 30) - 1 - 59 && isnan(s.interaction[2].total));
    en_sensitivity_clear(&s);
    en_estimate_result_clear(&r);
}

/* ---- shares known from elsewhere ---- */

static void shares_are_carried_into_draws(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_adjustment none = {0}, fixed = {.wrong_low = .1, .wrong_high = .1, .unlinked_low = .25, .unlinked_high = .25},
                  wide = {.wrong_low = .02, .wrong_high = .2, .seed = 4}, bad = {.wrong_low = .3, .wrong_high = .2};
    sample_kosovo(&h);
    options.methods = EN_METHOD_GRAPHS | EN_METHOD_CHAO;
    options.brief = true;
    assert_int_equal(en_estimate_run(&h, &options, &r, NULL), EN_OK);
    en_estimate *graphs = &r.estimates[0], *chao = &r.estimates[1];
    double low = graphs->low, high = graphs->high, median = graphs->median, least = chao->at_least, most = chao->high;
    assert_int_equal(en_estimate_adjust(graphs, &none, NULL), EN_OK);
    assert_true(graphs->median == median);
    assert_int_equal(en_estimate_adjust(graphs, &bad, NULL), EN_ERR_USAGE);
    assert_int_equal(en_estimate_adjust(graphs, &fixed, NULL), EN_OK);
    assert_true(fabs(graphs->median / median - .9 / .75) < 1e-3 && fabs(graphs->high / high - 1.2) < 5e-3);
    assert_int_equal(en_estimate_adjust(chao, &wide, NULL), EN_OK);
    assert_true(fabs(chao->at_least / least - .8) < 1e-9 && fabs(chao->high / most - .98) < 1e-9);
    low = graphs->low, high = graphs->high, median = graphs->median;
    assert_int_equal(en_estimate_adjust(graphs, &wide, NULL), EN_OK);
    assert_true(graphs->high / graphs->low > high / low);
    assert_true(fabs(graphs->median / median - .89) < .02);
    assert_true(graphs->n_warnings >= 2);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void shares_lie_between_their_bounds(void **state) {
    (void)state;
    /* 2,000 draws; 95 % lie within: 1,900 by 9.7 in deviation, and the Beta is allowed .015 more. */
    static double draws[2000];
    en_adjustment a = {.wrong_low = .05, .wrong_high = .3, .seed = 7};
    int within = 0;
    for (int i = 0; i < 2000; i++) draws[i] = 1000;
    assert_int_equal(en_adjust_draws(draws, 2000, &a, draws, NULL), EN_OK);
    for (int i = 0; i < 2000; i++) within += draws[i] >= 700 && draws[i] <= 950;
    assert_true(within > 1830 && within < 1970);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kosovo_as_researched),
                                       cmocka_unit_test(odds_of_a_pair),
                                       cmocka_unit_test(fitted_cells_where_some_are_empty),
                                       cmocka_unit_test(links_by_the_formula),
                                       cmocka_unit_test(false_links_hide_people),
                                       cmocka_unit_test(nothing_to_say),
                                       cmocka_unit_test(lists_keep_their_numbers),
                                       cmocka_unit_test(many_lists_and_persons),
                                       cmocka_unit_test(shares_are_carried_into_draws),
                                       cmocka_unit_test(shares_lie_between_their_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
