/* Is the case what was recorded? The pages as bytes, then every capture, row, leaf, entry and the tree of entries,
 * recomputed from the rows as they stand. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "casefile/verify.h"

enum { PROBLEMS_KEPT = 1000 };

/* ---- problems ---- */

en_status verify_problem(verifier *v, const char *kind, const char *where, const char *fmt, ...) {
    en_verification *out = v->out;
    if (out->n_problems++ >= PROBLEMS_KEPT) return EN_OK;
    en_problem *grown = realloc(out->problems, (size_t)(out->n_kept + 1) * sizeof *grown);
    if (!grown) return en_no_memory(v->err);
    out->problems = grown;
    en_problem *problem = &grown[out->n_kept++];
    *problem = (en_problem){0};
    en_print(problem->kind, sizeof problem->kind, "%s", kind);
    en_print(problem->where, sizeof problem->where, "%s", where);
    va_list args;
    va_start(args, fmt);
    en_vprint(problem->what, sizeof problem->what, fmt, args);
    va_end(args);
    return EN_OK;
}

en_status verify_absorb(verifier *v, en_status status, const char *kind, const char *where) {
    bool tells_of_damage =
        status == EN_ERR_CORRUPT || status == EN_ERR_NOT_FOUND || status == EN_ERR_INPUT || status == EN_ERR_LIMIT;
    if (!tells_of_damage) return status;
    return verify_problem(v, kind, where, "%s", v->err->message);
}

void en_verification_clear(en_verification *verification) {
    free(verification->problems);
    free(verification->destroyed);
    *verification = (en_verification){0};
}

/* ---- SQLite's own view ---- */

static en_status check_integrity(verifier *v) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(v->c, "PRAGMA integrity_check(100)", &stmt, v->err));
    en_status status;
    while ((status = en_sql_step(v->c, stmt, &row, v->err)) == EN_OK && row) {
        const char *line = (const char *)sqlite3_column_text(stmt, 0);
        if (line && strcmp(line, "ok") != 0) status = verify_problem(v, "sqlite", "tables", "%s", line);
        if (status != EN_OK) break;
    }
    sqlite3_finalize(stmt);
    return status;
}

static en_status check_change_counter(verifier *v) {
    int64_t stored;
    unsigned char header[100], *b = header + 24;
    EN_TRY(en_sql_int(v->c, "SELECT change_counter FROM file WHERE id=1", -1, &stored, v->err));
    if (!en_case_read_header(v->c, header)) return en_fail(v->err, EN_ERR_IO, "the header cannot be read");
    int64_t counter = (int64_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
    if (stored == counter) return EN_OK;
    return verify_problem(
        v, "header", "bytes 24 to 27",
        "the file was changed %lld times, and the case records %lld: its first page is an old one, or "
        "another program wrote to it",
        (long long)counter, (long long)stored);
}

/* ---- captures ---- */

static en_status hash_chunks(verifier *v, int64_t content, en_hash sha256, int64_t *length) {
    sqlite3_stmt *stmt;
    bool row;
    SHA256_CTX state;
    EN_TRY(
        en_sql_prepare(v->c, "SELECT bytes FROM chunk WHERE id>=?1<<32 AND id<(?1+1)<<32 ORDER BY id", &stmt, v->err));
    sqlite3_bind_int64(stmt, 1, content);
    SHA256_Init(&state);
    *length = 0;
    en_status status;
    while ((status = en_sql_step(v->c, stmt, &row, v->err)) == EN_OK && row) {
        const void *bytes = sqlite3_column_blob(stmt, 0);
        size_t n = (size_t)sqlite3_column_bytes(stmt, 0);
        if (bytes) SHA256_Update(&state, bytes, n);
        *length += (int64_t)n;
    }
    sqlite3_finalize(stmt);
    SHA256_Final(sha256, &state);
    return status;
}

static en_status check_content(verifier *v, int64_t content, const char *expected, int64_t expected_length) {
    en_hash sha256;
    char hex[EN_HASH_HEX], where[64];
    int64_t length;
    en_print(where, sizeof where, "content %lld", (long long)content);
    en_status status = hash_chunks(v, content, sha256, &length);
    if (status != EN_OK) return verify_absorb(v, status, "capture", where);
    en_hex(sha256, EN_HASH, hex);
    if (expected && strcmp(hex, expected) == 0 && length == expected_length) return EN_OK;
    return verify_problem(v, "capture", where, "its bytes are not those that were captured (SHA-256 %s)",
                          expected ? expected : "");
}

static en_status check_contents(verifier *v) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(v->c, "SELECT id,sha256,length FROM content ORDER BY id", &stmt, v->err));
    en_status status;
    while ((status = en_sql_step(v->c, stmt, &row, v->err)) == EN_OK && row) {
        status = check_content(v, sqlite3_column_int64(stmt, 0), (const char *)sqlite3_column_text(stmt, 1),
                               sqlite3_column_int64(stmt, 2));
        if (status != EN_OK) break;
    }
    sqlite3_finalize(stmt);
    return status;
}

