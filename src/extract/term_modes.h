/* What is done with a contested term: asserted, denied, recognised, sought. */
#ifndef EN_EXTRACT_TERM_MODES_H
#define EN_EXTRACT_TERM_MODES_H

#include "extract/phrases.h"

typedef struct mode_found {
    int item; /* of the word of the mode; -1 none */
    uint8_t kind;
    int seeking; /* the verb that asks; -1 */
} mode_found;

mode_found mode_of(const reading *r, int term);
int seeking_before(const reading *r, int at);   /* the item of what asks: "urged … to recognise"; -1 */
bool joined_to_other(const reading *r, int at); /* a verb beside another of the same subject: "and asked" */
/* Whether the verb or noun at `at` stands under "not", also within an auxiliary ("cannot"). */
bool is_negated(const reading *r, int at);

#endif
