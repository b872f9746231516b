/* everyname redact: a copy for sharing. */
#include <stdio.h>

#include "app/keeping.h"
#include "cli/passphrase.h"
#include "cli/terminal.h"

static int print_done(const args *a, const char *copy, const en_stripped *out) {
    char rows[32], records[32], reduced[32];
    if (has_option(a, "json"))
        return print_json(a, json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "copy", copy, "rows_withheld",
                                       (json_int_t)out->rows, "records_withheld", (json_int_t)out->records,
                                       "records_reduced", (json_int_t)out->reduced, "consent_withdrawn",
                                       (json_int_t)out->consents, "captures_changed", (json_int_t)out->captures));
    printf("Wrote %s without %s rows, %s of them records. ", copy, grouped(out->rows, rows),
           grouped(out->records, records));
    if (out->consents) printf("It leaves out %lld who took back consent to share. ", (long long)out->consents);
    if (out->reduced)
        printf("%s more records are there without what is marked of them. ", grouped(out->reduced, reduced));
    printf(
        "It verifies, to the same ledger head. What is not marked is in it: look through it before you hand it on.\n");
    return EN_EXIT_OK;
}

static int run(const args *a) {
    en_error err;
    en_stripped out;
    en_buf passphrase = {0};
    const char *copy = text_option(a, "output"), *name = text_option(a, "encrypt-for");
    int exit_status = EN_EXIT_OK;
    if (name) exit_status = new_passphrase(a, "new-passphrase-fd", "Passphrase of the copy: ", &passphrase);
    en_status status = EN_OK;
    if (exit_status == EN_EXIT_OK)
        status = en_app_redact(a->operands[0], copy, name, en_buf_str(&passphrase), &out, &err);
    passphrase_clear(&passphrase);
    if (status != EN_OK) return fail_with(a, &err);
    return exit_status == EN_EXIT_OK ? print_done(a, copy, &out) : exit_status;
}

static const option_spec options[] = {
    {"output", 'o', OPTION_TEXT, "FILE", "the copy", true},
    {"encrypt-for", 0, OPTION_TEXT, "NAME", "encrypt the copy, with a key for NAME", false},
    {"new-passphrase-fd", 0, OPTION_COUNT, "N", "read that key's passphrase from file descriptor N", false},
    {0}};

const cli_command cmd_redact = {
    "redact",
    "CASE",
    1,
    1,
    "make a copy for sharing, without what is marked confidential",
    "Leaves out sources whose mark is other than \"public\", and what rows of kind confidentiality mark (`everyname "
    "add CASE "
    "confidentiality of=ID level=restricted`): sources, captures, records, other rows, or, with member=…, one member "
    "of a row, one cell of a record or a person's records, one column "
    "of a source's lists. What refers to what goes, goes too, and a person's other records with the one that is "
    "marked. Who wrote appears as coder 1, coder 2, "
    "…. Every commitment stays, so the copy verifies, to the same head as the "
    "case, and a checkpoint of the case holds for it; nothing in it lets who has it check a guess of what was left "
    "out. It "
    "can be read, not added to.",
    "everyname redact valley.everyname -o shared.everyname\neveryname verify shared.everyname",
    COMMON_JSON,
    options,
    run};
