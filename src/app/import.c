/* Import: bytes of a list into the case, as they are, with where each row begins and what its columns mean. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/case_model.h"
#include "app/hxl.h"
#include "app/import_check.h"
#include "app/import_rows.h"
#include "app/mapping.h"
#include "app/records.h"
#include "app/row_json.h"
#include "base/buf.h"
#include "base/hex.h"
#include "base/map.h"
#include "base/os.h"

enum { PREVIEW_ROWS = 10 };

typedef struct importer {
    const en_import_options *options;
    en_import_result *out;
    en_case *c;
    en_text *text;
    en_os_map file;
    en_table table;
    en_mapping mapping;
    en_source source; /* as stored, where the title is known already */
    bool source_is_new;
    const en_release *previous; /* newest release of the source; NULL where none */
    int64_t n_releases;         /* of this source so far */
    bool *told; /* of each row: the release before has the same rows inside it; NULL where there is none */
} importer;

/* ---- reading ---- */

/* Of a table that could not be read: what looks like its header. */
static en_status say_likely_header(const importer *im, en_error *err) {
    char mend[sizeof err->mend];
    int64_t line = im->out->read.likely_header;
    if (!line) return err->status;
    snprintf(mend, sizeof mend, "%s", err->mend);
    return en_error_mend(err, "%s%sif the header is in row %lld, say --header-row %lld", mend, mend[0] ? "; " : "",
                         (long long)line, (long long)line);
}

static en_status refuse_empty(const importer *im, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "has no rows");
    en_error_mend(err, "a list needs a line of headers and at least one row");
    return en_error_at(err, en_os_base_name(im->options->file), -1, NULL, -1);
}

static en_status read_list(importer *im, en_error *err) {
    const en_import_options *o = im->options;
    en_read_options read = {.struct_size = sizeof read,
                            .file = en_os_base_name(o->file),
                            .encoding = o->encoding,
                            .delimiter = o->delimiter,
                            .keep_rejects = true,
                            .sheet = o->sheet,
                            .header_row = o->header_row,
                            .progress = o->progress};
    if (o->bytes.ptr)
        im->file.bytes = o->bytes;
    else
        EN_TRY(en_os_map_file(o->file, &im->file, err));
    en_status status = en_table_read(im->file.bytes, &read, &im->table, &im->out->read, err);
    if (status != EN_OK) return say_likely_header(im, err);
    return im->table.rows == 0 && im->out->read.n_rejects == 0 ? refuse_empty(im, err) : EN_OK;
}

/* Bad rows stop the import unless the caller has decided to leave them out; they are in the result either way. */
static en_status check_rejects(importer *im, en_error *err) {
    const en_read_report *read = &im->out->read;
    if (read->n_rejects == 0 || (im->options->skip_rejected && im->table.rows > 0)) return EN_OK;
    const en_reject *first = &read->rejects[0];
    en_fail(err, EN_ERR_INPUT, "%s", first->why);
    en_error_at(err, en_os_base_name(im->options->file), first->row, first->column[0] ? first->column : NULL,
                first->byte);
    en_error_mend(err, "%s%snothing was imported (%zu bad row%s); mend the file or use --skip-rejected", first->mend,
                  first->mend[0] ? "; " : "", read->n_rejects, read->n_rejects == 1 ? "" : "s");
    return EN_ERR_INPUT;
}

/* Copies the mapping into the result, which outlives it. */
static en_status report_mapping(importer *im, en_error *err) {
    en_import_result *out = im->out;
    const en_mapping *m = &im->mapping;
    out->columns = en_arena_alloc(out->arena, ((size_t)m->n + 1) * sizeof *out->columns);
    out->roles = en_arena_alloc(out->arena, ((size_t)m->n + 1) * sizeof *out->roles);
    if (!out->columns || !out->roles) return en_no_memory(err);
    for (out->n_columns = 0; out->n_columns < m->n; out->n_columns++) {
        int64_t i = out->n_columns;
        out->columns[i] = en_arena_strdup(out->arena, en_str_of(m->columns[i]));
        out->roles[i] = m->roles[i] ? en_arena_strdup(out->arena, en_str_of(m->roles[i])) : NULL;
        if (!out->columns[i] || (m->roles[i] && !out->roles[i])) return en_no_memory(err);
    }
    return EN_OK;
}

