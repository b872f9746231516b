/* Counting recorded persons by an account: cells by dimensions, each with its persons. */
#include <stdlib.h>
#include <string.h>

#include "app/count_values.h"
#include "base/buf.h"
#include "base/map.h"

enum { MAX_CELLS = 1000000 };

static const char *const level_names[] = {"recorded", "corroborated", "verified"};

const char *en_level_name(en_level level) { return level_names[level]; }

bool en_level_of(en_str name, en_level *out) {
    for (int i = 0; i < 3; i++)
        if (en_str_eq(name, en_str_of(level_names[i]))) {
            *out = (en_level)i;
            return true;
        }
    return false;
}

/* ---- counting ---- */

typedef struct counter {
    const en_account *account;
    const en_count_query *query;
    en_count_reader reader;
    en_count *out;
    en_map cells; /* joined values of a cell */
    int64_t *sizes;
    int32_t *places; /* cell and person of each placing, in order of person */
    int64_t n_placed, placed_cap;
    int64_t cell_cap;
    en_buf key;
} counter;

/* Several conditions on one dimension are alternatives, but where a person can have several values all have to hold. */
static bool selects(const counter *c, const en_account_person *p) {
    const en_count_query *q = c->query;
    if (!en_count_has_level(p, q->level)) return false;
    for (int i = 0; i < q->n_where; i++) {
        bool holds = en_count_has_value(&c->reader, p, &q->where[i]);
        for (int k = 0; k < q->n_where && !holds && !en_dimension_is_many(q->where[i].dimension); k++)
            holds = q->where[k].dimension == q->where[i].dimension && en_count_has_value(&c->reader, p, &q->where[k]);
        if (!holds) return false;
    }
    return true;
}

static en_status new_cell(counter *c, const char *const *values, en_error *err) {
    en_count *out = c->out;
    if (out->n_cells == MAX_CELLS)
        return en_fail(err, EN_ERR_LIMIT, "more than %d cells; use fewer dimensions", MAX_CELLS);
    if (out->n_cells == c->cell_cap) {
        int64_t cap = c->cell_cap ? c->cell_cap * 2 : 64;
        en_count_cell *cells = en_arena_alloc(out->arena, (size_t)cap * sizeof *cells);
        int64_t *sizes = realloc(c->sizes, (size_t)cap * sizeof *sizes);
        if (sizes) c->sizes = sizes;
        if (!cells || !sizes) return en_no_memory(err);
        if (out->n_cells) memcpy(cells, out->cells, (size_t)out->n_cells * sizeof *cells);
        out->cells = cells;
        c->cell_cap = cap;
    }
    en_count_cell *cell = &out->cells[out->n_cells];
    c->sizes[out->n_cells++] = 0;
    for (int i = 0; i < c->query->n_by; i++) cell->value[i] = values[i];
    return EN_OK;
}

