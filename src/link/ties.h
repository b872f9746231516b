/* Records as partitions are drawn of them: units tied to each other, in components that have nothing to do with one
 * another. */
#ifndef EN_LINK_TIES_H
#define EN_LINK_TIES_H

#include "link/results.h"

/* What is between two units or clusters: of all pairs of their records, those that were kept. */
typedef struct tie_cell {
    double sum;    /* of their weights, clamped as clusters see them; LINK_FORBIDDEN where they can be no one person */
    float top;     /* the highest weight, below that clamp too */
    int32_t count; /* how many were kept */
} tie_cell;

typedef struct tie {
    int32_t to; /* place in the component */
    tie_cell cell;
} tie;

/* A unit is records that people judged the same, mostly one. Components come by their first records, and so do the
 * units in each. */
typedef struct tie_graph {
    const link_set *set;
    int32_t n_units, n_components;
    int32_t *start; /* n_components + 1: component c has the units start[c]..start[c+1] */
    int32_t *first; /* n_units + 1: unit u has records[first[u]..first[u+1]] */
    int32_t *records;
    int64_t *from; /* n_units + 1: unit u has ties[from[u]..from[u+1]], by ascending `to`, none to itself */
    tie *ties;
} tie_graph;

/* Pairs less probable than one in 1,100 tie nobody. */
#define TIE_LIGHTEST (-7.0)

/* O(p log p) for p pairs. */
en_status tie_graph_build(const link_results *r, tie_graph *out, en_error *err);
void tie_graph_clear(tie_graph *graph);
/* Both have a record in one list, where nobody is twice in a list. */
bool tie_share_list(const tie_graph *graph, int32_t u, int32_t v);

#endif
