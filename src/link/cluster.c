/* Which records are one person: clusters are joined while the average weight of all pairs between two of them, those
 * that were never kept being charged, is above the threshold, zero for even odds (average link; Sokal and Michener
 * 1958). Judged pairs are obeyed first. What no pair above it connects can never be joined, so each component is
 * clustered by itself, in memory of its own size. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/disjoint.h"
#include "base/parallel.h"
#include "base/sort.h"
#include "link/cluster.h"

/* What is between a cluster and another: the sum over `count` kept pairs of clamped weights. */
typedef struct edge {
    int32_t to;
    int32_t count;
    double sum;
} edge;

typedef struct group {
    edge *edges; /* by ascending `to`; some lead to clusters that are no more */
    int32_t n_edges, cap_edges;
    int32_t size;
    int32_t first, last; /* members, linked by next[] */
    bool alive;
    float weakest;
} group;

typedef struct proposal {
    double average;
    int32_t a, b;
} proposal;

/* One component. Its records have numbers of their own, in order. */
typedef struct clustering {
    const link_set *set;
    const int32_t *records; /* as the set numbers them */
    int32_t n;
    group *groups; /* n single records, then one a join */
    int32_t n_groups;
    int32_t *next;    /* of records */
    int32_t *up;      /* from a group to the one it went into; -1 */
    link_pair *pairs; /* each twice, so that edges of every record come in ascending order */
    size_t n_pairs, cap_pairs;
    proposal *heap;
    int64_t n_heap, cap_heap;
} clustering;

double link_affinity(double weight) {
    return weight < LINK_CHARGE ? LINK_CHARGE : weight > LINK_AFFINITY_MOST ? LINK_AFFINITY_MOST : weight;
}

/* ---- heap of proposals: highest average first, then lowest numbers ---- */

