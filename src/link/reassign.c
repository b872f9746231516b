/* Nobody twice in a list: one list at a time is taken out of the clusters and put back by the exact assignment of its
 * records to what is left. Each step raises the sum of weights within clusters, so that it ends; with two lists the
 * first step is the best there is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "link/assign.h"
#include "link/cluster.h"

typedef struct neighbour {
    int32_t to;
    float weight;
} neighbour;

typedef struct reassignment {
    const link_set *set;
    link_partition *partition;
    int64_t *from; /* neighbours of record i: from[i]..from[i+1] */
    neighbour *near;
    int32_t *size;    /* of clusters */
    bool *fixed;      /* records that people tied to another */
    bool *changed;    /* clusters */
    float *weakest;   /* of clusters */
    int32_t *touched; /* clusters met while looking at one record */
    int32_t *count;
    double *sum;
    /* Edges of the list in hand. */
    int64_t *edges_from;
    int32_t *edge_to;
    double *edge_weight;
    int32_t *partner;
} reassignment;

static void count_ends(reassignment *r, const link_pairs *pairs, const link_judgements *judged) {
    for (int64_t i = 0; i < pairs->n; i++) r->from[pairs->pairs[i].a + 1]++, r->from[pairs->pairs[i].b + 1]++;
    for (size_t i = 0; i < judged->n; i++) r->from[judged->of[i].a + 1]++, r->from[judged->of[i].b + 1]++;
    for (int32_t i = 0; i < r->set->n; i++) r->from[i + 1] += r->from[i];
}

static void add_ends(reassignment *r, int64_t *at, int32_t a, int32_t b, float weight) {
    r->near[at[a]++] = (neighbour){b, weight};
    r->near[at[b]++] = (neighbour){a, weight};
}

static en_status collect_neighbours(reassignment *r, const link_pairs *pairs, const link_judgements *judged,
                                    en_error *err) {
    size_t n = (size_t)r->set->n, ends = 2 * ((size_t)pairs->n + judged->n) + 1;
    r->from = calloc(n + 2, sizeof *r->from);
    r->near = malloc(ends * sizeof *r->near);
    r->edge_to = malloc(ends * sizeof *r->edge_to);
    r->edge_weight = malloc(ends * sizeof *r->edge_weight);
    int64_t *at = malloc((n + 1) * sizeof *at);
    if (!r->from || !r->near || !r->edge_to || !r->edge_weight || !at) {
        free(at);
        return en_no_memory(err);
    }
    count_ends(r, pairs, judged);
    memcpy(at, r->from, (n + 1) * sizeof *at);
    for (int64_t i = 0; i < pairs->n; i++)
        add_ends(r, at, pairs->pairs[i].a, pairs->pairs[i].b, (float)link_affinity(pairs->pairs[i].weight));
    for (size_t i = 0; i < judged->n; i++) {
        bool same = judged->of[i].judged == EN_JUDGED_SAME;
        add_ends(r, at, judged->of[i].a, judged->of[i].b, same ? 0 : (float)LINK_FORBIDDEN);
        if (same) r->fixed[judged->of[i].a] = r->fixed[judged->of[i].b] = true;
    }
    free(at);
    return EN_OK;
}

/* Sums of weights from a record to each cluster that it has kept pairs with. */
static int32_t add_up(reassignment *r, int32_t record) {
    int32_t n = 0;
    for (int64_t e = r->from[record]; e < r->from[record + 1]; e++) {
        int32_t cluster = r->partition->cluster[r->near[e].to];
        if (cluster < 0) continue;
        if (r->count[cluster]++ == 0) r->touched[n++] = cluster;
        r->sum[cluster] += (double)r->near[e].weight;
    }
    return n;
}

static void forget(reassignment *r, int32_t n) {
    for (int32_t i = 0; i < n; i++) {
        r->count[r->touched[i]] = 0;
        r->sum[r->touched[i]] = 0;
    }
}

/* Records from..to, a list, leave their clusters, but for those that people tied; a cluster with such a record is
 * closed to the others (size 0). */
static void take_out(reassignment *r, int32_t from, int32_t to, const int32_t *home, int32_t *closed) {
    for (int32_t i = from; i < to; i++) {
        r->partition->cluster[i] = -1;
        r->size[home[i]]--;
    }
    for (int32_t i = from; i < to; i++)
        if (r->fixed[i]) closed[home[i]]++;
}

static void list_edges(reassignment *r, int32_t from, int32_t to, const int32_t *closed) {
    int64_t n = 0;
    for (int32_t i = from; i < to; i++) {
        r->edges_from[i - from] = n;
        if (r->fixed[i]) continue;
        int32_t met = add_up(r, i);
        for (int32_t k = 0; k < met; k++) {
            int32_t cluster = r->touched[k];
            double gain = r->sum[cluster] + (r->size[cluster] - r->count[cluster]) * LINK_CHARGE;
            if (closed[cluster] || r->size[cluster] <= 0) continue;
            gain = r->size[cluster] *
                   (link_joint_odds(r->set, gain / r->size[cluster], 1, r->size[cluster]) - r->set->threshold);
            if (gain <= 0) continue;
            r->edge_to[n] = cluster;
            r->edge_weight[n++] = gain;
        }
        forget(r, met);
    }
    r->edges_from[to - from] = n;
}

