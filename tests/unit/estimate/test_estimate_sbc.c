/* Ranks of a truth drawn from the prior are uniform: graphs and latent classes, three lists. Each histogram alarms
 * falsely once in 1,000 seeds. The long form is bench/estimate/sbc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate_sbc.h"

static void uniform(const char *what, const int *ranks) {
    double chi = sbc_chi_square(ranks);
    if (!(chi < SBC_CHI_MAX)) fail_msg("%s: chi-square %.1f", what, chi);
}

static void graphs_are_calibrated(void **state) {
    (void)state;
    int ranks[SBC_BINS];
    assert_int_equal(sbc_graphs(.5, 300, 1, ranks, NULL), EN_OK);
    uniform("n0 by graphs", ranks);
}

static void latent_classes_are_calibrated(void **state) {
    (void)state;
    int unseen[SBC_BINS], scores[SBC_BINS];
    assert_int_equal(sbc_latent(2, 100, 20, 1, unseen, scores, NULL), EN_OK);
    uniform("n0 by latent classes", unseen);
    uniform("likelihood of latent classes", scores);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(graphs_are_calibrated),
                                       cmocka_unit_test(latent_classes_are_calibrated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
