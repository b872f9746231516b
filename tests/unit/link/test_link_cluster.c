/* Clusters from weighted pairs: average link, judged pairs, lists without duplicates. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link/cluster.h"

enum { MOST = 8 };
static int32_t cluster[MOST], lists[MOST], ends[MOST];
static float weakest[MOST];

static void run(int32_t n, link_pair *pairs, int64_t n_pairs, link_judgement *judged, size_t n_judged,
                bool one_per_list) {
    link_set set = {.n = n, .one_per_list = one_per_list, .list = lists, .list_end = ends, .n_lists = 1};
    for (int32_t i = 0; i < n; i++) {
        ends[lists[i]] = i + 1;
        if (lists[i] >= set.n_lists) set.n_lists = lists[i] + 1;
    }
    link_pairs all = {.pairs = pairs, .n = n_pairs};
    link_judgements judgements = {judged, n_judged};
    link_partition partition = {cluster, weakest};
    assert_int_equal(link_cluster(&set, &all, &judgements, &partition, NULL), EN_OK);
    if (one_per_list) assert_int_equal(link_reassign(&set, &all, &judgements, &partition, NULL), EN_OK);
}

static int reset(void **state) {
    (void)state;
    for (int i = 0; i < MOST; i++) lists[i] = 0;
    return 0;
}

static link_pair pair(int32_t a, int32_t b, float weight) { return (link_pair){.a = a, .b = b, .weight = weight}; }

static void triangles_join(void **state) {
    (void)state;
    link_pair pairs[] = {pair(0, 1, 5), pair(0, 2, 4), pair(1, 2, 3), pair(2, 3, -2)};
    run(4, pairs, 4, NULL, 0, false);
    assert_int_equal(cluster[0], cluster[1]);
    assert_int_equal(cluster[0], cluster[2]);
    assert_int_not_equal(cluster[0], cluster[3]);
    /* Pairs of 4 and 3 average 3.5, and a pair beside one record counts (4/3)^0.1 times; log odds of the prior are 0.
     */
    assert_float_equal(weakest[0], 1 / (1 + exp(-3.5 * pow(4.0 / 3, 0.1))), 1e-5);
    assert_float_equal(weakest[3], 1, 0);
}

/* A chain of three good pairs is not one person where the pair of its ends was never worth keeping. */
static void missing_pairs_are_charged(void **state) {
    (void)state;
    link_pair pairs[] = {pair(0, 1, 4), pair(1, 2, 3)};
    run(3, pairs, 2, NULL, 0, false);
    assert_int_equal(cluster[0], cluster[1]);
    assert_int_not_equal(cluster[0], cluster[2]);
}

static void judged_pairs_are_obeyed(void **state) {
    (void)state;
    link_pair pairs[] = {pair(0, 1, 9), pair(2, 3, 9)};
    link_judgement judged[] = {{0, 1, EN_JUDGED_DIFFERENT}, {0, 2, EN_JUDGED_SAME}};
    run(4, pairs, 2, judged, 2, false);
    assert_int_not_equal(cluster[0], cluster[1]);
    assert_int_equal(cluster[0], cluster[2]);
    link_judgement apart[] = {{2, 3, EN_JUDGED_DIFFERENT}};
    link_pair all[] = {pair(0, 2, 9), pair(0, 3, 8), pair(1, 2, 7), pair(1, 3, 9), pair(0, 1, 9)};
    run(4, all, 5, apart, 1, false);
    assert_int_not_equal(cluster[2], cluster[3]);
}

/* Greedily 1-2 with weight 5 would leave 0 and 3 alone; 0-2 and 1-3 are worth 8. */
static void one_per_list_is_exact(void **state) {
    (void)state;
    lists[2] = lists[3] = 1;
    link_pair pairs[] = {pair(0, 2, 4), pair(1, 2, 5), pair(1, 3, 4)};
    run(4, pairs, 3, NULL, 0, true);
    assert_int_equal(cluster[0], cluster[2]);
    assert_int_equal(cluster[1], cluster[3]);
    assert_int_not_equal(cluster[0], cluster[1]);
    assert_float_equal(weakest[0], 1 / (1 + 1 / 54.59815), 1e-5);
}

static void people_outrank_the_assignment(void **state) {
    (void)state;
    lists[2] = lists[3] = 1;
    link_pair pairs[] = {pair(0, 2, 4), pair(1, 2, 5), pair(1, 3, 4)};
    link_judgement judged[] = {{1, 2, EN_JUDGED_SAME}};
    run(4, pairs, 3, judged, 1, true);
    assert_int_equal(cluster[1], cluster[2]);
    assert_int_not_equal(cluster[0], cluster[2]);
    assert_int_not_equal(cluster[1], cluster[3]);
}

static void nobody_twice_in_three_lists(void **state) {
    (void)state;
    lists[2] = lists[3] = 1;
    lists[4] = lists[5] = 2;
    link_pair pairs[] = {pair(0, 2, 3), pair(0, 4, 3), pair(2, 4, 3), pair(1, 3, 3), pair(1, 5, 3),
                         pair(3, 5, 3), pair(0, 3, 2), pair(1, 2, 2), pair(0, 5, 1)};
    run(6, pairs, 9, NULL, 0, true);
    for (int a = 0; a < 6; a++)
        for (int b = a + 1; b < 6; b++)
            if (lists[a] == lists[b]) assert_int_not_equal(cluster[a], cluster[b]);
    assert_int_equal(cluster[0], cluster[2]);
    assert_int_equal(cluster[0], cluster[4]);
    assert_int_equal(cluster[1], cluster[3]);
    assert_int_equal(cluster[1], cluster[5]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(triangles_join, reset),
        cmocka_unit_test_setup(missing_pairs_are_charged, reset),
        cmocka_unit_test_setup(judged_pairs_are_obeyed, reset),
        cmocka_unit_test_setup(one_per_list_is_exact, reset),
        cmocka_unit_test_setup(people_outrank_the_assignment, reset),
        cmocka_unit_test_setup(nobody_twice_in_three_lists, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
