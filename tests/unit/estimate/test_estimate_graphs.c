/* Graphs against a sum over every graph and every n0 written out, and against published quantiles. */
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

static en_estimate graphs_of(const en_histories *h, double delta, bool complete, int threads,
                             en_estimate_result *result) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.methods = EN_METHOD_GRAPHS;
    options.delta = delta;
    options.complete_graph = complete;
    options.threads = threads;
    assert_int_equal(en_estimate_run(h, &options, result, NULL), EN_OK);
    return result->estimates[0];
}

/* ---- written out for three lists ---- */

typedef struct graph {
    int n;
    unsigned clique[3], separator[2];
} graph;

static const graph three[] = {{3, {1, 2, 4}, {0, 0}}, {2, {3, 4}, {0}}, {2, {5, 2}, {0}}, {2, {6, 1}, {0}},
                              {2, {3, 6}, {2}},       {2, {3, 5}, {1}}, {2, {5, 6}, {4}}, {1, {7}, {0}}};
enum { N0_MAX = 20000 };

static double log_h(const int64_t *counts, unsigned subset, double n0, double delta) {
    double alpha_0 = 8 * delta, alpha = delta * ldexp(1, 3 - __builtin_popcount(subset)), n = n0, sum = 0;
    double cell[8] = {0};
    for (unsigned w = 1; w < 8; w++) n += (double)counts[w];
    cell[0] = n0;
    for (unsigned w = 1; w < 8; w++) cell[w & subset] += (double)counts[w];
    for (unsigned i = 0; i < 8; i++)
        if ((i & subset) == i) sum += lgamma(cell[i] + alpha) - lgamma(alpha);
    return sum + lgamma(alpha_0) - lgamma(n + alpha_0);
}

static void write_out(const int64_t *counts, double delta, int graphs, double *mass) {
    double n = 0, top = -INFINITY;
    for (unsigned w = 1; w < 8; w++) n += (double)counts[w];
    for (int x = 0; x <= N0_MAX; x++) {
        double values[8], most = -INFINITY, sum = 0;
        for (int g = 0; g < graphs; g++) {
            values[g] = lgamma(n + x + 1) - lgamma(x + 1.) - log(n + x);
            for (int i = 0; i < three[g].n; i++) values[g] += log_h(counts, three[g].clique[i], x, delta);
            for (int i = 0; i + 1 < three[g].n; i++) values[g] -= log_h(counts, three[g].separator[i], x, delta);
            most = fmax(most, values[g]);
        }
        for (int g = 0; g < graphs; g++) sum += exp(values[g] - most);
        mass[x] = most + log(sum);
        top = fmax(top, mass[x]);
    }
    for (int x = 0; x <= N0_MAX; x++) mass[x] = exp(mass[x] - top);
}

static double quantile_of(const double *mass, double p) {
    double all = 0, sum = 0;
    for (int x = 0; x <= N0_MAX; x++) all += mass[x];
    for (int x = 0; x <= N0_MAX; x++)
        if ((sum += mass[x]) >= p * all) return x;
    return N0_MAX;
}

static void check_written_out(const int64_t *counts, double delta, bool complete) {
    double *mass = calloc(N0_MAX + 1, sizeof *mass), all = 0, first = 0;
    en_histories h;
    en_estimate_result r;
    sample_histories(3, counts, &h);
    write_out(counts, delta, complete ? 8 : 7, mass);
    en_estimate e = graphs_of(&h, delta, complete, 1, &r);
    double n = (double)h.observed;
    for (int x = 0; x <= N0_MAX; x++) {
        all += mass[x];
        first += x * mass[x];
    }
    static const double at[] = {.025, .05, .5, .975};
    const double got[] = {e.low, e.at_least, e.median, e.high};
    for (int i = 0; i < 4; i++) {
        double x = quantile_of(mass, at[i]);
        if (!(fabs(got[i] - n - x) <= 1 + .002 * x)) fail_msg("quantile %g: %g, not %g", at[i], got[i] - n, x);
    }
    if (!complete) assert_true(fabs(e.mean - n - first / all) < .003 * first / all + .05);
    assert_int_equal(e.status, EN_EST_OK);
    assert_true(e.converged);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
    free(mass);
}

