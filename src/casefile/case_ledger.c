/* The ledger: one entry a command, whose Merkle root covers the rows it made, and a tree over all entries. */
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/parallel.h"
#include "casefile/case.h"

#define PROGRAM "everyname " EN_VERSION
enum { PROGRAM_MAX = 64 };

/* ---- what is hashed ---- */

static void put_be64(unsigned char *out, uint64_t value) {
    for (int i = 0; i < 8; i++) out[i] = (unsigned char)(value >> (56 - 8 * i));
}

void en_row_salt(const en_hmac *key, const unsigned char random[EN_RANDOM], uint64_t ordinal, en_hash out) {
    unsigned char id[EN_RANDOM + 8];
    memcpy(id, random, EN_RANDOM);
    put_be64(id + EN_RANDOM, ordinal);
    en_hmac_sign(key, id, sizeof id, out);
}

void en_commitment(const en_hash salt, const char *kind, en_str a, en_str b, en_hash out) {
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, salt, EN_HASH);
    SHA256_Update(&state, kind, strlen(kind) + 1);
    SHA256_Update(&state, a.ptr, a.len);
    SHA256_Update(&state, b.ptr, b.len);
    SHA256_Final(out, &state);
}

void en_row_leaf(const en_hash salt, const char *kind, en_str body, en_hash out) {
    en_hash committed;
    en_commitment(salt, kind, body, EN_LIT(""), committed);
    en_merkle_leaf(committed, sizeof committed, out);
}

static void words_of(const en_hmac *key, const en_entry *entry, en_entry_words *out) {
    en_hash salt;
    en_row_salt(key, entry->random, UINT64_MAX, salt);
    en_commitment(salt, "actor", en_str_of(entry->actor), EN_LIT(""), out->actor);
    en_row_salt(key, entry->random, UINT64_MAX - 1, salt);
    en_commitment(salt, "command", en_str_of(entry->command), EN_LIT(""), out->command);
}

en_status en_case_entry_words(en_case *c, const en_entry *entry, en_entry_words *out, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    if (!c->redacted) return words_of(&c->key, entry, out), EN_OK;
    EN_TRY(en_sql_prepare(c, "SELECT actor,command FROM pseudonym WHERE entry=?", &stmt, err));
    sqlite3_bind_int64(stmt, 1, entry->number);
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK &&
        (!row || !en_sql_bytes(stmt, 0, out->actor, EN_HASH) || !en_sql_bytes(stmt, 1, out->command, EN_HASH)))
        status = en_case_damaged(c, err, "the commitments of an entry are missing");
    sqlite3_finalize(stmt);
    return status;
}

void en_entry_leaf(const en_entry *entry, const en_entry_words *words, const char *program, en_hash out) {
    struct {
        unsigned char kind[6], random[EN_RANDOM], when[8], rows[8], root[EN_HASH], actor[EN_HASH], command[EN_HASH],
            program[PROGRAM_MAX];
    } bytes;
    size_t program_length = strlen(program) < sizeof bytes.program ? strlen(program) : sizeof bytes.program;
    memcpy(bytes.kind, "entry", 6);
    memcpy(bytes.random, entry->random, EN_RANDOM);
    put_be64(bytes.when, (uint64_t)entry->when);
    put_be64(bytes.rows, (uint64_t)entry->rows);
    memcpy(bytes.root, entry->root, EN_HASH);
    memcpy(bytes.actor, words->actor, EN_HASH);
    memcpy(bytes.command, words->command, EN_HASH);
    memcpy(bytes.program, program, program_length);
    en_merkle_leaf(&bytes, sizeof bytes - sizeof bytes.program + program_length, out);
}

/* ---- many rows at once ---- */

enum { ROWS_A_TASK = 8192 };

/* Row i of a batch: its commitment under the salt that the copy gives, or that the key makes. */
static void batch_leaf(const en_hmac *key, const en_hash *salts, const unsigned char *random, int64_t first, int64_t i,
                       const char *kind, en_str a, en_str b, en_hash out) {
    en_hash salt, committed;
    if (!salts) en_row_salt(key, random, (uint64_t)(first + i), salt);
    en_commitment(salts ? salts[i] : salt, kind, a, b, committed);
    en_merkle_leaf(committed, sizeof committed, out);
}

static en_status hash_records(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker, (void)err;
    en_record_batch *b = ctx;
    int64_t end = (int64_t)(task + 1) * ROWS_A_TASK < b->n ? (int64_t)(task + 1) * ROWS_A_TASK : b->n;
    unsigned char where[24 + 16];
    memcpy(where, b->release, 24);
    /* Bounded by the six SHA-256 blocks that a short row takes. */
    for (int64_t i = (int64_t)task * ROWS_A_TASK; i < end; i++) {
        if (b->lengths[i] < 0) continue;
        put_be64(where + 24, (uint64_t)b->starts[i]);
        put_be64(where + 32, (uint64_t)b->lengths[i]);
        batch_leaf(b->key, b->salts, b->random, b->first_ordinal, i, "record",
                   (en_str){(const char *)where, sizeof where},
                   (en_str){b->text.ptr + b->starts[i], (size_t)b->lengths[i]}, b->leaves[i]);
    }
    return EN_OK;
}

