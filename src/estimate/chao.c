/* Chao's lower bound for lists of unequal size: N ≥ n + (f1² - sum_j Z_j²) / (2 (f2 + 1)), f_k being those on k lists
 * and Z_j those on list j alone (Chao 1987, model Mth, with the correction that lets f2 be 0). It allows that persons
 * differ in how easily they are found, and takes lists to be independent for one person. */
#include <math.h>
#include <stdio.h>

#include "estimate/methods.h"
#include "estimate/special.h"

/* By the delta method, Z_j and f2 as independent Poisson counts, and n0 itself Poisson: with lists of equal size it is
 * Chao's (1987) f2 (r^4/4 + r^3 + r^2/2), r = f1/f2, term by term. */
static double variance(const en_histories *h, double f1, double f2, double n0) {
    double sum = n0 + n0 / (f2 + 1) * (n0 / (f2 + 1)) * f2;
    for (int64_t i = 0; i < h->n_cells; i++) {
        if (h->patterns[i] & (h->patterns[i] - 1)) continue;
        double alone = (double)h->counts[i], slope = (f1 - alone) / (f2 + 1);
        sum += slope * slope * alone;
    }
    return sum;
}

en_status chao_estimate(const en_histories *h, const en_estimate_options *options, en_estimate *out, en_error *err) {
    double n = (double)h->observed, f1 = 0, f2 = 0, squares = 0;
    (void)err;
    snprintf(out->model, sizeof out->model,
             "Chao's lower bound for lists of unequal size (1987): persons may differ in how easily they are found; "
             "lists are independent for one person");
    for (int64_t i = 0; i < h->n_cells; i++) {
        double count = (double)h->counts[i];
        int lists = __builtin_popcount(h->patterns[i]);
        if (lists == 1) {
            f1 += count;
            squares += count * count;
        } else if (lists == 2) {
            f2 += count;
        }
    }
    double n0 = fmax(0, (f1 * f1 - squares) / (2 * (f2 + 1)));
    /* Log-normal interval for n0 (Chao 1987): n + n0 / c to n + n0 c. */
    double spread = n0 > 0 ? sqrt(log1p(variance(h, f1, f2, n0) / (n0 * n0))) : 0;
    double z = normal_quantile(.5 + out->level / 2);
    out->status = EN_EST_OK;
    out->converged = true;
    out->median = n + n0;
    out->low = n + n0 * exp(-z * spread);
    out->high = n + n0 * exp(z * spread);
    out->at_least = n + n0 * exp(-normal_quantile(.95) * spread);
    if (f2 == 0) estimate_warn(out, "nobody is on exactly two lists: the bound rests on the correction for that alone");
    (void)options;
    return EN_OK;
}
