/* Agreement of partitions, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "everyname/link.h"

/* Truth {0,1,2} {3,4}, found {0,1} {2,3,4}: 2 of 4 found pairs are right, 2 of 4 true pairs found.
 * B-cubed precision (1 + 1 + 1/3 + 2/3 + 2/3) / 5, recall (2/3 + 2/3 + 1/3 + 1 + 1) / 5. */
static void by_hand(void **state) {
    (void)state;
    const int32_t truth[] = {5, 5, 5, 9, 9}, found[] = {1, 1, 0, 0, 0};
    en_link_score s;
    assert_int_equal(en_link_evaluate(found, truth, 5, &s, NULL), EN_OK);
    assert_float_equal(s.pair_precision, 0.5, 1e-12);
    assert_float_equal(s.pair_recall, 0.5, 1e-12);
    assert_float_equal(s.pair_f1, 0.5, 1e-12);
    assert_float_equal(s.b3_precision, (2 + 1.0 / 3 + 4.0 / 3) / 5, 1e-12);
    assert_float_equal(s.b3_recall, (4.0 / 3 + 1.0 / 3 + 2) / 5, 1e-12);
    assert_float_equal(s.cluster_f1, 0, 0);
}

/* Truth {0,1} {2,3} {4}, found {0,1} {2} {3,4}: one of three clusters either way. */
static void exact_clusters(void **state) {
    (void)state;
    const int32_t truth[] = {1, 1, 2, 2, 3}, found[] = {4, 4, 5, 6, 6};
    en_link_score s;
    assert_int_equal(en_link_evaluate(found, truth, 5, &s, NULL), EN_OK);
    assert_float_equal(s.cluster_precision, 1.0 / 3, 1e-12);
    assert_float_equal(s.cluster_recall, 1.0 / 3, 1e-12);
}

static void perfect_and_nothing(void **state) {
    (void)state;
    const int32_t truth[] = {1, 2, 1, 3}, same[] = {7, 4, 7, 0}, alone[] = {0, 1, 2, 3};
    en_link_score s;
    assert_int_equal(en_link_evaluate(same, truth, 4, &s, NULL), EN_OK);
    assert_float_equal(s.pair_f1, 1, 0);
    assert_float_equal(s.b3_f1, 1, 1e-12);
    assert_int_equal(en_link_evaluate(alone, truth, 4, &s, NULL), EN_OK);
    assert_float_equal(s.pair_recall, 0, 0);
    assert_float_equal(s.pair_f1, 0, 0);
    assert_float_equal(s.b3_precision, 1, 1e-12);
    assert_float_equal(s.b3_recall, 0.75, 1e-12);
    assert_int_equal(en_link_evaluate(NULL, NULL, 0, &s, NULL), EN_OK);
    assert_float_equal(s.pair_f1, 1, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(exact_clusters),
                                       cmocka_unit_test(perfect_and_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
