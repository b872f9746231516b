/* What the answer hangs on: each assumption moved in turn, and the estimate of each model beside how well it fits. */
#include <math.h>
#include <stdlib.h>

#include "estimate/heterogeneity.h"
#include "estimate/hierarchical.h"
#include "estimate/methods.h"
#include "estimate/sensitivity_parts.h"
#include "estimate/special.h"

enum { FITS_MAX = 100 };

/* ---- totals ---- */

en_total total_none(void) { return (en_total){NAN, NAN, NAN, NAN}; }

en_total total_of(double base, double n0, double var_log_n0, double level) {
    double spread = sqrt(var_log_n0), z = normal_quantile(.5 + level / 2), one_sided = normal_quantile(.95);
    if (!isfinite(n0)) return total_none();
    if (!isfinite(spread)) return (en_total){base + n0, NAN, NAN, NAN};
    return (en_total){base + n0, base + n0 * exp(-z * spread), base + n0 * exp(z * spread),
                      base + n0 * exp(-one_sided * spread)};
}

en_total total_of_fit(const en_histories *h, const loglinear_fit *fit, double level) {
    if (fit->status != EN_EST_OK) return total_none();
    return total_of((double)h->observed, exp(fit->log_n0), fit->var_log_n0, level);
}

en_total total_of_estimate(const en_estimate *e) {
    if (e->status != EN_EST_OK) return total_none();
    return (en_total){e->median, e->low, e->high, e->at_least};
}

static en_status best_fit_total(const en_histories *h, const en_estimate_options *options, en_estimate_status *status,
                                en_total *out, en_error *err) {
    loglinear_fits fits = {0};
    EN_TRY(loglinear_fit_all(h, options, &fits, err));
    *status = fits.n ? fits.fits[0].status : EN_EST_NO_MAXIMUM;
    if (fits.n) *out = total_of_fit(h, &fits.fits[0], options->level);
    loglinear_fits_clear(&fits);
    return EN_OK;
}

static en_status method_total(const en_histories *h, const en_estimate_options *options, en_method method,
                              en_estimate_status *status, en_total *out, en_error *err) {
    en_estimate e = {.method = method, .level = options->level};
    en_estimate_options brief = *options;
    brief.brief = true;
    en_status done =
        method == EN_METHOD_GRAPHS ? graphs_estimate(h, &brief, &e, err) : latent_estimate(h, &brief, &e, err);
    *status = e.status;
    if (done == EN_OK) *out = total_of_estimate(&e);
    free(e.draws);
    return done;
}

en_status quick_total(const en_histories *h, const en_estimate_options *options, en_method *method,
                      en_estimate_status *status, en_total *out, en_error *err) {
    *out = total_none();
    *method = h->n_lists <= GRAPH_LISTS_MAX ? EN_METHOD_GRAPHS : EN_METHOD_LOGLINEAR_BEST;
    *status = h->n_lists < 2 ? EN_EST_NOT_IDENTIFIED : EN_EST_NO_OVERLAP;
    if (h->n_lists < 2 || overlap_shared(h) == 0 || h->n_lists > LOGLINEAR_LISTS_MAX) return EN_OK;
    if (*method == EN_METHOD_GRAPHS) return method_total(h, options, *method, status, out, err);
    return best_fit_total(h, options, status, out, err);
}

/* ---- one list left out ---- */

static en_status without_one(const en_histories *h, int list, const en_estimate_options *options, bool latent,
                             en_sensitivity *out, en_error *err) {
    en_histories rest = {0};
    en_left_out *row = &out->left_out[out->n_left_out];
    EN_TRY(overlap_without(h, list, &rest, err));
    row->list = list;
    en_status status = quick_total(&rest, options, &row->method, &row->status, &row->total, err);
    out->n_left_out++;
    if (status == EN_OK && latent && rest.n_lists >= 3 && overlap_shared(&rest) > 0) {
        row = &out->left_out[out->n_left_out++];
        *row = (en_left_out){.list = list, .method = EN_METHOD_LATENT};
        status = method_total(&rest, options, EN_METHOD_LATENT, &row->status, &row->total, err);
    }
    en_histories_clear(&rest);
    return status;
}

en_status leave_lists_out(const en_histories *h, const en_estimate_options *options, en_sensitivity *out,
                          en_error *err) {
    if (h->n_lists < 3) return EN_OK;
    if (!(out->left_out = calloc(2 * (size_t)h->n_lists, sizeof *out->left_out))) return en_no_memory(err);
    for (int j = 0; j < h->n_lists; j++)
        EN_TRY(without_one(h, j, options, options->methods & EN_METHOD_LATENT, out, err));
    return EN_OK;
}

/* ---- estimate against fit ---- */

static void fill_row(const en_histories *h, const loglinear_fit *fit, double best, double level, en_fit_row *row) {
    *row = (en_fit_row){.status = fit->status,
                        .total = total_of_fit(h, fit, level),
                        .parameters = fit->parameters,
                        .deviance = fit->deviance,
                        .criterion = fit->criterion,
                        .above = fit->criterion - best,
                        .weight = fit->model.differ == HETEROGENEITY_NONE ? fit->weight : NAN};
    loglinear_name(h, &fit->model, row->model, sizeof row->model);
}

