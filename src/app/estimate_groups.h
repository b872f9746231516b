/* Which stratum, and which replicate, a row of a file is of. */
#ifndef EN_APP_ESTIMATE_GROUPS_H
#define EN_APP_ESTIMATE_GROUPS_H

#include "everyname/table.h"

/* Distinct keys of rows, numbered by their order as text, "unknown" last, whatever the order of rows. */
typedef struct grouping {
    int32_t *of; /* row's group */
    int n;
    const char **names;
} grouping;

/* A key is the values of the columns joined by "; ", "unknown" where one is empty. All is lent by the arena. */
en_status estimate_group_rows(const en_table *table, const en_column *const *columns, int n_columns, en_arena *arena,
                              grouping *out, en_error *err);

#endif
