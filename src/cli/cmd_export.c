/* everyname export: the tables of a case for other programs. */
#include <stdio.h>

#include "cli/confirm_names.h"
#include "cli/terminal.h"
#include "cli/where.h"
#include "report/report.h"

static void print_exported(const args *a, const en_exported *e) {
    char rows[32];
    for (int i = 0; i < e->n_tables; i++) printf("%-18s %s\n", e->tables[i].name, grouped(e->tables[i].rows, rows));
    if (!has_option(a, "names") && e->persons_protected)
        printf(
            "%s persons are shown with less than is known: they, or few others like them, may be living or minors.\n",
            grouped(e->persons_protected, rows));
    if (!has_option(a, "all") && e->rows_left_out)
        printf("%s rows are left out: they are marked, or of a source that is.\n", grouped(e->rows_left_out, rows));
    if (e->consent_withdrawn)
        printf("%s persons are left out with all rows about them: consent was withdrawn.\n",
               grouped(e->consent_withdrawn, rows));
    if (e->condition_withheld)
        printf("Persons of whom what was asked is withheld are left out; --names would have them.\n");
    printf("%s/datapackage.json\n", text_option(a, "output"));
}

static int write_export(const args *a, const en_account *account, const en_count_query *where) {
    en_error err;
    en_exported exported;
    en_export_options options = {.names = has_option(a, "names"),
                                 .all = has_option(a, "all"),
                                 .history = has_option(a, "history"),
                                 .hxl = has_option(a, "hxl"),
                                 .sqlite = has_option(a, "sqlite"),
                                 .geojson = has_option(a, "geojson"),
                                 .huridocs = has_option(a, "huridocs"),
                                 .where = has_option(a, "where") || has_option(a, "level") ? where : NULL,
                                 .progress = terminal_progress(a)};
    const char *dir = text_option(a, "output");
    if (en_export_write(account, dir, &options, &exported, &err) != EN_OK) return fail_with(a, &err);
    clear_progress();
    if (has_option(a, "json")) return print_json(a, en_json_exported(&exported, dir));
    print_exported(a, &exported);
    return EN_EXIT_OK;
}

static int export_case(const args *a, const en_count_query *where) {
    en_error err;
    en_account account;
    if (en_account_open(a->operands[0], NULL, &account, &err) != EN_OK) return fail_with(a, &err);
    if (has_option(a, "all")) fprintf(stderr, "--all will print what is marked confidential, and who coded what.\n");
    int status = names_confirmed(a, &account) ? write_export(a, &account, where) : EN_EXIT_FAILED;
    en_account_clear(&account);
    return status;
}

static int run(const args *a) {
    if (has_option(a, "all") && !has_option(a, "names")) {
        fprintf(stderr, "everyname export: --all leaves nothing out, and so needs --names\n");
        return EN_EXIT_USAGE;
    }
    en_count_query where = {.level = EN_LEVEL_RECORDED};
    en_arena *arena = en_arena_new();
    int status = !arena ? EN_EXIT_FAILED : !read_conditions(a, arena, &where) ? EN_EXIT_USAGE : export_case(a, &where);
    en_arena_free(arena);
    return status;
}

static const option_spec options[] = {
    {"output", 'o', OPTION_TEXT, "DIR", "folder to write into; made where it is missing", true},
    {"hxl", 0, OPTION_FLAG, NULL, "a second row of HXL tags in each CSV file", false},
    {"sqlite", 0, OPTION_FLAG, NULL, "case.sqlite too: tables, and views TABLE_readable with titles and names", false},
    {"geojson", 0, OPTION_FLAG, NULL, "places.geojson too: places and incidents with coordinates", false},
    {"huridocs", 0, OPTION_FLAG, NULL,
     "a folder huridocs too: event, act, person, involvement, information, link, after the events standard formats",
     false},
    {"where", 0, OPTION_TEXT, "DIMENSION=VALUE,…",
     "only persons of whom all of these hold, as for count, their records, and rows that name one of them or nobody",
     false},
    {"level", 0, OPTION_TEXT, "LEVEL", "recorded (default), corroborated (two independent sources) or verified", false},
    {"history", 0, OPTION_FLAG, NULL, "what was taken back, and proposals, too", false},
    {"names", 0, OPTION_FLAG, NULL, "name people who may be living and minors too; asks first", false},
    {"all", 0, OPTION_FLAG, NULL, "with --names: what is marked confidential, and who coded what, too", false},
    {"yes", 0, OPTION_FLAG, NULL, "do not ask", false},
    {0}};

const cli_command cmd_export = {
    "export",
    "CASE",
    1,
    1,
    "write the tables of a case for other programs",
    "Writes DIR/TABLE.csv and DIR/TABLE.jsonl, one of each kind of row that the case has and of persons and records, "
    "with datapackage.json (Frictionless), which says what each column means. Quoted rows have their place in the "
    "source as Web Annotations have it (target), in characters, and in bytes.\n\n"
    "Nobody who may be living and no minor is named, and rows about them keep their ids and terms only, unless "
    "--names. "
    "What is marked confidential, rows of a source that is, and who coded what are left out, unless --all. With "
    "--where, "
    "nobody is there of whom what it asks is withheld. Whoever took back consent to share is left out in any case.",
    "everyname export valley.everyname -o valley --sqlite --hxl\ndatasette valley/case.sqlite",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
