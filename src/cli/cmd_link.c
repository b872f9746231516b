/* everyname link: who is one person, in a case or over plain files. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/mapping.h"
#include "base/os.h"
#include "cli/terminal.h"
#include "report/report.h"

static size_t memory_limit(const args *a) {
    int64_t available = en_os_available_memory();
    return (size_t)size_option(a, "memory", available > 0 ? (uint64_t)available / 2 : (uint64_t)2 << 30);
}

static void print_result(const en_app_link_result *r, const en_link_score *score, bool in_case) {
    const en_link_result *link = &r->link;
    char records[32], persons[32], pairs[32], undecided[32];
    printf("%s records are %s persons.\n", grouped(link->n_records, records), grouped(link->n_persons, persons));
    printf("Found by %s: %s pairs compared.\n", link->found_by, grouped(link->pairs_compared, pairs));
    if (!isnan(link->precision))
        printf("Estimated by the model: precision %.3f, recall %.3f.\n", link->precision, link->recall);
    if (link->n_records > 1 && link->n_persons == link->n_records)
        printf("No two records were joined. If people should be on several lists, check what the columns were taken "
               "for.\n");
    printf("Left undecided: %s pairs.\n", grouped(link->undecided_pairs, undecided));
    if (score)
        printf("Against the truth: pairs precision %.4f, recall %.4f, F1 %.4f; B-cubed precision %.4f, recall %.4f, F1 "
               "%.4f.\n",
               score->pair_precision, score->pair_recall, score->pair_f1, score->b3_precision, score->b3_recall,
               score->b3_f1);
    for (int i = 0; i < link->n_warnings; i++) printf("Warning: %s\n", link->warnings[i]);
    if (in_case) printf("Link run %s, ledger entry %s.\n", r->run, r->entry);
}

static int report_link(const args *a, en_app_link_result *result, const en_link_score *score, bool in_case) {
    clear_progress();
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_link(result, score, en_os_peak_memory()));
    else
        print_result(result, score, in_case);
    en_app_link_result_clear(result);
    return status;
}

static int link_case(const args *a) {
    en_error err;
    en_app_link_result result;
    en_app_link_options options = {.actor = actor_of(a),
                                   .one_per_list = has_option(a, "one-per-list"),
                                   .seed = count_option(a, "seed", 1),
                                   .threads = (int)count_option(a, "threads", 0),
                                   .memory = memory_limit(a),
                                   .progress = terminal_progress(a)};
    static const char *const for_files[] = {"fields", "id", "list", "truth", "output", "date-order"};
    if (!options.actor) return EN_EXIT_USAGE;
    for (size_t i = 0; i < sizeof for_files / sizeof *for_files; i++)
        if (has_option(a, for_files[i])) {
            fprintf(stderr, "everyname link: --%s is for plain files; a case knows its lists and columns from import\n",
                    for_files[i]);
            return EN_EXIT_USAGE;
        }
    if (en_app_link(a->operands[0], &options, &result, &err) != EN_OK) return fail_with(a, &err);
    return report_link(a, &result, NULL, true);
}

static int link_files(const args *a) {
    en_error err;
    en_app_link_result result;
    en_link_score score;
    bool scored;
    en_link_files_options options = {.files = (const char *const *)a->operands,
                                     .n_files = (size_t)a->n_operands,
                                     .fields = text_option(a, "fields"),
                                     .id_column = text_option(a, "id"),
                                     .list_column = text_option(a, "list"),
                                     .truth_file = text_option(a, "truth"),
                                     .out_file = text_option(a, "output"),
                                     .one_per_list = has_option(a, "one-per-list"),
                                     .seed = count_option(a, "seed", 1),
                                     .threads = (int)count_option(a, "threads", 0),
                                     .memory = memory_limit(a),
                                     .progress = terminal_progress(a)};
    if (has_option(a, "date-order") && !en_date_order_of(text_option(a, "date-order"), &options.date_order)) {
        fprintf(stderr, "everyname link: --date-order is dmy, mdy or ymd\n");
        return EN_EXIT_USAGE;
    }
    if (en_app_link_files(&options, &result, &scored, &score, &err) != EN_OK) return fail_with(a, &err);
    return report_link(a, &result, scored ? &score : NULL, false);
}

static int run(const args *a) {
    return a->n_operands == 1 && en_app_is_case(a->operands[0]) ? link_case(a) : link_files(a);
}

static const option_spec options[] = {
    {"one-per-list", 0, OPTION_FLAG, NULL, "nobody stands twice in a list", false},
    {"fields", 0, OPTION_TEXT, "ROLE=COLUMN,…",
     "what the columns of plain files are; text:, exact:, number:, date: before any other column (default: by header)",
     false},
    {"id", 0, OPTION_TEXT, "COLUMN", "what tells records apart (default: by header, else the row's number)", false},
    {"list", 0, OPTION_TEXT, "COLUMN", "which list a record is from (default: one list a file)", false},
    {"date-order", 0, OPTION_TEXT, "ORDER", "dmy, mdy or ymd: order of day and month in dates such as 03/04/1999",
     false},
    {"truth", 0, OPTION_TEXT, "TRUTH.csv", "rec_id,entity_id: score the result against it", false},
    {"output", 'o', OPTION_TEXT, "OUT.csv", "write rec_id,person_id here", false},
    {0}};

const cli_command cmd_link = {"link",
                              "CASE | LIST.csv …",
                              1,
                              -1,
                              "find which records are one person",
                              "Finds which records are one person, without labels: every field's agreement is weighed "
                              "by how often it holds among records of one person and of two "
                              "(Fellegi and Sunter). In a case the result is a link run in the ledger, which later "
                              "runs and people's judgements can replace. Over plain files it is a table "
                              "of rec_id,person_id. The roles of columns: name, given, family, father, mother, sex, "
                              "birth, birth_year, birth_month, birth_day, age, event_date, place, id_number.",
                              "everyname link valley.everyname --as 'R. Archivist'\n"
                              "everyname link a.csv b.csv --fields "
                              "given=first_name,family=surname,birth=dob,exact:postcode --one-per-list -o persons.csv",
                              COMMON_JSON | COMMON_WRITE | COMMON_COMPUTE,
                              options,
                              run};
