/* The synthetic lists: the same seed gives the same bytes, mistakes come at the rate that was asked for, every record
 * leads to the person behind it, and each list is written in its script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/os.h"
#include "synth/synth.h"

static en_synth_result make(int64_t people, int lists, double corruption, uint64_t seed) {
    en_synth_options options = {.people = people, .lists = lists, .corruption = corruption, .seed = seed};
    en_synth_result out;
    en_error err;
    assert_int_equal(en_synth(&options, &out, &err), EN_OK);
    return out;
}

static void dump_csv(const en_table *table, en_buf *out) { assert_int_equal(en_csv_write(table, out, NULL), EN_OK); }

static en_buf dump_all(const en_synth_result *r) {
    en_buf out = {0};
    dump_csv(&r->truth, &out);
    for (int i = 0; i < r->n_lists; i++) dump_csv(&r->lists[i].records, &out);
    return out;
}

static void the_seed_alone_decides(void **state) {
    (void)state;
    en_synth_result a = make(500, 8, .08, 7), b = make(500, 8, .08, 7), c = make(500, 8, .08, 8);
    en_buf bytes_a = dump_all(&a), bytes_b = dump_all(&b), bytes_c = dump_all(&c);
    assert_true(en_str_eq(en_buf_str(&bytes_a), en_buf_str(&bytes_b)));
    assert_false(en_str_eq(en_buf_str(&bytes_a), en_buf_str(&bytes_c)));
    en_buf_clear(&bytes_a);
    en_buf_clear(&bytes_b);
    en_buf_clear(&bytes_c);
    en_synth_clear(&a);
    en_synth_clear(&b);
    en_synth_clear(&c);
}

/* Cells (without ids) that differ between the list with mistakes and the same list without. */
static double share_of_mistakes(const en_synth_result *clean, const en_synth_result *spoiled, int64_t *cells) {
    int64_t differ = 0, n = 0;
    for (int i = 0; i < clean->n_lists; i++) {
        const en_table *a = &clean->lists[i].records, *b = &spoiled->lists[i].records;
        assert_int_equal(a->rows, b->rows);
        for (int32_t c = 1; c < a->n_columns; c++)
            for (int64_t row = 0; row < a->rows; row++) {
                if (en_column_is_null(&a->columns[c], row)) continue;
                n++;
                differ += !en_str_eq(en_column_str(&a->columns[c], row), en_column_str(&b->columns[c], row));
            }
    }
    *cells = n;
    return (double)differ / (double)n;
}

/* About 37,000 cells. Mistakes are independent but for a swap, which spoils two: at share s the standard error is below
 * sqrt(2 s / 37000), .002 at .08. The mean weight over columns is .87, not exactly 1, and some mistakes give back the
 * same word, so the bounds are .75 s and 1.1 s, ten standard errors from what is expected: a false alarm is never seen.
 */
static void mistakes_come_as_asked(void **state) {
    (void)state;
    static const double asked[] = {.02, .08, .3};
    en_synth_result clean = make(2400, 5, 0, 3);
    for (int i = 0; i < 3; i++) {
        en_synth_result spoiled = make(2400, 5, asked[i], 3);
        int64_t cells;
        double share = share_of_mistakes(&clean, &spoiled, &cells);
        assert_true(cells > 20000);
        if (share < .75 * asked[i] || share > 1.1 * asked[i]) fail_msg("asked %g, made %g", asked[i], share);
        en_synth_clear(&spoiled);
    }
    en_synth_clear(&clean);
}

static void ids_are_unique_over_lists(void **state) {
    (void)state;
    en_synth_result r = make(1000, 8, .08, 1);
    en_map seen = {0};
    for (int i = 0; i < r.n_lists; i++) {
        if (strcmp(r.lists[i].release, "1") == 0) continue; /* the second release keeps the ids of the first */
        const en_column *ids = &r.lists[i].records.columns[0];
        assert_int_equal(ids->null_count, 0);
        for (int64_t row = 0; row < r.lists[i].records.rows; row++) {
            int32_t number;
            bool added;
            assert_int_equal(en_map_intern(&seen, en_column_str(ids, row), &number, &added, NULL), EN_OK);
            assert_true(added);
        }
    }
    en_map_clear(&seen);
    en_synth_clear(&r);
}

