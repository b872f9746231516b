/* From a number, a person or a record to the bytes behind it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/case_model.h"
#include "app/count_id.h"
#include "app/estimate_id.h"
#include "app/lineage.h"
#include "app/stated.h"
#include "app/trace_values.h"
#include "base/buf.h"
#include "base/print.h"
#include "document/document.h"

typedef struct tracer {
    int64_t room; /* of out->because */
    const char *case_path;
    en_account account;
    en_trace *out;
} tracer;

static en_status say(tracer *t, const char **field, en_error *err, const char *fmt, ...) EN_PRINTF(4, 5);
static en_status say(tracer *t, const char **field, en_error *err, const char *fmt, ...) {
    char text[2048];
    va_list args;
    va_start(args, fmt);
    en_vprint(text, sizeof text, fmt, args);
    va_end(args);
    *field = en_arena_strdup(t->out->arena, en_str_of(text));
    return *field ? EN_OK : en_no_memory(err);
}

/* ---- records ---- */

/* One more to be written at out->because[out->n_because]. */
static en_status grow(tracer *t, en_error *err) {
    en_trace *out = t->out;
    if (out->n_because < t->room) return EN_OK;
    int64_t room = t->room ? t->room * 2 : 64;
    en_trace_record *grown = en_arena_alloc(out->arena, (size_t)room * sizeof *grown);
    if (!grown) return en_no_memory(err);
    if (out->n_because) memcpy(grown, out->because, (size_t)out->n_because * sizeof *grown);
    out->because = grown;
    t->room = room;
    return EN_OK;
}

static const char *current_capture(const tracer *t, const en_account_source *s) {
    for (int64_t i = 0; i < s->n_releases; i++)
        if (s->releases[i].current) return en_account_id(&t->account, 'k', s->releases[i].capture);
    return "";
}

static en_status add_record(tracer *t, int32_t record, en_error *err) {
    const en_account_record *r = &t->account.records[record];
    const en_account_source *s = &t->account.sources[r->source];
    EN_TRY(grow(t, err));
    en_trace_record *out = &t->out->because[t->out->n_because++];
    EN_TRY(say(t, &out->record, err, "%s", en_account_id(&t->account, 'r', r->id)));
    EN_TRY(say(t, &out->person, err, "%s", en_account_id(&t->account, 'p', t->account.persons[r->person].id)));
    EN_TRY(say(t, &out->source, err, "%s", s->about.title));
    EN_TRY(say(t, &out->capture, err, "%s", current_capture(t, s)));
    out->offset = r->offset;
    out->length = r->length;
    out->quote = en_arena_strdup(t->out->arena, (en_str){s->text.ptr + r->offset, (size_t)r->length});
    return out->quote ? EN_OK : en_no_memory(err);
}

static en_status add_person(tracer *t, int32_t person, en_error *err) {
    const en_account_person *p = &t->account.persons[person];
    for (int32_t i = 0; i < p->n_records; i++)
        EN_TRY(add_record(t, t->account.person_records[p->first_record + i], err));
    return EN_OK;
}

/* ---- rows of the model that a count rests on ---- */

static en_status add_evidence(tracer *t, int32_t person, char letter, en_id id, const char *by, const char *says,
                              en_error *err) {
    EN_TRY(grow(t, err));
    en_trace_record *out = &t->out->because[t->out->n_because++];
    EN_TRY(say(t, &out->record, err, "%s", en_account_id(&t->account, letter, id)));
    EN_TRY(say(t, &out->person, err, "%s", en_account_id(&t->account, 'p', t->account.persons[person].id)));
    EN_TRY(say(t, &out->source, err, "%s", by));
    EN_TRY(say(t, &out->quote, err, "%s", says));
    out->capture = "";
    return EN_OK;
}

