/* From kept and judged pairs to components of units. */
#include "link/ties.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/disjoint.h"

typedef struct edge {
    int32_t a, b; /* unit numbers before they are put in order, then after; each edge stands there both ways round */
    float weight; /* LINK_FORBIDDEN: judged different */
} edge;

typedef struct builder {
    const link_results *r;
    int32_t *unit;      /* of records: the first record of their unit */
    int32_t *component; /* of records that are the first of a unit: the first record of the component */
    int32_t *place;     /* of such records: number of the unit in order */
    edge *edges;
    int64_t n_edges;
} builder;

static void find_units(builder *b) {
    for (int32_t i = 0; i < b->r->set->n; i++) b->unit[i] = i;
    for (size_t k = 0; k < b->r->judged->n; k++) {
        const link_judgement *j = &b->r->judged->of[k];
        if (j->judged == EN_JUDGED_SAME) en_disjoint_unite(b->unit, j->a, j->b);
    }
    for (int32_t i = 0; i < b->r->set->n; i++) b->unit[i] = en_disjoint_root(b->unit, i);
}

static void add_edge(builder *b, int32_t x, int32_t y, float weight) {
    x = b->unit[x];
    y = b->unit[y];
    if (x == y) return;
    b->edges[b->n_edges++] = (edge){x, y, weight};
    b->edges[b->n_edges++] = (edge){y, x, weight};
}

/* Judged pairs tie nobody: being kept apart, and not met by any other way, is what being in two components is. */
static void find_components(builder *b) {
    for (int32_t i = 0; i < b->r->set->n; i++) b->component[i] = i;
    for (int64_t k = 0; k < b->r->pairs->n; k++) {
        const link_pair *p = &b->r->pairs->pairs[k];
        if ((double)p->weight < TIE_LIGHTEST) continue;
        add_edge(b, p->a, p->b, p->weight);
        en_disjoint_unite(b->component, b->unit[p->a], b->unit[p->b]);
    }
    for (int32_t i = 0; i < b->r->set->n; i++) b->component[i] = en_disjoint_root(b->component, b->unit[i]);
    for (size_t k = 0; k < b->r->judged->n; k++) {
        const link_judgement *j = &b->r->judged->of[k];
        bool meet = b->component[j->a] == b->component[j->b];
        if (j->judged == EN_JUDGED_DIFFERENT && meet) add_edge(b, j->a, j->b, (float)LINK_FORBIDDEN);
    }
}

/* ---- in order ---- */

typedef struct key {
    int32_t component, unit, record;
} key;

static int by_component(const void *pa, const void *pb) {
    const key *a = pa, *b = pb;
    if (a->component != b->component) return a->component < b->component ? -1 : 1;
    if (a->unit != b->unit) return a->unit < b->unit ? -1 : 1;
    return (a->record > b->record) - (a->record < b->record);
}

static en_status order_units(builder *b, tie_graph *g, en_error *err) {
    int32_t n = b->r->set->n;
    key *keys = malloc(((size_t)n + 1) * sizeof *keys);
    if (!keys) return en_no_memory(err);
    for (int32_t i = 0; i < n; i++) keys[i] = (key){b->component[i], b->unit[i], i};
    qsort(keys, (size_t)n, sizeof *keys, by_component);
    for (int32_t i = 0; i < n; i++) {
        bool new_component = i == 0 || keys[i].component != keys[i - 1].component;
        if (new_component) g->start[g->n_components++] = g->n_units;
        if (new_component || keys[i].unit != keys[i - 1].unit) {
            b->place[keys[i].unit] = g->n_units;
            g->first[g->n_units++] = i;
        }
        g->records[i] = keys[i].record;
    }
    g->start[g->n_components] = g->n_units;
    g->first[g->n_units] = n;
    free(keys);
    return EN_OK;
}

/* ---- ties ---- */

