/* Dates in a spreadsheet: a number and the style that shows it. */
#ifndef EN_TABLE_CELL_DATE_H
#define EN_TABLE_CELL_DATE_H

#include <stdbool.h>

/* What a number format shows of a serial number. Nothing set: it is no date. */
typedef struct cell_shown {
    bool year, month, day, time, elapsed;
} cell_shown;

cell_shown cell_shown_by_id(int format_id);      /* the built-in formats (ECMA-376, part 1, 18.8.30) */
cell_shown cell_shown_by_code(const char *code); /* such as "dd/mm/yyyy hh:mm" */
bool cell_is_date(cell_shown shown);

/* Serial number to ISO 8601, as far as the style shows it: 2024-03, 2024-03-07, 2024-03-07T08:30:00, 08:30:00. False
 * where the number is no such date: negative, beyond 9999, or 29 February 1900, a day that the 1900 system has and the
 * calendar has not. */
bool cell_date_text(double serial, bool system_1904, cell_shown shown, char text[32]);

#endif
