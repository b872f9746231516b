/* Sums over all ways to part a block by its subsets: Z(S), the weight of all ways to part S, is the sum over the
 * subsets T of S that hold its first unit of the weight of T as one person times Z(S without T); an anchor takes any
 * subset. Going back through the sums draws one way by its weight. */
#include "link/block_draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { UNITS_MOST = CLUSTER_MOST + BLOCK_MOST, SUBSETS = 1 << BLOCK_MOST };
_Static_assert((1 << ANCHORED_MOST) * (ANCHORS_MOST + 1) <= SUBSETS, "the sums of a block with anchors fit");

/* A cluster by the sum, bit by bit, of random numbers of its units (Zobrist 1970), and its score. Chains come back to
 * the same clusters time and again. */
typedef struct met {
    uint64_t key; /* 0: none yet */
    double score;
} met;

struct block_work {
    const tie_graph *graph;
    int32_t *number; /* of each unit of a component in `units`, -1 */
    /* Units of a block and of one anchor, and what is between them. */
    int n;
    int32_t units[UNITS_MOST];
    int size[UNITS_MOST]; /* records */
    tie_cell cells[UNITS_MOST][UNITS_MOST];
    /* Clusters while one set of them is joined. */
    tie_cell joined[UNITS_MOST][UNITS_MOST];
    int joined_size[UNITS_MOST];
    bool alive[UNITS_MOST];
    int near[UNITS_MOST]; /* of those before it, the nearest */
    double best[UNITS_MOST];
    /* The block in hand: for no anchor, then each. */
    int n_units, n_anchors;
    unsigned tied[UNITS_MOST], foe[UNITS_MOST]; /* units of the block that each has a tie to, and cannot be one with */
    double weight[SUBSETS], sum[SUBSETS];
    int64_t done;
    met *remembered;       /* NULL where each set is met once only */
    uint64_t n_remembered; /* a power of two */
    /* The anchor in hand, -1 for none, and whether what is between it and the block was gathered. */
    int anchor;
    bool gathered;
    uint64_t unit_key[BLOCK_MOST], anchor_key;
    unsigned anchor_tied, anchor_foes;
};

block_work *block_work_new(const tie_graph *graph) {
    int32_t largest = 0;
    for (int32_t c = 0; c < graph->n_components; c++)
        if (graph->start[c + 1] - graph->start[c] > largest) largest = graph->start[c + 1] - graph->start[c];
    block_work *work = calloc(1, sizeof *work);
    if (!work) return NULL;
    work->graph = graph;
    work->number = malloc(((size_t)largest + 1) * sizeof *work->number);
    for (int32_t i = 0; work->number && i < largest; i++) work->number[i] = -1;
    if (work->number) return work;
    free(work);
    return NULL;
}

void block_work_free(block_work *work) {
    if (!work) return;
    free(work->number);
    free(work->remembered);
    free(work);
}

enum { REMEMBERED_LEAST = 1 << 10, REMEMBERED_MOST = 1 << 20, REMEMBERED_A_UNIT = 64 };

en_status block_work_remember(block_work *work, int32_t n, en_error *err) {
    uint64_t wanted = (uint64_t)n * REMEMBERED_A_UNIT, size = REMEMBERED_LEAST;
    while (size < wanted && size < REMEMBERED_MOST) size *= 2;
    free(work->remembered);
    work->remembered = calloc((size_t)size, sizeof *work->remembered);
    work->n_remembered = size;
    return work->remembered ? EN_OK : en_no_memory(err);
}

int64_t block_work_done(const block_work *work) { return work->done; }

/* ---- the score of a cluster ---- */

#define NEGLIGIBLE (-700.0)
#define ODDS_MOST 40.0 /* of a join, so that products of them are numbers */

static double link_of(const tie_cell *cell, double pairs) {
    if (cell->sum < LINK_FORBIDDEN / 2 || cell->count == 0) return -INFINITY;
    if ((double)cell->top <= LINK_CHARGE) return (double)cell->top;
    return (cell->sum + (pairs - cell->count) * LINK_CHARGE) / pairs;
}

