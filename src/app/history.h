/* Decisions on records, taking them back, and what became of any row. */
#ifndef EN_APP_HISTORY_H
#define EN_APP_HISTORY_H

#include "app/app.h"

/* ---- judge ---- */

typedef struct en_judge_result {
    char judgement[EN_ID_TEXT], entry[EN_ID_TEXT];
    char record_a[EN_ID_TEXT], record_b[EN_ID_TEXT];
    bool revokes; /* there was a judgement of the same two records */
} en_judge_result;
/* Records by id (r:), or as en_refs_find takes them. Every later link run obeys. */
en_status en_app_judge(const char *case_path, const char *actor, const char *a, const char *b, const char *judged,
                       const char *why, en_judge_result *out, en_error *err);

/* ---- undo ---- */

typedef struct en_undo_result {
    char entry[EN_ID_TEXT]; /* that took them back */
    int64_t rows;           /* that were taken back */
    int64_t already;        /* that had been before */
} en_undo_result;
/* Takes back the rows of one ledger entry (n:) by rows of kind "revocation"; nothing is deleted. An undone entry is
 * restored by undoing the undo. EN_ERR_INPUT for an entry that brought a source in: that has `destroy`, or a new
 * release.
 */
en_status en_app_undo(const char *case_path, const char *actor, const char *entry, const char *why, en_undo_result *out,
                      en_error *err);

/* ---- history ---- */

typedef struct en_event {
    const char *entry; /* "n:…" */
    int64_t number;    /* of that entry */
    int64_t place;     /* among the events of one entry */
    int64_t when;
    const char *actor, *command;
    const char *what; /* "entered", "taken back", "judged the same as r:…" … */
    const char *row;  /* id of the row that says so; "" where the entry itself does */
    const char *body; /* its members, canonical JSON; "" none */
    bool revoked;     /* that row was taken back later */
} en_event;
typedef struct en_history {
    en_arena *arena;
    const char *id, *kind;
    en_event *events; /* in the order of the ledger */
    int64_t n;
} en_history;
/* Of a row of any kind, a record, a person (that of each of its records too) or an entry. */
en_status en_app_history(const char *case_path, const char *id, en_history *out, en_error *err);
void en_history_clear(en_history *history);

#endif
