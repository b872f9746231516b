/* Shared by the two halves of verifying: the file's pages as bytes, and the rows and ledger in them. */
#ifndef EN_CASEFILE_VERIFY_H
#define EN_CASEFILE_VERIFY_H

#include "casefile/case.h"

typedef struct verifier {
    en_case *c;
    int threads;
    const en_progress *progress;
    en_verification *out;
    en_error *err;
} verifier;

en_status verify_problem(verifier *v, const char *kind, const char *where, const char *fmt, ...) EN_PRINTF(4, 5);
/* A failure that tells of damage becomes a problem (and EN_OK); one that stops the check itself is handed on. */
en_status verify_absorb(verifier *v, en_status status, const char *kind, const char *where);
/* Header, checksum of each page, size, free pages: without SQLite's reading. *is_case is false where nothing says that
 * the file is a case; *readable where SQLite can be let at it. */
en_status verify_pages(verifier *v, bool *is_case, bool *readable);

#endif
