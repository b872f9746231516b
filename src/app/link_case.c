/* Linking a case: its current records in, a link run with one membership a record out. */
#include <jansson.h>
#include <math.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/records.h"
#include "base/os.h"

/* ---- what people decided ---- */

/* Judgements are few: a scan each is cheaper than an index over all records. */
static int64_t row_of(const en_records *r, en_id id) {
    for (int64_t i = 0; i < r->n; i++)
        if (en_id_eq(r->ids[i], id)) return i;
    return -1;
}

/* Judgements in force about two current records. "unsure" binds nothing. */
static en_status read_constraints(en_case *c, en_records *r, const en_link_constraint **out, size_t *n, en_error *err) {
    en_judgement *judgements;
    int64_t count;
    EN_TRY(en_case_judgements(c, r->arena, &judgements, &count, err));
    en_link_constraint *constraints = en_arena_alloc(r->arena, ((size_t)count + 1) * sizeof *constraints);
    if (!constraints) return en_no_memory(err);
    *n = 0;
    for (int64_t i = 0; i < count; i++) {
        const en_judgement *j = &judgements[i];
        bool same = strcmp(j->judged, "same") == 0;
        if (!en_id_eq(j->revoked_by, EN_ID_NONE) || (!same && strcmp(j->judged, "different") != 0)) continue;
        int64_t a = row_of(r, j->record_a), b = row_of(r, j->record_b);
        if (a >= 0 && b >= 0)
            constraints[(*n)++] = (en_link_constraint){a, b, same ? EN_JUDGED_SAME : EN_JUDGED_DIFFERENT};
    }
    *out = constraints;
    return EN_OK;
}

/* ---- the run ---- */

static double or_zero(double x) { return isnan(x) ? 0 : x; }

static json_t *numbers(const double *values, int n) {
    json_t *array = json_array();
    for (int i = 0; i < n; i++) json_array_append_new(array, json_real(or_zero(values[i])));
    return array;
}

static json_t *number_or_null(double value) { return isnan(value) ? json_null() : json_real(value); }

static json_t *comparison_json(const en_link_comparison *c) {
    json_t *levels = json_array();
    for (int i = 0; i < c->n_levels; i++) json_array_append_new(levels, json_string(c->level[i]));
    return json_pack("{s:s, s:o, s:o, s:o}", "field", c->field, "levels", levels, "m", numbers(c->m, c->n_levels), "u",
                     numbers(c->u, c->n_levels));
}

/* What was learned, so that the run can be read and judged later. */
static char *model_json(const en_link_result *link, const en_records *r, const en_app_link_options *options) {
    json_t *fields = json_array(), *comparisons = json_array(), *warnings = json_array();
    for (size_t i = 0; i < r->n_fields; i++) json_array_append_new(fields, json_string(r->fields[i].column));
    for (int i = 0; i < link->model.n_comparisons; i++)
        json_array_append_new(comparisons, comparison_json(&link->model.comparisons[i]));
    for (int i = 0; i < link->n_warnings; i++) json_array_append_new(warnings, json_string(link->warnings[i]));
    json_t *root = json_pack(
        "{s:o, s:b, s:I, s:o, s:o, s:o, s:o, s:s, s:I, s:o, s:o, s:i, s:s}", "fields", fields, "one_per_list",
        (int)options->one_per_list, "seed", (json_int_t)options->seed, "prior", number_or_null(link->model.prior),
        "threshold", number_or_null(link->model.threshold), "precision", number_or_null(link->precision), "recall",
        number_or_null(link->recall), "found_by", link->found_by, "pairs_compared", (json_int_t)link->pairs_compared,
        "comparisons", comparisons, "warnings", warnings, "key_version", EN_TEXT_KEY_VERSION, "everyname", EN_VERSION);
    char *text = root ? json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(9)) : NULL;
    json_decref(root);
    return text;
}

/* SHA-256 over ids and bytes of the records, in the order of the case. */
static en_status hash_input(const en_records *r, unsigned char out[32], en_error *err) {
    EVP_MD_CTX *sha = EVP_MD_CTX_new();
    bool ok = sha && EVP_DigestInit_ex(sha, EVP_sha256(), NULL);
    for (int64_t i = 0; ok && i < r->n; i++) {
        int64_t id[3] = {r->ids[i].entry, r->ids[i].ordinal, r->lengths[i]};
        ok = EVP_DigestUpdate(sha, id, sizeof id) &&
             EVP_DigestUpdate(sha, r->texts[r->source_of[i]].ptr + r->offsets[i], (size_t)r->lengths[i]);
    }
    ok = ok && EVP_DigestFinal_ex(sha, out, NULL);
    EVP_MD_CTX_free(sha);
    return ok ? EN_OK : en_no_memory(err);
}

