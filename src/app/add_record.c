/* Records by hand: the list is JSON Lines, each release the one before with a line more, so that a record entered by
 * hand has bytes, a mapping and a history as any other. */
#include "app/add_record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/mapping.h"
#include "app/row_add.h"
#include "base/buf.h"

typedef struct entry_list {
    const char *title;
    en_buf text;  /* of the newest release, then with the row */
    int64_t rows; /* of it */
    en_id release;
} entry_list;

/* ---- the list so far ---- */

static en_status refuse_list(const char *title, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "\"%.100s\" came from a file, and no row is added to it by hand", title);
    return en_error_mend(err,
                         "name another source, as 'Entered by hand'; what the file lacks goes into its next release"),
           EN_ERR_INPUT;
}

static en_status read_release(en_case *c, const en_release *release, en_arena *arena, entry_list *list, en_error *err) {
    const char *json;
    en_mapping mapping;
    en_str text;
    EN_TRY(en_case_mapping(c, release->mapping, arena, &json, err));
    EN_TRY(en_mapping_from_json(json, &mapping, err));
    bool is_jsonl = strcmp(mapping.format, "jsonl") == 0;
    en_mapping_clear(&mapping);
    if (!is_jsonl) return refuse_list(list->title, err);
    EN_TRY(en_case_capture_bytes(c, release->capture, arena, &text, err));
    list->text.len = 0;
    list->rows = release->n_records;
    list->release = release->id;
    EN_TRY(en_buf_add(&list->text, text, err));
    return text.len && text.ptr[text.len - 1] != '\n' ? en_buf_add_char(&list->text, '\n', err) : EN_OK;
}

static en_status read_list(en_case *c, en_arena *arena, entry_list *list, en_error *err) {
    en_source *sources;
    en_release *releases;
    int64_t n_sources, n_releases;
    EN_TRY(en_case_sources(c, arena, &sources, &n_sources, err));
    EN_TRY(en_case_releases(c, arena, &releases, &n_releases, err));
    for (int64_t i = n_releases - 1; i >= 0; i--)
        for (int64_t s = 0; s < n_sources; s++)
            if (en_id_eq(releases[i].source, sources[s].id) && strcmp(sources[s].title, list->title) == 0)
                return read_release(c, &releases[i], arena, list, err);
    return EN_OK;
}

/* ---- the row ---- */

static en_status set_field(json_t *row, const char *field, en_error *err) {
    const char *equals = strchr(field, '=');
    if (!equals || equals == field) {
        en_fail(err, EN_ERR_USAGE, "\"%.100s\" sets no column", field);
        return en_error_mend(err, "write COLUMN=VALUE"), EN_ERR_USAGE;
    }
    char *column = strndup(field, (size_t)(equals - field));
    if (!column) return en_no_memory(err);
    en_status status = en_row_set(row, column, en_str_of(equals + 1), err);
    free(column);
    return status;
}

static en_status make_row(const en_add_options *o, json_t *row, entry_list *list, en_error *err) {
    for (size_t i = 0; i < o->n_fields; i++) EN_TRY(set_field(row, o->fields[i], err));
    list->title = json_string_value(json_object_get(row, "source"));
    if (list->title) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "a record needs its source");
    en_error_at(err, NULL, -1, "source", -1);
    return en_error_mend(err, "say who says so: source='Testimonies taken in Orlesk'"), EN_ERR_INPUT;
}

/* The source is the list's, not the row's. */
static en_status add_line(json_t *row, entry_list *list, en_error *err) {
    json_t *line = json_object();
    const char *member;
    json_t *value;
    char number[32];
    snprintf(number, sizeof number, "%lld", (long long)list->rows + 1);
    if (!json_object_get(row, "id")) json_object_set_new(line, "id", json_string(number));
    json_object_foreach(row, member, value) {
        if (strcmp(member, "source") != 0) json_object_set(line, member, value);
    }
    char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;
    en_status status = text ? en_buf_addf(&list->text, err, "%s\n", text) : en_no_memory(err);
    json_decref(line);
    free(text);
    return status;
}

/* ---- the whole ---- */

static en_status import(const char *case_path, const en_add_options *o, const entry_list *list, en_add_result *out,
                        en_error *err) {
    en_import_result r;
    en_import_options import = {.actor = o->actor,
                                .file = "entered-by-hand.jsonl",
                                .bytes = en_buf_str(&list->text),
                                .after = list->release,
                                .source = {.title = list->title, .kind = "testimony"},
                                .date_order = o->date_order,
                                .dry_run = o->dry_run,
                                .progress = o->progress};
    en_status status = en_app_import(case_path, &import, &r, err);
    if (status == EN_OK) {
        out->rows = 1 + r.inner_rows;
        out->kinds[0] = "record";
        out->counts[0] = 1;
        out->n_kinds = 1;
        out->shown[0].id = en_arena_strdup(out->arena, en_str_of(r.last_record));
        memcpy(out->entry, r.entry, sizeof out->entry);
        memcpy(out->root, r.root, sizeof out->root);
        out->dry_run = o->dry_run;
    }
    en_import_result_clear(&r);
    return status;
}

static en_status show(en_add_result *out, const entry_list *list, size_t before, en_error *err) {
    en_str line = en_str_trim((en_str){list->text.ptr + before, list->text.len - before});
    out->shown[0].after = en_arena_strdup(out->arena, line);
    out->n_shown = 1;
    return out->shown[0].id && out->shown[0].after ? EN_OK : en_no_memory(err);
}

en_status en_add_record(const char *case_path, const en_add_options *options, en_add_result *out, en_error *err) {
    entry_list list = {0};
    en_case *c = NULL;
    json_t *row = json_object();
    en_status status = row ? make_row(options, row, &list, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_open(case_path, false, &c, err);
    if (status == EN_OK) status = read_list(c, out->arena, &list, err);
    en_case_close(c);
    size_t before = list.text.len;
    if (status == EN_OK) status = add_line(row, &list, err);
    if (status == EN_OK) status = import(case_path, options, &list, out, err);
    if (status == EN_OK) status = show(out, &list, before, err);
    json_decref(row);
    en_buf_clear(&list.text);
    return status;
}
