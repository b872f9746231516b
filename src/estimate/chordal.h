/* Decomposable (chordal) graphs on a few vertices: how each is built up once, and what it falls apart into. Vertices
 * are bits. Pure. */
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

/* A chordal graph on some of the vertices. Zero-initialised with n_complete = 1 it is the empty one (chordal_none). */
typedef struct chordal {
    uint8_t vertices;
    uint8_t simplicial; /* the vertices whose neighbours are all joined to one another */
    uint8_t adjacent[CHORDAL_MAX];
    int n_complete;
    uint8_t complete[1 << CHORDAL_MAX]; /* its complete sets, the empty one first */
} chordal;

/* Every chordal graph has a simplicial vertex (Dirac 1961), and what is left without it is chordal. So each graph is
 * built exactly once where a new vertex v is joined to a complete set and ends as the highest simplicial vertex. Which
 * sets those are depends on the simplicial vertices above v alone: each must lose that property, so it is in the set,
 * and the set is not all of its clique. */
typedef enum {
    CHORDAL_JOIN_NONE,
    CHORDAL_JOIN_ANY,    /* every complete set */
    CHORDAL_JOIN_BETWEEN /* sets K with low ⊆ K ⊊ high, which are complete */
} chordal_join;

chordal chordal_none(void);
/* v is not in g. */
chordal_join chordal_joins(const chordal *g, int v, uint8_t *low, uint8_t *high);
/* All sets that v may be joined to; `sets` holds 2^CHORDAL_MAX. Returns their number. */
int chordal_join_sets(const chordal *g, int v, uint8_t *sets);
/* `out` is g with v joined to the complete set `joined`. */
void chordal_add(const chordal *g, int v, uint8_t joined, chordal *out);
/* The simplicial vertices of that graph, without making it. */
uint8_t chordal_simplicial_after(const chordal *g, int v, uint8_t joined);

#endif
