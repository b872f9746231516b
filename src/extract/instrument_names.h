/* How an instrument is written, around the item `at` of its word. */
#ifndef EN_EXTRACT_INSTRUMENT_NAMES_H
#define EN_EXTRACT_INSTRUMENT_NAMES_H

#include "extract/phrases.h"
#include "extract/statements.h"

/* "3127 (2031)", "No. 9 of 2024" that begins at `at`: its last item, or at - 1; *first: where the number itself begins.
 */
int instrument_symbol(const reading *r, int at, int *first);
bool instrument_name(const reading *r, int at, int *from, int *to);       /* "the Treaty of Sant'Elm" */
void instrument_number(const reading *r, int *last, en_instrument *made); /* "(No. 3020)" after its last item */
const item *instrument_count(const reading *r, int at);                   /* "four resolutions"; NULL */
bool is_indefinite(const reading *r, int at);                             /* "a resolution" */
int adoption_near(const reading *r, int at);                              /* the item of "adopted"; -1 */
/* Whose it is, of the words from..to; `adopt`: the verb that makes it, or -1. */
en_str instrument_body(const reading *r, int from, int to, int adopt);

#endif
