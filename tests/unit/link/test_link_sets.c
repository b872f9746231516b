/* Accuracy on public labelled lists, by roles guessed from their headers; skipped where they are not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/os.h"
#include "everyname/link.h"

static void path_of(const char *set, const char *file, char *path, size_t cap) {
    const char *shared = en_os_env("EVERYNAME_SHARED");
    snprintf(path, cap, "%s/data/linkage/%s/%s", shared ? shared : EN_TEST_SHARED, set, file);
}

static void read_table(const char *set, const char *file, en_table *out) {
    char path[4096];
    en_os_map map;
    en_read_report report = {0};
    en_read_options options = {.struct_size = sizeof options, .file = path};
    path_of(set, file, path, sizeof path);
    assert_int_equal(en_os_map_file(path, &map, NULL), EN_OK);
    assert_int_equal(en_csv_read(map.bytes, &options, out, &report, NULL), EN_OK);
    en_read_report_clear(&report);
    en_os_unmap(&map);
}

static void need(const char *set) {
    char path[4096];
    path_of(set, "records.csv", path, sizeof path);
    if (en_os_exists(path)) return;
    print_message("skipped: %s is not there\n", path);
    skip();
}

static double f1_of(const en_table *records, const en_table *truth, const char *id, const en_link_result *result) {
    en_map map = {0};
    int32_t number, *entity = calloc((size_t)records->rows, sizeof *entity);
    en_link_score score;
    for (int64_t i = 0; i < records->rows; i++)
        en_map_intern(&map, en_column_str(en_table_column(records, id), i), &number, NULL, NULL);
    for (int64_t i = 0; i < truth->rows; i++)
        entity[en_map_find(&map, en_column_str(en_table_column(truth, "rec_id"), i))] =
            en_table_column(truth, "entity_id")->codes[i];
    assert_int_equal(en_link_evaluate(result->person, entity, records->rows, &score, NULL), EN_OK);
    en_map_clear(&map);
    free(entity);
    return score.pair_f1;
}

static void reaches(const char *set, bool one_per_list, double least) {
    need(set);
    en_table records = {0}, truth = {0};
    en_link_field fields[32];
    en_link_options options = EN_LINK_OPTIONS_INIT;
    en_link_result result;
    read_table(set, "records.csv", &records);
    read_table(set, "truth.csv", &truth);
    for (int32_t k = 0; k < records.n_columns; k++) {
        en_role role = en_role_guess(en_str_of(records.columns[k].name));
        if (role != EN_ROLE_NONE) fields[options.n_fields++] = (en_link_field){role, records.columns[k].name};
    }
    options.fields = fields;
    options.id_column = "rec_id";
    options.list_column = one_per_list ? "list" : NULL;
    options.one_per_list = one_per_list;
    assert_int_equal(en_link(&records, &options, &result, NULL), EN_OK);
    double f1 = f1_of(&records, &truth, "rec_id", &result);
    print_message("%s: F1 %.4f\n", set, f1);
    assert_true(f1 >= least);
    en_link_result_clear(&result);
    en_table_clear(&records);
    en_table_clear(&truth);
}

static void two_lists(void **state) {
    (void)state;
    reaches("febrl4", true, 0.999);
}

static void several_duplicates(void **state) {
    (void)state;
    reaches("febrl3", false, 0.99);
}

static void names_and_dates_alone(void **state) {
    (void)state;
    reaches("RLdata10000", false, 0.95);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_lists),
        cmocka_unit_test(several_duplicates),
        cmocka_unit_test(names_and_dates_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
