#include "app/withdrawn.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/row_json.h"

/* One row's word on one subject. */
typedef struct word {
    en_id of, row;
    bool withdraws;
} word;

typedef struct reader {
    en_case *c;
    en_arena *arena;
    const char *purpose;
    word *words;
    int64_t n, room;
} reader;

static bool names_purpose(const json_t *body, const char *purpose) {
    const json_t *purposes = json_object_get(body, "purpose");
    for (size_t i = 0; i < json_array_size(purposes); i++) {
        const char *one = json_string_value(json_array_get(purposes, i));
        if (one && strcmp(one, purpose) == 0) return true;
    }
    return false;
}

static bool withdraws_for(const json_t *body, const char *purpose) {
    return names_purpose(body, purpose) || names_purpose(body, "store");
}

static en_status add_word(reader *r, en_id of, en_id row, bool withdraws, en_error *err) {
    if (r->n == r->room) {
        int64_t room = r->room ? r->room * 2 : 32;
        word *grown = realloc(r->words, (size_t)room * sizeof *grown);
        if (!grown) return en_no_memory(err);
        r->words = grown;
        r->room = room;
    }
    r->words[r->n++] = (word){of, row, withdraws};
    return EN_OK;
}

static en_status read_consent(void *ctx, const en_row *row, const json_t *body, en_error *err) {
    reader *r = ctx;
    en_id of;
    if (row->revoked_by.entry) return EN_OK;
    bool withdrawn = en_row_json_text(body, "withdrawn_on")[0] != 0;
    if (withdrawn ? !withdraws_for(body, r->purpose) : !names_purpose(body, r->purpose)) return EN_OK;
    EN_TRY(en_case_deref(r->c, en_row_json_text(body, "of"), &of, err));
    return add_word(r, of, row->id, withdrawn, err);
}

/* Of a consent: its subject, and what it was for where the withdrawal says nothing of that. */
static en_status read_withdrawal(void *ctx, const en_row *row, const json_t *body, en_error *err) {
    reader *r = ctx;
    en_id of;
    en_row consent;
    if (row->revoked_by.entry) return EN_OK;
    bool says = json_array_size(json_object_get(body, "purpose")) > 0, is = !says || withdraws_for(body, r->purpose);
    EN_TRY(en_case_deref(r->c, en_row_json_text(body, "of"), &of, err));
    en_status status = en_case_row(r->c, of, r->arena, &consent, err);
    if (status == EN_OK && strcmp(consent.kind, "consent") == 0) {
        json_t *given = json_loads(consent.body, 0, NULL);
        if (!says) is = withdraws_for(given, r->purpose);
        status = en_case_deref(r->c, en_row_json_text(given, "of"), &of, err);
        json_decref(given);
    }
    if (status == EN_ERR_NOT_FOUND) status = EN_OK; /* a person's record */
    return status == EN_OK && is ? add_word(r, of, row->id, true, err) : status;
}

static int by_subject(const void *a, const void *b) {
    const word *x = a, *y = b;
    int order = en_id_cmp(x->of, y->of);
    return order ? order : en_id_cmp(x->row, y->row);
}

static en_status find(reader *r, en_withdrawn *out, en_error *err) {
    EN_TRY(en_row_json_each(r->c, "consent", r->arena, read_consent, r, err));
    EN_TRY(en_row_json_each(r->c, "withdrawal", r->arena, read_withdrawal, r, err));
    if (!(out->of = en_arena_alloc(r->arena, ((size_t)r->n + 1) * sizeof *out->of))) return en_no_memory(err);
    if (r->n) qsort(r->words, (size_t)r->n, sizeof *r->words, by_subject);
    for (int64_t i = 0; i < r->n; i++) {
        bool is_last = i + 1 == r->n || !en_id_eq(r->words[i].of, r->words[i + 1].of);
        if (is_last && r->words[i].withdraws) out->of[out->n++] = r->words[i].of;
    }
    return EN_OK;
}

en_status en_withdrawn_find(en_case *c, const char *purpose, en_withdrawn *out, en_error *err) {
    *out = (en_withdrawn){.arena = en_arena_new()};
    reader r = {.c = c, .arena = out->arena, .purpose = purpose};
    en_status status = out->arena ? find(&r, out, err) : en_no_memory(err);
    free(r.words);
    if (status != EN_OK) en_withdrawn_clear(out);
    return status;
}

static int by_id(const void *a, const void *b) { return en_id_cmp(*(const en_id *)a, *(const en_id *)b); }

bool en_withdrawn_has(const en_withdrawn *withdrawn, en_id of) {
    return withdrawn->n && bsearch(&of, withdrawn->of, (size_t)withdrawn->n, sizeof of, by_id);
}

void en_withdrawn_clear(en_withdrawn *withdrawn) {
    en_arena_free(withdrawn->arena);
    *withdrawn = (en_withdrawn){0};
}
