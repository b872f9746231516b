/* Rows of any kind from JSON objects and back. Out: rows that the program itself makes; what people write is checked
 * against the model on its way (row_add.h). In: all rows of a kind, one after the other. */
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

/* A text member of a body, lent by it; "" where it is missing or no text. */
const char *en_row_json_text(const json_t *body, const char *member);
/* Hands over each row of a kind in the order of the ledger, revoked ones too, with its body, which is gone afterwards;
 * what is not EN_OK ends it. Rows stay in the arena. EN_ERR_CORRUPT for a body that is no JSON. */
typedef en_status (*en_row_json_reader)(void *ctx, const en_row *row, const json_t *body, en_error *err);
en_status en_row_json_each(en_case *c, const char *kind, en_arena *arena, en_row_json_reader read, void *ctx,
                           en_error *err);

#endif
