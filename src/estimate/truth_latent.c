/* Truths of latent classes: states of four chains, matched to the N that the estimate drew.
 *
 * A state is looked up by its unseen, beside an N of the estimate's own draws, so that N is distributed as in the
 * estimate also where that needed tempering and plain chains would weigh its modes wrongly. */
#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "estimate/latent_chain.h"
#include "estimate/truths.h"

enum { CHAINS = 4, WARM_UP = 150, STATES_EACH = 250, APART = 10 };
static const uint64_t STREAM = UINT64_C(3) << 40; /* streams of the estimate begin at 0, of its ladders above */

typedef struct runner {
    const latent_model *model;
    uint64_t seed;
    latent_states *out;
} runner;

static void warm_up(latent_chain *chain) {
    for (int phase = 0; phase < 3; phase++) {
        if (phase) latent_chain_rescale(chain);
        for (int i = 0; i < WARM_UP; i++) latent_chain_advance(chain, true);
        if (phase) latent_chain_settle(chain);
    }
}

static en_status run_chain(void *ctx, size_t number, int worker, en_error *err) {
    const runner *r = ctx;
    latent_chain chain;
    (void)worker;
    EN_TRY(latent_chain_init(&chain, r->model, r->seed ^ STREAM, (int)number, CHAINS, err));
    warm_up(&chain);
    for (size_t i = number * STATES_EACH; i < (number + 1) * STATES_EACH; i++) {
        for (int k = 0; k < APART; k++) latent_chain_advance(&chain, false);
        r->out->unseen[i] = (double)chain.unseen;
        latent_chain_cells(&chain, r->out->cells + i * r->out->width);
    }
    latent_chain_clear(&chain);
    return EN_OK;
}

en_status latent_states_draw(const en_histories *h, const en_estimate_options *o, latent_states *out, en_error *err) {
    latent_model model = {h, h->n_lists, latent_classes(h, o), (double)h->observed, 1};
    runner r = {&model, o->seed, out};
    *out = (latent_states){.n = CHAINS * STATES_EACH, .width = (size_t)1 << h->n_lists};
    out->unseen = calloc(out->n, sizeof *out->unseen);
    out->cells = calloc(out->n * out->width, sizeof *out->cells);
    if (!out->unseen || !out->cells) return en_no_memory(err);
    return en_parallel_for(CHAINS, o->threads, run_chain, &r, "latent classes to draw from", o->progress, err);
}

void truth_draw_latent(const truth_source *s, en_rng *rng, truth *out) {
    double people = truth_people(s->estimate, rng), unseen = people - (double)s->histories->observed;
    size_t nearest = 0;
    double least = INFINITY;
    for (size_t i = 0; i < s->states.n; i++) {
        double apart = fabs(log(s->states.unseen[i] + .5) - log(fmax(unseen, 0) + .5));
        if (apart >= least) continue;
        least = apart;
        nearest = i;
    }
    out->people = llround(people);
    for (size_t w = 0; w < s->states.width; w++) out->cells[w] = s->states.cells[nearest * s->states.width + w];
}
