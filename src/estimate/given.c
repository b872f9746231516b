/* An estimate from draws that were made elsewhere: nothing is fitted and nothing can be checked, which is said. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "estimate/part_draws.h"

static const char RULE[] = "the draws as given: hull of their intervals where they are of several models";

static en_status take_draws(const en_given_draws *given, int64_t observed, double level, en_estimate *out,
                            en_error *err) {
    double sum = 0;
    part_begin(&(en_estimate){.method = given->method, .kind = EN_KIND_POSTERIOR, .level = level, .is_given = true},
               out);
    snprintf(out->model, sizeof out->model, "%lld draws, made elsewhere", (long long)given->n);
    if (given->n == 0) {
        estimate_refuse(out, EN_EST_NOT_IDENTIFIED, "no draw was given");
        return EN_OK;
    }
    if (!(out->draws = calloc((size_t)given->n, sizeof *out->draws))) return en_no_memory(err);
    memcpy(out->draws, given->draws, (size_t)given->n * sizeof *out->draws);
    en_sort_doubles(out->draws, (size_t)given->n);
    if (out->draws[0] < (double)observed)
        return en_fail(err, EN_ERR_INPUT, "a draw of %.0f persons in all, of whom %lld are recorded", out->draws[0],
                       (long long)observed);
    for (int64_t i = 0; i < given->n; i++) sum += out->draws[i];
    out->n_draws = given->n;
    out->mean = sum / (double)given->n;
    out->median = en_quantile(out->draws, given->n, .5);
    out->low = en_quantile(out->draws, given->n, (1 - level) / 2);
    out->high = en_quantile(out->draws, given->n, (1 + level) / 2);
    out->at_least = en_quantile(out->draws, given->n, .05);
    out->converged = true;
    return EN_OK;
}

en_status en_estimate_given(const en_given_draws *given, int n, int64_t observed, double level, en_estimate_result *out,
                            en_error *err) {
    *out = (en_estimate_result){.low = NAN, .median = NAN, .high = NAN, .at_least = NAN, .bound = NAN};
    en_status status = (out->estimates = calloc((size_t)n + 1, sizeof *out->estimates)) ? EN_OK : en_no_memory(err);
    bool all = true;
    for (int i = 0; i < n && status == EN_OK; i++) {
        en_estimate *e = &out->estimates[out->n_estimates++];
        status = take_draws(&given[i], observed, level > 0 ? level : .95, e, err);
        all &= e->status == EN_EST_OK;
    }
    if (status != EN_OK) {
        en_estimate_result_clear(out);
        return status;
    }
    out->has_recommended = all && headline_possible(out);
    snprintf(out->rule, sizeof out->rule, "%s", RULE);
    snprintf(out->because, sizeof out->because, "%s",
             out->has_recommended ? "draws were given"
             : all                ? "the draws are of no admissible model"
                                  : "no draw was given");
    headline_span(out);
    return EN_OK;
}
