/* What each method and the headline say of simulated populations of 2,000 persons on five lists: one row a method,
 * `rule_coverage RUNS [WORLDS [latent]]`, from which other rules for the headline can be judged too. WORLDS is how many
 * of the worlds, from the first. Latent classes take seconds each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "everyname/estimate.h"

enum { PEOPLE = 2000, LISTS = 5 };

/* Persons are of two kinds, as many of each; `odds` joins the first two lists. The worlds of sensitivity_coverage. */
typedef struct world {
    const char *name;
    double p[2][LISTS];
    double odds;
} world;

static const world worlds[] = {
    {"independent", {{.25, .2, .3, .15, .22}, {.25, .2, .3, .15, .22}}, 1},
    {"pair", {{.25, .2, .3, .15, .22}, {.25, .2, .3, .15, .22}}, 5},
    {"mild", {{.14, .112, .168, .084, .123}, {.35, .28, .42, .21, .308}}, 1},
    {"mild and pair", {{.14, .112, .168, .084, .123}, {.35, .28, .42, .21, .308}}, 5},
    {"strong", {{.0625, .05, .075, .0375, .055}, {.5, .4, .6, .3, .44}}, 1},
    {"crossed", {{.05, .04, .06, .3, .44}, {.6, .48, .72, .045, .066}}, 1},
};

static uint32_t draw_pattern(const world *w, int kind, en_rng *rng) {
    uint32_t pattern = 0;
    for (int j = 0; j < LISTS; j++) {
        double p = w->p[kind][j];
        if (j == 1) { /* odds ratio `odds` between lists 0 and 1, about evenly round p */
            double odds = p / (1 - p) * (pattern & 1 ? sqrt(w->odds) : 1 / sqrt(w->odds));
            p = odds / (1 + odds);
        }
        if (en_rng_uniform(rng) < p) pattern |= 1u << j;
    }
    return pattern;
}

static en_status draw_population(const world *w, uint64_t seed, en_histories *out, en_error *err) {
    static const char *const names[LISTS] = {"A", "B", "C", "D", "E"};
    uint32_t patterns[PEOPLE];
    int64_t n = 0;
    en_rng rng;
    en_rng_init(&rng, seed, (uint64_t)(w - worlds));
    for (int i = 0; i < PEOPLE; i++)
        if ((patterns[n] = draw_pattern(w, i % 2, &rng))) n++;
    return en_histories_from_patterns(names, LISTS, patterns, n, out, err);
}

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
