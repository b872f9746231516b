/* Destruction on order: of a court, or since consent was withdrawn. */
#include <string.h>

#include "casefile/strip.h"

static en_status kind_of(en_case *c, en_id id, en_arena *arena, const char **kind, en_error *err) {
    en_row row;
    int64_t one;
    en_status status = en_sql_int(c, "SELECT 1 FROM record WHERE id=?", en_id_pack(id), &one, err);
    *kind = "record";
    if (status != EN_ERR_NOT_FOUND) return status;
    status = en_case_row(c, id, arena, &row, err);
    if (status == EN_OK) *kind = row.kind;
    return status;
}

static en_status refuse(const char *kind, en_error *err) {
    static const char *const kept[] = {"release", "mapping", "link_run", "destruction", "removal"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (strcmp(kind, kept[i]) != 0) continue;
        en_fail(err, EN_ERR_INPUT, "a row of kind %s holds the case together and says nothing of anybody", kind);
        return en_error_mend(err, "name the source, the capture or the record that has to go"), EN_ERR_INPUT;
    }
    return EN_OK;
}

static en_status note(en_case *c, en_id id, const char *kind, const char *by, const char *why, const en_stripped *out,
                      en_error *err) {
    char of[EN_GLOBAL_TEXT];
    en_id row;
    en_body body = {.err = err};
    EN_TRY(en_id_global(c, id, of, err));
    en_body_text(&body, "by", by);
    en_body_int(&body, "bytes", out->bytes);
    en_body_text(&body, "kind", kind);
    en_body_text(&body, "of", of);
    en_body_int(&body, "rows", out->rows);
    en_body_text(&body, "why", why);
    en_status status = en_body_end(&body);
    if (status == EN_OK) status = en_row_store(c, "destruction", &body.json, &row, err);
    en_buf_clear(&body.json);
    return status;
}

static en_status destroy(stripping *s, en_id id) {
    EN_TRY(strip_begin(s));
    EN_TRY(strip_name(s, id));
    EN_TRY(strip_spread(s));
    return strip_carry_out(s);
}

en_status en_case_destroy(en_case *c, en_id id, const char *by, const char *why, en_stripped *out, en_error *err) {
    const char *kind;
    stripping s = {.c = c, .reason = "destroyed", .out = out, .err = err};
    *out = (en_stripped){0};
    EN_TRY(en_case_needs_writing(c, err));
    if (!why || !why[0]) return en_fail(err, EN_ERR_USAGE, "why it is destroyed is not stated");
    en_arena *arena = en_arena_new();
    en_status status = arena ? kind_of(c, id, arena, &kind, err) : en_no_memory(err);
    if (status == EN_OK) status = refuse(kind, err);
    if (status == EN_OK) {
        c->shreds = true; /* the journal holds what goes */
        en_page_vfs_shred(true);
        status = destroy(&s, id);
        if (status == EN_OK) status = note(c, id, kind, by, why, out, err);
        if (status != EN_OK) c->broken = true;
    }
    en_arena_free(arena);
    return status;
}
