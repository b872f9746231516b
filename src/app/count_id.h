/* A count's id: its own query, printed, and read back. */
#ifndef EN_APP_COUNT_ID_H
#define EN_APP_COUNT_ID_H

#include "app/app.h"
#include "base/buf.h"

/* Of one cell of the count; `cell` NULL for its total. */
en_status en_count_print_id(const char *head, const en_count_query *query, const en_count_cell *cell, en_buf *out,
                            en_error *err);
/* `head` and the values of conditions live in the arena. EN_ERR_INPUT where it is malformed. */
en_status en_count_parse_id(en_str id, en_arena *arena, en_count_query *query, const char **head, en_error *err);

#endif
