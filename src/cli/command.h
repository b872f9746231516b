/* What a command is: one table of options, from which parsing, help, completion and reference are made, and a function.
 * src/cli is the only place that prints or exits.
 */
#ifndef EN_CLI_COMMAND_H
#define EN_CLI_COMMAND_H

#include "everyname/base.h"

enum { EN_EXIT_OK = 0, EN_EXIT_FAILED = 1, EN_EXIT_USAGE = 2, EN_EXIT_INTERRUPTED = 130 };

typedef enum {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_COUNT /* whole number ≥ 0 */,
    OPTION_SIZE /* bytes; K, M, G */,
    OPTION_REAL
} option_type;

typedef struct option_spec {
    const char *name; /* long, without dashes */
    char letter;      /* 0 none */
    option_type type;
    const char *value; /* its name in help; NULL for flags */
    const char *help;
    bool required;
} option_spec;

enum { OPTIONS_MAX = 48 };

typedef struct args args;
typedef int (*command_run)(const args *a);

/* Which common options a command takes. */
enum { COMMON_JSON = 1, COMMON_COMPUTE = 2 /* --threads --seed --memory --progress */, COMMON_WRITE = 4 /* --as */ };

typedef struct cli_command {
    const char *name;
    const char *operands;              /* "CASE FILE" */
    int least_operands, most_operands; /* most -1: any number */
    const char *summary;               /* one line, no full stop */
    const char *description;           /* paragraphs */
    const char *example;               /* lines of a shell */
    unsigned common;
    const option_spec *options; /* own ones; ended by a NULL name */
    command_run run;
} cli_command;

struct args {
    const cli_command *command;
    int n_options;
    option_spec options[OPTIONS_MAX]; /* own and common */
    const char *values[OPTIONS_MAX];  /* as given; NULL not given; "" for a flag that was */
    int n_operands;
    char **operands;
};

/* Every command, in the order of the help; ended by a NULL name. */
extern const cli_command *const commands[];
const cli_command *find_command(const char *name);

/* Parses argv[1..); prints what is wrong and returns EN_EXIT_USAGE, or EN_EXIT_OK. Exits nowhere. *help: --help was
 * asked for. */
int parse_args(const cli_command *command, int argc, char **argv, args *out, bool *help);
void print_command_help(const cli_command *command);
void print_overview(void);
void print_bash_completion(void);
void print_reference(void);                 /* Markdown of all commands */
void print_man(const cli_command *command); /* NULL: everyname(1) itself */

bool has_option(const args *a, const char *name);
const char *text_option(const args *a, const char *name); /* NULL where not given */
uint64_t count_option(const args *a, const char *name, uint64_t otherwise);
uint64_t size_option(const args *a, const char *name, uint64_t otherwise);
double real_option(const args *a, const char *name, double otherwise);

/* Who acts: --as, else EVERYNAME_ACTOR, else NULL after saying so. */
const char *actor_of(const args *a);

#endif
