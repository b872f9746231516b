/* Latent classes: many chains from starts far apart, in rounds, until they agree or the work is spent.
 *
 * A round has twice the draws of the one before. It is judged by its own draws, so that what is older is warm-up.
 * Converged means rank-normalised split R-hat ≤ 1.01 and at least 400 effective draws of
 * log(n0 + 1/2) in bulk and tail (Vehtari and others 2021), and that no chain stayed through an earlier round where the
 * draws that are judged hardly come, unless they are so many that the place can carry little weight: R-hat does not see
 * a mode that the last chain has just left. Nothing here looks at the clock. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/sort.h"
#include "estimate/convergence.h"
#include "estimate/ladders.h"
#include "estimate/latent_chain.h"
#include "estimate/methods.h"
#include "estimate/modes.h"

enum {
    /* Of two modes each of which draws half of the starts, four chains miss one in one run of eight, sixteen in one of
     * 30,000. Colombia 1999 (modes at 1,411 and above, .46 of the starts in the first) passed by such luck with four.
     */
    CHAINS = 16,
    CHAINS_MAX = 64,
    CLASSES_MAX = 10, /* as LCMCR; with 15 the answers were the same and the work half as much again */
    WARM_UP = 150,    /* moves, three times: find the place, find the scales, find the step */
    FIRST_ROUND_MIN = 250,
    FIRST_ROUND_MAX = 20000,
    ROUNDS_MAX = 8,
    SLICE = 50 /* moves of every chain between looks at whether to stop */
};
#define LEFT_BEHIND .005   /* share of draws beyond the place where a chain stayed: fewer, and it was left */
#define WEIGHT_MAX .025    /* that a mode may have that was left and not found again */
#define APART 1.2          /* R-hat after two rounds: more draws do not bring such chains together */
#define WORK_MAX 32e6      /* of all chains, in the units of latent_chain_cost */
#define TEMPER_SECONDS 40. /* of all ladders, by default */
#define TEMPER_PERSONS                                                                                                 \
    1e6 /* above, none by default: of 4 to 24 thousand million, 40 s made 0 to 5 round trips a ladder */
#define FIRST_ROUND_WORK                                                                                               \
    1.6e6 /* likewise: where moves are cheap there are many, and the ends of intervals lose their Monte Carlo error */

typedef struct crew {
    latent_model model;
    latent_chain *chains;
    int n_chains, threads;
    double first_work; /* of all chains in the first round */
    const en_progress *progress;
    double *draws; /* n0 of chain c, draw i at [c * length + i] */
    size_t length; /* draws a chain of this round */
    size_t moves_done, moves_in_all;
    double stays[CHAINS_MAX * ROUNDS_MAX];    /* median n0 of each chain in each earlier round */
    size_t stay_for[CHAINS_MAX * ROUNDS_MAX]; /* its draws */
    size_t n_stays;
    /* of the slice that is running */
    size_t from, to;
    bool tuning, keeping;
} crew;

/* ---- running the chains ---- */

static en_status run_slice(void *ctx, size_t number, int worker, en_error *err) {
    crew *c = ctx;
    latent_chain *chain = &c->chains[number];
    (void)worker;
    (void)err;
    for (size_t i = c->from; i < c->to; i++) {
        latent_chain_advance(chain, c->tuning);
        if (c->keeping) c->draws[number * c->length + i] = (double)chain->unseen;
    }
    return EN_OK;
}

/* `moves` of every chain. */
static en_status run_moves(crew *c, size_t moves, en_error *err) {
    for (size_t done = 0; done < moves; done += SLICE) {
        EN_TRY(en_progress_step(c->progress, "latent classes", c->moves_done, c->moves_in_all, err));
        c->from = done;
        c->to = moves - done < SLICE ? moves : done + SLICE;
        EN_TRY(en_parallel_for((size_t)c->n_chains, c->threads, run_slice, c, "latent classes", NULL, err));
        c->moves_done += c->to - c->from;
    }
    return EN_OK;
}

/* A chain that was still on its way while its step was tuned has one that fits where it came from. No step is longer
 * than the median of all: kosovo, seed 3, had one at 2.3 times the others, which cost four fifths of the effective
 * draws. */
