/* Which command runs. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "cli/passphrase.h"
#include "report/report.h"

/* One a line, in the order of the help. */
/* clang-format off */
extern const cli_command
    cmd_new,
    cmd_import,
    cmd_add,
    cmd_link,
    cmd_explain,
    cmd_extract,
    cmd_count,
    cmd_compare,
    cmd_statement,
    cmd_estimate,
    cmd_compare,
    cmd_positions,
    cmd_judge,
    cmd_undo,
    cmd_review,
    cmd_search,
    cmd_trace,
    cmd_history,
    cmd_custody,
    cmd_report,
    cmd_export,
    cmd_verify,
    cmd_checkpoint,
    cmd_stamp,
    cmd_redact,
    cmd_destroy,
    cmd_prove,
    cmd_keys,
    cmd_synth,
    cmd_key,
    cmd_withdraw;
const cli_command *const commands[] = {
    &cmd_new,
    &cmd_import,
    &cmd_add,
    &cmd_link,
    &cmd_explain,
    &cmd_extract,
    &cmd_count,
    &cmd_statement,
    &cmd_estimate,
    &cmd_compare,
    &cmd_positions,
    &cmd_judge,
    &cmd_undo,
    &cmd_review,
    &cmd_search,
    &cmd_trace,
    &cmd_history,
    &cmd_custody,
    &cmd_report,
    &cmd_export,
    &cmd_verify,
    &cmd_checkpoint,
    &cmd_stamp,
    &cmd_redact,
    &cmd_withdraw,
    &cmd_destroy,
    &cmd_prove,
    &cmd_keys,
    &cmd_synth,
    &cmd_key,
    NULL};
/* clang-format on */

const cli_command *find_command(const char *name) {
    for (int i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
    return NULL;
}

static int unknown_command(const char *name) {
    fprintf(stderr, "everyname: \"%.60s\" is no command; see everyname --help\n", name);
    return EN_EXIT_USAGE;
}

static int print_data_model(void) {
    en_error err;
    en_buf text = {0};
    en_status status = en_report_data_model(&text, &err);
    if (status == EN_OK)
        fwrite(text.ptr, 1, text.len, stdout);
    else
        fprintf(stderr, "everyname reference: %s\n", err.message);
    en_buf_clear(&text);
    return status == EN_OK ? EN_EXIT_OK : EN_EXIT_FAILED;
}

/* `everyname man [COMMAND]`, `completion`, `reference` (`--model`: the data model): made from tables. */
static int print_documents(int argc, char **argv) {
    if (strcmp(argv[1], "completion") == 0)
        print_bash_completion();
    else if (strcmp(argv[1], "reference") == 0 && argc > 2 && strcmp(argv[2], "--model") == 0)
        return print_data_model();
    else if (strcmp(argv[1], "reference") == 0)
        print_reference();
    else if (argc > 2 && !find_command(argv[2]))
        return unknown_command(argv[2]);
    else
        print_man(argc > 2 ? find_command(argv[2]) : NULL);
    return EN_EXIT_OK;
}

static int run_command(const cli_command *command, int argc, char **argv) {
    args a;
    bool help;
    int status = parse_args(command, argc, argv, &a, &help);
    if (status != EN_EXIT_OK) return status;
    if (help) {
        print_command_help(command);
        return EN_EXIT_OK;
    }
    en_os_catch_interrupt();
    status = unlock_operands(&a);
    return status == EN_EXIT_OK ? command->run(&a) : status;
}

int main(int argc, char **argv) {
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        fprintf(stderr, "everyname: which command? See everyname --help\n");
        return EN_EXIT_USAGE;
    }
    const char *first = argv[1];
    int status = EN_EXIT_OK;
    if (!strcmp(first, "--help") || !strcmp(first, "-h") || !strcmp(first, "help")) {
        const cli_command *command = argc > 2 ? find_command(argv[2]) : NULL;
        if (argc > 2 && !command) return unknown_command(argv[2]);
        if (command)
            print_command_help(command);
        else
            print_overview();
    } else if (!strcmp(first, "--version")) {
        puts("everyname " EN_VERSION);
    } else if (!strcmp(first, "man") || !strcmp(first, "completion") || !strcmp(first, "reference")) {
        status = print_documents(argc, argv);
    } else {
        const cli_command *command = find_command(first);
        status = command ? run_command(command, argc - 1, argv + 1) : unknown_command(first);
    }
    /* A full disk or a closed pipe shows only when the last bytes are written out. */
    if (fflush(stdout) != 0 && status == EN_EXIT_OK) {
        fprintf(stderr, "everyname: cannot write standard output\n");
        status = EN_EXIT_FAILED;
    }
    return status;
}
