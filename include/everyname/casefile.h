/* The case file: one SQLite file that holds what sources say, what was decided about it, and a ledger that proves
 * nothing was altered since. The only module that writes SQL.
 *
 * In go bytes of sources and decisions; out come the same bytes, exactly, and the history of every decision. Every
 * command that writes is one transaction and one ledger entry: en_case_begin … en_case_commit. docs/file-format.md has
 * the format.
 *
 * A handle sees one state of the ledger, that of its opening and its own commits: once another process has committed,
 * every call that reads or begins is EN_ERR_CONFLICT, "the case changed", and the case has to be opened anew. A handle
 * is used by one thread at a time.
 */
#ifndef EVERYNAME_CASEFILE_H
#define EVERYNAME_CASEFILE_H

#include "everyname/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct en_case en_case;

/* A row's id within this file: which ledger entry made it (1, 2, …) and its place in that entry (0, 1, …). The global
 * id is the entry's 128 random bits with the ordinal. */
typedef struct en_id {
    int64_t entry;
    int64_t ordinal;
} en_id;
#define EN_ID_NONE ((en_id){0, 0})
static inline bool en_id_eq(en_id a, en_id b) { return a.entry == b.entry && a.ordinal == b.ordinal; }
static inline int en_id_cmp(en_id a, en_id b) {
    if (a.entry != b.entry) return a.entry < b.entry ? -1 : 1;
    return (a.ordinal > b.ordinal) - (a.ordinal < b.ordinal);
}
enum { EN_ID_TEXT = 72 };
/* "r:3f2a.17": a kind letter, the least unambiguous prefix (≥ 4 hex digits) of the entry's random id, the ordinal.
 * Letters: r record, p person (its founding record's id), n ledger entry (without an ordinal: "n:3f2a"), and those of
 * en_letter_of_kind. */
en_status en_case_print_id(en_case *c, char kind, en_id id, char out[EN_ID_TEXT], en_error *err);
/* The letter of a kind of row ("source" 's', "figure" 'f' …), 0 where there is no such kind; and the reverse, NULL. */
char en_letter_of_kind(const char *kind);
const char *en_kind_of_letter(char letter);
/* The reverse of en_case_print_id; any unambiguous prefix. EN_ERR_NOT_FOUND where there is no such row of that kind,
 * EN_ERR_INPUT where malformed or ambiguous. */
en_status en_case_parse_id(en_case *c, const char *text, char *kind, en_id *out, en_error *err);
/* The same, and of a row that was destroyed or withheld too, whose kind nobody checks. */
en_status en_case_parse_any_id(en_case *c, const char *text, char *kind, en_id *out, en_error *err);

/* ---- opening ---- */

/* Makes a new file with its first ledger entry; refuses to overwrite. */
en_status en_case_create(const char *path, const char *actor, en_error *err);
/* Defensive: application_id, user_version, trusted_schema off, page checksums. A path that is no case is EN_ERR_INPUT
 * with the mend. Waits five seconds for a busy file (EN_ERR_CONFLICT). A hot journal left by a killed writer is rolled
 * back. */
en_status en_case_open(const char *path, bool write, en_case **out, en_error *err);
/* An encrypted case (en_case_is_encrypted) has to be unlocked in this process before; else EN_ERR_LOCKED. */
/* Waits so long for a busy file from now on. */
void en_case_set_patience(en_case *c, int milliseconds);
void en_case_close(en_case *c); /* accepts NULL; rolls back an open transaction */

/* ---- encryption: one data key a case, wrapped for each person in the file PATH.keys ---- */

/* As en_case_create, with pages encrypted and one key, named `name`. A passphrase has 8 to 1,024 bytes. The case is
 * unlocked then. EN_ERR_UNSUPPORTED in a build without the cipher. */
en_status en_case_create_encrypted(const char *path, const char *actor, const char *name, en_str passphrase,
                                   en_error *err);
/* True too where the file of keys is missing. */
bool en_case_is_encrypted(const char *path);
/* From now on this process opens the case. A wrong passphrase is EN_ERR_LOCKED, in the same words and time whatever is
 * wrong with it; takes 0.3 to 1 s and 256 MiB by design (Argon2id). */
