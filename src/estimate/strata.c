/* The total over strata, draw by draw. Ends of intervals do not add up: a total is known better than its parts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "base/rng.h"
#include "estimate/part_draws.h"

enum { PASSES = 4, SUMS = PASSES * DRAWS_MAX };

static const char RULE[] =
    "strata are estimated each by itself, each method's draws summed, and the headline is by the "
    "rule for one population: hull of the admissible models; a stratum that cannot be estimated "
    "enters as observed and takes the upper end away";

en_status en_histories_without(const en_histories *h, int list, en_histories *out, en_error *err) {
    return overlap_without(h, list, out, err);
}

/* Adds the draws of one stratum, shuffled by streams of its own in each pass. */
static void add_stratum(const en_part *stratum, const en_estimate *e, uint64_t seed, double *sums) {
    double draws[DRAWS_MAX];
    int32_t order[DRAWS_MAX];
    en_rng rng;
    en_rng_init(&rng, seed ^ (uint64_t)e->method << 56, en_str_hash(en_str_of(stratum->name)));
    part_draws(stratum, e, draws);
    for (int pass = 0; pass < PASSES; pass++) {
        en_rng_permutation(&rng, DRAWS_MAX, order);
        for (int i = 0; i < DRAWS_MAX; i++) sums[pass * DRAWS_MAX + i] += draws[order[i]];
    }
}

static void take_diagnostics(const en_estimate *from, en_estimate *to) {
    to->rhat = fmax(to->rhat, from->rhat); /* NAN gives way */
    to->ess_bulk = fmin(to->ess_bulk, from->ess_bulk);
    to->ess_tail = fmin(to->ess_tail, from->ess_tail);
}

static en_status sum_method(const en_part *strata, int n, en_method method, const en_estimate_options *options,
                            en_estimate *out, en_error *err) {
    double *sums = calloc(SUMS, sizeof *sums);
    int open = 0, failed = -1, estimated = 0;
    if (!sums) return en_no_memory(err);
    part_begin(part_estimate(&strata[0], method), out);
    for (int s = 0; s < n; s++) {
        const en_estimate *e = part_estimate(&strata[s], method);
        bool ok = strata[s].result->has_recommended && e->status == EN_EST_OK;
        if (strata[s].result->has_recommended && !ok && failed < 0) failed = s;
        open += !strata[s].result->has_recommended;
        estimated += ok;
        if (ok) {
            add_stratum(&strata[s], e, options->seed, sums);
            take_diagnostics(e, out);
        } else {
            for (int i = 0; i < SUMS; i++) sums[i] += (double)strata[s].observed;
        }
    }
    en_status status = EN_OK;
    en_print(out->model, sizeof out->model, "sum over %d strata of what the method says of each", n);
    if (failed >= 0)
        estimate_refuse(out, part_estimate(&strata[failed], method)->status, "no number in \"%.100s\": %.150s",
                        strata[failed].name, part_estimate(&strata[failed], method)->warnings[0]);
    else if (!estimated)
        estimate_refuse(out, EN_EST_NOT_IDENTIFIED, "no stratum could be estimated");
    else
        status = part_finish(sums, SUMS, out, err);
    if (out->status == EN_EST_OK && open) {
        out->high = INFINITY;
        estimate_warn(out, "%d of %d strata could not be estimated and enter as observed: the total is at least", open,
                      n);
    }
    free(sums);
    return status;
}

/* The sum of the strata's own lower ends: lower than that of the sum, since not all are wrong at once. */
static double sum_of_bounds(const en_part *strata, int n) {
    double sum = 0;
    for (int s = 0; s < n; s++) {
        const en_estimate_result *r = strata[s].result;
        double bound = isnan(r->bound) && r->has_recommended ? r->at_least : r->bound;
        sum += isnan(bound) ? (double)strata[s].observed : bound;
    }
    return sum;
}

static void explain(const en_part *strata, int n, en_estimate_result *out) {
    char names[300] = "";
    int open = 0;
    for (int s = 0; s < n; s++) {
        size_t at = strlen(names);
        if (strata[s].result->has_recommended) continue;
        en_print(names + at, sizeof names - at, "%s%.60s", open++ ? ", " : "", strata[s].name);
    }
    en_print(out->rule, sizeof out->rule, "%s", RULE);
    en_print(out->because, sizeof out->because, "%d of %d strata were estimated%s%s", n - open, n,
             open ? "; as observed enter " : "", names);
    out->has_recommended = open < n;
}

static bool any_number(const en_estimate_result *r) {
    for (int i = 0; i < r->n_estimates; i++)
        if (r->estimates[i].status == EN_EST_OK && r->estimates[i].kind != EN_KIND_BOUND &&
            r->estimates[i].method != EN_METHOD_STEPWISE)
            return true;
    return false;
}

static en_status total(const en_part *strata, int n, const en_estimate_options *options, en_estimate_result *out,
                       en_error *err) {
    int methods = strata[0].result->n_estimates;
    if (!(out->estimates = calloc((size_t)methods + 1, sizeof *out->estimates))) return en_no_memory(err);
    en_status status = EN_OK;
    for (int i = 0; i < methods && status == EN_OK; i++)
        status = sum_method(strata, n, strata[0].result->estimates[i].method, options,
                            &out->estimates[out->n_estimates++], err);
    if (status != EN_OK) {
        en_estimate_result_clear(out);
        return status;
    }
    out->bound = sum_of_bounds(strata, n);
    explain(strata, n, out);
    if (out->has_recommended && !any_number(out)) {
        out->has_recommended = false;
        en_print(out->because, sizeof out->because, "no method gave a number in every stratum that can be estimated");
    }
    headline_span(out);
    return EN_OK;
}

/* Strata in which nobody is recorded, as one plausible linkage may have them, take no part: elsewhere they would not be
 * named at all. */
en_status en_strata_total(const en_part *strata, int n, const en_estimate_options *options, en_estimate_result *out,
                          en_error *err) {
    *out = (en_estimate_result){.low = NAN, .median = NAN, .high = NAN, .at_least = NAN, .bound = NAN};
    if (n < 1) return en_fail(err, EN_ERR_INPUT, "there is no stratum");
    en_part *held = calloc((size_t)n, sizeof *held);
    if (!held) return en_no_memory(err);
    int n_held = 0;
    for (int s = 0; s < n; s++)
        if (strata[s].observed > 0) held[n_held++] = strata[s];
    en_status status = total(n_held ? held : strata, n_held ? n_held : n, options, out, err);
    free(held);
    return status;
}
