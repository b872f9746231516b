/* XLS in (Excel 97 to 2003): the cells of one sheet, by the same rules as those of XLSX. A formula counts by the value
 * that was stored with it. The format does not tell a formula that gave the empty text from one that was never
 * computed: both are empty cells.
 */
#include <string.h>

#include "everyname/limits.h"
#include "table/cell.h"
#include "table/parts.h"
#include "table/xls_book.h"

typedef struct sheet_reader {
    en_str stream;
    workbook book;
    sheet sheet;
    sheet_cell cell; /* the current one */
    bool row_open;
    bool awaits_text; /* the cell is a formula whose text comes in a record of its own */
} sheet_reader;

static en_status cut_short(const sheet_reader *r, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the workbook is damaged: a record of the sheet \"%.100s\" is cut short",
            r->book.sheet_name.ptr);
    en_error_mend(err, "open it in a spreadsheet program and save it as .xlsx");
    return sheet_place_fault(&r->sheet, -1, err);
}

static en_status add_cell(sheet_reader *r, en_error *err) {
    r->awaits_text = false;
    return cell_add(&r->cell, &r->book, &r->sheet, err);
}

static en_status end_row(sheet_reader *r, en_error *err) {
    if (r->awaits_text) EN_TRY(add_cell(r, err)); /* without a value */
    if (!r->row_open) return EN_OK;
    r->row_open = false;
    return sheet_end_row(&r->sheet, err);
}

/* The cell that a record's first bytes name: row, column, style. */
static en_status start_cell(sheet_reader *r, uint16_t row, uint16_t column, uint16_t style, en_error *err) {
    if (r->awaits_text) EN_TRY(add_cell(r, err));
    if (!r->row_open || r->sheet.row != row + 1) {
        EN_TRY(end_row(r, err));
        EN_TRY(sheet_start_row(&r->sheet, row + 1, err));
        r->row_open = true;
    }
    if (column < r->sheet.n_cells || column >= EN_LIMIT_COLUMNS) return sheet_out_of_order(&r->sheet, err);
    r->cell =
        (sheet_cell){.column = column, .row = r->sheet.row, .style = style, .has_value = true, .value = r->cell.value};
    r->cell.value.len = 0;
    return EN_OK;
}

static en_status add_number(sheet_reader *r, double x, en_error *err) {
    char digits[32];
    table_format_double(x, digits);
    r->cell.type = CELL_NUMBER;
    EN_TRY(en_buf_add(&r->cell.value, en_str_of(digits), err));
    return add_cell(r, err);
}

static double double_at(const char *p) {
    uint64_t bits = compound_u32(p) | (uint64_t)compound_u32(p + 4) << 32;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* A number in 32 bits: an integer of 30, or the upper 30 of a double; either may stand for a hundredth of itself. */
static double number_of_rk(uint32_t rk) {
    double x;
    uint64_t upper = (uint64_t)(rk & ~3u) << 32;
    memcpy(&x, &upper, sizeof x);
    int32_t whole = (int32_t)(rk & ~3u) / 4;
    if (rk & 2) x = whole;
    return rk & 1 ? x / 100 : x;
}

static en_status add_many_rk(sheet_reader *r, en_str body, en_error *err) {
    uint16_t row = compound_u16(body.ptr), column = compound_u16(body.ptr + 2);
    for (size_t at = 4; at + 6 <= body.len - 2; at += 6, column++) {
        EN_TRY(start_cell(r, row, column, compound_u16(body.ptr + at), err));
        EN_TRY(add_number(r, number_of_rk(compound_u32(body.ptr + at + 2)), err));
    }
    return EN_OK;
}

static const char *name_of_error(unsigned char code) {
    switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    case 0x2A: return "#N/A";
    default: return "#?";
    }
}

static en_status add_bool_or_error(sheet_reader *r, unsigned char value, bool is_error, en_error *err) {
    r->cell.type = is_error ? CELL_ERROR : CELL_BOOL;
    const char *text = is_error ? name_of_error(value) : value ? "1" : "0";
    EN_TRY(en_buf_add(&r->cell.value, en_str_of(text), err));
    return add_cell(r, err);
}

/* What a formula gave: a number, or what its first byte says where the last two are 0xFFFF. */
static en_status add_formula(sheet_reader *r, const char *result, en_error *err) {
    r->cell.has_formula = true;
    if (compound_u16(result + 6) != 0xFFFF) return add_number(r, double_at(result), err);
    switch (result[0]) {
    case 0:
        r->cell.has_value = false;
        r->awaits_text = true;
        return EN_OK;
    case 1:
    case 2: return add_bool_or_error(r, (unsigned char)result[2], result[0] == 2, err);
    default: return add_cell(r, err); /* the empty text */
    }
}

/* The record's text, its length first, as the cell's. */
static en_status add_text(sheet_reader *r, const xls_record *record, size_t from, en_error *err) {
    xls_reader text = xls_read_from(r->stream, record, from);
    uint32_t n;
    bool whole = xls_read_number(&text, 2, &n);
    r->cell.type = CELL_TEXT;
    r->cell.has_value = true;
    if (whole) EN_TRY(xls_read_string(&text, n, &r->cell.value, &whole, err));
    return whole ? add_cell(r, err) : cut_short(r, err);
}

static en_status check_merges(sheet_reader *r, en_str body, en_error *err) {
    EN_TRY(end_row(r, err));
    for (size_t at = 2; at + 8 <= body.len; at += 8) {
        const char *p = body.ptr + at;
        sheet_area area = {.top = compound_u16(p) + 1,
                           .bottom = compound_u16(p + 2) + 1,
                           .left = compound_u16(p + 4),
                           .right = compound_u16(p + 6)};
        EN_TRY(sheet_check_merge(&r->sheet, &area, err));
    }
    return EN_OK;
}

