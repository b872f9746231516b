/* Taking out what goes: commitments first, then rows, then bytes. */
#include <stdlib.h>
#include <string.h>

#include "casefile/strip.h"

/* ---- commitments ---- */

static en_status keep_commitment(stripping *s, en_id id, const en_hash commitment) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(s->c, "INSERT OR IGNORE INTO absent VALUES(?,?,?)", &stmt, s->err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(id));
    sqlite3_bind_blob(stmt, 2, commitment, EN_HASH, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, s->reason, -1, SQLITE_STATIC);
    en_status status = en_sql_step(s->c, stmt, &row, s->err);
    sqlite3_finalize(stmt);
    return status;
}

static en_status read_ids(stripping *s, sqlite3_stmt *stmt, int64_t **ids, size_t *n) {
    size_t room = 0;
    bool row;
    en_status status;
    while ((status = en_sql_step(s->c, stmt, &row, s->err)) == EN_OK && row) {
        if (*n == room) {
            room = room ? 2 * room : 64;
            int64_t *grown = realloc(*ids, room * sizeof *grown);
            if (!grown) return en_no_memory(s->err);
            *ids = grown;
        }
        (*ids)[(*n)++] = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

/* Each id that `sql` selects; all are read before the first is acted on, since acting changes the tables. */
static en_status each(stripping *s, const char *sql, en_status (*act)(stripping *, en_id)) {
    sqlite3_stmt *stmt;
    int64_t *ids = NULL;
    size_t n = 0;
    EN_TRY(en_sql_prepare(s->c, sql, &stmt, s->err));
    en_status status = read_ids(s, stmt, &ids, &n);
    sqlite3_finalize(stmt);
    for (size_t i = 0; status == EN_OK && i < n; i++) status = act(s, en_id_unpack(ids[i]));
    free(ids);
    return status;
}

static en_status commit_to_row(stripping *s, en_id id) {
    en_hash salt, commitment;
    EN_TRY(en_row_commitment(s->c, id, salt, commitment, s->err));
    return keep_commitment(s, id, commitment);
}

static void put_be64(unsigned char *out, uint64_t value) {
    for (int i = 0; i < 8; i++) out[i] = (unsigned char)(value >> (56 - 8 * i));
}

static en_status commit_to_record(stripping *s, sqlite3_stmt *stmt, en_id release, en_str text) {
    unsigned char where[24 + 16];
    en_hash salt, commitment;
    en_id id = en_id_unpack(sqlite3_column_int64(stmt, 0));
    int64_t start = sqlite3_column_int64(stmt, 1), length = sqlite3_column_int64(stmt, 2);
    if (start < 0 || length < 0 || (uint64_t)start > text.len || (uint64_t)length > text.len - (uint64_t)start)
        return en_case_damaged(s->c, s->err, "a record lies outside its capture");
    EN_TRY(en_id_bytes(s->c, release, where, s->err));
    put_be64(where + 24, (uint64_t)start);
    put_be64(where + 32, (uint64_t)length);
    EN_TRY(en_case_salt(s->c, id, salt, s->err));
    en_commitment(salt, "record", (en_str){(const char *)where, sizeof where},
                  (en_str){text.ptr + start, (size_t)length}, commitment);
    if (sqlite3_column_int(stmt, 3))
        s->out->reduced++;
    else
        s->out->records++;
    return keep_commitment(s, id, commitment);
}

/* Rows of `table` that go, and records that lose some cells. */
static en_status select_targets_after(stripping *s, const char *columns, const char *table, en_id after, int64_t n,
                                      sqlite3_stmt **out) {
    char sql[200];
    sqlite3_snprintf((int)sizeof sql, sql,
                     "SELECT %s FROM %s WHERE (id IN target OR id IN (SELECT id FROM less)) AND id>?1 AND id<=?2 "
                     "ORDER BY id",
                     columns, table);
    EN_TRY(en_sql_prepare(s->c, sql, out, s->err));
    sqlite3_bind_int64(*out, 1, en_id_pack(after));
    sqlite3_bind_int64(*out, 2, en_id_pack(after) + n);
    return EN_OK;
}

static en_status commit_to_records(stripping *s, en_id release, int64_t n, en_str text) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(select_targets_after(s, "id,start,length,id IN (SELECT id FROM less)", "record", release, n, &stmt));
    en_status status;
    while ((status = en_sql_step(s->c, stmt, &row, s->err)) == EN_OK && row)
        if ((status = commit_to_record(s, stmt, release, text)) != EN_OK) break;
    sqlite3_finalize(stmt);
    return status;
}

static en_status commit_to_records_of(stripping *s, en_id release) {
    int64_t n, some;
    const char *ref;
    en_id capture;
    en_str text;
    EN_TRY(en_sql_int(s->c, "SELECT body->>'records' FROM row WHERE id=?", en_id_pack(release), &n, s->err));
    EN_TRY(en_sql_int(s->c,
                      "SELECT count(*) FROM (SELECT id FROM target UNION ALL SELECT id FROM less) AS goes, row WHERE "
                      "row.id=?1 AND goes.id>?1 AND goes.id<=?1+(row.body->>'records')",
                      en_id_pack(release), &some, s->err));
    if (some == 0) return EN_OK;
    en_arena *arena = en_arena_new();
    en_status status =
        arena ? en_case_member(s->c, release, "release", "capture", arena, &ref, s->err) : en_no_memory(s->err);
    if (status == EN_OK) status = en_id_from_global(s->c, ref, &capture, s->err);
    if (status == EN_OK) status = en_case_capture_bytes(s->c, capture, arena, &text, s->err);
    if (status == EN_OK) status = commit_to_records(s, release, n, text);
    en_arena_free(arena);
    return status;
}

static en_status commit_to_membership(stripping *s, sqlite3_stmt *stmt, en_id run) {
    unsigned char body[3 * 24 + 4];
    en_hash salt, commitment;
    en_id id = en_id_unpack(sqlite3_column_int64(stmt, 0));
    bool unknown = sqlite3_column_type(stmt, 3) == SQLITE_NULL;
    float weakest = (float)sqlite3_column_double(stmt, 3);
    uint32_t bits;
    memcpy(&bits, &weakest, sizeof bits);
    if (unknown) bits = 0x7fc00000u;
    EN_TRY(en_id_bytes(s->c, run, body, s->err));
    EN_TRY(en_id_bytes(s->c, en_id_unpack(sqlite3_column_int64(stmt, 1)), body + 24, s->err));
    EN_TRY(en_id_bytes(s->c, en_id_unpack(sqlite3_column_int64(stmt, 2)), body + 48, s->err));
    for (int k = 0; k < 4; k++) body[72 + k] = (unsigned char)(bits >> (24 - 8 * k));
    EN_TRY(en_case_salt(s->c, id, salt, s->err));
    en_commitment(salt, "membership", (en_str){(const char *)body, sizeof body}, EN_LIT(""), commitment);
    return keep_commitment(s, id, commitment);
}

static en_status commit_to_memberships_of(stripping *s, en_id run) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t n;
    EN_TRY(en_sql_int(s->c, "SELECT body->>'memberships' FROM row WHERE id=?", en_id_pack(run), &n, s->err));
    EN_TRY(select_targets_after(s, "id,record,person,weakest", "membership", run, n, &stmt));
    en_status status;
    while ((status = en_sql_step(s->c, stmt, &row, s->err)) == EN_OK && row)
        if ((status = commit_to_membership(s, stmt, run)) != EN_OK) break;
    sqlite3_finalize(stmt);
    return status;
}

