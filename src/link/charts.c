/* What charts show of a linkage: how precision and recall go by threshold, how large clusters are, and which records
 * hold too little to be linked with certainty even to a copy of themselves. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "link/results.h"

static double probability_of(double weight) { return 1 / (1 + exp(-weight)); }

/* ---- thresholds ---- */

/* Quarters of a nat between 20 to 1 against and 160,000 to 1 for: steps that are even on the scale of weights. */
enum { STEPS = 61 };
#define LOWEST (-3.0)
#define STEP 0.25

typedef struct bins {
    double pairs[STEPS + 1], matches[STEPS + 1]; /* by the highest threshold they reach, 0 where none */
} bins;

static void fill_bins(const link_pairs *pairs, bins *b) {
    for (int64_t i = 0; i < pairs->n; i++) {
        double weight = (double)pairs->pairs[i].weight, at = floor((weight - LOWEST) / STEP) + 1;
        int bin = at < 0 ? 0 : at > STEPS ? STEPS : (int)at;
        b->pairs[bin]++;
        b->matches[bin] += probability_of(weight);
    }
}

/* Precision and recall are what the probabilities add up to, less what blocking is estimated to have missed. */
static void chart_thresholds(const link_pairs *pairs, en_link_charts *charts) {
    bins b = {0};
    double all = 0, above = 0, matches = 0;
    fill_bins(pairs, &b);
    for (int i = 0; i <= STEPS; i++) all += b.matches[i];
    charts->n_thresholds = STEPS;
    for (int i = STEPS - 1; i >= 0; i--) {
        above += b.pairs[i + 1];
        matches += b.matches[i + 1];
        charts->thresholds[i] = (en_link_threshold){.probability = probability_of(LOWEST + STEP * i),
                                                    .pairs = above,
                                                    .precision = above > 0 ? matches / above : NAN,
                                                    .recall = all > 0 ? matches / all * (1 - pairs->missed) : NAN};
    }
}

/* ---- sizes ---- */

enum { SIZES = 32 };

static en_status chart_sizes(const en_link_result *result, en_link_charts *charts, en_error *err) {
    int32_t *size = calloc((size_t)result->n_persons + 1, sizeof *size);
    if (!size) return en_no_memory(err);
    for (int64_t i = 0; i < result->n_records; i++) size[result->person[i]]++;
    for (int64_t p = 0; p < result->n_persons; p++) {
        int at = size[p] < SIZES ? size[p] : SIZES;
        charts->sizes[at - 1]++;
        if (charts->n_sizes < at) charts->n_sizes = at;
    }
    free(size);
    return EN_OK;
}

/* ---- records that hold too little ---- */

static uint64_t pattern_of_copy(const link_set *set, int32_t record) {
    uint64_t pattern = 0;
    for (int k = 0; k < set->n_fields; k++) pattern |= (uint64_t)(set->fields[k].code[record] != 0) << (4 * k);
    return pattern;
}

static void chart_unlinkable(const link_set *set, const link_model *model, en_link_charts *charts) {
    static const double at[] = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999};
    charts->n_unlinkable = (int)(sizeof at / sizeof *at);
    memcpy(charts->unlinkable_at, at, sizeof at);
    for (int32_t i = 0; i < set->n; i++) {
        link_pair copy = {.a = i, .b = i, .pattern = pattern_of_copy(set, i)};
        link_score_pair(set, model, &copy);
        double probability = probability_of((double)copy.weight);
        for (int k = 0; k < charts->n_unlinkable; k++) charts->unlinkable[k] += probability < at[k];
    }
}

en_status link_chart(const link_set *set, const link_model *model, const link_pairs *pairs, en_link_result *result,
                     en_error *err) {
    chart_thresholds(pairs, &result->charts);
    chart_unlinkable(set, model, &result->charts);
    return chart_sizes(result, &result->charts, err);
}
