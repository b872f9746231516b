/* Links labelled data sets by roles guessed from their headers and prints how well, how fast, in how much memory.
 *
 *     score_sets DIR…            each with records.csv and truth.csv
 *
 * Where a column named "list" tells several lists apart, each has a person at most once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/os.h"
#include "everyname/link.h"

enum { MOST_FIELDS = 64 };

typedef struct labelled {
    en_os_map records_file, truth_file;
    en_table records, truth;
    const char *id_column;
    en_link_field fields[MOST_FIELDS];
    size_t n_fields;
    bool lists;
} labelled;

static en_status read_csv(const char *dir, const char *file, en_os_map *map, en_table *table, en_error *err) {
    char path[4096];
    en_read_report report = {0};
    snprintf(path, sizeof path, "%s/%s", dir, file);
    EN_TRY(en_os_map_file(path, map, err));
    en_read_options options = {.struct_size = sizeof options, .file = path};
    en_status status = en_csv_read(map->bytes, &options, table, &report, err);
    en_read_report_clear(&report);
    return status;
}

static bool is_id(const char *name) { return strcmp(name, "rec_id") == 0 || strcmp(name, "unique_id") == 0; }

static void guess_fields(labelled *set) {
    for (int32_t k = 0; k < set->records.n_columns && set->n_fields < MOST_FIELDS; k++) {
        const char *name = set->records.columns[k].name;
        if (is_id(name)) set->id_column = name;
        if (strcmp(name, "list") == 0) set->lists = set->records.columns[k].dict_len > 1;
        en_role role = en_role_guess(en_str_of(name));
        /* Whoever names family names fname has the given names elsewhere. */
        if (strcmp(name, "fname") == 0 && en_table_column(&set->records, "gname")) role = EN_ROLE_FAMILY;
        if (role != EN_ROLE_NONE) set->fields[set->n_fields++] = (en_link_field){role, name};
    }
}

static en_status true_persons(const labelled *set, int32_t *truth, en_error *err) {
    const en_column *rec = en_table_column(&set->truth, "rec_id"), *entity = en_table_column(&set->truth, "entity_id");
    const en_column *id = en_table_column(&set->records, set->id_column);
    if (!rec || !entity || !id) return en_fail(err, EN_ERR_INPUT, "no rec_id or entity_id");
    en_map map = {0};
    en_status status = EN_OK;
    int32_t number;
    for (int64_t i = 0; status == EN_OK && i < set->records.rows; i++)
        status = en_map_intern(&map, en_column_str(id, i), &number, NULL, err);
    for (int64_t i = 0; status == EN_OK && i < set->truth.rows; i++) {
        number = en_map_find(&map, en_column_str(rec, i));
        if (number >= 0) truth[number] = entity->codes[i];
    }
    en_map_clear(&map);
    return status;
}

static void print_model(const en_link_result *r) {
    for (int k = 0; k < r->model.n_comparisons; k++) {
        const en_link_comparison *c = &r->model.comparisons[k];
        printf("  %s\n", c->field);
        for (int l = 0; l < c->n_levels; l++) printf("    %-24s m %.5f u %.7f\n", c->level[l], c->m[l], c->u[l]);
    }
}

static en_status score(const labelled *set, const char *dir, int threads, bool verbose, en_error *err) {
    en_link_options options = EN_LINK_OPTIONS_INIT;
    options.fields = set->fields;
    options.n_fields = set->n_fields;
    options.id_column = set->id_column;
    options.list_column = set->lists ? "list" : NULL;
    options.one_per_list = set->lists;
    options.seed = 1;
    options.threads = threads;
    en_link_result result;
    double start = en_os_seconds();
    EN_TRY(en_link(&set->records, &options, &result, err));
    double seconds = en_os_seconds() - start;
    en_link_score s = {0};
    int32_t *truth = calloc((size_t)set->records.rows + 1, sizeof *truth);
    en_status status = truth ? true_persons(set, truth, err) : en_fail(err, EN_ERR_MEMORY, "out of memory");
    if (status == EN_OK) status = en_link_evaluate(result.person, truth, set->records.rows, &s, err);
    const char *name = strrchr(dir, '/') ? strrchr(dir, '/') + 1 : dir;
    printf("%-24s F1 %.4f precision %.4f recall %.4f (estimated %.3f %.3f) B3 %.4f persons %lld %.2f s %.0f MB\n", name,
           s.pair_f1, s.pair_precision, s.pair_recall, result.precision, result.recall, s.b3_f1,
           (long long)result.n_persons, seconds, (double)en_os_peak_memory() / 1e6);
    for (int i = 0; i < result.n_phases; i++) printf("    %.2f %s", result.phases[i].seconds, result.phases[i].name);
    printf("    prior %.3g, undecided %lld, %s\n", result.model.prior, (long long)result.undecided_pairs,
           result.found_by);
    for (int i = 0; i < result.n_warnings; i++) printf("    warning: %s\n", result.warnings[i]);
    if (verbose) print_model(&result);
    en_link_result_clear(&result);
    free(truth);
    return status;
}

static en_status score_set(const char *dir, int threads, bool verbose, en_error *err) {
    labelled set = {0};
    en_status status = read_csv(dir, "records.csv", &set.records_file, &set.records, err);
    if (status == EN_OK) status = read_csv(dir, "truth.csv", &set.truth_file, &set.truth, err);
    if (status == EN_OK) guess_fields(&set);
    if (status == EN_OK) status = score(&set, dir, threads, verbose, err);
    en_table_clear(&set.records);
    en_table_clear(&set.truth);
    en_os_unmap(&set.records_file);
    en_os_unmap(&set.truth_file);
    return status;
}

int main(int argc, char **argv) {
    int failed = 0, threads = 2;
    bool verbose = false;
    for (int i = 1; i < argc; i++) {
        en_error err = {0};
        char message[1024];
        if (strcmp(argv[i], "-v") == 0)
            verbose = true;
        else if (strcmp(argv[i], "-1") == 0)
            threads = 1;
        else if (score_set(argv[i], threads, verbose, &err) != EN_OK) {
            en_error_format(&err, message, sizeof message);
            fprintf(stderr, "%s: %s\n", argv[i], message);
            failed = 1;
        }
    }
    return failed;
}
