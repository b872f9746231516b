/* Linking plain files, with no case: lists in, rec_id,person_id out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/link_files.h"
#include "app/link_labels.h"
#include "app/link_model_json.h"
#include "app/link_out.h"
#include "base/buf.h"
#include "base/sort.h"

bool en_app_is_case(const char *path) {
    static const char suffix[] = ".everyname", magic[] = "SQLite format 3";
    size_t len = strlen(path);
    if (len >= sizeof suffix && strcmp(path + len - (sizeof suffix - 1), suffix) == 0) return true;
    char start[sizeof magic];
    if (en_os_read_start(path, start, sizeof start) && memcmp(start, magic, sizeof magic) == 0) return true;
    return en_case_is_encrypted(path);
}

/* ---- reading ---- */

static en_status read_table(const char *path, const en_progress *progress, int threads, en_os_map *map, en_table *table,
                            en_read_report *report, en_error *err) {
    en_read_options read = {.struct_size = sizeof read, .file = path, .progress = progress, .threads = threads};
    EN_TRY(en_os_map_file(path, map, err));
    return en_table_read(map->bytes, &read, table, report, err);
}

/* One `ROLE=COLUMN` or `text:COLUMN` of --fields. */
static en_status apply_field(list_file *f, en_str field, bool *found, en_arena *arena, en_error *err) {
    const char *equals = memchr(field.ptr, '=', field.len), *colon = memchr(field.ptr, ':', field.len);
    const char *cut = equals ? equals : colon;
    if (!cut) goto malformed;
    char *role = en_arena_strdup(arena, (en_str){field.ptr, (size_t)(cut - field.ptr)});
    char *column = en_arena_strdup(arena, (en_str){cut + 1, field.len - (size_t)(cut - field.ptr) - 1});
    if (!role || !column) return en_no_memory(err);
    if (en_role_of(en_str_of(role)) == EN_ROLE_NONE || en_mapping_is_generic(role) == (cut == equals)) goto malformed;
    for (int32_t i = 0; i < f->mapping.n; i++) {
        if (strcmp(f->mapping.columns[i], column) != 0) continue;
        f->mapping.roles[i] = role;
        *found = true;
    }
    return EN_OK;
malformed:
    en_fail(err, EN_ERR_USAGE,
            "--fields: \"%.*s\" is neither ROLE=COLUMN nor text:, exact:, number: or date: before a column",
            (int)(field.len < 100 ? field.len : 100), field.ptr);
    return en_error_mend(err, "roles: name, given, family, father, mother, sex, birth, birth_year, birth_month, "
                              "birth_day, age, event_date, place, id_number"),
           EN_ERR_USAGE;
}

static en_status apply_fields(linker *l, en_error *err) {
    en_str rest = en_str_of(l->options->fields);
    for (size_t i = 0; i < l->options->n_files; i++)
        for (int32_t k = 0; k < l->files[i].mapping.n; k++) l->files[i].mapping.roles[k] = NULL;
    while (rest.len) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        en_str field = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        rest = comma ? (en_str){comma + 1, rest.len - field.len - 1} : (en_str){"", 0};
        bool found = false;
        for (size_t i = 0; i < l->options->n_files; i++)
            EN_TRY(apply_field(&l->files[i], en_str_trim(field), &found, l->arena, err));
        if (found) continue;
        en_fail(err, EN_ERR_USAGE, "--fields: no file has the column of \"%.*s\"",
                (int)(field.len < 100 ? field.len : 100), field.ptr);
        en_error_at(err, l->options->files[0], -1, NULL, -1);
        return en_error_mend(err, "use a header exactly as it is written in the file"), EN_ERR_USAGE;
    }
    return EN_OK;
}

/* A column that holds different things in two files can only be compared as text. */
static void agree_on_role(linker *l, const char *column) {
    const char *agreed = NULL;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < l->options->n_files; i++)
            for (int32_t k = 0; k < l->files[i].mapping.n; k++) {
                const char **role = &l->files[i].mapping.roles[k];
                if (!*role || strcmp(l->files[i].mapping.columns[k], column) != 0) continue;
                if (pass == 0)
                    agreed = !agreed || strcmp(agreed, *role) == 0 ? *role : "text";
                else
                    *role = agreed;
            }
}

