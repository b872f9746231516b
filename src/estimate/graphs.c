/* Every decomposable graph of dependence between lists, averaged exactly (Madigan and York 1997).
 *
 * For a graph g with cliques C and separators S over p lists, alpha_0 = delta 2^p and alpha_A = delta 2^(p-|A|):
 *   P(n, n0 | g) = (n + n0)! / (n0! prod n_w!) * prod_C h(C) / prod_S h(S),
 *   h(A) = Γ(alpha_0)/Γ(N + alpha_0) * prod over cells i of the margin A of Γ(n(i) + alpha_A)/Γ(alpha_A).
 * The prior is 1/N on N and uniform over graphs. n0 enters only the all-zero cell of each margin, so h(A, n0) is kept
 * for every subset A of lists, and a graph costs a handful of additions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "estimate/chordal.h"
#include "estimate/methods.h"
#include "estimate/special.h"
#include "estimate/support.h"

enum { SUBSETS_MAX = 1 << GRAPH_LISTS_MAX, COARSE_MAX = 400 };
#define COARSE_RATIO 1.2
#define KEEP_DEPTH 30.0 /* graphs whose peak is e^-30 of the best are left out */
#define NARROW 3.0      /* a peak that bends by this over a coarse point is searched for */
#define END_OF_GRID 1e4 /* times (n + 1): from there on the density is a power law to 1e-4 */

typedef struct margins {
    int p;
    double n, alpha_0;
    double constant[SUBSETS_MAX]; /* what of log h(A) does not depend on n0 */
    double unlisted[SUBSETS_MAX]; /* observed persons on no list of A, plus alpha_A */
} margins;

typedef struct kept {
    junction *graphs;
    size_t n, cap;
} kept;

typedef struct average {
    margins m;
    bool complete;
    double coarse_x[COARSE_MAX];
    double *coarse_h; /* [subset][coarse point] */
    size_t n_coarse;  /* of the grid's first nodes; only n_scan of them are scanned for peaks */
    size_t n_scan;
    kept *parts; /* a task each, then joined in graphs */
    uint8_t (*starts)[CHORDAL_MAX];
    size_t n_starts;
    int start_size;
    kept graphs;
    int threads;
    const en_progress *progress;
} average;

/* ---- margins ---- */

static void fill_margin(const en_histories *h, double delta, unsigned subset, margins *m) {
    double alpha = ldexp(delta, m->p - __builtin_popcount(subset)), sum = log_gamma(m->alpha_0) - log_gamma(alpha);
    int64_t counts[SUBSETS_MAX] = {0};
    for (int64_t i = 0; i < h->n_cells; i++) counts[h->patterns[i] & subset] += h->counts[i];
    for (unsigned i = 1; i < 1u << m->p; i++)
        if (counts[i]) sum += log_gamma((double)counts[i] + alpha) - log_gamma(alpha);
    m->constant[subset] = sum;
    m->unlisted[subset] = (double)counts[0] + alpha;
}

static void fill_margins(const en_histories *h, double delta, margins *m) {
    m->p = h->n_lists;
    m->n = (double)h->observed;
    m->alpha_0 = ldexp(delta, m->p);
    for (unsigned subset = 0; subset < 1u << m->p; subset++) fill_margin(h, delta, subset, m);
}

static double log_h(const margins *m, unsigned subset, double n0, double log_gamma_all) {
    return subset ? m->constant[subset] + log_gamma(m->unlisted[subset] + n0) - log_gamma_all : 0;
}

/* log of (n + n0)! / n0! times the prior 1/N. */
static double log_base(const margins *m, double n0) { return log_gamma(m->n + n0) - log_gamma(n0 + 1); }

static void all_h(const margins *m, double n0, double *h) {
    double all = log_gamma(m->n + n0 + m->alpha_0);
    for (unsigned subset = 0; subset < 1u << m->p; subset++) h[subset] = log_h(m, subset, n0, all);
}

static double graph_sum(const junction *g, const double *h) {
    double sum = h[g->clique[0]];
    for (int i = 1; i < g->n; i++) sum += h[g->clique[i]] - h[g->separator[i - 1]];
    return sum;
}

static double graph_at(const margins *m, const junction *g, double n0) {
    double all = log_gamma(m->n + n0 + m->alpha_0), sum = log_base(m, n0) + log_h(m, g->clique[0], n0, all);
    for (int i = 1; i < g->n; i++) sum += log_h(m, g->clique[i], n0, all) - log_h(m, g->separator[i - 1], n0, all);
    return sum;
}

