/* What counting by an account and counting by stored columns share: cells in their order. */
#ifndef EN_APP_COUNT_CELLS_H
#define EN_APP_COUNT_CELLS_H

#include "app/app.h"

bool en_count_has_level(const en_account_person *person, en_level level);
/* Whether a value says that nobody says anything: "unknown", "not_verified", "not_stated". */
bool en_count_is_nothing(const char *value);
/* Sorts cells, withholds small ones and gives each its id. */
en_status en_count_order(en_count *count, const char *head, en_error *err);

#endif