static void apply_content(linker *l) {
    for (size_t i = 0; i < l->options->n_files; i++)
        en_mapping_by_content(&l->files[i].mapping, &l->files[i].table, l->files[i].id_column, l->options->list_column,
                              l->options->date_order);
    for (size_t i = 0; i < l->options->n_files; i++)
        for (int32_t k = 0; k < l->files[i].mapping.n; k++) agree_on_role(l, l->files[i].mapping.columns[k]);
}

/* Of two columns that could hold one role a case keeps the first; linkage compares a middle name, a grandfather or a
 * second number as well. Whole names are left out, since they say again what their parts say. */
static void keep_second_columns(en_mapping *mapping) {
    for (int32_t k = 0; k < mapping->n; k++) {
        if (mapping->roles[k]) continue;
        switch (en_role_guess(en_str_of(mapping->columns[k]))) {
        case EN_ROLE_GIVEN:
        case EN_ROLE_FAMILY:
        case EN_ROLE_FATHER:
        case EN_ROLE_MOTHER:
        case EN_ROLE_PLACE:
        case EN_ROLE_ID_NUMBER: mapping->roles[k] = en_role_name(en_role_guess(en_str_of(mapping->columns[k]))); break;
        default: break;
        }
    }
}

static en_status missing_column(const char *file, const char *option, const char *column, en_error *err) {
    en_fail(err, EN_ERR_USAGE, "%s: the file has no such column", option);
    en_error_at(err, file, -1, column, -1);
    return en_error_mend(err, "use a header exactly as it is written in the file"), EN_ERR_USAGE;
}

/* The table holds all that linkage needs; where rows stood in the file is no part of it. */
static void forget_text(list_file *f) {
    en_os_unmap(&f->map);
    free(f->table.row_offsets);
    free(f->table.row_lengths);
    f->table.row_offsets = f->table.row_lengths = NULL;
}

static en_status read_files(linker *l, en_error *err) {
    en_text *text = NULL;
    l->files = en_arena_alloc(l->arena, (l->options->n_files + 1) * sizeof *l->files);
    if (!l->files) return en_no_memory(err);
    en_status status = en_text_open(&text, err);
    for (size_t i = 0; status == EN_OK && i < l->options->n_files; i++) {
        list_file *f = &l->files[i];
        status = read_table(l->options->files[i], l->options->progress, l->options->threads, &f->map, &f->table,
                            &f->report, err);
        forget_text(f);
        if (status == EN_OK) status = en_mapping_guess(&f->table, text, &f->mapping, err);
        if (status != EN_OK) break;
        keep_second_columns(&f->mapping);
        f->id_column = l->options->id_column ? l->options->id_column : en_mapping_column(&f->mapping, EN_MAPPED_ID);
        if (l->options->id_column && !en_table_column(&f->table, l->options->id_column))
            status = missing_column(l->options->files[i], "--id", l->options->id_column, err);
        if (status == EN_OK && l->options->list_column && !en_table_column(&f->table, l->options->list_column))
            status = missing_column(l->options->files[i], "--list", l->options->list_column, err);
    }
    en_text_close(text);
    if (status == EN_OK && l->options->generic) apply_content(l);
    if (status == EN_OK && l->options->fields) status = apply_fields(l, err);
    return status;
}

/* ---- joining ---- */

/* Columns of one role are one column of the joined table, but for the second of a file. */
static en_status target_column(linker *l, const list_file *f, int32_t k, int32_t *number, en_error *err) {
    const char *role = f->mapping.roles[k], *column = f->mapping.columns[k];
    bool first = strcmp(en_mapping_column(&f->mapping, role), column) == 0;
    en_buf name = {0};
    en_status status = en_mapping_is_generic(role) || !first ? en_buf_addf(&name, err, "%s:%s", role, column)
                                                             : en_buf_addf(&name, err, "%s", role);
    if (status == EN_OK) status = en_map_intern(&l->columns, en_buf_str(&name), number, NULL, err);
    en_buf_clear(&name);
    return status;
}

/* Linkage compares what the columns' roles say; a record's id and a status say nothing about who it is. */
static bool takes_part(const list_file *f, int32_t column, const char *list_column) {
    const char *role = f->mapping.roles[column], *name = f->mapping.columns[column];
    if (!role || en_role_of(en_str_of(role)) == EN_ROLE_NONE) return false;
    if (f->id_column && strcmp(name, f->id_column) == 0) return false;
    return !list_column || strcmp(name, list_column) != 0;
}

