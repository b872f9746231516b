#include "app/hxl.h"

#include <stdlib.h>
#include <string.h>

/* A tag, the attributes that it has to have, and the role: the first that fits. Attributes come in any order. */
static const struct {
    const char *tag, *attributes[2], *role;
} meanings[] = {
    {"#status", {"verification"}, "verification"},
    {"#status", {"civilian"}, "civilian_status"},
    {"#status", {NULL}, "status"},
    {"#cause", {NULL}, "cause"},
    {"#date", {"birth"}, "birth"},
    {"#date", {"end"}, NULL},
    {"#date", {"reported"}, NULL},
    {"#date", {NULL}, "event_date"},
    {"#loc", {NULL}, "place"},
    {"#adm3", {"name"}, "place"},
    {"#adm2", {"name"}, "place"},
    {"#indicator", {"sex"}, "sex"},
    {"#indicator", {"age"}, "age"},
    {"#affected", {"sex"}, "sex"},
    {"#affected", {"age"}, "age"},
    {"#affected", {"name", "given"}, "given"},
    {"#affected", {"name", "family"}, "family"},
    {"#affected", {"name"}, "name"},
    {"#affected", {"civilian"}, "civilian_status"},
    {"#group", {"alleged"}, "alleged_party"},
    {"#meta", {"id"}, "id"},
};

/* "#tag" with attributes of letters, digits and _, as HXL writes them. */
static bool is_tag(en_str cell) {
    if (cell.len < 2 || cell.ptr[0] != '#') return false;
    for (size_t i = 1; i < cell.len; i++) {
        char c = cell.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (i == 1 || !((c >= '0' && c <= '9') || c == '_' || c == '+' || c == ' '))) return false;
    }
    return true;
}

bool en_hxl_is_tagged(const en_table *table) {
    int32_t tags = 0;
    for (int32_t i = 0; table->rows && i < table->n_columns; i++) {
        const en_column *c = &table->columns[i];
        if (c->type != EN_COLUMN_STRING) return false;
        en_str cell = en_str_trim(en_column_str(c, 0));
        if (cell.len && !is_tag(cell)) return false;
        tags += cell.len > 0;
    }
    return tags > 0;
}

/* ---- what tags mean ---- */

/* The next part of "#date +event+start", without its "+". */
static en_str next_part(en_str *rest) {
    while (rest->len && (*rest->ptr == '+' || *rest->ptr == ' ')) rest->ptr++, rest->len--;
    size_t n = 0;
    while (n < rest->len && rest->ptr[n] != '+' && rest->ptr[n] != ' ') n++;
    en_str part = {rest->ptr, n};
    rest->ptr += n;
    rest->len -= n;
    return part;
}

static bool has_attribute(en_str attributes, const char *wanted) {
    for (en_str part = next_part(&attributes); part.len; part = next_part(&attributes))
        if (en_str_eq(part, en_str_of(wanted))) return true;
    return false;
}

static const char *role_of(en_str written) {
    en_str attributes = written, tag = next_part(&attributes);
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        bool fits = en_str_eq(tag, en_str_of(meanings[i].tag));
        for (int k = 0; k < 2 && fits && meanings[i].attributes[k]; k++)
            fits = has_attribute(attributes, meanings[i].attributes[k]);
        if (fits) return meanings[i].role;
    }
    return NULL;
}

en_status en_hxl_map(en_mapping *mapping, const en_table *table, en_error *err) {
    for (int32_t i = 0; i < mapping->n; i++) {
        const char *role = role_of(en_str_trim(en_column_str(&table->columns[i], 0)));
        if (mapping->roles[i] || !role || en_mapping_column(mapping, role)) continue;
        if (!(mapping->roles[i] = en_arena_strdup(mapping->arena, en_str_of(role)))) return en_no_memory(err);
    }
    return EN_OK;
}

/* ---- without the row ---- */

static en_status copy_rows(const en_table *from, en_table_builder *builder, en_str *cells, en_error *err) {
    for (int64_t row = 1; row < from->rows; row++) {
        for (int32_t i = 0; i < from->n_columns; i++) cells[i] = en_column_str(&from->columns[i], row);
        EN_TRY(en_table_builder_row(builder, cells, from->row_offsets ? from->row_offsets[row] : -1,
                                    from->row_lengths ? from->row_lengths[row] : 0, err));
    }
    return EN_OK;
}

en_status en_hxl_drop_tags(en_table *table, en_error *err) {
    size_t n = (size_t)table->n_columns + 1;
    const char **names = calloc(n, sizeof *names);
    en_str *cells = calloc(n, sizeof *cells);
    en_table_builder *builder = NULL;
    en_table rest = {0};
    en_status status = names && cells ? EN_OK : en_no_memory(err);
    for (int32_t i = 0; status == EN_OK && i < table->n_columns; i++) names[i] = table->columns[i].name;
    if (status == EN_OK) status = en_table_builder_new(names, table->n_columns, &builder, err);
    if (status == EN_OK) status = copy_rows(table, builder, cells, err);
    if (status == EN_OK) status = en_table_builder_finish(builder, &rest, err);
    if (status == EN_OK) {
        en_table_clear(table);
        *table = rest;
    }
    en_table_builder_free(builder);
    free(names);
    free(cells);
    return status;
}
