/* HXL (hxlstandard.org): a row of tags below the headers that says what columns hold. It is no record. */
#ifndef EN_APP_HXL_H
#define EN_APP_HXL_H

#include "app/mapping.h"

/* Whether the table's first row is one of tags. */
bool en_hxl_is_tagged(const en_table *table);
/* Columns without a role get the one that their tag means, where no other has it. */
en_status en_hxl_map(en_mapping *mapping, const en_table *table, en_error *err);
/* The table without its first row. */
en_status en_hxl_drop_tags(en_table *table, en_error *err);

#endif