/* Counts rows that should not be, and says so. */
static en_status check_none(verifier *v, const char *count_sql, const char *what) {
    int64_t n;
    EN_TRY(en_sql_int(v->c, count_sql, -1, &n, v->err));
    return n == 0 ? EN_OK : verify_problem(v, "capture", "captures", "%lld %s", (long long)n, what);
}

static en_status check_captures(verifier *v) {
    EN_TRY(en_sql_int(v->c, "SELECT count(*) FROM row WHERE kind='capture'", -1, &v->out->captures, v->err));
    EN_TRY(check_contents(v));
    EN_TRY(check_none(
        v,
        "SELECT count(*) FROM row LEFT JOIN content ON content.sha256=body->>'sha256' WHERE kind='capture' AND "
        "content.length IS NOT body->>'length'",
        "captures have no bytes, or bytes of another length"));
    EN_TRY(check_none(
        v, "SELECT count(*) FROM content WHERE sha256 NOT IN (SELECT body->>'sha256' FROM row WHERE kind='capture')",
        "stored contents belong to no capture"));
    return check_none(v, "SELECT count(*) FROM chunk WHERE id>>32 NOT IN (SELECT id FROM content)",
                      "chunks belong to no content");
}

/* ---- the rows of one entry ---- */

typedef struct entry_rows {
    verifier *v;
    int64_t number, rows;
    const unsigned char *random;
    en_hash *leaves;
    unsigned char *seen; /* a byte an ordinal */
    int64_t n_seen;
    char where[EN_ID_TEXT];
} entry_rows;

/* Where ordinals [first, first + n) put their leaves; false where the entry has no such rows or has them already. */
static bool claim(entry_rows *e, int64_t first, int64_t n) {
    if (first < 0 || n < 0 || first > e->rows || n > e->rows - first) return false;
    for (int64_t i = first; i < first + n; i++)
        if (e->seen[i]) return false;
    memset(e->seen + first, 1, (size_t)n);
    e->n_seen += n;
    return true;
}

static en_status extra_rows(entry_rows *e, const char *table) {
    return verify_problem(e->v, "record", e->where, "table %s has rows that the ledger does not know", table);
}

static en_status select_range(entry_rows *e, const char *sql, int64_t after, int64_t up_to, sqlite3_stmt **out) {
    EN_TRY(en_sql_prepare(e->v->c, sql, out, e->v->err));
    sqlite3_bind_int64(*out, 1, after);
    sqlite3_bind_int64(*out, 2, up_to);
    return EN_OK;
}

/* Rows that were destroyed or withheld: their commitments stand for them. */
static en_status hash_absent(entry_rows *e) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash committed;
    int64_t base = e->number << 32;
    EN_TRY(select_range(e, "SELECT id,commitment FROM absent WHERE id>=? AND id<? ORDER BY id", base,
                        base + (1ll << 32), &stmt));
    en_status status;
    while ((status = en_sql_step(e->v->c, stmt, &row, e->v->err)) == EN_OK && row) {
        int64_t ordinal = sqlite3_column_int64(stmt, 0) - base;
        if (!en_sql_bytes(stmt, 1, committed, EN_HASH) || !claim(e, ordinal, 1)) {
            status = extra_rows(e, "absent");
            break;
        }
        en_merkle_leaf(committed, EN_HASH, e->leaves[ordinal]);
    }
    sqlite3_finalize(stmt);
    return status;
}

