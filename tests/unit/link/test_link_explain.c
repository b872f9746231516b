/* Explanations add up to the answer and say what would turn it; charts add up to what was linked. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link_lists.h"

enum { PEOPLE = 300, N = PEOPLE * 2, PAIRS = 60 };

typedef struct linked {
    test_record *records;
    en_table table;
    en_link_options options;
    en_link_result result;
    en_arena *arena;
    en_link_explanation why[PAIRS];
} linked;

static int set_up(void **state) {
    linked *l = calloc(1, sizeof *l);
    l->records = test_lists(PEOPLE, 2, 19);
    l->options = test_options(false);
    l->options.ask = PAIRS;
    l->options.purpose = EN_ASK_TO_EVALUATE;
    l->arena = en_arena_new();
    assert_int_equal(test_table(l->records, NULL, N, &l->table), EN_OK);
    assert_int_equal(en_link(&l->table, &l->options, &l->result, NULL), EN_OK);
    l->options.model = &l->result.model;
    int64_t pairs[PAIRS][2];
    for (int i = 0; i < PAIRS; i++) pairs[i][0] = 2 * i, pairs[i][1] = i % 2 ? 2 * i + 1 : (2 * i + 7) % N;
    assert_int_equal(en_link_explain(&l->table, &l->options, pairs, PAIRS, l->arena, l->why, NULL), EN_OK);
    *state = l;
    return 0;
}

static int tear_down(void **state) {
    linked *l = *state;
    en_link_result_clear(&l->result);
    en_table_clear(&l->table);
    en_arena_free(l->arena);
    free(l->records);
    free(l);
    return 0;
}

static void weights_add_up(void **state) {
    const linked *l = *state;
    for (int i = 0; i < PAIRS; i++) {
        const en_link_explanation *w = &l->why[i];
        double sum = w->prior_weight + w->slips_weight + w->relatives_weight;
        assert_int_equal(w->n_fields, 4);
        for (int k = 0; k < w->n_fields; k++) {
            const en_link_field_weight *f = &w->fields[k];
            sum += f->weight;
            assert_int_equal(f->comparison, k);
            assert_true(f->level <= l->result.model.comparisons[k].n_levels);
            assert_int_equal(f->level == 0, f->a.len == 0 || f->b.len == 0);
            if (f->level == 1) assert_true(en_str_eq(f->a, f->b));
            if (f->level == 0) assert_float_equal(f->rarity, 0, 0);
        }
        assert_float_equal(sum, w->total, 1e-9);
        assert_float_equal(w->probability, 1 / (1 + exp(-w->total)), 1e-12);
    }
}

/* The probability is that by which the pair was judged. */
static void agrees_with_the_linkage(void **state) {
    const linked *l = *state;
    int64_t pairs[PAIRS][2];
    en_link_explanation why[PAIRS];
    size_t n = l->result.n_asked < PAIRS ? (size_t)l->result.n_asked : PAIRS;
    assert_true(n > 10);
    for (size_t i = 0; i < n; i++) {
        pairs[i][0] = l->result.asked[i].row_a;
        pairs[i][1] = l->result.asked[i].row_b;
    }
    assert_int_equal(en_link_explain(&l->table, &l->options, pairs, n, l->arena, why, NULL), EN_OK);
    for (size_t i = 0; i < n; i++) assert_float_equal(why[i].probability, l->result.asked[i].probability, 1e-4);
}

/* Making the change that is said to be decisive turns the answer. */
static void decisive_changes_decide(void **state) {
    const linked *l = *state;
    const en_link_model *model = &l->result.model;
    int turned = 0;
    for (int i = 0; i < PAIRS; i++) {
        const en_link_explanation *w = &l->why[i];
        if (w->decisive < 0) continue;
        const en_link_field_weight *f = &w->fields[w->decisive];
        const en_link_comparison *c = &model->comparisons[w->decisive];
        assert_int_not_equal(w->decisive_level, f->level);
        double to = log(c->m[w->decisive_level - 1] / c->u[w->decisive_level - 1]);
        bool joined = w->total > 0;
        /* A better level for a pair apart, a worse one for a pair joined; rarity and relatives come on top. */
        if (f->level) assert_true(joined ? to < f->weight + 1 : to > f->weight - 1);
        turned++;
    }
    assert_true(turned >= 5);
}

static void wrong_calls_are_refused(void **state) {
    const linked *l = *state;
    en_link_explanation why;
    en_link_options options = l->options;
    int64_t out[1][2] = {{0, N}}, same[1][2] = {{3, 3}};
    assert_int_equal(en_link_explain(&l->table, &options, out, 1, l->arena, &why, NULL), EN_ERR_USAGE);
    assert_int_equal(en_link_explain(&l->table, &options, same, 1, l->arena, &why, NULL), EN_ERR_USAGE);
    options.model = NULL;
    assert_int_equal(en_link_explain(&l->table, &options, out, 0, l->arena, &why, NULL), EN_ERR_USAGE);
}

static void charts_add_up(void **state) {
    const linked *l = *state;
    const en_link_charts *c = &l->result.charts;
    int64_t persons = 0;
    for (int i = 0; i < c->n_sizes; i++) persons += c->sizes[i];
    assert_int_equal(persons, l->result.n_persons);
    for (int i = 1; i < c->n_thresholds; i++) {
        assert_true(c->thresholds[i].probability > c->thresholds[i - 1].probability);
        assert_true(c->thresholds[i].pairs <= c->thresholds[i - 1].pairs);
        assert_true(c->thresholds[i].recall <= c->thresholds[i - 1].recall);
        if (c->thresholds[i].pairs > 0)
            assert_true(c->thresholds[i].precision >= c->thresholds[i - 1].precision - 1e-9);
    }
    for (int i = 1; i < c->n_unlinkable; i++) assert_true(c->unlinkable[i] >= c->unlinkable[i - 1]);
    assert_true(c->n_unlinkable > 4 && c->unlinkable[0] < N / 20);
}

/* A record that holds a place alone can be no one's for sure. */
static void bare_records_are_unlinkable(void **state) {
    (void)state;
    test_record *records = test_lists(PEOPLE, 2, 19);
    for (int i = 0; i < 30; i++) records[i].given[0] = records[i].family[0] = records[i].birth[0] = 0;
    en_table table = {0};
    en_link_result result;
    en_link_options options = test_options(false);
    assert_int_equal(test_table(records, NULL, N, &table), EN_OK);
    assert_int_equal(en_link(&table, &options, &result, NULL), EN_OK);
    for (int i = 0; i < result.charts.n_unlinkable; i++)
        if (result.charts.unlinkable_at[i] >= 0.5) assert_true(result.charts.unlinkable[i] >= 30);
    en_link_result_clear(&result);
    en_table_clear(&table);
    free(records);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_add_up),          cmocka_unit_test(agrees_with_the_linkage),
        cmocka_unit_test(decisive_changes_decide), cmocka_unit_test(wrong_calls_are_refused),
        cmocka_unit_test(charts_add_up),           cmocka_unit_test(bare_records_are_unlinkable),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
