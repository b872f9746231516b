/* The CSV tables beside the page, and the data package that describes them (Frictionless Data Package 1). */
#include <math.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "everyname/limits.h"
#include "everyname/table.h"
#include "everyname/when.h"
#include "report/beside.h"
#include "report/json.h"

/* A field's name and its Frictionless type; s string, i integer, n number, b boolean. */
typedef struct field {
    const char *name;
    char type;
} field;

enum { FIELDS_MAX = EN_LIMIT_LISTS + 16 };

typedef struct sheet {
    const facts *f;
    const char *name, *title;
    int n_fields;
    field fields[FIELDS_MAX];
    int column; /* of the next cell */
    en_buf csv;
    en_status status; /* of the first failure */
    en_error *err;
} sheet;

/* ---- cells ---- */

static void put(sheet *s, en_str cell) {
    if (s->status == EN_OK && s->column) s->status = en_buf_add_char(&s->csv, ',', s->err);
    if (s->status == EN_OK) s->status = en_csv_write_cell(cell, &s->csv, s->err);
    s->column++;
}

static void text(sheet *s, const char *words) { put(s, en_str_of(words)); }

static void whole(sheet *s, int64_t n) {
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)n);
    text(s, digits);
}

static void number(sheet *s, double n) {
    char digits[40];
    if (isnan(n))
        digits[0] = 0;
    else
        snprintf(digits, sizeof digits, "%.10g", n);
    text(s, digits);
}

static void truth(sheet *s, bool is) { text(s, is ? "true" : "false"); }

static void end_row(sheet *s) {
    if (s->status == EN_OK) s->status = en_buf_add_char(&s->csv, '\n', s->err);
    s->column = 0;
}

static void add_field(sheet *s, const char *name, char type) { s->fields[s->n_fields++] = (field){name, type}; }

static void begin(sheet *s, const field *fields, size_t n) {
    for (size_t i = 0; i < n; i++) add_field(s, fields[i].name, fields[i].type);
    for (int i = 0; i < s->n_fields; i++) text(s, s->fields[i].name);
    end_row(s);
}

#define BEGIN(s, ...) begin(s, (const field[]){__VA_ARGS__}, sizeof((const field[]){__VA_ARGS__}) / sizeof(field))

/* ---- the tables ---- */

static void count_line(sheet *s, const fact_table *t, const fact_row *row, en_level level) {
    bool recorded = level == EN_LEVEL_RECORDED;
    bool withheld = recorded ? row->withheld : row->corroborated_withheld;
    for (int d = 0; d < 2; d++) {
        text(s, d < t->n_by ? en_dimension_name(t->by[d]) : "");
        text(s, d < t->n_by ? row->value[d] : "");
    }
    text(s, en_level_name(level));
    if (withheld)
        text(s, "");
    else
        whole(s, recorded ? row->n : row->corroborated);
    truth(s, withheld);
    text(s, recorded ? row->id : row->corroborated_id);
    end_row(s);
}

static void totals(sheet *s) {
    for (int level = 0; level < 3; level++) {
        for (int blank = 0; blank < 4; blank++) text(s, "");
        text(s, en_level_name((en_level)level));
        whole(s, s->f->level[level].total);
        truth(s, false);
        text(s, s->f->level[level].total_id);
        end_row(s);
    }
}

static void counts(sheet *s) {
    BEGIN(s, {"dimension", 's'}, {"value", 's'}, {"dimension_2", 's'}, {"value_2", 's'}, {"level", 's'}, {"n", 'i'},
          {"withheld", 'b'}, {"id", 's'});
    totals(s);
    for (int t = 0; t < FACT_TABLES; t++) {
        const fact_table *table = &s->f->tables[t];
        for (int64_t i = 0; i < table->n_rows && t != FACT_PATTERN; i++) {
            count_line(s, table, &table->rows[i], EN_LEVEL_RECORDED);
            if (table->has_corroborated) count_line(s, table, &table->rows[i], EN_LEVEL_CORROBORATED);
        }
    }
}

static void overlap(sheet *s) {
    static const char letters[EN_LIMIT_LISTS][4] = {"A", "B", "C", "D", "E", "F", "G",  "H",  "I",  "J",
                                                    "K", "L", "M", "N", "O", "P", "Q",  "R",  "S",  "T",
                                                    "U", "V", "W", "X", "Y", "Z", "AA", "AB", "AC", "AD"};
    const fact_table *t = &s->f->tables[FACT_PATTERN];
    for (int64_t i = 0; i < s->f->account->n_sources && i < EN_LIMIT_LISTS; i++) add_field(s, letters[i], 'i');
    BEGIN(s, {"n", 'i'}, {"withheld", 'b'}, {"id", 's'});
    for (int64_t i = 0; i < t->n_rows; i++) {
        for (const char *bit = t->rows[i].value[0]; *bit; bit++) put(s, (en_str){bit, 1});
        if (t->rows[i].withheld)
            text(s, "");
        else
            whole(s, t->rows[i].n);
        truth(s, t->rows[i].withheld);
        text(s, t->rows[i].id);
        end_row(s);
    }
}

