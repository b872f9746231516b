/* everyname count: recorded persons by any dimensions. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "cli/terminal.h"
#include "report/report.h"

static bool unknown_dimension(const char *option, en_str name) {
    fprintf(stderr, "everyname count: --%s: \"%.*s\" is no dimension; they are", option, (int)name.len, name.ptr);
    for (int i = 0; i < EN_DIMENSIONS; i++) fprintf(stderr, "%s %s", i ? "," : "", en_dimension_name((en_dimension)i));
    fputc('\n', stderr);
    return false;
}

static en_str next_part(en_str *rest, char separator) {
    const char *end = memchr(rest->ptr, separator, rest->len);
    en_str part = {rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
    *rest = end ? (en_str){end + 1, rest->len - part.len - 1} : (en_str){rest->ptr + rest->len, 0};
    return en_str_trim(part);
}

static bool read_by(const char *by, en_count_query *q) {
    for (en_str rest = en_str_of(by); rest.len;) {
        en_str name = next_part(&rest, ',');
        if (q->n_by == EN_DIMENSIONS || !en_dimension_of(name, &q->by[q->n_by])) return unknown_dimension("by", name);
        q->n_by++;
    }
    return true;
}

/* "status=killed,sex=female": conditions that all hold. Values end up in `arena`. */
static bool read_where(const char *where, en_arena *arena, en_count_query *q) {
    for (en_str rest = en_str_of(where); rest.len;) {
        en_str part = next_part(&rest, ','), value = part, name = next_part(&value, '=');
        if (name.len == part.len || q->n_where == 16) {
            fprintf(stderr, "everyname count: --where takes DIMENSION=VALUE,…\n");
            return false;
        }
        if (!en_dimension_of(name, &q->where[q->n_where].dimension)) return unknown_dimension("where", name);
        q->where[q->n_where++].value = en_arena_strdup(arena, en_str_trim(value));
    }
    return true;
}

static void print_count(const en_count *c) {
    const char *headers[EN_DIMENSIONS + 2], *cells[EN_DIMENSIONS + 2];
    char alignment[EN_DIMENSIONS + 3] = "", n[32];
    int columns = c->query.n_by;
    for (int i = 0; i < columns; i++) headers[i] = en_dimension_name(c->query.by[i]), alignment[i] = 'l';
    headers[columns] = "persons";
    headers[columns + 1] = "id";
    memcpy(alignment + columns, "rl", 3);
    text_table *t = text_table_new(columns + 2, headers, alignment);
    for (int64_t k = 0; columns && k < c->n_cells; k++) {
        for (int i = 0; i < columns; i++) cells[i] = c->cells[k].value[i];
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
    const char *level = text_option(a, "level");
    if (level && !en_level_of(en_str_of(level), &query->level)) {
        fprintf(stderr, "everyname count: --level is recorded, corroborated or verified\n");
        return EN_EXIT_USAGE;
    }
    if (has_option(a, "by") && !read_by(text_option(a, "by"), query)) return EN_EXIT_USAGE;
    if (has_option(a, "where") && !read_where(text_option(a, "where"), arena, query)) return EN_EXIT_USAGE;
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
    {"by", 0, OPTION_TEXT, "DIMENSION,…", "status, sex, age_group, place, month, source, lists, pattern", false},
    {"where", 0, OPTION_TEXT, "DIMENSION=VALUE,…", "only persons of whom all of these hold", false},
    {"level", 0, OPTION_TEXT, "LEVEL", "recorded (default), corroborated (two independent sources) or verified", false},
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
                               "several sources is in several cells of `source`; the total counts persons. Age groups "
                               "are at the event: 0-17, 18-59, 60+.",
                               "everyname count valley.everyname --by status,sex\neveryname count valley.everyname "
                               "--by month --where status=killed --json",
                               COMMON_JSON,
                               options,
                               run};
