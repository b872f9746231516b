/* Every comparable pair, scored by one load and one addition a field; those heavy enough are kept. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "link/linkage.h"

enum { LEFT_A_TASK = 64, BLOCK = 512 };

/* The sum over a block takes rarity from the left record's values alone, which may be this far below that of both. */
#define ONE_SIDED 1.0f

typedef struct scan {
    const link_set *set;
    const link_model *model;
    float cut;
    link_pairs *of_task;
    int32_t stride;                /* every stride-th left record only */
    const link_frontier *frontier; /* NULL: all pairs */
} scan;

en_status link_keep(link_pairs *k, link_pair pair, en_error *err) {
    if (k->n == k->cap) {
        int64_t cap = k->cap ? k->cap * 2 : 256;
        link_pair *grown = realloc(k->pairs, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        k->pairs = grown;
        k->cap = cap;
    }
    k->pairs[k->n++] = pair;
    return EN_OK;
}

/* Room for exactly so many in all: what tasks found is known by then. */
static en_status reserve(link_pairs *pairs, int64_t cap, en_error *err) {
    if (cap <= pairs->cap) return EN_OK;
    link_pair *grown = realloc(pairs->pairs, (size_t)cap * sizeof *grown);
    if (!grown) return en_no_memory(err);
    pairs->pairs = grown;
    pairs->cap = cap;
    return EN_OK;
}

en_status link_gather(link_pairs *to, link_pairs *from, size_t n, en_error *err) {
    int64_t total = to->n;
    for (size_t t = 0; t < n; t++) total += from[t].n;
    en_status status = reserve(to, total, err);
    for (size_t t = 0; t < n; t++) {
        if (status == EN_OK && from[t].n && to->pairs) {
            memcpy(to->pairs + to->n, from[t].pairs, (size_t)from[t].n * sizeof *to->pairs);
            to->n += from[t].n;
        }
        link_pairs_clear(&from[t]);
    }
    return status;
}

/* acc += weight of a field for records from..from+n; bound by loads: the code, the level, the weight. */
static void add_field(const link_field *f, int32_t left, const float *weights, int32_t from, int32_t n, float *acc) {
    if (!left) return;
    const int32_t *code = f->code + from;
    if (f->table) {
        const uint8_t *levels = f->table + (int64_t)left * f->n_values;
        for (int32_t i = 0; i < n; i++) acc[i] += weights[levels[code[i]]];
        return;
    }
    for (int32_t i = 0; i < n; i++) acc[i] += weights[link_field_level(f, left, code[i])];
}

static void left_weights(const scan *s, int32_t a, float weights[FIELDS_MAX][LEVEL_SLOTS]) {
    for (int k = 0; k < s->set->n_fields; k++) {
        const link_field *f = &s->set->fields[k];
        for (int l = 0; l < LEVEL_SLOTS; l++) weights[k][l] = (float)s->model->w[k][l];
        weights[k][1] += f->rarity[f->code[a]];
        for (int l = 2; f->near_rarity && l < LEVEL_SLOTS; l++)
            weights[k][l] += f->near_rarity[(int64_t)f->code[a] * LEVEL_SLOTS + l];
    }
}

/* Records whose given and family name are a's family and given name weigh what being swapped does. */
static void add_swapped(const link_set *set, int32_t a, float weights[FIELDS_MAX][LEVEL_SLOTS], int32_t from, int32_t n,
                        float *acc) {
    if (set->given < 0 || !set->given_sound[a] || !set->family_sound[a]) return;
    const link_field *g = &set->fields[set->given], *f = &set->fields[set->family];
    for (int32_t i = 0; i < n; i++) {
        int32_t b = from + i;
        if (set->given_sound[b] != set->family_sound[a] || !link_swapped(set, a, b)) continue;
        acc[i] += weights[set->given][LEVEL_SWAPPED] -
                  weights[set->given][link_field_level(g, g->code[a], g->code[b])] -
                  weights[set->family][link_field_level(f, f->code[a], f->code[b])];
    }
}

/* Record a with from..from + n, at most BLOCK of them. */
static en_status scan_block(const scan *s, int32_t a, float weights[FIELDS_MAX][LEVEL_SLOTS], int32_t from, int32_t n,
                            link_pairs *out, en_error *err) {
    const link_set *set = s->set;
    float acc[BLOCK];
    memset(acc, 0, (size_t)n * sizeof *acc);
    for (int k = 0; k < set->n_fields; k++)
        add_field(&set->fields[k], set->fields[k].code[a], weights[k], from, n, acc);
    add_swapped(set, a, weights, from, n, acc);
    for (int32_t i = 0; i < n; i++) {
        if (acc[i] < s->cut - ONE_SIDED || (s->frontier && s->frontier->done[from + i])) continue;
        link_pair pair = {.a = a, .b = from + i};
        pair.pattern = link_pattern(set, a, from + i, &pair.rarity);
        pair.weight = link_plain_weight(set, s->model, &pair);
        if (pair.weight >= s->cut) EN_TRY(link_keep(out, pair, err));
    }
    return EN_OK;
}

/* Record a of no frontier with the frontier's records after it. */
static en_status scan_frontier(const scan *s, int32_t a, float weights[FIELDS_MAX][LEVEL_SLOTS], link_pairs *out,
                               en_error *err) {
    const link_frontier *f = s->frontier;
    for (int32_t i = f->n; i > 0 && f->records[i - 1] >= link_first_partner(s->set, a); i--)
        EN_TRY(scan_block(s, a, weights, f->records[i - 1], 1, out, err));
    return EN_OK;
}

static en_status scan_left(const scan *s, int32_t a, link_pairs *out, en_error *err) {
    const link_set *set = s->set;
    float weights[FIELDS_MAX][LEVEL_SLOTS];
    if (s->frontier && s->frontier->done[a]) return EN_OK;
    left_weights(s, a, weights);
    if (s->frontier && !s->frontier->in[a]) return scan_frontier(s, a, weights, out, err);
    for (int32_t from = link_first_partner(set, a); from < set->n; from += BLOCK) {
        int32_t n = set->n - from < BLOCK ? set->n - from : BLOCK;
        EN_TRY(scan_block(s, a, weights, from, n, out, err));
    }
    return EN_OK;
}

static en_status scan_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    const scan *s = ctx;
    int64_t from = (int64_t)task * LEFT_A_TASK * s->stride;
    for (int64_t i = 0; i < LEFT_A_TASK; i++) {
        int64_t a = from + i * s->stride;
        if (a < s->set->n) EN_TRY(scan_left(s, (int32_t)a, &s->of_task[task], err));
    }
    return EN_OK;
}

