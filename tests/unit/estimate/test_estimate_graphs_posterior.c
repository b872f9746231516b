/* The posterior under a proper prior against a sum written out, and that its ranks are uniform where truth is drawn
 * from that prior. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "estimate/graphs.h"
#include "estimate_samples.h"

enum { N0_MAX = 4000 };

/* Two lists, independence alone: h(A) h(B) by the definition. */
static double written_out(const int64_t *counts, double n0, double delta, graphs_prior prior) {
    double n[4] = {n0, (double)counts[1], (double)counts[2], (double)counts[3]}, all = n[0] + n[1] + n[2] + n[3];
    double on_a = n[1] + n[3], on_b = n[2] + n[3], sum = lgamma(all + 1) - lgamma(n0 + 1);
    sum += 2 * (lgamma(4 * delta) - lgamma(all + 4 * delta)) - 4 * lgamma(2 * delta);
    sum += lgamma(on_a + 2 * delta) + lgamma(all - on_a + 2 * delta);
    sum += lgamma(on_b + 2 * delta) + lgamma(all - on_b + 2 * delta);
    return sum + lgamma(all + prior.size) - lgamma(all + 1) + all * log1p(-prior.success);
}

static void proper_prior(void **state) {
    (void)state;
    static const int64_t counts[] = {0, 14, 9, 6};
    static double cumulative[N0_MAX + 1];
    graphs_options options = {.delta = .25, .prior = {.size = 3, .success = .05}};
    en_histories h;
    support s;
    graphs_tail tail;
    double top = -INFINITY, sum = 0;
    sample_histories(2, counts, &h);
    assert_int_equal(graphs_posterior(&h, &options, &s, &tail, NULL), EN_OK);
    assert_true(s.tail == 0 && isinf(tail.limit));
    for (int x = 0; x <= N0_MAX; x++) top = fmax(top, written_out(counts, x, .25, options.prior));
    for (int x = 0; x <= N0_MAX; x++) cumulative[x] = sum += exp(written_out(counts, x, .25, options.prior) - top);
    for (int x = 0; x <= 200; x++) assert_true(fabs(support_cdf(&s, x) - cumulative[x] / sum) < .002);
    assert_true(support_cdf(&s, -1) == 0);
    for (int i = 1; i < 20; i++) {
        double x = support_quantile(&s, i / 20.);
        assert_true(support_cdf(&s, x) >= i / 20. - 1e-9 && (x == 0 || support_cdf(&s, x - 1) < i / 20. + 1e-9));
    }
    support_clear(&s);
    en_histories_clear(&h);
}

/* Cell probabilities of two independent lists, Beta(2 delta, 2 delta) each; N negative binomial. */
static void draw(en_rng *rng, double delta, graphs_prior prior, int64_t *n0, int64_t *counts) {
    int64_t people = en_rng_negbinomial(rng, prior.size, prior.success);
    double a = en_rng_beta(rng, 2 * delta, 2 * delta), b = en_rng_beta(rng, 2 * delta, 2 * delta);
    memset(counts, 0, 4 * sizeof *counts);
    for (int64_t i = 0; i < people; i++)
        counts[(en_rng_uniform(rng) < a ? 1 : 0) + (en_rng_uniform(rng) < b ? 2 : 0)]++;
    *n0 = counts[0];
    counts[0] = 0;
}

/* Ranks of the true n0 are uniform where it is drawn from the prior (Cook, Gelman, Rubin 2006; randomised within n0).
 * Ten bins of 400 data sets: chi-square on 9 degrees over 27.9 is once in 1,000. */
static void ranks_are_uniform(void **state) {
    (void)state;
    graphs_options options = {.delta = .5, .prior = {.size = 4, .success = .02}};
    int bins[10] = {0}, sets = 0;
    double chi = 0;
    en_rng rng;
    en_rng_init(&rng, 3, 0);
    while (sets < 400) {
        int64_t n0, counts[4];
        en_histories h;
        support s;
        draw(&rng, options.delta, options.prior, &n0, counts);
        sample_histories(2, counts, &h);
        if (h.observed >= 2) {
            assert_int_equal(graphs_posterior(&h, &options, &s, NULL, NULL), EN_OK);
            double below = support_cdf(&s, (double)n0 - 1), at = support_cdf(&s, (double)n0) - below;
            bins[(int)fmin(9, 10 * (below + at * en_rng_uniform(&rng)))]++;
            sets++;
            support_clear(&s);
        }
        en_histories_clear(&h);
    }
    for (int i = 0; i < 10; i++) chi += (bins[i] - 40.) * (bins[i] - 40.) / 40;
    if (!(chi < 27.9)) fail_msg("chi-square %.1f", chi);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(proper_prior), cmocka_unit_test(ranks_are_uniform)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