static en_status commit_to_all(stripping *s) {
    EN_TRY(each(s, "SELECT row.id FROM row WHERE id IN target", commit_to_row));
    EN_TRY(each(s, "SELECT id FROM row WHERE kind='release'", commit_to_records_of));
    return each(s, "SELECT id FROM row WHERE kind='link_run'", commit_to_memberships_of);
}

/* ---- rows of which a part is left ---- */

en_status strip_reduce(stripping *s, en_id id, const json_t *left) {
    sqlite3_stmt *stmt;
    bool row;
    en_buf body = {0};
    EN_TRY(commit_to_row(s, id)); /* unless it is reduced already: the first commitment stays */
    en_status status = en_body_of_json(left, &body, s->err);
    if (status == EN_OK) status = en_sql_prepare(s->c, "UPDATE row SET body=? WHERE id=?", &stmt, s->err);
    if (status != EN_OK) return en_buf_clear(&body), status;
    sqlite3_bind_text(stmt, 1, body.ptr, (int)body.len, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 2, en_id_pack(id));
    status = en_sql_step(s->c, stmt, &row, s->err);
    sqlite3_finalize(stmt);
    en_buf_clear(&body);
    return status;
}

static en_status read_json(stripping *s, en_id id, json_t **out) {
    en_row row;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_row(s->c, id, arena, &row, s->err) : en_no_memory(s->err);
    if (status == EN_OK && !(*out = json_loads(row.body, 0, NULL)))
        status = en_case_damaged(s->c, s->err, "a row is malformed");
    en_arena_free(arena);
    return status;
}

