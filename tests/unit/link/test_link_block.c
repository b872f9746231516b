/* Blocking: what it finds against comparing everything, each pair once, large blocks, frontiers, rules of a model; the
 * same on any number of threads and for any order of rows. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link/linkage.h"
#include "link_lists.h"

typedef struct prepared {
    en_table table;
    en_link_result result;
    link_set set;
    link_model model;
} prepared;

static void prepare(prepared *p, const test_record *records, int n, bool one_per_list, int threads) {
    *p = (prepared){.set.result = &p->result};
    en_link_options options = test_options(one_per_list);
    options.threads = threads;
    assert_int_equal(test_table(records, NULL, n, &p->table), EN_OK);
    assert_int_equal(link_prepare(&p->table, &options, &p->set, NULL), EN_OK);
    assert_int_equal(link_tables_fill(&p->set, NULL), EN_OK);
    assert_int_equal(link_model_start(&p->set, &p->model, NULL), EN_OK);
}

static void discard(prepared *p) {
    link_set_clear(&p->set);
    en_table_clear(&p->table);
}

static link_pairs block(prepared *p, double cut, double most, const bool *frontier) {
    link_block_options options = {.cut = cut, .lightest = -INFINITY, .most = most, .frontier = frontier};
    link_pairs pairs;
    assert_int_equal(link_block(&p->set, &p->model, &options, &pairs, NULL), EN_OK);
    return pairs;
}

static void each_pair_once_by_records(const link_pairs *pairs) {
    for (int64_t i = 0; i < pairs->n; i++) {
        const link_pair *p = &pairs->pairs[i];
        assert_true(p->a < p->b);
        if (i) assert_true(p[-1].a < p->a || (p[-1].a == p->a && p[-1].b < p->b));
    }
}

/* A pair that blocking made weighs what comparing everything says; few heavy pairs are missed, as it says itself. */
static void agrees_with_comparing_everything(void **state) {
    (void)state;
    enum { PEOPLE = 1500, N = PEOPLE * 2 };
    test_record *records = test_lists(PEOPLE, 2, 29);
    prepared p;
    prepare(&p, records, N, false, 2);
    link_pairs all, blocked = block(&p, 8, 0, NULL);
    assert_int_equal(link_scan(&p.set, &p.model, 8, (int64_t)N * 40, &all, NULL), EN_OK);
    each_pair_once_by_records(&blocked);
    int64_t at = 0, met = 0;
    for (int64_t i = 0; i < all.n; i++) {
        const link_pair *x = &all.pairs[i];
        while (at < blocked.n &&
               (blocked.pairs[at].a < x->a || (blocked.pairs[at].a == x->a && blocked.pairs[at].b < x->b)))
            at++;
        if (at == blocked.n || blocked.pairs[at].a != x->a || blocked.pairs[at].b != x->b) continue;
        assert_int_equal(blocked.pairs[at].pattern, x->pattern);
        assert_float_equal(blocked.pairs[at].weight, x->weight, 1e-4);
        met++;
    }
    assert_int_equal(met, blocked.n);
    assert_true((double)met > 0.95 * (double)all.n);
    assert_true(blocked.missed < 0.1 && blocked.compared < (int64_t)N * N / 16);
    link_pairs_clear(&all);
    link_pairs_clear(&blocked);
    discard(&p);
    free(records);
}

static void counts_what_rules_make(void **state) {
    (void)state;
    test_record *records = test_lists(1000, 2, 3);
    prepared p;
    prepare(&p, records, 2000, true, 2);
    link_pairs pairs = block(&p, 5, 0, NULL);
    const en_link_charts *charts = &p.result.charts;
    int64_t sum = 0;
    assert_true(charts->n_rules > 1 && charts->n_rules == p.set.blocking.n_rules);
    for (int r = 0; r < charts->n_rules; r++) sum += charts->rule_pairs[r];
    assert_int_equal(sum, pairs.compared);
    assert_true(charts->missed == pairs.missed);
    for (int64_t i = 0; i < pairs.n; i++)
        assert_int_not_equal(p.set.list[pairs.pairs[i].a], p.set.list[pairs.pairs[i].b]);
    link_pairs_clear(&pairs);
    discard(&p);
    free(records);
}

