/* What keeps a case trustworthy: checkpoints signed and held elsewhere, stamps of third parties, custody of what was
 * captured, copies for sharing, destruction on order. */
#ifndef EN_APP_KEEPING_H
#define EN_APP_KEEPING_H

#include "base/buf.h"
#include "everyname/casefile.h"

/* ---- checkpoints ---- */

enum { EN_SIGNING_KEY = 32, EN_SIGNATURE = 64 };
typedef struct en_checkpoint {
    en_moment moment;
    int64_t at;                        /* seconds since 1970 UTC */
    unsigned char key[EN_SIGNING_KEY]; /* Ed25519, of who signed */
    unsigned char signature[EN_SIGNATURE];
} en_checkpoint;
/* Signs the case's newest moment with this user's key, which is made where there is none yet, under the user's
 * configuration folder. */
en_status en_app_checkpoint(const char *case_path, en_checkpoint *out, en_error *err);
/* As a JSON text; docs/file-format.md has its form. */
en_status en_checkpoint_print(const en_checkpoint *checkpoint, en_buf *out, en_error *err);
en_status en_checkpoint_read(const char *path, en_checkpoint *out, en_error *err);

typedef struct en_checkpoint_check {
    en_checkpoint checkpoint;
    bool signature_holds, own_key /* this user's */, extends;
    en_moment now;
    en_proof proof; /* that now extends the checkpoint */
} en_checkpoint_check;
en_status en_app_check_checkpoint(const char *case_path, const char *checkpoint_path, en_checkpoint_check *out,
                                  en_error *err);

/* That a row or record is in the ledger. `id` as printed. */
en_status en_app_inclusion(const char *case_path, const char *id, en_inclusion *out, en_error *err);

/* ---- stamps (RFC 3161) ---- */

/* `id` is a capture (k:), a source (s:), whose newest capture as it arrived is meant, or NULL: the head of the ledger.
 */
en_status en_app_stamp_request(const char *case_path, const char *id, const char *request_path, en_error *err);
typedef struct en_app_stamp {
    en_arena *arena;
    en_stamp stamp;
    const char *id, *of; /* printed; of "" for the ledger */
    char entry[EN_ID_TEXT];
} en_app_stamp;
/* Stores the answer in the file; `authority_path` NULL: not checked against an authority. */
en_status en_app_stamp_store(const char *case_path, const char *actor, const char *id, const char *answer_path,
                             const char *authority_path, en_app_stamp *out, en_error *err);
void en_app_stamp_clear(en_app_stamp *stamp);

/* ---- leaving out ---- */

/* With `dry_run` nothing is changed, and *out says what would go. */
en_status en_app_destroy(const char *case_path, const char *actor, const char *id, const char *why, bool dry_run,
                         en_stripped *out, en_error *err);
/* A copy for sharing, which is verified before this returns. `passphrase` empty: not encrypted. */
en_status en_app_redact(const char *case_path, const char *copy_path, const char *name, en_str passphrase,
                        en_stripped *out, en_error *err);

/* ---- custody of one capture, from its arrival to today (Berkeley Protocol) ---- */

typedef struct en_custody_item {
    const char *id, *parent; /* parent "": the original */
    const char *media_type, *url, *collected_by, *collected_with, *extractor, *sha256;
    int64_t collected_at, length;
    const char *entry, *entered_by; /* which put it into the case */
    int64_t entered_at;
    const char *fixity; /* of its bytes now: "holds", "does not hold", "altered on order" */
} en_custody_item;
typedef struct en_custody_event {
    int64_t number, place, at;
    const char *entry, *actor, *command, *what, *row;
} en_custody_event;
typedef struct en_custody_stamp {
    const char *id, *of, *authority;
    int64_t at;
    const char *check; /* "holds", or why not */
} en_custody_stamp;
typedef struct en_custody {
    en_arena *arena;
    int64_t checked_at; /* now */
    char head[65];
    int64_t n_items, n_events, n_stamps;
    en_custody_item *items;   /* the original first, then what was made from it */
    en_custody_event *events; /* in the order of the ledger */
    en_custody_stamp *stamps; /* of these captures, and of the ledger since they are in it */
} en_custody;
/* `id` as for stamps; a rendition stands for its original. */
en_status en_app_custody(const char *case_path, const char *id, en_custody *out, en_error *err);
void en_custody_clear(en_custody *custody);

#endif
