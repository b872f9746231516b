/* Why a person shows what it shows. */
#ifndef EN_APP_TRACE_VALUES_H
#define EN_APP_TRACE_VALUES_H

#include "app/app.h"

/* Fills values and events of the trace of a person, in its arena. */
en_status en_trace_person_values(const en_account *account, int32_t person, en_trace *out, en_error *err);

#endif
