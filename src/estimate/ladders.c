/* Several tempered ladders: how many rungs they need, where the rungs go, and when to stop. */
#include "estimate/ladders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "estimate/tempering.h"

enum {
    RUNGS_FIRST = 16,
    PILOTS_MAX = 3, /* attempts to find how many rungs are needed */
    PILOT = 100,    /* iterations, thrice */
    PLACINGS = 4,   /* of the rungs, each after twice the iterations of the one before */
    TUNING = 150,
    FIRST_JUDGED = 1500,
    SLICE = 10,
    JUDGED_MAX = 4000 /* draws of a ladder that are judged: more are thinned */
};
/* Exchanges that fail, of all between neighbours: at a half the round trips for a given work are most (Syed and others
 * 2022, section 5); a little above, since the barrier is underestimated at first. */
#define REFUSED .55
#define SHARE_MIN .1 /* of the iterations wanted, however little work is left */

typedef struct crew {
    const latent_model *model;
    const ladders_options *options;
    tempering ladders[LADDERS];
    int n_rungs;
    double *draws; /* of ladder l at [l * capacity] */
    size_t capacity, length;
    double work;  /* spent */
    double share; /* of the iterations wanted, that the work allows */
    /* of the slice that is running */
    size_t moves;
    bool tuning, keeping;
} crew;

/* ---- running ---- */

static en_status run_slice(void *ctx, size_t number, int worker, en_error *err) {
    crew *c = ctx;
    tempering *ladder = &c->ladders[number];
    (void)worker;
    (void)err;
    for (size_t i = 0; i < c->moves; i++) {
        tempering_advance(ladder, c->tuning);
        if (c->keeping) c->draws[number * c->capacity + c->length + i] = (double)ladder->rungs[0].chain.unseen;
    }
    return EN_OK;
}

static double iteration_work(const crew *c) { return LADDERS * c->n_rungs * latent_chain_cost(c->model); }

static en_status advance(crew *c, size_t moves, en_error *err) {
    for (size_t done = 0; done < moves; done += c->moves) {
        double share = fmin(1, c->work / c->options->work);
        EN_TRY(en_progress_step(c->options->progress, "latent classes, tempered", (uint64_t)(1000 * share), 1000, err));
        c->moves = moves - done < SLICE ? moves - done : SLICE;
        EN_TRY(en_parallel_for(LADDERS, c->options->threads, run_slice, c, "latent classes", NULL, err));
        c->work += (double)c->moves * iteration_work(c);
        if (c->keeping) c->length += c->moves;
    }
    return EN_OK;
}

static en_status place(crew *c, size_t moves, en_error *err) {
    c->tuning = true;
    EN_TRY(advance(c, moves, err));
    for (int l = 0; l < LADDERS; l++) tempering_place(&c->ladders[l]);
    return EN_OK;
}

/* ---- how many rungs ---- */

static void clear_ladders(crew *c) {
    for (int l = 0; l < LADDERS; l++) tempering_clear(&c->ladders[l]);
}

static en_status begin(crew *c, en_error *err) {
    clear_ladders(c);
    for (int l = 0; l < LADDERS; l++)
        EN_TRY(tempering_init(&c->ladders[l], c->model, c->n_rungs, c->options->seed, l, LADDERS, err));
    return EN_OK;
}

static int rungs_needed(const crew *c) {
    double barrier = 0;
    for (int l = 0; l < LADDERS; l++) barrier += tempering_barrier(&c->ladders[l]) / LADDERS;
    return (int)fmin(TEMPERING_RUNGS_MAX, 2 + barrier / REFUSED);
}

static en_status pilot(crew *c, en_error *err) {
    c->n_rungs = RUNGS_FIRST;
    for (int attempt = 0;; attempt++) {
        EN_TRY(begin(c, err));
        EN_TRY(place(c, PILOT, err));
        EN_TRY(place(c, PILOT, err));
        EN_TRY(advance(c, PILOT, err));
        int needed = rungs_needed(c);
        if (needed <= c->n_rungs || attempt == PILOTS_MAX) return EN_OK;
        c->n_rungs = needed;
    }
}

/* The share of the iterations that the work which is left allows, of those that every run should have. Ladders that are
 * cut short are refused, as a rule, but in time. */
static double affordable(const crew *c) {
    double wanted = PILOT * ((1 << PLACINGS) - 1) + TUNING + FIRST_JUDGED;
    double left = (c->options->work - c->work) / iteration_work(c);
    return fmin(1, fmax(SHARE_MIN, left / wanted));
}

