/* Assignment by successive shortest augmenting paths. Costs are negative weights; a left node may stay alone at cost 0,
 * which is a path's end like a free right node. Invariant: with the prices v, a matched edge has the least reduced cost
 * of its left node. */
#include "link/assign.h"

#include <stdlib.h>

enum { ALONE = -1 };

typedef struct reach {
    double distance;
    int32_t right; /* or ALONE: the left node `via` gives up its partner */
    int32_t via;   /* left node it is reached from */
} reach;

typedef struct assignment {
    const link_bipartite *graph;
    int32_t *partner, *owner; /* of left, of right nodes */
    double *price;            /* of right nodes, at most 0 */
    double *distance;         /* of settled right nodes in this search */
    int32_t *via, *settled;
    int32_t n_settled;
    bool *done;
    reach *heap;
    int64_t n_heap, cap_heap;
} assignment;

static bool nearer(const reach *x, const reach *y) {
    if (x->distance != y->distance) return x->distance < y->distance;
    return x->right != y->right ? x->right < y->right : x->via < y->via;
}

static en_status push(assignment *s, reach r, en_error *err) {
    if (s->n_heap == s->cap_heap) {
        int64_t cap = s->cap_heap ? 2 * s->cap_heap : 256;
        reach *grown = realloc(s->heap, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        s->heap = grown;
        s->cap_heap = cap;
    }
    int64_t i = s->n_heap++;
    for (; i && nearer(&r, &s->heap[(i - 1) / 2]); i = (i - 1) / 2) s->heap[i] = s->heap[(i - 1) / 2];
    s->heap[i] = r;
    return EN_OK;
}

static reach pop(assignment *s) {
    reach top = s->heap[0], last = s->heap[--s->n_heap];
    int64_t i = 0;
    for (int64_t child; (child = 2 * i + 1) < s->n_heap; i = child) {
        if (child + 1 < s->n_heap && nearer(&s->heap[child + 1], &s->heap[child])) child++;
        if (!nearer(&s->heap[child], &last)) break;
        s->heap[i] = s->heap[child];
    }
    if (s->n_heap) s->heap[i] = last;
    return top;
}

/* Everything a left node reaches; `base` is its distance less the reduced cost of the edge it is matched by. */
static en_status relax(assignment *s, int32_t left, double base, en_error *err) {
    const link_bipartite *g = s->graph;
    for (int64_t e = g->from[left]; e < g->from[left + 1]; e++) {
        int32_t right = g->to[e];
        if (!s->done[right]) EN_TRY(push(s, (reach){base - g->weight[e] - s->price[right], right, left}, err));
    }
    return push(s, (reach){base, ALONE, left}, err);
}

static double edge_cost(const assignment *s, int32_t left, int32_t right) {
    double best = 0;
    for (int64_t e = s->graph->from[left]; e < s->graph->from[left + 1]; e++)
        if (s->graph->to[e] == right && s->graph->weight[e] > best) best = s->graph->weight[e];
    return -best;
}

/* Along the path back to the search's start, each left node takes the right node it was extended by. */
static void augment(assignment *s, int32_t left, int32_t right, int32_t start) {
    for (;;) {
        int32_t before = s->partner[left];
        s->partner[left] = right;
        if (right != ALONE) s->owner[right] = left;
        if (left == start) return;
        right = before;
        left = s->via[before];
    }
}

static en_status place(assignment *s, int32_t start, en_error *err) {
    s->n_heap = 0;
    s->n_settled = 0;
    EN_TRY(relax(s, start, 0, err));
    reach end;
    for (;;) {
        end = pop(s);
        if (end.right == ALONE) break;
        if (s->done[end.right]) continue;
        if (s->owner[end.right] < 0) break;
        int32_t right = end.right, left = s->owner[right];
        s->done[right] = true;
        s->settled[s->n_settled++] = right;
        s->distance[right] = end.distance;
        s->via[right] = end.via;
        EN_TRY(relax(s, left, end.distance - edge_cost(s, left, right) + s->price[right], err));
    }
    for (int32_t i = 0; i < s->n_settled; i++) {
        int32_t right = s->settled[i];
        s->price[right] += s->distance[right] - end.distance;
        s->done[right] = false;
    }
    augment(s, end.via, end.right, start);
    return EN_OK;
}

en_status link_assign(const link_bipartite *graph, int32_t *partner, en_error *err) {
    size_t rights = (size_t)graph->n_right + 1;
    assignment s = {.graph = graph,
                    .partner = partner,
                    .owner = malloc(rights * sizeof *s.owner),
                    .price = calloc(rights, sizeof *s.price),
                    .distance = calloc(rights, sizeof *s.distance),
                    .via = calloc(rights, sizeof *s.via),
                    .settled = calloc(rights, sizeof *s.settled),
                    .done = calloc(rights, sizeof *s.done)};
    en_status status = s.owner && s.price && s.distance && s.via && s.settled && s.done ? EN_OK : en_no_memory(err);
    for (int32_t r = 0; status == EN_OK && r < graph->n_right; r++) s.owner[r] = -1;
    for (int32_t l = 0; l < graph->n_left; l++) partner[l] = ALONE;
    for (int32_t l = 0; status == EN_OK && l < graph->n_left; l++) status = place(&s, l, err);
    free(s.owner);
    free(s.price);
    free(s.distance);
    free(s.via);
    free(s.settled);
    free(s.done);
    free(s.heap);
    return status;
}
