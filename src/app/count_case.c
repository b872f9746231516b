/* Counting in a case: by its columns where they are of its state now, else by the account, whose columns are kept. */
#include <stdlib.h>

#include "app/columns.h"

enum { TRIES = 3 };

static en_status by_columns(en_case *c, const en_count_query *query, en_case_count *out, bool *answers, en_error *err) {
    out->columns = calloc(1, sizeof *out->columns);
    if (!out->columns) return en_no_memory(err);
    EN_TRY(en_columns_open(c, out->columns, answers, err));
    return *answers ? en_columns_count(out->columns, query, &out->count, answers, err) : EN_OK;
}

static en_status try_columns(const char *case_path, const en_count_query *query, en_case_count *out, bool *answers,
                             bool *there, en_error *err) {
    en_case *c;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = by_columns(c, query, out, answers, err);
    *there = out->columns && out->columns->arena;
    en_case_close(c);
    return status;
}

static void keep_columns(const en_account *account) {
    en_derived_set made;
    en_error none;
    if (en_columns_make(account, &made, &none) != EN_OK) return;
    en_derived_keep(account->case_path, EN_COLUMNS_KIND, account->head, &made);
    en_derived_clear(&made);
}

static en_status count_once(const char *case_path, const en_count_query *query, en_case_count *out, en_error *err) {
    bool answers = false, there = false;
    *out = (en_case_count){0};
    en_status status = try_columns(case_path, query, out, &answers, &there, err);
    if (status == EN_OK && !answers) {
        en_case_count_clear(out);
        status = en_account_open(case_path, NULL, &out->account, err);
        if (status == EN_OK && !there) keep_columns(&out->account);
        if (status == EN_OK) status = en_account_count(&out->account, query, &out->count, err);
    }
    if (status != EN_OK) en_case_count_clear(out);
    return status;
}

/* Where somebody writes meanwhile, what they wrote is counted. */
en_status en_app_count(const char *case_path, const en_count_query *query, en_case_count *out, en_error *err) {
    en_status status = EN_ERR_CONFLICT;
    for (int i = 0; i < TRIES && status == EN_ERR_CONFLICT; i++) status = count_once(case_path, query, out, err);
    return status;
}

void en_case_count_clear(en_case_count *count) {
    en_count_clear(&count->count);
    if (count->account.arena) en_account_clear(&count->account);
    if (count->columns) en_columns_clear(count->columns);
    free(count->columns);
    *count = (en_case_count){0};
}
