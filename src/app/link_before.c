/* A case's persons over link runs. */
#include "app/link_before.h"

#include <stdlib.h>
#include <string.h>

static int by_person(const void *x, const void *y) {
    return en_id_cmp(((const struct en_seat *)x)->person, ((const struct en_seat *)y)->person);
}

struct en_seat *en_link_before_seat(const en_link_before *before, en_id person) {
    struct en_seat wanted = {.person = person};
    if (!before->n_seats) return NULL;
    return bsearch(&wanted, before->seats, (size_t)before->n_seats, sizeof wanted, by_person);
}

/* ---- the run before ---- */

static en_status list_seats(const en_records *r, const en_id *persons, int64_t n, en_link_before *out, en_error *err) {
    out->seats = en_arena_alloc(r->arena, ((size_t)n + 1) * sizeof *out->seats);
    if (!out->seats) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) out->seats[i] = (struct en_seat){persons[i], -1, false};
    qsort(out->seats, (size_t)n, sizeof *out->seats, by_person);
    for (int64_t i = 0; i < n; i++)
        if (out->n_seats == 0 || !en_id_eq(out->seats[out->n_seats - 1].person, out->seats[i].person))
            out->seats[out->n_seats++] = out->seats[i];
    return EN_OK;
}

static void sit_down(const en_lineage *lineage, const en_id *records, const en_id *persons, int64_t n,
                     en_link_before *out) {
    for (int64_t i = 0; i < n; i++) {
        struct en_seat *seat = en_link_before_seat(out, persons[i]);
        int64_t row = en_lineage_row(lineage, records[i]);
        if (row < 0) {
            seat->lost = true;
            continue;
        }
        out->person[row] = persons[i];
        out->as_it_was[row] = en_id_cmp(lineage->same_since[row], records[i]) <= 0;
        if (seat->row < 0 || en_id_cmp(lineage->origin[row], lineage->origin[seat->row]) < 0) seat->row = row;
    }
}

en_status en_link_before_read(en_case *c, const en_records *r, const en_lineage *lineage, en_link_before *out,
                              en_error *err) {
    en_id *records, *persons;
    int64_t n;
    *out = (en_link_before){.person = en_arena_alloc(r->arena, ((size_t)r->n + 1) * sizeof *out->person),
                            .as_it_was = en_arena_alloc(r->arena, ((size_t)r->n + 1) * sizeof *out->as_it_was)};
    if (!out->person || !out->as_it_was) return en_no_memory(err);
    en_status status = en_case_last_link_run(c, r->arena, &out->run, err);
    if (status == EN_ERR_NOT_FOUND) return EN_OK;
    if (status == EN_OK) status = en_case_memberships(c, out->run.id, r->arena, &records, &persons, NULL, &n, err);
    if (status != EN_OK) return status;
    out->linked = true;
    EN_TRY(list_seats(r, persons, n, out, err));
    sit_down(lineage, records, persons, n, out);
    return EN_OK;
}

/* ---- ids ---- */

static void earlier(en_id *id, en_id other) {
    if (en_id_eq(*id, EN_ID_NONE) || en_id_cmp(other, *id) < 0) *id = other;
}

en_status en_link_before_name(const en_link_before *before, const en_lineage *lineage, const en_records *r,
                              const int32_t *person, int64_t n_persons, en_id *out, en_error *err) {
    en_id *id = calloc((size_t)n_persons + 1, sizeof *id);
    if (!id) return en_no_memory(err);
    for (int64_t i = 0; i < r->n; i++) earlier(&id[person[i]], lineage->origin[i]);
    for (int64_t s = 0; s < before->n_seats; s++)
        if (before->seats[s].row >= 0) earlier(&id[person[before->seats[s].row]], before->seats[s].person);
    for (int64_t i = 0; i < r->n; i++) out[i] = id[person[i]];
    free(id);
    return EN_OK;
}

/* ---- what became of the persons ---- */

typedef struct passage {
    en_id from, to;
} passage;

static int by_from(const void *x, const void *y) {
    const passage *a = x, *b = y;
    int order = en_id_cmp(a->from, b->from);
    return order ? order : en_id_cmp(a->to, b->to);
}

/* Distinct passages, in order of `from`. */
static int64_t sort_passages(passage *p, int64_t n) {
    int64_t kept = 0;
    qsort(p, (size_t)n, sizeof *p, by_from);
    for (int64_t i = 0; i < n; i++)
        if (kept == 0 || by_from(&p[kept - 1], &p[i]) != 0) p[kept++] = p[i];
    return kept;
}

/* Those that go from one to several. */
static en_status list_forks(const passage *p, int64_t n, en_arena *arena, en_person_change **out, int64_t *n_out,
                            en_error *err) {
    int64_t forks = 0;
    for (int64_t i = 1; i < n; i++)
        forks += en_id_eq(p[i].from, p[i - 1].from) && (i == 1 || !en_id_eq(p[i - 2].from, p[i].from));
    *out = en_arena_alloc(arena, ((size_t)forks + 1) * sizeof **out);
    if (!*out) return en_no_memory(err);
    *n_out = 0;
    for (int64_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && en_id_eq(p[next].from, p[i].from);) next++;
        if (next - i < 2) continue;
        en_person_change *change = &(*out)[(*n_out)++];
        *change = (en_person_change){.id = p[i].from, .n = next - i};
        change->other_ids = en_arena_alloc(arena, (size_t)(next - i) * sizeof *change->other_ids);
        if (!change->other_ids) return en_no_memory(err);
        for (int64_t k = i; k < next; k++) change->other_ids[k - i] = p[k].to;
    }
    return EN_OK;
}

static en_status compare(const en_link_before *before, const en_records *r, const en_id *ids, passage *p,
                         en_link_changes *out, en_error *err) {
    int64_t n = 0;
    for (int64_t i = 0; i < r->n; i++)
        if (!en_id_eq(before->person[i], EN_ID_NONE)) p[n++] = (passage){before->person[i], ids[i]};
    n = sort_passages(p, n);
    EN_TRY(list_forks(p, n, out->arena, &out->split, &out->n_split, err));
    for (int64_t i = 0; i < n; i++) p[i] = (passage){p[i].to, p[i].from};
    n = sort_passages(p, n);
    return list_forks(p, n, out->arena, &out->merged, &out->n_merged, err);
}

en_status en_link_before_compare(const en_link_before *before, const en_records *r, const en_id *ids,
                                 en_link_changes *out, en_error *err) {
    if (!before->linked) return EN_OK;
    out->compared = true;
    for (int64_t s = 0; s < before->n_seats; s++) out->gone += before->seats[s].row < 0;
    passage *p = malloc(((size_t)r->n + 1) * sizeof *p);
    if (!p || !(out->arena = en_arena_new())) {
        free(p);
        return en_no_memory(err);
    }
    en_status status = compare(before, r, ids, p, out, err);
    free(p);
    return status;
}
