/* Rows inside a list's rows. */
#include "app/import_rows.h"

#include <string.h>

#include "app/row_add.h"

typedef struct inner {
    const en_inner_rows *rows;
    en_row_adder adder;
    int32_t *columns; /* of the table, those that hold rows */
    int32_t n_columns;
} inner;

static bool holds_rows(const inner *in, const char *column) {
    char head[64];
    size_t len = strcspn(column, ".");
    if (len >= sizeof head || (!column[len] && !in->rows->is_jsonl)) return false;
    memcpy(head, column, len);
    head[len] = 0;
    return en_row_is_of_person(&in->adder.model, head);
}

static en_status find_columns(inner *in, en_arena *arena, en_error *err) {
    const en_table *t = in->rows->table;
    if (!(in->columns = en_arena_alloc(arena, ((size_t)t->n_columns + 1) * sizeof *in->columns)))
        return en_no_memory(err);
    for (int32_t i = 0; i < t->n_columns; i++)
        if (holds_rows(in, t->columns[i].name)) in->columns[in->n_columns++] = i;
    return EN_OK;
}

/* A member of JSON Lines is rows only where it is a list or an object; a word there is the list's own. */
static en_status set_cell(json_t *of, const en_column *column, int64_t row, en_error *err) {
    en_str cell = en_str_trim(en_column_str(column, row));
    if (strchr(column->name, '.')) return en_row_set(of, column->name, cell, err);
    json_t *value = cell.len ? json_loadb(cell.ptr, cell.len, 0, NULL) : NULL;
    if (!value) return EN_OK;
    return json_object_set_new(of, column->name, value) == 0 ? EN_OK : en_no_memory(err);
}

/* The list says so, where the row names no source of its own. */
static void name_source(json_t *of, const char *source) {
    const char *member;
    json_t *rows, *one;
    size_t i;
    json_object_foreach(of, member, rows) {
        if (json_is_object(rows) && !json_object_get(rows, "source"))
            json_object_set_new(rows, "source", json_string(source));
        json_array_foreach(rows, i, one) {
            if (json_is_object(one) && !json_object_get(one, "source"))
                json_object_set_new(one, "source", json_string(source));
        }
    }
}

static en_status add_row(inner *in, int64_t row, const char *source, en_error *err) {
    json_t *of = json_object();
    en_status status = of ? EN_OK : en_no_memory(err);
    for (int32_t k = 0; status == EN_OK && k < in->n_columns; k++)
        status = set_cell(of, &in->rows->table->columns[in->columns[k]], row, err);
    if (status == EN_OK) name_source(of, source);
    en_id record = {in->rows->first.entry, in->rows->first.ordinal + row};
    if (status == EN_OK) status = en_row_add_to_record(&in->adder, record, of, err);
    json_decref(of);
    return status;
}

static en_status add_rows(inner *in, en_arena *arena, int64_t *row, en_error *err) {
    char source[EN_REF_TEXT];
    EN_TRY(find_columns(in, arena, err));
    EN_TRY(en_case_ref(in->adder.c, in->rows->source, source, err));
    for (*row = 0; in->n_columns && *row < in->rows->table->rows; ++*row)
        if (!in->rows->told || !in->rows->told[*row]) EN_TRY(add_row(in, *row, source, err));
    *row = -1;
    return en_row_adder_finish(&in->adder, err);
}

en_status en_import_inner_rows(en_case *c, const en_inner_rows *rows, int64_t *added, int64_t *row, en_error *err) {
    inner in = {.rows = rows};
    en_arena *arena = en_arena_new();
    *row = -1;
    en_status status = arena ? en_row_adder_open(c, rows->date_order, &in.adder, err) : en_no_memory(err);
    if (status == EN_OK) status = add_rows(&in, arena, row, err);
    *added = in.adder.n_added;
    en_row_adder_close(&in.adder);
    en_arena_free(arena);
    return status;
}
