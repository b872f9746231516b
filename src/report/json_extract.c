/* The JSON of `extract`: what a report says, each item with its quotation as a W3C Web Annotation would select it. */
#include "app/item_json.h"
#include "report/json.h"
#include "report/report.h"

static json_t *text_of(en_str s) { return s.len ? json_stringn(s.ptr, s.len) : json_null(); }

static json_t *rendition(en_str text, const char *of, const char *extractor) {
    char hex[65];
    json_t *out = json_object();
    en_sha256_text(text, hex);
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
    for (size_t i = 0; i < e->n_figures; i++) en_json_push(&figures, en_item_figure(&e->figures[i]));
    for (size_t i = 0; i < e->n_characterisations; i++)
        en_json_push(&terms, en_item_characterisation(&e->characterisations[i]));
    for (size_t i = 0; i < e->n_instruments; i++) en_json_push(&instruments, en_item_instrument(&e->instruments[i]));
    for (size_t i = 0; i < e->n_allegations; i++) en_json_push(&allegations, en_item_allegation(&e->allegations[i]));
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
