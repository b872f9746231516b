/* Options of a command: getopt_long over one table, and everything that is made from that table. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/print.h"
#include "cli/command.h"

static const option_spec json_option = {"json", 0, OPTION_FLAG, NULL, "print JSON on standard output", false};
static const option_spec help_option = {"help", 'h', OPTION_FLAG, NULL, "print this help", false};
static const option_spec as_option = {"as", 0, OPTION_TEXT, "NAME", "who acts, for the ledger (else EVERYNAME_ACTOR)",
                                      false};
static const option_spec passphrase_option = {
    "passphrase-fd", 0, OPTION_COUNT, "N", "read the passphrase of an encrypted case from file descriptor N", false};
static const option_spec compute_options[] = {
    {"threads", 0, OPTION_COUNT, "N", "threads to use (default: one a core); results do not depend on it", false},
    {"seed", 0, OPTION_COUNT, "S", "seed of the random streams, where any are drawn (default: 1)", false},
    {"memory", 0, OPTION_SIZE, "SIZE",
     "memory that linkage stays within, as 800M or 4G (default: half of what is free)", false},
    {"progress", 0, OPTION_TEXT, "HOW", "json: progress as JSON lines on standard error; none: no bar", false},
};

static void add_option(args *a, const option_spec *spec) {
    if (a->n_options < OPTIONS_MAX) a->options[a->n_options++] = *spec;
}

static void collect_options(const cli_command *command, args *out) {
    *out = (args){.command = command};
    for (const option_spec *o = command->options; o && o->name; o++) add_option(out, o);
    if (command->common & COMMON_WRITE) add_option(out, &as_option);
    if (command->common & COMMON_COMPUTE)
        for (size_t i = 0; i < sizeof compute_options / sizeof *compute_options; i++)
            add_option(out, &compute_options[i]);
    if (strstr(command->operands, "CASE")) add_option(out, &passphrase_option);
    if (command->common & COMMON_JSON) add_option(out, &json_option);
    add_option(out, &help_option);
}

static int find_option(const args *a, const char *name) {
    for (int i = 0; i < a->n_options; i++)
        if (strcmp(a->options[i].name, name) == 0) return i;
    return -1;
}

/* ---- values ---- */

static bool read_count(const char *text, uint64_t *out) {
    char *end;
    if (text[0] < '0' || text[0] > '9') return false;
    *out = strtoull(text, &end, 10);
    return *end == 0 && strlen(text) < 20;
}

static bool read_size(const char *text, uint64_t *out) {
    char *end;
    if (text[0] < '0' || text[0] > '9') return false;
    uint64_t n = strtoull(text, &end, 10);
    const char *units = "KMGT", *unit = *end ? strchr(units, *end >= 'a' ? *end - 'a' + 'A' : *end) : NULL;
    if (!*end)
        *out = n;
    else if (unit && (!end[1] || !strcmp(end + 1, "B") || !strcmp(end + 1, "iB")))
        *out = n << (10 * (unit - units + 1));
    else
        return false;
    return n < (uint64_t)1 << 40;
}

static bool read_real(const char *text, double *out) {
    char *end;
    *out = strtod(text, &end);
    return end != text && *end == 0;
}

static bool value_fits(const option_spec *spec, const char *value) {
    uint64_t n;
    double x;
    switch (spec->type) {
    case OPTION_FLAG:
    case OPTION_TEXT: return true;
    case OPTION_COUNT: return read_count(value, &n);
    case OPTION_SIZE: return read_size(value, &n);
    case OPTION_REAL: return read_real(value, &x);
    }
    return false;
}

bool has_option(const args *a, const char *name) {
    int i = find_option(a, name);
    return i >= 0 && a->values[i];
}

const char *text_option(const args *a, const char *name) {
    int i = find_option(a, name);
    return i >= 0 ? a->values[i] : NULL;
}

uint64_t count_option(const args *a, const char *name, uint64_t otherwise) {
    uint64_t n;
    const char *value = text_option(a, name);
    return value && read_count(value, &n) ? n : otherwise;
}

uint64_t size_option(const args *a, const char *name, uint64_t otherwise) {
    uint64_t n;
    const char *value = text_option(a, name);
    return value && read_size(value, &n) ? n : otherwise;
}

double real_option(const args *a, const char *name, double otherwise) {
    double x;
    const char *value = text_option(a, name);
    return value && read_real(value, &x) ? x : otherwise;
}

const char *actor_of(const args *a) {
    const char *name = text_option(a, "as");
    if (!name || !name[0]) name = en_os_env("EVERYNAME_ACTOR");
    if (!name)
        fprintf(stderr, "everyname %s: who acts? Say --as NAME or set EVERYNAME_ACTOR; the ledger keeps it\n",
                a->command->name);
    return name;
}

