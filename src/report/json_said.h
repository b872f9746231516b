/* What every stated thing shows of who said it, when and where, as members of a JSON object. */
#ifndef EN_REPORT_JSON_SAID_H
#define EN_REPORT_JSON_SAID_H

#include <jansson.h>

#include "app/stated.h"

void json_put_said(json_t **object, const en_stated *stated, const en_said *said);
/* {"id","title","date","place"}; null for -1. */
json_t *json_incident(const en_stated *stated, int32_t incident);
json_t *json_stated_figure(const en_stated *stated, const en_stated_figure *figure);

#endif
