/* everyname statement: one paragraph from records alone, each number with its id. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "cli/terminal.h"
#include "report/report.h"

static void print_statement(const en_statement *s) {
    const char *headers[] = {"number", "of", "id"};
    char n[32];
    if (s->title[0] || s->incident[0]) printf("%s  %s\n\n", s->incident, s->title);
    printf("%s\n\n", s->text);
    text_table *t = text_table_new(3, headers, "rll");
    for (int i = 0; i < EN_STATEMENT_NUMBERS; i++) {
        const en_statement_number *number = &s->numbers[i];
        const char *cells[] = {number->withheld ? "withheld" : grouped(number->n, n), number->what, number->id};
        if (number->n) text_table_row(t, cells);
    }
    text_table_print(t);
    printf("\n");
    for (int i = 0; i < EN_STATEMENT_NUMBERS; i++)
        if (s->numbers[i].n) printf("%s: %s\n", s->numbers[i].what, s->numbers[i].assumes);
    printf("\nDistinct persons, %s. Ledger head %.12s.", en_level_name(s->level), s->head);
    if (s->run[0])
        printf(" Link run %s: %lld pairs undecided, %lld merges not reviewed.\n", s->run, (long long)s->undecided_pairs,
               (long long)s->unreviewed_merges);
    else
        printf(" The case is not linked: each record counts as a person.\n");
}

static int run(const args *a) {
    en_error err;
    en_account account;
    en_statement statement;
    const char *level = text_option(a, "level");
    en_statement_options options = {.incident = text_option(a, "incident"), .show_small = has_option(a, "show-small")};
    if (level && !en_level_of(en_str_of(level), &options.level)) {
        fprintf(stderr, "everyname statement: --level is recorded, corroborated or verified\n");
        return EN_EXIT_USAGE;
    }
    if (en_account_open(a->operands[0], NULL, &account, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (en_account_statement(&account, &options, &statement, &err) != EN_OK) {
        status = fail_with(a, &err);
    } else {
        if (has_option(a, "json"))
            status = print_json(a, en_json_statement(&statement));
        else
            print_statement(&statement);
        en_statement_clear(&statement);
    }
    en_account_clear(&account);
    return status;
}

static const option_spec options[] = {
    {"incident", 0, OPTION_TEXT, "X", "the incident: its id, title or key (default: all that the case records)", false},
    {"level", 0, OPTION_TEXT, "LEVEL",
     "recorded; corroborated: by two independent sources; verified: with a confirmed verification (default: recorded)",
     false},
    {"show-small", 0, OPTION_FLAG, NULL, "a policy decided that numbers under 5 about the living are shown", false},
    {0}};

const cli_command cmd_statement = {
    "statement",
    "CASE",
    1,
    1,
    "say in one paragraph what the records support",
    "Writes one paragraph of counts of persons and families from records alone: killed, among them children, women and "
    "older "
    "people; families wholly killed; children who lost parents; people taken hostage; people whose fate is unknown. "
    "Each "
    "number has the id that `everyname trace` follows, and the rule that it was derived by. Nothing is added from what "
    "sources state in numbers, and nothing is estimated.",
    "everyname statement valley.everyname --incident 'Orlesk, 17 May 1994'",
    COMMON_JSON,
    options,
    run};
