/* Prose in a case: a document becomes a capture, its rendition, a source and proposals; a proposal becomes a figure, a
 * characterisation … once a person has confirmed or corrected it. Nothing that was only extracted is ever counted.
 */
#ifndef EN_APP_PROSE_H
#define EN_APP_PROSE_H

#include "app/app.h"
#include "document/document.h"
#include "everyname/extract.h"

/* ---- files ---- */

/* A document and what it says; `extraction` lends from `document`. */
typedef struct en_prose {
    en_document document;
    en_extraction extraction;
} en_prose;
typedef struct en_prose_options {
    const char *encoding, *language; /* NULL: found */
    const char *date;                /* EDTF, of the report; NULL: what the document or the text says */
    const en_progress *progress;
} en_prose_options;
/* `bytes` have to outlive *out. What the document says of its own date and title is handed to the extraction, and
 * stands before what the text says. */
en_status en_prose_read(en_str bytes, const char *file, const en_prose_options *options, en_prose *out, en_error *err);
void en_prose_clear(en_prose *prose);

/* ---- into a case ---- */

typedef struct en_document_import {
    en_arena *arena;
    const char *source, *media_type, *encoding, *extractor /* "" where the text is its own rendition */, *language;
    const char *capture, *rendition; /* ids; the same where the text is its own rendition */
    int64_t text_bytes, attachments;
    int64_t figures, characterisations, instruments, allegations; /* proposals */
    bool dry_run;
    char entry[EN_ID_TEXT], root[65];
} en_document_import;
/* Is this file a document rather than a list? EN_ERR_IO where it cannot be read. */
en_status en_app_is_document(const char *file, bool *out, en_error *err);
/* What en_app_import does for lists. The source's date, author, publisher and language are the document's own where the
 * options say none. */
en_status en_app_import_document(const char *case_path, const en_import_options *options, en_document_import *out,
                                 en_error *err);
void en_document_import_clear(en_document_import *result);

/* Reads once more the text of a source (s:), a capture (k:) or a title, and proposes what was not proposed from it yet;
 * `items` NULL, or a file of JSON Lines, each {"kind", …} with its members as `extract --json` has them, from a person
 * or another program: each quotation has to be the bytes at its place, or nothing is stored. */
en_status en_app_propose(const char *case_path, const char *source, const char *items, const char *actor,
                         en_document_import *out, en_error *err);

/* ---- review ---- */

typedef enum { EN_UNDECIDED = 0, EN_CONFIRMED, EN_CORRECTED, EN_REJECTED } en_decision;
const char *en_decision_name(en_decision decision);

typedef struct en_proposal {
    en_id id;
    const char *printed;            /* "P:…" */
    const char *kind;               /* "figure", "characterisation", "instrument", "allegation" */
    const char *item;               /* JSON, as extract's */
    const char *extractor;          /* who or what proposed it */
    const char *source, *source_id; /* its title; "s:…" */
    en_id rendition;
    int64_t start, end;                 /* of the quotation */
    const char *before, *quote, *after; /* with some words around it, from the rendition */
    int64_t index;                      /* among those of its kind, extraction and rendition */
    en_decision decision;               /* the newest in force */
    const char *decided_by, *why;
    const char *result; /* id of the row that it became; "" none */
    en_id result_id;
} en_proposal;
typedef struct en_proposals {
    en_arena *arena;
    en_proposal *items; /* in the order of the ledger, and of the text */
    int64_t n, n_undecided;
} en_proposals;
en_status en_proposals_open(const char *case_path, en_proposals *out, en_error *err);
void en_proposals_clear(en_proposals *proposals);

typedef struct en_review {
    const char *proposal;           /* id */
    en_decision decision;           /* of what was decided before, the newest counts */
    const char *const *corrections; /* FIELD=VALUE: "best=12", "asserted_by.name=The harbour office", "part_of=P:…" */
    int n_corrections;
    const char *why;
} en_review;
/* One ledger entry. *result is the id of the row that a confirmed or corrected proposal became, "" for a rejected one.
 * What an earlier decision on it had made is taken back. */
en_status en_app_review(const char *case_path, const char *actor, const en_review *review, char result[EN_ID_TEXT],
                        en_error *err);

/* From the decisions: how often what was proposed was right. */
typedef struct en_review_score {
    const char *kind;
    int64_t proposed, decided, confirmed, corrected, rejected;
    int64_t added;            /* found by a person in a text that was read, and not proposed */
    double precision, recall; /* NAN where nothing was decided */
} en_review_score;
enum { EN_PROPOSAL_KINDS = 4 };
en_status en_app_review_score(const char *case_path, en_review_score out[EN_PROPOSAL_KINDS], en_error *err);

#endif
