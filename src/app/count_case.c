/* Counting in a case: by its columns where they are of its state now, else by the account, whose columns are kept. */
#include <stdlib.h>

#include "app/columns.h"

enum { TRIES = 3 };

/* All of one state of the case, or none. */
typedef struct questions {
    const en_count_query *of;
    int n;
    bool answered; /* by columns, all of them */
    bool there;    /* the case has columns of its state now */
} questions;

static en_status by_columns(en_case *c, questions *q, en_case_counts *out, en_error *err) {
    out->columns = calloc(1, sizeof *out->columns);
    if (!out->columns) return en_no_memory(err);
    EN_TRY(en_columns_open(c, out->columns, &q->there, err));
    q->answered = q->there;
    for (int i = 0; i < q->n && q->answered; i++) {
        EN_TRY(en_columns_count(out->columns, &q->of[i], &out->of[i], &q->answered, err));
        out->n += q->answered;
    }
    return EN_OK;
}

static en_status try_columns(const char *case_path, questions *q, en_case_counts *out, en_error *err) {
    en_case *c;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = by_columns(c, q, out, err);
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

static en_status by_account(const char *case_path, const questions *q, en_case_counts *out, en_error *err) {
    EN_TRY(en_account_open(case_path, NULL, &out->account, err));
    if (!q->there) keep_columns(&out->account);
    for (; out->n < q->n; out->n++) EN_TRY(en_account_count(&out->account, &q->of[out->n], &out->of[out->n], err));
    return EN_OK;
}

static en_status count_once(const char *case_path, questions *q, en_case_counts *out, en_error *err) {
    *out = (en_case_counts){.of = calloc((size_t)q->n + 1, sizeof *out->of)};
    en_status status = out->of ? try_columns(case_path, q, out, err) : en_no_memory(err);
    if (status == EN_OK && !q->answered) {
        en_count *of = out->of;
        for (int i = 0; i < out->n; i++) en_count_clear(&of[i]);
        out->of = NULL;
        en_case_counts_clear(out);
        out->of = of;
        status = by_account(case_path, q, out, err);
    }
    if (status != EN_OK) en_case_counts_clear(out);
    return status;
}

/* Where somebody writes meanwhile, what they wrote is counted. */
en_status en_app_count_all(const char *case_path, const en_count_query *queries, int n, en_case_counts *out,
                           en_error *err) {
    en_status status = EN_ERR_CONFLICT;
    for (int i = 0; i < TRIES && status == EN_ERR_CONFLICT; i++) {
        questions q = {.of = queries, .n = n};
        status = count_once(case_path, &q, out, err);
    }
    return status;
}

void en_case_counts_clear(en_case_counts *counts) {
    for (int i = 0; counts->of && i < counts->n; i++) en_count_clear(&counts->of[i]);
    free(counts->of);
    if (counts->account.arena) en_account_clear(&counts->account);
    if (counts->columns) en_columns_clear(counts->columns);
    free(counts->columns);
    *counts = (en_case_counts){0};
}

en_status en_app_count(const char *case_path, const en_count_query *query, en_case_count *out, en_error *err) {
    en_case_counts all;
    *out = (en_case_count){0};
    EN_TRY(en_app_count_all(case_path, query, 1, &all, err));
    *out = (en_case_count){.count = all.of[0], .account = all.account, .columns = all.columns};
    free(all.of);
    return EN_OK;
}

void en_case_count_clear(en_case_count *count) {
    en_count_clear(&count->count);
    if (count->account.arena) en_account_clear(&count->account);
    if (count->columns) en_columns_clear(count->columns);
    free(count->columns);
    *count = (en_case_count){0};
}
