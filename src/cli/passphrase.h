/* Passphrases of encrypted cases: asked for at the terminal without echo, or read from a file descriptor. */
#ifndef EN_CLI_PASSPHRASE_H
#define EN_CLI_PASSPHRASE_H

#include "base/buf.h"
#include "cli/command.h"

/* Unlocks each operand that is an encrypted case; an exit status. */
int unlock_operands(const args *a);
/* A new passphrase: the first line of the descriptor that `option` names, else asked for twice. Wipe it with
 * passphrase_clear. EN_EXIT_USAGE after saying what is missing. */
int new_passphrase(const args *a, const char *option, const char *prompt, en_buf *out);
void passphrase_clear(en_buf *passphrase);

#endif
