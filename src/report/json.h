/* Building JSON where memory may run short: a container that failed once is NULL and stays NULL. */
#ifndef EN_REPORT_JSON_H
#define EN_REPORT_JSON_H

#include <jansson.h>

#include "everyname/base.h"

/* Each takes over `value`; on failure frees the container and makes it NULL. */
void en_json_put(json_t **object, const char *key, json_t *value);
void en_json_push(json_t **array, json_t *value);

json_t *en_json_text(const char *text); /* NULL and "" give null, and so do bytes that are not UTF-8 */
json_t *en_json_number(double number);  /* NaN gives null; whole numbers are integers */
json_t *en_json_flag(bool flag);

#endif
