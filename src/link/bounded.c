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

static void put_in_order(int *order, const double *worth, int k) {
    int at = k;
    for (; at && worth[order[at - 1]] < worth[k]; at--) order[at] = order[at - 1];
    order[at] = k;
}

void bounded_start(bounded_scorer *s, const link_set *set, const link_model *model, double cut) {
    double worth[FIELDS_MAX], worth_a_look[FIELDS_MAX];
    *s = (bounded_scorer){.set = set, .cut = cut};
    for (int k = 0; k < set->n_fields; k++) {
        const link_field *f = &set->fields[k];
        double worst = 0;
        bool left_out = k == set->family && set->given >= 0; /* in a pair with swapped names */
        s->best[k] = left_out ? 0 : -INFINITY;
        for (int l = 0; l < LEVEL_SLOTS; l++) s->w[k][l] = model->w[k][l];
        for (int l = 2; l <= f->n_levels; l++) {
            s->best[k] = fmax(s->best[k], model->w[k][l] + (f->near_rarity ? LINK_NEAR_MOST : 0));
            worst = fmin(worst, model->w[k][l]);
        }
        worth_a_look[k] = s->best[k] - worst;
        worth[k] = worth_a_look[k] / cost_of(f);
        put_in_order(s->order, worth, k);
        put_in_order(s->glances, worth_a_look, k);
    }
}

/* What a pair is worth at most, as far as it was compared. */
typedef struct bounding {
    double bound;
    uint64_t pattern;
    unsigned unequal; /* fields that are still to be compared, as bits */
} bounding;

static void settle(const bounded_scorer *s, bounding *g, int k, int level) {
    g->unequal &= ~(1u << k);
    g->pattern |= (uint64_t)level << 4 * k;
    g->bound += s->w[k][level] - s->best[k];
}

static double take_equals(const bounded_scorer *s, bounding *g, const uint32_t *x, const uint32_t *y) {
    double rarity = 0;
    for (int k = 0; k < s->set->n_fields; k++) {
        if (!x[k] || !y[k]) continue;
        if (x[k] != y[k]) {
            g->unequal |= 1u << k;
            g->bound += s->best[k];
            continue;
        }
        double rare = (double)s->set->fields[k].rarity[x[k]];
        g->pattern |= (uint64_t)1 << 4 * k;
        g->bound += s->w[k][1] + rare;
        rarity += rare;
    }
    return rarity;
}

static bool is_swapped(const bounded_scorer *s, const uint32_t *x, const uint32_t *y) {
    uint32_t given_x = x[s->sounds], family_x = x[s->sounds + 1], given_y = y[s->sounds], family_y = y[s->sounds + 1];
    return given_x && family_x && given_x != family_x && given_x == family_y && family_x == given_y;
}

static void take_swapped(const bounded_scorer *s, bounding *g, const uint32_t *x, const uint32_t *y) {
    int given = s->set->given, family = s->set->family;
    unsigned names = 1u << given | 1u << family;
    if ((g->unequal & names) != names || !is_swapped(s, x, y)) return;
    settle(s, g, given, LEVEL_SWAPPED);
    g->unequal &= ~names;
    g->bound -= s->best[family];
}

bool bounded_score(const bounded_scorer *s, link_pair *pair, const uint32_t *x, const uint32_t *y) {
    bounding g = {0};
    double rarity = take_equals(s, &g, x, y);
    if (g.bound < s->cut) return false;
    if (s->set->given >= 0) take_swapped(s, &g, x, y);
    for (int i = 0; i < s->set->n_fields; i++) {
        int k = s->glances[i];
        const link_field *f = &s->set->fields[k];
        if (!(g.unequal >> k & 1) || !f->glances) continue;
        if (!link_surely_different(f->kind, &f->glances[x[k]], &f->glances[y[k]])) continue;
        settle(s, &g, k, f->n_levels);
        if (g.bound < s->cut) return false;
    }
    for (int i = 0; i < s->set->n_fields && g.unequal; i++) {
        int k = s->order[i];
        if (!(g.unequal >> k & 1)) continue;
        const link_field *f = &s->set->fields[k];
        int level = link_field_level(f, (int32_t)x[k], (int32_t)y[k]);
        double rare = (double)link_value_rarity(f, level, (int32_t)x[k], (int32_t)y[k]);
        settle(s, &g, k, level);
        rarity += rare;
        g.bound += rare;
        if (g.bound < s->cut) return false;
    }
    pair->pattern = g.pattern;
    pair->rarity = (float)rarity;
    pair->weight = (float)g.bound;
    return true;
}
