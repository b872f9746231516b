/* Names and places of records; words of rows of the model; words of documents, a passage a line. */
#include "app/search_texts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/case_model.h"
#include "everyname/limits.h"

enum { PASSAGE = 600 /* bytes at most */ };

/* ---- texts and their strings ---- */

static en_status new_text(search_texts *t, search_text text, en_error *err) {
    if (t->n + 2 > t->cap) {
        int64_t cap = t->cap ? t->cap * 2 : 1024;
        search_text *of = realloc(t->of, (size_t)cap * sizeof *of);
        if (of) t->of = of;
        int64_t *first = realloc(t->first, (size_t)cap * sizeof *first);
        if (first) t->first = first;
        if (!of || !first) return en_no_memory(err);
        t->cap = cap;
    }
    t->of[t->n] = text;
    t->first[t->n++] = t->n_held;
    t->first[t->n] = t->n_held;
    return EN_OK;
}

static en_status hold(search_texts *t, int32_t string, en_error *err) {
    if (t->n_held == t->held_cap) {
        int64_t cap = t->held_cap ? t->held_cap * 2 : 4096;
        int32_t *grown = realloc(t->held, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        t->held = grown;
        t->held_cap = cap;
    }
    t->held[t->n_held++] = string;
    t->first[t->n] = t->n_held;
    return EN_OK;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 128;
}

/* Words between ASCII marks; the parser of names takes the others apart. */
static en_status hold_words(search_texts *t, en_str s, en_error *err) {
    for (size_t i = 0, end; i < s.len; i = end + 1) {
        int32_t string;
        for (end = i; end < s.len && is_letter(s.ptr[end]); end++) {
        }
        if (end == i || end - i > EN_LIMIT_NAME_BYTES) continue;
        EN_TRY(en_map_intern(&t->strings, (en_str){s.ptr + i, end - i}, &string, NULL, err));
        EN_TRY(hold(t, string, err));
    }
    return EN_OK;
}

/* ---- records ---- */

enum { MOST_COLUMNS = 16 };

/* Each dictionary entry of a column as a string of ours. */
static en_status number_entries(search_texts *t, const en_column *column, int32_t **out, en_error *err) {
    if (!(*out = en_arena_alloc(t->arena, ((size_t)column->dict_len + 1) * sizeof **out))) return en_no_memory(err);
    for (int32_t i = 0; i < column->dict_len; i++) {
        en_str entry = en_str_trim(en_column_entry(column, i));
        (*out)[i] = -1;
        if (entry.len && entry.len <= EN_LIMIT_NAME_BYTES)
            EN_TRY(en_map_intern(&t->strings, entry, &(*out)[i], NULL, err));
    }
    return EN_OK;
}

static en_status read_columns(search_texts *t, const en_records *r, const en_column *columns[], int32_t *numbers[],
                              int *n, en_error *err) {
    static const char *const roles[] = {"name", "given", "family", "father", "mother", "place"};
    *n = 0;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const en_column *column = en_records_column(r, roles[i]);
        if (!column || column->type != EN_COLUMN_STRING) continue;
        columns[*n] = column;
        EN_TRY(number_entries(t, column, &numbers[(*n)++], err));
    }
    return EN_OK;
}

static en_status add_records(search_texts *t, const en_records *r, en_error *err) {
    const en_column *columns[MOST_COLUMNS];
    int32_t *numbers[MOST_COLUMNS];
    int n;
    EN_TRY(read_columns(t, r, columns, numbers, &n, err));
    for (int64_t i = 0; i < r->n; i++) {
        EN_TRY(new_text(t, (search_text){.kind = EN_INDEXED_RECORD, .id = r->ids[i]}, err));
        for (int k = 0; k < n; k++) {
            if (en_column_is_null(columns[k], i)) continue;
            int32_t string = numbers[k][columns[k]->codes[i]];
            if (string >= 0) EN_TRY(hold(t, string, err));
        }
    }
    return EN_OK;
}

/* ---- rows of the model ---- */

/* Ids are 32 hex digits, a dot and a number; they are nobody's words. */
static bool is_reference(const char *s) { return strspn(s, "0123456789abcdef") == 32 && s[32] == '.'; }

static en_status hold_json(search_texts *t, const json_t *value, en_error *err) {
    const char *member, *text = json_string_value(value);
    const json_t *inner;
    size_t i;
    if (text) return is_reference(text) ? EN_OK : hold_words(t, en_str_of(text), err);
    if (json_is_integer(value)) {
        char digits[24];
        int n = snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        return hold_words(t, (en_str){digits, (size_t)n}, err);
    }
    json_array_foreach(value, i, inner) EN_TRY(hold_json(t, inner, err));
    json_object_foreach((json_t *)value, member, inner) EN_TRY(hold_json(t, inner, err));
    return EN_OK;
}

