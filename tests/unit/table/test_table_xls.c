/* The XLS reader: workbooks made here record by record. One that another program wrote is in tests/golden/table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "everyname/table.h"

/* ---- a writer of workbooks ---- */

static void put(en_buf *b, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) en_buf_add_char(b, (char)(i < 8 ? value >> 8 * i : 0), NULL);
}

static void put_double(en_buf *b, double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    put(b, bits, 8);
}

static size_t begin_record(en_buf *b, unsigned type) {
    put(b, type, 2);
    put(b, 0, 2);
    return b->len;
}

static void end_record(en_buf *b, size_t body) {
    size_t len = b->len - body;
    b->ptr[body - 2] = (char)len;
    b->ptr[body - 1] = (char)(len >> 8);
}

static void put_record(en_buf *b, unsigned type, const char *bytes, size_t len) {
    size_t body = begin_record(b, type);
    en_buf_add(b, (en_str){bytes, len}, NULL);
    end_record(b, body);
}
#define RECORD(b, type, bytes) put_record(b, type, bytes, sizeof(bytes) - 1)

static void put_narrow(en_buf *b, const char *text, int length_bytes) {
    put(b, strlen(text), length_bytes);
    put(b, 0, 1);
    en_buf_add(b, en_str_of(text), NULL);
}

/* Row and column as a spreadsheet shows them: 1, 'A'. */
static size_t begin_cell(en_buf *b, unsigned type, int row, char column, int style) {
    size_t body = begin_record(b, type);
    put(b, (uint64_t)row - 1, 2);
    put(b, (uint64_t)(column - 'A'), 2);
    put(b, (uint64_t)style, 2);
    return body;
}

static void label(en_buf *b, int row, char column, const char *text) {
    size_t body = begin_cell(b, 0x204, row, column, 0);
    put_narrow(b, text, 2);
    end_record(b, body);
}

static void number(en_buf *b, int row, char column, int style, double x) {
    size_t body = begin_cell(b, 0x203, row, column, style);
    put_double(b, x);
    end_record(b, body);
}

static void rk(en_buf *b, int row, char column, uint32_t x) {
    size_t body = begin_cell(b, 0x27E, row, column, 0);
    put(b, x, 4);
    end_record(b, body);
}

static void shared(en_buf *b, int row, char column, uint32_t index) {
    size_t body = begin_cell(b, 0xFD, row, column, 0);
    put(b, index, 4);
    end_record(b, body);
}

static void bool_or_error(en_buf *b, int row, char column, int value, int is_error) {
    size_t body = begin_cell(b, 0x205, row, column, 0);
    put(b, (uint64_t)value, 1);
    put(b, (uint64_t)is_error, 1);
    end_record(b, body);
}

/* `result` as the format has it: a double's bits, or 0xFFFF above what kind it is. */
static void formula(en_buf *b, int row, char column, uint64_t result) {
    size_t body = begin_cell(b, 0x06, row, column, 0);
    put(b, result, 8);
    put(b, 0, 8);
    end_record(b, body);
}

static void formula_text(en_buf *b, const char *text) {
    size_t body = begin_record(b, 0x207);
    put_narrow(b, text, 2);
    end_record(b, body);
}

static void merge(en_buf *b, int top, int bottom, char left, char right) {
    size_t body = begin_record(b, 0xE5);
    put(b, 1, 2);
    put(b, (uint64_t)top - 1, 2);
    put(b, (uint64_t)bottom - 1, 2);
    put(b, (uint64_t)(left - 'A'), 2);
    put(b, (uint64_t)(right - 'A'), 2);
    end_record(b, body);
}

/* Shared texts: "Ana", then one whose characters begin narrow and go on wide in the next record and whose runs and
 * extension follow, then one with half a surrogate pair, then one outside the basic plane. */
