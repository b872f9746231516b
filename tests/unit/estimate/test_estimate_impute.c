/* Missing strata are imputed: totals of strata cover the truth where what is missing hangs on the histories, persons
 * are neither lost nor made, and what is known of a stratum is kept. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "everyname/estimate.h"

enum { LISTS = 3, STRATA = 2, M = 5, PEOPLE = 1500 };
static const char *const lists[] = {"A", "B", "C"};

/* Two strata of unlike sizes and list reach. Who is on C alone lacks the stratum in 7 of 10 cases, others in 2 of 10:
 * left out, or spread evenly, the totals would be wrong. */
static void draw_world(uint64_t seed, en_histories parts[STRATA + 1]) {
    static const double reach[STRATA][LISTS] = {{.5, .45, .2}, {.25, .3, .5}};
    uint32_t patterns[STRATA + 1][PEOPLE];
    int64_t n[STRATA + 1] = {0};
    en_rng rng;
    en_rng_init(&rng, seed, 7);
    for (int i = 0; i < PEOPLE; i++) {
        int stratum = i % 3 == 0;
        uint32_t pattern = 0;
        for (int j = 0; j < LISTS; j++) pattern |= (uint32_t)(en_rng_uniform(&rng) < reach[stratum][j]) << j;
        bool missing = en_rng_uniform(&rng) < (pattern == 4 ? .7 : .2);
        int part = missing ? STRATA : stratum;
        if (pattern) patterns[part][n[part]++] = pattern;
    }
    for (int p = 0; p <= STRATA; p++)
        assert_int_equal(en_histories_from_patterns(lists, LISTS, patterns[p], n[p], &parts[p], NULL), EN_OK);
}

static void clear(en_histories *h, int n) {
    for (int i = 0; i < n; i++) en_histories_clear(&h[i]);
}

static bool covers(const en_histories *imputed, int stratum, double truth) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_estimate_result results[M], mix;
    en_part parts[M];
    options.methods = EN_METHOD_GRAPHS;
    options.brief = true;
    options.threads = 1;
    for (int r = 0; r < M; r++) {
        const en_histories *h = &imputed[r * STRATA + stratum];
        assert_int_equal(en_estimate_run(h, &options, &results[r], NULL), EN_OK);
        parts[r] = (en_part){"r", h->observed, &results[r]};
    }
    assert_int_equal(en_replicates_mix(parts, M, &mix, NULL), EN_OK);
    bool in = mix.has_recommended && mix.low <= truth && truth <= mix.high;
    for (int r = 0; r < M; r++) en_estimate_result_clear(&results[r]);
    en_estimate_result_clear(&mix);
    return in;
}

/* Of 80 intervals of nominal 95 %, fewer than 69 hold the truth by chance once in 1,000. */
static void totals_of_strata_are_covered(void **state) {
    (void)state;
    const bool allowed[] = {true, true};
    int covered = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        en_histories parts[STRATA + 1], out[M * STRATA] = {0};
        draw_world(seed, parts);
        assert_int_equal(en_impute_strata(parts, STRATA, 1, allowed, NULL, M, seed, NULL, out, NULL), EN_OK);
        covered += covers(out, 0, PEOPLE * 2 / 3.) + covers(out, 1, PEOPLE / 3.);
        clear(parts, STRATA + 1);
        clear(out, M * STRATA);
    }
    print_message("%d of 80 totals of strata covered\n", covered);
    assert_true(covered >= 69);
}

static void nobody_is_lost_and_known_strata_stay(void **state) {
    (void)state;
    const bool only_second[] = {false, true};
    en_histories parts[STRATA + 1], out[M * STRATA] = {0};
    draw_world(3, parts);
    assert_int_equal(en_impute_strata(parts, STRATA, 1, only_second, NULL, M, 3, NULL, out, NULL), EN_OK);
    for (int r = 0; r < M; r++) {
        assert_int_equal(out[r * STRATA].observed, parts[0].observed);
        assert_int_equal(out[r * STRATA + 1].observed, parts[1].observed + parts[2].observed);
    }
    clear(parts, STRATA + 1);
    clear(out, M * STRATA);
}

/* A list that could not see the second stratum: nobody on it is given that stratum, and whom no stratum is left for is
 * refused. */
static void a_list_that_could_not_see_a_stratum_decides(void **state) {
    (void)state;
    const bool allowed[] = {true, true}, only_second[] = {false, true};
    const uint32_t covered[] = {7, 5}; /* all; A and C */
    en_histories parts[STRATA + 1], out[M * STRATA] = {0};
    draw_world(4, parts);
    assert_int_equal(en_impute_strata(parts, STRATA, 1, allowed, covered, M, 4, NULL, out, NULL), EN_OK);
    for (int r = 0; r < M; r++) {
        const en_histories *first = &out[r * STRATA], *second = &out[r * STRATA + 1];
        int64_t on_b = 0, before = 0;
        for (int64_t i = 0; i < second->n_cells; i++) on_b += second->patterns[i] & 2 ? second->counts[i] : 0;
        for (int64_t i = 0; i < parts[1].n_cells; i++) before += parts[1].patterns[i] & 2 ? parts[1].counts[i] : 0;
        assert_int_equal(on_b, before);
        assert_int_equal(first->observed + second->observed, parts[0].observed + parts[1].observed + parts[2].observed);
    }
    clear(out, M * STRATA);
    memset(out, 0, sizeof out);
    assert_int_equal(en_impute_strata(parts, STRATA, 1, only_second, covered, M, 4, NULL, out, NULL), EN_ERR_INPUT);
    clear(out, M * STRATA);
    clear(parts, STRATA + 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(totals_of_strata_are_covered),
                                       cmocka_unit_test(nobody_is_lost_and_known_strata_stay),
                                       cmocka_unit_test(a_list_that_could_not_see_a_stratum_decides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
