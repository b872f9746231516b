/* What people bring to a linkage beside the lists: a model, nicknames, places. */
#ifndef EN_APP_LINK_INPUTS_H
#define EN_APP_LINK_INPUTS_H

#include "app/app.h"

typedef struct en_link_inputs {
    en_arena *arena; /* owns all but the model's terms */
    en_link_model model;
    bool has_model;
    const char *model_file; /* where it is from; NULL: not from a file */
    en_link_nickname *nicknames;
    size_t n_nicknames;
    en_link_place *places;
    size_t n_places;
    char left_out[200]; /* columns that the model does not compare */
} en_link_inputs;

/* Model, nicknames and places. */
en_status en_link_inputs_open(const en_link_extras *extras, en_link_inputs *out, en_error *err);
/* A frozen model decides what is compared: fields that it has no comparison of are left out, and said by
 * en_link_inputs_note. EN_ERR_INPUT where none is left. */
en_status en_link_inputs_keep_fields(en_link_inputs *in, en_link_field *fields, size_t *n, en_error *err);
void en_link_inputs_note(const en_link_inputs *in, en_app_link_result *out);
/* Puts all of it, and what `extras` asks for, into the options of en_link. */
void en_link_inputs_apply(const en_link_inputs *in, const en_link_extras *extras, en_link_options *options);
/* Adds the model's file to an error of en_link that is about the model. Returns err's status. */
en_status en_link_inputs_blame(const en_link_inputs *in, en_status status, en_error *err);
void en_link_inputs_clear(en_link_inputs *in);

#endif