/* Averages over clusters say more than single pairs do. Were a pair's weight a mean plus what is odd of either record,
 * independently with variance s^2, the average between clusters of a and b records has the variance s^2 (1/a + 1/b), a
 * single pair's being 2 s^2: the log odds that it stands for are 2 / (1/a + 1/b) times as large. */
static double odds_of(double average, double a, double b) {
    if (average <= LINK_CHARGE) return average;
    return fmin(average * 2 * a * b / (a + b), ODDS_MOST);
}

static double link_between(const block_work *w, int i, int k) {
    return link_of(&w->joined[i][k], (double)w->joined_size[i] * w->joined_size[k]);
}

static void find_nearest(block_work *w, int i) {
    w->best[i] = -INFINITY;
    w->near[i] = -1;
    for (int k = 0; k < i; k++) {
        if (!w->alive[k]) continue;
        double x = link_between(w, i, k);
        if (x > w->best[i]) w->best[i] = x, w->near[i] = k;
    }
}

/* What is between two clusters stands in the row of the later one. */
static tie_cell *between(block_work *w, int i, int k) { return i > k ? &w->joined[i][k] : &w->joined[k][i]; }

/* Cluster b goes into a, which comes before it. */
static void join(block_work *w, int n, int a, int b) {
    w->alive[b] = false;
    for (int k = 0; k < n; k++) {
        if (!w->alive[k] || k == a) continue;
        tie_cell *to = between(w, a, k);
        const tie_cell *more = between(w, b, k);
        to->sum += more->sum;
        to->count += more->count;
        if (more->top > to->top) to->top = more->top;
    }
    w->joined_size[a] += w->joined_size[b];
    find_nearest(w, a);
    for (int k = a + 1; k < n; k++) {
        if (!w->alive[k]) continue;
        double x = link_between(w, k, a);
        if (w->near[k] == a || w->near[k] == b)
            find_nearest(w, k);
        else if (x > w->best[k])
            w->best[k] = x, w->near[k] = a;
    }
}

/* Average link of the units whose numbers are given, O(n^2) where nearest clusters seldom change. Bound by copying what
 * is between them. */
static double score(block_work *w, const int *numbers, int n) {
    double sum = 0;
    w->done += (int64_t)n * n;
    for (int i = 0; i < n; i++) {
        const tie_cell *from = w->cells[numbers[i]];
        for (int k = 0; k < i; k++) w->joined[i][k] = from[numbers[k]];
        w->joined_size[i] = w->size[numbers[i]];
        w->alive[i] = true;
        find_nearest(w, i);
    }
    for (int joins = 1; joins < n; joins++) {
        int b = -1;
        for (int i = 1; i < n; i++)
            if (w->alive[i] && w->near[i] >= 0 && (b < 0 || w->best[i] > w->best[b])) b = i;
        if (b < 0) return -INFINITY;
        int a = w->near[b];
        sum += odds_of(w->best[b], w->joined_size[a], w->joined_size[b]);
        join(w, n, a, b);
    }
    return sum;
}

/* ---- what is between units ---- */

static void gather_ties(block_work *w, int i) {
    const tie_graph *g = w->graph;
    int32_t u = w->units[i];
    memset(w->cells[i], 0, (size_t)w->n * sizeof w->cells[i][0]);
    w->size[i] = g->first[u + 1] - g->first[u];
    w->done += g->from[u + 1] - g->from[u];
    for (int64_t t = g->from[u]; t < g->from[u + 1]; t++) {
        int k = w->number[g->ties[t].to];
        if (k >= 0) w->cells[i][k] = g->ties[t].cell;
    }
}

