/* everyname destroy: what a court orders, or consent withdrawn takes back. */
#include <stdio.h>

#include "app/keeping.h"
#include "cli/terminal.h"

static int run(const args *a) {
    en_error err;
    en_stripped out;
    char rows[32], records[32], bytes[32];
    const char *id = a->operands[1], *why = text_option(a, "why"), *actor = actor_of(a);
    bool dry_run = has_option(a, "dry-run");
    if (!actor) return EN_EXIT_USAGE;
    if (en_app_destroy(a->operands[0], actor, id, why, dry_run, &out, &err) != EN_OK) return fail_with(a, &err);
    if (has_option(a, "json"))
        return print_json(a, json_pack("{s:s, s:b, s:I, s:I, s:I, s:I}", "id", id, "destroyed", !dry_run, "rows",
                                       (json_int_t)out.rows, "records", (json_int_t)out.records, "captures",
                                       (json_int_t)out.captures, "bytes", (json_int_t)out.bytes));
    printf("%s %s: %s rows, %s of them records, and %s bytes of %lld capture%s.\n",
           dry_run ? "Would destroy" : "Destroyed", id, grouped(out.rows, rows), grouped(out.records, records),
           grouped(out.bytes, bytes), (long long)out.captures, out.captures == 1 ? "" : "s");
    if (!dry_run)
        printf("Their commitments stay, with the reason, so that the case still verifies. Copies, backups and reports "
               "made "
               "before have to be destroyed too.\n");
    return EN_EXIT_OK;
}

static const option_spec options[] = {
    {"why", 0, OPTION_TEXT, "TEXT", "the order or the consent withdrawn; it stays in the case", true},
    {"dry-run", 0, OPTION_FLAG, NULL, "say what would go, and destroy nothing", false},
    {0}};

const cli_command cmd_destroy = {
    "destroy",
    "CASE ID",
    2,
    2,
    "destroy what a court orders or consent withdrawn takes back",
    "Overwrites what ID says, and what was computed from it, and keeps its commitment, the date, the reason and who. "
    "ID is a "
    "source (s:) with all its captures, a capture (k:) with what it was made from and into and its records, a record "
    "(r:), "
    "or any other row. Rows that refer to what goes, go too: statements, judgements, figures, stamps. Where a list "
    "loses one "
    "record and was imported from another form, as a sheet of a workbook, the file as it arrived goes wholly. "
    "`everyname "
    "verify` then reports it as destroyed, not as broken. A person's other records have ids of their own.",
    "everyname destroy valley.everyname r:3f2a.17 --why 'consent withdrawn on 2026-03-01' --dry-run",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
