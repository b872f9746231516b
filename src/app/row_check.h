/* One row against the model: what the members of a kind are, in the form that is stored. */
#ifndef EN_APP_ROW_CHECK_H
#define EN_APP_ROW_CHECK_H

#include "app/row_add.h"

/* *out is a new object with the stored form of every member of `body`. EN_ERR_INPUT names the member in err->column. */
en_status en_row_check(en_row_adder *adder, const char *kind, const json_t *body, json_t **out, en_error *err);

#endif