static en_status add_events(tracer *t, int32_t person, en_error *err) {
    const en_account_person *p = &t->account.persons[person];
    for (int32_t i = 0; i < p->n_events; i++) {
        const en_account_event *e = &t->account.events[p->first_event + i];
        char says[160];
        en_print(says, sizeof says, "%s%s%s", e->status, e->date[0] ? ", " : "", e->date);
        EN_TRY(add_evidence(t, person, e->letter, e->id, e->by, says, err));
    }
    return EN_OK;
}

/* Who the parents are, and the records and rows that say what became of them. */
static en_status add_parents(tracer *t, int32_t child, en_error *err) {
    for (int64_t i = 0; i < t->account.n_kin; i++) {
        const en_account_kin *kin = &t->account.kin[i];
        if (kin->child != child) continue;
        EN_TRY(add_evidence(t, child, 'K', kin->id, "", "parent and child", err));
        EN_TRY(add_person(t, kin->parent, err));
        EN_TRY(add_events(t, kin->parent, err));
    }
    return EN_OK;
}

static en_status add_families(tracer *t, int32_t person, en_error *err) {
    const en_account_person *p = &t->account.persons[person];
    for (int32_t i = 0; i < p->n_families; i++) {
        const en_account_family *f = &t->account.families[t->account.person_families[p->first_family + i]];
        const char *says = f->complete ? "member of a family whose full membership is stated"
                                       : "member of a family whose full membership is not stated";
        EN_TRY(add_evidence(t, person, 'F', f->id, f->stated_by, says, err));
    }
    return EN_OK;
}

static bool befell(const en_account *a, const en_account_allegation *of, int32_t person) {
    const en_account_person *p = &a->persons[person];
    for (int32_t i = 0; of->incident >= 0 && i < p->n_incidents; i++)
        if (a->person_incidents[p->first_incident + i] == of->incident) return true;
    return of->person == person;
}

/* Who alleges what of whom, and what the accused answers. */
static en_status add_allegations(tracer *t, int32_t person, en_error *err) {
    const en_account *a = &t->account;
    for (int64_t i = 0; i < a->n_allegations; i++) {
        const en_account_allegation *of = &a->allegations[i];
        char says[512];
        if (!befell(a, of, person)) continue;
        snprintf(says, sizeof says, "alleged: %s%s%s%s%s; %s%s", a->parties[of->party], of->degree[0] ? ", " : "",
                 of->degree, of->standard[0] ? ", standard " : "", of->standard,
                 of->response[0] ? "the accused: " : "no answer recorded", of->response);
        EN_TRY(add_evidence(t, person, en_letter_of_kind("allegation"), of->id, of->by, says, err));
    }
    return EN_OK;
}

static bool asks_for(const en_count_query *query, en_dimension dimension) {
    for (int i = 0; i < query->n_where; i++)
        if (query->where[i].dimension == dimension) return true;
    return false;
}

/* A person of a count: its records, the rows about it, and those that what was asked for is derived from. */
static en_status add_counted(tracer *t, const en_count_query *query, int32_t person, en_error *err) {
    EN_TRY(add_person(t, person, err));
    EN_TRY(add_events(t, person, err));
    if (asks_for(query, EN_DIM_PARENTS)) EN_TRY(add_parents(t, person, err));
    if (asks_for(query, EN_DIM_ALLEGED)) EN_TRY(add_allegations(t, person, err));
    return asks_for(query, EN_DIM_FAMILY) ? add_families(t, person, err) : EN_OK;
}

/* ---- one kind of id each ---- */