/* Columns that the release before had mean what they meant there, and dates are in the order they were in. */
static en_status follow_previous(importer *im, en_error *err) {
    const char *json;
    en_mapping old;
    EN_TRY(en_case_mapping(im->c, im->previous->mapping, im->out->arena, &json, err));
    EN_TRY(en_mapping_from_json(json, &old, err));
    en_status status = en_mapping_follow(&im->mapping, &old, err);
    en_mapping_clear(&old);
    return status;
}

static en_status map_columns(importer *im, en_error *err) {
    en_import_result *out = im->out;
    EN_TRY(en_text_open(&im->text, err));
    EN_TRY(en_mapping_guess(&im->table, im->text, &im->mapping, err));
    if (en_hxl_is_tagged(&im->table)) {
        EN_TRY(en_hxl_map(&im->mapping, &im->table, err));
        EN_TRY(en_hxl_drop_tags(&im->table, err));
        out->rows--;
        if (im->table.rows == 0) return refuse_empty(im, err);
    }
    EN_TRY(en_mapping_find_terms(&im->mapping, &im->table, im->text, err));
    if (im->previous) EN_TRY(follow_previous(im, err));
    if (im->options->date_order != EN_ORDER_UNSTATED) im->mapping.date_order = im->options->date_order;
    im->mapping.delimiter = out->read.delimiter;
    im->mapping.format = strcmp(out->read.format, "jsonl") == 0 ? "jsonl" : "csv";
    bool is_sheet = strcmp(out->read.format, "xlsx") == 0 || strcmp(out->read.format, "xls") == 0;
    if (is_sheet)
        im->mapping.delimiter = ',';
    else
        im->mapping.header_row = im->options->header_row;
    if (im->options->map_file) EN_TRY(en_mapping_apply_file(&im->mapping, im->options->map_file, err));
    return report_mapping(im, err);
}

static en_str new_text(const importer *im) {
    const en_read_report *read = &im->out->read;
    return read->text ? (en_str){read->text, read->text_len} : im->file.bytes;
}

/* ---- what was there before ---- */

static en_status find_source(importer *im, en_error *err) {
    en_arena *arena = im->out->arena;
    en_source *sources;
    en_release *releases;
    int64_t n_sources, n_releases;
    EN_TRY(en_case_sources(im->c, arena, &sources, &n_sources, err));
    EN_TRY(en_case_releases(im->c, arena, &releases, &n_releases, err));
    im->source = im->options->source;
    im->source_is_new = true;
    for (int64_t i = 0; i < n_sources; i++) {
        if (strcmp(sources[i].title, im->options->source.title) != 0) continue;
        im->source = sources[i];
        im->source_is_new = false;
    }
    for (int64_t i = 0; !im->source_is_new && i < n_releases; i++) {
        if (!en_id_eq(releases[i].source, im->source.id)) continue;
        im->previous = &releases[i];
        im->n_releases++;
    }
    en_id newest = im->previous ? im->previous->id : EN_ID_NONE;
    if (im->options->bytes.ptr && !en_id_eq(newest, im->options->after))
        return en_fail(err, EN_ERR_CONFLICT, "the case changed: \"%.100s\" has a newer release", im->source.title);
    return EN_OK;
}

/* A row's key: its id where the list has one, else its bytes. */
static en_str row_key(en_str text, const en_table *table, const en_column *id, int64_t row) {
    if (id && !en_column_is_null(id, row)) return en_column_str(id, row);
    return (en_str){text.ptr + table->row_offsets[row], (size_t)table->row_lengths[row]};
}

