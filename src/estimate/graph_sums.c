/* The walk over all graphs. Products are kept as plain doubles, each over a bound of what can still become of it, so
 * that a branch is left where the bound says that nothing in it counts, and nothing overflows. */
#include "estimate/graph_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"

enum { BLOCK = GRAPH_SHARE_POINTS, BLOCKS_AT_ONCE = 8, BEAM = 16 };
#define NEGLIGIBLE 40. /* log of what a graph may be below a good one and still count */
#define RANGE 650.     /* of log products over the threshold, within a double */
#define LIGHT 1e-13    /* a share that is not looked at: 3e7 such graphs are 3e-6 */

/* ---- bounds ---- */

static double best_join(const double *log_h, uint8_t vertices, int v, bool all_too) {
    double best = -INFINITY;
    for (unsigned k = vertices;; k = (k - 1) & vertices) {
        if (all_too || k != vertices) best = fmax(best, log_h[k | 1u << v] - log_h[k]);
        if (!k) return best;
    }
}

void graph_gains(const double *log_h, int p, bool complete, double *gain) {
    unsigned all = (1u << p) - 1;
    gain[all] = 0;
    for (unsigned u = all; u-- > 0;) {
        bool all_too = complete || __builtin_popcount(u) < p - 1;
        gain[u] = -INFINITY;
        for (int v = 0; v < p; v++)
            if (!(u >> v & 1)) gain[u] = fmax(gain[u], best_join(log_h, (uint8_t)u, v, all_too) + gain[u | 1u << v]);
    }
}

/* ---- search ---- */

typedef struct candidate {
    int from, v;
    uint8_t joined;
    double product, hope;
} candidate;

/* Keeps the BEAM best, falling; of equal ones the first. */
static void offer(candidate *kept, int *n, candidate c) {
    if (*n == BEAM && c.hope <= kept[BEAM - 1].hope) return;
    int at = *n < BEAM ? (*n)++ : BEAM - 1;
    for (; at > 0 && kept[at - 1].hope < c.hope; at--) kept[at] = kept[at - 1];
    kept[at] = c;
}

static void offer_joins(const double *log_h, const double *gain, const chordal *g, int from, double product,
                        uint8_t barred, candidate *kept, int *n, int p) {
    uint8_t sets[GRAPH_SUBSETS];
    for (int v = 0; v < p; v++) {
        if (g->vertices >> v & 1) continue;
        int n_sets = chordal_join_sets(g, v, sets);
        for (int i = 0; i < n_sets; i++) {
            double next = product + log_h[sets[i] | 1u << v] - log_h[sets[i]];
            if (sets[i] != barred || !barred)
                offer(kept, n, (candidate){from, v, sets[i], next, next + gain[g->vertices | 1u << v]});
        }
    }
}

double graph_search(const double *log_h, const double *gain, int p, bool complete) {
    chordal beam[2][BEAM];
    double product[2][BEAM] = {{0}};
    int n = 1;
    beam[0][0] = chordal_none();
    for (int size = 0; size < p; size++) {
        const chordal *now = beam[size & 1];
        chordal *next = beam[~size & 1];
        candidate kept[BEAM];
        int n_kept = 0;
        for (int i = 0; i < n; i++)
            offer_joins(log_h, gain, &now[i], i, product[size & 1][i], complete || size < p - 1 ? 0 : now[i].vertices,
                        kept, &n_kept, p);
        for (int i = 0; i < n_kept; i++) {
            chordal_add(&now[kept[i].from], kept[i].v, kept[i].joined, &next[i]);
            product[~size & 1][i] = kept[i].product;
        }
        n = n_kept;
    }
    return n ? product[p & 1][0] : -INFINITY;
}

/* ---- tables ---- */