/* The density falls as n0^exponent when n0 grows: Γ(a + n0)/Γ(b + n0) as n0^(a-b). */
static double graph_exponent(const margins *m, const junction *g) {
    double all = m->n + m->alpha_0, sum = m->n - 1 + m->unlisted[g->clique[0]] - all;
    for (int i = 1; i < g->n; i++)
        sum += m->unlisted[g->clique[i]] - (g->separator[i - 1] ? m->unlisted[g->separator[i - 1]] : all);
    return sum;
}

/* ---- which graphs carry mass ---- */

static void coarse_points(average *a) {
    double x = 0, end = END_OF_GRID * (a->m.n + 1);
    while (x < end && a->n_coarse < COARSE_MAX - 1) {
        a->coarse_x[a->n_coarse++] = x;
        if (x < 100 * (a->m.n + 1)) a->n_scan = a->n_coarse;
        x = fmax(x + 1, floor(x * COARSE_RATIO));
    }
    a->coarse_x[a->n_coarse++] = floor(end);
}

static en_status coarse_tables(average *a, en_error *err) {
    unsigned subsets = 1u << a->m.p;
    double h[SUBSETS_MAX] = {0};
    if (!(a->coarse_h = calloc((size_t)subsets * a->n_scan + 1, sizeof *a->coarse_h))) return en_no_memory(err);
    for (size_t i = 0; i < a->n_scan; i++) {
        all_h(&a->m, a->coarse_x[i], h);
        double base = log_base(&a->m, a->coarse_x[i]);
        /* Each graph has one clique more than separators: the base rides on every subset but the empty one, and on the
         * empty one too, so that it is counted once. */
        for (unsigned s = 0; s < subsets; s++) a->coarse_h[s * a->n_scan + i] = h[s] + base;
    }
    return EN_OK;
}

/* Values of one graph at the coarse points. Bound by arithmetic: p or fewer additions a point. */
static void scan(const average *a, const junction *g, double *v) {
    size_t n = a->n_scan;
    memcpy(v, a->coarse_h + g->clique[0] * n, n * sizeof *v);
    for (int c = 1; c < g->n; c++) {
        const double *plus = a->coarse_h + g->clique[c] * n, *minus = a->coarse_h + g->separator[c - 1] * n;
        for (size_t i = 0; i < n; i++) v[i] += plus[i] - minus[i];
    }
}

static size_t highest(const double *v, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (v[i] > v[best]) best = i;
    return best;
}

/* How far the values fall from point i to both neighbours together. */
static double bend(const double *v, size_t n, size_t i) {
    if (i == 0 || i + 1 == n) return 2 * (v[i] - v[i ? i - 1 : 1]);
    return 2 * v[i] - v[i - 1] - v[i + 1];
}

typedef struct sieve {
    const average *a;
    kept *part;
    double best; /* highest coarse value of this task */
} sieve;

static en_status keep(kept *k, const junction *g, en_error *err) {
    if (k->n == k->cap) {
        size_t cap = k->cap ? 2 * k->cap : 256;
        junction *wider = realloc(k->graphs, cap * sizeof *wider);
        if (!wider) return en_no_memory(err);
        k->graphs = wider;
        k->cap = cap;
    }
    k->graphs[k->n++] = *g;
    return EN_OK;
}

/* Could this graph carry mass beside one that reaches `best`? A peak between points may be higher than at them: by no
 * more than an eighth of the bend there for a parabola; twice that is allowed for. */
static bool may_matter(const average *a, const junction *g, double *best) {
    double v[COARSE_MAX];
    scan(a, g, v);
    size_t top = highest(v, a->n_scan);
    *best = fmax(*best, v[top]);
    return v[top] + bend(v, a->n_scan, top) / 4 >= *best - KEEP_DEPTH;
}

static en_status sift(void *ctx, const uint8_t *adjacent, en_error *err) {
    sieve *s = ctx;
    junction g;
    chordal_junction(adjacent, s->a->m.p, &g);
    if (g.n == 1 && !s->a->complete) return EN_OK;
    return may_matter(s->a, &g, &s->best) ? keep(s->part, &g, err) : EN_OK;
}

static en_status sift_task(void *ctx, size_t task, int worker, en_error *err) {
    average *a = ctx;
    sieve s = {a, &a->parts[task], -INFINITY};
    (void)worker;
    return chordal_each(a->starts[task], a->start_size, a->m.p, sift, &s, err);
}