en_status en_case_unlock(const char *path, en_str passphrase, en_error *err);
bool en_case_is_unlocked(const char *path);
/* Wipes every data key that this process unlocked; open handles go on. */
void en_case_lock_all(void);
typedef struct en_key_slot {
    const char *name;
    int64_t added; /* seconds since 1970 UTC */
} en_key_slot;
en_status en_case_keys(const char *path, en_arena *arena, en_key_slot **out, int64_t *n, en_error *err);
/* For an unlocked case: one more person, with a passphrase of their own. */
en_status en_case_add_key(const char *path, const char *name, en_str passphrase, en_error *err);
/* Never the last key. Who had the data key, or a copy of the file of keys, can still use them. */
en_status en_case_remove_key(const char *path, const char *name, en_error *err);

/* ---- writing: one command, one transaction, one ledger entry ---- */

typedef struct en_entry {
    int64_t number;           /* 1, 2, … */
    unsigned char random[16]; /* global id */
    unsigned char root[32];   /* Merkle root (RFC 6962) over the canonical bytes of the entry's rows */
    unsigned char head[32];   /* root of the tree of entries up to and with this one */
    int64_t when;             /* seconds since 1970 UTC */
    int64_t rows;
    char actor[128];
    char command[256];
} en_entry;

en_status en_case_begin(en_case *c, const char *actor, const char *command,
                        en_error *err);                             /* BEGIN IMMEDIATE; EN_ERR_CONFLICT if the
                                                  head moved since en_case_open or the last commit */
en_status en_case_commit(en_case *c, en_entry *out, en_error *err); /* out may be NULL; durable when it returns */
void en_case_rollback(en_case *c);

typedef struct en_source {
    en_id id;
    /* Terminated; NULL and "" are unknown. When read, lent by the arena. */
    const char *title, *kind, *publisher, *author, *published /* EDTF */, *language, *relation /* to the event */,
        *independence_group, *grade, *graded_by, *confidentiality;
} en_source;
en_status en_case_add_source(en_case *c, const en_source *source, en_id *out, en_error *err);

typedef struct en_capture {
    en_id id;
    const char *media_type, *url /* or the file name it came as */, *collected_by, *collected_with,
        *extractor /* renditions: name and version */;
    int64_t collected_at;
    en_id parent; /* EN_ID_NONE for what arrived; the capture it was made from for a rendition */
    int64_t length;
    unsigned char sha256[32];
} en_capture;
/* Stores bytes in chunks of 1 MiB; fills id, length, sha256 of *capture. Identical bytes already stored are stored
 * once, as another capture row. */
en_status en_case_add_capture(en_case *c, en_capture *capture, en_str bytes, en_error *err);

typedef struct en_release {
    en_id id, source, capture /* the text that offsets refer to: a rendition or the capture itself */, mapping,
        supersedes;
    const char *label;    /* "2", "March" … */
    const char *released; /* EDTF, "" unknown */
    int64_t n_records;
} en_release;
/* A mapping is canonical JSON {"COLUMN":"ROLE"…} with reading options; equal ones are stored once. */
en_status en_case_add_mapping(en_case *c, const char *json, en_id *out, en_error *err);
/* Stores a release and its records in one go: record i is bytes [offsets[i], offsets[i]+lengths[i]) of `text`, the
 * bytes of release->capture. Each record gets a leaf and a commitment salted with HMAC-SHA256(case key, record id).
 * Fills release->id; record i's id is (entry, *first_ordinal + i). */
en_status en_case_add_release(en_case *c, en_release *release, en_str text, const int64_t *offsets,
                              const int64_t *lengths, int64_t n, int64_t *first_ordinal, int threads,
                              const en_progress *progress, en_error *err);
/* Records of an older release of the same source that are gone from, or changed in, a newer one: dated removals. */
en_status en_case_add_removals(en_case *c, en_id newer_release, const en_id *records, int64_t n, en_error *err);

typedef struct en_link_run {
    en_id id;
    const char *model; /* JSON: fields, m, u, prior, threshold, warnings */
    uint64_t seed;
    unsigned char input_hash[32];
    int64_t n_records, n_persons, undecided_pairs;
} en_link_run;
/* One membership a record: person[i] is the id of the founding record of the person that record[i] belongs to. */
en_status en_case_add_link_run(en_case *c, en_link_run *run, const en_id *record, const en_id *person,
                               const float *weakest, int64_t n, en_error *err);

