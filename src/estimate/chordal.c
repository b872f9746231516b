/* Chordal graphs: enumerated by adding one vertex at a time, taken apart by maximum-cardinality search. */
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

/* All of `within` that can be reached from `from` inside `within`. */
static uint8_t component(const uint8_t *adjacent, uint8_t from, uint8_t within) {
    uint8_t reached = from, fresh = from;
    while (fresh) {
        int v = __builtin_ctz(fresh);
        fresh &= (uint8_t)(fresh - 1);
        uint8_t more = adjacent[v] & within & (uint8_t)~reached;
        reached |= more;
        fresh |= more;
    }
    return reached;
}

/* A chordal graph stays chordal with a new vertex joined to S where each component of the rest touches S in a clique:
 * else two unjoined vertices of S, a shortest way between them outside S, and the new vertex make a hole. */
static bool may_join(const uint8_t *adjacent, uint8_t all, uint8_t joined) {
    for (uint8_t rest = all & (uint8_t)~joined; rest;) {
        uint8_t part = component(adjacent, rest & (uint8_t)(-rest), rest), touched = 0;
        for (uint8_t w = part; w; w &= (uint8_t)(w - 1)) touched |= adjacent[__builtin_ctz(w)];
        if (!is_clique(adjacent, touched & joined)) return false;
        rest &= (uint8_t)~part;
    }
    return true;
}

typedef struct walk {
    int p;
    chordal_visit visit;
    void *ctx;
} walk;

static en_status grow(const walk *w, const uint8_t *adjacent, int v, en_error *err) {
    if (v == w->p) return w->visit(w->ctx, adjacent, err);
    uint8_t all = (uint8_t)((1u << v) - 1);
    for (unsigned joined = 0; joined <= all; joined++) {
        if (!may_join(adjacent, all, (uint8_t)joined)) continue;
        uint8_t wider[CHORDAL_MAX];
        memcpy(wider, adjacent, sizeof wider);
        wider[v] = (uint8_t)joined;
        for (int u = 0; u < CHORDAL_MAX; u++) wider[u] |= (uint8_t)((joined >> u & 1) << v);
        EN_TRY(grow(w, wider, v + 1, err));
    }
    return EN_OK;
}

en_status chordal_each(const uint8_t *start, int have, int p, chordal_visit visit, void *ctx, en_error *err) {
    uint8_t adjacent[CHORDAL_MAX] = {0};
    if (p < 1 || p > CHORDAL_MAX || have < 0 || have > p)
        return en_fail(err, EN_ERR_LIMIT, "decomposable graphs are listed for 1 to %d vertices, not %d", CHORDAL_MAX,
                       p);
    for (int v = 0; v < have; v++) adjacent[v] = start[v];
    walk w = {p, visit, ctx};
    return grow(&w, adjacent, have, err);
}