static en_status trace_count(tracer *t, const char *id, en_error *err) {
    en_count_query query;
    en_count count;
    const char *head;
    EN_TRY(en_count_parse_id(en_str_of(id), t->out->arena, &query, &head, err));
    EN_TRY(en_account_open(t->case_path, head, &t->account, err));
    EN_TRY(en_account_count(&t->account, &query, &count, err));
    t->out->kind = "count";
    en_status status = say(t, &t->out->value, err, "%lld", (long long)count.total);
    if (status == EN_OK)
        status = say(t, &t->out->how, err,
                     "%s at the level \"%s\" who meet each condition of the id, %s, at ledger head "
                     "%.12s. A person shows a reviewer's choice, else what most independent sources give, then the "
                     "latest release, the best grade, the earliest; status and fate the latest of what was so.",
                     query.unit == EN_COUNT_FAMILIES ? "Families" : "Distinct persons", en_level_name(query.level),
                     t->account.linked ? "as the link run joined their records"
                                       : "each record a person, since the case is not linked",
                     t->account.head);
    for (int64_t i = 0; status == EN_OK && i < count.n_cells; i++)
        for (int64_t k = 0; status == EN_OK && k < count.cells[i].n_persons; k++)
            status = add_counted(t, &query, count.cells[i].persons[k], err);
    en_count_clear(&count);
    return status;
}

static en_status describe_estimate(tracer *t, const en_app_estimate *e, en_error *err) {
    const en_estimate_result *r = &e->result;
    t->out->kind = "estimate";
    if (r->has_recommended)
        EN_TRY(say(t, &t->out->value, err, "%.0f [%.0f, %.0f]", r->median, r->low, r->high));
    else
        EN_TRY(say(t, &t->out->value, err, "no headline number"));
    return say(t, &t->out->how, err,
               "From the capture histories of %lld recorded persons on %d lists, computed again from the records just "
               "now. %s %s",
               (long long)e->histories.observed, e->histories.n_lists, r->rule, r->because);
}

static en_status trace_estimate(tracer *t, const char *id, en_error *err) {
    en_estimate_request request;
    en_estimate_id_room room;
    en_app_estimate estimate;
    char head[65];
    EN_TRY(en_estimate_parse_id(id, &request, &room, head, err));
    EN_TRY(en_account_open(t->case_path, head, &t->account, err));
    EN_TRY(en_account_estimate(&t->account, &request, &estimate, err));
    en_status status = describe_estimate(t, &estimate, err);
    for (int32_t i = 0; status == EN_OK && i < t->account.n_persons; i++) status = add_person(t, i, err);
    en_app_estimate_clear(&estimate);
    return status;
}

static en_status trace_person(tracer *t, int32_t person, en_error *err) {
    const en_account_person *p = &t->account.persons[person];
    float weakest = 1;
    for (int32_t i = 0; i < p->n_records; i++) {
        float link = t->account.records[t->account.person_records[p->first_record + i]].weakest;
        if (link < weakest) weakest = link;
    }
    t->out->kind = "person";
    EN_TRY(say(t, &t->out->value, err, "%s", p->name));
    if (p->n_records == 1)
        EN_TRY(say(t, &t->out->how, err, "One record."));
    else
        EN_TRY(say(t, &t->out->how, err, "%d records that link run %s joined; the weakest link has probability %.4f.",
                   (int)p->n_records, t->account.run, (double)weakest));
    EN_TRY(en_trace_person_values(&t->account, person, t->out, err));
    return add_person(t, person, err);
}

/* An id that a person had before a run joined it with another, or before a newer release: the record that founded it
 * leads to who it is now. */
static en_status trace_former_person(tracer *t, en_case *c, en_id founder, const char *id, en_error *err) {
    en_records records;
    en_lineage lineage;
    EN_TRY(en_records_load(c, 0, NULL, &records, err));
    en_status status = en_lineage_trace(c, &records, &lineage, err);
    int64_t row = status == EN_OK ? en_lineage_row(&lineage, founder) : -1;
    en_records_clear(&records);
    if (status != EN_OK) return status;
    if (row < 0 || row >= t->account.n_records) return EN_ERR_NOT_FOUND;
    int32_t person = t->account.records[row].person;
    EN_TRY(trace_person(t, person, err));
    return say(t, &t->out->how, err, "%s is %s now, whose records follow. %s", id,
               en_account_id(&t->account, 'p', t->account.persons[person].id), t->out->how);
}

