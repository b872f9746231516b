/* What golden files of the JSON Lines reader cannot show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "everyname/limits.h"
#include "everyname/table.h"

static void test_columns_that_come_late(void **state) {
    (void)state;
    en_buf text = {0};
    for (int i = 0; i < 500; i++) en_buf_addf(&text, NULL, "{\"id\":%d}\n", i);
    en_buf_add(&text, EN_LIT("{\"late\":\"x\",\"id\":\"a\"}\n{\"id\":1}"), NULL);
    en_table t;
    assert_int_equal(en_jsonl_read(en_buf_str(&text), NULL, &t, NULL, NULL), EN_OK);
    assert_int_equal(t.rows, 502);
    assert_int_equal(t.n_columns, 2);
    assert_string_equal(t.columns[1].name, "late");
    assert_int_equal(t.columns[1].null_count, 501);
    for (int i = 0; i < 502; i++) assert_int_equal(en_column_is_null(&t.columns[1], i), i != 500);
    en_table_clear(&t);
    en_buf_clear(&text);
}

/* 3,000 columns and then lines without any would take 12 KB of memory for 3 bytes of file. */
static void test_sparse_objects_are_bounded(void **state) {
    (void)state;
    en_buf text = {0};
    en_buf_add_char(&text, '{', NULL);
    for (int i = 0; i < 3000; i++) en_buf_addf(&text, NULL, "%s\"%d\":1", i ? "," : "", i);
    en_buf_add(&text, EN_LIT("}\n"), NULL);
    for (int i = 0; i < 20000; i++) en_buf_add(&text, EN_LIT("{}\n"), NULL);
    en_table t;
    en_error err;
    assert_int_equal(en_jsonl_read(en_buf_str(&text), NULL, &t, NULL, &err), EN_ERR_LIMIT);
    en_buf_clear(&text);
}

static void test_too_many_keys(void **state) {
    (void)state;
    en_buf text = {0};
    for (int i = 0; i <= EN_LIMIT_COLUMNS; i++) en_buf_addf(&text, NULL, "%c\"k%d\":1", i ? ',' : '{', i);
    en_buf_add(&text, EN_LIT("}\n"), NULL);
    en_table t;
    en_error err;
    assert_int_equal(en_jsonl_read(en_buf_str(&text), NULL, &t, NULL, &err), EN_ERR_LIMIT);
    assert_int_equal(err.row, 1);
    assert_string_equal(err.message, "more than 16384 columns");
    en_buf_clear(&text);
}

static void test_utf16_with_mark(void **state) {
    (void)state;
    const char bytes[] = "\xFE\xFF\0{\0\"\0a\0\"\0:\0\x31\0}";
    en_table t;
    en_read_report report;
    assert_int_equal(en_jsonl_read((en_str){bytes, sizeof bytes - 1}, NULL, &t, &report, NULL), EN_OK);
    assert_string_equal(report.encoding, "UTF-16BE");
    assert_string_equal(report.text, "{\"a\":1}");
    assert_int_equal(t.rows, 1);
    en_table_clear(&t);
    en_read_report_clear(&report);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_that_come_late),
        cmocka_unit_test(test_sparse_objects_are_bounded),
        cmocka_unit_test(test_too_many_keys),
        cmocka_unit_test(test_utf16_with_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
