#include "table/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/limits.h"
#include "table/csv.h"

const char *sheet_format_ref(int32_t column, int64_t row, char place[SHEET_REF]) {
    char letters[8];
    int n = 0;
    for (int32_t left = column + 1; left > 0; left = (left - 1) / 26) letters[n++] = (char)('A' + (left - 1) % 26);
    int at = 0;
    while (n) place[at++] = letters[--n];
    snprintf(place + at, SHEET_REF - (size_t)at, "%lld", (long long)row);
    return place;
}

en_status sheet_place_fault(const sheet *s, int32_t column, en_error *fault) {
    const char *name = column >= 0 && column < s->n_names ? s->names[column] : NULL;
    return table_fault_at(s->options, s->row, name, -1, fault);
}

en_status sheet_out_of_order(const sheet *s, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the cells of row %lld stand out of order", (long long)s->row);
    en_error_mend(err, "save the workbook again as .xlsx");
    return sheet_place_fault(s, -1, err);
}

en_status sheet_start_row(sheet *s, int64_t row, en_error *err) {
    if (row <= s->row || row > SHEET_ROWS) {
        en_fail(err, EN_ERR_INPUT, "row %lld follows row %lld in the sheet", (long long)row, (long long)s->row);
        en_error_mend(err, "save the workbook again as .xlsx");
        return table_fault_at(s->options, s->row ? s->row : -1, NULL, -1, err);
    }
    s->row = row;
    s->n_cells = 0;
    s->row_bytes.len = 0;
    s->faulty = false;
    return EN_OK;
}

en_status sheet_keep_cell(sheet *s, int32_t column, size_t from, en_error *err) {
    if (column < s->n_cells) return sheet_out_of_order(s, err); /* a cell inside a cell */
    if (column >= s->span_cap) {
        int32_t cap = column < 32 ? 64 : column * 2;
        cell_span *spans = realloc(s->spans, (size_t)cap * sizeof *spans);
        if (!spans) return en_no_memory(err);
        s->spans = spans;
        s->span_cap = cap;
    }
    while (s->n_cells < column) s->spans[s->n_cells++] = (cell_span){0, 0};
    s->spans[s->n_cells++] = (cell_span){from, s->row_bytes.len - from};
    return EN_OK;
}

void sheet_note_fault(sheet *s, int32_t column, const en_error *fault) {
    if (s->faulty) return;
    s->faulty = true;
    s->fault = *fault;
    sheet_place_fault(s, column, &s->fault);
}

static en_str cell_text(const sheet *s, int32_t column) {
    if (column >= s->n_cells || !s->spans[column].len) return (en_str){"", 0};
    return (en_str){s->row_bytes.ptr + s->spans[column].from, s->spans[column].len};
}

/* The row as a line of CSV, as wide as the header or, where it is wider, as itself. */
static en_status write_line(sheet *s, en_error *err) {
    int32_t width = s->n_cells > s->n_names ? s->n_cells : s->n_names;
    if (s->text.len + s->row_bytes.len + (size_t)width > s->limit) {
        en_fail(err, EN_ERR_LIMIT, "the sheet becomes more than %d times the workbook's size", EN_LIMIT_UNPACK_RATIO);
        en_error_mend(err, "save the sheet as CSV");
        return sheet_place_fault(s, -1, err);
    }
    for (int32_t i = 0; i < width; i++) {
        if (i) EN_TRY(en_buf_add_char(&s->text, ',', err));
        EN_TRY(en_csv_write_cell(cell_text(s, i), &s->text, err));
    }
    return en_buf_add_char(&s->text, '\n', err);
}

static en_status check_header(const sheet *s, en_error *err) {
    char place[SHEET_REF];
    for (int32_t i = 0; i < s->n_cells; i++) {
        if (en_str_trim(cell_text(s, i)).len) continue;
        en_fail(err, EN_ERR_INPUT, "header cell %s has no name", sheet_format_ref(i, s->row, place));
        en_error_mend(err, "name it, or delete the column or what stands above the header");
        return sheet_place_fault(s, -1, err);
    }
    return EN_OK;
}

static en_status check_twins(const sheet *s, en_error *err) {
    char place[SHEET_REF];
    int32_t twin = csv_find_twin(s->names, s->n_names);
    if (twin < 0) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "header cell %s has the name of another", sheet_format_ref(twin, s->row, place));
    en_error_mend(err, "rename one of them");
    return sheet_place_fault(s, twin, err);
}

