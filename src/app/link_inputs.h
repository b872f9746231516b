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
} en_link_inputs;

/* Model, nicknames and places. */
en_status en_link_inputs_open(const en_link_extras *extras, en_link_inputs *out, en_error *err);
/* Puts all of it, and what `extras` asks for, into the options of en_link. */
void en_link_inputs_apply(const en_link_inputs *in, const en_link_extras *extras, en_link_options *options);
/* Adds the model's file to an error of en_link that is about the model. Returns err's status. */
en_status en_link_inputs_blame(const en_link_inputs *in, en_status status, en_error *err);
void en_link_inputs_clear(en_link_inputs *in);

#endif
