/* Linking a case: its current records in, a link run with one membership a record out. */
#include "app/link_case.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/link_model_json.h"
#include "app/link_out.h"
#include "base/os.h"

/* ---- under the model of the run before ---- */

static en_status cannot_go_on(const case_linker *l, const char *what, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "%s", what);
    en_error_at(err, l->path, -1, NULL, -1);
    return en_error_mend(err, "run: everyname link %s --as NAME", l->path), EN_ERR_INPUT;
}

/* The last run's model and settings hold, so that only what is new has to be decided. */
static en_status take_up_run(case_linker *l, en_error *err) {
    if (!l->before.linked) return cannot_go_on(l, "the case is not linked yet", err);
    json_t *root = json_loads(l->before.run.model, 0, NULL);
    l->one_per_list = json_is_true(json_object_get(root, "one_per_list"));
    l->seed = l->before.run.seed;
    en_error why;
    en_status status = en_link_model_from_json(root, l->path, &l->inputs.model, &why);
    json_decref(root);
    if (status == EN_OK) {
        l->inputs.has_model = true;
        l->inputs.model_file = l->path;
        return EN_OK;
    }
    if (status != EN_ERR_INPUT) return err ? (*err = why, status) : status;
    return cannot_go_on(l, "the last link run has no model that this program can use again", err);
}

/* Persons that lost a record, or one of whose records changed or was judged, are decided anew as a whole. */
static en_status find_touched(case_linker *l, bool *touched, en_error *err) {
    const en_link_before *before = &l->before;
    EN_TRY(case_linker_judged_since(l, touched, err));
    for (int64_t i = 0; i < l->records.n; i++) {
        struct en_seat *seat = en_link_before_seat(before, before->person[i]);
        if (seat && (touched[i] || !before->as_it_was[i])) seat->lost = true;
    }
    for (int64_t i = 0; i < l->records.n; i++) {
        const struct en_seat *seat = en_link_before_seat(before, before->person[i]);
        touched[i] = !seat || seat->lost;
    }
    return EN_OK;
}

/* The person of each row in the run before; -1 for rows that have to be decided anew. */
static en_status previous_persons(case_linker *l, const int32_t **out, en_error *err) {
    size_t n = (size_t)l->records.n + 1;
    bool *touched = en_arena_alloc(l->records.arena, n * sizeof *touched);
    int32_t *previous = en_arena_alloc(l->records.arena, n * sizeof *previous);
    if (!touched || !previous) return en_no_memory(err);
    EN_TRY(find_touched(l, touched, err));
    for (int64_t i = 0; i < l->records.n; i++)
        previous[i] =
            touched[i] ? -1 : (int32_t)(en_link_before_seat(&l->before, l->before.person[i]) - l->before.seats);
    *out = previous;
    return EN_OK;
}

/* ---- the run ---- */

static en_status check_fields(const case_linker *l, en_error *err) {
    const en_records *r = &l->records;
    if (r->n && r->n_fields) return EN_OK;
    en_fail(err, EN_ERR_INPUT,
            r->n ? "no column of its lists has a role that linkage can compare" : "the case holds no records");
    en_error_mend(err,
                  r->n ? "import the lists with --map and roles such as name, given, family, birth, place"
                       : "import a list first: everyname import %s FILE --source TITLE",
                  l->path);
    en_error_at(err, l->path, -1, NULL, -1);
    return EN_ERR_INPUT;
}

en_status case_linker_load(case_linker *l, en_error *err) {
    EN_TRY(en_link_inputs_open(&l->options->extras, &l->inputs, err));
    EN_TRY(en_case_open(l->path, !l->reads_only, &l->c, err));
    EN_TRY(en_records_load(l->c, 0, l->options->progress, &l->records, err));
    EN_TRY(check_fields(l, err));
    EN_TRY(en_lineage_trace(l->c, &l->records, &l->lineage, err));
    EN_TRY(en_link_before_read(l->c, &l->records, &l->lineage, &l->before, err));
    EN_TRY(case_linker_judgements(l, err));
    return l->options->incremental ? take_up_run(l, err) : EN_OK;
}

