/* Tempered ladders draw from the posterior that a plain chain draws from; modes are found where there are some. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "estimate/modes.h"
#include "estimate/tempering.h"
#include "estimate_samples.h"

static const int64_t few[] = {0, 4, 3, 2, 5, 1, 2, 1};

static double mean_of_plain(const latent_model *model, int moves, double *deviation) {
    latent_chain chain;
    double sum = 0, squares = 0;
    assert_int_equal(latent_chain_init(&chain, model, 3, 0, 4, NULL), EN_OK);
    for (int i = 0; i < 500; i++) latent_chain_advance(&chain, true);
    latent_chain_settle(&chain);
    for (int i = 0; i < moves; i++) {
        latent_chain_advance(&chain, false);
        double x = log((double)chain.unseen + .5);
        sum += x;
        squares += x * x;
    }
    latent_chain_clear(&chain);
    *deviation = sqrt(squares / moves - sum / moves * (sum / moves));
    return sum / moves;
}

/* More than 2,000 effective draws each: the means are within .12 standard deviations but once in 10^4. */
static void first_rung_is_the_posterior(void **state) {
    (void)state;
    enum { MOVES = 8000 };
    en_histories h;
    tempering ladder;
    double sum = 0, deviation;
    sample_histories(3, few, &h);
    latent_model model = {&h, 3, 3, (double)h.observed, 1};
    assert_int_equal(tempering_init(&ladder, &model, 6, 7, 0, 4, NULL), EN_OK);
    for (int i = 0; i < 300; i++) tempering_advance(&ladder, true);
    tempering_place(&ladder);
    for (int i = 0; i < 300; i++) tempering_advance(&ladder, true);
    tempering_settle(&ladder);
    for (int i = 0; i < MOVES; i++) {
        tempering_advance(&ladder, false);
        sum += log((double)ladder.rungs[0].chain.unseen + .5);
    }
    double plain = mean_of_plain(&model, MOVES, &deviation);
    if (!(fabs(sum / MOVES - plain) < .12 * deviation)) fail_msg("tempered %g, plain %g", sum / MOVES, plain);
    assert_true(ladder.round_trips >= 20);
    tempering_clear(&ladder);
    en_histories_clear(&h);
}

/* Two log-normal clouds, three to one, in one chain and one to one in another. */
static void two_modes_are_told(void **state) {
    (void)state;
    enum { N = 4000 };
    double *totals = calloc(2 * N, sizeof *totals);
    en_estimate e = {.level = .95};
    en_rng rng;
    en_rng_init(&rng, 5, 0);
    for (int i = 0; i < 2 * N; i++) {
        bool far = en_rng_uniform(&rng) < (i < N ? .25 : .5);
        totals[i] = 1000 + (far ? 9000 : 1000) * exp(.2 * en_rng_normal(&rng));
    }
    assert_int_equal(modes_find(totals, 2, N, 1000, true, &e, NULL), EN_OK);
    assert_int_equal(e.n_modes, 2);
    assert_true(fabs(e.modes[0].median / 2000 - 1) < .05 && fabs(e.modes[1].median / 10000 - 1) < .05);
    assert_true(e.modes[0].weight_low < .53 && e.modes[0].weight_high > .72);
    assert_int_equal(modes_find(totals, 2, N, 1000, false, &e, NULL), EN_OK);
    assert_true(e.modes[0].weight_low == 0 && e.modes[1].weight_high == 1);
    free(totals);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(first_rung_is_the_posterior),
                                       cmocka_unit_test(two_modes_are_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
