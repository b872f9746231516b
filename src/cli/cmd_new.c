/* everyname new: an empty case file. */
#include <stdio.h>

#include "cli/passphrase.h"
#include "cli/terminal.h"
#include "everyname/casefile.h"

static int make_encrypted(const args *a, const char *actor) {
    en_error err;
    en_buf passphrase = {0};
    int exit_status = new_passphrase(a, "passphrase-fd", "New passphrase: ", &passphrase);
    en_status status = EN_OK;
    if (exit_status == EN_EXIT_OK)
        status = en_case_create_encrypted(a->operands[0], actor, actor, en_buf_str(&passphrase), &err);
    passphrase_clear(&passphrase);
    return status == EN_OK ? exit_status : fail_with(a, &err);
}

static int make_plain(const args *a, const char *actor) {
    en_error err;
    return en_case_create(a->operands[0], actor, &err) == EN_OK ? EN_EXIT_OK : fail_with(a, &err);
}

static int run(const args *a) {
    const char *actor = actor_of(a), *path = a->operands[0];
    if (!actor) return EN_EXIT_USAGE;
    bool encrypted = has_option(a, "encrypt");
    int status = encrypted ? make_encrypted(a, actor) : make_plain(a, actor);
    if (status != EN_EXIT_OK) return status;
    if (has_option(a, "json"))
        return print_json(a, json_pack("{s:s, s:b, s:b}", "case", path, "created", 1, "encrypted", encrypted));
    if (encrypted)
        printf("Made %s, encrypted, and its keys, %s.keys. Keep a copy of both: without the keys, or without a "
               "passphrase, nobody can open it.\n",
               path, path);
    else
        printf("Made %s. It is not encrypted: keep no data about living people in it, or make it with --encrypt.\n",
               path);
    return EN_EXIT_OK;
}

static const option_spec options[] = {
    {"encrypt", 0, OPTION_FLAG, NULL, "encrypt the case; a passphrase opens it", false}, {0}};

const cli_command cmd_new = {
    "new",
    "CASE",
    1,
    1,
    "make an empty case file",
    "Makes CASE, an empty case file, with the first entry of its ledger. An existing file is never overwritten. With "
    "--encrypt every byte of it is encrypted, its journals too, under a key of its own that CASE.keys keeps, wrapped "
    "by "
    "the passphrase; `everyname keys` lets more people in.",
    "everyname new valley.everyname --encrypt --as 'R. Archivist'\neveryname new public.everyname --as 'R. Archivist'",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
