/* What must hold of whatever the readers of table accept or refuse; abort() where it does not. */
#ifndef EN_FUZZ_CHECK_H
#define EN_FUZZ_CHECK_H

#include <stdlib.h>
#include <string.h>

#include "everyname/table.h"
#include "table/parts.h"

static inline void must(bool holds) {
    if (!holds) abort();
}

static inline void check_column(const en_column *c, int64_t rows) {
    must(c->type == EN_COLUMN_STRING && c->name && c->name[0]);
    must(c->dict_offsets[0] == 0);
    for (int32_t i = 0; i < c->dict_len; i++) {
        must(c->dict_offsets[i] < c->dict_offsets[i + 1]); /* no empty entry: it would be null */
        en_str entry = en_column_entry(c, i);
        must(table_utf8_fault(entry, 0) == entry.len);
    }
    int64_t nulls = 0;
    int32_t seen = 0;
    for (int64_t row = 0; row < rows; row++) {
        bool null = en_column_is_null(c, row);
        nulls += null;
        if (null) continue;
        must(c->codes[row] >= 0 && c->codes[row] <= seen && c->codes[row] < c->dict_len);
        seen += c->codes[row] == seen; /* codes are in order of first appearance */
    }
    must(nulls == c->null_count && seen == c->dict_len);
}

static inline void check_places(const en_table *t, en_str text) {
    int64_t end = 0;
    for (int64_t row = 0; row < t->rows; row++) {
        int64_t from = t->row_offsets[row], len = t->row_lengths[row];
        must(from >= end && len > 0 && (size_t)(from + len) <= text.len);
        end = from + len;
        must(text.ptr[from] != '\n' && text.ptr[end - 1] != '\n');
        must((size_t)end == text.len || text.ptr[end] == '\n' || text.ptr[end] == '\r');
    }
}

static inline void check_refusal(en_status status, const en_error *err) {
    char line[2048];
    must(err->status == status && err->message[0]);
    size_t len = en_error_format(err, line, sizeof line);
    must(len < sizeof line && table_utf8_fault((en_str){line, len}, 0) == len);
}

static inline void check_rejects(const en_read_report *r, en_str text) {
    for (size_t i = 0; i < r->n_rejects; i++) {
        must(r->rejects[i].row >= 1 && r->rejects[i].why[0]);
        must(r->rejects[i].byte < 0 || (size_t)r->rejects[i].byte <= text.len);
    }
}

static inline void check_equal(const en_table *a, const en_table *b) {
    must(a->rows == b->rows && a->n_columns == b->n_columns);
    for (int32_t i = 0; i < a->n_columns; i++) {
        must(strcmp(a->columns[i].name, b->columns[i].name) == 0);
        for (int64_t row = 0; row < a->rows; row++) {
            must(en_column_is_null(&a->columns[i], row) == en_column_is_null(&b->columns[i], row));
            must(en_str_eq(en_column_str(&a->columns[i], row), en_column_str(&b->columns[i], row)));
        }
    }
}

/* Written and read again it is the same table. */
static inline void check_round_trip(const en_table *t) {
    en_buf csv = {0};
    en_table again;
    en_read_report report;
    en_error err;
    en_read_options options = {.struct_size = sizeof options, .delimiter = ','};
    must(en_csv_write(t, &csv, &err) == EN_OK);
    must(en_csv_read(en_buf_str(&csv), &options, &again, &report, &err) == EN_OK);
    check_equal(t, &again);
    en_table_clear(&again);
    en_read_report_clear(&report);
    en_buf_clear(&csv);
}

/* All of the above, of one call of a reader; clears its results. `trimmed` says that names have no white space at
 * their ends, so that CSV, which trims them, keeps them. */
static inline void check_read(en_status status, en_str input, en_table *t, en_read_report *r, const en_error *err,
                              bool trimmed) {
    en_str text = r->text ? (en_str){r->text, r->text_len} : input;
    if (status == EN_OK) {
        must(t->rows == r->rows);
        for (int32_t i = 0; i < t->n_columns; i++) check_column(&t->columns[i], t->rows);
        if (t->rows) check_places(t, text);
        check_rejects(r, text);
        if (trimmed) check_round_trip(t);
    } else {
        check_refusal(status, err);
        must(t->n_columns == 0 && !t->columns);
    }
    en_table_clear(t);
    en_read_report_clear(r);
}

#endif
