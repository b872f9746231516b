/* The rows of a sheet, of a workbook of any format, as CSV text and, row by row, a table.
 *
 * The first row that holds anything names the columns, or the one that the options name; rows that hold nothing are
 * none.
 */
#ifndef EN_TABLE_SHEET_H
#define EN_TABLE_SHEET_H

#include "table/parts.h"

#define SHEET_ROWS 1048576 /* of any workbook */

/* Where a cell's text stands in the bytes of its row. */
typedef struct cell_span {
    size_t from, len;
} cell_span;

typedef struct sheet {
    const en_read_options *options;
    en_read_report *report;
    uint64_t limit; /* bytes of text */
    uint64_t done;  /* of the input, for progress */
    en_buf text;    /* the sheet as CSV */

    int64_t row, first_row, last_row; /* 1-based in the sheet; first is the header's; 0 none yet */
    en_buf row_bytes;                 /* cells' texts, as they are added */
    cell_span *spans;
    int32_t n_cells, span_cap;
    bool faulty; /* the row has `fault` */
    en_error fault;

    char **names;
    int32_t n_names;
    en_str *cells;
    en_table_builder *builder;
} sheet;

en_status sheet_start_row(sheet *s, int64_t row, en_error *err);
/* The bytes of row_bytes from `from` on are the cell in `column`, 0-based; columns come in ascending order. */
en_status sheet_keep_cell(sheet *s, int32_t column, size_t from, en_error *err);
/* The row has a fault in `column`: the row's first is what counts. */
void sheet_note_fault(sheet *s, int32_t column, const en_error *fault);
en_status sheet_end_row(sheet *s, en_error *err);
/* Moves the table out, and the text into the report. */
en_status sheet_finish(sheet *s, const char *sheet_name, en_table *out, en_error *err);
void sheet_clear(sheet *s);
/* Rows and columns, both ends included. */
typedef struct sheet_area {
    int32_t left, right; /* 0-based */
    int64_t top, bottom; /* 1-based */
} sheet_area;
/* Refuses cells of the table that are merged, after its last row; a merge beside or below it is no part of it. */
en_status sheet_check_merge(const sheet *s, const sheet_area *area, en_error *err);
/* Completes a fault: the sheet's row, and the column by name where it has one. */
en_status sheet_place_fault(const sheet *s, int32_t column, en_error *fault);
en_status sheet_out_of_order(const sheet *s, en_error *err);

#define SHEET_REF 32
const char *sheet_format_ref(int32_t column, int64_t row, char place[SHEET_REF]); /* "AB12" */

#endif