/* Bytes that the record of a cell has at least; 0 of other records. */
static size_t least_of_cell(uint16_t type) {
    switch (type) {
    case XLS_RICH_LABEL:
    case XLS_LABEL:
    case XLS_BOOL_OR_ERROR: return 8;
    case XLS_SHARED_LABEL:
    case XLS_RK: return 10;
    case XLS_MANY_RK: return 12;
    case XLS_NUMBER:
    case XLS_FORMULA: return 14;
    default: return 0;
    }
}

static en_status on_cell(sheet_reader *r, const xls_record *record, en_error *err) {
    const char *p = record->body.ptr;
    if (record->type == XLS_MANY_RK) return add_many_rk(r, record->body, err);
    EN_TRY(start_cell(r, compound_u16(p), compound_u16(p + 2), compound_u16(p + 4), err));
    switch (record->type) {
    case XLS_NUMBER: return add_number(r, double_at(p + 6), err);
    case XLS_RK: return add_number(r, number_of_rk(compound_u32(p + 6)), err);
    case XLS_BOOL_OR_ERROR: return add_bool_or_error(r, (unsigned char)p[6], p[7] != 0, err);
    case XLS_FORMULA: return add_formula(r, p + 6, err);
    case XLS_SHARED_LABEL:
        r->cell.type = CELL_SHARED;
        EN_TRY(en_buf_addf(&r->cell.value, err, "%lu", (unsigned long)compound_u32(p + 6)));
        return add_cell(r, err);
    default: return add_text(r, record, 6, err);
    }
}

static en_status on_record(sheet_reader *r, const xls_record *record, en_error *err) {
    size_t least = least_of_cell(record->type);
    r->sheet.done = record->next;
    if (least) return record->body.len < least ? cut_short(r, err) : on_cell(r, record, err);
    if (record->type == XLS_FORMULA_STRING && r->awaits_text) return add_text(r, record, 0, err);
    return record->type == XLS_MERGED ? check_merges(r, record->body, err) : EN_OK;
}

/* A chart in the sheet is a stream of records within its own. */
static en_status read_records(sheet_reader *r, size_t at, en_error *err) {
    xls_record record;
    int depth = 0;
    for (; xls_record_at(r->stream, at, &record); at = record.next) {
        if (!depth && record.type != XLS_START) break;
        depth += (record.type == XLS_START) - (record.type == XLS_EOF);
        if (!depth) return end_row(r, err);
        if (depth == 1) EN_TRY(on_record(r, &record, err));
    }
    return cut_short(r, err);
}

static en_status read_sheet(sheet_reader *r, en_table *out, en_error *err) {
    size_t at;
    EN_TRY(xls_book_read(r->stream, r->sheet.options, &r->book, &at, err));
    EN_TRY(read_records(r, at, err));
    return sheet_finish(&r->sheet, r->book.sheet_name.ptr, out, err);
}

en_status xls_read_stream(en_str stream, const en_read_options *options, en_table *out, en_read_report *report,
                          en_error *err) {
    sheet_reader r = {.stream = stream, .sheet = {.options = options, .report = report}};
    uint64_t limit = (uint64_t)stream.len * EN_LIMIT_UNPACK_RATIO;
    r.sheet.limit = limit < EN_LIMIT_UNPACKED ? limit : EN_LIMIT_UNPACKED;
    en_status status = read_sheet(&r, out, err);
    en_buf_clear(&r.cell.value);
    book_clear(&r.book);
    sheet_clear(&r.sheet);
    return status;
}

static en_status no_workbook(const en_read_options *options, bool encrypted, en_error *err) {
    if (encrypted)
        en_fail(err, EN_ERR_UNSUPPORTED, "a workbook with a password");
    else
        en_fail(err, EN_ERR_UNSUPPORTED, "an old Office file that holds no workbook, or one of Excel 95 or before");
    en_error_mend(err, encrypted ? "save it as .xlsx without a password, or the sheet as CSV"
                                 : "save it as .xlsx, or the sheet as CSV");
    return table_fault_at(options, -1, NULL, -1, err);
}

static en_status read_file(const compound_file *file, const en_read_options *options, en_table *out,
                           en_read_report *report, en_error *err) {
    en_buf stream = {0}, package = {0};
    bool found = false, encrypted = false;
    en_status status = compound_file_read(file, "Workbook", &found, &stream, err);
    if (status == EN_OK && !found) status = compound_file_read(file, "EncryptedPackage", &encrypted, &package, err);
    if (status != EN_OK)
        table_fault_at(options, -1, NULL, -1, err);
    else if (found)
        status = xls_read_stream(en_buf_str(&stream), options, out, report, err);
    else
        status = no_workbook(options, encrypted, err);
    en_buf_clear(&stream);
    en_buf_clear(&package);
    return status;
}

en_status en_xls_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                      en_error *err) {
    en_read_report unused = {0};
    en_error ignored;
    compound_file file;
    if (!err) err = &ignored;
    if (!report) report = &unused;
    *out = (en_table){0};
    *report = (en_read_report){.format = "xls", .encoding = "UTF-8", .delimiter = ','};
    en_status status = compound_file_open(bytes, &file, err);
    if (status != EN_OK) return table_fault_at(options, -1, NULL, -1, err);
    status = read_file(&file, options, out, report, err);
    compound_file_close(&file);
    en_read_report_clear(&unused);
    return status;
}
