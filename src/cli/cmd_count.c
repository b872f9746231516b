/* everyname count: recorded persons by any dimensions. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "cli/terminal.h"
#include "cli/where.h"
#include "report/report.h"

static bool read_by(const args *a, const char *by, en_count_query *q) {
    for (en_str rest = en_str_of(by); rest.len;) {
        en_str name = next_part(&rest, ',');
        if (q->n_by == EN_COUNT_BY) {
            fprintf(stderr, "everyname count: --by takes up to %d dimensions\n", EN_COUNT_BY);
            return false;
        }
        if (!en_dimension_of(name, &q->by[q->n_by])) return unknown_dimension(a, "by", name);
        q->n_by++;
    }
    return true;
}

/* A party is never shown without saying that it is alleged. */
static const char *shown(const en_count *c, int64_t cell, int by, char room[256]) {
    const char *value = c->cells[cell].value[by];
    if (c->query.by[by] != EN_DIM_ALLEGED || strcmp(value, "none") == 0) return value;
    snprintf(room, 256, "alleged: %s", value);
    return room;
}

static void print_count(const en_count *c) {
    const char *headers[EN_COUNT_BY + 2], *cells[EN_COUNT_BY + 2];
    char alignment[EN_COUNT_BY + 3] = "", n[32];
    char room[EN_COUNT_BY][256];
    int columns = c->query.n_by;
    for (int i = 0; i < columns; i++) headers[i] = en_dimension_name(c->query.by[i]), alignment[i] = 'l';
    headers[columns] = "persons";
    headers[columns + 1] = "id";
    memcpy(alignment + columns, "rl", 3);
    text_table *t = text_table_new(columns + 2, headers, alignment);
    for (int64_t k = 0; columns && k < c->n_cells; k++) {
        for (int i = 0; i < columns; i++) cells[i] = shown(c, k, i, room[i]);
        cells[columns] = c->cells[k].withheld ? "withheld" : grouped(c->cells[k].n, n);
        cells[columns + 1] = c->cells[k].id;
        text_table_row(t, cells);
    }
    for (int i = 0; i < columns; i++) cells[i] = i ? "" : "all";
    cells[columns] = c->total_withheld ? "withheld" : grouped(c->total, n);
    cells[columns + 1] = c->total_id;
    text_table_row(t, cells);
    text_table_print(t);
    printf("\nDistinct persons, %s. Ledger head %.12s.", en_level_name(c->query.level), c->head);
    if (c->run[0])
        printf(" Link run %s: %lld pairs undecided, %lld merges not reviewed.\n", c->run, (long long)c->undecided_pairs,
               (long long)c->unreviewed_merges);
    else
        printf(" The case is not linked: each record counts as a person.\n");
    if (c->link_is_stale)
        printf("Records came in after that run: each counts as a person of its own until `everyname link` has run "
               "again.\n");
}

static int count_case(const args *a, en_count_query *query, en_arena *arena) {
    en_error err;
    en_case_count counted;
    if (has_option(a, "by") && !read_by(a, text_option(a, "by"), query)) return EN_EXIT_USAGE;
    if (!read_conditions(a, arena, query)) return EN_EXIT_USAGE;
    if (en_app_count(a->operands[0], query, &counted, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_count(&counted.count));
    else
        print_count(&counted.count);
    en_case_count_clear(&counted);
    return status;
}

static int run(const args *a) {
    en_count_query query = {.show_small = has_option(a, "show-small")};
    en_arena *arena = en_arena_new();
    int status = arena ? count_case(a, &query, arena) : EN_EXIT_FAILED;
    en_arena_free(arena);
    return status;
}

static const option_spec options[] = {
    {"by", 0, OPTION_TEXT, "DIMENSION,…", "status, sex, age_group, place, month, cause … (docs/counts.md has all)", false},
    {"where", 0, OPTION_TEXT, "DIMENSION=VALUE,…", "only persons of whom these hold; DIMENSION=A,B for A or B", false},
    {"level", 0, OPTION_TEXT, "LEVEL", "recorded (default), corroborated (two independent sources) or verified", false},
    {"ages", 0, OPTION_TEXT, "SCHEME", "groups of age_group: 0-4,5-17,18-59,60+, or default, five-year, sdg", false},
    {"from", 0, OPTION_TEXT, "DATE", "first day of a period; only persons whose date lies in it", false},
    {"to", 0, OPTION_TEXT, "DATE", "last day of the period", false},
    {"show-small", 0, OPTION_FLAG, NULL,
     "show cells of 1 to 4 persons of whom one may be living; they are withheld otherwise", false},
    {0}};

const cli_command cmd_count = {"count",
                               "CASE",
                               1,
                               1,
                               "count recorded persons",
                               "Counts distinct persons. Unknown is always a category. Each number has an id, which "
                               "`everyname trace` follows to the rows behind it. A person on "
                               "several sources is in several cells of `source`; the total counts persons. Ages are "
                               "at the event, in groups of 0-17, 18-59 and 60+ unless --ages says otherwise. A date "
                               "that only may lie in a period is not counted in it: --by period shows how many "
                               "there are. Parties are only ever alleged to be responsible, by whom trace tells.",
                               "everyname count valley.everyname --by status,sex\neveryname count valley.everyname "
                               "--by month --where status=killed --json",
                               COMMON_JSON,
                               options,
                               run};
