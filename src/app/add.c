/* Rows of one kind, by hand or from a file: one ledger entry, all or nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/add_record.h"
#include "app/app.h"
#include "app/row_add.h"
#include "app/side_table.h"
#include "base/buf.h"
#include "base/hex.h"

enum { PREVIEW_ROWS = 10 };

typedef struct adding {
    const en_add_options *options;
    en_add_result *out;
    en_case *c;
    en_row_adder adder;
    en_side_table file;
    bool file_is_open, is_jsonl;
    const char **paths; /* of the file's columns; NULL left out */
} adding;

/* ---- what was added ---- */

static en_status count_kind(adding *a, const char *kind, en_error *err) {
    en_add_result *out = a->out;
    for (int i = 0; i < out->n_kinds; i++)
        if (strcmp(out->kinds[i], kind) == 0) return out->counts[i]++, EN_OK;
    if (out->n_kinds == EN_ADD_KINDS) return EN_OK;
    out->kinds[out->n_kinds] = en_arena_strdup(out->arena, en_str_of(kind));
    if (!out->kinds[out->n_kinds]) return en_no_memory(err);
    out->counts[out->n_kinds++] = 1;
    return EN_OK;
}

static en_status note_row(void *ctx, const char *kind, const json_t *body, en_id id, en_error *err) {
    adding *a = ctx;
    en_add_result *out = a->out;
    EN_TRY(count_kind(a, kind, err));
    if (out->n_shown == PREVIEW_ROWS) return EN_OK;
    char text[EN_ID_TEXT], *json = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS);
    en_status status = json ? en_case_print_id(a->c, en_letter_of_kind(kind), id, text, err) : en_no_memory(err);
    if (status == EN_OK) {
        out->shown[out->n_shown].id = en_arena_strdup(out->arena, en_str_of(text));
        out->shown[out->n_shown].after = en_arena_strdup(out->arena, en_str_of(json));
        bool kept = out->shown[out->n_shown].id && out->shown[out->n_shown].after;
        status = kept ? EN_OK : en_no_memory(err);
        out->n_shown++;
    }
    free(json);
    return status;
}

/* ---- by hand ---- */

static en_status set_field(json_t *body, const char *field, en_error *err) {
    const char *equals = strchr(field, '=');
    char path[128];
    if (!equals || equals == field || (size_t)(equals - field) >= sizeof path) {
        en_fail(err, EN_ERR_USAGE, "\"%.100s\" sets no member", field);
        return en_error_mend(err, "write MEMBER=VALUE"), EN_ERR_USAGE;
    }
    memcpy(path, field, (size_t)(equals - field));
    path[equals - field] = 0;
    return en_row_set(body, path, en_str_of(equals + 1), err);
}

static en_status add_by_hand(adding *a, en_error *err) {
    json_t *body = json_object();
    en_status status = body ? EN_OK : en_no_memory(err);
    for (size_t i = 0; status == EN_OK && i < a->options->n_fields; i++)
        status = set_field(body, a->options->fields[i], err);
    if (status == EN_OK) status = en_row_add(&a->adder, a->options->kind, body, NULL, err);
    json_decref(body);
    return status;
}

/* ---- from a file ---- */

static en_status bad_map(const char *path, const char *column, const char *why, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "%s", why);
    en_error_mend(err, "write {\"COLUMN\": \"MEMBER\" or null, …}");
    en_error_at(err, path, -1, column, -1);
    return EN_ERR_INPUT;
}

/* Columns are members by their name; --map renames them or leaves them out. */
static en_status map_columns(adding *a, en_error *err) {
    const en_table *t = &a->file.table;
    const char *path = a->options->map_file;
    if (!(a->paths = en_arena_alloc(a->out->arena, ((size_t)t->n_columns + 1) * sizeof *a->paths)))
        return en_no_memory(err);
    for (int32_t i = 0; i < t->n_columns; i++) a->paths[i] = t->columns[i].name;
    if (!path) return EN_OK;
    en_os_map text;
    EN_TRY(en_os_map_file(path, &text, err));
    json_t *map = json_loadb(text.bytes.ptr, text.bytes.len, JSON_REJECT_DUPLICATES, NULL), *value;
    en_os_unmap(&text);
    const char *column;
    en_status status = json_is_object(map) ? EN_OK : bad_map(path, NULL, "is not a mapping", err);
    json_object_foreach(map, column, value) {
        int32_t i = 0;
        while (i < t->n_columns && strcmp(t->columns[i].name, column) != 0) i++;
        if (status != EN_OK) break;
        if (i == t->n_columns)
            status = bad_map(path, column, "the file has no such column", err);
        else if (!json_is_null(value) && !json_is_string(value))
            status = bad_map(path, column, "is no member", err);
        else if (json_is_null(value))
            a->paths[i] = NULL;
        else if (!(a->paths[i] = en_arena_strdup(a->out->arena, en_str_of(json_string_value(value)))))
            status = en_no_memory(err);
    }
    json_decref(map);
    return status;
}

static en_status save_map(const adding *a, en_error *err) {
    if (!a->options->save_map_file) return EN_OK;
    json_t *map = json_object();
    for (int32_t i = 0; map && i < a->file.table.n_columns; i++)
        json_object_set_new(map, a->file.table.columns[i].name, a->paths[i] ? json_string(a->paths[i]) : json_null());
    char *text = map ? json_dumps(map, JSON_INDENT(2)) : NULL;
    en_status status = text ? en_os_write_file(a->options->save_map_file, en_str_of(text), err) : en_no_memory(err);
    json_decref(map);
    free(text);
    return status;
}

