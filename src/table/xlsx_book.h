/* What an XLSX workbook says before its cells, from the parts of its package. */
#ifndef EN_TABLE_XLSX_BOOK_H
#define EN_TABLE_XLSX_BOOK_H

#include "table/workbook.h"
#include "table/xlsx_package.h"

/* `sheet` NULL is the first sheet of cells that is not hidden; *sheet_part, to be cleared, is the part that holds it.
 */
en_status xlsx_book_read(xlsx_package *package, const char *sheet, workbook *out, en_buf *sheet_part, en_error *err);

/* Replaces the escapes _xHHHH_ of characters that XML cannot hold (ECMA-376, part 1, 22.9.2.19), in place from byte
 * `from` of the buffer. */
void xlsx_unescape(en_buf *text, size_t from);

#endif
