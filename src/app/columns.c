/* Columns of persons as bytes and back. docs/file-format.md has the layout. */
#include "app/columns.h"

#include <stdlib.h>
#include <string.h>

#include "app/count_cells.h"
#include "base/leb128.h"
#include "base/map.h"

/* ---- out ---- */

static en_status entry_of(const en_account *a, int64_t person, en_dimension d, en_buf *entry, en_error *err) {
    const char *values[EN_COUNT_VALUES];
    int n = en_count_values_of(a, &a->persons[person], d, values);
    entry->len = 0;
    for (int i = 0; i < n; i++) EN_TRY(en_leb128_add_str(entry, en_str_of(values[i]), err));
    return EN_OK;
}

static en_status number_entries(const en_account *a, en_dimension d, en_map *entries, int32_t *codes, en_error *err) {
    en_buf entry = {0};
    en_status status = EN_OK;
    for (int64_t i = 0; i < a->n_persons && status == EN_OK; i++) {
        status = entry_of(a, i, d, &entry, err);
        if (status == EN_OK) status = en_map_intern(entries, en_buf_str(&entry), &codes[i], NULL, err);
    }
    en_buf_clear(&entry);
    return status;
}

static int width_of(int64_t n_entries) { return n_entries <= 256 ? 1 : n_entries <= 65536 ? 2 : 4; }

static en_status write_column(const en_map *entries, const int32_t *codes, int64_t n, en_buf *out, en_error *err) {
    int width = width_of(entries->len);
    out->len = 0;
    EN_TRY(en_leb128_add(out, (uint64_t)entries->len, err));
    for (int32_t i = 0; i < entries->len; i++) EN_TRY(en_leb128_add_str(out, en_map_key(entries, i), err));
    EN_TRY(en_buf_reserve(out, (size_t)n * (size_t)width, err));
    for (int64_t i = 0; i < n; i++)
        for (int b = 0; b < width; b++) out->ptr[out->len++] = (char)((uint32_t)codes[i] >> 8 * b);
    return EN_OK;
}

static en_status make_column(const en_account *a, en_dimension d, int32_t *codes, en_buf *bytes, en_derived_set *out,
                             en_error *err) {
    en_map entries = {0};
    en_status status = number_entries(a, d, &entries, codes, err);
    if (status == EN_OK) status = write_column(&entries, codes, a->n_persons, bytes, err);
    if (status == EN_OK) status = en_derived_add(out, en_dimension_name(d), en_buf_str(bytes), err);
    en_map_clear(&entries);
    return status;
}

static en_status make_traits(const en_account *a, en_buf *bytes, en_derived_set *out, en_error *err) {
    bytes->len = 0;
    EN_TRY(en_buf_reserve(bytes, (size_t)a->n_persons, err));
    for (int64_t i = 0; i < a->n_persons; i++) {
        const en_account_person *p = &a->persons[i];
        int traits = p->may_be_living ? EN_TRAIT_LIVING : 0;
        if (en_count_has_level(p, EN_LEVEL_CORROBORATED)) traits |= EN_TRAIT_CORROBORATED;
        if (en_count_has_level(p, EN_LEVEL_VERIFIED)) traits |= EN_TRAIT_VERIFIED;
        bytes->ptr[bytes->len++] = (char)traits;
    }
    return en_derived_add(out, "traits", en_buf_str(bytes), err);
}

static en_status make_all(const en_account *a, int32_t *codes, en_buf *bytes, en_derived_set *out, en_error *err) {
    json_t *about = json_pack("{s:I,s:s,s:I,s:I,s:b}", "persons", (json_int_t)a->n_persons, "run", a->run, "undecided",
                              (json_int_t)a->undecided_pairs, "unreviewed", (json_int_t)a->unreviewed_merges, "stale",
                              (int)a->link_is_stale);
    EN_TRY(en_derived_about(out, a->head, EN_COLUMNS_VERSION, about, err));
    EN_TRY(make_traits(a, bytes, out, err));
    for (int d = 0; d < EN_DIMENSIONS; d++) EN_TRY(make_column(a, (en_dimension)d, codes, bytes, out, err));
    return EN_OK;
}

en_status en_columns_make(const en_account *account, en_derived_set *out, en_error *err) {
    *out = (en_derived_set){0};
    en_buf bytes = {0};
    int32_t *codes = malloc(((size_t)account->n_persons + 1) * sizeof *codes);
    en_status status = codes ? make_all(account, codes, &bytes, out, err) : en_no_memory(err);
    free(codes);
    en_buf_clear(&bytes);
    if (status != EN_OK) en_derived_clear(out);
    return status;
}

/* ---- back in ---- */

