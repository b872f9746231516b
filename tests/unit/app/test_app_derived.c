/* Columns count as the account does; search finds names across scripts and misspelt; what is kept and was changed is
 * found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/columns.h"
#include "app/search_index.h"
#include "base/os.h"

static char folder[64], case_path[96], list_path[96];

static const char first[] = "id,name,date_of_birth,sex,village,status,date\n"
                            "H-1,Marin Dalverek,1950-03-02,M,Orlesk,killed,1994-05-17\n"
                            "H-2,Selva Dalverek,1980-07-21,F,Orlesk,missing,1994-05-17\n"
                            "H-3,Tovan Ishkari,1930-01-30,M,Brenna,killed,1994-05-18\n"
                            "H-4,Nelis Orovan,1988-11-09,F,Brenna,killed,1994-05\n"
                            "H-5,Karo Velde,1955-02-14,M,Orlesk,missing,\n";
static const char second[] = "id,name,date_of_birth,sex,village,status\n"
                             "F-1,Марин Далверек,1950-03-02,M,Orlesk,killed\n"
                             "F-2,Selva Dalvereck,1980-07-21,F,Orlesk,missing\n"
                             "F-3,نلس اوروفان,1988-11-09,F,Brenna,killed\n"
                             "F-4,Ana Sobrel,1944-08-30,F,Brenna,killed\n";

static void must(en_status status, const en_error *err) {
    char text[1024];
    if (status == EN_OK) return;
    en_error_format(err, text, sizeof text);
    fail_msg("%s", text);
}

static void import(const char *content, const char *title) {
    en_error err = {0};
    en_import_options o = {.actor = "tester", .file = list_path, .source = {.title = title, .kind = "list"}};
    en_import_result r;
    must(en_os_write_file(list_path, en_str_of(content), &err), &err);
    must(en_app_import(case_path, &o, &r, &err), &err);
    en_import_result_clear(&r);
}

static int setup(void **state) {
    (void)state;
    en_error err = {0};
    strcpy(folder, "/tmp/everyname-test-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(case_path, sizeof case_path, "%s/case.everyname", folder);
    snprintf(list_path, sizeof list_path, "%s/list.csv", folder);
    must(en_case_create(case_path, "tester", &err), &err);
    import(first, "Hospital");
    import(second, "Families");
    return 0;
}

static int teardown(void **state) {
    (void)state;
    unlink(case_path);
    unlink(list_path);
    return rmdir(folder);
}

static void assert_same_count(const en_count *a, const en_count *b) {
    assert_int_equal(a->n_cells, b->n_cells);
    assert_int_equal(a->total, b->total);
    assert_int_equal(a->total_withheld, b->total_withheld);
    assert_string_equal(a->total_id, b->total_id);
    for (int64_t i = 0; i < a->n_cells; i++) {
        assert_string_equal(a->cells[i].id, b->cells[i].id);
        assert_int_equal(a->cells[i].n, b->cells[i].n);
        assert_int_equal(a->cells[i].withheld, b->cells[i].withheld);
    }
}

static void assert_counted_alike(en_columns *columns, const en_account *account, const en_count_query *q) {
    en_error err = {0};
    en_count by_account, by_columns;
    bool answers;
    must(en_account_count(account, q, &by_account, &err), &err);
    must(en_columns_count(columns, q, &by_columns, &answers, &err), &err);
    assert_true(answers);
    assert_same_count(&by_account, &by_columns);
    en_count_clear(&by_account);
    en_count_clear(&by_columns);
}

/* The first count keeps the columns, which then count like the account by any two dimensions, at any level. */
static void test_columns_count_like_the_account(void **state) {
    (void)state;
    en_error err = {0};
    en_count_query q = {0};
    en_case_count counted;
    must(en_app_count(case_path, &q, &counted, &err), &err);
    assert_null(counted.columns);
    en_case_count_clear(&counted);
    en_account account;
    en_columns columns;
    en_case *c;
    bool there;
    must(en_account_open(case_path, NULL, &account, &err), &err);
    must(en_case_open(case_path, false, &c, &err), &err);
    must(en_columns_open(c, &columns, &there, &err), &err);
    assert_true(there);
    for (int level = 0; level < 2; level++)
        for (int a = 0; a < EN_DIMENSIONS; a++)
            for (int b = 0; b < EN_DIMENSIONS; b++) {
                en_count_query two = {.level = (en_level)level,
                                      .n_by = a == b ? 1 : 2,
                                      .show_small = (a + b) % 2,
                                      .ages = level ? "0-4,5-49,50+" : NULL,
                                      .from = "1994-05-17",
                                      .to = "1994-05"};
                two.by[0] = (en_dimension)a;
                two.by[1] = (en_dimension)b;
                assert_counted_alike(&columns, &account, &two);
                two.n_where = 2;
                two.where[0] = (en_condition){EN_DIM_STATUS, "killed"};
                two.where[1] = (en_condition){EN_DIM_STATUS, "missing"};
                assert_counted_alike(&columns, &account, &two);
                two.where[1] = (en_condition){EN_DIM_SOURCE, "Families"};
                assert_counted_alike(&columns, &account, &two);
                two.where[0] = (en_condition){EN_DIM_PERIOD, "within"};
                two.where[1] = (en_condition){EN_DIM_FAMILY, "none"};
                assert_counted_alike(&columns, &account, &two);
            }
    en_columns_clear(&columns);
    en_case_close(c);
    en_account_clear(&account);
    must(en_app_count(case_path, &q, &counted, &err), &err);
    assert_non_null(counted.columns);
    assert_int_equal(counted.count.total, 9);
    en_case_count_clear(&counted);
    import(first, "Newspaper"); /* the columns are of another state now */
    must(en_app_count(case_path, &q, &counted, &err), &err);
    assert_null(counted.columns);
    assert_int_equal(counted.count.total, 14);
    en_case_count_clear(&counted);
}

