/* The posterior of n0 over every decomposable graph (Madigan and York 1997).
 *
 * For a graph g with cliques C and separators S over p lists, alpha_0 = delta 2^p and alpha_A = delta 2^(p-|A|):
 *   P(n, n0 | g) = (n + n0)! / (n0! prod n_w!) * prod_C h(C) / prod_S h(S),
 *   h(A) = Γ(alpha_0)/Γ(N + alpha_0) * prod over cells i of the margin A of Γ(n(i) + alpha_A)/Γ(alpha_A).
 * n0 enters only the all-zero cell of each margin. Graphs are uniform a priori. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/graphs.h"
#include "estimate/special.h"

enum { START_MAX = 3000, TAIL_POINTS = 16 };
#define END_OF_GRID 1e4 /* times (n + 1): from there on each graph's density is a power law to 1e-4 */
#define FIRST_RATIO 3.
#define MASS_DEPTH 30. /* log density this far below the top carries no mass that counts */
#define SAG 2.         /* a gap is narrow enough where no graph's log density rises in it by more than this */

typedef struct margins {
    int p;
    double n, alpha_0, delta;
    double constant[GRAPH_SUBSETS]; /* what of log h(A) does not depend on n0 */
    double unlisted[GRAPH_SUBSETS]; /* observed persons on no list of A, plus alpha_A */
    double rarest_pair;             /* the fewest persons on exactly two lists, over all pairs */
} margins;

typedef struct density {
    margins m;
    graphs_options options;
    double log_fail; /* log(1 - success) of the prior; 0 for 1/N */
    double end;      /* of the grid */
    double top;      /* a log density that is reached */
} density;

/* ---- margins ---- */

static void fill_margin(const en_histories *h, const double *cells, unsigned subset, margins *m) {
    double alpha = ldexp(m->delta, m->p - __builtin_popcount(subset)), sum = log_gamma(m->alpha_0) - log_gamma(alpha);
    double counts[GRAPH_SUBSETS] = {0};
    for (int64_t i = 0; i < h->n_cells; i++) counts[h->patterns[i] & subset] += cells[i];
    for (unsigned i = 1; i < 1u << m->p; i++)
        if (counts[i] > 0) sum += log_gamma(counts[i] + alpha) - log_gamma(alpha);
    m->constant[subset] = sum;
    m->unlisted[subset] = counts[0] + alpha;
}

static double rarest_pair(const en_histories *h, const double *cells) {
    double least = INFINITY;
    int pairs = 0;
    for (int64_t i = 0; i < h->n_cells; i++)
        if (__builtin_popcount(h->patterns[i]) == 2) {
            least = fmin(least, cells[i]);
            pairs++;
        }
    return pairs < h->n_lists * (h->n_lists - 1) / 2 ? 0 : least;
}

static void fill_margins(const en_histories *h, const graphs_options *options, margins *m) {
    double own[GRAPH_SUBSETS];
    const double *cells = options->cells;
    *m = (margins){.p = h->n_lists, .alpha_0 = ldexp(options->delta, h->n_lists), .delta = options->delta};
    if (!cells) {
        for (int64_t i = 0; i < h->n_cells; i++) own[i] = (double)h->counts[i];
        cells = own;
    }
    for (int64_t i = 0; i < h->n_cells; i++) m->n += cells[i];
    for (unsigned subset = 0; subset < 1u << m->p; subset++) fill_margin(h, cells, subset, m);
    m->rarest_pair = rarest_pair(h, cells);
}

/* log h of every subset at n0; beyond the grid at n0 e^far, as a power law. */
static void fill_h(const margins *m, double n0, double far, double *log_h) {
    double all = m->n + m->alpha_0;
    log_h[0] = 0;
    for (unsigned subset = 1; subset < 1u << m->p; subset++) {
        double power = m->unlisted[subset] - all;
        log_h[subset] = m->constant[subset] + log_gamma_step(all + n0, power) + far * power;
    }
}

void graphs_log_h(const en_histories *h, const graphs_options *options, double n0, double *log_h) {
    margins m;
    fill_margins(h, options, &m);
    fill_h(&m, n0, 0, log_h);
}

/* log of (n + n0)!/n0! times the prior. Concave in n0. */
static double log_base(const density *d, double n0) {
    return log_gamma_step(n0 + 1, d->m.n + d->options.prior.size - 1) + n0 * d->log_fail;
}

/* ---- where to look ----
 *
 * log h(K + v) - log h(K) is convex in n0 (log Γ(u + n0) - log Γ(w + n0), u ≤ w), so each graph's log density is convex
 * plus log_base, which is the same for all. Between a and b no graph lies above its chord by more than log_base lies
 * above its own. The bound of graph_gains is a maximum of such sums and convex too: with it one sees where no graph can
 * have mass, and leaves that alone. */

typedef struct start {
    double x, base, bound, found; /* of the density at x: log_base; bound on the log sum over graphs but for it */
} start;