typedef struct en_judgement {
    en_id id, record_a, record_b;
    const char *judged; /* "same", "different", "unsure" */
    const char *why, *by;
    en_id revoked_by; /* EN_ID_NONE while in force: the next judgement of the same two records revokes this one, unless
                         it was taken back, and so does a row of kind "revocation" */
} en_judgement;
en_status en_case_add_judgement(en_case *c, en_judgement *judgement, en_error *err);

/* Everything else that the model holds (figures, actors, acts, status events, kinship, consent …): one JSON object a
 * row, stored in RFC 8785's form, without what is empty. Values are texts, whole numbers, true and false, arrays and
 * objects of these; ids of other rows are texts made by en_case_ref. Which members a kind has, and what they refer to,
 * is data (vocab/kinds.json) that app checks. A row of kind "revocation" {"of": ref, "by", "why"} takes back an older
 * one. */
en_status en_case_add_row(en_case *c, const char *kind, const char *json, en_id *out, en_error *err);
enum { EN_REF_TEXT = 64 };
/* An id as rows refer to it: 32 hex digits of its entry, a dot, the ordinal. Unknown entries are EN_ERR_NOT_FOUND. */
en_status en_case_ref(en_case *c, en_id id, char out[EN_REF_TEXT], en_error *err);
en_status en_case_deref(en_case *c, const char *ref, en_id *out, en_error *err); /* "" is EN_ID_NONE */

/* ---- reading; arrays and strings are in the caller's arena, in order of id ---- */

en_status en_case_sources(en_case *c, en_arena *arena, en_source **out, int64_t *n, en_error *err);
en_status en_case_releases(en_case *c, en_arena *arena, en_release **out, int64_t *n, en_error *err);
en_status en_case_captures(en_case *c, en_arena *arena, en_capture **out, int64_t *n, en_error *err);
/* Whether the bytes of a capture are those of its SHA-256 now; *altered: a part was destroyed or withheld since. */
en_status en_case_capture_holds(en_case *c, const en_capture *capture, bool *holds, bool *altered, en_error *err);
en_status en_case_capture_bytes(en_case *c, en_id capture, en_arena *arena, en_str *out, en_error *err);
/* The bytes [offset, offset + length) of a capture, without reading the rest. */
en_status en_case_capture_part(en_case *c, en_id capture, int64_t offset, int64_t length, en_arena *arena, en_str *out,
                               en_error *err);
en_status en_case_mapping(en_case *c, en_id mapping, en_arena *arena, const char **json, en_error *err);
/* Records of one release in order: ids and where they are in the capture. Any of the out arrays may be NULL. */
en_status en_case_records(en_case *c, en_id release, en_arena *arena, en_id **ids, int64_t **offsets, int64_t **lengths,
                          int64_t *n, en_error *err);
en_status en_case_record(en_case *c, en_id record, en_id *release, en_id *capture, int64_t *offset, int64_t *length,
                         en_error *err);
en_status en_case_removals(en_case *c, en_arena *arena, en_id **records, en_id **newer_releases, int64_t *n,
                           en_error *err);
/* The newest link run that is not taken back; EN_ERR_NOT_FOUND where none. */
en_status en_case_last_link_run(en_case *c, en_arena *arena, en_link_run *out, en_error *err);
/* The newest link run of ledger entries up to and with `up_to`; 0 means all. EN_ERR_NOT_FOUND where none. */
en_status en_case_link_run_before(en_case *c, int64_t up_to, en_arena *arena, en_link_run *out, en_error *err);
en_status en_case_memberships(en_case *c, en_id run, en_arena *arena, en_id **records, en_id **persons, float **weakest,
                              int64_t *n, en_error *err);
/* The person that one run put a record in. EN_ERR_NOT_FOUND where the run had no such record. Reads the run's
 * memberships once. */
