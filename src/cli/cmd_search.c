/* everyname search: names and words, in any script and misspelt. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/os.h"
#include "cli/terminal.h"
#include "cli/where.h"
#include "report/report.h"

static void print_hit(const en_search_hit *h) {
    printf("%.2f  %s %s", h->score, h->kind, h->id);
    if (h->person[0]) printf("  person %s", h->person);
    if (h->source[0]) printf("  %s", h->source);
    if (h->capture[0]) printf("  %s bytes %lld+%lld", h->capture, (long long)h->offset, (long long)h->length);
    printf("\n      %s\n", h->quote);
}

static void print_result(const en_search_result *r) {
    char found[32], partly[32];
    for (int64_t i = 0; i < r->n_hits; i++) print_hit(&r->hits[i]);
    if (r->n_hits) putchar('\n');
    printf("\"%s\": every word in %s places, some in %s. ", r->query, grouped(r->found, found),
           grouped(r->partly, partly));
    printf(r->n_hits < r->partly ? "The best are shown; --limit shows more.\n" : "All are shown.\n");
}

static int search_once(const args *a, en_search *search, const char *words, bool line) {
    en_error err;
    en_search_result result;
    if (en_search_run(search, words, &result, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (line) {
        json_t *json = en_json_search(&result);
        if (!json || json_dumpf(json, stdout, JSON_COMPACT) != 0) status = EN_EXIT_FAILED;
        putchar('\n');
        json_decref(json);
    } else if (has_option(a, "json")) {
        status = print_json(a, en_json_search(&result));
    } else {
        print_result(&result);
    }
    en_search_result_clear(&result);
    return status;
}

/* One JSON object a line of the file. */
static int search_lines(const args *a, en_search *search, const char *file, en_arena *arena) {
    en_error err;
    en_os_map map;
    if (en_os_map_file(file, &map, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    for (en_str rest = map.bytes; rest.len && status == EN_EXIT_OK;) {
        en_str line = next_part(&rest, '\n');
        const char *words = line.len ? en_arena_strdup(arena, line) : NULL;
        if (words) status = search_once(a, search, words, true);
    }
    en_os_unmap(&map);
    return status;
}

/* All operands after the case are one query. */
static const char *join_words(const args *a, en_arena *arena) {
    size_t len = 1;
    for (int i = 1; i < a->n_operands; i++) len += strlen(a->operands[i]) + 1;
    char *words = en_arena_alloc(arena, len);
    for (int i = 1; words && i < a->n_operands; i++) {
        if (i > 1) strcat(words, " ");
        strcat(words, a->operands[i]);
    }
    return words;
}

static int search_case(const args *a, en_arena *arena) {
    en_error err;
    en_search *search;
    en_count_query where = {.level = EN_LEVEL_RECORDED};
    const char *file = text_option(a, "from");
    if (!file == (a->n_operands < 2)) {
        fprintf(stderr, "everyname search: give words to search for, or --from FILE with a query a line\n");
        return EN_EXIT_USAGE;
    }
    if (!read_conditions(a, arena, &where)) return EN_EXIT_USAGE;
    en_search_options options = {.limit = (int64_t)count_option(a, "limit", 0),
                                 .threads = (int)count_option(a, "threads", 0),
                                 .where = has_option(a, "where") || has_option(a, "level") ? &where : NULL,
                                 .progress = terminal_progress(a)};
    if (en_search_open(a->operands[0], &options, &search, &err) != EN_OK) return fail_with(a, &err);
    clear_progress();
    const char *words = file ? NULL : join_words(a, arena);
    int status = file    ? search_lines(a, search, file, arena)
                 : words ? search_once(a, search, words, false)
                         : EN_EXIT_FAILED;
    en_search_close(search);
    return status;
}

static int run(const args *a) {
    en_arena *arena = en_arena_new();
    int status = arena ? search_case(a, arena) : EN_EXIT_FAILED;
    en_arena_free(arena);
    return status;
}

static const option_spec options[] = {
    {"where", 0, OPTION_TEXT, "DIMENSION=VALUE,…", "only records of persons of whom all of these hold, as for count",
     false},
    {"level", 0, OPTION_TEXT, "LEVEL", "recorded (default), corroborated (two independent sources) or verified", false},
    {"limit", 0, OPTION_COUNT, "N", "show so many (default 20)", false},
    {"from", 0, OPTION_TEXT, "FILE", "search for each line of FILE; prints one JSON object a line", false},
    {0}};

const cli_command cmd_search = {
    "search",
    "CASE [WORD …]",
    1,
    -1,
    "find names and words, in any script and misspelt",
    "Finds records by the names and places they hold, rows of the model by their words, and passages of documents. A "
    "name in one script finds the same name in another, and misspelt. The best come first, each with its source and "
    "exact bytes. The first search after a change makes an index, and keeps it where the file can be written. What it "
    "prints names people.",
    "everyname search valley.everyname Marin Dalverek\neveryname search valley.everyname 'Dalveric' --where "
    "status=missing --json",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
