/* en_link as a whole: accuracy on invented lists, order of rows, threads, constraints, tiny inputs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link_lists.h"

enum { PEOPLE = 300 };

static en_link_result link_rows(const test_record *records, const int32_t *order, int n,
                                const en_link_options *options) {
    en_table table = {0};
    en_link_result result;
    en_error err = {0};
    assert_int_equal(test_table(records, order, n, &table), EN_OK);
    if (en_link(&table, options, &result, &err) != EN_OK) fail_msg("%s", err.message);
    en_table_clear(&table);
    return result;
}

static double f1_of(const en_link_result *result, const test_record *records, int n) {
    int32_t *truth = calloc((size_t)n + 1, sizeof *truth);
    en_link_score score;
    for (int i = 0; i < n; i++) truth[i] = records[i].person;
    assert_int_equal(en_link_evaluate(result->person, truth, n, &score, NULL), EN_OK);
    free(truth);
    return score.pair_f1;
}

static void finds_people_without_labels(void **state) {
    (void)state;
    for (int one = 0; one < 2; one++) {
        test_record *records = test_lists(PEOPLE, 3, 11);
        en_link_options options = test_options(one);
        en_link_result result = link_rows(records, NULL, PEOPLE * 3, &options);
        double f1 = f1_of(&result, records, PEOPLE * 3);
        if (f1 < 0.98) fail_msg("F1 %.4f", f1);
        assert_true(result.precision > 0.9 && result.recall > 0.9);
        assert_true(result.model.prior > 0);
        en_link_result_clear(&result);
        free(records);
    }
}

static void lists_stay_free_of_duplicates(void **state) {
    (void)state;
    test_record *records = test_lists(PEOPLE, 2, 5);
    for (int i = 0; i < PEOPLE * 2; i++) records[i].birth[4] = 0; /* years alone: many look alike */
    en_link_options options = test_options(true);
    en_link_result result = link_rows(records, NULL, PEOPLE * 2, &options);
    int *seen = calloc((size_t)result.n_persons * 2, sizeof *seen);
    for (int i = 0; i < PEOPLE * 2; i++) assert_int_equal(seen[result.person[i] * 2 + (records[i].list[1] - '0')]++, 0);
    free(seen);
    en_link_result_clear(&result);
    free(records);
}

static void same_on_any_threads_and_order(void **state) {
    (void)state;
    enum { N = PEOPLE * 3 };
    test_record *records = test_lists(PEOPLE, 3, 23);
    en_link_options options = test_options(true);
    en_link_result one = link_rows(records, NULL, N, &options);
    options.threads = 1;
    en_link_result alone = link_rows(records, NULL, N, &options);
    assert_memory_equal(one.person, alone.person, N * sizeof *one.person);
    assert_memory_equal(one.weakest, alone.weakest, N * sizeof *one.weakest);
    assert_true(one.model.prior == alone.model.prior && one.precision == alone.precision);
    int32_t order[N];
    en_rng rng;
    en_rng_init(&rng, 9, 9);
    for (int i = 0; i < N; i++) order[i] = i;
    for (int i = N - 1; i > 0; i--) {
        int k = (int)(en_rng_u32(&rng) % (uint32_t)(i + 1)), hold = order[i];
        order[i] = order[k];
        order[k] = hold;
    }
    en_link_result shuffled = link_rows(records, order, N, &options);
    for (int i = 0; i < N; i++) {
        assert_int_equal(shuffled.person[i], one.person[order[i]]);
        assert_true(shuffled.weakest[i] == one.weakest[order[i]]);
    }
    for (int64_t p = 0; p < one.n_persons; p++) assert_int_equal(order[shuffled.founder[p]], one.founder[p]);
    assert_int_equal(shuffled.n_undecided_kept, one.n_undecided_kept);
    en_link_result_clear(&one);
    en_link_result_clear(&alone);
    en_link_result_clear(&shuffled);
    free(records);
}

/* Families of four who share all but given name and birth: brothers and sisters stay apart, copies meet, though in
 * every fifth copy given and family name stand in each other's place. */