static en_status add_start(void *ctx, const uint8_t *adjacent, en_error *err) {
    average *a = ctx;
    uint8_t(*wider)[CHORDAL_MAX] = realloc(a->starts, (a->n_starts + 1) * sizeof *wider);
    if (!wider) return en_no_memory(err);
    a->starts = wider;
    memcpy(a->starts[a->n_starts++], adjacent, sizeof *wider);
    return EN_OK;
}

/* Once more against the best of all tasks, so that the same graphs stay whatever the tasks were. */
static en_status join_parts(average *a, en_error *err) {
    double best = -INFINITY;
    for (size_t t = 0; t < a->n_starts; t++)
        for (size_t i = 0; i < a->parts[t].n; i++) may_matter(a, &a->parts[t].graphs[i], &best);
    for (size_t t = 0; t < a->n_starts; t++)
        for (size_t i = 0; i < a->parts[t].n; i++)
            if (may_matter(a, &a->parts[t].graphs[i], &best)) EN_TRY(keep(&a->graphs, &a->parts[t].graphs[i], err));
    return EN_OK;
}

static en_status choose_graphs(average *a, en_error *err) {
    a->start_size = a->m.p > 5 ? a->m.p - 3 : 1;
    EN_TRY(chordal_each(NULL, 0, a->start_size, add_start, a, err));
    if (!(a->parts = calloc(a->n_starts, sizeof *a->parts))) return en_no_memory(err);
    EN_TRY(en_parallel_for(a->n_starts, a->threads, sift_task, a, "graphs", a->progress, err));
    return join_parts(a, err);
}

/* ---- the posterior of n0 ---- */

