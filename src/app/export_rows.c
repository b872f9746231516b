#include "app/export_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/case_model.h"
#include "app/row_json.h"

enum { COLUMNS_MAX = 96 };

/* A record of the account by its id. */
typedef struct record_of {
    en_id id;
    int32_t record;
} record_of;

typedef struct mark {
    en_id of;
    const char *member; /* "" the whole row */
} mark;

typedef struct exporter {
    const en_account *account;
    const en_export_options *options;
    const en_export_choice *choice;
    en_export_rows *out;
    en_case *c;
    en_model model;
    record_of *records; /* in order of id */
    mark *marks;
    int64_t n_marks, hidden_cap;
} exporter;

/* The persons, and whoever else, whom a row names. */
typedef struct named {
    int32_t person; /* one of them, a protected one where there is any; -1 none */
    bool selected;  /* one of them is asked for */
    bool withdrawn; /* one of them took back consent */
} named;

/* Where a column's value is in a body, and what it is. */
typedef struct path {
    const char *member, *inner; /* inner NULL: the member itself */
    const char *type;           /* of vocab/kinds.json */
    bool used;
} path;

/* ---- who is who ---- */

static int by_id(const void *a, const void *b) {
    return en_id_cmp(((const record_of *)a)->id, ((const record_of *)b)->id);
}

static en_status index_records(exporter *x, en_error *err) {
    int64_t n = x->account->n_records;
    x->records = en_arena_alloc(x->out->arena, ((size_t)n + 1) * sizeof *x->records);
    if (!x->records) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) x->records[i] = (record_of){x->account->records[i].id, (int32_t)i};
    qsort(x->records, (size_t)n, sizeof *x->records, by_id);
    return EN_OK;
}

/* The person of a record that the account counts; -1 for any other id. */
static int32_t person_of(const exporter *x, en_id id) {
    const record_of *found =
        bsearch(&(record_of){.id = id}, x->records, (size_t)x->account->n_records, sizeof *x->records, by_id);
    return found ? x->account->records[found->record].person : -1;
}

static bool is_protected(const exporter *x, int32_t person) {
    const en_account_person *p = &x->account->persons[person];
    return !x->options->names && (p->may_be_living || p->may_be_minor);
}

/* ---- what is marked ---- */

static bool is_public(const char *level) { return !level || !level[0] || strcmp(level, "public") == 0; }

static int by_hidden(const void *a, const void *b) { return en_id_cmp(*(const en_id *)a, *(const en_id *)b); }

bool en_export_hides(const en_export_rows *rows, en_id id) {
    return rows->n_hidden && bsearch(&id, rows->hidden, (size_t)rows->n_hidden, sizeof id, by_hidden);
}

