/* XLSX in: the cells of one sheet become CSV text and, row by row, a table.
 *
 * The first row that holds anything names the columns; rows that hold nothing are none. What a sheet says by looks
 * alone and a table cannot say (merged cells), and cells without a value of their own (errors, formulas that were
 * never computed), are faults that name the cell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/limits.h"
#include "table/csv.h"
#include "table/parts.h"
#include "table/xlsx_book.h"
#include "table/xlsx_cell.h"

#define SHEET_ROWS 1048576 /* of any workbook */

/* Where a cell's text stands in the bytes of its row. */
typedef struct cell_span {
    size_t from, len;
} cell_span;

typedef struct sheet_reader {
    const en_read_options *options;
    en_read_report *report;
    xlsx_package *package;
    xlsx_book book;
    en_buf text; /* the sheet as CSV */

    xlsx_cell cell; /* the current one */
    bool in_value, in_inline;
    int in_text, in_phonetic;

    int64_t row, first_row, last_row; /* 1-based in the sheet; first is the header's; 0 none yet */
    en_buf row_bytes;
    cell_span *spans;
    int32_t n_cells, span_cap;
    bool faulty; /* the row has `fault` */
    en_error fault;

    char **names;
    int32_t n_names;
    en_str *cells;
    en_table_builder *builder;
} sheet_reader;

/* Completes a fault: the sheet's row, and the column by name where it has one. */
static en_status place_fault(const sheet_reader *r, int32_t column, en_error *fault) {
    const char *name = column >= 0 && column < r->n_names ? r->names[column] : NULL;
    return table_fault_at(r->options, r->row, name, -1, fault);
}

static en_status out_of_order(const sheet_reader *r, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the cells of row %lld stand out of order", (long long)r->row);
    return en_error_mend(err, "save the workbook again as .xlsx");
}

static en_status keep_span(sheet_reader *r, int32_t column, cell_span span, en_error *err) {
    if (column < r->n_cells) return out_of_order(r, err); /* a cell inside a cell */
    if (column >= r->span_cap) {
        int32_t cap = column < 32 ? 64 : column * 2;
        cell_span *spans = realloc(r->spans, (size_t)cap * sizeof *spans);
        if (!spans) return en_no_memory(err);
        r->spans = spans;
        r->span_cap = cap;
    }
    while (r->n_cells < column) r->spans[r->n_cells++] = (cell_span){0, 0};
    r->spans[r->n_cells++] = span;
    return EN_OK;
}

static en_str cell_text(const sheet_reader *r, int32_t column) {
    if (column >= r->n_cells || !r->spans[column].len) return (en_str){"", 0};
    return (en_str){r->row_bytes.ptr + r->spans[column].from, r->spans[column].len};
}

static en_status start_row(sheet_reader *r, const char **attributes, en_error *err) {
    const char *number = xlsx_attribute(attributes, "r");
    int64_t row = number ? strtoll(number, NULL, 10) : r->row + 1;
    if (row <= r->row || row > SHEET_ROWS)
        return en_fail(err, EN_ERR_INPUT, "row %lld follows row %lld in the sheet", (long long)row, (long long)r->row);
    r->row = row;
    r->n_cells = 0;
    r->row_bytes.len = 0;
    r->faulty = false;
    r->cell = (xlsx_cell){.column = -1, .value = r->cell.value};
    return EN_OK;
}

static en_status start_cell(sheet_reader *r, const char **attributes, en_error *err) {
    const char *ref = xlsx_attribute(attributes, "r");
    int32_t column = r->cell.column + 1;
    if (ref && !xlsx_parse_ref(ref, &column, NULL))
        return en_fail(err, EN_ERR_INPUT, "\"%.20s\" is no place of a cell", ref);
    if (column < r->n_cells || column >= EN_LIMIT_COLUMNS) return out_of_order(r, err);
    xlsx_cell_begin(&r->cell, column, r->row, attributes);
    return EN_OK;
}