static en_status trace_record(tracer *t, int32_t record, en_error *err) {
    const en_account_record *r = &t->account.records[record];
    t->out->kind = "record";
    EN_TRY(say(t, &t->out->value, err, "%s", en_account_id(&t->account, 'p', t->account.persons[r->person].id)));
    EN_TRY(say(t, &t->out->how, err, "One record; the value is the person it is counted in."));
    return add_record(t, record, err);
}

/* A record of a release that a newer one superseded: still in the file, no longer counted. */
static en_status trace_old_record(tracer *t, en_case *c, en_id id, en_error *err) {
    en_id release, capture;
    int64_t offset, length;
    en_str text;
    EN_TRY(en_case_record(c, id, &release, &capture, &offset, &length, err));
    EN_TRY(en_case_capture_bytes(c, capture, t->out->arena, &text, err));
    EN_TRY(grow(t, err));
    en_trace_record *out = &t->out->because[t->out->n_because++];
    t->out->kind = "record";
    t->out->value = "";
    t->out->how = "A record of an earlier release, kept as it came and no longer counted.";
    EN_TRY(say(t, &out->record, err, "%s", en_account_id(&t->account, 'r', id)));
    EN_TRY(say(t, &out->capture, err, "%s", en_account_id(&t->account, 'k', capture)));
    out->source = out->person = "";
    for (int64_t s = 0; s < t->account.n_sources; s++)
        for (int64_t k = 0; k < t->account.sources[s].n_releases; k++)
            if (en_id_eq(t->account.sources[s].releases[k].id, release))
                EN_TRY(say(t, &out->source, err, "%s", t->account.sources[s].about.title));
    out->offset = offset;
    out->length = length;
    if (offset < 0 || length < 0 || (uint64_t)(offset + length) > text.len)
        return en_fail(err, EN_ERR_CORRUPT, "a record lies outside its capture; run `everyname verify`");
    out->quote = en_arena_strdup(t->out->arena, (en_str){text.ptr + offset, (size_t)length});
    return out->quote ? EN_OK : en_no_memory(err);
}

/* ---- rows of the model ---- */

static const char *title_of(en_case *c, const json_t *body, en_arena *arena) {
    const char *ref = json_string_value(json_object_get(body, "source")), *title = "";
    en_id id;
    en_row row;
    if (ref && en_case_deref(c, ref, &id, NULL) == EN_OK && en_case_row(c, id, arena, &row, NULL) == EN_OK) {
        json_t *source = json_loads(row.body, 0, NULL);
        const char *text = json_string_value(json_object_get(source, "title"));
        title = en_arena_strdup(arena, en_str_of(text));
        json_decref(source);
    }
    return title ? title : "";
}

static en_status parent_of(tracer *t, en_case *c, en_id rendition, en_capture *out, bool *found, en_error *err) {
    en_capture *captures;
    int64_t n;
    en_id parent = EN_ID_NONE;
    *found = false;
    EN_TRY(en_case_captures(c, t->out->arena, &captures, &n, err));
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(captures[i].id, rendition)) parent = captures[i].parent;
    for (int64_t i = 0; i < n; i++)
        if (!en_id_eq(parent, EN_ID_NONE) && en_id_eq(captures[i].id, parent)) *out = captures[i], *found = true;
    return EN_OK;
}

/* Where the words stand in the document as it came: it is read once more, and only if that gives the same text does a
 * place in one mean a place in the other. What cannot be read here (no pdftotext) leaves the capture alone to be named.
 */
