/* What the CSV reader is made of, for the other readers of table. */
#ifndef EN_TABLE_CSV_H
#define EN_TABLE_CSV_H

#include "everyname/table.h"

/* Reads UTF-8 text as CSV from byte `start`; `clean` says that it was already found free of bad bytes. */
en_status csv_read_text(en_str text, size_t start, bool clean, char delimiter, const en_read_options *options,
                        en_table *out, en_read_report *report, en_error *err);
/* The one of , ; tab | that cuts the first records most evenly; a comma where none cuts. */
char csv_detect_delimiter(en_str text, size_t start);
int32_t csv_find_twin(char *const *names, int32_t n); /* the second of two equal names; -1 where all differ */
void csv_column_number(int32_t column, char out[32]); /* "#3" for the third, where it has no name */

#endif