/* The salt of a row: of a redacted copy the one it gives in that column, else the key's. */
static bool salt_of(entry_rows *e, sqlite3_stmt *stmt, int column, int64_t ordinal, en_hash out) {
    if (e->v->c->redacted) return en_sql_bytes(stmt, column, out, EN_HASH);
    en_row_salt(&e->v->c->key, e->random, (uint64_t)ordinal, out);
    return true;
}

/* A row of which only a part is left has its commitment in `absent`. */
static en_status hash_rows(entry_rows *e) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash salt;
    int64_t base = e->number << 32;
    EN_TRY(select_range(e,
                        "SELECT row.id,kind,body,salt,absent.id IS NOT NULL FROM row LEFT JOIN salt USING(id) LEFT "
                        "JOIN absent USING(id) WHERE row.id>=? AND row.id<? ORDER BY row.id",
                        base, base + (1ll << 32), &stmt));
    en_status status;
    while ((status = en_sql_step(e->v->c, stmt, &row, e->v->err)) == EN_OK && row) {
        int64_t ordinal = sqlite3_column_int64(stmt, 0) - base;
        const char *kind = (const char *)sqlite3_column_text(stmt, 1),
                   *body = (const char *)sqlite3_column_text(stmt, 2);
        if (sqlite3_column_int(stmt, 4)) {
            e->v->out->reduced++;
            continue;
        }
        if (!kind || !body || !claim(e, ordinal, 1) || !salt_of(e, stmt, 3, ordinal, salt)) {
            status = extra_rows(e, "row");
            break;
        }
        en_row_leaf(salt, kind, (en_str){body, (size_t)sqlite3_column_bytes(stmt, 2)}, e->leaves[ordinal]);
    }
    sqlite3_finalize(stmt);
    return status;
}

/* The salts that a redacted copy gives for n rows from `first` on; zeros where it gives none. NULL in `*out` elsewhere.
 */
static en_status read_salts(entry_rows *e, int64_t first, int64_t n, en_arena *arena, const en_hash **out) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t base = (e->number << 32) + first;
    *out = NULL;
    if (!e->v->c->redacted) return EN_OK;
    en_hash *salts = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *salts);
    if (!salts) return en_no_memory(e->v->err);
    EN_TRY(select_range(e, "SELECT id,salt FROM salt WHERE id>=? AND id<? ORDER BY id", base, base + n, &stmt));
    en_status status;
    while ((status = en_sql_step(e->v->c, stmt, &row, e->v->err)) == EN_OK && row)
        (void)en_sql_bytes(stmt, 1, salts[sqlite3_column_int64(stmt, 0) - base], EN_HASH);
    sqlite3_finalize(stmt);
    *out = salts;
    return status;
}

/* How many rows follow a row of that kind, as its body says; no more than the entry has. */
static en_status declared(entry_rows *e, en_id id, const char *member, int64_t *n) {
    char sql[96];
    en_print(sql, sizeof sql, "SELECT body->>'%s' FROM row WHERE id=?", member);
    EN_TRY(en_sql_int(e->v->c, sql, en_id_pack(id), n, e->v->err));
    if (*n >= 0 && *n <= e->rows - id.ordinal - 1) return EN_OK;
    return en_fail(e->v->err, EN_ERR_CORRUPT, "rows that belong together are not all there");
}