static int64_t found(en_search *search, const char *words, const char *best) {
    en_error err = {0};
    en_search_result r;
    must(en_search_run(search, words, &r, &err), &err);
    int64_t n = r.found;
    assert_true(!best == !r.n_hits);
    if (best && !strstr(r.hits[0].quote, best)) fail_msg("%s: %s", words, r.hits[0].quote);
    en_search_result_clear(&r);
    return n;
}

static void test_search(void **state) {
    (void)state;
    en_error err = {0};
    en_search_result r;
    for (int again = 0; again < 2; again++) {
        en_search *search;
        en_search_options o = {.threads = 1 + again};
        must(en_search_open(case_path, &o, &search, &err), &err);
        assert_int_equal(found(search, "Marin Dalverek", "H-1"), 2);
        assert_int_equal(found(search, "Марин", "H-1"), 2);
        assert_int_equal(found(search, "Marin Dalvereq", "H-1"), 2);
        assert_int_equal(found(search, "Nelis Orofan", "H-4"), 2);
        assert_int_equal(found(search, "Orlesk", "H-1"), 5);
        assert_int_equal(found(search, "Qzxwv", NULL), 0);
        assert_int_equal(en_search_run(search, " , ", &r, &err), EN_ERR_USAGE);
        en_search_close(search);
    }
}

static void test_search_of_some_persons(void **state) {
    (void)state;
    en_error err = {0};
    en_search *search;
    en_count_query where = {.n_where = 1, .where = {{EN_DIM_STATUS, "missing"}}};
    en_search_options o = {.where = &where};
    must(en_search_open(case_path, &o, &search, &err), &err);
    assert_int_equal(found(search, "Dalverek", "H-2"), 2);
    en_search_close(search);
}

/* A kept value that does not follow from the case is named. */
static void test_changed_values_are_found(void **state) {
    (void)state;
    static const char *const kinds[] = {EN_COLUMNS_KIND, EN_SEARCH_KIND}, *const keys[] = {"sex", "places/0"};
    en_error err = {0};
    en_case_count counted;
    en_search *search;
    en_case *c;
    char differ[64];
    must(en_app_count(case_path, &(en_count_query){0}, &counted, &err), &err);
    en_case_count_clear(&counted);
    must(en_search_open(case_path, &(en_search_options){0}, &search, &err), &err);
    en_search_close(search);
    must(en_app_check_derived(case_path, 1, NULL, differ, &err), &err);
    assert_string_equal(differ, "");
    for (int i = 0; i < 2; i++) {
        must(en_case_open(case_path, true, &c, &err), &err);
        must(en_case_put_derived(c, kinds[i], keys[i], EN_LIT("\x01"), &err), &err);
        en_case_close(c);
        must(en_app_check_derived(case_path, 1, NULL, differ, &err), &err);
        assert_string_equal(differ, i ? "columns, search" : "columns");
    }
    /* What cannot be read is not counted by. */
    en_count_query by_sex = {.n_by = 1, .by = {EN_DIM_SEX}};
    must(en_app_count(case_path, &by_sex, &counted, &err), &err);
    assert_null(counted.columns);
    assert_int_equal(counted.count.total, 9);
    en_case_count_clear(&counted);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(test_columns_count_like_the_account),
        CASE(test_search),
        CASE(test_search_of_some_persons),
        CASE(test_changed_values_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
