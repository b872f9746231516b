/* Candidate pairs of lists too long to compare everything: records that share a key. Keys come from one field that
 * tells people apart well, or from two; a block that is too large is split by a third field, or left out where that
 * does not help. A pair is made by the first rule under which its records meet, so that no set of pairs is kept. What
 * this loses is estimated from how many rules find each match (Chao 1987). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/parallel.h"
#include "link/linkage.h"

enum { RULES_MOST = 14, BLOCK_MOST = 400, PAIRS_A_RECORD = 60, BLOCKS_A_TASK = 4096 };

typedef struct rule {
    int first, second; /* fields; second -1 for one field */
    double pairs;      /* it would make */
    uint64_t *key;     /* of each record; 0 none */
} rule;

typedef struct entry {
    uint64_t key;
    int32_t record;
} entry;

typedef struct blocking {
    link_set *set;
    const link_model *model;
    double cut;
    uint32_t *code[FIELDS_MAX]; /* of each record: what keys are made from; 0 missing */
    rule rules[RULES_MOST];
    int n_rules, now;
    entry *sorted, *scratch;
    link_pairs *of_task;
    int64_t *made; /* pairs compared by each task */
} blocking;

static uint64_t mix(uint64_t x) {
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    return x ^ x >> 31;
}

/* Names meet by their consonants, all else by the value itself. */
static en_status code_field(blocking *b, int k, en_error *err) {
    const link_field *f = &b->set->fields[k];
    uint32_t *of_value = calloc((size_t)f->n_values, sizeof *of_value);
    b->code[k] = calloc((size_t)b->set->n + 1, sizeof *b->code[k]);
    en_map keys = {0};
    en_status status = of_value && b->code[k] ? EN_OK : en_no_memory(err);
    for (int32_t v = 1; status == EN_OK && v < f->n_values; v++) {
        const link_value *value = &f->values[v];
        int32_t number;
        bool by_key = f->kind == KIND_NAME && value->key.len > 1;
        status = en_map_intern(&keys, by_key ? value->key : value->latin, &number, NULL, err);
        if (status == EN_OK) of_value[v] = (uint32_t)number + 1;
    }
    for (int32_t i = 0; status == EN_OK && i < b->set->n; i++) b->code[k][i] = of_value[f->code[i]];
    free(of_value);
    en_map_clear(&keys);
    return status;
}

static uint64_t pair_key(const blocking *b, int first, int second, int32_t i) {
    uint64_t x = b->code[first][i], y = second < 0 ? 1 : b->code[second][i];
    return x && y ? mix(x << 32 | y) | 1 : 0;
}

/* Radix sort by key, 16 bits a pass; stable, so records stay ascending within a block. */
static int64_t sort_by_key(blocking *b, const uint64_t *key) {
    int64_t n = 0;
    static const int bits = 16;
    int64_t *at = calloc((size_t)1 << bits, sizeof *at);
    if (!at) return -1;
    for (int32_t i = 0; i < b->set->n; i++)
        if (key[i]) b->sorted[n++] = (entry){key[i], i};
    for (int shift = 0; shift < 64; shift += bits) {
        memset(at, 0, sizeof *at << bits);
        for (int64_t i = 0; i < n; i++) at[b->sorted[i].key >> shift & 0xffff]++;
        for (int64_t v = 0, sum = 0; v < 1 << bits; v++) {
            int64_t count = at[v];
            at[v] = sum;
            sum += count;
        }
        for (int64_t i = 0; i < n; i++) b->scratch[at[b->sorted[i].key >> shift & 0xffff]++] = b->sorted[i];
        entry *swap = b->sorted;
        b->sorted = b->scratch;
        b->scratch = swap;
    }
    free(at);
    return n;
}

static int64_t block_end(const entry *sorted, int64_t from, int64_t n) {
    int64_t end = from + 1;
    while (end < n && sorted[end].key == sorted[from].key) end++;
    return end;
}

/* A field to split the blocks of a rule by: the one with most values that is not in it. */
static int splitting_field(const blocking *b, const rule *r) {
    int best = -1;
    for (int k = 0; k < b->set->n_fields; k++)
        if (k != r->first && k != r->second && (best < 0 || b->set->fields[k].n_values > b->set->fields[best].n_values))
            best = k;
    return best;
}