static en_status read_records(entry_rows *e, en_id release, int64_t n, int64_t *starts, int64_t *lengths) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t base = en_id_pack(release) + 1;
    for (int64_t i = 0; i < n; i++) lengths[i] = -1;
    EN_TRY(
        select_range(e,
                     "SELECT record.id,start,length,absent.id IS NOT NULL FROM record LEFT JOIN absent USING(id) WHERE "
                     "record.id>=? AND record.id<? ORDER BY record.id",
                     base, base + n, &stmt));
    en_status status;
    while ((status = en_sql_step(e->v->c, stmt, &row, e->v->err)) == EN_OK && row) {
        int64_t i = sqlite3_column_int64(stmt, 0) - base;
        if (sqlite3_column_int(stmt, 3)) { /* reduced: its commitment is in `absent` */
            e->v->out->reduced++;
            continue;
        }
        starts[i] = sqlite3_column_int64(stmt, 1);
        lengths[i] = sqlite3_column_int64(stmt, 2);
        if (lengths[i] < 0 || !claim(e, release.ordinal + 1 + i, 1)) {
            status = extra_rows(e, "record");
            break;
        }
    }
    sqlite3_finalize(stmt);
    return status;
}

static en_status check_places(const int64_t *starts, const int64_t *lengths, int64_t n, en_str text, en_error *err) {
    for (int64_t i = 0; i < n; i++)
        if (lengths[i] >= 0 &&
            (starts[i] < 0 || (uint64_t)starts[i] > text.len || (uint64_t)lengths[i] > text.len - (uint64_t)starts[i]))
            return en_fail(err, EN_ERR_CORRUPT, "record %lld of a release lies outside its capture", (long long)i);
    return EN_OK;
}

static en_status hash_release(entry_rows *e, en_id release, en_arena *arena) {
    verifier *v = e->v;
    const char *global;
    en_id capture;
    int64_t n, first = release.ordinal + 1;
    en_record_batch batch = {.key = &v->c->key, .random = e->random, .first_ordinal = first};
    EN_TRY(declared(e, release, "records", &n));
    int64_t *starts = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *starts),
            *lengths = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *lengths);
    if (!starts || !lengths) return en_no_memory(v->err);
    EN_TRY(read_records(e, release, n, starts, lengths));
    EN_TRY(en_case_member(v->c, release, "release", "capture", arena, &global, v->err));
    EN_TRY(en_id_from_global(v->c, global, &capture, v->err));
    EN_TRY(en_case_capture_bytes(v->c, capture, arena, &batch.text, v->err));
    EN_TRY(check_places(starts, lengths, n, batch.text, v->err));
    EN_TRY(en_id_bytes(v->c, release, batch.release, v->err));
    EN_TRY(read_salts(e, first, n, arena, &batch.salts));
    batch.starts = starts, batch.lengths = lengths, batch.n = n, batch.leaves = e->leaves + first;
    return en_record_leaves(&batch, v->threads, v->progress, v->err);
}

static en_status read_memberships(entry_rows *e, en_id run, int64_t n, en_id *records, en_id *persons, float *weakest) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t base = en_id_pack(run) + 1;
    EN_TRY(select_range(e, "SELECT id,record,person,weakest FROM membership WHERE id>=? AND id<? ORDER BY id", base,
                        base + n, &stmt));
    en_status status;
    while ((status = en_sql_step(e->v->c, stmt, &row, e->v->err)) == EN_OK && row) {
        int64_t i = sqlite3_column_int64(stmt, 0) - base;
        records[i] = en_id_unpack(sqlite3_column_int64(stmt, 1));
        persons[i] = en_id_unpack(sqlite3_column_int64(stmt, 2));
        weakest[i] = sqlite3_column_type(stmt, 3) == SQLITE_NULL ? NAN : (float)sqlite3_column_double(stmt, 3);
        if (records[i].entry == 0 || !claim(e, run.ordinal + 1 + i, 1)) {
            status = extra_rows(e, "membership");
            break;
        }
    }
    sqlite3_finalize(stmt);
    return status;
}