static en_status read_previous(importer *im, en_mapping *mapping, en_str *text, en_table *table, en_error *err) {
    const char *json;
    EN_TRY(en_case_mapping(im->c, im->previous->mapping, im->out->arena, &json, err));
    EN_TRY(en_mapping_from_json(json, mapping, err));
    EN_TRY(en_case_capture_bytes(im->c, im->previous->capture, im->out->arena, text, err));
    if (!text->len) return EN_OK; /* it was destroyed */
    return en_mapping_read(mapping, *text, im->source.title, table, err);
}

/* A cell that may hold rows: of a column such as act.1.kind, or a list or an object of JSON Lines. */
static bool may_hold_rows(const en_column *column, en_str cell) {
    return cell.len && (strchr(column->name, '.') || cell.ptr[0] == '[' || cell.ptr[0] == '{');
}

/* Whether every such cell of one row stands in the other too. */
static bool holds_all_of(const en_table *a, int64_t row_a, const en_table *b, int64_t row_b) {
    for (int32_t i = 0; i < a->n_columns; i++) {
        en_str cell = en_column_str(&a->columns[i], row_a);
        if (!may_hold_rows(&a->columns[i], cell)) continue;
        const en_column *same = en_table_column(b, a->columns[i].name);
        if (!same || !en_str_eq(cell, en_column_str(same, row_b))) return false;
    }
    return true;
}

/* Sorts old rows into unchanged, changed and removed (whose records are listed), new ones into added. Keys that stand
 * twice are matched as often as both have them. */
static en_status compare_rows(importer *im, const en_mapping *old_mapping, en_str old_text, const en_table *old,
                              en_id **removed, en_error *err) {
    en_import_result *out = im->out;
    const char *old_id = en_mapping_column(old_mapping, EN_MAPPED_ID),
               *new_id = en_mapping_column(&im->mapping, EN_MAPPED_ID);
    const en_column *old_ids = old_id ? en_table_column(old, old_id) : NULL,
                    *new_ids = new_id ? en_table_column(&im->table, new_id) : NULL;
    en_str text = new_text(im);
    en_map keys = {0};
    int32_t number, *next = NULL, *row_of = NULL;
    en_id *ids;
    int64_t *offsets, n, row = 0;
    en_status status = en_case_records(im->c, im->previous->id, out->arena, &ids, &offsets, NULL, &n, err);
    if (status != EN_OK) return status;
    /* Chains of new rows by key: row_of[key] is the first row, next[row] the next with the same key. */
    next = malloc(((size_t)im->table.rows + 1) * sizeof *next);
    row_of = malloc(((size_t)im->table.rows + 1) * sizeof *row_of);
    *removed = en_arena_alloc(out->arena, ((size_t)n + 1) * sizeof **removed);
    im->told = en_arena_alloc(out->arena, ((size_t)im->table.rows + 1) * sizeof *im->told);
    if (!next || !row_of || !*removed || !im->told) status = en_no_memory(err);
    for (int64_t i = im->table.rows - 1; status == EN_OK && i >= 0; i--) {
        bool added;
        status = en_map_intern(&keys, row_key(text, &im->table, new_ids, i), &number, &added, err);
        if (status != EN_OK) break;
        next[i] = added ? -1 : row_of[number];
        row_of[number] = (int32_t)i;
    }
    out->added = im->table.rows;
    for (int64_t i = 0; status == EN_OK && i < n; i++) {
        while (row < old->rows && old->row_offsets[row] < offsets[i]) row++;
        if (row >= old->rows) break;
        number = en_map_find(&keys, row_key(old_text, old, old_ids, row));
        if (number < 0 || row_of[number] < 0) {
            (*removed)[out->removed++] = ids[i];
            continue;
        }
        int32_t match = row_of[number];
        row_of[number] = next[match];
        out->added--;
        en_str was = {old_text.ptr + old->row_offsets[row], (size_t)old->row_lengths[row]};
        en_str is = {text.ptr + im->table.row_offsets[match], (size_t)im->table.row_lengths[match]};
        if (en_str_eq(was, is))
            out->unchanged++;
        else
            out->changed++;
        im->told[match] = holds_all_of(old, row, &im->table, match) && holds_all_of(&im->table, match, old, row);
    }
    en_map_clear(&keys);
    free(next);
    free(row_of);
    return status;
}

