/* A short form of bench/estimate/coverage_study: populations of 2,000 on four lists, all methods but latent classes.
 *
 * Where an interval or a bound holds with chance .95, fewer than 41 of 50 come once in 2,600 seeds (binomial). Fourteen
 * shares are looked at, so that this fails falsely for at most one seed in 180; the seed is fixed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/simulate.h"

enum { LISTS = 4, WIDTH = 1 << LISTS, PEOPLE = 2000, POPULATIONS = 50, LEAST = 41 };

typedef struct tally {
    int held[64], bounded[64]; /* by the bit of the method */
    int headline, bound, headlines;
    int range, range_names;
} tally;

/* Chances of two kinds of persons, as many of each, found at p times `low` and `high`; `odds` joins the first two lists
 * of persons of a kind, about evenly round p. */
static void fill_cells(double low, double high, double odds, double *cells) {
    static const double p[LISTS] = {.2, .15, .25, .3};
    memset(cells, 0, WIDTH * sizeof *cells);
    for (int kind = 0; kind < 2; kind++)
        for (int w = 0; w < WIDTH; w++) {
            double share = .5;
            for (int j = 0; j < LISTS; j++) {
                double q = p[j] * (kind ? high : low);
                if (j == 1) {
                    double o = q / (1 - q) * (w & 1 ? sqrt(odds) : 1 / sqrt(odds));
                    q = o / (1 + o);
                }
                share *= w >> j & 1 ? q : 1 - q;
            }
            cells[w] += share;
        }
}

static bool holds(double low, double high) { return low <= PEOPLE && PEOPLE <= high; }

static void count(const en_estimate_result *r, const en_sensitivity *page, tally *t) {
    for (int i = 0; i < r->n_estimates; i++) {
        const en_estimate *e = &r->estimates[i];
        assert_int_equal(e->status, EN_EST_OK);
        t->held[e->method] += holds(e->low, e->high);
        t->bounded[e->method] += e->at_least <= PEOPLE;
    }
    t->headlines += r->has_recommended;
    t->headline += r->has_recommended && holds(r->low, r->high);
    t->bound += r->at_least <= PEOPLE;
    t->range += holds(page->range_low, page->range_high);
    t->range_names += strstr(page->range_high_because, "persons differ") != NULL;
}

static void run(const double *cells, uint64_t task, tally *t) {
    static const char names[LISTS][128] = {"A", "B", "C", "D"};
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.methods =
        EN_METHOD_GRAPHS | EN_METHOD_CHAO | EN_METHOD_LOGLINEAR | EN_METHOD_LOGLINEAR_BEST | EN_METHOD_STEPWISE;
    options.brief = true;
    *t = (tally){0};
    for (uint64_t i = 0; i < POPULATIONS; i++) {
        en_histories h;
        en_estimate_result r;
        en_sensitivity page;
        en_rng rng;
        en_rng_init(&rng, i, task);
        options.seed = i;
        assert_int_equal(simulate_histories(names, LISTS, cells, PEOPLE, &rng, &h, NULL), EN_OK);
        assert_int_equal(en_estimate_run(&h, &options, &r, NULL), EN_OK);
        assert_int_equal(en_sensitivity_run(&h, &options, &r, &page, NULL), EN_OK);
        count(&r, &page, t);
        en_sensitivity_clear(&page);
        en_estimate_result_clear(&r);
        en_histories_clear(&h);
    }
    assert_int_equal(t->headlines, POPULATIONS);
}

static void at_least(const char *what, int n, int least) {
    if (n < least) fail_msg("%s: %d of %d populations", what, n, POPULATIONS);
}

/* Each of these models is right here. */
static void each_holds(const tally *t) {
    at_least("graphs", t->held[EN_METHOD_GRAPHS], LEAST);
    at_least("log-linear average", t->held[EN_METHOD_LOGLINEAR], LEAST);
    at_least("stepwise", t->held[EN_METHOD_STEPWISE], LEAST);
    at_least("headline", t->headline, LEAST);
    at_least("lower bound", t->bound, LEAST);
}

static void independent_lists(void **state) {
    (void)state;
    double cells[WIDTH];
    tally t;
    fill_cells(1, 1, 1, cells);
    run(cells, 0, &t);
    each_holds(&t);
    at_least("Chao's bound", t.bounded[EN_METHOD_CHAO], LEAST);
}

static void one_dependent_pair(void **state) {
    (void)state;
    double cells[WIDTH];
    tally t;
    fill_cells(1, 1, 5, cells);
    run(cells, 1, &t);
    each_holds(&t);
}

/* The headline is too low here; the bound holds, and the range does and says why. */
static void persons_who_differ(void **state) {
    (void)state;
    double cells[WIDTH];
    tally t;
    fill_cells(4 / 7., 10 / 7., 1, cells);
    run(cells, 2, &t);
    at_least("lower bound", t.bound, LEAST);
    at_least("range", t.range, LEAST);
    at_least("range by persons who differ", t.range_names, LEAST);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(independent_lists), cmocka_unit_test(one_dependent_pair),
                                       cmocka_unit_test(persons_who_differ)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
