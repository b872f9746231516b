/* Candidate pairs of lists too long to compare everything: records that share a key under some rule. For each rule
 * records are cast into buckets by a hash of their keys, each bucket is sorted and its blocks compared, bucket by
 * bucket in parallel. A block that is too large is split by the keys of a third field, then a fourth; what is still too
 * large is compared with neighbours alone. A pair is made by the first rule under which its records meet, which their
 * keys say, so that no set of pairs is kept. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/parallel.h"
#include "base/sort.h"
#include "link/block.h"
#include "link/bounded.h"
#include "link/glance.h"

/* Pairs to make, a record and in all, if what there is to find takes that many. */
#define PAIRS_A_RECORD 30.0
#define PAIRS_AT_LEAST 1e7

enum { CHUNK = 1 << 15, BUCKET = 1 << 11, BUCKET_BITS_MOST = 14, WINDOW = BLOCK_MOST / 4 };

/* A record's row: values of all fields, other keys that rules use, and two words with a bit for each rule under which
 * its block is too large, and still too large when split once. One row is about a line of the cache. */
typedef struct blocking {
    link_set *set;
    const link_block_options *options;
    const link_model *model;
    bounded_scorer scorer;
    block_slots slots;
    block_rule rules[RULES_MAX];
    int n_rules, now;
    int column[SLOTS_MAX]; /* of a row that holds the slot; -1 */
    int width, large, larger;
    uint32_t *rows;
    uint64_t needed[RULES_MAX]; /* columns that have to agree, as bits */
    uint32_t stride;            /* of records, by hash, one in so many is a left one */
    uint32_t *keys;             /* of each record under the rule in hand; 0 none */
    int bucket_bits;
    int64_t *counts;   /* of each chunk and bucket */
    int64_t *starts;   /* of buckets */
    uint64_t *entries; /* key << 32 | record, bucket by bucket */
    link_pairs *of_bucket;
    int64_t *made; /* pairs compared in each bucket */
    int64_t rule_pairs[RULES_MAX];
} blocking;

static const uint32_t *row_of(const blocking *b, int32_t record) { return b->rows + (size_t)record * (size_t)b->width; }

/* ---- rows ---- */

static void use_slot(blocking *b, int slot) {
    if (slot >= 0 && b->column[slot] < 0) b->column[slot] = b->width++;
}

static void lay_out_rows(blocking *b) {
    for (int s = 0; s < b->slots.n; s++) b->column[s] = -1;
    for (int k = 0; k < b->set->n_fields; k++) use_slot(b, b->slots.first[k]);
    for (int r = 0; r < b->n_rules; r++)
        for (int i = 0; i < 2; i++) {
            use_slot(b, b->rules[r].slot[i]);
            use_slot(b, b->rules[r].split[i]);
        }
    for (int r = 0; r < b->n_rules; r++)
        for (int i = 0; i < 2; i++)
            if (b->rules[r].slot[i] >= 0) b->needed[r] |= 1ull << b->column[b->rules[r].slot[i]];
    b->large = b->width++;
    b->larger = b->width++;
    b->scorer.sounds = b->width;
    if (b->set->given >= 0) b->width += 2;
}

static void fill_sounds(blocking *b) {
    uint32_t *to = b->rows + b->scorer.sounds;
    for (int32_t i = 0; b->set->given >= 0 && i < b->set->n; i++, to += b->width) {
        to[0] = (uint32_t)b->set->given_sound[i];
        to[1] = (uint32_t)b->set->family_sound[i];
    }
}

/* Keys of a column's values, then of its records. */
static en_status fill_column(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    blocking *b = ctx;
    int slot = (int)task;
    if (slot == b->slots.n) {
        fill_sounds(b);
        return EN_OK;
    }
    if (b->column[slot] < 0) return EN_OK;
    const link_field *f = &b->set->fields[b->slots.of[slot].field];
    uint32_t *of_value = malloc((size_t)f->n_values * sizeof *of_value);
    if (!of_value) return en_no_memory(err);
    for (int32_t v = 0; v < f->n_values; v++) of_value[v] = block_key(f, b->slots.of[slot].key, v);
    uint32_t *to = b->rows + b->column[slot];
    for (int32_t i = 0; i < b->set->n; i++) to[(size_t)i * (size_t)b->width] = of_value[f->code[i]];
    free(of_value);
    return EN_OK;
}

/* ---- one rule: records into buckets ---- */