static en_status hash_run(entry_rows *e, en_id run, en_arena *arena) {
    verifier *v = e->v;
    int64_t n, first = run.ordinal + 1;
    en_membership_batch batch = {.key = &v->c->key, .random = e->random, .first_ordinal = first, .c = v->c};
    EN_TRY(declared(e, run, "memberships", &n));
    en_id *records = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *records),
          *persons = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *persons);
    float *weakest = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *weakest);
    if (!records || !persons || !weakest) return en_no_memory(v->err);
    EN_TRY(read_memberships(e, run, n, records, persons, weakest));
    EN_TRY(en_id_bytes(v->c, run, batch.run, v->err));
    EN_TRY(read_salts(e, first, n, arena, &batch.salts));
    batch.records = records, batch.persons = persons, batch.weakest = weakest, batch.n = n,
    batch.leaves = e->leaves + first;
    return en_membership_leaves(&batch, v->threads, v->progress, v->err);
}

/* Each row of one kind that brings further rows with it. */
static en_status hash_batches(entry_rows *e, const char *kind, en_status (*hash)(entry_rows *, en_id, en_arena *)) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t base = e->number << 32;
    EN_TRY(select_range(e, "SELECT id FROM row WHERE id>=? AND id<? AND +kind=? ORDER BY id", base, base + (1ll << 32),
                        &stmt));
    sqlite3_bind_text(stmt, 3, kind, -1, SQLITE_STATIC);
    en_status status;
    while ((status = en_sql_step(e->v->c, stmt, &row, e->v->err)) == EN_OK && row) {
        en_arena *arena = en_arena_new();
        status = arena ? hash(e, en_id_unpack(sqlite3_column_int64(stmt, 0)), arena) : en_no_memory(e->v->err);
        status = verify_absorb(e->v, status, "record", e->where);
        en_arena_free(arena);
        if (status != EN_OK) break;
    }
    sqlite3_finalize(stmt);
    return status;
}

/* How many rows the tables have for the entry; more than the ledger says is as wrong as fewer. */
static en_status count_rows(entry_rows *e, int64_t *out) {
    return en_sql_int(
        e->v->c,
        "SELECT (SELECT count(*) FROM row WHERE id>=?1<<32 AND id<(?1+1)<<32)+(SELECT count(*) FROM record WHERE "
        "id>=?1<<32 AND id<(?1+1)<<32)+(SELECT count(*) FROM membership WHERE id>=?1<<32 AND id<(?1+1)<<32)+(SELECT "
        "count(*) FROM absent WHERE id>=?1<<32 AND id<(?1+1)<<32 AND id NOT IN (SELECT id FROM row) AND id NOT IN "
        "(SELECT id FROM record))",
        e->number, out, e->v->err);
}

static en_status compare_root(entry_rows *e, const en_entry *entry, int64_t present) {
    en_merkle tree = {0};
    en_hash root;
    if (present != e->rows || e->n_seen != e->rows)
        return verify_problem(e->v, "ledger", e->where, "the ledger has %lld rows of this entry, the tables %lld",
                              (long long)e->rows, (long long)present);
    for (int64_t i = 0; i < e->rows; i++) en_merkle_add(&tree, e->leaves[i]);
    en_merkle_root(&tree, root);
    if (memcmp(root, entry->root, EN_HASH) == 0) return EN_OK;
    return verify_problem(e->v, "ledger", e->where, "the rows of this entry are not those that were recorded");
}

static en_status hash_entry(entry_rows *e) {
    EN_TRY(hash_absent(e));
    EN_TRY(hash_rows(e));
    EN_TRY(hash_batches(e, "release", hash_release));
    return hash_batches(e, "link_run", hash_run);
}

static en_status check_entry_rows(verifier *v, const en_entry *entry) {
    entry_rows e = {.v = v, .number = entry->number, .rows = entry->rows, .random = entry->random};
    int64_t present = 0;
    EN_TRY(en_case_print_id(v->c, 'n', (en_id){entry->number, 0}, e.where, v->err));
    EN_TRY(count_rows(&e, &present));
    v->out->rows += present;
    if (e.rows < 0 || e.rows > present) return compare_root(&e, entry, present);
    e.leaves = calloc((size_t)e.rows + 1, sizeof *e.leaves);
    e.seen = calloc((size_t)e.rows + 1, 1);
    en_status status = e.leaves && e.seen ? hash_entry(&e) : en_no_memory(v->err);
    if (status == EN_OK) status = compare_root(&e, entry, present);
    free(e.leaves);
    free(e.seen);
    return verify_absorb(v, status, "ledger", e.where);
}

