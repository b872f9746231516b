/* Cells of lists that are marked confidential one by one: by a mark with a member on a record, on a person (all its
 * records), or on a source or one of its releases (a whole column). The member is a column as the list names it, or the
 * role it has.
 */
#ifndef EN_APP_MARKED_CELLS_H
#define EN_APP_MARKED_CELLS_H

#include "everyname/casefile.h"

typedef struct en_marked_cell {
    en_id record;
    const char *column, *role; /* role NULL: none; lent by the arena */
} en_marked_cell;

typedef struct en_marked_cells {
    en_arena *arena;
    en_marked_cell *cells; /* in order of record, one a column */
    int64_t n, room;
    en_id *marks; /* that these cells are all of */
    int64_t n_marks;
    en_id *rows; /* corrections, statements and choices of a value that has to go with them */
    int64_t n_rows;
} en_marked_cells;

/* `c` stays open; marks that are not in force, or public, mark nothing. */
en_status en_marked_cells_find(en_case *c, en_marked_cells *out, en_error *err);
/* The cells of one record; NULL where there are none. */
const en_marked_cell *en_marked_cells_of(const en_marked_cells *cells, en_id record, int64_t *n);
/* Whether what is said under `property` would tell what a marked cell does: it is the same, or worked out from it, as
 * an age from a date of birth. */
bool en_marked_cell_tells(const en_marked_cell *cell, const char *property);
void en_marked_cells_clear(en_marked_cells *cells);

/* What a copy for sharing has in place of the records with such cells. */
en_status en_marked_cells_take_out(en_case *c, const en_marked_cells *cells, en_arena *arena, en_redaction *out,
                                   en_error *err);

#endif