static en_status compare_with_previous(importer *im, en_id **removed, en_error *err) {
    *removed = NULL;
    im->out->added = im->table.rows;
    if (!im->previous) return EN_OK;
    im->out->has_previous = true;
    en_mapping mapping = {0};
    en_table old = {0};
    en_str text;
    en_status status = read_previous(im, &mapping, &text, &old, err);
    if (status == EN_OK) status = compare_rows(im, &mapping, text, &old, removed, err);
    en_mapping_clear(&mapping);
    en_table_clear(&old);
    return status;
}

/* The same rows once more are no new release. */
static en_status check_new(const importer *im, en_error *err) {
    const en_import_result *out = im->out;
    if (!im->previous || out->added || out->changed || out->removed || im->options->map_file) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "has the same rows as release %s of \"%s\"", im->previous->label, im->source.title);
    en_error_mend(err, "nothing was imported; choose another --source title if it is another source");
    en_error_at(err, en_os_base_name(im->options->file), -1, NULL, -1);
    return EN_ERR_INPUT;
}

/* ---- storing ---- */

static const char *media_type(const char *format) {
    if (strcmp(format, "xls") == 0) return "application/vnd.ms-excel";
    if (strcmp(format, "xlsx") == 0) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (strcmp(format, "xls") == 0) return "application/vnd.ms-excel";
    return strcmp(format, "jsonl") == 0 ? "application/jsonl" : "text/csv";
}

void en_import_collected(const en_import_options *options, const char *otherwise_url, en_capture *capture) {
    capture->collected_by = options->collected_by ? options->collected_by : options->actor;
    capture->collected_with = options->collected_with ? options->collected_with : "everyname " EN_VERSION " import";
    capture->url = options->url ? options->url : otherwise_url;
    capture->collected_at = options->collected_at ? options->collected_at : en_os_now();
}

/* The bytes as they came and, where offsets refer to a text made from them, that text as a rendition. */
static en_status store_captures(importer *im, en_id *text_capture, en_error *err) {
    const en_read_report *read = &im->out->read;
    en_capture capture = {.media_type = media_type(read->format)};
    en_import_collected(im->options, en_os_base_name(im->options->file), &capture);
    EN_TRY(en_case_add_capture(im->c, &capture, im->file.bytes, err));
    *text_capture = capture.id;
    if (!read->text) return EN_OK;
    en_capture rendition = {.media_type =
                                strcmp(read->format, "jsonl") == 0 ? "application/jsonl" : "text/csv; charset=utf-8",
                            .url = capture.url,
                            .collected_by = im->options->actor,
                            .collected_with = "everyname " EN_VERSION " import",
                            .extractor = "everyname " EN_VERSION " table",
                            .collected_at = en_os_now(),
                            .parent = capture.id};
    EN_TRY(en_case_add_capture(im->c, &rendition, (en_str){read->text, read->text_len}, err));
    *text_capture = rendition.id;
    return EN_OK;
}

/* Rows of the model that the list's rows hold, each about its record. */
static en_status store_inner_rows(importer *im, en_id first, en_error *err) {
    en_inner_rows rows = {.table = &im->table,
                          .is_jsonl = strcmp(im->out->read.format, "jsonl") == 0,
                          .first = first,
                          .source = im->source.id,
                          .told = im->told,
                          .date_order = im->mapping.date_order};
    int64_t row;
    en_status status = en_import_inner_rows(im->c, &rows, &im->out->inner_rows, &row, err);
    if (status != EN_OK && row >= 0)
        en_error_at(err, en_os_base_name(im->options->file), import_line_of(&im->table, new_text(im), row), NULL, -1);
    return status;
}

/* A grade of what the list says, apart from that of its source, with who gave it. */
static en_status store_grading(importer *im, en_id release, en_error *err) {
    const en_import_options *o = im->options;
    char ref[EN_REF_TEXT];
    if (!o->item_grade) return EN_OK;
    EN_TRY(en_case_ref(im->c, release, ref, err));
    json_t *body = json_pack("{s:s, s:s, s:s}", "of", ref, "item_grade", o->item_grade, "by",
                             o->source.graded_by ? o->source.graded_by : o->actor);
    en_id id;
    return en_row_json_add(im->c, "grading", body, &id, err);
}