/* Everyone of one family and place in one month: blocks far beyond what is compared whole are split, not dropped. */
static void large_blocks_are_split(void **state) {
    (void)state;
    enum { PEOPLE = 2000, N = PEOPLE * 2 };
    test_record *records = test_lists(PEOPLE, 2, 53);
    for (int i = 0; i < N; i++) {
        strcpy(records[i].family, "tamarel");
        strcpy(records[i].place, "norvik");
    }
    prepared p;
    prepare(&p, records, N, true, 2);
    p.set.blocking = (link_blocking){.n_rules = 1, .rules = {{.first = 1, .second = 3}}};
    link_pairs pairs = block(&p, 4, 0, NULL);
    int64_t matches = 0;
    for (int64_t i = 0; i < pairs.n; i++)
        matches += records[p.set.row[pairs.pairs[i].a]].person == records[p.set.row[pairs.pairs[i].b]].person;
    assert_true(matches > PEOPLE * 7 / 10); /* a given name or a birth with a mistake splits some of them apart */
    assert_true(pairs.compared < (int64_t)N * 1000);
    link_pairs_clear(&pairs);
    discard(&p);
    free(records);
}

/* A thousand copies of one record: no key splits them, and neighbours still meet. */
static void copies_meet_their_neighbours(void **state) {
    (void)state;
    enum { N = 1000 };
    test_record *records = test_lists(N, 1, 59);
    for (int i = 1; i < N; i++) {
        char id[sizeof records->id];
        strcpy(id, records[i].id);
        records[i] = records[0];
        strcpy(records[i].id, id);
    }
    prepared p;
    prepare(&p, records, N, false, 2);
    p.set.blocking = (link_blocking){.n_rules = 1, .rules = {{.first = 0, .second = -1}}};
    link_pairs pairs = block(&p, -100, 0, NULL);
    each_pair_once_by_records(&pairs);
    assert_true(pairs.n > N * 10 && pairs.n < N * 200);
    link_pairs_clear(&pairs);
    discard(&p);
    free(records);
}

static void frontier_makes_its_own_pairs(void **state) {
    (void)state;
    enum { N = 1200 };
    test_record *records = test_lists(N / 2, 2, 61);
    bool frontier[N];
    prepared p;
    prepare(&p, records, N, false, 2);
    for (int i = 0; i < N; i++) frontier[i] = i % 7 == 0;
    link_pairs all = block(&p, 5, 0, NULL), some = block(&p, 5, 0, frontier);
    int64_t at = 0;
    for (int64_t i = 0; i < all.n; i++) {
        if (!frontier[all.pairs[i].a] && !frontier[all.pairs[i].b]) continue;
        assert_true(at < some.n);
        assert_int_equal(some.pairs[at].a, all.pairs[i].a);
        assert_int_equal(some.pairs[at++].b, all.pairs[i].b);
    }
    assert_int_equal(at, some.n);
    link_pairs_clear(&all);
    link_pairs_clear(&some);
    discard(&p);
    free(records);
}

/* A part of the pairs is one in `stride`: of 3,000 matches or so within 5 standard errors. */
static void a_sample_is_one_in_so_many(void **state) {
    (void)state;
    enum { N = 6000 };
    test_record *records = test_lists(N / 2, 2, 67);
    prepared p;
    prepare(&p, records, N, true, 2);
    link_pairs all = block(&p, 12, 0, NULL), part = block(&p, 12, (double)all.compared / 3, NULL);
    assert_true(part.stride >= 2 && part.stride <= 12);
    double expected = (double)all.n / part.stride;
    assert_float_equal((double)part.n, expected, 5 * sqrt(expected));
    link_pairs_clear(&all);
    link_pairs_clear(&part);
    discard(&p);
    free(records);
}