/* Factors of one block of points, index (v, U, K) with K ⊆ U, v not in U: over the bound, so that none is above 1. */
typedef struct block {
    double *join;        /* h(K + v) / h(K) exp(gain[U + v] - gain[U]) */
    double *open;        /* for U all but v: the sum of `join` over K ⊆ X ⊊ U' for (v, U', K) */
    double *both;        /* (v, next, K): `join` of next to K, times what v brings with the sets that hold next */
    double start[BLOCK]; /* exp(gain[0] - threshold) */
    double threshold[BLOCK];
    double found[BLOCK]; /* log product of some graph */
} block;

typedef struct root {
    int n; /* joins that lead there */
    uint8_t v[CHORDAL_MAX], joined[CHORDAL_MAX];
} root;

typedef struct sums {
    const graph_points *points;
    int p;
    unsigned all;
    size_t power; /* 3^(p-1) */
    size_t ternary[GRAPH_SUBSETS];
    size_t first, n_blocks;
    block blocks[BLOCKS_AT_ONCE];
    root *roots;
    size_t n_roots, cap_roots;
    double (*part)[BLOCK]; /* [block][root] */
    double weight[BLOCK];  /* for shares */
    graph_shares *shares;  /* [root], for shares */
} sums;

static size_t squeezed(unsigned set, int v) {
    unsigned low = (1u << v) - 1;
    return (set & low) | (set >> 1 & ~low);
}

static double *entry(const sums *s, double *table, int v, unsigned within, unsigned set) {
    size_t at = (size_t)v * s->power + s->ternary[squeezed(within, v)] + s->ternary[squeezed(set, v)];
    return table + at * BLOCK;
}

static void fill_joins(const sums *s, block *b, const double *log_h, const double *gain, size_t lane) {
    for (int v = 0; v < s->p; v++)
        for (unsigned u = 0; u <= s->all; u++) {
            if (u >> v & 1) continue;
            double step = gain[u | 1u << v] - gain[u];
            for (unsigned k = u;; k = (k - 1) & u) {
                entry(s, b->join, v, u, k)[lane] = exp(fmin(0, log_h[k | 1u << v] - log_h[k] + step));
                if (!k) break;
            }
        }
}

/* open(K, U) = open(K + x, U) + open(K, U - x) + join(U - x) for any x of U that is not in K. */
static void fill_open(const sums *s, block *b, int v) {
    unsigned others = s->all & ~(1u << v);
    for (unsigned u = 0; u <= others; u++) {
        if (u & ~others) continue;
        for (unsigned k = u;; k = (k - 1) & u) {
            double *sum = entry(s, b->open, v, u, k);
            if (k == u) {
                memset(sum, 0, BLOCK * sizeof *sum);
            } else {
                unsigned x = (u & ~k) & -(u & ~k);
                const double *with = entry(s, b->open, v, u, k | x), *without = entry(s, b->open, v, u & ~x, k),
                             *top = entry(s, b->join, v, others, u & ~x);
                for (int i = 0; i < BLOCK; i++) sum[i] = with[i] + without[i] + top[i];
            }
            if (!k) break;
        }
    }
}

static double *pair_entry(const sums *s, const block *b, int v, int next, unsigned set) {
    return b->both + ((size_t)(v * s->p + next) << s->p | set) * BLOCK;
}

/* The last but one vertex `next` is joined to K, and v to any complete set that holds next: K + next and less. Without
 * the complete graph v is not joined to all. */
static void fill_both(const sums *s, block *b, int v, int next) {
    unsigned others = s->all & ~(1u << v), rest = others & ~(1u << next);
    for (unsigned k = rest;; k = (k - 1) & rest) {
        double *both = pair_entry(s, b, v, next, k);
        const double *join = entry(s, b->join, next, rest, k), *open = entry(s, b->open, v, k | 1u << next, 1u << next),
                     *top = entry(s, b->join, v, others, k | 1u << next);
        bool all_too = k != rest || s->points->complete;
        for (int i = 0; i < BLOCK; i++) both[i] = join[i] * (all_too ? open[i] + top[i] : open[i]);
        if (!k) break;
    }
}

