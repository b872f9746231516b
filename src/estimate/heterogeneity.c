/* How persons differ, as columns h(k) of the number k of lists that hold a person. With capture probabilities that vary
 * on the logit scale, log mu_w gains the log moment generating function of their distribution at k (Darroch, Fienberg,
 * Glonek and Junker 1993): normal gives k²/2, Poisson with base a gives a^k - 1, gamma gives log a - log(a + k), as
 * Rivest and Baillargeon (2007) set them out, a = 2 and 3.5 being their choices. The smaller a of the gamma, the more
 * persons there are whom lists hardly find and of whom data tell least; a = 1 is ours. Every h(0) is 0, so that the
 * intercept stays the log mean of those on no list. */
#include "estimate/heterogeneity.h"

#include <math.h>

const char *heterogeneity_name(heterogeneity differ) {
    static const char *const names[] = {"", "Chao", "Poisson2", "Darroch", "Gamma3.5", "Gamma1"};
    return names[differ];
}

static double value(heterogeneity differ, int k) {
    switch (differ) {
    case HETEROGENEITY_POISSON2: return ldexp(1, k) - 1;
    case HETEROGENEITY_DARROCH: return k * k / 2.;
    case HETEROGENEITY_GAMMA1: return -log1p(k);
    default: return log(3.5) - log(3.5 + k);
    }
}

int heterogeneity_count(const loglinear_model *m) {
    if (m->differ == HETEROGENEITY_NONE) return 0;
    int n = m->differ == HETEROGENEITY_CHAO ? m->lists - 2 : 1;
    return n - __builtin_popcount(m->dropped);
}

int heterogeneity_columns(const loglinear_model *m, double *const *column) {
    int all = heterogeneity_count(m) + __builtin_popcount(m->dropped), n = 0;
    for (int j = 0; j < all; j++) {
        if (m->dropped >> j & 1) continue;
        for (size_t w = 0; w < (size_t)1 << m->lists; w++) {
            int k = __builtin_popcount((unsigned)w);
            column[n][w] = m->differ == HETEROGENEITY_CHAO ? fmax(k - (j + 2), 0) : value(m->differ, k);
        }
        n++;
    }
    return n;
}
