/* What each method and the headline say of simulated populations of 2,000 persons on five lists: one row a method,
 * `rule_coverage RUNS [WORLDS [latent]]`, from which other rules for the headline can be judged too. WORLDS is how many
 * of the worlds, from the first. Latent classes take seconds each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "worlds.h"

static en_status run_one(const world *w, uint64_t seed, bool latent, en_error *err) {
    en_histories h;
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_estimate_result r;
    options.methods = EN_METHOD_GRAPHS | EN_METHOD_CHAO | EN_METHOD_LOGLINEAR | EN_METHOD_LOGLINEAR_BEST;
    if (latent) options.methods |= EN_METHOD_LATENT;
    options.brief = true;
    options.seed = seed;
    EN_TRY(draw_population(w, seed, &h, err));
    EN_TRY(en_estimate_run(&h, &options, &r, err));
    for (int i = 0; i < r.n_estimates; i++) {
        const en_estimate *e = &r.estimates[i];
        printf("%s,%llu,%s,%s,%.1f,%.1f,%.1f,%.1f\n", w->name, (unsigned long long)seed, en_method_name(e->method),
               en_estimate_status_name(e->status), e->low, e->median, e->high, e->at_least);
    }
    printf("%s,%llu,headline,%s,%.1f,%.1f,%.1f,%.1f\n", w->name, (unsigned long long)seed,
           r.has_recommended ? "ok" : "none", r.low, r.median, r.high, r.at_least);
    fflush(stdout);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
    return EN_OK;
}

int main(int argc, char **argv) {
    enum { WORLDS = sizeof worlds / sizeof *worlds };
    int runs = argc > 1 ? atoi(argv[1]) : 100, n = argc > 2 ? atoi(argv[2]) : WORLDS;
    printf("world,seed,method,status,low,median,high,at_least\n");
    for (int i = 0; i < runs; i++)
        for (int k = 0; k < n && k < WORLDS; k++) {
            en_error err;
            if (run_one(&worlds[k], (uint64_t)i + 1, argc > 3, &err) == EN_OK) continue;
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
    return 0;
}