static en_status add_original(tracer *t, en_case *c, en_id rendition, en_str text, en_trace_record *out,
                              en_error *err) {
    en_capture parent;
    en_document document;
    en_document_place place;
    en_str bytes;
    bool found;
    char id[EN_ID_TEXT];
    EN_TRY(parent_of(t, c, rendition, &parent, &found, err));
    if (!found) return EN_OK;
    EN_TRY(en_case_print_id(c, 'k', parent.id, id, err));
    EN_TRY(say(t, &out->original, err, "%s", id));
    EN_TRY(en_case_capture_bytes(c, parent.id, t->out->arena, &bytes, err));
    if (en_document_read(bytes, parent.url, NULL, &document, NULL) != EN_OK) return EN_OK;
    if (en_str_eq(document.text, text) && en_document_locate(&document, out->offset, &place)) {
        bool same_bytes = strcmp(document.encoding, "UTF-8") == 0; /* else places are of its UTF-8 form */
        out->original_offset = same_bytes ? place.source : -1;
        out->original_page = place.page;
    }
    en_document_clear(&document);
    return EN_OK;
}

/* The very bytes that a row quotes, where it says of which text. */
static en_status add_quote(tracer *t, en_case *c, const json_t *body, const json_t *item, en_error *err) {
    const char *rendition = json_string_value(json_object_get(body, "rendition")),
               *quote = json_string_value(json_object_get(item, "quote"));
    const json_t *start = json_object_get(item, "start"), *end = json_object_get(item, "end");
    en_id capture;
    en_str text;
    if (!rendition || !json_is_integer(start) || !json_is_integer(end)) return EN_OK;
    EN_TRY(en_case_deref(c, rendition, &capture, err));
    EN_TRY(en_case_capture_bytes(c, capture, t->out->arena, &text, err));
    int64_t from = json_integer_value(start), to = json_integer_value(end);
    if (from < 0 || to < from || (uint64_t)to > text.len)
        return en_fail(err, EN_ERR_CORRUPT, "a row quotes what lies outside its text; run `everyname verify`");
    if (quote && !en_str_eq(en_str_of(quote), (en_str){text.ptr + from, (size_t)(to - from)}))
        return en_fail(err, EN_ERR_CORRUPT, "%s quotes other words than its text has there", t->out->id);
    EN_TRY(grow(t, err));
    en_trace_record *out = &t->out->because[t->out->n_because++];
    out->record = t->out->id;
    out->person = "";
    out->source = title_of(c, body, t->out->arena);
    char capture_id[EN_ID_TEXT];
    EN_TRY(en_case_print_id(c, 'k', capture, capture_id, err));
    EN_TRY(say(t, &out->capture, err, "%s", capture_id));
    out->original_offset = -1;
    out->offset = from;
    out->length = to - from;
    out->quote = en_arena_strdup(t->out->arena, (en_str){text.ptr + from, (size_t)(to - from)});
    return out->quote ? add_original(t, c, capture, text, out, err) : en_no_memory(err);
}

/* What a stated thing says, in a word: a figure's number and what befell them, a term and who uses it how, a grade. */
static en_status tell_value(tracer *t, const char *kind, const json_t *item, en_error *err) {
    static const char *const told[][3] = {{"figure", "category", NULL},     {"characterisation", "mode", "term"},
                                          {"instrument", "kind", "symbol"}, {"allegation", "act", NULL},
                                          {"response", "kind", NULL},       {"implementation", "grade", NULL}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (strcmp(told[i][0], kind) != 0) continue;
        const char *first = json_string_value(json_object_get(item, told[i][1]));
        const char *second = told[i][2] ? json_string_value(json_object_get(item, told[i][2])) : NULL;
        char number[96] = "";
        if (i == 0) {
            en_stated_figure f = {.qualifier = "", .low = EN_NO_NUMBER, .best = EN_NO_NUMBER, .high = EN_NO_NUMBER};
            en_figure_read_number(item, &f);
            en_figure_number(&f, number);
        }
        return say(t, &t->out->value, err, "%s%s%s%s%s", number, number[0] ? " " : "", first ? first : "",
                   second ? " " : "", second ? second : "");
    }
    return say(t, &t->out->value, err, "%s", "");
}

