/* everyname verify: is the file what was stored? */
#include <stdio.h>

#include "cli/terminal.h"
#include "everyname/casefile.h"
#include "report/report.h"

static void print_verification(const en_verification *v, const char *path) {
    char pages[32], captures[32], entries[32], rows[32];
    printf("%s: checked %s pages, %s captures, %s ledger entries, %s rows.\n", path, grouped(v->pages, pages),
           grouped(v->captures, captures), grouped(v->entries, entries), grouped(v->rows, rows));
    for (int64_t i = 0; i < v->n_kept; i++)
        printf("%s: %s: %s\n", v->problems[i].kind, v->problems[i].where, v->problems[i].what);
    if (v->n_problems > v->n_kept) printf("… and %lld more problems\n", (long long)(v->n_problems - v->n_kept));
    if (v->n_problems == 0)
        printf("It holds. Ledger head %s\n", v->head);
    else
        printf("It does not hold: %lld problem%s.\n", (long long)v->n_problems, v->n_problems == 1 ? "" : "s");
}

static int run(const args *a) {
    en_error err;
    en_verification v;
    if (en_case_verify(a->operands[0], (int)count_option(a, "threads", 0), terminal_progress(a), &v, &err) != EN_OK)
        return fail_with(a, &err);
    clear_progress();
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_verification(&v));
    else
        print_verification(&v, a->operands[0]);
    if (v.n_problems) status = EN_EXIT_FAILED;
    en_verification_clear(&v);
    return status;
}

static const option_spec options[] = {{0}};

const cli_command cmd_verify = {
    "verify",
    "CASE",
    1,
    1,
    "check that nothing stored was altered",
    "Reads every page of the file against its checksum, every captured file against its hash, every row against its "
    "leaf and commitment, and every ledger entry against its root. "
    "Exit status 1 where anything differs. That the whole file was rolled back to an older copy shows only against a "
    "ledger head that was kept elsewhere.",
    "everyname verify valley.everyname",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
