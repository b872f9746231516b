/* Which persons a command is about: --where and --level, the same in count, search and export. */
#ifndef EN_CLI_WHERE_H
#define EN_CLI_WHERE_H

#include "app/app.h"
#include "cli/command.h"

/* "a, b" → "a", and *rest "b". */
en_str next_part(en_str *rest, char separator);
/* Says which dimensions there are; false. */
bool unknown_dimension(const args *a, const char *option, en_str name);
/* --where DIMENSION=VALUE,… and --level, where given; false after saying what is wrong. Values end up in `arena`. */
bool read_conditions(const args *a, en_arena *arena, en_count_query *query);

#endif
