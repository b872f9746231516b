/* The JSON of `extract`: what a report says, each item with its quotation as a W3C Web Annotation would select it. */
#include <math.h>

#include "casefile/hash.h"
#include "report/json.h"
#include "report/report.h"

static json_t *text_of(en_str s) { return s.len ? json_stringn(s.ptr, s.len) : json_null(); }

static json_t *speaker(const en_speaker *who) {
    if (!who->name.len) return json_null();
    json_t *out = json_object();
    en_json_put(&out, "name", text_of(who->name));
    en_json_put(&out, "role", text_of(who->role));
    return out;
}

static void put_quotation(json_t **out, const en_quotation *at) {
    en_json_put(out, "quote", text_of(at->quote));
    en_json_put(out, "start", json_integer((json_int_t)at->start));
    en_json_put(out, "end", json_integer((json_int_t)at->end));
}

static json_t *figure(const en_figure *f, en_str text) {
    json_t *out = json_object(), *event = json_object();
    en_json_put(&event, "place", text_of(f->event.place));
    en_json_put(&event, "date", text_of(f->event.date));
    en_json_put(&out, "category", en_json_text(en_figure_category_name(f->category)));
    en_json_put(&out, "unit", en_json_text(en_figure_unit_name(f->unit)));
    en_json_put(&out, "group", en_json_text(en_figure_group_name(f->group)));
    en_json_put(&out, "whom", text_of(f->whom));
    en_json_put(&out, "low", en_json_number(f->low));
    en_json_put(&out, "best", en_json_number(f->best));
    en_json_put(&out, "high", en_json_number(f->high));
    en_json_put(&out, "qualifier", text_of(f->qualifier));
    en_json_put(&out, "modality", en_json_text(en_modality_name(f->modality)));
    en_json_put(&out, "part_of", f->part_of < 0 ? json_null() : json_integer(f->part_of));
    en_json_put(&out, "cumulative", en_json_flag(f->cumulative));
    en_json_put(&out, "period", text_of(f->period));
    en_json_put(&out, "event", event);
    en_json_put(&out, "asserted_by", speaker(&f->asserted_by));
    en_json_put(&out, "citing", text_of(f->citing));
    put_quotation(&out, &f->at);
    en_json_put(&out, "number", text_of((en_str){text.ptr + f->number_start, f->number_end - f->number_start}));
    en_json_put(&out, "number_start", json_integer((json_int_t)f->number_start));
    return out;
}

static json_t *characterisation(const en_characterisation *c) {
    json_t *out = json_object();
    en_json_put(&out, "term", text_of(c->term));
    en_json_put(&out, "mode", en_json_text(en_characterisation_mode_name(c->mode)));
    en_json_put(&out, "body", text_of(c->body));
    en_json_put(&out, "via", text_of(c->via));
    en_json_put(&out, "addressee", text_of(c->addressee));
    en_json_put(&out, "subject", text_of(c->subject));
    en_json_put(&out, "date", text_of(c->date));
    en_json_put(&out, "legal_basis", text_of(c->legal_basis));
    put_quotation(&out, &c->at);
    return out;
}

static json_t *instrument(const en_instrument *i) {
    json_t *out = json_object();
    en_json_put(&out, "body", text_of(i->body));
    en_json_put(&out, "kind", en_json_text(en_instrument_kind_name(i->kind)));
    en_json_put(&out, "symbol", text_of(i->symbol));
    en_json_put(&out, "date", text_of(i->date));
    en_json_put(&out, "count", en_json_number(i->count));
    en_json_put(&out, "addressee", text_of(i->addressee));
    en_json_put(&out, "demands", text_of(i->demands));
    en_json_put(&out, "implementation", en_json_text(en_implementation_name(i->implementation)));
    en_json_put(&out, "asserted_by", speaker(&i->asserted_by));
    put_quotation(&out, &i->at);
    return out;
}

static json_t *allegation(const en_allegation *a) {
    json_t *out = json_object();
    en_json_put(&out, "act", text_of(a->act));
    en_json_put(&out, "actor", text_of(a->actor));
    en_json_put(&out, "degree", text_of(a->degree));
    en_json_put(&out, "response", text_of(a->response));
    en_json_put(&out, "asserted_by", speaker(&a->asserted_by));
    put_quotation(&out, &a->at);
    return out;
}

static json_t *rendition(en_str text, const char *of, const char *extractor) {
    en_hash hash;
    char hex[EN_HASH_HEX];
    json_t *out = json_object();
    en_sha256(text, hash);
    en_hash_hex(hash, EN_HASH, hex);
    en_json_put(&out, "sha256", en_json_text(hex));
    en_json_put(&out, "of", en_json_text(of));
    en_json_put(&out, "extractor", en_json_text(extractor));
    return out;
}

static json_t *source(const en_report_source *s) {
    json_t *out = json_object();
    en_json_put(&out, "date", text_of(s->date));
    en_json_put(&out, "place", text_of(s->place));
    en_json_put(&out, "author", text_of(s->author));
    en_json_put(&out, "agency", text_of(s->agency));
    en_json_put(&out, "title", text_of(s->title));
    return out;
}

json_t *en_json_extraction(const en_extraction *e, en_str text, const char *of, const char *extractor) {
    json_t *figures = json_array(), *terms = json_array(), *instruments = json_array(), *allegations = json_array();
    for (size_t i = 0; i < e->n_figures; i++) en_json_push(&figures, figure(&e->figures[i], text));
    for (size_t i = 0; i < e->n_characterisations; i++)
        en_json_push(&terms, characterisation(&e->characterisations[i]));
    for (size_t i = 0; i < e->n_instruments; i++) en_json_push(&instruments, instrument(&e->instruments[i]));
    for (size_t i = 0; i < e->n_allegations; i++) en_json_push(&allegations, allegation(&e->allegations[i]));
    json_t *out = json_object();
    en_json_put(&out, "text", rendition(text, of, extractor));
    en_json_put(&out, "language", text_of(e->language));
    en_json_put(&out, "source", source(&e->source));
    en_json_put(&out, "figures", figures);
    en_json_put(&out, "characterisations", terms);
    en_json_put(&out, "instruments", instruments);
    en_json_put(&out, "allegations", allegations);
    return out;
}
