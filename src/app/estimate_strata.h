/* The strata of a case's persons. */
#ifndef EN_APP_ESTIMATE_STRATA_H
#define EN_APP_ESTIMATE_STRATA_H

#include "app/estimate_parts.h"

/* Fills `parts` with the histories of each stratum of request->by; where the link run drew partitions, and the request
 * does not want the linkage as it stands, of each partition. out->histories has the lists. Strata are in the order in
 * which counts list them, then as partitions add them. */
en_status estimate_split_case(const en_account *account, const en_estimate_request *request, en_app_estimate *out,
                              estimate_parts *parts, en_error *err);
/* Names of partitions as replicates, "p1" and so on; in the arena. In estimate_case.c. */
en_status estimate_name_partitions(en_arena *arena, int n, const char ***out, en_error *err);

#endif
