/* Persons of a case by strata, in the run's own persons or in each plausible partition that it drew.
 *
 * A partition is an account of its own: who is joined decides what a person shows, and so the stratum. A stratum that
 * some partition does not hold is empty there, and takes no part in that partition's total. */
#include "app/estimate_strata.h"
#include "base/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"

static en_status find_dimensions(const en_estimate_request *r, en_count_query *query, en_error *err) {
    for (int i = 0; i < r->n_by; i++) {
        en_dimension d;
        if (!en_dimension_of(en_str_of(r->by[i]), &d))
            return en_fail(err, EN_ERR_USAGE, "\"%.60s\" is no dimension of a case", r->by[i]);
        if (d == EN_DIM_SOURCE || d == EN_DIM_LISTS || d == EN_DIM_PATTERN || d == EN_DIM_INDEPENDENT)
            return en_fail(err, EN_ERR_USAGE, "%s is what the lists hold, and no stratum of persons", r->by[i]);
        query->by[query->n_by++] = d;
    }
    return EN_OK;
}

static en_status name_stratum(const en_count_cell *cell, int n_by, en_arena *arena, en_app_stratum *out,
                              en_error *err) {
    char name[512] = "";
    for (int i = 0; i < n_by; i++) {
        size_t at = strlen(name);
        en_print(name + at, sizeof name - at, "%s%s", i ? "; " : "", cell->value[i]);
        if (!(out->value[i] = en_arena_strdup(arena, en_str_of(cell->value[i])))) return en_no_memory(err);
    }
    out->name = en_arena_strdup(arena, en_str_of(name));
    return out->name ? EN_OK : en_no_memory(err);
}

/* Histories of some persons of the account, of the lists of `all`. */
static en_status histories_of(const en_account *account, const en_histories *all, const int32_t *persons, int64_t n,
                              en_histories *out, en_error *err) {
    const char *names[EN_LIMIT_LISTS];
    int32_t group[EN_LIMIT_LISTS];
    uint32_t *patterns = calloc((size_t)n + 1, sizeof *patterns);
    if (!patterns) return en_no_memory(err);
    if (n) en_account_groups(account, group);
    for (int j = 0; j < all->n_lists; j++) names[j] = all->lists[j];
    for (int64_t i = 0; i < n; i++)
        for (int64_t s = 0; s < account->n_sources; s++)
            if (account->persons[persons[i]].pattern >> s & 1) patterns[i] |= 1u << group[s];
    en_status status = en_histories_from_patterns(names, all->n_lists, patterns, n, out, err);
    free(patterns);
    return status;
}

/* ---- one linkage ---- */

/* The strata that the persons of one account make. */
typedef struct linkage {
    int64_t n;
    en_app_stratum *strata;  /* names and values */
    en_histories *histories; /* of each; owned */
} linkage;

static void clear_linkage(linkage *l) {
    for (int64_t i = 0; l->histories && i < l->n; i++) en_histories_clear(&l->histories[i]);
    free(l->histories);
}

static en_status split_cells(const en_account *account, const en_count *count, const en_histories *lists,
                             en_arena *arena, linkage *out, en_error *err) {
    out->strata = en_arena_alloc(arena, ((size_t)count->n_cells + 1) * sizeof *out->strata);
    out->histories = calloc((size_t)count->n_cells + 1, sizeof *out->histories);
    if (!out->strata || !out->histories) return en_no_memory(err);
    out->n = count->n_cells;
    for (int64_t i = 0; i < out->n; i++) {
        const en_count_cell *cell = &count->cells[i];
        EN_TRY(name_stratum(cell, count->query.n_by, arena, &out->strata[i], err));
        EN_TRY(histories_of(account, lists, cell->persons, cell->n, &out->histories[i], err));
    }
    return EN_OK;
}

static en_status split_account(const en_account *account, const en_count_query *query, const en_histories *lists,
                               en_arena *arena, linkage *out, en_error *err) {
    en_count count = {0};
    EN_TRY(en_account_count(account, query, &count, err));
    en_status status = split_cells(account, &count, lists, arena, out, err);
    en_count_clear(&count);
    return status;
}