static void mark_foes(block_work *w, int i, int n_units) {
    w->tied[i] = w->foe[i] = 0;
    for (int k = 0; k < w->n; k++) {
        tie_cell *cell = &w->cells[i][k];
        if (k != i && tie_share_list(w->graph, w->units[i], w->units[k])) cell->sum = LINK_FORBIDDEN;
        if (k >= n_units) continue;
        if (cell->sum < LINK_FORBIDDEN / 2)
            w->foe[i] |= 1u << k;
        else if (cell->count)
            w->tied[i] |= 1u << k;
    }
}

/* Units of the block have the numbers 0.., those of an anchor the next. */
static void gather(block_work *w, int32_t component, const block *b, int anchor) {
    int32_t from = w->graph->start[component];
    w->n = b->n_units + (anchor < 0 ? 0 : b->anchor_size[anchor]);
    for (int i = 0; i < w->n; i++) {
        int32_t place = i < b->n_units ? b->units[i] : b->anchor[anchor][i - b->n_units];
        w->units[i] = from + place;
        w->number[place] = i;
    }
    for (int i = 0; i < w->n; i++) {
        gather_ties(w, i);
        mark_foes(w, i, b->n_units);
    }
    for (int i = 0; i < w->n; i++) w->number[w->units[i] - from] = -1;
}

/* ---- weights ---- */

/* Units of `set` that can be reached from `reached` by ties among them, and whether two of them are foes. */
static bool can_be_one(const block_work *w, unsigned set, unsigned reached, unsigned foes) {
    if (set & foes) return false;
    for (unsigned seen = 0; seen != reached;) {
        unsigned fresh = reached & ~seen;
        int i = __builtin_ctz(fresh);
        seen |= 1u << i;
        if (w->foe[i] & set) return false;
        reached |= w->tied[i] & set;
    }
    return reached == set;
}

static void gather_anchor(block_work *w, int32_t component, const block *b) {
    gather(w, component, b, w->anchor);
    w->anchor_tied = w->anchor_foes = 0;
    for (int i = w->n_units; i < w->n; i++) {
        w->anchor_tied |= w->tied[i];
        w->anchor_foes |= w->foe[i];
    }
    w->gathered = true;
}

/* Of a set of the block together with the anchor. */
static double score_of_set(block_work *w, int32_t component, const block *b, unsigned set) {
    int numbers[UNITS_MOST], n = 0;
    if (!w->gathered) gather_anchor(w, component, b);
    if (!can_be_one(w, set, w->anchor < 0 ? set & -set : set & w->anchor_tied, w->anchor < 0 ? 0 : w->anchor_foes))
        return -INFINITY;
    for (; set; set &= set - 1) numbers[n++] = __builtin_ctz(set);
    for (int i = w->n_units; i < w->n; i++) numbers[n++] = i;
    return score(w, numbers, n);
}

/* Splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t key_of_unit(int32_t unit) {
    uint64_t x = ((uint64_t)unit + 1) * 0x9e3779b97f4a7c15ull;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
    return x ^ (x >> 31);
}

static double remembered_score(block_work *w, int32_t component, const block *b, unsigned set) {
    if (!w->remembered) return score_of_set(w, component, b, set);
    uint64_t key = w->anchor_key;
    for (unsigned left = set; left; left &= left - 1) key ^= w->unit_key[__builtin_ctz(left)];
    met *m = &w->remembered[key & (w->n_remembered - 1)];
    if (m->key != key) *m = (met){key, score_of_set(w, component, b, set)};
    return m->score;
}

static void take_anchor(block_work *w, const block *b, int anchor) {
    w->anchor = anchor;
    w->gathered = false;
    w->anchor_key = 0;
    for (int i = 0; anchor >= 0 && i < b->anchor_size[anchor]; i++) w->anchor_key ^= key_of_unit(b->anchor[anchor][i]);
}

static void weigh_new_clusters(block_work *w, int32_t component, const block *b) {
    take_anchor(w, b, -1);
    w->weight[0] = 0;
    for (unsigned set = 1; set < 1u << w->n_units; set++)
        w->weight[set] = set & (set - 1) ? exp(remembered_score(w, component, b, set)) : 1;
}

/* In proportion to the likeliest, since a large cluster's own weight may be more than a number can hold. What is left
 * of a cluster without the block may be no possible cluster: then some of the block have to be in it. */
