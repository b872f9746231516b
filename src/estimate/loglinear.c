/* Log-linear models fitted: every hierarchical one, or those that a search visits. */
#include "estimate/loglinear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "estimate/existence.h"
#include "estimate/heterogeneity.h"
#include "estimate/hierarchical.h"
#include "estimate/zeros.h"

enum {
    BATCH = 64,        /* models a task */
    SEARCH_ORDER = 3,  /* interactions of at most so many lists by default, above LOGLINEAR_ALL_MAX lists */
    SEARCH_MAX = 3000, /* models visited */
};
/* Neighbours are visited of every model that has at least e^-3 of the best one's weight. */
static const double SEARCH_WINDOW = 6;

/* What every fit of one call shares. */
typedef struct rules {
    en_criterion criterion;
    zeros convention;
} rules;

/* ---- one model ---- */

static void give_numbers(const poisson_fit *fit, double n, en_criterion criterion, loglinear_fit *out) {
    double n0 = exp(fit->log_n0), p = fit->parameters;
    out->status = EN_EST_OK;
    out->log_likelihood = fit->log_likelihood;
    out->deviance = fit->deviance;
    out->aic = -2 * fit->log_likelihood + 2 * p;
    out->bic = -2 * fit->log_likelihood + log(n) * p;
    out->criterion = criterion == EN_CRITERION_AIC ? out->aic : out->bic;
    out->total = n + n0;
    out->se = sqrt(n0 + n0 * n0 * fit->var_log_n0);
    out->log_n0 = fit->log_n0;
    out->var_log_n0 = fit->var_log_n0;
}

static en_status fit_model(const cell_counts *c, const loglinear_model *model, const rules *by, fit_room *room,
                           loglinear_fit *out, en_error *err) {
    poisson_fit fit;
    memset(out, 0, sizeof *out);
    out->model = *model;
    out->parameters = model->n_terms + heterogeneity_count(model);
    out->log_likelihood = out->deviance = out->aic = out->bic = out->criterion = NAN;
    out->total = out->se = out->log_n0 = out->var_log_n0 = NAN;
    out->n_empty = zeros_empty_terms(c, model);
    EN_TRY(zeros_fit(c, model, by->convention, room, &fit, &out->status, err));
    if (out->status == EN_EST_OK) give_numbers(&fit, c->total, by->criterion, out);
    return EN_OK;
}

static en_status check_lists(const en_histories *h, en_error *err) {
    if (h->n_lists <= LOGLINEAR_LISTS_MAX) return EN_OK;
    return en_fail(err, EN_ERR_LIMIT,
                   "log-linear models are fitted to all 2^lists cells, for up to %d lists; there are %d",
                   LOGLINEAR_LISTS_MAX, h->n_lists);
}

/* What one model needs. */
typedef struct fitting_one {
    cell_counts c;
    fit_room room;
} fitting_one;

static en_status begin_one(const en_histories *h, fitting_one *f, en_error *err) {
    EN_TRY(check_lists(h, err));
    EN_TRY(existence_prepare(err));
    EN_TRY(cell_counts_from_histories(h, &f->c, err));
    return fit_room_new(h->n_lists, &f->room, err);
}

static void end_one(fitting_one *f) {
    fit_room_clear(&f->room);
    cell_counts_clear(&f->c);
}

en_status loglinear_fit_one(const en_histories *h, const loglinear_model *model, en_criterion criterion,
                            loglinear_fit *out, double *means, en_error *err) {
    fitting_one f = {0};
    rules by = {criterion, ZEROS_SAMPLED};
    en_status status = begin_one(h, &f, err);
    if (status == EN_OK) status = fit_model(&f.c, model, &by, &f.room, out, err);
    if (status == EN_OK && means) memcpy(means, f.room.mu, f.c.n * sizeof *means);
    if (status == EN_OK) out->weight = out->status == EN_EST_OK;
    end_one(&f);
    return status;
}

/* The column of the most negative coefficient, of those that Chao's columns have; -1 where none is negative. */
static int most_negative(const loglinear_model *m, const fit_room *room) {
    int at = -1, column = 0;
    double least = 0;
    for (int j = 0; j < m->lists - 2; j++) {
        if (m->dropped >> j & 1) continue;
        double coefficient = room->further[column++];
        if (coefficient < least) least = coefficient, at = j;
    }
    return at;
}