static void fill_lane(const sums *s, block *b, size_t point, size_t lane) {
    const graph_points *q = s->points;
    const double *log_h = q->log_h + (point << s->p);
    double gain[GRAPH_SUBSETS];
    graph_gains(log_h, s->p, q->complete, gain);
    b->found[lane] = graph_search(log_h, gain, s->p, q->complete);
    double threshold = b->found[lane] - NEGLIGIBLE;
    if (q->floor) threshold = fmax(threshold, q->floor[point]);
    b->threshold[lane] = fmax(threshold, gain[0] - RANGE);
    b->start[lane] = exp(gain[0] - b->threshold[lane]);
    fill_joins(s, b, log_h, gain, lane);
}

static en_status fill_task(void *ctx, size_t task, int worker, en_error *err) {
    sums *s = ctx;
    block *b = &s->blocks[task];
    size_t bytes = (size_t)s->p * s->power * BLOCK * sizeof *b->join;
    (void)worker;
    if (!b->join) b->join = malloc(bytes);
    if (!b->open) b->open = malloc(bytes);
    if (!b->both) b->both = malloc(((size_t)s->p * (size_t)s->p << s->p) * BLOCK * sizeof *b->both);
    if (!b->join || !b->open || !b->both) return en_no_memory(err);
    for (size_t lane = 0; lane < BLOCK; lane++) {
        size_t point = (s->first + task) * BLOCK + lane;
        fill_lane(s, b, point < s->points->n ? point : s->points->n - 1, lane);
    }
    for (int v = 0; v < s->p; v++) fill_open(s, b, v);
    for (int v = 0; v < s->p; v++)
        for (int next = 0; next < s->p; next++)
            if (next != v) fill_both(s, b, v, next);
    return EN_OK;
}

/* ---- the walk ---- */

typedef struct walk walk;
/* Takes the last two vertices of all graphs that hold g; f are g's products. */
typedef void (*walk_last)(walk *w, const chordal *g, const double *f);
struct walk {
    const sums *s;
    block *b;
    const double *weight;
    double *sum;
    graph_shares *shares;
    walk_last last;
};

static bool multiply(const double *f, const double *by, double *out) {
    double most = 0;
    for (int i = 0; i < BLOCK; i++) {
        out[i] = f[i] * by[i];
        most = out[i] > most ? out[i] : most;
    }
    return most >= 1;
}

static void descend(walk *w, const chordal *g, const double *f, int size) {
    uint8_t sets[GRAPH_SUBSETS];
    if (size == w->s->p - 2) {
        w->last(w, g, f);
        return;
    }
    for (int v = 0; v < w->s->p; v++) {
        int n = g->vertices >> v & 1 ? 0 : chordal_join_sets(g, v, sets);
        for (int i = 0; i < n; i++) {
            double product[BLOCK];
            chordal larger;
            if (!multiply(f, entry(w->s, w->b->join, v, g->vertices, sets[i]), product)) continue;
            chordal_add(g, v, sets[i], &larger);
            descend(w, &larger, product, size + 1);
        }
    }
}

static void walk_root(walk *w, const root *r) {
    chordal g = chordal_none(), larger;
    double f[BLOCK];
    memcpy(f, w->b->start, sizeof f);
    for (int i = 0; i < r->n; i++) {
        if (!multiply(f, entry(w->s, w->b->join, r->v[i], g.vertices, r->joined[i]), f)) return;
        chordal_add(&g, r->v[i], r->joined[i], &larger);
        g = larger;
    }
    descend(w, &g, f, r->n);
}

/* ---- sums ---- */

/* What the last vertex v brings where it may be joined to every complete set of g. */
static void all_joins(const sums *s, block *b, const chordal *g, int v, double *sum) {
    unsigned others = s->all & ~(1u << v);
    memset(sum, 0, BLOCK * sizeof *sum);
    for (int c = 0; c < g->n_complete; c++) {
        const double *join = entry(s, b->join, v, others, g->complete[c]);
        for (int i = 0; i < BLOCK; i++) sum[i] += join[i];
    }
}

