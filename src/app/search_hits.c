/* From a text's number in the index to what is shown of it. */
#include <stdio.h>
#include <string.h>

#include "app/search_parts.h"
#include "base/leb128.h"

typedef struct stored_text {
    uint64_t kind, entry, ordinal, a, b; /* a, b: the person of a record; offset and length of a passage */
} stored_text;

static bool take_text(en_str *rest, stored_text *t) {
    const uint64_t most = INT64_MAX;
    t->a = t->b = 0;
    return en_leb128_take(rest, EN_INDEXED_PASSAGE, &t->kind) && en_leb128_take(rest, most, &t->entry) &&
           en_leb128_take(rest, most, &t->ordinal) &&
           (t->kind == EN_INDEXED_ROW || (en_leb128_take(rest, most, &t->a) && en_leb128_take(rest, most, &t->b)));
}

static en_status read_text(en_search *s, int64_t text, en_arena *arena, stored_text *out, en_error *err) {
    char key[32];
    en_str rest;
    snprintf(key, sizeof key, "texts/%lld", (long long)(text / EN_INDEX_TEXTS));
    EN_TRY(search_fetch(s, key, arena, &rest, err));
    for (int64_t i = 0; i <= text % EN_INDEX_TEXTS; i++)
        if (!take_text(&rest, out)) return en_fail(err, EN_ERR_CORRUPT, "the index of names cannot be read");
    return EN_OK;
}

static en_status print_id(en_search *s, char letter, en_id id, en_arena *arena, const char **out, en_error *err) {
    char text[EN_ID_TEXT];
    EN_TRY(en_case_print_id(s->c, letter, id, text, err));
    *out = en_arena_strdup(arena, en_str_of(text));
    return *out ? EN_OK : en_no_memory(err);
}

static en_status title_of(en_search *s, en_id source, en_arena *arena, const char **out, en_error *err) {
    en_row row;
    *out = "";
    en_status status = en_case_row(s->c, source, arena, &row, err);
    if (status == EN_ERR_NOT_FOUND) return EN_OK;
    if (status != EN_OK) return status;
    json_t *body = json_loads(row.body, 0, NULL);
    const char *title = json_string_value(json_object_get(body, "title"));
    if (title) *out = en_arena_strdup(arena, en_str_of(title));
    json_decref(body);
    return *out ? EN_OK : en_no_memory(err);
}

static en_status quote_part(en_search *s, en_id capture, en_arena *arena, en_search_hit *out, en_error *err) {
    en_str bytes;
    EN_TRY(en_case_capture_part(s->c, capture, out->offset, out->length, arena, &bytes, err));
    out->quote = bytes.ptr;
    return print_id(s, 'k', capture, arena, &out->capture, err);
}

static en_status source_of_release(en_search *s, en_id release, en_arena *arena, const char **out, en_error *err) {
    en_release *releases;
    int64_t n;
    EN_TRY(en_case_releases(s->c, arena, &releases, &n, err));
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(releases[i].id, release)) return title_of(s, releases[i].source, arena, out, err);
    return EN_OK;
}

static en_status describe_record(en_search *s, const stored_text *t, en_arena *arena, en_search_hit *out,
                                 en_error *err) {
    en_id id = {(int64_t)t->entry, (int64_t)t->ordinal}, person = {(int64_t)t->a, (int64_t)t->b}, release, capture;
    out->kind = "record";
    EN_TRY(print_id(s, 'r', id, arena, &out->id, err));
    EN_TRY(print_id(s, 'p', person, arena, &out->person, err));
    EN_TRY(en_case_record(s->c, id, &release, &capture, &out->offset, &out->length, err));
    EN_TRY(source_of_release(s, release, arena, &out->source, err));
    return quote_part(s, capture, arena, out, err);
}

/* The source of a document is told by the row that stored it. */
static en_status source_of_capture(en_search *s, en_id capture, en_arena *arena, const char **out, en_error *err) {
    en_row *rows;
    int64_t n;
    char ref[EN_REF_TEXT];
    EN_TRY(en_case_ref(s->c, capture, ref, err));
    EN_TRY(en_case_rows(s->c, "document", arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        json_t *body = json_loads(rows[i].body, 0, NULL);
        const char *rendition = json_string_value(json_object_get(body, "rendition")),
                   *source = json_string_value(json_object_get(body, "source"));
        bool is_it = rendition && source && strcmp(rendition, ref) == 0;
        en_id id;
        en_status status = is_it ? en_case_deref(s->c, source, &id, err) : EN_OK;
        json_decref(body);
        if (status != EN_OK) return status;
        if (is_it) return title_of(s, id, arena, out, err);
    }
    return EN_OK;
}

static en_status describe_passage(en_search *s, const stored_text *t, en_arena *arena, en_search_hit *out,
                                  en_error *err) {
    en_id capture = {(int64_t)t->entry, (int64_t)t->ordinal};
    out->kind = "passage";
    out->offset = (int64_t)t->a;
    out->length = (int64_t)t->b;
    EN_TRY(print_id(s, 'k', capture, arena, &out->id, err));
    EN_TRY(source_of_capture(s, capture, arena, &out->source, err));
    return quote_part(s, capture, arena, out, err);
}

static en_status describe_row(en_search *s, const stored_text *t, en_arena *arena, en_search_hit *out, en_error *err) {
    en_row row;
    en_id source;
    EN_TRY(en_case_row(s->c, (en_id){(int64_t)t->entry, (int64_t)t->ordinal}, arena, &row, err));
    out->kind = row.kind;
    EN_TRY(print_id(s, en_letter_of_kind(row.kind), row.id, arena, &out->id, err));
    json_t *body = json_loads(row.body, 0, NULL);
    const char *quote = json_string_value(json_object_get(body, "quote")),
               *ref = json_string_value(json_object_get(body, "source"));
    out->quote = quote ? en_arena_strdup(arena, en_str_of(quote)) : row.body;
    en_status status = out->quote ? EN_OK : en_no_memory(err);
    if (status == EN_OK && ref && (status = en_case_deref(s->c, ref, &source, err)) == EN_OK)
        status = title_of(s, source, arena, &out->source, err);
    json_decref(body);
    return status;
}

en_status search_describe(en_search *s, int64_t text, en_arena *arena, en_search_hit *out, en_error *err) {
    stored_text t = {0};
    *out = (en_search_hit){.kind = "", .id = "", .person = "", .source = "", .capture = "", .offset = -1, .length = -1};
    EN_TRY(read_text(s, text, arena, &t, err));
    if (t.kind == EN_INDEXED_RECORD) return describe_record(s, &t, arena, out, err);
    return t.kind == EN_INDEXED_ROW ? describe_row(s, &t, arena, out, err) : describe_passage(s, &t, arena, out, err);
}