static en_status split_partition(const en_account *account, int partition, const en_count_query *query,
                                 const en_histories *lists, en_arena *arena, linkage *out, en_error *err) {
    en_account drawn = {0};
    EN_TRY(en_account_open_partition(account, partition, &drawn, err));
    en_status status = split_account(&drawn, query, lists, arena, out, err);
    en_account_clear(&drawn);
    return status;
}

/* ---- strata of all ---- */

static en_status number_strata(const linkage *linkages, int n, en_map *names, estimate_parts *p, en_arena *arena,
                               en_error *err) {
    int64_t most = 0;
    for (int r = 0; r < n; r++) most += linkages[r].n;
    if (most == 0) return en_fail(err, EN_ERR_INPUT, "the case has no person to estimate from");
    if (!(p->strata = en_arena_alloc(arena, (size_t)most * sizeof *p->strata))) return en_no_memory(err);
    for (int r = 0; r < n; r++)
        for (int64_t i = 0; i < linkages[r].n; i++) {
            int32_t number;
            EN_TRY(en_map_intern(names, en_str_of(linkages[r].strata[i].name), &number, NULL, err));
            p->strata[number] = linkages[r].strata[i];
        }
    p->n_strata = names->len;
    return EN_OK;
}

/* Moves the histories of each linkage to where its strata stand among all; those that it lacks are empty. */
static en_status place_histories(linkage *linkages, const en_map *names, const en_histories *lists, estimate_parts *p,
                                 en_error *err) {
    int cells = p->n_replicates * p->n_strata;
    if (!(p->histories = calloc((size_t)cells + 1, sizeof *p->histories))) return en_no_memory(err);
    for (int r = 0; r < p->n_replicates; r++)
        for (int64_t i = 0; i < linkages[r].n; i++) {
            int32_t stratum = en_map_find(names, en_str_of(linkages[r].strata[i].name));
            p->histories[r * p->n_strata + stratum] = linkages[r].histories[i];
            linkages[r].histories[i] = (en_histories){0};
        }
    for (int i = 0; i < cells; i++)
        if (!p->histories[i].lists) EN_TRY(histories_of(NULL, lists, NULL, 0, &p->histories[i], err));
    return EN_OK;
}

static en_status join_linkages(linkage *linkages, int n, const en_histories *lists, en_arena *arena, estimate_parts *p,
                               en_error *err) {
    en_map names = {0};
    p->n_replicates = n;
    en_status status = number_strata(linkages, n, &names, p, arena, err);
    if (status == EN_OK) status = place_histories(linkages, &names, lists, p, err);
    en_map_clear(&names);
    return status;
}

en_status estimate_split_case(const en_account *account, const en_estimate_request *request, en_app_estimate *out,
                              estimate_parts *p, en_error *err) {
    en_count_query query = {.show_small = true};
    int partitions = 0;
    EN_TRY(find_dimensions(request, &query, err));
    out->n_by = query.n_by;
    for (int i = 0; i < query.n_by; i++) out->by[i] = en_dimension_name(query.by[i]);
    if (!request->one_linkage) EN_TRY(en_account_partitions(account, &partitions, err));
    if (partitions) EN_TRY(estimate_name_partitions(out->arena, partitions, &p->replicates, err));
    int n = partitions ? partitions : 1;
    linkage *linkages = calloc((size_t)n, sizeof *linkages);
    en_status status = linkages ? EN_OK : en_no_memory(err);
    for (int r = 0; r < n && status == EN_OK; r++) {
        status = en_progress_step(request->options.progress, "persons by strata", (uint64_t)r, (uint64_t)n, err);
        if (status != EN_OK) break;
        status = partitions ? split_partition(account, r, &query, &out->histories, out->arena, &linkages[r], err)
                            : split_account(account, &query, &out->histories, out->arena, &linkages[r], err);
    }
    if (status == EN_OK) status = join_linkages(linkages, n, &out->histories, out->arena, p, err);
    for (int r = 0; r < n && linkages; r++) clear_linkage(&linkages[r]);
    free(linkages);
    return status;
}
