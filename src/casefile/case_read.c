/* Reading what is stored, in order of id. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/case.h"

/* ---- rows of one kind ---- */

/* The rows of one kind in order: `columns` are expressions over body. */
static en_status select_kind(en_case *c, const char *kind, const char *columns, sqlite3_stmt **out, int64_t *count,
                             en_error *err) {
    char sql[768];
    EN_TRY(en_case_fresh(c, err));
    sqlite3_snprintf((int)sizeof sql, sql, "SELECT count(*) FROM row WHERE kind='%s'", kind);
    EN_TRY(en_sql_int(c, sql, -1, count, err));
    sqlite3_snprintf((int)sizeof sql, sql, "SELECT id,%s FROM row WHERE kind='%s' ORDER BY id LIMIT %lld", columns,
                     kind, *count);
    return en_sql_prepare(c, sql, out, err);
}

static en_id row_id(sqlite3_stmt *stmt, int column) { return en_id_unpack(sqlite3_column_int64(stmt, column)); }

static en_status read_ref(en_case *c, sqlite3_stmt *stmt, int column, en_id *out, en_error *err) {
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return en_id_from_global(c, text ? text : "", out, err);
}

/* Fills fields of a struct from consecutive columns; false when memory is short. */
static bool read_texts(sqlite3_stmt *stmt, int column, en_arena *arena, const char **const *fields, int n) {
    for (int i = 0; i < n; i++)
        if (!(*fields[i] = en_sql_text(stmt, column + i, arena))) return false;
    return true;
}

/* Runs a select_kind into an array of the arena, row by row. */
typedef en_status (*row_reader)(en_case *c, sqlite3_stmt *stmt, en_arena *arena, void *out, en_error *err);

static en_status read_kind(en_case *c, const char *kind, const char *columns, size_t size, row_reader read,
                           en_arena *arena, void **out, int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    int64_t count;
    bool row;
    *n = 0;
    EN_TRY(select_kind(c, kind, columns, &stmt, &count, err));
    en_status status = EN_OK;
    if (!(*out = en_arena_alloc(arena, ((size_t)count + 1) * size))) status = en_no_memory(err);
    while (status == EN_OK && (status = en_sql_step(c, stmt, &row, err)) == EN_OK && row && *n < count)
        status = read(c, stmt, arena, (char *)*out + (size_t)(*n)++ * size, err);
    sqlite3_finalize(stmt);
    return status;
}

static en_status read_source(en_case *c, sqlite3_stmt *stmt, en_arena *arena, void *out, en_error *err) {
    (void)c;
    en_source *s = out;
    s->id = row_id(stmt, 0);
    const char **const fields[] = {&s->title,     &s->kind,      &s->publisher,      &s->author,
                                   &s->published, &s->language,  &s->relation,       &s->independence_group,
                                   &s->grade,     &s->graded_by, &s->confidentiality};
    return read_texts(stmt, 1, arena, fields, 11) ? EN_OK : en_no_memory(err);
}

en_status en_case_sources(en_case *c, en_arena *arena, en_source **out, int64_t *n, en_error *err) {
    return read_kind(
        c, "source",
        "body->>'title',body->>'kind',body->>'publisher',body->>'author',body->>'published',body->>'language',"
        "body->>'relation',body->>'independence_group',body->>'grade',body->>'graded_by',body->>'confidentiality'",
        sizeof **out, read_source, arena, (void **)out, n, err);
}

static en_status read_capture(en_case *c, sqlite3_stmt *stmt, en_arena *arena, void *out, en_error *err) {
    en_capture *k = out;
    k->id = row_id(stmt, 0);
    const char **const fields[] = {&k->media_type, &k->url, &k->collected_by, &k->collected_with, &k->extractor};
    if (!read_texts(stmt, 1, arena, fields, 5)) return en_no_memory(err);
    k->collected_at = sqlite3_column_int64(stmt, 6);
    k->length = sqlite3_column_int64(stmt, 7);
    EN_TRY(read_ref(c, stmt, 8, &k->parent, err));
    const char *hex = (const char *)sqlite3_column_text(stmt, 9);
    if (!hex || strlen(hex) != 2 * EN_HASH || !en_hash_from_hex(hex, k->sha256, EN_HASH))
        return en_case_damaged(c, err, "a capture has no hash");
    return EN_OK;
}

