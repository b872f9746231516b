/* Proposals and what people decided on them. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/item_json.h"
#include "app/prose.h"
#include "app/row_add.h"
#include "app/row_json.h"

enum { CONTEXT = 160 /* bytes shown before and after a quotation */ };

static const char *const decision_names[] = {"undecided", "confirmed", "corrected", "rejected"};
const char *en_decision_name(en_decision decision) { return decision_names[decision]; }

static en_decision decision_of(const char *name) {
    for (int i = EN_CONFIRMED; i <= EN_REJECTED; i++)
        if (name && strcmp(name, decision_names[i]) == 0) return (en_decision)i;
    return EN_UNDECIDED;
}

static const char *member(const json_t *object, const char *name) {
    const char *s = json_string_value(json_object_get(object, name));
    return s ? s : "";
}

/* ---- reading ---- */

typedef struct reader {
    en_case *c;
    en_arena *arena;
    en_source *sources;
    int64_t n_sources;
    bool with_words; /* quotations in their context: not for deciding, which would read every text anew each time */
    en_id rendition; /* whose text is at hand */
    en_str text;
} reader;

static const char *kept(reader *r, const char *s) { return en_arena_strdup(r->arena, en_str_of(s)); }

static en_status open_text(reader *r, en_id rendition, en_error *err) {
    if (r->text.ptr && en_id_eq(rendition, r->rendition)) return EN_OK;
    r->rendition = rendition;
    return en_case_capture_bytes(r->c, rendition, r->arena, &r->text, err);
}