static void share_steps(crew *c) {
    double steps[CHAINS_MAX];
    for (int i = 0; i < c->n_chains; i++) steps[i] = c->chains[i].step;
    en_sort_doubles(steps, (size_t)c->n_chains);
    double most = steps[(c->n_chains - 1) / 2];
    for (int i = 0; i < c->n_chains; i++) c->chains[i].step = fmin(c->chains[i].step, most);
}

static en_status tune_chains(crew *c, en_error *err) {
    c->tuning = true;
    c->keeping = false;
    for (int i = 0; i < c->n_chains; i++) latent_chain_rescale(&c->chains[i]);
    EN_TRY(run_moves(c, WARM_UP, err));
    for (int i = 0; i < c->n_chains; i++) latent_chain_settle(&c->chains[i]);
    share_steps(c);
    return EN_OK;
}

static en_status warm_up(crew *c, en_error *err) {
    c->tuning = true;
    EN_TRY(run_moves(c, WARM_UP, err));
    EN_TRY(tune_chains(c, err));
    return tune_chains(c, err);
}

static en_status run_round(crew *c, convergence *measured, en_error *err) {
    size_t all = (size_t)c->n_chains * c->length;
    free(c->draws);
    if (!(c->draws = calloc(all, sizeof *c->draws))) return en_no_memory(err);
    c->tuning = false;
    c->keeping = true;
    EN_TRY(run_moves(c, c->length, err));
    double *logs = calloc(all, sizeof *logs);
    if (!logs) return en_no_memory(err);
    for (size_t i = 0; i < all; i++) logs[i] = log(c->draws[i] + .5);
    en_status status = convergence_measure(logs, c->n_chains, c->length, measured, err);
    free(logs);
    return status;
}

/* Sorts each chain's draws, and keeps where it stayed. The order of draws is of no more use then. */
static void note_stays(crew *c) {
    for (int i = 0; i < c->n_chains; i++) {
        double *draws = c->draws + (size_t)i * c->length;
        en_sort_doubles(draws, c->length);
        c->stay_for[c->n_stays] = c->length;
        c->stays[c->n_stays++] = en_quantile(draws, c->length, .5);
    }
}

/* A place where a chain stayed before, and where hardly a draw of this round comes, though it might carry weight; NAN
 * where there is none. Not to have come back in n draws bounds the rate of coming by 3 / n (95 %), and with it the
 * weight by 3 / n times the stay. */
static double left_behind(const crew *c) {
    size_t all = (size_t)c->n_chains * c->length;
    for (size_t s = 0; s < c->n_stays; s++) {
        size_t below = 0;
        if (3 * (double)c->stay_for[s] < WEIGHT_MAX * (double)all) continue;
        for (size_t i = 0; i < all; i++) below += c->draws[i] <= c->stays[s];
        if (fmin((double)below, (double)(all - below)) < LEFT_BEHIND * (double)all) return c->stays[s];
    }
    return NAN;
}

static size_t first_round(const crew *c) {
    double moves = c->first_work / c->n_chains / latent_chain_cost(&c->model);
    return moves < FIRST_ROUND_MIN ? FIRST_ROUND_MIN : moves > FIRST_ROUND_MAX ? FIRST_ROUND_MAX : (size_t)moves;
}

/* Rounds that the work allows: at least one. */
static int rounds_allowed(const crew *c, size_t *moves) {
    double each = c->n_chains * latent_chain_cost(&c->model);
    size_t length = first_round(c);
    int rounds = 0;
    *moves = 3 * WARM_UP;
    do {
        *moves += length + (rounds ? WARM_UP : 0);
        length *= 2;
        rounds++;
    } while (rounds < ROUNDS_MAX && (double)(*moves + length) * each < WORK_MAX);
    return rounds;
}

static en_status run_rounds(crew *c, convergence *measured, bool *converged, en_error *err) {
    int rounds = rounds_allowed(c, &c->moves_in_all);
    EN_TRY(warm_up(c, err));
    c->length = first_round(c);
    for (int round = 0;; round++, c->length *= 2) {
        EN_TRY(run_round(c, measured, err));
        *converged = convergence_is_reached(measured) && isnan(left_behind(c));
        if (*converged || round + 1 == rounds || (round > 0 && measured->rhat > APART)) return EN_OK;
        note_stays(c);
        EN_TRY(tune_chains(c, err));
    }
}