static en_status settle(crew *c, en_error *err) {
    double moves = PILOT * c->share;
    for (int i = 0; i < PLACINGS; i++, moves *= 2) EN_TRY(place(c, (size_t)moves, err));
    EN_TRY(advance(c, (size_t)(TUNING * c->share), err));
    for (int l = 0; l < LADDERS; l++) tempering_settle(&c->ladders[l]);
    c->tuning = false;
    return EN_OK;
}

/* ---- when to stop ---- */

/* N of the last two thirds of each ladder's draws, thinned; how many a ladder. */
static size_t choose_judged(const crew *c, double *totals) {
    size_t from = c->length / 3, every = (c->length - from + JUDGED_MAX - 1) / JUDGED_MAX,
           n = (c->length - from) / every;
    for (size_t l = 0; l < LADDERS; l++)
        for (size_t i = 0; i < n; i++)
            totals[l * n + i] = c->model->observed + c->draws[l * c->capacity + from + i * every];
    return n;
}

static en_status measure_error(const crew *c, const double *totals, size_t n, double *worst, en_error *err) {
    const double at[] = {(1 - c->options->level) / 2, .5, (1 + c->options->level) / 2};
    *worst = 0;
    for (int i = 0; i < 3; i++) {
        double error;
        EN_TRY(convergence_error(totals, LADDERS, n, at[i], &error, err));
        *worst = fmax(*worst, error);
    }
    return EN_OK;
}

/* Ranks of N are those of log(n0 + 1/2). */
static en_status judge(const crew *c, ladders_result *out, en_error *err) {
    double *totals = calloc(LADDERS * JUDGED_MAX, sizeof *totals);
    if (!totals) return en_no_memory(err);
    size_t n = choose_judged(c, totals);
    en_status status = convergence_measure(totals, LADDERS, n, &out->measured, err);
    if (status == EN_OK) status = measure_error(c, totals, n, &out->error, err);
    free(totals);
    out->round_trips = out->fewest_trips = c->ladders[0].round_trips;
    for (int l = 1; l < LADDERS; l++) {
        int64_t trips = c->ladders[l].round_trips;
        out->round_trips += trips;
        if (trips < out->fewest_trips) out->fewest_trips = trips;
    }
    out->converged = convergence_is_reached(&out->measured) && out->error <= LADDER_ERROR_MAX &&
                     out->fewest_trips >= LADDER_TRIPS_MIN;
    return status;
}

static en_status keep_draws(const crew *c, ladders_result *out, en_error *err) {
    size_t from = c->length / 3;
    out->length = c->length - from;
    out->n_rungs = c->n_rungs;
    if (!(out->draws = calloc(LADDERS * out->length, sizeof *out->draws))) return en_no_memory(err);
    for (size_t l = 0; l < LADDERS; l++)
        memcpy(out->draws + l * out->length, c->draws + l * c->capacity + from, out->length * sizeof *out->draws);
    return EN_OK;
}

/* Looks when the draws have grown by a half; the last look is when the work is spent. */
static en_status draw(crew *c, ladders_result *out, en_error *err) {
    double left = (c->options->work - c->work) / iteration_work(c);
    size_t until = (size_t)(FIRST_JUDGED * c->share);
    c->capacity = left > (double)until ? (size_t)left : until;
    if (!(c->draws = calloc(LADDERS * c->capacity, sizeof *c->draws))) return en_no_memory(err);
    c->keeping = true;
    for (;;) {
        EN_TRY(advance(c, until - c->length, err));
        EN_TRY(judge(c, out, err));
        if (out->converged || c->length == c->capacity) return keep_draws(c, out, err);
        until = until * 3 / 2 < c->capacity ? until * 3 / 2 : c->capacity;
    }
}

en_status ladders_run(const latent_model *model, const ladders_options *options, ladders_result *out, en_error *err) {
    crew c = {.model = model, .options = options};
    *out = (ladders_result){.measured = {NAN, NAN, NAN}, .error = NAN};
    en_status status = pilot(&c, err);
    c.share = affordable(&c);
    if (status == EN_OK) status = settle(&c, err);
    if (status == EN_OK) status = draw(&c, out, err);
    clear_ladders(&c);
    free(c.draws);
    if (status != EN_OK) ladders_clear(out);
    return status;
}

void ladders_clear(ladders_result *result) {
    free(result->draws);
    *result = (ladders_result){0};
}
