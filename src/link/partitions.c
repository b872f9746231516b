/* Plausible partitions: components of up to ten units are drawn exactly; larger ones by Markov chains whose every step
 * draws anew, exactly, how a few neighbouring units are parted, given all others (Gibbs sampling of blocks; Geman and
 * Geman 1984). Such a step splits, merges and moves at once, and is never refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "link/block_draw.h"

/* Chains of a component. All but the last begin with what was found, and draw; the last begins with every unit alone,
 * and shows by coming to agree with the others, or not, whether they are long enough. Sweeps before the first draw and
 * between two: a sweep draws each unit that is in doubt anew about once. */
enum { DRAWING = 3, CHAINS = DRAWING + 1, SWEEPS_BEFORE = 20, SWEEPS_BETWEEN = 4, SWEEPS_COMPARED = 20 };
/* Steps and cells of the tables of clusters that a chain may take, and more for each unit. */
#define WORK_LEAST 1e8
#define WORK_A_UNIT 2e4

/* How a chain went. */
typedef struct trace {
    double sweeps, mean, squares; /* of the number of clusters after each sweep that counts (Welford 1962) */
    bool cut;                     /* it had to do with less work than it asked for */
} trace;

typedef struct drawing {
    const link_results *r;
    const en_link_result *result;
    int64_t partitions;
    int32_t exact_most; /* units of components that are drawn exactly */
    tie_graph graph;
    int32_t *found;         /* of each unit: the first of the component that was found to be the same person */
    int32_t *small, *large; /* components */
    size_t n_small, n_large;
    block_work **work; /* of each worker */
    int n_workers;
    trace *traces; /* of each large component and chain */
    int32_t *out;  /* partitions times n records, by row: clusters, numbered by units */
} drawing;

/* ---- writing a component's draw ---- */

static void write_draw(const drawing *d, int32_t component, int64_t draw, const int32_t *cluster) {
    const tie_graph *g = &d->graph;
    int32_t from = g->start[component], *out = d->out + draw * d->r->set->n;
    for (int32_t u = from; u < g->start[component + 1]; u++)
        for (int32_t i = g->first[u]; i < g->first[u + 1]; i++)
            out[d->r->set->row[g->records[i]]] = from + cluster[u - from];
}

static void start_stream(const drawing *d, int32_t component, int chain, en_rng *rng) {
    int32_t record = d->graph.records[d->graph.first[d->graph.start[component]]];
    en_rng_init(rng, d->r->set->seed, LINK_STREAM_DRAWS + (uint64_t)record * CHAINS + (uint64_t)chain);
}

/* ---- small components ---- */

static void draw_small(const drawing *d, int32_t component, block_work *work) {
    int drawn[BLOCK_MOST];
    int32_t cluster[BLOCK_MOST] = {0};
    block all = {.n_units = d->graph.start[component + 1] - d->graph.start[component]};
    en_rng rng;
    start_stream(d, component, 0, &rng);
    for (int i = 0; i < all.n_units; i++) all.units[i] = i;
    block_weigh(work, component, &all);
    for (int k = 0; k < d->partitions; k++) {
        block_draw(work, &rng, drawn);
        for (int i = 0; i < all.n_units; i++) cluster[i] = drawn[i];
        write_draw(d, component, k, cluster);
    }
}

enum { SMALL_A_TASK = 256 };

static en_status draw_some(void *ctx, size_t task, int worker, en_error *err) {
    (void)err;
    const drawing *d = ctx;
    size_t end = (task + 1) * SMALL_A_TASK < d->n_small ? (task + 1) * SMALL_A_TASK : d->n_small;
    for (size_t i = task * SMALL_A_TASK; i < end; i++) draw_small(d, d->small[i], d->work[worker]);
    return EN_OK;
}

/* ---- the state of a chain ---- */

typedef struct chain {
    const drawing *d;
    block_work *work;
    int32_t component, first, n; /* first unit and how many */
    int32_t *cluster;            /* of each unit */
    int32_t *next, *before;      /* units of a cluster, in rings */
    int32_t *size, *member;      /* of each cluster: how many units, and one of them */
    int32_t *spare;              /* clusters without units */
    int32_t n_spare;
    double *doubt;  /* of each tie of the component: how often to start from it, added up */
    double *likely; /* likewise: how likely it is */
    double all_doubt;
    int32_t (*outside)[CLUSTER_MOST]; /* anchors in hand */
    en_rng rng;
} chain;

