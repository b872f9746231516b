/* The method stepwise: N by the model that forward selection finds, with the interval of that model, and beside it the
 * one that published tools print, and a BCa bootstrap that selects anew in every replicate, so that the choice of the
 * model is inside. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/rng.h"
#include "base/sort.h"
#include "estimate/bca.h"
#include "estimate/existence.h"
#include "estimate/methods.h"
#include "estimate/special.h"
#include "estimate/stepwise.h"

enum { BATCH = 20 };
/* Additions, roughly, of all refits: there are fewer of them where one is dear, so that work is bounded by a count.
 * 2,000 up to 9 lists, 1,000 for 10, 200 for 12. */
static const double WORK_MAX = 2.2e10;
static const double THRESHOLD = .02;               /* as SparseMSE */
static const uint64_t STREAMS = UINT64_C(1) << 40; /* random streams of other methods begin at 0 */

static int replicates_for(int lists) {
    double pairs = lists * (lists - 1) / 2., columns = 1 + lists + pairs;
    double one = 12 * pairs * (lists * ldexp(1, lists) + columns * columns * columns / 6);
    return (int)fmin(DRAWS_MAX, fmax(200, WORK_MAX / one));
}

typedef struct bootstrap {
    const en_histories *h;
    const cell_counts *c;
    uint64_t seed;
    int n_replicates;
    fit_room *rooms;
    cell_counts *samples; /* one a worker */
    int workers;
    double *shares;     /* of cells in the histories */
    double *replicates; /* n_replicates */
    double *left_out;   /* one a cell of the histories */
} bootstrap;

static en_status total_of(const cell_counts *c, fit_room *room, double *total, en_error *err) {
    stepwise_fit fit;
    EN_TRY(stepwise_run(c, THRESHOLD, room, &fit, err));
    *total = fit.status == EN_EST_OK ? fit.total : INFINITY;
    return EN_OK;
}

static en_status replicate(const bootstrap *b, int at, int worker, en_error *err) {
    int64_t *drawn = calloc((size_t)b->h->n_cells + 1, sizeof *drawn);
    cell_counts *sample = &b->samples[worker];
    en_rng rng;
    if (!drawn) return en_no_memory(err);
    en_rng_init(&rng, b->seed, STREAMS + (uint64_t)at);
    en_rng_multinomial(&rng, b->h->observed, b->shares, (size_t)b->h->n_cells, drawn);
    for (int64_t i = 0; i < b->h->n_cells; i++) sample->count[b->h->patterns[i]] = (double)drawn[i];
    free(drawn);
    cell_counts_sum(sample);
    return total_of(sample, &b->rooms[worker], &b->replicates[at], err);
}

static en_status replicate_batch(void *ctx, size_t task, int worker, en_error *err) {
    bootstrap *b = ctx;
    for (int i = (int)task * BATCH; i < ((int)task + 1) * BATCH && i < b->n_replicates; i++)
        EN_TRY(replicate(b, i, worker, err));
    return EN_OK;
}

/* One person of cell `task` left out. */
static en_status leave_out(void *ctx, size_t task, int worker, en_error *err) {
    bootstrap *b = ctx;
    cell_counts *sample = &b->samples[worker];
    memcpy(sample->count, b->c->count, b->c->n * sizeof *sample->count);
    sample->count[b->h->patterns[task]] -= 1;
    cell_counts_sum(sample);
    return total_of(sample, &b->rooms[worker], &b->left_out[task], err);
}

