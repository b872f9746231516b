/* What a list that can be read may still hold wrong. */
#ifndef EN_APP_IMPORT_CHECK_H
#define EN_APP_IMPORT_CHECK_H

#include "app/mapping.h"

/* The 1-based line of `text` on which a row begins. */
int64_t import_line_of(const en_table *table, en_str text, int64_t row);
/* The first value of a mapped column that cannot be meant is EN_ERR_INPUT with its line of `text`, its column and the
 * mend: a day and month whose order is not stated, a spreadsheet's number of a day, a formula in place of its value, an
 * identifier that two rows have. Values are checked once each, not once a row. */
en_status import_check_values(const en_table *table, const en_mapping *mapping, en_str text, const char *file,
                              en_error *err);

#endif
