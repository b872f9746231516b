/* The grid of a distribution on whole numbers. Between two nodes the density is taken as a power of x + 1/2, which is
 * what log-linear interpolation in log(x + 1/2) means, and is exact for the tails met here. */
#include "estimate/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NODES_MAX = 20000, ROUNDS_MAX = 60 };
#define MASS_DEPTH 25.0 /* log density this far below the top carries no mass that counts */
#define TOLERANCE .005  /* of the log density at the middle of a gap */

typedef struct node {
    double x, log_f;
    bool open; /* the gap that begins here may need another node */
} node;

typedef struct grid {
    node *nodes; /* NODES_MAX */
    size_t n;
    double *x, *log_f; /* of the nodes to add; NODES_MAX each */
    size_t *gap;       /* where each goes */
    size_t fresh;
} grid;

double support_middle(double a, double b) {
    double m = floor(sqrt((a + .5) * (b + .5)));
    return m <= a ? a + 1 : m >= b ? b - 1 : m;
}

static double top_of(const grid *g) {
    double top = -INFINITY;
    for (size_t i = 0; i < g->n; i++) top = fmax(top, g->nodes[i].log_f);
    return top;
}

/* Chooses the middles of open gaps that may hold mass. */
static void choose(grid *g) {
    double top = top_of(g);
    g->fresh = 0;
    for (size_t i = 0; i + 1 < g->n && g->n + g->fresh < NODES_MAX; i++) {
        node *a = &g->nodes[i], *b = a + 1;
        if (!a->open || b->x - a->x < 1.5) continue;
        if (fmax(a->log_f, b->log_f) < top - MASS_DEPTH) continue;
        g->gap[g->fresh] = i;
        g->x[g->fresh++] = support_middle(a->x, b->x);
    }
}

/* Puts the new nodes in; a gap whose middle was foretold closes. Moves from the end, so that nothing is overwritten. */
static void insert(grid *g, double noise) {
    size_t to = g->n + g->fresh, from = g->n;
    g->n = to;
    for (size_t k = g->fresh; k-- > 0;) {
        while (from > g->gap[k] + 1) g->nodes[--to] = g->nodes[--from];
        const node *a = &g->nodes[g->gap[k]], *b = &g->nodes[to];
        double x = g->x[k], share = log((x + .5) / (a->x + .5)) / log((b->x + .5) / (a->x + .5));
        double foretold = a->log_f + share * (b->log_f - a->log_f);
        bool open = fabs(foretold - g->log_f[k]) > TOLERANCE + noise;
        g->nodes[--to] = (node){x, g->log_f[k], open};
        g->nodes[g->gap[k]].open = open;
    }
}

static en_status refine(grid *g, double noise, support_density density, void *ctx, en_error *err) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
        choose(g);
        if (!g->fresh) return EN_OK;
        EN_TRY(density(ctx, g->x, g->fresh, g->log_f, err));
        insert(g, noise);
    }
    return EN_OK;
}

/* One gap of the grid: from a, where the density (over exp(top)) is fa, to x, where it is fx; between them a power. */
typedef struct gap {
    double a, x, fa, fx, slope;
} gap;

static gap gap_to(const support *s, size_t i, double x) {
    double a = s->x[i], b = s->x[i + 1];
    double slope = (s->log_f[i + 1] - s->log_f[i]) / log((b + .5) / (a + .5));
    return (gap){a, x, exp(s->log_f[i] - s->top), exp(s->log_f[i] - s->top + slope * log((x + .5) / (a + .5))), slope};
}

/* Integral of (x + 1/2)^more times the density, reckoned from the end where it is larger, so that nothing overflows. */
static double gap_integral(const gap *g, int more) {
    double ratio = log((g->x + .5) / (g->a + .5)), e = (g->slope + more + 1) * ratio;
    double share = fabs(e) < 1e-12 ? 1 : -expm1(-fabs(e)) / fabs(e);
    return (e > 0 ? g->fx * pow(g->x + .5, more + 1) : g->fa * pow(g->a + .5, more + 1)) * ratio * share;
}

/* Sum of the density over a+1 .. x, by the integral with its ends put right (Euler and Maclaurin). */
static double gap_mass(const support *s, size_t i, double x) {
    gap g = gap_to(s, i, x);
    return x - g.a < 1.5 ? g.fx : gap_integral(&g, 0) + (g.fx - g.fa) / 2;
}