/* What comes of g where `next` is joined to a set and v then as it may be, over g's own products: sum = any * free +
 * rest, `any` being all_joins of v. */
typedef struct last_pair {
    int next, v;
    bool is_free; /* was any set added to `free`? */
    double free[BLOCK], rest[BLOCK];
} last_pair;

/* Bound by memory: two arrays are read for all graphs that this begins. */
static void add_last(const walk *w, const chordal *g, uint8_t joined, last_pair *pair) {
    const sums *s = w->s;
    int next = pair->next, v = pair->v;
    uint8_t with_next = (uint8_t)(joined | 1u << next);
    uint8_t above = (uint8_t)(chordal_simplicial_after(g, next, joined) & ~((2u << v) - 1));
    const double *join = entry(s, w->b->join, next, g->vertices, joined);
    if (!above) {
        const double *both = pair_entry(s, w->b, v, next, joined);
        pair->is_free = true;
        for (int i = 0; i < BLOCK; i++) pair->free[i] += join[i];
        for (int i = 0; i < BLOCK; i++) pair->rest[i] += both[i];
        return;
    }
    int u = __builtin_ctz(above);
    uint8_t clique = with_next >> u & 1 ? with_next : (uint8_t)(g->adjacent[u] | 1u << u);
    if (above & ~clique) return;
    const double *open = entry(s, w->b->open, v, clique, above);
    for (int i = 0; i < BLOCK; i++) pair->rest[i] += join[i] * open[i];
}

static void sum_last(walk *w, const chordal *g, const double *f) {
    unsigned missing = w->s->all & ~(unsigned)g->vertices;
    int ends[2] = {__builtin_ctz(missing), 31 - __builtin_clz(missing)};
    uint8_t sets[GRAPH_SUBSETS];
    for (int t = 0; t < 2; t++) {
        last_pair pair = {.next = ends[t], .v = ends[1 - t]};
        int n = chordal_join_sets(g, pair.next, sets);
        double any[BLOCK];
        for (int k = 0; k < n; k++) add_last(w, g, sets[k], &pair);
        for (int i = 0; i < BLOCK; i++) w->sum[i] += f[i] * pair.rest[i];
        if (!pair.is_free) continue;
        all_joins(w->s, w->b, g, pair.v, any);
        for (int i = 0; i < BLOCK; i++) w->sum[i] += f[i] * any[i] * pair.free[i];
    }
}

static en_status sum_task(void *ctx, size_t task, int worker, en_error *err) {
    sums *s = ctx;
    (void)worker;
    (void)err;
    memset(s->part[task], 0, sizeof *s->part);
    walk w = {.s = s, .b = &s->blocks[task / s->n_roots], .sum = s->part[task], .last = sum_last};
    walk_root(&w, &s->roots[task % s->n_roots]);
    return EN_OK;
}

/* ---- shares ---- */

static void note_top(graph_shares *shares, const uint8_t *adjacent, double share) {
    if (shares->n_top == GRAPH_TOP && share <= shares->top[GRAPH_TOP - 1].share) return;
    int at = shares->n_top < GRAPH_TOP ? shares->n_top++ : GRAPH_TOP - 1;
    for (; at > 0 && shares->top[at - 1].share < share; at--) shares->top[at] = shares->top[at - 1];
    shares->top[at].share = share;
    memcpy(shares->top[at].adjacent, adjacent, CHORDAL_MAX);
}

static void note_edges(graph_shares *shares, const chordal *g, double share) {
    for (int j = 1; j < CHORDAL_MAX; j++)
        for (int i = 0; i < j; i++)
            if (g->adjacent[j] >> i & 1) shares->edge[graph_edge(i, j)] += share;
}