static bool on_list(const en_synth_result *r, int64_t person, const char *stem) {
    en_str lists = en_column_str(en_table_column(&r->truth, "lists"), person);
    char text[300];
    snprintf(text, sizeof text, "%.*s", (int)lists.len, lists.ptr);
    for (char *at = strtok(text, ";"); at; at = strtok(NULL, ";"))
        if (strcmp(at, stem) == 0) return true;
    return false;
}

static void stem_of(const en_synth_list *list, char stem[64]) {
    snprintf(stem, 64, "%s", list->file);
    char *end = strstr(stem, list->release[0] ? "-release-" : ".csv");
    assert_non_null(end);
    *end = 0;
}

/* Every record is of a person whom the truth puts on that list, as often as the list allows, and without mistakes it
 * says of the person what the truth says. */
static void records_lead_to_their_people(void **state) {
    (void)state;
    en_synth_result r = make(1500, 8, 0, 5);
    assert_int_equal(r.truth.rows, 1500);
    const en_column *truth_date = en_table_column(&r.truth, "date"), *truth_age = en_table_column(&r.truth, "age");
    for (int i = 0; i < r.n_lists; i++) {
        const en_synth_list *list = &r.lists[i];
        const en_column *date = en_table_column(&list->records, "date"), *age = en_table_column(&list->records, "age");
        int *times = calloc(1500, sizeof *times), twice = 0;
        char stem[64];
        stem_of(list, stem);
        for (int64_t row = 0; row < list->records.rows; row++) {
            int64_t who = list->person[row];
            assert_in_range(who, 0, 1499);
            assert_true(on_list(&r, who, stem));
            twice += ++times[who] == 2;
            assert_true(times[who] <= 2);
            if (!en_column_is_null(date, row))
                assert_true(en_str_eq(en_column_str(date, row), en_column_str(truth_date, who)));
            if (age && !en_column_is_null(age, row))
                assert_true(en_str_eq(en_column_str(age, row), en_column_str(truth_age, who)));
        }
        assert_int_equal(twice > 0, strcmp(stem, "family-reports") == 0);
        assert_non_null(strstr(list->title, "(invented)"));
        free(times);
    }
    en_synth_clear(&r);
}

/* Each list has 15 to 55 % of the people and all five together 70 to 90 %: at 20,000 people the standard error of a
 * share is below .0036, and seeds move a list's share by its place effects by about .02. */
static void lists_reach_what_they_should(void **state) {
    (void)state;
    en_synth_result r = make(20000, 5, .08, 11);
    double unseen = (double)en_table_column(&r.truth, "lists")->null_count / 20000;
    assert_true(unseen > .1 && unseen < .3);
    for (int i = 0; i < r.n_lists; i++) {
        double share = (double)r.lists[i].records.rows / 20000;
        assert_true(share > .15 && share < .55);
    }
    en_synth_clear(&r);
}

static int row_of_id(const en_table *table, en_str id) {
    for (int64_t row = 0; row < table->rows; row++)
        if (en_str_eq(en_column_str(&table->columns[0], row), id)) return (int)row;
    return -1;
}

static bool same_row(const en_table *a, int64_t i, const en_table *b, int64_t j) {
    for (int32_t c = 0; c < a->n_columns; c++)
        if (!en_str_eq(en_column_str(&a->columns[c], i), en_column_str(&b->columns[c], j))) return false;
    return true;
}

static void a_release_adds_removes_and_changes(void **state) {
    (void)state;
    en_synth_result r = make(2400, 5, .08, 1);
    const en_synth_list *first = &r.lists[4], *second = &r.lists[5];
    assert_string_equal(first->title, second->title);
    assert_string_equal(first->release, "1");
    assert_string_equal(second->release, "2");
    int kept = 0, changed = 0, removed = 0;
    for (int64_t row = 0; row < first->records.rows; row++) {
        int at = row_of_id(&second->records, en_column_str(&first->records.columns[0], row));
        if (at < 0)
            removed++;
        else if (same_row(&first->records, row, &second->records, at))
            kept++;
        else
            changed++;
        if (at >= 0) assert_int_equal(first->person[row], second->person[at]);
    }
    assert_true(removed > 0 && changed > 0 && kept > changed + removed);
    assert_true(second->records.rows > kept + changed);
    en_synth_clear(&r);
}

