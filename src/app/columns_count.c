/* Counting by columns. Persons become one number each, of their codes in the dimensions counted by; sorted numbers give
 * the size of each combination, and each combination the cells that it is in. */
#include <stdlib.h>
#include <string.h>

#include "app/columns.h"
#include "app/count_values.h"
#include "base/leb128.h"
#include "base/map.h"
#include "base/sort.h"

enum { MAX_CELLS = 1000000 };

typedef struct column_counter {
    en_columns *columns;
    const en_count_query *query;
    en_count *out;
    bool *allowed[EN_DIMENSIONS]; /* by entry; NULL where nothing is asked */
    en_map cells;                 /* joined values of a cell */
    en_buf key;
    int64_t cap;
} column_counter;

/* ---- conditions ---- */

/* "none" stands for having no value. */
static bool has_value(const en_person_column *c, int32_t entry, const char *value) {
    if (c->first[entry] == c->first[entry + 1]) return strcmp(value, EN_COUNT_NONE) == 0;
    for (int32_t i = c->first[entry]; i < c->first[entry + 1]; i++)
        if (strcmp(c->values[i], value) == 0) return true;
    return false;
}

/* Alternatives, but where a person can have several values all have to hold. */
static bool meets(const en_person_column *c, int32_t entry, const en_count_query *q, en_dimension d) {
    bool all = true, any = false;
    for (int i = 0; i < q->n_where; i++) {
        if (q->where[i].dimension != d) continue;
        bool has = has_value(c, entry, q->where[i].value);
        all &= has;
        any |= has;
    }
    return en_dimension_is_many(d) ? all : any;
}

static bool is_value(const en_person_column *c, const char *value) {
    for (int32_t i = 0; i < c->n_entries; i++)
        if (has_value(c, i, value)) return true;
    return false;
}

/* Which entries of a dimension meet all conditions of the query on it. */
static en_status allow(en_columns *columns, const en_count_query *query, en_dimension dimension, bool **allowed,
                       bool *answers, en_error *err) {
    en_person_column *c = &columns->of[dimension];
    /* An incident is asked for by title, key or id, with those that are part of it. */
    *answers = dimension != EN_DIM_INCIDENT;
    if (*answers) EN_TRY(en_columns_load(columns, query, dimension, answers, err));
    for (int i = 0; i < query->n_where && *answers; i++)
        if (query->where[i].dimension == dimension) *answers = is_value(c, query->where[i].value);
    if (!*answers) return EN_OK;
    *allowed = en_arena_alloc(columns->arena, (size_t)c->n_entries + 1);
    if (!*allowed) return en_no_memory(err);
    for (int32_t i = 0; i < c->n_entries; i++) (*allowed)[i] = meets(c, i, query, dimension);
    return EN_OK;
}

static en_status read_conditions(column_counter *c, bool *answers, en_error *err) {
    const en_count_query *q = c->query;
    *answers = q->unit == EN_COUNT_PERSONS;
    for (int i = 0; i < q->n_where && *answers; i++) {
        en_dimension d = q->where[i].dimension;
        if (!c->allowed[d]) EN_TRY(allow(c->columns, q, d, &c->allowed[d], answers, err));
    }
    return EN_OK;
}

static en_status prepare(column_counter *c, bool *answers, en_error *err) {
    const en_count_query *q = c->query;
    uint64_t combinations = 1;
    EN_TRY(read_conditions(c, answers, err));
    for (int i = 0; i < q->n_by && *answers; i++) {
        for (int k = 0; k < i; k++) *answers &= q->by[i] != q->by[k];
        if (*answers) EN_TRY(en_columns_load(c->columns, q, q->by[i], answers, err));
        uint64_t n = (uint64_t)c->columns->of[q->by[i]].n_entries + 1;
        if (combinations > UINT64_MAX / n) *answers = false;
        combinations *= n;
    }
    return EN_OK;
}

/* ---- persons to combinations ---- */

static bool selects(const column_counter *c, int64_t person) {
    static const uint8_t needed[] = {0, EN_TRAIT_CORROBORATED, EN_TRAIT_VERIFIED};
    const en_columns *columns = c->columns;
    uint8_t level = needed[c->query->level];
    if ((columns->traits[person] & level) != level) return false;
    for (int d = 0; d < EN_DIMENSIONS; d++)
        if (c->allowed[d] && !c->allowed[d][en_column_code(&columns->of[d], person)]) return false;
    return true;
}

en_status en_columns_select(en_columns *columns, const en_count_query *query, bool **selected, bool *answers,
                            en_error *err) {
    column_counter c = {.columns = columns, .query = query};
    EN_TRY(read_conditions(&c, answers, err));
    if (!*answers) return EN_OK;
    *selected = en_arena_alloc(columns->arena, (size_t)columns->n_persons + 1);
    if (!*selected) return en_no_memory(err);
    for (int64_t i = 0; i < columns->n_persons; i++) (*selected)[i] = selects(&c, i);
    return EN_OK;
}