static en_status on_text(void *ctx, en_str text, en_error *err) {
    sheet_reader *r = ctx;
    bool wanted = r->in_value || (r->in_inline && r->in_text && !r->in_phonetic);
    if (!wanted) return EN_OK;
    if (r->cell.value.len + text.len > EN_LIMIT_CELL_BYTES) {
        en_fail(err, EN_ERR_LIMIT, "a cell of more than %u MiB", EN_LIMIT_CELL_BYTES >> 20);
        return place_fault(r, r->cell.column, err);
    }
    return en_buf_add(&r->cell.value, text, err);
}

static en_status end_cell(sheet_reader *r, en_error *err) {
    size_t from = r->row_bytes.len;
    en_error fault;
    en_status status = xlsx_cell_text(&r->cell, &r->book, &r->row_bytes, &fault);
    if (status == EN_ERR_MEMORY) return en_fail(err, status, "out of memory");
    if (status != EN_OK && !r->faulty) {
        r->faulty = true;
        r->fault = fault;
        place_fault(r, r->cell.column, &r->fault);
    }
    return keep_span(r, r->cell.column, (cell_span){from, r->row_bytes.len - from}, err);
}

/* The row as a line of CSV, as wide as the header or, where it is wider, as itself. */
static en_status write_line(sheet_reader *r, en_error *err) {
    int32_t width = r->n_cells > r->n_names ? r->n_cells : r->n_names;
    if (r->text.len + r->row_bytes.len + (size_t)width > r->package->limit) {
        en_fail(err, EN_ERR_LIMIT, "the sheet becomes more than %d times the workbook's size", EN_LIMIT_UNPACK_RATIO);
        en_error_mend(err, "save the sheet as CSV");
        return place_fault(r, -1, err);
    }
    for (int32_t i = 0; i < width; i++) {
        if (i) EN_TRY(en_buf_add_char(&r->text, ',', err));
        EN_TRY(en_csv_write_cell(cell_text(r, i), &r->text, err));
    }
    return en_buf_add_char(&r->text, '\n', err);
}

static en_status check_header(const sheet_reader *r, en_error *err) {
    char place[XLSX_REF];
    for (int32_t i = 0; i < r->n_cells; i++) {
        if (en_str_trim(cell_text(r, i)).len) continue;
        en_fail(err, EN_ERR_INPUT, "header cell %s has no name", xlsx_format_ref(i, r->row, place));
        en_error_mend(err, "name it, or delete the column or what stands above the header");
        return place_fault(r, -1, err);
    }
    return EN_OK;
}

static en_status check_twins(const sheet_reader *r, en_error *err) {
    char place[XLSX_REF];
    int32_t twin = csv_find_twin(r->names, r->n_names);
    if (twin < 0) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "header cell %s has the name of another", xlsx_format_ref(twin, r->row, place));
    en_error_mend(err, "rename one of them");
    return place_fault(r, twin, err);
}

static en_status end_header(sheet_reader *r, en_error *err) {
    if (r->faulty) {
        *err = r->fault;
        return err->status;
    }
    EN_TRY(check_header(r, err));
    r->names = calloc((size_t)r->n_cells, sizeof *r->names);
    r->cells = calloc((size_t)r->n_cells, sizeof *r->cells);
    if (!r->names || !r->cells) return en_no_memory(err);
    for (int32_t i = 0; i < r->n_cells; i++) {
        en_str name = en_str_trim(cell_text(r, i));
        r->names[i] = strndup(name.ptr, name.len);
        if (!r->names[i]) return en_no_memory(err);
        r->n_names = i + 1;
    }
    EN_TRY(check_twins(r, err));
    EN_TRY(en_table_builder_new((const char *const *)r->names, r->n_names, &r->builder, err));
    r->first_row = r->row;
    return write_line(r, err);
}

/* Only cells that hold something count: what is formatted and empty is not there. */
static void drop_empty_end(sheet_reader *r) {
    while (r->n_cells && !r->spans[r->n_cells - 1].len) r->n_cells--;
}

static void check_width(sheet_reader *r) {
    char place[XLSX_REF];
    if (r->faulty || r->n_cells <= r->n_names) return;
    int32_t column = r->n_names;
    while (!r->spans[column].len) column++;
    r->faulty = true;
    en_fail(&r->fault, EN_ERR_INPUT, "cell %s stands in a column that the header, row %lld, does not name",
            xlsx_format_ref(column, r->row, place), (long long)r->first_row);
    en_error_mend(&r->fault, "name the column, clear the cell, or delete what stands above the header");
    place_fault(r, -1, &r->fault);
}