/* Back in: assigned records to their clusters, others alone, in a cluster number that no record has. */
static bool put_back(reassignment *r, int32_t from, int32_t to, const int32_t *home, int32_t *spare) {
    bool moved = false;
    for (int32_t i = from; i < to; i++) {
        int32_t cluster = r->fixed[i] ? home[i] : r->partner[i - from];
        if (cluster < 0) cluster = r->size[home[i]] == 0 && !r->fixed[i] ? home[i] : -1;
        if (cluster < 0) {
            while (r->size[*spare]) ++*spare;
            cluster = *spare;
        }
        if (cluster != home[i]) {
            moved = true;
            r->changed[cluster] = r->changed[home[i]] = true;
        }
        r->partition->cluster[i] = cluster;
        r->size[cluster]++;
    }
    return moved;
}

static en_status reassign_list(reassignment *r, int32_t list, bool *moved, en_error *err) {
    int32_t from = list ? r->set->list_end[list - 1] : 0, to = r->set->list_end[list];
    size_t clusters = 2 * (size_t)r->set->n + 1;
    int32_t *home = malloc(((size_t)(to - from) + 1) * sizeof *home), *closed = calloc(clusters, sizeof *closed);
    en_status status = home && closed ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        memcpy(home, r->partition->cluster + from, (size_t)(to - from) * sizeof *home);
        take_out(r, from, to, home - from, closed);
        list_edges(r, from, to, closed);
        link_bipartite graph = {to - from, (int32_t)clusters, r->edges_from, r->edge_to, r->edge_weight};
        status = link_assign(&graph, r->partner, err);
        int32_t spare = 0;
        if (status == EN_OK) *moved |= put_back(r, from, to, home - from, &spare);
    }
    free(home);
    free(closed);
    return status;
}

/* The weakest link of clusters that changed: the least average weight of a record to the rest. */
static void weigh_changed(reassignment *r) {
    link_partition *p = r->partition;
    for (int32_t i = 0; i < r->set->n; i++)
        if (r->changed[p->cluster[i]]) r->weakest[p->cluster[i]] = 1;
    for (int32_t i = 0; i < r->set->n; i++) {
        int32_t cluster = p->cluster[i], others = r->size[cluster] - 1;
        if (!r->changed[cluster] || others < 1) continue;
        int32_t met = add_up(r, i);
        double mean = (r->sum[cluster] + (others - r->count[cluster]) * LINK_CHARGE) / others;
        forget(r, met);
        r->weakest[cluster] = fminf(r->weakest[cluster], (float)(1 / (1 + exp(-mean))));
    }
    for (int32_t i = 0; i < r->set->n; i++)
        if (r->changed[p->cluster[i]]) p->weakest[i] = r->weakest[p->cluster[i]];
}

enum { ROUNDS_MOST = 6 };

en_status link_reassign(const link_set *set, const link_pairs *pairs, const link_judgements *judged,
                        link_partition *partition, en_error *err) {
    size_t clusters = 2 * (size_t)set->n + 1;
    reassignment r = {.set = set,
                      .partition = partition,
                      .size = calloc(clusters, sizeof *r.size),
                      .fixed = calloc((size_t)set->n + 1, sizeof *r.fixed),
                      .changed = calloc(clusters, sizeof *r.changed),
                      .weakest = calloc(clusters, sizeof *r.weakest),
                      .touched = calloc(clusters, sizeof *r.touched),
                      .count = calloc(clusters, sizeof *r.count),
                      .sum = calloc(clusters, sizeof *r.sum),
                      .edges_from = calloc((size_t)set->n + 2, sizeof *r.edges_from),
                      .partner = calloc((size_t)set->n + 1, sizeof *r.partner)};
    en_status status =
        r.size && r.fixed && r.changed && r.weakest && r.touched && r.count && r.sum && r.edges_from && r.partner
            ? collect_neighbours(&r, pairs, judged, err)
            : en_no_memory(err);
    for (int32_t i = 0; status == EN_OK && i < set->n; i++) r.size[partition->cluster[i]]++;
    bool moved = true;
    for (int round = 0; status == EN_OK && moved && round < ROUNDS_MOST; round++) {
        moved = false;
        for (int32_t list = set->n_lists - 1; status == EN_OK && list >= 0; list--)
            status = reassign_list(&r, list, &moved, err);
    }
    if (status == EN_OK) weigh_changed(&r);
    free(r.size);
    free(r.fixed);
    free(r.changed);
    free(r.weakest);
    free(r.touched);
    free(r.count);
    free(r.sum);
    free(r.edges_from);
    free(r.partner);
    free(r.from);
    free(r.near);
    free(r.edge_to);
    free(r.edge_weight);
    return status;
}
