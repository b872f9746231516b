/* From a cell's type, style and value to its text. */
#include "table/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/parts.h"

/* A fault of this cell; its raw value is what its text becomes. */
static en_status refuse(const sheet_cell *cell, en_buf *out, const char *why, const char *mend, en_error *fault) {
    char place[SHEET_REF];
    EN_TRY(en_buf_add(out, en_buf_str(&cell->value), fault));
    en_fail(fault, EN_ERR_INPUT, "cell %s %s%.40s", sheet_format_ref(cell->column, cell->row, place), why,
            cell->value.len ? cell->value.ptr : "");
    en_error_mend(fault, "%s", mend);
    return EN_ERR_INPUT;
}

static en_status shared_text(const sheet_cell *cell, const workbook *book, en_buf *out, en_error *fault) {
    char *end;
    unsigned long index = strtoul(cell->value.ptr, &end, 10);
    en_str text;
    if (*end || !book_string(book, index, &text))
        return refuse(cell, out, "refers to a text that the workbook has not: ", "save the workbook again as .xlsx",
                      fault);
    return en_buf_add(out, text, fault);
}

static en_status number_text(const sheet_cell *cell, const workbook *book, en_buf *out, en_error *fault) {
    double x;
    char text[32];
    en_str digits = en_str_trim(en_buf_str(&cell->value));
    if (!table_parse_double(digits, &x))
        return refuse(cell, out, "is no number: ", "save the workbook again as .xlsx", fault);
    cell_shown shown = cell->style < book->n_styles ? book->styles[cell->style] : (cell_shown){0};
    if (!cell_is_date(shown)) {
        table_format_double(x, text);
    } else if (!cell_date_text(x, book->system_1904, shown, text)) {
        return refuse(cell, out, "is shown as a date but is none: ",
                      "correct the date, or give the cell the format of a number or text", fault);
    }
    return en_buf_add(out, en_str_of(text), fault);
}

static en_status write_text(const sheet_cell *cell, const workbook *book, en_buf *out, en_error *fault) {
    if (!cell->has_value && cell->has_formula)
        return refuse(cell, out, "holds a formula without a stored value",
                      "open and save the workbook in a spreadsheet program", fault);
    if (!cell->value.len) return EN_OK;
    cell->value.ptr[cell->value.len] = 0;
    switch (cell->type) {
    case CELL_NUMBER: return number_text(cell, book, out, fault);
    case CELL_SHARED: return shared_text(cell, book, out, fault);
    case CELL_BOOL: return en_buf_add(out, cell->value.ptr[0] == '1' ? EN_LIT("true") : EN_LIT("false"), fault);
    case CELL_ERROR: return refuse(cell, out, "holds the error ", "correct its formula, or clear the cell", fault);
    case CELL_TEXT: return en_buf_add(out, en_buf_str(&cell->value), fault);
    }
    return EN_OK;
}

en_status cell_add(sheet_cell *cell, const workbook *book, sheet *s, en_error *err) {
    size_t from = s->row_bytes.len;
    en_error fault;
    en_status status = write_text(cell, book, &s->row_bytes, &fault);
    if (status == EN_ERR_MEMORY) return en_no_memory(err);
    if (status != EN_OK) sheet_note_fault(s, cell->column, &fault);
    return sheet_keep_cell(s, cell->column, from, err);
}
