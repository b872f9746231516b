/* Ids of counts, which `trace` follows.
 *
 * A count's id is its own query: "c:" level, how ages are grouped and which period is asked for where it matters,
 * conditions in order of dimension, "@" and the ledger head, so that nothing has to be stored for a number to be
 * followed. Values are percent-encoded where they hold anything but letters, digits and -._+.
 */
#include "app/count_id.h"

#include <string.h>

enum { HEAD_DIGITS = 12 };
#define UNIT_FAMILY "unit=family"
#define AGES "ages"
#define FROM "from"
#define TO "to"

/* ---- out ---- */

static bool is_plain(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == '+' || c >= 128;
}

static en_status add_encoded(en_buf *out, const char *value, en_error *err) {
    for (const unsigned char *p = (const unsigned char *)value; *p; p++) {
        if (is_plain(*p))
            EN_TRY(en_buf_add_char(out, (char)*p, err));
        else
            EN_TRY(en_buf_addf(out, err, "%%%02X", *p));
    }
    return EN_OK;
}

static bool is_condition(const en_count_query *query, en_dimension dimension, const char *value) {
    for (int i = 0; i < query->n_where; i++)
        if (query->where[i].dimension == dimension && strcmp(query->where[i].value, value) == 0) return true;
    return false;
}

/* A cell's own value says more than the alternatives that the query allows for its dimension. */
static bool is_narrowed(const en_count_query *query, const en_count_cell *cell, en_dimension dimension) {
    for (int i = 0; cell && i < query->n_by; i++)
        if (query->by[i] == dimension && !en_dimension_is_many(dimension)) return true;
    return false;
}

static bool is_printed(const en_count_query *query, const en_count_cell *cell, en_dimension dimension) {
    for (int i = 0; i < query->n_where; i++)
        if (query->where[i].dimension == dimension) return true;
    for (int i = 0; cell && i < query->n_by; i++)
        if (query->by[i] == dimension) return true;
    return false;
}

/* How ages were grouped and which period was asked for, where a condition of the id means something by it alone. */
static en_status print_groups(const en_count_query *query, const en_count_cell *cell, en_buf *out, en_error *err) {
    bool dated = is_printed(query, cell, EN_DIM_PERIOD);
    if (query->ages && is_printed(query, cell, EN_DIM_AGE_GROUP))
        EN_TRY(en_buf_addf(out, err, ";" AGES "=%s", query->ages));
    if (query->from && dated) EN_TRY(en_buf_addf(out, err, ";" FROM "=%s", query->from));
    return query->to && dated ? en_buf_addf(out, err, ";" TO "=%s", query->to) : EN_OK;
}

/* Conditions of the query and of the cell, in order of dimension, so that equal sets of persons asked for alike have
 * equal ids. */
en_status en_count_print_id(const char *head, const en_count_query *query, const en_count_cell *cell, en_buf *out,
                            en_error *err) {
    out->len = 0;
    EN_TRY(en_buf_addf(out, err, "c:%s%s", en_level_name(query->level),
                       query->unit == EN_COUNT_FAMILIES ? ";" UNIT_FAMILY : ""));
    EN_TRY(print_groups(query, cell, out, err));
    for (int d = 0; d < EN_DIMENSIONS; d++) {
        for (int i = 0; i < query->n_where; i++) {
            if (query->where[i].dimension != (en_dimension)d || is_narrowed(query, cell, (en_dimension)d)) continue;
            EN_TRY(en_buf_addf(out, err, ";%s=", en_dimension_name((en_dimension)d)));
            EN_TRY(add_encoded(out, query->where[i].value, err));
        }
        for (int i = 0; cell && i < query->n_by; i++) {
            bool is_said = en_dimension_is_many((en_dimension)d) && is_condition(query, query->by[i], cell->value[i]);
            if (query->by[i] != (en_dimension)d || is_said) continue;
            EN_TRY(en_buf_addf(out, err, ";%s=", en_dimension_name((en_dimension)d)));
            EN_TRY(add_encoded(out, cell->value[i], err));
        }
    }
    return en_buf_addf(out, err, "@%.*s", HEAD_DIGITS, head);
}

