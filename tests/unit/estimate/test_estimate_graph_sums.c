/* Sums and shares over all graphs against every graph written out, for factors drawn at random. */
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
#include "estimate/graph_sums.h"

enum { POINTS = 37 };

static void make_graph(unsigned edges, int p, uint8_t *adjacent) {
    memset(adjacent, 0, CHORDAL_MAX);
    for (int b = 1; b < p; b++)
        for (int a = 0; a < b; a++)
            if (edges >> graph_edge(a, b) & 1) {
                adjacent[a] |= (uint8_t)(1u << b);
                adjacent[b] |= (uint8_t)(1u << a);
            }
}

static double product_of(const junction *g, const double *log_h) {
    double sum = log_h[g->clique[0]];
    for (int i = 1; i < g->n; i++) sum += log_h[g->clique[i]] - log_h[g->separator[i - 1]];
    return sum;
}

static double *draw_factors(int p, double spread, uint64_t seed) {
    double *log_h = calloc((size_t)POINTS << p, sizeof *log_h);
    en_rng rng;
    en_rng_init(&rng, seed, (uint64_t)p);
    for (size_t i = 0; i < (size_t)POINTS << p; i++) log_h[i] = i & ((1u << p) - 1) ? spread * en_rng_normal(&rng) : 0;
    return log_h;
}

typedef struct written_out {
    double sum[POINTS], edge[GRAPH_EDGES], top;
    uint8_t adjacent[CHORDAL_MAX];
} written_out;

static double share_of(const junction *g, const double *log_h, int p, const written_out *w, int n) {
    double share = 0;
    for (int i = 0; i < n; i++) share += exp(product_of(g, log_h + ((size_t)i << p)) - log(w->sum[i])) / n;
    return share;
}

static void write_out(int p, bool complete, const double *log_h, written_out *w) {
    uint8_t adjacent[CHORDAL_MAX];
    junction g;
    *w = (written_out){0};
    for (int pass = 0; pass < 2; pass++)
        for (unsigned edges = 0; edges < 1u << p * (p - 1) / 2; edges++) {
            make_graph(edges, p, adjacent);
            if (!chordal_junction(adjacent, p, &g) || (g.n == 1 && !complete)) continue;
            for (int i = 0; i < POINTS && pass == 0; i++) w->sum[i] += exp(product_of(&g, log_h + ((size_t)i << p)));
            if (pass == 0) continue;
            double share = share_of(&g, log_h, p, w, GRAPH_SHARE_POINTS);
            for (int e = 0; e < GRAPH_EDGES; e++) w->edge[e] += edges >> e & 1 ? share : 0;
            if (share <= w->top) continue;
            w->top = share;
            memcpy(w->adjacent, adjacent, sizeof w->adjacent);
        }
}

static void check(int p, bool complete, double spread, int threads) {
    double *log_h = draw_factors(p, spread, 11), got[POINTS];
    written_out w;
    graph_shares shares;
    graph_points points = {.p = p, .complete = complete, .n = POINTS, .log_h = log_h, .threads = threads};
    write_out(p, complete, log_h, &w);
    assert_int_equal(graph_sums(&points, got, NULL), EN_OK);
    for (int i = 0; i < POINTS; i++) assert_true(fabs(got[i] - log(w.sum[i])) < 1e-9);
    points.n = GRAPH_SHARE_POINTS;
    assert_int_equal(graph_shares_of(&points, got, &shares, NULL), EN_OK);
    for (int e = 0; e < GRAPH_EDGES; e++) assert_true(fabs(shares.edge[e] - w.edge[e]) < 1e-9);
    assert_true(fabs(shares.top[0].share - w.top) < 1e-9);
    assert_memory_equal(shares.top[0].adjacent, w.adjacent, CHORDAL_MAX);
    for (int i = 1; i < shares.n_top; i++) assert_true(shares.top[i].share <= shares.top[i - 1].share);
    free(log_h);
}

static void as_written_out(void **state) {
    (void)state;
    for (int p = 2; p <= 5; p++)
        for (int complete = 0; complete < 2; complete++) {
            check(p, complete, .5, 1);
            check(p, complete, 4, 2);
        }
}

static void bounds_hold(void **state) {
    (void)state;
    for (int p = 2; p <= 6; p++) {
        double *log_h = draw_factors(p, 20, 5), gain[GRAPH_SUBSETS];
        for (int i = 0; i < POINTS; i++) {
            const double *at = log_h + ((size_t)i << p);
            double most = -INFINITY;
            for (unsigned edges = 0; edges < 1u << p * (p - 1) / 2; edges++) {
                uint8_t adjacent[CHORDAL_MAX];
                junction g;
                make_graph(edges, p, adjacent);
                if (chordal_junction(adjacent, p, &g) && g.n > 1) most = fmax(most, product_of(&g, at));
            }
            graph_gains(at, p, false, gain);
            double found = graph_search(at, gain, p, false);
            assert_true(gain[0] >= most - 1e-9 && found <= most + 1e-9);
            if (p <= 4) assert_true(fabs(found - most) < 1e-9);
        }
        free(log_h);
    }
}

/* With all factors 1 a sum is the number of graphs: of six lists without the complete one 18,153, of eight 30,888,595.
 */
static void counts(void **state) {
    (void)state;
    static const double known[] = {0, 0, 1, 7, 60, 821, 18153, 617674, 30888595};
#ifdef __OPTIMIZE__
    enum { MOST = 8 };
#else
    enum { MOST = 7 }; /* eight take long where sanitizers look on */
#endif
    double *log_h = calloc(1 << CHORDAL_MAX, sizeof *log_h), log_sum;
    for (int p = 2; p <= MOST; p++) {
        graph_points points = {.p = p, .n = 1, .log_h = log_h};
        assert_int_equal(graph_sums(&points, &log_sum, NULL), EN_OK);
        if (!(fabs(exp(log_sum) / known[p] - 1) < 1e-9)) fail_msg("%d lists: %.1f", p, exp(log_sum));
    }
    free(log_h);
}

static void other_sizes_are_refused(void **state) {
    (void)state;
    double log_h[2] = {0}, log_sum;
    graph_points points = {.p = 1, .n = 1, .log_h = log_h};
    graph_shares shares;
    assert_int_equal(graph_sums(&points, &log_sum, NULL), EN_ERR_LIMIT);
    points.n = GRAPH_SHARE_POINTS + 1;
    assert_int_equal(graph_shares_of(&points, &log_sum, &shares, NULL), EN_ERR_LIMIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_written_out), cmocka_unit_test(bounds_hold),
                                       cmocka_unit_test(counts), cmocka_unit_test(other_sizes_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
