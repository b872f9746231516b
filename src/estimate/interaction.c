/* No highest-order interaction: the one thing about the cell of those on no list that observed cells can be made to
 * say.
 *
 * n0 = prod of cells on an odd number of lists / prod of cells on an even number / xi, xi being the interaction of all
 * lists together, of which the data tell nothing; Var(log n0) = sum of 1/n_w (Fienberg 1972; Gerritse and others 2015
 * move xi). Where a cell is empty the product is 0 or infinite, and cells fitted by a model that has no such
 * interaction stand for the observed ones: there the product is that model's own n0. */
#include <math.h>

#include "estimate/sensitivity_parts.h"

static void from_cells(const en_histories *h, double level, en_sensitivity *out) {
    double log_n0 = 0, variance = 0;
    for (int64_t i = 0; i < h->n_cells; i++) {
        log_n0 += (__builtin_popcount(h->patterns[i]) & 1 ? 1 : -1) * log((double)h->counts[i]);
        variance += 1 / (double)h->counts[i];
    }
    for (int i = 0; i < EN_INTERACTIONS; i++)
        out->interaction[i] = total_of((double)h->observed, exp(log_n0) / out->xi[i], variance, level);
}

static void from_fit(const en_histories *h, const loglinear_fits *fits, double level, en_sensitivity *out) {
    for (int i = 0; i < EN_INTERACTIONS; i++) out->interaction[i] = total_none();
    if (!fits->n || fits->fits[0].status != EN_EST_OK) return;
    const loglinear_fit *best = &fits->fits[0];
    loglinear_name(h, &best->model, out->interaction_model, sizeof out->interaction_model);
    for (int i = 0; i < EN_INTERACTIONS; i++)
        out->interaction[i] = total_of((double)h->observed, exp(best->log_n0) / out->xi[i], best->var_log_n0, level);
}

void vary_interaction(const en_histories *h, const loglinear_fits *fits, double level, en_sensitivity *out) {
    for (int i = 0; i < EN_INTERACTIONS; i++) out->xi[i] = exp2((double)i - 2);
    out->empty_cells = ((int64_t)1 << h->n_lists) - 1 - h->n_cells;
    if (out->empty_cells == 0)
        from_cells(h, level, out);
    else
        from_fit(h, fits, level, out);
}