en_status en_case_captures(en_case *c, en_arena *arena, en_capture **out, int64_t *n, en_error *err) {
    return read_kind(
        c, "capture",
        "body->>'media_type',body->>'url',body->>'collected_by',body->>'collected_with',body->>'extractor',"
        "body->>'collected_at',body->>'length',body->>'parent',body->>'sha256'",
        sizeof **out, read_capture, arena, (void **)out, n, err);
}

static en_status read_release(en_case *c, sqlite3_stmt *stmt, en_arena *arena, void *out, en_error *err) {
    en_release *r = out;
    r->id = row_id(stmt, 0);
    const char **const fields[] = {&r->label, &r->released};
    if (!read_texts(stmt, 1, arena, fields, 2)) return en_no_memory(err);
    r->n_records = sqlite3_column_int64(stmt, 3);
    EN_TRY(read_ref(c, stmt, 4, &r->source, err));
    EN_TRY(read_ref(c, stmt, 5, &r->capture, err));
    EN_TRY(read_ref(c, stmt, 6, &r->mapping, err));
    return read_ref(c, stmt, 7, &r->supersedes, err);
}

en_status en_case_releases(en_case *c, en_arena *arena, en_release **out, int64_t *n, en_error *err) {
    return read_kind(
        c, "release",
        "body->>'label',body->>'released',body->>'records',body->>'source',body->>'capture',body->>'mapping',"
        "body->>'supersedes'",
        sizeof **out, read_release, arena, (void **)out, n, err);
}

