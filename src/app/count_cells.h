/* What counting by an account and counting by stored columns share: values of a person, and cells in their order. */
#ifndef EN_APP_COUNT_CELLS_H
#define EN_APP_COUNT_CELLS_H

#include "app/app.h"

enum { EN_COUNT_VALUES = 64 /* that are told apart of one person and dimension */ };

/* Values of a dimension that a person has, up to EN_COUNT_VALUES, lent by the account; returns how many. */
int en_count_values_of(const en_account *account, const en_account_person *person, en_dimension dimension,
                       const char *values[]);
bool en_count_has_level(const en_account_person *person, en_level level);
/* Sorts cells, withholds small ones and gives each its id. */
en_status en_count_order(en_count *count, const char *head, en_error *err);

#endif
