/* What is derived and can be rebuilt: outside the ledger, but each value has its hash, and the case file the exclusive
 * or of all hashes, so that an old copy of any page of it shows. */
#include <string.h>

#include "casefile/case.h"

void en_derived_hash(en_str kind, en_str key, en_str value, en_hash out) {
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, kind.ptr, kind.len);
    SHA256_Update(&state, "\0", 1);
    SHA256_Update(&state, key.ptr, key.len);
    SHA256_Update(&state, "\0", 1);
    SHA256_Update(&state, value.ptr, value.len);
    SHA256_Final(out, &state);
}

static en_status find(en_case *c, const char *columns, const char *kind, const char *key, sqlite3_stmt **out, bool *row,
                      en_error *err) {
    char sql[96];
    sqlite3_snprintf((int)sizeof sql, sql, "SELECT %s FROM derived WHERE kind=? AND key=?", columns);
    EN_TRY(en_sql_prepare(c, sql, out, err));
    sqlite3_bind_text(*out, 1, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(*out, 2, key, -1, SQLITE_STATIC);
    return en_sql_step(c, *out, row, err);
}

/* Takes `hash` into the exclusive or, or out of it. */
static en_status toggle(en_case *c, const en_hash hash, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash all = {0};
    EN_TRY(en_sql_prepare(c, "SELECT derived FROM file WHERE id=1", &stmt, err));
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && (!row || !en_sql_bytes(stmt, 0, all, EN_HASH)))
        status = en_case_damaged(c, err, "the hash of what is derived is missing");
    sqlite3_finalize(stmt);
    if (status != EN_OK) return status;
    for (int i = 0; i < EN_HASH; i++) all[i] ^= hash[i];
    EN_TRY(en_sql_prepare(c, "UPDATE file SET derived=? WHERE id=1", &stmt, err));
    sqlite3_bind_blob(stmt, 1, all, EN_HASH, SQLITE_STATIC);
    status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status;
}

static en_status forget(en_case *c, const char *kind, const char *key, en_error *err) {
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    en_hash old;
    int64_t id = 0;
    en_status status = find(c, "id,sha256", kind, key, &stmt, &row, err);
    if (status == EN_OK && row) {
        id = sqlite3_column_int64(stmt, 0);
        if (!en_sql_bytes(stmt, 1, old, EN_HASH)) status = en_case_damaged(c, err, "a derived value has no hash");
    }
    sqlite3_finalize(stmt);
    if (status != EN_OK || !row) return status;
    EN_TRY(toggle(c, old, err));
    EN_TRY(en_sql_prepare(c, "DELETE FROM derived WHERE id=?", &stmt, err));
    sqlite3_bind_int64(stmt, 1, id);
    status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status;
}

static en_status replace(en_case *c, const char *kind, const char *key, en_str value, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash hash;
    EN_TRY(forget(c, kind, key, err));
    en_derived_hash(en_str_of(kind), en_str_of(key), value, hash);
    EN_TRY(toggle(c, hash, err));
    EN_TRY(en_sql_prepare(c, "INSERT INTO derived(kind,key,sha256,value) VALUES(?,?,?,?)", &stmt, err));
    sqlite3_bind_text(stmt, 1, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, key, -1, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 3, hash, EN_HASH, SQLITE_STATIC);
    sqlite3_bind_blob64(stmt, 4, value.len ? value.ptr : "", value.len, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_put_derived(en_case *c, const char *kind, const char *key, en_str value, en_error *err) {
    if (!c->writable) return en_fail(err, EN_ERR_USAGE, "the case was opened for reading only");
    if (c->writing) {
        EN_TRY(en_case_needs_writing(c, err));
        en_status status = replace(c, kind, key, value, err);
        if (status != EN_OK) c->broken = true;
        return status;
    }
    EN_TRY(en_transaction_begin(c, err));
    en_status status = replace(c, kind, key, value, err);
    if (status == EN_OK) status = en_transaction_commit(c, err);
    if (status != EN_OK) en_transaction_rollback(c);
    return status;
}

static en_status forget_kind(en_case *c, const char *kind, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash hash;
    EN_TRY(en_sql_prepare(c, "SELECT sha256 FROM derived WHERE kind=?", &stmt, err));
    sqlite3_bind_text(stmt, 1, kind, -1, SQLITE_STATIC);
    en_status status;
    while ((status = en_sql_step(c, stmt, &row, err)) == EN_OK && row) {
        if (!en_sql_bytes(stmt, 0, hash, EN_HASH)) status = en_case_damaged(c, err, "a derived value has no hash");
        if (status == EN_OK) status = toggle(c, hash, err);
        if (status != EN_OK) break;
    }
    sqlite3_finalize(stmt);
    if (status != EN_OK) return status;
    EN_TRY(en_sql_prepare(c, "DELETE FROM derived WHERE kind=?", &stmt, err));
    sqlite3_bind_text(stmt, 1, kind, -1, SQLITE_STATIC);
    status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status;
}

static en_status replace_all(en_case *c, const char *kind, const en_derived *values, int64_t n, en_error *err) {
    EN_TRY(forget_kind(c, kind, err));
    for (int64_t i = 0; i < n; i++) EN_TRY(replace(c, kind, values[i].key, values[i].value, err));
    return EN_OK;
}

en_status en_case_replace_derived(en_case *c, const char *kind, const en_derived *values, int64_t n, en_error *err) {
    if (!c->writable || c->writing) return en_fail(err, EN_ERR_USAGE, "the case was opened for reading, or is written");
    EN_TRY(en_transaction_begin(c, err));
    en_status status = replace_all(c, kind, values, n, err);
    if (status == EN_OK) status = en_transaction_commit(c, err);
    if (status != EN_OK) en_transaction_rollback(c);
    return status;
}

/* Straight from the pages into the arena: an index of a large case is some megabytes, and each copy of it costs as much
 * as a search. */
static en_status read_value(en_case *c, int64_t id, en_arena *arena, en_str *out, en_error *err) {
    sqlite3_blob *blob = NULL;
    char *bytes = NULL;
    if (sqlite3_blob_open(c->db, "main", "derived", "value", id, 0, &blob) != SQLITE_OK) return en_sql_fail(c, err);
    int n = sqlite3_blob_bytes(blob);
    en_status status = (bytes = en_arena_alloc(arena, (size_t)n + 1)) ? EN_OK : en_no_memory(err);
    if (status == EN_OK && sqlite3_blob_read(blob, bytes, n, 0) != SQLITE_OK) status = en_sql_fail(c, err);
    sqlite3_blob_close(blob);
    *out = (en_str){bytes, status == EN_OK ? (size_t)n : 0};
    return status;
}

en_status en_case_get_derived(en_case *c, const char *kind, const char *key, en_arena *arena, en_str *out,
                              en_error *err) {
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    EN_TRY(en_case_fresh(c, err));
    en_status status = find(c, "id", kind, key, &stmt, &row, err);
    if (status == EN_OK && !row) status = en_fail(err, EN_ERR_NOT_FOUND, "there is no %s \"%s\" yet", kind, key);
    if (status == EN_OK) status = read_value(c, sqlite3_column_int64(stmt, 0), arena, out, err);
    sqlite3_finalize(stmt);
    return status;
}
