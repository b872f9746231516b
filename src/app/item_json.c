/* Items of an extraction as JSON objects. */
#include "app/item_json.h"

#include <math.h>
#include <string.h>

static json_t *text(en_str s) { return s.len ? json_stringn(s.ptr, s.len) : json_null(); }
static json_t *name(const char *s) { return s ? json_string(s) : json_null(); }

/* Counts are whole; a share of territory need not be. */
static json_t *number(double value) {
    if (isnan(value)) return json_null();
    bool whole = value == floor(value) && fabs(value) < 9e15;
    return whole ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *speaker(const en_speaker *s) {
    if (!s->name.len && !s->role.len) return json_null();
    return json_pack("{s:o,s:o}", "name", text(s->name), "role", text(s->role));
}

/* Takes over both; NULL where either is. */
static json_t *joined(json_t *item, json_t *more) {
    if (item && (!more || json_object_update(item, more) != 0)) {
        json_decref(item);
        item = NULL;
    }
    json_decref(more);
    return item;
}

static json_t *quoted(json_t *item, const en_quotation *at) {
    return joined(item, json_pack("{s:o,s:I,s:I}", "quote", json_stringn(at->quote.ptr, at->quote.len), "start",
                                  (json_int_t)at->start, "end", (json_int_t)at->end));
}

json_t *en_item_figure(const en_figure *f) {
    json_t *event = f->event.place.len || f->event.date.len
                        ? json_pack("{s:o,s:o}", "place", text(f->event.place), "date", text(f->event.date))
                        : json_null();
    json_t *item = json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:b,s:o,s:o,s:o,s:o}", "category",
                             name(en_figure_category_name(f->category)), "unit", name(en_figure_unit_name(f->unit)),
                             "group", name(en_figure_group_name(f->group)), "whom", text(f->whom), "low",
                             number(f->low), "best", number(f->best), "high", number(f->high), "qualifier",
                             text(f->qualifier), "modality", name(en_modality_name(f->modality)), "part_of",
                             f->part_of < 0 ? json_null() : json_integer((json_int_t)f->part_of), "cumulative",
                             (int)f->cumulative, "period", text(f->period), "event", event, "asserted_by",
                             speaker(&f->asserted_by), "citing", text(f->citing));
    const char *number = f->at.quote.ptr + (f->number_start - f->at.start);
    return joined(quoted(item, &f->at),
                  json_pack("{s:o,s:I}", "number", json_stringn(number, f->number_end - f->number_start),
                            "number_start", (json_int_t)f->number_start));
}

json_t *en_item_characterisation(const en_characterisation *c) {
    json_t *item = json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "term", text(c->term), "mode",
                             name(en_characterisation_mode_name(c->mode)), "body", text(c->body), "via", text(c->via),
                             "addressee", text(c->addressee), "subject", text(c->subject), "date", text(c->date),
                             "legal_basis", text(c->legal_basis));
    return quoted(item, &c->at);
}

json_t *en_item_instrument(const en_instrument *i) {
    json_t *item =
        json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "body", text(i->body), "kind",
                  name(en_instrument_kind_name(i->kind)), "symbol", text(i->symbol), "date", text(i->date), "count",
                  number(i->count), "addressee", text(i->addressee), "demands", text(i->demands), "implementation",
                  name(en_implementation_name(i->implementation)), "asserted_by", speaker(&i->asserted_by));
    return quoted(item, &i->at);
}

json_t *en_item_allegation(const en_allegation *a) {
    json_t *item = json_pack("{s:o,s:o,s:o,s:o,s:o}", "act", text(a->act), "actor", text(a->actor), "degree",
                             text(a->degree), "response", text(a->response), "asserted_by", speaker(&a->asserted_by));
    return quoted(item, &a->at);
}

/* ---- checking what others made ---- */

typedef enum { IS_TEXT, IS_NUMBER, IS_FLAG, IS_INDEX, IS_OBJECT, IS_NAME } member_type;

typedef struct member_rule {
    const char *name;
    member_type type;
    bool (*is_name)(en_str name);
    const char *const *inner; /* members of an object, all texts; NULL-terminated */
} member_rule;

static bool is_category(en_str s) { return en_figure_category_of(s, &(en_figure_category){0}); }
static bool is_unit(en_str s) { return en_figure_unit_of(s, &(en_figure_unit){0}); }
static bool is_group(en_str s) { return en_figure_group_of(s, &(en_figure_group){0}); }
static bool is_modality(en_str s) { return en_modality_of(s, &(en_modality){0}); }
static bool is_mode(en_str s) { return en_characterisation_mode_of(s, &(en_characterisation_mode){0}); }
static bool is_instrument_kind(en_str s) { return en_instrument_kind_of(s, &(en_instrument_kind){0}); }
static bool is_implementation(en_str s) { return en_implementation_of(s, &(en_implementation){0}); }

static const char *const speaker_members[] = {"name", "role", NULL}, *const event_members[] = {"place", "date", NULL};

