/* Making, opening and closing a case: is this file one of ours, and can nothing in it be used against its reader? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "casefile/case.h"
#include "casefile/case_keys.h"

/* Format 1. Rows of the ledger: entry, row, record, membership; absent has commitments of those that were destroyed or
 * withheld. What they refer to: content, chunk. Not in the ledger: derived, file. In redacted copies alone: salt,
 * pseudonym. */
const char *const en_schema[] = {
    "CREATE TABLE file(id INTEGER PRIMARY KEY CHECK(id=1), case_key BLOB NOT NULL, change_counter INTEGER NOT NULL, "
    "derived BLOB NOT NULL) STRICT",
    "CREATE TABLE entry(number INTEGER PRIMARY KEY, random BLOB NOT NULL UNIQUE, at INTEGER NOT NULL, actor TEXT NOT "
    "NULL, command TEXT NOT NULL, program TEXT NOT NULL, rows INTEGER NOT NULL, root BLOB NOT NULL, head BLOB NOT "
    "NULL) "
    "STRICT",
    "CREATE TABLE row(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT",
    "CREATE INDEX row_kind ON row(kind)",
    "CREATE TABLE record(id INTEGER PRIMARY KEY, start INTEGER NOT NULL, length INTEGER NOT NULL) STRICT",
    "CREATE TABLE membership(id INTEGER PRIMARY KEY, record INTEGER NOT NULL, person INTEGER NOT NULL, weakest REAL) "
    "STRICT",
    "CREATE TABLE content(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, length INTEGER NOT NULL) STRICT",
    "CREATE TABLE chunk(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    "CREATE TABLE derived(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, sha256 BLOB NOT NULL, value "
    "BLOB NOT NULL, UNIQUE(kind, key)) STRICT",
    "CREATE TABLE absent(id INTEGER PRIMARY KEY, commitment BLOB NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE salt(id INTEGER PRIMARY KEY, salt BLOB NOT NULL) STRICT",
    "CREATE TABLE pseudonym(entry INTEGER PRIMARY KEY, actor BLOB NOT NULL, command BLOB NOT NULL) STRICT",
    NULL};

/* ---- connecting ---- */

static en_status configure(en_case *c, en_open_mode mode, en_error *err) {
    sqlite3_extended_result_codes(c->db, 1);
    sqlite3_busy_timeout(c->db, 5000);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_limit(c->db, SQLITE_LIMIT_ATTACHED, 0);
    EN_TRY(en_sql_run(c, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY", err));
    if (mode != EN_OPEN_WRITE) EN_TRY(en_sql_run(c, "PRAGMA query_only=ON", err));
    return EN_OK;
}

/* What touches the file: only once its header has been checked. Deleted bytes are overwritten, so that what is
 * withdrawn is gone; so too every page is written at least once, and has its checksum. EXTRA also syncs the folder once
 * the journal is gone. */
static en_status configure_file(en_case *c, en_error *err) {
    return en_sql_run(
        c,
        "PRAGMA mmap_size=0; PRAGMA cache_size=-65536; PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; "
        "PRAGMA secure_delete=ON",
        err);
}

static en_status fail_path(en_error *err, en_status status, const char *path, const char *what, const char *mend) {
    en_fail(err, status, "%s", what);
    en_error_at(err, path, -1, NULL, -1);
    en_error_mend(err, "%s", mend);
    return status;
}

static en_status check_path(const char *path, en_error *err) {
    if (!path || !path[0])
        return fail_path(err, EN_ERR_USAGE, path, "no case file was named", "name the .everyname file");
    if (!en_os_exists(path))
        return fail_path(err, EN_ERR_NOT_FOUND, path, "there is no such case",
                         "check the path, or make one with `everyname new`");
    if (en_os_is_dir(path))
        return fail_path(err, EN_ERR_INPUT, path, "is a folder, not a case", "name the .everyname file");
    return EN_OK;
}

/* SQLite gives meaning to names that begin with a colon. */
static char *copy_path(const char *path) {
    size_t room = strlen(path) + sizeof "./";
    char *copy = malloc(room);
    if (copy) snprintf(copy, room, "%s%s", path[0] == ':' ? "./" : "", path);
    return copy;
}

/* Gives SQLite the data key; the cipher's own salt is not used to stretch it, and is the case's mark. */
static en_status give_key(en_case *c, en_error *err) {
#ifdef EN_WITH_CIPHER
    enum { PREFIX = sizeof "raw:" - 1 };
    unsigned char *raw = en_secret_new(PREFIX + EN_DATA_KEY + EN_CASE_MARK);
    if (!raw) return en_no_memory(err);
    memcpy(raw, "raw:", PREFIX);
    memcpy(raw + PREFIX, c->data_key, EN_DATA_KEY);
    memcpy(raw + PREFIX + EN_DATA_KEY, c->mark, EN_CASE_MARK);
    int chosen = sqlite3mc_config(c->db, "cipher", sqlite3mc_cipher_index("chacha20"));
    int rc = chosen > 0 ? sqlite3_key_v2(c->db, "main", raw, PREFIX + EN_DATA_KEY + EN_CASE_MARK) : SQLITE_ERROR;
    en_secret_free(raw);
    return rc == SQLITE_OK ? EN_OK : en_fail(err, EN_ERR_UNSUPPORTED, "this SQLite cannot decrypt the case");
#else
    (void)c;
    return en_fail(err, EN_ERR_UNSUPPORTED, "this build of everyname has no encryption");
#endif
}

/* Whether the case is encrypted, and its data key where it is. */
static en_status take_key(en_case *c, en_error *err) {
    en_case_lock lock;
    EN_TRY(en_case_look_at_lock(c->path, &lock, err));
    if (!lock.encrypted) return EN_OK;
    memcpy(c->mark, lock.mark, EN_CASE_MARK);
    if (!(c->data_key = en_secret_new(EN_DATA_KEY))) return en_no_memory(err);
    return en_case_unlocked_key(c->path, c->mark, c->data_key, err);
}

static en_status connect(en_case *c, en_open_mode mode, en_error *err) {
    EN_TRY(take_key(c, err));
    /* A reader too opens for writing, to roll back the journal of a killed writer; query_only keeps it a reader. */
    int flags = mode == EN_OPEN_VERIFY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const char *vfs = c->data_key ? en_page_vfs_cipher() : en_page_vfs();
    if (!vfs && c->data_key) return en_fail(err, EN_ERR_UNSUPPORTED, "this build of everyname has no encryption");
    if (!vfs) return en_no_memory(err);
    if (sqlite3_open_v2(c->path, &c->db, flags | SQLITE_OPEN_EXRESCODE, vfs) != SQLITE_OK)
        return c->db ? en_sql_fail(c, err) : en_no_memory(err);
    if (c->data_key) EN_TRY(give_key(c, err));
    return configure(c, mode, err);
}

en_status en_case_connect(const char *path, en_open_mode mode, en_case **out, en_error *err) {
    *out = NULL;
    EN_TRY(check_path(path, err));
    en_case *c = calloc(1, sizeof *c);
    if (!c || !(c->path = copy_path(path))) return free(c), en_no_memory(err);
    c->writable = mode == EN_OPEN_WRITE;
    c->pinned = mode == EN_OPEN_VERIFY;
    en_status status = connect(c, mode, err);
    if (status == EN_OK)
        *out = c;
    else
        en_case_close(c);
    return status;
}

/* ---- what the file is ---- */

static uint32_t big_endian(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

int en_case_reserved(const en_case *c) { return c->data_key ? EN_CIPHER_RESERVED : EN_PAGE_RESERVED; }

bool en_case_read_header(en_case *c, unsigned char header[100]) {
    unsigned char page[EN_PAGE_SIZE];
    if (!c->data_key) return en_page_vfs_read_raw(c->db, header, 100, 0);
    if (!en_page_vfs_read_raw(c->db, page, sizeof page, 0) || memcmp(page, c->mark, EN_CASE_MARK) != 0 ||
        !en_page_open(c->data_key, 1, page))
        return false;
    memcpy(header, page, 100);
    return true;
}

static en_status no_case(en_case *c, en_error *err) {
    if (c->data_key) return en_case_damaged(c, err, "its first page is not what was written");
    return fail_path(err, EN_ERR_INPUT, c->path, "is not a case file", "make one with `everyname new`");
}

en_status en_case_check_header(en_case *c, en_error *err) {
    unsigned char header[100];
    if (!en_case_read_header(c, header) || memcmp(header, "SQLite format 3", 16) != 0 ||
        big_endian(header + 68) != EN_APPLICATION_ID)
        return no_case(c, err);
    if (big_endian(header + 60) > EN_FORMAT_VERSION) {
        en_fail(err, EN_ERR_UNSUPPORTED, "the case is of format %u, this program knows %d", big_endian(header + 60),
                EN_FORMAT_VERSION);
        en_error_at(err, c->path, -1, NULL, -1);
        return en_error_mend(err, "use a newer everyname"), EN_ERR_UNSUPPORTED;
    }
    if (big_endian(header + 60) != EN_FORMAT_VERSION || (header[16] << 8 | header[17]) != EN_PAGE_SIZE ||
        header[20] != en_case_reserved(c))
        return en_case_damaged(c, err, "its header is not that of a case");
    return EN_OK;
}

static bool expected(const char *sql) {
    for (const char *const *s = en_schema; *s; s++)
        if (strcmp(*s, sql) == 0) return true;
    return false;
}

en_status en_case_check_schema(en_case *c, en_error *err) {
    sqlite3_stmt *stmt;
    bool row = true;
    int found = 0, wanted = 0;
    while (en_schema[wanted]) wanted++;
    EN_TRY(en_sql_prepare(c, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", &stmt, err));
    en_status status = EN_OK;
    while (status == EN_OK && (status = en_sql_step(c, stmt, &row, err)) == EN_OK && row) {
        const char *sql = (const char *)sqlite3_column_text(stmt, 0);
        found++;
        if (!sql || !expected(sql))
            status = en_case_damaged(c, err, "it has a table, view or trigger that a case does not have");
    }
    sqlite3_finalize(stmt);
    if (status == EN_OK && found != wanted) status = en_case_damaged(c, err, "one of its tables is missing");
    return status;
}

en_status en_case_load_key(en_case *c, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    unsigned char key[EN_HASH];
    EN_TRY(en_sql_prepare(c, "SELECT case_key FROM file WHERE id=1", &stmt, err));
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && (!row || !en_sql_bytes(stmt, 0, key, sizeof key)))
        status = en_case_damaged(c, err, "the case key is missing");
    static const unsigned char none[EN_HASH];
    c->redacted = status == EN_OK && memcmp(key, none, EN_HASH) == 0;
    if (status == EN_OK) en_hmac_key(&c->key, key);
    sqlite3_finalize(stmt);
    return status;
}

static en_status load(en_case *c, en_error *err) {
    EN_TRY(en_case_check_header(c, err));
    EN_TRY(configure_file(c, err));
    EN_TRY(en_sql_run(c, "BEGIN", err));
    EN_TRY(en_case_check_schema(c, err));
    EN_TRY(en_case_load_key(c, err));
    EN_TRY(en_case_load_entries(c, err));
    return en_sql_run(c, "COMMIT", err);
}

/* SQLite cuts a file that became smaller once the journal is gone. A command that is killed between the two is done,
 * but leaves old pages behind the last: a destruction's, even. Whoever writes next cuts them off. */
static en_status cut_rest(en_case *c, en_error *err) {
    int64_t pages;
    EN_TRY(en_sql_int(c, "PRAGMA page_count", -1, &pages, err));
    if (en_page_vfs_size(c->db) <= pages * EN_PAGE_SIZE) return EN_OK;
    if (sqlite3_exec(c->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK) return EN_OK; /* another does */
    en_status status = en_sql_int(c, "PRAGMA page_count", -1, &pages, err);
    if (status == EN_OK && en_page_vfs_size(c->db) > pages * EN_PAGE_SIZE)
        (void)en_page_vfs_cut(c->db, pages * EN_PAGE_SIZE);
    return status == EN_OK ? en_sql_run(c, "COMMIT", err) : status;
}

en_status en_case_open(const char *path, bool write, en_case **out, en_error *err) {
    *out = NULL;
    en_case *c = NULL;
    EN_TRY(en_case_connect(path, write ? EN_OPEN_WRITE : EN_OPEN_READ, &c, err));
    en_status status = EN_OK;
    if (write && sqlite3_db_readonly(c->db, "main") == 1)
        status = fail_path(err, EN_ERR_IO, path, "the case cannot be written",
                           "check who may write the file and its folder");
    if (status == EN_OK) status = load(c, err);
    if (status == EN_OK && write) status = cut_rest(c, err);
    if (status == EN_OK)
        *out = c;
    else
        en_case_close(c);
    return status;
}

void en_case_set_patience(en_case *c, int milliseconds) { sqlite3_busy_timeout(c->db, milliseconds); }

void en_case_close(en_case *c) {
    if (!c) return;
    if (c->writing) en_case_rollback(c);
    sqlite3_finalize(c->insert_row);
    sqlite3_close(c->db);
    en_secret_free(c->data_key);
    free(c->path);
    free(c->known);
    free(c->by_random);
    free(c->leaves);
    free(c);
}

/* ---- making one ---- */

en_status en_case_make_tables(en_case *c, en_error *err) {
    int reserved = en_case_reserved(c);
    char pragmas[160];
    sqlite3_snprintf((int)sizeof pragmas, pragmas,
                     "PRAGMA page_size=%d; PRAGMA auto_vacuum=FULL; PRAGMA encoding='UTF-8'; PRAGMA application_id=%d; "
                     "PRAGMA user_version=%d",
                     EN_PAGE_SIZE, EN_APPLICATION_ID, EN_FORMAT_VERSION);
    if (sqlite3_file_control(c->db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved) != SQLITE_OK)
        return en_sql_fail(c, err);
    EN_TRY(en_sql_run(c, pragmas, err));
    for (const char *const *s = en_schema; *s; s++) EN_TRY(en_sql_run(c, *s, err));
    return EN_OK;
}

static en_status put_file_row(en_case *c, en_error *err) {
    unsigned char key[EN_HASH], empty[EN_HASH] = {0};
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_os_random(key, sizeof key, err));
    EN_TRY(en_sql_prepare(c, "INSERT INTO file VALUES(1,?,0,?)", &stmt, err));
    sqlite3_bind_blob(stmt, 1, key, sizeof key, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 2, empty, sizeof empty, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status;
}

/* The image of the case in memory, its pages checksummed or encrypted, written in one go: a killed `new` leaves no half
 * of a file. */
en_status en_case_write_image(en_case *c, const char *path, en_error *err) {
    sqlite3_int64 size = 0;
    unsigned char *image = sqlite3_serialize(c->db, "main", &size, 0);
    if (!image) return en_no_memory(err);
    for (sqlite3_int64 at = 0; at + EN_PAGE_SIZE <= size; at += EN_PAGE_SIZE)
        if (c->data_key)
            en_page_seal(c->data_key, c->mark, (uint32_t)(at / EN_PAGE_SIZE + 1), image + at);
        else
            en_page_checksum(image + at, EN_PAGE_SIZE, image + at + EN_PAGE_SIZE - EN_PAGE_RESERVED);
    en_status status = en_os_write_private(path, (en_str){(const char *)image, (size_t)size}, err);
    sqlite3_free(image);
    return status;
}

en_status en_case_check_new_path(const char *path, en_error *err) {
    if (!path || !path[0]) return en_fail(err, EN_ERR_USAGE, "no case file was named");
    if (!en_os_exists(path)) return EN_OK;
    return fail_path(err, EN_ERR_INPUT, path, "exists already", "choose another name; nothing is ever overwritten");
}

en_status en_case_build(const char *path, en_case **out, en_error *err) {
    *out = NULL;
    en_case *c = calloc(1, sizeof *c);
    if (!c || !(c->path = copy_path(path))) return free(c), en_no_memory(err);
    c->writable = c->in_memory = true;
    en_status status = EN_OK;
    if (sqlite3_open_v2(":memory:", &c->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) != SQLITE_OK)
        status = en_no_memory(err);
    if (status == EN_OK) status = configure(c, EN_OPEN_WRITE, err);
    if (status == EN_OK)
        *out = c;
    else
        en_case_close(c);
    return status;
}

static en_status make_case(en_case *c, const char *path, const char *actor, en_error *err) {
    EN_TRY(en_case_make_tables(c, err));
    EN_TRY(put_file_row(c, err));
    EN_TRY(en_case_load_key(c, err));
    EN_TRY(en_case_load_entries(c, err));
    EN_TRY(en_case_begin(c, actor, "new", err));
    EN_TRY(en_case_commit(c, NULL, err));
    return en_case_write_image(c, path, err);
}

en_status en_case_create(const char *path, const char *actor, en_error *err) {
    en_case *c;
    EN_TRY(en_case_check_new_path(path, err));
    EN_TRY(en_case_build(path, &c, err));
    en_status status = make_case(c, path, actor, err);
    en_case_close(c);
    return status;
}

en_status en_case_create_encrypted(const char *path, const char *actor, const char *name, en_str passphrase,
                                   en_error *err) {
    en_case *c;
    EN_TRY(en_case_check_new_path(path, err));
    if (!en_page_vfs_cipher()) return en_fail(err, EN_ERR_UNSUPPORTED, "this build of everyname has no encryption");
    EN_TRY(en_case_build(path, &c, err));
    en_status status = en_case_make_keys(path, name, passphrase, c->mark, err);
    if (status == EN_OK && !(c->data_key = en_secret_new(EN_DATA_KEY))) status = en_no_memory(err);
    if (status == EN_OK) status = en_case_unlocked_key(path, c->mark, c->data_key, err);
    if (status == EN_OK) status = make_case(c, path, actor, err);
    en_case_close(c);
    return status;
}
