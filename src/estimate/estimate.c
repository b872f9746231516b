/* Runs the methods asked for, each in its own file, after a look at how the lists overlap. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "estimate/methods.h"

typedef struct method_entry {
    en_method method;
    const char *name;
    en_estimate_kind kind;
    en_status (*run)(const en_histories *, const en_estimate_options *, en_estimate *, en_error *);
} method_entry;

static const method_entry methods[] = {
    {EN_METHOD_LATENT, "latent", EN_KIND_POSTERIOR, latent_estimate},
    {EN_METHOD_GRAPHS, "graphs", EN_KIND_POSTERIOR, graphs_estimate},
    {EN_METHOD_CHAO, "chao", EN_KIND_BOUND, chao_estimate},
    {EN_METHOD_LOGLINEAR, "loglinear", EN_KIND_LIKELIHOOD, loglinear_estimate},
    {EN_METHOD_LOGLINEAR_BEST, "loglinear-best", EN_KIND_LIKELIHOOD, loglinear_best_estimate},
    {EN_METHOD_STEPWISE, "stepwise", EN_KIND_LIKELIHOOD, stepwise_estimate},
};
enum { N_METHODS = sizeof methods / sizeof *methods };

const char *en_method_name(en_method method) {
    for (int i = 0; i < N_METHODS; i++)
        if (methods[i].method == method) return methods[i].name;
    return method == EN_METHOD_GIVEN ? "given" : "";
}

const char *en_estimate_kind_name(en_estimate_kind kind) {
    static const char *const names[] = {"bound", "posterior", "likelihood"};
    return names[kind];
}

const char *en_estimate_status_name(en_estimate_status status) {
    static const char *const names[] = {"ok", "not_converged", "no_maximum", "not_identified", "no_overlap"};
    return names[status];
}

static void warn_v(en_estimate *estimate, const char *fmt, va_list args) {
    enum { MAX = sizeof estimate->warnings / sizeof *estimate->warnings };
    if (estimate->n_warnings == MAX) return;
    en_vprint(estimate->warnings[estimate->n_warnings++], sizeof *estimate->warnings, fmt, args);
}

void estimate_warn(en_estimate *estimate, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    warn_v(estimate, fmt, args);
    va_end(args);
}

void estimate_refuse(en_estimate *estimate, en_estimate_status status, const char *fmt, ...) {
    va_list args;
    estimate->status = status;
    va_start(args, fmt);
    warn_v(estimate, fmt, args);
    va_end(args);
}

/* Refuses where no model can help. */
static void check_overlap(const en_histories *visible, en_estimate *out) {
    if (visible->observed == 0)
        estimate_refuse(out, EN_EST_NO_OVERLAP, "nobody is recorded");
    else if (visible->n_lists < 2)
        estimate_refuse(out, EN_EST_NOT_IDENTIFIED, "one list says nothing about how many it does not hold");
    else if (overlap_shared(visible) == 0)
        estimate_refuse(out, EN_EST_NO_OVERLAP,
                        "nobody is on two lists: nothing says whether few or very many are on none");
}

static en_status run_method(const method_entry *entry, const en_histories *given, const en_histories *visible,
                            const en_estimate_options *options, en_estimate *out, en_error *err) {
    *out = (en_estimate){.method = entry->method,
                         .kind = entry->kind,
                         .median = NAN,
                         .mean = NAN,
                         .low = NAN,
                         .high = NAN,
                         .level = options->level,
                         .at_least = NAN,
                         .published_low = NAN,
                         .published_high = NAN,
                         .rhat = NAN,
                         .ess_bulk = NAN,
                         .ess_tail = NAN};
    check_overlap(visible, out);
    if (out->status == EN_EST_OK) EN_TRY(entry->run(visible, options, out, err));
    for (int i = 0; i < out->n_edges; i++) {
        out->edges[i].a = overlap_given(given, out->edges[i].a);
        out->edges[i].b = overlap_given(given, out->edges[i].b);
    }
    overlap_warn(given, out);
    return EN_OK;
}

static en_status check_options(const en_estimate_options *given, en_estimate_options *out, en_error *err) {
    *out = *given;
    if (!(out->level >= 0 && out->level < 1))
        return en_fail(err, EN_ERR_USAGE, "the level of intervals is a share between 0 and 1, not %g", out->level);
    if (!(out->delta >= 0 && out->delta <= 1e6))
        return en_fail(err, EN_ERR_USAGE, "delta is a number above 0, not %g", out->delta);
    if (out->chains != 0 && (out->chains < 4 || out->chains > 64))
        return en_fail(err, EN_ERR_USAGE, "from 4 to 64 chains, not %d", out->chains);
    if (out->classes != 0 && (out->classes < 2 || out->classes > 64))
        return en_fail(err, EN_ERR_USAGE, "from 2 to 64 latent classes, not %d", out->classes);
    if (out->interactions < 0 || out->interactions == 1)
        return en_fail(err, EN_ERR_USAGE, "interactions are of 2 lists or more, not of %d", out->interactions);
    if (out->level == 0) out->level = .95;
    return EN_OK;
}

en_status en_estimate_run(const en_histories *histories, const en_estimate_options *given, en_estimate_result *out,
                          en_error *err) {
    en_estimate_options options;
    en_histories visible = {0};
    *out = (en_estimate_result){.low = NAN, .median = NAN, .high = NAN, .at_least = NAN, .bound = NAN};
    EN_TRY(check_options(given, &options, err));
    EN_TRY(overlap_visible(histories, &visible, err));
    en_status status = EN_OK;
    if (!(out->estimates = calloc(N_METHODS, sizeof *out->estimates))) status = en_no_memory(err);
    for (int i = 0; i < N_METHODS && status == EN_OK; i++)
        if (!options.methods || options.methods & (unsigned)methods[i].method)
            status = run_method(&methods[i], histories, &visible, &options, &out->estimates[out->n_estimates++], err);
    if (status == EN_OK) status = recommend(&visible, &options, out, err);
    en_histories_clear(&visible);
    if (status != EN_OK) en_estimate_result_clear(out);
    return status;
}

void en_estimate_result_clear(en_estimate_result *result) {
    for (int i = 0; i < result->n_estimates; i++) free(result->estimates[i].draws);
    free(result->estimates);
    *result = (en_estimate_result){0};
}
