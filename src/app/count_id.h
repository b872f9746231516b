/* Reading the id of a count back into the query it stands for. */
#ifndef EN_APP_COUNT_ID_H
#define EN_APP_COUNT_ID_H

#include "app/app.h"

/* `head` and the values of conditions live in the arena. EN_ERR_INPUT where it is malformed. */
en_status en_count_parse_id(en_str id, en_arena *arena, en_count_query *query, const char **head, en_error *err);

#endif
