/* What the report shows of stated things: figures by incident beside what is recorded, positions, and documents with
 * what was taken from them.
 *
 * Protection without names: what is marked as not for everybody is left out. Names of the case's persons who may be
 * living or are minors are replaced in every text, and so is an accused who is not known to be a body. A testimony, a
 * witness's or a family's, is not shown as a text, and its speaker by the relation alone. Beside a figure of people who
 * may be living, a recorded number is shown for no group of them, and only where no status is withheld.
 */
#ifndef EN_REPORT_SAID_H
#define EN_REPORT_SAID_H

#include "app/compare.h"
#include "app/positions.h"
#include "base/map.h"

typedef struct en_report_said {
    en_arena *arena;
    en_stated stated;
    int32_t n_comparisons;
    en_comparison *comparisons; /* incidents that are part of no other and have figures; then figures of no incident */
    en_positions positions;
    en_str *texts; /* of each source: its document's text; empty where it has none */
    bool names;
    en_map masked; /* names that are not shown, letters of ASCII lowered */
    int64_t n_hidden;
    en_status status; /* of the first failure while texts were masked */
} en_report_said;

/* Opens what the case at account->case_path states. */
en_status en_report_said_open(const en_account *account, bool names, en_report_said *out, en_error *err);
void en_report_said_clear(en_report_said *said);

typedef struct said_range {
    int64_t from, to;
} said_range;
/* Names in a text that are not to be shown, in order, without overlap; lent by the arena. */
int64_t said_masks(en_report_said *said, en_str text, said_range **out);
/* The text with such names replaced. */
const char *said_shown(en_report_said *said, const char *text);
/* Whose words: the speaker, by relation alone where that is a witness, a survivor or a family; else the source. */
const char *said_speaker(en_report_said *said, const en_said *of);
/* The accused as shown. */
const char *said_accused(en_report_said *said, const en_stated_allegation *of);
bool said_has_text(const en_report_said *said, int32_t source);
/* Whether the row's quotation is marked in a text that is shown. */
bool said_is_marked(const en_report_said *said, const en_said *of);

#endif