static uint32_t key_of_row(const blocking *b, const uint32_t *row) {
    const block_rule *r = &b->rules[b->now];
    uint32_t first = row[b->column[r->slot[0]]], second = r->slot[1] < 0 ? 1 : row[b->column[r->slot[1]]];
    if (!first || !second) return 0;
    uint32_t key = (uint32_t)(block_mix((uint64_t)first << 32 | second) >> 32);
    return key ? key : 1;
}

static size_t bucket_of(const blocking *b, uint32_t key) { return (size_t)((uint64_t)key << b->bucket_bits >> 32); }

static int32_t chunk_end(const blocking *b, size_t chunk) {
    int64_t end = ((int64_t)chunk + 1) * CHUNK;
    return end < b->set->n ? (int32_t)end : b->set->n;
}

static en_status count_chunk(void *ctx, size_t chunk, int worker, en_error *err) {
    (void)worker, (void)err;
    blocking *b = ctx;
    int64_t *count = b->counts + (chunk << b->bucket_bits);
    memset(count, 0, sizeof *count << b->bucket_bits);
    for (int32_t i = (int32_t)chunk * CHUNK; i < chunk_end(b, chunk); i++) {
        b->keys[i] = key_of_row(b, row_of(b, i));
        if (b->keys[i]) count[bucket_of(b, b->keys[i])]++;
    }
    return EN_OK;
}

static en_status cast_chunk(void *ctx, size_t chunk, int worker, en_error *err) {
    (void)worker, (void)err;
    blocking *b = ctx;
    int64_t *at = b->counts + (chunk << b->bucket_bits);
    for (int32_t i = (int32_t)chunk * CHUNK; i < chunk_end(b, chunk); i++)
        if (b->keys[i]) b->entries[at[bucket_of(b, b->keys[i])]++] = (uint64_t)b->keys[i] << 32 | (uint32_t)i;
    return EN_OK;
}

/* Counts become places: buckets in order, in each the chunks in order, so that records stay ascending. */
static void place_chunks(blocking *b, size_t chunks) {
    size_t buckets = (size_t)1 << b->bucket_bits;
    int64_t sum = 0;
    for (size_t v = 0; v < buckets; v++) {
        b->starts[v] = sum;
        for (size_t c = 0; c < chunks; c++) {
            int64_t count = b->counts[(c << b->bucket_bits) + v];
            b->counts[(c << b->bucket_bits) + v] = sum;
            sum += count;
        }
    }
    b->starts[buckets] = sum;
}

/* ---- one bucket: blocks ---- */

/* What a task has at hand. */
typedef struct bucket_work {
    blocking *b;
    link_pairs *out;
    int64_t *made;
    en_keyed *items, *scratch; /* records of the bucket, by key */
    uint32_t *rows;            /* rows of the block in hand, side by side */
    int32_t *records;
    bool *left; /* records whose pairs are made */
    en_error *err;
} bucket_work;

static uint64_t agreed_columns(const blocking *b, const uint32_t *x, const uint32_t *y) {
    uint64_t agreed = 0;
    for (int c = 0; c < b->large; c++) agreed |= (uint64_t)(x[c] == y[c] && x[c]) << c;
    return agreed;
}

static bool agree_on_split(const blocking *b, const block_rule *r, int i, uint64_t agreed) {
    return r->split[i] < 0 || agreed >> b->column[r->split[i]] & 1;
}

/* Whether two records have met under an earlier rule; in blocks that were split, only where they agree on what split
 * them. In what was too large even so, neighbours met: that is left to the end, where pairs made twice are dropped. */
static bool met_before(const blocking *b, const uint32_t *x, uint64_t agreed) {
    for (int r = 0; r < b->now; r++) {
        const block_rule *rule = &b->rules[r];
        if ((agreed & b->needed[r]) != b->needed[r]) continue;
        if (!(x[b->large] >> r & 1)) return true;
        if (!agree_on_split(b, rule, 0, agreed)) continue;
        if (!(x[b->larger] >> r & 1)) return true;
    }
    return false;
}

static en_status make_pair(bucket_work *w, const uint32_t *x, const uint32_t *y, int32_t a, int32_t c) {
    const blocking *b = w->b;
    const link_set *set = b->set;
    if (set->one_per_list && set->list[a] == set->list[c]) return EN_OK;
    uint64_t agreed = agreed_columns(b, x, y);
    if ((agreed & b->needed[b->now]) != b->needed[b->now] || met_before(b, x, agreed)) return EN_OK;
    link_pair pair = {.a = a < c ? a : c, .b = a < c ? c : a};
    ++*w->made;
    if (!bounded_score(&b->scorer, &pair, a < c ? x : y, a < c ? y : x)) return EN_OK;
    if (b->options->lightest > -INFINITY) {
        link_score_pair(set, b->model, &pair);
        if ((double)pair.weight < b->options->lightest) return EN_OK;
    }
    return link_keep(w->out, pair, w->err);
}

