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

enum { PARTITIONS_MOST = 1000, ASK_MOST = 100000 };

/* ---- what the user sees ---- */

static void print_scores(const en_app_link_result *r, const en_link_score *score) {
    const en_link_sampled *s = &r->sampled;
    if (score)
        printf("Against the truth: pairs precision %.4f, recall %.4f, F1 %.4f; B-cubed precision %.4f, recall %.4f, F1 "
               "%.4f.\n",
               score->pair_precision, score->pair_recall, score->pair_f1, score->b3_precision, score->b3_recall,
               score->b3_f1);
    if (r->has_sampled)
        printf("By %lld judged pairs: precision %.3f (%.3f to %.3f), recall %.3f (%.3f to %.3f); intervals of 95 %%.\n",
               (long long)s->judged, s->precision, s->precision_low, s->precision_high, s->recall, s->recall_low,
               s->recall_high);
}

static void print_labels(const en_app_link_result *r) {
    if (!r->labels && !r->labels_unsure) return;
    printf("Labels: %lld judged", (long long)r->labels);
    if (r->labels_unsure) printf(", %lld left unsure", (long long)r->labels_unsure);
    printf(".\n");
}

enum { CHANGES_SHOWN = 10 };

static void print_change_list(const en_person_change *changes, int64_t n, const char *what) {
    for (int64_t i = 0; i < n && i < CHANGES_SHOWN; i++) {
        printf("  %s %s", changes[i].person, what);
        for (int64_t k = 0; k < changes[i].n; k++) printf("%s%s", k ? ", " : " ", changes[i].others[k]);
        printf("\n");
    }
    if (n > CHANGES_SHOWN) printf("  … and %lld more; --json has them all\n", (long long)(n - CHANGES_SHOWN));
}

static void print_changes(const en_app_link_result *r) {
    const en_link_changes *c = &r->changes;
    char anew[32], merged[32], split[32], gone[32];
    if (r->incremental) printf("Decided anew: %s records.\n", grouped(r->link.n_decided_anew, anew));
    if (!c->compared) return;
    printf("Against the run before: persons merged %s, split %s, gone %s.\n", grouped(c->n_merged, merged),
           grouped(c->n_split, split), grouped(c->gone, gone));
    print_change_list(c->merged, c->n_merged, "was");
    print_change_list(c->split, c->n_split, "is now");
}

static void print_result(const args *a, const en_app_link_result *r, const en_link_score *score) {
    const en_link_result *link = &r->link;
    const char *ask_out = text_option(a, "ask-out");
    char records[32], persons[32], pairs[32], undecided[32];
    printf("%s records are %s persons.\n", grouped(link->n_records, records), grouped(link->n_persons, persons));
    printf("Found by %s: %s pairs compared.\n", link->found_by, grouped(link->pairs_compared, pairs));
    print_labels(r);
    if (!isnan(link->precision))
        printf("Estimated by the model: precision %.3f, recall %.3f.\n", link->precision, link->recall);
    if (link->pairs_compared == 0 && link->n_records > 1 && has_option(a, "one-per-list"))
        printf("No pair could be one person: with --one-per-list nobody stands twice in a list, and there is one "
               "list. Say with --list which column tells lists apart.\n");
    else if (link->n_records > 1 && link->n_persons == link->n_records)
        printf("No two records were joined. If people should be on several lists, check what the columns were taken "
               "for.\n");
    printf("Left undecided: %s pairs.\n", grouped(link->undecided_pairs, undecided));
    print_scores(r, score);
    print_changes(r);
    if (ask_out)
        printf("To be judged: %lld pairs in %s; fill in the column same with 1 or 0.\n", (long long)link->n_asked,
               ask_out);
    for (int i = 0; i < link->n_warnings; i++) printf("Warning: %s\n", link->warnings[i]);
    if (r->run[0]) printf("Link run %s, ledger entry %s.\n", r->run, r->entry);
}

static int report_link(const args *a, en_app_link_result *result, const en_link_score *score) {
    clear_progress();
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_link(result, score, en_os_peak_memory(), has_option(a, "charts")));
    else
        print_result(a, result, score);
    en_app_link_result_clear(result);
    return status;
}

/* ---- what the user says ---- */

static bool wrong_call(const char *what) {
    fprintf(stderr, "everyname link: %s\n", what);
    return false;
}

/* Options that need one another. */
static bool check_options(const args *a) {
    const char *purpose = text_option(a, "ask-for");
    if (has_option(a, "ask") != has_option(a, "ask-out"))
        return wrong_call("--ask N and --ask-out FILE.csv go together");
    if (purpose && !has_option(a, "ask")) return wrong_call("--ask-for goes with --ask N and --ask-out FILE.csv");
    if (purpose && strcmp(purpose, "learn") != 0 && strcmp(purpose, "evaluate") != 0)
        return wrong_call("--ask-for is learn or evaluate");
    if (has_option(a, "partitions-out") && !count_option(a, "partitions", 0))
        return wrong_call("--partitions-out goes with --partitions K");
    if (count_option(a, "partitions", 0) > PARTITIONS_MOST || count_option(a, "ask", 0) > ASK_MOST)
        return wrong_call("--partitions is at most 1000 and --ask at most 100000");
    if (has_option(a, "charts") && !has_option(a, "json"))
        return wrong_call("--charts goes with --json: it adds numbers for charts to it");
    return true;
}

