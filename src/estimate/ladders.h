/* Latent classes where plain chains give several answers: tempered ladders, until they agree or the work is spent.
 * Pure. */
#ifndef EN_ESTIMATE_LADDERS_H
#define EN_ESTIMATE_LADDERS_H

#include "estimate/convergence.h"
#include "estimate/latent_chain.h"

enum { LADDERS = 4, LADDER_TRIPS_MIN = 20 /* of every ladder */ };
#define LADDER_ERROR_MAX .02

typedef struct ladders_options {
    uint64_t seed;
    int threads;
    double level; /* of the interval whose ends must be known well */
    double work;  /* that may be spent, in the units of latent_chain_cost */
    const en_progress *progress;
} ladders_options;

typedef struct ladders_result {
    bool converged;
    convergence measured;
    double error;         /* largest Monte Carlo error of the median and both ends, as a share of N */
    int64_t round_trips;  /* from the data to the prior and back, of all ladders */
    int64_t fewest_trips; /* of any ladder */
    int n_rungs;
    double *draws; /* n0 of ladder l, draw i at [l * length + i]; owned */
    size_t length;
} ladders_result;

/* Converged: R-hat, effective draws as latent.c has them, 20 round trips of every ladder, and an error of at most 2 %.
 */
en_status ladders_run(const latent_model *model, const ladders_options *options, ladders_result *out, en_error *err);
void ladders_clear(ladders_result *result);

#endif
