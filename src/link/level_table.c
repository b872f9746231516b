/* Values repeat, so each pair of distinct values is compared once, into a byte a pair; comparing two records is then
 * one load a field. */
#include <stdlib.h>

#include "base/parallel.h"
#include "link/linkage.h"

enum { ROWS_A_TASK = 32 };

typedef struct fill {
    link_field *field;
} fill;

/* Row v from the diagonal on, and its mirror; bound by arithmetic in link_level. */
static en_status fill_rows(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker, (void)err;
    link_field *f = ((fill *)ctx)->field;
    int64_t n = f->n_values;
    int32_t from = (int32_t)task * ROWS_A_TASK + 1, to = from + ROWS_A_TASK;
    if (to > f->n_values) to = f->n_values;
    for (int32_t v = from; v < to; v++)
        for (int32_t w = v; w < f->n_values; w++) {
            uint8_t level = (uint8_t)link_level(f->kind, &f->values[v], &f->values[w]);
            f->table[v * n + w] = f->table[w * n + v] = level;
        }
    return EN_OK;
}

en_status link_tables_fill(link_set *set, en_error *err) {
    size_t left = set->memory / 2;
    for (int i = 0; i < set->n_fields; i++) {
        link_field *f = &set->fields[i];
        size_t bytes = (size_t)f->n_values * (size_t)f->n_values;
        if (bytes > left) continue;
        left -= bytes;
        f->table = en_arena_alloc(set->arena, bytes);
        if (!f->table) return en_fail(err, EN_ERR_MEMORY, "out of memory");
        fill ctx = {f};
        size_t tasks = ((size_t)f->n_values + ROWS_A_TASK - 1) / ROWS_A_TASK;
        EN_TRY(en_parallel_for(tasks, set->threads, fill_rows, &ctx, "comparing values", set->progress, err));
    }
    return EN_OK;
}

uint64_t link_pattern(const link_set *set, int32_t a, int32_t b, float *rarity) {
    uint64_t pattern = 0;
    double rare = 0;
    for (int i = 0; i < set->n_fields; i++) {
        const link_field *f = &set->fields[i];
        int level = link_field_level(f, f->code[a], f->code[b]);
        pattern |= (uint64_t)level << (4 * i);
        if (level == 1) rare += f->rarity[f->code[a]];
    }
    *rarity = (float)rare;
    return pattern;
}
