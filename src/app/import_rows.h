/* Rows of the model inside the rows of a list: what befell a person, its statuses over time, its kin. */
#ifndef EN_APP_IMPORT_ROWS_H
#define EN_APP_IMPORT_ROWS_H

#include "everyname/casefile.h"
#include "everyname/table.h"
#include "everyname/when.h"

typedef struct en_inner_rows {
    const en_table *table;
    bool is_jsonl;
    en_id first;              /* the record of the table's first row; the others follow */
    en_id source;             /* whose list it is: who says so, where a row does not say */
    const bool *told;         /* of each row: an older release has the same rows inside it; NULL none has */
    en_date_order date_order; /* of dates that are not EDTF */
} en_inner_rows;

/* Adds the rows that columns act.1.kind, status_event.2.date … or, in JSON Lines, members acts: [{…}] hold, each about
 * the record of its row. *added counts them. Within a transaction. On failure *row is the table's row, err->column what
 * is wrong. */
en_status en_import_inner_rows(en_case *c, const en_inner_rows *rows, int64_t *added, int64_t *row, en_error *err);

#endif
