/* The rows of the model as tables for others to read: one a kind, its members flattened to columns, references printed
 * as ids, and what is not to be shared left out.
 *
 * Left out by default: rows, sources and members marked confidential, and rows that rest on such a source; who coded
 * what, and why; proposals; what was taken back. A row about a person who may be living, or may be a minor, keeps its
 * ids and terms only, as the report lists such a person by id and status only. Where only some persons are asked for,
 * rows that name persons but none of these are left out; rows that name nobody stay.
 */
#ifndef EN_APP_EXPORT_ROWS_H
#define EN_APP_EXPORT_ROWS_H

#include <jansson.h>

#include "app/app.h"
#include "app/marked_cells.h"
#include "app/withdrawn.h"

typedef struct en_export_options {
    bool names;   /* of those who may be living and minors too */
    bool all;     /* what is marked confidential, and who coded what, too; needs `names` */
    bool history; /* rows that were taken back, and proposals, too */
    bool hxl, sqlite, geojson, huridocs;
    const en_count_query *where; /* only persons that it counts; NULL all */
    const en_progress *progress;
} en_export_options;

typedef struct en_export_column {
    const char *name, *definition;
    char type;          /* 's' text, 'i' whole number, 'n' number, 'b' true or false, 'j' JSON */
    const char *refers; /* the table whose id it holds; NULL none */
} en_export_column;

typedef struct en_export_table {
    const char *name, *title;
    int n_columns;
    en_export_column *columns;
    json_t *rows; /* array of objects by column; what is unknown is absent */
} en_export_table;

typedef struct en_export_rows {
    en_arena *arena;
    int n_tables;
    en_export_table *tables; /* kinds that the case has, in the order of vocab/kinds.json */
    int64_t n_hidden;        /* ids that are left out, in order: marked, or of a marked source */
    en_id *hidden;
    int64_t n_left_out; /* rows that are marked, or rest on a marked source */
} en_export_rows;
/* Whom and what an export leaves out beyond its marks; arrays are of each person. */
typedef struct en_export_choice {
    const bool *selected;         /* NULL: all; rows that name persons but none of these are left out */
    const bool *withdrawn;        /* consent was taken back: rows that name one of these are left out */
    const en_withdrawn *consents; /* the same of sources and actors */
    const en_marked_cells *marked;
} en_export_choice;
en_status en_export_rows_open(const en_account *account, const en_export_options *options,
                              const en_export_choice *choice, en_export_rows *out, en_error *err);
bool en_export_hides(const en_export_rows *rows, en_id id);
const en_export_table *en_export_table_of(const en_export_rows *rows, const char *name); /* NULL where none */
void en_export_rows_clear(en_export_rows *rows);

#endif
