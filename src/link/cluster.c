/* Which records are one person: clusters are joined while the average weight of all pairs between two of them, those
 * that were never kept being charged, is above zero (average link; Sokal and Michener 1958). Judged pairs are obeyed
 * first. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

typedef struct clustering {
    const link_set *set;
    group *groups; /* n single records, then one a join */
    int32_t n_groups;
    int32_t *next;
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
    if (g->n_edges == g->cap_edges) {
        int32_t cap = g->cap_edges ? g->cap_edges * 2 : 4;
        edge *grown = realloc(g->edges, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        g->edges = grown;
        g->cap_edges = cap;
    }
    g->edges[g->n_edges++] = e;
    return EN_OK;
}

static double average(const clustering *c, int32_t a, const edge *e) {
    double all = (double)c->groups[a].size * c->groups[e->to].size;
    return (e->sum + (all - e->count) * LINK_CHARGE) / all;
}

static bool share_list(const clustering *c, int32_t a, int32_t b) {
    if (!c->set->one_per_list) return false;
    const int32_t *list = c->set->list;
    for (int32_t i = c->groups[a].first; i >= 0; i = c->next[i])
        for (int32_t k = c->groups[b].first; k >= 0; k = c->next[k])
            if (list[i] == list[k]) return true;
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
        double mean = average(c, number, &e);
        if (propose && mean > 0) EN_TRY(push(c, (proposal){mean, e.to, number}, err));
    }
    return EN_OK;
}

static en_status join_all(clustering *c, en_error *err) {
    for (int32_t a = 0; a < c->n_groups; a++)
        for (int32_t i = 0; c->groups[a].alive && i < c->groups[a].n_edges; i++) {
            const edge *e = &c->groups[a].edges[i];
            if (e->to < a || !c->groups[e->to].alive) continue;
            double mean = average(c, a, e);
            if (mean > 0) EN_TRY(push(c, (proposal){mean, a, e->to}, err));
        }
    while (c->n_heap) {
        proposal p = pop(c);
        if (!c->groups[p.a].alive || !c->groups[p.b].alive || share_list(c, p.a, p.b)) continue;
        EN_TRY(join(c, p.a, p.b, (float)(1 / (1 + exp(-p.average))), true, err));
    }
    return EN_OK;
}

/* ---- start ---- */

static int32_t group_of(const int32_t *up, int32_t i) {
    while (up[i] >= 0) i = up[i];
    return i;
}

/* Judged the same: joined before anything else. up[] leads from a cluster to the one it went into. */
static en_status obey_same(clustering *c, const link_judgements *judged, int32_t *up, en_error *err) {
    for (size_t i = 0; i < judged->n; i++) {
        const link_judgement *j = &judged->of[i];
        int32_t a = group_of(up, j->a), b = group_of(up, j->b);
        if (j->judged != EN_JUDGED_SAME || a == b) continue;
        up[a] = up[b] = c->n_groups;
        EN_TRY(join(c, a < b ? a : b, a < b ? b : a, 1, false, err));
    }
    return EN_OK;
}

static int by_ends(const void *pa, const void *pb) {
    const link_pair *a = pa, *b = pb;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* Each pair twice, so that edges of every record come in ascending order. */
static en_status link_records(clustering *c, const link_pairs *pairs, const link_judgements *judged, en_error *err) {
    size_t n = 0;
    link_pair *both = malloc((2 * ((size_t)pairs->n + judged->n) + 1) * sizeof *both);
    if (!both) return en_no_memory(err);
    for (int64_t i = 0; i < pairs->n; i++) {
        link_pair p = pairs->pairs[i];
        p.weight = (float)link_affinity(p.weight);
        both[n++] = p;
    }
    for (size_t i = 0; i < judged->n; i++)
        if (judged->of[i].judged == EN_JUDGED_DIFFERENT)
            both[n++] = (link_pair){.a = judged->of[i].a, .b = judged->of[i].b, .weight = LINK_FORBIDDEN};
    for (size_t i = 0, half = n; i < half; i++) {
        both[n] = both[i];
        both[n].a = both[i].b;
        both[n++].b = both[i].a;
    }
    qsort(both, n, sizeof *both, by_ends);
    en_status status = EN_OK;
    for (size_t i = 0; status == EN_OK && i < n; i++) {
        group *g = &c->groups[both[i].a];
        edge *last = g->n_edges ? &g->edges[g->n_edges - 1] : NULL;
        if (last && last->to == both[i].b)
            last->sum += both[i].weight;
        else
            status = add_edge(g, (edge){both[i].b, 1, both[i].weight}, err);
    }
    free(both);
    return status;
}

static void write_clusters(const clustering *c, link_partition *out) {
    for (int32_t g = 0; g < c->n_groups; g++) {
        if (!c->groups[g].alive) continue;
        for (int32_t i = c->groups[g].first; i >= 0; i = c->next[i]) {
            out->cluster[i] = g;
            out->weakest[i] = c->groups[g].weakest;
        }
    }
}

en_status link_cluster(const link_set *set, const link_pairs *pairs, const link_judgements *judged, link_partition *out,
                       en_error *err) {
    clustering c = {.set = set, .n_groups = set->n};
    size_t most = 2 * (size_t)set->n + 1;
    int32_t *up = malloc(most * sizeof *up);
    c.groups = calloc(most, sizeof *c.groups);
    c.next = malloc(most * sizeof *c.next);
    en_status status = up && c.groups && c.next ? EN_OK : en_no_memory(err);
    for (int32_t i = 0; status == EN_OK && i < set->n; i++) {
        c.groups[i] = (group){.size = 1, .first = i, .last = i, .alive = true, .weakest = 1};
        c.next[i] = -1;
    }
    for (size_t i = 0; status == EN_OK && i < most; i++) up[i] = -1;
    if (status == EN_OK) status = link_records(&c, pairs, judged, err);
    if (status == EN_OK) status = obey_same(&c, judged, up, err);
    if (status == EN_OK) status = join_all(&c, err);
    if (status == EN_OK) write_clusters(&c, out);
    for (int32_t i = 0; c.groups && i < c.n_groups; i++) free(c.groups[i].edges);
    free(c.groups);
    free(c.next);
    free(c.heap);
    free(up);
    return status;
}
