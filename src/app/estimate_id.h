/* Reading the id of an estimate back into the options it was made with. */
#ifndef EN_APP_ESTIMATE_ID_H
#define EN_APP_ESTIMATE_ID_H

#include "app/app.h"

en_status en_estimate_parse_id(const char *id, en_estimate_options *out, char head[65], en_error *err);

#endif