static void relatives_and_swapped_names(void **state) {
    (void)state;
    enum { N = PEOPLE * 2 };
    test_record *records = test_lists(PEOPLE, 2, 41);
    for (int i = 0; i < N; i++) {
        int eldest = records[i].person / 4 * 4 * 2;
        if (i != eldest)
            strcpy(records[i].family, records[eldest].family), strcpy(records[i].place, records[eldest].place);
        if (i % 10 != 9) continue;
        char hold[24];
        strcpy(hold, records[i].given);
        strcpy(records[i].given, records[i].family);
        strcpy(records[i].family, hold);
    }
    en_link_options options = test_options(false);
    en_link_result result = link_rows(records, NULL, N, &options);
    double f1 = f1_of(&result, records, N);
    if (f1 < 0.95) fail_msg("F1 %.4f", f1);
    en_link_result_clear(&result);
    free(records);
}

static void judgements_are_obeyed(void **state) {
    (void)state;
    test_record *records = test_lists(60, 2, 31);
    en_link_constraint judged[] = {{0, 1, EN_JUDGED_DIFFERENT}, {2, 5, EN_JUDGED_SAME}, {9, 8, EN_JUDGED_DIFFERENT}};
    en_link_options options = test_options(true);
    options.constraints = judged;
    options.n_constraints = 3;
    en_link_result result = link_rows(records, NULL, 120, &options);
    assert_int_not_equal(result.person[0], result.person[1]);
    assert_int_equal(result.person[2], result.person[5]);
    assert_int_not_equal(result.person[8], result.person[9]);
    en_link_result_clear(&result);
    free(records);
}

static void constraints_outside_the_table_are_refused(void **state) {
    (void)state;
    test_record *records = test_lists(2, 2, 31);
    en_link_constraint judged = {0, 4, EN_JUDGED_SAME};
    en_link_options options = test_options(false);
    en_table table = {0};
    en_link_result result;
    options.constraints = &judged;
    options.n_constraints = 1;
    assert_int_equal(test_table(records, NULL, 4, &table), EN_OK);
    assert_int_equal(en_link(&table, &options, &result, NULL), EN_ERR_USAGE);
    options.n_constraints = 0;
    options.list_column = "absent";
    assert_int_equal(en_link(&table, &options, &result, NULL), EN_ERR_NOT_FOUND);
    en_table_clear(&table);
    free(records);
}

static void tiny_inputs(void **state) {
    (void)state;
    test_record *records = test_lists(2, 1, 3);
    en_link_options options = test_options(false);
    for (int n = 0; n <= 2; n++) {
        en_link_result result = link_rows(records, NULL, n, &options);
        assert_int_equal(result.n_records, n);
        assert_int_equal(result.n_persons, n);
        for (int i = 0; i < n; i++) assert_float_equal(result.weakest[i], 1, 0);
        en_link_result_clear(&result);
    }
    free(records);
}

static void nothing_known(void **state) {
    (void)state;
    test_record records[5] = {{.list = "A", .id = "1"},
                              {.list = "A", .id = "2"},
                              {.list = "A", .id = "3"},
                              {.list = "B", .id = "1"},
                              {.list = "B", .id = "2"}};
    en_link_options options = test_options(false);
    en_link_result result = link_rows(records, NULL, 5, &options);
    assert_int_equal(result.n_persons, 5);
    en_link_result_clear(&result);
}

/* Equal rows give no ground to say who is who, but must neither fail nor take for ever. */
static void equal_rows(void **state) {
    (void)state;
    enum { N = 200 };
    test_record *records = test_lists(1, N, 3);
    for (int i = 1; i < N; i++) records[i] = records[0];
    en_link_options options = test_options(false);
    en_link_result result = link_rows(records, NULL, N, &options);
    assert_true(result.n_persons >= 1 && result.n_persons <= N);
    en_link_result_clear(&result);
    free(records);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_people_without_labels),
        cmocka_unit_test(lists_stay_free_of_duplicates),
        cmocka_unit_test(same_on_any_threads_and_order),
        cmocka_unit_test(relatives_and_swapped_names),
        cmocka_unit_test(judgements_are_obeyed),
        cmocka_unit_test(constraints_outside_the_table_are_refused),
        cmocka_unit_test(tiny_inputs),
        cmocka_unit_test(nothing_known),
        cmocka_unit_test(equal_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
