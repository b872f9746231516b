#include "table/cells_out.h"

#include <jansson.h>
#include <string.h>

/* Where the CSV cell that begins at `at` ends: at a delimiter or the record's end. */
static size_t cell_end(en_str record, size_t at, char delimiter) {
    if (at < record.len && record.ptr[at] == '"') {
        for (at++; at < record.len; at++) {
            if (record.ptr[at] != '"') continue;
            if (at + 1 < record.len && record.ptr[at + 1] == '"')
                at++;
            else
                break;
        }
    }
    while (at < record.len && record.ptr[at] != delimiter) at++;
    return at;
}

static void csv_cells_out(en_str record, char delimiter, int32_t n, const bool *out, char *to) {
    size_t at = 0;
    for (int32_t i = 0; i < n && at <= record.len; i++) {
        size_t end = cell_end(record, at, delimiter);
        if (out[i]) memset(to + at, ' ', end - at);
        at = end + 1;
    }
}

static size_t skip_space(en_str s, size_t at) {
    while (at < s.len && strchr(" \t\r\n", s.ptr[at])) at++;
    return at;
}

static size_t after_string(en_str s, size_t at) {
    for (at++; at < s.len && s.ptr[at] != '"'; at++) at += s.ptr[at] == '\\';
    return at < s.len ? at + 1 : s.len;
}

/* Behind a value: at the comma or brace that follows it. */
static size_t after_value(en_str s, size_t at) {
    for (int depth = 0; at < s.len;) {
        char c = s.ptr[at];
        if (!depth && (c == ',' || c == '}')) break;
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        at = c == '"' ? after_string(s, at) : at + 1;
    }
    return at;
}

/* The member's name may be written with escapes. */
static bool is_out(en_str key, const en_table *columns, const bool *out) {
    json_t *name = json_loadb(key.ptr, key.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool is = !name;
    for (int32_t i = 0; name && i < columns->n_columns; i++)
        is |= out[i] && strcmp(columns->columns[i].name, json_string_value(name)) == 0;
    json_decref(name);
    return is;
}

static bool object_cells_out(en_str record, const en_table *columns, const bool *out, char *to) {
    size_t at = skip_space(record, 0), n = 0;
    if (at >= record.len || record.ptr[at] != '{') return false;
    to[n++] = '{';
    for (at = skip_space(record, at + 1); at < record.len && record.ptr[at] == '"';) {
        size_t key_end = after_string(record, at), end = after_value(record, key_end);
        if (!is_out((en_str){record.ptr + at, key_end - at}, columns, out)) {
            if (n > 1) to[n++] = ',';
            memcpy(to + n, record.ptr + at, end - at);
            n += end - at;
        }
        if (end >= record.len || record.ptr[end] == '}') break;
        at = skip_space(record, end + 1);
    }
    if (n >= record.len) return false;
    memset(to + n, ' ', record.len - n);
    to[record.len - 1] = '}';
    return true;
}

void table_cells_out(en_str record, char delimiter, const en_table *columns, const bool *out, char *to) {
    if (delimiter) {
        memcpy(to, record.ptr, record.len);
        csv_cells_out(record, delimiter, columns->n_columns, out, to);
    } else if (!object_cells_out(record, columns, out, to)) {
        memset(to, ' ', record.len);
    }
}