/* Sets a rule's keys, splits its large blocks, drops what stays large; counts the pairs it makes. */
static en_status make_keys(blocking *b, rule *r, en_error *err) {
    r->key = malloc(((size_t)b->set->n + 1) * sizeof *r->key);
    if (!r->key) return en_no_memory(err);
    for (int32_t i = 0; i < b->set->n; i++) r->key[i] = pair_key(b, r->first, r->second, i);
    int split = splitting_field(b, r);
    for (int round = 0; round < 2; round++) {
        int64_t n = sort_by_key(b, r->key);
        if (n < 0) return en_no_memory(err);
        r->pairs = 0;
        for (int64_t from = 0, end; from < n; from = end) {
            end = block_end(b->sorted, from, n);
            double size = (double)(end - from);
            if (end - from <= BLOCK_MOST) {
                r->pairs += size * (size - 1) / 2;
                continue;
            }
            for (int64_t i = from; i < end; i++) {
                int32_t record = b->sorted[i].record;
                uint32_t third = round == 0 && split >= 0 ? b->code[split][record] : 0;
                r->key[record] = third ? mix(r->key[record] ^ mix(third)) | 1 : 0;
            }
        }
    }
    return EN_OK;
}

/* ---- choosing rules ---- */

static int by_pairs(const void *pa, const void *pb) {
    const rule *a = pa, *b = pb;
    if (a->pairs != b->pairs) return a->pairs < b->pairs ? -1 : 1;
    return a->first != b->first ? a->first - b->first : a->second - b->second;
}

static double equal_share(const link_field *f) {
    double sum = 0;
    for (int32_t v = 1; v < f->n_values; v++) sum += f->share[v] * f->share[v];
    return sum * (double)f->known * (double)f->known / 2;
}

/* Fields that make few pairs alone are rules of their own; of the others, pairs of fields, cheapest first. */
static int propose_rules(const blocking *b, rule *proposed) {
    const link_set *set = b->set;
    bool alone[FIELDS_MAX];
    int n = 0;
    double records = set->n;
    for (int k = 0; k < set->n_fields; k++) {
        double pairs = equal_share(&set->fields[k]);
        alone[k] = pairs < 3 * records;
        if (alone[k]) proposed[n++] = (rule){k, -1, pairs, NULL};
    }
    for (int i = 0; i < set->n_fields; i++)
        for (int k = i + 1; k < set->n_fields; k++) {
            if (alone[i] || alone[k]) continue;
            double pairs = equal_share(&set->fields[i]) * equal_share(&set->fields[k]) / (records * records / 2);
            if (pairs < 200 * records) proposed[n++] = (rule){i, k, pairs, NULL};
        }
    qsort(proposed, (size_t)n, sizeof *proposed, by_pairs);
    return n;
}

static en_status choose_rules(blocking *b, en_error *err) {
    rule proposed[FIELDS_MAX * FIELDS_MAX];
    int n = propose_rules(b, proposed);
    double pairs = 0, most = (double)PAIRS_A_RECORD * b->set->n;
    for (int i = 0; i < n && b->n_rules < RULES_MOST; i++) {
        rule r = proposed[i];
        en_status status = make_keys(b, &r, err);
        if (status == EN_OK && pairs + r.pairs <= most) {
            b->rules[b->n_rules++] = r;
            pairs += r.pairs;
        } else {
            free(r.key);
        }
        EN_TRY(status);
    }
    return EN_OK;
}

/* ---- comparing within blocks ---- */

static bool met_before(const blocking *b, int32_t x, int32_t y) {
    for (int r = 0; r < b->now; r++)
        if (b->rules[r].key[x] && b->rules[r].key[x] == b->rules[r].key[y]) return true;
    return false;
}

static en_status compare_pair(blocking *b, size_t task, int32_t x, int32_t y, en_error *err) {
    if (b->set->one_per_list && b->set->list[x] == b->set->list[y]) return EN_OK;
    if (met_before(b, x, y)) return EN_OK;
    link_pair pair = {.a = x, .b = y};
    pair.pattern = link_pattern(b->set, x, y, &pair.rarity);
    double weight = (double)pair.rarity;
    for (int k = 0; k < b->set->n_fields; k++) weight += b->model->w[k][pattern_level(pair.pattern, k)];
    b->made[task]++;
    pair.weight = (float)weight;
    return weight < b->cut ? EN_OK : link_keep(&b->of_task[task], pair, err);
}