/* Adds the pair of lists that lowers the criterion most. `found` says whether any does. */
static en_status add_pair(const en_histories *h, en_criterion criterion, loglinear_fit *fit, bool *found,
                          en_error *err) {
    loglinear_fit best = *fit;
    *found = false;
    for (int b = 1; b < h->n_lists; b++)
        for (int a = 0; a < b; a++) {
            loglinear_model wider = fit->model;
            loglinear_fit tried;
            unsigned pair = 1u << a | 1u << b;
            if (hierarchical_has(&wider, pair)) continue;
            hierarchical_add(&wider, pair);
            EN_TRY(loglinear_fit_one(h, &wider, criterion, &tried, NULL, err));
            if (tried.status != EN_EST_OK || !(tried.criterion < best.criterion)) continue;
            best = tried;
            *found = true;
        }
    *fit = best;
    return EN_OK;
}

/* Persons differ by one of the columns, and what pairs of lists depend on one another for one person is added as long
 * as the criterion falls: where persons differ and lists depend, neither alone reaches the truth. */
static en_status list_differing(const en_histories *h, const en_estimate_options *options, double *best,
                                loglinear_fit *fits, en_error *err) {
    static const heterogeneity all[EN_HETEROGENEITIES] = {
        HETEROGENEITY_CHAO, HETEROGENEITY_POISSON2, HETEROGENEITY_DARROCH, HETEROGENEITY_GAMMA35, HETEROGENEITY_GAMMA1};
    for (int i = 0; i < EN_HETEROGENEITIES; i++) {
        loglinear_model model;
        hierarchical_main_effects(h->n_lists, &model);
        model.differ = all[i];
        EN_TRY(loglinear_fit_one(h, &model, options->criterion, &fits[i], NULL, err));
        for (bool more = fits[i].status == EN_EST_OK; more;)
            EN_TRY(add_pair(h, options->criterion, &fits[i], &more, err));
        if (fits[i].status == EN_EST_OK) *best = fmin(*best, fits[i].criterion); /* NAN gives way */
    }
    return EN_OK;
}

en_status list_fits(const en_histories *h, const en_estimate_options *options, const loglinear_fits *fits,
                    en_sensitivity *out, en_error *err) {
    loglinear_fit differ[EN_HETEROGENEITIES];
    double best = fits->n && fits->fits[0].status == EN_EST_OK ? fits->fits[0].criterion : NAN;
    if (h->n_lists >= 3) {
        EN_TRY(list_differing(h, options, &best, differ, err));
        for (int i = 0; i < EN_HETEROGENEITIES; i++) fill_row(h, &differ[i], best, options->level, &out->differ[i]);
        out->n_differ = EN_HETEROGENEITIES;
    }
    if (!(out->fits = calloc(FITS_MAX, sizeof *out->fits))) return en_no_memory(err);
    for (size_t i = 0; i < fits->n && out->n_fits < FITS_MAX; i++) {
        if (fits->fits[i].status != EN_EST_OK || fits->fits[i].criterion > best + SENSITIVITY_CLOSE) break;
        fill_row(h, &fits->fits[i], best, options->level, &out->fits[out->n_fits++]);
    }
    return EN_OK;
}

/* ---- all of it ---- */

static void renumber(const en_histories *given, en_sensitivity *out) {
    for (int i = 0; i < out->n_pairs; i++) {
        out->pairs[i].a = overlap_given(given, out->pairs[i].a);
        out->pairs[i].b = overlap_given(given, out->pairs[i].b);
    }
    for (int i = 0; i < out->n_left_out; i++) out->left_out[i].list = overlap_given(given, out->left_out[i].list);
}

static en_status run(const en_histories *h, const en_estimate_options *options, en_sensitivity *out, en_error *err) {
    loglinear_fits fits = {0};
    en_status status = compare_pairs(h, options->level, out, err);
    if (status == EN_OK && h->n_lists <= LOGLINEAR_LISTS_MAX) {
        status = loglinear_fit_all(h, options, &fits, err);
        if (status == EN_OK) status = list_fits(h, options, &fits, out, err);
    }
    if (status == EN_OK) vary_interaction(h, &fits, options->level, out);
    if (status == EN_OK && !options->brief) status = leave_lists_out(h, options, out, err);
    if (status == EN_OK && !options->brief) status = vary_links(h, options, out, err);
    loglinear_fits_clear(&fits);
    return status;
}

en_status en_sensitivity_run(const en_histories *given, const en_estimate_options *options,
                             const en_estimate_result *result, en_sensitivity *out, en_error *err) {
    en_histories visible = {0};
    en_estimate_options settled = *options;
    *out = (en_sensitivity){.low = NAN,
                            .high = NAN,
                            .at_least = NAN,
                            .range_low = NAN,
                            .range_high = NAN,
                            .reach_low = NAN,
                            .reach_high = NAN};
    for (int i = 0; i < EN_INTERACTIONS; i++) out->interaction[i] = total_none();
    if (!(options->level >= 0 && options->level < 1))
        return en_fail(err, EN_ERR_USAGE, "the level of intervals is a share between 0 and 1, not %g", options->level);
    if (settled.level == 0) settled.level = .95;
    EN_TRY(overlap_visible(given, &visible, err));
    en_status status = EN_OK;
    if (visible.n_lists >= 2 && overlap_shared(&visible) > 0) status = run(&visible, &settled, out, err);
    if (status == EN_OK) {
        sum_up(&visible, result, out);
        renumber(given, out);
    } else {
        en_sensitivity_clear(out);
    }
    en_histories_clear(&visible);
    return status;
}

void en_sensitivity_clear(en_sensitivity *s) {
    free(s->pairs);
    free(s->left_out);
    free(s->fits);
    free(s->links);
    *s = (en_sensitivity){0};
}
