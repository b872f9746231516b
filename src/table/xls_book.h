/* What an .xls workbook says before its cells. */
#ifndef EN_TABLE_XLS_BOOK_H
#define EN_TABLE_XLS_BOOK_H

#include "table/workbook.h"
#include "table/xls_records.h"

/* options->sheet NULL is the first sheet of cells that is not hidden; *sheet_at is where its records begin. */
en_status xls_book_read(en_str stream, const en_read_options *options, workbook *out, size_t *sheet_at, en_error *err);

/* The whole reader, of the stream without the compound file around it. */
en_status xls_read_stream(en_str stream, const en_read_options *options, en_table *out, en_read_report *report,
                          en_error *err);

#endif