static bool is_continuation(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

/* Whole characters around the quotation. */
static en_status read_context(reader *r, en_proposal *p, en_error *err) {
    en_str t = r->text;
    if (p->start < 0 || p->end < p->start || (uint64_t)p->end > t.len)
        return en_fail(err, EN_ERR_CORRUPT, "the quotation of %s lies outside its text", p->printed);
    size_t from = p->start > CONTEXT ? (size_t)p->start - CONTEXT : 0,
           to = t.len - (size_t)p->end > CONTEXT ? (size_t)p->end + CONTEXT : t.len;
    while (from < (size_t)p->start && is_continuation(t.ptr[from])) from++;
    while (to > (size_t)p->end && to < t.len && is_continuation(t.ptr[to])) to--;
    p->before = en_arena_strdup(r->arena, (en_str){t.ptr + from, (size_t)p->start - from});
    p->quote = en_arena_strdup(r->arena, (en_str){t.ptr + p->start, (size_t)(p->end - p->start)});
    p->after = en_arena_strdup(r->arena, (en_str){t.ptr + p->end, to - (size_t)p->end});
    return p->before && p->quote && p->after ? EN_OK : en_no_memory(err);
}

static en_status read_source(reader *r, const char *ref, en_proposal *p, en_error *err) {
    en_id id;
    char printed[EN_ID_TEXT];
    EN_TRY(en_case_deref(r->c, ref, &id, err));
    EN_TRY(en_case_print_id(r->c, 's', id, printed, err));
    p->source = "";
    for (int64_t i = 0; i < r->n_sources; i++)
        if (en_id_eq(r->sources[i].id, id)) p->source = r->sources[i].title;
    return (p->source_id = kept(r, printed)) ? EN_OK : en_no_memory(err);
}

static en_status read_body(reader *r, const json_t *body, en_proposal *p, en_error *err) {
    const json_t *item = json_object_get(body, "item");
    char *text = json_dumps(item, JSON_COMPACT | JSON_SORT_KEYS);
    p->item = text ? kept(r, text) : NULL;
    free(text);
    p->kind = kept(r, member(body, "kind"));
    p->extractor = kept(r, member(body, "extractor"));
    if (!p->item || !p->kind || !p->extractor) return en_no_memory(err);
    p->index = json_integer_value(json_object_get(body, "index"));
    p->start = json_integer_value(json_object_get(item, "start"));
    p->end = json_integer_value(json_object_get(item, "end"));
    EN_TRY(read_source(r, member(body, "source"), p, err));
    EN_TRY(en_case_deref(r->c, member(body, "rendition"), &p->rendition, err));
    p->before = p->quote = p->after = "";
    if (!r->with_words) return EN_OK;
    EN_TRY(open_text(r, p->rendition, err));
    return read_context(r, p, err);
}

static en_status read_proposal(reader *r, const en_row *row, en_proposal *p, en_error *err) {
    char printed[EN_ID_TEXT];
    *p = (en_proposal){.id = row->id, .decided_by = "", .why = "", .result = ""};
    EN_TRY(en_case_print_id(r->c, 'P', row->id, printed, err));
    if (!(p->printed = kept(r, printed))) return en_no_memory(err);
    json_t *body = json_loads(row->body, 0, NULL);
    en_status status = body ? read_body(r, body, p, err) : en_fail(err, EN_ERR_CORRUPT, "a proposal is malformed");
    json_decref(body);
    return status;
}

static int by_id(const void *a, const void *b) {
    return en_id_cmp(((const en_proposal *)a)->id, ((const en_proposal *)b)->id);
}

static en_status read_result(reader *r, const json_t *body, en_proposal *p, en_error *err) {
    char printed[EN_ID_TEXT];
    p->result = "";
    EN_TRY(en_case_deref(r->c, member(body, "result"), &p->result_id, err));
    if (en_id_eq(p->result_id, EN_ID_NONE)) return EN_OK;
    en_row row;
    EN_TRY(en_case_row(r->c, p->result_id, r->arena, &row, err));
    EN_TRY(en_case_print_id(r->c, en_letter_of_kind(row.kind), p->result_id, printed, err));
    return (p->result = kept(r, printed)) ? EN_OK : en_no_memory(err);
}

/* Reviews come in order, so the last one that is in force stands. */
static en_status read_review(reader *r, const en_row *row, en_proposals *all, en_error *err) {
    if (!en_id_eq(row->revoked_by, EN_ID_NONE)) return EN_OK;
    en_id of;
    json_t *body = json_loads(row->body, 0, NULL);
    if (!body) return en_fail(err, EN_ERR_CORRUPT, "a review is malformed");
    en_status status = en_case_deref(r->c, member(body, "of"), &of, err);
    en_proposal *p = NULL;
    if (status == EN_OK) p = bsearch(&(en_proposal){.id = of}, all->items, (size_t)all->n, sizeof *p, by_id);
    if (p) {
        p->decision = decision_of(member(body, "decision"));
        p->decided_by = kept(r, member(body, "by"));
        p->why = kept(r, member(body, "why"));
        status = p->decided_by && p->why ? read_result(r, body, p, err) : en_no_memory(err);
    }
    json_decref(body);
    return status;
}

static en_status load(en_case *c, bool with_words, en_proposals *out, en_error *err) {
    reader r = {.c = c, .arena = out->arena, .with_words = with_words};
    en_row *rows, *reviews;
    int64_t n, n_reviews;
    EN_TRY(en_case_sources(c, r.arena, &r.sources, &r.n_sources, err));
    EN_TRY(en_case_rows(c, "proposal", r.arena, &rows, &n, err));
    EN_TRY(en_case_rows(c, "review", r.arena, &reviews, &n_reviews, err));
    if (!(out->items = en_arena_alloc(r.arena, ((size_t)n + 1) * sizeof *out->items))) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(rows[i].revoked_by, EN_ID_NONE)) EN_TRY(read_proposal(&r, &rows[i], &out->items[out->n++], err));
    for (int64_t i = 0; i < n_reviews; i++) EN_TRY(read_review(&r, &reviews[i], out, err));
    for (int64_t i = 0; i < out->n; i++) out->n_undecided += out->items[i].decision == EN_UNDECIDED;
    return EN_OK;
}

