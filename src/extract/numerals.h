/* Dates and numbers among items. */
#ifndef EN_EXTRACT_NUMERALS_H
#define EN_EXTRACT_NUMERALS_H

#include "extract/items.h"

/* Each date becomes one item: "25 to 26 February 1992", "March 12, 2019", "1992-95". */
void dates_merge(items *list, en_str text, const lexicon *lex);

/* Each number becomes one item with low, best and high: "one hundred and five", "1.2 million", "12 to 15", "dozens".
 * The bound before or after it stays an item of its own, marked ITEM_USED. Numbers that count nobody are marked
 * ITEM_NO_COUNT. */
void numbers_merge(items *list, en_str text, const lexicon *lex);

/* EDTF of a date into buf of at least 32 bytes; returns its length. `report` fills in what the date does not tell. */
size_t date_print(const item_date *date, const item_date *report, char *buf, size_t cap);

#endif
