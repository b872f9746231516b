/* Adding rows of the model: shared by `add` and `import --kind`. */
#ifndef EN_CLI_ADD_ROWS_H
#define EN_CLI_ADD_ROWS_H

#include "app/app.h"
#include "cli/command.h"

/* Fills in the options that both commands have, adds, prints. Returns the exit status. */
int run_add(const args *a, en_add_options *options);

#endif