en_status en_record_leaves(en_record_batch *batch, int threads, const en_progress *progress, en_error *err) {
    size_t tasks = ((size_t)batch->n + ROWS_A_TASK - 1) / ROWS_A_TASK;
    return en_parallel_for(tasks, threads, hash_records, batch, "hashing records", progress, err);
}

static uint32_t float_bits(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return value != value ? 0x7fc00000u : bits;
}

static en_status hash_memberships(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    en_membership_batch *b = ctx;
    int64_t end = (int64_t)(task + 1) * ROWS_A_TASK < b->n ? (int64_t)(task + 1) * ROWS_A_TASK : b->n;
    unsigned char body[3 * 24 + 4];
    memcpy(body, b->run, 24);
    for (int64_t i = (int64_t)task * ROWS_A_TASK; i < end; i++) {
        if (b->records[i].entry == 0) continue;
        EN_TRY(en_id_bytes(b->c, b->records[i], body + 24, err));
        EN_TRY(en_id_bytes(b->c, b->persons[i], body + 48, err));
        uint32_t bits = float_bits(b->weakest[i]);
        for (int k = 0; k < 4; k++) body[72 + k] = (unsigned char)(bits >> (24 - 8 * k));
        batch_leaf(b->key, b->salts, b->random, b->first_ordinal, i, "membership",
                   (en_str){(const char *)body, sizeof body}, EN_LIT(""), b->leaves[i]);
    }
    return EN_OK;
}

en_status en_membership_leaves(en_membership_batch *batch, int threads, const en_progress *progress, en_error *err) {
    size_t tasks = ((size_t)batch->n + ROWS_A_TASK - 1) / ROWS_A_TASK;
    return en_parallel_for(tasks, threads, hash_memberships, batch, "hashing memberships", progress, err);
}

/* ---- the entries as this handle knows them ---- */

en_status en_ledger_read(en_case *c, sqlite3_stmt *stmt, en_entry *out, const char **program, en_error *err) {
    *out = (en_entry){.number = sqlite3_column_int64(stmt, 0),
                      .when = sqlite3_column_int64(stmt, 2),
                      .rows = sqlite3_column_int64(stmt, 6)};
    const char *actor = (const char *)sqlite3_column_text(stmt, 3),
               *command = (const char *)sqlite3_column_text(stmt, 4);
    *program = (const char *)sqlite3_column_text(stmt, 5);
    if (!en_sql_bytes(stmt, 1, out->random, EN_RANDOM) || !en_sql_bytes(stmt, 7, out->root, EN_HASH) ||
        !en_sql_bytes(stmt, 8, out->head, EN_HASH) || !actor || !command || !*program ||
        strlen(*program) > PROGRAM_MAX || strlen(actor) >= sizeof out->actor || strlen(command) >= sizeof out->command)
        return en_case_damaged(c, err, "an entry of the ledger is malformed");
    strcpy(out->actor, actor);
    strcpy(out->command, command);
    return EN_OK;
}

en_status en_ledger_select(en_case *c, sqlite3_stmt **out, en_error *err) {
    return en_sql_prepare(c, "SELECT number,random,at,actor,command,program,rows,root,head FROM entry ORDER BY number",
                          out, err);
}

static en_status add_known_entry(en_case *c, sqlite3_stmt *stmt, en_error *err) {
    en_entry entry;
    const char *program;
    en_entry_words words;
    en_hash leaf, head;
    EN_TRY(en_ledger_read(c, stmt, &entry, &program, err));
    if (entry.number != c->n_known + 1) return en_case_damaged(c, err, "an entry of the ledger is missing");
    EN_TRY(en_known_add(c, entry.random, err));
    EN_TRY(en_case_entry_words(c, &entry, &words, err));
    en_entry_leaf(&entry, &words, program, leaf);
    en_merkle_add(&c->tree, leaf);
    en_merkle_root(&c->tree, head);
    if (memcmp(head, entry.head, EN_HASH) != 0)
        return en_case_damaged(c, err, "the ledger's entries do not match its head");
    return EN_OK;
}

static en_status data_version(en_case *c, int64_t *out, en_error *err) {
    return en_sql_int(c, "PRAGMA data_version", -1, out, err);
}

en_status en_case_load_entries(en_case *c, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(data_version(c, &c->data_version, err));
    EN_TRY(en_ledger_select(c, &stmt, err));
    en_status status;
    while ((status = en_sql_step(c, stmt, &row, err)) == EN_OK && row)
        if ((status = add_known_entry(c, stmt, err)) != EN_OK) break;
    sqlite3_finalize(stmt);
    return status;
}