static en_status begin(bootstrap *b, const en_estimate_options *o, en_error *err) {
    size_t n_cells = (size_t)b->h->n_cells;
    b->seed = o->seed;
    b->n_replicates = replicates_for(b->h->n_lists);
    b->workers = en_parallel_workers((size_t)b->n_replicates, o->threads);
    b->rooms = calloc((size_t)b->workers, sizeof *b->rooms);
    b->samples = calloc((size_t)b->workers, sizeof *b->samples);
    b->shares = calloc(n_cells, sizeof *b->shares);
    b->left_out = calloc(n_cells, sizeof *b->left_out);
    b->replicates = calloc((size_t)b->n_replicates, sizeof *b->replicates);
    if (!b->rooms || !b->samples || !b->shares || !b->left_out || !b->replicates) return en_no_memory(err);
    for (int i = 0; i < b->workers; i++) {
        EN_TRY(fit_room_new(b->h->n_lists, &b->rooms[i], err));
        EN_TRY(cell_counts_new(b->h->n_lists, &b->samples[i], err));
    }
    for (size_t i = 0; i < n_cells; i++) b->shares[i] = (double)b->h->counts[i] / (double)b->h->observed;
    return EN_OK;
}

static void end(bootstrap *b) {
    for (int i = 0; i < b->workers; i++) {
        if (b->rooms) fit_room_clear(&b->rooms[i]);
        if (b->samples) cell_counts_clear(&b->samples[i]);
    }
    free(b->rooms);
    free(b->samples);
    free(b->shares);
    free(b->left_out);
    free(b->replicates);
}

/* Runs the replicates and sorts them. */
static en_status run_bootstrap(bootstrap *b, const en_estimate_options *o, en_error *err) {
    size_t tasks = ((size_t)b->n_replicates + BATCH - 1) / BATCH;
    EN_TRY(en_parallel_for(tasks, b->workers, replicate_batch, b, "stepwise", o->progress, err));
    EN_TRY(en_parallel_for((size_t)b->h->n_cells, b->workers, leave_out, b, "stepwise", o->progress, err));
    en_sort_doubles(b->replicates, (size_t)b->n_replicates);
    return EN_OK;
}

/* ---- the estimate ---- */

/* Spread of log n0 with the model as given: Var(b0) of its mean, and log(1 + 1/n0) of a Poisson number of that mean,
 * taken as log-normal (Cormack 1992: Var(N) = e^b0 + e^2b0 Var(b0)). SparseMSE's tables have n + exp(b0 ± z se(b0)),
 * without the second. */
static double spread_of(const stepwise_fit *fit) { return sqrt(fit->var_log_n0 + log1p(exp(-fit->log_n0))); }

static en_status report_given_model(const stepwise_fit *fit, double n, en_estimate *out, en_error *err) {
    double n0 = exp(fit->log_n0), se = spread_of(fit), z = normal_quantile(.5 + out->level / 2);
    out->median = fit->total;
    out->low = n + n0 * exp(-z * se);
    out->high = n + n0 * exp(z * se);
    out->published_low = n + n0 * exp(-z * sqrt(fit->var_log_n0));
    out->published_high = n + n0 * exp(z * sqrt(fit->var_log_n0));
    if (!(out->draws = calloc(DRAWS_MAX, sizeof *out->draws))) return en_no_memory(err);
    out->n_draws = DRAWS_MAX;
    for (int i = 0; i < DRAWS_MAX; i++) out->draws[i] = n + n0 * exp(normal_quantile((i + .5) / DRAWS_MAX) * se);
    return EN_OK;
}

static void warn_of_bootstrap(const bootstrap *b, const bca *ends, en_estimate *out) {
    int without = 0;
    char high[40] = "no upper limit";
    double top = bca_quantile(ends, (1 + out->level) / 2);
    for (int i = 0; i < b->n_replicates; i++) without += isinf(b->replicates[i]);
    if (isfinite(top)) snprintf(high, sizeof high, "%.0f", top);
    estimate_warn(
        out,
        "the interval takes the selected model as given; with the selection inside it (BCa, %d refits) it runs "
        "from %.0f to %s; of the mean alone, as published tables have it, from %.0f to %.0f",
        b->n_replicates, bca_quantile(ends, (1 - out->level) / 2), high, out->published_low, out->published_high);
    if (without)
        estimate_warn(
            out, "%d of %d bootstrap replicates have no estimate: overlaps are so small that they vanish by chance",
            without, b->n_replicates);
}

