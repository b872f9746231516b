/* everyname history: who did what to a row, a record or a person, and when. */
#include <stdio.h>

#include "app/history.h"
#include "cli/terminal.h"
#include "everyname/when.h"
#include "report/report.h"

static int run(const args *a) {
    en_error err;
    en_history h;
    if (en_app_history(a->operands[0], a->operands[1], &h, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json")) {
        status = print_json(a, en_json_history(&h));
    } else {
        printf("%s: %s\n\n", h.id, h.kind);
        for (int64_t i = 0; i < h.n; i++) {
            const en_event *e = &h.events[i];
            char when[32];
            en_time_print(e->when, when, sizeof when);
            printf("%s  %s  %s  %s\n    %s%s%s%s\n", when, e->entry, e->actor, e->command, e->what,
                   e->row[0] ? "  " : "", e->row, e->revoked ? "  (taken back later)" : "");
            if (e->body[0] && has_option(a, "values")) printf("    %s\n", e->body);
        }
    }
    en_history_clear(&h);
    return status;
}

static const option_spec options[] = {
    {"values", 0, OPTION_FLAG, NULL, "the members of each row too; they may name people", false}, {0}};

const cli_command cmd_history = {
    "history",
    "CASE ID",
    2,
    2,
    "show who did what to a row, record or person, and when",
    "Every entry of the ledger that says something of ID: when it came in and by whom, what refers to it, judgements, "
    "link "
    "runs that put it in another person, what was taken back and restored. ID is a row of any kind, a record (r:), a "
    "person (p:, with all its records) or a ledger entry (n:). With --json, or --values, it shows values and may name "
    "people.",
    "everyname history valley.everyname p:3f2a.17\neveryname history valley.everyname n:3f2a --json",
    COMMON_JSON,
    options,
    run};
