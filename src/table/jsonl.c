/* JSON Lines in: one object a line.
 *
 * jansson says whether a line is valid and gives keys and strings; numbers and nested values are kept as the bytes that
 * stand in the line, which jansson would print anew. So a line is walked a second time, for where its values stand.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "everyname/limits.h"
#include "table/parts.h"

typedef struct jsonl_reader {
    const en_read_options *options;
    en_read_report *report;
    en_str text;
    bool clean;
    en_str line; /* the current one, without its end */
    int64_t number;
    en_map columns; /* key to column */
    en_str *cells;  /* one a column */
    int32_t cell_cap;
    en_table_builder *builder;
} jsonl_reader;

static en_status place_fault(const jsonl_reader *r, size_t in_line, const char *column, en_error *fault) {
    return table_fault_at(r->options, r->number, column, (r->line.ptr - r->text.ptr) + (int64_t)in_line, fault);
}

static bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static size_t skip_space(en_str s, size_t at) {
    while (at < s.len && is_json_space(s.ptr[at])) at++;
    return at;
}

/* Past the string whose opening quote is at `at`; a string that is not closed ends with the line. */
static size_t skip_string(en_str s, size_t at) {
    for (at++; at < s.len && s.ptr[at] != '"'; at++) at += s.ptr[at] == '\\';
    return at < s.len ? at + 1 : s.len;
}

/* Past the value at `at`, up to the comma or brace that ends it; *deepest is how far it nests. */
static size_t skip_value(en_str s, size_t at, int *deepest) {
    int depth = 0;
    *deepest = 0;
    while (at < s.len) {
        char c = s.ptr[at];
        if (c == '"') {
            at = skip_string(s, at);
            continue;
        }
        if (!depth && (c == ',' || c == '}')) break;
        if (c == '{' || c == '[') depth++;
        if (c == '}' || c == ']') depth--;
        if (depth > *deepest) *deepest = depth;
        at++;
    }
    return at;
}

/* Of a valid object: the bytes of the value that follows the key at *at; leaves *at on the next key. */
static en_str next_value(en_str s, size_t *at) {
    int deepest;
    size_t from = skip_string(s, *at);
    from = skip_space(s, skip_space(s, from) + 1); /* the colon */
    size_t end = skip_value(s, from, &deepest);
    *at = skip_space(s, end + 1);
    while (end > from && is_json_space(s.ptr[end - 1])) end--;
    return (en_str){s.ptr + from, end - from};
}

static en_status check_line(const jsonl_reader *r, en_error *fault) {
    size_t bad = r->clean ? r->line.len : table_utf8_fault(r->line, 0);
    if (bad < r->line.len) {
        en_fail(fault, EN_ERR_INPUT, "byte 0x%02X is not UTF-8", (unsigned)(unsigned char)r->line.ptr[bad]);
        en_error_mend(fault, "save the file as UTF-8");
        return place_fault(r, bad, NULL, fault);
    }
    if (r->line.ptr[skip_space(r->line, 0)] != '{') {
        en_fail(fault, EN_ERR_INPUT, "the line is not a JSON object");
        en_error_mend(fault, "write one object a line, with nothing around or between them");
        return place_fault(r, 0, NULL, fault);
    }
    int deepest;
    skip_value(r->line, 0, &deepest);
    if (deepest <= EN_LIMIT_JSON_DEPTH) return EN_OK;
    en_fail(fault, EN_ERR_LIMIT, "values nested deeper than %d", EN_LIMIT_JSON_DEPTH);
    return place_fault(r, 0, NULL, fault);
}

static en_status parse_line(const jsonl_reader *r, json_t **object, en_error *fault) {
    json_error_t error;
    /* Integers as reals only so that long ones are no error: their text is taken from the line. */
    *object = json_loadb(r->line.ptr, r->line.len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);
    if (*object) return EN_OK;
    char *quoted = strstr(error.text, " near ");
    if (quoted) *quoted = 0; /* the place is given by its byte */
    en_fail(fault, EN_ERR_INPUT, "not a JSON object: %s", error.text);
    en_error_mend(fault, "write one whole object a line, each key once");
    return place_fault(r, error.position > 0 ? (size_t)error.position : 0, NULL, fault);
}

static en_status check_pair(const jsonl_reader *r, const char *key, en_str raw, en_error *fault) {
    size_t at = (size_t)(raw.ptr - r->line.ptr);
    if (!en_str_trim(en_str_of(key)).len) {
        en_fail(fault, EN_ERR_INPUT, "a key is empty");
        en_error_mend(fault, "name it: keys become columns");
        return place_fault(r, at, NULL, fault);
    }
    if (raw.len <= EN_LIMIT_CELL_BYTES) return EN_OK;
    en_fail(fault, EN_ERR_LIMIT, "a value of more than %u MiB", EN_LIMIT_CELL_BYTES >> 20);
    return place_fault(r, at, key, fault);
}

static en_status check_pairs(const jsonl_reader *r, json_t *object, en_error *fault) {
    size_t at = skip_space(r->line, skip_space(r->line, 0) + 1);
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) EN_TRY(check_pair(r, key, next_value(r->line, &at), fault));
    return EN_OK;
}

