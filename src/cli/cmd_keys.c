/* everyname keys: who can open an encrypted case. */
#include <stdio.h>
#include <string.h>

#include "cli/passphrase.h"
#include "cli/terminal.h"
#include "everyname/casefile.h"

static json_t *keys_json(const en_key_slot *keys, int64_t n) {
    json_t *list = json_array();
    for (int64_t i = 0; i < n; i++)
        json_array_append_new(list, json_pack("{s:s, s:I}", "name", keys[i].name, "added", (json_int_t)keys[i].added));
    return json_pack("{s:o}", "keys", list);
}

static int list_keys(const args *a) {
    en_error err;
    en_key_slot *keys;
    int64_t n;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_keys(a->operands[0], arena, &keys, &n, &err) : en_no_memory(&err);
    int exit_status = status == EN_OK ? EN_EXIT_OK : fail_with(a, &err);
    if (status == EN_OK && has_option(a, "json"))
        exit_status = print_json(a, keys_json(keys, n));
    else if (status == EN_OK)
        for (int64_t i = 0; i < n; i++) printf("%s\n", keys[i].name);
    en_arena_free(arena);
    return exit_status;
}

/* The ledger too keeps who let whom in. */
static en_status note(const args *a, const char *actor, const char *what, const char *name, en_error *err) {
    en_case *c;
    char command[256];
    snprintf(command, sizeof command, "keys %s %s", what, name);
    EN_TRY(en_case_open(a->operands[0], true, &c, err));
    en_status status = en_case_begin(c, actor, command, err);
    if (status == EN_OK) status = en_case_commit(c, NULL, err);
    en_case_close(c);
    return status;
}

static int add_key(const args *a, const char *actor, const char *name) {
    en_error err;
    en_buf passphrase = {0};
    int exit_status = new_passphrase(a, "new-passphrase-fd", "Passphrase of the new key: ", &passphrase);
    en_status status = EN_OK;
    if (exit_status == EN_EXIT_OK) status = en_case_add_key(a->operands[0], name, en_buf_str(&passphrase), &err);
    passphrase_clear(&passphrase);
    if (exit_status == EN_EXIT_OK && status == EN_OK) status = note(a, actor, "add", name, &err);
    return status == EN_OK ? exit_status : fail_with(a, &err);
}

static int remove_key(const args *a, const char *actor, const char *name) {
    en_error err;
    en_status status = en_case_remove_key(a->operands[0], name, &err);
    if (status == EN_OK) status = note(a, actor, "remove", name, &err);
    return status == EN_OK ? EN_EXIT_OK : fail_with(a, &err);
}

static int print_done(const args *a, bool added, const char *name) {
    if (has_option(a, "json")) return print_json(a, json_pack("{s:s, s:b}", "name", name, "can_open", added));
    if (added)
        printf("%s can open the case now.\n", name);
    else
        printf("%s has no key of this case any more. Who kept a copy of the case and its keys can still open that "
               "copy.\n",
               name);
    return EN_EXIT_OK;
}

static int run(const args *a) {
    const char *what = a->n_operands > 1 ? a->operands[1] : "list", *name = a->n_operands > 2 ? a->operands[2] : NULL;
    bool adds = strcmp(what, "add") == 0, removes = strcmp(what, "remove") == 0;
    if (!adds && !removes && (strcmp(what, "list") != 0 || name)) {
        fprintf(stderr, "everyname keys: say list, add NAME or remove NAME\n");
        return EN_EXIT_USAGE;
    }
    if (!adds && !removes) return list_keys(a);
    if (!name) {
        fprintf(stderr, "everyname keys: whose key? Say %s NAME\n", what);
        return EN_EXIT_USAGE;
    }
    const char *actor = actor_of(a);
    if (!actor) return EN_EXIT_USAGE;
    int status = adds ? add_key(a, actor, name) : remove_key(a, actor, name);
    return status == EN_EXIT_OK ? print_done(a, adds, name) : status;
}

static const option_spec options[] = {
    {"new-passphrase-fd", 0, OPTION_COUNT, "N", "read the new key's passphrase from file descriptor N", false}, {0}};

const cli_command cmd_keys = {
    "keys",
    "CASE [list | add NAME | remove NAME]",
    1,
    3,
    "who can open an encrypted case",
    "Lists who can open CASE, gives one more person a key with a passphrase of their own, or takes a key away. Each "
    "key "
    "wraps the same data key, so taking one away does not shut out who kept a copy of the case with its file of keys. "
    "The last key cannot be taken away. The ledger keeps who added and removed what.",
    "everyname keys valley.everyname add 'S. Reviewer' --as 'R. Archivist'\neveryname keys valley.everyname list",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
