/* Parallel tempering.
 *
 * Rung r has the likelihood prod_w (pi_w / (1 - pi_0))^n_w, classes and n0 summed out, to a power from 1 down to 0; the
 * last rung is the prior, drawn afresh each time. Neighbours a, b in states x, y exchange them with the chance min(1,
 * exp((power_a - power_b) (l(y) - l(x)))), l the log likelihood. Even and odd pairs take turns, which carries states
 * along instead of letting them wander, and powers are placed for equal failure (Syed, Bouchard-Côté, Deligiannidis and
 * Doucet 2022, JRSS B 84:321). */
#include "estimate/tempering.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEMPERING_STREAM = 1 << 20 }; /* of random numbers, after those of the chains */

void tempering_clear(tempering *t) {
    for (int r = 0; t->rungs && r < t->n_rungs; r++) {
        latent_chain_clear(&t->rungs[r].chain);
    }
    free(t->rungs);
    *t = (tempering){0};
}

static en_status init_rung(tempering *t, int r, uint64_t seed, int number, int n_ladders, en_error *err) {
    rung *here = &t->rungs[r];
    /* Powers fall evenly in their logs down to the weight of three persons. */
    double least = fmin(.5, 3 / t->model->observed);
    here->model = *t->model;
    here->model.power = r == t->n_rungs - 1 ? 0 : pow(least, (double)r / (t->n_rungs - 2));
    here->walker = r;
    return latent_chain_init(&here->chain, &here->model, seed, (number + 1) * TEMPERING_RUNGS_MAX + r, n_ladders, err);
}

en_status tempering_init(tempering *t, const latent_model *model, int n_rungs, uint64_t seed, int number, int n_ladders,
                         en_error *err) {
    *t = (tempering){.model = model, .n_rungs = n_rungs};
    en_rng_init(&t->rng, seed, (uint64_t)TEMPERING_STREAM + (uint64_t)number);
    if (!(t->rungs = calloc((size_t)n_rungs, sizeof *t->rungs))) return en_no_memory(err);
    for (int r = 0; r < n_rungs; r++) EN_TRY(init_rung(t, r, seed, number, n_ladders, err));
    return EN_OK;
}

static void exchange(rung *a, rung *b) {
    int walker = a->walker;
    a->walker = b->walker;
    b->walker = walker;
    double score = a->score;
    a->score = b->score;
    b->score = score;
    latent_chain_exchange(&a->chain, &b->chain);
}

static void try_exchange(tempering *t, int r) {
    rung *a = &t->rungs[r], *b = a + 1;
    double gain = (a->model.power - b->model.power) * (b->score - a->score), chance = fmin(1, exp(gain));
    if (isnan(chance)) chance = 0;
    a->tried++;
    a->refused += 1 - chance;
    if (en_rng_uniform(&t->rng) < chance) exchange(a, b);
}

static void note_ends(tempering *t) {
    int cold = t->rungs[0].walker, hot = t->rungs[t->n_rungs - 1].walker;
    if (t->heading[cold] < 0) t->round_trips++;
    t->heading[cold] = 1;
    if (t->heading[hot] > 0) t->heading[hot] = -1;
}

void tempering_advance(tempering *t, bool tuning) {
    for (int r = 0; r < t->n_rungs; r++) {
        latent_chain_advance(&t->rungs[r].chain, tuning);
        t->rungs[r].score = latent_chain_score(&t->rungs[r].chain);
    }
    for (int r = (int)(t->iteration & 1); r + 1 < t->n_rungs; r += 2) try_exchange(t, r);
    t->iteration++;
    note_ends(t);
    latent_chain_draw_unseen(&t->rungs[0].chain);
}

double tempering_barrier(const tempering *t) {
    double sum = 0;
    for (int r = 0; r + 1 < t->n_rungs; r++) sum += t->rungs[r].tried ? t->rungs[r].refused / t->rungs[r].tried : 0;
    return sum;
}

/* The barrier from the first rung, as a function of the power, is taken as linear between rungs. */
static void respace(tempering *t) {
    double at[TEMPERING_RUNGS_MAX] = {0}, up_to[TEMPERING_RUNGS_MAX] = {0};
    int n = t->n_rungs;
    for (int r = 0; r < n; r++) {
        const rung *before = r ? &t->rungs[r - 1] : NULL;
        at[r] = t->rungs[r].model.power;
        /* A little is added so that a gap that always lets pass keeps some width. */
        up_to[r] = before ? up_to[r - 1] + before->refused / fmax(before->tried, 1) + .02 : 0;
    }
    for (int r = 1, i = 0; r < n - 1; r++) {
        double want = up_to[n - 1] * r / (n - 1);
        while (i + 1 < n - 1 && up_to[i + 1] < want) i++;
        double part = (want - up_to[i]) / (up_to[i + 1] - up_to[i]);
        t->rungs[r].model.power = at[i] + part * (at[i + 1] - at[i]);
    }
}

void tempering_place(tempering *t) {
    respace(t);
    for (int r = 0; r < t->n_rungs; r++) {
        t->rungs[r].tried = t->rungs[r].refused = 0;
        latent_chain_rescale(&t->rungs[r].chain);
        latent_chain_draw_unseen(&t->rungs[r].chain);
    }
}

void tempering_settle(tempering *t) {
    for (int r = 0; r < t->n_rungs; r++) {
        latent_chain_settle(&t->rungs[r].chain);
        t->rungs[r].tried = t->rungs[r].refused = 0;
    }
    memset(t->heading, 0, sizeof t->heading);
    t->round_trips = 0;
}