/* EN_ERR_CONFLICT unless the newest entry in the file is the newest this handle knows. */
static en_status same_head(en_case *c, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash stored, known;
    EN_TRY(en_sql_prepare(c, "SELECT number,head FROM entry ORDER BY number DESC LIMIT 1", &stmt, err));
    en_status status = en_sql_step(c, stmt, &row, err);
    en_merkle_root(&c->tree, known);
    bool same =
        status == EN_OK && (row ? sqlite3_column_int64(stmt, 0) == c->n_known &&
                                      en_sql_bytes(stmt, 1, stored, EN_HASH) && memcmp(stored, known, EN_HASH) == 0
                                : c->n_known == 0);
    sqlite3_finalize(stmt);
    if (status != EN_OK || same) return status;
    en_fail(err, EN_ERR_CONFLICT, "the case changed while this command was at work");
    en_error_at(err, c->path, -1, NULL, -1);
    return en_error_mend(err, "nothing was written; run the command again"), EN_ERR_CONFLICT;
}

en_status en_case_fresh(en_case *c, en_error *err) {
    if (c->writing || c->in_memory || c->pinned) return EN_OK;
    int64_t now;
    EN_TRY(data_version(c, &now, err));
    if (now == c->data_version) return EN_OK;
    EN_TRY(same_head(c, err));
    c->data_version = now;
    return EN_OK;
}

/* ---- one command ---- */

en_status en_case_needs_writing(en_case *c, en_error *err) {
    if (!c->writing) return en_fail(err, EN_ERR_USAGE, "nothing can be added outside en_case_begin and en_case_commit");
    if (sqlite3_get_autocommit(c->db)) c->broken = true; /* SQLite took the transaction back itself */
    if (c->broken)
        return en_fail(err, EN_ERR_USAGE, "an earlier step of this command failed; it can only be rolled back");
    return EN_OK;
}