static en_status end_header(sheet *s, en_error *err) {
    if (s->faulty) {
        *err = s->fault;
        return err->status;
    }
    EN_TRY(check_header(s, err));
    size_t n = s->n_cells > 0 ? (size_t)s->n_cells : 0;
    s->names = calloc(n + 1, sizeof *s->names);
    s->cells = calloc(n + 1, sizeof *s->cells);
    if (!s->names || !s->cells) return en_no_memory(err);
    for (int32_t i = 0; i < s->n_cells; i++) {
        en_str name = en_str_trim(cell_text(s, i));
        s->names[i] = strndup(name.ptr, name.len);
        if (!s->names[i]) return en_no_memory(err);
        s->n_names = i + 1;
    }
    EN_TRY(check_twins(s, err));
    EN_TRY(en_table_builder_new((const char *const *)s->names, s->n_names, &s->builder, err));
    s->first_row = s->row;
    return write_line(s, err);
}

/* Only cells that hold something count: what is formatted and empty is not there. */
static void drop_empty_end(sheet *s) {
    while (s->n_cells && !s->spans[s->n_cells - 1].len) s->n_cells--;
}

static void check_width(sheet *s) {
    char place[SHEET_REF];
    if (s->faulty || s->n_cells <= s->n_names) return;
    int32_t column = s->n_names;
    while (!s->spans[column].len) column++;
    s->faulty = true;
    en_fail(&s->fault, EN_ERR_INPUT, "cell %s stands in a column that the header, row %lld, does not name",
            sheet_format_ref(column, s->row, place), (long long)s->first_row);
    en_error_mend(&s->fault, "name the column, clear the cell, or delete what stands above the header");
    sheet_place_fault(s, -1, &s->fault);
}

/* Under a header of one cell, a title most likely, the first row of several that are all filled. */
static void note_likely_header(sheet *s) {
    if (s->n_names != 1 || s->n_cells < 2 || s->report->likely_header) return;
    for (int32_t i = 0; i < s->n_cells; i++)
        if (!s->spans[i].len) return;
    s->report->likely_header = s->row;
}

en_status sheet_end_row(sheet *s, en_error *err) {
    drop_empty_end(s);
    bool is_above = s->options && s->row < s->options->header_row;
    if (is_above || (!s->n_cells && !s->faulty)) return EN_OK;
    s->last_row = s->row;
    note_likely_header(s);
    if (!s->builder) return end_header(s, err);
    check_width(s);
    int64_t offset = (int64_t)s->text.len;
    EN_TRY(write_line(s, err));
    if (s->faulty) {
        if (s->options && s->options->keep_rejects) s->fault.byte = offset;
        return table_reject(s->options, s->report, &s->fault, err);
    }
    for (int32_t i = 0; i < s->n_names; i++) s->cells[i] = cell_text(s, i);
    EN_TRY(en_table_builder_row(s->builder, s->cells, offset, (int64_t)s->text.len - 1 - offset, err));
    if (s->row & 0xFFF) return EN_OK;
    return en_progress_step(s->options ? s->options->progress : NULL, "reading rows", s->done, 0, err);
}

en_status sheet_check_merge(const sheet *s, const sheet_area *area, en_error *err) {
    char from[SHEET_REF], to[SHEET_REF];
    bool several = area->left != area->right || area->top != area->bottom;
    if (!several || area->bottom < s->first_row || area->top > s->last_row || area->left >= s->n_names) return EN_OK;
    bool header = area->top <= s->first_row;
    en_fail(err, EN_ERR_INPUT, "%s %s:%s are merged", header ? "header cells" : "cells",
            sheet_format_ref(area->left, area->top, from), sheet_format_ref(area->right, area->bottom, to));
    en_error_mend(err, header ? "unmerge them and name each column in one row; delete what stands above it"
                              : "unmerge them and write the value into each");
    return table_fault_at(s->options, area->top, NULL, -1, err);
}

static en_status is_empty(const sheet *s, const char *sheet_name, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the sheet \"%.100s\" is empty", sheet_name);
    en_error_mend(err, "name the sheet that holds the list");
    return table_fault_at(s->options, -1, NULL, -1, err);
}

en_status sheet_finish(sheet *s, const char *sheet_name, en_table *out, en_error *err) {
    if (!s->builder) return is_empty(s, sheet_name, err);
    EN_TRY(en_table_builder_finish(s->builder, out, err));
    s->report->rows = out->rows;
    s->report->text = s->text.ptr;
    s->report->text_len = s->text.len;
    s->text = (en_buf){0};
    return EN_OK;
}

void sheet_clear(sheet *s) {
    for (int32_t i = 0; i < s->n_names; i++) free(s->names[i]);
    free(s->names);
    free(s->cells);
    free(s->spans);
    en_buf_clear(&s->row_bytes);
    en_buf_clear(&s->text);
    en_table_builder_free(s->builder);
}
