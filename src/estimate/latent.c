/* Latent classes. */
#include "estimate/methods.h"

en_status latent_estimate(const en_histories *histories, const en_estimate_options *options, en_estimate *out,
                          en_error *err) {
    (void)histories;
    (void)options;
    (void)err;
    estimate_refuse(out, EN_EST_NOT_CONVERGED, "not computed by this version");
    return EN_OK;
}
