/* Why two records are taken for one person or not, and what holds a person together: in a case, or over plain files. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/link_case.h"
#include "app/link_files.h"
#include "app/link_model_json.h"

enum { RECORDS_MOST = 64 }; /* of a person: their pairs are looked at one by one */

static en_status keep(en_app_explanation *out, const char *text, const char **kept, en_error *err) {
    *kept = en_arena_strdup(out->arena, en_str_of(text));
    return *kept ? EN_OK : en_no_memory(err);
}

static en_status explain_rows(const en_table *table, const en_link_options *options, const int64_t (*rows)[2],
                              int64_t n, en_app_explanation *out, en_error *err) {
    en_link_explanation *why = malloc(((size_t)n + 1) * sizeof *why);
    out->pairs = en_arena_alloc(out->arena, ((size_t)n + 1) * sizeof *out->pairs);
    en_status status = why && out->pairs ? EN_OK : en_no_memory(err);
    if (status == EN_OK) status = en_link_explain(table, options, rows, (size_t)n, out->arena, why, err);
    for (int64_t i = 0; status == EN_OK && i < n; i++) out->pairs[i].why = why[i];
    out->n_pairs = status == EN_OK ? n : 0;
    free(why);
    return status;
}

/* ---- a person ---- */

static int by_total(const void *x, const void *y) {
    const en_explained_pair *a = x, *b = y;
    if (a->why.total != b->why.total) return a->why.total < b->why.total ? -1 : 1;
    if (a->why.row_a != b->why.row_a) return a->why.row_a < b->why.row_a ? -1 : 1;
    return (a->why.row_b > b->why.row_b) - (a->why.row_b < b->why.row_b);
}

/* Number of the pair of the person's i-th and k-th record, i < k, of n. */
static int64_t pair_number(int64_t i, int64_t k, int64_t n) { return i * (2 * n - i - 1) / 2 + k - i - 1; }

/* Of all pairs, those of the maximum spanning tree (Prim 1957): its least link is the weakest that the person needs. */
static void keep_tree(en_explained_pair *pairs, int64_t n, int64_t *n_kept) {
    double best[RECORDS_MOST];
    int64_t to[RECORDS_MOST];
    en_explained_pair tree[RECORDS_MOST];
    bool in[RECORDS_MOST] = {true};
    for (int64_t k = 1; k < n; k++) best[k] = pairs[pair_number(0, k, n)].why.total, to[k] = 0;
    for (int64_t grown = 1; grown < n; grown++) {
        int64_t next = -1;
        for (int64_t k = 1; k < n; k++)
            if (!in[k] && (next < 0 || best[k] > best[next])) next = k;
        in[next] = true;
        tree[grown - 1] = pairs[pair_number(to[next] < next ? to[next] : next, to[next] < next ? next : to[next], n)];
        for (int64_t k = 1; k < n; k++) {
            double total =
                in[k] ? -INFINITY : pairs[pair_number(k < next ? k : next, k < next ? next : k, n)].why.total;
            if (!in[k] && total > best[k]) best[k] = total, to[k] = next;
        }
    }
    *n_kept = n - 1;
    memcpy(pairs, tree, (size_t)*n_kept * sizeof *pairs);
    qsort(pairs, (size_t)*n_kept, sizeof *pairs, by_total);
}

static en_status explain_members(const case_linker *l, const en_link_options *o, const int64_t *members, int64_t n,
                                 en_app_explanation *out, en_error *err) {
    int64_t(*rows)[2] = malloc(((size_t)(n * (n - 1) / 2) + 1) * sizeof *rows), at = 0;
    if (!rows) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++)
        for (int64_t k = i + 1; k < n; k++, at++) rows[at][0] = members[i], rows[at][1] = members[k];
    en_status status = explain_rows(&l->records.table, o, (const int64_t(*)[2])rows, at, out, err);
    free(rows);
    if (status == EN_OK && n > 1) keep_tree(out->pairs, n, &out->n_pairs);
    return status;
}