static en_status load_anew(en_case *c, bool with_words, en_proposals *out, en_error *err) {
    *out = (en_proposals){.arena = en_arena_new()};
    en_status status = out->arena ? load(c, with_words, out, err) : en_no_memory(err);
    if (status != EN_OK) en_proposals_clear(out);
    return status;
}

en_status en_proposals_open(const char *case_path, en_proposals *out, en_error *err) {
    en_case *c;
    *out = (en_proposals){0};
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = load_anew(c, true, out, err);
    en_case_close(c);
    return status;
}

void en_proposals_clear(en_proposals *proposals) {
    en_arena_free(proposals->arena);
    *proposals = (en_proposals){0};
}

/* ---- deciding ---- */

typedef struct decider {
    en_case *c;
    const char *actor;
    const en_proposals *all;
    const en_proposal *p;
    const en_review *review;
    en_row_adder adder; /* results are rows as any, and held to the model */
} decider;

static en_status find(const en_proposals *all, en_case *c, const char *id, const en_proposal **out, en_error *err) {
    char kind;
    en_id key;
    EN_TRY(en_case_parse_id(c, id, &kind, &key, err));
    if (kind == 'P') *out = bsearch(&(en_proposal){.id = key}, all->items, (size_t)all->n, sizeof **out, by_id);
    if (kind == 'P' && *out) return EN_OK;
    en_fail(err, EN_ERR_NOT_FOUND, "%s is no proposal", id);
    return en_error_mend(err, "`everyname review --list` names them"), EN_ERR_NOT_FOUND;
}

/* The value of FIELD=VALUE as the member has it: null for nothing, numbers and flags as such, else a text. */
static json_t *value_of(const char *field, const char *value) {
    static const char *const numbers[] = {"low", "best", "high", "count", "start", "end"};
    char *end = NULL;
    if (!value[0] || strcmp(value, "null") == 0) return json_null();
    if (strcmp(field, "cumulative") == 0 && strcmp(value, "true") == 0) return json_true();
    if (strcmp(field, "cumulative") == 0 && strcmp(value, "false") == 0) return json_false();
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(field, numbers[i]) != 0) continue;
        long long n = strtoll(value, &end, 10);
        if (end != value && !*end) return json_integer(n);
    }
    return json_string(value);
}

static en_status correct(json_t *item, const char *correction, en_error *err) {
    const char *equals = strchr(correction, '=');
    char field[64];
    if (!equals || equals == correction || (size_t)(equals - correction) >= sizeof field) {
        en_fail(err, EN_ERR_USAGE, "\"%.60s\" is no correction", correction);
        return en_error_mend(err, "write FIELD=VALUE, as best=12 or asserted_by.name=The harbour office"), EN_ERR_USAGE;
    }
    memcpy(field, correction, (size_t)(equals - correction));
    field[equals - correction] = 0;
    char *dot = strchr(field, '.');
    json_t *object = item;
    if (dot) {
        *dot = 0;
        object = json_object_get(item, field);
        if (!json_is_object(object)) {
            object = json_object();
            if (!object || json_object_set_new(item, field, object) != 0) return en_no_memory(err);
        }
    }
    const char *name = dot ? dot + 1 : field;
    return json_object_set_new(object, name, value_of(name, equals + 1)) == 0 ? EN_OK : en_no_memory(err);
}

/* The row that the total became; its proposal, where it was not confirmed yet. */
static en_status settle_part(decider *d, json_t *item, en_error *err) {
    const json_t *part = json_object_get(item, "part_of");
    char ref[EN_REF_TEXT];
    if (!json_is_integer(part)) return EN_OK;
    json_int_t index = json_integer_value(part);
    for (int64_t i = 0; i < d->all->n; i++) {
        const en_proposal *total = &d->all->items[i];
        if (total->index != index || total->id.entry != d->p->id.entry || strcmp(total->kind, d->p->kind) != 0 ||
            !en_id_eq(total->rendition, d->p->rendition))
            continue;
        bool decided = !en_id_eq(total->result_id, EN_ID_NONE);
        EN_TRY(en_case_ref(d->c, decided ? total->result_id : total->id, ref, err));
        return json_object_set_new(item, "part_of", json_string(ref)) == 0 ? EN_OK : en_no_memory(err);
    }
    return en_fail(err, EN_ERR_CORRUPT, "%s is part of a figure that is not there", d->p->printed);
}

