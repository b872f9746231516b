/* Values that a person has of each dimension, as an account tells them. */
#ifndef EN_APP_COUNT_VALUES_H
#define EN_APP_COUNT_VALUES_H

#include "app/count_cells.h"
#include "app/count_groups.h"

enum { EN_COUNT_VALUES = 64 /* that are told apart of one person and dimension */ };
#define EN_COUNT_NONE "none" /* the value of whoever has none of a dimension of several values */

typedef struct en_count_reader {
    const en_account *account; /* lent */
    const en_count_query *query;
    en_count_groups groups;
    en_arena *arena;                     /* lent; of what follows */
    const char **grouped[EN_DIMENSIONS]; /* of each person, where the query groups the dimension; NULL else */
} en_count_reader;
/* Account, query and arena have to live as long as the reader. EN_ERR_USAGE of groups that cannot be read. */
en_status en_count_reader_open(const en_account *account, const en_count_query *query, en_arena *arena,
                               en_count_reader *out, en_error *err);

/* Up to EN_COUNT_VALUES, lent by the account or the reader's arena; returns how many. */
int en_count_values_of(const en_count_reader *reader, const en_account_person *person, en_dimension dimension,
                       const char *values[]);
bool en_count_has_value(const en_count_reader *reader, const en_account_person *person, const en_condition *condition);
/* Whether an incident, or one that it is part of, is the one that `value` means. */
bool en_count_lies_in(const en_account *account, int32_t incident, const char *value);
bool en_count_in_incident(const en_count_reader *reader, const en_account_person *person, const char *value);
/* EN_ERR_USAGE for a value that nobody has and that no vocabulary knows, or a dimension named twice. */
en_status en_count_check(const en_count_reader *reader, en_error *err);

#endif