static uint64_t combination_of(const column_counter *c, int64_t person) {
    uint64_t number = 0;
    for (int i = 0; i < c->query->n_by; i++) {
        const en_person_column *column = &c->columns->of[c->query->by[i]];
        number = number * (uint64_t)column->n_entries + en_column_code(column, person);
    }
    return number;
}

/* One keyed item a person who is selected; `of` says whether it may be living. */
static int64_t combine(const column_counter *c, en_keyed *items) {
    int64_t n = 0;
    for (int64_t i = 0; i < c->columns->n_persons; i++)
        if (selects(c, i)) items[n++] = (en_keyed){combination_of(c, i), c->columns->traits[i] & EN_TRAIT_LIVING};
    return n;
}

/* ---- combinations to cells ---- */

static en_status new_cell(column_counter *c, const char *const *values, en_error *err) {
    en_count *out = c->out;
    if (out->n_cells == c->cap) {
        int64_t cap = c->cap ? c->cap * 2 : 64;
        en_count_cell *cells = en_arena_alloc(out->arena, (size_t)cap * sizeof *cells);
        if (!cells) return en_no_memory(err);
        if (out->n_cells) memcpy(cells, out->cells, (size_t)out->n_cells * sizeof *cells);
        out->cells = cells;
        c->cap = cap;
    }
    en_count_cell *cell = &out->cells[out->n_cells++];
    for (int i = 0; i < c->query->n_by; i++) cell->value[i] = values[i];
    return EN_OK;
}

static en_status add_to_cell(column_counter *c, const char *const *values, int64_t n, bool living, en_error *err) {
    int32_t cell;
    bool added;
    c->key.len = 0;
    for (int i = 0; i < c->query->n_by; i++) EN_TRY(en_leb128_add_str(&c->key, en_str_of(values[i]), err));
    EN_TRY(en_map_intern(&c->cells, en_buf_str(&c->key), &cell, &added, err));
    if (added) EN_TRY(new_cell(c, values, err));
    c->out->cells[cell].n += n;
    c->out->cells[cell].any_living |= living;
    return EN_OK;
}

/* A cell for each value that the combination has of each dimension; "none" where it has none of one. */
static en_status spread(column_counter *c, const int32_t *entries, int by, const char *values[], int64_t n, bool living,
                        en_error *err) {
    if (by == c->query->n_by) return add_to_cell(c, values, n, living, err);
    const en_person_column *column = &c->columns->of[c->query->by[by]];
    int32_t first = column->first[entries[by]], end = column->first[entries[by] + 1];
    values[by] = EN_COUNT_NONE;
    if (first == end) EN_TRY(spread(c, entries, by + 1, values, n, living, err));
    for (int32_t i = first; i < end; i++) {
        values[by] = column->values[i];
        EN_TRY(spread(c, entries, by + 1, values, n, living, err));
    }
    return EN_OK;
}

static en_status place(column_counter *c, uint64_t combination, int64_t n, bool living, en_error *err) {
    int32_t entries[EN_COUNT_BY] = {0};
    const char *values[EN_COUNT_BY];
    for (int i = c->query->n_by; i-- > 0;) {
        uint64_t base = (uint64_t)c->columns->of[c->query->by[i]].n_entries;
        entries[i] = (int32_t)(combination % base);
        combination /= base;
    }
    return spread(c, entries, 0, values, n, living, err);
}

static en_status make_cells(column_counter *c, const en_keyed *items, int64_t n, en_error *err) {
    for (int64_t from = 0, to; from < n && c->out->n_cells <= MAX_CELLS; from = to) {
        bool living = false;
        for (to = from; to < n && items[to].key == items[from].key; to++) living |= items[to].of != 0;
        EN_TRY(place(c, items[from].key, to - from, living, err));
    }
    return EN_OK;
}

static en_status count(column_counter *c, bool *answers, en_error *err) {
    EN_TRY(prepare(c, answers, err));
    if (!*answers) return EN_OK;
    size_t room = (size_t)c->columns->n_persons + 1;
    en_keyed *items = malloc(2 * room * sizeof *items);
    if (!items) return en_no_memory(err);
    int64_t n = combine(c, items);
    en_sort_keyed(items, items + room, (size_t)n);
    c->out->total = n;
    en_status status = make_cells(c, items, n, err);
    free(items);
    *answers = c->out->n_cells <= MAX_CELLS;
    return status == EN_OK && *answers ? en_count_order(c->out, c->columns->head, err) : status;
}

en_status en_columns_count(en_columns *columns, const en_count_query *query, en_count *out, bool *answers,
                           en_error *err) {
    *out = (en_count){.arena = en_arena_new(), .query = *query};
    column_counter c = {.columns = columns, .query = query, .out = out};
    out->head = columns->head;
    out->run = columns->run;
    out->undecided_pairs = columns->undecided_pairs;
    out->unreviewed_merges = columns->unreviewed_merges;
    out->link_is_stale = columns->link_is_stale;
    en_status status = out->arena ? count(&c, answers, err) : en_no_memory(err);
    en_map_clear(&c.cells);
    en_buf_clear(&c.key);
    if (status != EN_OK || !*answers) en_count_clear(out);
    return status;
}