static en_status set_origin(decider *d, json_t *row, en_error *err) {
    en_id source;
    char kind;
    EN_TRY(en_case_parse_id(d->c, d->p->source_id, &kind, &source, err));
    EN_TRY(en_row_json_ref(d->c, row, "source", source, err));
    EN_TRY(en_row_json_ref(d->c, row, "rendition", d->p->rendition, err));
    return en_row_json_ref(d->c, row, "proposal", d->p->id, err);
}

/* What a proposal becomes: an allegation that is the answer of the accused is a response. */
static const char *kind_of_result(const char *kind, const json_t *item) {
    bool answers = strcmp(kind, "allegation") == 0 && json_is_string(json_object_get(item, "response"));
    return answers ? "response" : kind;
}

static en_status rename_member(json_t *object, const char *from, const char *to, en_error *err) {
    json_t *value = json_object_get(object, from);
    if (!value) return EN_OK;
    if (json_object_set(object, to, value) != 0) return en_no_memory(err);
    json_object_del(object, from);
    return EN_OK;
}

/* The accused of an answer is who answers; what extraction calls an explanation has a term of its own. */
static en_status make_response(json_t *item, en_error *err) {
    const char *kind = json_string_value(json_object_get(item, "response"));
    bool explains = kind && strcmp(kind, "explains") == 0;
    EN_TRY(rename_member(item, "response", "kind", err));
    json_object_del(item, "degree");
    if (explains && json_object_set_new(item, "kind", json_string("other_explanation")) != 0) return en_no_memory(err);
    return EN_OK;
}

/* A degree of involvement in the text's own words that is no term of the vocabulary stays beside it as a note. */
static en_status keep_degree(decider *d, json_t *item, en_error *err) {
    const char *degree = json_string_value(json_object_get(item, "degree"));
    if (!degree || en_model_find_term(&d->adder.model, "degree_of_involvement", degree)) return EN_OK;
    return rename_member(item, "degree", "note", err);
}

/* Members that say nothing, and where the number stands within its quotation, are no part of a row. */
static void drop_unsaid(json_t *item) {
    const char *key;
    json_t *value;
    void *next;
    json_object_del(item, "number");
    json_object_del(item, "number_start");
    json_object_foreach_safe(item, next, key, value) {
        if (json_is_object(value)) drop_unsaid(value);
        if (json_is_null(value) || (json_is_object(value) && json_object_size(value) == 0)) json_object_del(item, key);
    }
}

/* What became of an instrument is a claim of its own, with its own speaker. */
static en_status add_implementation(decider *d, const json_t *item, en_id instrument, en_error *err) {
    static const char *const shared[] = {"addressee", "asserted_by", "quote", "start", "end"};
    json_t *grade = json_object_get(item, "implementation"), *row;
    en_id id;
    if (!json_is_string(grade)) return EN_OK;
    if (!(row = json_object())) return en_no_memory(err);
    en_status status = json_object_set(row, "grade", grade) == 0 ? EN_OK : en_no_memory(err);
    for (size_t i = 0; status == EN_OK && i < sizeof shared / sizeof *shared; i++) {
        json_t *value = json_object_get(item, shared[i]);
        if (value && json_object_set(row, shared[i], value) != 0) status = en_no_memory(err);
    }
    if (status == EN_OK) status = en_row_json_ref(d->c, row, "of", instrument, err);
    if (status == EN_OK) status = set_origin(d, row, err);
    if (status == EN_OK) status = en_row_add(&d->adder, "implementation", row, &id, err);
    json_decref(row);
    return status;
}

