/* The records of a case as one table: the current release of each source, its columns under the names of their roles.
 * Statements are computed here from the bytes by the stored mapping; nothing of it is kept in the file. */
#ifndef EN_APP_RECORDS_H
#define EN_APP_RECORDS_H

#include "app/mapping.h"
#include "everyname/casefile.h"
#include "everyname/link.h"
#include "everyname/table.h"
#include "everyname/text.h"

typedef struct en_records {
    en_arena *arena;
    int64_t n_sources, n_releases, n;
    en_source *sources; /* that have a list */
    en_release *releases;
    int32_t *current; /* of each source: index of its newest release */
    en_str *texts;    /* of each source: the text of that release, lent by the arena */
    en_id *ids;       /* of each record, in order of source and place in the text */
    int32_t *source_of;
    int64_t *offsets, *lengths;
    en_table table; /* row i is record i. "list" (source title), "id", then role names; generic ones as "text:COLUMN" */
    size_t n_fields; /* what linkage compares: roles that some list has */
    en_link_field *fields;
} en_records;

/* As the case stood after ledger entry `up_to` (0: now). Dates that can be read are in EDTF, sex and status as codes of
 * vocab/; what cannot be read stays as written. */
en_status en_records_load(en_case *c, int64_t up_to, const en_progress *progress, en_records *out, en_error *err);
/* The first rows of a list as they would be read under `mapping`, the columns that have a value. */
en_status en_records_preview(const en_mapping *mapping, const en_table *table, const en_source *source,
                             const char *released, int64_t most, en_table *out, en_error *err);
void en_records_clear(en_records *records);

/* Column of the table by role name; NULL where no list has it. */
static inline const en_column *en_records_column(const en_records *r, const char *role) {
    return en_table_column(&r->table, role);
}

#endif
