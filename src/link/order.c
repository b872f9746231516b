/* The order of records that nothing outside a record decides: by list, id and bytes. Distinct values are sorted and
 * numbered, and rows then put in order by counting, the last key first. */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "link/cells.h"

typedef struct ranking {
    int32_t n;     /* rows */
    int32_t *rank; /* of each row; equal for equal values */
    int32_t most;
} ranking;

/* ranks[] of strings, equal ones alike; returns the highest in *most. */
static en_status rank_strings(const en_str *strings, int32_t n, int32_t *ranks, int32_t *most, en_error *err) {
    int32_t *order = calloc((size_t)n + 1, sizeof *order);
    en_status status = order ? en_sort_strings(strings, n, order, err) : en_no_memory(err);
    for (int32_t i = 0, rank = 0; status == EN_OK && i < n; i++) {
        if (!i || !en_str_eq(strings[order[i]], strings[order[i - 1]])) rank++;
        ranks[order[i]] = rank;
        *most = rank;
    }
    free(order);
    return status;
}

/* Ranks of the rows of a column, missing values first; with `trimmed`, missing and empty are the same. */
static en_status rank_column(const en_column *c, bool trimmed, ranking *out, en_error *err) {
    en_map numbers = {0};
    bool strings = c->type == EN_COLUMN_STRING;
    int32_t *code = calloc((size_t)out->n + 1, sizeof *code), *ranks = NULL;
    en_str *values = NULL;
    en_status status = code ? EN_OK : en_no_memory(err);
    for (int32_t i = 0; status == EN_OK && i < out->n; i++) {
        code[i] = en_column_is_null(c, i) ? -1 : strings ? c->codes[i] : 0;
        if (strings || code[i] < 0) continue;
        char buf[40];
        cells_print_number(c, i, buf, sizeof buf);
        status = en_map_intern(&numbers, en_str_of(buf), &code[i], NULL, err);
    }
    int32_t n = strings ? c->dict_len : numbers.len;
    if (status == EN_OK) {
        values = calloc((size_t)n + 1, sizeof *values);
        ranks = calloc((size_t)n + 1, sizeof *ranks);
        if (!values || !ranks) status = en_no_memory(err);
    }
    for (int32_t v = 0; status == EN_OK && v < n; v++) {
        values[v] = strings ? en_column_entry(c, v) : en_map_key(&numbers, v);
        if (trimmed) values[v] = en_str_trim(values[v]);
    }
    if (status == EN_OK) status = rank_strings(values, n, ranks, &out->most, err);
    for (int32_t i = 0; status == EN_OK && i < out->n; i++)
        out->rank[i] = code[i] < 0 || (trimmed && !values[code[i]].len) ? 0 : ranks[code[i]];
    free(values);
    free(ranks);
    free(code);
    en_map_clear(&numbers);
    return status;
}

/* order[] sorted by rank; rows of one rank stay as they are. */
static en_status sort_by_rank(const ranking *r, int32_t *order, int32_t *spare, en_error *err) {
    int32_t *at = calloc((size_t)r->most + 2, sizeof *at);
    if (!at) return en_no_memory(err);
    for (int32_t i = 0; i < r->n; i++) at[r->rank[i] + 1]++;
    for (int32_t v = 0; v < r->most; v++) at[v + 1] += at[v];
    for (int32_t i = 0; i < r->n; i++) spare[at[r->rank[order[i]]]++] = order[i];
    memcpy(order, spare, (size_t)r->n * sizeof *order);
    free(at);
    return EN_OK;
}

typedef struct row_order {
    ranking by;
    int32_t *order, *spare;
    int32_t *list; /* ranks of rows */
} row_order;

static en_status sort_by_column(row_order *o, const en_column *column, bool trimmed, en_error *err) {
    EN_TRY(rank_column(column, trimmed, &o->by, err));
    return sort_by_rank(&o->by, o->order, o->spare, err);
}

/* Ids tell rows apart where no two rows have one: then nothing else is looked at. */
static bool tells_apart(const ranking *r, bool *seen) {
    for (int32_t i = 0; i < r->n; i++) {
        if (!r->rank[i] || seen[r->rank[i]]) return false;
        seen[r->rank[i]] = true;
    }
    return true;
}

static en_status ids_tell_apart(row_order *o, const en_column *id, bool *apart, en_error *err) {
    *apart = false;
    if (!id) return EN_OK;
    bool *seen = calloc((size_t)o->by.n + 1, sizeof *seen);
    en_status status = seen ? rank_column(id, true, &o->by, err) : en_no_memory(err);
    if (status == EN_OK && o->by.most == o->by.n) *apart = tells_apart(&o->by, seen);
    free(seen);
    return status;
}

static en_status sort_rows(row_order *o, const en_column *list, const en_column *id, const en_column *const *columns,
                           int n_columns, en_error *err) {
    bool apart;
    EN_TRY(ids_tell_apart(o, id, &apart, err));
    for (int k = n_columns - 1; !apart && k >= 0; k--) EN_TRY(sort_by_column(o, columns[k], false, err));
    if (apart) EN_TRY(sort_by_rank(&o->by, o->order, o->spare, err));
    if (id && !apart) EN_TRY(sort_by_column(o, id, true, err));
    if (!list) return EN_OK;
    EN_TRY(sort_by_column(o, list, true, err));
    memcpy(o->list, o->by.rank, (size_t)o->by.n * sizeof *o->list);
    return EN_OK;
}

static en_status number_lists(link_set *set, const int32_t *list, en_error *err) {
    for (int32_t i = 0; i < set->n; i++) {
        if (i && list[set->row[i]] != list[set->row[i - 1]]) set->n_lists++;
        set->list[i] = set->n_lists;
    }
    set->n_lists++;
    set->list_end = en_arena_alloc(set->arena, (size_t)set->n_lists * sizeof *set->list_end);
    if (!set->list_end) return en_no_memory(err);
    for (int32_t i = 0; i < set->n; i++) set->list_end[set->list[i]] = i + 1;
    return EN_OK;
}

en_status link_order(link_set *set, const en_column *list, const en_column *id, const en_column *const *columns,
                     int n_columns, en_error *err) {
    size_t room = (size_t)set->n + 1;
    row_order o = {{set->n, malloc(room * sizeof *o.by.rank), 0},
                   NULL,
                   malloc(room * sizeof *o.spare),
                   calloc(room, sizeof *o.list)};
    set->row = en_arena_alloc(set->arena, room * sizeof *set->row);
    set->list = en_arena_alloc(set->arena, room * sizeof *set->list);
    en_status status = o.by.rank && o.spare && o.list && set->row && set->list ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        o.order = set->row;
        for (int32_t i = 0; i < set->n; i++) o.order[i] = i;
        status = sort_rows(&o, list, id, columns, n_columns, err);
    }
    if (status == EN_OK) status = number_lists(set, o.list, err);
    free(o.by.rank);
    free(o.spare);
    free(o.list);
    return status;
}
