/* everyname synth: synthetic lists with their truth. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/os.h"
#include "cli/terminal.h"
#include "everyname/table.h"
#include "synth/synth.h"

static en_status write_table(const char *dir, const char *file, const en_table *table, en_error *err) {
    en_buf path = {0}, csv = {0};
    en_status status = en_buf_addf(&path, err, "%s/%s", dir, file);
    if (status == EN_OK) status = en_csv_write(table, &csv, err);
    if (status == EN_OK) status = en_os_write_file(path.ptr, en_buf_str(&csv), err);
    en_buf_clear(&path);
    en_buf_clear(&csv);
    return status;
}

static const en_column *first_of(const en_table *table, const char *const *names) {
    for (; *names; names++)
        if (en_table_column(table, *names)) return en_table_column(table, *names);
    return &table->columns[0];
}

/* rec_id,entity_id over all lists; a record that two releases share is written once. */
static en_status write_links(const char *dir, const en_synth_result *r, en_error *err) {
    static const char *const names[] = {"rec_id", "record_id", "id", NULL};
    static const char *const people[] = {"person_id", NULL};
    const char *columns[] = {"rec_id", "entity_id"};
    const en_column *person_ids = first_of(&r->truth, people);
    en_table_builder *builder = NULL;
    en_table table = {0};
    en_status status = en_table_builder_new(columns, 2, &builder, err);
    for (int i = 0; status == EN_OK && i < r->n_lists; i++) {
        const en_synth_list *list = &r->lists[i];
        const en_column *ids = first_of(&list->records, names);
        bool superseded = i + 1 < r->n_lists && list->release[0] && strcmp(r->lists[i + 1].title, list->title) == 0;
        for (int64_t row = 0; status == EN_OK && !superseded && row < list->records.rows; row++) {
            en_str cells[] = {en_column_str(ids, row), en_column_str(person_ids, list->person[row])};
            status = en_table_builder_row(builder, cells, -1, 0, err);
        }
    }
    if (status == EN_OK) status = en_table_builder_finish(builder, &table, err);
    if (status == EN_OK) status = write_table(dir, "links.csv", &table, err);
    en_table_builder_free(builder);
    en_table_clear(&table);
    return status;
}

static en_status write_all(const char *dir, const en_synth_result *r, en_error *err) {
    EN_TRY(en_os_make_dirs(dir, err));
    EN_TRY(write_table(dir, "truth.csv", &r->truth, err));
    for (int i = 0; i < r->n_lists; i++) EN_TRY(write_table(dir, r->lists[i].file, &r->lists[i].records, err));
    return write_links(dir, r, err);
}

static int describe(const args *a, const char *dir, const en_synth_result *r) {
    if (has_option(a, "json")) {
        json_t *lists = json_array();
        for (int i = 0; i < r->n_lists; i++)
            json_array_append_new(lists, json_pack("{s:s, s:s, s:s, s:s, s:s, s:I}", "file", r->lists[i].file, "title",
                                                   r->lists[i].title, "kind", r->lists[i].source_kind, "relation",
                                                   r->lists[i].relation, "release", r->lists[i].release, "rows",
                                                   (json_int_t)r->lists[i].records.rows));
        return print_json(
            a, json_pack("{s:s, s:I, s:o}", "folder", dir, "people", (json_int_t)r->truth.rows, "lists", lists));
    }
    printf("%s: %lld invented people (truth.csv, links.csv)\n", dir, (long long)r->truth.rows);
    for (int i = 0; i < r->n_lists; i++)
        printf("  %-32s %6lld rows  %s\n", r->lists[i].file, (long long)r->lists[i].records.rows, r->lists[i].title);
    return EN_EXIT_OK;
}

static int run(const args *a) {
    en_error err;
    en_synth_result result;
    en_synth_options options = {.people = (int64_t)count_option(a, "people", 2400),
                                .lists = (int)count_option(a, "lists", 5),
                                .corruption = real_option(a, "corruption", .08),
                                .seed = count_option(a, "seed", 1)};
    const char *dir = text_option(a, "output");
    if (options.people == 0) { /* which the generator takes for its default */
        fprintf(stderr, "everyname synth: --people: nobody cannot be harmed; say 1 or more\n");
        return EN_EXIT_USAGE;
    }
    if (en_synth(&options, &result, &err) != EN_OK) return fail_with(a, &err);
    en_status status = write_all(dir, &result, &err);
    int exit_status = status == EN_OK ? describe(a, dir, &result) : fail_with(a, &err);
    en_synth_clear(&result);
    return exit_status;
}

static const option_spec options[] = {
    {"output", 'o', OPTION_TEXT, "DIR", "folder to write into; made where it is missing", true},
    {"people", 0, OPTION_COUNT, "N", "people harmed (default 2400)", false},
    {"lists", 0, OPTION_COUNT, "N", "lists of them, 2 to 8 (default 5)", false},
    {"corruption", 0, OPTION_REAL, "SHARE", "share of values with a mistake (default .08)", false},
    {0}};

const cli_command cmd_synth = {
    "synth",
    "",
    0,
    0,
    "make synthetic lists with their truth",
    "Makes an invented event in an invented valley: the people harmed, several lists of them in three scripts with the "
    "mistakes that real lists have, and the truth beside "
    "them. Every name and place is made of syllables and belongs to nobody. The same seed gives the same files.",
    "everyname synth --people 2400 --seed 1 -o valley",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
