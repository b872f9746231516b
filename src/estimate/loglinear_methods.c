/* The methods loglinear and loglinear-best: N averaged over the log-linear models by their criterion, and N by the best
 * of them.
 *
 * A model's weight is exp(-BIC/2) (or AIC) over the sum of all (Buckland, Burnham and Augustin 1997); models without a
 * maximum take no part. The point of the average is the mean of the models' Poisson estimates. Its interval is that of
 * the mixture of the models' log-normal intervals: log n0 normal around b0 with variance log(1 + Var(N)/n0²) = log(1 +
 * Var(b0) + 1/n0). The best model has the interval of its multinomial profile likelihood. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/heterogeneity.h"
#include "estimate/loglinear.h"
#include "estimate/methods.h"
#include "estimate/mixture.h"
#include "estimate/profile.h"
#include "estimate/zeros.h"

static const double NEAR_BEST = 6; /* in units of the criterion */

static const char *criterion_name(const en_estimate_options *o) {
    return o->criterion == EN_CRITERION_AIC ? "AIC" : "BIC";
}

/* ---- what is said of the models ---- */

/* The models next to the best, as many as fit into one warning. */
static void warn_of_near_best(const en_histories *h, const en_estimate_options *o, const loglinear_fits *fits,
                              en_estimate *out) {
    char text[300] = "";
    size_t at = 0;
    for (size_t i = 1; i < fits->n; i++) {
        const loglinear_fit *fit = &fits->fits[i];
        double behind = fit->criterion - fits->fits[0].criterion;
        char name[128], one[200];
        if (!(behind < NEAR_BEST)) break;
        loglinear_name(h, &fit->model, name, sizeof name);
        int length = snprintf(one, sizeof one, "%s%s %.0f (+%.1f)", at ? ", " : "", name, fit->total, behind);
        if (at + (size_t)length >= sizeof text - 40) break;
        at += (size_t)snprintf(text + at, sizeof text - at, "%s", one);
    }
    if (at) estimate_warn(out, "nearly as good by %s: %s", criterion_name(o), text);
}

static void warn_of_zeros(const en_estimate_options *o, const loglinear_fits *fits, en_estimate *out) {
    size_t without = 0;
    for (size_t i = 0; i < fits->n; i++) without += fits->fits[i].status != EN_EST_OK;
    if (without && !o->delete_empty)
        estimate_warn(
            out,
            "%zu of %zu models have no maximum and give no number, empty cells being taken as sampled zeros; with "
            "the cells of empty overlaps deleted some of them would have one",
            without, fits->n);
    else if (without)
        estimate_warn(out,
                      "%zu of %zu models have no maximum or are not identified and give no number, the cells of empty "
                      "overlaps being deleted",
                      without, fits->n);
}

/* Main effects and persons that differ, beside the models of alike persons. */
static en_status warn_of_heterogeneity(const en_histories *h, const en_estimate_options *o, const loglinear_fits *fits,
                                       en_estimate *out, en_error *err) {
    char text[200] = "";
    size_t at = 0;
    for (heterogeneity differ = HETEROGENEITY_CHAO; differ <= HETEROGENEITY_GAMMA35; differ++) {
        loglinear_fit fit;
        EN_TRY(loglinear_fit_heterogeneous(h, differ, o->criterion, &fit, err));
        if (fit.status != EN_EST_OK) continue;
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s %.0f (%+.1f)", at ? ", " : "",
                               heterogeneity_name(differ), fit.total, fit.criterion - fits->fits[0].criterion);
    }
    if (at)
        estimate_warn(out, "lists independent and persons different, with %s beside the best model: %s",
                      criterion_name(o), text);
    return EN_OK;
}

static void warn_of_search(const loglinear_fits *fits, en_estimate *out) {
    if (!fits->all)
        estimate_warn(out, "not every model was fitted: a search visited %zu, with interactions of few lists only",
                      fits->n);
}

/* ---- fits for both methods ---- */

/* Where the best model has no number there is none at all. */
static void refuse(const en_estimate_options *o, const loglinear_fits *fits, en_estimate *out) {
    en_estimate_status status = fits->fits[0].status;
    const char *convention =
        o->delete_empty ? "the cells of empty overlaps being deleted" : "empty cells being sampled zeros";
    if (status == EN_EST_NO_MAXIMUM)
        estimate_refuse(out, status, "the likelihood has no maximum under any of the %zu models, %s", fits->n,
                        convention);
    else if (status == EN_EST_NOT_IDENTIFIED)
        estimate_refuse(out, status, "no model is identified, %s", convention);
    else
        estimate_refuse(out, status, "the likelihood of none of the %zu models could be climbed to its top", fits->n);
}

/* *fits is empty where the method cannot run. */
static en_status fit(const en_histories *h, const en_estimate_options *o, loglinear_fits *fits, en_estimate *out,
                     en_error *err) {
    if (h->n_lists > LOGLINEAR_LISTS_MAX) {
        estimate_refuse(
            out, EN_EST_NOT_CONVERGED,
            "not computed: log-linear models are fitted to all 2^lists cells, and that is done for up to %d "
            "lists; there are %d",
            LOGLINEAR_LISTS_MAX, h->n_lists);
        return EN_OK;
    }
    EN_TRY(loglinear_fit_all(h, o, fits, err));
    if (fits->fits[0].status == EN_EST_OK) return EN_OK;
    refuse(o, fits, out);
    loglinear_fits_clear(fits);
    return EN_OK;
}

static void begin_report(const en_histories *h, en_estimate *out) {
    out->status = EN_EST_OK;
    out->converged = true;
    if (h->n_lists == 2)
        estimate_warn(out, "with two lists only their independence gives a number, and nothing can test it");
}