static en_status hide(exporter *x, en_id id, en_error *err) {
    en_export_rows *out = x->out;
    if (en_export_hides(out, id)) return EN_OK;
    if (out->n_hidden == x->hidden_cap) {
        int64_t cap = x->hidden_cap ? x->hidden_cap * 2 : 64;
        en_id *grown = realloc(out->hidden, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        out->hidden = grown;
        x->hidden_cap = cap;
    }
    int64_t at = out->n_hidden++; /* kept in order: rows come nearly so */
    for (; at > 0 && en_id_cmp(out->hidden[at - 1], id) > 0; at--) out->hidden[at] = out->hidden[at - 1];
    out->hidden[at] = id;
    return EN_OK;
}

typedef en_status (*row_reader)(exporter *x, const en_row *row, const json_t *body, void *ctx, en_error *err);

/* What each_row hands to a reader beside the row. */
typedef struct walk {
    exporter *x;
    row_reader read;
    void *ctx;
} walk;

static en_status hand_over(void *ctx, const en_row *row, const json_t *body, en_error *err) {
    const walk *w = ctx;
    return w->read(w->x, row, body, w->ctx, err);
}

static en_status each_row(exporter *x, const char *kind, row_reader read, void *ctx, en_error *err) {
    walk w = {x, read, ctx};
    return en_row_json_each(x->c, kind, x->out->arena, hand_over, &w, err);
}

static en_status read_mark(exporter *x, const en_row *row, const json_t *body, void *ctx, en_error *err) {
    (void)ctx;
    if (row->revoked_by.entry || is_public(en_row_json_text(body, "level"))) return EN_OK;
    en_id of;
    const char *member = en_row_json_text(body, "member");
    EN_TRY(en_case_deref(x->c, en_row_json_text(body, "of"), &of, err));
    if (!member[0]) return hide(x, of, err);
    mark *grown = realloc(x->marks, ((size_t)x->n_marks + 1) * sizeof *grown);
    if (!grown) return en_no_memory(err);
    x->marks = grown;
    x->marks[x->n_marks++] = (mark){of, en_arena_strdup(x->out->arena, en_str_of(member))};
    return x->marks[x->n_marks - 1].member ? EN_OK : en_no_memory(err);
}

static en_status hide_source(exporter *x, const en_row *row, const json_t *body, void *ctx, en_error *err) {
    (void)ctx;
    return is_public(en_row_json_text(body, "confidentiality")) ? EN_OK : hide(x, row->id, err);
}

static en_status refers_to_hidden(exporter *x, const json_t *body, const char *member, bool *is, en_error *err) {
    en_id of;
    EN_TRY(en_case_deref(x->c, en_row_json_text(body, member), &of, err));
    *is |= of.entry && en_export_hides(x->out, of);
    return EN_OK;
}

/* Captures of a source that is left out are too: of its releases and documents. */
static en_status hide_capture(exporter *x, const en_row *row, const json_t *body, void *ctx, en_error *err) {
    (void)ctx, (void)row;
    bool is = false;
    en_id capture;
    EN_TRY(refers_to_hidden(x, body, "source", &is, err));
    EN_TRY(en_case_deref(x->c, en_row_json_text(body, "capture"), &capture, err));
    return is && capture.entry ? hide(x, capture, err) : EN_OK;
}

/* What a capture was made from says as much as the capture, and so does what was made from it. */
static en_status hide_kin(exporter *x, const en_row *row, const json_t *body, void *ctx, en_error *err) {
    (void)ctx;
    en_id parent;
    EN_TRY(en_case_deref(x->c, en_row_json_text(body, "parent"), &parent, err));
    if (parent.entry && en_export_hides(x->out, row->id)) EN_TRY(hide(x, parent, err));
    return parent.entry && en_export_hides(x->out, parent) ? hide(x, row->id, err) : EN_OK;
}

static en_status find_hidden(exporter *x, en_error *err) {
    const en_export_choice *choice = x->choice;
    for (int64_t i = 0; i < choice->consents->n; i++) EN_TRY(hide(x, choice->consents->of[i], err));
    if (!x->options->all) {
        for (int64_t i = 0; i < choice->marked->n_rows; i++) EN_TRY(hide(x, choice->marked->rows[i], err));
        EN_TRY(each_row(x, "confidentiality", read_mark, NULL, err));
        EN_TRY(each_row(x, "source", hide_source, NULL, err));
    }
    EN_TRY(each_row(x, "release", hide_capture, NULL, err));
    EN_TRY(each_row(x, "document", hide_capture, NULL, err));
    return each_row(x, "capture", hide_kin, NULL, err);
}

static bool is_marked(const exporter *x, en_id id, const char *member) {
    for (int64_t i = 0; i < x->n_marks; i++)
        if (en_id_eq(x->marks[i].of, id) && strcmp(x->marks[i].member, member) == 0) return true;
    return false;
}

/* ---- references ---- */

static const char *id_kind(const char *type) {
    if (strncmp(type, "list:", 5) == 0) type += 5;
    return strncmp(type, "id:", 3) == 0 ? type + 3 : NULL;
}

static en_status letter_of(exporter *x, const char *kind, en_id id, char *letter, en_error *err) {
    en_row row;
    *letter = en_letter_of_kind(kind);
    if (*letter) return EN_OK;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_row(x->c, id, arena, &row, err) : en_no_memory(err);
    *letter = status == EN_OK ? en_letter_of_kind(row.kind) : 'r';
    en_arena_free(arena);
    return status == EN_ERR_NOT_FOUND ? EN_OK : status;
}

/* A stored reference as its short id; a record of somebody counted, where a person is meant, as the person's. */
static en_status print_ref(exporter *x, const char *kind, const char *ref, json_t **out, named *persons,
                           en_error *err) {
    char text[EN_ID_TEXT], letter;
    en_id id;
    EN_TRY(en_case_deref(x->c, ref, &id, err));
    int32_t who = person_of(x, id);
    if (who >= 0) persons->selected |= !x->choice->selected || x->choice->selected[who];
    persons->withdrawn |= en_withdrawn_has(x->choice->consents, id) || (who >= 0 && x->choice->withdrawn[who]);
    if (who >= 0) persons->person = is_protected(x, who) || persons->person < 0 ? who : persons->person;
    if (who >= 0 && strcmp(kind, "person") == 0) {
        *out = json_string(en_account_id(x->account, 'p', x->account->persons[who].id));
        return *out ? EN_OK : en_no_memory(err);
    }
    EN_TRY(letter_of(x, kind, id, &letter, err));
    EN_TRY(en_case_print_id(x->c, letter, id, text, err));
    *out = json_string(text);
    return *out ? EN_OK : en_no_memory(err);
}

static en_status print_value(exporter *x, const path *p, const json_t *value, json_t **out, named *persons,
                             en_error *err) {
    const char *kind = id_kind(p->type);
    if (!kind) {
        *out = json_deep_copy(value);
        return *out ? EN_OK : en_no_memory(err);
    }
    if (!json_is_array(value)) return print_ref(x, kind, json_string_value(value), out, persons, err);
    *out = json_array();
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *one;
        EN_TRY(print_ref(x, kind, json_string_value(json_array_get(value, i)), &one, persons, err));
        if (json_array_append_new(*out, one) != 0) return en_no_memory(err);
    }
    return EN_OK;
}

