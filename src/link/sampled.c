/* How well a linkage does, from a stratified sample of its pairs that people judged. */
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "everyname/link.h"

typedef struct stratum {
    int number;
    bool joined;
    int64_t judged, same;
    double size;     /* pairs that it stands for */
    double expected; /* sum of the model's probabilities of those judged */
} stratum;

typedef struct rates {
    double precision, recall;
} rates;

enum { REPLICATES = 4000 };

static int64_t stratum_of(stratum *strata, int64_t n, const en_link_asked *asked) {
    for (int64_t k = 0; k < n; k++)
        if (strata[k].number == asked->stratum && strata[k].joined == asked->joined) return k;
    strata[n] = (stratum){.number = asked->stratum, .joined = asked->joined};
    return n;
}

static int64_t gather(const en_link_asked *asked, const bool *same, int64_t n, stratum *strata) {
    int64_t n_strata = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t k = stratum_of(strata, n_strata, &asked[i]);
        if (k == n_strata) n_strata++;
        strata[k].judged++;
        strata[k].same += same[i];
        strata[k].size += asked[i].stands_for;
        strata[k].expected += (double)asked[i].probability;
    }
    return n_strata;
}

static rates rates_of(const stratum *strata, int64_t n, const double *share) {
    double right = 0, joined = 0, missed = 0;
    for (int64_t k = 0; k < n; k++) {
        if (strata[k].joined)
            joined += strata[k].size, right += strata[k].size * share[k];
        else
            missed += strata[k].size * share[k];
    }
    return (rates){joined > 0 ? right / joined : NAN, right + missed > 0 ? right / (right + missed) : NAN};
}

/* The share of a stratum's pairs that are the same, as it may be: the judged ones as they are, of the others a binomial
 * draw whose chance comes from Beta(same + p, different + 1 - p), p being what the model expected: a prior worth one
 * pair, so that a stratum without an error is not taken to be free of them. */
static double draw_share(en_rng *rng, const stratum *s) {
    double expected = s->expected / (double)s->judged, others = round(s->size) - (double)s->judged;
    double a = (double)s->same + fmin(fmax(expected, 0.001), 0.999);
    double chance = en_rng_beta(rng, a, (double)s->judged + 1 - a);
    double more = others > 0 ? (double)en_rng_binomial(rng, (int64_t)others, chance) : 0;
    return ((double)s->same + more) / ((double)s->judged + fmax(others, 0));
}

static int ascending(const void *pa, const void *pb) {
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a > b) - (a < b);
}

/* The middle `level` of the replicates, and the estimate in any case. */
static void interval(double *x, double level, double estimate, double *low, double *high) {
    qsort(x, REPLICATES, sizeof *x, ascending);
    int64_t out = (int64_t)((1 - level) / 2 * REPLICATES);
    *low = fmin(x[out], estimate);
    *high = fmax(x[REPLICATES - 1 - out], estimate);
}

static void replicate(const stratum *strata, int64_t n, uint64_t seed, double *share, double *precision,
                      double *recall) {
    en_rng rng;
    en_rng_init(&rng, seed, 0);
    for (int r = 0; r < REPLICATES; r++) {
        for (int64_t k = 0; k < n; k++) share[k] = draw_share(&rng, &strata[k]);
        rates drawn = rates_of(strata, n, share);
        precision[r] = drawn.precision;
        recall[r] = drawn.recall;
    }
}

en_status en_link_evaluate_sample(const en_link_asked *asked, const bool *same, int64_t n, double level, uint64_t seed,
                                  en_link_sampled *out, en_error *err) {
    *out = (en_link_sampled){NAN, NAN, NAN, NAN, NAN, NAN, n};
    if (!(level > 0 && level < 1)) return en_fail(err, EN_ERR_USAGE, "the level %g is not between 0 and 1", level);
    if (n <= 0) return EN_OK;
    stratum *strata = malloc((size_t)n * sizeof *strata);
    double *share = malloc((size_t)n * sizeof *share), *drawn = malloc(2 * REPLICATES * sizeof *drawn);
    en_status status = strata && share && drawn ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        int64_t n_strata = gather(asked, same, n, strata);
        for (int64_t k = 0; k < n_strata; k++) share[k] = (double)strata[k].same / (double)strata[k].judged;
        rates estimate = rates_of(strata, n_strata, share);
        replicate(strata, n_strata, seed, share, drawn, drawn + REPLICATES);
        out->precision = estimate.precision;
        out->recall = estimate.recall;
        interval(drawn, level, estimate.precision, &out->precision_low, &out->precision_high);
        interval(drawn + REPLICATES, level, estimate.recall, &out->recall_low, &out->recall_high);
    }
    free(strata);
    free(share);
    free(drawn);
    return status;
}