/* Of the letters in a list's names: their script, and no other. */
static void check_script(const en_synth_list *list, const char *column, const char *script) {
    const en_column *c = en_table_column(&list->records, column);
    assert_non_null(c);
    for (int64_t i = 0; i < c->dict_offsets[c->dict_len]; i++) {
        unsigned char b = (unsigned char)c->dict_bytes[i];
        bool latin = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z'), cyrillic = b == 0xD0 || b == 0xD1;
        bool arabic = b >= 0xD8 && b <= 0xDB;
        if (latin) assert_string_equal(script, "latin");
        if (cyrillic) assert_string_equal(script, "cyrillic");
        if (arabic) assert_string_equal(script, "arabic");
    }
}

static void each_list_has_its_script(void **state) {
    (void)state;
    en_synth_result r = make(2400, 8, .08, 1);
    assert_int_equal(r.n_lists, 9);
    check_script(&r.lists[0], "given_name", "latin");
    check_script(&r.lists[1], "name", "latin");
    check_script(&r.lists[2], "family_name", "cyrillic");
    check_script(&r.lists[2], "status", "cyrillic");
    check_script(&r.lists[3], "name", "latin");
    check_script(&r.lists[4], "name", "arabic");
    check_script(&r.lists[5], "place", "arabic");
    check_script(&r.lists[6], "father", "latin");
    check_script(&r.lists[7], "village", "cyrillic");
    check_script(&r.lists[8], "sex", "arabic");
    en_synth_clear(&r);
}

/* The first lines of each table for one seed. With EVERYNAME_GOLDEN_UPDATE set, writes what came instead. */
static void the_example_is_what_it_was(void **state) {
    (void)state;
    enum { HEAD = 12 };
    en_synth_result r = make(2400, 8, .08, 1);
    en_buf got = {0};
    for (int i = -1; i < r.n_lists; i++) {
        en_buf csv = {0};
        dump_csv(i < 0 ? &r.truth : &r.lists[i].records, &csv);
        size_t end = 0;
        for (int lines = 0; end < csv.len && lines < HEAD; end++) lines += csv.ptr[end] == '\n';
        en_buf_addf(&got, NULL, "== %s\n", i < 0 ? "truth.csv" : r.lists[i].file);
        en_buf_add(&got, (en_str){csv.ptr, end}, NULL);
        en_buf_clear(&csv);
    }
    en_os_map expected;
    if (en_os_env("EVERYNAME_GOLDEN_UPDATE"))
        assert_int_equal(en_os_write_file(GOLDEN_FILE, en_buf_str(&got), NULL), EN_OK);
    assert_int_equal(en_os_map_file(GOLDEN_FILE, &expected, NULL), EN_OK);
    assert_true(en_str_eq(expected.bytes, en_buf_str(&got)));
    en_os_unmap(&expected);
    en_buf_clear(&got);
    en_synth_clear(&r);
}

static void what_cannot_be_made_is_refused(void **state) {
    (void)state;
    static const en_synth_options bad[] = {
        {-1, 5, .08, 1}, {10, 1, .08, 1}, {10, 9, .08, 1}, {10, 5, 1.5, 1}, {10, 5, -.1, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        en_synth_result r;
        en_error err;
        assert_int_equal(en_synth(&bad[i], &r, &err), EN_ERR_USAGE);
        assert_int_equal(r.n_lists, 0);
    }
}

static void one_person_and_all_mistakes_work(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        en_synth_result r = make(seed <= 20 ? 1 : 60, 8, 1, seed);
        en_synth_clear(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seed_alone_decides),         cmocka_unit_test(mistakes_come_as_asked),
        cmocka_unit_test(ids_are_unique_over_lists),      cmocka_unit_test(records_lead_to_their_people),
        cmocka_unit_test(lists_reach_what_they_should),   cmocka_unit_test(a_release_adds_removes_and_changes),
        cmocka_unit_test(each_list_has_its_script),       cmocka_unit_test(the_example_is_what_it_was),
        cmocka_unit_test(what_cannot_be_made_is_refused), cmocka_unit_test(one_person_and_all_mistakes_work)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
