/* Which method's truths, and those of log-linear models. */
#include "estimate/truths.h"

#include <math.h>
#include <stdlib.h>

double truth_people(const en_estimate *e, en_rng *rng) { return e->draws[en_rng_below(rng, (uint64_t)e->n_draws)]; }

en_status truth_source_open(const en_histories *h, const en_estimate_options *options, const en_estimate *e,
                            truth_source *out, en_error *err) {
    *out = (truth_source){.histories = h, .estimate = e, .options = *options};
    graphs_options graphs = {.delta = options->delta > 0 ? options->delta : ldexp(1, -h->n_lists),
                             .complete = options->complete_graph,
                             .threads = options->threads,
                             .progress = options->progress};
    switch (e->method) {
    case EN_METHOD_LATENT: return latent_states_draw(h, options, &out->states, err);
    case EN_METHOD_GRAPHS: return graphs_posterior(h, &graphs, &out->posterior, NULL, err);
    default: return loglinear_fit_all(h, options, &out->fits, err);
    }
}

/* The best model, or one by its weight. */
static const loglinear_fit *choose_fit(const truth_source *s, en_rng *rng) {
    double left = en_rng_uniform(rng);
    if (s->estimate->method == EN_METHOD_LOGLINEAR_BEST) return &s->fits.fits[0];
    for (size_t i = 0; i < s->fits.n; i++)
        if ((left -= s->fits.fits[i].weight) < 0) return &s->fits.fits[i];
    return &s->fits.fits[0];
}

static en_status draw_loglinear(const truth_source *s, en_rng *rng, truth *out, en_error *err) {
    const loglinear_fit *chosen = choose_fit(s, rng);
    loglinear_fit again;
    EN_TRY(loglinear_fit_one(s->histories, &chosen->model, s->options.criterion, &again, out->cells, err));
    out->people = llround(chosen->total);
    return EN_OK;
}

en_status truth_draw(const truth_source *s, en_rng *rng, truth *out, en_error *err) {
    switch (s->estimate->method) {
    case EN_METHOD_LATENT: truth_draw_latent(s, rng, out); return EN_OK;
    case EN_METHOD_GRAPHS: truth_draw_graph(s, rng, out); return EN_OK;
    default: return draw_loglinear(s, rng, out, err);
    }
}

void truth_source_clear(truth_source *s) {
    support_clear(&s->posterior);
    loglinear_fits_clear(&s->fits);
    free(s->states.unseen);
    free(s->states.cells);
    *s = (truth_source){0};
}
