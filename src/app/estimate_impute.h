/* Strata that are missing, imputed. */
#ifndef EN_APP_ESTIMATE_IMPUTE_H
#define EN_APP_ESTIMATE_IMPUTE_H

#include "app/estimate_parts.h"

/* Where a value of some stratum is missing ("unknown"), and the request does not keep it apart, `parts` become
 * replicates of the strata that are known, and out->imputed says how many persons were imputed. Twenty imputations;
 * where there are replicates already, one of each. */
en_status estimate_impute(const en_estimate_request *request, estimate_parts *parts, en_app_estimate *out,
                          en_error *err);

#endif