/* ---- the estimate ---- */

/* "51000, 143000": medians of N, each chain's, in order. */
static void print_medians(crew *c, char *text, size_t cap) {
    double medians[CHAINS_MAX];
    size_t at = 0;
    for (int i = 0; i < c->n_chains; i++) {
        double *draws = c->draws + (size_t)i * c->length;
        en_sort_doubles(draws, c->length);
        medians[i] = c->model.observed + en_quantile(draws, c->length, .5);
    }
    en_sort_doubles(medians, (size_t)c->n_chains);
    for (int i = 0; i < c->n_chains; i++) {
        if (at + 32 > cap) {
            snprintf(text + at, cap - at, " … %.0f", medians[c->n_chains - 1]);
            return;
        }
        at += (size_t)snprintf(text + at, cap - at, "%s%.0f", i ? ", " : "", medians[i]);
    }
}

/* Plain chains that disagreed, as the first of two warnings. */
static void tell_chains(crew *c, const convergence *m, en_estimate *out) {
    char medians[160];
    double left = convergence_is_reached(m) ? left_behind(c) : NAN;
    print_medians(c, medians, sizeof medians);
    if (isnan(left))
        estimate_warn(out,
                      "chains from different starts gave different answers: medians of N %s; R-hat %.3f (to be at most "
                      "1.01), effective draws %.0f in bulk and %.0f in tails (to be at least 400)",
                      medians, m->rhat, m->ess_bulk, m->ess_tail);
    else
        estimate_warn(out, "a chain stayed near N = %.0f, and all ended at medians %s", c->model.observed + left,
                      medians);
}

/* Modes of `chains` times `length` draws of n0, which become draws of N. */
static en_status list_modes(const crew *c, double *draws, int chains, size_t length, bool crossed, en_estimate *out,
                            en_error *err) {
    for (size_t i = 0; i < (size_t)chains * length; i++) draws[i] += c->model.observed;
    return modes_find(draws, chains, length, c->model.observed, crossed, out, err);
}

static en_status refuse_ladders(const crew *c, const ladders_result *l, en_estimate *out, en_error *err) {
    estimate_refuse(
        out, EN_EST_NOT_CONVERGED,
        "%d tempered ladders did not agree either: R-hat %.3f, effective draws %.0f and %.0f, fewest round trips "
        "of a ladder %lld (to be at least %d), error of the interval %.0f %% (to be at most %.0f %%)",
        LADDERS, l->measured.rhat, l->measured.ess_bulk, l->measured.ess_tail, (long long)l->fewest_trips,
        LADDER_TRIPS_MIN, 100 * l->error, 100 * LADDER_ERROR_MAX);
    EN_TRY(list_modes(c, l->draws, LADDERS, l->length, l->fewest_trips >= LADDER_TRIPS_MIN, out, err));
    return out->n_modes ? EN_OK : list_modes(c, c->draws, c->n_chains, c->length, false, out, err);
}

/* `draws` of n0, `all` of them, lose their order. */
static en_status summarise(const crew *c, double *draws, size_t all, en_estimate *out, en_error *err) {
    double n = c->model.observed, sum = 0, far = 0;
    en_sort_doubles(draws, all);
    for (size_t i = 0; i < all; i++) {
        sum += draws[i];
        far += draws[i] > 20 * n;
    }
    out->status = EN_EST_OK;
    out->converged = true;
    out->mean = n + sum / (double)all;
    out->median = n + en_quantile(draws, all, .5);
    out->low = n + en_quantile(draws, all, (1 - out->level) / 2);
    out->high = n + en_quantile(draws, all, (1 + out->level) / 2);
    out->at_least = n + en_quantile(draws, all, .05);
    snprintf(out->tail, sizeof out->tail, "Pr(N > 21 n) = %.2g; largest draw of %zu: %.0f", far / (double)all, all,
             n + draws[all - 1]);
    if (!(out->draws = calloc(DRAWS_MAX, sizeof *out->draws))) return en_no_memory(err);
    out->n_draws = DRAWS_MAX;
    for (int i = 0; i < DRAWS_MAX; i++) out->draws[i] = n + en_quantile(draws, all, (i + .5) / DRAWS_MAX);
    return EN_OK;
}