static en_status store_release(importer *im, const en_id *removed, en_error *err) {
    en_buf json = {0};
    en_release release = {.source = im->source.id,
                          .released = im->options->released,
                          .label = im->out->release,
                          .n_records = im->table.rows,
                          .supersedes = im->previous ? im->previous->id : EN_ID_NONE};
    int64_t first = 0;
    en_status status = store_captures(im, &release.capture, err);
    if (status == EN_OK) status = en_mapping_to_json(&im->mapping, &json, err);
    if (status == EN_OK) status = en_case_add_mapping(im->c, json.ptr, &release.mapping, err);
    if (status == EN_OK)
        status = en_case_add_release(im->c, &release, new_text(im), im->table.row_offsets, im->table.row_lengths,
                                     im->table.rows, &first, im->options->threads, im->options->progress, err);
    en_id last = {release.id.entry, first + im->table.rows - 1};
    if (status == EN_OK) status = en_case_print_id(im->c, 'r', last, im->out->last_record, err);
    if (status == EN_OK) status = store_grading(im, release.id, err);
    if (status == EN_OK) status = store_inner_rows(im, (en_id){release.id.entry, first}, err);
    if (status == EN_OK && im->out->removed)
        status = en_case_add_removals(im->c, release.id, removed, im->out->removed, err);
    en_buf_clear(&json);
    return status;
}

static en_status store(importer *im, const en_id *removed, en_error *err) {
    en_entry entry;
    EN_TRY(en_case_begin(im->c, im->options->actor, "import", err));
    if (im->source_is_new) EN_TRY(en_case_add_source(im->c, &im->source, &im->source.id, err));
    EN_TRY(store_release(im, removed, err));
    EN_TRY(en_case_commit(im->c, &entry, err));
    im->out->imported = im->table.rows;
    en_hex(entry.root, sizeof entry.root, im->out->root);
    return en_case_print_id(im->c, 'n', (en_id){entry.number, 0}, im->out->entry, err);
}

static en_status describe(importer *im, en_error *err) {
    en_import_result *out = im->out;
    en_buf label = {0};
    out->source = im->source.title;
    out->format = en_arena_strdup(out->arena, en_str_of(out->read.format));
    out->encoding = en_arena_strdup(out->arena, en_str_of(out->read.encoding));
    if (!out->format || !out->encoding) return en_no_memory(err);
    out->delimiter = out->read.delimiter;
    out->rows = im->table.rows + (int64_t)out->read.n_rejects;
    out->dry_run = im->options->dry_run;
    EN_TRY(en_buf_addf(&label, err, "%lld", (long long)im->n_releases + 1));
    out->release = en_arena_strdup(out->arena, en_buf_str(&label));
    en_buf_clear(&label);
    return out->release ? EN_OK : en_no_memory(err);
}

static en_status preview(importer *im, en_error *err) {
    const en_table *t = &im->table;
    const char **names = en_arena_alloc(im->out->arena, ((size_t)t->n_columns + 1) * sizeof *names);
    en_str *cells = en_arena_alloc(im->out->arena, ((size_t)t->n_columns + 1) * sizeof *cells);
    en_table_builder *builder = NULL;
    if (!names || !cells) return en_no_memory(err);
    for (int32_t i = 0; i < t->n_columns; i++) names[i] = t->columns[i].name;
    en_status status = en_table_builder_new(names, t->n_columns, &builder, err);
    for (int64_t row = 0; status == EN_OK && row < t->rows && row < PREVIEW_ROWS; row++) {
        for (int32_t i = 0; i < t->n_columns; i++) cells[i] = en_column_str(&t->columns[i], row);
        status = en_table_builder_row(builder, cells, -1, 0, err);
    }
    if (status == EN_OK) status = en_table_builder_finish(builder, &im->out->preview, err);
    en_table_builder_free(builder);
    if (status != EN_OK) return status;
    return en_records_preview(&im->mapping, t, &im->source, im->options->released, PREVIEW_ROWS, &im->out->read_as,
                              err);
}