/* A source stays as what other rows refer to, without anything that it says. */
static en_status empty_source(stripping *s, en_id id) {
    json_t *left = json_pack("{s:o}", "title", json_sprintf("(%s)", s->reason));
    en_status status = left ? strip_reduce(s, id, left) : en_no_memory(s->err);
    json_decref(left);
    return status;
}

/* ---- bytes ---- */

/* Ranges of one content that go, or become what is left of a record. */
static en_status blank_records(stripping *s, en_id capture, char *bytes, int64_t length) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(
        en_sql_prepare(s->c,
                       "SELECT record.start,record.length,less.bytes FROM row r JOIN record ON record.id>r.id AND "
                       "record.id<=r.id+(r.body->>'records') JOIN row k ON k.id=ref(r.body->>'capture') LEFT "
                       "JOIN less ON less.id=record.id WHERE r.kind='release' AND (record.id IN target OR less.id NOT "
                       "NULL) AND k.body->>'sha256'=(SELECT body->>'sha256' FROM "
                       "row WHERE id=?)",
                       &stmt, s->err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(capture));
    en_status status;
    while ((status = en_sql_step(s->c, stmt, &row, s->err)) == EN_OK && row) {
        int64_t start = sqlite3_column_int64(stmt, 0), n = sqlite3_column_int64(stmt, 1);
        if (start < 0 || n < 0 || start > length || n > length - start)
            status = en_case_damaged(s->c, s->err, "a record lies outside its capture");
        if (status != EN_OK) break;
        if (sqlite3_column_bytes(stmt, 2) == n)
            memcpy(bytes + start, sqlite3_column_blob(stmt, 2), (size_t)n);
        else
            memset(bytes + start, ' ', (size_t)n);
        s->out->bytes += n;
    }
    sqlite3_finalize(stmt);
    return status;
}

static en_status overwrite_chunk(stripping *s, int64_t id, en_str bytes) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(s->c, "UPDATE chunk SET bytes=? WHERE id=?", &stmt, s->err));
    sqlite3_bind_blob64(stmt, 1, bytes.ptr, bytes.len, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 2, id);
    en_status status = en_sql_step(s->c, stmt, &row, s->err);
    sqlite3_finalize(stmt);
    return status;
}

static en_status overwrite(stripping *s, int64_t content, en_str bytes, const char *sha256) {
    char sql[160];
    for (int64_t i = 0; (uint64_t)i * EN_CHUNK < bytes.len; i++) {
        size_t at = (size_t)i * EN_CHUNK, left = bytes.len - at;
        EN_TRY(
            overwrite_chunk(s, content << 32 | i, (en_str){bytes.ptr + at, left < EN_CHUNK ? left : (size_t)EN_CHUNK}));
    }
    sqlite3_snprintf((int)sizeof sql, sql, "UPDATE content SET sha256='%q' WHERE id=%lld", sha256, content);
    return en_sql_run(s->c, sql, s->err);
}

