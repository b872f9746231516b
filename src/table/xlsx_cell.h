/* One cell of a sheet: its place, and the text that its type, style and value make. */
#ifndef EN_TABLE_XLSX_CELL_H
#define EN_TABLE_XLSX_CELL_H

#include "table/xlsx_book.h"

typedef enum {
    XLSX_NUMBER = 0,
    XLSX_SHARED,
    XLSX_TEXT, /* inline, or of a formula */
    XLSX_BOOL,
    XLSX_ERROR,
    XLSX_ISO_DATE
} xlsx_type;

typedef struct xlsx_cell {
    int32_t column; /* 0-based */
    int64_t row;    /* 1-based */
    xlsx_type type;
    size_t style;
    bool has_formula, has_value;
    en_buf value; /* as it stands in the sheet; reused from cell to cell */
} xlsx_cell;

void xlsx_cell_begin(xlsx_cell *cell, int32_t column, int64_t row, const char **attributes);
/* Adds the cell's text to `out`, nothing for an empty one. A cell without a value of its own is a fault that names it;
 * its raw value is added all the same. */
en_status xlsx_cell_text(xlsx_cell *cell, const xlsx_book *book, en_buf *out, en_error *fault);

bool xlsx_parse_ref(const char *ref, int32_t *column, int64_t *row); /* "AB12"; row may be NULL */

#endif
