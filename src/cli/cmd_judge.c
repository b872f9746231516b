/* everyname judge: what a person decides about two records. */
#include <stdio.h>

#include "app/history.h"
#include "cli/terminal.h"

static int run(const args *a) {
    en_error err;
    en_judge_result r;
    const char *actor = actor_of(a), *judged = a->operands[3];
    if (!actor) return EN_EXIT_USAGE;
    if (en_app_judge(a->operands[0], actor, a->operands[1], a->operands[2], judged, text_option(a, "why"), &r, &err) !=
        EN_OK)
        return fail_with(a, &err);
    if (has_option(a, "json"))
        return print_json(a, json_pack("{s:s,s:s,s:s,s:s,s:s,s:b}", "judgement", r.judgement, "record_a", r.record_a,
                                       "record_b", r.record_b, "judged", judged, "entry", r.entry, "replaces_former",
                                       (int)r.revokes));
    printf("%s: %s and %s judged %s%s.\nLedger entry %s. The next `everyname link` obeys it.\n", r.judgement,
           r.record_a, r.record_b, judged, r.revokes ? ", in place of what was judged before" : "", r.entry);
    return EN_EXIT_OK;
}

static const option_spec options[] = {{"why", 0, OPTION_TEXT, "TEXT", "why, kept with the decision", false}, {0}};

const cli_command cmd_judge = {
    "judge",
    "CASE RECORD RECORD same|different|unsure",
    4,
    4,
    "decide whether two records are one person",
    "Keeps the decision under the name of who made it; every later link run obeys it. A record is its id (r:) or the "
    "id "
    "that its list gives it (ID, or ID@TITLE where several lists have it). Judging the same two records again replaces "
    "what was judged before; `undo` takes it back. Nothing is deleted.",
    "everyname judge valley.everyname r:3f2a.17 r:70bc.4 same --why 'same father, same street' --as 'R. Archivist'",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
