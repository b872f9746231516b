/* Columns of persons as bytes and back. docs/file-format.md has the layout. */
#include "app/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/count_values.h"
#include "base/leb128.h"
#include "base/map.h"

#define PLACES_KEY "place_levels"

/* Years to days, periods, and levels of places are worked out when somebody counts by them. */
static bool is_stored(en_dimension d) { return d < EN_DIM_YEAR || d > EN_DIM_PLACE_REGION; }

/* ---- out ---- */

static en_status entry_of(const en_count_reader *r, int64_t person, en_dimension d, en_buf *entry, en_error *err) {
    const char *values[EN_COUNT_VALUES];
    int n = en_count_values_of(r, &r->account->persons[person], d, values);
    entry->len = 0;
    for (int i = 0; i < n; i++) EN_TRY(en_leb128_add_str(entry, en_str_of(values[i]), err));
    return EN_OK;
}

/* Each age or date that is said of a person, with who says so, as a text: "34 34 8917 C 5". */
static en_status spans_of(const en_account *a, int64_t person, bool ages, en_buf *entry, en_error *err) {
    const en_account_person *p = &a->persons[person];
    const en_account_span *of = ages ? a->ages + p->first_age : a->dates + p->first_date;
    char text[80];
    entry->len = 0;
    for (int32_t i = 0; i < (ages ? p->n_ages : p->n_dates); i++) {
        snprintf(text, sizeof text, "%d %d %d %c %llx", (int)of[i].low, (int)of[i].high, (int)of[i].released,
                 of[i].grade, (unsigned long long)of[i].groups);
        EN_TRY(en_leb128_add_str(entry, en_str_of(text), err));
    }
    return EN_OK;
}

/* Of all persons, in one column: a dimension, or where `spans` is one of them ages or dates. */
typedef enum { SPANS_NONE = 0, SPANS_AGES, SPANS_DATES } span_kind;
static const char *const span_keys[] = {NULL, "ages", "dates"};

