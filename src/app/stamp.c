/* Stamps of time-stamping authorities: a request goes out as a file, the answer comes in as one. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/find_capture.h"
#include "app/keeping.h"
#include "base/os.h"

/* ---- which capture ---- */

/* What arrived: the capture at the top of a chain of renditions. */
static en_id arrived(const en_capture *captures, int64_t n, en_id id) {
    for (int64_t i = n - 1; i >= 0; i--) /* a parent is older */
        if (en_id_eq(captures[i].id, id) && !en_id_eq(captures[i].parent, EN_ID_NONE)) id = captures[i].parent;
    return id;
}

/* Captures that rows of kind "extraction" tie to a source, as imported documents are. */
static en_status document_of(en_case *c, en_arena *arena, en_id source, en_id *out, en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_rows(c, "extraction", arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        en_id of, capture;
        json_t *body = json_loads(rows[i].body, 0, NULL);
        const char *ref = json_string_value(json_object_get(body, "source")),
                   *bytes = json_string_value(json_object_get(body, "capture"));
        en_status status = en_case_deref(c, ref ? ref : "", &of, err);
        if (status == EN_OK) status = en_case_deref(c, bytes ? bytes : "", &capture, err);
        json_decref(body);
        EN_TRY(status);
        if (en_id_eq(of, source)) *out = capture;
    }
    return EN_OK;
}

static en_status capture_of_source(en_case *c, en_arena *arena, en_id source, en_id *out, en_error *err) {
    en_release *releases;
    en_capture *captures;
    int64_t n, m;
    *out = EN_ID_NONE;
    EN_TRY(en_case_releases(c, arena, &releases, &n, err));
    EN_TRY(en_case_captures(c, arena, &captures, &m, err));
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(releases[i].source, source)) *out = arrived(captures, m, releases[i].capture);
    if (en_id_eq(*out, EN_ID_NONE)) EN_TRY(document_of(c, arena, source, out, err));
    return en_id_eq(*out, EN_ID_NONE) ? en_fail(err, EN_ERR_NOT_FOUND, "the source has no captured bytes") : EN_OK;
}

en_status en_find_capture(en_case *c, en_arena *arena, const char *id, en_id *out, en_error *err) {
    char kind;
    *out = EN_ID_NONE;
    if (!id) return EN_OK;
    EN_TRY(en_case_parse_id(c, id, &kind, out, err));
    if (kind == 'k') return EN_OK;
    if (kind == 's') return capture_of_source(c, arena, *out, out, err);
    en_fail(err, EN_ERR_INPUT, "%.60s is neither a source nor a capture", id);
    return en_error_mend(err, "give s:… or k:…, or no id for the head of the ledger"), EN_ERR_INPUT;
}

/* ---- out and in ---- */

static en_status request(en_case *c, const char *id, const char *path, en_error *err) {
    en_id capture;
    char *der = NULL;
    size_t n = 0;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_find_capture(c, arena, id, &capture, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_stamp_request(c, capture, &der, &n, err);
    if (status == EN_OK) status = en_os_write_file(path, (en_str){der, n}, err);
    free(der);
    en_arena_free(arena);
    return status;
}

en_status en_app_stamp_request(const char *case_path, const char *id, const char *request_path, en_error *err) {
    en_case *c = NULL;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = request(c, id, request_path, err);
    en_case_close(c);
    return status;
}

static en_status printed(en_case *c, char letter, en_id id, en_arena *arena, const char **out, en_error *err) {
    char text[EN_ID_TEXT] = "";
    if (!en_id_eq(id, EN_ID_NONE)) EN_TRY(en_case_print_id(c, letter, id, text, err));
    return (*out = en_arena_strdup(arena, en_str_of(text))) ? EN_OK : en_no_memory(err);
}

static en_status store(en_case *c, const char *actor, const char *id, en_str answer, en_str authority,
                       en_app_stamp *out, en_error *err) {
    en_id capture;
    en_entry entry;
    EN_TRY(en_find_capture(c, out->arena, id, &capture, err));
    EN_TRY(en_case_begin(c, actor, "stamp", err));
    en_status status = en_case_add_stamp(c, capture, answer, authority, out->arena, &out->stamp, err);
    if (status != EN_OK) return en_case_rollback(c), status;
    EN_TRY(en_case_commit(c, &entry, err));
    EN_TRY(printed(c, 'W', out->stamp.id, out->arena, &out->id, err));
    EN_TRY(printed(c, 'k', out->stamp.of, out->arena, &out->of, err));
    return en_case_print_id(c, 'n', (en_id){entry.number, 0}, out->entry, err);
}

en_status en_app_stamp_store(const char *case_path, const char *actor, const char *id, const char *answer_path,
                             const char *authority_path, en_app_stamp *out, en_error *err) {
    en_os_map answer = {0}, authority = {0};
    en_case *c = NULL;
    *out = (en_app_stamp){.arena = en_arena_new()};
    en_status status = out->arena ? en_os_map_file(answer_path, &answer, err) : en_no_memory(err);
    if (status == EN_OK && authority_path) status = en_os_map_file(authority_path, &authority, err);
    if (status == EN_OK) status = en_case_open(case_path, true, &c, err);
    if (status == EN_OK) status = store(c, actor, id, answer.bytes, authority.bytes, out, err);
    if (status == EN_ERR_INPUT && err && !err->file[0]) en_error_at(err, answer_path, -1, NULL, -1);
    en_case_close(c);
    en_os_unmap(&answer);
    en_os_unmap(&authority);
    out->stamp.answer = EN_LIT("");
    if (status != EN_OK) en_app_stamp_clear(out);
    return status;
}

void en_app_stamp_clear(en_app_stamp *stamp) {
    en_arena_free(stamp->arena);
    *stamp = (en_app_stamp){0};
}
