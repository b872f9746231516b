/* Consent that was taken back: whose, for one purpose. What they said or what is known of them is then left out of what
 * leaves the case for that purpose. Rows of kind "consent" and "withdrawal" decide, the latest of each subject last;
 * who takes back that something is kept, takes back all else with it.
 */
#ifndef EN_APP_WITHDRAWN_H
#define EN_APP_WITHDRAWN_H

#include "everyname/casefile.h"

typedef struct en_withdrawn {
    en_arena *arena;
    int64_t n;
    en_id *of; /* persons (by a record of theirs), sources, actors; in order, each once */
} en_withdrawn;

/* `purpose`: "store", "share", "publish", "court". */
en_status en_withdrawn_find(en_case *c, const char *purpose, en_withdrawn *out, en_error *err);
bool en_withdrawn_has(const en_withdrawn *withdrawn, en_id of);
void en_withdrawn_clear(en_withdrawn *withdrawn);

#endif
