/* From histories to all that is asked of them. */
#ifndef EN_APP_ESTIMATE_RUN_H
#define EN_APP_ESTIMATE_RUN_H

#include "app/app.h"

/* Fills the rest of `out` from out->histories. On failure the caller clears it. */
en_status estimate_run(const en_estimate_request *request, en_app_estimate *out, en_error *err);
/* What is asked beside the result, once that is there: the page, shares known from elsewhere. */
en_status estimate_finish(const en_estimate_request *request, en_app_estimate *out, en_error *err);

#endif