/* Every graph that is g with v joined to a set. `f` are g's products times the weights of the points. */
static void weigh_joins(walk *w, const chordal *g, const double *f, int v) {
    uint8_t sets[GRAPH_SUBSETS], adjacent[CHORDAL_MAX];
    int n = chordal_join_sets(g, v, sets);
    double all = 0;
    for (int k = 0; k < n; k++) {
        double share = 0;
        const double *join = entry(w->s, w->b->join, v, g->vertices, sets[k]);
        if (sets[k] == g->vertices && !w->s->points->complete) continue;
        for (int i = 0; i < BLOCK; i++) share += f[i] * join[i];
        all += share;
        for (uint8_t rest = sets[k]; rest; rest &= (uint8_t)(rest - 1))
            w->shares->edge[graph_edge(__builtin_ctz(rest), v)] += share;
        if (w->shares->n_top == GRAPH_TOP && share <= w->shares->top[GRAPH_TOP - 1].share) continue;
        memcpy(adjacent, g->adjacent, sizeof adjacent);
        adjacent[v] = sets[k];
        for (uint8_t rest = sets[k]; rest; rest &= (uint8_t)(rest - 1))
            adjacent[__builtin_ctz(rest)] |= (uint8_t)(1u << v);
        note_top(w->shares, adjacent, share);
    }
    note_edges(w->shares, g, all);
}

static void weigh_last(walk *w, const chordal *g, const double *f) {
    unsigned missing = w->s->all & ~(unsigned)g->vertices;
    int pair[2] = {__builtin_ctz(missing), 31 - __builtin_clz(missing)};
    uint8_t sets[GRAPH_SUBSETS];
    for (int t = 0; t < 2; t++) {
        int next = pair[t], n = chordal_join_sets(g, next, sets);
        for (int k = 0; k < n; k++) {
            const double *join = entry(w->s, w->b->join, next, g->vertices, sets[k]);
            double weighed[BLOCK], most = 0;
            chordal larger;
            for (int i = 0; i < BLOCK; i++) most += weighed[i] = f[i] * join[i] * w->weight[i];
            if (most < LIGHT) continue;
            chordal_add(g, next, sets[k], &larger);
            weigh_joins(w, &larger, weighed, pair[1 - t]);
        }
    }
}

static en_status weigh_task(void *ctx, size_t task, int worker, en_error *err) {
    sums *s = ctx;
    walk w = {.s = s, .b = s->blocks, .weight = s->weight, .shares = &s->shares[task], .last = weigh_last};
    (void)worker;
    (void)err;
    walk_root(&w, &s->roots[task]);
    return EN_OK;
}

/* ---- begin and end ---- */

static en_status add_root(sums *s, const root *r, en_error *err) {
    if (s->n_roots == s->cap_roots) {
        size_t cap = s->cap_roots ? 2 * s->cap_roots : 64;
        root *wider = realloc(s->roots, cap * sizeof *wider);
        if (!wider) return en_no_memory(err);
        s->roots = wider;
        s->cap_roots = cap;
    }
    s->roots[s->n_roots++] = *r;
    return EN_OK;
}

/* The graphs of `size` vertices, where tasks begin. */
static en_status grow_roots(sums *s, const chordal *g, root path, int size, en_error *err) {
    uint8_t sets[GRAPH_SUBSETS];
    if (path.n == size) return add_root(s, &path, err);
    for (int v = 0; v < s->p; v++) {
        int n = g->vertices >> v & 1 ? 0 : chordal_join_sets(g, v, sets);
        for (int i = 0; i < n; i++) {
            chordal larger;
            root longer = path;
            chordal_add(g, v, sets[i], &larger);
            longer.v[path.n] = (uint8_t)v;
            longer.joined[path.n] = sets[i];
            longer.n++;
            EN_TRY(grow_roots(s, &larger, longer, size, err));
        }
    }
    return EN_OK;
}