/* ---- back in ---- */

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

static char *decode(en_arena *arena, en_str encoded) {
    char *out = en_arena_strdup(arena, encoded);
    size_t len = 0;
    for (size_t i = 0; out && i < encoded.len; i++) {
        if (encoded.ptr[i] == '%' && i + 2 < encoded.len && hex_digit(encoded.ptr[i + 1]) >= 0 &&
            hex_digit(encoded.ptr[i + 2]) >= 0) {
            out[len++] = (char)(hex_digit(encoded.ptr[i + 1]) * 16 + hex_digit(encoded.ptr[i + 2]));
            i += 2;
        } else {
            out[len++] = encoded.ptr[i];
        }
    }
    if (out) out[len] = 0;
    return out;
}

static en_status malformed(en_str id, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" is not the id of a count", (int)(id.len < 200 ? id.len : 200), id.ptr);
    en_error_mend(err, "copy it whole, as `everyname count --json` or the report prints it");
    return EN_ERR_INPUT;
}

/* "ages=…", "from=…", "to=…": *taken says whether it was one. */
static en_status read_group(en_str name, en_str value, en_arena *arena, en_count_query *query, bool *taken,
                            en_error *err) {
    const char **member = en_str_eq(name, EN_LIT(AGES))   ? &query->ages
                          : en_str_eq(name, EN_LIT(FROM)) ? &query->from
                          : en_str_eq(name, EN_LIT(TO))   ? &query->to
                                                          : NULL;
    *taken = member != NULL;
    if (!member) return EN_OK;
    *member = decode(arena, value);
    return *member ? EN_OK : en_no_memory(err);
}

static en_status read_part(en_str id, en_str part, en_arena *arena, en_count_query *query, en_error *err) {
    const char *equals = part.len ? memchr(part.ptr, '=', part.len) : NULL;
    bool taken;
    if (en_str_eq(part, EN_LIT(UNIT_FAMILY))) {
        query->unit = EN_COUNT_FAMILIES;
        return EN_OK;
    }
    if (!equals) return malformed(id, err);
    en_str name = {part.ptr, (size_t)(equals - part.ptr)}, value = {equals + 1, part.len - name.len - 1};
    EN_TRY(read_group(name, value, arena, query, &taken, err));
    if (taken) return EN_OK;
    if (query->n_where == EN_COUNT_WHERE || !en_dimension_of(name, &query->where[query->n_where].dimension))
        return malformed(id, err);
    if (!(query->where[query->n_where].value = decode(arena, value))) return en_no_memory(err);
    query->n_where++;
    return EN_OK;
}

en_status en_count_parse_id(en_str id, en_arena *arena, en_count_query *query, const char **head, en_error *err) {
    *query = (en_count_query){.show_small = true};
    const char *at = memchr(id.ptr, '@', id.len);
    if (id.len < 3 || memcmp(id.ptr, "c:", 2) != 0 || !at) return malformed(id, err);
    *head = en_arena_strdup(arena, (en_str){at + 1, (size_t)(id.ptr + id.len - at - 1)});
    if (!*head) return en_no_memory(err);
    if (strlen(*head) < 4) return malformed(id, err);
    en_str rest = {id.ptr + 2, (size_t)(at - id.ptr) - 2};
    for (bool first = true; first || rest.len; first = false) {
        const char *end = memchr(rest.ptr, ';', rest.len);
        en_str part = {rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len};
        rest = end ? (en_str){end + 1, rest.len - part.len - 1} : (en_str){"", 0};
        if (!first)
            EN_TRY(read_part(id, part, arena, query, err));
        else if (!en_level_of(part, &query->level))
            return malformed(id, err);
    }
    return EN_OK;
}