static en_status grow_cells(jsonl_reader *r, int32_t columns, en_error *err) {
    if (columns <= r->cell_cap) return EN_OK;
    int32_t cap = r->cell_cap * 2 > columns ? r->cell_cap * 2 : columns + 15;
    en_str *cells = realloc(r->cells, (size_t)cap * sizeof *cells);
    if (!cells) return en_no_memory(err);
    for (int32_t i = r->cell_cap; i < cap; i++) cells[i] = (en_str){NULL, 0};
    r->cells = cells;
    r->cell_cap = cap;
    return EN_OK;
}

/* Column of `key`, added to the table where it is new. */
static en_status find_column(jsonl_reader *r, const char *key, int32_t *column, en_error *err) {
    bool added;
    EN_TRY(en_map_intern(&r->columns, en_str_of(key), column, &added, err));
    if (!added) return EN_OK;
    EN_TRY(grow_cells(r, *column + 1, err));
    en_status status = table_builder_add_column(r->builder, key, err);
    return status == EN_ERR_LIMIT ? place_fault(r, 0, key, err) : status;
}

static en_str cell_of(const json_t *value, en_str raw) {
    if (json_is_null(value)) return (en_str){NULL, 0};
    if (json_is_string(value)) return (en_str){json_string_value(value), json_string_length(value)};
    return raw;
}

static en_status add_row(jsonl_reader *r, json_t *object, en_error *err) {
    for (int32_t i = 0; i < r->cell_cap; i++) r->cells[i] = (en_str){NULL, 0};
    size_t at = skip_space(r->line, skip_space(r->line, 0) + 1);
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        en_str raw = next_value(r->line, &at);
        int32_t column;
        EN_TRY(find_column(r, key, &column, err));
        r->cells[column] = cell_of(value, raw);
    }
    return en_table_builder_row(r->builder, r->cells, r->line.ptr - r->text.ptr, (int64_t)r->line.len, err);
}

/* Many columns and many lines without them would take memory that the file's size does not announce. */
static en_status check_sparse(const jsonl_reader *r, en_error *err) {
    if ((uint64_t)r->number * (uint64_t)r->columns.len <= (uint64_t)r->text.len * EN_LIMIT_UNPACK_RATIO) return EN_OK;
    en_fail(err, EN_ERR_LIMIT, "more than %d empty cells for a byte of the file", EN_LIMIT_UNPACK_RATIO);
    en_error_mend(err, "split the file into one for each kind of object");
    return place_fault(r, 0, NULL, err);
}

static en_status read_line(jsonl_reader *r, en_error *err) {
    en_error fault;
    json_t *object = NULL;
    en_status status = check_line(r, &fault);
    if (status == EN_OK) status = parse_line(r, &object, &fault);
    if (status == EN_OK) status = check_pairs(r, object, &fault);
    status = status == EN_OK ? add_row(r, object, err) : table_reject(r->options, r->report, &fault, err);
    json_decref(object);
    return status;
}

static en_status read_lines(jsonl_reader *r, size_t start, en_error *err) {
    const en_progress *progress = r->options ? r->options->progress : NULL;
    for (size_t at = start; at < r->text.len; at++) {
        const char *from = r->text.ptr + at;
        const char *end = memchr(from, '\n', r->text.len - at);
        r->line = (en_str){from, end ? (size_t)(end - from) : r->text.len - at};
        at += r->line.len;
        if (r->line.len && from[r->line.len - 1] == '\r') r->line.len--;
        r->number++;
        if (skip_space(r->line, 0) < r->line.len) EN_TRY(read_line(r, err));
        EN_TRY(check_sparse(r, err));
        if ((r->number & 0xFFF) == 0) EN_TRY(en_progress_step(progress, "reading rows", at, r->text.len, err));
    }
    if (r->columns.len) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "no line holds an object with a key");
    return table_fault_at(r->options, 1, NULL, -1, err);
}

/* JSON is UTF-8 (RFC 8259), so no other encoding is guessed. */
static en_status decode_json(en_str bytes, const en_read_options *options, jsonl_reader *r, size_t *start,
                             en_error *err) {
    en_read_options as_utf8 = options ? *options : (en_read_options){0};
    bool wide_mark = bytes.len >= 2 && (memcmp(bytes.ptr, "\xFF\xFE", 2) == 0 || memcmp(bytes.ptr, "\xFE\xFF", 2) == 0);
    if (!as_utf8.encoding && !wide_mark) as_utf8.encoding = "UTF-8";
    return table_decode(bytes, &as_utf8, r->report, &r->text, start, &r->clean, err);
}

en_status en_jsonl_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                        en_error *err) {
    en_read_report unused = {0};
    en_error ignored;
    jsonl_reader r = {.options = options, .report = report ? report : &unused};
    if (!err) err = &ignored;
    *out = (en_table){0};
    *r.report = (en_read_report){.format = "jsonl"};
    size_t start;
    en_status status = decode_json(bytes, options, &r, &start, err);
    if (status == EN_OK) status = table_builder_empty(&r.builder, err);
    if (status == EN_OK) status = read_lines(&r, start, err);
    if (status == EN_OK) status = en_table_builder_finish(r.builder, out, err);
    if (status == EN_OK) r.report->rows = out->rows;
    en_table_builder_free(r.builder);
    en_map_clear(&r.columns);
    free(r.cells);
    en_read_report_clear(&unused);
    return status;
}