static en_status begin(sums *s, const graph_points *points, en_error *err) {
    chordal none = chordal_none();
    *s = (sums){.points = points, .p = points->p, .all = (1u << points->p) - 1, .power = 1};
    if (points->p < 2 || points->p > CHORDAL_MAX)
        return en_fail(err, EN_ERR_LIMIT, "decomposable graphs are summed for 2 to %d lists, not %d", CHORDAL_MAX,
                       points->p);
    for (int i = 1; i < points->p; i++) s->power *= 3;
    for (unsigned set = 1; set < GRAPH_SUBSETS / 2; set++) {
        size_t digit = 1;
        for (int bit = 0; bit < CHORDAL_MAX - 1; bit++, digit *= 3)
            if (set >> bit & 1) s->ternary[set] += digit;
    }
    return grow_roots(s, &none, (root){0}, points->p > 4 ? points->p - 4 : 0, err);
}

static void end(sums *s) {
    for (size_t b = 0; b < BLOCKS_AT_ONCE; b++) {
        free(s->blocks[b].join);
        free(s->blocks[b].open);
        free(s->blocks[b].both);
    }
    free(s->roots);
    free(s->part);
    free(s->shares);
}

static en_status sum_blocks(sums *s, double *log_sum, en_error *err) {
    const graph_points *q = s->points;
    EN_TRY(en_parallel_for(s->n_blocks, q->threads, fill_task, s, "graphs", q->progress, err));
    EN_TRY(en_parallel_for(s->n_blocks * s->n_roots, q->threads, sum_task, s, "graphs", q->progress, err));
    for (size_t b = 0; b < s->n_blocks; b++)
        for (size_t lane = 0; lane < BLOCK; lane++) {
            size_t point = (s->first + b) * BLOCK + lane;
            double sum = 0;
            if (point >= q->n) break;
            for (size_t r = 0; r < s->n_roots; r++) sum += s->part[b * s->n_roots + r][lane];
            log_sum[point] = fmax(log(sum) + s->blocks[b].threshold[lane], s->blocks[b].found[lane]);
        }
    return EN_OK;
}

en_status graph_sums(const graph_points *points, double *log_sum, en_error *err) {
    sums s;
    en_status status = begin(&s, points, err);
    size_t n_blocks = (points->n + BLOCK - 1) / BLOCK;
    if (status == EN_OK && !(s.part = calloc(s.n_roots * BLOCKS_AT_ONCE, sizeof *s.part))) status = en_no_memory(err);
    for (; s.first < n_blocks && status == EN_OK; s.first += s.n_blocks) {
        s.n_blocks = n_blocks - s.first < BLOCKS_AT_ONCE ? n_blocks - s.first : BLOCKS_AT_ONCE;
        status = sum_blocks(&s, log_sum, err);
    }
    end(&s);
    return status;
}

static en_status share_block(sums *s, const double *log_sum, graph_shares *out, en_error *err) {
    const graph_points *q = s->points;
    EN_TRY(en_parallel_for(1, q->threads, fill_task, s, "graphs", q->progress, err));
    for (size_t i = 0; i < q->n; i++) s->weight[i] = exp(s->blocks[0].threshold[i] - log_sum[i]) / (double)q->n;
    EN_TRY(en_parallel_for(s->n_roots, q->threads, weigh_task, s, "graphs", q->progress, err));
    for (size_t r = 0; r < s->n_roots; r++) {
        for (int e = 0; e < GRAPH_EDGES; e++) out->edge[e] += s->shares[r].edge[e];
        for (int t = 0; t < s->shares[r].n_top; t++)
            note_top(out, s->shares[r].top[t].adjacent, s->shares[r].top[t].share);
    }
    return EN_OK;
}

en_status graph_shares_of(const graph_points *points, const double *log_sum, graph_shares *out, en_error *err) {
    sums s;
    *out = (graph_shares){0};
    if (points->n > BLOCK)
        return en_fail(err, EN_ERR_LIMIT, "graphs are weighed at up to %d points, not %zu", BLOCK, points->n);
    en_status status = begin(&s, points, err);
    s.n_blocks = 1;
    if (status == EN_OK && !(s.shares = calloc(s.n_roots, sizeof *s.shares))) status = en_no_memory(err);
    if (status == EN_OK) status = share_block(&s, log_sum, out, err);
    end(&s);
    return status;
}
