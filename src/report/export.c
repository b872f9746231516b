/* An export: every table of a case in forms that other programs read. */
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "everyname/when.h"
#include "report/beside.h"
#include "report/export_parts.h"
#include "report/json.h"

static en_status mark_records(exporting *x, en_error *err) {
    const en_account *a = x->account;
    x->left_out = calloc((size_t)a->n_records + 1, sizeof *x->left_out);
    if (!x->left_out) return en_no_memory(err);
    for (int64_t i = 0; i < a->n_records; i++) {
        const en_account_record *r = &a->records[i];
        x->left_out[i] = (r->person >= 0 && x->facts.left_out[r->person]) ||
                         en_export_hides(&x->rows, a->sources[r->source].about.id) ||
                         en_export_hides(&x->rows, r->id) ||
                         (r->person >= 0 && en_export_hides(&x->rows, a->persons[r->person].id));
        x->out->rows_left_out += x->left_out[i];
    }
    return EN_OK;
}

static en_status write_kinds(exporting *x, en_error *err) {
    for (int i = 0; i < x->rows.n_tables; i++) {
        const en_export_table *table = &x->rows.tables[i];
        export_sink sink;
        en_status status = export_begin(x, table, &sink, err);
        for (size_t k = 0; status == EN_OK && k < json_array_size(table->rows); k++)
            status = export_row(&sink, json_array_get(table->rows, k), err);
        if (status == EN_OK) status = export_end(&sink, err);
        export_clear(&sink);
        if (status != EN_OK) return status;
    }
    return EN_OK;
}

static json_t *package(const exporting *x) {
    char when[32];
    json_t *out = json_object();
    en_time_print(x->account->generated, when, sizeof when);
    en_json_put(&out, "profile", json_string("tabular-data-package"));
    en_json_put(&out, "name", report_package_name(x->facts.title));
    en_json_put(&out, "title", en_json_text(x->facts.title));
    en_json_put(&out, "created", json_string(when));
    en_json_put(&out, "version", en_json_text(x->account->head));
    en_json_put(&out, "resources", json_incref(x->resources));
    return out;
}

static en_status write_sqlite(exporting *x, en_error *err) {
    en_buf bytes = {0};
    en_status status = en_plain_bytes(x->plain, &bytes, err);
    if (status == EN_OK) status = report_put(x->dir, "case.sqlite", en_buf_str(&bytes), err);
    en_buf_clear(&bytes);
    return status;
}

static en_status write_all(exporting *x, en_error *err) {
    EN_TRY(en_os_make_dirs(x->dir, err));
    if (x->options->sqlite) EN_TRY(en_plain_new(&x->plain, err));
    EN_TRY(en_progress_step(x->options->progress, "persons", 1, 4, err));
    EN_TRY(export_persons(x, err));
    EN_TRY(en_progress_step(x->options->progress, "records", 2, 4, err));
    EN_TRY(export_records(x, err));
    EN_TRY(en_progress_step(x->options->progress, "rows", 3, 4, err));
    EN_TRY(write_kinds(x, err));
    if (x->options->geojson) EN_TRY(export_geojson(x, err));
    if (x->options->huridocs) EN_TRY(export_huridocs_end(x, err));
    if (x->plain) EN_TRY(write_sqlite(x, err));
    return report_put_json(x->dir, "datapackage.json", package(x), err);
}

static en_status open_and_write(exporting *x, en_error *err) {
    if (!(x->arena = en_arena_new())) return en_no_memory(err);
    EN_TRY(en_case_open(x->account->case_path, false, &x->c, err));
    EN_TRY(en_withdrawn_find(x->c, "share", &x->consents, err));
    EN_TRY(facts_open(x->account, NULL, x->options->names, &x->consents, &x->facts, err));
    if (!x->options->all) EN_TRY(en_marked_cells_find(x->c, &x->marked, err));
    EN_TRY(export_select(x, err));
    const en_export_choice choice = {x->selected, x->facts.left_out, &x->consents, &x->marked};
    EN_TRY(en_export_rows_open(x->account, x->options, &choice, &x->rows, err));
    x->out->consent_withdrawn = x->facts.n_left_out;
    x->out->rows_left_out = x->rows.n_left_out;
    EN_TRY(mark_records(x, err));
    EN_TRY(en_records_load(x->c, 0, x->options->progress, &x->records, err));
    if (x->records.n != x->account->n_records)
        return en_fail(err, EN_ERR_CONFLICT, "the case changed"), en_error_mend(err, "run the command again");
    return write_all(x, err);
}

en_status en_export_write(const en_account *account, const char *dir, const en_export_options *options,
                          en_exported *out, en_error *err) {
    *out = (en_exported){0};
    exporting x = {.account = account, .options = options, .dir = dir, .resources = json_array(), .out = out};
    en_status status = open_and_write(&x, err);
    for (int i = 0; i < HURIDOCS_FILES; i++) en_buf_clear(&x.huridocs[i]);
    json_decref(x.resources);
    en_plain_free(x.plain);
    en_records_clear(&x.records);
    en_case_close(x.c);
    facts_clear(&x.facts);
    en_export_rows_clear(&x.rows);
    free(x.left_out);
    en_marked_cells_clear(&x.marked);
    en_withdrawn_clear(&x.consents);
    en_arena_free(x.arena);
    return status;
}

json_t *en_json_exported(const en_exported *exported, const char *dir) {
    json_t *tables = json_object(), *out = json_object();
    for (int i = 0; i < exported->n_tables; i++)
        en_json_put(&tables, exported->tables[i].name, json_integer(exported->tables[i].rows));
    en_json_put(&out, "folder", json_string(dir));
    en_json_put(&out, "tables", tables);
    en_json_put(&out, "persons_protected", json_integer(exported->persons_protected));
    en_json_put(&out, "left_out", json_integer(exported->rows_left_out));
    if (exported->consent_withdrawn) en_json_put(&out, "consent_withdrawn", json_integer(exported->consent_withdrawn));
    if (exported->condition_withheld) en_json_put(&out, "condition_withheld", json_true());
    return out;
}
