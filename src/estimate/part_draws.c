/* Draws of a method of a part, and the estimate that pooled draws make. */
#include "estimate/part_draws.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "estimate/special.h"

const en_estimate *part_estimate(const en_part *part, en_method method) {
    for (int i = 0; i < part->result->n_estimates; i++)
        if (part->result->estimates[i].method == method) return &part->result->estimates[i];
    return NULL;
}

/* The log-normal distribution that has the ends of the interval; the lower one where there is no upper. */
static double spread_of(const en_estimate *e, double n, double n0) {
    double z = normal_quantile(.5 + e->level / 2);
    if (!(n0 > 0)) return 0;
    if (isfinite(e->high) && e->high > n + n0) return log((e->high - n) / n0) / z;
    return e->low > n && e->low < n + n0 ? log(n0 / (e->low - n)) / z : 0;
}

void part_draws(const en_part *part, const en_estimate *e, double *out) {
    double n = (double)part->observed, n0 = e->median - n, spread = spread_of(e, n, n0);
    for (int i = 0; i < DRAWS_MAX; i++) {
        double p = (i + .5) / DRAWS_MAX;
        out[i] = e->n_draws > 0 ? en_quantile(e->draws, e->n_draws, p) : n + n0 * exp(normal_quantile(p) * spread);
    }
}

void part_begin(const en_estimate *like, en_estimate *out) {
    *out = (en_estimate){.method = like->method,
                         .kind = like->kind,
                         .level = like->level,
                         .median = NAN,
                         .mean = NAN,
                         .low = NAN,
                         .high = NAN,
                         .at_least = NAN,
                         .published_low = NAN,
                         .published_high = NAN,
                         .rhat = NAN,
                         .ess_bulk = NAN,
                         .ess_tail = NAN};
    snprintf(out->prior, sizeof out->prior, "%s", like->prior);
    out->is_given = like->is_given;
    if (out->is_given)
        estimate_warn(out, "the draws were made elsewhere: whether their chains converged is not known here");
}

en_status part_finish(double *totals, int64_t n, en_estimate *out, en_error *err) {
    en_sort_doubles(totals, (size_t)n);
    out->status = EN_EST_OK;
    out->converged = true;
    out->median = en_quantile(totals, n, .5);
    out->low = en_quantile(totals, n, (1 - out->level) / 2);
    out->high = en_quantile(totals, n, (1 + out->level) / 2);
    out->at_least = en_quantile(totals, n, .05);
    if (!(out->draws = calloc(DRAWS_MAX, sizeof *out->draws))) return en_no_memory(err);
    out->n_draws = DRAWS_MAX;
    for (int i = 0; i < DRAWS_MAX; i++) out->draws[i] = en_quantile(totals, n, (i + .5) / DRAWS_MAX);
    return EN_OK;
}
