/* What the files of table share: freeing a column, rejects, the encoding of what comes in. */
#ifndef EN_TABLE_PARTS_H
#define EN_TABLE_PARTS_H

#include "base/buf.h"
#include "everyname/table.h"

void table_clear_column(en_column *column); /* frees what it owns */

/* A builder whose columns are added as they turn up; rows before a column are null in it. */
en_status table_builder_empty(en_table_builder **out, en_error *err);
en_status table_builder_add_column(en_table_builder *builder, const char *name, en_error *err);

/* Several rows at once, faster than one by one: n_rows (at most TABLE_ROWS_MOST) times as many cells as there are
 * columns, row after row, all of which stay where they are until the call returns. Of many rows columns are added in
 * parallel. */
enum { TABLE_ROWS_MOST = 1 << 14 };
en_status table_builder_rows(en_table_builder *builder, const en_str *cells, int32_t n_rows, const int64_t *offsets,
                             const int64_t *lengths, int threads, en_error *err);

/* The first byte from `from` on at which text is not UTF-8 (Unicode 15, table 3-7) or is NUL; text.len where there is
 * none. `from` is at a character. */
size_t table_utf8_fault(en_str text, size_t from);

/* Adds a character; leaves `out` unterminated. */
en_status table_add_point(en_buf *out, uint32_t point, en_error *err);

/* What a reader does with a bad row: `fault` is listed in the report where options keep rejects and the fault is one of
 * a row (EN_ERR_INPUT, EN_ERR_LIMIT); else it becomes *err. */
en_status table_reject(const en_read_options *options, en_read_report *report, const en_error *fault, en_error *err);

/* Adds the file, line or row, column and byte to a fault (-1 and NULL: none), and mends characters that its fixed
 * fields cut in two, so that it can be printed and put into JSON. */
en_status table_fault_at(const en_read_options *options, int64_t row, const char *column, int64_t byte,
                         en_error *fault);

/* The shortest decimal that reads back as `x`, with a point in every locale. */
void table_format_double(double x, char digits[32]);
/* The reverse, of a whole cell; false where it is not a number. */
bool table_parse_double(en_str digits, double *x);

/* The text of `bytes` in UTF-8, and how it was coded: fills report->encoding, had_bom, and text where it had to be
 * decoded. *text is lent by `bytes` or the report; a byte order mark is not part of a decoded text, but is one of a
 * text that is the input itself: it begins at *start. *clean says that no byte from there on is bad. */
en_status table_decode(en_str bytes, const en_read_options *options, en_read_report *report, en_str *text,
                       size_t *start, bool *clean, en_error *err);

#endif