/* One text member of one row. */
en_status en_case_member(en_case *c, en_id id, const char *kind, const char *member, en_arena *arena, const char **out,
                         en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    char sql[160];
    EN_TRY(en_case_fresh(c, err));
    sqlite3_snprintf((int)sizeof sql, sql, "SELECT body->>'%s' FROM row WHERE id=? AND kind='%s'", member, kind);
    EN_TRY(en_sql_prepare(c, sql, &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(id));
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && !row)
        status = en_fail(err, EN_ERR_NOT_FOUND, "there is no %s %lld.%lld", kind, (long long)id.entry,
                         (long long)id.ordinal);
    if (status == EN_OK && !(*out = en_sql_text(stmt, 0, arena))) status = en_no_memory(err);
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_mapping(en_case *c, en_id mapping, en_arena *arena, const char **json, en_error *err) {
    return en_case_member(c, mapping, "mapping", "json", arena, json, err);
}

/* ---- bytes ---- */

/* No row takes less than a byte of the file (as this transaction has it), so a damaged number cannot ask for all
 * memory. */
static en_status check_plausible(en_case *c, int64_t n, const char *what, en_error *err) {
    int64_t pages;
    EN_TRY(en_sql_int(c, "PRAGMA page_count", -1, &pages, err));
    return n >= 0 && n <= pages * EN_PAGE_SIZE ? EN_OK : en_case_damaged(c, err, what);
}

en_status en_content_of(en_case *c, en_id capture, int64_t *content, int64_t *length, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(
        en_sql_prepare(c,
                       "SELECT content.id,content.length FROM row JOIN content ON content.sha256=body->>'sha256' WHERE "
                       "row.id=? AND row.kind='capture'",
                       &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(capture));
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && !row)
        status = en_fail(err, EN_ERR_NOT_FOUND, "there is no capture %lld.%lld", (long long)capture.entry,
                         (long long)capture.ordinal);
    if (status == EN_OK) {
        *content = sqlite3_column_int64(stmt, 0);
        *length = sqlite3_column_int64(stmt, 1);
    }
    sqlite3_finalize(stmt);
    return status;
}

/* Copies the chunks of one content, which have to fill exactly `length` bytes. */
static en_status copy_chunks(en_case *c, int64_t content, char *out, int64_t length, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t filled = 0;
    EN_TRY(en_sql_prepare(c, "SELECT bytes FROM chunk WHERE id>=?1<<32 AND id<(?1+1)<<32 ORDER BY id", &stmt, err));
    sqlite3_bind_int64(stmt, 1, content);
    en_status status;
    while ((status = en_sql_step(c, stmt, &row, err)) == EN_OK && row) {
        const void *bytes = sqlite3_column_blob(stmt, 0);
        int64_t n = sqlite3_column_bytes(stmt, 0);
        if (!bytes || n > length - filled) break;
        memcpy(out + filled, bytes, (size_t)n);
        filled += n;
    }
    sqlite3_finalize(stmt);
    if (status == EN_OK && (row || filled != length))
        return en_case_damaged(c, err, "the bytes of a capture are not all there");
    return status;
}

en_status en_case_capture_bytes(en_case *c, en_id capture, en_arena *arena, en_str *out, en_error *err) {
    int64_t content, length;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(en_content_of(c, capture, &content, &length, err));
    EN_TRY(check_plausible(c, length, "a capture is longer than the file", err));
    char *bytes = en_arena_alloc(arena, (size_t)length + 1);
    if (!bytes) return en_no_memory(err);
    *out = (en_str){bytes, (size_t)length};
    return copy_chunks(c, content, bytes, length, err);
}

/* Only the pages that hold the part are read. */
static en_status copy_chunk(en_case *c, int64_t content, int64_t at, char *out, int n, en_error *err) {
    sqlite3_blob *blob = NULL;
    int code = sqlite3_blob_open(c->db, "main", "chunk", "bytes", content << 32 | at / EN_CHUNK, 0, &blob);
    if (code == SQLITE_OK) code = sqlite3_blob_read(blob, out, n, (int)(at % EN_CHUNK));
    en_status status = code == SQLITE_OK ? EN_OK : en_sql_fail(c, err);
    sqlite3_blob_close(blob);
    return status;
}

en_status en_case_capture_part(en_case *c, en_id capture, int64_t offset, int64_t length, en_arena *arena, en_str *out,
                               en_error *err) {
    int64_t content, all, at = offset, end;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(en_content_of(c, capture, &content, &all, err));
    if (offset < 0 || length < 0 || offset > all || length > all - offset)
        return en_case_damaged(c, err, "a place lies beyond the end of its capture");
    char *bytes = en_arena_alloc(arena, (size_t)length + 1);
    if (!bytes) return en_no_memory(err);
    for (end = offset + length; at < end;) {
        int64_t n = EN_CHUNK - at % EN_CHUNK;
        n = n < end - at ? n : end - at;
        EN_TRY(copy_chunk(c, content, at, bytes + (at - offset), (int)n, err));
        at += n;
    }
    *out = (en_str){bytes, (size_t)length};
    return EN_OK;
}

en_status en_case_capture_holds(en_case *c, const en_capture *capture, bool *holds, bool *altered, en_error *err) {
    en_str bytes;
    en_hash sha256;
    int64_t reduced;
    EN_TRY(en_sql_int(c, "SELECT count(*) FROM absent WHERE id=?", en_id_pack(capture->id), &reduced, err));
    *altered = reduced > 0;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_capture_bytes(c, capture->id, arena, &bytes, err) : en_no_memory(err);
    if (status == EN_OK) en_sha256(bytes, sha256);
    *holds = status == EN_OK && (int64_t)bytes.len == capture->length && memcmp(sha256, capture->sha256, EN_HASH) == 0;
    en_arena_free(arena);
    return status == EN_ERR_CORRUPT ? EN_OK : status;
}

/* ---- records ---- */

/* Rows of a range that are gone: destroyed, or withheld from this copy. One of which a part is left is in its table. */
static en_status count_absent(en_case *c, en_id after, int64_t n, const char *table, int64_t *out, en_error *err) {
    char sql[192];
    sqlite3_snprintf((int)sizeof sql, sql,
                     "SELECT count(*) FROM absent WHERE id>?1 AND id<=?1+%lld AND id NOT IN (SELECT id FROM %s)", n,
                     table);
    return en_sql_int(c, sql, en_id_pack(after), out, err);
}

static en_status count_records(en_case *c, en_id release, int64_t *n, en_error *err) {
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(
        en_sql_int(c, "SELECT body->>'records' FROM row WHERE id=? AND kind='release'", en_id_pack(release), n, err));
    return check_plausible(c, *n, "a release has no number of records", err);
}

en_status en_case_records(en_case *c, en_id release, en_arena *arena, en_id **ids, int64_t **offsets, int64_t **lengths,
                          int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t count, absent, i = 0;
    EN_TRY(count_records(c, release, &count, err));
    EN_TRY(count_absent(c, release, count, "record", &absent, err));
    size_t room = (size_t)count + 1;
    if (ids && !(*ids = en_arena_alloc(arena, room * sizeof **ids))) return en_no_memory(err);
    if (offsets && !(*offsets = en_arena_alloc(arena, room * sizeof **offsets))) return en_no_memory(err);
    if (lengths && !(*lengths = en_arena_alloc(arena, room * sizeof **lengths))) return en_no_memory(err);
    EN_TRY(en_sql_prepare(c, "SELECT id,start,length FROM record WHERE id>?1 AND id<=?1+?2 ORDER BY id", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(release));
    sqlite3_bind_int64(stmt, 2, count);
    en_status status;
    for (; (status = en_sql_step(c, stmt, &row, err)) == EN_OK && row && i < count; i++) {
        if (ids) (*ids)[i] = row_id(stmt, 0);
        if (offsets) (*offsets)[i] = sqlite3_column_int64(stmt, 1);
        if (lengths) (*lengths)[i] = sqlite3_column_int64(stmt, 2);
    }
    sqlite3_finalize(stmt);
    if (status == EN_OK && i != count - absent) return en_case_damaged(c, err, "records of a release are missing");
    *n = i;
    return status;
}

en_status en_case_record(en_case *c, en_id record, en_id *release, en_id *capture, int64_t *offset, int64_t *length,
                         en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(en_sql_prepare(c,
                          "SELECT record.start,record.length,row.id,row.body->>'capture' FROM record JOIN row ON "
                          "row.id=(SELECT max(id) FROM "
                          "row WHERE id<?1 AND kind='release') WHERE record.id=?1",
                          &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(record));
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && !row)
        status = en_fail(err, EN_ERR_NOT_FOUND, "there is no record %lld.%lld", (long long)record.entry,
                         (long long)record.ordinal);
    if (status == EN_OK) {
        if (offset) *offset = sqlite3_column_int64(stmt, 0);
        if (length) *length = sqlite3_column_int64(stmt, 1);
        if (release) *release = row_id(stmt, 2);
        if (capture) status = read_ref(c, stmt, 3, capture, err);
    }
    sqlite3_finalize(stmt);
    return status;
}

typedef struct removal {
    en_id record, release;
} removal;

static en_status read_removal(en_case *c, sqlite3_stmt *stmt, en_arena *arena, void *out, en_error *err) {
    (void)arena;
    removal *r = out;
    EN_TRY(read_ref(c, stmt, 1, &r->record, err));
    return read_ref(c, stmt, 2, &r->release, err);
}

en_status en_case_removals(en_case *c, en_arena *arena, en_id **records, en_id **newer_releases, int64_t *n,
                           en_error *err) {
    removal *all;
    EN_TRY(read_kind(c, "removal", "body->>'record',body->>'release'", sizeof *all, read_removal, arena, (void **)&all,
                     n, err));
    size_t room = (size_t)*n + 1;
    if (!(*records = en_arena_alloc(arena, room * sizeof **records)) ||
        !(*newer_releases = en_arena_alloc(arena, room * sizeof **newer_releases)))
        return en_no_memory(err);
    for (int64_t i = 0; i < *n; i++) {
        (*records)[i] = all[i].record;
        (*newer_releases)[i] = all[i].release;
    }
    return EN_OK;
}

/* ---- the judgement layer ---- */

static en_status read_run(en_case *c, sqlite3_stmt *stmt, en_arena *arena, en_link_run *out, en_error *err) {
    out->id = row_id(stmt, 0);
    const char *hex = (const char *)sqlite3_column_text(stmt, 2), *seed = (const char *)sqlite3_column_text(stmt, 3);
    if (!hex || strlen(hex) != 2 * EN_HASH || !en_hash_from_hex(hex, out->input_hash, EN_HASH) || !seed)
        return en_case_damaged(c, err, "a link run is malformed");
    out->seed = strtoull(seed, NULL, 10);
    out->n_records = sqlite3_column_int64(stmt, 4);
    out->n_persons = sqlite3_column_int64(stmt, 5);
    out->undecided_pairs = sqlite3_column_int64(stmt, 6);
    return (out->model = en_sql_text(stmt, 1, arena)) ? EN_OK : en_no_memory(err);
}

/* The newest run with an id below `below` (packed); *found false where there is none. */
static en_status newest_run(en_case *c, int64_t below, en_arena *arena, en_link_run *out, bool *found, en_error *err) {
    sqlite3_stmt *stmt;
    EN_TRY(
        en_sql_prepare(c,
                       "SELECT id,body->>'model',body->>'input_hash',body->>'seed',body->>'records',body->>'persons',"
                       "body->>'undecided_pairs' FROM row WHERE kind='link_run' AND id<?1 ORDER BY id DESC LIMIT 1",
                       &stmt, err));
    sqlite3_bind_int64(stmt, 1, below);
    en_status status = en_sql_step(c, stmt, found, err);
    if (status == EN_OK && *found) status = read_run(c, stmt, arena, out, err);
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_link_run_before(en_case *c, int64_t up_to, en_arena *arena, en_link_run *out, en_error *err) {
    int64_t below = up_to ? (up_to + 1) << 32 : INT64_MAX;
    bool found;
    EN_TRY(en_case_fresh(c, err));
    for (;;) {
        en_id revoked_by;
        EN_TRY(newest_run(c, below, arena, out, &found, err));
        if (!found) break;
        EN_TRY(en_case_revoked(c, out->id, up_to, &revoked_by, err));
        if (en_id_eq(revoked_by, EN_ID_NONE)) return EN_OK;
        below = en_id_pack(out->id);
    }
    en_fail(err, EN_ERR_NOT_FOUND, "the case has not been linked");
    return en_error_mend(err, "run `everyname link` on it"), EN_ERR_NOT_FOUND;
}

en_status en_case_last_link_run(en_case *c, en_arena *arena, en_link_run *out, en_error *err) {
    return en_case_link_run_before(c, 0, arena, out, err);
}

en_status en_case_memberships(en_case *c, en_id run, en_arena *arena, en_id **records, en_id **persons, float **weakest,
                              int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t count, absent, i = 0;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(en_sql_int(c, "SELECT body->>'memberships' FROM row WHERE id=? AND kind='link_run'", en_id_pack(run), &count,
                      err));
    EN_TRY(check_plausible(c, count, "a link run has no number of memberships", err));
    EN_TRY(count_absent(c, run, count, "membership", &absent, err));
    size_t room = (size_t)count + 1;
    if ((records && !(*records = en_arena_alloc(arena, room * sizeof **records))) ||
        (persons && !(*persons = en_arena_alloc(arena, room * sizeof **persons))) ||
        (weakest && !(*weakest = en_arena_alloc(arena, room * sizeof **weakest))))
        return en_no_memory(err);
    EN_TRY(en_sql_prepare(c, "SELECT record,person,weakest FROM membership WHERE id>?1 AND id<=?1+?2 ORDER BY id",
                          &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(run));
    sqlite3_bind_int64(stmt, 2, count);
    en_status status;
    for (; (status = en_sql_step(c, stmt, &row, err)) == EN_OK && row && i < count; i++) {
        if (records) (*records)[i] = row_id(stmt, 0);
        if (persons) (*persons)[i] = row_id(stmt, 1);
        if (weakest)
            (*weakest)[i] = sqlite3_column_type(stmt, 2) == SQLITE_NULL ? NAN : (float)sqlite3_column_double(stmt, 2);
    }
    sqlite3_finalize(stmt);
    if (status == EN_OK && i != count - absent) return en_case_damaged(c, err, "memberships of a link run are missing");
    *n = i;
    return status;
}

en_status en_case_person_records(en_case *c, en_id person, en_arena *arena, en_id **out, int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t count, i = 0;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(
        en_sql_int(c, "SELECT count(DISTINCT record) FROM membership WHERE person=?", en_id_pack(person), &count, err));
    if (!(*out = en_arena_alloc(arena, ((size_t)count + 1) * sizeof **out))) return en_no_memory(err);
    EN_TRY(en_sql_prepare(c, "SELECT DISTINCT record FROM membership WHERE person=? ORDER BY record", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(person));
    en_status status;
    for (; (status = en_sql_step(c, stmt, &row, err)) == EN_OK && row && i < count; i++) (*out)[i] = row_id(stmt, 0);
    sqlite3_finalize(stmt);
    *n = i;
    return status;
}

en_status en_case_membership(en_case *c, en_id run, en_id record, en_id *person, float *weakest, en_error *err) {
    sqlite3_stmt *stmt;
    int64_t count;
    bool row;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(en_sql_int(c, "SELECT body->>'memberships' FROM row WHERE id=? AND kind='link_run'", en_id_pack(run), &count,
                      err));
    EN_TRY(
        en_sql_prepare(c, "SELECT person,weakest FROM membership WHERE id>?1 AND id<=?1+?2 AND record=?3", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(run));
    sqlite3_bind_int64(stmt, 2, count);
    sqlite3_bind_int64(stmt, 3, en_id_pack(record));
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && !row)
        status = en_fail(err, EN_ERR_NOT_FOUND, "the link run has no record %lld.%lld", (long long)record.entry,
                         (long long)record.ordinal);
    if (status == EN_OK) {
        *person = row_id(stmt, 0);
        *weakest = sqlite3_column_type(stmt, 1) == SQLITE_NULL ? NAN : (float)sqlite3_column_double(stmt, 1);
    }
    sqlite3_finalize(stmt);
    return status;
}

static en_status read_judgement(en_case *c, sqlite3_stmt *stmt, en_arena *arena, void *out, en_error *err) {
    en_judgement *j = out;
    j->id = row_id(stmt, 0);
    const char **const fields[] = {&j->judged, &j->why, &j->by};
    if (!read_texts(stmt, 1, arena, fields, 3)) return en_no_memory(err);
    EN_TRY(read_ref(c, stmt, 4, &j->record_a, err));
    return read_ref(c, stmt, 5, &j->record_b, err);
}

static int by_pair(const void *x, const void *y) {
    const en_judgement *a = *(en_judgement *const *)x, *b = *(en_judgement *const *)y;
    bool swap_a = en_id_cmp(a->record_a, a->record_b) > 0, swap_b = en_id_cmp(b->record_a, b->record_b) > 0;
    int order = en_id_cmp(swap_a ? a->record_b : a->record_a, swap_b ? b->record_b : b->record_a);
    if (!order) order = en_id_cmp(swap_a ? a->record_a : a->record_b, swap_b ? b->record_a : b->record_b);
    return order;
}

static int by_pair_then_id(const void *x, const void *y) {
    int order = by_pair(x, y);
    return order ? order : en_id_cmp((*(en_judgement *const *)x)->id, (*(en_judgement *const *)y)->id);
}

/* What was taken back counts for nothing; of the rest the newest judgement of a pair of records is in force and revokes
 * the one before it. */
static en_status revoke_older(en_judgement *all, int64_t n, en_arena *arena, en_error *err) {
    en_judgement **sorted = en_arena_alloc(arena, ((size_t)n + 1) * sizeof(en_judgement *));
    int64_t m = 0;
    if (!sorted) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(all[i].revoked_by, EN_ID_NONE)) sorted[m++] = &all[i];
    qsort(sorted, (size_t)m, sizeof(en_judgement *), by_pair_then_id);
    for (int64_t i = 0; i + 1 < m; i++)
        if (by_pair(&sorted[i], &sorted[i + 1]) == 0) sorted[i]->revoked_by = sorted[i + 1]->id;
    return EN_OK;
}

static en_status mark_taken_back(en_case *c, en_judgement *all, int64_t n, en_arena *arena, en_error *err) {
    en_row *rows;
    int64_t n_rows;
    EN_TRY(en_case_rows(c, "judgement", arena, &rows, &n_rows, err));
    for (int64_t i = 0; i < n && i < n_rows; i++) all[i].revoked_by = rows[i].revoked_by;
    return EN_OK;
}

en_status en_case_judgements(en_case *c, en_arena *arena, en_judgement **out, int64_t *n, en_error *err) {
    EN_TRY(read_kind(c, "judgement", "body->>'judged',body->>'why',body->>'by',body->>'record_a',body->>'record_b'",
                     sizeof **out, read_judgement, arena, (void **)out, n, err));
    EN_TRY(mark_taken_back(c, *out, *n, arena, err));
    return revoke_older(*out, *n, arena, err);
}
