/* everyname new: an empty case file. */
#include <stdio.h>

#include "cli/terminal.h"
#include "everyname/casefile.h"

static int run(const args *a) {
    en_error err;
    const char *actor = actor_of(a);
    if (!actor) return EN_EXIT_USAGE;
    if (en_case_create(a->operands[0], actor, &err) != EN_OK) return fail_with(a, &err);
    if (has_option(a, "json")) return print_json(a, json_pack("{s:s, s:b}", "case", a->operands[0], "created", 1));
    printf("Made %s. It is not encrypted: keep no data about living people in it.\n", a->operands[0]);
    return EN_EXIT_OK;
}

const cli_command cmd_new = {"new",
                             "CASE",
                             1,
                             1,
                             "make an empty case file",
                             "Makes CASE, an empty case file, with the first entry of its ledger. An existing file is "
                             "never overwritten. This version does not encrypt; "
                             "until it does, put no data about living people into a case.",
                             "everyname new valley.everyname --as 'R. Archivist'",
                             COMMON_JSON | COMMON_WRITE,
                             NULL,
                             run};