/* ---- parsing ---- */

static int usage_error(const cli_command *command, const char *what, const char *which) {
    fprintf(stderr, "everyname %s: %s%s%s; see everyname %s --help\n", command->name, what, which ? " " : "",
            which ? which : "", command->name);
    return EN_EXIT_USAGE;
}

static int check_args(const args *a) {
    for (int i = 0; i < a->n_options; i++) {
        if (!a->values[i] && a->options[i].required) {
            char option[80];
            en_print(option, sizeof option, "--%s %s", a->options[i].name, a->options[i].value);
            return usage_error(a->command, "missing", option);
        }
        if (a->values[i] && !value_fits(&a->options[i], a->values[i])) {
            char option[200];
            en_print(option, sizeof option, "--%s: \"%.60s\" is no %s", a->options[i].name, a->values[i],
                     a->options[i].type == OPTION_SIZE    ? "size (as 800M or 4G)"
                     : a->options[i].type == OPTION_COUNT ? "whole number"
                                                          : "number");
            return usage_error(a->command, option, NULL);
        }
    }
    if (a->n_operands < a->command->least_operands)
        return usage_error(a->command, "missing operand; it takes", a->command->operands);
    if (a->command->most_operands >= 0 && a->n_operands > a->command->most_operands)
        return usage_error(a->command, "one operand too many:", a->operands[a->command->most_operands]);
    return EN_EXIT_OK;
}

int parse_args(const cli_command *command, int argc, char **argv, args *out, bool *help) {
    struct option longs[OPTIONS_MAX + 1] = {0};
    char shorts[2 * OPTIONS_MAX + 2] = ":";
    size_t at = 1;
    collect_options(command, out);
    for (int i = 0; i < out->n_options; i++) {
        bool takes_value = out->options[i].type != OPTION_FLAG;
        longs[i] = (struct option){out->options[i].name, takes_value ? required_argument : no_argument, NULL, 256 + i};
        if (!out->options[i].letter) continue;
        shorts[at++] = out->options[i].letter;
        if (takes_value) shorts[at++] = ':';
    }
    *help = false;
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        if (c == '?') return usage_error(command, "unknown option", optind > 1 ? argv[optind - 1] : "");
        if (c == ':') return usage_error(command, "a value is missing after", argv[optind - 1]);
        int i = c - 256;
        for (int k = 0; c < 256 && k < out->n_options; k++)
            if (out->options[k].letter == c) i = k;
        out->values[i] = optarg ? optarg : "";
    }
    out->operands = argv + optind;
    out->n_operands = argc - optind;
    if ((*help = has_option(out, "help"))) return EN_EXIT_OK;
    return check_args(out);
}

/* ---- help ---- */

/* Wraps text at `width`, each line but the first indented. */
static void print_wrapped(const char *text, int column, int indent, int width) {
    while (*text) {
        int word = (int)strcspn(text, " \n");
        if (column > indent && column + word > width) {
            printf("\n%*s", indent, "");
            column = indent;
        }
        printf("%.*s", word, text);
        column += word;
        text += word;
        if (*text == '\n') {
            printf("\n%*s", indent, "");
            column = indent;
            text++;
        } else if (*text == ' ') {
            while (*text == ' ') text++;
            if (column + 1 + (int)strcspn(text, " \n") <= width)
                putchar(' '), column++;
            else
                printf("\n%*s", indent, ""), column = indent;
        }
    }
    putchar('\n');
}

static int option_label(const option_spec *o, char *out, size_t cap) {
    char letter[8] = "    ";
    if (o->letter) en_print(letter, sizeof letter, "-%c, ", o->letter);
    return en_print(out, cap, "%s--%s%s%s", letter, o->name, o->value ? " " : "", o->value ? o->value : "");
}

void print_command_help(const cli_command *command) {
    args a;
    char label[80];
    collect_options(command, &a);
    printf("Usage: everyname %s %s%s[OPTION …]\n\n", command->name, command->operands, command->operands[0] ? " " : "");
    print_wrapped(command->description, 0, 0, 100);
    printf("\nOptions:\n");
    for (int i = 0; i < a.n_options; i++) {
        int n = option_label(&a.options[i], label, sizeof label);
        if (n < 28)
            printf("  %s%*s", label, 28 - n, "");
        else
            printf("  %s\n%30s", label, "");
        print_wrapped(a.options[i].help, 30, 30, 100);
    }
    printf("\nExample:\n");
    for (const char *line = command->example; *line;) {
        int n = (int)strcspn(line, "\n");
        printf("  %.*s\n", n, line);
        line += n + (line[n] == '\n');
    }
}