static void shared_texts(en_buf *b) {
    RECORD(b, 0xFC,
           "\x04\0\0\0\x04\0\0\0"
           "\x03\0\0Ana"
           "\x06\0\x0C\x01\0\x02\0\0\0Orl");
    RECORD(b, 0x3C,
           "\x01\x35\x04\x41\x04\x3A\x04"
           "RUNSXY"
           "\x02\0\x01\x00\xD8z\0");
    RECORD(b, 0x3C, "\x02\0\x01\x00\xD8\x00\xDF");
}

typedef struct book_parts {
    bool system_1904, password;
    int version; /* 0: that of Excel 97 */
} book_parts;

/* What comes before the cells: a hidden sheet, a chart, the sheet "List"; styles 0 a number, 1 a day, 2 a month. */
static void globals(en_buf *b, const book_parts *parts, size_t *hidden_at, size_t *list_at) {
    size_t body = begin_record(b, 0x809);
    put(b, parts->version ? (uint64_t)parts->version : 0x600, 2);
    put(b, 5, 2);
    put(b, 0, 12);
    end_record(b, body);
    if (parts->password) RECORD(b, 0x2F, "\0\0\0\0\0\0");
    if (parts->system_1904) RECORD(b, 0x22, "\x01\0");
    RECORD(b, 0x41E, "\xA4\0\x07\0\0mm/yyyy");
    RECORD(b, 0xE0, "\0\0\0\0");
    RECORD(b, 0xE0, "\0\0\x0E\0");
    RECORD(b, 0xE0, "\0\0\xA4\0");
    *hidden_at = b->len + 4;
    RECORD(b, 0x85, "\0\0\0\0\x01\0\x06\0Hidden");
    RECORD(b, 0x85, "\0\0\0\0\0\x02\x05\0Chart");
    *list_at = b->len + 4;
    RECORD(b, 0x85, "\0\0\0\0\0\0\x04\0List");
    shared_texts(b);
    RECORD(b, 0x0A, "");
}

static void begin_sheet(en_buf *b, size_t place) {
    for (int i = 0; i < 4; i++) b->ptr[place + (size_t)i] = (char)(b->len >> 8 * i);
    RECORD(b, 0x809, "\0\x06\x10\0\0\0\0\0\0\0\0\0\0\0\0\0");
}

/* The stream of a workbook whose sheet "List" holds the records `cells`, which is freed. */
static en_buf make_stream(const book_parts *parts, en_buf cells) {
    en_buf b = {0};
    size_t hidden_at, list_at;
    globals(&b, parts, &hidden_at, &list_at);
    begin_sheet(&b, hidden_at);
    label(&b, 1, 'A', "secret");
    RECORD(&b, 0x0A, "");
    begin_sheet(&b, list_at);
    en_buf_add(&b, en_buf_str(&cells), NULL);
    RECORD(&b, 0x0A, "");
    en_buf_clear(&cells);
    return b;
}

static void entry(en_buf *b, const char *name, int type, uint32_t start, size_t size) {
    size_t from = b->len;
    for (const char *c = name; *c; c++) put(b, (uint64_t)*c, 2);
    while (b->len < from + 64) put(b, 0, 1);
    put(b, 2 * (strlen(name) + 1), 2);
    put(b, (uint64_t)type, 1);
    put(b, 0, 49);
    put(b, start, 4);
    put(b, size, 8);
}

static void pad(en_buf *b, size_t unit) {
    while (b->len % unit) put(b, 0, 1);
}

static void put_chain(en_buf *fat, size_t sectors) {
    for (size_t i = 1; i <= sectors; i++) put(fat, i < sectors ? fat->len / 4 + 1 : 0xFFFFFFFE, 4);
}

/* The compound file around `stream`, which is freed: sector 0 the table of sectors, 1 the directory, 2 the table of
 * small sectors, then the stream, in sectors or, where it is small, in the root's stream of small ones. */
