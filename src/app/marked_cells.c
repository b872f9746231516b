#include "app/marked_cells.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/mapping.h"
#include "app/row_json.h"

typedef struct finder {
    en_case *c;
    en_marked_cells *out;
    en_release *releases;
    en_mapping *mappings; /* of each release, read once it is needed */
    int64_t n_releases;
} finder;

static en_status mapping_of(finder *f, int64_t release, const en_mapping **out, en_error *err) {
    en_mapping *mapping = &f->mappings[release];
    const char *json;
    if (!mapping->arena) {
        EN_TRY(en_case_mapping(f->c, f->releases[release].mapping, f->out->arena, &json, err));
        EN_TRY(en_mapping_from_json(json, mapping, err));
    }
    *out = mapping;
    return EN_OK;
}

static int64_t index_of_release(const finder *f, en_id id) {
    for (int64_t i = 0; i < f->n_releases; i++)
        if (en_id_eq(f->releases[i].id, id)) return i;
    return -1;
}

/* ---- cells ---- */

static en_status add_cell(finder *f, en_id record, const char *column, const char *role, en_error *err) {
    en_marked_cells *to = f->out;
    if (to->n == to->room) {
        int64_t room = to->room ? to->room * 2 : 64;
        en_marked_cell *grown = realloc(to->cells, (size_t)room * sizeof *grown);
        if (!grown) return en_no_memory(err);
        to->cells = grown;
        to->room = room;
    }
    to->cells[to->n++] = (en_marked_cell){record, column, role};
    return EN_OK;
}

static en_status keep(finder *f, const char *text, const char **out, en_error *err) {
    *out = text ? en_arena_strdup(f->out->arena, en_str_of(text)) : NULL;
    return text && !*out ? en_no_memory(err) : EN_OK;
}

/* Cells of these records, all of one release, in the columns that `member` names; *role, where it is not NULL, becomes
 * the role of one of them. */
static en_status mark_columns(finder *f, int64_t release, const en_id *records, int64_t n, const char *member,
                              const char **role, bool *found, en_error *err) {
    const en_mapping *mapping;
    EN_TRY(mapping_of(f, release, &mapping, err));
    for (int32_t k = 0; k < mapping->n; k++) {
        const char *is = mapping->roles[k], *column;
        bool named = strcmp(mapping->columns[k], member) == 0 || (is && strcmp(is, member) == 0);
        if (!named) continue;
        EN_TRY(keep(f, mapping->columns[k], &column, err));
        EN_TRY(keep(f, is, &is, err));
        for (int64_t i = 0; i < n; i++) EN_TRY(add_cell(f, records[i], column, is, err));
        if (role && is && !en_mapping_is_generic(is)) *role = is;
        *found = true;
    }
    return EN_OK;
}

static en_status mark_release(finder *f, int64_t release, const char *member, bool *found, en_error *err) {
    en_id *records;
    int64_t n;
    EN_TRY(en_case_records(f->c, f->releases[release].id, f->out->arena, &records, NULL, NULL, &n, err));
    return mark_columns(f, release, records, n, member, NULL, found, err);
}

static en_status mark_one(finder *f, en_id record, const char *member, const char **role, bool *found, en_error *err) {
    en_id release, capture;
    int64_t offset, length;
    EN_TRY(en_case_record(f->c, record, &release, &capture, &offset, &length, err));
    int64_t at = index_of_release(f, release);
    return at < 0 ? EN_OK : mark_columns(f, at, &record, 1, member, role, found, err);
}

/* A record, and, since a person goes by the id of one of its records, those that are the same person by any link run.
 * In their lists the column may have another name, but has the same role. */
static en_status mark_record(finder *f, en_id record, const char *member, bool *found, en_error *err) {
    const char *role = NULL;
    en_id *others;
    int64_t n;
    EN_TRY(mark_one(f, record, member, &role, found, err));
    if (!*found) return EN_OK;
    EN_TRY(en_case_person_records(f->c, record, f->out->arena, &others, &n, err));
    for (int64_t i = 0; i < n; i++) {
        bool any = false;
        if (en_id_eq(others[i], record)) continue;
        EN_TRY(mark_one(f, others[i], member, NULL, &any, err));
        if (!any && role) EN_TRY(mark_one(f, others[i], role, NULL, &any, err));
    }
    return EN_OK;
}

/* ---- marks ---- */

/* What is marked is a row of the case: a source or a release, whose own member it is not. */
static en_status mark_row(finder *f, const en_row *of, const char *member, bool *found, en_error *err) {
    json_t *body = json_loads(of->body, 0, NULL);
    bool own = json_object_get(body, member) != NULL;
    json_decref(body);
    for (int64_t i = 0; i < f->n_releases && !own; i++)
        if (en_id_eq(f->releases[i].source, of->id) || en_id_eq(f->releases[i].id, of->id))
            EN_TRY(mark_release(f, i, member, found, err));
    return EN_OK;
}

static en_status note_mark(finder *f, en_id mark, en_error *err) {
    en_id *grown = realloc(f->out->marks, ((size_t)f->out->n_marks + 1) * sizeof *grown);
    if (!grown) return en_no_memory(err);
    f->out->marks = grown;
    grown[f->out->n_marks++] = mark;
    return EN_OK;
}

