/* Rows by the values of some columns: strata, replicates. */
#include "app/estimate_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"

typedef struct named {
    const char *name;
    int32_t code;
} named;

static int by_name(const void *x, const void *y) {
    const char *a = ((const named *)x)->name, *b = ((const named *)y)->name;
    bool ua = strcmp(a, "unknown") == 0, ub = strcmp(b, "unknown") == 0;
    return ua != ub ? ua - ub : strcmp(a, b);
}

static en_status renumber(const en_map *map, int64_t rows, en_arena *arena, grouping *out, en_error *err) {
    int n = out->n;
    named *order = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *order);
    int32_t *rank = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *rank);
    out->names = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *out->names);
    if (!order || !rank || !out->names) return en_no_memory(err);
    for (int32_t i = 0; i < n; i++) order[i] = (named){en_arena_strdup(arena, en_map_key(map, i)), i};
    for (int i = 0; i < n; i++)
        if (!order[i].name) return en_no_memory(err);
    qsort(order, (size_t)n, sizeof *order, by_name);
    for (int32_t i = 0; i < n; i++) {
        rank[order[i].code] = i;
        out->names[i] = order[i].name;
    }
    for (int64_t row = 0; row < rows; row++) out->of[row] = rank[out->of[row]];
    return EN_OK;
}

static en_status add_value(const en_column *c, int64_t row, en_buf *key, en_error *err) {
    en_str value = en_str_trim(en_column_str(c, row));
    if (key->len) EN_TRY(en_buf_add(key, EN_LIT("; "), err));
    return en_buf_add(key, value.len ? value : EN_LIT("unknown"), err);
}

en_status estimate_group_rows(const en_table *t, const en_column *const *columns, int n_columns, en_arena *arena,
                              grouping *out, en_error *err) {
    en_map map = {0};
    en_buf key = {0};
    en_status status = EN_OK;
    out->of = en_arena_alloc(arena, ((size_t)t->rows + 1) * sizeof *out->of);
    if (!out->of) return en_no_memory(err);
    for (int64_t row = 0; row < t->rows && status == EN_OK; row++) {
        bool added = false;
        key.len = 0;
        for (int i = 0; i < n_columns && status == EN_OK; i++) status = add_value(columns[i], row, &key, err);
        if (status == EN_OK) status = en_map_intern(&map, en_buf_str(&key), &out->of[row], &added, err);
        out->n += added;
    }
    if (status == EN_OK) status = renumber(&map, t->rows, arena, out, err);
    en_map_clear(&map);
    en_buf_clear(&key);
    return status;
}