en_status en_entry_row_leaves(en_case *c, const en_entry *entry, int threads, en_arena *arena, en_hash **out,
                              en_error *err) {
    en_verification found = {0};
    en_error own = {.row = -1, .byte = -1};
    verifier v = {.c = c, .threads = threads, .out = &found, .err = err ? err : &own};
    entry_rows e = {.v = &v, .number = entry->number, .rows = entry->rows, .random = entry->random};
    int64_t present = 0;
    EN_TRY(count_rows(&e, &present));
    if (e.rows < 0 || e.rows > present) return en_case_damaged(c, err, "rows of an entry are missing");
    e.leaves = en_arena_alloc(arena, ((size_t)e.rows + 1) * sizeof *e.leaves);
    e.seen = en_arena_alloc(arena, (size_t)e.rows + 1);
    en_status status = e.leaves && e.seen ? hash_entry(&e) : en_no_memory(err);
    if (status == EN_OK) status = compare_root(&e, entry, present);
    if (status == EN_OK && found.n_problems)
        status = en_case_damaged(c, err, "the rows of an entry are not those that were recorded");
    en_verification_clear(&found);
    *out = e.leaves;
    return status;
}

/* ---- the ledger ---- */

static en_status check_entry(verifier *v, const en_entry *entry, const char *program) {
    en_entry_words words;
    en_hash leaf, head;
    char where[32];
    en_print(where, sizeof where, "entry %lld", (long long)entry->number);
    EN_TRY(en_case_entry_words(v->c, entry, &words, v->err));
    en_entry_leaf(entry, &words, program, leaf);
    en_merkle_add(&v->c->tree, leaf);
    en_merkle_root(&v->c->tree, head);
    if (memcmp(head, entry->head, EN_HASH) == 0) return EN_OK;
    return verify_problem(v, "ledger", where, "the entries up to this one do not have the root that was recorded");
}

static en_status read_entries(verifier *v, en_arena *arena, en_entry **out, int64_t *n) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t count;
    *n = 0;
    EN_TRY(en_sql_int(v->c, "SELECT count(*) FROM entry", -1, &count, v->err));
    if (!(*out = en_arena_alloc(arena, ((size_t)count + 1) * sizeof **out))) return en_no_memory(v->err);
    EN_TRY(en_ledger_select(v->c, &stmt, v->err));
    en_status status;
    while ((status = en_sql_step(v->c, stmt, &row, v->err)) == EN_OK && row && *n < count) {
        const char *program;
        en_entry *entry = &(*out)[*n];
        if ((status = en_ledger_read(v->c, stmt, entry, &program, v->err)) != EN_OK) break;
        if (entry->number != ++*n)
            status = en_fail(v->err, EN_ERR_CORRUPT, "entry %lld of the ledger is missing", (long long)*n);
        if (status == EN_OK) status = en_known_add(v->c, entry->random, v->err);
        if (status == EN_OK) status = check_entry(v, entry, program);
        if (status != EN_OK) break;
    }
    sqlite3_finalize(stmt);
    return status;
}

/* Rows whose entry the ledger does not have. */
static en_status check_strays(verifier *v, int64_t entries) {
    static const char *const tables[] = {"row", "record", "membership", "absent", "salt"};
    for (int i = 0; i < 5; i++) {
        char sql[128];
        int64_t n;
        en_print(sql, sizeof sql, "SELECT count(*) FROM %s WHERE id<1<<32 OR id>=(?1+1)<<32", tables[i]);
        EN_TRY(en_sql_int(v->c, sql, entries, &n, v->err));
        if (n)
            EN_TRY(verify_problem(v, "ledger", tables[i], "%lld rows belong to no entry of the ledger", (long long)n));
    }
    return EN_OK;
}

