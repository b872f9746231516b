/* Chordal graphs: built by adding simplicial vertices, taken apart by maximum-cardinality search. */
#include "estimate/chordal.h"

#include <string.h>

/* The unvisited vertex with most visited neighbours, the lowest of them. */
static int next_vertex(const uint8_t *adjacent, int p, uint8_t visited) {
    int best = 0, most = -1;
    for (int v = 0; v < p; v++) {
        int marks = __builtin_popcount(adjacent[v] & visited);
        if (!(visited >> v & 1) && marks > most) {
            most = marks;
            best = v;
        }
    }
    return best;
}

static bool is_clique(const uint8_t *adjacent, uint8_t set) {
    for (uint8_t rest = set; rest; rest &= (uint8_t)(rest - 1)) {
        int v = __builtin_ctz(rest);
        if (set & ~(adjacent[v] | 1u << v)) return false;
    }
    return true;
}

bool chordal_junction(const uint8_t *adjacent, int p, junction *out) {
    uint8_t visited = 0, growing = 0; /* the clique that is being gathered */
    *out = (junction){0};
    for (int i = 0; i < p; i++) {
        int v = next_vertex(adjacent, p, visited);
        uint8_t before = adjacent[v] & visited;
        if (!is_clique(adjacent, before)) return false;
        if (i && before != growing) {
            out->separator[out->n] = before;
            out->clique[out->n++] = growing;
        }
        growing = before | (uint8_t)(1u << v);
        visited |= (uint8_t)(1u << v);
    }
    out->clique[out->n++] = growing;
    return true;
}

chordal chordal_none(void) { return (chordal){.n_complete = 1}; }

chordal_join chordal_joins(const chordal *g, int v, uint8_t *low, uint8_t *high) {
    uint8_t above = (uint8_t)(g->simplicial & ~((2u << v) - 1));
    *low = *high = 0;
    if (!above) return CHORDAL_JOIN_ANY;
    int u = __builtin_ctz(above);
    *low = above;
    *high = (uint8_t)(g->adjacent[u] | 1u << u);
    return above & ~*high ? CHORDAL_JOIN_NONE : CHORDAL_JOIN_BETWEEN;
}

int chordal_join_sets(const chordal *g, int v, uint8_t *sets) {
    uint8_t low, high;
    chordal_join how = chordal_joins(g, v, &low, &high);
    int n = 0;
    if (how == CHORDAL_JOIN_NONE) return 0;
    if (how == CHORDAL_JOIN_ANY) {
        memcpy(sets, g->complete, (size_t)g->n_complete);
        return g->n_complete;
    }
    uint8_t free_of = (uint8_t)(high & ~low);
    for (unsigned some = (free_of - 1u) & free_of;; some = (some - 1) & free_of) {
        if (some != free_of) sets[n++] = (uint8_t)(low | some);
        if (!some) return n;
    }
}

uint8_t chordal_simplicial_after(const chordal *g, int v, uint8_t joined) {
    uint8_t stay = (uint8_t)(g->simplicial & ~joined);
    for (uint8_t rest = g->simplicial & joined; rest; rest &= (uint8_t)(rest - 1)) {
        int u = __builtin_ctz(rest);
        if ((uint8_t)(g->adjacent[u] | 1u << u) == joined) stay |= (uint8_t)(1u << u);
    }
    return (uint8_t)(stay | 1u << v);
}

void chordal_add(const chordal *g, int v, uint8_t joined, chordal *out) {
    out->vertices = (uint8_t)(g->vertices | 1u << v);
    out->simplicial = chordal_simplicial_after(g, v, joined);
    memcpy(out->adjacent, g->adjacent, sizeof out->adjacent);
    for (uint8_t rest = joined; rest; rest &= (uint8_t)(rest - 1))
        out->adjacent[__builtin_ctz(rest)] |= (uint8_t)(1u << v);
    out->adjacent[v] = joined;
    out->n_complete = g->n_complete;
    memcpy(out->complete, g->complete, (size_t)g->n_complete);
    for (unsigned some = joined;; some = (some - 1) & joined) {
        out->complete[out->n_complete++] = (uint8_t)(some | 1u << v);
        if (!some) break;
    }
}
