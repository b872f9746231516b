/* Who is recorded wrongly, and whom no row names: shares that are known from elsewhere, carried into draws of N. */
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/sort.h"
#include "estimate/methods.h"

/* A share with 95 % between its bounds: Beta with their middle as mean and their distance over 2 * 1.96 as deviation.
 * Its own 95 % interval is close to the bounds, less so where one of them is near 0. No distance: a constant. */
typedef struct share {
    double mean, a, b;
} share;

static bool share_between(double low, double high, share *out) {
    *out = (share){.mean = (low + high) / 2};
    if (!(low >= 0 && low <= high && high < 1)) return false;
    double deviation = (high - low) / (2 * 1.959964);
    if (deviation == 0) return true;
    double size = fmax(out->mean * (1 - out->mean) / (deviation * deviation) - 1, 1e-3);
    out->a = out->mean * size;
    out->b = (1 - out->mean) * size;
    return true;
}

static double draw_share(const share *s, en_rng *rng) { return s->a > 0 ? en_rng_beta(rng, s->a, s->b) : s->mean; }

static en_status read_shares(const en_adjustment *a, share *wrong, share *unlinked, en_error *err) {
    if (!share_between(a->wrong_low, a->wrong_high, wrong))
        return en_fail(err, EN_ERR_USAGE,
                       "the share recorded wrongly lies between two shares from 0 to below 1, not %g and %g",
                       a->wrong_low, a->wrong_high);
    if (!share_between(a->unlinked_low, a->unlinked_high, unlinked))
        return en_fail(err, EN_ERR_USAGE,
                       "the share that cannot be linked lies between two shares from 0 to below 1, not %g and %g",
                       a->unlinked_low, a->unlinked_high);
    return EN_OK;
}

en_status en_adjust_draws(const double *draws, int64_t n, const en_adjustment *a, double *out, en_error *err) {
    share wrong, unlinked;
    en_rng rng;
    EN_TRY(read_shares(a, &wrong, &unlinked, err));
    en_rng_init(&rng, a->seed, 0x61646a75); /* a stream of its own */
    for (int64_t i = 0; i < n; i++) {
        double kept = 1 - draw_share(&wrong, &rng), named = fmax(1e-6, 1 - draw_share(&unlinked, &rng));
        out[i] = draws[i] * kept / named;
    }
    return EN_OK;
}

static en_status adjust_draws_of(en_estimate *e, const en_adjustment *a, en_error *err) {
    double sum = 0;
    EN_TRY(en_adjust_draws(e->draws, e->n_draws, a, e->draws, err));
    en_sort_doubles(e->draws, (size_t)e->n_draws);
    for (int64_t i = 0; i < e->n_draws; i++) sum += e->draws[i];
    e->median = en_quantile(e->draws, e->n_draws, .5);
    e->low = en_quantile(e->draws, e->n_draws, (1 - e->level) / 2);
    e->high = en_quantile(e->draws, e->n_draws, (1 + e->level) / 2);
    e->at_least = en_quantile(e->draws, e->n_draws, .05);
    if (!isnan(e->mean)) e->mean = sum / (double)e->n_draws;
    return EN_OK;
}

en_status en_estimate_adjust(en_estimate *e, const en_adjustment *a, en_error *err) {
    share wrong, unlinked;
    EN_TRY(read_shares(a, &wrong, &unlinked, err));
    if (a->wrong_high == 0 && a->unlinked_high == 0) return EN_OK;
    if (e->status != EN_EST_OK) return EN_OK;
    e->published_low = e->published_high = NAN;
    if (e->n_draws > 0) {
        EN_TRY(adjust_draws_of(e, a, err));
    } else {
        double least = (1 - a->wrong_high) / (1 - a->unlinked_low), most = (1 - a->wrong_low) / (1 - a->unlinked_high);
        e->median *= (1 - wrong.mean) / (1 - unlinked.mean);
        e->mean *= (1 - wrong.mean) / (1 - unlinked.mean);
        e->low *= least;
        e->at_least *= least;
        e->high *= most;
    }
    estimate_warn(
        e,
        "taken in: %.3g to %.3g %% of those recorded are there wrongly, whatever lists hold them, and %.3g to "
        "%.3g %% of all persons are named by no row well enough to be linked",
        100 * a->wrong_low, 100 * a->wrong_high, 100 * a->unlinked_low, 100 * a->unlinked_high);
    return EN_OK;
}
