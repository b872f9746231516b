/* everyname trace: from a number to the bytes behind it. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "cli/terminal.h"
#include "report/report.h"

enum { SHOWN = 20 };

static void print_trace(const en_trace *t, int64_t most) {
    printf("%s: %s %s\n%s\n\n", t->id, t->kind, t->value, t->how);
    for (int64_t i = 0; i < t->n_because && i < most; i++) {
        const en_trace_record *r = &t->because[i];
        if (r->person[0] && (i == 0 || strcmp(r->person, t->because[i - 1].person) != 0)) printf("%s\n", r->person);
        printf("  %s  %s  %s bytes %lld+%lld\n      %s\n", r->record, r->source, r->capture, (long long)r->offset,
               (long long)r->length, r->quote);
    }
    if (t->n_because > most) printf("… and %lld more records; --all shows them\n", (long long)(t->n_because - most));
}

static int run(const args *a) {
    en_error err;
    en_trace trace;
    if (en_app_trace(a->operands[0], a->operands[1], &trace, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_trace(&trace));
    else
        print_trace(&trace, has_option(a, "all") ? INT64_MAX : SHOWN);
    en_trace_clear(&trace);
    return status;
}

static const option_spec options[] = {{"all", 0, OPTION_FLAG, NULL, "show every record, not the first 20", false}, {0}};

const cli_command cmd_trace = {"trace",
                               "CASE ID",
                               2,
                               2,
                               "follow a number, person or record to the bytes behind it",
                               "Follows ID to the records behind it, with source, captured file, byte offset, length "
                               "and the exact bytes. ID is a count (c:), an estimate (e:), a person (p:) or a "
                               "record (r:), as other commands and the report print them. What it prints names people.",
                               "everyname trace valley.everyname p:3f2a.17\neveryname trace valley.everyname "
                               "'c:recorded;sex=female@3f2a9c1b77aa' --json",
                               COMMON_JSON,
                               options,
                               run};