static bool before(const proposal *x, const proposal *y) {
    if (x->average != y->average) return x->average > y->average;
    return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static en_status push(clustering *c, proposal p, en_error *err) {
    if (c->n_heap == c->cap_heap) {
        int64_t cap = c->cap_heap ? c->cap_heap * 2 : 1024;
        proposal *grown = realloc(c->heap, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        c->heap = grown;
        c->cap_heap = cap;
    }
    int64_t i = c->n_heap++;
    for (; i && before(&p, &c->heap[(i - 1) / 2]); i = (i - 1) / 2) c->heap[i] = c->heap[(i - 1) / 2];
    c->heap[i] = p;
    return EN_OK;
}

static proposal pop(clustering *c) {
    proposal top = c->heap[0], last = c->heap[--c->n_heap];
    int64_t i = 0;
    for (int64_t child; (child = 2 * i + 1) < c->n_heap; i = child) {
        if (child + 1 < c->n_heap && before(&c->heap[child + 1], &c->heap[child])) child++;
        if (!before(&c->heap[child], &last)) break;
        c->heap[i] = c->heap[child];
    }
    if (c->n_heap) c->heap[i] = last;
    return top;
}

/* ---- joining ---- */

static en_status add_edge(group *g, edge e, en_error *err) {
    if (!g->edges || g->n_edges == g->cap_edges) {
        int32_t cap = g->cap_edges ? g->cap_edges * 2 : 4;
        edge *grown = realloc(g->edges, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        g->edges = grown;
        g->cap_edges = cap;
    }
    g->edges[g->n_edges++] = e;
    return EN_OK;
}

/* Two clusters are tested once, by all pairs between them, which agree or err together for the most part: the evidence
 * of clusters of n records counts n^0.1 times that of a pair, up to n = 6, and the prior once. */
#define TESTS_GROW 0.1
#define TESTS_MOST 6.0

double link_joint_odds(const link_set *set, double average, double size_a, double size_b) {
    double size = 2 / (1 / size_a + 1 / size_b);
    return set->log_prior + pow(size < TESTS_MOST ? size : TESTS_MOST, TESTS_GROW) * (average - set->log_prior);
}

static double odds(const clustering *c, int32_t a, const edge *e) {
    double size_a = c->groups[a].size, size_b = c->groups[e->to].size, all = size_a * size_b;
    return link_joint_odds(c->set, (e->sum + (all - e->count) * LINK_CHARGE) / all, size_a, size_b);
}

static bool share_list(const clustering *c, int32_t a, int32_t b) {
    if (!c->set->one_per_list) return false;
    const int32_t *list = c->set->list;
    for (int32_t i = c->groups[a].first; i >= 0; i = c->next[i])
        for (int32_t k = c->groups[b].first; k >= 0; k = c->next[k])
            if (list[c->records[i]] == list[c->records[k]]) return true;
    return false;
}

/* Edges of a and b in one, by ascending `to`; whatever led to either is left out. */
static en_status merge_edges(clustering *c, int32_t a, int32_t b, group *into, en_error *err) {
    const group *x = &c->groups[a], *y = &c->groups[b];
    for (int32_t i = 0, k = 0; i < x->n_edges || k < y->n_edges;) {
        edge e;
        if (k == y->n_edges || (i < x->n_edges && x->edges[i].to < y->edges[k].to))
            e = x->edges[i++];
        else if (i == x->n_edges || y->edges[k].to < x->edges[i].to)
            e = y->edges[k++];
        else {
            e = x->edges[i++];
            e.sum += y->edges[k].sum;
            e.count += y->edges[k++].count;
        }
        if (e.to != a && e.to != b && c->groups[e.to].alive) EN_TRY(add_edge(into, e, err));
    }
    return EN_OK;
}

static en_status join(clustering *c, int32_t a, int32_t b, float weakest, bool propose, en_error *err) {
    int32_t number = c->n_groups++;
    group *g = &c->groups[number], *x = &c->groups[a], *y = &c->groups[b];
    *g = (group){.size = x->size + y->size, .first = x->first, .last = y->last, .alive = true};
    g->weakest = fminf(weakest, fminf(x->weakest, y->weakest));
    EN_TRY(merge_edges(c, a, b, g, err));
    c->next[x->last] = y->first;
    x->alive = y->alive = false;
    free(x->edges);
    free(y->edges);
    x->edges = y->edges = NULL;
    x->n_edges = y->n_edges = 0;
    for (int32_t i = 0; i < g->n_edges; i++) {
        edge e = g->edges[i];
        EN_TRY(add_edge(&c->groups[e.to], (edge){number, e.count, e.sum}, err));
        double joint = odds(c, number, &e);
        if (propose && joint > c->set->threshold) EN_TRY(push(c, (proposal){joint, e.to, number}, err));
    }
    return EN_OK;
}

static en_status join_all(clustering *c, en_error *err) {
    for (int32_t a = 0; a < c->n_groups; a++)
        for (int32_t i = 0; c->groups[a].alive && i < c->groups[a].n_edges; i++) {
            const edge *e = &c->groups[a].edges[i];
            if (e->to < a || !c->groups[e->to].alive) continue;
            double joint = odds(c, a, e);
            if (joint > c->set->threshold) EN_TRY(push(c, (proposal){joint, a, e->to}, err));
        }
    while (c->n_heap) {
        proposal p = pop(c);
        if (!c->groups[p.a].alive || !c->groups[p.b].alive || share_list(c, p.a, p.b)) continue;
        EN_TRY(join(c, p.a, p.b, (float)(1 / (1 + exp(-p.average))), true, err));
    }
    return EN_OK;
}

/* ---- one component ---- */

static int32_t group_of(const int32_t *up, int32_t i) {
    while (up[i] >= 0) i = up[i];
    return i;
}

/* Judged the same: joined before anything else. */
static en_status obey_same(clustering *c, int32_t x, int32_t y, en_error *err) {
    int32_t a = group_of(c->up, x), b = group_of(c->up, y);
    if (a == b) return EN_OK;
    c->up[a] = c->up[b] = c->n_groups;
    return join(c, a < b ? a : b, a < b ? b : a, 1, false, err);
}

static en_status link_records(clustering *c, en_error *err) {
    link_pairs_order(c->pairs, c->n_pairs);
    for (size_t i = 0; i < c->n_pairs; i++) {
        const link_pair *p = &c->pairs[i];
        group *g = &c->groups[p->a];
        edge *last = g->n_edges ? &g->edges[g->n_edges - 1] : NULL;
        if (last && last->to == p->b)
            last->sum += (double)p->weight;
        else
            EN_TRY(add_edge(g, (edge){p->b, 1, (double)p->weight}, err));
    }
    return EN_OK;
}

static en_status add_pair(clustering *c, int32_t a, int32_t b, double weight, en_error *err) {
    if (c->n_pairs + 2 > c->cap_pairs) {
        size_t cap = c->cap_pairs ? 2 * c->cap_pairs : 64;
        link_pair *grown = realloc(c->pairs, cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        c->pairs = grown;
        c->cap_pairs = cap;
    }
    c->pairs[c->n_pairs++] = (link_pair){.a = a, .b = b, .weight = (float)weight};
    c->pairs[c->n_pairs++] = (link_pair){.a = b, .b = a, .weight = (float)weight};
    return EN_OK;
}

/* A cluster is named by its first record. */
static void write_clusters(const clustering *c, link_partition *out) {
    for (int32_t g = 0; g < c->n_groups; g++) {
        if (!c->groups[g].alive) continue;
        int32_t name = c->records[c->groups[g].first];
        for (int32_t i = c->groups[g].first; i >= 0; i = c->next[i])
            if (c->records[i] < name) name = c->records[i];
        for (int32_t i = c->groups[g].first; i >= 0; i = c->next[i]) {
            out->cluster[c->records[i]] = name;
            out->weakest[c->records[i]] = c->groups[g].weakest;
        }
    }
}

/* ---- all of them ---- */

typedef struct components {
    const link_set *set;
    const link_pairs *pairs;
    const link_judgements *judged;
    link_partition *out;
    int32_t n;      /* of two records and more, in order of their first ones */
    int32_t *of;    /* component of each record; -1 alone */
    int32_t *place; /* of each record in its component */
    int32_t *start; /* n + 1: members of component k are members[start[k]..start[k+1]] */
    int32_t *members;
    int64_t *pair_start; /* likewise, numbers of pairs */
    uint32_t *pair_at;
    en_keyed *judgements; /* by component */
    size_t n_judgements;
    int32_t *task_start; /* components of each task */
    size_t tasks;
} components;

/* Components by the lowest of their records, in c->of; those of a single record have none. */
static void find_components(components *c) {
    int32_t n = c->set->n, *up = c->of;
    for (int32_t i = 0; i < n; i++) up[i] = i;
    for (int64_t i = 0; i < c->pairs->n; i++)
        if ((double)c->pairs->pairs[i].weight > c->set->threshold)
            en_disjoint_unite(up, c->pairs->pairs[i].a, c->pairs->pairs[i].b);
    for (size_t i = 0; i < c->judged->n; i++)
        if (c->judged->of[i].judged == EN_JUDGED_SAME) en_disjoint_unite(up, c->judged->of[i].a, c->judged->of[i].b);
    for (int32_t i = 0; i < n; i++) c->place[i] = 0;
    for (int32_t i = 0; i < n; i++) c->place[en_disjoint_root(up, i)]++;
}

/* of[] becomes the number of each record's component; start[] where its members will stand. */
static void number_components(components *c) {
    int32_t n = c->set->n, sum = 0, *root = c->of, *number = c->members;
    for (int32_t i = 0; i < n; i++) root[i] = en_disjoint_root(root, i);
    for (int32_t i = 0; i < n; i++) {
        number[i] = -1;
        if (root[i] != i || c->place[i] < 2) continue;
        c->start[c->n] = sum;
        sum += c->place[i];
        number[i] = c->n++;
    }
    c->start[c->n] = sum;
    for (int32_t i = n - 1; i >= 0; i--) root[i] = number[root[i]];
}

static en_status list_members(components *c, en_error *err) {
    int32_t *listed = calloc((size_t)c->n + 1, sizeof *listed);
    if (!listed) return en_no_memory(err);
    for (int32_t i = 0; i < c->set->n; i++) {
        if (c->of[i] < 0) continue;
        c->place[i] = listed[c->of[i]]++;
        c->members[c->start[c->of[i]] + c->place[i]] = i;
    }
    free(listed);
    return EN_OK;
}

static int32_t component_of(const components *c, const link_pair *p) {
    return c->of[p->a] == c->of[p->b] ? c->of[p->a] : -1;
}

static en_status list_pairs(components *c, en_error *err) {
    int64_t n = c->pairs->n, listed = 0;
    if (n >= UINT32_MAX) return en_fail(err, EN_ERR_LIMIT, "more than 2^32 pairs to cluster");
    c->pair_start = calloc((size_t)c->n + 2, sizeof *c->pair_start);
    if (!c->pair_start) return en_no_memory(err);
    int64_t *at = c->pair_start + 1; /* so that filling leaves starts behind */
    for (int64_t i = 0; i < n; i++) {
        int32_t k = component_of(c, &c->pairs->pairs[i]);
        if (k >= 0) at[k]++;
    }
    for (int32_t k = 0; k < c->n; k++) {
        int64_t count = at[k];
        at[k] = listed;
        listed += count;
    }
    c->pair_at = malloc(((size_t)listed + 1) * sizeof *c->pair_at);
    if (!c->pair_at) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) {
        int32_t k = component_of(c, &c->pairs->pairs[i]);
        if (k >= 0) c->pair_at[at[k]++] = (uint32_t)i;
    }
    return EN_OK;
}

static en_status list_judgements(components *c, en_error *err) {
    size_t room = c->judged->n + 1;
    en_keyed *scratch = malloc(room * sizeof *scratch);
    c->judgements = malloc(room * sizeof *c->judgements);
    if (!scratch || !c->judgements) {
        free(scratch);
        return en_no_memory(err);
    }
    for (size_t i = 0; i < c->judged->n; i++) {
        int32_t k = c->of[c->judged->of[i].a];
        if (k >= 0 && k == c->of[c->judged->of[i].b])
            c->judgements[c->n_judgements++] = (en_keyed){(uint64_t)k, (int32_t)i};
    }
    en_sort_keyed(c->judgements, scratch, c->n_judgements);
    free(scratch);
    return EN_OK;
}

/* First judgement of component k or a later one. */
static size_t first_judgement(const components *c, int32_t k) {
    size_t low = 0, high = c->n_judgements;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->judgements[middle].key < (uint64_t)k)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static en_status read_component(clustering *w, const components *c, int32_t k, en_error *err) {
    w->records = c->members + c->start[k];
    w->n = c->start[k + 1] - c->start[k];
    w->n_groups = w->n;
    w->n_pairs = 0;
    w->n_heap = 0;
    for (int32_t i = 0; i < w->n; i++) {
        w->groups[i] = (group){.size = 1, .first = i, .last = i, .alive = true, .weakest = 1};
        w->next[i] = -1;
    }
    for (int32_t i = 0; i < 2 * w->n; i++) w->up[i] = -1;
    for (int64_t e = c->pair_start[k]; e < c->pair_start[k + 1]; e++) {
        const link_pair *p = &c->pairs->pairs[c->pair_at[e]];
        EN_TRY(add_pair(w, c->place[p->a], c->place[p->b], link_affinity((double)p->weight), err));
    }
    return EN_OK;
}

static en_status cluster_component(clustering *w, const components *c, int32_t k, en_error *err) {
    EN_TRY(read_component(w, c, k, err));
    size_t first = first_judgement(c, k), last = first_judgement(c, k + 1);
    for (size_t i = first; i < last; i++) {
        const link_judgement *j = &c->judged->of[c->judgements[i].of];
        if (j->judged == EN_JUDGED_DIFFERENT) EN_TRY(add_pair(w, c->place[j->a], c->place[j->b], LINK_FORBIDDEN, err));
    }
    EN_TRY(link_records(w, err));
    for (size_t i = first; i < last; i++) {
        const link_judgement *j = &c->judged->of[c->judgements[i].of];
        if (j->judged == EN_JUDGED_SAME) EN_TRY(obey_same(w, c->place[j->a], c->place[j->b], err));
    }
    EN_TRY(join_all(w, err));
    write_clusters(w, c->out);
    return EN_OK;
}

static en_status cluster_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    const components *c = ctx;
    int32_t from = c->task_start[task], to = c->task_start[task + 1], most = 0;
    for (int32_t k = from; k < to; k++)
        if (c->start[k + 1] - c->start[k] > most) most = c->start[k + 1] - c->start[k];
    size_t room = 2 * (size_t)most + 1;
    clustering w = {.set = c->set, .groups = calloc(room, sizeof *w.groups), .next = calloc(room, sizeof *w.next)};
    w.up = calloc(room, sizeof *w.up);
    en_status status = w.groups && w.next && w.up ? EN_OK : en_no_memory(err);
    for (int32_t k = from; status == EN_OK && k < to; k++) {
        status = cluster_component(&w, c, k, err);
        for (int32_t g = 0; g < w.n_groups; g++) free(w.groups[g].edges);
    }
    free(w.groups);
    free(w.next);
    free(w.up);
    free(w.heap);
    free(w.pairs);
    return status;
}

enum { MEMBERS_A_TASK = 8192 };

static en_status cluster_all(components *c, en_error *err) {
    c->task_start = malloc(((size_t)c->start[c->n] / MEMBERS_A_TASK + 3) * sizeof *c->task_start);
    if (!c->task_start) return en_no_memory(err);
    c->task_start[0] = 0;
    for (int32_t k = 0; k < c->n; k++)
        if (c->start[k + 1] - c->start[c->task_start[c->tasks]] >= MEMBERS_A_TASK || k + 1 == c->n)
            c->task_start[++c->tasks] = k + 1;
    return en_parallel_for(c->tasks, c->set->threads, cluster_task, c, "clustering", c->set->progress, err);
}

en_status link_cluster(const link_set *set, const link_pairs *pairs, const link_judgements *judged, link_partition *out,
                       en_error *err) {
    size_t room = (size_t)set->n + 1;
    components c = {.set = set,
                    .pairs = pairs,
                    .judged = judged,
                    .out = out,
                    .of = malloc(room * sizeof *c.of),
                    .place = malloc(room * sizeof *c.place),
                    .start = malloc(room * sizeof *c.start),
                    .members = malloc(room * sizeof *c.members)};
    en_status status = c.of && c.place && c.start && c.members ? EN_OK : en_no_memory(err);
    for (int32_t i = 0; i < set->n; i++) {
        out->cluster[i] = i;
        out->weakest[i] = 1;
    }
    if (status == EN_OK) {
        find_components(&c);
        number_components(&c);
        status = list_members(&c, err);
    }
    if (status == EN_OK) status = list_pairs(&c, err);
    if (status == EN_OK) status = list_judgements(&c, err);
    if (status == EN_OK) status = cluster_all(&c, err);
    free(c.of);
    free(c.place);
    free(c.start);
    free(c.members);
    free(c.pair_start);
    free(c.pair_at);
    free(c.judgements);
    free(c.task_start);
    return status;
}
