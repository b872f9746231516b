/* The model as users have it: what was learned goes out whole, with how frequent values were, and comes back to be used
 * as it stands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/text.h"
#include "link/cluster.h"

/* ---- out ---- */

static int by_share_down(const void *pa, const void *pb) {
    const en_link_term *a = pa, *b = pb;
    if (a->share != b->share) return a->share > b->share ? -1 : 1;
    return en_str_cmp(a->value, b->value);
}

/* Values that one record alone has are as rare as a value never met: they need no mention. */
static en_status describe_terms(const link_field *f, en_arena *arena, en_link_comparison *c, en_error *err) {
    double once = 1.5 / (f->known > 0 ? (double)f->known : 1);
    int64_t n = 0;
    for (int32_t v = 1; v < f->n_values; v++) n += f->share[v] > once;
    c->terms = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *c->terms);
    if (!c->terms) return en_no_memory(err);
    for (int32_t v = 1; v < f->n_values; v++) {
        if (f->share[v] <= once) continue;
        char *value = en_arena_strdup(arena, link_value_latin(f, v));
        if (!value) return en_no_memory(err);
        c->terms[c->n_terms++] = (en_link_term){en_str_of(value), f->share[v]};
    }
    qsort(c->terms, (size_t)c->n_terms, sizeof *c->terms, by_share_down);
    return EN_OK;
}

static en_status describe_field(const link_set *set, const link_model *model, int k, en_link_model *out,
                                en_error *err) {
    const link_field *f = &set->fields[k];
    en_link_comparison *c = &out->comparisons[k];
    *c = (en_link_comparison){.role = f->role, .n_levels = f->n_levels, .known = (double)f->known};
    snprintf(c->field, sizeof c->field, "%s", f->name);
    for (int l = 1; l <= f->n_levels; l++) {
        snprintf(c->level[l - 1], sizeof *c->level, "%s", f->level_names[l - 1]);
        c->m[l - 1] = model->m[k][l];
        c->u[l - 1] = model->u[k][l];
        c->relatives[l - 1] = model->r[k][l];
    }
    c->depends_on = model->parent[k];
    for (int l = 1; c->depends_on >= 0 && l <= set->fields[c->depends_on].n_levels; l++)
        for (int here = 1; here <= f->n_levels; here++) c->lift[l - 1][here - 1] = model->lift[k][l][here];
    return describe_terms(f, out->arena, c, err);
}

en_status link_model_describe(const link_set *set, const link_model *model, en_link_model *out, en_error *err) {
    *out = (en_link_model){.key_version = EN_TEXT_KEY_VERSION,
                           .prior = model->prior,
                           .relatives = model->relatives,
                           .shift = model->shift,
                           .slope = model->slope,
                           .threshold = set->joins_at,
                           .undecided_low = set->undecided_low,
                           .undecided_high = set->undecided_high,
                           .n_comparisons = set->n_fields,
                           .arena = en_arena_new()};
    if (!out->arena) return en_no_memory(err);
    memcpy(out->slips, model->slips, sizeof out->slips);
    out->n_rules = set->blocked ? set->blocking.n_rules : 0;
    memcpy(out->rules, set->blocking.rules, (size_t)out->n_rules * sizeof *out->rules);
    for (int k = 0; k < set->n_fields; k++) EN_TRY(describe_field(set, model, k, out, err));
    return EN_OK;
}

void en_link_model_clear(en_link_model *model) {
    en_arena_free(model->arena);
    *model = (en_link_model){0};
}

/* ---- back in ---- */

static const en_link_comparison *comparison_of(const en_link_model *model, const link_field *f) {
    for (int c = 0; c < model->n_comparisons; c++)
        if (model->comparisons[c].role == f->role && strcmp(model->comparisons[c].field, f->name) == 0)
            return &model->comparisons[c];
    return NULL;
}

static en_status check_comparison(const link_field *f, const en_link_comparison *c, en_error *err) {
    if (!c) {
        en_fail(err, EN_ERR_INPUT, "the model has no comparison of \"%s\"", f->name);
        return en_error_mend(err, "link the columns that the model was learned on, or learn it anew"), EN_ERR_INPUT;
    }
    bool same = c->n_levels == f->n_levels;
    for (int l = 0; same && l < f->n_levels; l++) {
        same = strcmp(c->level[l], f->level_names[l]) == 0;
        if (!(c->m[l] > 0 && c->m[l] <= 1 && c->u[l] > 0 && c->u[l] <= 1 && c->relatives[l] > 0)) {
            en_fail(err, EN_ERR_INPUT, "the model's m and u of \"%s\", level \"%s\", are not probabilities above 0",
                    f->name, c->level[l]);
            return EN_ERR_INPUT;
        }
    }
    if (same) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the model's levels of \"%s\" are not those that are compared here", f->name);
    return en_error_mend(err, "give the places it was learned with, or learn it anew: link without it"), EN_ERR_INPUT;
}

