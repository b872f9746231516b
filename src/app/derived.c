/* Keeping what was derived: in one transaction outside the ledger, or not at all. */
#include "app/derived.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 100 /* milliseconds: nobody should wait for what is only kept for speed */ };

en_status en_derived_add(en_derived_set *set, const char *key, en_str value, en_error *err) {
    if (!set->arena && !(set->arena = en_arena_new())) return en_no_memory(err);
    if (set->n == set->cap) {
        int64_t cap = set->cap ? set->cap * 2 : 32;
        en_derived *grown = realloc(set->values, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        set->values = grown;
        set->cap = cap;
    }
    en_derived *out = &set->values[set->n];
    out->key = en_arena_strdup(set->arena, en_str_of(key));
    out->value = (en_str){en_arena_strdup(set->arena, value), value.len};
    if (!out->key || !out->value.ptr) return en_no_memory(err);
    set->n++;
    return EN_OK;
}

static bool describe(json_t *about, const char *head, int version) {
    return json_object_set_new(about, "head", json_string(head)) == 0 &&
           json_object_set_new(about, "version", json_integer(version)) == 0 &&
           json_object_set_new(about, "program", json_string(EN_VERSION)) == 0;
}

en_status en_derived_about(en_derived_set *set, const char *head, int version, json_t *about, en_error *err) {
    char *text = about && describe(about, head, version) ? json_dumps(about, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    en_status status = text ? en_derived_add(set, "about", en_str_of(text), err) : en_no_memory(err);
    free(text);
    json_decref(about);
    return status;
}

void en_derived_clear(en_derived_set *set) {
    free(set->values);
    en_arena_free(set->arena);
    *set = (en_derived_set){0};
}

static bool is_of(const json_t *about, const char *head, int version) {
    const char *made_at = json_string_value(json_object_get(about, "head")),
               *program = json_string_value(json_object_get(about, "program"));
    return made_at && program && strcmp(made_at, head) == 0 && strcmp(program, EN_VERSION) == 0 &&
           json_integer_value(json_object_get(about, "version")) == version;
}

en_status en_derived_current(en_case *c, const char *kind, int version, json_t **about, en_error *err) {
    char head[65];
    en_str text;
    en_arena *arena = en_arena_new();
    *about = NULL;
    if (!arena) return en_no_memory(err);
    en_status status = en_case_head(c, head, err);
    if (status == EN_OK) status = en_case_get_derived(c, kind, "about", arena, &text, err);
    if (status == EN_OK) *about = json_loadb(text.ptr, text.len, 0, NULL);
    if (status == EN_ERR_NOT_FOUND) status = EN_OK;
    if (*about && !is_of(*about, head, version)) {
        json_decref(*about);
        *about = NULL;
    }
    en_arena_free(arena);
    return status;
}

void en_derived_keep(const char *case_path, const char *kind, const char *head, const en_derived_set *set) {
    en_case *c;
    char now[65];
    en_error none;
    if (en_case_open(case_path, true, &c, &none) != EN_OK) return;
    en_case_set_patience(c, PATIENCE);
    if (en_case_head(c, now, &none) == EN_OK && strcmp(now, head) == 0)
        (void)en_case_replace_derived(c, kind, set->values, set->n, &none);
    en_case_close(c);
}

en_status en_derived_same(en_case *c, const char *kind, const en_derived_set *set, bool *same, en_error *err) {
    *same = true;
    for (int64_t i = 0; i < set->n && *same; i++) {
        en_str stored;
        en_arena *arena = en_arena_new();
        en_status status =
            arena ? en_case_get_derived(c, kind, set->values[i].key, arena, &stored, err) : en_no_memory(err);
        *same = status == EN_OK && en_str_eq(stored, set->values[i].value);
        en_arena_free(arena);
        if (status != EN_OK && status != EN_ERR_NOT_FOUND) return status;
    }
    return EN_OK;
}
