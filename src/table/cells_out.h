/* A record's text with some of its cells taken out, as long as before, so that no other record moves. */
#ifndef EN_TABLE_CELLS_OUT_H
#define EN_TABLE_CELLS_OUT_H

#include "everyname/table.h"

/* `record` is one row of a list's text, without its line end; `out` has its every column's flag. CSV (delimiter not 0):
 * spaces in place of the cell, its quotes too. JSON Lines: the members of those names go, and spaces follow the others.
 * What is not read as such a row becomes spaces altogether. `to` has room for record.len bytes, and is not `record`. */
void table_cells_out(en_str record, char delimiter, const en_table *columns, const bool *out, char *to);

#endif
