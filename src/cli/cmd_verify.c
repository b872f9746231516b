/* everyname verify: is the file what was stored? */
#include <stdio.h>

#include "app/derived.h"
#include "app/keeping.h"
#include "cli/terminal.h"
#include "everyname/casefile.h"
#include "everyname/when.h"
#include "report/json_keeping.h"
#include "report/report.h"

static void print_absent(const en_verification *v) {
    char absent[32], reduced[32], when[32];
    for (int64_t i = 0; i < v->n_destroyed; i++) {
        const en_destroyed *d = &v->destroyed[i];
        en_time_print(d->at, when, sizeof when);
        printf("destroyed: %s, %s, by %s: %s\n", d->id, when, d->by, d->why);
    }
    if (v->redacted) printf("It is a redacted copy.\n");
    if (v->absent) printf("Of %s rows the commitment alone is left, and holds.\n", grouped(v->absent, absent));
    if (v->reduced)
        printf("Of %s rows a part is left; the commitment to the whole holds, and vouches for no part.\n",
               grouped(v->reduced, reduced));
}

static void print_verification(const en_verification *v, const char *path) {
    char pages[32], captures[32], entries[32], rows[32];
    printf("%s: checked %s pages, %s captures, %s ledger entries, %s rows.\n", path, grouped(v->pages, pages),
           grouped(v->captures, captures), grouped(v->entries, entries), grouped(v->rows, rows));
    if (v->stamps) printf("%s stamp%s of authorities.\n", grouped(v->stamps, pages), v->stamps == 1 ? "" : "s");
    print_absent(v);
    for (int64_t i = 0; i < v->n_kept; i++)
        printf("%s: %s: %s\n", v->problems[i].kind, v->problems[i].where, v->problems[i].what);
    if (v->n_problems > v->n_kept) printf("… and %lld more problems\n", (long long)(v->n_problems - v->n_kept));
    if (v->n_problems == 0)
        printf("It holds. Ledger head %s\n", v->head);
    else
        printf("It does not hold: %lld problem%s.\n", (long long)v->n_problems, v->n_problems == 1 ? "" : "s");
}

static bool holds(const en_checkpoint_check *check) { return check->signature_holds && check->extends; }

static void print_check(const char *path, const en_checkpoint_check *check) {
    char entries[32];
    if (!check->signature_holds)
        printf("checkpoint: %s: its signature does not hold: it was changed since it was signed\n", path);
    else if (!check->extends)
        printf("checkpoint: %s: the case does not extend it: the file was put back to an older copy, or its ledger was "
               "rewritten, or it is of another case\n",
               path);
    else
        printf("It extends the %s entries of %s, signed by %s.\n", grouped(check->checkpoint.moment.entries, entries),
               path, check->own_key ? "your key" : "a key that is not yours");
}

/* Each checkpoint named on the command line; counts those that the case does not extend. */
static en_status check_checkpoints(const args *a, json_t *list, int *failed, en_error *err) {
    for (int i = 1; i < a->n_operands; i++) {
        en_checkpoint_check check;
        EN_TRY(en_app_check_checkpoint(a->operands[0], a->operands[i], &check, err));
        *failed += !holds(&check);
        if (list)
            json_array_append_new(list, en_json_checkpoint_check(&check));
        else
            print_check(a->operands[i], &check);
    }
    return EN_OK;
}

/* What is kept for speed is made anew and compared; counts what differs. */
static en_status check_derived(const args *a, json_t *problems, int *failed, en_error *err) {
    static const char what[] = "what is kept is not what the sources and decisions give";
    char differ[64];
    en_status status =
        en_app_check_derived(a->operands[0], (int)count_option(a, "threads", 0), terminal_progress(a), differ, err);
    clear_progress();
    if (status != EN_OK || !differ[0]) return status;
    ++*failed;
    if (problems)
        json_array_append_new(problems, json_pack("{s:s,s:s,s:s}", "kind", "derived", "where", differ, "what", what));
    else
        printf("derived: %s: %s\n", differ, what);
    return EN_OK;
}

static int report(const args *a, const en_verification *v) {
    en_error err;
    int failed = 0;
    bool json = has_option(a, "json");
    json_t *out = json ? en_json_verification(v) : NULL, *list = json && a->n_operands > 1 ? json_array() : NULL;
    if (!json) print_verification(v, a->operands[0]);
    /* A file that does not hold tells nothing by its ledger. */
    en_status status = v->n_problems ? EN_OK : check_checkpoints(a, list, &failed, &err);
    if (status == EN_OK && !v->n_problems) status = check_derived(a, json_object_get(out, "problems"), &failed, &err);
    if (list) json_object_set_new(out, "checkpoints", list);
    if (status == EN_OK && failed && out) json_object_set_new(out, "ok", json_false());
    if (status != EN_OK) return json_decref(out), fail_with(a, &err);
    int exit_status = out ? print_json(a, out) : EN_EXIT_OK;
    return exit_status == EN_EXIT_OK && (v->n_problems || failed) ? EN_EXIT_FAILED : exit_status;
}

static int run(const args *a) {
    en_error err;
    en_verification v;
    if (en_case_verify(a->operands[0], (int)count_option(a, "threads", 0), terminal_progress(a), &v, &err) != EN_OK)
        return fail_with(a, &err);
    clear_progress();
    int status = report(a, &v);
    en_verification_clear(&v);
    return status;
}

static const option_spec options[] = {{0}};

const cli_command cmd_verify = {
    "verify",
    "CASE [CHECKPOINT …]",
    1,
    -1,
    "check that nothing stored was altered",
    "Reads every page of the file against its checksum, every captured file against its hash, every row against its "
    "leaf and commitment, and every ledger entry against its root; makes anew and compares what count and search keep. "
    "Exit status 1 where anything differs. That the whole file was put back to an older copy, or its last entries "
    "rewritten, shows only against a CHECKPOINT that was kept elsewhere.",
    "everyname verify valley.everyname\neveryname verify valley.everyname valley-2026-03.checkpoint",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
