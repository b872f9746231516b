/* everyname count: recorded persons by any dimensions. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "cli/print_count.h"
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

static int count_case(const args *a, const en_count_query *query, bool all_levels) {
    en_error err;
    en_counted counted;
    if (en_app_count_beside(a->operands[0], query, all_levels, &counted, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_counted(&counted));
    else
        print_counted(&counted);
    en_counted_clear(&counted);
    return status;
}

static int make_sdg(const args *a, const en_count_query *query) {
    en_error err;
    en_count_query queries[EN_SDG_QUERIES];
    en_case_counts counts;
    en_sdg_table table;
    if (en_sdg_queries(query, queries, &err) != EN_OK ||
        en_app_count_all(a->operands[0], queries, EN_SDG_QUERIES, &counts, &err) != EN_OK)
        return fail_with(a, &err);
    int status = en_sdg_make(counts.of, &table, &err) == EN_OK ? EN_EXIT_OK : fail_with(a, &err);
    if (status == EN_EXIT_OK && has_option(a, "json"))
        status = print_json(a, en_json_sdg(&table));
    else if (status == EN_EXIT_OK)
        print_sdg(&table);
    en_sdg_clear(&table);
    en_case_counts_clear(&counts);
    return status;
}

/* --sdg says by what is counted and how ages are grouped. */
static int read_and_count(const args *a, en_count_query *query, en_arena *arena) {
    const char *level = text_option(a, "level");
    bool all_levels = level && strcmp(level, "all") == 0;
    if (has_option(a, "by") && !read_by(a, text_option(a, "by"), query)) return EN_EXIT_USAGE;
    if (!read_conditions(a, arena, query)) return EN_EXIT_USAGE;
    if (!has_option(a, "sdg")) return count_case(a, query, all_levels);
    if (has_option(a, "by") || has_option(a, "ages") || all_levels) {
        fprintf(stderr, "everyname count: --sdg has its own --by and --ages, and one --level\n");
        return EN_EXIT_USAGE;
    }
    return make_sdg(a, query);
}

static int run(const args *a) {
    en_count_query query = {.show_small = has_option(a, "show-small")};
    en_arena *arena = en_arena_new();
    int status = arena ? read_and_count(a, &query, arena) : EN_EXIT_FAILED;
    en_arena_free(arena);
    return status;
}

static const option_spec options[] = {
    {"by", 0, OPTION_TEXT, "DIMENSION,…",
     "status, sex, age_group, place, month, cause … (docs/methods/counts.md has all)", false},
    {"where", 0, OPTION_TEXT, "DIMENSION=VALUE,…", "only persons of whom these hold; DIMENSION=A,B for A or B", false},
    {"level", 0, OPTION_TEXT, "LEVEL",
     "recorded (default), corroborated (two independent sources), verified, or all three beside one another", false},
    {"sdg", 0, OPTION_FLAG, NULL, "the table of SDG indicator 16.1.2: deaths by cause, status, sex and age", false},
    {"ages", 0, OPTION_TEXT, "SCHEME", "groups of age_group: 0-4,5-17,18-59,60+, or default, five-year, sdg", false},
    {"from", 0, OPTION_TEXT, "DATE", "first day of a period; only persons whose date lies in it", false},
    {"to", 0, OPTION_TEXT, "DATE", "last day of the period", false},
    {"show-small", 0, OPTION_FLAG, NULL,
     "show cells of 1 to 4 persons of whom one may be living; they are withheld otherwise", false},
    {0}};

const cli_command cmd_count = {
    "count",
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
    "--by month --where status=killed --json\neveryname count valley.everyname --by cause --level all "
    "--from 1994-05 --to 1994-08",
    COMMON_JSON,
    options,
    run};
