/* The histories to estimate: replicates (plausible linkages, imputations) by strata. */
#ifndef EN_APP_ESTIMATE_PARTS_H
#define EN_APP_ESTIMATE_PARTS_H

#include "app/app.h"

typedef struct estimate_parts {
    int n_replicates, n_strata;
    const char **replicates;     /* names; n_replicates 1 and NULL where there are none */
    en_app_stratum *strata;      /* names and values; n_strata 1 and NULL where there are none */
    uint32_t *covered;           /* of each stratum, the lists that could see it, a bit each; NULL: all could. Lent */
    en_histories *histories;     /* [replicate * n_strata + stratum], owned */
    en_estimate_result *results; /* likewise, owned, where they are known; NULL: the methods are run */
} estimate_parts;

/* Fills result, strata, replicates and Rubin's rules of out. Strata and names are lent by out->arena. */
en_status estimate_parts_run(const en_estimate_request *request, estimate_parts *parts, en_app_estimate *out,
                             en_error *err);
void estimate_parts_clear(estimate_parts *parts);

/* Reads a table and estimates from it; on failure *out is cleared. */
typedef en_status (*estimate_table_use)(en_table *table, const char *csv_path, const en_estimate_request *request,
                                        en_app_estimate *out, en_error *err);
en_status estimate_from_file(const char *csv_path, const en_estimate_request *request, estimate_table_use use,
                             en_app_estimate *out, en_error *err);

#endif
