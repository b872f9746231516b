/* Estimates from the persons of a case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/estimate_id.h"
#include "app/estimate_parts.h"
#include "app/estimate_run.h"
#include "app/estimate_strata.h"
#include "base/print.h"

/* Titles of the sources that make one list, joined. */
static void name_list(const en_account *account, const int32_t *group, int32_t g, char out[128]) {
    size_t at = 0;
    out[0] = 0;
    for (int64_t s = 0; s < account->n_sources && at < 127; s++)
        if (group[s] == g) at += en_print(out + at, 128 - at, "%s%s", at ? " + " : "", account->sources[s].about.title);
}

en_status en_account_histories(const en_account *account, en_histories *out, en_error *err) {
    int32_t group[EN_LIMIT_LISTS];
    char names[EN_LIMIT_LISTS][128];
    const char *lists[EN_LIMIT_LISTS];
    int n = en_account_groups(account, group);
    for (int g = 0; g < n; g++) {
        name_list(account, group, g, names[g]);
        lists[g] = names[g];
    }
    uint32_t *patterns = calloc((size_t)account->n_persons + 1, sizeof *patterns);
    if (!patterns) return en_no_memory(err);
    for (int64_t i = 0; i < account->n_persons; i++)
        for (int64_t s = 0; s < account->n_sources; s++)
            if (account->persons[i].pattern >> s & 1) patterns[i] |= 1u << group[s];
    en_status status = en_histories_from_patterns(lists, n, patterns, account->n_persons, out, err);
    free(patterns);
    return status;
}

static en_status check_linked(const en_account *account, en_error *err) {
    if (account->linked) return EN_OK;
    en_fail(err, EN_ERR_INPUT,
            "the case is not linked yet: without knowing who is one person no overlap can be counted");
    en_error_mend(err, "run: everyname link %s --as NAME", account->case_path);
    en_error_at(err, account->case_path, -1, NULL, -1);
    return EN_ERR_INPUT;
}

/* ---- plausible linkages ---- */

en_status estimate_name_partitions(en_arena *arena, int n, const char ***out, en_error *err) {
    *out = en_arena_alloc(arena, ((size_t)n + 1) * sizeof **out);
    if (!*out) return en_no_memory(err);
    for (int i = 0; i < n; i++) {
        char name[32];
        en_print(name, sizeof name, "p%d", i + 1);
        if (!((*out)[i] = en_arena_strdup(arena, en_str_of(name)))) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status estimate_by(const en_account *account, const en_estimate_request *request, en_app_estimate *out,
                             en_error *err) {
    estimate_parts p = {0};
    if (!(out->arena = en_arena_new())) return en_no_memory(err);
    en_status status = estimate_split_case(account, request, out, &p, err);
    if (status == EN_OK) status = estimate_parts_run(request, &p, out, err);
    estimate_parts_clear(&p);
    return status == EN_OK ? estimate_finish(request, out, err) : status;
}

static en_status estimate_linkages(const en_account *account, const en_estimate_request *request, en_app_estimate *out,
                                   en_error *err) {
    estimate_parts p = {.n_strata = 1};
    if (!request->one_linkage) EN_TRY(en_account_replicates(account, &p.histories, &p.n_replicates, err));
    if (p.n_replicates == 0) return estimate_run(request, out, err);
    en_status status = (out->arena = en_arena_new()) ? EN_OK : en_no_memory(err);
    if (status == EN_OK) status = estimate_name_partitions(out->arena, p.n_replicates, &p.replicates, err);
    if (status == EN_OK) status = estimate_parts_run(request, &p, out, err);
    estimate_parts_clear(&p);
    return status == EN_OK ? estimate_finish(request, out, err) : status;
}

en_status en_account_estimate(const en_account *account, const en_estimate_request *request, en_app_estimate *out,
                              en_error *err) {
    *out = (en_app_estimate){0};
    EN_TRY(check_linked(account, err));
    en_status status = en_account_histories(account, &out->histories, err);
    if (status == EN_OK && request->covers && !request->n_by)
        status = en_fail(err, EN_ERR_USAGE, "--covers names strata: say by what, with --by");
    if (status == EN_OK)
        status =
            request->n_by ? estimate_by(account, request, out, err) : estimate_linkages(account, request, out, err);
    if (status == EN_OK) status = en_estimate_print_id(account, request, out->id, err);
    if (status != EN_OK) en_app_estimate_clear(out);
    return status;
}
