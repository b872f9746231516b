/* What the files of casefile share: the handle, SQL with errors that help, ids, and the bytes that are hashed.
 * docs/file-format.md is the contract; a formula there and here is the same. */
#ifndef EN_CASEFILE_CASE_H
#define EN_CASEFILE_CASE_H

#include <jansson.h>

#include "base/buf.h"
#include "casefile/hash.h"
#include "casefile/page_cipher.h"
#include "casefile/page_vfs.h"
#include "everyname/casefile.h"

enum {
    EN_APPLICATION_ID = 0x45764e6d, /* "EvNm" */
    EN_FORMAT_VERSION = 1,          /* user_version */
    EN_RANDOM = 16,                 /* bytes of an entry's global id */
    EN_CHUNK = 1 << 20
};

/* A row's id as SQLite stores it: entry · 2^32 + ordinal. */
static inline int64_t en_id_pack(en_id id) { return (int64_t)((uint64_t)id.entry << 32 | (uint64_t)id.ordinal); }
static inline en_id en_id_unpack(int64_t packed) { return (en_id){packed >> 32, packed & 0xffffffff}; }

/* An entry as this handle saw it when it was opened or last committed. */
typedef struct known_entry {
    unsigned char random[EN_RANDOM];
    int64_t number;
} known_entry;

struct en_case {
    sqlite3 *db;
    char *path;
    bool writable, in_memory;
    unsigned char *data_key; /* of an encrypted case, else NULL */
    unsigned char mark[EN_CASE_MARK];
    bool pinned;   /* verify: one read transaction from beginning to end */
    bool redacted; /* a copy for sharing, without the case key: read only */
    en_hmac key;   /* the case key: salts of commitments */
    int64_t data_version;
    known_entry *known, *by_random; /* entries 1 … n_known; the same, sorted by random */
    int64_t n_known, known_cap;
    en_merkle tree; /* of the entries; its root is the head */
    bool writing, broken;
    bool shreds; /* this command destroys: its journal is overwritten when it is done */
    en_entry pending;
    int64_t counter; /* SQLite's change counter when the transaction began */
    en_hash *leaves; /* of the pending entry's rows */
    int64_t n_leaves, leaves_cap;
    sqlite3_stmt *insert_row;
};

/* ---- SQL ---- */

/* Turns the connection's last failure into an error that names the file, the place and the mend. */
en_status en_sql_fail(en_case *c, en_error *err);
en_status en_sql_prepare(en_case *c, const char *sql, sqlite3_stmt **out, en_error *err);
en_status en_sql_step(en_case *c, sqlite3_stmt *stmt, bool *row, en_error *err);
en_status en_sql_run(en_case *c, const char *sql, en_error *err);
/* One integer of the first row; EN_ERR_NOT_FOUND where there is none. `packed` is bound where >= 0. */
en_status en_sql_int(en_case *c, const char *sql, int64_t packed, int64_t *out, en_error *err);
/* Column text in the arena, "" where NULL; NULL when memory is short. */
const char *en_sql_text(sqlite3_stmt *stmt, int column, en_arena *arena);
/* A blob column of exactly n bytes into out. */
bool en_sql_bytes(sqlite3_stmt *stmt, int column, void *out, size_t n);
en_status en_case_damaged(en_case *c, en_error *err, const char *what);

/* ---- opening ---- */

extern const char *const en_schema[]; /* CREATE statements, NULL-terminated */
typedef enum { EN_OPEN_READ, EN_OPEN_WRITE, EN_OPEN_VERIFY /* never writes, not even to roll back */ } en_open_mode;
/* Opens the connection and sets its defences; looks at nothing in the file. */
en_status en_case_connect(const char *path, en_open_mode mode, en_case **out, en_error *err);
/* The first 100 bytes of the file as it stands, decrypted. False where they cannot be read or are not what was written.
 */
bool en_case_read_header(en_case *c, unsigned char header[100]);
int en_case_reserved(const en_case *c); /* bytes at the end of each page */
/* Checks the 100-byte header: is this a case, of this version? */
en_status en_case_check_header(en_case *c, en_error *err);
en_status en_case_check_schema(en_case *c, en_error *err);
/* A case in memory without tables; then its tables, and the image of it written as a file in one go. */
en_status en_case_build(const char *path, en_case **out, en_error *err);
en_status en_case_make_tables(en_case *c, en_error *err);
en_status en_case_write_image(en_case *c, const char *path, en_error *err);
en_status en_case_check_new_path(const char *path, en_error *err);
en_status en_case_load_key(en_case *c, en_error *err);

/* ---- ids ---- */

enum { EN_GLOBAL_TEXT = 2 * EN_RANDOM + 24 };
/* "32 hex digits.ordinal", as rows refer to one another in their bodies. */
en_status en_id_global(en_case *c, en_id id, char out[EN_GLOBAL_TEXT], en_error *err);
en_status en_id_from_global(en_case *c, const char *text, en_id *out, en_error *err); /* "" is EN_ID_NONE */
/* 16 random bytes and the ordinal, big endian: 24 bytes. */
en_status en_id_bytes(en_case *c, en_id id, unsigned char out[24], en_error *err);
en_status en_known_add(en_case *c, const unsigned char random[EN_RANDOM], en_error *err);
void en_known_drop_last(en_case *c);
bool en_known_has(const en_case *c, const unsigned char random[EN_RANDOM]);

/* ---- bodies: canonical JSON (RFC 8785), members in ascending order, unknown ones left out ---- */

