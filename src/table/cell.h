/* One cell of a sheet, of a workbook of any format: its place, and the text that its type, style and value make. */
#ifndef EN_TABLE_CELL_H
#define EN_TABLE_CELL_H

#include "table/sheet.h"
#include "table/workbook.h"

typedef enum {
    CELL_NUMBER = 0,
    CELL_SHARED, /* the index of a shared string */
    CELL_TEXT,   /* inline, or of a formula */
    CELL_BOOL,
    CELL_ERROR
} cell_type;

typedef struct sheet_cell {
    int32_t column; /* 0-based */
    int64_t row;    /* 1-based */
    cell_type type;
    size_t style;
    bool has_formula, has_value;
    en_buf value; /* as it stands in the sheet; reused from cell to cell */
} sheet_cell;

/* Adds the cell, its text or nothing for an empty one, to the row that the sheet is at. A cell without a value of its
 * own is a fault of the row, which names it; its raw value is added all the same. */
en_status cell_add(sheet_cell *cell, const workbook *book, sheet *s, en_error *err);

#endif
