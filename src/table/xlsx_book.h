/* What a workbook says before its cells: which part holds the sheet, the shared strings, the styles that show dates. */
#ifndef EN_TABLE_XLSX_BOOK_H
#define EN_TABLE_XLSX_BOOK_H

#include "table/xlsx_date.h"
#include "table/xlsx_package.h"

typedef struct xlsx_book {
    bool system_1904;
    en_buf sheet_part; /* of the sheet that was asked for */
    en_buf sheet_name;
    en_buf strings; /* shared strings, one after the other */
    size_t *string_ends;
    size_t n_strings, string_cap;
    xlsx_shown *styles; /* of cell style i */
    size_t n_styles, style_cap;
} xlsx_book;

/* `sheet` NULL is the first sheet of cells that is not hidden. */
en_status xlsx_book_read(xlsx_package *package, const char *sheet, xlsx_book *out, en_error *err);
void xlsx_book_clear(xlsx_book *book);
bool xlsx_book_string(const xlsx_book *book, size_t index, en_str *out); /* lent by the book */

/* Replaces the escapes _xHHHH_ of characters that XML cannot hold (ECMA-376, part 1, 22.9.2.19), in place from byte
 * `from` of the buffer. */
void xlsx_unescape(en_buf *text, size_t from);

#endif
