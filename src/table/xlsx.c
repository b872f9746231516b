/* XLSX in: the cells of one sheet. What a sheet says by looks
 * alone and a table cannot say (merged cells), and cells without a value of their own (errors, formulas that were
 * never computed), are faults that name the cell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/limits.h"
#include "table/sheet.h"
#include "table/xlsx_book.h"
#include "table/xlsx_cell.h"

typedef struct sheet_reader {
    xlsx_package *package;
    xlsx_book book;
    sheet sheet;
    xlsx_cell cell; /* the current one */
    bool in_value, in_inline;
    int in_text, in_phonetic;
} sheet_reader;

static en_status start_row(sheet_reader *r, const char **attributes, en_error *err) {
    const char *number = xlsx_attribute(attributes, "r");
    EN_TRY(sheet_start_row(&r->sheet, number ? strtoll(number, NULL, 10) : r->sheet.row + 1, err));
    r->cell = (xlsx_cell){.column = -1, .value = r->cell.value};
    return EN_OK;
}

static en_status start_cell(sheet_reader *r, const char **attributes, en_error *err) {
    const char *ref = xlsx_attribute(attributes, "r");
    int32_t column = r->cell.column + 1;
    if (ref && !xlsx_parse_ref(ref, &column, NULL))
        return en_fail(err, EN_ERR_INPUT, "\"%.20s\" is no place of a cell", ref);
    if (column < r->sheet.n_cells || column >= EN_LIMIT_COLUMNS) return sheet_out_of_order(&r->sheet, err);
    xlsx_cell_begin(&r->cell, column, r->sheet.row, attributes);
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
    size_t from = r->sheet.row_bytes.len;
    en_error fault;
    en_status status = xlsx_cell_text(&r->cell, &r->book, &r->sheet.row_bytes, &fault);
    if (status == EN_ERR_MEMORY) return en_fail(err, status, "out of memory");
    if (status != EN_OK) sheet_note_fault(&r->sheet, r->cell.column, &fault);
    return sheet_keep_cell(&r->sheet, r->cell.column, from, err);
}

static en_status end_row(sheet_reader *r, en_error *err) {
    r->sheet.done = r->package->unpacked;
    return sheet_end_row(&r->sheet, err);
}

/* Merges follow the cells, so all rows are known. A merge beside or below the table is no part of it. */
static en_status on_merge(sheet_reader *r, const char **attributes, en_error *err) {
    const char *ref = xlsx_attribute(attributes, "ref"), *colon = ref ? strchr(ref, ':') : NULL;
    int32_t left, right;
    int64_t top, bottom;
    if (!colon || !xlsx_parse_ref(ref, &left, &top) || !xlsx_parse_ref(colon + 1, &right, &bottom)) return EN_OK;
    bool several = left != right || top != bottom;
    if (!several || bottom < r->sheet.first_row || top > r->sheet.last_row || left >= r->sheet.n_names) return EN_OK;
    bool header = top <= r->sheet.first_row;
    en_fail(err, EN_ERR_INPUT, "%s %.40s are merged", header ? "header cells" : "cells", ref);
    en_error_mend(err, header ? "unmerge them and name each column in one row; delete what stands above it"
                              : "unmerge them and write the value into each");
    return table_fault_at(r->sheet.options, top, NULL, -1, err);
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
    EN_TRY(xlsx_book_read(r->package, sheet_name, &r->book, err));
    EN_TRY(xlsx_package_parse(r->package, r->book.sheet_part.ptr, &sink, err));
    return sheet_finish(&r->sheet, r->book.sheet_name.ptr, out, err);
}

static void clear_reader(sheet_reader *r) {
    en_buf_clear(&r->cell.value);
    xlsx_book_clear(&r->book);
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
