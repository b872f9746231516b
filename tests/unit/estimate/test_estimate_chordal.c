/* Chordal graphs against every graph, and their number against the known one (OEIS A058862). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/chordal.h"

/* Chordal where vertices whose neighbours are all joined can be taken away until none is left (Fulkerson and Gross). */
static bool is_chordal(const uint8_t *adjacent, int p) {
    uint8_t left = (uint8_t)((1u << p) - 1);
    for (bool found = true; left && found;) {
        found = false;
        for (int v = 0; v < p && !found; v++) {
            uint8_t around = adjacent[v] & left;
            bool joined = left >> v & 1;
            for (int a = 0; a < p && joined; a++)
                if (around >> a & 1) joined = !(around & ~(adjacent[a] | 1u << a));
            if (!joined) continue;
            left &= (uint8_t) ~(1u << v);
            found = true;
        }
    }
    return !left;
}

static void make_graph(unsigned edges, int p, uint8_t *adjacent) {
    memset(adjacent, 0, CHORDAL_MAX);
    for (int a = 0, bit = 0; a < p; a++)
        for (int b = a + 1; b < p; b++, bit++)
            if (edges >> bit & 1) {
                adjacent[a] |= (uint8_t)(1u << b);
                adjacent[b] |= (uint8_t)(1u << a);
            }
}

/* Every edge is in a clique, cliques are cliques, and vertices counted over cliques less separators are p. */
static void check_junction(const uint8_t *adjacent, int p, const junction *g) {
    int vertices = 0;
    uint8_t covered[CHORDAL_MAX] = {0};
    for (int i = 0; i < g->n; i++) {
        vertices += __builtin_popcount(g->clique[i]) - (i ? __builtin_popcount(g->separator[i - 1]) : 0);
        for (int v = 0; v < p; v++) {
            if (!(g->clique[i] >> v & 1)) continue;
            assert_int_equal(g->clique[i] & ~(adjacent[v] | 1u << v), 0);
            covered[v] |= g->clique[i];
        }
    }
    for (int v = 0; v < p; v++) assert_int_equal(covered[v], adjacent[v] | 1u << v);
    assert_int_equal(vertices, p);
}

static void search_agrees_with_elimination(void **state) {
    (void)state;
    for (int p = 1; p <= 6; p++)
        for (unsigned edges = 0; edges < 1u << p * (p - 1) / 2; edges++) {
            uint8_t adjacent[CHORDAL_MAX];
            junction g;
            make_graph(edges, p, adjacent);
            bool chordal = chordal_junction(adjacent, p, &g);
            assert_int_equal(chordal, is_chordal(adjacent, p));
            if (chordal) check_junction(adjacent, p, &g);
        }
}

static en_status count(void *ctx, const uint8_t *adjacent, en_error *err) {
    (void)err;
    junction g;
    assert_true(chordal_junction(adjacent, 8, &g));
    ++*(int64_t *)ctx;
    return EN_OK;
}

static void all_are_found(void **state) {
    (void)state;
    static const int64_t known[] = {0, 1, 2, 8, 61, 822, 18154};
    for (int p = 1; p <= 6; p++) {
        int64_t n = 0;
        assert_int_equal(chordal_each(NULL, 0, p, count, &n, NULL), EN_OK);
        assert_int_equal(n, known[p]);
    }
    assert_int_equal(chordal_each(NULL, 0, 9, count, NULL, NULL), EN_ERR_LIMIT);
}

static void parts_make_the_whole(void **state) {
    (void)state;
    int64_t n = 0;
    for (unsigned edges = 0; edges < 8; edges++) { /* every graph on three vertices is chordal */
        uint8_t start[CHORDAL_MAX];
        make_graph(edges, 3, start);
        assert_int_equal(chordal_each(start, 3, 5, count, &n, NULL), EN_OK);
    }
    assert_int_equal(n, 822);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(search_agrees_with_elimination),
                                       cmocka_unit_test(all_are_found), cmocka_unit_test(parts_make_the_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
