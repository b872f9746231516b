/* The JSON of `explain`: weights in bits, log2 of how many times likelier what is seen is of one person than of two. */
#include <math.h>

#include "report/json.h"
#include "report/report.h"

static double bits(double nats) { return nats / log(2); }

static const char *level_name(const en_link_comparison *c, int level) {
    return level ? c->level[level - 1] : "missing";
}

static json_t *text_of(en_str s) { return s.len ? json_stringn(s.ptr, s.len) : json_null(); }

static json_t *field(const en_link_comparison *c, const en_link_field_weight *w) {
    json_t *out = json_object();
    en_json_put(&out, "field", en_json_text(c->field));
    en_json_put(&out, "level", en_json_text(level_name(c, w->level)));
    en_json_put(&out, "a", text_of(w->a));
    en_json_put(&out, "b", text_of(w->b));
    en_json_put(&out, "weight", en_json_number(bits(w->weight)));
    en_json_put(&out, "rarity", en_json_number(bits(w->rarity)));
    return out;
}

static json_t *would_change(const en_link_model *model, const en_link_explanation *why) {
    if (why->decisive < 0) return json_null();
    const en_link_comparison *c = &model->comparisons[why->decisive];
    json_t *out = json_object();
    en_json_put(&out, "field", en_json_text(c->field));
    en_json_put(&out, "level", en_json_text(level_name(c, why->decisive_level)));
    return out;
}

static json_t *pair(const en_link_model *model, const en_explained_pair *p) {
    json_t *fields = json_array(), *out = json_object();
    for (int i = 0; i < p->why.n_fields; i++)
        if (p->why.fields[i].comparison >= 0)
            en_json_push(&fields, field(&model->comparisons[p->why.fields[i].comparison], &p->why.fields[i]));
    en_json_put(&out, "a", en_json_text(p->a));
    en_json_put(&out, "b", en_json_text(p->b));
    en_json_put(&out, "joined", p->known ? en_json_flag(p->joined) : json_null());
    en_json_put(&out, "probability", en_json_number(p->why.probability));
    en_json_put(&out, "prior", en_json_number(bits(p->why.prior_weight)));
    en_json_put(&out, "fields", fields);
    en_json_put(&out, "disagreements", en_json_number(bits(p->why.slips_weight)));
    en_json_put(&out, "relatives", en_json_number(bits(p->why.relatives_weight)));
    en_json_put(&out, "total", en_json_number(bits(p->why.total)));
    en_json_put(&out, "would_change", would_change(model, &p->why));
    return out;
}

json_t *en_json_explanation(const en_app_explanation *e) {
    json_t *pairs = json_array(), *out = json_object();
    for (int64_t i = 0; i < e->n_pairs; i++) en_json_push(&pairs, pair(&e->model, &e->pairs[i]));
    en_json_put(&out, "person", en_json_text(e->person));
    if (e->n_records) en_json_put(&out, "records", json_integer(e->n_records));
    if (e->n_left_out) en_json_put(&out, "left_out", json_integer(e->n_left_out));
    en_json_put(&out, "threshold", en_json_number(e->model.threshold));
    en_json_put(&out, "pairs", pairs);
    return out;
}
