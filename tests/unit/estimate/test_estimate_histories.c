/* Histories in: what is refused and where, what is merged, and that the order of rows does not matter. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "everyname/estimate.h"

static void read_csv(const char *text, en_table *out) {
    en_read_options options = {.struct_size = sizeof options, .file = "h.csv"};
    en_read_report report = {0};
    assert_int_equal(en_csv_read(en_str_of(text), &options, out, &report, NULL), EN_OK);
    en_read_report_clear(&report);
}

static en_status histories_of(const char *text, const char *ignore, en_histories *out, en_error *err) {
    en_table table = {0};
    read_csv(text, &table);
    en_status status = en_histories_from_table(&table, "h.csv", &ignore, ignore ? 1 : 0, out, err);
    en_table_clear(&table);
    return status;
}

static void refuses(const char *text, en_status status, int64_t row, const char *column, const char *words) {
    en_histories h;
    en_error err;
    assert_int_equal(histories_of(text, NULL, &h, &err), status);
    if (row > 0) assert_int_equal(err.row, row);
    assert_string_equal(err.column, column);
    if (!strstr(err.message, words)) fail_msg("\"%s\" does not say \"%s\"", err.message, words);
    assert_null(h.lists);
    assert_int_equal(h.n_cells, 0);
}

static void what_is_no_history_is_refused(void **state) {
    (void)state;
    refuses("A,B,count\n1,0,4\n0,1,-3\n", EN_ERR_INPUT, 3, "count", "negative");
    refuses("A,B,count\n1,0,1.5\n", EN_ERR_INPUT, 2, "count", "whole");
    refuses("A,B,count\n1,0,1e3\n", EN_ERR_INPUT, 2, "count", "whole");
    refuses("A,B,count\n1,0,x\n", EN_ERR_INPUT, 2, "count", "whole");
    refuses("A,B,count\n1,0,.\n", EN_ERR_INPUT, 2, "count", "whole");
    refuses("A,B,count\n1,0,\n", EN_ERR_INPUT, 2, "count", "no count");
    refuses("A,B,count\n1,0,1000000000001\n", EN_ERR_INPUT, 2, "count", "limit");
    refuses("A,B,count\n1,0,99999999999999999999999\n", EN_ERR_INPUT, 2, "count", "limit");
    refuses("A,B,count\n1,0,1\n2,0,1\n", EN_ERR_INPUT, 3, "A", "neither");
    refuses("A,B,count\n1,yes,1\n", EN_ERR_INPUT, 2, "B", "neither");
    refuses("A,B,count\n0,0,7\n", EN_ERR_INPUT, 2, "count", "no list");
    refuses("A,B\n0,0\n", EN_ERR_INPUT, 2, "", "no list");
    refuses("count\n4\n", EN_ERR_INPUT, -1, "", "no list");
    refuses("A,B,count\n", EN_ERR_INPUT, -1, "", "no row");
}

static void too_many_lists_are_refused(void **state) {
    (void)state;
    char text[400] = "";
    for (int line = 0; line < 2; line++)
        for (int j = 0; j < 31; j++)
            sprintf(text + strlen(text), line ? "%s1" : "%sL%d", j ? "," : line ? "\n" : "", j);
    refuses(text, EN_ERR_LIMIT, -1, "", "31 lists");
}

static void equal_patterns_are_one_cell(void **state) {
    (void)state;
    en_histories h, shuffled;
    assert_int_equal(histories_of("A,B,year,count\n1,1,1,2\n1,0,1,3\n0,1,2,4\n1,0,2,5\n0,0,1,\n0,0,2,0\n0,1,1,0\n",
                                  "year", &h, NULL),
                     EN_OK);
    assert_int_equal(h.n_lists, 2);
    assert_string_equal(h.lists[1], "B");
    assert_int_equal(h.n_cells, 3);
    static const uint32_t patterns[] = {1, 2, 3};
    static const int64_t counts[] = {8, 4, 2};
    assert_memory_equal(h.patterns, patterns, sizeof patterns);
    assert_memory_equal(h.counts, counts, sizeof counts);
    assert_int_equal(h.observed, 14);
    assert_int_equal(histories_of("A,B,count\n0,1,4.0\n1,0,5\n1,1,2\n1,0,3\n", NULL, &shuffled, NULL), EN_OK);
    assert_memory_equal(h.patterns, shuffled.patterns, sizeof patterns);
    assert_memory_equal(h.counts, shuffled.counts, sizeof counts);
    en_histories_clear(&h);
    en_histories_clear(&shuffled);
}

static void rows_without_counts_are_persons(void **state) {
    (void)state;
    en_histories h;
    en_error err;
    assert_int_equal(histories_of("A,B\n1,1\n1,0\n1,1\n", NULL, &h, NULL), EN_OK);
    assert_int_equal(h.observed, 3);
    assert_int_equal(h.n_cells, 2);
    en_histories_clear(&h);
    assert_int_equal(histories_of("A,B\n1,1\n", "C", &h, &err), EN_ERR_NOT_FOUND);
}

static void patterns_of_persons(void **state) {
    (void)state;
    static const char *const names[] = {"A", "B", "C"};
    static const uint32_t good[] = {4, 1, 4, 7}, on_none[] = {1, 0}, beyond[] = {1, 8};
    en_histories h;
    assert_int_equal(en_histories_from_patterns(names, 3, good, 4, &h, NULL), EN_OK);
    assert_int_equal(h.n_cells, 3);
    assert_int_equal(h.counts[1], 2);
    en_histories_clear(&h);
    assert_int_equal(en_histories_from_patterns(names, 3, on_none, 2, &h, NULL), EN_ERR_INPUT);
    assert_int_equal(en_histories_from_patterns(names, 3, beyond, 2, &h, NULL), EN_ERR_INPUT);
    assert_int_equal(en_histories_from_patterns(names, 0, good, 0, &h, NULL), EN_ERR_INPUT);
    assert_int_equal(en_histories_from_patterns(names, 3, good, 0, &h, NULL), EN_OK);
    assert_int_equal(h.observed, 0);
    en_histories_clear(&h);
}

static void thirty_lists(void **state) {
    (void)state;
    const char *names[30];
    static const uint32_t patterns[] = {1u << 29, 1, (1u << 30) - 1};
    en_histories h;
    for (int j = 0; j < 30; j++) names[j] = "list";
    assert_int_equal(en_histories_from_patterns(names, 30, patterns, 3, &h, NULL), EN_OK);
    assert_int_equal(h.n_cells, 3);
    en_histories_clear(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_history_is_refused), cmocka_unit_test(too_many_lists_are_refused),
        cmocka_unit_test(equal_patterns_are_one_cell),   cmocka_unit_test(rows_without_counts_are_persons),
        cmocka_unit_test(patterns_of_persons),           cmocka_unit_test(thirty_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
