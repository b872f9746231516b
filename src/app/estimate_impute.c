/* Persons whose stratum is missing, wholly or in part, are given one of those that are known and fit. */
#include "app/estimate_impute.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IMPUTATIONS = 20 };

static bool is_missing(const char *value) { return strcmp(value, "unknown") == 0; }

typedef struct plan {
    const en_estimate_request *request;
    estimate_parts *from;
    int n_by, n_known, n_missing;
    int *order;        /* strata: those known, then those missing that fit a known one */
    uint32_t *covered; /* of those known; NULL: all lists could see all */
    bool *allowed;     /* [missing * n_known + known] */
} plan;

static bool is_known(const plan *p, int stratum) {
    for (int i = 0; i < p->n_by; i++)
        if (is_missing(p->from->strata[stratum].value[i])) return false;
    return true;
}

static bool fits(const plan *p, int missing, int known) {
    for (int i = 0; i < p->n_by; i++) {
        const char *value = p->from->strata[missing].value[i];
        if (!is_missing(value) && strcmp(value, p->from->strata[known].value[i]) != 0) return false;
    }
    return true;
}

/* A stratum that fits none of those known stays as it is. */
static en_status make_plan(plan *p, en_error *err) {
    int n = p->from->n_strata;
    p->order = calloc((size_t)n + 1, sizeof *p->order);
    p->allowed = calloc((size_t)n * (size_t)n + 1, sizeof *p->allowed);
    bool *stays = calloc((size_t)n + 1, sizeof *stays);
    if (!p->order || !p->allowed || !stays) {
        free(stays);
        return en_no_memory(err);
    }
    for (int s = 0; s < n; s++) {
        bool any = false;
        for (int k = 0; k < n; k++) any |= is_known(p, k) && fits(p, s, k);
        stays[s] = is_known(p, s) || !any;
        if (stays[s]) p->order[p->n_known++] = s;
    }
    for (int s = 0; s < n; s++) {
        if (stays[s]) continue;
        p->order[p->n_known + p->n_missing] = s;
        for (int k = 0; k < p->n_known; k++)
            p->allowed[p->n_missing * p->n_known + k] = is_known(p, p->order[k]) && fits(p, s, p->order[k]);
        p->n_missing++;
    }
    free(stays);
    return EN_OK;
}

static en_status order_covered(plan *p, en_arena *arena, en_error *err) {
    if (!p->from->covered) return EN_OK;
    if (!(p->covered = en_arena_alloc(arena, ((size_t)p->n_known + 1) * sizeof *p->covered))) return en_no_memory(err);
    for (int s = 0; s < p->n_known; s++) p->covered[s] = p->from->covered[p->order[s]];
    return EN_OK;
}

/* `m` imputations of one replicate, to out[0 .. m * n_known). */
static en_status impute_replicate(const plan *p, int replicate, int m, en_histories *out, en_error *err) {
    const estimate_parts *from = p->from;
    uint64_t seed = p->request->options.seed;
    if (from->replicates) seed ^= en_str_hash(en_str_of(from->replicates[replicate]));
    en_histories *parts = calloc((size_t)from->n_strata + 1, sizeof *parts);
    if (!parts) return en_no_memory(err);
    for (int i = 0; i < p->n_known + p->n_missing; i++)
        parts[i] = from->histories[replicate * from->n_strata + p->order[i]];
    en_status status = en_impute_strata(parts, p->n_known, p->n_missing, p->allowed, p->covered, m, seed,
                                        p->request->options.progress, out, err);
    free(parts);
    return status;
}

static en_status name_imputations(estimate_parts *to, en_arena *arena, en_error *err) {
    if (to->replicates) return EN_OK;
    to->replicates = en_arena_alloc(arena, (size_t)to->n_replicates * sizeof *to->replicates);
    if (!to->replicates) return en_no_memory(err);
    for (int i = 0; i < to->n_replicates; i++) {
        char name[32];
        snprintf(name, sizeof name, "imputation %d", i + 1);
        if (!(to->replicates[i] = en_arena_strdup(arena, en_str_of(name)))) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status impute(const plan *p, en_app_estimate *out, estimate_parts *to, en_error *err) {
    const estimate_parts *from = p->from;
    int each = from->replicates ? 1 : IMPUTATIONS;
    *to = (estimate_parts){
        .n_replicates = from->n_replicates * each, .n_strata = p->n_known, .replicates = from->replicates};
    to->strata = en_arena_alloc(out->arena, (size_t)p->n_known * sizeof *to->strata);
    to->histories = calloc((size_t)(to->n_replicates * p->n_known) + 1, sizeof *to->histories);
    if (!to->strata || !to->histories) return en_no_memory(err);
    for (int s = 0; s < p->n_known; s++) to->strata[s] = from->strata[p->order[s]];
    to->covered = p->covered;
    for (int r = 0; r < from->n_replicates; r++)
        EN_TRY(impute_replicate(p, r, each, &to->histories[r * each * p->n_known], err));
    for (int i = 0; i < p->n_missing; i++) out->imputed += from->histories[p->order[p->n_known + i]].observed;
    return name_imputations(to, out->arena, err);
}

en_status estimate_impute(const en_estimate_request *request, estimate_parts *parts, en_app_estimate *out,
                          en_error *err) {
    plan p = {.request = request, .from = parts, .n_by = out->n_by};
    estimate_parts imputed = {0};
    if (!parts->strata || request->keep_unknown) return EN_OK;
    en_status status = make_plan(&p, err);
    if (status == EN_OK && p.n_missing) status = order_covered(&p, out->arena, err);
    if (status == EN_OK && p.n_missing) {
        status = impute(&p, out, &imputed, err);
        if (status == EN_OK) {
            estimate_parts_clear(parts);
            *parts = imputed;
        } else {
            estimate_parts_clear(&imputed);
        }
    }
    free(p.order);
    free(p.allowed);
    return status;
}