/* ---- columns ---- */

static char column_type(const char *type) {
    if (strcmp(type, "int") == 0) return 'i';
    if (strcmp(type, "decimal") == 0) return 'n';
    if (strcmp(type, "bool") == 0) return 'b';
    return strncmp(type, "list:", 5) == 0 || strcmp(type, "any") == 0 ? 'j' : 's';
}

/* The one table whose id a column holds. */
static const char *referred(const char *type) {
    const char *kind = strncmp(type, "id:", 3) == 0 ? type + 3 : NULL;
    return kind && !strchr(kind, '|') && strcmp(kind, "*") != 0 ? kind : NULL;
}

typedef struct columns {
    en_export_column column[COLUMNS_MAX];
    path path[COLUMNS_MAX];
    int n;
} columns;

static en_status add_column(exporter *x, columns *to, const char *member, const char *inner, const json_t *spec,
                            en_error *err) {
    char name[128];
    for (int i = 0; i < to->n; i++)
        if (!inner && strcmp(to->path[i].member, member) == 0) return EN_OK; /* the kind's own, not the common one */
    if (to->n == COLUMNS_MAX) return en_fail(err, EN_ERR_LIMIT, "a kind of row has more than %d members", COLUMNS_MAX);
    snprintf(name, sizeof name, "%s%s%s", member, inner ? "_" : "", inner ? inner : "");
    const char *type = json_string_value(json_object_get(spec, "type"));
    const char *kept = en_arena_strdup(x->out->arena, en_str_of(name));
    if (!kept || !type) return en_no_memory(err);
    to->path[to->n] = (path){member, inner, type, false};
    to->column[to->n++] = (en_export_column){kept, json_string_value(json_object_get(spec, "definition")),
                                             column_type(type), referred(type)};
    return EN_OK;
}

static en_status add_members(exporter *x, columns *to, const json_t *members, en_error *err) {
    const char *member, *inner;
    json_t *spec, *inner_spec;
    json_object_foreach((json_t *)members, member, spec) {
        const char *type = json_string_value(json_object_get(spec, "type"));
        if (!type || strncmp(type, "object:", 7) != 0) {
            EN_TRY(add_column(x, to, member, NULL, spec, err));
            continue;
        }
        json_t *shape =
            json_object_get(json_object_get(json_object_get(x->model.root, "objects"), type + 7), "members");
        json_object_foreach(shape, inner, inner_spec) { EN_TRY(add_column(x, to, member, inner, inner_spec, err)); }
    }
    return EN_OK;
}