static en_status check_ledger(verifier *v) {
    en_arena *arena = en_arena_new();
    en_entry *entries = NULL;
    en_hash head;
    int64_t n = 0;
    en_status status = arena ? read_entries(v, arena, &entries, &n) : en_no_memory(v->err);
    if (status == EN_OK) status = check_strays(v, n);
    for (int64_t i = 0; status == EN_OK && i < n; i++) {
        status = en_progress_step(v->progress, "checking the ledger", (uint64_t)i, (uint64_t)n, v->err);
        if (status == EN_OK) status = check_entry_rows(v, &entries[i]);
    }
    v->out->entries = n;
    en_merkle_root(&v->c->tree, head);
    en_hex(head, EN_HASH, v->out->head);
    en_arena_free(arena);
    return status;
}

/* ---- stamps ---- */

static en_status check_stamp(verifier *v, sqlite3_stmt *stmt) {
    char where[EN_ID_TEXT];
    const char *body = (const char *)sqlite3_column_text(stmt, 1);
    EN_TRY(en_case_print_id(v->c, 'W', en_id_unpack(sqlite3_column_int64(stmt, 0)), where, v->err));
    v->out->stamps++;
    return verify_absorb(v, en_stamp_check_row(v->c, body ? body : "", v->err), "stamp", where);
}

static en_status check_stamps(verifier *v) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(v->c, "SELECT id,body FROM row WHERE kind='stamp' AND id NOT IN (SELECT id FROM absent)",
                          &stmt, v->err));
    en_status status;
    while ((status = en_sql_step(v->c, stmt, &row, v->err)) == EN_OK && row)
        if ((status = check_stamp(v, stmt)) != EN_OK) break;
    sqlite3_finalize(stmt);
    return status;
}

/* ---- what was destroyed ---- */

/* The letter that the id of a destroyed row was printed with. */
static char letter_of(const char *kind) {
    char letter = kind ? en_letter_of_kind(kind) : 0;
    return letter ? letter : 'r';
}

static en_status note_destroyed(verifier *v, sqlite3_stmt *stmt) {
    en_id of;
    const char *ref = (const char *)sqlite3_column_text(stmt, 0), *by = (const char *)sqlite3_column_text(stmt, 2),
               *why = (const char *)sqlite3_column_text(stmt, 3);
    EN_TRY(en_id_from_global(v->c, ref ? ref : "", &of, v->err));
    if (v->out->n_destroyed >= PROBLEMS_KEPT) return EN_OK;
    v->out->n_destroyed++;
    en_destroyed *grown = realloc(v->out->destroyed, (size_t)v->out->n_destroyed * sizeof *grown);
    if (!grown) return v->out->n_destroyed--, en_no_memory(v->err);
    v->out->destroyed = grown;
    en_destroyed *d = &grown[v->out->n_destroyed - 1];
    *d = (en_destroyed){.at = sqlite3_column_int64(stmt, 4)};
    en_print(d->by, sizeof d->by, "%s", by ? by : "");
    en_print(d->why, sizeof d->why, "%s", why ? why : "");
    return en_case_print_id(v->c, letter_of((const char *)sqlite3_column_text(stmt, 1)), of, d->id, v->err);
}

static en_status check_destroyed(verifier *v) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_int(v->c, "SELECT count(*) FROM absent", -1, &v->out->absent, v->err));
    v->out->absent -= v->out->reduced;
    v->out->redacted = v->c->redacted;
    EN_TRY(en_sql_prepare(v->c,
                          "SELECT body->>'of',body->>'kind',body->>'by',body->>'why',at FROM row JOIN entry ON "
                          "entry.number=row.id>>32 WHERE kind='destruction' ORDER BY row.id",
                          &stmt, v->err));
    en_status status;
    while ((status = en_sql_step(v->c, stmt, &row, v->err)) == EN_OK && row)
        if ((status = note_destroyed(v, stmt)) != EN_OK) break;
    sqlite3_finalize(stmt);
    return status;
}

/* ---- what is derived ---- */

static en_str column_bytes(sqlite3_stmt *stmt, int column) {
    const void *bytes = sqlite3_column_blob(stmt, column);
    return (en_str){bytes ? bytes : "", bytes ? (size_t)sqlite3_column_bytes(stmt, column) : 0};
}