/* SQLite counts the transactions that changed the file in bytes 24 to 27 of its header. */
static int64_t change_counter(en_case *c) {
    unsigned char header[100], *b = header + 24;
    if (c->in_memory || !en_case_read_header(c, header)) return -1;
    return (int64_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

/* Records the counter that the file will have once this transaction is committed, so that an older copy of the first
 * page, or a change by another program, shows. */
static en_status put_change_counter(en_case *c, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(c, "UPDATE file SET change_counter=? WHERE id=1", &stmt, err));
    sqlite3_bind_int64(stmt, 1, (c->counter + 1) & 0xffffffff);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status;
}

/* The test source of randomness repeats itself in every process, so an id that is taken is drawn again. */
static en_status draw_random(en_case *c, unsigned char out[EN_RANDOM], en_error *err) {
    do {
        EN_TRY(en_os_random(out, EN_RANDOM, err));
    } while (en_known_has(c, out));
    return EN_OK;
}

static en_status start_entry(en_case *c, const char *actor, const char *command, en_error *err) {
    c->pending = (en_entry){.number = c->n_known + 1, .when = en_os_now()};
    strcpy(c->pending.actor, actor);
    strcpy(c->pending.command, command);
    EN_TRY(draw_random(c, c->pending.random, err));
    EN_TRY(en_known_add(c, c->pending.random, err));
    c->n_leaves = 0;
    c->broken = false;
    c->writing = true;
    return EN_OK;
}

static en_status check_words(const char *actor, const char *command, en_error *err) {
    en_body words = {.err = err};
    if (!actor || !actor[0]) {
        en_fail(err, EN_ERR_USAGE, "who acts is not stated");
        return en_error_mend(err, "use --as NAME or set EVERYNAME_ACTOR"), EN_ERR_USAGE;
    }
    if (!command || strlen(actor) >= sizeof((en_entry *)0)->actor || strlen(command) >= sizeof((en_entry *)0)->command)
        return en_fail(err, EN_ERR_LIMIT, "a name is at most 127 bytes long, a command 255");
    en_body_text(&words, "actor", actor);
    en_body_text(&words, "command", command);
    en_status status = en_body_end(&words);
    en_buf_clear(&words.json);
    return status;
}

en_status en_transaction_begin(en_case *c, en_error *err) {
    EN_TRY(en_sql_run(c, "BEGIN IMMEDIATE", err));
    en_status status = same_head(c, err);
    c->counter = change_counter(c);
    if (status == EN_OK && c->counter < 0 && !c->in_memory)
        status = en_fail(err, EN_ERR_IO, "the header of the case cannot be read");
    if (status != EN_OK) en_transaction_rollback(c);
    return status;
}

en_status en_transaction_commit(en_case *c, en_error *err) {
    EN_TRY(put_change_counter(c, err));
    return en_sql_run(c, "COMMIT", err);
}

void en_transaction_rollback(en_case *c) {
    if (!sqlite3_get_autocommit(c->db)) sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
}

en_status en_case_begin(en_case *c, const char *actor, const char *command, en_error *err) {
    EN_TRY(check_words(actor, command, err));
    if (!c->writable) return en_fail(err, EN_ERR_USAGE, "the case was opened for reading only");
    if (c->writing) return en_fail(err, EN_ERR_USAGE, "a command is being written already");
    if (c->redacted) {
        en_fail(err, EN_ERR_UNSUPPORTED, "this is a redacted copy: it can be read and verified, not added to");
        return en_error_mend(err, "work on the case it was made from"), EN_ERR_UNSUPPORTED;
    }
    EN_TRY(en_transaction_begin(c, err));
    en_status status = start_entry(c, actor, command, err);
    if (status != EN_OK) en_transaction_rollback(c);
    return status;
}

en_status en_ledger_reserve(en_case *c, int64_t n, int64_t *first_ordinal, en_hash **leaves, en_error *err) {
    if (n > (int64_t)UINT32_MAX - c->n_leaves)
        return en_fail(err, EN_ERR_LIMIT, "one command makes at most 4,294,967,295 rows");
    if (c->n_leaves + n > c->leaves_cap) {
        int64_t cap = c->n_leaves + n > 2 * c->leaves_cap ? c->n_leaves + n : 2 * c->leaves_cap;
        en_hash *grown = realloc(c->leaves, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        c->leaves = grown;
        c->leaves_cap = cap;
    }
    *first_ordinal = c->n_leaves;
    *leaves = c->leaves + c->n_leaves;
    c->n_leaves += n;
    return EN_OK;
}

static en_status insert_entry(en_case *c, en_error *err) {
    const en_entry *e = &c->pending;
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(c, "INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?)", &stmt, err));
    sqlite3_bind_int64(stmt, 1, e->number);
    sqlite3_bind_blob(stmt, 2, e->random, EN_RANDOM, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 3, e->when);
    sqlite3_bind_text(stmt, 4, e->actor, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 5, e->command, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 6, PROGRAM, -1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 7, e->rows);
    sqlite3_bind_blob(stmt, 8, e->root, EN_HASH, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 9, e->head, EN_HASH, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    return status;
}

static void seal_entry(en_case *c, en_merkle *tree) {
    en_merkle rows = {0};
    en_entry_words words;
    en_hash leaf;
    for (int64_t i = 0; i < c->n_leaves; i++) en_merkle_add(&rows, c->leaves[i]);
    c->pending.rows = c->n_leaves;
    en_merkle_root(&rows, c->pending.root);
    words_of(&c->key, &c->pending, &words);
    en_entry_leaf(&c->pending, &words, PROGRAM, leaf);
    *tree = c->tree;
    en_merkle_add(tree, leaf);
    en_merkle_root(tree, c->pending.head);
}

static void end_shredding(en_case *c) {
    if (c->shreds) en_page_vfs_shred(false);
    c->shreds = false;
}

en_status en_case_commit(en_case *c, en_entry *out, en_error *err) {
    en_merkle tree;
    en_status status = en_case_needs_writing(c, err);
    if (!c->writing) return status;
    if (status == EN_OK) seal_entry(c, &tree);
    if (status == EN_OK) status = insert_entry(c, err);
    if (status == EN_OK) status = en_transaction_commit(c, err);
    if (status != EN_OK) return en_case_rollback(c), status;
    end_shredding(c);
    c->writing = false;
    c->tree = tree;
    if (out) *out = c->pending;
    return EN_OK;
}

void en_case_rollback(en_case *c) {
    if (!c || !c->writing) return;
    en_transaction_rollback(c);
    end_shredding(c);
    c->writing = false;
    en_known_drop_last(c);
}

/* ---- reading it ---- */

en_status en_case_entries(en_case *c, en_arena *arena, en_entry **out, int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    const char *program;
    bool row;
    *n = 0;
    EN_TRY(en_case_fresh(c, err));
    if (!(*out = en_arena_alloc(arena, ((size_t)c->n_known + 1) * sizeof **out))) return en_no_memory(err);
    EN_TRY(en_ledger_select(c, &stmt, err));
    en_status status;
    while ((status = en_sql_step(c, stmt, &row, err)) == EN_OK && row && *n < c->n_known)
        if ((status = en_ledger_read(c, stmt, &(*out)[(*n)++], &program, err)) != EN_OK) break;
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_head(en_case *c, char hex[65], en_error *err) {
    en_hash head;
    EN_TRY(en_case_fresh(c, err));
    en_merkle_root(&c->tree, head);
    en_hex(head, sizeof head, hex);
    return EN_OK;
}