static void estimate_line(sheet *s, const en_estimate *e) {
    bool ok = e->status == EN_EST_OK;
    text(s, en_method_name(e->method));
    text(s, en_estimate_kind_name(e->kind));
    text(s, en_estimate_status_name(e->status));
    number(s, ok ? e->low : NAN);
    number(s, ok ? e->median : NAN);
    number(s, ok ? e->mean : NAN);
    number(s, ok ? e->high : NAN);
    number(s, e->level);
    number(s, e->at_least);
    truth(s, ok && e->converged);
    number(s, e->rhat);
    number(s, e->ess_bulk);
    number(s, e->ess_tail);
    end_row(s);
}

static void estimates(sheet *s) {
    BEGIN(s, {"method", 's'}, {"kind", 's'}, {"status", 's'}, {"low", 'n'}, {"median", 'n'}, {"mean", 'n'},
          {"high", 'n'}, {"level", 'n'}, {"at_least", 'n'}, {"converged", 'b'}, {"rhat", 'n'}, {"ess_bulk", 'n'},
          {"ess_tail", 'n'});
    for (int i = 0; s->f->estimate && i < s->f->estimate->result.n_estimates; i++)
        estimate_line(s, &s->f->estimate->result.estimates[i]);
}

static void release_line(sheet *s, int64_t source, const en_account_release *r) {
    char letter[4];
    const en_source *about = &s->f->account->sources[source].about;
    const char *const words[] = {facts_letter(source, letter),
                                 about->title,
                                 about->kind,
                                 about->relation,
                                 about->publisher,
                                 about->published,
                                 about->language,
                                 about->independence_group,
                                 r->label,
                                 r->released,
                                 r->file,
                                 r->sha256};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) text(s, words[i]);
    whole(s, r->records);
    whole(s, r->removed);
    truth(s, r->current);
    end_row(s);
}

static void sources(sheet *s) {
    BEGIN(s, {"key", 's'}, {"title", 's'}, {"kind", 's'}, {"relation", 's'}, {"publisher", 's'}, {"published", 's'},
          {"language", 's'}, {"independence_group", 's'}, {"release", 's'}, {"released", 's'}, {"file", 's'},
          {"sha256", 's'}, {"records", 'i'}, {"removed", 'i'}, {"current", 'b'});
    for (int64_t i = 0; i < s->f->account->n_sources; i++)
        for (int64_t k = 0; k < s->f->account->sources[i].n_releases; k++)
            release_line(s, i, &s->f->account->sources[i].releases[k]);
}

static void withheld_words(sheet *s, unsigned char hide) {
    char words[64];
    snprintf(words, sizeof words, "%s%s%s%s", hide & HIDE_NAME ? " name" : "", hide & HIDE_STATUS ? " status" : "",
             hide & HIDE_VALUES ? " values" : "", hide & HIDE_RECORDS ? " records" : "");
    text(s, words[0] ? words + 1 : "");
}

static void person_line(sheet *s, int32_t i) {
    const en_account_person *p = &s->f->account->persons[i];
    unsigned char hide = s->f->hide[i];
    text(s, en_account_id(s->f->account, 'p', p->id));
    text(s, hide & HIDE_NAME ? "" : p->name);
    for (int d = 0; d < FACT_STATED; d++) text(s, facts_value(s->f, i, (en_dimension)d));
    text(s, facts_value(s->f, i, EN_DIM_PATTERN));
    if (hide & HIDE_RECORDS)
        text(s, ""), text(s, "");
    else
        whole(s, p->n_records), whole(s, p->n_groups);
    withheld_words(s, hide);
    end_row(s);
}

static void persons(sheet *s) {
    BEGIN(s, {"person", 's'}, {"name", 's'}, {"status", 's'}, {"sex", 's'}, {"age_group", 's'}, {"place", 's'},
          {"month", 's'}, {"on", 's'}, {"records", 'i'}, {"independent_sources", 'i'}, {"withheld", 's'});
    for (int64_t i = 0; i < s->f->account->n_persons; i++)
        if (!s->f->left_out[i]) person_line(s, (int32_t)i);
}

static const char *current_sha256(const en_account_source *source) {
    for (int64_t k = 0; k < source->n_releases; k++)
        if (source->releases[k].current) return source->releases[k].sha256;
    return "";
}

static void record_line(sheet *s, const en_account_record *r) {
    char letter[4];
    const en_account_source *source = &s->f->account->sources[r->source];
    bool hidden = r->person < 0 || s->f->hide[r->person] & HIDE_RECORDS;
    text(s, en_account_id(s->f->account, 'r', r->id));
    text(s, hidden ? "" : en_account_id(s->f->account, 'p', s->f->account->persons[r->person].id));
    text(s, facts_letter(r->source, letter));
    text(s, current_sha256(source));
    whole(s, r->offset);
    whole(s, r->length);
    number(s, hidden ? NAN : (double)r->weakest);
    bool quoted = s->f->names && r->offset >= 0 && r->length >= 0 &&
                  (uint64_t)r->offset + (uint64_t)r->length <= source->text.len;
    if (s->f->names) put(s, quoted ? (en_str){source->text.ptr + r->offset, (size_t)r->length} : (en_str){"", 0});
    end_row(s);
}

