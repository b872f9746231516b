/* everyname prove: that a row is in the ledger, to someone who has a checkpoint and not the case. */
#include <stdio.h>

#include "app/keeping.h"
#include "cli/terminal.h"
#include "report/json_keeping.h"

static int run(const args *a) {
    en_error err;
    en_inclusion inclusion;
    if (en_app_inclusion(a->operands[0], a->operands[1], &inclusion, &err) != EN_OK) return fail_with(a, &err);
    return print_json(a, en_json_inclusion(&inclusion));
}

const cli_command cmd_prove = {"prove",
                               "CASE ID",
                               2,
                               2,
                               "prove that a row or record is in the ledger",
                               "Prints, as JSON, the salt that opens the row's commitment, and two paths (RFC 6962): "
                               "from the row to the root of its "
                               "ledger entry, and from the entry to the head of the ledger, which a checkpoint signs. "
                               "docs/file-format.md says how to "
                               "check it. Handing it on discloses the salt of this row, so that who has it can check "
                               "what the row says; it discloses "
                               "nothing of any other row.",
                               "everyname prove valley.everyname r:3f2a.17",
                               0,
                               NULL,
                               run};
