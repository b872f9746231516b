/* The answer over replicates: the mixture of what each says, since those recorded differ from one to the next. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "estimate/part_draws.h"

static const char RULE[] = "the mixture over replicates of each method's draws, each replicate weighing alike; the "
                           "headline is by the rule for one population: hull of the admissible models; none where a "
                           "replicate has none";

/* How many draws stand for each replicate: its own where all have as many, so that nothing is lost. */
static int64_t draws_of_each(const en_part *parts, int n, en_method method) {
    int64_t each = part_estimate(&parts[0], method)->n_draws;
    for (int r = 1; r < n; r++)
        if (part_estimate(&parts[r], method)->n_draws != each) return DRAWS_MAX;
    return each > 0 ? each : DRAWS_MAX;
}

static void take_part(const en_part *part, const en_estimate *e, int64_t each, double *draws, en_estimate *out) {
    if (e->n_draws == each)
        memcpy(draws, e->draws, (size_t)each * sizeof *draws);
    else
        part_draws(part, e, draws);
    out->rhat = fmax(out->rhat, e->rhat); /* NAN gives way */
    out->ess_bulk = fmin(out->ess_bulk, e->ess_bulk);
    out->ess_tail = fmin(out->ess_tail, e->ess_tail);
}

static en_status mix_method(const en_part *parts, int n, en_method method, en_estimate *out, en_error *err) {
    int64_t each = draws_of_each(parts, n, method);
    double *all = calloc((size_t)n * (size_t)each, sizeof *all);
    bool open = false;
    int refused = 0;
    if (!all) return en_no_memory(err);
    part_begin(part_estimate(&parts[0], method), out);
    for (int r = 0; r < n; r++) {
        const en_estimate *e = part_estimate(&parts[r], method);
        if (e->status == EN_EST_OK)
            take_part(&parts[r], e, each, all + r * each, out);
        else if (!refused++)
            estimate_refuse(out, e->status, "replicate %.60s: %.200s", parts[r].name, e->warnings[0]);
        open |= e->status == EN_EST_OK && isinf(e->high);
    }
    en_print(out->model, sizeof out->model, "%.180s; mixture of %d replicates", part_estimate(&parts[0], method)->model,
             n);
    en_status status = EN_OK;
    if (refused)
        estimate_warn(out, "%d of %d replicates give no number", refused, n);
    else
        status = part_finish(all, n * each, out, err);
    if (out->status == EN_EST_OK && open) out->high = INFINITY;
    free(all);
    return status;
}

/* The headline of all, or whose replicate has none and why. */
static void explain(const en_part *parts, int n, en_estimate_result *out) {
    const en_part *without = NULL;
    double bound = INFINITY;
    for (int r = 0; r < n; r++) {
        if (!without && !parts[r].result->has_recommended) without = &parts[r];
        if (!isnan(parts[r].result->bound)) bound = fmin(bound, parts[r].result->bound);
    }
    out->bound = isfinite(bound) ? bound : NAN;
    out->has_recommended = !without;
    en_print(out->rule, sizeof out->rule, "%s", RULE);
    if (without)
        en_print(out->because, sizeof out->because, "replicate %.60s: %.400s", without->name, without->result->because);
    else
        en_print(out->because, sizeof out->because, "%d replicates; in the first: %.400s", n, parts[0].result->because);
}

en_status en_replicates_mix(const en_part *parts, int n, en_estimate_result *out, en_error *err) {
    *out = (en_estimate_result){.low = NAN, .median = NAN, .high = NAN, .at_least = NAN, .bound = NAN};
    if (n < 1) return en_fail(err, EN_ERR_INPUT, "there is no replicate");
    int methods = parts[0].result->n_estimates;
    if (!(out->estimates = calloc((size_t)methods + 1, sizeof *out->estimates))) return en_no_memory(err);
    en_status status = EN_OK;
    for (int i = 0; i < methods && status == EN_OK; i++)
        status = mix_method(parts, n, parts[0].result->estimates[i].method, &out->estimates[out->n_estimates++], err);
    if (status != EN_OK) {
        en_estimate_result_clear(out);
        return status;
    }
    explain(parts, n, out);
    headline_span(out);
    return EN_OK;
}
