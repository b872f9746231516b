#include "link/bounded.h"
#include "link/glance.h"

#include <math.h>

/* About what comparing two values costs. */
static double cost_of(const link_field *f) {
    if (f->table) return 1;
    switch (f->kind) {
    case KIND_SEX:
    case KIND_NUMBER: return 1;
    case KIND_DATE: return 2;
    case KIND_EXACT:
    case KIND_ID: return 3;
    case KIND_NAME:
    case KIND_PLACE: return 5;
    case KIND_TEXT: return 10;
    }
    return 1;
}

void bounded_start(bounded_scorer *s, const link_set *set, const link_model *model, double cut) {
    double worth[FIELDS_MAX];
    *s = (bounded_scorer){.set = set, .cut = cut};
    for (int k = 0; k < set->n_fields; k++) {
        const link_field *f = &set->fields[k];
        double worst = 0;
        s->best[k] =
            k == set->family && set->given >= 0 ? 0 : -INFINITY; /* in a pair with swapped names it is left out */
        for (int l = 0; l < LEVEL_SLOTS; l++) s->w[k][l] = model->w[k][l];
        for (int l = 2; l <= f->n_levels; l++) {
            s->best[k] = fmax(s->best[k], model->w[k][l]);
            worst = fmin(worst, model->w[k][l]);
        }
        worth[k] = (s->best[k] - worst) / cost_of(f);
        int at = k;
        for (; at && worth[s->order[at - 1]] < worth[k]; at--) s->order[at] = s->order[at - 1];
        s->order[at] = k;
    }
}

bool bounded_score(const bounded_scorer *s, link_pair *pair, const uint32_t *x, const uint32_t *y) {
    const link_set *set = s->set;
    double bound = 0, rarity = 0;
    uint64_t pattern = 0;
    unsigned unequal = 0;
    for (int k = 0; k < set->n_fields; k++) {
        if (!x[k] || !y[k]) continue;
        if (x[k] == y[k]) {
            double rare = (double)set->fields[k].rarity[x[k]];
            pattern |= (uint64_t)1 << 4 * k;
            rarity += rare;
            bound += s->w[k][1] + rare;
        } else {
            unequal |= 1u << k;
            bound += s->best[k];
        }
    }
    if (bound < s->cut) return false;
    unsigned names = set->given < 0 ? 0 : 1u << set->given | 1u << set->family;
    if (names && (unequal & names) == names && link_swapped(set, pair->a, pair->b)) {
        unequal &= ~names;
        pattern |= (uint64_t)LEVEL_SWAPPED << 4 * set->given;
        bound += s->w[set->given][LEVEL_SWAPPED] - s->best[set->given] - s->best[set->family];
    }
    for (unsigned left = unequal; left; left &= left - 1) {
        int k = __builtin_ctz(left);
        const link_field *f = &set->fields[k];
        if (!f->glances || !link_surely_different(f->kind, &f->glances[x[k]], &f->glances[y[k]])) continue;
        unequal &= ~(1u << k);
        pattern |= (uint64_t)f->n_levels << 4 * k;
        bound += s->w[k][f->n_levels] - s->best[k];
    }
    if (bound < s->cut) return false;
    for (int i = 0; i < set->n_fields && unequal; i++) {
        int k = s->order[i];
        if (!(unequal >> k & 1)) continue;
        unequal &= ~(1u << k);
        int level = link_field_level(&set->fields[k], (int32_t)x[k], (int32_t)y[k]);
        pattern |= (uint64_t)level << 4 * k;
        bound += s->w[k][level] - s->best[k];
        if (bound < s->cut) return false;
    }
    pair->pattern = pattern;
    pair->rarity = (float)rarity;
    pair->weight = (float)bound;
    return true;
}
