/* Rows of any kind from JSON objects, and references in them: for rows that the program itself makes. What people write
 * is checked against the model on its way (row_add.h). */
#ifndef EN_APP_ROW_JSON_H
#define EN_APP_ROW_JSON_H

#include <jansson.h>

#include "everyname/casefile.h"

/* Takes over `body`; NULL is EN_ERR_MEMORY. */
en_status en_row_json_add(en_case *c, const char *kind, json_t *body, en_id *out, en_error *err);
/* Sets a member to the reference of a row. */
en_status en_row_json_ref(en_case *c, json_t *body, const char *member, en_id id, en_error *err);
/* A revocation of a row. `why` may be NULL. */
en_status en_row_json_revoke(en_case *c, en_id of, const char *by, const char *why, en_error *err);

#endif
