/* A record entered by hand: one more row of a list that is kept in the case. */
#ifndef EN_APP_ADD_RECORD_H
#define EN_APP_ADD_RECORD_H

#include "app/app.h"

/* options->fields are "COLUMN=VALUE", of which source=TITLE names the list; id is numbered where it is not given. The
 * list's next release has all its rows and this one. Fills out->shown, entry and root. */
en_status en_add_record(const char *case_path, const en_add_options *options, en_add_result *out, en_error *err);

#endif
