/* report.json: everything the page shows, for programs. */
#include <math.h>
#include <string.h>

#include "everyname/when.h"
#include "report/beside.h"
#include "report/json.h"
#include "report/json_said.h"
#include "report/report.h"

static json_t *id_text(const facts *f, char kind, en_id id) {
    return en_json_text(en_account_id(f->account, kind, id));
}

/* ---- sources ---- */

static json_t *releases(const facts *f, const en_account_source *s) {
    json_t *array = json_array();
    for (int64_t i = 0; i < s->n_releases; i++) {
        const en_account_release *r = &s->releases[i];
        json_t *out = json_object();
        en_json_put(&out, "id", id_text(f, 'l', r->id));
        en_json_put(&out, "capture", id_text(f, 'k', r->capture));
        en_json_put(&out, "label", en_json_text(r->label));
        en_json_put(&out, "released", en_json_text(r->released));
        en_json_put(&out, "file", en_json_text(r->file));
        en_json_put(&out, "sha256", en_json_text(r->sha256));
        en_json_put(&out, "records", json_integer(r->records));
        en_json_put(&out, "removed", json_integer(r->removed));
        en_json_put(&out, "current", en_json_flag(r->current));
        en_json_push(&array, out);
    }
    return array;
}

static json_t *row_number(const fact_row *row, int64_t when_absent) {
    if (!row) return json_integer(when_absent);
    return row->withheld ? json_null() : json_integer(row->n);
}

static json_t *only_here(const facts *f, int64_t source) {
    char bits[EN_DIMENSIONS * 8] = {0};
    for (int64_t i = 0; i < f->account->n_sources && i < (int64_t)sizeof bits - 1; i++)
        bits[i] = i == source ? '1' : '0';
    return row_number(facts_find(&f->tables[FACT_PATTERN], bits, NULL), 0);
}

static json_t *source(const facts *f, int64_t i) {
    char letter[4];
    const en_account_source *s = &f->account->sources[i];
    json_t *out = json_object();
    en_json_put(&out, "key", en_json_text(facts_letter(i, letter)));
    en_json_put(&out, "id", id_text(f, 's', s->about.id));
    en_json_put(&out, "title", en_json_text(s->about.title));
    en_json_put(&out, "kind", en_json_text(s->about.kind));
    en_json_put(&out, "relation", en_json_text(s->about.relation));
    en_json_put(&out, "publisher", en_json_text(s->about.publisher));
    en_json_put(&out, "author", en_json_text(s->about.author));
    en_json_put(&out, "published", en_json_text(s->about.published));
    en_json_put(&out, "language", en_json_text(s->about.language));
    en_json_put(&out, "independence_group", en_json_text(s->about.independence_group));
    en_json_put(&out, "records", json_integer(s->records));
    en_json_put(&out, "persons", row_number(facts_find(&f->tables[FACT_SOURCE], s->about.title, NULL), 0));
    en_json_put(&out, "only_here", only_here(f, i));
    en_json_put(&out, "releases", releases(f, s));
    return out;
}

/* ---- counts ---- */

static json_t *count_row(const fact_table *table, const fact_row *row) {
    json_t *out = json_object();
    for (int d = 0; d < table->n_by; d++)
        en_json_put(&out, en_dimension_name(table->by[d]), json_string(row->value[d]));
    en_json_put(&out, "n", row->withheld ? json_null() : json_integer(row->n));
    en_json_put(&out, "id", en_json_text(row->id));
    if (row->withheld) en_json_put(&out, "withheld", json_true());
    if (!table->has_corroborated) return out;
    en_json_put(&out, "corroborated", row->corroborated_withheld ? json_null() : json_integer(row->corroborated));
    en_json_put(&out, "corroborated_id", en_json_text(row->corroborated_id));
    if (row->corroborated_withheld) en_json_put(&out, "corroborated_withheld", json_true());
    return out;
}

static json_t *count_table(const fact_table *table) {
    json_t *by = json_array(), *rows = json_array(), *out = json_object();
    for (int d = 0; d < table->n_by; d++) en_json_push(&by, json_string(en_dimension_name(table->by[d])));
    for (int64_t i = 0; i < table->n_rows; i++) en_json_push(&rows, count_row(table, &table->rows[i]));
    en_json_put(&out, "kind", json_string("recorded"));
    en_json_put(&out, "by", by);
    en_json_put(&out, "rows", rows);
    return out;
}

static json_t *counts(const facts *f) {
    json_t *out = json_object();
    for (int t = 0; t < FACT_TABLES; t++)
        if (t != FACT_PATTERN) en_json_put(&out, f->tables[t].key, count_table(&f->tables[t]));
    return out;
}

static json_t *levels(const facts *f) {
    json_t *out = json_object();
    for (int level = 0; level < 3; level++) {
        json_t *one = json_object();
        en_json_put(&one, "n", json_integer(f->level[level].total));
        en_json_put(&one, "id", en_json_text(f->level[level].total_id));
        en_json_put(&out, en_level_name((en_level)level), one);
    }
    return out;
}

static json_t *disputed(const facts *f) {
    json_t *out = json_object();
    for (int d = 0; d < FACT_STATED; d++)
        en_json_put(&out, en_dimension_name((en_dimension)d), row_number(&f->disputed[d], 0));
    return out;
}

