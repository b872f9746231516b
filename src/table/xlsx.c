/* XLSX in: the cells of one sheet. What a sheet says by looks alone and a table cannot say (merged cells), and cells
 * without a value of their own (errors, formulas that were never computed), are faults that name the cell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/limits.h"
#include "table/cell.h"
#include "table/xlsx_book.h"

typedef struct sheet_reader {
    xlsx_package *package;
    workbook book;
    en_buf sheet_part;
    sheet sheet;
    sheet_cell cell; /* the current one */
    bool in_value, in_inline;
    int in_text, in_phonetic;
} sheet_reader;

/* "AB12"; row may be NULL. */
static bool parse_ref(const char *ref, int32_t *column, int64_t *row) {
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

static cell_type type_of(const char *t) {
    if (!t || strcmp(t, "n") == 0) return CELL_NUMBER;
    if (strcmp(t, "s") == 0) return CELL_SHARED;
    if (strcmp(t, "b") == 0) return CELL_BOOL;
    if (strcmp(t, "e") == 0) return CELL_ERROR;
    return CELL_TEXT; /* a date in ISO form ("d") too */
}

static en_status start_row(sheet_reader *r, const char **attributes, en_error *err) {
    const char *number = xlsx_attribute(attributes, "r");
    EN_TRY(sheet_start_row(&r->sheet, number ? strtoll(number, NULL, 10) : r->sheet.row + 1, err));
    r->cell = (sheet_cell){.column = -1, .value = r->cell.value};
    return EN_OK;
}

static en_status start_cell(sheet_reader *r, const char **attributes, en_error *err) {
    const char *ref = xlsx_attribute(attributes, "r");
    int32_t column = r->cell.column + 1;
    if (ref && !parse_ref(ref, &column, NULL))
        return en_fail(err, EN_ERR_INPUT, "\"%.20s\" is no place of a cell", ref);
    if (column < r->sheet.n_cells || column >= EN_LIMIT_COLUMNS) return sheet_out_of_order(&r->sheet, err);
    const char *style = xlsx_attribute(attributes, "s");
    r->cell = (sheet_cell){.column = column,
                           .row = r->sheet.row,
                           .type = type_of(xlsx_attribute(attributes, "t")),
                           .style = style ? strtoul(style, NULL, 10) : 0,
                           .value = r->cell.value};
    r->cell.value.len = 0;
    return EN_OK;
}

static en_status on_text(void *ctx, en_str text, en_error *err) {
    sheet_reader *r = ctx;
    bool wanted = r->in_value || (r->in_inline && r->in_text && !r->in_phonetic);
    if (!wanted) return EN_OK;
    if (r->cell.value.len + text.len > EN_LIMIT_CELL_BYTES) {
        en_fail(err, EN_ERR_LIMIT, "a cell of more than %u MiB", EN_LIMIT_CELL_BYTES >> 20);
        return sheet_place_fault(&r->sheet, r->cell.column, err);
    }
    return en_buf_add(&r->cell.value, text, err);
}

static en_status end_cell(sheet_reader *r, en_error *err) {
    if (r->cell.type == CELL_TEXT) xlsx_unescape(&r->cell.value, 0);
    return cell_add(&r->cell, &r->book, &r->sheet, err);
}

static en_status end_row(sheet_reader *r, en_error *err) {
    r->sheet.done = r->package->unpacked;
    return sheet_end_row(&r->sheet, err);
}

static en_status on_merge(sheet_reader *r, const char **attributes, en_error *err) {
    const char *ref = xlsx_attribute(attributes, "ref"), *colon = ref ? strchr(ref, ':') : NULL;
    sheet_area area;
    if (!colon || !parse_ref(ref, &area.left, &area.top) || !parse_ref(colon + 1, &area.right, &area.bottom))
        return EN_OK;
    return sheet_check_merge(&r->sheet, &area, err);
}

static en_status on_start(void *ctx, const char *name, const char **attributes, en_error *err) {
    sheet_reader *r = ctx;
    if (strcmp(name, "c") == 0) return start_cell(r, attributes, err);
    if (strcmp(name, "v") == 0)
        r->in_value = r->cell.has_value = true;
    else if (strcmp(name, "t") == 0)
        r->in_text++;
    else if (strcmp(name, "row") == 0)
        return start_row(r, attributes, err);
    else if (strcmp(name, "f") == 0)
        r->cell.has_formula = true;
    else if (strcmp(name, "is") == 0)
        r->in_inline = r->cell.has_value = true;
    else if (strcmp(name, "rPh") == 0)
        r->in_phonetic++;
    else if (strcmp(name, "mergeCell") == 0)
        return on_merge(r, attributes, err);
    return EN_OK;
}

static en_status on_end(void *ctx, const char *name, en_error *err) {
    sheet_reader *r = ctx;
    if (strcmp(name, "c") == 0) return end_cell(r, err);
    if (strcmp(name, "v") == 0)
        r->in_value = false;
    else if (strcmp(name, "t") == 0)
        r->in_text--;
    else if (strcmp(name, "row") == 0)
        return end_row(r, err);
    else if (strcmp(name, "is") == 0)
        r->in_inline = false;
    else if (strcmp(name, "rPh") == 0)
        r->in_phonetic--;
    return EN_OK;
}

static en_status read_workbook(sheet_reader *r, const char *sheet_name, en_table *out, en_error *err) {
    const xlsx_sink sink = {.ctx = r, .start = on_start, .text = on_text, .end = on_end};
    EN_TRY(xlsx_book_read(r->package, sheet_name, &r->book, &r->sheet_part, err));
    EN_TRY(xlsx_package_parse(r->package, r->sheet_part.ptr, &sink, err));
    return sheet_finish(&r->sheet, r->book.sheet_name.ptr, out, err);
}

static void clear_reader(sheet_reader *r) {
    en_buf_clear(&r->cell.value);
    en_buf_clear(&r->sheet_part);
    book_clear(&r->book);
    sheet_clear(&r->sheet);
}

en_status en_xlsx_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                       en_error *err) {
    en_read_report unused = {0};
    en_error ignored;
    xlsx_package package = {0};
    if (!err) err = &ignored;
    sheet_reader r = {.package = &package, .sheet = {.options = options, .report = report ? report : &unused}};
    *out = (en_table){0};
    *r.sheet.report = (en_read_report){.format = "xlsx", .encoding = "UTF-8", .delimiter = ','};
    en_status status = xlsx_package_open(bytes, options, &package, err);
    r.sheet.limit = package.limit;
    if (status == EN_OK) status = read_workbook(&r, options ? options->sheet : NULL, out, err);
    clear_reader(&r);
    xlsx_package_close(&package);
    en_read_report_clear(&unused);
    return status;
}
