/* SQL with errors that say what happened to which file, and what to do. */
#include <string.h>

#include "casefile/case.h"

en_status en_case_damaged(en_case *c, en_error *err, const char *what) {
    en_fail(err, EN_ERR_CORRUPT, "the case file is damaged: %s", what);
    en_error_at(err, c->path, -1, NULL, -1);
    en_error_mend(err, "run `everyname verify` to see all that is damaged, and go back to a copy that verifies");
    return EN_ERR_CORRUPT;
}

static en_status fail_at(en_case *c, en_error *err, en_status status, const char *what, const char *mend) {
    en_fail(err, status, "%s", what);
    en_error_at(err, c->path, -1, NULL, -1);
    if (mend) en_error_mend(err, "%s", mend);
    return status;
}

static en_status fail_io(en_case *c, en_error *err, int code) {
    if (code == SQLITE_IOERR_NOMEM) return en_no_memory(err);
    en_fail(err, EN_ERR_IO, "the system refused to read or write the case: %s", sqlite3_errstr(code));
    en_error_at(err, c->path, -1, NULL, -1);
    en_error_mend(err, "the case is as it was before the command; check the disk and run it again");
    return EN_ERR_IO;
}

static en_status fail_damaged_page(en_case *c, en_error *err) {
    int64_t page = en_page_vfs_damaged(c->db);
    char what[96];
    sqlite3_snprintf((int)sizeof what, what, "page %lld (bytes %lld to %lld) is not what was written", page,
                     (page - 1) * EN_PAGE_SIZE, page * EN_PAGE_SIZE - 1);
    en_case_damaged(c, err, what);
    return en_error_at(err, NULL, -1, NULL, (page - 1) * EN_PAGE_SIZE), EN_ERR_CORRUPT;
}

en_status en_sql_fail(en_case *c, en_error *err) {
    int code = sqlite3_extended_errcode(c->db);
    if (code == SQLITE_IOERR_DATA) return fail_damaged_page(c, err);
    if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY)
        return fail_at(
            c, err, EN_ERR_CONFLICT, "a command that was writing was interrupted, and its journal is still there",
            "open the case once with the right to write (any command does), which takes the unfinished command back");
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail_at(c, err, EN_ERR_CONFLICT, "the case is busy: another command is using it",
                       "wait for the other command to end and run this one again");
    case SQLITE_FULL:
        return fail_at(c, err, EN_ERR_IO, "the disk is full; the case is as it was before the command",
                       "free some space on the disk and run the command again");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return fail_at(c, err, EN_ERR_IO, "the case cannot be written", "check who may write the file and its folder");
    case SQLITE_CANTOPEN:
        return fail_at(c, err, EN_ERR_IO, "the case cannot be opened", "check the path and who may read it");
    case SQLITE_NOMEM: return en_no_memory(err);
    case SQLITE_INTERRUPT: return en_fail(err, EN_ERR_CANCELLED, "cancelled");
    case SQLITE_TOOBIG: return en_fail(err, EN_ERR_LIMIT, "a value is larger than SQLite can hold (1 GB)");
    case SQLITE_IOERR: return fail_io(c, err, code);
    default: return en_case_damaged(c, err, sqlite3_errmsg(c->db));
    }
}

en_status en_sql_prepare(en_case *c, const char *sql, sqlite3_stmt **out, en_error *err) {
    return sqlite3_prepare_v2(c->db, sql, -1, out, NULL) == SQLITE_OK ? EN_OK : en_sql_fail(c, err);
}

en_status en_sql_step(en_case *c, sqlite3_stmt *stmt, bool *row, en_error *err) {
    int rc = sqlite3_step(stmt);
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? EN_OK : en_sql_fail(c, err);
}

en_status en_sql_run(en_case *c, const char *sql, en_error *err) {
    return sqlite3_exec(c->db, sql, NULL, NULL, NULL) == SQLITE_OK ? EN_OK : en_sql_fail(c, err);
}

en_status en_sql_int(en_case *c, const char *sql, int64_t packed, int64_t *out, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(c, sql, &stmt, err));
    if (packed >= 0) sqlite3_bind_int64(stmt, 1, packed);
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && row) *out = sqlite3_column_int64(stmt, 0);
    if (status == EN_OK && !row) status = en_fail(err, EN_ERR_NOT_FOUND, "there is no such row");
    sqlite3_finalize(stmt);
    return status;
}

const char *en_sql_text(sqlite3_stmt *stmt, int column, en_arena *arena) {
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return en_arena_strdup(arena, (en_str){text ? text : "", text ? (size_t)sqlite3_column_bytes(stmt, column) : 0});
}

bool en_sql_bytes(sqlite3_stmt *stmt, int column, void *out, size_t n) {
    const void *bytes = sqlite3_column_blob(stmt, column);
    if (!bytes || (size_t)sqlite3_column_bytes(stmt, column) != n) return false;
    memcpy(out, bytes, n);
    return true;
}
