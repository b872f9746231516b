/* What people decided about pairs says how far the model's probabilities can be trusted: log odds are shifted and
 * scaled to fit (Platt 1999). Pairs that were asked about were chosen by their probability, never by the answer, so
 * that the fit is not biased by the choice. */
#include <math.h>
#include <stdlib.h>

#include "link/cluster.h"

/* Without labels log odds stay as they are: the prior of the shift and of the slope, in standard deviations. */
#define SHIFT_SPREAD 2.0
#define SLOPE_SPREAD 0.3
#define SLOPE_LEAST 0.2
enum { NEWTON_STEPS = 50, LABELS_LEAST = 10 };

typedef struct label {
    double weight;
    bool same;
} label;

/* Newton's method on the penalised log likelihood, which is concave in shift and slope. */
static void fit(const label *labels, size_t n, double *shift, double *slope) {
    double a = 0, b = 1, var_a = SHIFT_SPREAD * SHIFT_SPREAD, var_b = SLOPE_SPREAD * SLOPE_SPREAD;
    for (int step = 0; step < NEWTON_STEPS; step++) {
        double ga = -a / var_a, gb = -(b - 1) / var_b, haa = 1 / var_a, hab = 0, hbb = 1 / var_b;
        for (size_t i = 0; i < n; i++) {
            double w = labels[i].weight, p = 1 / (1 + exp(-(a + b * w))), residual = (labels[i].same ? 1 : 0) - p;
            ga += residual;
            gb += residual * w;
            haa += p * (1 - p);
            hab += p * (1 - p) * w;
            hbb += p * (1 - p) * w * w;
        }
        double det = haa * hbb - hab * hab, da = (hbb * ga - hab * gb) / det, db = (haa * gb - hab * ga) / det;
        double scale = fmax(1, fmax(fabs(da), 4 * fabs(db)));
        a += da / scale;
        b += db / scale;
        if (fabs(da) + fabs(db) < 1e-9) break;
    }
    *shift = a;
    *slope = b > SLOPE_LEAST ? b : SLOPE_LEAST;
}

en_status link_calibrate(const link_set *set, const link_judgements *judged, link_model *model, en_error *err) {
    if (judged->n < LABELS_LEAST) return EN_OK;
    label *labels = malloc(judged->n * sizeof *labels);
    if (!labels) return en_no_memory(err);
    for (size_t i = 0; i < judged->n; i++) {
        link_pair pair = {.a = judged->of[i].a, .b = judged->of[i].b};
        pair.pattern = link_pattern(set, pair.a, pair.b, &pair.rarity);
        link_score_pair(set, model, &pair);
        labels[i] = (label){(double)pair.weight, judged->of[i].judged == EN_JUDGED_SAME};
    }
    fit(labels, judged->n, &model->shift, &model->slope);
    free(labels);
    return EN_OK;
}