static en_status explain_person(const case_linker *l, const en_link_options *o, en_id person, const char *text,
                                en_app_explanation *out, en_error *err) {
    int64_t members[RECORDS_MOST], n = 0;
    for (int64_t i = 0; i < l->records.n; i++) {
        if (!en_id_eq(l->before.person[i], person)) continue;
        if (n < RECORDS_MOST) members[n++] = i;
        out->n_records++;
    }
    if (n == 0) {
        en_fail(err, EN_ERR_NOT_FOUND, "%.60s: the last link run has no such person with a record that counts", text);
        return en_error_mend(err, "look the id up with `everyname trace`, or link again"), EN_ERR_NOT_FOUND;
    }
    out->n_left_out = out->n_records - n;
    return explain_members(l, o, members, n, out, err);
}

/* ---- a case ---- */

static en_status find_row(const case_linker *l, const char *text, int64_t *row, en_error *err) {
    char kind;
    en_id id;
    EN_TRY(en_case_parse_id(l->c, text, &kind, &id, err));
    if (kind != 'r') {
        en_fail(err, EN_ERR_USAGE, "%.60s is no record", text);
        return en_error_mend(err, "give two records (r:), or one person (p:)"), EN_ERR_USAGE;
    }
    *row = en_lineage_row(&l->lineage, id);
    if (*row >= 0) return EN_OK;
    en_fail(err, EN_ERR_NOT_FOUND, "%.60s is a row that a newer release of its list lacks", text);
    return EN_ERR_NOT_FOUND;
}

static en_status explain_two(const case_linker *l, const en_link_options *o, const char *a, const char *b,
                             en_app_explanation *out, en_error *err) {
    int64_t rows[1][2];
    EN_TRY(find_row(l, a, &rows[0][0], err));
    EN_TRY(find_row(l, b, &rows[0][1], err));
    if (rows[0][0] == rows[0][1]) return en_fail(err, EN_ERR_USAGE, "%.60s and %.60s are one record", a, b);
    return explain_rows(&l->records.table, o, (const int64_t(*)[2])rows, 1, out, err);
}

static en_status print_id(const case_linker *l, char kind, en_id id, en_app_explanation *out, const char **kept,
                          en_error *err) {
    char text[EN_ID_TEXT];
    EN_TRY(en_case_print_id(l->c, kind, id, text, err));
    return keep(out, text, kept, err);
}

static en_status name_pairs(const case_linker *l, en_app_explanation *out, en_error *err) {
    for (int64_t i = 0; i < out->n_pairs; i++) {
        en_explained_pair *p = &out->pairs[i];
        en_id a = l->before.person[p->why.row_a], b = l->before.person[p->why.row_b];
        EN_TRY(print_id(l, 'r', l->records.ids[p->why.row_a], out, &p->a, err));
        EN_TRY(print_id(l, 'r', l->records.ids[p->why.row_b], out, &p->b, err));
        p->known = !en_id_eq(a, EN_ID_NONE) && !en_id_eq(b, EN_ID_NONE);
        p->joined = p->known && en_id_eq(a, b);
        if (p->joined && !out->person) EN_TRY(print_id(l, 'p', a, out, &out->person, err));
    }
    return EN_OK;
}

static en_status explain_in_case(case_linker *l, const char *a, const char *b, en_app_explanation *out, en_error *err) {
    en_link_options o;
    char kind = 'r';
    en_id id;
    EN_TRY(case_linker_load(l, err));
    case_linker_options(l, &o);
    en_link_inputs_apply(&l->inputs, &l->options->extras, &o);
    if (b) {
        EN_TRY(en_link_inputs_blame(&l->inputs, explain_two(l, &o, a, b, out, err), err));
    } else {
        EN_TRY(en_case_parse_id(l->c, a, &kind, &id, err));
        if (kind != 'p') {
            en_fail(err, EN_ERR_USAGE, "%.60s is no person", a);
            return en_error_mend(err, "give two records (r:), or one person (p:)"), EN_ERR_USAGE;
        }
        EN_TRY(en_link_inputs_blame(&l->inputs, explain_person(l, &o, id, a, out, err), err));
        EN_TRY(print_id(l, 'p', id, out, &out->person, err));
    }
    return name_pairs(l, out, err);
}

