/* Lists that come one after the other give the persons that they give in one go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link_lists.h"

enum { PEOPLE = 200, LISTS = 4, ALL = PEOPLE * LISTS };

static en_link_result link_rows(const test_record *records, const int32_t *order, int n, en_link_options *o) {
    en_table table;
    en_link_result result;
    assert_int_equal(test_table(records, order, n, &table), EN_OK);
    assert_int_equal(en_link(&table, o, &result, NULL), EN_OK);
    en_table_clear(&table);
    return result;
}

/* The model of all lists; with rules, so that records are blocked. */
static void learn(const test_record *records, bool one_per_list, bool rules, en_link_result *out) {
    en_link_options o = test_options(one_per_list);
    *out = link_rows(records, NULL, ALL, &o);
    if (!rules) return;
    out->model.n_rules = 2;
    out->model.rules[0] = (en_link_rule){.first = 1, .second = -1, .first_key = EN_KEY_SOUND};
    out->model.rules[1] = (en_link_rule){.first = 2, .second = -1, .first_key = EN_KEY_VALUE};
}

/* Persons of the lists in an order of arrival, each linked on from those before. */
static void one_by_one(const test_record *records, const int arrival[LISTS], const en_link_model *model,
                       bool one_per_list, int32_t *person) {
    int32_t order[ALL], previous[ALL];
    int n = 0;
    for (int l = 0; l < LISTS; l++) {
        for (int p = 0; p < PEOPLE; p++) previous[n] = -1, order[n++] = p * LISTS + arrival[l];
        en_link_options o = test_options(one_per_list);
        o.model = model;
        o.previous = previous;
        en_link_result r = link_rows(records, order, n, &o);
        memcpy(previous, r.person, (size_t)n * sizeof *previous);
        assert_true(r.n_decided_anew >= PEOPLE && r.n_decided_anew <= n);
        en_link_result_clear(&r);
    }
    for (int i = 0; i < ALL; i++) person[order[i]] = previous[i];
}

static void check(bool one_per_list, bool rules) {
    static const int arrivals[][LISTS] = {{0, 1, 2, 3}, {3, 1, 0, 2}};
    test_record *records = test_lists(PEOPLE, LISTS, 23);
    en_link_result learned;
    learn(records, one_per_list, rules, &learned);
    en_link_options o = test_options(one_per_list);
    o.model = &learned.model;
    en_link_result whole = link_rows(records, NULL, ALL, &o);
    int32_t person[ALL];
    for (size_t a = 0; a < sizeof arrivals / sizeof *arrivals; a++) {
        one_by_one(records, arrivals[a], &learned.model, one_per_list, person);
        assert_memory_equal(person, whole.person, sizeof person);
    }
    en_link_result_clear(&whole);
    en_link_result_clear(&learned);
    free(records);
}

static void one_by_one_is_one_go(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) check(kind & 1, kind & 2);
}

static void nothing_new_decides_nothing(void **state) {
    (void)state;
    test_record *records = test_lists(PEOPLE, LISTS, 5);
    en_link_options o = test_options(true);
    en_link_result before = link_rows(records, NULL, ALL, &o);
    o.model = &before.model;
    o.previous = before.person;
    en_link_result after = link_rows(records, NULL, ALL, &o);
    assert_int_equal(after.n_decided_anew, 0);
    assert_memory_equal(after.person, before.person, ALL * sizeof *before.person);
    /* A judgement that an earlier person contradicts is obeyed. */
    en_link_constraint apart = {0, 1, EN_JUDGED_DIFFERENT};
    assert_int_equal(before.person[0], before.person[1]);
    o.constraints = &apart;
    o.n_constraints = 1;
    en_link_result judged = link_rows(records, NULL, ALL, &o);
    assert_int_not_equal(judged.person[0], judged.person[1]);
    assert_true(judged.n_decided_anew > 0);
    en_link_result_clear(&judged);
    en_link_result_clear(&after);
    en_link_result_clear(&before);
    free(records);
}

static void earlier_persons_need_their_model(void **state) {
    (void)state;
    test_record *records = test_lists(2, 2, 5);
    int32_t previous[4] = {0, 0, 1, -1};
    en_table table;
    en_link_result result;
    en_link_options o = test_options(true);
    o.previous = previous;
    assert_int_equal(test_table(records, NULL, 4, &table), EN_OK);
    assert_int_equal(en_link(&table, &o, &result, NULL), EN_ERR_USAGE);
    en_table_clear(&table);
    free(records);
}

static void a_higher_threshold_joins_less(void **state) {
    (void)state;
    test_record *records = test_lists(PEOPLE, LISTS, 5);
    en_link_options o = test_options(true);
    en_link_result usual = link_rows(records, NULL, ALL, &o);
    usual.model.threshold = 0.9999;
    o.model = &usual.model;
    en_link_result strict = link_rows(records, NULL, ALL, &o);
    assert_true(strict.n_persons > usual.n_persons);
    assert_true(strict.model.threshold == 0.9999);
    en_link_result_clear(&strict);
    en_link_result_clear(&usual);
    free(records);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_by_one_is_one_go), cmocka_unit_test(nothing_new_decides_nothing),
        cmocka_unit_test(earlier_persons_need_their_model), cmocka_unit_test(a_higher_threshold_joins_less)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