static void enter(chain *c, int32_t unit, int32_t cluster) {
    int32_t m = c->member[cluster];
    c->next[unit] = c->before[unit] = unit;
    if (c->size[cluster]++ > 0) {
        c->next[unit] = c->next[m];
        c->before[unit] = m;
        c->before[c->next[m]] = unit;
        c->next[m] = unit;
    }
    c->member[cluster] = unit;
    c->cluster[unit] = cluster;
}

static void leave(chain *c, int32_t unit) {
    int32_t cluster = c->cluster[unit];
    c->next[c->before[unit]] = c->next[unit];
    c->before[c->next[unit]] = c->before[unit];
    c->member[cluster] = c->next[unit];
    if (--c->size[cluster] == 0) c->spare[c->n_spare++] = cluster;
}

static bool found_too_large(const chain *c) {
    int32_t largest = 0;
    memset(c->size, 0, (size_t)c->n * sizeof *c->size);
    for (int32_t u = 0; u < c->n; u++) {
        int32_t size = ++c->size[c->d->found[c->first + u] - c->first];
        if (size > largest) largest = size;
    }
    return largest > CLUSTER_MOST;
}

/* Units alone, or as they were found; so too where a cluster was found that is larger than steps could make it. */
static void start_partition(chain *c, bool found) {
    found |= found_too_large(c);
    memset(c->size, 0, (size_t)c->n * sizeof *c->size);
    for (int32_t u = 0; u < c->n; u++) enter(c, u, found ? c->d->found[c->first + u] - c->first : u);
    c->n_spare = 0;
    for (int32_t k = c->n - 1; k >= 0; k--)
        if (c->size[k] == 0) c->spare[c->n_spare++] = k;
}

/* ---- where to step ---- */

static double chance(const tie *t) { return 1 / (1 + exp(-(double)t->cell.top)); }

/* Units that both may be one with u, but not with each other: of nearly sure ties, only one can hold. */
static double rival(const tie_graph *g, int32_t from, int32_t u, const tie *t) {
    double most = 0;
    for (int64_t k = g->from[u]; k < g->from[u + 1]; k++) {
        const tie *other = &g->ties[k];
        if (other != t && chance(other) > most && tie_share_list(g, from + t->to, from + other->to))
            most = chance(other);
    }
    return most;
}

/* No tie is so sure that it is never looked at. */
#define DOUBT_LEAST 0.02
#define RIVAL_LEAST 0.1

static void add_up_doubt(chain *c) {
    const tie_graph *g = &c->d->graph;
    int64_t n = 0;
    double all_likely = 0;
    c->all_doubt = 0;
    for (int32_t u = c->first; u < c->first + c->n; u++)
        for (int64_t k = g->from[u]; k < g->from[u + 1]; k++) {
            const tie *t = &g->ties[k];
            double p = chance(t), doubt = fmin(p, 1 - p);
            if (p > RIVAL_LEAST && g->set->one_per_list) doubt = fmax(doubt, fmin(p, rival(g, c->first, u, t)));
            c->all_doubt += doubt + DOUBT_LEAST;
            all_likely += p + DOUBT_LEAST;
            c->doubt[n] = c->all_doubt;
            c->likely[n++] = all_likely;
        }
}