en_status en_app_explain(const char *case_path, const char *a, const char *b, const en_app_link_options *options,
                         en_app_explanation *out, en_error *err) {
    *out = (en_app_explanation){.arena = en_arena_new()};
    en_app_link_options under_last_run = *options;
    en_app_link_result notes = {0};
    under_last_run.incremental = !options->extras.model_file;
    case_linker l = {.path = case_path, .options = &under_last_run, .out = &notes, .reads_only = true};
    en_status status = out->arena ? explain_in_case(&l, a, b, out, err) : en_no_memory(err);
    out->model = l.inputs.model;
    l.inputs.model = (en_link_model){0};
    case_linker_clear(&l);
    if (status != EN_OK) en_app_explanation_clear(out);
    return status;
}

/* ---- plain files ---- */

static en_status find_id(const en_map *ids, const char *text, int64_t *row, en_error *err) {
    *row = en_map_find(ids, en_str_of(text));
    if (*row >= 0) return EN_OK;
    en_fail(err, EN_ERR_NOT_FOUND, "no record has the id \"%.100s\"", text);
    return en_error_mend(err, "give the files first and then two ids; --id names the column of ids"), EN_ERR_NOT_FOUND;
}

static en_status explain_in_files(linker *l, en_map *ids, const char *a, const char *b, en_link_result *linked,
                                  en_app_explanation *out, en_error *err) {
    en_link_options o;
    int64_t rows[1][2];
    EN_TRY(linker_load(l, err));
    EN_TRY(linker_ids(l, ids, err));
    EN_TRY(find_id(ids, a, &rows[0][0], err));
    EN_TRY(find_id(ids, b, &rows[0][1], err));
    if (rows[0][0] == rows[0][1]) return en_fail(err, EN_ERR_USAGE, "%.100s and %.100s are one record", a, b);
    linker_options(l, &o);
    if (!o.model) {
        EN_TRY(en_link(&l->table, &o, linked, err));
        o.model = &linked->model;
    }
    EN_TRY(en_link_inputs_blame(&l->inputs, explain_rows(&l->table, &o, (const int64_t(*)[2])rows, 1, out, err), err));
    out->pairs[0].known = linked->person != NULL;
    out->pairs[0].joined = linked->person && linked->person[rows[0][0]] == linked->person[rows[0][1]];
    EN_TRY(keep(out, a, &out->pairs[0].a, err));
    return keep(out, b, &out->pairs[0].b, err);
}

en_status en_app_explain_files(const en_link_files_options *options, const char *a, const char *b,
                               en_app_explanation *out, en_error *err) {
    *out = (en_app_explanation){.arena = en_arena_new()};
    linker l = {.options = options, .arena = en_arena_new()};
    en_map ids = {0};
    en_link_result linked = {0};
    en_status status = out->arena && l.arena ? explain_in_files(&l, &ids, a, b, &linked, out, err) : en_no_memory(err);
    en_link_model *model = l.inputs.has_model ? &l.inputs.model : &linked.model;
    out->model = *model;
    *model = (en_link_model){0};
    en_link_result_clear(&linked);
    en_map_clear(&ids);
    linker_clear(&l);
    if (status != EN_OK) en_app_explanation_clear(out);
    return status;
}

void en_app_explanation_clear(en_app_explanation *explanation) {
    en_link_model_clear(&explanation->model);
    en_arena_free(explanation->arena);
    *explanation = (en_app_explanation){0};
}