static bool is_left(const blocking *b, int32_t record) {
    return b->stride == 1 || block_mix((uint64_t)record * 3 + 1) % b->stride == 0;
}

/* Rows of a block next to one another: each is fetched once, not once a pair. */
static bool gather(bucket_work *w, const en_keyed *items, size_t n) {
    const blocking *b = w->b;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        int32_t record = items[i].of;
        w->records[i] = record;
        w->left[i] = b->options->frontier ? b->options->frontier[record] : is_left(b, record);
        any |= w->left[i];
    }
    for (size_t i = 0; any && i < n; i++)
        memcpy(w->rows + i * (size_t)b->width, row_of(b, items[i].of), (size_t)b->width * sizeof *w->rows);
    return any;
}

/* Pairs of a block of at most BLOCK_MOST; bound by the cache up to the rows, by arithmetic within. A sampled pair is
 * one whose lower record is a left one; a pair of the frontier one with either. */
static en_status compare_block(bucket_work *w, const en_keyed *items, size_t n, size_t window) {
    const blocking *b = w->b;
    size_t width = (size_t)b->width;
    if (!gather(w, items, n)) return EN_OK;
    en_status status = EN_OK;
    /* The analyser takes what sweep_bucket frees at its end for lost. NOLINTBEGIN(clang-analyzer-unix.Malloc) */
    for (size_t i = 0; status == EN_OK && i + 1 < n; i++)
        for (size_t k = i + 1; status == EN_OK && k < n && k - i <= window; k++) {
            bool lower = w->records[i] < w->records[k];
            bool made = b->options->frontier ? w->left[i] || w->left[k] : w->left[lower ? i : k];
            if (made) status = make_pair(w, w->rows + i * width, w->rows + k * width, w->records[i], w->records[k]);
        }
    /* NOLINTEND(clang-analyzer-unix.Malloc) */
    return status;
}

/* A block that nothing splits: neighbours alone, in an order that brings like records together. */
static en_status compare_neighbours(bucket_work *w, en_keyed *items, size_t n) {
    const blocking *b = w->b;
    for (size_t i = 0; i < n; i++) {
        const uint32_t *row = row_of(b, items[i].of);
        uint64_t key = 0;
        for (int k = 0; k < b->set->n_fields; k++) key = block_mix(key + row[k]);
        items[i].key = key;
    }
    en_sort_keyed(items, w->scratch, n);
    for (size_t from = 0; from < n; from += BLOCK_MOST - WINDOW)
        EN_TRY(compare_block(w, items + from, n - from < BLOCK_MOST ? n - from : BLOCK_MOST, WINDOW));
    return EN_OK;
}

static void mark_large(const blocking *b, const en_keyed *items, size_t n, int word) {
    for (size_t i = 0; i < n; i++)
        b->rows[(size_t)items[i].of * (size_t)b->width + (size_t)word] |= (uint32_t)1 << b->now;
}

/* Records that lack what splits the block meet nobody in it. */
static en_status compare_records(bucket_work *w, en_keyed *items, size_t n, int splits) {
    const blocking *b = w->b;
    if (n < 2) return EN_OK;
    if (n <= BLOCK_MOST) return compare_block(w, items, n, n);
    int split = splits < 2 ? b->rules[b->now].split[splits] : -1;
    if (splits < 2) mark_large(b, items, n, splits ? b->larger : b->large);
    if (split < 0) return compare_neighbours(w, items, n);
    for (size_t i = 0; i < n; i++) items[i].key = row_of(b, items[i].of)[b->column[split]];
    en_sort_keyed(items, w->scratch, n);
    for (size_t from = 0, end; from < n; from = end) {
        for (end = from + 1; end < n && items[end].key == items[from].key;) end++;
        if (items[from].key) EN_TRY(compare_records(w, items + from, end - from, splits + 1));
    }
    return EN_OK;
}

static bool is_alone(const en_keyed *items, size_t i, size_t n) {
    return items[i].key != items[i - 1].key && (i + 1 == n || items[i].key != items[i + 1].key);
}

/* Blocks are small and lie anywhere in memory, so that waiting for it would take longer than all else: rows, and then
 * the values that they hold, are asked for some records ahead. */
