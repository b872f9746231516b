/* What a workbook of any format says around its cells: which sheet is read, shared strings, styles that show dates. */
#ifndef EN_TABLE_WORKBOOK_H
#define EN_TABLE_WORKBOOK_H

#include "base/buf.h"
#include "everyname/table.h"
#include "table/cell_date.h"

typedef struct workbook {
    bool system_1904;
    en_buf sheet_name;  /* of the sheet that is read, once it is found */
    en_buf sheet_names; /* of all, for messages */
    en_buf strings;     /* shared strings, one after the other */
    size_t *string_ends;
    size_t n_strings, string_cap;
    cell_shown *styles; /* of cell style i */
    size_t n_styles, style_cap;
    struct own_format *own_formats; /* of the workbook's own, by id; NULL while it has none */
} workbook;

/* Told each sheet in turn, *taken says whether it is the one to read: the first of the name that is wanted, or, where
 * that is NULL, the first that is not hidden. */
en_status book_offer_sheet(workbook *book, const char *wanted, const char *name, bool hidden, bool *taken,
                           en_error *err);
/* The error where none was taken. */
en_status book_lacks_sheet(const workbook *book, const char *wanted, const en_read_options *options, en_error *err);
/* What `strings` holds from the last string's end on is a string. */
en_status book_end_string(workbook *book, en_error *err);
bool book_string(const workbook *book, size_t index, en_str *out); /* lent by the book */
en_status book_add_format(workbook *book, int id, const char *code, en_error *err);
/* The next cell style, by its number format; formats of the workbook's own come before. */
en_status book_add_style(workbook *book, int format_id, en_error *err);
void book_clear(workbook *book);

#endif