/* The first of sums[low..high] that exceeds x, or the last. */
static int64_t sum_above(const double *sums, int64_t low, int64_t high, double x) {
    while (low < high) {
        int64_t mid = low + (high - low) / 2;
        if (sums[mid] > x)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

static int32_t end_of_tie(const chain *c, int64_t number) {
    const int64_t *from = c->d->graph.from + c->first;
    int32_t low = 0, high = c->n - 1;
    while (low < high) {
        int32_t mid = low + (high - low + 1) / 2;
        if (from[mid] - from[0] <= number)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

static bool in_block(const block *b, int32_t unit) {
    for (int i = 0; i < b->n_units; i++)
        if (b->units[i] == unit) return true;
    return false;
}

/* One of a unit's neighbours, by how likely their tie is. */
static int32_t draw_neighbour(chain *c, int32_t unit) {
    const tie_graph *g = &c->d->graph;
    int64_t from = g->from[c->first + unit], to = g->from[c->first + unit + 1], first = g->from[c->first];
    double before = from > first ? c->likely[from - first - 1] : 0, end = c->likely[to - first - 1];
    return g
        ->ties[first +
               sum_above(c->likely, from - first, to - first - 1, before + en_rng_uniform(&c->rng) * (end - before))]
        .to;
}

/* The two ends of a tie, and up to two of their neighbours. Chosen without a look at the partition, so that drawing
 * them anew leaves its distribution as it is. */
static void choose_units(chain *c, block *b) {
    const tie_graph *g = &c->d->graph;
    int64_t first = g->from[c->first], last = g->from[c->first + c->n] - 1;
    int64_t number = sum_above(c->doubt, 0, last - first, en_rng_uniform(&c->rng) * c->all_doubt);
    const tie *t = &g->ties[first + number];
    *b = (block){.n_units = 2, .units = {end_of_tie(c, number), t->to}};
    for (int more = (int)en_rng_below(&c->rng, ANCHORED_MOST - 1); more > 0; more--) {
        int32_t near = draw_neighbour(c, b->units[en_rng_below(&c->rng, (uint64_t)b->n_units)]);
        if (!in_block(b, near)) b->units[b->n_units++] = near;
    }
}

/* ---- what is around ---- */

typedef struct around {
    int32_t cluster;
    double key;
} around;

/* The clusters around the block with the strongest ties to it, some noise added so that each comes to be among them. By
 * the units outside the block alone, for the same reason. */
static int choose_clusters(chain *c, const block *b, around chosen[ANCHORS_MOST]) {
    const tie_graph *g = &c->d->graph;
    int n = 0;
    for (int i = 0; i < b->n_units; i++)
        for (int64_t k = g->from[c->first + b->units[i]]; k < g->from[c->first + b->units[i] + 1]; k++) {
            const tie *t = &g->ties[k];
            if (in_block(b, t->to)) continue;
            around one = {c->cluster[t->to], (double)t->cell.top + en_rng_exponential(&c->rng)};
            int at = 0;
            while (at < n && chosen[at].cluster != one.cluster) at++;
            if (at < n ? chosen[at].key >= one.key : n == ANCHORS_MOST && chosen[n - 1].key >= one.key) continue;
            if (at == n && n < ANCHORS_MOST) n++;
            if (at == n) at--;
            for (; at > 0 && chosen[at - 1].key < one.key; at--) chosen[at] = chosen[at - 1];
            chosen[at] = one;
        }
    return n;
}

static void set_anchor(chain *c, block *b, int32_t cluster) {
    int32_t *outside = c->outside[b->n_anchors], unit = c->member[cluster], n = 0;
    for (int32_t i = 0; i < c->size[cluster]; i++, unit = c->next[unit])
        if (!in_block(b, unit)) outside[n++] = unit;
    b->anchor[b->n_anchors] = outside;
    b->anchor_size[b->n_anchors++] = n;
}

/* Whether the block as it is now is one of the ways to part it: its units are alone or in a chosen cluster. */
static bool is_possible(const chain *c, const block *b, const int32_t *clusters) {
    for (int i = 0; i < b->n_units; i++) {
        int32_t cluster = c->cluster[b->units[i]], inside = 0;
        for (int k = 0; k < b->n_units; k++) inside += c->cluster[b->units[k]] == cluster;
        bool chosen = inside == c->size[cluster];
        for (int a = 0; a < b->n_anchors; a++) chosen |= clusters[a] == cluster;
        if (!chosen) return false;
    }
    return true;
}

/* ---- steps ---- */

static void put_block(chain *c, const block *b, const int32_t *clusters, const int *drawn) {
    int32_t of_new[BLOCK_MOST + ANCHORS_MOST];
    for (int i = 0; i < BLOCK_MOST + ANCHORS_MOST; i++) of_new[i] = -1;
    for (int i = 0; i < b->n_units; i++) leave(c, b->units[i]);
    for (int i = 0; i < b->n_units; i++) {
        int to = drawn[i];
        if (to >= b->n_anchors && of_new[to] < 0) of_new[to] = c->spare[--c->n_spare];
        enter(c, b->units[i], to < b->n_anchors ? clusters[to] : of_new[to]);
    }
}

static void step(chain *c) {
    block b;
    around chosen[ANCHORS_MOST];
    int32_t clusters[ANCHORS_MOST];
    int drawn[BLOCK_MOST];
    choose_units(c, &b);
    int n = choose_clusters(c, &b, chosen);
    for (int k = 0; k < n; k++) {
        if (c->size[chosen[k].cluster] > CLUSTER_MOST) continue;
        clusters[b.n_anchors] = chosen[k].cluster;
        set_anchor(c, &b, chosen[k].cluster);
    }
    if (!is_possible(c, &b, clusters)) return;
    block_weigh(c->work, c->component, &b);
    block_draw(c->work, &c->rng, drawn);
    put_block(c, &b, clusters, drawn);
}

/* A step draws three units anew. */
static void sweep(chain *c, double allowed, trace *t) {
    int64_t steps = (int64_t)(c->all_doubt / 3) + 1, start = block_work_done(c->work), i = 0;
    for (; i < steps && (double)(block_work_done(c->work) - start) < allowed; i++) step(c);
    t->cut |= 2 * i < steps;
}

static void note(trace *t, double x) {
    double off = x - t->mean;
    t->sweeps++;
    t->mean += off / t->sweeps;
    t->squares += off * (x - t->mean);
}

/* Chain k < DRAWING has the draws k, k + DRAWING, … */
static void run_chain(chain *c, int number, trace *t) {
    int64_t draws = number < DRAWING ? (c->d->partitions - number + DRAWING - 1) / DRAWING : 0;
    int64_t sweeps = SWEEPS_BEFORE + SWEEPS_BETWEEN * draws;
    if (sweeps < SWEEPS_BEFORE + SWEEPS_COMPARED) sweeps = SWEEPS_BEFORE + SWEEPS_COMPARED;
    double allowed = (WORK_LEAST + WORK_A_UNIT * c->n) / (double)sweeps;
    start_stream(c->d, c->component, number, &c->rng);
    start_partition(c, number < DRAWING);
    add_up_doubt(c);
    for (int64_t s = 1; s <= sweeps; s++) {
        sweep(c, allowed, t);
        if (s <= SWEEPS_BEFORE) continue;
        note(t, (double)(c->n - c->n_spare));
        int64_t draw = (s - SWEEPS_BEFORE) / SWEEPS_BETWEEN - 1;
        if ((s - SWEEPS_BEFORE) % SWEEPS_BETWEEN == 0 && draw < draws)
            write_draw(c->d, c->component, number + DRAWING * draw, c->cluster);
    }
}

static en_status draw_large(void *ctx, size_t task, int worker, en_error *err) {
    const drawing *d = ctx;
    const tie_graph *g = &d->graph;
    chain c = {.d = d, .work = d->work[worker], .component = d->large[task / CHAINS]};
    c.first = g->start[c.component];
    c.n = g->start[c.component + 1] - c.first;
    size_t n = (size_t)c.n, ties = (size_t)(g->from[c.first + c.n] - g->from[c.first]);
    int32_t *arrays = calloc(6 * n, sizeof *arrays);
    c.doubt = malloc(2 * ties * sizeof *c.doubt);
    c.outside = malloc(ANCHORS_MOST * sizeof *c.outside);
    en_status status = arrays && c.doubt && c.outside ? EN_OK : en_no_memory(err);
    if (status == EN_OK) status = block_work_remember(c.work, c.n, err);
    if (status == EN_OK) {
        c.likely = c.doubt + ties;
        c.cluster = arrays;
        c.next = arrays + n;
        c.before = arrays + 2 * n;
        c.size = arrays + 3 * n;
        c.member = arrays + 4 * n;
        c.spare = arrays + 5 * n;
        run_chain(&c, (int)(task % CHAINS), &d->traces[task]);
    }
    free(arrays);
    free(c.doubt);
    free(c.outside);
    return status;
}

/* ---- all components ---- */

/* Chains that began as found against the one that began alone: their mean numbers of clusters should differ by no more
 * than the numbers themselves go up and down; of many clusters, a few more or less do not matter. */
static bool is_doubtful(const trace *t) {
    double mean = 0, squares = 0, sweeps = 0;
    for (int k = 0; k < CHAINS; k++) {
        if (t[k].cut) return true;
        if (k < DRAWING) mean += t[k].mean / DRAWING;
        squares += t[k].squares;
        sweeps += t[k].sweeps - 1;
    }
    double apart = fabs(mean - t[DRAWING].mean);
    return apart > 3 * sqrt(squares / fmax(sweeps, 1)) + 0.5 && apart > 0.005 * mean;
}

static void warn_of_doubtful(const drawing *d, link_set *set) {
    int32_t largest = 0, n = 0;
    for (size_t i = 0; i < d->n_large; i++) {
        int32_t c = d->large[i], size = d->graph.start[c + 1] - d->graph.start[c];
        if (!is_doubtful(&d->traces[i * CHAINS])) continue;
        n++;
        if (size > largest) largest = size;
    }
    if (n)
        link_warn(
            set,
            "partitions: in %d tangles of records, the largest of %d, chains did not come to agree: what is drawn "
            "there understates how uncertain it is",
            (int)n, (int)largest);
}

static en_status find_components(drawing *d, en_error *err) {
    const tie_graph *g = &d->graph;
    int32_t *first_of = malloc(((size_t)d->result->n_persons + 1) * sizeof *first_of);
    d->found = calloc((size_t)g->n_units + 1, sizeof *d->found);
    d->small = malloc(((size_t)g->n_components + 1) * sizeof *d->small);
    d->large = malloc(((size_t)g->n_components + 1) * sizeof *d->large);
    if (!first_of || !d->found || !d->small || !d->large) {
        free(first_of);
        return en_no_memory(err);
    }
    for (int64_t p = 0; p < d->result->n_persons; p++) first_of[p] = -1;
    for (int32_t c = 0; c < g->n_components; c++) {
        int32_t n = g->start[c + 1] - g->start[c];
        *(n <= d->exact_most ? &d->small[d->n_small++] : &d->large[d->n_large++]) = c;
        for (int32_t u = g->start[c]; u < g->start[c + 1]; u++) {
            int32_t *first = &first_of[d->result->person[d->r->set->row[g->records[g->first[u]]]]];
            if (*first < g->start[c]) *first = u;
            d->found[u] = *first;
        }
    }
    free(first_of);
    return EN_OK;
}

static en_status make_room(drawing *d, en_error *err) {
    size_t small = d->n_small / SMALL_A_TASK + 1, large = d->n_large * CHAINS, most = small > large ? small : large;
    int workers = en_parallel_workers(most, d->r->set->threads);
    d->traces = calloc(large + 1, sizeof *d->traces);
    d->work = calloc((size_t)workers + 1, sizeof *d->work);
    if (!d->traces || !d->work) return en_no_memory(err);
    for (; d->n_workers < workers; d->n_workers++)
        if (!(d->work[d->n_workers] = block_work_new(&d->graph))) return en_no_memory(err);
    return EN_OK;
}

static en_status draw_all(drawing *d, en_error *err) {
    const link_set *set = d->r->set;
    EN_TRY(find_components(d, err));
    EN_TRY(make_room(d, err));
    size_t small = (d->n_small + SMALL_A_TASK - 1) / SMALL_A_TASK;
    EN_TRY(en_parallel_for(small, set->threads, draw_some, d, "drawing partitions", set->progress, err));
    return en_parallel_for(d->n_large * CHAINS, set->threads, draw_large, d, "drawing partitions", set->progress, err);
}

/* Persons by the order of their first records, as everywhere. */
static en_status number(const drawing *d, en_error *err) {
    const link_set *set = d->r->set;
    int32_t *number = calloc((size_t)d->graph.n_units + 1, sizeof *number);
    if (!number) return en_no_memory(err);
    for (int64_t k = 0; k < d->partitions; k++) {
        int32_t *person = d->out + k * set->n, n = 0;
        for (int32_t u = 0; u < d->graph.n_units; u++) number[u] = -1;
        for (int32_t i = 0; i < set->n; i++) {
            int32_t *first = &number[person[set->row[i]]];
            if (*first < 0) *first = n++;
            person[set->row[i]] = *first;
        }
    }
    free(number);
    return EN_OK;
}

en_status link_draw_partitions(link_set *set, const link_results *r, int partitions, int exact_most,
                               en_link_result *out, en_error *err) {
    if (partitions <= 0) return EN_OK;
    drawing d = {.r = r, .result = out, .partitions = partitions, .exact_most = exact_most};
    d.out = out->partitions = malloc(((size_t)partitions * (size_t)set->n + 1) * sizeof *out->partitions);
    en_status status = d.out ? tie_graph_build(r, &d.graph, err) : en_no_memory(err);
    if (status == EN_OK) status = draw_all(&d, err);
    if (status == EN_OK) status = number(&d, err);
    if (status == EN_OK) {
        out->n_partitions = partitions;
        warn_of_doubtful(&d, set);
    }
    for (int k = 0; k < d.n_workers; k++) block_work_free(d.work[k]);
    free(d.work);
    free(d.traces);
    free(d.found);
    free(d.small);
    free(d.large);
    tie_graph_clear(&d.graph);
    return status;
}