static en_status add_instrument(decider *d, json_t *item, en_id *out, en_error *err) {
    json_t *row = json_copy(item);
    if (!row) return en_no_memory(err);
    json_object_del(row, "implementation");
    if (json_is_string(json_object_get(item, "implementation"))) json_object_del(row, "asserted_by");
    en_status status = en_row_add(&d->adder, "instrument", row, out, err);
    json_decref(row);
    return status == EN_OK ? add_implementation(d, item, *out, err) : status;
}

static en_status correct_all(decider *d, json_t *item, en_error *err) {
    const en_proposal *total;
    for (int i = 0; i < d->review->n_corrections; i++) EN_TRY(correct(item, d->review->corrections[i], err));
    const json_t *part = json_object_get(item, "part_of");
    if (!json_is_string(part)) return EN_OK; /* a proposal named by hand */
    EN_TRY(find(d->all, d->c, json_string_value(part), &total, err));
    if (json_object_set_new(item, "part_of", json_integer((json_int_t)total->index)) != 0) return en_no_memory(err);
    return EN_OK;
}

/* What an earlier decision made of the proposal. */
static en_status take_back(decider *d, en_arena *arena, en_error *err) {
    char ref[EN_REF_TEXT];
    en_row *rows;
    int64_t n;
    if (en_id_eq(d->p->result_id, EN_ID_NONE)) return EN_OK;
    EN_TRY(en_row_json_revoke(d->c, d->p->result_id, d->actor, "decided again", err));
    EN_TRY(en_case_ref(d->c, d->p->id, ref, err));
    EN_TRY(en_case_rows(d->c, "implementation", arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        json_t *body = en_id_eq(rows[i].revoked_by, EN_ID_NONE) ? json_loads(rows[i].body, 0, NULL) : NULL;
        bool ours = body && strcmp(member(body, "proposal"), ref) == 0;
        json_decref(body);
        if (ours) EN_TRY(en_row_json_revoke(d->c, rows[i].id, d->actor, "decided again", err));
    }
    return EN_OK;
}

/* The item as a row of its own: what is counted and compared from now on. */
static en_status add_result(decider *d, json_t *item, en_str text, en_id *out, en_error *err) {
    EN_TRY(correct_all(d, item, err));
    EN_TRY(en_item_check(d->p->kind, item, text, err));
    EN_TRY(settle_part(d, item, err));
    drop_unsaid(item);
    EN_TRY(set_origin(d, item, err));
    const char *kind = kind_of_result(d->p->kind, item);
    if (strcmp(kind, "instrument") == 0) return add_instrument(d, item, out, err);
    if (strcmp(kind, "response") == 0) EN_TRY(make_response(item, err));
    if (strcmp(kind, "allegation") == 0) EN_TRY(keep_degree(d, item, err));
    return en_row_add(&d->adder, kind, item, out, err);
}

static en_status add_review(decider *d, en_id result, en_error *err) {
    json_t *body = json_pack("{s:s,s:s,s:s}", "decision", decision_names[d->review->decision], "by", d->actor, "why",
                             d->review->why ? d->review->why : "");
    en_id id;
    if (!body) return en_no_memory(err);
    en_status status = en_row_json_ref(d->c, body, "of", d->p->id, err);
    if (status == EN_OK && !en_id_eq(result, EN_ID_NONE)) status = en_row_json_ref(d->c, body, "result", result, err);
    if (status == EN_OK) return en_row_json_add(d->c, "review", body, &id, err);
    json_decref(body);
    return status;
}

static en_status decide(decider *d, en_id *result, en_error *err) {
    json_t *item = json_loads(d->p->item, 0, NULL);
    en_arena *arena = en_arena_new();
    en_str text;
    *result = EN_ID_NONE;
    en_status status = item && arena ? EN_OK : en_no_memory(err);
    if (status == EN_OK) status = en_case_capture_bytes(d->c, d->p->rendition, arena, &text, err);
    if (status == EN_OK) status = en_case_begin(d->c, d->actor, "review", err);
    if (status == EN_OK) status = take_back(d, arena, err);
    if (status == EN_OK) status = en_row_adder_open(d->c, EN_ORDER_UNSTATED, &d->adder, err);
    if (status == EN_OK && d->review->decision != EN_REJECTED) status = add_result(d, item, text, result, err);
    if (status == EN_OK) status = add_review(d, *result, err);
    if (status == EN_OK) status = en_case_commit(d->c, NULL, err);
    en_row_adder_close(&d->adder);
    json_decref(item);
    en_arena_free(arena);
    return status;
}

en_status en_app_review(const char *case_path, const char *actor, const en_review *review, char result[EN_ID_TEXT],
                        en_error *err) {
    en_proposals all = {0};
    decider d = {.actor = actor, .review = review, .all = &all};
    en_id made;
    result[0] = 0;
    EN_TRY(en_case_open(case_path, true, &d.c, err));
    en_status status = load_anew(d.c, false, &all, err);
    if (status == EN_OK) status = find(&all, d.c, review->proposal, &d.p, err);
    if (status == EN_OK) status = decide(&d, &made, err);
    if (status == EN_OK && !en_id_eq(made, EN_ID_NONE)) {
        en_row row;
        status = en_case_row(d.c, made, all.arena, &row, err);
        if (status == EN_OK) status = en_case_print_id(d.c, en_letter_of_kind(row.kind), made, result, err);
    }
    en_proposals_clear(&all);
    en_case_close(d.c);
    return status;
}

/* ---- how often it was right ---- */

static const char *const kinds[EN_PROPOSAL_KINDS] = {"figure", "characterisation", "instrument", "allegation"};

/* Rows of a kind that a person added with a quotation from a text that was read, and that no proposal led to. */
static en_status count_added(en_case *c, const char *kind, en_arena *arena, int64_t *out, en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_rows(c, kind, arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        json_t *body = en_id_eq(rows[i].revoked_by, EN_ID_NONE) ? json_loads(rows[i].body, 0, NULL) : NULL;
        if (body && json_object_get(body, "rendition") && !json_object_get(body, "proposal")) (*out)++;
        json_decref(body);
    }
    return EN_OK;
}

static void count_decisions(const en_proposals *all, en_review_score *s) {
    for (int64_t i = 0; i < all->n; i++) {
        if (strcmp(all->items[i].kind, s->kind) != 0) continue;
        en_decision decision = all->items[i].decision;
        s->proposed++;
        s->decided += decision != EN_UNDECIDED;
        s->confirmed += decision == EN_CONFIRMED;
        s->corrected += decision == EN_CORRECTED;
        s->rejected += decision == EN_REJECTED;
    }
}

static en_status score(en_case *c, const en_proposals *all, en_review_score out[EN_PROPOSAL_KINDS], en_error *err) {
    for (int k = 0; k < EN_PROPOSAL_KINDS; k++) {
        en_review_score *s = &out[k];
        *s = (en_review_score){.kind = kinds[k], .precision = NAN, .recall = NAN};
        count_decisions(all, s);
        EN_TRY(count_added(c, kinds[k], all->arena, &s->added, err));
        if (s->decided) s->precision = (double)s->confirmed / (double)s->decided;
        int64_t there = s->confirmed + s->corrected + s->added;
        if (s->decided && there) s->recall = (double)s->confirmed / (double)there;
    }
    return EN_OK;
}

en_status en_app_review_score(const char *case_path, en_review_score out[EN_PROPOSAL_KINDS], en_error *err) {
    en_case *c;
    en_proposals all;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = load_anew(c, false, &all, err);
    if (status == EN_OK) status = score(c, &all, out, err);
    en_proposals_clear(&all);
    en_case_close(c);
    return status;
}
