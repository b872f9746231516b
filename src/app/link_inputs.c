/* What people bring to a linkage beside the lists. */
#include "app/link_inputs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/link_model_json.h"
#include "app/side_table.h"
#include "table/parts.h"

static en_status keep(en_arena *arena, en_str text, en_str *out, en_error *err) {
    char *copy = en_arena_strdup(arena, text);
    if (!copy) return en_no_memory(err);
    *out = (en_str){copy, text.len};
    return EN_OK;
}

/* ---- nicknames and places ---- */

static en_status read_nicknames(const en_side_table *t, en_link_inputs *out, en_error *err) {
    out->nicknames = en_arena_alloc(out->arena, ((size_t)t->table.rows + 1) * sizeof *out->nicknames);
    if (!out->nicknames) return en_no_memory(err);
    for (int64_t i = 0; i < t->table.rows; i++) {
        en_str name = en_side_table_cell(t, "name", i), other = en_side_table_cell(t, "nickname", i);
        if (!name.len || !other.len) {
            en_fail(err, EN_ERR_INPUT, "is empty");
            return en_side_table_at(t, i, name.len ? "nickname" : "name", NULL, err);
        }
        en_link_nickname *n = &out->nicknames[out->n_nicknames++];
        EN_TRY(keep(out->arena, name, &n->name, err));
        EN_TRY(keep(out->arena, other, &n->other, err));
    }
    return EN_OK;
}

static en_status open_nicknames(const char *path, en_link_inputs *out, en_error *err) {
    static const char *const columns[] = {"name", "nickname", NULL};
    en_side_table t;
    EN_TRY(en_side_table_open(path, columns, "a nicknames file has the columns name and nickname, one pair a row", &t,
                              err));
    en_status status = read_nicknames(&t, out, err);
    en_side_table_close(&t);
    return status;
}

static en_status read_degrees(const en_side_table *t, int64_t row, const char *column, double most, double *out,
                              en_error *err) {
    en_str cell = en_side_table_cell(t, column, row);
    if (table_parse_double(cell, out) && fabs(*out) <= most) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" is no number of degrees from %.0f to %.0f",
            (int)(cell.len < 60 ? cell.len : 60), cell.ptr, -most, most);
    return en_side_table_at(t, row, column, NULL, err);
}

static en_status read_places(const en_side_table *t, en_link_inputs *out, en_error *err) {
    out->places = en_arena_alloc(out->arena, ((size_t)t->table.rows + 1) * sizeof *out->places);
    if (!out->places) return en_no_memory(err);
    for (int64_t i = 0; i < t->table.rows; i++) {
        en_link_place *p = &out->places[out->n_places++];
        en_str name = en_side_table_cell(t, "name", i);
        if (!name.len) {
            en_fail(err, EN_ERR_INPUT, "is empty");
            return en_side_table_at(t, i, "name", NULL, err);
        }
        EN_TRY(keep(out->arena, name, &p->name, err));
        EN_TRY(read_degrees(t, i, "latitude", 90, &p->latitude, err));
        EN_TRY(read_degrees(t, i, "longitude", 180, &p->longitude, err));
    }
    return EN_OK;
}

static en_status open_places(const char *path, en_link_inputs *out, en_error *err) {
    static const char *const columns[] = {"name", "latitude", "longitude", NULL};
    en_side_table t;
    EN_TRY(en_side_table_open(
        path, columns, "a places file has the columns name, latitude and longitude, in degrees with a point", &t, err));
    en_status status = read_places(&t, out, err);
    en_side_table_close(&t);
    return status;
}

en_status en_link_inputs_open(const en_link_extras *extras, en_link_inputs *out, en_error *err) {
    *out = (en_link_inputs){.arena = en_arena_new()};
    en_status status = out->arena ? EN_OK : en_no_memory(err);
    if (status == EN_OK && extras->model_file) {
        status = en_link_model_read_file(extras->model_file, &out->model, err);
        out->has_model = status == EN_OK;
        out->model_file = extras->model_file;
    }
    if (status == EN_OK && extras->nicknames_file) status = open_nicknames(extras->nicknames_file, out, err);
    if (status == EN_OK && extras->places_file) status = open_places(extras->places_file, out, err);
    if (status != EN_OK) en_link_inputs_clear(out);
    return status;
}

/* ---- into linkage ---- */

void en_link_inputs_apply(const en_link_inputs *in, const en_link_extras *extras, en_link_options *options) {
    options->model = in->has_model ? &in->model : NULL;
    options->nicknames = in->nicknames;
    options->n_nicknames = in->n_nicknames;
    options->places = in->places;
    options->n_places = in->n_places;
    options->partitions = extras->partitions;
    options->ask = extras->ask;
    options->purpose = extras->purpose;
}

en_status en_link_inputs_blame(const en_link_inputs *in, en_status status, en_error *err) {
    if (status == EN_ERR_INPUT && in->model_file && err && !err->file[0])
        en_error_at(err, in->model_file, -1, NULL, -1);
    return status;
}

void en_link_inputs_clear(en_link_inputs *in) {
    en_link_model_clear(&in->model);
    en_arena_free(in->arena);
    *in = (en_link_inputs){0};
}
