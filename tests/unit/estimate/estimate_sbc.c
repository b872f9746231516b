/* Prior, data and ranks of simulation-based calibration. The priors are written out here, apart from the code that they
 * test. */
#include "estimate_sbc.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/rng.h"
#include "estimate/graphs.h"
#include "estimate/latent_chain.h"
#include "estimate_samples.h"

enum { LISTS = 3, CELLS = 1 << LISTS, OBSERVED = 100, DRAWS = 19, WARM_UP = 100 };

double sbc_chi_square(const int *ranks) {
    double sets = 0, chi = 0;
    for (int i = 0; i < SBC_BINS; i++) sets += ranks[i];
    for (int i = 0; i < SBC_BINS; i++) chi += pow(ranks[i] - sets / SBC_BINS, 2) / (sets / SBC_BINS);
    return chi;
}

static void count_rank(int *ranks, double share) { ranks[(int)fmin(SBC_BINS - 1, SBC_BINS * share)]++; }

/* ---- graphs ---- */

/* Each list alone, three single edges, three paths: `centre` and the lists that it is joined to. Chances of the centre
 * are Beta(4 delta, 4 delta), of a list joined to it Beta(2 delta, 2 delta) given either value of the centre. */
static void draw_table(en_rng *rng, double delta, double *pi) {
    static const struct {
        int centre;
        uint32_t joined;
    } graphs[] = {{0, 0}, {0, 2}, {0, 4}, {1, 4}, {0, 6}, {1, 5}, {2, 3}};
    int graph = (int)en_rng_below(rng, 7), centre = graphs[graph].centre;
    double p[LISTS][2];
    for (int j = 0; j < LISTS; j++) {
        bool joined = graphs[graph].joined >> j & 1;
        double a = joined ? 2 * delta : 4 * delta;
        p[j][0] = en_rng_beta(rng, a, a);
        p[j][1] = joined ? en_rng_beta(rng, a, a) : p[j][0];
    }
    for (uint32_t w = 0; w < CELLS; w++) {
        int given = w >> centre & 1;
        pi[w] = 1;
        for (int j = 0; j < LISTS; j++) pi[w] *= w >> j & 1 ? p[j][given] : 1 - p[j][given];
    }
}

static en_status rank_in_graphs(en_rng *rng, const int64_t *counts, const graphs_options *options, int *ranks,
                                en_error *err) {
    en_histories h;
    support s = {0};
    sample_histories(LISTS, counts, &h);
    en_status status = graphs_posterior(&h, options, &s, NULL, err);
    if (status == EN_OK) {
        double below = support_cdf(&s, (double)counts[0] - 1), at = support_cdf(&s, (double)counts[0]) - below;
        count_rank(ranks, below + at * en_rng_uniform(rng));
        support_clear(&s);
    }
    en_histories_clear(&h);
    return status;
}

en_status sbc_graphs(double delta, int sets, uint64_t seed, int *ranks, en_error *err) {
    graphs_options options = {.delta = delta, .prior = {.size = 4, .success = .02}, .threads = 1};
    en_rng rng;
    en_rng_init(&rng, seed, 0);
    memset(ranks, 0, SBC_BINS * sizeof *ranks);
    for (int done = 0; done < sets;) {
        double pi[CELLS];
        int64_t counts[CELLS], people = en_rng_negbinomial(&rng, options.prior.size, options.prior.success);
        draw_table(&rng, delta, pi);
        en_rng_multinomial(&rng, people, pi, CELLS, counts);
        if (people - counts[0] < 2) continue;
        EN_TRY(rank_in_graphs(&rng, counts, &options, ranks, err));
        done++;
    }
    return EN_OK;
}

/* ---- latent classes ---- */

/* log(pi_w / (1 - pi_0)) of w > 0, and 1 - pi_0 at [0]. Seen cells are summed, since pi_0 may be near 1. */
static void draw_mixture(en_rng *rng, int classes, double *out) {
    double left = 1, seen = 0, alpha = en_rng_gamma(rng, .25) / .25;
    double pi[CELLS] = {0};
    for (int k = 0; k < classes; k++) {
        double v = k == classes - 1 ? 1 : en_rng_beta(rng, 1, fmax(alpha, 1e-12)), lambda[LISTS];
        for (int j = 0; j < LISTS; j++) lambda[j] = en_rng_uniform(rng);
        for (uint32_t w = 1; w < CELLS; w++) {
            double share = left * v;
            for (int j = 0; j < LISTS; j++) share *= w >> j & 1 ? lambda[j] : 1 - lambda[j];
            pi[w] += share;
        }
        left *= 1 - v;
    }
    for (int w = 1; w < CELLS; w++) seen += pi[w];
    for (int w = 1; w < CELLS; w++) out[w] = pi[w] / seen;
    out[0] = seen;
}

typedef struct truth {
    int64_t counts[CELLS]; /* that of nobody's lists is n0 */
    double score;          /* log likelihood of the seen */
} truth;

static void draw_truth(en_rng *rng, int classes, truth *t) {
    double shares[CELLS];
    draw_mixture(rng, classes, shares);
    double seen = shares[0];
    shares[0] = 0;
    en_rng_multinomial(rng, OBSERVED, shares, CELLS, t->counts);
    t->counts[0] = en_rng_negbinomial(rng, OBSERVED, seen);
    t->score = 0;
    for (int w = 1; w < CELLS; w++)
        if (t->counts[w]) t->score += (double)t->counts[w] * log(shares[w]);
}

static void run_chain(latent_chain *chain, int apart, double *unseen, double *scores) {
    for (int phase = 0; phase < 2; phase++) {
        for (int i = 0; i < WARM_UP; i++) latent_chain_advance(chain, true);
        if (phase == 0) latent_chain_rescale(chain);
    }
    latent_chain_settle(chain);
    for (int i = 0; i < DRAWS; i++) {
        for (int k = 0; k < apart; k++) latent_chain_advance(chain, false);
        unseen[i] = (double)chain->unseen;
        scores[i] = latent_chain_score(chain);
    }
}

/* Ties are broken at random. */
static double rank_of(en_rng *rng, double value, const double *draws) {
    int below = 0, equal = 0;
    for (int i = 0; i < DRAWS; i++) {
        below += draws[i] < value;
        equal += draws[i] == value;
    }
    return (below + (double)en_rng_below(rng, (uint64_t)equal + 1) + .5) / (DRAWS + 1);
}

en_status sbc_latent(int classes, int sets, int apart, uint64_t seed, int *unseen, int *scores, en_error *err) {
    en_rng rng;
    en_rng_init(&rng, seed, (uint64_t)1 << 32);
    memset(unseen, 0, SBC_BINS * sizeof *unseen);
    memset(scores, 0, SBC_BINS * sizeof *scores);
    for (int i = 0; i < sets; i++) {
        truth t;
        en_histories h;
        latent_chain chain;
        double drawn_unseen[DRAWS], drawn_scores[DRAWS];
        draw_truth(&rng, classes, &t);
        sample_histories(LISTS, t.counts, &h);
        latent_model model = {&h, LISTS, classes, OBSERVED, 1};
        en_status status = latent_chain_init(&chain, &model, seed, i, 4, err);
        if (status == EN_OK) {
            run_chain(&chain, apart, drawn_unseen, drawn_scores);
            count_rank(unseen, rank_of(&rng, (double)t.counts[0], drawn_unseen));
            count_rank(scores, rank_of(&rng, t.score, drawn_scores));
            latent_chain_clear(&chain);
        }
        en_histories_clear(&h);
        EN_TRY(status);
    }
    return EN_OK;
}
