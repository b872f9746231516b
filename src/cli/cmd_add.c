/* everyname add: rows of any kind of the model, by hand or from a file. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mapping.h"
#include "cli/add_rows.h"
#include "cli/terminal.h"
#include "report/report.h"

static void print_result(const en_add_result *r) {
    char n[32];
    printf("%s ", r->dry_run ? "Would add" : "Added");
    for (int i = 0; i < r->n_kinds; i++) printf("%s%s %s", i ? ", " : "", grouped(r->counts[i], n), r->kinds[i]);
    printf("%s.\n", r->n_kinds ? "" : "nothing");
    for (int i = 0; i < r->n_before && r->dry_run; i++) printf("%sbefore  %s\n", i ? "" : "\n", r->before[i]);
    for (int i = 0; i < r->n_shown; i++)
        printf("%s%s  %s\n", i ? "" : "\n", r->dry_run ? "after " : r->shown[i].id, r->shown[i].after);
    if (r->rows > r->n_shown) printf("… and %s more\n", grouped(r->rows - r->n_shown, n));
    if (!r->dry_run) printf("Ledger entry %s, root %.16s…\n", r->entry, r->root);
}

int run_add(const args *a, en_add_options *o) {
    en_error err;
    en_add_result result;
    const char *order = text_option(a, "date-order");
    o->map_file = text_option(a, "map");
    o->save_map_file = text_option(a, "save-map");
    o->encoding = text_option(a, "encoding");
    o->sheet = text_option(a, "sheet");
    o->dry_run = has_option(a, "dry-run");
    o->progress = terminal_progress(a);
    if (order && !en_date_order_of(order, &o->date_order)) {
        fprintf(stderr, "everyname %s: --date-order: \"%s\" is not dmy, mdy or ymd\n", a->command->name, order);
        return EN_EXIT_USAGE;
    }
    o->actor = o->dry_run ? "" : actor_of(a);
    if (!o->actor) return EN_EXIT_USAGE;
    if (en_app_add(a->operands[0], o, &result, &err) != EN_OK) return fail_with(a, &err);
    clear_progress();
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_add(&result));
    else
        print_result(&result);
    en_add_result_clear(&result);
    return status;
}

static int run(const args *a) {
    en_add_options o = {.kind = a->operands[1],
                        .fields = (const char *const *)a->operands + 2,
                        .n_fields = (size_t)a->n_operands - 2,
                        .file = text_option(a, "file")};
    if ((o.n_fields > 0) != (o.file != NULL)) return run_add(a, &o);
    fprintf(stderr, "everyname add: give MEMBER=VALUE … for one row, or --file for many\n");
    return EN_EXIT_USAGE;
}

static const option_spec options[] = {
    {"file", 0, OPTION_TEXT, "FILE", "many rows of that kind: CSV, JSON Lines, XLSX or XLS, a column a member", false},
    {"encoding", 0, OPTION_TEXT, "NAME",
     "of the file: UTF-8, UTF-16LE, UTF-16BE, windows-1250, -1251, -1252, -1256 (default: detected)", false},
    {"sheet", 0, OPTION_TEXT, "NAME", "sheet of an XLSX or XLS file (default: the first)", false},
    {"map", 0, OPTION_TEXT, "MAP.json",
     "what the columns are: {\"COLUMN\": \"MEMBER\" or null}; by name where not given", false},
    {"save-map", 0, OPTION_TEXT, "MAP.json", "write such a file, to use again", false},
    {"date-order", 0, OPTION_TEXT, "ORDER", "dmy, mdy or ymd: order of day and month in dates such as 03/04/1999",
     false},
    {"dry-run", 0, OPTION_FLAG, NULL, "show ten rows before and after, and add nothing", false},
    {0}};

const cli_command cmd_add = {
    "add",
    "CASE KIND [MEMBER=VALUE …]",
    2,
    -1,
    "add a figure, incident, status event, allegation, consent … by hand or from a file",
    "Adds rows of KIND: one from MEMBER=VALUE, or many from --file. The kinds, their members and the terms they take "
    "are "
    "in docs/data-model.md. All rows are added in one ledger entry, or none: what is wrong is named with its row, its "
    "column and the mend.\n\n"
    "A member with parts is written asserted_by.name=…, a list a;b;c or names.1.text=…. A row is referred to by its id "
    "(i:3f2a.1), by key:KEY where its member key has that value, or by its name; a person by p:… or r:…, or by the id "
    "that a list gives the record (H-1, or H-1@Hospital registers). Rows refer to what was added before them. Rows of "
    "another kind can stand inside a row: columns acts.1.kind, acts.1.victim …, or nested objects in JSON Lines.",
    "everyname add valley.everyname record source='Testimonies, Orlesk' name='Marin Dalverek' sex=m age=44 "
    "status=killed "
    "--as 'R. Archivist'\n"
    "everyname add valley.everyname incident title='Orlesk, 17 May 1994' date=1994-05-17 place=Orlesk --as 'R. "
    "Archivist'\n"
    "everyname add valley.everyname figure category=killed best=41 incident='Orlesk, 17 May 1994' "
    "asserted_by='District Hospital' --as 'R. Archivist'\n"
    "everyname add valley.everyname status_event --file events.csv --dry-run",
    COMMON_JSON | COMMON_WRITE | COMMON_COMPUTE,
    options,
    run};
