/* Simulation-based calibration, long form: `sbc SETS [SEED]` prints rank histograms of graphs and of latent classes
 * with their chi-squares on 9 degrees of freedom; above 27.88 comes once in 1,000. 2,000 sets take minutes. */
#include <stdio.h>
#include <stdlib.h>

#include "estimate_sbc.h"

static void print_ranks(const char *what, const int *ranks) {
    printf("%-40s", what);
    for (int i = 0; i < SBC_BINS; i++) printf(" %4d", ranks[i]);
    double chi = sbc_chi_square(ranks);
    printf("  chi-square %5.1f%s\n", chi, chi < SBC_CHI_MAX ? "" : "  NOT UNIFORM");
    fflush(stdout);
}

static en_status run_all(int sets, uint64_t seed, en_error *err) {
    static const double deltas[] = {.125, .5, 1};
    static const int classes[] = {2, 3, 7};
    char what[64];
    int ranks[SBC_BINS], scores[SBC_BINS];
    for (int i = 0; i < 3; i++) {
        EN_TRY(sbc_graphs(deltas[i], sets, seed, ranks, err));
        snprintf(what, sizeof what, "graphs, delta %g: n0", deltas[i]);
        print_ranks(what, ranks);
    }
    for (int i = 0; i < 3; i++) {
        EN_TRY(sbc_latent(classes[i], sets, 40, seed, ranks, scores, err));
        snprintf(what, sizeof what, "latent, %d classes: n0", classes[i]);
        print_ranks(what, ranks);
        snprintf(what, sizeof what, "latent, %d classes: likelihood", classes[i]);
        print_ranks(what, scores);
    }
    return EN_OK;
}

int main(int argc, char **argv) {
    en_error err;
    char text[1024];
    if (argc < 2 || atoi(argv[1]) < 1) {
        fprintf(stderr, "usage: sbc SETS [SEED]\n");
        return 2;
    }
    if (run_all(atoi(argv[1]), argc > 2 ? strtoull(argv[2], NULL, 10) : 1, &err) == EN_OK) return 0;
    en_error_format(&err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}
