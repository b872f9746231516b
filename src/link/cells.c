/* Columns as codes of distinct values: what a value means is read once, not once a record. */
#include "link/cells.h"

#include <stdio.h>

void cells_print_number(const en_column *column, int64_t row, char *buf, size_t cap) {
    if (column->type == EN_COLUMN_INT64)
        snprintf(buf, cap, "%lld", (long long)column->ints[row]);
    else
        snprintf(buf, cap, "%.10g", column->doubles[row]);
}

en_status cells_new(cells *c, en_role role, const char *name, int32_t n, en_arena *arena, en_error *err) {
    *c = (cells){.role = role, .name = name, .n = n};
    c->code = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *c->code);
    return c->code ? EN_OK : en_no_memory(err);
}

en_status cells_read(cells *c, const en_column *column, const int32_t *row, en_error *err) {
    char buf[40];
    if (column->type == EN_COLUMN_STRING) {
        c->column = column;
        for (int32_t i = 0; i < c->n; i++)
            c->code[i] = en_column_is_null(column, row[i]) ? 0 : column->codes[row[i]] + 1;
        return EN_OK;
    }
    for (int32_t i = 0; i < c->n; i++) {
        if (en_column_is_null(column, row[i])) continue;
        cells_print_number(column, row[i], buf, sizeof buf);
        EN_TRY(cells_set(c, i, en_str_of(buf), err));
    }
    return EN_OK;
}

en_str cells_value(const cells *c, int32_t code) {
    if (!code) return (en_str){"", 0};
    int32_t entries = cells_entries(c);
    return code <= entries ? en_str_trim(en_column_entry(c->column, code - 1))
                           : en_map_key(&c->added, code - 1 - entries);
}

en_status cells_set(cells *c, int32_t record, en_str value, en_error *err) {
    int32_t number;
    EN_TRY(en_map_intern(&c->added, value, &number, NULL, err));
    c->code[record] = cells_entries(c) + number + 1;
    return EN_OK;
}

void cells_clear(cells *c) { en_map_clear(&c->added); }
