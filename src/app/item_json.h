/* Items of an extraction as JSON objects, the members of CLI.md's `extract`: what proposals hold and what is printed.
 */
#ifndef EN_APP_ITEM_JSON_H
#define EN_APP_ITEM_JSON_H

#include <jansson.h>

#include "everyname/extract.h"

/* Each is NULL when memory is short. */
json_t *en_item_figure(const en_figure *figure);
json_t *en_item_characterisation(const en_characterisation *item);
json_t *en_item_instrument(const en_instrument *item);
json_t *en_item_allegation(const en_allegation *item);

/* An item that a person or another program made, as `extract --json` has it, checked member by member; the quotation
 * has to be the bytes of `text` at start..end, and the number of a figure lies in it where it is given. EN_ERR_INPUT
 * says which member, and what it may be. */
en_status en_item_check(const char *kind, const json_t *item, en_str text, en_error *err);

#endif
