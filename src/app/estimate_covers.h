/* Lists that could not see a stratum: --covers LIST=STRATUM,…;LIST=… */
#ifndef EN_APP_ESTIMATE_COVERS_H
#define EN_APP_ESTIMATE_COVERS_H

#include "app/estimate_parts.h"

/* Reads which strata each list named covers into parts->covered, in the arena; a list that is not named covers all.
 * EN_ERR_USAGE for a list or a stratum that is not there, or where there are no strata. NULL: nothing to do. */
en_status estimate_read_covers(const char *covers, en_arena *arena, estimate_parts *parts, en_error *err);
/* Takes each list out of the histories of the strata that it could not see: its cells leave the likelihood there.
 * EN_ERR_INPUT where somebody of such a stratum is on that list alone. */
en_status estimate_apply_covers(estimate_parts *parts, en_error *err);

#endif
