/* Decomposable (chordal) graphs on a few vertices, with their cliques and separators. Vertices are bits. Pure. */
#ifndef EN_ESTIMATE_CHORDAL_H
#define EN_ESTIMATE_CHORDAL_H

#include "everyname/base.h"

enum { CHORDAL_MAX = 8 };

/* Cliques C_1.. and separators S_2..: joint = prod h(C) / prod h(S). A separator may be the empty set (0). */
typedef struct junction {
    uint8_t n; /* cliques; separators are one fewer */
    uint8_t clique[CHORDAL_MAX];
    uint8_t separator[CHORDAL_MAX - 1];
} junction;

/* Maximum-cardinality search (Tarjan and Yannakakis 1984; cliques as Blair and Peyton 1993). adjacent[v] holds v's
 * neighbours. False where the graph is not chordal. O(p^2). */
bool chordal_junction(const uint8_t *adjacent, int p, junction *out);

/* `adjacent` has p entries. Returning other than EN_OK stops. */
typedef en_status (*chordal_visit)(void *ctx, const uint8_t *adjacent, en_error *err);

/* Every chordal graph on p ≤ CHORDAL_MAX vertices whose first `have` vertices are joined as `start` (have entries) has
 * them; once each, always in the same order. With have 0: 8, 61, 822, 18,154, 617,675, 30,888,596 for p = 3 to 8.
 * Grown vertex by vertex, since what is left of a chordal graph without a vertex is chordal. */
en_status chordal_each(const uint8_t *start, int have, int p, chordal_visit visit, void *ctx, en_error *err);

#endif
