/* Ages and dates put into the groups that a count asks for: age groups of any scheme, years to days, in a period or
 * not.
 *
 * What a person shows is decided group by group: of all that sources say, the group that most independent ones give,
 * and so on by the written rule of other values. An age or a date that can be in several groups says nothing of them.
 */
#ifndef EN_APP_COUNT_GROUPS_H
#define EN_APP_COUNT_GROUPS_H

#include "app/ages.h"
#include "app/app.h"

enum { EN_GROUP_TEXT = 24 };
typedef struct en_count_groups {
    en_age_scheme ages;
    int32_t from, to; /* days of the period, both in it */
} en_count_groups;

/* Of the query's texts. EN_ERR_USAGE where one cannot be read, or where it counts by a period and gives none. */
en_status en_count_groups_of(const en_count_query *query, en_count_groups *out, en_error *err);
/* Whether the query's values of a dimension come from ages or dates by its groups. */
bool en_count_is_grouped(const en_count_query *query, en_dimension dimension);
/* The group that a person shows of all its ages, or dates: "5-17", "1994-Q2", "within"; "unknown". */
void en_count_group(const en_count_groups *groups, en_dimension dimension, const en_account_span *said, int32_t n,
                    char out[EN_GROUP_TEXT]);

#endif