static en_buf make_file(const char *name, en_buf stream) {
    size_t size = stream.len, small = size < 4096;
    en_buf file = {0}, fat = {0}, directory = {0}, mini = {0};
    pad(&stream, 512);
    assert_true(stream.len / 512 < 120);
    put(&fat, 0xFFFFFFFD, 4);
    put(&fat, 0xFFFFFFFE, 4);
    put(&fat, 0xFFFFFFFE, 4);
    put_chain(&fat, stream.len / 512);
    while (fat.len < 512) put(&fat, 0xFFFFFFFF, 4);
    if (small) put_chain(&mini, (size + 63) / 64);
    while (mini.len < 512) put(&mini, 0xFFFFFFFF, 4);
    entry(&directory, "Root Entry", 5, small ? 3 : 0xFFFFFFFE, small ? stream.len : 0);
    entry(&directory, name, 2, small ? 0 : 3, size);
    pad(&directory, 512);
    put(&file, 0xE11AB1A1E011CFD0, 8);
    put(&file, 0, 16);
    put(&file, 0xFFFE0003003E, 6);
    put(&file, 9, 2);
    put(&file, 6, 2);
    put(&file, 0, 10);
    put(&file, 1, 4);
    put(&file, 1, 4);
    put(&file, 0, 4);
    put(&file, 4096, 4);
    put(&file, 2, 4);
    put(&file, 1, 4);
    put(&file, 0xFFFFFFFE, 4);
    put(&file, 0, 4);
    put(&file, 0, 4);
    while (file.len < 512) put(&file, 0xFFFFFFFF, 4);
    en_buf *parts[] = {&fat, &directory, &mini, &stream};
    for (int i = 0; i < 4; i++) {
        en_buf_add(&file, en_buf_str(parts[i]), NULL);
        en_buf_clear(parts[i]);
    }
    return file;
}

static en_buf make_book(const book_parts *parts, en_buf cells) {
    return make_file("Workbook", make_stream(parts, cells));
}

/* ---- what is expected of them ---- */

static const book_parts plain = {0};
static const en_read_options plain_options = {.struct_size = sizeof(en_read_options), .file = "book.xls"};

static void expect_text(const book_parts *parts, en_buf cells, const char *csv) {
    en_buf bytes = make_book(parts, cells);
    en_table t;
    en_read_report report;
    en_error err = {0};
    if (en_table_read(en_buf_str(&bytes), &plain_options, &t, &report, &err) != EN_OK) fail_msg("%s", err.message);
    assert_string_equal(report.format, "xls");
    assert_string_equal(report.text, csv);
    en_table_clear(&t);
    en_read_report_clear(&report);
    en_buf_clear(&bytes);
}

static void expect_error_of(en_buf bytes, const en_read_options *options, const char *line) {
    en_table t;
    en_error err = {0};
    char text[2048] = "no error";
    if (en_table_read(en_buf_str(&bytes), options, &t, NULL, &err) != EN_OK) en_error_format(&err, text, sizeof text);
    assert_string_equal(text, line);
    assert_int_equal(t.n_columns, 0);
    en_buf_clear(&bytes);
}

static void expect_error(en_buf cells, const char *line) {
    expect_error_of(make_book(&plain, cells), &plain_options, line);
}

static en_buf header(void) {
    en_buf b = {0};
    label(&b, 1, 'A', "name");
    label(&b, 1, 'B', "born");
    return b;
}

static void test_kinds_of_cells(void **state) {
    (void)state;
    en_buf b = {0};
    label(&b, 3, 'A', "name ");
    label(&b, 3, 'B', "a");
    label(&b, 3, 'C', "b");
    label(&b, 3, 'D', "c");
    shared(&b, 4, 'A', 0);
    number(&b, 4, 'B', 0, 0.1);
    RECORD(&b, 0xBD, "\x03\0\x02\0\0\0\x1E\0\0\0\0\0\x1F\0\0\0\x03\0"); /* 7 and .07 in C4 and D4 */
    shared(&b, 6, 'A', 1);
    rk(&b, 6, 'B', (uint32_t)-12 << 2 | 2);
    rk(&b, 6, 'C', 0x3FF80000);
    bool_or_error(&b, 6, 'D', 1, 0);
    shared(&b, 7, 'A', 2);
    bool_or_error(&b, 7, 'B', 0, 0);
    shared(&b, 8, 'A', 3);
    expect_text(&plain, b,
                "name ,a,b,c\nAna,0.1,7,0.07\nOrl\xD0\xB5\xD1\x81\xD0\xBA,-12,1.5,true\n\xEF\xBF\xBDz,false,,\n"
                "\xF0\x90\x8C\x80,,,\n");
}