static en_status name_columns(linker *l, en_error *err) {
    int32_t number;
    EN_TRY(en_map_intern(&l->columns, EN_LIT("list"), &number, NULL, err));
    EN_TRY(en_map_intern(&l->columns, EN_LIT("id"), &number, NULL, err));
    for (size_t i = 0; i < l->options->n_files; i++)
        for (int32_t k = 0; k < l->files[i].mapping.n; k++)
            if (takes_part(&l->files[i], k, l->options->list_column))
                EN_TRY(target_column(l, &l->files[i], k, &number, err));
    if (l->columns.len > JOINED_FIXED) return EN_OK;
    en_fail(err, EN_ERR_USAGE, "no column has a header that says what it is");
    en_error_at(err, l->options->files[0], -1, NULL, -1);
    return en_error_mend(err, "say --fields given=COLUMN,family=COLUMN,birth=COLUMN,…"), EN_ERR_USAGE;
}

/* What a file gives, and into which columns of the joined table. */
static en_status read_part(linker *l, size_t file, joined_part *out, en_error *err) {
    const list_file *f = &l->files[file];
    const char *lists = l->options->list_column;
    int32_t *to = en_arena_alloc(l->arena, ((size_t)f->mapping.n + 1) * sizeof *to);
    if (!to) return en_no_memory(err);
    for (int32_t k = 0; k < f->mapping.n; k++) {
        to[k] = -1;
        if (takes_part(f, k, lists)) EN_TRY(target_column(l, f, k, &to[k], err));
    }
    *out = (joined_part){.table = &f->table, .list = l->options->files[file], .to = to};
    if (lists) out->lists = en_table_column(&f->table, lists);
    if (f->id_column) out->ids = en_table_column(&f->table, f->id_column);
    return EN_OK;
}

static en_status join_files(linker *l, en_error *err) {
    EN_TRY(name_columns(l, err));
    size_t n = l->options->n_files;
    const char **names = en_arena_alloc(l->arena, (size_t)l->columns.len * sizeof *names);
    joined_part *parts = en_arena_alloc(l->arena, (n + 1) * sizeof *parts);
    if (!names || !parts) return en_no_memory(err);
    for (int32_t i = 0; i < l->columns.len; i++)
        if (!(names[i] = en_arena_strdup(l->arena, en_map_key(&l->columns, i)))) return en_no_memory(err);
    for (size_t i = 0; i < n; i++) EN_TRY(read_part(l, i, &parts[i], err));
    EN_TRY(joined_lists_of(parts, n, names, l->columns.len, &l->joined, err));
    l->table = l->joined.table;
    for (size_t i = 0; n > 1 && i < n; i++) en_table_clear(&l->files[i].table);
    return EN_OK;
}

static en_status check_ids(linker *l, en_error *err) {
    const en_column *ids = &l->table.columns[JOINED_ID];
    if (ids->dict_len == l->table.rows) return EN_OK;
    for (int64_t row = 0, next = 0; row < l->table.rows; row++) {
        if (ids->codes[row] == next) {
            next++;
            continue;
        }
        en_str id = en_column_str(ids, row);
        en_fail(err, EN_ERR_INPUT, "the record id \"%.*s\" stands twice", (int)(id.len < 100 ? id.len : 100), id.ptr);
        en_error_mend(err, "name the column that tells records apart with --id; over several files ids must differ");
        return EN_ERR_INPUT;
    }
    return EN_OK;
}

/* ---- truth ---- */

static en_status bad_truth(const linker *l, const char *what, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "%s", what);
    en_error_at(err, l->options->truth_file, -1, NULL, -1);
    return en_error_mend(err, "a truth file has the columns rec_id and entity_id, one row for each record"),
           EN_ERR_INPUT;
}

static en_status evaluate(linker *l, const en_table *truth, const en_link_result *link, en_link_score *score,
                          en_error *err) {
    const en_column *rec = en_table_column(truth, "rec_id"), *entity = en_table_column(truth, "entity_id");
    if (!rec || !entity) return bad_truth(l, "lacks the column rec_id or entity_id", err);
    const en_column *ids = &l->table.columns[JOINED_ID];
    int32_t *entity_of = en_arena_alloc(l->arena, ((size_t)l->table.rows + 1) * sizeof *entity_of);
    en_map rows = {0};
    int32_t number;
    en_status status = entity_of ? EN_OK : en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < l->table.rows; i++) {
        entity_of[i] = -1;
        status = en_map_intern(&rows, en_column_str(ids, i), &number, NULL, err);
    }
    for (int64_t i = 0; status == EN_OK && i < truth->rows; i++) {
        int32_t row = en_map_find(&rows, en_column_str(rec, i));
        if (row >= 0 && !en_column_is_null(entity, i)) entity_of[row] = entity->codes[i];
    }
    for (int64_t i = 0; status == EN_OK && i < l->table.rows; i++)
        if (entity_of[i] < 0) status = bad_truth(l, "does not name every record", err);
    if (status == EN_OK) status = en_link_evaluate(link->person, entity_of, l->table.rows, score, err);
    en_map_clear(&rows);
    return status;
}

