/* Parallel tempering of latent classes: copies of the chain whose likelihood counts ever less, down to the prior,
 * exchange their states. A state that climbs to the prior and comes back down, a round trip, has forgotten its mode.
 * Pure; a ladder depends on its seed and number alone. */
#ifndef EN_ESTIMATE_TEMPERING_H
#define EN_ESTIMATE_TEMPERING_H

#include "estimate/latent_chain.h"

enum { TEMPERING_RUNGS_MAX = 64 };

typedef struct rung {
    latent_model model; /* its power is 1 on the first rung, 0 on the last */
    latent_chain chain;
    int walker;            /* the state that is here now */
    double score;          /* of the state, by latent_chain_score */
    double tried, refused; /* exchanges with the next rung: how many, and the sum of the chances that they fail */
} rung;

typedef struct tempering {
    const latent_model *model;
    en_rng rng;
    int n_rungs;
    rung *rungs;
    int heading[TEMPERING_RUNGS_MAX]; /* of each walker: 1 since it left the first rung, -1 since it left the last */
    int64_t round_trips;              /* of all walkers: first rung, last, first */
    uint64_t iteration;
} tempering;

/* `model` stays the caller's. Ladders of different numbers begin far apart. */
en_status tempering_init(tempering *ladder, const latent_model *model, int n_rungs, uint64_t seed, int number,
                         int n_ladders, en_error *err);
void tempering_clear(tempering *ladder);

/* Every rung moves, then every other pair of neighbours may exchange. The draw is rungs[0].chain.unseen. */
void tempering_advance(tempering *ladder, bool tuning);
/* Places the rungs so that exchanges fail equally often everywhere, sets scales, and begins to tune steps afresh. */
void tempering_place(tempering *ladder);
/* Fixes the steps at what tuning found; round trips count from here. */
void tempering_settle(tempering *ladder);
/* Sum over the rungs of the shares of exchanges that fail: the ladder's length as a state feels it. */
double tempering_barrier(const tempering *ladder);

#endif
