/* Several lists as one table, column by column: values are met once for each distinct one, not once a row. */
#ifndef EN_APP_LINK_JOIN_H
#define EN_APP_LINK_JOIN_H

#include "everyname/table.h"

/* The first two columns of the joined table. */
enum { JOINED_LIST, JOINED_ID, JOINED_FIXED };

typedef struct joined_part {
    const en_table *table;
    const char *list;             /* its name, where no column says it */
    const en_column *lists, *ids; /* NULL: `list`, and numbers of rows, which also stand for missing ids */
    const int32_t *to;            /* joined column that each column goes into, -1 for none; of two the later prevails */
} joined_part;

typedef struct joined_lists {
    en_table table;
    bool *borrowed; /* columns that are those of the one part there is, which has to outlive them */
} joined_lists;

/* `names` has the names of all columns, the fixed ones first. Linear in rows and in bytes of distinct values. */
en_status joined_lists_of(const joined_part *parts, size_t n_parts, const char *const *names, int32_t n_columns,
                          joined_lists *out, en_error *err);
void joined_lists_clear(joined_lists *joined);

#endif
