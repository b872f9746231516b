/* Sums over every decomposable graph on up to 8 lists, of products over cliques and separators:
 *   F = sum over graphs of prod_C h(C) / prod_S h(S),
 * at many points at once, and the share of each edge and of the weightiest graphs. Pure.
 *
 * A graph grows by simplicial vertices (chordal.h): with v joined to the complete set K its product gains the factor
 * h(K + v) / h(K). So a sum over 30,888,596 graphs of 8 lists walks over the 5.5 million graphs of up to 7, each one
 * multiplication a point, and takes the last vertex from a table of sums. */
#ifndef EN_ESTIMATE_GRAPH_SUMS_H
#define EN_ESTIMATE_GRAPH_SUMS_H

#include "estimate/chordal.h"

enum {
    GRAPH_SUBSETS = 1 << CHORDAL_MAX,
    GRAPH_EDGES = CHORDAL_MAX * (CHORDAL_MAX - 1) / 2,
    GRAPH_TOP = 8,
    GRAPH_SHARE_POINTS = 32
};

typedef struct graph_points {
    int p;         /* 2 to 8 lists */
    bool complete; /* is the complete graph one of them? */
    size_t n;
    const double *log_h; /* [point][subset of lists], 2^p a point; 0 for the empty set */
    const double *floor; /* [point]: a log sum below it need not be right; NULL: all are */
    int threads;
    const en_progress *progress;
} graph_points;

/* log F of each point. Graphs below e^-40 of one that is found at once are left out where they are so at all points. */
en_status graph_sums(const graph_points *points, double *log_sum, en_error *err);

typedef struct graph_shares {
    double edge[GRAPH_EDGES]; /* at graph_edge(i, j) */
    int n_top;
    struct {
        double share;
        uint8_t adjacent[CHORDAL_MAX];
    } top[GRAPH_TOP]; /* falling */
} graph_shares;

static inline int graph_edge(int i, int j) { return i < j ? j * (j - 1) / 2 + i : i * (i - 1) / 2 + j; }

/* A graph's share of F, averaged over at most GRAPH_SHARE_POINTS points. The log sums are those that graph_sums gave.
 */
en_status graph_shares_of(const graph_points *points, const double *log_sum, graph_shares *out, en_error *err);

/* What can still be gained from each set of lists on: gain[U] = max over v not in U and K ⊆ U of
 * log h(K + v) - log h(K) + gain[U + v]. gain[0] bounds the log product of every graph. O(3^p). */
void graph_gains(const double *log_h, int p, bool complete, double *gain);
/* The log product of a good graph, by a search that keeps a few at each size. */
double graph_search(const double *log_h, const double *gain, int p, bool complete);

#endif