static en_status trace_model_row(tracer *t, en_case *c, en_id id, en_error *err) {
    en_row row;
    char revocation[EN_ID_TEXT];
    EN_TRY(en_case_row(c, id, t->out->arena, &row, err));
    json_t *body = json_loads(row.body, 0, NULL);
    if (!body) return en_no_memory(err);
    t->out->kind = row.kind;
    t->out->body = row.body;
    bool revoked = !en_id_eq(row.revoked_by, EN_ID_NONE);
    const char *title = title_of(c, body, t->out->arena);
    en_status status = revoked ? en_case_print_id(c, 'X', row.revoked_by, revocation, err) : EN_OK;
    bool proposed = strcmp(row.kind, "proposal") == 0;
    const json_t *item = proposed ? json_object_get(body, "item") : body;
    const char *of = proposed ? json_string_value(json_object_get(body, "kind")) : row.kind;
    if (status == EN_OK) status = tell_value(t, of ? of : "", item, err);
    if (status == EN_OK)
        status = say(t, &t->out->how, err, "A row of kind %s%s%s.%s%s%s%s", row.kind, title[0] ? ", source: " : "",
                     title, revoked ? " Taken back by " : "", revoked ? revocation : "", revoked ? "." : "",
                     proposed ? " A proposal: nothing of it counts before a person confirms it." : "");
    if (status == EN_OK) status = add_quote(t, c, body, item, err);
    json_decref(body);
    return status;
}

static en_status trace_row(tracer *t, const char *id, en_error *err) {
    en_case *c = NULL;
    char kind;
    en_id row;
    EN_TRY(en_case_open(t->case_path, false, &c, err));
    en_status status = en_case_parse_id(c, id, &kind, &row, err);
    if (status == EN_OK && kind != 'p' && kind != 'r' && kind != 'n') {
        status = trace_model_row(t, c, row, err);
        goto done;
    }
    if (status == EN_OK) status = en_account_open(t->case_path, NULL, &t->account, err);
    if (status != EN_OK) goto done;
    status = EN_ERR_NOT_FOUND;
    for (int32_t i = 0; status == EN_ERR_NOT_FOUND && kind == 'p' && i < t->account.n_persons; i++)
        if (en_id_eq(t->account.persons[i].id, row)) status = trace_person(t, i, err);
    for (int32_t i = 0; status == EN_ERR_NOT_FOUND && kind == 'r' && i < t->account.n_records; i++)
        if (en_id_eq(t->account.records[i].id, row)) status = trace_record(t, i, err);
    if (status == EN_ERR_NOT_FOUND && kind == 'r')
        status = trace_old_record(t, c, row, err);
    else if (status == EN_ERR_NOT_FOUND && kind == 'p')
        status = trace_former_person(t, c, row, id, err);
    if (status == EN_ERR_NOT_FOUND && kind != 'r') {
        en_fail(err, status, "%s: nothing of that id can be traced", id);
        en_error_mend(
            err,
            "trace takes counts (c:), estimates (e:), persons (p:), records (r:) and rows of the model (f:, i:, d: …)");
    }
done:
    en_case_close(c);
    return status;
}

en_status en_app_trace(const char *case_path, const char *id, en_trace *out, en_error *err) {
    *out = (en_trace){.arena = en_arena_new()};
    tracer t = {.case_path = case_path, .out = out};
    en_status status = out->arena ? EN_OK : en_no_memory(err);
    if (status == EN_OK) out->id = en_arena_strdup(out->arena, en_str_of(id));
    if (status == EN_OK && strncmp(id, "c:", 2) == 0)
        status = trace_count(&t, id, err);
    else if (status == EN_OK && strncmp(id, "e:", 2) == 0)
        status = trace_estimate(&t, id, err);
    else if (status == EN_OK)
        status = trace_row(&t, id, err);
    en_account_clear(&t.account);
    if (status != EN_OK) en_trace_clear(out);
    return status;
}

void en_trace_clear(en_trace *trace) {
    en_arena_free(trace->arena);
    *trace = (en_trace){0};
}