static en_status compare_with_truth(linker *l, const en_link_result *link, en_link_score *score, en_error *err) {
    en_os_map map = {0};
    en_table truth = {0};
    en_read_report report = {0};
    en_status status = read_table(l->options->truth_file, NULL, l->options->threads, &map, &truth, &report, err);
    if (status == EN_OK) status = evaluate(l, &truth, link, score, err);
    en_table_clear(&truth);
    en_read_report_clear(&report);
    en_os_unmap(&map);
    return status;
}

/* ---- writing ---- */

/* Rows in order of their ids, which all differ. */
static en_status sort_rows(const linker *l, int32_t *order, en_error *err) {
    int32_t n = (int32_t)l->table.rows;
    en_str *ids = malloc(((size_t)n + 1) * sizeof *ids);
    if (!ids) return en_no_memory(err);
    for (int32_t i = 0; i < n; i++) ids[i] = en_column_str(&l->table.columns[JOINED_ID], i);
    en_status status = en_sort_strings(ids, n, order, err);
    free(ids);
    return status;
}

static en_status write_rows(const linker *l, const en_link_result *link, const int32_t *order, en_buf *out,
                            en_error *err) {
    const en_column *ids = &l->table.columns[JOINED_ID];
    int32_t *founder = en_arena_alloc(l->arena, ((size_t)link->n_persons + 1) * sizeof *founder);
    if (!founder) return en_no_memory(err);
    EN_TRY(en_buf_add(out, EN_LIT("rec_id,person_id\n"), err));
    for (int64_t i = 0; i < l->table.rows; i++) {
        int32_t row = order[i], *first = &founder[link->person[row]];
        if (!*first) *first = row + 1;
        EN_TRY(en_csv_write_cell(en_column_str(ids, row), out, err));
        EN_TRY(en_buf_add_char(out, ',', err));
        EN_TRY(en_csv_write_cell(en_column_str(ids, *first - 1), out, err));
        EN_TRY(en_buf_add_char(out, '\n', err));
    }
    return EN_OK;
}

/* Sorted by record id; a person's id is the bytewise smallest id of its records. */
static en_status write_persons(linker *l, const en_link_result *link, en_error *err) {
    int32_t *order = malloc(((size_t)l->table.rows + 1) * sizeof *order);
    en_buf out = {0};
    en_status status = order ? sort_rows(l, order, err) : en_no_memory(err);
    if (status == EN_OK) status = write_rows(l, link, order, &out, err);
    free(order);
    if (status == EN_OK) status = en_os_write_file(l->options->out_file, en_buf_str(&out), err);
    en_buf_clear(&out);
    return status;
}

/* ---- from files to files ---- */

static en_status list_fields(linker *l, en_error *err) {
    l->fields = en_arena_alloc(l->arena, (size_t)l->columns.len * sizeof *l->fields);
    if (!l->fields) return en_no_memory(err);
    for (int32_t i = JOINED_FIXED; i < l->columns.len; i++) {
        const char *name = l->table.columns[i].name, *colon = strchr(name, ':');
        en_role role = en_role_of((en_str){name, colon ? (size_t)(colon - name) : strlen(name)});
        l->fields[l->n_fields++] = (en_link_field){role, name};
    }
    return EN_OK;
}

en_status linker_load(linker *l, en_error *err) {
    EN_TRY(en_link_inputs_open(&l->options->extras, &l->inputs, err));
    EN_TRY(read_files(l, err));
    EN_TRY(join_files(l, err));
    EN_TRY(check_ids(l, err));
    return list_fields(l, err);
}

void linker_options(const linker *l, en_link_options *out) {
    const en_link_files_options *o = l->options;
    *out = (en_link_options)EN_LINK_OPTIONS_INIT;
    out->fields = l->fields;
    out->n_fields = l->n_fields;
    out->id_column = "id";
    out->list_column = "list";
    out->one_per_list = o->one_per_list;
    out->date_order = o->date_order;
    out->seed = o->seed;
    out->threads = o->threads;
    out->memory = o->memory;
    out->progress = o->progress;
    en_link_inputs_apply(&l->inputs, &o->extras, out);
}

