/* Truths of graphs: n0 from its posterior, a graph given n0, and the chances of its cells.
 *
 * Given n0 the table of counts is whole, and the posterior of a graph is proportional to prod h(C) / prod h(S). A chain
 * that flips one edge at a time walks over all decomposable graphs (Frydenberg and Lauritzen 1989). The chances of a
 * clique's cells given its separator are Dirichlet with alpha_C plus the counts (Dawid and Lauritzen 1993), and the
 * chance of a history is their product over cliques. */
#include <math.h>
#include <string.h>

#include "estimate/truths.h"

enum { SWEEPS = 60 }; /* flips tried of each edge; from 20 on the answers were the same */

typedef struct walk {
    int lists;
    bool complete; /* is the complete graph one of them? */
    double log_h[GRAPH_SUBSETS];
    uint8_t adjacent[CHORDAL_MAX];
    junction now;
    double log_p;
} walk;

static double log_product(const walk *w, const junction *j) {
    double sum = 0;
    for (int i = 0; i < j->n; i++) sum += w->log_h[j->clique[i]];
    for (int i = 0; i + 1 < j->n; i++) sum -= w->log_h[j->separator[i]];
    return sum;
}

static void flip(walk *w, int a, int b) {
    w->adjacent[a] ^= (uint8_t)(1u << b);
    w->adjacent[b] ^= (uint8_t)(1u << a);
}

static void try_flip(walk *w, int a, int b, en_rng *rng) {
    junction next;
    double u = en_rng_uniform(rng);
    flip(w, a, b);
    if (chordal_junction(w->adjacent, w->lists, &next) && (next.n > 1 || w->complete)) {
        double log_p = log_product(w, &next);
        if (log(u) < log_p - w->log_p) {
            w->now = next;
            w->log_p = log_p;
            return;
        }
    }
    flip(w, a, b);
}

/* Leaves a graph of the posterior given n0 in w->now. */
static void walk_graphs(walk *w, en_rng *rng) {
    int tries = SWEEPS * w->lists * (w->lists - 1) / 2;
    memset(w->adjacent, 0, sizeof w->adjacent);
    chordal_junction(w->adjacent, w->lists, &w->now);
    w->log_p = log_product(w, &w->now);
    for (int i = 0; i < tries; i++) {
        int a = (int)en_rng_below(rng, (uint64_t)w->lists), b = (int)en_rng_below(rng, (uint64_t)w->lists - 1);
        try_flip(w, a, b + (b >= a), rng);
    }
}

/* Multiplies the chances of a clique's cells, given those of its separator, into `cells`. */
static void draw_clique(const double *counts, double delta, int lists, unsigned clique, unsigned separator, en_rng *rng,
                        double *cells) {
    double drawn[GRAPH_SUBSETS] = {0}, given[GRAPH_SUBSETS] = {0},
           alpha = ldexp(delta, lists - __builtin_popcount(clique));
    unsigned n = 1u << lists;
    for (unsigned w = 0; w < n; w++) drawn[w & clique] += counts[w];
    for (unsigned i = 0; i < n; i++) {
        if (i & ~clique) continue;
        drawn[i] = en_rng_gamma(rng, alpha + drawn[i]);
        given[i & separator] += drawn[i];
    }
    for (unsigned w = 0; w < n; w++)
        cells[w] *= given[w & separator] > 0 ? drawn[w & clique] / given[w & separator] : 0;
}

void truth_draw_graph(const truth_source *s, en_rng *rng, truth *out) {
    const en_histories *h = s->histories;
    double delta = s->options.delta > 0 ? s->options.delta : ldexp(1, -h->n_lists), counts[GRAPH_SUBSETS] = {0};
    graphs_options options = {.delta = delta, .complete = s->options.complete_graph};
    walk w = {.lists = h->n_lists, .complete = s->options.complete_graph};
    counts[0] = support_quantile(&s->posterior, en_rng_uniform(rng));
    out->people = h->observed + llround(counts[0]);
    for (int64_t i = 0; i < h->n_cells; i++) counts[h->patterns[i]] = (double)h->counts[i];
    graphs_log_h(h, &options, counts[0], w.log_h);
    walk_graphs(&w, rng);
    for (unsigned i = 0; i < 1u << h->n_lists; i++) out->cells[i] = 1;
    for (int i = 0; i < w.now.n; i++)
        draw_clique(counts, delta, h->n_lists, w.now.clique[i], i ? w.now.separator[i - 1] : 0, rng, out->cells);
}
