/* The exact assignment of as much weight as possible between two sides of a sparse graph. */
#ifndef EN_LINK_ASSIGN_H
#define EN_LINK_ASSIGN_H

#include "everyname/base.h"

typedef struct link_bipartite {
    int32_t n_left, n_right;
    const int64_t *from; /* n_left + 1: edges of left i are from[i]..from[i+1] */
    const int32_t *to;
    const double *weight; /* above 0 */
} link_bipartite;

/* partner[i]: right node of left i, -1 for none; each right node at most once; the sum of weights is the highest there
 * is. Successive shortest paths (Jonker and Volgenant 1987) over the edges that are there; a component of k nodes and e
 * edges takes O(k e log e). */
en_status link_assign(const link_bipartite *graph, int32_t *partner, en_error *err);

#endif
