/* One Markov chain on the latent-class model of capture (Manrique-Vallier 2016): Gibbs sweeps joined with Hamiltonian
 * moves on the marginal target. Pure; a chain depends on its seed and number alone. */
#ifndef EN_ESTIMATE_LATENT_CHAIN_H
#define EN_ESTIMATE_LATENT_CHAIN_H

#include "base/rng.h"
#include "everyname/estimate.h"

/* x_ij | z = k ~ Bernoulli(lambda_jk), lambda ~ Beta(1,1); nu_k = V_k prod_{l<k} (1 - V_l), V_k ~ Beta(1, alpha),
 * V_K = 1; alpha ~ Gamma(.25, rate .25); p(N) proportional to 1/N. State is kept per observed cell, not per person. */
typedef struct latent_model {
    const en_histories *histories;
    int lists, classes;
    double observed;
    double power; /* of the likelihood: 1, less for tempering; 0: the chain draws from the prior */
} latent_model;

typedef struct latent_chain {
    const latent_model *model;
    en_rng rng;
    int dims;           /* lists * classes + classes - 1 */
    double *position;   /* logit lambda_jk at [j * classes + k], then log(-log(1 - V_k)) */
    double alpha;       /* of the stick-breaking */
    int64_t unseen;     /* n0 */
    double *scale;      /* of each coordinate, for the Hamiltonian moves */
    double step;        /* of the leapfrog, in scales */
    double *work;       /* scratch */
    int64_t *counts;    /* scratch */
    double *rest;       /* of a tempered sweep: what of each cell's count its whole part leaves out */
    double *kept;       /* scratch: the position before a tempered sweep */
    double *memory;     /* all of the doubles */
    double averages[3]; /* of step tuning: log step averaged, error averaged, moves since it began */
    double start_step;
    double *mean, *square; /* of each coordinate, since scales were last set */
    double seen;
} latent_chain;

/* Chains of different numbers begin far apart: with few to very many unseen, and with different classes. */
en_status latent_chain_init(latent_chain *chain, const latent_model *model, uint64_t seed, int number, int chains,
                            en_error *err);
void latent_chain_clear(latent_chain *chain);

/* One Hamiltonian move and one Gibbs sweep. With `tuning` the step is adapted to an acceptance of .8. */
void latent_chain_advance(latent_chain *chain, bool tuning);
/* Sets the scales from the spread of the coordinates since the last call, and begins to tune the step afresh. */
void latent_chain_rescale(latent_chain *chain);
/* Fixes the step at the average that tuning found. */
void latent_chain_settle(latent_chain *chain);

/* log likelihood of the state, its power left out: sum_w n_w (log pi_w - log(1 - pi_0)). */
double latent_chain_score(latent_chain *chain);
/* The chance of each of the 2^lists histories in this state. */
void latent_chain_cells(latent_chain *chain, double *cells);
/* Two chains on the same lists and classes trade states; how many are unseen is drawn afresh. */
void latent_chain_exchange(latent_chain *a, latent_chain *b);
void latent_chain_draw_unseen(latent_chain *chain);

/* Rough cost of one latent_chain_advance, in microseconds of 2020s hardware: bounds work, the same on every machine. */
double latent_chain_cost(const latent_model *model);

/* log density of (position | alpha) up to a constant, and its gradient (dims). For tests as well. */
double latent_target(const latent_chain *chain, const double *position, double *gradient);

#endif