/* *there: false where it is not stored. */
static en_status fetch(en_columns *c, const char *key, en_str *out, bool *there, en_error *err) {
    en_status status = en_case_get_derived(c->c, EN_COLUMNS_KIND, key, c->arena, out, err);
    *there = status == EN_OK;
    return status == EN_ERR_NOT_FOUND ? EN_OK : status;
}

static int64_t whole(const json_t *about, const char *member) {
    return json_integer_value(json_object_get(about, member));
}

static void read_about(en_columns *c, const json_t *about) {
    const char *run = json_string_value(json_object_get(about, "run"));
    c->n_persons = whole(about, "persons");
    c->undecided_pairs = whole(about, "undecided");
    c->unreviewed_merges = whole(about, "unreviewed");
    c->link_is_stale = json_is_true(json_object_get(about, "stale"));
    if (run && strlen(run) < sizeof c->run) strcpy(c->run, run);
}

static en_status open_columns(en_columns *c, bool *there, en_error *err) {
    json_t *about;
    en_str traits;
    EN_TRY(en_derived_current(c->c, EN_COLUMNS_KIND, EN_COLUMNS_VERSION, &about, err));
    *there = about != NULL;
    if (!about) return EN_OK;
    read_about(c, about);
    json_decref(about);
    EN_TRY(en_case_head(c->c, c->head, err));
    EN_TRY(fetch(c, "traits", &traits, there, err));
    *there = *there && traits.len == (size_t)c->n_persons;
    c->traits = (const uint8_t *)traits.ptr;
    return EN_OK;
}

en_status en_columns_open(en_case *c, en_columns *out, bool *there, en_error *err) {
    *out = (en_columns){.arena = en_arena_new(), .c = c};
    *there = false;
    en_status status = out->arena ? open_columns(out, there, err) : en_no_memory(err);
    if (status != EN_OK || !*there) en_columns_clear(out);
    return status;
}

/* Values of one entry, or with `values` NULL only their number; -1 where it cannot be read. */
static int32_t read_entry(en_columns *c, en_str entry, const char **values) {
    en_str value;
    int32_t n = 0;
    for (; entry.len; n++) {
        if (!en_leb128_take_str(&entry, &value)) return -1;
        if (values && !(values[n] = en_arena_strdup(c->arena, value))) return -1;
    }
    return n;
}

/* One pass to count values, one to keep them. */
static bool read_entries(en_columns *c, en_person_column *column, en_str *rest, bool keeps) {
    int32_t at = 0;
    for (int32_t i = 0; i < column->n_entries; i++) {
        en_str entry;
        if (!en_leb128_take_str(rest, &entry)) return false;
        int32_t n = read_entry(c, entry, keeps ? column->values + at : NULL);
        if (n < 0) return false;
        column->first[i] = at;
        at += n;
    }
    column->first[column->n_entries] = at;
    return true;
}

static bool codes_fit(const en_columns *c, const en_person_column *column) {
    uint32_t most = 0;
    for (int64_t i = 0; i < c->n_persons; i++) {
        uint32_t code = en_column_code(column, i);
        most = code > most ? code : most;
    }
    return c->n_persons == 0 || most < (uint32_t)column->n_entries;
}

static bool read_column(en_columns *c, en_str bytes, en_person_column *column) {
    uint64_t n;
    if (!en_leb128_take(&bytes, INT32_MAX / 2, &n) || n > bytes.len) return false;
    column->n_entries = (int32_t)n;
    column->width = width_of((int64_t)n);
    column->first = en_arena_alloc(c->arena, ((size_t)n + 1) * sizeof *column->first);
    en_str again = bytes;
    if (!column->first || !read_entries(c, column, &again, false)) return false;
    column->values = en_arena_alloc(c->arena, ((size_t)column->first[n] + 1) * sizeof *column->values);
    if (!column->values || !read_entries(c, column, &bytes, true)) return false;
    if (bytes.len != (size_t)c->n_persons * (size_t)column->width) return false;
    column->codes = (const uint8_t *)bytes.ptr;
    return codes_fit(c, column);
}

en_status en_columns_load(en_columns *columns, en_dimension dimension, bool *there, en_error *err) {
    en_person_column *column = &columns->of[dimension];
    en_str bytes;
    *there = column->loaded;
    if (column->loaded) return EN_OK;
    EN_TRY(fetch(columns, en_dimension_name(dimension), &bytes, there, err));
    if (*there) *there = column->loaded = read_column(columns, bytes, column);
    return EN_OK;
}

void en_columns_clear(en_columns *columns) {
    en_arena_free(columns->arena);
    *columns = (en_columns){0};
}