static void describe(const crew *c, en_estimate *out) {
    snprintf(out->model, sizeof out->model,
             "latent classes, at most %d, lists independent within a class (Manrique-Vallier 2016); %d chains",
             c->model.classes, c->n_chains);
    snprintf(out->prior, sizeof out->prior,
             "capture probabilities uniform; class weights by stick-breaking, alpha ~ Gamma(.25, rate .25); p(N) "
             "proportional to 1/N, no upper limit");
}

int latent_classes(const en_histories *h, const en_estimate_options *o) {
    if (o->classes) return o->classes;
    return h->n_lists >= 4 ? CLASSES_MAX : (1 << h->n_lists) - 1;
}

static void note_measured(const convergence *m, en_estimate *out) {
    out->rhat = m->rhat;
    out->ess_bulk = m->ess_bulk;
    out->ess_tail = m->ess_tail;
}

/* Where plain chains disagree. */
static en_status temper(crew *c, uint64_t seed, double seconds, en_estimate *out, en_error *err) {
    ladders_options options = {seed, c->threads, out->level, 1e6 * seconds, c->progress};
    ladders_result ladders;
    EN_TRY(ladders_run(&c->model, &options, &ladders, err));
    note_measured(&ladders.measured, out);
    size_t at = strlen(out->model);
    snprintf(out->model + at, sizeof out->model - at, ", then %d tempered ladders of %d rungs with %lld round trips",
             LADDERS, ladders.n_rungs, (long long)ladders.round_trips);
    en_status status = ladders.converged ? summarise(c, ladders.draws, LADDERS * ladders.length, out, err)
                                         : refuse_ladders(c, &ladders, out, err);
    ladders_clear(&ladders);
    return status;
}

/* Chains that disagree, and ladders that are not run. */
static en_status refuse_chains(const crew *c, const en_estimate_options *options, en_estimate *out, en_error *err) {
    if (options->temper == 0)
        estimate_warn(
            out,
            "with more than %.0f persons modes stand too far apart for tempering to join them soon, so that it "
            "was left out; --temper SECONDS runs it all the same",
            TEMPER_PERSONS);
    return list_modes(c, c->draws, c->n_chains, c->length, false, out, err);
}

static en_status run(crew *c, const en_estimate_options *options, en_estimate *out, en_error *err) {
    convergence measured = {NAN, NAN, NAN};
    bool converged = false;
    if (!(c->chains = calloc((size_t)c->n_chains, sizeof *c->chains))) return en_no_memory(err);
    for (int i = 0; i < c->n_chains; i++)
        EN_TRY(latent_chain_init(&c->chains[i], &c->model, options->seed, i, c->n_chains, err));
    EN_TRY(run_rounds(c, &measured, &converged, err));
    note_measured(&measured, out);
    if (converged) return summarise(c, c->draws, (size_t)c->n_chains * c->length, out, err);
    tell_chains(c, &measured, out);
    out->status = EN_EST_NOT_CONVERGED;
    if (options->temper < 0 || (options->temper == 0 && c->model.observed > TEMPER_PERSONS))
        return refuse_chains(c, options, out, err);
    return temper(c, options->seed, options->temper > 0 ? options->temper : TEMPER_SECONDS, out, err);
}

en_status latent_estimate(const en_histories *h, const en_estimate_options *options, en_estimate *out, en_error *err) {
    crew c = {.model = {h, h->n_lists, latent_classes(h, options), (double)h->observed, 1},
              .n_chains = options->chains ? options->chains : CHAINS,
              .threads = options->threads,
              .first_work = options->short_chains ? FIRST_ROUND_WORK / 5 : FIRST_ROUND_WORK,
              .progress = options->progress};
    if (h->n_lists < 3) {
        estimate_refuse(out, EN_EST_NOT_IDENTIFIED,
                        "latent classes need three lists that record somebody; there are %d", h->n_lists);
        return EN_OK;
    }
    describe(&c, out);
    en_status status = run(&c, options, out, err);
    for (int i = 0; c.chains && i < c.n_chains; i++) latent_chain_clear(&c.chains[i]);
    free(c.chains);
    free(c.draws);
    return status;
}