/* `at_least` is the lower of the two intervals' ends: it has to hold when the selection was wrong too. */
static en_status report_bootstrap(const bootstrap *b, const stepwise_fit *fit, en_estimate *out, en_error *err) {
    double *weights = calloc((size_t)b->h->n_cells + 1, sizeof *weights), n = (double)b->h->observed;
    bca ends = {.n = (size_t)b->n_replicates, .replicates = b->replicates};
    if (!weights) return en_no_memory(err);
    for (int64_t i = 0; i < b->h->n_cells; i++) weights[i] = (double)b->h->counts[i];
    ends.acceleration = bca_acceleration(b->left_out, weights, (size_t)b->h->n_cells);
    ends.bias = bca_bias(b->replicates, ends.n, fit->total);
    free(weights);
    out->at_least =
        fmin(n + exp(fit->log_n0) * exp(-normal_quantile(.95) * spread_of(fit)), fmax(n, bca_quantile(&ends, .05)));
    warn_of_bootstrap(b, &ends, out);
    return EN_OK;
}

static void describe(const en_histories *h, const stepwise_fit *fit, en_estimate *out) {
    char name[128];
    loglinear_name(h, &fit->model, name, sizeof name);
    snprintf(out->model, sizeof out->model,
             "log-linear %s by forward selection of pairs, Poisson p below %g; interval of this model: log-normal for "
             "n0, variance se² + log(1 + 1/n0)",
             name, THRESHOLD);
    add_letters(h, out);
    if (fit->n_empty)
        estimate_warn(out,
                      "%d of its pairs have no overlap: their coefficients are minus infinity, their cells deleted",
                      fit->n_empty);
    if (h->n_lists == 2)
        estimate_warn(out, "with two lists only their independence gives a number, and nothing can test it");
}

static void refuse(const stepwise_fit *fit, en_estimate *out) {
    if (fit->status == EN_EST_NO_MAXIMUM)
        estimate_refuse(out, fit->status, "main effects alone have no maximum: a list meets the others too rarely");
    else if (fit->status == EN_EST_NOT_IDENTIFIED)
        estimate_refuse(out, fit->status, "main effects alone are not identified");
    else
        estimate_refuse(out, fit->status, "the likelihood of main effects alone could not be climbed to its top");
}

static en_status estimate(bootstrap *b, const en_estimate_options *o, en_estimate *out, en_error *err) {
    stepwise_fit fit;
    EN_TRY(begin(b, o, err));
    EN_TRY(existence_prepare(err));
    EN_TRY(stepwise_run(b->c, THRESHOLD, &b->rooms[0], &fit, err));
    if (fit.status != EN_EST_OK) {
        refuse(&fit, out);
        return EN_OK;
    }
    out->status = EN_EST_OK;
    out->converged = true;
    describe(b->h, &fit, out);
    EN_TRY(report_given_model(&fit, (double)b->h->observed, out, err));
    EN_TRY(run_bootstrap(b, o, err));
    return report_bootstrap(b, &fit, out, err);
}

en_status stepwise_estimate(const en_histories *h, const en_estimate_options *o, en_estimate *out, en_error *err) {
    cell_counts c = {0};
    if (h->n_lists > LOGLINEAR_LISTS_MAX) {
        estimate_refuse(
            out, EN_EST_NOT_CONVERGED,
            "not computed: log-linear models are fitted to all 2^lists cells, and that is done for up to %d "
            "lists; there are %d",
            LOGLINEAR_LISTS_MAX, h->n_lists);
        return EN_OK;
    }
    bootstrap b = {.h = h, .c = &c};
    en_status status = cell_counts_from_histories(h, &c, err);
    if (status == EN_OK) status = estimate(&b, o, out, err);
    end(&b);
    cell_counts_clear(&c);
    return status;
}
