/* Small files beside the lists: labels, nicknames, places, a filled sample. Their columns are checked, and an error
 * names file, line, column and mend. */
#ifndef EN_APP_SIDE_TABLE_H
#define EN_APP_SIDE_TABLE_H

#include "base/os.h"
#include "everyname/table.h"

typedef struct en_side_table {
    const char *file, *mend;
    en_os_map map;
    en_table table;
    en_read_report report;
} en_side_table;

/* Every one of `columns` (ended by NULL) has to be there; others may be. `mend` says what such a file looks like. */
en_status en_side_table_open(const char *path, const char *const *columns, const char *mend, en_side_table *out,
                             en_error *err);
/* The same of a file that was read as `read` says; its `file` is for messages. */
en_status en_side_table_open_as(const char *path, const en_read_options *read, const char *const *columns,
                                const char *mend, en_side_table *out, en_error *err);
/* The cell without white space at its ends; empty where there is none. Lent by the table. */
en_str en_side_table_cell(const en_side_table *t, const char *column, int64_t row);
/* Puts the place of a row on an error already set, with `mend` or else that of the table. Returns err's status. */
en_status en_side_table_at(const en_side_table *t, int64_t row, const char *column, const char *mend, en_error *err);
void en_side_table_close(en_side_table *t);

#endif