/* The captures of one content say of it what is there now: they would else let who guesses what went check the guess.
 */
static en_status redescribe_captures(stripping *s, const char *old_hash, const char *new_hash, int64_t length,
                                     bool whole) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(s->c, "SELECT id FROM row WHERE kind='capture' AND body->>'sha256'=?", &stmt, s->err));
    sqlite3_bind_text(stmt, 1, old_hash, -1, SQLITE_STATIC);
    en_status status;
    while ((status = en_sql_step(s->c, stmt, &row, s->err)) == EN_OK && row) {
        json_t *body = NULL;
        en_id id = en_id_unpack(sqlite3_column_int64(stmt, 0));
        if ((status = read_json(s, id, &body)) != EN_OK) break;
        json_object_set_new(body, "sha256", json_string(new_hash));
        json_object_set_new(body, "length", json_integer(length));
        if (whole) json_object_del(body, "url");
        status = strip_reduce(s, id, body);
        json_decref(body);
        if (status != EN_OK) break;
    }
    sqlite3_finalize(stmt);
    return status;
}

static en_status old_hash_of(stripping *s, en_id capture, char out[EN_HASH_HEX]) {
    const char *hex;
    en_arena *arena = en_arena_new();
    en_status status =
        arena ? en_case_member(s->c, capture, "capture", "sha256", arena, &hex, s->err) : en_no_memory(s->err);
    if (status == EN_OK) sqlite3_snprintf(EN_HASH_HEX, out, "%s", hex);
    en_arena_free(arena);
    return status;
}

/* Captures of which a part goes: spaces in its place. One content may have several; the first does it for all. */
static en_status blank_part(stripping *s, en_id capture) {
    char old_hash[EN_HASH_HEX], new_hash[EN_HASH_HEX];
    en_str text;
    en_hash hash;
    int64_t content, length, before = s->out->bytes;
    EN_TRY(en_content_of(s->c, capture, &content, &length, s->err));
    EN_TRY(old_hash_of(s, capture, old_hash));
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_capture_bytes(s->c, capture, arena, &text, s->err) : en_no_memory(s->err);
    if (status == EN_OK) status = blank_records(s, capture, (char *)text.ptr, (int64_t)text.len);
    if (status == EN_OK && s->out->bytes > before) {
        en_sha256(text, hash);
        en_hex(hash, EN_HASH, new_hash);
        status = overwrite(s, content, text, new_hash);
        if (status == EN_OK) status = redescribe_captures(s, old_hash, new_hash, (int64_t)text.len, false);
        s->out->captures++;
    }
    en_arena_free(arena);
    return status;
}

static en_status drop_content(stripping *s, const char *sha256) {
    char *sql = sqlite3_mprintf("DELETE FROM chunk WHERE id>>32 IN (SELECT id FROM content WHERE sha256=%Q);"
                                "DELETE FROM content WHERE sha256=%Q",
                                sha256, sha256);
    en_status status = sql ? en_sql_run(s->c, sql, s->err) : en_no_memory(s->err);
    sqlite3_free(sql);
    return status;
}

/* A capture that goes wholly is one of no bytes. */
static en_status empty_capture(stripping *s, en_id capture) {
    char old_hash[EN_HASH_HEX], empty[EN_HASH_HEX];
    en_hash hash;
    int64_t content, length;
    en_sha256(EN_LIT(""), hash);
    en_hex(hash, EN_HASH, empty);
    EN_TRY(old_hash_of(s, capture, old_hash));
    if (strcmp(old_hash, empty) == 0) return EN_OK; /* by an equal one before */
    EN_TRY(en_content_of(s->c, capture, &content, &length, s->err));
    char *sql = sqlite3_mprintf("INSERT OR IGNORE INTO content(sha256,length) VALUES(%Q,0)", empty);
    en_status status = sql ? en_sql_run(s->c, sql, s->err) : en_no_memory(s->err);
    sqlite3_free(sql);
    if (status == EN_OK) status = redescribe_captures(s, old_hash, empty, 0, true);
    if (status == EN_OK) status = drop_content(s, old_hash);
    s->out->bytes += length;
    s->out->captures++;
    return status;
}