en_status loglinear_fit_heterogeneous(const en_histories *h, heterogeneity differ, en_criterion criterion,
                                      loglinear_fit *out, en_error *err) {
    fitting_one f = {0};
    rules by = {criterion, ZEROS_SAMPLED};
    loglinear_model model;
    hierarchical_main_effects(h->n_lists, &model);
    model.differ = differ;
    en_status status = begin_one(h, &f, err);
    int negative = -1;
    do {
        if (negative >= 0) model.dropped |= (uint16_t)(1u << negative);
        if (status == EN_OK) status = fit_model(&f.c, &model, &by, &f.room, out, err);
        negative = status == EN_OK && differ == HETEROGENEITY_CHAO && out->status == EN_EST_OK
                       ? most_negative(&model, &f.room)
                       : -1;
    } while (negative >= 0);
    if (status == EN_OK) out->weight = out->status == EN_EST_OK;
    end_one(&f);
    return status;
}

/* ---- many models ---- */

typedef struct fitting_all {
    cell_counts c;
    rules by;
    int order; /* interactions of at most so many lists */
    int workers;
    const en_progress *progress;
    fit_room *rooms;
    const loglinear_model *models; /* of the batch under way */
    size_t n_models;
    loglinear_fit *fits; /* where they go */
} fitting_all;

static en_status fit_batch(void *ctx, size_t task, int worker, en_error *err) {
    fitting_all *f = ctx;
    size_t end = (task + 1) * BATCH < f->n_models ? (task + 1) * BATCH : f->n_models;
    for (size_t i = task * BATCH; i < end; i++)
        EN_TRY(fit_model(&f->c, &f->models[i], &f->by, &f->rooms[worker], &f->fits[i], err));
    return EN_OK;
}

/* Appends the fits of `models`. */
static en_status fit_models(fitting_all *f, const loglinear_model *models, size_t n, loglinear_fits *out,
                            en_error *err) {
    loglinear_fit *wider = realloc(out->fits, (out->n + n) * sizeof *wider);
    if (!wider) return en_no_memory(err);
    out->fits = wider;
    f->models = models;
    f->n_models = n;
    f->fits = wider + out->n;
    EN_TRY(en_parallel_for((n + BATCH - 1) / BATCH, f->workers, fit_batch, f, "log-linear models", f->progress, err));
    out->n += n;
    return EN_OK;
}

static en_status fit_every_model(fitting_all *f, loglinear_fits *out, en_error *err) {
    loglinear_model *models = NULL;
    size_t n = 0;
    EN_TRY(hierarchical_all(f->c.lists, f->order, &models, &n, err));
    en_status status = fit_models(f, models, n, out, err);
    out->all = true;
    free(models);
    return status;
}

/* Candidates in which persons differ; Chao's columns give a bound, and are none. */
static en_status fit_heterogeneous_candidates(fitting_all *f, loglinear_fits *out, en_error *err) {
    loglinear_model models[3];
    for (int i = 0; i < 3; i++) {
        hierarchical_main_effects(f->c.lists, &models[i]);
        models[i].differ = (heterogeneity)(HETEROGENEITY_POISSON2 + i);
    }
    return f->c.lists < 3 ? EN_OK : fit_models(f, models, 3, out, err);
}

/* ---- the search ---- */

static bool is_visited(const loglinear_fits *fits, const loglinear_model *m) {
    for (size_t i = 0; i < fits->n; i++)
        if (hierarchical_compare(&fits->fits[i].model, m) == 0) return true;
    return false;
}

/* The best model whose neighbours were not visited, if it lies in the window; else -1. */
static int64_t next_to_expand(const loglinear_fits *fits, const uint8_t *expanded) {
    double best = INFINITY;
    int64_t next = -1;
    for (size_t i = 0; i < fits->n; i++) {
        double criterion = fits->fits[i].criterion;
        if (criterion < best) best = criterion;
        if (!isnan(criterion) && !expanded[i] && (next < 0 || criterion < fits->fits[next].criterion))
            next = (int64_t)i;
    }
    return next >= 0 && fits->fits[next].criterion <= best + SEARCH_WINDOW ? next : -1;
}

