/* Circles among parents: persons who are nobody's child are taken away again and again (Kahn 1962); what cannot be
 * taken away is a circle, or below one. */
#include "app/kin_circles.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"

typedef struct edge {
    int32_t parent, child; /* numbers of persons */
    en_id row;
} edge;

typedef struct member {
    en_id record, person;
} member;

typedef struct kin {
    en_case *c;
    en_arena *arena;
    member *members; /* of the link run, by record */
    int64_t n_members;
    en_map numbers; /* of persons, by the bytes of their id */
    edge *edges;
    int64_t n_edges;
} kin;

static int by_record(const void *a, const void *b) {
    return en_id_cmp(((const member *)a)->record, ((const member *)b)->record);
}

static en_status load_members(kin *k, en_error *err) {
    en_link_run run;
    en_id *records, *persons;
    float *weakest;
    en_status status = en_case_last_link_run(k->c, k->arena, &run, NULL);
    if (status == EN_ERR_NOT_FOUND) return EN_OK;
    if (status != EN_OK) return en_case_last_link_run(k->c, k->arena, &run, err);
    EN_TRY(en_case_memberships(k->c, run.id, k->arena, &records, &persons, &weakest, &k->n_members, err));
    k->members = en_arena_alloc(k->arena, ((size_t)k->n_members + 1) * sizeof *k->members);
    if (!k->members) return en_no_memory(err);
    for (int64_t i = 0; i < k->n_members; i++) k->members[i] = (member){records[i], persons[i]};
    qsort(k->members, (size_t)k->n_members, sizeof *k->members, by_record);
    return EN_OK;
}

static en_status person_number(kin *k, const char *ref, int32_t *out, en_error *err) {
    en_id id;
    EN_TRY(en_case_deref(k->c, ref ? ref : "", &id, err));
    member key = {.record = id};
    const member *at = k->n_members ? bsearch(&key, k->members, (size_t)k->n_members, sizeof key, by_record) : NULL;
    if (at) id = at->person;
    return en_map_intern(&k->numbers, (en_str){(const char *)&id, sizeof id}, out, NULL, err);
}

static en_status add_edge(kin *k, const en_model *model, const en_row *row, en_error *err) {
    json_t *body = json_loads(row->body, 0, NULL);
    const char *relation = json_string_value(json_object_get(body, "relation"));
    const char *is_a = relation ? en_model_term_says(model, "kinship", relation, "is_a") : "";
    if (relation && !is_a[0]) is_a = relation;
    bool is_parent = strcmp(is_a, "parent") == 0, is_child = strcmp(is_a, "child") == 0;
    int32_t person = 0, of = 0;
    en_status status = EN_OK;
    if (is_parent || is_child)
        status = person_number(k, json_string_value(json_object_get(body, "person")), &person, err);
    if (status == EN_OK && (is_parent || is_child))
        status = person_number(k, json_string_value(json_object_get(body, "of")), &of, err);
    if (status == EN_OK && (is_parent || is_child))
        k->edges[k->n_edges++] = (edge){is_parent ? person : of, is_parent ? of : person, row->id};
    json_decref(body);
    return status;
}

static en_status load_edges(kin *k, const en_model *model, en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_rows(k->c, "kinship", k->arena, &rows, &n, err));
    if (!(k->edges = en_arena_alloc(k->arena, ((size_t)n + 1) * sizeof *k->edges))) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(rows[i].revoked_by, EN_ID_NONE)) EN_TRY(add_edge(k, model, &rows[i], err));
    return EN_OK;
}

static int by_parent(const void *a, const void *b) {
    int32_t x = ((const edge *)a)->parent, y = ((const edge *)b)->parent;
    return (x > y) - (x < y);
}

/* Takes away persons without parents; parents[i] stays above 0 for those in a circle or below one. */
static void take_away(kin *k, int32_t *parents, int64_t *first, int32_t *queue) {
    int32_t n = k->numbers.len, waiting = 0;
    qsort(k->edges, (size_t)k->n_edges, sizeof *k->edges, by_parent);
    for (int64_t e = 0; e < k->n_edges; e++) parents[k->edges[e].child]++, first[k->edges[e].parent + 1]++;
    for (int32_t i = 0; i < n; i++) first[i + 1] += first[i];
    for (int32_t i = 0; i < n; i++)
        if (parents[i] == 0) queue[waiting++] = i;
    for (int32_t taken = 0; taken < waiting; taken++)
        for (int64_t e = first[queue[taken]]; e < first[queue[taken] + 1]; e++)
            if (--parents[k->edges[e].child] == 0) queue[waiting++] = k->edges[e].child;
}

/* A row of a circle; NULL where there is none. Each person left has a parent who is left, so going up from one ends in
 * a circle after as many steps as there are persons. */
static const edge *find_circle(kin *k, const int32_t *parents, int64_t *up) {
    const edge *at = NULL;
    for (int64_t e = 0; e < k->n_edges; e++) {
        if (parents[k->edges[e].parent] == 0) continue;
        up[k->edges[e].child] = e;
        at = &k->edges[e];
    }
    for (int32_t step = 0; at && step < k->numbers.len; step++) at = &k->edges[up[at->parent]];
    return at;
}

static en_status check(kin *k, en_error *err) {
    size_t n = (size_t)k->numbers.len + 2;
    int32_t *parents = en_arena_alloc(k->arena, n * sizeof *parents),
            *queue = en_arena_alloc(k->arena, n * sizeof *queue);
    int64_t *first = en_arena_alloc(k->arena, n * sizeof *first);
    char id[EN_ID_TEXT];
    if (!parents || !queue || !first) return en_no_memory(err);
    take_away(k, parents, first, queue);
    const edge *circle = find_circle(k, parents, first);
    if (!circle) return EN_OK;
    EN_TRY(en_case_print_id(k->c, en_letter_of_kind("kinship"), circle->row, id, err));
    en_fail(err, EN_ERR_INPUT, "kinship goes in a circle: by %s and others a person is their own ancestor", id);
    return en_error_mend(err, "check who is the parent and who the child; nothing was added"), EN_ERR_INPUT;
}

en_status en_kin_check_circles(en_case *c, const en_model *model, en_error *err) {
    kin k = {.c = c, .arena = en_arena_new()};
    en_status status = k.arena ? load_members(&k, err) : en_no_memory(err);
    if (status == EN_OK) status = load_edges(&k, model, err);
    if (status == EN_OK) status = check(&k, err);
    en_map_clear(&k.numbers);
    en_arena_free(k.arena);
    return status;
}