static en_status read_mark(void *ctx, const en_row *mark, const json_t *body, en_error *err) {
    finder *f = ctx;
    const char *member = en_row_json_text(body, "member"), *level = en_row_json_text(body, "level");
    en_id of;
    en_row row;
    bool found = false;
    if (mark->revoked_by.entry || !member[0] || strcmp(level, "public") == 0) return EN_OK;
    EN_TRY(en_case_deref(f->c, en_row_json_text(body, "of"), &of, err));
    en_status status = en_case_row(f->c, of, f->out->arena, &row, err);
    if (status == EN_OK)
        status = mark_row(f, &row, member, &found, err);
    else if (status == EN_ERR_NOT_FOUND)
        status = mark_record(f, of, member, &found, err);
    if (status == EN_ERR_NOT_FOUND) return EN_OK; /* what it marked was destroyed */
    return status == EN_OK && found ? note_mark(f, mark->id, err) : status;
}

/* ---- rows that tell the same ---- */

bool en_marked_cell_tells(const en_marked_cell *cell, const char *property) {
    static const char *const kin[][8] = {{"name", "given", "family", "father", "mother", NULL},
                                         {"birth", "birth_year", "birth_month", "birth_day", "age", "age_group", NULL},
                                         {"event_date", "month", NULL},
                                         {"status", "fate", "whereabouts", NULL}};
    if (strcmp(cell->column, property) == 0) return true;
    if (!cell->role) return false;
    if (strcmp(cell->role, property) == 0) return true;
    for (size_t i = 0; i < sizeof kin / sizeof *kin; i++) {
        bool has_role = false, has_property = false;
        for (int k = 0; kin[i][k]; k++) {
            has_role |= strcmp(kin[i][k], cell->role) == 0;
            has_property |= strcmp(kin[i][k], property) == 0;
        }
        if (has_role && has_property) return true;
    }
    return false;
}

static en_status note_row(finder *f, en_id row, en_error *err) {
    en_id *grown = realloc(f->out->rows, ((size_t)f->out->n_rows + 1) * sizeof *grown);
    if (!grown) return en_no_memory(err);
    f->out->rows = grown;
    grown[f->out->n_rows++] = row;
    return EN_OK;
}

static bool tells(const finder *f, en_id record, const char *property) {
    int64_t n;
    const en_marked_cell *cells = en_marked_cells_of(f->out, record, &n);
    for (int64_t i = 0; i < n; i++)
        if (en_marked_cell_tells(&cells[i], property)) return true;
    return false;
}

/* Of a correction, a statement or a resolution, which name what they are about by members of their own. */
static en_status check_row(void *ctx, const en_row *row, const json_t *body, en_error *err) {
    finder *f = ctx;
    const char *member = strcmp(row->kind, "correction") == 0  ? "of"
                         : strcmp(row->kind, "statement") == 0 ? "subject"
                                                               : "person";
    en_id of, *others;
    int64_t n;
    const char *property = en_row_json_text(body, "property");
    if (!en_row_json_text(body, member)[0]) return EN_OK;
    EN_TRY(en_case_deref(f->c, en_row_json_text(body, member), &of, err));
    bool is = tells(f, of, property);
    EN_TRY(en_case_person_records(f->c, of, f->out->arena, &others, &n, err));
    for (int64_t i = 0; i < n && !is; i++) is = tells(f, others[i], property);
    return is ? note_row(f, row->id, err) : EN_OK;
}

static en_status each_row(finder *f, const char *kind, en_row_json_reader read, en_error *err) {
    return en_row_json_each(f->c, kind, f->out->arena, read, f, err);
}

/* ---- the whole ---- */

static int by_record(const void *a, const void *b) {
    const en_marked_cell *x = a, *y = b;
    int order = en_id_cmp(x->record, y->record);
    return order ? order : strcmp(x->column, y->column);
}

static void sort_cells(en_marked_cells *cells) {
    int64_t kept = 0;
    if (cells->n) qsort(cells->cells, (size_t)cells->n, sizeof *cells->cells, by_record);
    for (int64_t i = 0; i < cells->n; i++)
        if (!kept || by_record(&cells->cells[kept - 1], &cells->cells[i]) != 0) cells->cells[kept++] = cells->cells[i];
    cells->n = kept;
}

static en_status find(finder *f, en_error *err) {
    EN_TRY(en_case_releases(f->c, f->out->arena, &f->releases, &f->n_releases, err));
    f->mappings = en_arena_alloc(f->out->arena, ((size_t)f->n_releases + 1) * sizeof *f->mappings);
    if (!f->mappings) return en_no_memory(err);
    EN_TRY(each_row(f, "confidentiality", read_mark, err));
    sort_cells(f->out);
    if (!f->out->n) return EN_OK;
    EN_TRY(each_row(f, "correction", check_row, err));
    EN_TRY(each_row(f, "statement", check_row, err));
    return each_row(f, "resolution", check_row, err);
}

en_status en_marked_cells_find(en_case *c, en_marked_cells *out, en_error *err) {
    *out = (en_marked_cells){.arena = en_arena_new()};
    finder f = {.c = c, .out = out};
    en_status status = out->arena ? find(&f, err) : en_no_memory(err);
    for (int64_t i = 0; f.mappings && i < f.n_releases; i++) en_mapping_clear(&f.mappings[i]);
    if (status != EN_OK) en_marked_cells_clear(out);
    return status;
}

const en_marked_cell *en_marked_cells_of(const en_marked_cells *cells, en_id record, int64_t *n) {
    int64_t low = 0, high = cells->n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (en_id_cmp(cells->cells[middle].record, record) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < cells->n && en_id_eq(cells->cells[low + *n].record, record);) ++*n;
    return *n ? &cells->cells[low] : NULL;
}

void en_marked_cells_clear(en_marked_cells *cells) {
    free(cells->cells);
    free(cells->marks);
    free(cells->rows);
    en_arena_free(cells->arena);
    *cells = (en_marked_cells){0};
}
