/* everyname checkpoint: the state of a case, signed. */
#include <stdio.h>

#include "app/keeping.h"
#include "base/os.h"
#include "cli/terminal.h"

static en_status make(const args *a, en_checkpoint *checkpoint, en_error *err) {
    const char *path = text_option(a, "output");
    en_buf text = {0};
    if (path && en_os_exists(path)) {
        en_fail(err, EN_ERR_USAGE, "%s is there already, and an older checkpoint is evidence: it is not overwritten",
                path);
        return en_error_mend(err, "give another name with -o"), EN_ERR_USAGE;
    }
    en_status status = en_app_checkpoint(a->operands[0], checkpoint, err);
    if (status == EN_OK) status = en_checkpoint_print(checkpoint, &text, err);
    if (status == EN_OK && path)
        status = en_os_write_file(path, en_buf_str(&text), err);
    else if (status == EN_OK)
        fwrite(text.ptr, 1, text.len, stdout);
    en_buf_clear(&text);
    return status;
}

static int run(const args *a) {
    en_error err;
    en_checkpoint checkpoint;
    if (make(a, &checkpoint, &err) != EN_OK) return fail_with(a, &err);
    if (text_option(a, "output"))
        printf("Signed %lld ledger entries in %s. Keep it, or publish it, where who can change the case cannot change "
               "it too.\n",
               (long long)checkpoint.moment.entries, text_option(a, "output"));
    return EN_EXIT_OK;
}

static const option_spec options[] = {{"output", 'o', OPTION_TEXT, "FILE", "where it goes (default: printed)", false},
                                      {0}};

const cli_command cmd_checkpoint = {
    "checkpoint",
    "CASE",
    1,
    1,
    "sign the state of a case, to keep elsewhere",
    "Writes how many entries the ledger has and the root of their tree, with a signature (Ed25519), as JSON. "
    "`everyname verify CASE FILE` shows later that the case still extends that state: that nothing up to there was "
    "rewritten, and that the file was not put back to an older copy. The signing key is made at first use and lies in "
    "the user's configuration folder, never in the case.",
    "everyname checkpoint valley.everyname -o valley-2026-03.checkpoint\n"
    "everyname verify valley.everyname valley-2026-03.checkpoint",
    0,
    options,
    run};