static en_status run_scan(link_set *set, const link_model *model, double cut, int32_t stride,
                          const link_frontier *frontier, link_pairs *out, en_error *err) {
    size_t lefts = ((size_t)set->n + (size_t)stride - 1) / (size_t)stride;
    size_t tasks = (lefts + LEFT_A_TASK - 1) / LEFT_A_TASK;
    link_pairs *of_task = calloc(tasks + 1, sizeof *of_task);
    if (!of_task) return en_no_memory(err);
    scan s = {set, model, (float)cut, of_task, stride, frontier};
    en_status status = en_parallel_for(tasks, set->threads, scan_task, &s, "comparing records", set->progress, err);
    en_error ignored; /* all are cleared, and the first failure stays */
    en_status gathered = link_gather(out, of_task, tasks, status == EN_OK ? err : &ignored);
    if (status == EN_OK) status = gathered;
    free(of_task);
    return status;
}

static int by_weight_down(const void *pa, const void *pb) {
    float a = ((const link_pair *)pa)->weight, b = ((const link_pair *)pb)->weight;
    return (a < b) - (a > b);
}

/* A cut that a sample of left records says keeps at most `most` pairs. */
static en_status fit_cut(link_set *set, const link_model *model, int64_t most, double *cut, en_error *err) {
    int32_t stride = set->n / 300 + 1;
    link_pairs sample = {0};
    en_status status = run_scan(set, model, *cut, stride, NULL, &sample, err);
    int64_t allowed = most / stride;
    if (status == EN_OK && sample.pairs && sample.n > allowed) {
        qsort(sample.pairs, (size_t)sample.n, sizeof *sample.pairs, by_weight_down);
        *cut = sample.pairs[allowed].weight;
    }
    link_pairs_clear(&sample);
    return status;
}

en_status link_scan_sample(link_set *set, const link_model *model, double cut, int64_t most, double pairs,
                           link_pairs *out, en_error *err) {
    *out = (link_pairs){.stride = (int32_t)(model->n_pairs / pairs) + 1};
    EN_TRY(fit_cut(set, model, most, &cut, err));
    out->compared = (int64_t)model->n_pairs / out->stride;
    return run_scan(set, model, cut, out->stride, NULL, out, err);
}

en_status link_scan(link_set *set, const link_model *model, double cut, int64_t most, link_pairs *out, en_error *err) {
    return link_scan_sample(set, model, cut, most, 2 * model->n_pairs + 1, out, err);
}

en_status link_scan_frontier(link_set *set, const link_model *model, double cut, int64_t most,
                             const link_frontier *frontier, link_pairs *out, en_error *err) {
    *out = (link_pairs){.stride = 1};
    EN_TRY(fit_cut(set, model, most, &cut, err));
    int64_t others = set->n;
    for (int32_t i = 0; i < set->n; i++) others -= frontier->done[i];
    out->compared = frontier->n * others - (int64_t)frontier->n * (frontier->n + 1) / 2;
    return run_scan(set, model, cut, 1, frontier, out, err);
}

static int by_ends(const void *pa, const void *pb) {
    const link_pair *a = pa, *b = pb;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

void link_pairs_order(link_pair *pairs, size_t n) {
    if (n) qsort(pairs, n, sizeof *pairs, by_ends);
}

void link_pairs_clear(link_pairs *pairs) {
    free(pairs->pairs);
    *pairs = (link_pairs){0};
}