typedef struct en_body {
    en_buf json;
    en_status status;
    en_error *err;
    const char *last_key;
} en_body;
void en_body_text(en_body *body, const char *key, const char *value); /* NULL and "" are left out */
void en_body_int(en_body *body, const char *key, int64_t value);
void en_body_id(en_body *body, en_case *c, const char *key, en_id id); /* EN_ID_NONE is left out */
void en_body_hex(en_body *body, const char *key, const unsigned char *bytes, size_t n);
en_status en_body_end(en_body *body);
/* A JSON string in RFC 8785's form, quotes and all. */
en_status en_body_string(en_buf *out, const char *value, en_error *err);
/* The canonical bytes of an object, what is empty in it left out. Clear `out`, also on failure. */
en_status en_body_of_json(const json_t *object, en_buf *out, en_error *err);
/* Stores a canonical body as the next row of the pending entry. */
en_status en_row_store(en_case *c, const char *kind, const en_buf *json, en_id *out, en_error *err);

/* ---- the ledger ---- */

/* salt = HMAC-SHA256(case key, random ‖ ordinal) */
void en_row_salt(const en_hmac *key, const unsigned char random[EN_RANDOM], uint64_t ordinal, en_hash out);
/* commitment = SHA-256(salt ‖ kind ‖ 0x00 ‖ a ‖ b) */
void en_commitment(const en_hash salt, const char *kind, en_str a, en_str b, en_hash out);
/* leaf = SHA-256(0x00 ‖ commitment) */
void en_row_leaf(const en_hash salt, const char *kind, en_str body, en_hash out);
/* Commitments to who acted and by which command: from the words, or in a redacted copy as it keeps them. */
typedef struct en_entry_words {
    en_hash actor, command;
} en_entry_words;
en_status en_case_entry_words(en_case *c, const en_entry *entry, en_entry_words *out, en_error *err);
void en_entry_leaf(const en_entry *entry, const en_entry_words *words, const char *program, en_hash out);

/* Leaves of n records of one release, first_ordinal being that of record 0. */
typedef struct en_record_batch {
    const en_hmac *key;
    const unsigned char *random; /* of the entry */
    int64_t first_ordinal;
    unsigned char release[24];
    en_str text;
    const int64_t *starts, *lengths; /* a length below 0: the record is absent, its leaf is left alone */
    int64_t n;
    const en_hash *salts; /* of a redacted copy; NULL: from the key */
    en_hash *leaves;      /* out */
} en_record_batch;
en_status en_record_leaves(en_record_batch *batch, int threads, const en_progress *progress, en_error *err);

typedef struct en_membership_batch {
    const en_hmac *key;
    const unsigned char *random;
    int64_t first_ordinal;
    unsigned char run[24];
    en_case *c;
    const en_id *records, *persons; /* a record of entry 0: the membership is absent */
    const float *weakest;
    int64_t n;
    const en_hash *salts;
    en_hash *leaves; /* out */
} en_membership_batch;
en_status en_membership_leaves(en_membership_batch *batch, int threads, const en_progress *progress, en_error *err);

/* EN_ERR_CONFLICT where another process committed since this handle saw the ledger. */
en_status en_case_fresh(en_case *c, en_error *err);
en_status en_case_load_entries(en_case *c, en_error *err);
/* All entries in order; en_ledger_read takes the row the statement is at, whose `program` the statement lends. */
en_status en_ledger_select(en_case *c, sqlite3_stmt **out, en_error *err);
en_status en_ledger_read(en_case *c, sqlite3_stmt *stmt, en_entry *out, const char **program, en_error *err);
/* Reserves n ordinals of the pending entry; their leaves are to be written at *leaves. */
en_status en_ledger_reserve(en_case *c, int64_t n, int64_t *first_ordinal, en_hash **leaves, en_error *err);
en_status en_case_needs_writing(en_case *c, en_error *err);

/* One text member of the body of one row of that kind. */
en_status en_case_member(en_case *c, en_id id, const char *kind, const char *member, en_arena *arena, const char **out,
                         en_error *err);
/* Where the bytes of a capture are: its content, and their length. */
en_status en_content_of(en_case *c, en_id capture, int64_t *content, int64_t *length, en_error *err);

/* Leaves of all rows of one entry as they stand. EN_ERR_CORRUPT where they are not those that the ledger has. */
en_status en_entry_row_leaves(en_case *c, const en_entry *entry, int threads, en_arena *arena, en_hash **out,
                              en_error *err);
/* Of one stamp's row: does its token hold, of what it says that it is of, and lead to its authority? */
en_status en_stamp_check_row(en_case *c, const char *body, en_error *err);
en_status en_case_salt(en_case *c, en_id id, en_hash out, en_error *err);
/* The commitment of one row of table `row`, or record, as it stands, and the salt it is under. */
en_status en_row_commitment(en_case *c, en_id id, en_hash salt, en_hash out, en_error *err);

/* hash = SHA-256(kind ‖ 0x00 ‖ key ‖ 0x00 ‖ value) */
void en_derived_hash(en_str kind, en_str key, en_str value, en_hash out);

/* BEGIN IMMEDIATE on the head this handle knows; the change counter is recorded at commit. */
en_status en_transaction_begin(en_case *c, en_error *err);
en_status en_transaction_commit(en_case *c, en_error *err); /* on failure roll back */
void en_transaction_rollback(en_case *c);

#endif