static en_status number_entries(const en_count_reader *r, en_dimension d, span_kind spans, en_map *entries,
                                int32_t *codes, en_error *err) {
    en_buf entry = {0};
    en_status status = EN_OK;
    for (int64_t i = 0; i < r->account->n_persons && status == EN_OK; i++) {
        status = spans ? spans_of(r->account, i, spans == SPANS_AGES, &entry, err) : entry_of(r, i, d, &entry, err);
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

static en_status make_column(const en_count_reader *r, en_dimension d, span_kind spans, int32_t *codes, en_buf *bytes,
                             en_derived_set *out, en_error *err) {
    en_map entries = {0};
    const char *key = spans ? span_keys[spans] : en_dimension_name(d);
    en_status status = number_entries(r, d, spans, &entries, codes, err);
    if (status == EN_OK) status = write_column(&entries, codes, r->account->n_persons, bytes, err);
    if (status == EN_OK) status = en_derived_add(out, key, en_buf_str(bytes), err);
    en_map_clear(&entries);
    return status;
}

/* Each place that persons show, with what it lies in at each level. */
static en_status make_places(const en_account *a, en_buf *bytes, en_derived_set *out, en_error *err) {
    bytes->len = 0;
    for (int64_t i = 0; i < a->n_places; i++) {
        EN_TRY(en_leb128_add_str(bytes, en_str_of(a->places[i].name), err));
        for (int k = 0; k < EN_PLACE_LEVELS; k++) EN_TRY(en_leb128_add_str(bytes, en_str_of(a->places[i].at[k]), err));
    }
    return en_derived_add(out, PLACES_KEY, en_buf_str(bytes), err);
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
    const en_count_query none = {0};
    en_count_reader r;
    EN_TRY(en_count_reader_open(a, &none, out->arena, &r, err));
    for (int d = 0; d < EN_DIMENSIONS; d++)
        if (is_stored((en_dimension)d)) EN_TRY(make_column(&r, (en_dimension)d, SPANS_NONE, codes, bytes, out, err));
    EN_TRY(make_column(&r, EN_DIM_AGE_GROUP, SPANS_AGES, codes, bytes, out, err));
    EN_TRY(make_column(&r, EN_DIM_DAY, SPANS_DATES, codes, bytes, out, err));
    return make_places(a, bytes, out, err);
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

static en_status load_stored(en_columns *columns, const char *key, en_person_column *column, bool *there,
                             en_error *err) {
    en_str bytes;
    *there = column->loaded;
    if (column->loaded) return EN_OK;
    EN_TRY(fetch(columns, key, &bytes, there, err));
    if (*there) *there = column->loaded = read_column(columns, bytes, column);
    return EN_OK;
}

/* ---- worked out from what is stored ---- */

/* The column of a dimension of which each entry of `base` has one value. */
typedef struct deriving {
    en_columns *columns;
    const en_person_column *base;
    int32_t *value_of; /* of each entry of the base */
    en_map values;
} deriving;

static en_status take_values(deriving *g, en_person_column *out, en_error *err) {
    en_arena *arena = g->columns->arena;
    int64_t n = g->columns->n_persons;
    *out = (en_person_column){.n_entries = g->values.len, .width = width_of(g->values.len)};
    uint8_t *codes = en_arena_alloc(arena, (size_t)n * (size_t)out->width + 1);
    out->first = en_arena_alloc(arena, ((size_t)out->n_entries + 1) * sizeof *out->first);
    out->values = en_arena_alloc(arena, ((size_t)out->n_entries + 1) * sizeof *out->values);
    if (!codes || !out->first || !out->values) return en_no_memory(err);
    for (int32_t i = 0; i < out->n_entries; i++) {
        out->first[i] = i;
        if (!(out->values[i] = en_arena_strdup(arena, en_map_key(&g->values, i)))) return en_no_memory(err);
    }
    out->first[out->n_entries] = out->n_entries;
    for (int64_t i = 0; i < n; i++) {
        uint32_t code = (uint32_t)g->value_of[en_column_code(g->base, i)];
        for (int b = 0; b < out->width; b++) codes[i * out->width + b] = (uint8_t)(code >> 8 * b);
    }
    out->codes = codes;
    out->loaded = true;
    return EN_OK;
}

static bool read_span(const char *text, en_account_span *out) {
    int low, high, released;
    unsigned long long groups;
    if (sscanf(text, "%d %d %d %c %llx", &low, &high, &released, &out->grade, &groups) != 5) return false;
    out->low = low;
    out->high = high;
    out->released = released;
    out->groups = groups;
    return true;
}

static en_status group_entries(deriving *g, const en_count_groups *groups, en_dimension d, bool *good, en_error *err) {
    const en_person_column *base = g->base;
    en_account_span *said =
        en_arena_alloc(g->columns->arena, ((size_t)base->first[base->n_entries] + 1) * sizeof *said);
    char text[EN_GROUP_TEXT];
    if (!said) return en_no_memory(err);
    for (int32_t i = 0; i < base->n_entries && *good; i++) {
        int32_t n = base->first[i + 1] - base->first[i];
        for (int32_t k = 0; k < n; k++) *good &= read_span(base->values[base->first[i] + k], &said[k]);
        en_count_group(groups, d, said, n, text);
        EN_TRY(en_map_intern(&g->values, en_str_of(text), &g->value_of[i], NULL, err));
    }
    return EN_OK;
}

/* What each place lies in at a level, beside the places' names. */
static en_status read_levels(deriving *g, int level, en_map *names, en_str **at, bool *there, en_error *err) {
    en_str rest, name, one;
    EN_TRY(fetch(g->columns, PLACES_KEY, &rest, there, err));
    if (!*there) return EN_OK;
    if (!(*at = en_arena_alloc(g->columns->arena, (rest.len + 1) * sizeof **at))) return en_no_memory(err);
    while (rest.len && *there) {
        int32_t number;
        *there = en_leb128_take_str(&rest, &name);
        if (*there) EN_TRY(en_map_intern(names, name, &number, NULL, err));
        for (int k = 0; k < EN_PLACE_LEVELS && *there; k++) {
            *there = en_leb128_take_str(&rest, &one);
            if (*there && k == level) (*at)[number] = one;
        }
    }
    return EN_OK;
}

static en_status raise_entries(deriving *g, int level, bool *good, en_error *err) {
    const en_person_column *base = g->base;
    en_map names = {0};
    en_str *at = NULL;
    en_status status = read_levels(g, level, &names, &at, good, err);
    for (int32_t i = 0; status == EN_OK && i < base->n_entries && *good; i++) {
        int32_t place = en_map_find(&names, en_str_of(base->values[base->first[i]]));
        en_str value = place < 0 ? EN_LIT("unknown") : at[place];
        status = en_map_intern(&g->values, value, &g->value_of[i], NULL, err);
    }
    en_map_clear(&names);
    return status;
}

static en_status derive(en_columns *columns, const en_count_groups *groups, en_dimension d,
                        const en_person_column *base, bool *there, en_error *err) {
    deriving g = {.columns = columns, .base = base};
    if (!(g.value_of = malloc(((size_t)base->n_entries + 1) * sizeof *g.value_of))) return en_no_memory(err);
    bool by_place = d >= EN_DIM_PLACE_SITE && d <= EN_DIM_PLACE_REGION;
    en_status status =
        by_place ? raise_entries(&g, d - EN_DIM_PLACE_SITE, there, err) : group_entries(&g, groups, d, there, err);
    if (status == EN_OK && *there) status = take_values(&g, &columns->of[d], err);
    en_map_clear(&g.values);
    free(g.value_of);
    return status;
}

en_status en_columns_load(en_columns *columns, const en_count_query *query, en_dimension d, bool *there,
                          en_error *err) {
    en_count_groups groups;
    bool grouped = en_count_is_grouped(query, d);
    if (!grouped && is_stored(d)) return load_stored(columns, en_dimension_name(d), &columns->of[d], there, err);
    EN_TRY(en_count_groups_of(query, &groups, err));
    span_kind spans = !grouped ? SPANS_NONE : d == EN_DIM_AGE_GROUP ? SPANS_AGES : SPANS_DATES;
    en_person_column *base = spans ? &columns->spans[spans - 1] : &columns->of[EN_DIM_PLACE];
    EN_TRY(load_stored(columns, spans ? span_keys[spans] : en_dimension_name(EN_DIM_PLACE), base, there, err));
    return *there ? derive(columns, &groups, d, base, there, err) : EN_OK;
}

void en_columns_clear(en_columns *columns) {
    en_arena_free(columns->arena);
    *columns = (en_columns){0};
}
