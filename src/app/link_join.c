#include "app/link_join.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"

/* A column while it is put together. */
typedef struct joining {
    const joined_part *parts;
    size_t n_parts;
    int64_t rows;
    en_map values;
    int32_t *code; /* -1 missing */
} joining;

/* Rows of `column` as those from `first` on. */
static en_status add_column(joining *j, const en_column *column, int64_t first, int64_t rows, en_error *err) {
    int32_t *number = malloc(((size_t)column->dict_len + 1) * sizeof *number);
    en_status status = number ? EN_OK : en_no_memory(err);
    for (int32_t v = 0; status == EN_OK && v < column->dict_len; v++)
        status = en_map_intern(&j->values, en_column_entry(column, v), &number[v], NULL, err);
    for (int64_t i = 0; status == EN_OK && i < rows; i++)
        if (!en_column_is_null(column, i)) j->code[first + i] = number[column->codes[i]];
    free(number);
    return status;
}

static en_status add_constant(joining *j, en_str value, int64_t first, int64_t rows, en_error *err) {
    int32_t number;
    EN_TRY(en_map_intern(&j->values, value, &number, NULL, err));
    for (int64_t i = 0; i < rows; i++) j->code[first + i] = number;
    return EN_OK;
}

/* The number of a row in its file stands for an id that is missing. */
static en_status add_numbers(joining *j, size_t part, int64_t first, int64_t rows, en_error *err) {
    for (int64_t i = 0; i < rows; i++) {
        char number[48];
        if (j->code[first + i] >= 0) continue;
        if (j->n_parts > 1)
            snprintf(number, sizeof number, "%zu:%lld", part + 1, (long long)i + 1);
        else
            snprintf(number, sizeof number, "%lld", (long long)i + 1);
        EN_TRY(en_map_intern(&j->values, en_str_of(number), &j->code[first + i], NULL, err));
    }
    return EN_OK;
}

static en_status add_part(joining *j, int32_t target, size_t part, int64_t first, en_error *err) {
    const joined_part *p = &j->parts[part];
    int64_t rows = p->table->rows;
    if (target == JOINED_LIST)
        return p->lists ? add_column(j, p->lists, first, rows, err)
                        : add_constant(j, en_str_of(p->list), first, rows, err);
    if (target == JOINED_ID) {
        if (p->ids) EN_TRY(add_column(j, p->ids, first, rows, err));
        return add_numbers(j, part, first, rows, err);
    }
    for (int32_t k = 0; k < p->table->n_columns; k++)
        if (p->to[k] == target) EN_TRY(add_column(j, &p->table->columns[k], first, rows, err));
    return EN_OK;
}

/* Validity bits; missing values get code 0. */
static en_status mark_missing(joining *j, en_column *out, en_error *err) {
    for (int64_t i = 0; i < j->rows; i++) out->null_count += j->code[i] < 0;
    if (!out->null_count) return EN_OK;
    out->validity = calloc((size_t)j->rows / 8 + 1, 1);
    if (!out->validity) return en_no_memory(err);
    for (int64_t i = 0; i < j->rows; i++) {
        if (j->code[i] < 0)
            j->code[i] = 0;
        else
            out->validity[i >> 3] |= (uint8_t)(1u << (i & 7));
    }
    return EN_OK;
}

/* A map's keys have the layout of a dictionary. */
static en_status take_dictionary(en_map *values, en_column *out, en_error *err) {
    out->dict_len = values->len;
    out->dict_offsets = values->offsets;
    out->dict_bytes = values->bytes;
    values->offsets = NULL;
    values->bytes = NULL;
    if (!out->dict_offsets) out->dict_offsets = calloc(1, sizeof *out->dict_offsets);
    if (!out->dict_bytes) out->dict_bytes = calloc(1, 1);
    return out->dict_offsets && out->dict_bytes ? EN_OK : en_no_memory(err);
}

static en_status join_column(const joined_part *parts, size_t n_parts, int64_t rows, int32_t target, en_column *out,
                             en_error *err) {
    joining j = {.parts = parts, .n_parts = n_parts, .rows = rows, .code = malloc(((size_t)rows + 1) * sizeof *j.code)};
    int64_t first = 0;
    if (!j.code) return en_no_memory(err);
    out->codes = j.code;
    memset(j.code, 0xFF, ((size_t)rows + 1) * sizeof *j.code);
    en_status status = EN_OK;
    for (size_t i = 0; status == EN_OK && i < n_parts; first += parts[i++].table->rows)
        status = add_part(&j, target, i, first, err);
    if (status == EN_OK) status = mark_missing(&j, out, err);
    if (status == EN_OK) status = take_dictionary(&j.values, out, err);
    en_map_clear(&j.values);
    return status;
}

/* The column of the one part there is that can serve as it stands; NULL where there is none. */
static const en_column *column_as_it_is(const joined_part *parts, size_t n_parts, int32_t target) {
    const en_column *found = NULL;
    if (n_parts != 1) return NULL;
    if (target == JOINED_LIST) return parts->lists;
    if (target == JOINED_ID) return parts->ids && !parts->ids->null_count ? parts->ids : NULL;
    for (int32_t k = 0; k < parts->table->n_columns; k++) {
        if (parts->to[k] != target) continue;
        if (found) return NULL;
        found = &parts->table->columns[k];
    }
    return found;
}

static en_status make_column(const joined_part *parts, size_t n_parts, int32_t target, const char *name,
                             joined_lists *out, en_error *err) {
    en_column *c = &out->table.columns[target];
    const en_column *as_it_is = column_as_it_is(parts, n_parts, target);
    if (as_it_is) {
        *c = *as_it_is;
        out->borrowed[target] = true;
    }
    c->name = strdup(name);
    if (!c->name) return en_no_memory(err);
    return as_it_is ? EN_OK : join_column(parts, n_parts, out->table.rows, target, c, err);
}

en_status joined_lists_of(const joined_part *parts, size_t n_parts, const char *const *names, int32_t n_columns,
                          joined_lists *out, en_error *err) {
    *out = (joined_lists){.borrowed = calloc((size_t)n_columns, sizeof *out->borrowed)};
    out->table.columns = calloc((size_t)n_columns, sizeof *out->table.columns);
    if (!out->borrowed || !out->table.columns) return en_no_memory(err);
    for (size_t i = 0; i < n_parts; i++) out->table.rows += parts[i].table->rows;
    for (int32_t k = 0; k < n_columns; k++) {
        out->table.n_columns = k + 1;
        EN_TRY(make_column(parts, n_parts, k, names[k], out, err));
    }
    return EN_OK;
}

void joined_lists_clear(joined_lists *joined) {
    for (int32_t k = 0; k < joined->table.n_columns; k++) {
        en_column *c = &joined->table.columns[k];
        if (joined->borrowed[k]) *c = (en_column){.name = c->name};
    }
    if (joined->table.columns) en_table_clear(&joined->table);
    free(joined->borrowed);
    *joined = (joined_lists){0};
}