static const member_rule figure_rules[] = {{"category", IS_NAME, is_category, NULL},
                                           {"unit", IS_NAME, is_unit, NULL},
                                           {"group", IS_NAME, is_group, NULL},
                                           {"whom", IS_TEXT, NULL, NULL},
                                           {"low", IS_NUMBER, NULL, NULL},
                                           {"best", IS_NUMBER, NULL, NULL},
                                           {"high", IS_NUMBER, NULL, NULL},
                                           {"qualifier", IS_TEXT, NULL, NULL},
                                           {"modality", IS_NAME, is_modality, NULL},
                                           {"part_of", IS_INDEX, NULL, NULL},
                                           {"cumulative", IS_FLAG, NULL, NULL},
                                           {"period", IS_TEXT, NULL, NULL},
                                           {"event", IS_OBJECT, NULL, event_members},
                                           {"asserted_by", IS_OBJECT, NULL, speaker_members},
                                           {"citing", IS_TEXT, NULL, NULL},
                                           {0}},
                         characterisation_rules[] = {{"term", IS_TEXT, NULL, NULL},
                                                     {"mode", IS_NAME, is_mode, NULL},
                                                     {"body", IS_TEXT, NULL, NULL},
                                                     {"via", IS_TEXT, NULL, NULL},
                                                     {"addressee", IS_TEXT, NULL, NULL},
                                                     {"subject", IS_TEXT, NULL, NULL},
                                                     {"date", IS_TEXT, NULL, NULL},
                                                     {"legal_basis", IS_TEXT, NULL, NULL},
                                                     {0}},
                         instrument_rules[] = {{"body", IS_TEXT, NULL, NULL},
                                               {"kind", IS_NAME, is_instrument_kind, NULL},
                                               {"symbol", IS_TEXT, NULL, NULL},
                                               {"date", IS_TEXT, NULL, NULL},
                                               {"count", IS_NUMBER, NULL, NULL},
                                               {"addressee", IS_TEXT, NULL, NULL},
                                               {"demands", IS_TEXT, NULL, NULL},
                                               {"implementation", IS_NAME, is_implementation, NULL},
                                               {"asserted_by", IS_OBJECT, NULL, speaker_members},
                                               {0}},
                         allegation_rules[] = {{"act", IS_TEXT, NULL, NULL},
                                               {"actor", IS_TEXT, NULL, NULL},
                                               {"degree", IS_TEXT, NULL, NULL},
                                               {"response", IS_TEXT, NULL, NULL},
                                               {"asserted_by", IS_OBJECT, NULL, speaker_members},
                                               {0}};

static const member_rule *rules_of(const char *kind) {
    if (strcmp(kind, "figure") == 0) return figure_rules;
    if (strcmp(kind, "characterisation") == 0) return characterisation_rules;
    if (strcmp(kind, "instrument") == 0) return instrument_rules;
    return strcmp(kind, "allegation") == 0 ? allegation_rules : NULL;
}

static en_status refuse(const char *member, const char *what, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "%s %s", member, what);
    return en_error_mend(err, "see `everyname extract --help` for what an item holds");
}

static en_status check_inner(const member_rule *rule, const json_t *object, en_error *err) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        const char *const *inner = rule->inner;
        while (*inner && strcmp(*inner, key) != 0) inner++;
        if (!*inner) return refuse(key, "is no member of it", err);
        if (!json_is_string(value) && !json_is_null(value)) return refuse(key, "is no text", err);
    }
    return EN_OK;
}

static en_status check_member(const member_rule *rule, const json_t *value, en_error *err) {
    en_str s = {json_string_value(value), json_string_length(value)};
    if (json_is_null(value)) return EN_OK;
    switch (rule->type) {
    case IS_TEXT: return json_is_string(value) ? EN_OK : refuse(rule->name, "is no text", err);
    case IS_NUMBER:
        return json_is_number(value) && json_number_value(value) >= 0 ? EN_OK : refuse(rule->name, "is no number", err);
    case IS_INDEX:
        return json_is_integer(value) && json_integer_value(value) >= 0 ? EN_OK
                                                                        : refuse(rule->name, "is no index", err);
    case IS_FLAG: return json_is_boolean(value) ? EN_OK : refuse(rule->name, "is neither true nor false", err);
    case IS_OBJECT:
        return json_is_object(value) ? check_inner(rule, value, err) : refuse(rule->name, "is no object", err);
    case IS_NAME: break;
    }
    return json_is_string(value) && rule->is_name(s) ? EN_OK : refuse(rule->name, "is none of its terms", err);
}

static bool is_place_member(const char *key) {
    static const char *const places[] = {"quote", "start", "end", "item", "number_start", "number"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i], key) == 0) return true;
    return false;
}

static en_status check_quotation(const json_t *item, en_str text, en_error *err) {
    const json_t *quote = json_object_get(item, "quote");
    json_int_t start = json_integer_value(json_object_get(item, "start")),
               end = json_integer_value(json_object_get(item, "end"));
    en_quotation at = {{json_string_value(quote), json_string_length(quote)}, (size_t)start, (size_t)end};
    if (json_is_string(quote) && start >= 0 && end >= start && en_quotation_holds(text, &at)) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the quote is not what stands at bytes %lld to %lld of the text", (long long)start,
            (long long)end);
    return en_error_mend(err, "offsets are bytes of the text rendition, the end is behind the last byte");
}

en_status en_item_check(const char *kind, const json_t *item, en_str text, en_error *err) {
    const member_rule *rules = rules_of(kind);
    const char *key;
    json_t *value;
    if (!rules) return refuse(kind, "is no kind of item: figure, characterisation, instrument, allegation", err);
    if (!json_is_object(item)) return refuse(kind, "is no JSON object", err);
    json_object_foreach((json_t *)item, key, value) {
        const member_rule *rule = rules;
        while (rule->name && strcmp(rule->name, key) != 0) rule++;
        if (!rule->name && !is_place_member(key)) return refuse(key, "is no member of it", err);
        if (rule->name) EN_TRY(check_member(rule, value, err));
    }
    if (!json_is_string(json_object_get(item, rules[0].name)) && strcmp(kind, "instrument") != 0)
        return refuse(rules[0].name, "is missing", err);
    return check_quotation(item, text, err);
}