void case_linker_options(const case_linker *l, en_link_options *out) {
    *out = (en_link_options)EN_LINK_OPTIONS_INIT;
    out->fields = l->records.fields;
    out->n_fields = l->records.n_fields;
    out->id_column = "id";
    out->list_column = "list";
    out->one_per_list = l->one_per_list;
    out->seed = l->seed;
    out->threads = l->options->threads;
    out->memory = l->options->memory;
    out->progress = l->options->progress;
    out->constraints = l->constraints;
    out->n_constraints = l->n_constraints;
}

void case_linker_clear(case_linker *l) {
    en_link_inputs_clear(&l->inputs);
    en_map_clear(&l->own_ids);
    en_records_clear(&l->records);
    en_case_close(l->c);
    *l = (case_linker){0};
}

static en_status link_records(case_linker *l, en_error *err) {
    en_link_options o;
    case_linker_options(l, &o);
    en_link_inputs_apply(&l->inputs, &l->options->extras, &o);
    if (l->options->incremental) EN_TRY(previous_persons(l, &o.previous, err));
    EN_TRY(en_link_inputs_blame(&l->inputs, en_link(&l->records.table, &o, &l->out->link, err), err));
    l->persons = en_arena_alloc(l->records.arena, ((size_t)l->records.n + 1) * sizeof *l->persons);
    if (!l->persons) return en_no_memory(err);
    EN_TRY(en_link_before_name(&l->before, &l->lineage, &l->records, l->out->link.person, l->out->link.n_persons,
                               l->persons, err));
    return en_link_before_compare(&l->before, &l->records, l->persons, &l->out->changes, err);
}

/* Files beside the case. */
static en_status write_files(case_linker *l, en_error *err) {
    const en_link_extras *x = &l->options->extras;
    en_row_finder finder = case_linker_finder(l);
    char id[EN_ID_TEXT];
    if (x->sample_file)
        EN_TRY(en_link_sample_read(x->sample_file, &finder, &l->out->link, EN_SAMPLED_LEVEL, l->seed, &l->out->sampled,
                                   err));
    l->out->has_sampled = x->sample_file != NULL;
    if (x->save_model_file) EN_TRY(en_link_model_write_file(&l->out->link.model, x->save_model_file, err));
    if (!x->ask_file && !x->partitions_file) return EN_OK;
    en_str *ids = en_arena_alloc(l->records.arena, ((size_t)l->records.n + 1) * sizeof *ids);
    if (!ids) return en_no_memory(err);
    for (int64_t i = 0; i < l->records.n; i++) {
        EN_TRY(en_case_print_id(l->c, 'r', l->records.ids[i], id, err));
        if (!(ids[i].ptr = en_arena_strdup(l->records.arena, en_str_of(id)))) return en_no_memory(err);
        ids[i].len = strlen(id);
    }
    en_link_rows rows = {&l->records.table, l->records.fields, l->records.n_fields, ids, false};
    return en_link_write_extras(&rows, x, &l->out->link, err);
}

static en_status run_link(case_linker *l, en_error *err) {
    double start = en_os_seconds();
    EN_TRY(case_linker_load(l, err));
    l->out->seconds_reading = en_os_seconds() - start;
    EN_TRY(link_records(l, err));
    start = en_os_seconds();
    EN_TRY(write_files(l, err));
    EN_TRY(case_linker_store(l, err));
    l->out->seconds_writing = en_os_seconds() - start;
    return EN_OK;
}

en_status en_app_link(const char *case_path, const en_app_link_options *options, en_app_link_result *out,
                      en_error *err) {
    *out = (en_app_link_result){.incremental = options->incremental};
    case_linker l = {.path = case_path,
                     .options = options,
                     .out = out,
                     .one_per_list = options->one_per_list,
                     .seed = options->seed};
    en_status status = run_link(&l, err);
    case_linker_clear(&l);
    if (status != EN_OK) en_app_link_result_clear(out);
    return status;
}

void en_app_link_result_clear(en_app_link_result *result) {
    en_link_result_clear(&result->link);
    en_arena_free(result->changes.arena);
    *result = (en_app_link_result){0};
}