static void records(sheet *s) {
    const field fields[] = {{"record", 's'}, {"person", 's'}, {"source", 's'},       {"sha256", 's'},
                            {"offset", 'i'}, {"length", 'i'}, {"weakest_link", 'n'}, {"quote", 's'}};
    begin(s, fields, sizeof fields / sizeof *fields - (s->f->names ? 0 : 1));
    for (int64_t i = 0; i < s->f->account->n_records; i++) {
        const en_account_record *r = &s->f->account->records[i];
        if (r->person < 0 || !s->f->left_out[r->person]) record_line(s, r);
    }
}

/* ---- the package ---- */

static const char *type_name(char type) {
    return type == 'i' ? "integer" : type == 'n' ? "number" : type == 'b' ? "boolean" : "string";
}

static json_t *schema(const sheet *s) {
    json_t *fields = json_array(), *out = json_object();
    for (int i = 0; i < s->n_fields; i++) {
        json_t *one = json_object();
        en_json_put(&one, "name", json_string(s->fields[i].name));
        en_json_put(&one, "type", json_string(type_name(s->fields[i].type)));
        en_json_push(&fields, one);
    }
    en_json_put(&out, "fields", fields);
    return out;
}

json_t *report_hash(en_str bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    char out[16 + 2 * EVP_MAX_MD_SIZE] = "sha256:";
    if (!EVP_Digest(bytes.ptr, bytes.len, digest, &len, EVP_sha256(), NULL)) return NULL;
    en_hex(digest, len, out + 7);
    return json_string(out);
}

json_t *report_csv_resource(const char *name, const char *title, en_str csv) {
    char path[128];
    json_t *out = json_object();
    snprintf(path, sizeof path, "%s.csv", name);
    en_json_put(&out, "name", json_string(name));
    en_json_put(&out, "title", json_string(title));
    en_json_put(&out, "path", json_string(path));
    en_json_put(&out, "profile", json_string("tabular-data-resource"));
    en_json_put(&out, "format", json_string("csv"));
    en_json_put(&out, "mediatype", json_string("text/csv"));
    en_json_put(&out, "encoding", json_string("utf-8"));
    en_json_put(&out, "bytes", json_integer((json_int_t)csv.len));
    en_json_put(&out, "hash", report_hash(csv));
    return out;
}

static json_t *resource(const sheet *s) {
    json_t *out = report_csv_resource(s->name, s->title, en_buf_str(&s->csv));
    en_json_put(&out, "schema", schema(s));
    return out;
}

typedef struct sheet_plan {
    const char *name, *title;
    void (*fill)(sheet *s);
} sheet_plan;

static const sheet_plan sheets[] = {
    {"counts", "Recorded persons by each dimension and level", counts},
    {"overlap", "How many persons each combination of sources holds", overlap},
    {"estimates", "Persons in all, by each method", estimates},
    {"sources", "Sources and their releases", sources},
    {"persons", "Recorded persons", persons},
    {"records", "Records, and where they are in the captured files", records},
};

static en_status write_sheet(const facts *f, const sheet_plan *plan, const char *dir, json_t **resources,
                             en_error *err) {
    sheet s = {.f = f, .name = plan->name, .title = plan->title, .err = err};
    char path[64];
    plan->fill(&s);
    snprintf(path, sizeof path, "%s.csv", plan->name);
    en_status status = s.status;
    if (status == EN_OK) status = report_put(dir, path, en_buf_str(&s.csv), err);
    if (status == EN_OK) en_json_push(resources, resource(&s));
    en_buf_clear(&s.csv);
    return status;
}

/* Frictionless names are lower-case letters, digits, and . _ - only. */
json_t *report_package_name(const char *title) {
    char name[128];
    size_t n = 0;
    for (const char *c = title; *c && n < sizeof name - 1; c++) {
        char lower = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
        bool kept = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || lower == '.' || lower == '_';
        name[n++] = kept ? lower : '-';
    }
    name[n] = 0;
    return json_string(n ? name : "case");
}

static json_t *package(const facts *f, json_t *resources) {
    char when[32];
    json_t *out = json_object();
    en_time_print(f->account->generated, when, sizeof when);
    en_json_put(&out, "profile", json_string("tabular-data-package"));
    en_json_put(&out, "name", report_package_name(f->title));
    en_json_put(&out, "title", en_json_text(f->title));
    en_json_put(&out, "created", json_string(when));
    en_json_put(&out, "version", en_json_text(f->account->head));
    en_json_put(&out, "resources", resources);
    return out;
}

en_status report_tables(const facts *f, const char *dir, en_error *err) {
    json_t *resources = json_array();
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        en_status status = write_sheet(f, &sheets[i], dir, &resources, err);
        if (status == EN_OK) continue;
        json_decref(resources);
        return status;
    }
    return report_put_json(dir, "datapackage.json", package(f, resources), err);
}