void print_overview(void) {
    printf(
        "Usage: everyname COMMAND … [OPTION …]\n\n"
        "Turns lists of people who were killed, went missing, were held or were driven out into one account in which\n"
        "every number can be followed to named records and to the exact words of a source.\n\nCommands:\n");
    for (int i = 0; commands[i]; i++) printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    printf("\nMore: everyname COMMAND --help, everyname --version, everyname completion, everyname man [COMMAND], "
           "everyname reference\n"
           "\nExample:\n"
           "  everyname new valley.everyname --as 'R. Archivist'\n"
           "  everyname import valley.everyname hospital.csv --source 'Hospital registers' --as 'R. Archivist'\n"
           "  everyname link valley.everyname --as 'R. Archivist'\n"
           "  everyname report valley.everyname -o report\n");
}

/* ---- completion, reference, man ---- */

void print_bash_completion(void) {
    printf("# everyname: eval \"$(everyname completion)\"\n_everyname() {\n    local words\n    if [ \"$COMP_CWORD\" "
           "-eq 1 ]; then\n        words='");
    for (int i = 0; commands[i]; i++) printf("%s%s", i ? " " : "", commands[i]->name);
    printf("'\n    else\n        case \"${COMP_WORDS[1]}\" in\n");
    for (int i = 0; commands[i]; i++) {
        args a;
        collect_options(commands[i], &a);
        printf("        %s) words='", commands[i]->name);
        for (int k = 0; k < a.n_options; k++) printf("%s--%s", k ? " " : "", a.options[k].name);
        printf("' ;;\n");
    }
    printf("        esac\n    fi\n"
           "    if [[ ${COMP_WORDS[COMP_CWORD]} == -* || \"$COMP_CWORD\" -eq 1 ]]; then\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
           "    else\n        mapfile -t COMPREPLY < <(compgen -f -- \"${COMP_WORDS[COMP_CWORD]}\")\n    fi\n}\n"
           "complete -o filenames -F _everyname everyname\n");
}

void print_reference(void) {
    printf("# Commands\n\nMade by `everyname reference`; do not edit. Exit status: 0 done, 1 the work failed, 2 the "
           "call was wrong, 130 interrupted.\n");
    for (int i = 0; commands[i]; i++) {
        const cli_command *c = commands[i];
        args a;
        char label[80];
        collect_options(c, &a);
        printf("\n## everyname %s %s\n\n%s\n\n| option | |\n|---|---|\n", c->name, c->operands, c->description);
        for (int k = 0; k < a.n_options; k++) {
            option_label(&a.options[k], label, sizeof label);
            printf("| `%s` | %s |\n", label + strspn(label, " "), a.options[k].help);
        }
        printf("\n```sh\n%s\n```\n", c->example);
    }
}

/* Text for troff: a leading dot or quote and backslashes are escaped. */
static void print_troff(const char *text) {
    bool line_start = true;
    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\'')) printf("\\&");
        if (*text == '\\')
            printf("\\e");
        else if (*text == '-')
            printf("\\-");
        else
            putchar(*text);
        line_start = *text == '\n';
    }
    putchar('\n');
}

void print_man(const cli_command *command) {
    if (!command) {
        printf(".TH EVERYNAME 1 \"\" \"everyname " EN_VERSION
               "\"\n.SH NAME\neveryname \\- one account from overlapping casualty lists\n.SH SYNOPSIS\n"
               ".B everyname\nCOMMAND ... [OPTION ...]\n.SH COMMANDS\n");
        for (int i = 0; commands[i]; i++) {
            printf(".TP\n.B %s\n", commands[i]->name);
            print_troff(commands[i]->summary);
        }
        return;
    }
    args a;
    collect_options(command, &a);
    printf(".TH EVERYNAME-%s 1 \"\" \"everyname " EN_VERSION "\"\n.SH NAME\neveryname\\-%s \\- ", command->name,
           command->name);
    print_troff(command->summary);
    printf(".SH SYNOPSIS\n.B everyname %s\n%s [OPTION ...]\n.SH DESCRIPTION\n", command->name, command->operands);
    print_troff(command->description);
    printf(".SH OPTIONS\n");
    for (int i = 0; i < a.n_options; i++) {
        char label[80];
        option_label(&a.options[i], label, sizeof label);
        printf(".TP\n.B ");
        print_troff(label + strspn(label, " "));
        print_troff(a.options[i].help);
    }
    printf(".SH EXAMPLE\n.nf\n");
    print_troff(command->example);
    printf(".fi\n");
}