void linker_clear(linker *l) {
    for (size_t i = 0; l->files && i < l->options->n_files; i++) {
        en_table_clear(&l->files[i].table);
        en_read_report_clear(&l->files[i].report);
        en_mapping_clear(&l->files[i].mapping);
        en_os_unmap(&l->files[i].map);
    }
    joined_lists_clear(&l->joined);
    en_map_clear(&l->columns);
    en_link_inputs_clear(&l->inputs);
    en_arena_free(l->arena);
    *l = (linker){0};
}

en_status linker_ids(const linker *l, en_map *ids, en_error *err) {
    int32_t number;
    for (int64_t i = 0; i < l->table.rows; i++)
        EN_TRY(en_map_intern(ids, en_column_str(&l->table.columns[JOINED_ID], i), &number, NULL, err));
    return EN_OK;
}

static int64_t row_of(const void *ctx, en_str id) { return en_map_find(ctx, id); }

static en_status write_extras(linker *l, const en_link_result *link, en_error *err) {
    const en_link_extras *x = &l->options->extras;
    if (x->save_model_file) EN_TRY(en_link_model_write_file(&link->model, x->save_model_file, err));
    if (!x->ask_file && !x->partitions_file && !x->histories_file) return EN_OK;
    en_str *ids = en_arena_alloc(l->arena, ((size_t)l->table.rows + 1) * sizeof *ids);
    if (!ids) return en_no_memory(err);
    for (int64_t i = 0; i < l->table.rows; i++) ids[i] = en_column_str(&l->table.columns[JOINED_ID], i);
    en_link_rows rows = {&l->table, l->fields, l->n_fields, ids, l->options->list_column == NULL};
    return en_link_write_extras(&rows, x, link, err);
}

/* What is written when the persons are known. */
static en_status write_all(linker *l, const en_row_finder *finder, en_app_link_result *out, bool *scored,
                           en_link_score *score, en_error *err) {
    const en_link_files_options *o = l->options;
    if (o->truth_file) EN_TRY(compare_with_truth(l, &out->link, score, err));
    *scored = o->truth_file != NULL;
    if (o->extras.sample_file)
        EN_TRY(en_link_sample_read(o->extras.sample_file, finder, &out->link, EN_SAMPLED_LEVEL, o->seed, &out->sampled,
                                   err));
    out->has_sampled = o->extras.sample_file != NULL;
    if (o->out_file) EN_TRY(write_persons(l, &out->link, err));
    return write_extras(l, &out->link, err);
}

static en_status run(linker *l, en_map *ids, en_app_link_result *out, bool *scored, en_link_score *score,
                     en_error *err) {
    const en_link_extras *x = &l->options->extras;
    double start = en_os_seconds();
    en_row_finder finder = {ids, row_of};
    en_link_labels labels = {0};
    en_link_options link;
    EN_TRY(linker_load(l, err));
    if (x->labels_file || x->sample_file) EN_TRY(linker_ids(l, ids, err));
    if (x->labels_file) EN_TRY(en_link_labels_read(x->labels_file, &finder, l->arena, &labels, err));
    out->labels = (int64_t)labels.n;
    out->labels_unsure = (int64_t)labels.n_unsure;
    out->seconds_reading = en_os_seconds() - start;

    linker_options(l, &link);
    link.constraints = labels.of;
    link.n_constraints = labels.n;
    EN_TRY(en_link_inputs_blame(&l->inputs, en_link(&l->table, &link, &out->link, err), err));
    start = en_os_seconds();
    EN_TRY(write_all(l, &finder, out, scored, score, err));
    out->seconds_writing = en_os_seconds() - start;
    return EN_OK;
}

en_status en_app_link_files(const en_link_files_options *options, en_app_link_result *out, bool *scored,
                            en_link_score *score, en_error *err) {
    *out = (en_app_link_result){0};
    *scored = false;
    linker l = {.options = options, .arena = en_arena_new()};
    en_map ids = {0};
    en_status status = l.arena ? run(&l, &ids, out, scored, score, err) : en_no_memory(err);
    en_map_clear(&ids);
    linker_clear(&l);
    if (status != EN_OK) en_app_link_result_clear(out);
    return status;
}