/* What the source is and how it stands to the event are terms of vocab/, so that sources can be told apart by them. */
static en_status check_terms(const importer *im, en_error *err) {
    const en_import_options *o = im->options;
    const struct {
        const char *vocabulary, *option, *value;
    } of[] = {{"source_kind", "kind", o->source.kind},
              {"relation_to_event", "relation", o->source.relation},
              {"source_grade", "grade", o->source.grade},
              {"item_grade", "item-grade", o->item_grade}};
    en_model model;
    char list[240];
    EN_TRY(en_model_open(im->c, &model, err));
    en_status status = EN_OK;
    for (size_t i = 0; status == EN_OK && i < sizeof of / sizeof *of; i++) {
        if (!of[i].value || !of[i].value[0] || en_model_find_term(&model, of[i].vocabulary, of[i].value)) continue;
        en_model_list(json_object_get(en_model_vocabulary(&model, of[i].vocabulary), "terms"), list, sizeof list);
        status =
            en_fail(err, EN_ERR_USAGE, "--%s: \"%.60s\" is no term of %s", of[i].option, of[i].value, of[i].vocabulary);
        en_error_mend(err, "terms: %s; or add one: everyname add CASE term …", list);
    }
    en_model_close(&model);
    return status;
}

/* The mapping as --map reads it. */
static en_status save_map(const importer *im, en_error *err) {
    const en_mapping *m = &im->mapping;
    if (!im->options->save_map_file) return EN_OK;
    json_t *columns = json_object();
    for (int32_t i = 0; i < m->n; i++)
        json_object_set_new(columns, m->columns[i], m->roles[i] ? json_string(m->roles[i]) : json_null());
    json_t *map = json_pack("{s:o}", "columns", columns);
    if (map && m->date_order != EN_ORDER_UNSTATED)
        json_object_set_new(map, "date_order", json_string(en_date_order_name(m->date_order)));
    char *text = map ? json_dumps(map, JSON_INDENT(2)) : NULL;
    en_status status = text ? en_os_write_file(im->options->save_map_file, en_str_of(text), err) : en_no_memory(err);
    json_decref(map);
    free(text);
    return status;
}

static en_status run(const char *case_path, importer *im, en_error *err) {
    en_id *removed;
    EN_TRY(en_case_open(case_path, !im->options->dry_run, &im->c, err));
    EN_TRY(check_terms(im, err));
    EN_TRY(read_list(im, err));
    EN_TRY(find_source(im, err));
    EN_TRY(describe(im, err));
    EN_TRY(map_columns(im, err));
    EN_TRY(save_map(im, err));
    EN_TRY(compare_with_previous(im, &removed, err));
    if (im->options->dry_run) EN_TRY(preview(im, err));
    EN_TRY(check_rejects(im, err));
    EN_TRY(import_check_values(&im->table, &im->mapping, new_text(im), en_os_base_name(im->options->file), err));
    EN_TRY(check_new(im, err));
    return im->options->dry_run ? EN_OK : store(im, removed, err);
}

en_status en_app_import(const char *case_path, const en_import_options *options, en_import_result *out, en_error *err) {
    *out = (en_import_result){.arena = en_arena_new()};
    importer im = {.options = options, .out = out};
    en_status status = out->arena ? run(case_path, &im, err) : en_no_memory(err);
    en_mapping_clear(&im.mapping);
    en_table_clear(&im.table);
    en_text_close(im.text);
    en_case_close(im.c);
    en_os_unmap(&im.file);
    return status; /* what was read stays in *out, so that a failure can list the rejected rows */
}

void en_import_result_clear(en_import_result *result) {
    en_read_report_clear(&result->read);
    en_table_clear(&result->preview);
    en_table_clear(&result->read_as);
    en_arena_free(result->arena);
    *result = (en_import_result){0};
}
