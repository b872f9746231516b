/* Every decomposable graph of dependence between lists, averaged exactly: the estimate that is made of the posterior in
 * graphs_posterior.c. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sort.h"
#include "estimate/graphs.h"
#include "estimate/methods.h"

static en_status report(const en_histories *h, const support *s, const graphs_tail *tail, en_estimate *out,
                        en_error *err) {
    double n = (double)h->observed, mean = support_mean(s);
    out->status = EN_EST_OK;
    out->converged = true;
    out->median = n + support_quantile(s, .5);
    out->low = n + support_quantile(s, (1 - out->level) / 2);
    out->high = n + support_quantile(s, (1 + out->level) / 2);
    out->at_least = n + support_quantile(s, .05);
    out->mean = isinf(mean) ? NAN : n + mean;
    snprintf(out->tail, sizeof out->tail,
             "falls as n0^%.2f at n0 = %.0f and as n0^%.2f in the end; Pr(n0 > %.0f) = %.2g, by the power law beyond "
             "the grid%s",
             tail->slope, s->x[s->n - 1], tail->limit, s->x[s->n - 1], s->tail / support_total(s),
             isinf(mean) ? "; no mean exists" : "");
    if (!(out->draws = calloc(DRAWS_MAX, sizeof *out->draws))) return en_no_memory(err);
    out->n_draws = DRAWS_MAX;
    for (int i = 0; i < DRAWS_MAX; i++) out->draws[i] = n + support_quantile(s, (i + .5) / DRAWS_MAX);
    return EN_OK;
}

/* ---- which graphs ---- */

static void name_graph(const en_histories *h, const uint8_t *adjacent, char *out, size_t cap) {
    junction g;
    out[0] = 0;
    chordal_junction(adjacent, h->n_lists, &g);
    for (int i = 0; i < g.n; i++) append_list_set(h, g.clique[i], out, cap);
}

static en_status add_shares(const en_histories *h, const graphs_options *options, const support *s, en_estimate *out,
                            en_error *err) {
    graph_shares shares;
    EN_TRY(graphs_shares(h, options, s, &shares, err));
    for (int a = 0; a < h->n_lists; a++)
        for (int b = a + 1; b < h->n_lists; b++)
            out->edges[out->n_edges++] = (en_estimate_edge){a, b, fmin(1, shares.edge[graph_edge(a, b)])};
    for (int i = 0; i < shares.n_top && shares.top[i].share > 0; i++) {
        en_estimate_graph *g = &out->graphs[out->n_graphs++];
        name_graph(h, shares.top[i].adjacent, g->cliques, sizeof g->cliques);
        g->probability = fmin(1, shares.top[i].share);
    }
    return EN_OK;
}

/* ---- other values of delta ---- */

/* From a quarter of 2^-lists, where cells are thought to be mostly empty, to 1, where all are thought to be alike. */
static int deltas_to_try(int lists, double own, double *out) {
    double all[] = {ldexp(1, -lists - 2), ldexp(1, -lists), ldexp(1, 2 - lists), .5, 1, own};
    int n = 0;
    en_sort_doubles(all, sizeof all / sizeof *all);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (n == 0 || all[i] > out[n - 1]) out[n++] = all[i];
    return n;
}

static en_estimate_sweep sweep_row(const en_histories *h, double delta, const support *s, double level) {
    double n = (double)h->observed;
    return (en_estimate_sweep){delta, n + support_quantile(s, (1 - level) / 2), n + support_quantile(s, .5),
                               n + support_quantile(s, (1 + level) / 2)};
}

static en_status add_sweep(const en_histories *h, const graphs_options *options, const support *own, en_estimate *out,
                           en_error *err) {
    double deltas[8];
    int n = deltas_to_try(h->n_lists, options->delta, deltas);
    for (int i = 0; i < n; i++) {
        graphs_options other = *options;
        support s = {0};
        other.delta = deltas[i];
        bool again = other.delta != options->delta;
        if (again) EN_TRY(graphs_posterior(h, &other, &s, NULL, err));
        out->sweep[out->n_sweep++] = sweep_row(h, other.delta, again ? &s : own, out->level);
        support_clear(&s);
    }
    return EN_OK;
}

static void describe(int lists, const graphs_options *options, en_estimate *out) {
    snprintf(out->model, sizeof out->model,
             "all decomposable graphs of dependence between %d lists, averaged exactly, %s the complete graph", lists,
             options->complete ? "with" : "without");
    snprintf(out->prior, sizeof out->prior,
             "hyper-Dirichlet with delta = %g in each cell; uniform over graphs; p(N) proportional to 1/N, no upper "
             "limit",
             options->delta);
    if (options->complete)
        estimate_warn(out, "the complete graph is averaged in: it says nothing about those on no list, and pulls them "
                           "towards 0");
    if (lists == 2)
        estimate_warn(out, "with two lists only their independence gives a number, and nothing can test it");
}

en_status graphs_estimate(const en_histories *h, const en_estimate_options *options, en_estimate *out, en_error *err) {
    graphs_options graphs = {.delta = options->delta > 0 ? options->delta : ldexp(1, -h->n_lists),
                             .complete = options->complete_graph,
                             .threads = options->threads,
                             .progress = options->progress};
    support s = {0};
    graphs_tail tail;
    if (h->n_lists > GRAPH_LISTS_MAX) {
        estimate_refuse(out, EN_EST_NOT_CONVERGED,
                        "not computed: graphs are averaged exactly, and that is done for up to %d lists; there are %d",
                        GRAPH_LISTS_MAX, h->n_lists);
        return EN_OK;
    }
    describe(h->n_lists, &graphs, out);
    en_status status = graphs_posterior(h, &graphs, &s, &tail, err);
    if (status == EN_OK) status = report(h, &s, &tail, out, err);
    if (status == EN_OK && !options->brief) status = add_shares(h, &graphs, &s, out, err);
    if (status == EN_OK && !options->brief) status = add_sweep(h, &graphs, &s, out, err);
    support_clear(&s);
    return status;
}