/* ---- rows ---- */

typedef struct table_reader {
    columns columns;
    json_t *rows;
    bool any_revoked;
} table_reader;

/* Of a row about somebody protected: what says who and what kind, nothing that says more. */
static bool is_bare(const path *p) {
    return (id_kind(p->type) || strncmp(p->type, "term:", 5) == 0) && strcmp(p->member, "place_id") != 0;
}

/* The words of those who coded the case are theirs. */
static bool is_of_coder(const exporter *x, const path *p) {
    return !x->options->all && (strcmp(p->member, "by") == 0 || strcmp(p->member, "why") == 0 ||
                                strcmp(p->member, "collected_by") == 0 || strcmp(p->member, "graded_by") == 0);
}

static en_status fill_row(exporter *x, table_reader *t, const en_row *row, const json_t *body, json_t *out,
                          named *persons, en_error *err) {
    for (int i = 0; i < t->columns.n; i++) {
        path *p = &t->columns.path[i];
        const json_t *value = json_object_get(body, p->member);
        json_t *printed = NULL;
        if (p->inner && value) value = json_object_get(value, p->inner);
        if (!value || is_of_coder(x, p) || is_marked(x, row->id, p->member)) continue;
        en_status status = print_value(x, p, value, &printed, persons, err);
        if (status != EN_OK) {
            json_decref(printed);
            return status;
        }
        if (json_object_set_new(out, t->columns.column[i].name, printed) != 0) return en_no_memory(err);
    }
    return EN_OK;
}

static void strip_row(exporter *x, table_reader *t, json_t *out, int32_t person) {
    for (int i = 0; i < t->columns.n; i++) {
        if (person >= 0 && is_protected(x, person) && !is_bare(&t->columns.path[i]))
            json_object_del(out, t->columns.column[i].name);
        t->columns.path[i].used |= json_object_get(out, t->columns.column[i].name) != NULL;
    }
}

static en_status add_row(exporter *x, const en_row *row, const json_t *body, void *ctx, en_error *err) {
    table_reader *t = ctx;
    char id[EN_ID_TEXT];
    named persons = {.person = -1};
    bool is_revoked = row->revoked_by.entry != 0, is_hidden = en_export_hides(x->out, row->id);
    if (is_revoked && !x->options->history) return EN_OK;
    EN_TRY(refers_to_hidden(x, body, "source", &is_hidden, err));
    is_hidden |= !x->options->all && !is_public(en_row_json_text(body, "confidentiality"));
    if (is_hidden) {
        x->out->n_left_out++;
        return EN_OK;
    }
    EN_TRY(en_case_print_id(x->c, en_letter_of_kind(row->kind), row->id, id, err));
    json_t *out = json_pack("{s:s}", "id", id);
    en_status status = out ? fill_row(x, t, row, body, out, &persons, err) : en_no_memory(err);
    if (status == EN_OK && (persons.withdrawn || (persons.person >= 0 && !persons.selected))) {
        x->out->n_left_out += persons.withdrawn;
        json_decref(out);
        return EN_OK;
    }
    if (status == EN_OK) strip_row(x, t, out, persons.person);
    if (status == EN_OK && is_revoked) {
        t->any_revoked = true;
        status = en_case_print_id(x->c, 'X', row->revoked_by, id, err);
        json_object_set_new(out, "revoked_by", json_string(id));
    }
    if (status == EN_OK && json_array_append(t->rows, out) != 0) status = en_no_memory(err);
    json_decref(out);
    return status;
}