/* A person is named by the record that came first into the ledger. */
static en_status founders(const en_records *r, const en_link_result *link, en_id **person, en_error *err) {
    en_id *first = en_arena_alloc(r->arena, ((size_t)link->n_persons + 1) * sizeof *first);
    *person = en_arena_alloc(r->arena, ((size_t)r->n + 1) * sizeof **person);
    if (!first || !*person) return en_no_memory(err);
    for (int64_t i = 0; i < r->n; i++) {
        en_id *f = &first[link->person[i]];
        if (en_id_eq(*f, EN_ID_NONE) || en_id_cmp(r->ids[i], *f) < 0) *f = r->ids[i];
    }
    for (int64_t i = 0; i < r->n; i++) (*person)[i] = first[link->person[i]];
    return EN_OK;
}

static en_status store_run(en_case *c, const en_records *r, const en_app_link_options *options, en_app_link_result *out,
                           en_error *err) {
    en_id *person;
    en_entry entry;
    EN_TRY(founders(r, &out->link, &person, err));
    en_link_run run = {.seed = options->seed,
                       .n_records = r->n,
                       .n_persons = out->link.n_persons,
                       .undecided_pairs = out->link.undecided_pairs};
    EN_TRY(hash_input(r, run.input_hash, err));
    char *model = model_json(&out->link, r, options);
    if (!model) return en_no_memory(err);
    run.model = model;
    en_status status = en_case_begin(c, options->actor, "link", err);
    if (status == EN_OK) status = en_case_add_link_run(c, &run, r->ids, person, out->link.weakest, r->n, err);
    if (status == EN_OK) status = en_case_commit(c, &entry, err);
    free(model);
    EN_TRY(status);
    EN_TRY(en_case_print_id(c, 'u', run.id, out->run, err));
    return en_case_print_id(c, 'n', (en_id){entry.number, 0}, out->entry, err);
}

static en_status check_fields(const char *path, const en_records *r, en_error *err) {
    if (r->n && r->n_fields) return EN_OK;
    en_fail(err, EN_ERR_INPUT,
            r->n ? "no column of its lists has a role that linkage can compare" : "the case holds no records");
    en_error_mend(err,
                  r->n ? "import the lists with --map and roles such as name, given, family, birth, place"
                       : "import a list first: everyname import %s FILE --source TITLE",
                  path);
    en_error_at(err, path, -1, NULL, -1);
    return EN_ERR_INPUT;
}

static en_status run_link(en_case *c, const char *path, const en_app_link_options *options, en_records *r,
                          en_app_link_result *out, en_error *err) {
    double start = en_os_seconds();
    en_link_options o = EN_LINK_OPTIONS_INIT;
    EN_TRY(en_records_load(c, 0, options->progress, r, err));
    EN_TRY(check_fields(path, r, err));
    out->seconds_reading = en_os_seconds() - start;
    o.fields = r->fields;
    o.n_fields = r->n_fields;
    o.id_column = "id";
    o.list_column = "list";
    o.one_per_list = options->one_per_list;
    o.seed = options->seed;
    o.threads = options->threads;
    o.memory = options->memory;
    o.progress = options->progress;
    EN_TRY(read_constraints(c, r, &o.constraints, &o.n_constraints, err));
    EN_TRY(en_link(&r->table, &o, &out->link, err));
    start = en_os_seconds();
    EN_TRY(store_run(c, r, options, out, err));
    out->seconds_writing = en_os_seconds() - start;
    return EN_OK;
}

en_status en_app_link(const char *case_path, const en_app_link_options *options, en_app_link_result *out,
                      en_error *err) {
    *out = (en_app_link_result){0};
    en_case *c = NULL;
    en_records records = {0};
    en_status status = en_case_open(case_path, true, &c, err);
    if (status == EN_OK) status = run_link(c, case_path, options, &records, out, err);
    en_records_clear(&records);
    en_case_close(c);
    if (status != EN_OK) en_app_link_result_clear(out);
    return status;
}

void en_app_link_result_clear(en_app_link_result *result) {
    en_link_result_clear(&result->link);
    *result = (en_app_link_result){0};
}
