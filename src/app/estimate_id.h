/* The id of an estimate of a case, and reading it back into the request it was made with. */
#ifndef EN_APP_ESTIMATE_ID_H
#define EN_APP_ESTIMATE_ID_H

#include "app/app.h"

en_status en_estimate_print_id(const en_account *account, const en_estimate_request *request, char out[EN_ESTIMATE_ID],
                               en_error *err);
/* Strata and covers of the request are lent by `room`. */
typedef struct en_estimate_id_room {
    char text[EN_ESTIMATE_ID];
    const char *by[EN_BY_MAX];
} en_estimate_id_room;
en_status en_estimate_parse_id(const char *id, en_estimate_request *out, en_estimate_id_room *room, char head[65],
                               en_error *err);

#endif
