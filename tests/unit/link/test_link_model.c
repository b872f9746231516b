/* EM recovers what simulated matches were drawn with, blocking finds what comparing everything finds. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link/linkage.h"
#include "link_lists.h"

typedef struct prepared {
    test_record *records;
    en_table table;
    en_link_result result;
    link_set set;
} prepared;

static void prepare(prepared *p, int people, int lists, uint64_t seed) {
    *p = (prepared){.records = test_lists(people, lists, seed)};
    p->set.result = &p->result;
    en_link_options options = test_options(true);
    assert_int_equal(test_table(p->records, NULL, people * lists, &p->table), EN_OK);
    assert_int_equal(link_prepare(&p->table, &options, &p->set, NULL), EN_OK);
    assert_int_equal(link_tables_fill(&p->set, NULL), EN_OK);
}

static void discard(prepared *p) {
    link_set_clear(&p->set);
    en_table_clear(&p->table);
    free(p->records);
}

static bool is_match(const prepared *p, const link_pair *pair) {
    return p->records[p->set.row[pair->a]].person == p->records[p->set.row[pair->b]].person;
}

/* 500 people in two lists, so 500 matches among 250,000 pairs; each m is compared with its share among the matches. Its
 * standard error is at most .5 / sqrt(500) = .022; four of them make a false alarm in 16,000 levels. */
static void em_recovers_prior_and_m(void **state) {
    (void)state;
    prepared p;
    link_model model;
    link_pairs pairs;
    prepare(&p, 500, 2, 17);
    assert_int_equal(link_model_start(&p.set, &model, NULL), EN_OK);
    assert_int_equal(link_scan(&p.set, &model, -2, 40000, &pairs, NULL), EN_OK);
    assert_int_equal(link_model_learn(&p.set, &pairs, &model, NULL), EN_OK);
    assert_float_equal(model.n_pairs, 250000, 0);
    assert_float_equal(model.prior * model.n_pairs, 500, 15);
    double counts[FIELDS_MAX][LEVEL_SLOTS] = {{0}};
    for (int64_t i = 0; i < pairs.n; i++)
        for (int k = 0; k < p.set.n_fields; k++)
            counts[k][pattern_level(pairs.pairs[i].pattern, k)] += is_match(&p, &pairs.pairs[i]);
    for (int k = 0; k < p.set.n_fields; k++) {
        double known = 0;
        for (int l = 1; l <= p.set.fields[k].n_levels; l++) known += counts[k][l];
        for (int l = 1; l <= p.set.fields[k].n_levels; l++)
            assert_float_equal(model.m[k][l], counts[k][l] / known, 0.03);
    }
    link_pairs_clear(&pairs);
    discard(&p);
}

/* Every pair's shares of levels, by comparing all of them. */
static void u_is_what_all_pairs_show(void **state) {
    (void)state;
    prepared p;
    link_model model;
    prepare(&p, 200, 2, 5);
    assert_int_equal(link_model_start(&p.set, &model, NULL), EN_OK);
    for (int k = 0; k < p.set.n_fields; k++) {
        const link_field *f = &p.set.fields[k];
        double equal = 0, known = 0;
        for (int32_t a = 0; a < 200; a++)
            for (int32_t b = 200; b < 400; b++) {
                int level = link_field_level(f, f->code[a], f->code[b]);
                equal += level == 1;
                known += level != 0;
            }
        assert_float_equal(model.agree[k][1], equal / known, 1e-12);
        assert_float_equal(model.agree[k][0], 1 - known / 40000, 1e-12);
    }
    discard(&p);
}

static void blocking_finds_nearly_all(void **state) {
    (void)state;
    prepared p;
    link_model model;
    link_pairs all, blocked;
    prepare(&p, 800, 2, 29);
    assert_int_equal(link_model_start(&p.set, &model, NULL), EN_OK);
    assert_int_equal(link_scan(&p.set, &model, 3, 40000, &all, NULL), EN_OK);
    link_block_options options = {.cut = 3, .lightest = -INFINITY};
    assert_int_equal(link_block(&p.set, &model, &options, &blocked, NULL), EN_OK);
    int64_t found = 0, matches = 0;
    for (int64_t i = 0; i < all.n; i++) matches += is_match(&p, &all.pairs[i]);
    for (int64_t i = 0; i < blocked.n; i++) found += is_match(&p, &blocked.pairs[i]);
    assert_true(matches > 750);
    assert_true((double)found > 0.95 * (double)matches);
    assert_true(blocked.missed > 0 && blocked.missed < 0.1);
    assert_true(blocked.compared < 800 * 800 / 8);
    link_pairs_clear(&all);
    link_pairs_clear(&blocked);
    discard(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(em_recovers_prior_and_m),
        cmocka_unit_test(u_is_what_all_pairs_show),
        cmocka_unit_test(blocking_finds_nearly_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
