/* Places of the case: their names, and what each lies in.
 *
 * A list's place is a place of the case where a name of it has the same key, in whatever script. Where two places have
 * that name, neither is taken: what they lie in is then unknown.
 */
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"

enum { AMBIGUOUS = -2, MOST_STEPS = 64 };

static en_status count_row(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    (void)row, (void)body, (void)err;
    b->n_places++;
    return EN_OK;
}

en_status account_place_key(account_builder *b, en_str written, en_str *key, en_error *err) {
    en_name name;
    EN_TRY(en_name_parse(b->text, written, b->a->arena, &name, err));
    *key = name.key.len ? name.key : written;
    return EN_OK;
}

static en_status add_name(account_builder *b, int32_t place, const char *name, en_error *err) {
    en_str key;
    int32_t number;
    bool added;
    if (!name[0]) return EN_OK;
    EN_TRY(account_place_key(b, en_str_of(name), &key, err));
    EN_TRY(en_map_intern(&b->place_names, key, &number, &added, err));
    if (added)
        b->place_of_name[number] = place;
    else if (b->place_of_name[number] != place)
        b->place_of_name[number] = AMBIGUOUS;
    return EN_OK;
}

static int by_id(const void *x, const void *y) {
    return en_id_cmp(((const account_place *)x)->id, ((const account_place *)y)->id);
}

/* Rows come in order of id. */
static int32_t find_place(const account_builder *b, en_id id) {
    account_place key = {.id = id};
    const account_place *place = bsearch(&key, b->place_rows, (size_t)b->n_places, sizeof key, by_id);
    return place ? (int32_t)(place - b->place_rows) : -1;
}

static en_status read_place(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    const char *within = en_row_json_text(body, "within"), *name = en_row_json_text(body, "name"),
               *level = en_row_json_text(body, "level");
    account_place *place = &b->place_rows[b->n_places];
    en_id id;
    *place = (account_place){.id = row->id,
                             .name = en_arena_strdup(b->a->arena, en_str_of(name)),
                             .level = en_arena_strdup(b->a->arena, en_str_of(level)),
                             .within = -1};
    if (!place->name || !place->level) return en_no_memory(err);
    if (within[0]) {
        EN_TRY(en_case_deref(b->c, within, &id, err));
        place->within = find_place(b, id); /* rows refer to earlier ones */
    }
    b->n_places++;
    return EN_OK;
}

static en_status count_names(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    (void)row, (void)err;
    b->n_place_names += 1 + (int64_t)json_array_size(json_object_get(body, "names"));
    return EN_OK;
}

static en_status read_names(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    int32_t place = find_place(b, row->id);
    const json_t *names = json_object_get(body, "names");
    EN_TRY(add_name(b, place, en_row_json_text(body, "name"), err));
    for (size_t i = 0; i < json_array_size(names); i++)
        EN_TRY(add_name(b, place, en_row_json_text(json_array_get(names, i), "text"), err));
    return EN_OK;
}

en_status account_load_places(account_builder *b, en_error *err) {
    EN_TRY(account_each_row(b, "place", count_row, err));
    EN_TRY(account_each_row(b, "place", count_names, err));
    b->place_rows = account_take(b, b->n_places, sizeof *b->place_rows);
    b->place_of_name = account_take(b, b->n_place_names, sizeof *b->place_of_name);
    if (!b->place_rows || !b->place_of_name) return en_no_memory(err);
    b->n_places = 0;
    EN_TRY(account_each_row(b, "place", read_place, err));
    return account_each_row(b, "place", read_names, err);
}

en_status account_place_name(account_builder *b, const char *ref, const char **name, en_error *err) {
    en_id id;
    EN_TRY(en_case_deref(b->c, ref, &id, err));
    int32_t place = find_place(b, id);
    *name = place < 0 ? "" : b->place_rows[place].name;
    return EN_OK;
}

/* ---- what a place lies in ---- */

/* The place of that level that `place` is or lies in; -1 none. */
static int32_t at_level(const account_builder *b, int32_t place, const char *level) {
    for (int step = 0; place >= 0 && step < MOST_STEPS; step++, place = b->place_rows[place].within)
        if (strcmp(b->place_rows[place].level, level) == 0) return place;
    return -1;
}

static en_status describe_place(account_builder *b, int32_t value, en_account_place *out, en_error *err) {
    en_str key;
    *out = (en_account_place){.name = b->value_text[value]};
    EN_TRY(account_place_key(b, en_str_of(out->name), &key, err));
    int32_t name = en_map_find(&b->place_names, key), place = name < 0 ? -1 : b->place_of_name[name];
    for (int i = 0; i < EN_PLACE_LEVELS; i++) {
        int32_t found = at_level(b, place, en_place_level_name(i));
        out->at[i] = found < 0 ? "unknown" : b->place_rows[found].name;
    }
    return EN_OK;
}

/* Each value that some record or row gives for a place. */
en_status account_describe_places(account_builder *b, en_error *err) {
    en_account *a = b->a;
    b->place_of_value = account_take(b, b->values.len, sizeof *b->place_of_value);
    if (!b->place_of_value) return en_no_memory(err);
    for (int32_t i = 0; i < b->values.len; i++) b->place_of_value[i] = -1;
    for (int64_t i = 0; i < b->records.n; i++)
        if (b->stated[EN_DIM_PLACE][i] >= 0) b->place_of_value[b->stated[EN_DIM_PLACE][i]] = 0;
    for (int64_t i = 0; i < b->n_claims; i++)
        if (b->claims[i].dimension == EN_DIM_PLACE && b->claims[i].value >= 0)
            b->place_of_value[b->claims[i].value] = 0;
    for (int32_t i = 0; i < b->values.len; i++)
        if (b->place_of_value[i] == 0) b->place_of_value[i] = (int32_t)a->n_places++;
    if (!(a->places = account_take(b, a->n_places, sizeof *a->places))) return en_no_memory(err);
    for (int32_t i = 0; i < b->values.len; i++)
        if (b->place_of_value[i] >= 0) EN_TRY(describe_place(b, i, &a->places[b->place_of_value[i]], err));
    return EN_OK;
}