static en_status place(counter *c, int32_t person, const char *const *values, en_error *err) {
    int32_t cell;
    bool added;
    c->key.len = 0;
    for (int i = 0; i < c->query->n_by; i++) EN_TRY(en_buf_addf(&c->key, err, "%s%c", values[i], 0));
    EN_TRY(en_map_intern(&c->cells, en_buf_str(&c->key), &cell, &added, err));
    if (added) EN_TRY(new_cell(c, values, err));
    if (c->n_placed + 2 > c->placed_cap) {
        int64_t cap = c->placed_cap ? c->placed_cap * 2 : 1024;
        int32_t *grown = realloc(c->places, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        c->places = grown;
        c->placed_cap = cap;
    }
    c->places[c->n_placed++] = cell;
    c->places[c->n_placed++] = person;
    c->sizes[cell]++;
    return EN_OK;
}

/* One cell a person, but one for each value where the person has several; "none" where it has none of them. */
static en_status place_by(counter *c, int32_t person, int by, const char *values[], en_error *err) {
    const char *own[EN_COUNT_VALUES];
    if (by == c->query->n_by) return place(c, person, values, err);
    int n = en_count_values_of(&c->reader, &c->account->persons[person], c->query->by[by], own);
    if (n == 0) own[n++] = EN_COUNT_NONE;
    for (int i = 0; i < n; i++) {
        values[by] = own[i];
        EN_TRY(place_by(c, person, by + 1, values, err));
    }
    return EN_OK;
}

static en_status place_person(counter *c, int32_t person, en_error *err) {
    const char *values[EN_COUNT_BY] = {NULL};
    return place_by(c, person, 0, values, err);
}

static en_status list_persons(counter *c, en_error *err) {
    en_count *out = c->out;
    if (!c->sizes) return EN_OK; /* nobody was selected */
    for (int64_t i = 0; i < out->n_cells; i++) {
        out->cells[i].persons = en_arena_alloc(out->arena, ((size_t)c->sizes[i] + 1) * sizeof(int32_t));
        if (!out->cells[i].persons) return en_no_memory(err);
    }
    for (int64_t k = 0; k < c->n_placed; k += 2) {
        en_count_cell *cell = &out->cells[c->places[k]];
        cell->persons[cell->n_persons++] = c->places[k + 1];
        cell->any_living |= c->account->persons[c->places[k + 1]].may_be_living;
        cell->n = cell->n_persons;
    }
    return EN_OK;
}

static en_status finish(counter *c, en_error *err) {
    en_count *out = c->out;
    EN_TRY(list_persons(c, err));
    if (c->query->unit == EN_COUNT_FAMILIES && out->n_cells) out->cells[0].n = out->total;
    EN_TRY(en_count_order(out, c->account->head, err));
    out->head = c->account->head;
    out->run = c->account->run;
    out->undecided_pairs = c->account->undecided_pairs;
    out->unreviewed_merges = c->account->unreviewed_merges;
    out->link_is_stale = c->account->link_is_stale;
    return EN_OK;
}

/* ---- families ---- */

/* By its state and its incident, or where no row names one by that of any member. */
static bool selects_family(const counter *c, const en_account_family *f) {
    const en_account *a = c->account;
    for (int i = 0; i < c->query->n_where; i++) {
        const en_condition *w = &c->query->where[i];
        bool holds = w->dimension == EN_DIM_FAMILY ? strcmp(en_family_state_name(f->state), w->value) == 0
                                                   : en_count_lies_in(a, f->incident, w->value);
        for (int32_t k = 0; k < f->n_members && !holds && w->dimension == EN_DIM_INCIDENT && f->incident < 0; k++)
            holds = en_count_in_incident(&c->reader, &a->persons[a->family_members[f->first_member + k]], w->value);
        if (!holds) return false;
    }
    for (int32_t k = 0; k < f->n_members; k++)
        if (!en_count_has_level(&a->persons[a->family_members[f->first_member + k]], c->query->level)) return false;
    return true;
}

/* One cell of families, with all their members as its persons. */
static en_status count_families(counter *c, en_error *err) {
    const en_account *a = c->account;
    const char *values[EN_COUNT_BY] = {NULL};
    for (int i = 0; i < c->query->n_where; i++)
        if (c->query->where[i].dimension != EN_DIM_FAMILY && c->query->where[i].dimension != EN_DIM_INCIDENT)
            return en_fail(err, EN_ERR_USAGE, "families are counted by family and incident, not by %s",
                           en_dimension_name(c->query->where[i].dimension));
    if (c->query->n_by) return en_fail(err, EN_ERR_USAGE, "families are counted without --by");
    for (int64_t i = 0; i < a->n_families; i++) {
        const en_account_family *f = &a->families[i];
        if (!selects_family(c, f)) continue;
        c->out->total++;
        for (int32_t k = 0; k < f->n_members; k++)
            EN_TRY(place(c, a->family_members[f->first_member + k], values, err));
    }
    return EN_OK;
}

en_status en_account_count(const en_account *account, const en_count_query *query, en_count *out, en_error *err) {
    *out = (en_count){.arena = en_arena_new(), .query = *query};
    counter c = {.account = account, .query = query, .out = out};
    en_status status =
        out->arena ? en_count_reader_open(account, query, out->arena, &c.reader, err) : en_no_memory(err);
    if (status == EN_OK) status = en_count_check(&c.reader, err);
    if (status == EN_OK && query->unit == EN_COUNT_FAMILIES) status = count_families(&c, err);
    for (int64_t i = 0; status == EN_OK && query->unit == EN_COUNT_PERSONS && i < account->n_persons; i++) {
        if (!selects(&c, &account->persons[i])) continue;
        out->total++;
        status = place_person(&c, (int32_t)i, err);
    }
    if (status == EN_OK) status = finish(&c, err);
    en_map_clear(&c.cells);
    en_buf_clear(&c.key);
    free(c.sizes);
    free(c.places);
    if (status != EN_OK) en_count_clear(out);
    return status;
}

void en_count_clear(en_count *count) {
    en_arena_free(count->arena);
    *count = (en_count){0};
}
