/* Persons and records of an export: by what is protected, as the report has it. */
#include <stdio.h>
#include <string.h>

#include "report/export_parts.h"
#include "report/json.h"

static json_t *id_of(const exporting *x, char kind, en_id id) {
    char text[EN_ACCOUNT_ID];
    return json_string(en_account_print_id(x->account, kind, id, text));
}

/* ---- persons ---- */

static const en_dimension shown[] = {EN_DIM_STATUS,      EN_DIM_SEX,     EN_DIM_AGE_GROUP,
                                     EN_DIM_PLACE,       EN_DIM_MONTH,   EN_DIM_FATE,
                                     EN_DIM_WHEREABOUTS, EN_DIM_PARENTS, EN_DIM_VERIFICATION};
enum { SHOWN = sizeof shown / sizeof *shown };

/* Somebody whom a marked source lists is shown by id alone: what is shown could be that source's. */
static bool is_on_marked(const exporting *x, const en_account_person *p, bool *all) {
    bool any = false;
    *all = p->n_records > 0;
    for (int32_t i = 0; i < p->n_records; i++) {
        bool is = x->left_out[x->account->person_records[p->first_record + i]];
        any |= is;
        *all &= is;
    }
    return any;
}

static const char *value_of(const exporting *x, int32_t person, en_dimension d) {
    const en_account_person *p = &x->account->persons[person];
    if (export_hides_value(x, person, en_dimension_name(d))) return NULL;
    if ((int)d < FACT_STATED) return facts_value(&x->facts, person, d);
    bool is_bare = x->facts.hide[person] & (HIDE_STATUS | HIDE_VALUES | HIDE_RECORDS);
    return is_bare && d != EN_DIM_VERIFICATION ? NULL : p->value[d];
}

static json_t *disputed(const exporting *x, int32_t person) {
    json_t *out = json_array();
    for (int d = 0; d < FACT_STATED; d++)
        if (x->account->persons[person].disputed[d] &&
            !export_hides_value(x, person, en_dimension_name((en_dimension)d)))
            en_json_push(&out, json_string(en_dimension_name((en_dimension)d)));
    return out;
}

static json_t *person_row(exporting *x, int32_t person) {
    const en_account_person *p = &x->account->persons[person];
    unsigned char hide = x->facts.hide[person];
    bool all, marked = is_on_marked(x, p, &all);
    json_t *out = json_object();
    en_json_put(&out, "id", id_of(x, 'p', p->id));
    if (marked || hide) en_json_put(&out, "withheld", json_string(marked ? "marked" : "protected"));
    if (!(hide & HIDE_NAME) && !marked && !export_hides_value(x, person, "name"))
        en_json_put(&out, "name", en_json_text(p->name));
    for (int i = 0; i < SHOWN && !marked; i++) {
        const char *value = value_of(x, person, shown[i]);
        if (value) en_json_put(&out, en_dimension_name(shown[i]), json_string(value));
    }
    if (!(hide & HIDE_RECORDS) && !marked) {
        en_json_put(&out, "records", json_integer(p->n_records));
        en_json_put(&out, "independent_sources", json_integer(p->n_groups));
    }
    if (!hide && !marked) en_json_put(&out, "disputed", disputed(x, person));
    return out;
}

en_status export_persons(exporting *x, en_error *err) {
    en_export_column columns[16] = {{"id", "The person's id: that of its founding record.", 's', NULL},
                                    {"name", "As the first record that has one wrote it.", 's', NULL}};
    int n = 2;
    for (int i = 0; i < SHOWN; i++)
        columns[n++] =
            (en_export_column){en_dimension_name(shown[i]),
                               "The value shown by the written rule (docs/decisions/0010-resolution.md).", 's', NULL};
    columns[n++] = (en_export_column){"records", "How many records.", 'i', NULL};
    columns[n++] = (en_export_column){"independent_sources", "How many independent sources.", 'i', NULL};
    columns[n++] = (en_export_column){"disputed", "Dimensions on which sources differ.", 'j', NULL};
    columns[n++] = (en_export_column){
        "withheld", "protected: may be living, or may be a minor; marked: a confidential source lists them.", 's',
        NULL};
    en_export_table table = {
        .name = "person", .title = "Distinct recorded persons", .n_columns = n, .columns = columns};
    export_sink sink;
    en_status status = export_begin(x, &table, &sink, err);
    for (int64_t i = 0; status == EN_OK && i < x->account->n_persons; i++) {
        bool all;
        if (x->facts.left_out[i] || (x->selected && !x->selected[i])) continue;
        is_on_marked(x, &x->account->persons[i], &all);
        x->out->persons_protected += x->facts.hide[i] != 0;
        if (all) continue;
        json_t *row = person_row(x, (int32_t)i);
        status = export_row(&sink, row, err);
        json_decref(row);
    }
    if (status == EN_OK) status = export_end(&sink, err);
    export_clear(&sink);
    return status;
}

