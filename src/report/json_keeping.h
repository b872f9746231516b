/* JSON of what keeps a case trustworthy (app/keeping.h). Each returns a new reference, NULL when memory is short. */
#ifndef EN_REPORT_JSON_KEEPING_H
#define EN_REPORT_JSON_KEEPING_H

#include <jansson.h>

#include "app/keeping.h"

json_t *en_json_checkpoint_check(const en_checkpoint_check *check);
json_t *en_json_inclusion(const en_inclusion *inclusion);
json_t *en_json_stamp(const en_app_stamp *stamp);
json_t *en_json_custody(const en_custody *custody);

#endif