/* Keeps the columns that some row has. */
static en_status keep_table(exporter *x, const char *kind, const json_t *spec, table_reader *t, en_error *err) {
    en_export_table *to = &x->out->tables[x->out->n_tables];
    if (!json_array_size(t->rows)) {
        json_decref(t->rows);
        return EN_OK;
    }
    x->out->n_tables++;
    *to = (en_export_table){.rows = t->rows};
    to->name = en_arena_strdup(x->out->arena, en_str_of(kind));
    const char *title = json_string_value(json_object_get(spec, "definition"));
    to->title = en_arena_strdup(x->out->arena, en_str_of(title ? title : kind));
    to->columns = en_arena_alloc(x->out->arena, ((size_t)t->columns.n + 2) * sizeof *to->columns);
    if (!to->name || !to->title || !to->columns) return en_no_memory(err);
    to->columns[to->n_columns++] = (en_export_column){"id", "The row's id, which trace and history take.", 's', NULL};
    for (int i = 0; i < t->columns.n; i++) {
        en_export_column column = t->columns.column[i];
        if (!t->columns.path[i].used) continue;
        column.definition = en_arena_strdup(x->out->arena, en_str_of(column.definition ? column.definition : ""));
        if (column.refers) column.refers = en_arena_strdup(x->out->arena, en_str_of(column.refers));
        if (!column.definition) return en_no_memory(err);
        to->columns[to->n_columns++] = column;
    }
    if (t->any_revoked)
        to->columns[to->n_columns++] =
            (en_export_column){"revoked_by", "The revocation that took the row back.", 's', "revocation"};
    return EN_OK;
}

static bool is_left_out(const exporter *x, const char *kind) {
    bool is_unread = strcmp(kind, "proposal") == 0 || strcmp(kind, "review") == 0 || strcmp(kind, "revocation") == 0;
    return (is_unread && !x->options->history) || (strcmp(kind, "confidentiality") == 0 && !x->options->all);
}

static en_status read_tables(exporter *x, en_error *err) {
    const char *kind;
    json_t *spec, *kinds = json_object_get(x->model.root, "kinds"), *common = json_object_get(x->model.root, "common");
    x->out->tables = en_arena_alloc(x->out->arena, (json_object_size(kinds) + 1) * sizeof *x->out->tables);
    if (!x->out->tables) return en_no_memory(err);
    json_object_foreach(kinds, kind, spec) {
        table_reader t = {.rows = json_array()};
        if (is_left_out(x, kind)) {
            json_decref(t.rows);
            continue;
        }
        en_status status = add_members(x, &t.columns, json_object_get(spec, "members"), err);
        if (status == EN_OK && strcmp(kind, "source") != 0) status = add_members(x, &t.columns, common, err);
        if (status == EN_OK) status = each_row(x, kind, add_row, &t, err);
        if (status != EN_OK) {
            json_decref(t.rows);
            return status;
        }
        EN_TRY(keep_table(x, kind, spec, &t, err));
    }
    return EN_OK;
}

static en_status read_all(exporter *x, en_error *err) {
    EN_TRY(en_case_open(x->account->case_path, false, &x->c, err));
    EN_TRY(en_model_open(x->c, &x->model, err));
    EN_TRY(index_records(x, err));
    EN_TRY(find_hidden(x, err));
    return read_tables(x, err);
}

en_status en_export_rows_open(const en_account *account, const en_export_options *options,
                              const en_export_choice *choice, en_export_rows *out, en_error *err) {
    *out = (en_export_rows){.arena = en_arena_new()};
    exporter x = {.account = account, .options = options, .choice = choice, .out = out};
    en_status status = out->arena ? read_all(&x, err) : en_no_memory(err);
    en_model_close(&x.model);
    en_case_close(x.c);
    free(x.marks);
    if (status != EN_OK) en_export_rows_clear(out);
    return status;
}

const en_export_table *en_export_table_of(const en_export_rows *rows, const char *name) {
    for (int i = 0; i < rows->n_tables; i++)
        if (strcmp(rows->tables[i].name, name) == 0) return &rows->tables[i];
    return NULL;
}

void en_export_rows_clear(en_export_rows *rows) {
    for (int i = 0; i < rows->n_tables; i++) json_decref(rows->tables[i].rows);
    free(rows->hidden);
    en_arena_free(rows->arena);
    *rows = (en_export_rows){0};
}
