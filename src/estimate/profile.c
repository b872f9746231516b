/* Profile likelihood of N (Cormack 1992): for each N the model is fitted to all 2^t cells with N - n in cell 0.
 *
 * With D the deviance of that Poisson fit, whose means sum to N, the multinomial log-likelihood is, but for a constant,
 *   -D/2 + [log N! - N log N + N] - [log n0! - n0 log n0 + n0],
 * in which every term is small however large the counts. n0 may be fractional. */
#include "estimate/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/special.h"

enum { ROOT_STEPS = 60, KNOTS = 33 };
static const double LOG_N0_MIN = -12, LOG_N0_RANGE = 35, Z_END = 3.6;

typedef struct curve {
    cell_counts c; /* with cell 0 in use */
    const loglinear_model *model;
    fit_room room;
    double n, top_at, top; /* log n0 and log-likelihood at the maximum */
} curve;

/* log x! - x log x + x */
static double stirling_rest(double x) {
    if (x < 16) return log_gamma(x + 1) - (x > 0 ? x * log(x) - x : 0);
    return .5 * log(2 * 3.14159265358979323846 * x) + (1. / 12 - 1 / (360 * x * x)) / x;
}

/* -INFINITY where no fit is found: with hardly anybody in cell 0 there may be no maximum. */
static double height(curve *k, double log_n0) {
    poisson_fit fit;
    double n0 = exp(log_n0);
    k->c.count[0] = n0;
    k->c.total = k->n + n0;
    poisson_fit_run(&k->c, k->model, true, &k->room, &fit);
    if (!fit.converged) poisson_fit_run(&k->c, k->model, false, &k->room, &fit);
    if (!fit.converged) return -INFINITY;
    return stirling_rest(k->n + n0) - stirling_rest(n0) - fit.deviance / 2;
}

/* Golden section; the curve has one peak near the Poisson estimate. */
static void find_top(curve *k, double start) {
    const double ratio = .6180339887498949;
    double half = 1, middle = fmax(start, LOG_N0_MIN + 1), a = middle - half, b = middle + half;
    while (half < LOG_N0_RANGE && (height(k, a) > height(k, middle) || height(k, b) > height(k, middle))) {
        half *= 2;
        a = fmax(middle - half, LOG_N0_MIN);
        b = middle + half;
    }
    double x = b - ratio * (b - a), y = a + ratio * (b - a), fx = height(k, x), fy = height(k, y);
    for (int i = 0; i < ROOT_STEPS && b - a > 1e-9; i++) {
        if (fx >= fy) {
            b = y, y = x, fy = fx;
            x = b - ratio * (b - a), fx = height(k, x);
        } else {
            a = x, x = y, fx = fy;
            y = a + ratio * (b - a), fy = height(k, y);
        }
    }
    k->top_at = (a + b) / 2;
    k->top = height(k, k->top_at);
}

/* log n0 on the side of z's sign where the curve has fallen by z²/2; -INFINITY or INFINITY where it never does. */
static double find_end(curve *k, double z) {
    double side = z < 0 ? -1 : 1, wanted = k->top - z * z / 2, inside = k->top_at, outside = inside, step = .25;
    do {
        inside = outside;
        outside += side * step;
        step *= 1.5;
        if (outside < LOG_N0_MIN || fabs(outside - k->top_at) > LOG_N0_RANGE) return side * INFINITY;
    } while (height(k, outside) > wanted);
    for (int i = 0; i < ROOT_STEPS && fabs(outside - inside) > 1e-9; i++) {
        double middle = (inside + outside) / 2;
        if (height(k, middle) > wanted)
            inside = middle;
        else
            outside = middle;
    }
    return (inside + outside) / 2;
}

/* N at knots of z, then linear between them. Where the curve stays up at the lower end, that end is n. */
static void fill_draws(curve *k, profile *out) {
    double knot[KNOTS];
    for (int i = 0; i < KNOTS; i++) {
        double z = Z_END * (2. * i / (KNOTS - 1) - 1);
        knot[i] = k->n + exp(2 * i == KNOTS - 1 ? k->top_at : find_end(k, z));
    }
    out->falls = isfinite(knot[KNOTS - 1]);
    for (int i = 0; i < DRAWS_MAX && out->falls; i++) {
        double at = (normal_quantile((i + .5) / DRAWS_MAX) / Z_END + 1) / 2 * (KNOTS - 1);
        int left = (int)fmin(fmax(at, 0), KNOTS - 2);
        out->draws[i] = knot[left] + (at - left) * (knot[left + 1] - knot[left]);
    }
}

static en_status begin(const cell_counts *c, const loglinear_model *model, curve *k, en_error *err) {
    k->model = model;
    k->n = c->total;
    EN_TRY(cell_counts_new(c->lists, &k->c, err));
    memcpy(k->c.count, c->count, c->n * sizeof *c->count);
    memcpy(k->c.in_use, c->in_use, c->n);
    k->c.in_use[0] = 1;
    return fit_room_new(c->lists, &k->room, err);
}

en_status profile_run(const cell_counts *c, const loglinear_model *model, double log_n0, double level, profile *out,
                      en_error *err) {
    curve k = {0};
    double z = normal_quantile(.5 + level / 2);
    en_status status = begin(c, model, &k, err);
    if (status == EN_OK) {
        find_top(&k, log_n0);
        out->best = k.n + exp(k.top_at);
        out->low = k.n + exp(find_end(&k, -z));
        out->high = k.n + exp(find_end(&k, z));
        out->at_least = k.n + exp(find_end(&k, -normal_quantile(.95)));
        fill_draws(&k, out);
    }
    cell_counts_clear(&k.c);
    fit_room_clear(&k.room);
    return status;
}
