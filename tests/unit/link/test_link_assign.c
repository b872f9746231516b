/* The exact assignment against trying everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/rng.h"
#include "link/assign.h"

enum { SIDE = 6 };

static double best_from(const double w[SIDE][SIDE], int left, unsigned used) {
    if (left == SIDE) return 0;
    double best = best_from(w, left + 1, used);
    for (int r = 0; r < SIDE; r++) {
        if (used >> r & 1 || w[left][r] <= 0) continue;
        double with = w[left][r] + best_from(w, left + 1, used | 1u << r);
        if (with > best) best = with;
    }
    return best;
}

static double assigned(const double w[SIDE][SIDE]) {
    int64_t from[SIDE + 1] = {0};
    int32_t to[SIDE * SIDE], partner[SIDE];
    double weight[SIDE * SIDE], total = 0;
    int64_t n = 0;
    for (int l = 0; l < SIDE; l++) {
        for (int r = 0; r < SIDE; r++)
            if (w[l][r] > 0) to[n] = r, weight[n++] = w[l][r];
        from[l + 1] = n;
    }
    link_bipartite graph = {SIDE, SIDE, from, to, weight};
    assert_int_equal(link_assign(&graph, partner, NULL), EN_OK);
    unsigned used = 0;
    for (int l = 0; l < SIDE; l++) {
        if (partner[l] < 0) continue;
        assert_false(used >> partner[l] & 1);
        used |= 1u << partner[l];
        assert_true(w[l][partner[l]] > 0);
        total += w[l][partner[l]];
    }
    return total;
}

static void as_good_as_trying_everything(void **state) {
    (void)state;
    en_rng rng;
    en_rng_init(&rng, 3, 0);
    for (int round = 0; round < 500; round++) {
        double w[SIDE][SIDE];
        for (int l = 0; l < SIDE; l++)
            for (int r = 0; r < SIDE; r++) w[l][r] = en_rng_u32(&rng) % 2 ? 0 : 1 + en_rng_u32(&rng) % 9;
        assert_float_equal(assigned(w), best_from(w, 0, 0), 1e-9);
    }
}

static void nothing_to_assign(void **state) {
    (void)state;
    int64_t from[3] = {0, 0, 0};
    int32_t partner[2];
    link_bipartite graph = {2, 0, from, NULL, NULL};
    assert_int_equal(link_assign(&graph, partner, NULL), EN_OK);
    assert_int_equal(partner[0], -1);
    assert_int_equal(partner[1], -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_good_as_trying_everything),
        cmocka_unit_test(nothing_to_assign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
