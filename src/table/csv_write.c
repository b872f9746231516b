/* Tables out as CSV: RFC 4180 with '\n'. */
#include <string.h>

#include "table/parts.h"

static bool needs_quotes(en_str cell) {
    /* At the start of a file this would be read as a byte order mark. */
    if (cell.len >= 3 && memcmp(cell.ptr, "\xEF\xBB\xBF", 3) == 0) return true;
    for (size_t i = 0; i < cell.len; i++)
        if (cell.ptr[i] == '"' || cell.ptr[i] == ',' || cell.ptr[i] == '\n' || cell.ptr[i] == '\r') return true;
    return false;
}

en_status en_csv_write_cell(en_str cell, en_buf *out, en_error *err) {
    if (!needs_quotes(cell)) return en_buf_add(out, cell, err);
    EN_TRY(en_buf_add_char(out, '"', err));
    while (cell.len) {
        const char *quote = memchr(cell.ptr, '"', cell.len);
        size_t n = quote ? (size_t)(quote - cell.ptr) + 1 : cell.len;
        EN_TRY(en_buf_add(out, (en_str){cell.ptr, n}, err));
        if (quote) EN_TRY(en_buf_add_char(out, '"', err));
        cell.ptr += n;
        cell.len -= n;
    }
    return en_buf_add_char(out, '"', err);
}

static en_status write_double(double x, en_buf *out, en_error *err) {
    char digits[32];
    table_format_double(x, digits);
    return en_buf_add(out, en_str_of(digits), err);
}

static en_status write_value(const en_column *c, int64_t row, en_buf *out, en_error *err) {
    if (en_column_is_null(c, row)) return EN_OK;
    switch (c->type) {
    case EN_COLUMN_STRING: return en_csv_write_cell(en_column_str(c, row), out, err);
    case EN_COLUMN_INT64: return en_buf_addf(out, err, "%lld", (long long)c->ints[row]);
    case EN_COLUMN_DOUBLE: return write_double(c->doubles[row], out, err);
    }
    return EN_OK;
}

static en_status write_row(const en_table *table, int64_t row, en_buf *out, en_error *err) {
    size_t start = out->len;
    for (int32_t i = 0; i < table->n_columns; i++) {
        if (i) EN_TRY(en_buf_add_char(out, ',', err));
        EN_TRY(write_value(&table->columns[i], row, out, err));
    }
    /* An empty line would not be read as a row. */
    if (out->len == start) EN_TRY(en_buf_add(out, EN_LIT("\"\""), err));
    return en_buf_add_char(out, '\n', err);
}

en_status en_csv_write(const en_table *table, en_buf *out, en_error *err) {
    for (int32_t i = 0; i < table->n_columns; i++) {
        if (i) EN_TRY(en_buf_add_char(out, ',', err));
        EN_TRY(en_csv_write_cell(en_str_of(table->columns[i].name), out, err));
    }
    EN_TRY(en_buf_add_char(out, '\n', err));
    for (int64_t row = 0; row < table->rows; row++) EN_TRY(write_row(table, row, out, err));
    return EN_OK;
}