static en_link_extras extras_of(const args *a) {
    const char *purpose = text_option(a, "ask-for");
    return (en_link_extras){.model_file = text_option(a, "model"),
                            .save_model_file = text_option(a, "save-model"),
                            .nicknames_file = text_option(a, "nicknames"),
                            .places_file = text_option(a, "places"),
                            .labels_file = text_option(a, "labels"),
                            .ask_file = text_option(a, "ask-out"),
                            .ask = (int)count_option(a, "ask", 0),
                            .purpose =
                                purpose && strcmp(purpose, "evaluate") == 0 ? EN_ASK_TO_EVALUATE : EN_ASK_TO_LEARN,
                            .sample_file = text_option(a, "sample"),
                            .partitions = (int)count_option(a, "partitions", 0),
                            .partitions_file = text_option(a, "partitions-out"),
                            .histories_file = text_option(a, "histories")};
}

static int link_case(const args *a) {
    en_error err;
    en_app_link_result result;
    en_app_link_options options = {.actor = actor_of(a),
                                   .one_per_list = has_option(a, "one-per-list"),
                                   .incremental = has_option(a, "incremental"),
                                   .seed = count_option(a, "seed", 1),
                                   .threads = (int)count_option(a, "threads", 0),
                                   .memory = memory_limit(a),
                                   .extras = extras_of(a),
                                   .progress = terminal_progress(a)};
    static const char *const for_files[] = {"fields", "id",         "list",   "truth",
                                            "output", "date-order", "preset", "histories"};
    if (!options.actor) return EN_EXIT_USAGE;
    for (size_t i = 0; i < sizeof for_files / sizeof *for_files; i++)
        if (has_option(a, for_files[i])) {
            fprintf(stderr, "everyname link: --%s is for plain files; a case knows its lists and columns from import\n",
                    for_files[i]);
            return EN_EXIT_USAGE;
        }
    if (options.incremental && (options.extras.model_file || options.one_per_list || has_option(a, "seed"))) {
        wrong_call("--incremental goes on under the model, the seed and --one-per-list of the last run");
        return EN_EXIT_USAGE;
    }
    if (en_app_link(a->operands[0], &options, &result, &err) != EN_OK) return fail_with(a, &err);
    return report_link(a, &result, NULL);
}

static bool read_preset(const args *a, bool *generic) {
    const char *preset = text_option(a, "preset");
    *generic = preset && strcmp(preset, "generic") == 0;
    if (preset && !*generic && strcmp(preset, "person") != 0)
        return wrong_call("--preset is person (columns by header) or generic (every column, by what it holds)");
    if (preset && has_option(a, "fields"))
        return wrong_call("--preset and --fields both say what is compared: give one");
    return true;
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
                                     .extras = extras_of(a),
                                     .progress = terminal_progress(a)};
    if (has_option(a, "date-order") && !en_date_order_of(text_option(a, "date-order"), &options.date_order)) {
        wrong_call("--date-order is dmy, mdy or ymd");
        return EN_EXIT_USAGE;
    }
    if (has_option(a, "incremental")) {
        wrong_call("--incremental goes on from the last link run of a case; plain files have none");
        return EN_EXIT_USAGE;
    }
    if (!read_preset(a, &options.generic)) return EN_EXIT_USAGE;
    if (en_app_link_files(&options, &result, &scored, &score, &err) != EN_OK) return fail_with(a, &err);
    return report_link(a, &result, scored ? &score : NULL);
}

static int run(const args *a) {
    if (!check_options(a)) return EN_EXIT_USAGE;
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
    {"preset", 0, OPTION_TEXT, "PRESET",
     "person: columns are what their headers say (default); generic: every column but the id is compared, as what it "
     "holds: text, codes, numbers or dates",
     false},
    {"model", 0, OPTION_TEXT, "MODEL.json", "link by this model as it stands and learn nothing", false},
    {"save-model", 0, OPTION_TEXT, "MODEL.json",
     "write the model here, to be read, changed and used again; it holds how frequent names are", false},
    {"nicknames", 0, OPTION_TEXT, "FILE.csv", "name,nickname: names that stand for one another", false},
    {"places", 0, OPTION_TEXT, "FILE.csv", "name,latitude,longitude: where places are, so that near ones agree more",
     false},
    {"labels", 0, OPTION_TEXT, "PAIRS.csv",
     "rec_id_a,rec_id_b,same: pairs that people judged; they bind, and the model learns from them", false},
    {"ask", 0, OPTION_COUNT, "N", "ask for N pairs to be judged; see --ask-out", false},
    {"ask-out", 0, OPTION_TEXT, "FILE.csv",
     "write those pairs here, side by side; filled in, it goes to --labels or --sample", false},
    {"ask-for", 0, OPTION_TEXT, "WHAT",
     "learn: pairs that teach the model most (default); evaluate: a sample that says how well it does", false},
    {"sample", 0, OPTION_TEXT, "FILE.csv", "estimate precision and recall from such a sample, filled in", false},
    {"partitions", 0, OPTION_COUNT, "K", "draw K plausible answers, for estimates that allow for linkage errors",
     false},
    {"partitions-out", 0, OPTION_TEXT, "FILE.csv", "write them here: rec_id,p1,p2,…", false},
    {"histories", 0, OPTION_TEXT, "FILE.csv",
     "write how many persons are on which lists, for `estimate`; with --partitions for each of them", false},
    {"incremental", 0, OPTION_FLAG, NULL,
     "in a case: keep the last run's model, and decide only about what came since and what it meets", false},
    {"charts", 0, OPTION_FLAG, NULL,
     "add to --json what charts need: match weights, m and u, thresholds, sizes, unlinkable records, blocking", false},
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
                              "given=first_name,family=surname,birth=dob,exact:postcode --one-per-list -o persons.csv\n"
                              "everyname link a.csv b.csv --ask 100 --ask-out pairs.csv  # judge them, then\n"
                              "everyname link a.csv b.csv --labels pairs.csv --save-model model.json -o persons.csv",
                              COMMON_JSON | COMMON_WRITE | COMMON_COMPUTE,
                              options,
                              run};