static void weigh_anchor(block_work *w, int32_t component, const block *b, int anchor, double *weight) {
    unsigned sets = 1u << w->n_units;
    double best = -INFINITY;
    take_anchor(w, b, anchor);
    for (unsigned set = 0; set < sets; set++) {
        weight[set] = remembered_score(w, component, b, set);
        best = fmax(best, weight[set]);
    }
    for (unsigned set = 0; set < sets; set++) {
        double below = weight[set] - best;
        weight[set] = below > NEGLIGIBLE ? exp(below) : 0;
    }
}

/* ---- sums ---- */

/* All ways to part each set into new clusters: each set of such ways once, by the cluster of its first unit. */
static void sum_new_clusters(const block_work *w, double *sum) {
    sum[0] = 1;
    for (unsigned set = 1; set < 1u << w->n_units; set++) {
        unsigned first = set & -set, rest = set ^ first;
        sum[set] = 0;
        for (unsigned t = rest;; t = (t - 1) & rest) {
            sum[set] += w->weight[t | first] * sum[rest ^ t];
            if (!t) break;
        }
    }
}

static void sum_anchor(const block_work *w, const double *weight, const double *before, double *sum) {
    for (unsigned set = 0; set < 1u << w->n_units; set++) {
        sum[set] = 0;
        for (unsigned t = set;; t = (t - 1) & set) {
            sum[set] += weight[t] * before[set ^ t];
            if (!t) break;
        }
    }
}

void block_weigh(block_work *work, int32_t component, const block *b) {
    size_t sets = (size_t)1 << b->n_units;
    work->n_units = b->n_units;
    work->n_anchors = b->n_anchors;
    for (int i = 0; i < b->n_units; i++) work->unit_key[i] = key_of_unit(b->units[i]);
    work->done += b->n_units + b->n_anchors;
    weigh_new_clusters(work, component, b);
    sum_new_clusters(work, work->sum);
    for (int a = 0; a < b->n_anchors; a++) {
        double *weight = work->weight + sets * (size_t)(a + 1), *sum = work->sum + sets * (size_t)(a + 1);
        weigh_anchor(work, component, b, a, weight);
        sum_anchor(work, weight, sum - sets, sum);
    }
}

/* ---- draws ---- */

/* A subset of `set` that holds `first`, by its weight times the sum of what is left. */
static unsigned draw_subset(const double *weight, const double *rest_sum, unsigned set, unsigned first, double total,
                            en_rng *rng) {
    unsigned rest = set ^ first, likely = first;
    double left = en_rng_uniform(rng) * total;
    for (unsigned t = rest;; t = (t - 1) & rest) {
        double x = weight[t | first] * rest_sum[rest ^ t];
        if (x > 0) likely = t | first;
        if ((left -= x) < 0 || !t) return likely; /* the last one there is where rounding leaves a rest */
    }
}

static void assign(unsigned set, int to, int out[BLOCK_MOST]) {
    for (; set; set &= set - 1) out[__builtin_ctz(set)] = to;
}

void block_draw(const block_work *work, en_rng *rng, int out[BLOCK_MOST]) {
    size_t sets = (size_t)1 << work->n_units;
    unsigned left = (1u << work->n_units) - 1;
    for (int a = work->n_anchors; a > 0; a--) {
        const double *sum = work->sum + sets * (size_t)a;
        unsigned drawn = draw_subset(work->weight + sets * (size_t)a, sum - sets, left, 0, sum[left], rng);
        assign(drawn, a - 1, out);
        left ^= drawn;
    }
    for (int cluster = work->n_anchors; left; cluster++) {
        unsigned drawn = draw_subset(work->weight, work->sum, left, left & -left, work->sum[left], rng);
        assign(drawn, cluster, out);
        left ^= drawn;
    }
}