static en_status check_derived(verifier *v) {
    sqlite3_stmt *stmt;
    bool row;
    en_hash all = {0}, stored, hash;
    EN_TRY(en_sql_prepare(v->c, "SELECT kind,key,value,sha256 FROM derived ORDER BY id", &stmt, v->err));
    en_status status;
    while ((status = en_sql_step(v->c, stmt, &row, v->err)) == EN_OK && row) {
        en_derived_hash(column_bytes(stmt, 0), column_bytes(stmt, 1), column_bytes(stmt, 2), hash);
        if (!en_sql_bytes(stmt, 3, stored, EN_HASH) || memcmp(stored, hash, EN_HASH) != 0)
            status = verify_problem(v, "sqlite", "derived", "a derived value is not what was derived");
        if (status != EN_OK) break;
        for (int i = 0; i < EN_HASH; i++) all[i] ^= hash[i];
    }
    sqlite3_finalize(stmt);
    if (status != EN_OK) return status;
    EN_TRY(en_sql_prepare(v->c, "SELECT derived FROM file WHERE id=1", &stmt, v->err));
    status = en_sql_step(v->c, stmt, &row, v->err);
    if (status == EN_OK && (!row || !en_sql_bytes(stmt, 0, stored, EN_HASH) || memcmp(stored, all, EN_HASH) != 0))
        status = verify_problem(v, "sqlite", "derived", "the derived values are not those that were put there last");
    sqlite3_finalize(stmt);
    return status;
}

/* ---- all of it ---- */

static en_status check_rows(verifier *v) {
    EN_TRY(verify_absorb(v, en_case_check_schema(v->c, v->err), "schema", "tables"));
    EN_TRY(verify_absorb(v, check_integrity(v), "sqlite", "tables"));
    EN_TRY(verify_absorb(v, check_change_counter(v), "header", "bytes 24 to 27"));
    EN_TRY(verify_absorb(v, check_captures(v), "capture", "captures"));
    en_status status = en_case_load_key(v->c, v->err);
    if (status != EN_OK) return verify_absorb(v, status, "ledger", "file");
    EN_TRY(verify_absorb(v, check_ledger(v), "ledger", "entries"));
    EN_TRY(verify_absorb(v, check_stamps(v), "stamp", "stamps"));
    EN_TRY(verify_absorb(v, check_destroyed(v), "ledger", "destroyed"));
    return verify_absorb(v, check_derived(v), "sqlite", "derived");
}

/* Takes the lock that keeps writers off until the check is done. Damage found on the way shows again later. */
static en_status lock(verifier *v, bool *hot_journal) {
    *hot_journal = false;
    int rc = sqlite3_exec(v->c->db, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    if (rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY) {
        *hot_journal = true;
        return verify_problem(
            v, "journal", v->c->path,
            "a command that was writing was interrupted; open the case with any command to take it back, then verify");
    }
    return rc == SQLITE_BUSY ? en_sql_fail(v->c, v->err) : EN_OK;
}

static en_status check(verifier *v) {
    bool is_case, readable, hot_journal;
    if (en_page_vfs_size(v->c->db) > 0) {
        EN_TRY(lock(v, &hot_journal));
        if (hot_journal) return EN_OK;
    }
    EN_TRY(verify_pages(v, &is_case, &readable));
    if (!is_case) return en_case_check_header(v->c, v->err);
    return readable ? check_rows(v) : EN_OK;
}

en_status en_case_verify(const char *path, int threads, const en_progress *progress, en_verification *out,
                         en_error *err) {
    *out = (en_verification){0};
    en_error own = {.row = -1, .byte = -1};
    verifier v = {.threads = threads, .progress = progress, .out = out, .err = err ? err : &own};
    EN_TRY(en_case_connect(path, EN_OPEN_VERIFY, &v.c, v.err));
    en_status status = check(&v);
    en_case_close(v.c);
    if (status != EN_OK) en_verification_clear(out);
    return status;
}