static en_status end_row(sheet_reader *r, en_error *err) {
    drop_empty_end(r);
    if (!r->n_cells && !r->faulty) return EN_OK;
    r->last_row = r->row;
    if (!r->builder) return end_header(r, err);
    check_width(r);
    int64_t offset = (int64_t)r->text.len;
    EN_TRY(write_line(r, err));
    if (r->faulty) {
        if (r->options && r->options->keep_rejects) r->fault.byte = offset;
        return table_reject(r->options, r->report, &r->fault, err);
    }
    for (int32_t i = 0; i < r->n_names; i++) r->cells[i] = cell_text(r, i);
    EN_TRY(en_table_builder_row(r->builder, r->cells, offset, (int64_t)r->text.len - 1 - offset, err));
    if (r->row & 0xFFF) return EN_OK;
    return en_progress_step(r->options ? r->options->progress : NULL, "reading rows", r->package->unpacked, 0, err);
}

/* Merges follow the cells, so all rows are known. A merge beside or below the table is no part of it. */
static en_status on_merge(sheet_reader *r, const char **attributes, en_error *err) {
    const char *ref = xlsx_attribute(attributes, "ref"), *colon = ref ? strchr(ref, ':') : NULL;
    int32_t left, right;
    int64_t top, bottom;
    if (!colon || !xlsx_parse_ref(ref, &left, &top) || !xlsx_parse_ref(colon + 1, &right, &bottom)) return EN_OK;
    bool several = left != right || top != bottom;
    if (!several || bottom < r->first_row || top > r->last_row || left >= r->n_names) return EN_OK;
    bool header = top <= r->first_row;
    en_fail(err, EN_ERR_INPUT, "%s %.40s are merged", header ? "header cells" : "cells", ref);
    en_error_mend(err, header ? "unmerge them and name each column in one row; delete what stands above it"
                              : "unmerge them and write the value into each");
    return table_fault_at(r->options, top, NULL, -1, err);
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

static en_status read_sheet(sheet_reader *r, en_error *err) {
    const xlsx_sink sink = {.ctx = r, .start = on_start, .text = on_text, .end = on_end};
    EN_TRY(xlsx_package_parse(r->package, r->book.sheet_part.ptr, &sink, err));
    if (r->builder) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the sheet \"%.100s\" is empty", r->book.sheet_name.ptr);
    en_error_mend(err, "name the sheet that holds the list");
    return table_fault_at(r->options, -1, NULL, -1, err);
}

static void clear_reader(sheet_reader *r) {
    for (int32_t i = 0; i < r->n_names; i++) free(r->names[i]);
    free(r->names);
    free(r->cells);
    free(r->spans);
    en_buf_clear(&r->cell.value);
    en_buf_clear(&r->row_bytes);
    en_buf_clear(&r->text);
    xlsx_book_clear(&r->book);
    en_table_builder_free(r->builder);
}

en_status en_xlsx_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                       en_error *err) {
    en_read_report unused = {0};
    en_error ignored;
    xlsx_package package = {0};
    if (!err) err = &ignored;
    sheet_reader r = {.options = options, .report = report ? report : &unused, .package = &package};
    *out = (en_table){0};
    *r.report = (en_read_report){.format = "xlsx", .encoding = "UTF-8", .delimiter = ','};
    en_status status = xlsx_package_open(bytes, options, &package, err);
    if (status == EN_OK) status = xlsx_book_read(&package, options ? options->sheet : NULL, &r.book, err);
    if (status == EN_OK) status = read_sheet(&r, err);
    if (status == EN_OK) status = en_table_builder_finish(r.builder, out, err);
    if (status == EN_OK) {
        r.report->rows = out->rows;
        r.report->text = r.text.ptr;
        r.report->text_len = r.text.len;
        r.text = (en_buf){0};
    }
    clear_reader(&r);
    xlsx_package_close(&package);
    en_read_report_clear(&unused);
    return status;
}
