/* The plausible partitions that a link run of a case drew, kept as what differs from its persons. */
#ifndef EN_APP_LINK_PARTITIONS_H
#define EN_APP_LINK_PARTITIONS_H

#include "everyname/casefile.h"
#include "everyname/link.h"

/* Derived: can be thrown away and drawn again from the run's model and seed. Within an open transaction. */
en_status en_partitions_store(en_case *c, en_id run, const en_link_result *link, en_error *err);
/* Of each of *n_partitions times *n_records records, in the order of the run's memberships: the place in that order of
 * the first record of its person. *n_partitions is 0 where none were drawn. In the arena. */
en_status en_partitions_read(en_case *c, en_id run, en_arena *arena, int *n_partitions, int64_t *n_records,
                             int32_t **first, en_error *err);
/* How many the run drew; 0 for none. */
en_status en_partitions_number(en_case *c, en_id run, en_arena *arena, int *n, en_error *err);

#endif
