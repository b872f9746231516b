/* Populations as a fit sees them: for a posterior a draw of N and of the chances of all histories, for log-linear
 * models one of them by its weight, with its fitted cells and its N. From them histories are simulated, to see what the
 * rule for the headline makes of a population of that kind. Pure. */
#ifndef EN_ESTIMATE_TRUTHS_H
#define EN_ESTIMATE_TRUTHS_H

#include "base/rng.h"
#include "estimate/graphs.h"
#include "estimate/loglinear.h"
#include "estimate/methods.h"
#include "estimate/simulate.h"

/* States of chains on the latent-class model. */
typedef struct latent_states {
    size_t n, width; /* width: 2^lists */
    double *unseen;  /* of each */
    double *cells;   /* [state * width]: chances of the histories */
} latent_states;     /* zero-initialised is empty */

typedef struct truth_source {
    const en_histories *histories; /* lent, as overlap_visible gave them */
    const en_estimate *estimate;   /* lent; its status is ok */
    en_estimate_options options;
    support posterior;    /* graphs */
    latent_states states; /* latent */
    loglinear_fits fits;  /* loglinear, loglinear-best */
} truth_source;

typedef struct truth {
    int64_t people;
    double cells[1 << SIMULATE_LISTS_MAX]; /* chances of the 2^lists histories; their sum is about 1 */
} truth;

/* Of an admissible method; at most SIMULATE_LISTS_MAX lists. `out` is owned (truth_source_clear). */
en_status truth_source_open(const en_histories *histories, const en_estimate_options *options,
                            const en_estimate *estimate, truth_source *out, en_error *err);
en_status truth_draw(const truth_source *source, en_rng *rng, truth *out, en_error *err);
void truth_source_clear(truth_source *source);

/* ---- for truths.c ---- */

/* One N of the estimate's draws, each as likely. */
double truth_people(const en_estimate *estimate, en_rng *rng);
void truth_draw_graph(const truth_source *source, en_rng *rng, truth *out);
en_status latent_states_draw(const en_histories *histories, const en_estimate_options *options, latent_states *out,
                             en_error *err);
void truth_draw_latent(const truth_source *source, en_rng *rng, truth *out);

#endif
