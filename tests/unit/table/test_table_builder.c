/* Building tables: dictionaries, nulls, places, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "everyname/limits.h"
#include "everyname/table.h"

static en_table_builder *new_builder(void) {
    const char *names[] = {"id", "place"};
    en_table_builder *b;
    assert_int_equal(en_table_builder_new(names, 2, &b, NULL), EN_OK);
    return b;
}

static void add(en_table_builder *b, const char *id, const char *place) {
    en_str cells[] = {{id, id ? strlen(id) : 0}, {place, place ? strlen(place) : 0}};
    assert_int_equal(en_table_builder_row(b, cells, -1, -1, NULL), EN_OK);
}

static void test_codes_in_order_of_appearance(void **state) {
    (void)state;
    en_table_builder *b = new_builder();
    add(b, "1", "Zara");
    add(b, "2", "Alma");
    add(b, "3", "Zara");
    en_table t;
    assert_int_equal(en_table_builder_finish(b, &t, NULL), EN_OK);
    const en_column *place = en_table_column(&t, "place");
    assert_non_null(place);
    assert_null(en_table_column(&t, "Place"));
    assert_int_equal(place->dict_len, 2);
    assert_int_equal(place->codes[0], 0);
    assert_int_equal(place->codes[1], 1);
    assert_int_equal(place->codes[2], 0);
    assert_true(en_str_eq(en_column_entry(place, 1), EN_LIT("Alma")));
    assert_null(place->validity);
    assert_null(t.row_offsets);
    en_table_clear(&t);
    en_table_builder_free(b);
}

static void test_null_and_empty_are_null(void **state) {
    (void)state;
    en_table_builder *b = new_builder();
    for (int i = 0; i < 1000; i++) add(b, "x", i % 3 == 0 ? NULL : i % 3 == 1 ? "" : "there");
    en_table t;
    assert_int_equal(en_table_builder_finish(b, &t, NULL), EN_OK);
    const en_column *place = &t.columns[1];
    assert_int_equal(place->null_count, 667);
    assert_int_equal(t.columns[0].null_count, 0);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(en_column_is_null(place, i), i % 3 != 2);
        assert_int_equal(en_column_str(place, i).len, i % 3 == 2 ? 5 : 0);
    }
    en_table_clear(&t);
    en_table_builder_free(b);
}

static void test_many_distinct_values(void **state) {
    (void)state;
    en_table_builder *b = new_builder();
    char id[32], place[32];
    for (int i = 0; i < 20000; i++) {
        snprintf(id, sizeof id, "id-%d", i);
        snprintf(place, sizeof place, "place %d", i % 5000);
        add(b, id, place);
    }
    en_table t;
    assert_int_equal(en_table_builder_finish(b, &t, NULL), EN_OK);
    assert_int_equal(t.columns[0].dict_len, 20000);
    assert_int_equal(t.columns[1].dict_len, 5000);
    for (int i = 0; i < 20000; i++) {
        snprintf(id, sizeof id, "id-%d", i);
        assert_true(en_str_eq(en_column_str(&t.columns[0], i), en_str_of(id)));
        assert_int_equal(t.columns[1].codes[i], i % 5000);
    }
    en_table_clear(&t);
    en_table_builder_free(b);
}

static void test_rows_with_and_without_a_place(void **state) {
    (void)state;
    en_table_builder *b = new_builder();
    en_str cells[] = {EN_LIT("1"), EN_LIT("a")};
    add(b, "0", "b");
    assert_int_equal(en_table_builder_row(b, cells, 10, 3, NULL), EN_OK);
    add(b, "2", "c");
    en_table t;
    assert_int_equal(en_table_builder_finish(b, &t, NULL), EN_OK);
    assert_int_equal(t.row_offsets[0], -1);
    assert_int_equal(t.row_offsets[1], 10);
    assert_int_equal(t.row_lengths[1], 3);
    assert_int_equal(t.row_offsets[2], -1);
    en_table_clear(&t);
    en_error err;
    assert_int_equal(en_table_builder_finish(b, &t, &err), EN_ERR_USAGE);
    en_table_builder_free(b);
    en_table_builder_free(NULL);
}

static void test_column_counts(void **state) {
    (void)state;
    static const char *names[EN_LIMIT_COLUMNS + 1];
    en_table_builder *b;
    en_error err;
    for (int i = 0; i <= EN_LIMIT_COLUMNS; i++) names[i] = "n";
    assert_int_equal(en_table_builder_new(names, EN_LIMIT_COLUMNS + 1, &b, &err), EN_ERR_LIMIT);
    assert_null(b);
    assert_int_equal(en_table_builder_new(names, 0, &b, &err), EN_ERR_USAGE);
    assert_int_equal(en_table_builder_new(names, EN_LIMIT_COLUMNS, &b, &err), EN_OK);
    en_table_builder_free(b);
}

static void test_numbers_are_written_shortest(void **state) {
    (void)state;
    int64_t ints[] = {-5, INT64_MAX};
    double doubles[] = {0.1, 1e21};
    uint8_t validity = 1;
    en_column columns[] = {
        {.name = "i,", .type = EN_COLUMN_INT64, .ints = ints},
        {.name = "d", .type = EN_COLUMN_DOUBLE, .doubles = doubles},
        {.name = "v", .type = EN_COLUMN_INT64, .ints = ints, .validity = &validity, .null_count = 1}};
    en_table t = {.rows = 2, .n_columns = 3, .columns = columns};
    en_buf out = {0};
    assert_int_equal(en_csv_write(&t, &out, NULL), EN_OK);
    assert_string_equal(out.ptr, "\"i,\",d,v\n-5,0.1,-5\n9223372036854775807,1e+21,\n");
    en_buf_clear(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_in_order_of_appearance),
        cmocka_unit_test(test_null_and_empty_are_null),
        cmocka_unit_test(test_many_distinct_values),
        cmocka_unit_test(test_rows_with_and_without_a_place),
        cmocka_unit_test(test_column_counts),
        cmocka_unit_test(test_numbers_are_written_shortest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
