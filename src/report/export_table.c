/* One table of an export as CSV, JSON Lines, SQLite rows, and as a resource of the data package. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/table.h"
#include "report/beside.h"
#include "report/export_parts.h"
#include "report/json.h"

enum {
    CELLS_MAX = 128,
    AROUND = 32,   /* characters of the text before and after a quote */
    HELD = 1 << 20 /* bytes of a file that wait to be written */
};

/* ---- HXL (hxlstandard.org): a row of tags below the headers ---- */

static const char *hxl_tag(const char *column, char room[96]) {
    static const char *const tags[][2] = {{"id", "#meta+id"},
                                          {"person", "#meta+id+person"},
                                          {"source", "#meta+source+id"},
                                          {"title", "#meta+title"},
                                          {"name", "#meta+name"},
                                          {"date", "#date+start"},
                                          {"until", "#date+end"},
                                          {"from", "#date+start"},
                                          {"to", "#date+end"},
                                          {"event_date", "#date"},
                                          {"month", "#date+month"},
                                          {"place", "#loc+name"},
                                          {"event_place", "#loc+name"},
                                          {"latitude", "#geo+lat"},
                                          {"longitude", "#geo+lon"},
                                          {"best", "#affected+best"},
                                          {"low", "#affected+min"},
                                          {"high", "#affected+max"},
                                          {"category", "#affected+type"},
                                          {"status", "#status"},
                                          {"sex", "#indicator+sex"},
                                          {"age_group", "#indicator+age"},
                                          {"cause", "#cause"},
                                          {"verification", "#status+verification"},
                                          {"civilian", "#status+civilian"},
                                          {"kind", "#meta+type"},
                                          {"quote", "#meta+quote"},
                                          {"url", "#meta+url"}};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i][0], column) == 0) return tags[i][1];
    size_t n = (size_t)snprintf(room, 96, "#meta+");
    for (const char *p = column; *p && n < 90; p++)
        if ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '_') room[n++] = *p;
    room[n] = 0;
    return room;
}

static en_status write_header(export_sink *s, bool tags, en_error *err) {
    char room[96];
    for (int i = 0; i < s->table->n_columns; i++) {
        const char *name = s->table->columns[i].name;
        if (i) EN_TRY(en_buf_add_char(&s->csv, ',', err));
        EN_TRY(en_csv_write_cell(en_str_of(tags ? hxl_tag(name, room) : name), &s->csv, err));
    }
    return en_buf_add_char(&s->csv, '\n', err);
}

static en_status open_file(const export_sink *s, const char *ending, en_os_writer **out, en_error *err) {
    en_buf path = {0};
    en_status status = en_buf_addf(&path, err, "%s/%s.%s", s->x->dir, s->table->name, ending);
    if (status == EN_OK) status = en_os_writer_open(path.ptr, out, err);
    en_buf_clear(&path);
    return status;
}

/* Writes what is held, once that is more than a little. */
static en_status flush(en_buf *held, size_t most, en_os_writer *file, en_error *err) {
    if (held->len <= most) return EN_OK;
    EN_TRY(en_os_writer_add(file, en_buf_str(held), err));
    held->len = 0;
    return EN_OK;
}

en_status export_begin(exporting *x, const en_export_table *table, export_sink *out, en_error *err) {
    *out = (export_sink){.x = x, .table = table};
    en_plain_column columns[CELLS_MAX];
    if (table->n_columns > CELLS_MAX) return en_fail(err, EN_ERR_LIMIT, "a table of more than %d columns", CELLS_MAX);
    EN_TRY(open_file(out, "csv", &out->csv_file, err));
    EN_TRY(open_file(out, "jsonl", &out->json_file, err));
    EN_TRY(write_header(out, false, err));
    if (x->options->hxl) EN_TRY(write_header(out, true, err));
    for (int i = 0; i < table->n_columns; i++)
        columns[i] = (en_plain_column){table->columns[i].name, table->columns[i].type};
    return x->plain ? en_plain_table(x->plain, table->name, columns, table->n_columns, err) : EN_OK;
}

void export_clear(export_sink *sink) {
    en_os_writer_drop(sink->csv_file);
    en_os_writer_drop(sink->json_file);
    sink->csv_file = sink->json_file = NULL;
    en_buf_clear(&sink->csv);
    en_buf_clear(&sink->jsonl);
}

/* ---- rows ---- */