static json_t *overlap_row(const facts *f, const fact_row *row) {
    char letter[4];
    json_t *on = json_array(), *out = json_object();
    for (int64_t s = 0; s < f->account->n_sources; s++)
        if (row->value[0][s] == '1') en_json_push(&on, json_string(facts_letter(s, letter)));
    en_json_put(&out, "on", on);
    en_json_put(&out, "pattern", json_string(row->value[0]));
    en_json_put(&out, "n", row->withheld ? json_null() : json_integer(row->n));
    en_json_put(&out, "id", en_json_text(row->id));
    if (row->withheld) en_json_put(&out, "withheld", json_true());
    return out;
}

static json_t *overlap(const facts *f) {
    const fact_table *table = &f->tables[FACT_PATTERN];
    json_t *array = json_array();
    for (int64_t i = 0; i < table->n_rows; i++) en_json_push(&array, overlap_row(f, &table->rows[i]));
    return array;
}

/* ---- linkage, persons ---- */

static json_t *linkage(const facts *f) {
    const en_account *a = f->account;
    json_t *model = a->model ? json_loads(a->model, 0, NULL) : NULL, *out = json_object();
    en_json_put(&out, "linked", en_json_flag(a->linked));
    en_json_put(&out, "stale", en_json_flag(a->link_is_stale));
    en_json_put(&out, "run", en_json_text(a->run));
    en_json_put(&out, "undecided_pairs", json_integer(a->undecided_pairs));
    en_json_put(&out, "unreviewed_merges", json_integer(a->unreviewed_merges));
    en_json_put(&out, "precision", en_json_number(a->precision));
    en_json_put(&out, "recall", en_json_number(a->recall));
    en_json_put(&out, "model", model ? model : json_null());
    return out;
}

static json_t *record(const facts *f, const en_account_record *r) {
    char letter[4];
    const en_str text = f->account->sources[r->source].text;
    json_t *out = json_object();
    en_json_put(&out, "record", id_text(f, 'r', r->id));
    en_json_put(&out, "source", json_string(facts_letter(r->source, letter)));
    en_json_put(&out, "offset", json_integer(r->offset));
    en_json_put(&out, "length", json_integer(r->length));
    if (!f->names || r->offset < 0 || r->length < 0 || (uint64_t)r->offset + (uint64_t)r->length > text.len) return out;
    json_t *quote = json_stringn(text.ptr + r->offset, (size_t)r->length);
    en_json_put(&out, "quote", quote ? quote : json_null());
    return out;
}

static json_t *person(const facts *f, int32_t i) {
    const en_account_person *p = &f->account->persons[i];
    json_t *out = json_object(), *records = json_array();
    en_json_put(&out, "id", id_text(f, 'p', p->id));
    if (!(f->hide[i] & HIDE_NAME)) en_json_put(&out, "name", en_json_text(p->name));
    for (int d = 0; d < FACT_STATED; d++) {
        const char *value = facts_value(f, i, (en_dimension)d);
        if (value) en_json_put(&out, en_dimension_name((en_dimension)d), en_json_text(value));
    }
    for (int32_t k = 0; k < p->n_records && !(f->hide[i] & HIDE_RECORDS); k++)
        en_json_push(&records, record(f, &f->account->records[f->account->person_records[p->first_record + k]]));
    if (f->hide[i] & HIDE_RECORDS) {
        json_decref(records);
        records = json_null();
    }
    en_json_put(&out, "records", records);
    return out;
}

static json_t *persons(const facts *f) {
    json_t *array = json_array();
    for (int64_t i = 0; i < f->account->n_persons; i++)
        if (!f->left_out[i]) en_json_push(&array, person(f, (int32_t)i));
    return array;
}

/* Quotations of the text are on the page, in their places. */
static json_t *stated(const facts *f) {
    json_t *array = json_array();
    for (int64_t i = 0; f->said && i < f->said->stated.n_figures; i++) {
        const en_stated_figure *figure = &f->said->stated.figures[i];
        if (figure->said.hidden) continue;
        json_t *out = json_stated_figure(&f->said->stated, figure);
        if (!f->names && out) {
            json_object_del(out, "quote");
            en_json_put(&out, "asserted_by", en_json_text(said_speaker(f->said, &figure->said)));
            en_json_put(&out, "whom", en_json_text(said_shown(f->said, figure->whom)));
        }
        en_json_push(&array, out);
    }
    return array;
}

json_t *report_json(const facts *f) {
    const en_account *a = f->account;
    char when[32];
    json_t *sources = json_array(), *out = json_object();
    en_time_print(a->generated, when, sizeof when);
    for (int64_t i = 0; i < a->n_sources; i++) en_json_push(&sources, source(f, i));
    en_json_put(&out, "everyname", json_string(EN_VERSION));
    en_json_put(&out, "case", en_json_text(f->title));
    en_json_put(&out, "generated", json_string(when));
    en_json_put(&out, "ledger_head", en_json_text(a->head));
    en_json_put(&out, "names_shown", en_json_flag(f->names));
    en_json_put(&out, "records", json_integer(a->n_records));
    en_json_put(&out, "recorded", levels(f));
    en_json_put(&out, "stated", stated(f));
    en_json_put(&out, "sources", sources);
    en_json_put(&out, "counts", counts(f));
    if (f->sdg.has_needed) en_json_put(&out, "sdg_16_1_2", en_json_sdg(&f->sdg));
    en_json_put(&out, "sources_differ", disputed(f));
    en_json_put(&out, "overlap", overlap(f));
    en_json_put(&out, "estimate", f->estimate ? en_json_estimate(f->estimate) : json_null());
    en_json_put(&out, "linkage", linkage(f));
    if (f->n_left_out) en_json_put(&out, "consent_withdrawn", json_integer(f->n_left_out));
    if (f->lists_persons) en_json_put(&out, "persons", persons(f));
    return out;
}
