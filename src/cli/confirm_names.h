/* Asking before people are named who are protected by default. */
#ifndef EN_CLI_CONFIRM_NAMES_H
#define EN_CLI_CONFIRM_NAMES_H

#include "app/app.h"
#include "cli/command.h"

/* With --names says whom it will show and asks, unless --yes; where nobody is there to ask and --yes is missing it
 * refuses. True without --names. */
bool names_confirmed(const args *a, const en_account *account);

#endif