const char *export_cell(const json_t *value, en_buf *room, en_error *err) {
    room->len = 0;
    en_status status = EN_OK;
    if (!value || json_is_null(value)) return NULL;
    if (json_is_string(value)) return json_string_value(value);
    if (json_is_boolean(value)) return json_is_true(value) ? "true" : "false";
    if (json_is_integer(value)) {
        status = en_buf_addf(room, err, "%lld", (long long)json_integer_value(value));
    } else {
        char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY | JSON_REAL_PRECISION(9));
        status = text ? en_buf_add(room, en_str_of(text), err) : en_no_memory(err);
        free(text);
    }
    return status == EN_OK ? room->ptr : NULL;
}

/* Characters, as W3C's selectors count them, before byte `end`. */
static int64_t characters(en_str text, int64_t end) {
    int64_t n = 0;
    for (int64_t i = 0; i < end; i++) n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return n;
}

/* Bytes of up to AROUND characters before `start`, or from `end` on. */
static en_str around(en_str text, int64_t from, bool before) {
    int64_t at = from, n = 0, len = (int64_t)text.len;
    while (n < AROUND && (before ? at > 0 : at < len)) {
        at += before ? -1 : 1;
        while (at > 0 && at < len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80) at += before ? -1 : 1;
        n++;
    }
    return before ? (en_str){text.ptr + at, (size_t)(from - at)} : (en_str){text.ptr + from, (size_t)(at - from)};
}

static json_t *selectors(const char *rendition, en_str text, int64_t start, int64_t end) {
    en_str prefix = around(text, start, true), suffix = around(text, end, false);
    return json_pack("{s:s, s:[{s:s, s:I, s:I}, {s:s, s:s%, s:s%, s:s%}], s:{s:I, s:I}}", "source", rendition,
                     "selector", "type", "TextPositionSelector", "start", (json_int_t)characters(text, start), "end",
                     (json_int_t)characters(text, end), "type", "TextQuoteSelector", "exact", text.ptr + start,
                     (size_t)(end - start), "prefix", prefix.ptr, prefix.len, "suffix", suffix.ptr, suffix.len, "bytes",
                     "start", (json_int_t)start, "end", (json_int_t)end);
}

/* The target of a quoted row as W3C's Web Annotations have it: positions are of characters there, ours are of bytes. */
static en_status add_target(export_sink *s, const json_t *row, json_t *out, en_error *err) {
    const char *rendition = json_string_value(json_object_get(row, "rendition"));
    int64_t start = json_integer_value(json_object_get(row, "start")),
            end = json_integer_value(json_object_get(row, "end"));
    char kind;
    en_id id;
    en_str text;
    if (!rendition || !json_object_get(row, "quote") || end <= start) return EN_OK;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_parse_id(s->x->c, rendition, &kind, &id, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_capture_bytes(s->x->c, id, arena, &text, err);
    if (status == EN_OK && start >= 0 && (uint64_t)end <= text.len) {
        json_t *target = selectors(rendition, text, start, end);
        if (!target || json_object_set_new(out, "target", target) != 0) status = en_no_memory(err);
    }
    en_arena_free(arena);
    return status;
}

static json_t *ordered(const export_sink *s, const json_t *row) {
    json_t *out = json_object();
    for (int i = 0; i < s->table->n_columns; i++) {
        const en_export_column *column = &s->table->columns[i];
        json_t *value = json_object_get(row, column->name);
        if (!value || json_is_null(value)) continue;
        bool is_decimal = column->type == 'n' && json_is_string(value);
        json_t *number = is_decimal ? json_loads(json_string_value(value), JSON_DECODE_ANY, NULL) : NULL;
        en_json_put(&out, column->name, number ? number : json_incref(value));
    }
    return out;
}

static en_status write_line(export_sink *s, const json_t *row, en_error *err) {
    json_t *object = ordered(s, row);
    en_status status = object ? add_target(s, row, object, err) : en_no_memory(err);
    char *text = status == EN_OK ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(9)) : NULL;
    if (status == EN_OK) status = text ? en_buf_addf(&s->jsonl, err, "%s\n", text) : en_no_memory(err);
    free(text);
    json_decref(object);
    return status;
}

static en_status write_cells(export_sink *s, const json_t *row, const char *cells[], en_buf rooms[], en_error *err) {
    for (int i = 0; i < s->table->n_columns; i++) {
        cells[i] = export_cell(json_object_get(row, s->table->columns[i].name), &rooms[i], err);
        if (i) EN_TRY(en_buf_add_char(&s->csv, ',', err));
        EN_TRY(en_csv_write_cell(en_str_of(cells[i] ? cells[i] : ""), &s->csv, err));
    }
    EN_TRY(en_buf_add_char(&s->csv, '\n', err));
    return s->x->plain ? en_plain_row(s->x->plain, cells, err) : EN_OK;
}

