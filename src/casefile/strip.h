/* Leaving rows out of a case while their commitments stay: what destruction and redaction share. */
#ifndef EN_CASEFILE_STRIP_H
#define EN_CASEFILE_STRIP_H

#include <jansson.h>

#include "casefile/case.h"

typedef struct stripping {
    en_case *c;
    const char *reason; /* "destroyed", "withheld" */
    en_stripped *out;
    en_error *err;
} stripping;

/* Inside a transaction. First begin, then name what goes (rows, records, captures, sources), then carry it out. What is
 * named takes along what it is made of and what says something of it: a source its captures; a capture what it was
 * rendered from and to, and its records; a record the records that lie over the same bytes; and each of these the rows
 * that refer to it. */
en_status strip_begin(stripping *s);
en_status strip_name(stripping *s, en_id id);
/* A record that stays, with `bytes` in place of what it says, as many as it has. */
en_status strip_lessen(stripping *s, en_id record, const char *bytes);
en_status strip_spread(stripping *s);
en_status strip_carry_out(stripping *s);
/* Puts what is left of a row in its place; its commitment stays. */
en_status strip_reduce(stripping *s, en_id id, const json_t *left);

#endif
