/* Forward selection of pairs as SparseMSE does it (Chan, Silverman and Vincent 2021, section 3). The overlap N*_ij of a
 * pair that is not in the model is Poisson with the sum of the fitted means of its cells; the one-sided probability of
 * one at least as far out is compared with the threshold. An empty pair that comes in has the coefficient minus
 * infinity. */
#include "estimate/stepwise.h"

#include <math.h>
#include <string.h>

#include "estimate/hierarchical.h"
#include "estimate/special.h"
#include "estimate/zeros.h"

enum { PAIRS_MAX = LOGLINEAR_LISTS_MAX * (LOGLINEAR_LISTS_MAX - 1) / 2 };

/* Leaves the fitted means in room->mu. */
static en_status fit_pairs(const cell_counts *c, const loglinear_model *m, fit_room *room, stepwise_fit *out,
                           en_error *err) {
    poisson_fit fit;
    out->model = *m;
    out->n_empty = zeros_empty_terms(c, m);
    EN_TRY(zeros_fit(c, m, ZEROS_DELETED, room, &fit, &out->status, err));
    out->total = out->status == EN_EST_OK ? c->total + exp(fit.log_n0) : NAN;
    out->log_n0 = out->status == EN_EST_OK ? fit.log_n0 : NAN;
    out->var_log_n0 = out->status == EN_EST_OK ? fit.var_log_n0 : NAN;
    return EN_OK;
}

typedef struct candidate {
    unsigned pair;
    double log_p;
} candidate;

/* Ascending by p, then by pair. */
static void insert(candidate *list, int n, candidate c) {
    for (; n > 0 && (list[n - 1].log_p > c.log_p || (list[n - 1].log_p == c.log_p && list[n - 1].pair > c.pair)); n--)
        list[n] = list[n - 1];
    list[n] = c;
}

/* Pairs that may come in, the least likely first. Both lists of a pair record somebody. */
static int find_candidates(const cell_counts *c, const stepwise_fit *now, double threshold, fit_room *room,
                           candidate *out) {
    int n = 0;
    double *mean = room->table;
    memcpy(mean, room->mu, c->n * sizeof *mean);
    sum_over_supersets(mean, c->lists);
    for (int i = 0; i < c->lists; i++)
        for (int j = i + 1; j < c->lists; j++) {
            candidate next = {.pair = 1u << i | 1u << j};
            if (hierarchical_has(&now->model, next.pair) || !(mean[next.pair] > 0)) continue;
            double overlap = c->margin[next.pair];
            next.log_p = log_poisson_tail(overlap, mean[next.pair], overlap > mean[next.pair]);
            if (next.log_p < log(threshold)) insert(out, n++, next);
        }
    return n;
}

/* *changed: a pair came in. */
static en_status advance(const cell_counts *c, double threshold, fit_room *room, stepwise_fit *now, bool *changed,
                         en_error *err) {
    candidate candidates[PAIRS_MAX];
    int n = find_candidates(c, now, threshold, room, candidates);
    *changed = false;
    for (int i = 0; i < n && !*changed; i++) {
        stepwise_fit next;
        loglinear_model with = now->model;
        hierarchical_add(&with, candidates[i].pair);
        EN_TRY(fit_pairs(c, &with, room, &next, err));
        *changed = next.status == EN_EST_OK;
        if (*changed) *now = next;
    }
    return EN_OK;
}

en_status stepwise_run(const cell_counts *c, double threshold, fit_room *room, stepwise_fit *out, en_error *err) {
    loglinear_model start;
    hierarchical_main_effects(c->lists, &start);
    EN_TRY(fit_pairs(c, &start, room, out, err));
    for (bool changed = out->status == EN_EST_OK; changed;) EN_TRY(advance(c, threshold, room, out, &changed, err));
    return EN_OK;
}