typedef struct sweep {
    blocking *b;
    int64_t n;
} sweep;

/* Blocks that begin among the task's entries. */
static en_status sweep_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    const sweep *s = ctx;
    const entry *sorted = s->b->sorted;
    int64_t from = (int64_t)task * BLOCKS_A_TASK, stop = from + BLOCKS_A_TASK < s->n ? from + BLOCKS_A_TASK : s->n;
    while (from && from < s->n && sorted[from].key == sorted[from - 1].key) from++;
    for (int64_t end; from < stop; from = end) {
        end = block_end(sorted, from, s->n);
        for (int64_t i = from; i < end; i++)
            for (int64_t k = i + 1; k < end; k++)
                EN_TRY(compare_pair(s->b, task, sorted[i].record, sorted[k].record, err));
    }
    return EN_OK;
}

static en_status sweep_rule(blocking *b, link_pairs *out, en_error *err) {
    sweep s = {b, sort_by_key(b, b->rules[b->now].key)};
    if (s.n < 0) return en_no_memory(err);
    size_t tasks = ((size_t)s.n + BLOCKS_A_TASK - 1) / BLOCKS_A_TASK;
    b->of_task = calloc(tasks + 1, sizeof *b->of_task);
    b->made = calloc(tasks + 1, sizeof *b->made);
    en_status status = b->of_task && b->made ? EN_OK : en_no_memory(err);
    if (status == EN_OK)
        status = en_parallel_for(tasks, b->set->threads, sweep_task, &s, "comparing records", b->set->progress, err);
    for (size_t t = 0; b->of_task && t < tasks; t++) {
        if (status == EN_OK) status = link_append(out, &b->of_task[t], err);
        if (b->made) out->compared += b->made[t];
        link_pairs_clear(&b->of_task[t]);
    }
    free(b->of_task);
    free(b->made);
    return status;
}

/* ---- the whole ---- */

/* The chance that a match meets under no rule, were its fields independent: over every set of fields that agree. */
static double missed_share(const blocking *b) {
    const link_set *set = b->set;
    double agree[FIELDS_MAX], missed = 0;
    for (int k = 0; k < set->n_fields; k++) {
        double known = (double)set->fields[k].known / set->n;
        agree[k] = known * known * (b->model->m[k][1] + (set->fields[k].kind == KIND_NAME ? b->model->m[k][2] : 0));
    }
    for (unsigned fields = 0; fields < 1u << set->n_fields; fields++) {
        bool met = false;
        for (int r = 0; r < b->n_rules && !met; r++)
            met = fields >> b->rules[r].first & 1 && (b->rules[r].second < 0 || fields >> b->rules[r].second & 1);
        double chance = 1;
        for (int k = 0; k < set->n_fields && !met; k++) chance *= fields >> k & 1 ? agree[k] : 1 - agree[k];
        if (!met) missed += chance;
    }
    return missed;
}

static void name_rules(const blocking *b) {
    char *text = b->set->result->found_by;
    size_t cap = sizeof b->set->result->found_by;
    snprintf(text, cap, "blocking: %d rules of one or two fields", b->n_rules);
}

en_status link_block(link_set *set, const link_model *model, double cut, link_pairs *out, en_error *err) {
    blocking b = {.set = set, .model = model, .cut = cut};
    *out = (link_pairs){.stride = 1};
    b.sorted = malloc(((size_t)set->n + 1) * sizeof *b.sorted);
    b.scratch = malloc(((size_t)set->n + 1) * sizeof *b.scratch);
    en_status status = b.sorted && b.scratch ? EN_OK : en_no_memory(err);
    for (int k = 0; status == EN_OK && k < set->n_fields; k++) status = code_field(&b, k, err);
    if (status == EN_OK) status = choose_rules(&b, err);
    for (b.now = 0; status == EN_OK && b.now < b.n_rules; b.now++) status = sweep_rule(&b, out, err);
    if (status == EN_OK) {
        out->missed = missed_share(&b);
        name_rules(&b);
    }
    for (int r = 0; r < b.n_rules; r++) free(b.rules[r].key);
    for (int k = 0; k < FIELDS_MAX; k++) free(b.code[k]);
    free(b.sorted);
    free(b.scratch);
    return status;
}
