/* Plain SQLite files for other programs (Datasette, R, Python): tables of values and views that join them, without a
 * ledger, a checksum or a cipher. The same rows give the same bytes. */
#ifndef EN_CASEFILE_PLAIN_SQLITE_H
#define EN_CASEFILE_PLAIN_SQLITE_H

#include "base/buf.h"
#include "everyname/base.h"

typedef struct en_plain en_plain;
typedef struct en_plain_column {
    const char *name;
    char type; /* 's' text, 'i' whole number, 'n' number, 'b' 0 or 1, 'j' JSON text */
} en_plain_column;

en_status en_plain_new(en_plain **out, en_error *err);
void en_plain_free(en_plain *plain); /* accepts NULL */
/* Begins a table, whose column "id" is its key; rows go to the table begun last. */
en_status en_plain_table(en_plain *plain, const char *name, const en_plain_column *columns, int n, en_error *err);
/* Cells as text; NULL is unknown. */
en_status en_plain_row(en_plain *plain, const char *const *cells, en_error *err);
/* A column of `table` that holds ids of `other`, whose column `label` is shown beside it. */
typedef struct en_plain_join {
    const char *column, *other, *label;
} en_plain_join;
/* The view TABLE_readable: every column of the table, and "COLUMN_LABEL" of each join. */
en_status en_plain_view(en_plain *plain, const char *table, const en_plain_join *joins, int n, en_error *err);
/* The bytes of the file. */
en_status en_plain_bytes(en_plain *plain, en_buf *out, en_error *err);

#endif