static void test_formulas(void **state) {
    (void)state;
    en_buf b = header();
    formula(&b, 2, 'A', 0xFFFF000000000000);
    RECORD(&b, 0x4BC, "shared");
    formula_text(&b, "Ana");
    formula(&b, 2, 'B', 0x4000000000000000);
    formula(&b, 3, 'A', 0xFFFF000000010001);
    formula(&b, 3, 'B', 0xFFFF000000000003);
    formula_text(&b, "of no formula");
    expect_text(&plain, b, "name,born\nAna,2\ntrue,\n");

    b = header();
    formula(&b, 2, 'A', 0xFFFF000000000000);
    number(&b, 2, 'B', 0, 1);
    expect_error(b, "book.xls:2: column \"name\": cell A2 holds a formula without a stored value; open and save the "
                    "workbook in a spreadsheet program");
    b = header();
    formula(&b, 2, 'B', 0xFFFF0000002A0002);
    expect_error(b,
                 "book.xls:2: column \"born\": cell B2 holds the error #N/A; correct its formula, or clear the cell");
    b = header();
    bool_or_error(&b, 2, 'B', 0x17, 1);
    expect_error(b,
                 "book.xls:2: column \"born\": cell B2 holds the error #REF!; correct its formula, or clear the cell");
}

static void test_dates(void **state) {
    (void)state;
    en_buf b = header();
    number(&b, 2, 'A', 1, 34471);
    number(&b, 2, 'B', 2, 34471);
    expect_text(&plain, b, "name,born\n1994-05-17,1994-05\n");
    const book_parts mac = {.system_1904 = true};
    b = header();
    number(&b, 2, 'A', 1, 33009);
    expect_text(&mac, b, "name,born\n1994-05-17,\n");
    b = header();
    number(&b, 2, 'B', 1, 60);
    expect_error(b,
                 "book.xls:2: column \"born\": cell B2 is shown as a date but is none: 60; correct the date, or give "
                 "the cell the format of a number or text");
}

static void test_merged_cells(void **state) {
    (void)state;
    en_buf b = header();
    number(&b, 2, 'A', 0, 1);
    merge(&b, 4, 5, 'A', 'B');
    merge(&b, 1, 2, 'D', 'E');
    expect_text(&plain, b, "name,born\n1,\n");
    b = header();
    number(&b, 2, 'A', 0, 1);
    merge(&b, 1, 1, 'A', 'B');
    expect_error(b,
                 "book.xls:1: header cells A1:B1 are merged; unmerge them and name each column in one row; delete what "
                 "stands above it");
    b = header();
    number(&b, 2, 'A', 0, 1);
    merge(&b, 2, 3, 'B', 'B');
    expect_error(b, "book.xls:2: cells B2:B3 are merged; unmerge them and write the value into each");
}

static void test_rejects(void **state) {
    (void)state;
    en_buf b = header();
    bool_or_error(&b, 2, 'A', 0, 1);
    shared(&b, 3, 'A', 9);
    shared(&b, 4, 'A', 0);
    number(&b, 5, 'C', 0, 1);
    en_buf bytes = make_book(&plain, b);
    en_read_options options = plain_options;
    options.keep_rejects = true;
    en_table t;
    en_read_report report;
    assert_int_equal(en_table_read(en_buf_str(&bytes), &options, &t, &report, NULL), EN_OK);
    assert_int_equal(t.rows, 1);
    assert_int_equal(report.n_rejects, 3);
    assert_string_equal(report.rejects[0].why, "cell A2 holds the error #NULL!");
    assert_string_equal(report.rejects[1].why, "cell A3 refers to a text that the workbook has not: 9");
    assert_string_equal(report.rejects[2].why, "cell C5 stands in a column that the header, row 1, does not name");
    en_table_clear(&t);
    en_read_report_clear(&report);
    en_buf_clear(&bytes);
}