static int by_ends(const void *pa, const void *pb) {
    const edge *a = pa, *b = pb;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    if (a->b != b->b) return a->b < b->b ? -1 : 1;
    return (a->weight > b->weight) - (a->weight < b->weight);
}

static void add_weight(tie_cell *cell, float weight) {
    bool forbidden = (double)weight <= LINK_FORBIDDEN;
    cell->sum += forbidden ? LINK_FORBIDDEN : link_affinity((double)weight);
    cell->count += !forbidden;
    if (!forbidden) cell->top = fmaxf(cell->top, weight);
}

bool tie_share_list(const tie_graph *g, int32_t u, int32_t v) {
    const int32_t *list = g->set->list;
    if (!g->set->one_per_list) return false;
    for (int32_t i = g->first[u]; i < g->first[u + 1]; i++)
        for (int32_t k = g->first[v]; k < g->first[v + 1]; k++)
            if (list[g->records[i]] == list[g->records[k]]) return true;
    return false;
}

static void write_ties(const builder *b, const int32_t *component_of, tie_graph *g) {
    int32_t unit = -1;
    int64_t n = 0;
    for (int64_t i = 0; i < b->n_edges; i++) {
        const edge *e = &b->edges[i];
        bool same = i > 0 && e->a == e[-1].a && e->b == e[-1].b;
        while (unit < e->a) g->from[++unit] = n;
        if (!same) g->ties[n++] = (tie){.to = e->b - g->start[component_of[e->a]], .cell = {.top = TIE_LIGHTEST}};
        add_weight(&g->ties[n - 1].cell, e->weight);
    }
    while (unit < g->n_units) g->from[++unit] = n;
}

static en_status tie_units(builder *b, tie_graph *g, en_error *err) {
    for (int64_t i = 0; i < b->n_edges; i++) {
        b->edges[i].a = b->place[b->edges[i].a];
        b->edges[i].b = b->place[b->edges[i].b];
    }
    qsort(b->edges, (size_t)b->n_edges, sizeof *b->edges, by_ends);
    g->ties = malloc(((size_t)b->n_edges + 1) * sizeof *g->ties);
    int32_t *component_of = malloc(((size_t)g->n_units + 1) * sizeof *component_of);
    if (g->ties && component_of) {
        for (int32_t c = 0; c < g->n_components; c++)
            for (int32_t u = g->start[c]; u < g->start[c + 1]; u++) component_of[u] = c;
        write_ties(b, component_of, g);
    }
    free(component_of);
    return g->ties && component_of ? EN_OK : en_no_memory(err);
}

en_status tie_graph_build(const link_results *r, tie_graph *out, en_error *err) {
    size_t n = (size_t)r->set->n + 1;
    builder b = {.r = r,
                 .unit = malloc(n * sizeof *b.unit),
                 .component = malloc(n * sizeof *b.component),
                 .place = malloc(n * sizeof *b.place),
                 .edges = malloc((2 * ((size_t)r->pairs->n + r->judged->n) + 1) * sizeof *b.edges)};
    *out = (tie_graph){.set = r->set,
                       .start = malloc((n + 1) * sizeof *out->start),
                       .first = malloc((n + 1) * sizeof *out->first),
                       .records = malloc(n * sizeof *out->records),
                       .from = malloc((n + 1) * sizeof *out->from)};
    bool enough = b.unit && b.component && b.place && b.edges && out->start && out->first && out->records && out->from;
    en_status status = enough ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        find_units(&b);
        find_components(&b);
        status = order_units(&b, out, err);
    }
    if (status == EN_OK) status = tie_units(&b, out, err);
    free(b.unit);
    free(b.component);
    free(b.place);
    free(b.edges);
    return status;
}

void tie_graph_clear(tie_graph *graph) {
    free(graph->start);
    free(graph->first);
    free(graph->records);
    free(graph->from);
    free(graph->ties);
    *graph = (tie_graph){0};
}
