/* Plausible partitions in a case file. Most records are in the same person in every draw, so that only the others are
 * written: after `records` and `partitions`, for each partition how many differ from the run's own persons, and for
 * each of these how far it is from the one before and the first record of its person. Numbers are LEB128: seven bits a
 * byte, the lowest first. */
#include "app/link_partitions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/leb128.h"

#define KIND "partitions"

/* What is derived stays in this file, where local numbers of ids hold. */
static void key_of(en_id run, char out[64]) {
    snprintf(out, 64, "%lld.%lld", (long long)run.entry, (long long)run.ordinal);
}

/* ---- out ---- */

/* of[i] is the first record of i's person. */
static void first_records(const int32_t *person, int64_t n, int32_t *scratch, int32_t *of) {
    for (int64_t i = 0; i < n; i++) scratch[i] = -1;
    for (int64_t i = 0; i < n; i++) {
        if (scratch[person[i]] < 0) scratch[person[i]] = (int32_t)i;
        of[i] = scratch[person[i]];
    }
}

static en_status add_partition(en_buf *out, const int32_t *usual, const int32_t *drawn, int64_t n, en_error *err) {
    int64_t differ = 0, last = 0;
    for (int64_t i = 0; i < n; i++) differ += usual[i] != drawn[i];
    EN_TRY(en_leb128_add(out, (uint64_t)differ, err));
    for (int64_t i = 0; i < n; i++) {
        if (usual[i] == drawn[i]) continue;
        EN_TRY(en_leb128_add(out, (uint64_t)(i - last), err));
        EN_TRY(en_leb128_add(out, (uint64_t)drawn[i], err));
        last = i;
    }
    return EN_OK;
}

static en_status encode(const en_link_result *link, int32_t *room, en_buf *out, en_error *err) {
    int64_t n = link->n_records;
    int32_t *usual = room, *drawn = room + n, *scratch = room + 2 * n;
    EN_TRY(en_leb128_add(out, (uint64_t)n, err));
    EN_TRY(en_leb128_add(out, (uint64_t)link->n_partitions, err));
    first_records(link->person, n, scratch, usual);
    for (int k = 0; k < link->n_partitions; k++) {
        first_records(link->partitions + k * n, n, scratch, drawn);
        EN_TRY(add_partition(out, usual, drawn, n, err));
    }
    return EN_OK;
}

en_status en_partitions_store(en_case *c, en_id run, const en_link_result *link, en_error *err) {
    int32_t *room = malloc((3 * (size_t)link->n_records + 1) * sizeof *room);
    char key[64];
    en_buf value = {0};
    key_of(run, key);
    en_status status = room ? encode(link, room, &value, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_put_derived(c, KIND, key, en_buf_str(&value), err);
    en_buf_clear(&value);
    free(room);
    return status;
}

/* ---- back in ---- */

static bool decode(en_str rest, const int32_t *usual, int64_t n, int partitions, int32_t *first) {
    for (int k = 0; k < partitions; k++) {
        uint64_t differ, step, to;
        int64_t at = 0;
        memcpy(first + k * n, usual, (size_t)n * sizeof *first);
        if (!en_leb128_take(&rest, (uint64_t)n, &differ)) return false;
        for (; differ; differ--) {
            if (!en_leb128_take(&rest, (uint64_t)(n - 1 - at), &step)) return false;
            at += (int64_t)step;
            if (!en_leb128_take(&rest, (uint64_t)at, &to)) return false;
            first[k * n + at] = (int32_t)to;
        }
    }
    return rest.len == 0;
}

static en_status damaged(en_error *err) {
    en_fail(err, EN_ERR_CORRUPT, "the partitions that a link run drew cannot be read");
    return en_error_mend(err, "draw them anew: link with --partitions"), EN_ERR_CORRUPT;
}

typedef struct membership {
    en_id person;
    int32_t row;
} membership;

static int by_person(const void *x, const void *y) {
    const membership *a = x, *b = y;
    int order = en_id_cmp(a->person, b->person);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

/* The run's own persons, each record by the first of its person. */
static en_status usual_persons(const en_id *persons, int64_t n, en_arena *arena, int32_t **usual, en_error *err) {
    membership *m = malloc(((size_t)n + 1) * sizeof *m);
    *usual = en_arena_alloc(arena, ((size_t)n + 1) * sizeof **usual);
    if (!m || !*usual) {
        free(m);
        return en_no_memory(err);
    }
    for (int64_t i = 0; i < n; i++) m[i] = (membership){persons[i], (int32_t)i};
    qsort(m, (size_t)n, sizeof *m, by_person);
    int32_t first = 0;
    for (int64_t i = 0; i < n; i++) {
        if (i == 0 || !en_id_eq(m[i].person, m[i - 1].person)) first = m[i].row;
        (*usual)[m[i].row] = first;
    }
    free(m);
    return EN_OK;
}

/* How many records and partitions the stored bytes are of, taken off their front. */
static en_status take_sizes(en_str *value, uint64_t *n, uint64_t *k, en_error *err) {
    if (!en_leb128_take(value, INT32_MAX, n) || !en_leb128_take(value, 100000, k)) return damaged(err);
    return EN_OK;
}

static en_status get(en_case *c, en_id run, en_arena *arena, en_str *value, en_error *err) {
    char key[64];
    key_of(run, key);
    return en_case_get_derived(c, KIND, key, arena, value, err);
}

en_status en_partitions_number(en_case *c, en_id run, en_arena *arena, int *n_partitions, en_error *err) {
    en_str value;
    uint64_t n, k;
    *n_partitions = 0;
    en_status status = get(c, run, arena, &value, err);
    if (status == EN_ERR_NOT_FOUND) return EN_OK;
    if (status == EN_OK) status = take_sizes(&value, &n, &k, err);
    if (status == EN_OK) *n_partitions = (int)k;
    return status;
}

en_status en_partitions_read(en_case *c, en_id run, en_arena *arena, int *n_partitions, int64_t *n_records,
                             int32_t **first, en_error *err) {
    en_str value;
    en_id *persons;
    int32_t *usual;
    uint64_t n, k;
    *n_partitions = 0;
    en_status status = get(c, run, arena, &value, err);
    if (status == EN_ERR_NOT_FOUND) return EN_OK;
    if (status != EN_OK) return status;
    EN_TRY(en_case_memberships(c, run, arena, NULL, &persons, NULL, n_records, err));
    EN_TRY(take_sizes(&value, &n, &k, err));
    if ((int64_t)n != *n_records) return damaged(err);
    EN_TRY(usual_persons(persons, (int64_t)n, arena, &usual, err));
    *first = en_arena_alloc(arena, (size_t)(n * k + 1) * sizeof **first);
    if (!*first) return en_no_memory(err);
    if (!decode(value, usual, (int64_t)n, (int)k, *first)) return damaged(err);
    *n_partitions = (int)k;
    return EN_OK;
}
