/* The caller's columns, record by record: codes of distinct values, some of a table's dictionary, some derived. */
#ifndef EN_LINK_CELLS_H
#define EN_LINK_CELLS_H

#include "link/linkage.h"

typedef struct cells {
    en_role role;
    const char *name;
    int32_t n;               /* records */
    int32_t *code;           /* of each record: 0 missing, then the column's entries, then the values that were added */
    const en_column *column; /* of strings; NULL where all values were added */
    en_map added;
} cells;

/* All missing. `code` is the arena's. */
en_status cells_new(cells *c, en_role role, const char *name, int32_t n, en_arena *arena, en_error *err);
/* A column of the table, row[i] being the row of record i. */
en_status cells_read(cells *c, const en_column *column, const int32_t *row, en_error *err);
static inline int32_t cells_entries(const cells *c) { return c->column ? c->column->dict_len : 0; }
static inline int32_t cells_values(const cells *c) { return cells_entries(c) + c->added.len; }
/* Value of a code, without white space at its ends; lent until the next value is added. */
en_str cells_value(const cells *c, int32_t code);
static inline en_str cells_at(const cells *c, int32_t record) { return cells_value(c, c->code[record]); }
/* `value` must not be lent by these cells. */
en_status cells_set(cells *c, int32_t record, en_str value, en_error *err);
void cells_clear(cells *c);

/* How a number in a column is read as a value. */
void cells_print_number(const en_column *column, int64_t row, char *buf, size_t cap);

/* order.c: records by list, id and the bytes of `columns`, then row; which list each is of. Fills set->row, list,
 * n_lists and list_end. Linear in rows, and in distinct values but for sorting these. */
en_status link_order(link_set *set, const en_column *list, const en_column *id, const en_column *const *columns,
                     int n_columns, en_error *err);

#endif