/* Shares are the model's, of values it does not name those of a value met once. */
static en_status adopt_shares(link_field *f, const en_link_comparison *c, en_error *err) {
    en_map numbers = {0};
    int32_t number;
    en_status status = EN_OK;
    double once = 1 / (c->known > 1 ? c->known : 1);
    for (int32_t v = 1; status == EN_OK && v < f->n_values; v++) {
        status = en_map_intern(&numbers, link_value_latin(f, v), &number, NULL, err);
        f->share[v] = once;
    }
    for (int64_t t = 0; status == EN_OK && t < c->n_terms; t++) {
        int32_t v = en_map_find(&numbers, c->terms[t].value);
        if (v >= 0) f->share[v + 1] = c->terms[t].share;
    }
    f->known_when_learned = c->known;
    en_map_clear(&numbers);
    return status;
}

static int field_of(const link_set *set, const en_link_comparison *c) {
    for (int k = 0; k < set->n_fields; k++)
        if (set->fields[k].role == c->role && strcmp(set->fields[k].name, c->field) == 0) return k;
    return -1;
}

static en_status adopt_dependence(const link_set *set, const en_link_model *from, const en_link_comparison *c, int k,
                                  link_model *model, en_error *err) {
    model->parent[k] = -1;
    if (c->depends_on < 0) return EN_OK;
    if (c->depends_on >= from->n_comparisons || &from->comparisons[c->depends_on] == c)
        return en_fail(err, EN_ERR_INPUT, "the model's \"%s\" depends on no other comparison", c->field);
    int parent = field_of(set, &from->comparisons[c->depends_on]);
    if (parent < 0) return EN_OK;
    model->parent[k] = parent;
    for (int l = 1; l <= set->fields[parent].n_levels; l++)
        for (int here = 1; here <= c->n_levels; here++) model->lift[k][l][here] = c->lift[l - 1][here - 1];
    return EN_OK;
}

/* Averages over pairs reach from what a pair costs that was not kept to LINK_AFFINITY_MOST: so does the threshold. */
#define HIGHEST_THRESHOLD 11.9

void link_set_threshold(link_set *set, double joins_at, double undecided_low, double undecided_high) {
    set->joins_at = joins_at;
    set->undecided_low = undecided_low;
    set->undecided_high = undecided_high;
    set->threshold = fmin(fmax(log(joins_at / (1 - joins_at)), LINK_CHARGE), HIGHEST_THRESHOLD);
}

en_status link_model_adopt(link_set *set, const en_link_model *from, link_model *model, en_error *err) {
    if (from->key_version != EN_TEXT_KEY_VERSION) {
        en_fail(err, EN_ERR_INPUT, "the model was learned with version %d of the keys of names, this program has %d",
                from->key_version, EN_TEXT_KEY_VERSION);
        return en_error_mend(err, "learn it anew: link without it and write a new one"), EN_ERR_INPUT;
    }
    if (!(from->slope > 0 && isfinite(from->shift)))
        return en_fail(err, EN_ERR_INPUT, "the model's slope is no number above 0, or its shift none");
    if (!(from->prior > 0 && from->prior < 1 && from->relatives >= 0 && from->relatives < 1))
        return en_fail(err, EN_ERR_INPUT, "the model's prior is no probability between 0 and 1");
    link_set_threshold(set, from->threshold, from->undecided_low, from->undecided_high);
    *model = (link_model){.n_pairs = link_comparable_pairs(set),
                          .prior = from->prior,
                          .relatives = from->relatives,
                          .shift = from->shift,
                          .slope = from->slope};
    for (int k = 0; k < set->n_fields; k++) {
        const en_link_comparison *c = comparison_of(from, &set->fields[k]);
        EN_TRY(check_comparison(&set->fields[k], c, err));
        for (int l = 1; l <= c->n_levels; l++) {
            model->m[k][l] = c->m[l - 1];
            model->u[k][l] = c->u[l - 1];
            model->r[k][l] = c->relatives[l - 1];
        }
        EN_TRY(adopt_shares(&set->fields[k], c, err));
        EN_TRY(link_near_shares(set, &set->fields[k], 1.5 / c->known, err));
        EN_TRY(adopt_dependence(set, from, c, k, model, err));
    }
    memcpy(model->slips, from->slips, sizeof model->slips);
    link_model_weigh(set, model);
    return EN_OK;
}
