/* The posterior of n0, those on no list, averaged over every decomposable graph of dependence between lists. Pure. */
#ifndef EN_ESTIMATE_GRAPHS_H
#define EN_ESTIMATE_GRAPHS_H

#include "estimate/graph_sums.h"
#include "estimate/support.h"
#include "everyname/estimate.h"

/* p(N): 1/N where size is 0 (zero-initialised), else negative binomial, which is proper, so that one can simulate from
 * it: Γ(N + size) / (Γ(size) N!) success^size (1 - success)^N. */
typedef struct graphs_prior {
    double size, success;
} graphs_prior;

typedef struct graphs_options {
    double delta;  /* prior count of each of the 2^lists cells; > 0 */
    bool complete; /* is the complete graph one of them? */
    graphs_prior prior;
    const double *cells; /* counts that need not be whole, for those of the histories; NULL: the histories' own */
    int threads;
    const en_progress *progress;
} graphs_options;

/* How the density falls beyond the grid: as n0^slope at its end, as n0^limit in the end. */
typedef struct graphs_tail {
    double slope, limit;
} graphs_tail;

/* 2 to 8 lists, n ≥ 2. `out` is n0's posterior and is owned (support_clear); *tail may be NULL. */
en_status graphs_posterior(const en_histories *histories, const graphs_options *options, support *out,
                           graphs_tail *tail, en_error *err);
/* log h(A) of every set of lists (2^lists), at this n0. */
void graphs_log_h(const en_histories *histories, const graphs_options *options, double n0, double *log_h);
/* The share of each edge and of the weightiest graphs in that posterior. */
en_status graphs_shares(const en_histories *histories, const graphs_options *options, const support *posterior,
                        graph_shares *out, en_error *err);

#endif