/* The peak of one graph between two points, by golden section in log(n0 + 1/2). */
static double peak_between(const margins *m, const junction *g, double left, double right) {
    const double ratio = .6180339887498949;
    double a = log(left + .5), b = log(right + .5);
    for (int i = 0; i < 60 && exp(b) - exp(a) > .5; i++) {
        double c = b - ratio * (b - a), d = a + ratio * (b - a);
        if (graph_at(m, g, exp(c) - .5) > graph_at(m, g, exp(d) - .5))
            b = d;
        else
            a = c;
    }
    return fmax(0, rint(exp((a + b) / 2) - .5));
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The coarse points and the peaks that are too narrow for them; `out` is owned. */
static en_status first_nodes(const average *a, double **out, size_t *n, en_error *err) {
    enum { PEAKS_MAX = 4000 };
    double v[COARSE_MAX], *x = calloc(a->n_coarse + PEAKS_MAX, sizeof *x);
    if (!x) return en_no_memory(err);
    memcpy(x, a->coarse_x, a->n_coarse * sizeof *x);
    *n = a->n_coarse;
    for (size_t i = 0; i < a->graphs.n && *n < a->n_coarse + PEAKS_MAX; i++) {
        scan(a, &a->graphs.graphs[i], v);
        size_t top = highest(v, a->n_scan);
        if (bend(v, a->n_scan, top) < NARROW) continue;
        x[(*n)++] = peak_between(&a->m, &a->graphs.graphs[i], a->coarse_x[top ? top - 1 : 0], a->coarse_x[top + 1]);
    }
    qsort(x, *n, sizeof *x, by_value);
    size_t distinct = 1;
    for (size_t i = 1; i < *n; i++)
        if (x[i] > x[distinct - 1]) x[distinct++] = x[i];
    *n = distinct;
    *out = x;
    return EN_OK;
}

typedef struct batch {
    const average *a;
    const double *x;
    double *log_f;
} batch;

static en_status density_task(void *ctx, size_t task, int worker, en_error *err) {
    const batch *b = ctx;
    const average *a = b->a;
    double h[SUBSETS_MAX] = {0}, top = -INFINITY, sum = 0;
    (void)worker;
    (void)err;
    all_h(&a->m, b->x[task], h);
    for (size_t i = 0; i < a->graphs.n; i++) {
        double v = graph_sum(&a->graphs.graphs[i], h);
        if (v > top) {
            sum = sum * exp(top - v) + 1;
            top = v;
        } else if (v > top - 40) {
            sum += exp(v - top);
        }
    }
    b->log_f[task] = log_base(&a->m, b->x[task]) + top + log(sum);
    return EN_OK;
}

static en_status density(void *ctx, const double *x, size_t n, double *log_f, en_error *err) {
    const average *a = ctx;
    batch b = {a, x, log_f};
    int threads = a->graphs.n * n < 20000 ? 1 : a->threads;
    return en_parallel_for(n, threads, density_task, &b, "graphs", a->progress, err);
}

/* Mass and first moment beyond the grid, graph by graph: f(T) (T/x)^-k summed from T on. Returns the largest exponent
 * of any graph. */
static double add_tail(const average *a, support *s) {
    double end = s->x[s->n - 1], worst = -INFINITY, h[SUBSETS_MAX] = {0};
    double base = log_base(&a->m, end) - s->top;
    all_h(&a->m, end, h);
    for (size_t i = 0; i < a->graphs.n; i++) {
        const junction *g = &a->graphs.graphs[i];
        double k = graph_exponent(&a->m, g), f = exp(base + graph_sum(g, h));
        worst = fmax(worst, k);
        s->tail += f * end / (-k - 1);
        s->tail_moment += k < -2 - 1e-9 ? f * end * end / (-k - 2) : f > 0 ? INFINITY : 0;
    }
    if (worst >= -2 - 1e-9) s->tail_moment = INFINITY;
    return worst;
}

/* ---- the estimate ---- */

static en_status report(const average *a, const support *s, double exponent, en_estimate *out, en_error *err) {
    double n = a->m.n, mean = support_mean(s);
    out->status = EN_EST_OK;
    out->converged = true;
    out->median = n + support_quantile(s, .5);
    out->low = n + support_quantile(s, (1 - out->level) / 2);
    out->high = n + support_quantile(s, (1 + out->level) / 2);
    out->at_least = n + support_quantile(s, .05);
    out->mean = isinf(mean) ? NAN : n + mean;
    snprintf(out->tail, sizeof out->tail, "falls as n0^%.2f; Pr(n0 > %.0f) = %.2g, by the power law beyond the grid%s",
             exponent, s->x[s->n - 1], s->tail / support_total(s), isinf(mean) ? "; no mean exists" : "");
    if (!(out->draws = calloc(DRAWS_MAX, sizeof *out->draws))) return en_no_memory(err);
    out->n_draws = DRAWS_MAX;
    for (int i = 0; i < DRAWS_MAX; i++) out->draws[i] = n + support_quantile(s, (i + .5) / DRAWS_MAX);
    return EN_OK;
}

static void describe(const average *a, double delta, en_estimate *out) {
    snprintf(out->model, sizeof out->model,
             "all decomposable graphs of dependence between %d lists, averaged exactly, %s the complete graph", a->m.p,
             a->complete ? "with" : "without");
    snprintf(out->prior, sizeof out->prior,
             "hyper-Dirichlet with delta = %g in each cell; uniform over graphs; p(N) proportional to 1/N, no upper "
             "limit",
             delta);
    if (a->complete)
        estimate_warn(out, "the complete graph is averaged in: it says nothing about those on no list, and pulls them "
                           "towards 0");
    if (a->m.p == 2)
        estimate_warn(out, "with two lists only their independence gives a number, and nothing can test it");
}

static void free_average(average *a) {
    for (size_t t = 0; a->parts && t < a->n_starts; t++) free(a->parts[t].graphs);
    free(a->parts);
    free(a->starts);
    free(a->coarse_h);
    free(a->graphs.graphs);
    free(a);
}

static en_status run(average *a, en_estimate *out, en_error *err) {
    support s = {0};
    double *start = NULL;
    size_t n_start = 0;
    /* Rounding of sums of log Γ as large as N log N. */
    double noise = 64 * 2.2e-16 * a->m.n * log(a->m.n + 2);
    coarse_points(a);
    EN_TRY(coarse_tables(a, err));
    EN_TRY(choose_graphs(a, err));
    EN_TRY(first_nodes(a, &start, &n_start, err));
    en_status status = support_build(start, n_start, noise, density, a, &s, err);
    if (status == EN_OK) {
        double exponent = add_tail(a, &s);
        status = report(a, &s, exponent, out, err);
    }
    support_clear(&s);
    free(start);
    return status;
}

en_status graphs_estimate(const en_histories *h, const en_estimate_options *options, en_estimate *out, en_error *err) {
    double delta = options->delta > 0 ? options->delta : ldexp(1, -h->n_lists);
    if (h->n_lists > GRAPH_LISTS_MAX) {
        estimate_refuse(out, EN_EST_NOT_CONVERGED,
                        "not computed: graphs are averaged exactly, and that is done for up to %d lists; there are %d",
                        GRAPH_LISTS_MAX, h->n_lists);
        return EN_OK;
    }
    average *a = calloc(1, sizeof *a);
    if (!a) return en_no_memory(err);
    a->complete = options->complete_graph;
    a->threads = options->threads;
    a->progress = options->progress;
    fill_margins(h, delta, &a->m);
    describe(a, delta, out);
    en_status status = run(a, out, err);
    free_average(a);
    return status;
}
