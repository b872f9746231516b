/* What golden files of the CSV reader cannot show: options, limits, cancelling, round trips. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "everyname/limits.h"
#include "everyname/table.h"
#include "table/parts.h"

static en_status read_text(const char *text, size_t len, en_read_options options, en_table *t, en_error *err) {
    options.struct_size = sizeof options;
    options.file = "list.csv";
    return en_csv_read((en_str){text, len}, &options, t, NULL, err);
}

static void expect_fault(const char *text, size_t len, en_status status, const char *message_part) {
    en_table t;
    en_error err;
    assert_int_equal(read_text(text, len, (en_read_options){0}, &t, &err), status);
    assert_int_equal(err.status, status);
    assert_string_equal(err.file, "list.csv");
    if (!strstr(err.message, message_part)) fail_msg("\"%s\" is not in \"%s\"", message_part, err.message);
    assert_int_equal(t.n_columns, 0);
}

static void test_encoding_by_option(void **state) {
    (void)state;
    const char bytes[] = "id,name\n1,\xCB\xE8\xED\xE0\n";
    en_table t;
    en_error err;
    assert_int_equal(read_text(bytes, sizeof bytes - 1, (en_read_options){.encoding = "Windows-1251"}, &t, &err),
                     EN_OK);
    assert_true(en_str_eq(en_column_str(&t.columns[1], 0), EN_LIT("Лина")));
    en_table_clear(&t);
    assert_int_equal(read_text(bytes, sizeof bytes - 1, (en_read_options){.encoding = "windows-1252"}, &t, &err),
                     EN_OK);
    assert_true(en_str_eq(en_column_str(&t.columns[1], 0), EN_LIT("Ëèíà")));
    en_table_clear(&t);
    assert_int_equal(read_text(bytes, sizeof bytes - 1, (en_read_options){.encoding = "UTF-8"}, &t, &err),
                     EN_ERR_INPUT);
    assert_int_equal(err.byte, 10);
    assert_int_equal(read_text(bytes, sizeof bytes - 1, (en_read_options){.encoding = "KOI8-R"}, &t, &err),
                     EN_ERR_USAGE);
    const char undefined[] = "id\n\x81\n";
    assert_int_equal(read_text(undefined, 5, (en_read_options){.encoding = "windows-1252"}, &t, &err), EN_ERR_INPUT);
    assert_int_equal(err.row, 2);
    assert_int_equal(err.byte, 3);
}

static void test_delimiter_by_option(void **state) {
    (void)state;
    en_table t;
    assert_int_equal(read_text("a;b,c\n1;2,3\n", 12, (en_read_options){.delimiter = ';'}, &t, NULL), EN_OK);
    assert_int_equal(t.n_columns, 2);
    assert_string_equal(t.columns[1].name, "b,c");
    en_table_clear(&t);
}

static void test_without_report_or_options(void **state) {
    (void)state;
    en_table t;
    assert_int_equal(en_csv_read(EN_LIT("\xFF\xFEi\0d\0\n\0\x31\0"), NULL, &t, NULL, NULL), EN_OK);
    assert_int_equal(t.rows, 1);
    en_table_clear(&t);
    assert_int_equal(en_csv_read(EN_LIT("a,a\n"), NULL, &t, NULL, NULL), EN_ERR_INPUT);
    assert_int_equal(en_csv_read((en_str){NULL, 0}, NULL, &t, NULL, NULL), EN_ERR_INPUT);
}

static void test_limits(void **state) {
    (void)state;
    size_t len = (size_t)EN_LIMIT_CELL_BYTES + 64;
    char *text = malloc(len);
    assert_non_null(text);
    memset(text, 'x', len);
    text[2] = '\n';
    text[len - 1] = '\n';
    expect_fault(text, len, EN_ERR_LIMIT, "a cell of more than 16 MiB");
    text[3 + EN_LIMIT_CELL_BYTES] = '\n'; /* exactly the limit */
    en_table t;
    assert_int_equal(read_text(text, 4 + (size_t)EN_LIMIT_CELL_BYTES, (en_read_options){0}, &t, NULL), EN_OK);
    assert_int_equal(en_column_str(&t.columns[0], 0).len, EN_LIMIT_CELL_BYTES);
    en_table_clear(&t);
    free(text);

    char *wide = malloc(EN_LIMIT_COLUMNS + 2);
    assert_non_null(wide);
    memset(wide, ',', EN_LIMIT_COLUMNS + 1);
    expect_fault(wide, EN_LIMIT_COLUMNS + 1, EN_ERR_LIMIT, "more than 16384 columns");
    free(wide);
}