en_status en_case_membership(en_case *c, en_id run, en_id record, en_id *person, float *weakest, en_error *err);
/* Records that any link run put in this person, in order. */
en_status en_case_person_records(en_case *c, en_id person, en_arena *arena, en_id **out, int64_t *n, en_error *err);
en_status en_case_judgements(en_case *c, en_arena *arena, en_judgement **out, int64_t *n, en_error *err);
en_status en_case_entries(en_case *c, en_arena *arena, en_entry **out, int64_t *n, en_error *err);
typedef struct en_row {
    en_id id;
    const char *kind, *body; /* canonical JSON */
    en_id revoked_by;        /* the revocation in force; EN_ID_NONE where there is none */
} en_row;
/* Rows of one kind, revoked ones too. Any kind of the table `row`, those with calls of their own too. */
en_status en_case_rows(en_case *c, const char *kind, en_arena *arena, en_row **out, int64_t *n, en_error *err);
en_status en_case_row(en_case *c, en_id id, en_arena *arena, en_row *out, en_error *err); /* EN_ERR_NOT_FOUND */
/* Rows of any kind whose body refers to a row (by its en_case_ref), in order. Reads every row of the table once. */
en_status en_case_mentions(en_case *c, const char *ref, en_arena *arena, en_row **out, int64_t *n, en_error *err);
/* The revocation of a row that is in force at ledger entry `up_to` (0: now); EN_ID_NONE where there is none. */
en_status en_case_revoked(en_case *c, en_id row, int64_t up_to, en_id *revoked_by, en_error *err);
/* What one ledger entry added, but for records and memberships. */
en_status en_case_entry_rows(en_case *c, int64_t entry, en_arena *arena, en_row **out, int64_t *n, en_error *err);
/* Root of the tree of all entries, as 64 hex digits: what numbers are dated by. */
en_status en_case_head(en_case *c, char hex[65], en_error *err);

/* Derived: anything that can be thrown away and rebuilt. Not in the ledger. Needs a case opened for writing; its own
 * transaction where none is open. */
en_status en_case_put_derived(en_case *c, const char *kind, const char *key, en_str value, en_error *err);
en_status en_case_get_derived(en_case *c, const char *kind, const char *key, en_arena *arena, en_str *out,
                              en_error *err); /* EN_ERR_NOT_FOUND */
/* All values of one kind at once, in a transaction of its own: those that are not among the n are gone after it. */
typedef struct en_derived {
    const char *key;
    en_str value;
} en_derived;
en_status en_case_replace_derived(en_case *c, const char *kind, const en_derived *values, int64_t n, en_error *err);

/* SHA-256 of bytes as 64 lower-case hex digits: how captures are named outside the file. */
void en_sha256_text(en_str bytes, char hex[65]);

/* ---- proofs (RFC 6962) ---- */

enum { EN_PROOF_MAX = 64 };
typedef struct en_proof {
    int n;
    unsigned char path[EN_PROOF_MAX][32];
} en_proof;

/* What a checkpoint says: how many entries a case had, and the root of their tree. `first` is the random id of the
 * first entry: which case. */
typedef struct en_moment {
    unsigned char first[16], head[32];
    int64_t entries;
} en_moment;
en_status en_case_moment(en_case *c, en_moment *out, en_error *err);
/* Whether the case extends that moment of it; where it does, *proof shows it to whoever has both heads. */
en_status en_case_extends(en_case *c, const en_moment *moment, bool *extends, en_proof *proof, en_error *err);

/* That a row is in the ledger: its commitment opens to the row under the salt, its leaf is in the entry's tree of rows,
 * the entry's leaf in the tree of entries. Disclosing a row's salt discloses no other's. */
typedef struct en_inclusion {
    en_id id;
    unsigned char salt[32], commitment[32], leaf[32];
    bool absent; /* destroyed or withheld: there is no salt, and the commitment opens no more */
    en_entry entry;
    en_proof in_entry, in_ledger;
    unsigned char entry_leaf[32];
    en_moment ledger;
} en_inclusion;
/* Of a row of any kind or a record. Hashes all rows of its entry. */
en_status en_case_inclusion(en_case *c, en_id id, int threads, en_inclusion *out, en_error *err);

/* ---- stamps of time-stamping authorities (RFC 3161) ---- */

/* What is stamped: the SHA-256 of a capture's bytes, or, for EN_ID_NONE, the head of the ledger, which is one too. */
en_status en_case_stamp_imprint(en_case *c, en_id capture, unsigned char imprint[32], en_error *err);
/* A request for an authority, DER. */
en_status en_case_stamp_request(en_case *c, en_id capture, char **der, size_t *n, en_error *err); /* free(*der) */
typedef struct en_stamp {
    en_id id, of;                   /* of: the capture; EN_ID_NONE: the ledger … */
    int64_t entries;                /* … of so many entries */
    int64_t at;                     /* seconds since 1970 UTC, as the authority says */
    const char *authority, *serial; /* who signed; hex */
    bool trusted;                   /* it came with the certificate of an authority that it leads to */
    en_str answer;                  /* DER, as it came */
} en_stamp;
/* Stores an authority's answer (DER), which has to be of that capture, or of the ledger as it is or was at one of its
 * entries. `authority` (PEM) may be empty; else the stamp has to lead to it, and it is kept, so that verify checks it
 * again. Fills *stamp from the arena. */
