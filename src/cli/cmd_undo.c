/* everyname undo: takes decisions back. */
#include <stdio.h>

#include "app/history.h"
#include "cli/terminal.h"

static int run(const args *a) {
    en_error err;
    en_undo_result r;
    const char *actor = actor_of(a);
    if (!actor) return EN_EXIT_USAGE;
    if (en_app_undo(a->operands[0], actor, a->operands[1], text_option(a, "why"), &r, &err) != EN_OK)
        return fail_with(a, &err);
    if (has_option(a, "json"))
        return print_json(a, json_pack("{s:s,s:s,s:I,s:I}", "undone", a->operands[1], "entry", r.entry, "rows",
                                       (json_int_t)r.rows, "already", (json_int_t)r.already));
    printf("Took back %lld row%s of %s; `everyname undo CASE %s` restores %s.\n", (long long)r.rows,
           r.rows == 1 ? "" : "s", a->operands[1], r.entry, r.rows == 1 ? "it" : "them");
    return EN_EXIT_OK;
}

static const option_spec options[] = {{"why", 0, OPTION_TEXT, "TEXT", "why, kept with it", false}, {0}};

const cli_command cmd_undo = {"undo",
                              "CASE ENTRY",
                              2,
                              2,
                              "take back what one ledger entry decided",
                              "Takes back the judgements, link run, reviews or added rows of one ledger entry (n:). "
                              "Nothing is deleted: who took it "
                              "back, when and why is an entry of its own, and undoing that one restores the first. "
                              "What an import brought in is not "
                              "undone: a newer release supersedes it, and `destroy` is a custodian's act.",
                              "everyname undo valley.everyname n:3f2a --why 'wrong record' --as 'R. Archivist'",
                              COMMON_JSON | COMMON_WRITE,
                              options,
                              run};
