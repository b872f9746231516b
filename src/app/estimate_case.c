/* Estimates from the persons of a case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/estimate_id.h"
#include "app/estimate_run.h"

/* Titles of the sources that make one list, joined. */
static void name_list(const en_account *account, const int32_t *group, int32_t g, char out[128]) {
    size_t at = 0;
    out[0] = 0;
    for (int64_t s = 0; s < account->n_sources && at < 127; s++)
        if (group[s] == g)
            at += (size_t)snprintf(out + at, 128 - at, "%s%s", at ? " + " : "", account->sources[s].about.title);
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

en_status en_account_estimate(const en_account *account, const en_estimate_request *request, en_app_estimate *out,
                              en_error *err) {
    *out = (en_app_estimate){0};
    EN_TRY(check_linked(account, err));
    en_status status = en_account_histories(account, &out->histories, err);
    if (status == EN_OK) status = estimate_run(request, out, err);
    if (status == EN_OK) status = en_estimate_print_id(account, request, out->id, err);
    if (status != EN_OK) en_app_estimate_clear(out);
    return status;
}
