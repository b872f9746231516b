/* What a command adds: each row's body, its place in the pending ledger entry, its leaf. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/case.h"

/* ---- rows ---- */

static en_status insert_row(en_case *c, en_id id, const char *kind, const en_buf *json, en_error *err) {
    bool row;
    if (!c->insert_row) EN_TRY(en_sql_prepare(c, "INSERT INTO row VALUES(?,?,?)", &c->insert_row, err));
    sqlite3_bind_int64(c->insert_row, 1, en_id_pack(id));
    sqlite3_bind_text(c->insert_row, 2, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text64(c->insert_row, 3, json->ptr, json->len, SQLITE_STATIC, SQLITE_UTF8);
    en_status status = en_sql_step(c, c->insert_row, &row, err);
    sqlite3_reset(c->insert_row);
    sqlite3_clear_bindings(c->insert_row);
    return status;
}

en_status en_row_store(en_case *c, const char *kind, const en_buf *json, en_id *out, en_error *err) {
    int64_t ordinal;
    en_hash *leaf, salt;
    EN_TRY(en_ledger_reserve(c, 1, &ordinal, &leaf, err));
    *out = (en_id){c->pending.number, ordinal};
    en_row_salt(&c->key, c->pending.random, (uint64_t)ordinal, salt);
    en_row_leaf(salt, kind, en_buf_str(json), *leaf);
    en_status status = insert_row(c, *out, kind, json, err);
    if (status != EN_OK) c->broken = true;
    return status;
}

/* Ends the body, stores it as the next row of the pending entry and frees it. */
static en_status add_row(en_case *c, const char *kind, en_body *body, en_id *out, en_error *err) {
    en_status status = en_body_end(body);
    if (status == EN_OK) status = en_row_store(c, kind, &body->json, out, err);
    en_buf_clear(&body->json);
    return status;
}

/* That `id` is a row of that kind. */
static en_status require(en_case *c, en_id id, const char *kind, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(c, "SELECT 1 FROM row WHERE id=? AND kind=?", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(id));
    sqlite3_bind_text(stmt, 2, kind, -1, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    if (status == EN_OK && !row)
        return en_fail(err, EN_ERR_NOT_FOUND, "there is no %s %lld.%lld", kind, (long long)id.entry,
                       (long long)id.ordinal);
    return status;
}

static en_status require_record(en_case *c, en_id id, en_error *err) {
    int64_t one;
    en_status status = en_sql_int(c, "SELECT 1 FROM record WHERE id=?", en_id_pack(id), &one, err);
    if (status == EN_ERR_NOT_FOUND)
        en_fail(err, status, "there is no record %lld.%lld", (long long)id.entry, (long long)id.ordinal);
    return status;
}

/* ---- sources and captures ---- */

en_status en_case_add_source(en_case *c, const en_source *s, en_id *out, en_error *err) {
    EN_TRY(en_case_needs_writing(c, err));
    en_body body = {.err = err};
    en_body_text(&body, "author", s->author);
    en_body_text(&body, "confidentiality", s->confidentiality);
    en_body_text(&body, "grade", s->grade);
    en_body_text(&body, "graded_by", s->graded_by);
    en_body_text(&body, "independence_group", s->independence_group);
    en_body_text(&body, "kind", s->kind);
    en_body_text(&body, "language", s->language);
    en_body_text(&body, "published", s->published);
    en_body_text(&body, "publisher", s->publisher);
    en_body_text(&body, "relation", s->relation);
    en_body_text(&body, "title", s->title);
    return add_row(c, "source", &body, out, err);
}

static void bind_hex(sqlite3_stmt *stmt, int parameter, const en_hash hash) {
    char hex[EN_HASH_HEX];
    en_hex(hash, EN_HASH, hex);
    sqlite3_bind_text(stmt, parameter, hex, -1, SQLITE_TRANSIENT);
}

static en_status insert_chunk(en_case *c, sqlite3_stmt *stmt, int64_t id, en_str bytes, en_error *err) {
    bool row;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_blob64(stmt, 2, bytes.ptr, bytes.len, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_reset(stmt);
    return status;
}

static en_status insert_chunks(en_case *c, int64_t content, en_str bytes, en_error *err) {
    sqlite3_stmt *stmt;
    en_status status = EN_OK;
    EN_TRY(en_sql_prepare(c, "INSERT INTO chunk VALUES(?,?)", &stmt, err));
    for (int64_t i = 0; status == EN_OK && (uint64_t)i * EN_CHUNK < bytes.len; i++) {
        size_t at = (size_t)i * EN_CHUNK, left = bytes.len - at;
        status =
            insert_chunk(c, stmt, content << 32 | i, (en_str){bytes.ptr + at, left < EN_CHUNK ? left : EN_CHUNK}, err);
    }
    sqlite3_finalize(stmt);
    return status;
}

static en_status insert_content(en_case *c, const en_hash sha256, en_str bytes, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(c, "INSERT INTO content(sha256,length) VALUES(?,?)", &stmt, err));
    bind_hex(stmt, 1, sha256);
    sqlite3_bind_int64(stmt, 2, (int64_t)bytes.len);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status == EN_OK ? insert_chunks(c, sqlite3_last_insert_rowid(c->db), bytes, err) : status;
}

static en_status has_content(en_case *c, const en_hash sha256, bool *out, en_error *err) {
    sqlite3_stmt *stmt;
    EN_TRY(en_sql_prepare(c, "SELECT 1 FROM content WHERE sha256=?", &stmt, err));
    bind_hex(stmt, 1, sha256);
    en_status status = en_sql_step(c, stmt, out, err);
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_add_capture(en_case *c, en_capture *k, en_str bytes, en_error *err) {
    bool stored;
    EN_TRY(en_case_needs_writing(c, err));
    if (!en_id_eq(k->parent, EN_ID_NONE)) EN_TRY(require(c, k->parent, "capture", err));
    k->length = (int64_t)bytes.len;
    en_sha256(bytes, k->sha256);
    EN_TRY(has_content(c, k->sha256, &stored, err));
    en_status status = stored ? EN_OK : insert_content(c, k->sha256, bytes, err);
    if (status != EN_OK) return c->broken = true, status;
    en_body body = {.err = err};
    en_body_int(&body, "collected_at", k->collected_at);
    en_body_text(&body, "collected_by", k->collected_by);
    en_body_text(&body, "collected_with", k->collected_with);
    en_body_text(&body, "extractor", k->extractor);
    en_body_int(&body, "length", k->length);
    en_body_text(&body, "media_type", k->media_type);
    en_body_id(&body, c, "parent", k->parent);
    en_body_hex(&body, "sha256", k->sha256, EN_HASH);
    en_body_text(&body, "url", k->url);
    status = add_row(c, "capture", &body, &k->id, err);
    if (status != EN_OK) c->broken = true; /* its bytes are stored, and nothing refers to them */
    return status;
}

/* ---- releases and records ---- */

en_status en_case_add_mapping(en_case *c, const char *json, en_id *out, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_case_needs_writing(c, err));
    EN_TRY(en_sql_prepare(c, "SELECT id FROM row WHERE kind='mapping' AND body->>'json'=? ORDER BY id LIMIT 1", &stmt,
                          err));
    sqlite3_bind_text(stmt, 1, json, -1, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && row) *out = en_id_unpack(sqlite3_column_int64(stmt, 0));
    sqlite3_finalize(stmt);
    if (status != EN_OK || row) return status;
    en_body body = {.err = err};
    en_body_text(&body, "json", json);
    return add_row(c, "mapping", &body, out, err);
}

static en_status add_release_row(en_case *c, en_release *r, en_error *err) {
    en_body body = {.err = err};
    en_body_id(&body, c, "capture", r->capture);
    en_body_text(&body, "label", r->label);
    en_body_id(&body, c, "mapping", r->mapping);
    en_body_int(&body, "records", r->n_records);
    en_body_text(&body, "released", r->released);
    en_body_id(&body, c, "source", r->source);
    en_body_id(&body, c, "supersedes", r->supersedes);
    return add_row(c, "release", &body, &r->id, err);
}

static en_status check_release(en_case *c, const en_release *r, en_str text, en_error *err) {
    int64_t content, length;
    en_hash sha256;
    bool stored;
    EN_TRY(require(c, r->source, "source", err));
    if (!en_id_eq(r->mapping, EN_ID_NONE)) EN_TRY(require(c, r->mapping, "mapping", err));
    if (!en_id_eq(r->supersedes, EN_ID_NONE)) EN_TRY(require(c, r->supersedes, "release", err));
    EN_TRY(en_content_of(c, r->capture, &content, &length, err));
    en_sha256(text, sha256);
    EN_TRY(has_content(c, sha256, &stored, err));
    if ((uint64_t)length != text.len || !stored)
        return en_fail(err, EN_ERR_USAGE, "the text that a release's records are in is not that of its capture");
    return EN_OK;
}

static en_status check_records(en_str text, const int64_t *offsets, const int64_t *lengths, int64_t n, en_error *err) {
    for (int64_t i = 0; i < n; i++)
        if (offsets[i] < 0 || lengths[i] < 0 || (uint64_t)offsets[i] > text.len ||
            (uint64_t)lengths[i] > text.len - (uint64_t)offsets[i])
            return en_fail(err, EN_ERR_USAGE, "record %lld lies outside its capture", (long long)i);
    return EN_OK;
}

/* One prepared statement, ids ascending: SQLite appends at the right edge of the tree. */
static en_status insert_records(en_case *c, int64_t first, const int64_t *offsets, const int64_t *lengths, int64_t n,
                                const en_progress *progress, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    en_status status = EN_OK;
    EN_TRY(en_sql_prepare(c, "INSERT INTO record VALUES(?,?,?)", &stmt, err));
    for (int64_t i = 0; status == EN_OK && i < n; i++) {
        if (i % 16384 == 0 &&
            (status = en_progress_step(progress, "storing records", (uint64_t)i, (uint64_t)n, err)) != EN_OK)
            break;
        sqlite3_bind_int64(stmt, 1, en_id_pack((en_id){c->pending.number, first + i}));
        sqlite3_bind_int64(stmt, 2, offsets[i]);
        sqlite3_bind_int64(stmt, 3, lengths[i]);
        status = en_sql_step(c, stmt, &row, err);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_add_release(en_case *c, en_release *release, en_str text, const int64_t *offsets,
                              const int64_t *lengths, int64_t n, int64_t *first_ordinal, int threads,
                              const en_progress *progress, en_error *err) {
    EN_TRY(en_case_needs_writing(c, err));
    EN_TRY(check_release(c, release, text, err));
    EN_TRY(check_records(text, offsets, lengths, n, err));
    release->n_records = n;
    EN_TRY(add_release_row(c, release, err));
    en_record_batch batch = {
        .key = &c->key, .random = c->pending.random, .text = text, .starts = offsets, .lengths = lengths, .n = n};
    en_status status = en_ledger_reserve(c, n, &batch.first_ordinal, &batch.leaves, err);
    if (status == EN_OK) status = en_id_bytes(c, release->id, batch.release, err);
    if (status == EN_OK) status = en_record_leaves(&batch, threads, progress, err);
    if (status == EN_OK) status = insert_records(c, batch.first_ordinal, offsets, lengths, n, progress, err);
    if (status != EN_OK) return c->broken = true, status;
    if (first_ordinal) *first_ordinal = batch.first_ordinal;
    return EN_OK;
}

en_status en_case_add_removals(en_case *c, en_id newer_release, const en_id *records, int64_t n, en_error *err) {
    EN_TRY(en_case_needs_writing(c, err));
    EN_TRY(require(c, newer_release, "release", err));
    for (int64_t i = 0; i < n; i++) {
        en_id id;
        en_body body = {.err = err};
        EN_TRY(require_record(c, records[i], err));
        en_body_id(&body, c, "record", records[i]);
        en_body_id(&body, c, "release", newer_release);
        EN_TRY(add_row(c, "removal", &body, &id, err));
    }
    return EN_OK;
}

/* ---- judgements ---- */

static en_status add_run_row(en_case *c, en_link_run *run, int64_t n, en_error *err) {
    char seed[24];
    sqlite3_snprintf((int)sizeof seed, seed, "%llu", (sqlite3_uint64)run->seed);
    en_body body = {.err = err};
    en_body_hex(&body, "input_hash", run->input_hash, sizeof run->input_hash);
    en_body_int(&body, "memberships", n);
    en_body_text(&body, "model", run->model);
    en_body_int(&body, "persons", run->n_persons);
    en_body_int(&body, "records", run->n_records);
    en_body_text(&body, "seed", seed);
    en_body_int(&body, "undecided_pairs", run->undecided_pairs);
    return add_row(c, "link_run", &body, &run->id, err);
}

static en_status insert_memberships(en_case *c, int64_t first, const en_id *record, const en_id *person,
                                    const float *weakest, int64_t n, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    en_status status = EN_OK;
    EN_TRY(en_sql_prepare(c, "INSERT INTO membership VALUES(?,?,?,?)", &stmt, err));
    for (int64_t i = 0; status == EN_OK && i < n; i++) {
        sqlite3_bind_int64(stmt, 1, en_id_pack((en_id){c->pending.number, first + i}));
        sqlite3_bind_int64(stmt, 2, en_id_pack(record[i]));
        sqlite3_bind_int64(stmt, 3, en_id_pack(person[i]));
        sqlite3_bind_double(stmt, 4, (double)weakest[i]); /* NAN is stored as NULL */
        status = en_sql_step(c, stmt, &row, err);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_add_link_run(en_case *c, en_link_run *run, const en_id *record, const en_id *person,
                               const float *weakest, int64_t n, en_error *err) {
    EN_TRY(en_case_needs_writing(c, err));
    EN_TRY(add_run_row(c, run, n, err));
    en_membership_batch batch = {.key = &c->key,
                                 .random = c->pending.random,
                                 .c = c,
                                 .records = record,
                                 .persons = person,
                                 .weakest = weakest,
                                 .n = n};
    en_status status = en_ledger_reserve(c, n, &batch.first_ordinal, &batch.leaves, err);
    if (status == EN_OK) status = en_id_bytes(c, run->id, batch.run, err);
    if (status == EN_OK) status = en_membership_leaves(&batch, 0, NULL, err);
    if (status == EN_OK) status = insert_memberships(c, batch.first_ordinal, record, person, weakest, n, err);
    if (status != EN_OK) c->broken = true;
    return status;
}

static bool is_judgement(const char *word) {
    return word && (strcmp(word, "same") == 0 || strcmp(word, "different") == 0 || strcmp(word, "unsure") == 0);
}

en_status en_case_add_judgement(en_case *c, en_judgement *j, en_error *err) {
    EN_TRY(en_case_needs_writing(c, err));
    if (!is_judgement(j->judged)) {
        en_fail(err, EN_ERR_INPUT, "\"%s\" is no judgement", j->judged ? j->judged : "");
        return en_error_mend(err, "say same, different or unsure"), EN_ERR_INPUT;
    }
    if (en_id_eq(j->record_a, j->record_b))
        return en_fail(err, EN_ERR_INPUT, "a record cannot be judged against itself");
    EN_TRY(require_record(c, j->record_a, err));
    EN_TRY(require_record(c, j->record_b, err));
    en_body body = {.err = err};
    en_body_text(&body, "by", j->by);
    en_body_text(&body, "judged", j->judged);
    en_body_id(&body, c, "record_a", j->record_a);
    en_body_id(&body, c, "record_b", j->record_b);
    en_body_text(&body, "why", j->why);
    j->revoked_by = EN_ID_NONE;
    return add_row(c, "judgement", &body, &j->id, err);
}