typedef struct starts {
    size_t n;
    start nodes[START_MAX];
    double hope[START_MAX]; /* of the gap that begins here: no graph's log density is higher in it */
    double sag[START_MAX];
} starts;

/* Where log_base + slope n0 is largest within [a, b]: digamma(x) is about log(x - 1/2). */
static double summit(const density *d, double slope, double a, double b) {
    double rate = -slope - d->log_fail;
    if (!(rate > 0)) return b;
    double x = (d->m.n + d->options.prior.size - 1) / expm1(rate) - .5;
    return fmax(a, fmin(b, x));
}

static start start_at(const density *d, double x) {
    double log_h[GRAPH_SUBSETS], gain[GRAPH_SUBSETS];
    fill_h(&d->m, x, 0, log_h);
    graph_gains(log_h, d->m.p, d->options.complete, gain);
    return (start){x, log_base(d, x), gain[0], graph_search(log_h, gain, d->m.p, d->options.complete)};
}

static void judge_gap(const density *d, starts *s, size_t i) {
    const start *a = &s->nodes[i], *b = a + 1;
    double width = b->x - a->x, rise = (b->bound - a->bound) / width, slope = (b->base - a->base) / width;
    double peak = summit(d, rise, a->x, b->x), belly = summit(d, -slope, a->x, b->x);
    s->hope[i] =
        fmax(fmax(a->base + a->bound, b->base + b->bound), log_base(d, peak) + a->bound + rise * (peak - a->x));
    s->sag[i] = log_base(d, belly) - a->base - slope * (belly - a->x);
}

static void insert_start(density *d, starts *s, size_t after, double x) {
    memmove(&s->nodes[after + 2], &s->nodes[after + 1], (s->n - after - 1) * sizeof *s->nodes);
    memmove(&s->hope[after + 2], &s->hope[after + 1], (s->n - after - 1) * sizeof *s->hope);
    memmove(&s->sag[after + 2], &s->sag[after + 1], (s->n - after - 1) * sizeof *s->sag);
    s->n++;
    s->nodes[after + 1] = start_at(d, x);
    d->top = fmax(d->top, s->nodes[after + 1].base + s->nodes[after + 1].found);
    judge_gap(d, s, after);
    judge_gap(d, s, after + 1);
}

/* The gap that most deserves a node; s->n where none does. */
static size_t widest_hope(const density *d, const starts *s) {
    size_t best = s->n;
    for (size_t i = 0; i + 1 < s->n; i++) {
        if (s->sag[i] <= SAG || s->nodes[i + 1].x - s->nodes[i].x < 1.5 || s->hope[i] < d->top - MASS_DEPTH) continue;
        if (best == s->n || s->hope[i] > s->hope[best]) best = i;
    }
    return best;
}

static void find_starts(density *d, starts *s) {
    double x = 0;
    while (x < d->end) {
        s->nodes[s->n++] = start_at(d, x);
        x = fmax(x + 1, floor(x * FIRST_RATIO));
    }
    s->nodes[s->n++] = start_at(d, d->end);
    d->top = -INFINITY;
    for (size_t i = 0; i < s->n; i++) d->top = fmax(d->top, s->nodes[i].base + s->nodes[i].found);
    for (size_t i = 0; i + 1 < s->n; i++) judge_gap(d, s, i);
    for (size_t i; s->n < START_MAX && (i = widest_hope(d, s)) < s->n;) {
        double a = s->nodes[i].x, b = s->nodes[i + 1].x;
        insert_start(d, s, i, support_middle(a, b));
    }
}

/* Nodes beside gaps that may hold mass, and both ends. Returns their number. */
static size_t useful_starts(const density *d, const starts *s, double *x) {
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        bool before = i > 0 && s->hope[i - 1] >= d->top - MASS_DEPTH, at_end = i == 0 || i + 1 == s->n;
        if (at_end || before || s->hope[i] >= d->top - MASS_DEPTH) x[n++] = s->nodes[i].x;
    }
    return n;
}

/* ---- the density ---- */

/* log density at n0 = x[i] e^far[i]; far may be NULL. Where `shares` is not NULL it is filled too. */
static en_status evaluate(const density *d, const double *x, const double *far, size_t n, double *log_f,
                          graph_shares *shares, en_error *err) {
    size_t width = (size_t)1 << d->m.p;
    double *log_h = calloc(n * width, sizeof *log_h), *floor_of = calloc(n, sizeof *floor_of);
    graph_points points = {.p = d->m.p,
                           .complete = d->options.complete,
                           .n = n,
                           .log_h = log_h,
                           .floor = far || shares ? NULL : floor_of,
                           .threads = d->options.threads,
                           .progress = d->options.progress};
    en_status status = log_h && floor_of ? EN_OK : en_no_memory(err);
    for (size_t i = 0; i < n && status == EN_OK; i++) {
        fill_h(&d->m, x[i], far ? far[i] : 0, log_h + i * width);
        floor_of[i] = d->top - 2 * MASS_DEPTH - log_base(d, x[i]);
    }
    if (status == EN_OK) status = graph_sums(&points, log_f, err);
    if (status == EN_OK && shares) status = graph_shares_of(&points, log_f, shares, err);
    for (size_t i = 0; i < n && status == EN_OK; i++)
        log_f[i] += log_base(d, x[i]) + (far ? far[i] * (d->m.n + d->options.prior.size - 1) : 0);
    free(log_h);
    free(floor_of);
    return status;
}