static void look_ahead(const bucket_work *w, size_t i, size_t n) {
    enum { ROWS = 24, VALUES = 10, GLANCES = 4 };
    const blocking *b = w->b;
    if (i + ROWS < n && !is_alone(w->items, i + ROWS, n)) {
        const uint32_t *row = row_of(b, w->items[i + ROWS].of);
        __builtin_prefetch(row);
        __builtin_prefetch(row + b->width - 1);
    }
    if (i + VALUES >= n || is_alone(w->items, i + VALUES, n)) return;
    const uint32_t *row = row_of(b, w->items[i + VALUES].of);
    for (int g = 0; g < b->set->n_fields && g < GLANCES; g++) {
        int k = b->scorer.glances[g];
        const link_field *f = &b->set->fields[k];
        if (f->glances) __builtin_prefetch(&f->glances[row[k]]);
    }
}

static en_status compare_blocks(bucket_work *w, size_t n) {
    for (size_t from = 0, end; from < n; from = end) {
        for (end = from + 1; end < n && w->items[end].key == w->items[from].key;) end++;
        for (size_t i = from; i < end; i++) look_ahead(w, i, n);
        EN_TRY(compare_records(w, w->items + from, end - from, 0));
    }
    return EN_OK;
}

static en_status sweep_bucket(void *ctx, size_t bucket, int worker, en_error *err) {
    (void)worker;
    blocking *b = ctx;
    int64_t from = b->starts[bucket];
    size_t n = (size_t)(b->starts[bucket + 1] - from);
    bucket_work w = {.b = b, .out = &b->of_bucket[bucket], .made = &b->made[bucket], .err = err};
    w.items = malloc((2 * n + 1) * sizeof *w.items);
    w.scratch = w.items ? w.items + n : NULL;
    w.rows = malloc(BLOCK_MOST * (size_t)b->width * sizeof *w.rows);
    w.records = malloc(BLOCK_MOST * sizeof *w.records);
    w.left = malloc(BLOCK_MOST * sizeof *w.left);
    en_status status = w.items && w.rows && w.records && w.left ? EN_OK : en_no_memory(err);
    for (size_t i = 0; status == EN_OK && i < n; i++)
        w.items[i] = (en_keyed){b->entries[from + (int64_t)i] >> 32, (int32_t)(uint32_t)b->entries[from + (int64_t)i]};
    if (status == EN_OK) {
        en_sort_keyed(w.items, w.scratch, n);
        status = compare_blocks(&w, n);
    }
    free(w.items);
    free(w.rows);
    free(w.records);
    free(w.left);
    return status;
}

static en_status sweep_rule(blocking *b, link_pairs *out, en_error *err) {
    size_t chunks = ((size_t)b->set->n + CHUNK - 1) / CHUNK, buckets = (size_t)1 << b->bucket_bits;
    int threads = b->set->threads;
    const en_progress *progress = b->set->progress;
    EN_TRY(en_parallel_for(chunks, threads, count_chunk, b, "comparing records", progress, err));
    place_chunks(b, chunks);
    EN_TRY(en_parallel_for(chunks, threads, cast_chunk, b, "comparing records", progress, err));
    en_status status = en_parallel_for(buckets, threads, sweep_bucket, b, "comparing records", progress, err);
    en_error ignored; /* all are cleared, and the first failure stays */
    en_status gathered = link_gather(out, b->of_bucket, buckets, status == EN_OK ? err : &ignored);
    if (status == EN_OK) status = gathered;
    for (size_t v = 0; v < buckets; v++) {
        b->rule_pairs[b->now] += b->made[v];
        b->made[v] = 0;
    }
    out->compared += b->rule_pairs[b->now];
    return status;
}

/* ---- the whole ---- */

/* By records, each pair once. */
static en_status sort_pairs(link_pairs *pairs, en_error *err) {
    size_t n = (size_t)pairs->n;
    en_keyed *keys = malloc((2 * n + 1) * sizeof *keys);
    link_pair *sorted = malloc((n + 1) * sizeof *sorted);
    en_status status = keys && sorted ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        for (size_t i = 0; i < n; i++)
            keys[i] = (en_keyed){(uint64_t)(uint32_t)pairs->pairs[i].a << 32 | (uint32_t)pairs->pairs[i].b, (int32_t)i};
        en_sort_keyed(keys, keys + n, n);
        pairs->n = 0;
        for (size_t i = 0; i < n; i++)
            if (!i || keys[i].key != keys[i - 1].key) sorted[pairs->n++] = pairs->pairs[keys[i].of];
        free(pairs->pairs);
        pairs->pairs = sorted;
        pairs->cap = (int64_t)n + 1;
        sorted = NULL;
    }
    free(keys);
    free(sorted);
    return status;
}

