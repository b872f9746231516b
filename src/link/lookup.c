/* Tables of names: short forms (Bill for William), which the program brings and the user adds to, and where places lie.
 */
#include "link/lookup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- names and their numbers ---- */

typedef struct entry {
    int32_t name, number;
} entry;

typedef struct entries {
    entry *of;
    int32_t n, cap;
} entries;

static int by_name(const void *pa, const void *pb) {
    const entry *a = pa, *b = pb;
    return a->name != b->name ? (a->name > b->name) - (a->name < b->name)
                              : (a->number > b->number) - (a->number < b->number);
}

static en_status add(link_lookup *lookup, entries *list, en_str name, int32_t number, en_error *err) {
    if (!name.len) return EN_OK;
    if (list->n == list->cap) {
        int32_t cap = list->cap ? list->cap * 2 : 1024;
        entry *grown = realloc(list->of, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        list->of = grown;
        list->cap = cap;
    }
    entry *e = &list->of[list->n];
    e->number = number;
    EN_TRY(en_map_intern(&lookup->names, name, &e->name, NULL, err));
    list->n++;
    return EN_OK;
}

/* Entries sorted by name, each number of a name once. */
static en_status close_entries(link_lookup *lookup, entries *list, en_arena *arena, en_error *err) {
    int32_t names = lookup->names.len, kept = 0;
    lookup->first = en_arena_alloc(arena, ((size_t)names + 2) * sizeof *lookup->first);
    lookup->of = en_arena_alloc(arena, ((size_t)list->n + 1) * sizeof *lookup->of);
    if (!lookup->first || !lookup->of) return en_no_memory(err);
    if (list->n) qsort(list->of, (size_t)list->n, sizeof *list->of, by_name);
    for (int32_t name = 0, i = 0; name <= names; name++) {
        lookup->first[name] = kept;
        for (; i < list->n && list->of[i].name == name; i++)
            if (kept == lookup->first[name] || lookup->of[kept - 1] != list->of[i].number)
                lookup->of[kept++] = list->of[i].number;
    }
    return EN_OK;
}

void link_lookup_clear(link_lookup *lookup) {
    en_map_clear(&lookup->names);
    *lookup = (link_lookup){0};
}

short_forms link_lookup_find(const link_lookup *lookup, en_str name) {
    int32_t at = lookup && lookup->names.len ? en_map_find(&lookup->names, name) : -1;
    if (at < 0) return (short_forms){0};
    return (short_forms){lookup->of + lookup->first[at], lookup->first[at + 1] - lookup->first[at]};
}

/* ---- short forms ---- */

static en_status add_form(const value_reader *r, en_str written, int32_t number, link_lookup *lookup, entries *list,
                          en_error *err) {
    en_str latin;
    EN_TRY(value_latin(r, written, &latin, err));
    return add(lookup, list, latin, number, err);
}

static en_status add_group(const value_reader *r, const char *group, int32_t number, link_lookup *lookup, entries *list,
                           en_error *err) {
    for (const char *name = group; *name;) {
        size_t len = strcspn(name, "|");
        EN_TRY(add_form(r, (en_str){name, len}, number, lookup, list, err));
        name += len + (name[len] != 0);
    }
    return EN_OK;
}

static en_status add_forms(const value_reader *r, const en_link_options *options, link_lookup *out, entries *list,
                           en_error *err) {
    int32_t number = 0;
    for (; link_nickname_groups[number]; number++)
        EN_TRY(add_group(r, link_nickname_groups[number], number, out, list, err));
    for (size_t i = 0; i < options->n_nicknames; i++, number++) {
        EN_TRY(add_form(r, options->nicknames[i].name, number, out, list, err));
        EN_TRY(add_form(r, options->nicknames[i].other, number, out, list, err));
    }
    return EN_OK;
}

en_status link_short_forms_open(const value_reader *reader, const en_link_options *options, link_lookup *out,
                                en_error *err) {
    entries list = {0};
    *out = (link_lookup){0};
    en_status status = add_forms(reader, options, out, &list, err);
    if (status == EN_OK) status = close_entries(out, &list, reader->arena, err);
    free(list.of);
    return status;
}

/* ---- places ---- */

static link_point point_of(const en_link_place *place) {
    double to_radians = acos(-1) / 180;
    double latitude = place->latitude * to_radians, longitude = place->longitude * to_radians;
    return (link_point){cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)};
}

static en_status add_place(const value_reader *r, const en_link_place *place, int32_t number, link_gazetteer *out,
                           entries *list, en_error *err) {
    link_value v = {0};
    EN_TRY(value_read(r, KIND_NAME, place->name, &v, err));
    out->points[number] = point_of(place);
    EN_TRY(add(&out->names, list, v.latin, number, err));
    en_str key;
    EN_TRY(value_place_key(r, &v, &key, err));
    return add(&out->names, list, key, number, err);
}

en_status link_gazetteer_open(const value_reader *reader, const en_link_options *options, link_gazetteer *out,
                              en_error *err) {
    entries list = {0};
    *out = (link_gazetteer){0};
    if (options->n_places > EN_LINK_RECORDS_MAX)
        return en_fail(err, EN_ERR_LIMIT, "more than %d places", EN_LINK_RECORDS_MAX);
    out->points = en_arena_alloc(reader->arena, (options->n_places + 1) * sizeof *out->points);
    en_status status = out->points ? EN_OK : en_no_memory(err);
    for (size_t i = 0; status == EN_OK && i < options->n_places; i++)
        status = add_place(reader, &options->places[i], (int32_t)i, out, &list, err);
    if (status == EN_OK) status = close_entries(&out->names, &list, reader->arena, err);
    free(list.of);
    return status;
}