/* A cell of JSON Lines may hold rows or parts, as JSON. */
static en_status set_cell(const adding *a, json_t *body, const char *path, en_str cell, en_error *err) {
    bool nested = a->is_jsonl && cell.len && (cell.ptr[0] == '[' || cell.ptr[0] == '{');
    json_t *value = nested ? json_loadb(cell.ptr, cell.len, 0, NULL) : NULL;
    if (!value) return en_row_set(body, path, cell, err);
    return json_object_set_new(body, path, value) == 0 ? EN_OK : en_no_memory(err);
}

static const char *column_of(const adding *a, const en_error *err) {
    for (int32_t i = 0; err && i < a->file.table.n_columns; i++)
        if (a->paths[i] && strcmp(a->paths[i], err->column) == 0) return a->file.table.columns[i].name;
    return NULL;
}

/* The place of what is wrong, in the file's own words. */
static en_status locate(const adding *a, int64_t row, en_status status, en_error *err) {
    if (!err) return status;
    char mend[sizeof err->mend];
    memcpy(mend, err->mend, sizeof mend);
    en_side_table_at(&a->file, row, column_of(a, err), mend, err);
    return status;
}

static en_status show_before(adding *a, int64_t row, en_error *err) {
    const en_table *t = &a->file.table;
    en_buf text = {0};
    en_status status = EN_OK;
    if (row >= PREVIEW_ROWS) return EN_OK;
    for (int32_t i = 0; status == EN_OK && i < t->n_columns; i++) {
        en_str cell = en_column_str(&t->columns[i], row);
        if (cell.len)
            status = en_buf_addf(&text, err, "%s%s=%.*s", text.len ? " | " : "", t->columns[i].name, (int)cell.len,
                                 cell.ptr);
    }
    if (status == EN_OK && !(a->out->before[row] = en_arena_strdup(a->out->arena, en_buf_str(&text))))
        status = en_no_memory(err);
    if (status == EN_OK) a->out->n_before = (int)row + 1;
    en_buf_clear(&text);
    return status;
}

static en_status add_file_row(adding *a, int64_t row, en_error *err) {
    const en_table *t = &a->file.table;
    json_t *body = json_object();
    en_status status = body ? show_before(a, row, err) : en_no_memory(err);
    for (int32_t i = 0; status == EN_OK && i < t->n_columns; i++) {
        if (err) err->column[0] = 0;
        if (a->paths[i]) status = set_cell(a, body, a->paths[i], en_str_trim(en_column_str(&t->columns[i], row)), err);
        if (status != EN_OK) en_error_at(err, NULL, -1, a->paths[i], -1);
    }
    if (status == EN_OK) status = en_row_add(&a->adder, a->options->kind, body, NULL, err);
    json_decref(body);
    return status == EN_OK ? EN_OK : locate(a, row, status, err);
}

static en_status add_file(adding *a, en_error *err) {
    static const char *const none[] = {NULL};
    const char *path = a->options->file;
    const en_read_options read = {
        .struct_size = sizeof read, .file = path, .encoding = a->options->encoding, .sheet = a->options->sheet};
    EN_TRY(en_side_table_open_as(path, &read, none, "", &a->file, err));
    a->file_is_open = true;
    a->is_jsonl = strcmp(a->file.report.format, "jsonl") == 0;
    EN_TRY(map_columns(a, err));
    for (int64_t i = 0; i < a->file.table.rows; i++) {
        EN_TRY(en_progress_step(a->options->progress, "adding rows", (uint64_t)i, (uint64_t)a->file.table.rows, err));
        EN_TRY(add_file_row(a, i, err));
    }
    return save_map(a, err);
}

/* ---- the whole ---- */

static en_status commit(adding *a, en_error *err) {
    en_entry entry;
    if (a->options->dry_run) return en_case_rollback(a->c), EN_OK;
    EN_TRY(en_case_commit(a->c, &entry, err));
    en_hex(entry.root, sizeof entry.root, a->out->root);
    return en_case_print_id(a->c, 'n', (en_id){entry.number, 0}, a->out->entry, err);
}

static en_status run(const char *case_path, adding *a, en_error *err) {
    const en_add_options *o = a->options;
    EN_TRY(en_case_open(case_path, true, &a->c, err));
    EN_TRY(en_case_begin(a->c, o->dry_run ? "dry run" : o->actor, "add", err));
    EN_TRY(en_row_adder_open(a->c, o->date_order, &a->adder, err));
    a->adder.added = note_row;
    a->adder.ctx = a;
    EN_TRY(o->file ? add_file(a, err) : add_by_hand(a, err));
    EN_TRY(en_row_adder_finish(&a->adder, err));
    a->out->rows = a->adder.n_added;
    a->out->dry_run = o->dry_run;
    return commit(a, err);
}

en_status en_app_add(const char *case_path, const en_add_options *options, en_add_result *out, en_error *err) {
    *out = (en_add_result){.arena = en_arena_new()};
    adding a = {.options = options, .out = out};
    en_error ignored;
    if (!err) err = &ignored;
    *err = (en_error){.row = -1, .byte = -1};
    bool by_hand = !options->file && strcmp(options->kind, "record") == 0;
    en_status status = !out->arena ? en_no_memory(err)
                       : by_hand   ? en_add_record(case_path, options, out, err)
                                   : run(case_path, &a, err);
    en_row_adder_close(&a.adder);
    if (a.file_is_open) en_side_table_close(&a.file);
    en_case_close(a.c); /* rolls back what was not committed */
    if (status != EN_OK) en_add_result_clear(out);
    return status;
}

void en_add_result_clear(en_add_result *result) {
    en_arena_free(result->arena);
    *result = (en_add_result){0};
}