/* Rows, keys and entries, and what is known of values and records; pairs that are kept come on top. */
static en_status check_memory(const blocking *b, en_error *err) {
    const link_set *set = b->set;
    double record = 4.0 * b->width + 4 + 8 + 16 + 4.0 * set->n_fields, bytes = record * set->n;
    for (int k = 0; k < set->n_fields; k++) {
        const link_field *f = &set->fields[k];
        bytes +=
            (double)f->n_values * ((f->latin ? 48 : sizeof *f->values) + (f->glances ? sizeof *f->glances : 0) + 12);
    }
    if (bytes <= (double)set->memory) return EN_OK;
    en_fail(err, EN_ERR_LIMIT, "linking %d records needs about %.0f MB, more than it may use", (int)set->n,
            bytes / 1e6);
    return en_error_mend(err, "allow it more with --memory, or compare fewer columns"), EN_ERR_LIMIT;
}

static en_status set_up(blocking *b, en_error *err) {
    size_t n = (size_t)b->set->n + 1, chunks = ((size_t)b->set->n + CHUNK - 1) / CHUNK;
    lay_out_rows(b);
    EN_TRY(check_memory(b, err));
    while (b->bucket_bits < BUCKET_BITS_MOST && b->set->n >> b->bucket_bits > BUCKET) b->bucket_bits++;
    size_t buckets = (size_t)1 << b->bucket_bits;
    b->rows = en_os_alloc_large(n * (size_t)b->width * sizeof *b->rows);
    b->keys = malloc(n * sizeof *b->keys);
    b->entries = malloc(n * sizeof *b->entries);
    b->counts = malloc((chunks * buckets + 1) * sizeof *b->counts);
    b->starts = malloc((buckets + 1) * sizeof *b->starts);
    b->of_bucket = calloc(buckets, sizeof *b->of_bucket);
    b->made = calloc(buckets, sizeof *b->made);
    if (!b->rows || !b->keys || !b->entries || !b->counts || !b->starts || !b->of_bucket || !b->made)
        return en_no_memory(err);
    return en_parallel_for((size_t)b->slots.n + 1, b->set->threads, fill_column, b, "comparing records",
                           b->set->progress, err);
}

static void take_down(blocking *b) {
    free(b->rows);
    free(b->keys);
    free(b->entries);
    free(b->counts);
    free(b->starts);
    free(b->of_bucket);
    free(b->made);
}

static uint32_t stride_for(const blocking *b) {
    double pairs = 0;
    for (int r = 0; r < b->n_rules; r++) pairs += b->rules[r].pairs;
    return b->options->most > 0 && pairs > b->options->most ? (uint32_t)(pairs / b->options->most) + 1 : 1;
}

static void report(const blocking *b, const link_pairs *pairs) {
    en_link_result *r = b->set->result;
    if (!r) return;
    r->charts.n_rules = b->n_rules;
    memcpy(r->charts.rules, b->set->blocking.rules, sizeof r->charts.rules);
    memcpy(r->charts.rule_pairs, b->rule_pairs, sizeof r->charts.rule_pairs);
    r->charts.missed = pairs->missed;
    const char *why = b->set->by_rules                   ? "as the model says"
                      : b->set->n > LINK_EXHAUSTIVE_MOST ? "of more than 200,000 records"
                                                         : "of too many distinct values to compare each with each";
    snprintf(r->found_by, sizeof r->found_by, "blocking: %d rules of one or two keys, %.1f pairs a record, %s",
             b->n_rules, (double)pairs->compared / (b->set->n > 0 ? b->set->n : 1), why);
}

/* A rule takes a pass over all records, which has to be worth it; more so where a part of the matches will do. */
#define LEAST_GAIN 0.0003
#define LEAST_GAIN_OF_A_PART 0.005

static en_status run(blocking *b, link_pairs *out, en_error *err) {
    block_budget budget = {PAIRS_A_RECORD * b->set->n, b->options->most > 0 ? LEAST_GAIN_OF_A_PART : LEAST_GAIN};
    if (budget.pairs < PAIRS_AT_LEAST) budget.pairs = PAIRS_AT_LEAST;
    block_slots_list(b->set, &b->slots);
    EN_TRY(block_rules_choose(b->set, b->model, &b->slots, &budget, b->rules, &b->n_rules, err));
    b->stride = stride_for(b);
    *out = (link_pairs){.stride = (int32_t)b->stride, .missed = b->set->blocking.missed};
    EN_TRY(set_up(b, err));
    for (b->now = 0; b->now < b->n_rules; b->now++) EN_TRY(sweep_rule(b, out, err));
    report(b, out);
    return sort_pairs(out, err);
}

