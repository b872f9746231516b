/* Rows that a newer release of a list took over from an older one: which current record continues which. */
#ifndef EN_APP_LINEAGE_H
#define EN_APP_LINEAGE_H

#include "app/records.h"

typedef struct en_lineage_entry {
    en_id record;
    int64_t row; /* the current record that continues it; -1 where a later release lacks it */
} en_lineage_entry;

typedef struct en_lineage {
    en_id *origin;     /* of each current record: the first record that it continues, itself where it is new */
    en_id *same_since; /* the first of those in a line without a change of bytes or of mapping */
    int64_t n;
    en_lineage_entry *entries; /* every record of every release, by id */
} en_lineage;

/* Rows are matched release by release, as import does: by the list's own ids where it has them, else by their bytes.
 * Filled from r's arena. Linear in the rows of all releases of lists that have several. */
en_status en_lineage_trace(en_case *c, const en_records *r, en_lineage *out, en_error *err);
/* The current record that `record` is or is continued by; -1 where there is none. */
int64_t en_lineage_row(const en_lineage *lineage, en_id record);

#endif
