/* Each pair of lists alone: what follows where the two are independent, and where they depend on one another. */
#include <math.h>
#include <stdlib.h>

#include "estimate/sensitivity_parts.h"

static void count_pair(const en_histories *h, en_pair *p) {
    for (int64_t i = 0; i < h->n_cells; i++) {
        bool a = h->patterns[i] >> p->a & 1, b = h->patterns[i] >> p->b & 1;
        *(a && b ? &p->both : a ? &p->only_a : b ? &p->only_b : &p->neither) += h->counts[i];
    }
}

/* Chapman (1951): (n_a + 1)(n_b + 1)/(m + 1) - 1, m on both, with Seber's (1970) variance (n_a + 1)(n_b + 1)(n_a - m)
 * (n_b - m)/((m + 1)²(m + 2)). The interval is log-normal for those on neither (Chao 1987). */
static en_total chapman(const en_pair *p, double level) {
    double m = (double)p->both, a = (double)p->only_a, b = (double)p->only_b;
    double on_either = m + a + b, total = (m + a + 1) * (m + b + 1) / (m + 1) - 1, rest = total - on_either;
    double variance = (m + a + 1) * (m + b + 1) * a * b / ((m + 1) * (m + 1) * (m + 2));
    return total_of(on_either, rest, rest > 0 ? log1p(variance / (rest * rest)) : 0, level);
}

/* With odds ratio theta those on neither are theta n01 n10 / n11; log of it has variance 1/n01 + 1/n10 + 1/n11. Some of
 * them are recorded on other lists: fewer than those cannot be. */
static en_total with_odds(const en_pair *p, double theta, double level) {
    double m = (double)p->both, a = (double)p->only_a, b = (double)p->only_b, recorded = m + a + b + (double)p->neither;
    if (m == 0) return total_none();
    en_total t = total_of(m + a + b, theta * a * b / m, a > 0 && b > 0 ? 1 / m + 1 / a + 1 / b : 0, level);
    double *ends[] = {&t.total, &t.low, &t.high, &t.at_least};
    for (int i = 0; i < 4; i++) *ends[i] = fmax(*ends[i], recorded);
    return t;
}

en_status compare_pairs(const en_histories *h, double level, en_sensitivity *out, en_error *err) {
    for (int i = 0; i < EN_ODDS; i++) out->odds[i] = exp2(.5 * i - 2);
    out->pairs = calloc((size_t)h->n_lists * (size_t)h->n_lists + 1, sizeof *out->pairs);
    if (!out->pairs) return en_no_memory(err);
    for (int a = 0; a < h->n_lists; a++)
        for (int b = a + 1; b < h->n_lists; b++) {
            en_pair *p = &out->pairs[out->n_pairs++];
            *p = (en_pair){.a = a, .b = b};
            count_pair(h, p);
            p->chapman = chapman(p, level);
            for (int i = 0; i < EN_ODDS; i++) p->by_odds[i] = with_odds(p, out->odds[i], level);
        }
    return EN_OK;
}
