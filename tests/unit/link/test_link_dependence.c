/* Fields that go together among strangers are found and weighed together; labels shift the probabilities; a model with
 * both links as it did when it was learned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link_lists.h"

enum { PEOPLE = 2500, LISTS = 3, N = PEOPLE * LISTS };

/* The field `birth` holds one of three codes that a place has, so that agreeing on both is agreeing on little more than
 * one. With names that err it is all there is. */
static test_record *lists_with_codes(void) {
    test_record *records = test_lists(PEOPLE, LISTS, 61);
    en_rng rng;
    en_rng_init(&rng, 5, 5);
    for (int p = 0; p < PEOPLE; p++) {
        const char *place = "";
        unsigned code = en_rng_u32(&rng) % 3, sum = 0;
        for (int l = 0; l < LISTS; l++)
            if (records[p * LISTS + l].place[0]) place = records[p * LISTS + l].place;
        for (const char *c = place; *c; c++) sum = sum * 31 + (unsigned char)*c;
        for (int l = 0; l < LISTS; l++)
            snprintf(records[p * LISTS + l].birth, sizeof records->birth, "%u", 10000 + sum % 30000 * 3 + code);
    }
    return records;
}

static const en_link_field code_fields[] = {
    {EN_ROLE_GIVEN, "given"}, {EN_ROLE_FAMILY, "family"}, {EN_ROLE_EXACT, "birth"}, {EN_ROLE_PLACE, "place"}};

static double pair_f1(const en_link_result *result, const test_record *records) {
    static int32_t truth[N];
    en_link_score score;
    for (int i = 0; i < N; i++) truth[i] = records[i].person;
    assert_int_equal(en_link_evaluate(result->person, truth, N, &score, NULL), EN_OK);
    return score.pair_f1;
}

static en_link_result run(const test_record *records, const en_link_options *options) {
    en_table table = {0};
    en_link_result result;
    en_error err = {0};
    assert_int_equal(test_table(records, NULL, N, &table), EN_OK);
    if (en_link(&table, options, &result, &err) != EN_OK) fail_msg("%s", err.message);
    en_table_clear(&table);
    return result;
}

static void places_and_their_codes_go_together(void **state) {
    (void)state;
    test_record *records = lists_with_codes();
    en_link_options options = test_options(true);
    options.fields = code_fields;
    en_link_result result = run(records, &options);
    const en_link_comparison *code = &result.model.comparisons[2], *place = &result.model.comparisons[3];
    assert_true(code->depends_on == 3 || place->depends_on == 2);
    double lift = code->depends_on == 3 ? code->lift[0][0] : place->lift[0][0];
    if (lift < 2.5 || lift > 4.5) fail_msg("lift %.2f of 40 places", lift); /* log 40 = 3.7 */
    double f1 = pair_f1(&result, records);
    if (f1 < 0.93) fail_msg("F1 %.4f", f1);
    en_link_result_clear(&result);
    free(records);
}

static void frozen_model_links_the_same(void **state) {
    (void)state;
    test_record *records = lists_with_codes();
    en_link_options options = test_options(true);
    options.fields = code_fields;
    en_link_result learned = run(records, &options);
    options.model = &learned.model;
    en_link_result frozen = run(records, &options);
    assert_memory_equal(learned.person, frozen.person, N * sizeof *learned.person);
    assert_float_equal(learned.precision, frozen.precision, 1e-9);
    en_link_result_clear(&frozen);
    en_link_result_clear(&learned);
    free(records);
}

/* Told that doubtful pairs are all matches, the model believes more in all; told that none is, less. */
static void labels_shift_probabilities(void **state) {
    (void)state;
    test_record *records = lists_with_codes();
    en_link_options options = test_options(false);
    options.fields = code_fields;
    options.ask = 40;
    en_link_result asked = run(records, &options);
    assert_true(asked.n_asked >= 20);
    assert_float_equal(asked.model.shift, 0, 0);
    assert_float_equal(asked.model.slope, 1, 0);
    en_link_constraint judged[40];
    options.constraints = judged;
    options.n_constraints = (size_t)asked.n_asked;
    for (int same = 0; same < 2; same++) {
        for (int64_t i = 0; i < asked.n_asked; i++)
            judged[i] = (en_link_constraint){asked.asked[i].row_a, asked.asked[i].row_b,
                                             same ? EN_JUDGED_SAME : EN_JUDGED_DIFFERENT};
        en_link_result taught = run(records, &options);
        assert_true(same ? taught.model.shift > 0.5 : taught.model.shift < -0.5);
        en_link_result_clear(&taught);
    }
    en_link_result_clear(&asked);
    free(records);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(places_and_their_codes_go_together),
                                       cmocka_unit_test(frozen_model_links_the_same),
                                       cmocka_unit_test(labels_shift_probabilities)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
