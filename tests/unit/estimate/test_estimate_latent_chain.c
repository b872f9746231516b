/* The chain of latent classes: its gradient against differences, and its posterior against importance sampling. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/latent_chain.h"
#include "estimate_samples.h"

static void gradient_is_the_slope(void **state) {
    (void)state;
    en_histories h;
    sample_kosovo(&h);
    latent_model model = {&h, 4, 5, (double)h.observed, 1};
    for (int number = 0; number < 4; number++) {
        latent_chain chain;
        assert_int_equal(latent_chain_init(&chain, &model, 3, number, 4, NULL), EN_OK);
        for (int i = 0; i < 20; i++) latent_chain_advance(&chain, true);
        double *at = calloc((size_t)chain.dims, sizeof *at), *slope = calloc((size_t)chain.dims, sizeof *slope),
               *unused = calloc((size_t)chain.dims, sizeof *unused);
        memcpy(at, chain.position, (size_t)chain.dims * sizeof *at);
        latent_target(&chain, at, slope);
        for (int i = 0; i < chain.dims; i++) {
            double x = at[i], step = 1e-5 * (1 + fabs(x));
            at[i] = x + step;
            double above = latent_target(&chain, at, unused);
            at[i] = x - step;
            double below = latent_target(&chain, at, unused);
            at[i] = x;
            double measured = (above - below) / (2 * step);
            if (!(fabs(measured - slope[i]) <= 1e-3 * (1 + fabs(slope[i]))))
                fail_msg("coordinate %d: slope %g, gradient %g", i, measured, slope[i]);
        }
        free(at);
        free(slope);
        free(unused);
        latent_chain_clear(&chain);
    }
    en_histories_clear(&h);
}

/* One draw of the parameters of three classes and three lists from the prior; log of the likelihood of the cells given
 * that they are seen (n0 and N summed out under 1/N), and a draw of log(n0 + 1/2). */
static double weigh_prior_draw(en_rng *rng, const en_histories *h, double *log_n0) {
    enum { K = 3, LISTS = 3 };
    double lambda[K][LISTS], nu[K], left = 1, pi[8] = {0};
    double alpha = en_rng_gamma(rng, .25) / .25, log_p = 0;
    for (int k = 0; k < K; k++) {
        double v = k == K - 1 ? 1 : en_rng_beta(rng, 1, fmax(alpha, 1e-12));
        nu[k] = left * v;
        left *= 1 - v;
        for (int j = 0; j < LISTS; j++) lambda[k][j] = en_rng_uniform(rng);
    }
    for (unsigned w = 0; w < 8; w++)
        for (int k = 0; k < K; k++) {
            double share = nu[k];
            for (int j = 0; j < LISTS; j++) share *= w >> j & 1 ? lambda[k][j] : 1 - lambda[k][j];
            pi[w] += share;
        }
    for (int64_t i = 0; i < h->n_cells; i++) log_p += (double)h->counts[i] * log(pi[h->patterns[i]] / (1 - pi[0]));
    *log_n0 = log((double)en_rng_negbinomial(rng, (double)h->observed, 1 - pi[0]) + .5);
    return log_p;
}

/* Self-normalised importance sampling has here more than 10,000 effective draws, and the chain more than 5,000: the
 * difference of means is within .07 standard deviations but once in 10^5. */
static void posterior_is_right(void **state) {
    (void)state;
    enum { PRIOR_DRAWS = 400000, MOVES = 30000 };
    static const int64_t counts[] = {0, 4, 3, 2, 5, 1, 2, 1};
    en_histories h;
    en_rng rng;
    double sum = 0, first = 0, second = 0;
    sample_histories(3, counts, &h);
    en_rng_init(&rng, 11, 99);
    for (int i = 0; i < PRIOR_DRAWS; i++) {
        double x, weight = exp(weigh_prior_draw(&rng, &h, &x) + 35);
        sum += weight;
        first += weight * x;
        second += weight * x * x;
    }
    double mean = first / sum, deviation = sqrt(second / sum - mean * mean);

    latent_model model = {&h, 3, 3, (double)h.observed, 1};
    latent_chain chain;
    double total = 0, squares = 0;
    assert_int_equal(latent_chain_init(&chain, &model, 11, 0, 4, NULL), EN_OK);
    for (int i = 0; i < 300; i++) latent_chain_advance(&chain, true);
    latent_chain_rescale(&chain);
    for (int i = 0; i < 300; i++) latent_chain_advance(&chain, true);
    latent_chain_settle(&chain);
    for (int i = 0; i < MOVES; i++) {
        latent_chain_advance(&chain, false);
        double x = log((double)chain.unseen + .5);
        total += x;
        squares += x * x;
    }
    double chain_mean = total / MOVES, chain_deviation = sqrt(squares / MOVES - chain_mean * chain_mean);
    if (!(fabs(chain_mean - mean) < .07 * deviation) || !(fabs(chain_deviation / deviation - 1) < .07))
        fail_msg("chain %g (%g), importance sampling %g (%g)", chain_mean, chain_deviation, mean, deviation);
    latent_chain_clear(&chain);
    en_histories_clear(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(gradient_is_the_slope), cmocka_unit_test(posterior_is_right)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