static void test_choice_of_sheet(void **state) {
    (void)state;
    en_read_options options = plain_options;
    options.sheet = "Lost";
    expect_error_of(make_book(&plain, header()), &options,
                    "book.xls: the workbook has no sheet \"Lost\"; it has \"Hidden\", \"List\"");
    options.sheet = "Hidden";
    en_buf bytes = make_book(&plain, header());
    en_table t;
    en_read_report report;
    assert_int_equal(en_table_read(en_buf_str(&bytes), &options, &t, &report, NULL), EN_OK);
    assert_string_equal(report.text, "secret\n");
    en_table_clear(&t);
    en_read_report_clear(&report);
    en_buf_clear(&bytes);
    expect_error((en_buf){0}, "book.xls: the sheet \"List\" is empty; name the sheet that holds the list");
}

static void test_what_is_not_read(void **state) {
    (void)state;
    const book_parts locked = {.password = true}, old = {.version = 0x500};
    expect_error_of(make_book(&locked, header()), &plain_options,
                    "book.xls: a workbook with a password; save it as .xlsx without a password, or the sheet as CSV");
    expect_error_of(make_book(&old, header()), &plain_options,
                    "book.xls: a workbook of Excel 95 or before; save it as .xlsx, or the sheet as CSV");
    expect_error_of(make_file("EncryptedPackage", make_stream(&plain, header())), &plain_options,
                    "book.xls: a workbook with a password; save it as .xlsx without a password, or the sheet as CSV");
    expect_error_of(make_file("WordDocument", make_stream(&plain, header())), &plain_options,
                    "book.xls: an old Office file that holds no workbook, or one of Excel 95 or before; save it as "
                    ".xlsx, or the sheet as CSV");
    en_buf b = header();
    label(&b, 1, 'A', "back");
    expect_error(b, "book.xls:1: the cells of row 1 stand out of order; save the workbook again as .xlsx");
}

/* A stream long enough for sectors of its own; cut anywhere, and with every sector made to follow itself. */
static void test_damage(void **state) {
    (void)state;
    en_buf b = header();
    for (int row = 2; row < 300; row++) number(&b, row, 'A', 0, row);
    en_buf bytes = make_book(&plain, b);
    en_table t;
    en_error err;
    assert_int_equal(en_table_read(en_buf_str(&bytes), &plain_options, &t, NULL, &err), EN_OK);
    assert_int_equal(t.rows, 298);
    en_table_clear(&t);
    size_t whole = bytes.len;
    for (size_t len = 8; len + 512 < whole; len += 37) {
        char *cut = malloc(len); /* so that a sanitizer sees what is read behind the end */
        memcpy(cut, bytes.ptr, len);
        assert_int_not_equal(en_table_read((en_str){cut, len}, &plain_options, &t, NULL, &err), EN_OK);
        free(cut);
    }
    for (size_t at = 1; at < (whole - 512) / 512; at++) {
        char kept[4], *place = bytes.ptr + 512 + 4 * at;
        memcpy(kept, place, 4);
        const char itself[4] = {(char)at, 0, 0, 0};
        memcpy(place, itself, 4);
        assert_int_equal(en_table_read(en_buf_str(&bytes), &plain_options, &t, NULL, &err), EN_ERR_INPUT);
        assert_non_null(strstr(err.message, "the workbook is damaged"));
        memcpy(place, kept, 4);
    }
    en_buf_clear(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_of_cells),
        cmocka_unit_test(test_formulas),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_merged_cells),
        cmocka_unit_test(test_rejects),
        cmocka_unit_test(test_choice_of_sheet),
        cmocka_unit_test(test_what_is_not_read),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