en_status link_block(link_set *set, const link_model *model, const link_block_options *options, link_pairs *out,
                     en_error *err) {
    blocking b = {.set = set, .model = model, .options = options};
    *out = (link_pairs){.stride = 1};
    bounded_start(&b.scorer, set, model, options->cut);
    en_status status = run(&b, out, err);
    take_down(&b);
    return status;
}

/* ---- learning what keys agree ---- */

enum { LEARN_FROM = 50000 };
/* So many matches of the kind that is usual are taken to have been seen. */
#define USUAL_MATCHES 20.0

static unsigned field_agreement(const link_set *set, const block_slots *slots, int k, const link_pair *p) {
    const link_field *f = &set->fields[k];
    unsigned bits = 0;
    for (int s = slots->first[k]; s < slots->first[k + 1]; s++) {
        uint32_t x = block_key(f, slots->of[s].key, f->code[p->a]), y = block_key(f, slots->of[s].key, f->code[p->b]);
        bits |= (unsigned)(x && x == y) << (s - slots->first[k]);
    }
    return bits;
}

/* Whether a pair meets under a rule that does not ask about the field: of such pairs, what they agree on in it was not
 * chosen. */
static bool meets_without(const link_set *set, const block_slots *slots, const unsigned agreed[FIELDS_MAX], int field) {
    for (int r = 0; r < set->blocking.n_rules; r++) {
        const en_link_rule *rule = &set->blocking.rules[r];
        if (rule->first == field || rule->second == field) continue;
        int first = block_slot_of(slots, rule->first, rule->first_key) - slots->first[rule->first];
        bool met = agreed[rule->first] >> first & 1;
        if (met && rule->second >= 0) {
            int second = block_slot_of(slots, rule->second, rule->second_key) - slots->first[rule->second];
            met = agreed[rule->second] >> second & 1;
        }
        if (met) return true;
    }
    return false;
}

en_status link_block_learn(link_set *set, const link_pairs *pairs, en_error *err) {
    block_slots slots;
    double total[FIELDS_MAX] = {0};
    (void)err;
    block_slots_list(set, &slots);
    memset(set->blocking.agreements, 0, sizeof set->blocking.agreements);
    int64_t step = pairs->n / LEARN_FROM + 1;
    for (int64_t i = 0; i < pairs->n; i += step) {
        const link_pair *p = &pairs->pairs[i];
        double match = 1 / (1 + exp(-(double)p->weight));
        if (match < 0.5) continue;
        unsigned agreed[FIELDS_MAX];
        for (int k = 0; k < set->n_fields; k++) agreed[k] = field_agreement(set, &slots, k, p);
        for (int k = 0; k < set->n_fields; k++) {
            if (!meets_without(set, &slots, agreed, k)) continue;
            set->blocking.agreements[k][agreed[k]] += match;
            total[k] += match;
        }
    }
    set->blocking.measured = true;
    for (int k = 0; k < set->n_fields; k++) {
        if (total[k] < USUAL_MATCHES) set->blocking.measured = false;
        for (int a = 0; a < 16; a++) set->blocking.agreements[k][a] /= total[k] > 0 ? total[k] : 1;
    }
    set->blocking.n_rules = 0;
    return EN_OK;
}

void link_block_adopt(link_set *set, const en_link_model *model) {
    set->blocking.n_rules = 0;
    for (int i = 0; i < model->n_rules; i++) {
        en_link_rule rule = model->rules[i];
        int to[2] = {-1, -1};
        for (int k = 0; k < set->n_fields; k++)
            for (int side = 0; side < 2; side++) {
                int c = side ? rule.second : rule.first;
                bool same = c >= 0 && c < model->n_comparisons && model->comparisons[c].role == set->fields[k].role &&
                            strcmp(model->comparisons[c].field, set->fields[k].name) == 0;
                if (same) to[side] = k;
            }
        if (to[0] < 0 || (rule.second >= 0 && to[1] < 0)) continue;
        rule.first = to[0];
        rule.second = to[1];
        set->blocking.rules[set->blocking.n_rules++] = rule;
    }
}
