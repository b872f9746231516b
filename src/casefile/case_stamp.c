/* Stamps in the case: rows of kind "stamp" that keep an authority's answer as it came. */
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/case.h"
#include "casefile/time_stamp.h"

/* ---- what is stamped ---- */

static en_status capture_hash(en_case *c, en_id capture, en_hash out, en_error *err) {
    const char *hex;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_member(c, capture, "capture", "sha256", arena, &hex, err) : en_no_memory(err);
    if (status == EN_OK && (strlen(hex) != 2 * EN_HASH || !en_hash_from_hex(hex, out, EN_HASH)))
        status = en_case_damaged(c, err, "a capture has no hash");
    en_arena_free(arena);
    return status;
}

en_status en_case_stamp_imprint(en_case *c, en_id capture, unsigned char imprint[32], en_error *err) {
    EN_TRY(en_case_fresh(c, err));
    if (!en_id_eq(capture, EN_ID_NONE)) return capture_hash(c, capture, imprint, err);
    en_merkle_root(&c->tree, imprint);
    return EN_OK;
}

en_status en_case_stamp_request(en_case *c, en_id capture, char **der, size_t *n, en_error *err) {
    en_hash imprint;
    en_buf out = {0};
    EN_TRY(en_case_stamp_imprint(c, capture, imprint, err));
    EN_TRY(en_stamp_request(imprint, &out, err));
    *der = out.ptr;
    *n = out.len;
    return EN_OK;
}

/* The entry whose head is `head`; 0 where there is none. */
static en_status entry_of_head(en_case *c, const en_hash head, int64_t *out, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    *out = 0;
    EN_TRY(en_sql_prepare(c, "SELECT number FROM entry WHERE head=?", &stmt, err));
    sqlite3_bind_blob(stmt, 1, head, EN_HASH, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && row) *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return status;
}

static en_status check_imprint(en_case *c, en_id capture, const en_hash stamped, int64_t *entries, en_error *err) {
    en_hash imprint;
    *entries = 0;
    if (en_id_eq(capture, EN_ID_NONE)) {
        EN_TRY(entry_of_head(c, stamped, entries, err));
        return *entries ? EN_OK : en_fail(err, EN_ERR_INPUT, "the stamp is not of this case's ledger");
    }
    EN_TRY(capture_hash(c, capture, imprint, err));
    if (memcmp(imprint, stamped, EN_HASH) == 0) return EN_OK;
    return en_fail(err, EN_ERR_INPUT, "the stamp is not of the bytes of that capture");
}

/* ---- rows ---- */

/* Base64 of `bytes`, or what base64 text stands for, in the arena. */
static char *to_base64(en_str bytes, en_arena *arena) {
    size_t room = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    char *text = en_arena_alloc(arena, room);
    return text ? sodium_bin2base64(text, room, (const unsigned char *)bytes.ptr, bytes.len,
                                    sodium_base64_VARIANT_ORIGINAL)
                : NULL;
}