en_status en_case_add_stamp(en_case *c, en_id capture, en_str answer, en_str authority, en_arena *arena,
                            en_stamp *stamp, en_error *err);
/* Whether a stored stamp holds: its signature, what it is of, its authority where one is kept. EN_ERR_INPUT says why
 * not. */
en_status en_case_check_stamp(en_case *c, en_id stamp, en_error *err);
en_status en_case_stamps(en_case *c, en_arena *arena, en_stamp **out, int64_t *n, en_error *err);

/* ---- leaving out: destruction on order, copies for sharing ---- */

typedef struct en_stripped {
    int64_t rows;     /* of the ledger, of which the commitment alone is left */
    int64_t records;  /* among them */
    int64_t reduced;  /* records that lost some of their cells */
    int64_t consents; /* persons, sources and actors who took back consent to share: of a copy made by en_app_redact */
    int64_t captures; /* whose bytes went, in whole or in part */
    int64_t bytes;    /* of captures */
} en_stripped;
/* Between begin and commit. Overwrites what `id` says and what was computed from it, and keeps its commitment, the
 * date, the reason and who: a source with its captures; a capture with what it was made from and into, and its records;
 * a record; any other row but releases, mappings and link runs. Rows that refer to what goes, go too. Of a list that
 * loses a record its file as it arrived goes wholly where the records are in a rendition of it. */
en_status en_case_destroy(en_case *c, en_id id, const char *by, const char *why, en_stripped *out, en_error *err);
/* What goes from a copy beyond what the case itself says: worked out by who can read lists. */
typedef struct en_redaction {
    const char *head; /* of the ledger when it was worked out; EN_ERR_CONFLICT where the case has another by now */
    int64_t n_reduced;
    struct en_reduced_record { /* in order of id */
        en_id record;
        const char *bytes; /* what is left of it, in as many bytes as it has */
    } * reduced;
    int64_t n_marks;
    en_id *marks; /* of kind "confidentiality": met by that, so that they do not withhold whole records */
    int64_t n_gone;
    en_id *gone; /* rows and records that go wholly */
} en_redaction;
/* A copy for sharing at copy_path: without what is marked confidential (a source's own mark other than "public", rows
 * of kind "confidentiality" in force whose level is not "public") and what goes with it, and with pseudonyms for who
 * wrote. It has no case key, keeps every commitment, and verifies to the same head. Encrypted where `passphrase` is not
 * empty, for one person, `name`. `also` may be NULL. Holds the case in memory. */
en_status en_case_redact(const char *path, const char *copy_path, const char *name, en_str passphrase,
                         const en_redaction *also, en_stripped *out, en_error *err);

/* ---- checking ---- */

typedef struct en_problem {
    char kind[40]; /* "page", "header", "journal", "capture", "record", "ledger", "schema", "sqlite", "stamp" */
    char where[128];
    char what[320];
} en_problem;
typedef struct en_destroyed {
    char id[EN_ID_TEXT];
    int64_t at; /* seconds since 1970 UTC */
    char by[128], why[320];
} en_destroyed;
typedef struct en_verification {
    int64_t pages, captures, entries, rows, stamps;
    en_problem *problems; /* owned; at most 1,000 are kept, all are counted */
    int64_t n_problems, n_kept;
    char head[65];
    int64_t absent;          /* rows of which the commitment alone is left: destroyed, or withheld from this copy */
    int64_t reduced;         /* rows of which a part is left, which the ledger does not vouch for */
    bool redacted;           /* a copy for sharing */
    en_destroyed *destroyed; /* owned; what was destroyed on order, when, by whom and why; at most 1,000 are kept */
    int64_t n_destroyed;
} en_verification;
/* Reads every page of the file (free ones too) against its checksum, then every capture against its hash, each row's
 * leaf and commitment recomputed from the row as it stands, every entry's root and the tree of entries; SQLite's own
 * integrity check; refuses while a hot journal is there (a problem of kind "journal"). Problems found are EN_OK with
 * n_problems > 0; only what stops the check itself is an error. Never writes. */
en_status en_case_verify(const char *path, int threads, const en_progress *progress, en_verification *out,
                         en_error *err);
void en_verification_clear(en_verification *verification);

#ifdef __cplusplus
}
#endif
#endif
