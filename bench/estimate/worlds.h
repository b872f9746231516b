/* Simulated populations by which estimates are judged: 2,000 persons, five lists. */
#ifndef BENCH_ESTIMATE_WORLDS_H
#define BENCH_ESTIMATE_WORLDS_H

#include <math.h>

#include "base/rng.h"
#include "everyname/estimate.h"

enum { PEOPLE = 2000, LISTS = 5 };

/* Persons are of two kinds, as many of each; `odds` joins the first two lists. */
typedef struct world {
    const char *name, *says;
    double p[2][LISTS];
    double odds;
} world;

static const world worlds[] = {
    {"independent", "independent lists", {{.25, .2, .3, .15, .22}, {.25, .2, .3, .15, .22}}, 1},
    {"pair", "one dependent pair", {{.25, .2, .3, .15, .22}, {.25, .2, .3, .15, .22}}, 5},
    {"mild", "found 2.5 times as easily", {{.14, .112, .168, .084, .123}, {.35, .28, .42, .21, .308}}, 1},
    {"mild and pair", "the same, and a pair", {{.14, .112, .168, .084, .123}, {.35, .28, .42, .21, .308}}, 5},
    {"strong", "8 times as easily", {{.0625, .05, .075, .0375, .055}, {.5, .4, .6, .3, .44}}, 1},
    {"crossed", "each kind has its lists", {{.05, .04, .06, .3, .44}, {.6, .48, .72, .045, .066}}, 1},
};

static inline uint32_t draw_pattern(const world *w, int kind, en_rng *rng) {
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

static inline en_status draw_population(const world *w, uint64_t seed, en_histories *out, en_error *err) {
    static const char *const names[LISTS] = {"A", "B", "C", "D", "E"};
    uint32_t patterns[PEOPLE];
    int64_t n = 0;
    en_rng rng;
    en_rng_init(&rng, seed, (uint64_t)(w - worlds));
    for (int i = 0; i < PEOPLE; i++)
        if ((patterns[n] = draw_pattern(w, i % 2, &rng))) n++;
    return en_histories_from_patterns(names, LISTS, patterns, n, out, err);
}

#endif