static bool from_base64(const char *text, en_arena *arena, en_str *out) {
    size_t n = strlen(text), length = 0;
    unsigned char *bytes = en_arena_alloc(arena, n + 1);
    if (!bytes || sodium_base642bin(bytes, n + 1, text, n, NULL, &length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    *out = (en_str){(const char *)bytes, length};
    return true;
}

static json_t *stamp_body(const en_stamp_facts *facts, const char *of, int64_t entries, const char *answer,
                          en_str authority) {
    json_t *body = json_pack("{s:s, s:I, s:s, s:s}", "answer", answer, "at", (json_int_t)facts->at, "authority",
                             facts->authority, "serial", facts->serial);
    if (body && authority.len)
        json_object_set_new(body, "authority_certificate", json_stringn(authority.ptr, authority.len));
    if (body && of[0])
        json_object_set_new(body, "of", json_string(of));
    else if (body)
        json_object_set_new(body, "entries", json_integer(entries));
    return body;
}

static en_status store(en_case *c, json_t *body, en_id *out, en_error *err) {
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    en_status status = text ? en_case_add_row(c, "stamp", text, out, err) : en_no_memory(err);
    free(text);
    return status;
}

en_status en_case_add_stamp(en_case *c, en_id capture, en_str answer, en_str authority, en_arena *arena,
                            en_stamp *stamp, en_error *err) {
    en_stamp_facts facts;
    char of[EN_GLOBAL_TEXT] = "";
    *stamp = (en_stamp){.of = capture, .trusted = authority.len > 0, .answer = answer};
    EN_TRY(en_case_needs_writing(c, err));
    EN_TRY(en_stamp_read(answer, &facts, err));
    EN_TRY(check_imprint(c, capture, facts.imprint, &stamp->entries, err));
    if (authority.len) EN_TRY(en_stamp_trusted(answer, authority, err));
    if (!en_id_eq(capture, EN_ID_NONE)) EN_TRY(en_id_global(c, capture, of, err));
    const char *text = to_base64(answer, arena);
    if (!text) return en_no_memory(err);
    json_t *body = stamp_body(&facts, of, stamp->entries, text, authority);
    en_status status = store(c, body, &stamp->id, err);
    json_decref(body);
    stamp->at = facts.at;
    stamp->authority = en_arena_strdup(arena, en_str_of(facts.authority));
    stamp->serial = en_arena_strdup(arena, en_str_of(facts.serial));
    return status == EN_OK && !(stamp->authority && stamp->serial) ? en_no_memory(err) : status;
}

static const char *text_member(const json_t *body, const char *key) {
    const char *text = json_string_value(json_object_get(body, key));
    return text ? text : "";
}

static en_status read_body(en_case *c, const json_t *body, en_arena *arena, en_stamp *out, en_error *err) {
    out->entries = json_integer_value(json_object_get(body, "entries"));
    out->at = json_integer_value(json_object_get(body, "at"));
    out->authority = en_arena_strdup(arena, en_str_of(text_member(body, "authority")));
    out->serial = en_arena_strdup(arena, en_str_of(text_member(body, "serial")));
    out->trusted = text_member(body, "authority_certificate")[0] != 0;
    if (!out->authority || !out->serial) return en_no_memory(err);
    EN_TRY(en_id_from_global(c, text_member(body, "of"), &out->of, err));
    return from_base64(text_member(body, "answer"), arena, &out->answer)
               ? EN_OK
               : en_case_damaged(c, err, "a stamp is malformed");
}

en_status en_case_stamps(en_case *c, en_arena *arena, en_stamp **out, int64_t *n, en_error *err) {
    en_row *rows;
    EN_TRY(en_case_rows(c, "stamp", arena, &rows, n, err));
    if (!(*out = en_arena_alloc(arena, ((size_t)*n + 1) * sizeof **out))) return en_no_memory(err);
    en_status status = EN_OK;
    for (int64_t i = 0; status == EN_OK && i < *n; i++) {
        json_t *body = json_loads(rows[i].body, 0, NULL);
        (*out)[i].id = rows[i].id;
        status = read_body(c, body, arena, &(*out)[i], err);
        json_decref(body);
    }
    return status;
}

/* A capture of which a part was destroyed or withheld has another hash now; its stamp holds of what it was. */
static en_status check_body(en_case *c, const json_t *body, en_arena *arena, en_error *err) {
    en_stamp stamp = {0};
    en_stamp_facts facts;
    int64_t entries, gone = 0;
    const char *authority = text_member(body, "authority_certificate");
    EN_TRY(read_body(c, body, arena, &stamp, err));
    EN_TRY(en_stamp_read(stamp.answer, &facts, err));
    if (facts.at != stamp.at) return en_fail(err, EN_ERR_CORRUPT, "the stamp is of another time than its row says");
    if (!en_id_eq(stamp.of, EN_ID_NONE))
        EN_TRY(en_sql_int(c, "SELECT count(*) FROM absent WHERE id=?", en_id_pack(stamp.of), &gone, err));
    if (!gone) EN_TRY(check_imprint(c, stamp.of, facts.imprint, &entries, err));
    return authority[0] ? en_stamp_trusted(stamp.answer, en_str_of(authority), err) : EN_OK;
}

en_status en_stamp_check_row(en_case *c, const char *body, en_error *err) {
    en_arena *arena = en_arena_new();
    json_t *json = json_loads(body, 0, NULL);
    en_status status = arena && json ? check_body(c, json, arena, err) : en_no_memory(err);
    json_decref(json);
    en_arena_free(arena);
    return status;
}

en_status en_case_check_stamp(en_case *c, en_id stamp, en_error *err) {
    en_row row;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_row(c, stamp, arena, &row, err) : en_no_memory(err);
    if (status == EN_OK) status = en_stamp_check_row(c, row.body, err);
    en_arena_free(arena);
    return status;
}
