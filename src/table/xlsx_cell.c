/* From a cell's type, style and value to its text. */
#include "table/xlsx_cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/limits.h"
#include "table/sheet.h"

bool xlsx_parse_ref(const char *ref, int32_t *column, int64_t *row) {
    int32_t number = 0;
    for (; *ref >= 'A' && *ref <= 'Z'; ref++) {
        number = number * 26 + (*ref - 'A' + 1);
        if (number > EN_LIMIT_COLUMNS) return false;
    }
    if (!number || *ref < '1' || *ref > '9') return false;
    if (row) *row = strtoll(ref, NULL, 10);
    *column = number - 1;
    return true;
}

static xlsx_type type_of(const char *t) {
    if (!t || strcmp(t, "n") == 0) return XLSX_NUMBER;
    if (strcmp(t, "s") == 0) return XLSX_SHARED;
    if (strcmp(t, "b") == 0) return XLSX_BOOL;
    if (strcmp(t, "e") == 0) return XLSX_ERROR;
    if (strcmp(t, "d") == 0) return XLSX_ISO_DATE;
    return XLSX_TEXT;
}

void xlsx_cell_begin(xlsx_cell *cell, int32_t column, int64_t row, const char **attributes) {
    const char *style = xlsx_attribute(attributes, "s");
    cell->column = column;
    cell->row = row;
    cell->type = type_of(xlsx_attribute(attributes, "t"));
    cell->style = style ? strtoul(style, NULL, 10) : 0;
    cell->has_formula = cell->has_value = false;
    cell->value.len = 0;
}

/* A fault of this cell; its raw value is what its text becomes. */
static en_status refuse(const xlsx_cell *cell, en_buf *out, const char *why, const char *mend, en_error *fault) {
    char place[SHEET_REF];
    EN_TRY(en_buf_add(out, en_buf_str(&cell->value), fault));
    en_fail(fault, EN_ERR_INPUT, "cell %s %s%.40s", sheet_format_ref(cell->column, cell->row, place), why,
            cell->value.len ? cell->value.ptr : "");
    en_error_mend(fault, "%s", mend);
    return EN_ERR_INPUT;
}

static en_status shared_text(const xlsx_cell *cell, const xlsx_book *book, en_buf *out, en_error *fault) {
    char *end;
    unsigned long index = strtoul(cell->value.ptr, &end, 10);
    en_str text;
    if (*end || !xlsx_book_string(book, index, &text))
        return refuse(cell, out, "refers to a text that the workbook has not: ", "save the workbook again as .xlsx",
                      fault);
    return en_buf_add(out, text, fault);
}

static en_status number_text(const xlsx_cell *cell, const xlsx_book *book, en_buf *out, en_error *fault) {
    double x;
    char text[32];
    en_str digits = en_str_trim(en_buf_str(&cell->value));
    if (!table_parse_double(digits, &x))
        return refuse(cell, out, "is no number: ", "save the workbook again as .xlsx", fault);
    xlsx_shown shown = cell->style < book->n_styles ? book->styles[cell->style] : (xlsx_shown){0};
    if (!xlsx_is_date(shown)) {
        table_format_double(x, text);
    } else if (!xlsx_date_text(x, book->system_1904, shown, text)) {
        return refuse(cell, out, "is shown as a date but is none: ",
                      "correct the date, or give the cell the format of a number or text", fault);
    }
    return en_buf_add(out, en_str_of(text), fault);
}

static en_status plain_text(xlsx_cell *cell, en_buf *out, en_error *fault) {
    xlsx_unescape(&cell->value, 0);
    return en_buf_add(out, en_buf_str(&cell->value), fault);
}

en_status xlsx_cell_text(xlsx_cell *cell, const xlsx_book *book, en_buf *out, en_error *fault) {
    if (!cell->has_value && cell->has_formula)
        return refuse(cell, out, "holds a formula without a stored value",
                      "open and save the workbook in a spreadsheet program", fault);
    if (!cell->value.len) return EN_OK;
    cell->value.ptr[cell->value.len] = 0;
    switch (cell->type) {
    case XLSX_NUMBER: return number_text(cell, book, out, fault);
    case XLSX_SHARED: return shared_text(cell, book, out, fault);
    case XLSX_BOOL: return en_buf_add(out, cell->value.ptr[0] == '1' ? EN_LIT("true") : EN_LIT("false"), fault);
    case XLSX_ERROR: return refuse(cell, out, "holds the error ", "correct its formula, or clear the cell", fault);
    case XLSX_ISO_DATE:
    case XLSX_TEXT: return plain_text(cell, out, fault);
    }
    return EN_OK;
}