static void test_long_column_names_are_cut_at_characters(void **state) {
    (void)state;
    en_buf text = {0};
    en_error err;
    en_table t;
    en_buf_add(&text, EN_LIT("x"), NULL);
    for (int i = 0; i < 100; i++) en_buf_add(&text, EN_LIT("Ж"), NULL);
    en_buf_add(&text, EN_LIT("\na\"\n"), NULL);
    assert_int_equal(read_text(text.ptr, text.len, (en_read_options){0}, &t, &err), EN_ERR_INPUT);
    /* 127 bytes: x and 63 characters. */
    assert_int_equal(strlen(err.column), 127);
    assert_memory_equal(err.column + 125, "Ж", 2);
    text.len = 0; /* one byte less in front, and the cut falls into a character */
    for (int i = 0; i < 100; i++) en_buf_add(&text, EN_LIT("Ж"), NULL);
    en_buf_add(&text, EN_LIT("\na\"\n"), NULL);
    assert_int_equal(read_text(text.ptr, text.len, (en_read_options){0}, &t, &err), EN_ERR_INPUT);
    assert_true(table_utf8_fault(en_str_of(err.column), 0) == strlen(err.column));
    assert_memory_equal(err.column + 124, "Ж", 2);
    en_buf_clear(&text);
}

static bool refuse_step(void *ctx, const char *phase, uint64_t done, uint64_t total) {
    (void)phase, (void)done, (void)total;
    ++*(int *)ctx;
    return false;
}

static void test_progress_cancels(void **state) {
    (void)state;
    int calls = 0;
    en_progress progress = {&calls, refuse_step};
    en_table t;
    en_error err;
    assert_int_equal(read_text("id\n1\n2\n", 7, (en_read_options){.progress = &progress}, &t, &err), EN_ERR_CANCELLED);
    assert_int_equal(calls, 1);
    assert_int_equal(t.n_columns, 0);
}

/* Every row's bytes, read alone under the header, give the row: its place is right. */
static void test_places_give_back_rows(void **state) {
    (void)state;
    const char text[] = "id,note\r\n1,\"a\r\nb\"\r\n\r\n2,\"say \"\"x\"\"\"\r3,\n4,z";
    en_table t, one;
    assert_int_equal(read_text(text, sizeof text - 1, (en_read_options){0}, &t, NULL), EN_OK);
    assert_int_equal(t.rows, 4);
    for (int64_t row = 0; row < t.rows; row++) {
        en_buf alone = {0};
        en_buf_add(&alone, EN_LIT("id,note\n"), NULL);
        en_buf_add(&alone, (en_str){text + t.row_offsets[row], (size_t)t.row_lengths[row]}, NULL);
        assert_int_equal(read_text(alone.ptr, alone.len, (en_read_options){0}, &one, NULL), EN_OK);
        assert_int_equal(one.rows, 1);
        for (int i = 0; i < 2; i++)
            assert_true(en_str_eq(en_column_str(&one.columns[i], 0), en_column_str(&t.columns[i], row)));
        en_table_clear(&one);
        en_buf_clear(&alone);
    }
    en_table_clear(&t);
}

static void test_round_trip(void **state) {
    (void)state;
    const char text[] = "\"\xEF\xBB\xBFname\",note\n\"\"\"\",\"a,b\"\n\"x\ny\",\n,\"\r\"\n";
    en_table t;
    en_buf out = {0};
    assert_int_equal(read_text(text, sizeof text - 1, (en_read_options){.delimiter = ','}, &t, NULL), EN_OK);
    assert_int_equal(en_csv_write(&t, &out, NULL), EN_OK);
    assert_string_equal(out.ptr, text);
    en_table_clear(&t);
    en_buf_clear(&out);
}

/* An unclosed quote costs its own line and no line below, however many there are. */
static void test_many_rejects(void **state) {
    (void)state;
    en_buf text = {0};
    en_buf_add(&text, EN_LIT("id,name\n"), NULL);
    for (int i = 0; i < 1000; i++) en_buf_addf(&text, NULL, "%d,\"x\n%d,y\n", i, i);
    en_read_options options = {.struct_size = sizeof options, .keep_rejects = true};
    en_table t;
    en_read_report report;
    assert_int_equal(en_csv_read(en_buf_str(&text), &options, &t, &report, NULL), EN_OK);
    assert_int_equal(t.rows, 1000);
    assert_int_equal(report.n_rejects, 1000);
    assert_int_equal(report.rejects[999].row, 2000);
    en_table_clear(&t);
    en_read_report_clear(&report);
    en_buf_clear(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encoding_by_option),
        cmocka_unit_test(test_delimiter_by_option),
        cmocka_unit_test(test_without_report_or_options),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_long_column_names_are_cut_at_characters),
        cmocka_unit_test(test_progress_cancels),
        cmocka_unit_test(test_places_give_back_rows),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_many_rejects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
