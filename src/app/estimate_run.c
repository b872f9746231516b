/* From histories to all that is asked of them: methods, headline, what it hangs on, shares known from elsewhere. */
#include "app/estimate_run.h"

#include <stdlib.h>

enum { PAGE_WHOLE = 7 /* lists; above it takes minutes to leave lists and links out */ };

/* The page is of the histories as they are: it moves one assumption at a time, and shares that are recorded wrongly
 * would be another. */
static en_status add_page(const en_estimate_request *request, en_app_estimate *out, en_error *err) {
    en_estimate_options options = request->options;
    if (!options.methods) options.methods = EN_METHOD_GRAPHS; /* leaving lists out by latent classes takes long */
    options.brief = out->histories.n_lists > PAGE_WHOLE;
    EN_TRY(en_sensitivity_run(&out->histories, &options, &out->result, &out->sensitivity, err));
    out->has_sensitivity = out->sensitivity.n_pairs > 0; /* else lists do not meet, and there is nothing to move */
    return EN_OK;
}

en_status estimate_finish(const en_estimate_request *request, en_app_estimate *out, en_error *err) {
    en_adjustment adjustment = request->adjustment;
    adjustment.seed = request->options.seed;
    if (request->page && !out->n_strata) EN_TRY(add_page(request, out, err));
    out->is_adjusted = adjustment.wrong_high > 0 || adjustment.unlinked_high > 0;
    for (int s = 0; s < out->n_strata; s++) EN_TRY(en_estimate_result_adjust(&out->strata[s].result, &adjustment, err));
    for (int i = 0; i < out->n_cells; i++) EN_TRY(en_estimate_result_adjust(&out->cells[i].result, &adjustment, err));
    return en_estimate_result_adjust(&out->result, &adjustment, err);
}

en_status estimate_run(const en_estimate_request *request, en_app_estimate *out, en_error *err) {
    EN_TRY(en_estimate_run(&out->histories, &request->options, &out->result, err));
    out->calibrated = request->calibrate;
    if (request->calibrate)
        EN_TRY(
            en_calibrate(&out->histories, &request->options, &out->result, request->calibrate, &out->calibration, err));
    return estimate_finish(request, out, err);
}

void en_app_estimate_clear(en_app_estimate *estimate) {
    en_estimate_result_clear(&estimate->result);
    en_sensitivity_clear(&estimate->sensitivity);
    en_histories_clear(&estimate->histories);
    for (int s = 0; s < estimate->n_strata; s++) en_estimate_result_clear(&estimate->strata[s].result);
    for (int i = 0; i < estimate->n_cells; i++) en_estimate_result_clear(&estimate->cells[i].result);
    free(estimate->cells);
    en_arena_free(estimate->arena);
    *estimate = (en_app_estimate){0};
}
