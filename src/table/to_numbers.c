/* A string column that holds numbers becomes a column of numbers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "table/parts.h"

static bool parse_whole(en_str digits, int64_t *out) {
    double x;
    /* Within 2^53 a double holds every whole number. */
    if (!table_parse_double(digits, &x) || x != floor(x) || fabs(x) > 9007199254740992.0) return false;
    *out = (int64_t)x;
    return true;
}

static en_status refuse(const en_table *t, int64_t row, const en_column *c, const char *file, en_column_type type,
                        en_error *err) {
    en_str text = en_column_str(c, row);
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" is not a %snumber", (int)(text.len < 60 ? text.len : 60), text.ptr,
            type == EN_COLUMN_INT64 ? "whole " : "");
    en_error_mend(err, "write digits, with a point before decimals");
    en_error_at(err, file, row + 2, c->name, t->row_offsets ? t->row_offsets[row] : -1);
    return EN_ERR_INPUT;
}

static en_status parse_rows(const en_table *t, const en_column *c, const char *file, en_column *to, en_error *err) {
    for (int64_t row = 0; row < t->rows; row++) {
        if (en_column_is_null(c, row)) continue;
        en_str text = en_str_trim(en_column_str(c, row));
        double x = 0;
        bool is = to->ints ? parse_whole(text, &to->ints[row]) : table_parse_double(text, &x) && isfinite(x);
        if (!is) return refuse(t, row, c, file, to->type, err);
        if (to->doubles) to->doubles[row] = x;
    }
    return EN_OK;
}

en_status en_table_to_numbers(en_table *table, const char *name, en_column_type type, const char *file, en_error *err) {
    const en_column *found = en_table_column(table, name);
    en_column *c = found ? &table->columns[found - table->columns] : NULL;
    if (!c) return en_fail(err, EN_ERR_NOT_FOUND, "there is no column \"%.100s\"", name);
    if (c->type != EN_COLUMN_STRING) return EN_OK;
    en_column to = {.type = type};
    size_t n = (size_t)table->rows + 1;
    if (type == EN_COLUMN_INT64)
        to.ints = calloc(n, sizeof *to.ints);
    else
        to.doubles = calloc(n, sizeof *to.doubles);
    en_status status = to.ints || to.doubles ? parse_rows(table, c, file, &to, err) : en_no_memory(err);
    if (status != EN_OK) {
        table_clear_column(&to);
        return status;
    }
    to.name = c->name;
    to.validity = c->validity;
    to.null_count = c->null_count;
    c->name = NULL;
    c->validity = NULL;
    table_clear_column(c);
    *c = to;
    return EN_OK;
}