/* The same of x times the density: x f = (x + 1/2) f - f / 2. */
static double gap_moment(const support *s, size_t i) {
    gap g = gap_to(s, i, s->x[i + 1]);
    if (g.x - g.a < 1.5) return g.x * g.fx;
    return gap_integral(&g, 1) - gap_integral(&g, 0) / 2 + (g.x * g.fx - g.a * g.fa) / 2;
}

static en_status finish(const grid *g, support *out, en_error *err) {
    out->n = g->n;
    out->x = calloc(g->n, sizeof *out->x);
    out->log_f = calloc(g->n, sizeof *out->log_f);
    out->cumulative = calloc(g->n, sizeof *out->cumulative);
    if (!out->x || !out->log_f || !out->cumulative) return en_no_memory(err);
    out->top = top_of(g);
    for (size_t i = 0; i < g->n; i++) {
        out->x[i] = g->nodes[i].x;
        out->log_f[i] = g->nodes[i].log_f;
    }
    out->cumulative[0] = exp(out->log_f[0] - out->top);
    for (size_t i = 0; i + 1 < g->n; i++) out->cumulative[i + 1] = out->cumulative[i] + gap_mass(out, i, out->x[i + 1]);
    return EN_OK;
}

en_status support_build(const double *start, size_t n_start, double noise, support_density density, void *ctx,
                        support *out, en_error *err) {
    grid g = {.n = n_start};
    *out = (support){0};
    en_status status = EN_OK;
    if (n_start < 2 || n_start > NODES_MAX / 2) return en_fail(err, EN_ERR_LIMIT, "a grid of %zu points", n_start);
    g.nodes = calloc(NODES_MAX, sizeof *g.nodes);
    g.x = calloc(NODES_MAX, sizeof *g.x);
    g.log_f = calloc(NODES_MAX, sizeof *g.log_f);
    g.gap = calloc(NODES_MAX, sizeof *g.gap);
    if (!g.nodes || !g.x || !g.log_f || !g.gap) status = en_no_memory(err);
    if (status == EN_OK) status = density(ctx, start, n_start, g.log_f, err);
    for (size_t i = 0; i < n_start && status == EN_OK; i++) g.nodes[i] = (node){start[i], g.log_f[i], true};
    if (status == EN_OK) status = refine(&g, noise, density, ctx, err);
    if (status == EN_OK) status = finish(&g, out, err);
    if (status != EN_OK) support_clear(out);
    free(g.nodes);
    free(g.x);
    free(g.log_f);
    free(g.gap);
    return status;
}

void support_clear(support *s) {
    free(s->x);
    free(s->log_f);
    free(s->cumulative);
    *s = (support){0};
}

double support_total(const support *s) { return s->cumulative[s->n - 1] + s->tail; }

/* Beyond the grid the mass falls as a power of x that the tail's mass and its first density fix. */
static double tail_quantile(const support *s, double missing) {
    double end = s->x[s->n - 1], density = exp(s->log_f[s->n - 1] - s->top);
    double power = s->tail > 0 ? density * end / s->tail : 1;
    return ceil(end * pow(fmax(missing, 1e-300) / s->tail, -1 / power));
}

double support_quantile(const support *s, double p) {
    double want = p * support_total(s);
    size_t low = 0, high = s->n - 1;
    if (s->cumulative[0] >= want) return 0;
    if (s->cumulative[high] < want) return tail_quantile(s, support_total(s) - want);
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (s->cumulative[mid] < want)
            low = mid;
        else
            high = mid;
    }
    double a = s->x[low], b = s->x[high], need = want - s->cumulative[low];
    while (b - a > fmax(1, 1e-15 * b)) {
        double m = floor((a + b) / 2);
        if (gap_mass(s, low, m) < need)
            a = m;
        else
            b = m;
    }
    return b;
}

double support_mean(const support *s) {
    double sum = s->tail_moment;
    for (size_t i = 0; i + 1 < s->n; i++) sum += gap_moment(s, i);
    return sum / support_total(s);
}

double support_cdf(const support *s, double x) {
    size_t low = 0, high = s->n - 1;
    x = floor(x);
    if (x < 0) return 0;
    if (x >= s->x[high]) {
        double end = s->x[high], power = s->tail > 0 ? exp(s->log_f[high] - s->top) * end / s->tail : 1;
        return 1 - s->tail * pow(x / end, -power) / support_total(s);
    }
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (s->x[mid] <= x)
            low = mid;
        else
            high = mid;
    }
    return (s->cumulative[low] + (x > s->x[low] ? gap_mass(s, low, x) : 0)) / support_total(s);
}