/* ---- what was computed from rows that go ---- */

static bool drop_terms(json_t *model) {
    json_t *comparison;
    size_t i;
    bool changed = false;
    json_array_foreach(json_object_get(model, "comparisons"), i, comparison) {
        if (json_array_size(json_object_get(comparison, "terms")) == 0) continue;
        json_object_set_new(comparison, "terms", json_array());
        changed = true;
    }
    return changed;
}

/* A model has shares of values, which are names of people; and by the hash of all that was linked, who has all but one
 * record could check a guess of it. */
static en_status forget_values(stripping *s, en_id run) {
    static const char no_hash[] = "0000000000000000000000000000000000000000000000000000000000000000";
    json_t *body = NULL;
    EN_TRY(read_json(s, run, &body));
    const char *text = json_string_value(json_object_get(body, "model"));
    json_t *model = text ? json_loads(text, 0, NULL) : NULL;
    char *left = drop_terms(model) ? json_dumps(model, JSON_COMPACT) : NULL;
    if (left) json_object_set_new(body, "model", json_string(left));
    json_object_set_new(body, "input_hash", json_string(no_hash));
    en_status status = strip_reduce(s, run, body);
    free(left);
    json_decref(model);
    json_decref(body);
    return status;
}

/* Partitions hold places of records, and can be drawn anew by a link run alone; all else is rebuilt when it is asked
 * for. */
static en_status forget_derived(stripping *s) {
    return en_sql_run(s->c, "DELETE FROM derived WHERE kind<>'partitions'", s->err);
}

static en_status rehash_derived(stripping *s) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash all = {0}, one;
    EN_TRY(en_sql_prepare(s->c, "SELECT sha256 FROM derived", &stmt, s->err));
    en_status status;
    while ((status = en_sql_step(s->c, stmt, &row, s->err)) == EN_OK && row)
        if (en_sql_bytes(stmt, 0, one, EN_HASH))
            for (int i = 0; i < EN_HASH; i++) all[i] ^= one[i];
    sqlite3_finalize(stmt);
    if (status != EN_OK) return status;
    EN_TRY(en_sql_prepare(s->c, "UPDATE file SET derived=? WHERE id=1", &stmt, s->err));
    sqlite3_bind_blob(stmt, 1, all, EN_HASH, SQLITE_STATIC);
    status = en_sql_step(s->c, stmt, &row, s->err);
    sqlite3_finalize(stmt);
    return status;
}

en_status strip_carry_out(stripping *s) {
    int64_t records;
    EN_TRY(en_sql_int(s->c, "SELECT count(*) FROM target", -1, &s->out->rows, s->err));
    EN_TRY(commit_to_all(s));
    EN_TRY(each(s, "SELECT id FROM part ORDER BY id", blank_part));
    EN_TRY(each(s, "SELECT id FROM row WHERE kind='capture' AND id IN target AND id NOT IN part ORDER BY id",
                empty_capture));
    EN_TRY(each(s, "SELECT id FROM row WHERE kind='source' AND id IN target", empty_source));
    EN_TRY(en_sql_int(s->c, "SELECT (SELECT count(*) FROM record WHERE id IN target)+(SELECT count(*) FROM less)", -1,
                      &records, s->err));
    if (records) EN_TRY(each(s, "SELECT id FROM row WHERE kind='link_run' AND id NOT IN target", forget_values));
    EN_TRY(en_sql_run(s->c,
                      "DELETE FROM membership WHERE id IN target; DELETE FROM record WHERE id IN target;"
                      "DELETE FROM row WHERE id IN target AND kind NOT IN ('source','capture','release')",
                      s->err));
    EN_TRY(forget_derived(s));
    EN_TRY(rehash_derived(s));
    return en_sql_run(s->c, "DROP TABLE temp.target; DROP TABLE temp.part; DROP TABLE temp.place; DROP TABLE temp.less",
                      s->err);
}