static en_status expand(fitting_all *f, size_t at, loglinear_fits *out, en_error *err) {
    loglinear_model *around = NULL;
    size_t n = 0, fresh = 0;
    EN_TRY(hierarchical_neighbours(&out->fits[at].model, f->order, &around, &n, err));
    for (size_t i = 0; i < n; i++)
        if (!is_visited(out, &around[i])) around[fresh++] = around[i];
    if (out->n + fresh > SEARCH_MAX) fresh = SEARCH_MAX - out->n;
    en_status status = fresh ? fit_models(f, around, fresh, out, err) : EN_OK;
    free(around);
    return status;
}

static en_status search(fitting_all *f, loglinear_fits *out, en_error *err) {
    loglinear_model start;
    uint8_t expanded[SEARCH_MAX] = {0};
    hierarchical_main_effects(f->c.lists, &start);
    EN_TRY(fit_models(f, &start, 1, out, err));
    for (int64_t at; out->n < SEARCH_MAX && (at = next_to_expand(out, expanded)) >= 0;) {
        expanded[at] = 1;
        EN_TRY(expand(f, (size_t)at, out, err));
    }
    return EN_OK;
}

/* ---- together ---- */

static int by_criterion(const void *a, const void *b) {
    const loglinear_fit *x = a, *y = b;
    if (isnan(x->criterion) != isnan(y->criterion)) return isnan(x->criterion) ? 1 : -1;
    if (x->criterion != y->criterion && !isnan(x->criterion)) return x->criterion < y->criterion ? -1 : 1;
    return hierarchical_compare(&x->model, &y->model);
}

static void weigh(loglinear_fits *out) {
    double sum = 0, best = out->n ? out->fits[0].criterion : NAN;
    for (size_t i = 0; i < out->n; i++) {
        loglinear_fit *fit = &out->fits[i];
        fit->weight = fit->status == EN_EST_OK ? exp((best - fit->criterion) / 2) : 0;
        sum += fit->weight;
        out->n_no_maximum += fit->status == EN_EST_NO_MAXIMUM;
    }
    for (size_t i = 0; i < out->n && sum > 0; i++) out->fits[i].weight /= sum;
}

static en_status begin(const en_histories *h, const en_estimate_options *options, fitting_all *f, en_error *err) {
    f->by = (rules){options->criterion, options->delete_empty ? ZEROS_DELETED : ZEROS_SAMPLED};
    f->order = options->interactions > 0         ? options->interactions
               : h->n_lists <= LOGLINEAR_ALL_MAX ? h->n_lists
                                                 : SEARCH_ORDER;
    f->progress = options->progress;
    f->workers = en_parallel_workers(SEARCH_MAX, options->threads);
    EN_TRY(existence_prepare(err));
    EN_TRY(cell_counts_from_histories(h, &f->c, err));
    if (!(f->rooms = calloc((size_t)f->workers, sizeof *f->rooms))) return en_no_memory(err);
    for (int i = 0; i < f->workers; i++) EN_TRY(fit_room_new(h->n_lists, &f->rooms[i], err));
    return EN_OK;
}

static void end(fitting_all *f) {
    for (int i = 0; f->rooms && i < f->workers; i++) fit_room_clear(&f->rooms[i]);
    free(f->rooms);
    cell_counts_clear(&f->c);
}

en_status loglinear_fit_all(const en_histories *h, const en_estimate_options *options, loglinear_fits *out,
                            en_error *err) {
    fitting_all f = {0};
    *out = (loglinear_fits){0};
    EN_TRY(check_lists(h, err));
    en_status status = begin(h, options, &f, err);
    if (status == EN_OK)
        status = h->n_lists <= LOGLINEAR_ALL_MAX ? fit_every_model(&f, out, err) : search(&f, out, err);
    if (status == EN_OK && options->heterogeneity) status = fit_heterogeneous_candidates(&f, out, err);
    end(&f);
    if (status != EN_OK) {
        loglinear_fits_clear(out);
        return status;
    }
    qsort(out->fits, out->n, sizeof *out->fits, by_criterion);
    weigh(out);
    return EN_OK;
}

void loglinear_fits_clear(loglinear_fits *fits) {
    free(fits->fits);
    *fits = (loglinear_fits){0};
}