/* ---- the average ---- */

static en_status mix(const loglinear_fits *fits, mixture *out, en_error *err) {
    double *all = calloc(3 * fits->n, sizeof *all), kept = 0;
    if (!all) return en_no_memory(err);
    *out = (mixture){0, all, all + fits->n, all + 2 * fits->n};
    for (size_t i = 0; i < fits->n; i++) {
        const loglinear_fit *fit = &fits->fits[i];
        if (!(fit->weight > 1e-9)) continue;
        out->weight[out->n] = fit->weight;
        out->centre[out->n] = fit->log_n0;
        out->spread[out->n++] = sqrt(log1p(fit->var_log_n0 + exp(-fit->log_n0)));
        kept += fit->weight;
    }
    for (size_t i = 0; i < out->n; i++) out->weight[i] /= kept;
    return EN_OK;
}

static en_status report_average(const en_histories *h, const en_estimate_options *o, const loglinear_fits *fits,
                                en_estimate *out, en_error *err) {
    mixture m = {0};
    double n = (double)h->observed, mean = 0;
    char best[96];
    EN_TRY(mix(fits, &m, err));
    for (size_t i = 0; i < fits->n; i++)
        if (fits->fits[i].weight > 0) mean += fits->fits[i].weight * fits->fits[i].total;
    out->median = mean;
    out->low = n + mixture_quantile(&m, (1 - out->level) / 2);
    out->high = n + mixture_quantile(&m, (1 + out->level) / 2);
    out->at_least = n + mixture_quantile(&m, .05);
    out->draws = calloc(DRAWS_MAX, sizeof *out->draws);
    if (out->draws) mixture_draws(&m, DRAWS_MAX, out->draws);
    for (int i = 0; out->draws && i < DRAWS_MAX; i++) out->draws[i] += n;
    out->n_draws = out->draws ? DRAWS_MAX : 0;
    loglinear_name(h, &fits->fits[0].model, best, sizeof best);
    snprintf(out->model, sizeof out->model,
             "log-linear models averaged by %s, %zu of them; the best, %s, has weight %.2g; interval of the mixture of "
             "their "
             "log-normal intervals",
             criterion_name(o), fits->n, best, fits->fits[0].weight);
    add_letters(h, out);
    free(m.weight);
    return out->draws ? EN_OK : en_no_memory(err);
}

en_status loglinear_estimate(const en_histories *h, const en_estimate_options *o, en_estimate *out, en_error *err) {
    loglinear_fits fits = {0};
    EN_TRY(fit(h, o, &fits, out, err));
    if (fits.n == 0) return EN_OK;
    begin_report(h, out);
    en_status status = report_average(h, o, &fits, out, err);
    if (status == EN_OK) {
        warn_of_near_best(h, o, &fits, out);
        warn_of_zeros(o, &fits, out);
        warn_of_search(&fits, out);
        if (h->n_lists > 2 && !o->heterogeneity) status = warn_of_heterogeneity(h, o, &fits, out, err);
    }
    loglinear_fits_clear(&fits);
    return status;
}

/* ---- the best ---- */

/* The profile of the best model, in the cells that its likelihood sees. */
static en_status profile_of(const en_histories *h, const loglinear_fit *best, double level, profile *out,
                            en_error *err) {
    cell_counts all = {0}, rest = {0};
    loglinear_model reduced;
    en_status status = cell_counts_from_histories(h, &all, err);
    if (status == EN_OK) status = cell_counts_new(h->n_lists, &rest, err);
    if (status == EN_OK) {
        zeros_delete(&all, &best->model, &rest, &reduced);
        status = profile_run(&rest, &reduced, best->log_n0, level, out, err);
    }
    cell_counts_clear(&all);
    cell_counts_clear(&rest);
    return status;
}

static en_status report_best(const en_histories *h, const en_estimate_options *o, const loglinear_fit *best,
                             en_estimate *out, en_error *err) {
    profile *p = calloc(1, sizeof *p);
    char name[160];
    if (!p) return en_no_memory(err);
    en_status status = profile_of(h, best, out->level, p, err);
    if (status == EN_OK) {
        out->median = best->total;
        out->low = p->low;
        out->high = p->high;
        out->at_least = p->at_least;
        loglinear_name(h, &best->model, name, sizeof name);
        snprintf(out->model, sizeof out->model, "log-linear %s, lowest %s (%.1f); interval of the multinomial profile",
                 name, criterion_name(o), best->criterion);
        add_letters(h, out);
        if (isinf(p->high))
            estimate_warn(out, "the likelihood does not fall far enough for an upper limit, however large N is");
        if (best->n_empty)
            estimate_warn(out, "%d of the terms are overlaps that are empty: minus infinity, their cells deleted",
                          best->n_empty);
    }
    if (status == EN_OK && p->falls) {
        out->draws = malloc(sizeof p->draws);
        if (out->draws) memcpy(out->draws, p->draws, sizeof p->draws);
        out->n_draws = out->draws ? DRAWS_MAX : 0;
        if (!out->draws) status = en_no_memory(err);
    }
    free(p);
    return status;
}

en_status loglinear_best_estimate(const en_histories *h, const en_estimate_options *o, en_estimate *out,
                                  en_error *err) {
    loglinear_fits fits = {0};
    EN_TRY(fit(h, o, &fits, out, err));
    if (fits.n == 0) return EN_OK;
    begin_report(h, out);
    en_status status = report_best(h, o, &fits.fits[0], out, err);
    if (status == EN_OK) {
        warn_of_near_best(h, o, &fits, out);
        warn_of_zeros(o, &fits, out);
        warn_of_search(&fits, out);
    }
    loglinear_fits_clear(&fits);
    return status;
}
