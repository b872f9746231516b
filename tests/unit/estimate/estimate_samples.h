/* Capture histories that the tests of estimate share: made up, simulated, or published counts with their source. */
#ifndef EN_TEST_ESTIMATE_SAMPLES_H
#define EN_TEST_ESTIMATE_SAMPLES_H

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "everyname/estimate.h"

static const char *const sample_names[] = {"A", "B", "C", "D", "E", "F", "G", "H"};

/* counts[w] of pattern w, 2^lists of them; counts[0] is not looked at. `out` is owned. */
static inline void sample_histories(int lists, const int64_t *counts, en_histories *out) {
    *out = (en_histories){.n_lists = lists};
    out->lists = calloc((size_t)lists, sizeof *out->lists);
    out->patterns = calloc((size_t)1 << lists, sizeof *out->patterns);
    out->counts = calloc((size_t)1 << lists, sizeof *out->counts);
    for (int j = 0; j < lists; j++) strcpy(out->lists[j], sample_names[j]);
    for (uint32_t w = 1; w < 1u << lists; w++) {
        if (!counts[w]) continue;
        out->patterns[out->n_cells] = w;
        out->counts[out->n_cells++] = counts[w];
        out->observed += counts[w];
    }
}

/* Killings in Kosovo, March to June 1999, on four lists (Ball and others 2002, Political Killings in Kosova/Kosovo,
 * table of overlaps): bit 0 exhumations, 1 ABA/CEELI, 2 OSCE, 3 Human Rights Watch. */
static inline void sample_kosovo(en_histories *out) {
    static const int64_t counts[16] = {0, 1131, 845, 177, 936, 228, 217, 181, 306, 106, 31, 18, 123, 42, 32, 27};
    sample_histories(4, counts, out);
}

/* People of `classes` kinds, equally many of each, list j recording kind k with probability p[k * lists + j]. */
static inline void sample_population(int people, int classes, int lists, const double *p, uint64_t seed,
                                     en_histories *out) {
    int64_t counts[256] = {0};
    en_rng rng;
    en_rng_init(&rng, seed, 0);
    for (int i = 0; i < people; i++) {
        uint32_t w = 0;
        for (int j = 0; j < lists; j++)
            if (en_rng_uniform(&rng) < p[i % classes * lists + j]) w |= 1u << j;
        counts[w]++;
    }
    sample_histories(lists, counts, out);
}

#endif