/* ---- records ---- */

/* Columns of what lists state, by role; list and id come first in the table of records. */
static int stated_columns(const exporting *x, en_export_column *columns, int n, int most) {
    for (int32_t i = 1; i < x->records.table.n_columns && n < most; i++) {
        const char *role = x->records.table.columns[i].name;
        columns[n++] = (en_export_column){strcmp(role, "id") == 0 ? "list_id" : role,
                                          "As the list states it, dates and terms in one form.", 's', NULL};
    }
    return n;
}

static const en_account_release *current_release(const en_account_source *source) {
    for (int64_t i = 0; i < source->n_releases; i++)
        if (source->releases[i].current) return &source->releases[i];
    return NULL;
}

static void put_stated(const exporting *x, int64_t record, json_t **out) {
    for (int32_t i = 1; i < x->records.table.n_columns; i++) {
        const en_column *c = &x->records.table.columns[i];
        en_str cell = en_column_str(c, record);
        if (cell.len && !export_hides_stated(x, x->account->records[record].id, c->name))
            en_json_put(out, strcmp(c->name, "id") == 0 ? "list_id" : c->name, json_stringn(cell.ptr, cell.len));
    }
}

static json_t *record_row(const exporting *x, int64_t record) {
    const en_account_record *r = &x->account->records[record];
    const en_account_source *source = &x->account->sources[r->source];
    const en_account_release *release = current_release(source);
    unsigned char hide = r->person < 0 ? 0 : x->facts.hide[r->person];
    json_t *out = json_object();
    en_json_put(&out, "id", id_of(x, 'r', r->id));
    en_json_put(&out, "source", id_of(x, 's', source->about.id));
    if (release) en_json_put(&out, "release", id_of(x, 'l', release->id));
    if (release) en_json_put(&out, "capture", id_of(x, 'k', release->capture));
    en_json_put(&out, "offset", json_integer(r->offset));
    en_json_put(&out, "length", json_integer(r->length));
    if (r->person >= 0 && !(hide & HIDE_RECORDS)) {
        en_json_put(&out, "person", id_of(x, 'p', x->account->persons[r->person].id));
        en_json_put(&out, "weakest_link", json_real((double)r->weakest));
    }
    if (!hide) put_stated(x, record, &out);
    return out;
}

/* Of persons whose records are not told, none is there where only some are asked for: the fewer these are, the more
 * would being there tell whose record it is. */
static bool is_asked_for(const exporting *x, int32_t person) {
    if (!x->selected) return true;
    return person >= 0 && x->selected[person] && !(x->facts.hide[person] & HIDE_RECORDS);
}

en_status export_records(exporting *x, en_error *err) {
    en_export_column columns[112] = {
        {"id", "The record's id.", 's', NULL},
        {"person", "The person it is counted in.", 's', "person"},
        {"source", "Whose list it is of.", 's', "source"},
        {"release", "Which edition of the list.", 's', "release"},
        {"capture", "The bytes that offset and length are of.", 's', "capture"},
        {"offset", "First byte of the row.", 'i', NULL},
        {"length", "Bytes of the row.", 'i', NULL},
        {"weakest_link", "Probability of the weakest link that joins it to its person.", 'n', NULL}};
    int n = stated_columns(x, columns, 8, (int)(sizeof columns / sizeof *columns));
    en_export_table table = {.name = "record",
                             .title = "Records of the current releases, with the person each belongs to",
                             .n_columns = n,
                             .columns = columns};
    export_sink sink;
    en_status status = export_begin(x, &table, &sink, err);
    for (int64_t i = 0; status == EN_OK && i < x->account->n_records; i++) {
        if (x->left_out[i] || !is_asked_for(x, x->account->records[i].person)) continue;
        json_t *row = record_row(x, i);
        status = export_row(&sink, row, err);
        json_decref(row);
    }
    if (status == EN_OK) status = export_end(&sink, err);
    export_clear(&sink);
    return status;
}
