/* Values repeat, so each pair of distinct values is compared once, into a byte a pair; comparing two records is then
 * one load a field. */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "link/glance.h"

enum { TILE = 64 };

/* Values from..from+TILE against at..at+TILE, and the mirror. In tiles, since writing the mirror row by row would miss
 * the cache each time; so bound by arithmetic in link_level. */
static void fill_tile(link_field *f, int32_t from, int32_t at) {
    int64_t n = f->n_values;
    int32_t to = from + TILE < f->n_values ? from + TILE : f->n_values;
    int32_t end = at + TILE < f->n_values ? at + TILE : f->n_values;
    for (int32_t v = from; v < to; v++)
        for (int32_t w = at > v ? at : v + 1; w < end; w++) {
            uint8_t level = (uint8_t)link_value_level(f, v, w);
            f->table[v * n + w] = f->table[w * n + v] = level;
        }
}

static en_status fill_rows(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker, (void)err;
    link_field *f = ctx;
    int32_t from = (int32_t)task * TILE + 1;
    for (int32_t v = from; v < from + TILE && v < f->n_values; v++) f->table[(int64_t)v * f->n_values + v] = 1;
    for (int32_t at = from; at < f->n_values; at += TILE) fill_tile(f, from, at);
    return EN_OK;
}

typedef struct adding {
    link_field *field;
    double least; /* values with a greater share count */
} adding;

/* Bound by loads: a level and a share. */
static en_status add_up_rows(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker, (void)err;
    const adding *job = ctx;
    const link_field *f = job->field;
    int32_t from = (int32_t)task * TILE + 1;
    for (int32_t v = from; v < from + TILE && v < f->n_values; v++) {
        const uint8_t *levels = f->table + (int64_t)v * f->n_values;
        double share[LEVEL_SLOTS] = {0};
        for (int32_t w = 1; w < f->n_values; w++)
            if (f->share[w] > job->least) share[levels[w]] += f->share[w];
        for (int l = 0; l < LEVEL_SLOTS; l++) f->near_share[(int64_t)v * LEVEL_SLOTS + l] = (float)share[l];
    }
    return EN_OK;
}

/* Below this share of the records, those who hold the values that count say too little of how common names near one
 * are. */
#define COVERED_LEAST 0.8

en_status link_near_shares(const link_set *set, link_field *f, double least, en_error *err) {
    adding job = {f, least};
    double covered = 0;
    if (!f->table) return EN_OK;
    for (int32_t v = 1; v < f->n_values; v++) covered += f->share[v] > least ? f->share[v] : 0;
    if (covered < COVERED_LEAST) {
        f->near_rarity = NULL;
        return EN_OK;
    }
    size_t tasks = ((size_t)f->n_values + TILE - 1) / TILE;
    return en_parallel_for(tasks, set->threads, add_up_rows, &job, "comparing values", set->progress, err);
}

static en_status fill_table(link_set *set, link_field *f, en_error *err) {
    size_t tasks = ((size_t)f->n_values + TILE - 1) / TILE;
    f->table = en_arena_alloc(set->arena, (size_t)f->n_values * (size_t)f->n_values);
    f->near_share = en_arena_alloc(set->arena, (size_t)f->n_values * LEVEL_SLOTS * sizeof *f->near_share);
    f->near_rarity = en_arena_alloc(set->arena, (size_t)f->n_values * LEVEL_SLOTS * sizeof *f->near_rarity);
    if (!f->table || !f->near_share || !f->near_rarity) return en_no_memory(err);
    memset(f->near_rarity, 0, (size_t)f->n_values * LEVEL_SLOTS * sizeof *f->near_rarity);
    EN_TRY(en_parallel_for(tasks, set->threads, fill_rows, f, "comparing values", set->progress, err));
    EN_TRY(link_near_shares(set, f, 0, err));
    for (int32_t v = 1; v < f->n_values; v++)
        for (int l = 2; l < LEVEL_SLOTS; l++)
            f->level_pairs[l] += 0.5 * f->share[v] * (double)f->near_share[(int64_t)v * LEVEL_SLOTS + l];
    return link_near_shares(set, f, 1.5 / (double)f->known, err);
}

static double cells(const link_field *f) { return (double)f->n_values * f->n_values; }

/* Comparing two values takes as long as comparing some ten records by table, and their tables should fit into memory.
 */
#define CELLS_MOST 1e9
#define PAIRS_WITHOUT_TABLES 2e8

/* Everything is compared where the tables are worth it, or where so few pairs are compared that they need none. */
static bool too_many(const link_set *set) {
    double pairs = (double)set->n * set->n / 2, bytes = 0;
    for (int i = 0; i < set->n_fields; i++) bytes += cells(&set->fields[i]);
    double most = (double)set->memory / 2 < CELLS_MOST ? (double)set->memory / 2 : CELLS_MOST;
    return set->by_rules || set->n > LINK_EXHAUSTIVE_MOST || (bytes > most && pairs > PAIRS_WITHOUT_TABLES);
}

en_status link_tables_fill(link_set *set, en_error *err) {
    double left = (double)set->memory / 2;
    set->blocked = too_many(set);
    /* With blocking, a table larger than the pairs it serves does not pay. */
    if (set->blocked && left > 2.0 * set->n) left = 2.0 * set->n;
    for (int i = 0; i < set->n_fields; i++) {
        link_field *f = &set->fields[i];
        if (cells(f) > left) continue;
        if (!set->blocked) left -= cells(f);
        EN_TRY(fill_table(set, f, err));
    }
    return set->blocked ? link_glances_take(set, err) : EN_OK;
}

uint64_t link_pattern(const link_set *set, int32_t a, int32_t b, float *rarity) {
    uint64_t pattern = 0;
    double rare = 0;
    bool swap = set->given >= 0 && link_swapped(set, a, b);
    for (int i = 0; i < set->n_fields; i++) {
        const link_field *f = &set->fields[i];
        int level = link_glanced_level(f, f->code[a], f->code[b]);
        if (swap && (i == set->given || i == set->family)) level = i == set->given ? LEVEL_SWAPPED : 0;
        pattern |= (uint64_t)level << (4 * i);
        rare += (double)link_value_rarity(f, level, f->code[a], f->code[b]);
    }
    *rarity = (float)rare;
    return pattern;
}