static void same_on_any_threads(void **state) {
    (void)state;
    enum { N = 3000 };
    test_record *records = test_lists(N / 3, 3, 71);
    prepared p, q;
    prepare(&p, records, N, false, 1);
    prepare(&q, records, N, false, 3);
    link_pairs one = block(&p, 5, 0, NULL), three = block(&q, 5, 0, NULL);
    assert_int_equal(one.n, three.n);
    assert_int_equal(one.compared, three.compared);
    for (int64_t i = 0; i < one.n; i++) {
        assert_int_equal(one.pairs[i].a, three.pairs[i].a);
        assert_int_equal(one.pairs[i].b, three.pairs[i].b);
        assert_int_equal(one.pairs[i].pattern, three.pairs[i].pattern);
        assert_true(one.pairs[i].weight == three.pairs[i].weight);
    }
    link_pairs_clear(&one);
    link_pairs_clear(&three);
    discard(&p);
    discard(&q);
    free(records);
}

static en_link_result link_rows(const test_record *records, const int32_t *order, int n, const en_link_model *model,
                                int threads) {
    en_link_options options = test_options(false);
    en_table table = {0};
    en_link_result result;
    en_error err = {0};
    options.model = model;
    options.threads = threads;
    assert_int_equal(test_table(records, order, n, &table), EN_OK);
    if (en_link(&table, &options, &result, &err) != EN_OK) fail_msg("%s", err.message);
    en_table_clear(&table);
    return result;
}

/* A model with rules blocks by them, however few the records. */
static void rules_of_a_model_are_used(void **state) {
    (void)state;
    enum { N = 1500 };
    test_record *records = test_lists(N / 3, 3, 73);
    int32_t order[N];
    en_link_result whole = link_rows(records, NULL, N, NULL, 2);
    assert_int_equal(whole.model.n_rules, 0);
    whole.model.rules[0] = (en_link_rule){0, 1, EN_KEY_SOUND, EN_KEY_VALUE};
    whole.model.rules[1] = (en_link_rule){2, -1, EN_KEY_VALUE, EN_KEY_VALUE};
    whole.model.n_rules = 2;
    for (int i = 0; i < N; i++) order[i] = N - 1 - i;
    en_link_result blocked = link_rows(records, NULL, N, &whole.model, 2);
    en_link_result turned = link_rows(records, order, N, &whole.model, 1);
    assert_memory_equal(blocked.found_by, "blocking: 2 rules", 17);
    assert_int_equal(blocked.model.n_rules, 2);
    assert_int_equal(blocked.model.rules[0].first_key, EN_KEY_SOUND);
    assert_true(blocked.pairs_compared < whole.pairs_compared / 4);
    for (int i = 0; i < N; i++) {
        assert_int_equal(blocked.person[order[i]], turned.person[i]);
        assert_true(blocked.weakest[order[i]] == turned.weakest[i]);
    }
    en_link_result_clear(&whole);
    en_link_result_clear(&blocked);
    en_link_result_clear(&turned);
    free(records);
}

static void keys_have_names(void **state) {
    (void)state;
    for (en_link_key k = EN_KEY_VALUE; k <= EN_KEY_DAY; k++) {
        en_link_key back;
        assert_true(en_link_key_of(en_str_of(en_link_key_name(k)), &back));
        assert_int_equal(back, k);
    }
    en_link_key none;
    assert_false(en_link_key_of(en_str_of("surname"), &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_comparing_everything),
        cmocka_unit_test(counts_what_rules_make),
        cmocka_unit_test(large_blocks_are_split),
        cmocka_unit_test(copies_meet_their_neighbours),
        cmocka_unit_test(frontier_makes_its_own_pairs),
        cmocka_unit_test(a_sample_is_one_in_so_many),
        cmocka_unit_test(same_on_any_threads),
        cmocka_unit_test(rules_of_a_model_are_used),
        cmocka_unit_test(keys_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