en_status export_row(export_sink *s, const json_t *row, en_error *err) {
    const char *cells[CELLS_MAX];
    en_buf rooms[CELLS_MAX] = {{0}};
    if (!row) return en_no_memory(err);
    en_status status = write_cells(s, row, cells, rooms, err);
    for (int i = 0; i < s->table->n_columns; i++) en_buf_clear(&rooms[i]);
    if (status == EN_OK) status = write_line(s, row, err);
    if (status == EN_OK && s->x->options->huridocs) status = export_huridocs_row(s->x, s->table->name, row, err);
    s->n_rows++;
    if (status == EN_OK) status = flush(&s->csv, HELD, s->csv_file, err);
    return status == EN_OK ? flush(&s->jsonl, HELD, s->json_file, err) : status;
}

/* ---- the package ---- */

static const char *field_type(char type) {
    return type == 'i'   ? "integer"
           : type == 'n' ? "number"
           : type == 'b' ? "boolean"
           : type == 'j' ? "array"
                         : "string";
}

static json_t *schema(const en_export_table *t) {
    json_t *fields = json_array(), *out = json_object();
    for (int i = 0; i < t->n_columns; i++) {
        json_t *one = json_object();
        en_json_put(&one, "name", json_string(t->columns[i].name));
        en_json_put(&one, "type", json_string(field_type(t->columns[i].type)));
        if (t->columns[i].definition[0]) en_json_put(&one, "description", json_string(t->columns[i].definition));
        if (t->columns[i].refers) en_json_put(&one, "refers_to", json_string(t->columns[i].refers));
        en_json_push(&fields, one);
    }
    en_json_put(&out, "fields", fields);
    en_json_put(&out, "primaryKey", json_string("id"));
    return out;
}

static json_t *resource(const export_sink *s, en_str csv) {
    json_t *out = report_csv_resource(s->table->name, s->table->title, csv);
    if (s->x->options->hxl)
        en_json_put(&out, "dialect", json_pack("{s:[i], s:[i]}", "headerRows", 1, "commentRows", 2));
    en_json_put(&out, "schema", schema(s->table));
    return out;
}

static en_status add_view(export_sink *s, en_error *err) {
    static const char *const labels[][2] = {{"source", "title"},     {"incident", "title"}, {"actor", "name"},
                                            {"place", "name"},       {"person", "name"},    {"capture", "url"},
                                            {"instrument", "title"}, {"release", "label"}};
    en_plain_join joins[CELLS_MAX];
    int n = 0;
    for (int i = 0; i < s->table->n_columns; i++)
        for (size_t k = 0; s->table->columns[i].refers && k < sizeof labels / sizeof *labels; k++)
            if (strcmp(labels[k][0], s->table->columns[i].refers) == 0)
                joins[n++] = (en_plain_join){s->table->columns[i].name, labels[k][0], labels[k][1]};
    return en_plain_view(s->x->plain, s->table->name, joins, n, err);
}

static en_status finish_files(export_sink *s, en_error *err) {
    EN_TRY(flush(&s->csv, 0, s->csv_file, err));
    EN_TRY(flush(&s->jsonl, 0, s->json_file, err));
    en_os_writer *csv = s->csv_file, *jsonl = s->json_file;
    s->csv_file = NULL;
    EN_TRY(en_os_writer_finish(csv, err));
    s->json_file = NULL;
    return en_os_writer_finish(jsonl, err);
}

/* The package says the hash of the file, which is read again for it. */
static en_status add_resource(export_sink *s, en_error *err) {
    en_buf path = {0};
    en_os_map map = {0};
    en_status status = en_buf_addf(&path, err, "%s/%s.csv", s->x->dir, s->table->name);
    if (status == EN_OK) status = en_os_map_file(path.ptr, &map, err);
    if (status == EN_OK) en_json_push(&s->x->resources, resource(s, map.bytes));
    en_os_unmap(&map);
    en_buf_clear(&path);
    return status;
}

en_status export_end(export_sink *s, en_error *err) {
    exporting *x = s->x;
    en_status status = finish_files(s, err);
    if (status == EN_OK && x->plain) status = add_view(s, err);
    if (status == EN_OK) status = add_resource(s, err);
    if (status == EN_OK && x->out->n_tables < (int)(sizeof x->out->tables / sizeof *x->out->tables)) {
        snprintf(x->out->tables[x->out->n_tables].name, sizeof x->out->tables->name, "%s", s->table->name);
        x->out->tables[x->out->n_tables++].rows = s->n_rows;
    }
    export_clear(s);
    return status;
}
