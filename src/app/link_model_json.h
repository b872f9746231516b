/* A linkage's model as JSON: what `--save-model` writes, what a link run in a case keeps, and what `--model` takes. */
#ifndef EN_APP_LINK_MODEL_JSON_H
#define EN_APP_LINK_MODEL_JSON_H

#include <jansson.h>

#include "base/buf.h"
#include "everyname/link.h"

/* Members of the object, without its braces, so that a link run can put its own beside them. */
en_status en_link_model_members(const en_link_model *model, en_buf *out, en_error *err);
/* The reverse; `file` is for messages, which name the place in the JSON. Members that are not the model's are passed
 * over. `out` is the caller's to clear, empty on failure. */
en_status en_link_model_from_json(const json_t *root, const char *file, en_link_model *out, en_error *err);
en_status en_link_model_read_file(const char *path, en_link_model *out, en_error *err);
en_status en_link_model_write_file(const en_link_model *model, const char *path, en_error *err);

#endif