static en_status support_points(void *ctx, const double *x, size_t n, double *log_f, en_error *err) {
    return evaluate(ctx, x, NULL, n, log_f, NULL, err);
}

static void begin(const en_histories *h, const graphs_options *options, density *d) {
    const graphs_prior *prior = &options->prior;
    *d = (density){.options = *options};
    fill_margins(h, options, &d->m);
    d->end = floor(END_OF_GRID * (d->m.n + 1));
    if (prior->size > 0) d->log_fail = log1p(-prior->success);
    if (d->log_fail < 0) d->end = fmax(d->end, ceil(-2 * MASS_DEPTH / d->log_fail));
}

/* ---- the tail ---- */

/* Integral over v = 0 .. width of exp(log_a + v slope), where log_b is the exponent at its end. */
static double slope_integral(double log_a, double log_b, double width) {
    double rise = log_b - log_a;
    return fabs(rise) < 1e-9 ? exp(log_a) * width : (exp(log_b) - exp(log_a)) * width / rise;
}

/* Each graph's density beyond the end of the grid T is f(T) (n0/T)^k with its own k (Γ(a + x)/Γ(b + x) as x^(a-b)), so
 * the sum over graphs is evaluated at n0 = T e^v, and its mass is T times the integral of the density times e^v. In the
 * end the largest k is left. Adding an edge to a decomposable graph raises k by those on both lists and on none that
 * separates them, so the largest is that of a graph that lacks one edge, a-b: -1 - alpha_0 - (persons on a and b only),
 * or -1 - alpha_0 + delta of the complete graph. */
static en_status add_tail(const density *d, support *s, graphs_tail *tail, en_error *err) {
    static const double far[TAIL_POINTS] = {0, .25, .5, .75, 1, 1.5, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45};
    double x[TAIL_POINTS], log_f[TAIL_POINTS];
    double limit = -1 - d->m.alpha_0 + (d->options.complete ? d->m.delta : -d->m.rarest_pair);
    for (int i = 0; i < TAIL_POINTS; i++) x[i] = d->end;
    EN_TRY(evaluate(d, x, far, TAIL_POINTS, log_f, NULL, err));
    *tail = (graphs_tail){(log_f[1] - log_f[0]) / far[1], limit};
    for (int i = 0; i < TAIL_POINTS; i++) log_f[i] -= s->top;
    for (int i = 0; i + 1 < TAIL_POINTS; i++) {
        double a = log_f[i] + far[i], b = log_f[i + 1] + far[i + 1], width = far[i + 1] - far[i];
        s->tail += d->end * slope_integral(a, b, width);
        s->tail_moment += d->end * d->end * slope_integral(a + far[i], b + far[i + 1], width);
    }
    double last = log_f[TAIL_POINTS - 1] + far[TAIL_POINTS - 1];
    s->tail += d->end * exp(last) / (-limit - 1);
    if (limit < -2 - 1e-9)
        s->tail_moment += d->end * d->end * exp(last + far[TAIL_POINTS - 1]) / (-limit - 2);
    else
        s->tail_moment = INFINITY;
    return EN_OK;
}

en_status graphs_posterior(const en_histories *h, const graphs_options *options, support *out, graphs_tail *tail,
                           en_error *err) {
    density d;
    graphs_tail falls = {-INFINITY, -INFINITY};
    *out = (support){0};
    begin(h, options, &d);
    /* Rounding of sums of log Γ as large as N log N. */
    double noise = 64 * 2.2e-16 * d.m.n * log(d.m.n + 2);
    starts *s = calloc(1, sizeof *s);
    double *x = calloc(START_MAX, sizeof *x);
    en_status status = s && x ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        find_starts(&d, s);
        status = support_build(x, useful_starts(&d, s, x), noise, support_points, &d, out, err);
    }
    if (status == EN_OK && d.log_fail == 0) status = add_tail(&d, out, &falls, err);
    if (status != EN_OK) support_clear(out);
    if (tail) *tail = falls;
    free(s);
    free(x);
    return status;
}

en_status graphs_shares(const en_histories *h, const graphs_options *options, const support *posterior,
                        graph_shares *out, en_error *err) {
    density d;
    double x[GRAPH_SHARE_POINTS], log_f[GRAPH_SHARE_POINTS];
    begin(h, options, &d);
    for (int i = 0; i < GRAPH_SHARE_POINTS; i++)
        x[i] = fmin(d.end, support_quantile(posterior, (i + .5) / GRAPH_SHARE_POINTS));
    return evaluate(&d, x, NULL, GRAPH_SHARE_POINTS, log_f, out, err);
}