static en_status add_row(search_texts *t, const en_row *row, en_error *err) {
    json_t *body = json_loads(row->body, 0, NULL);
    en_status status = new_text(t, (search_text){.kind = EN_INDEXED_ROW, .id = row->id}, err);
    if (status == EN_OK) status = hold_json(t, body, err);
    json_decref(body);
    return status;
}

static en_status add_kind(search_texts *t, en_case *c, const char *kind, en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_rows(c, kind, t->arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(rows[i].revoked_by, EN_ID_NONE)) EN_TRY(add_row(t, &rows[i], err));
    return EN_OK;
}

static en_status add_rows(search_texts *t, en_case *c, en_error *err) {
    en_model model;
    const char *kind;
    json_t *about;
    EN_TRY(en_model_open(NULL, &model, err));
    en_status status = EN_OK;
    json_object_foreach(json_object_get(model.root, "kinds"), kind, about) {
        bool is_stored = en_letter_of_kind(kind) && strcmp(kind, "proposal") != 0;
        if (status == EN_OK && is_stored) status = add_kind(t, c, kind, err);
    }
    en_model_close(&model);
    return status;
}

/* ---- documents ---- */

/* Where a passage that begins at `at` ends: with its line, or at a blank before it gets too long. */
static size_t passage_end(en_str text, size_t at) {
    const char *newline = memchr(text.ptr + at, '\n', text.len - at);
    size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
    if (end - at <= PASSAGE) return end;
    for (end = at + PASSAGE; end > at && text.ptr[end] != ' '; end--) {
    }
    if (end > at) return end;
    for (end = at + PASSAGE; end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80; end++) {
    }
    return end;
}

static en_status add_passages(search_texts *t, en_id capture, en_str text, en_error *err) {
    for (size_t at = 0, end; at < text.len;
         at = end < text.len ? end + (text.ptr[end] == '\n' || text.ptr[end] == ' ') : end) {
        end = passage_end(text, at);
        en_str passage = en_str_trim((en_str){text.ptr + at, end - at});
        if (!passage.len) continue;
        search_text of = {EN_INDEXED_PASSAGE, capture, passage.ptr - text.ptr, (int64_t)passage.len};
        EN_TRY(new_text(t, of, err));
        EN_TRY(hold_words(t, passage, err));
    }
    return EN_OK;
}

static en_status add_documents(search_texts *t, en_case *c, en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_rows(c, "document", t->arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        json_t *body = json_loads(rows[i].body, 0, NULL);
        const char *ref = json_string_value(json_object_get(body, "rendition"));
        en_id capture;
        en_str text;
        en_status status = en_case_deref(c, ref ? ref : "", &capture, err);
        json_decref(body);
        /* A document that was destroyed has no text. */
        if (status == EN_OK) status = en_case_capture_bytes(c, capture, t->arena, &text, err);
        if (status == EN_ERR_NOT_FOUND) continue;
        if (status != EN_OK) return status;
        EN_TRY(add_passages(t, capture, text, err));
    }
    return EN_OK;
}

/* ---- all ---- */

static en_status add_lists(search_texts *t, en_case *c, const en_progress *progress, en_error *err) {
    en_records records;
    EN_TRY(en_records_load(c, 0, progress, &records, err));
    en_status status = add_records(t, &records, err);
    en_records_clear(&records);
    return status;
}

en_status search_texts_read(const en_account *account, const en_progress *progress, search_texts *out, en_error *err) {
    en_case *c;
    *out = (search_texts){.arena = en_arena_new(), .account = account};
    if (!out->arena) return en_no_memory(err);
    EN_TRY(en_case_open(account->case_path, false, &c, err));
    char head[65];
    en_status status = en_case_head(c, head, err);
    if (status == EN_OK && strcmp(head, account->head) != 0) status = en_fail(err, EN_ERR_CONFLICT, "the case changed");
    if (status == EN_OK) status = add_lists(out, c, progress, err);
    if (status == EN_OK) status = add_rows(out, c, err);
    if (status == EN_OK) status = add_documents(out, c, err);
    en_case_close(c);
    if (status != EN_OK) search_texts_clear(out);
    return status;
}

void search_texts_clear(search_texts *texts) {
    en_map_clear(&texts->strings);
    free(texts->of);
    free(texts->held);
    free(texts->first);
    en_arena_free(texts->arena);
    *texts = (search_texts){0};
}