static void as_written_out(void **state) {
    (void)state;
    static const int64_t small[] = {0, 9, 7, 5, 12, 4, 6, 3}, larger[] = {0, 160, 90, 70, 45, 30, 25, 20},
                         tiny[] = {0, 2, 1, 8, 0, 9, 7, 6};
    check_written_out(small, .125, false);
    check_written_out(small, 1, false);
    check_written_out(larger, .125, false);
    check_written_out(larger, .5, true);
    check_written_out(tiny, .125, false);
}

/* ---- published ---- */

static void near_number(double got, double published) {
    if (!(fabs(got / published - 1) <= .01)) fail_msg("%g, published %g", got, published);
}

static void kosovo_as_published(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r;
    sample_kosovo(&h);
    en_estimate e = graphs_of(&h, 1. / 16, false, 2, &r);
    near_number(e.low, 9827);
    near_number(e.median, 12595);
    near_number(e.high, 16544);
    assert_int_equal(e.n_draws, 2000);
    for (int i = 1; i < e.n_draws; i++) assert_true(e.draws[i] >= e.draws[i - 1]);
    near_number(e.draws[1000], e.median);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

/* ---- what must not change the answer, and what must ---- */

static void the_same_on_any_threads(void **state) {
    (void)state;
    static const double p[] = {.3, .2, .15, .1, .25, .05};
    en_histories h;
    en_estimate_result one, four;
    sample_population(900, 1, 6, p, 5, &h);
    en_estimate a = graphs_of(&h, 0, false, 1, &one), b = graphs_of(&h, 0, false, 4, &four);
    double *draws_a = a.draws, *draws_b = b.draws;
    assert_memory_equal(draws_a, draws_b, 2000 * sizeof *draws_a);
    a.draws = b.draws = NULL;
    assert_memory_equal(&a.median, &b.median, 6 * sizeof a.median);
    assert_string_equal(a.tail, b.tail);
    en_estimate_result_clear(&one);
    en_estimate_result_clear(&four);
    en_histories_clear(&h);
}

static void no_mean_under_a_heavy_tail(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 5, 5, 54, 41, 6, 0, 12}; /* nobody on B and C alone: n0^-2 */
    en_histories h;
    en_estimate_result r;
    sample_histories(3, counts, &h);
    en_estimate e = graphs_of(&h, 0, false, 1, &r);
    assert_true(isnan(e.mean));
    assert_non_null(strstr(e.tail, "n0^-2.00"));
    assert_non_null(strstr(e.tail, "no mean"));
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void huge_counts(void **state) {
    (void)state;
    static const double p[] = {.3, .4, .2};
    int64_t counts[8];
    en_histories h;
    en_estimate_result r;
    for (int w = 0; w < 8; w++) {
        double share = 1;
        for (int j = 0; j < 3; j++) share *= w >> j & 1 ? p[j] : 1 - p[j];
        counts[w] = llround(1e12 * share);
    }
    sample_histories(3, counts, &h);
    en_estimate e = graphs_of(&h, 0, false, 1, &r);
    assert_true(fabs(e.median / 1e12 - 1) < 1e-4);
    assert_true(e.low < 1e12 && 1e12 < e.high && e.high / e.low < 1.001);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void independent_lists_are_covered(void **state) {
    (void)state;
    /* 20 populations of 2,000 on 4 independent lists; 95 % intervals. Fewer than 15 cover by chance: once in 30,000. */
    static const double p[] = {.3, .2, .15, .25};
    int covered = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        en_histories h;
        en_estimate_result r;
        sample_population(2000, 1, 4, p, seed, &h);
        en_estimate e = graphs_of(&h, 0, false, 1, &r);
        covered += e.low <= 2000 && 2000 <= e.high;
        en_estimate_result_clear(&r);
        en_histories_clear(&h);
    }
    assert_true(covered >= 15);
}

/* ---- which graphs ---- */

static void edges_and_graphs(void **state) {
    (void)state;
    /* A and B are one in two persons of the same; C is on its own; nobody is on D. */
    static const double p[] = {.8, .8, .3, 0, .1, .1, .3, 0};
    en_histories h;
    en_estimate_result r;
    sample_population(4000, 2, 4, p, 9, &h);
    en_estimate e = graphs_of(&h, 0, false, 2, &r);
    double sum = 0;
    assert_int_equal(e.n_edges, 3);
    assert_true(e.edges[0].a == 0 && e.edges[0].b == 1 && e.edges[0].probability > .99);
    assert_true(e.edges[1].probability < .2 && e.edges[2].probability < .2);
    assert_true(e.n_graphs >= 4); /* those without A-B weigh nothing */
    for (int i = 0; i < e.n_graphs; i++) sum += e.graphs[i].probability;
    assert_true(fabs(sum - 1) < 1e-6);
    assert_true(strcmp(e.graphs[0].cliques, "[A B][C]") == 0 || strcmp(e.graphs[0].cliques, "[C][A B]") == 0);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void a_list_of_nobody_keeps_the_numbers_of_lists(void **state) {
    (void)state;
    static const double p[] = {.3, 0, .3, .4, .3};
    en_histories h;
    en_estimate_result r;
    sample_population(2000, 1, 5, p, 2, &h);
    en_estimate e = graphs_of(&h, 0, false, 1, &r);
    assert_int_equal(e.n_edges, 6);
    assert_true(e.edges[0].a == 0 && e.edges[0].b == 2);
    assert_true(e.edges[5].a == 3 && e.edges[5].b == 4);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
}

static void the_sweep_says_what_delta_does(void **state) {
    (void)state;
    en_histories h;
    en_estimate_result r, half;
    sample_kosovo(&h);
    en_estimate e = graphs_of(&h, 0, false, 1, &r), other = graphs_of(&h, .5, false, 1, &half);
    assert_int_equal(e.n_sweep, 5);
    for (int i = 1; i < e.n_sweep; i++) assert_true(e.sweep[i].delta > e.sweep[i - 1].delta);
    assert_true(e.sweep[1].delta == 1. / 16 && e.sweep[1].median == e.median && e.sweep[1].high == e.high);
    assert_true(e.sweep[3].delta == .5 && e.sweep[3].median == other.median && e.sweep[3].low == other.low);
    /* research on this table: delta 1 without the complete graph */
    near_number(e.sweep[4].median, 9786);
    en_estimate_result_clear(&r);
    en_estimate_result_clear(&half);
    en_histories_clear(&h);
}

static void more_than_eight_lists_are_not_computed(void **state) {
    (void)state;
    en_histories h = {.n_lists = 9};
    char names[9][128] = {"A", "B", "C", "D", "E", "F", "G", "H", "I"};
    uint32_t patterns[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 257};
    int64_t counts[] = {9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    en_estimate_result r;
    h.lists = names;
    h.patterns = patterns;
    h.counts = counts;
    h.n_cells = 10;
    h.observed = 90;
    en_estimate e = graphs_of(&h, 0, false, 1, &r);
    assert_int_equal(e.status, EN_EST_NOT_CONVERGED);
    assert_true(isnan(e.median) && isnan(e.low) && isnan(e.high) && isnan(e.at_least));
    assert_false(e.converged);
    assert_false(r.has_recommended);
    en_estimate_result_clear(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_written_out),
                                       cmocka_unit_test(kosovo_as_published),
                                       cmocka_unit_test(the_same_on_any_threads),
                                       cmocka_unit_test(no_mean_under_a_heavy_tail),
                                       cmocka_unit_test(huge_counts),
                                       cmocka_unit_test(independent_lists_are_covered),
                                       cmocka_unit_test(edges_and_graphs),
                                       cmocka_unit_test(a_list_of_nobody_keeps_the_numbers_of_lists),
                                       cmocka_unit_test(the_sweep_says_what_delta_does),
                                       cmocka_unit_test(more_than_eight_lists_are_not_computed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
