/* What the CSV reader is made of, for the other readers of table. */
#ifndef EN_TABLE_CSV_H
#define EN_TABLE_CSV_H

#include "everyname/table.h"

/* Where the header is looked for: a byte and its line, and the delimiter where the text names one, else 0. */
typedef struct csv_start {
    size_t at;
    int64_t line;
    char delimiter;
} csv_start;
/* From byte `mark` on, behind a line "sep=;" and above line header_row (0 and 1: the first). */
csv_start csv_find_start(en_str text, size_t mark, int64_t header_row);
/* The line of the first record that is as wide as most and has no empty cell; 0 where that is the first of all, or none
 * is. */
int64_t csv_likely_header(en_str text, csv_start start, char delimiter);
size_t csv_after_line_end(en_str text, size_t at); /* where the line after the line end at `at` begins */
/* The one of , ; tab | that cuts the first records most evenly; a comma where none cuts. */
char csv_detect_delimiter(en_str text, size_t start);
int32_t csv_find_twin(char *const *names, int32_t n); /* the second of two equal names; -1 where all differ */
void csv_column_number(int32_t column, char out[32]); /* "#3" for the third, where it has no name */

#endif
