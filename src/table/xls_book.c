/* The records that an .xls workbook begins with: its sheets, formats, styles and shared strings. */
#include "table/xls_book.h"

#include "table/parts.h"

typedef struct book_reader {
    en_str stream;
    const en_read_options *options;
    workbook *book;
    size_t sheet_at;
    en_buf text; /* reused */
    bool found;
} book_reader;

static en_status damaged(const book_reader *b, const char *what, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the workbook is damaged: %s", what);
    en_error_mend(err, "open it in a spreadsheet program and save it as .xlsx");
    return table_fault_at(b->options, -1, NULL, -1, err);
}

/* A string whose length is a number of `bytes` bytes, into b->text, terminated. */
static en_status read_text(book_reader *b, const xls_record *record, size_t from, int bytes, en_error *err) {
    xls_reader r = xls_read_from(b->stream, record, from);
    uint32_t n;
    bool whole = xls_read_number(&r, bytes, &n);
    b->text.len = 0;
    if (whole) EN_TRY(xls_read_string(&r, n, &b->text, &whole, err));
    if (!whole) return damaged(b, "a name in it is cut short", err);
    return en_buf_add(&b->text, EN_LIT(""), err);
}

static en_status on_sheet(book_reader *b, const xls_record *record, en_error *err) {
    if (record->body.len < 8) return damaged(b, "a sheet has no name", err);
    bool hidden = record->body.ptr[4] & 3, holds_cells = record->body.ptr[5] == 0, taken;
    EN_TRY(read_text(b, record, 6, 1, err));
    if (!holds_cells) return EN_OK;
    const char *wanted = b->options ? b->options->sheet : NULL;
    EN_TRY(book_offer_sheet(b->book, wanted, b->text.ptr, hidden, &taken, err));
    if (taken) b->sheet_at = compound_u32(record->body.ptr);
    b->found |= taken;
    return EN_OK;
}

static en_status on_format(book_reader *b, const xls_record *record, en_error *err) {
    if (record->body.len < 2) return damaged(b, "a format is cut short", err);
    EN_TRY(read_text(b, record, 2, 2, err));
    return book_add_format(b->book, compound_u16(record->body.ptr), b->text.ptr, err);
}

static en_status on_strings(book_reader *b, const xls_record *record, en_error *err) {
    xls_reader r = xls_read_from(b->stream, record, 4); /* behind how often they are used */
    uint32_t count, n;
    bool whole = xls_read_number(&r, 4, &count);
    for (uint32_t i = 0; i < count && whole; i++) {
        whole = xls_read_number(&r, 2, &n);
        if (whole) EN_TRY(xls_read_string(&r, n, &b->book->strings, &whole, err));
        if (whole) EN_TRY(book_end_string(b->book, err));
    }
    return whole ? EN_OK : damaged(b, "its texts are cut short", err);
}

static en_status has_password(const book_reader *b, en_error *err) {
    en_fail(err, EN_ERR_UNSUPPORTED, "a workbook with a password");
    en_error_mend(err, "save it as .xlsx without a password, or the sheet as CSV");
    return table_fault_at(b->options, -1, NULL, -1, err);
}

static en_status on_record(book_reader *b, const xls_record *record, en_error *err) {
    switch (record->type) {
    case XLS_PASSWORD: return has_password(b, err);
    case XLS_SHEET: return on_sheet(b, record, err);
    case XLS_FORMAT: return on_format(b, record, err);
    case XLS_STRINGS: return on_strings(b, record, err);
    case XLS_STYLE: return book_add_style(b->book, record->body.len < 4 ? 0 : compound_u16(record->body.ptr + 2), err);
    case XLS_DATE_MODE:
        b->book->system_1904 = record->body.len >= 2 && compound_u16(record->body.ptr) == 1;
        return EN_OK;
    default: return EN_OK;
    }
}

static en_status check_version(const book_reader *b, en_error *err) {
    xls_record start;
    bool begins = xls_record_at(b->stream, 0, &start) && start.body.len >= 4;
    if (begins && start.type == XLS_START && compound_u16(start.body.ptr) == 0x600) return EN_OK;
    en_fail(err, EN_ERR_UNSUPPORTED, "a workbook of Excel 95 or before");
    en_error_mend(err, "save it as .xlsx, or the sheet as CSV");
    return table_fault_at(b->options, -1, NULL, -1, err);
}

static en_status read_records(book_reader *b, en_error *err) {
    EN_TRY(check_version(b, err));
    xls_record record;
    for (size_t at = 0; xls_record_at(b->stream, at, &record) && record.type != XLS_EOF; at = record.next)
        EN_TRY(on_record(b, &record, err));
    if (b->found) return EN_OK;
    return book_lacks_sheet(b->book, b->options ? b->options->sheet : NULL, b->options, err);
}

en_status xls_book_read(en_str stream, const en_read_options *options, workbook *out, size_t *sheet_at, en_error *err) {
    book_reader b = {.stream = stream, .options = options, .book = out};
    en_status status = read_records(&b, err);
    *sheet_at = b.sheet_at;
    en_buf_clear(&b.text);
    return status;
}
