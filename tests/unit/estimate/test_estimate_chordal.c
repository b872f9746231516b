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
            bool found = chordal_junction(adjacent, p, &g);
            assert_int_equal(found, is_chordal(adjacent, p));
            if (found) check_junction(adjacent, p, &g);
        }
}

static unsigned code_of(const chordal *g, int p) {
    unsigned code = 0;
    for (int a = 0, bit = 0; a < p; a++)
        for (int b = a + 1; b < p; b++, bit++) code |= (unsigned)(g->adjacent[a] >> b & 1) << bit;
    return code;
}

typedef struct tally {
    int p;
    int64_t n;
    uint8_t *seen; /* by code; NULL: only counted, the last vertex at once */
} tally;

static int64_t joins_of(const chordal *g, int v) {
    uint8_t low, high;
    chordal_join how = chordal_joins(g, v, &low, &high);
    if (how == CHORDAL_JOIN_ANY) return g->n_complete;
    return how == CHORDAL_JOIN_NONE ? 0 : (1 << __builtin_popcount(high & ~low)) - 1;
}

static void build(tally *t, const chordal *g, int size) {
    uint8_t sets[1 << CHORDAL_MAX];
    if (size == t->p) {
        t->n++;
        if (t->seen) assert_int_equal(t->seen[code_of(g, t->p)]++, 0);
        return;
    }
    for (int v = 0; v < t->p; v++) {
        if (g->vertices >> v & 1) continue;
        int n = chordal_join_sets(g, v, sets);
        assert_int_equal(n, joins_of(g, v));
        if (!t->seen && size == t->p - 1) t->n += n;
        for (int i = 0; i < n && (t->seen || size < t->p - 1); i++) {
            chordal larger;
            chordal_add(g, v, sets[i], &larger);
            build(t, &larger, size + 1);
        }
    }
}

static void each_is_built_once(void **state) {
    (void)state;
    static const int64_t known[] = {0, 1, 2, 8, 61, 822, 18154, 617675};
    chordal none = chordal_none();
    for (int p = 1; p <= 7; p++) {
        tally t = {.p = p, .seen = p < 7 ? calloc(1u << p * (p - 1) / 2, 1) : NULL};
        build(&t, &none, 0);
        assert_int_equal(t.n, known[p]);
        for (unsigned code = 0; t.seen && code < 1u << p * (p - 1) / 2; code++) {
            uint8_t adjacent[CHORDAL_MAX];
            make_graph(code, p, adjacent);
            assert_int_equal(t.seen[code], is_chordal(adjacent, p));
        }
        free(t.seen);
    }
}

static void complete_sets_and_simplicial_vertices(void **state) {
    (void)state;
    /* The path 0-1-2 and 3 alone. */
    chordal path = chordal_none(), next;
    static const struct {
        int v;
        uint8_t joined;
    } steps[] = {{1, 0}, {0, 2}, {2, 2}, {3, 0}};
    for (int i = 0; i < 4; i++) {
        chordal_add(&path, steps[i].v, steps[i].joined, &next);
        path = next;
    }
    assert_int_equal(path.simplicial, 13);
    assert_int_equal(path.n_complete, 7);
    uint8_t low, high;
    assert_int_equal(chordal_joins(&path, 4, &low, &high), CHORDAL_JOIN_ANY);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(search_agrees_with_elimination),
                                       cmocka_unit_test(each_is_built_once),
                                       cmocka_unit_test(complete_sets_and_simplicial_vertices)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
