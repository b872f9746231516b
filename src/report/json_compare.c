/* The JSON of figures side by side. */
#include <string.h>

#include "report/json.h"
#include "report/json_said.h"
#include "report/report.h"

static json_t *known(int64_t number) { return number == EN_NO_NUMBER ? json_null() : json_integer(number); }

static json_t *source(const en_stated *stated, int32_t index) {
    if (index < 0) return json_null();
    const en_stated_source *s = &stated->sources[index];
    json_t *out = json_object();
    en_json_put(&out, "id", en_json_text(s->shown));
    en_json_put(&out, "title", en_json_text(s->about.title));
    en_json_put(&out, "relation", en_json_text(s->about.relation));
    en_json_put(&out, "publisher", en_json_text(s->about.publisher));
    en_json_put(&out, "published", en_json_text(s->about.published));
    en_json_put(&out, "independence", json_integer(s->group));
    return out;
}

void json_put_said(json_t **object, const en_stated *stated, const en_said *said) {
    json_t *speaker = json_null();
    if (said->speaker[0]) {
        speaker = json_object();
        en_json_put(&speaker, "name", en_json_text(said->speaker));
        en_json_put(&speaker, "role", en_json_text(said->role));
    }
    en_json_put(object, "asserted_by", speaker);
    en_json_put(object, "said_on", en_json_text(en_said_on(stated, said)));
    en_json_put(object, "citing", en_json_text(said->citing));
    en_json_put(object, "source", source(stated, said->source));
    en_json_put(object, "quote", en_json_text(said->quote));
    en_json_put(object, "start", said->quote[0] ? json_integer(said->start) : json_null());
    en_json_put(object, "end", said->quote[0] ? json_integer(said->end) : json_null());
}

json_t *json_incident(const en_stated *stated, int32_t incident) {
    if (incident < 0) return json_null();
    const en_stated_incident *of = &stated->incidents[incident];
    json_t *out = json_object();
    en_json_put(&out, "id", en_json_text(of->shown));
    en_json_put(&out, "title", en_json_text(of->title));
    en_json_put(&out, "date", en_json_text(of->date));
    en_json_put(&out, "place", en_json_text(of->place));
    return out;
}

json_t *json_stated_figure(const en_stated *stated, const en_stated_figure *f) {
    static const char *const placed[] = {NULL, "id", "place and date"};
    json_t *out = json_object(), *event = json_object();
    en_json_put(&event, "place", en_json_text(f->event_place));
    en_json_put(&event, "date", en_json_text(f->event_date));
    en_json_put(&out, "id", en_json_text(f->said.shown));
    en_json_put(&out, "category", en_json_text(f->category));
    en_json_put(&out, "unit", en_json_text(f->unit));
    en_json_put(&out, "group", en_json_text(f->group));
    en_json_put(&out, "whom", en_json_text(f->whom));
    en_json_put(&out, "low", known(f->low));
    en_json_put(&out, "best", known(f->best));
    en_json_put(&out, "high", known(f->high));
    en_json_put(&out, "qualifier", en_json_text(f->qualifier));
    en_json_put(&out, "modality", en_json_text(f->modality));
    en_json_put(&out, "part_of", f->part_of < 0 ? json_null() : en_json_text(stated->figures[f->part_of].said.shown));
    en_json_put(&out, "cumulative", f->cumulative < 0 ? json_null() : en_json_flag(f->cumulative == 1));
    en_json_put(&out, "period", en_json_text(f->period));
    en_json_put(&out, "event", event);
    en_json_put(&out, "definition", en_json_text(f->definition));
    en_json_put(&out, "incident", f->incident < 0 ? json_null() : en_json_text(stated->incidents[f->incident].shown));
    en_json_put(&out, "incident_by", en_json_text(placed[f->placed]));
    json_put_said(&out, stated, &f->said);
    return out;
}

/* ---- recorded ---- */

static json_t *count_of(const en_compared_count *count) {
    json_t *out = json_object();
    en_json_put(&out, "n", count->withheld ? json_null() : json_integer(count->n));
    en_json_put(&out, "id", en_json_text(count->id));
    if (count->withheld) en_json_put(&out, "withheld", json_true());
    return out;
}

static json_t *beside(const en_compared_recorded *r) {
    json_t *out = json_object();
    en_json_put(&out, "category", en_json_text(r->category));
    en_json_put(&out, "group", en_json_text(r->group));
    en_json_put(&out, "unit", en_json_text(r->unit));
    for (int level = 0; level < 3; level++)
        en_json_put(&out, en_level_name((en_level)level), r->cannot[0] ? json_null() : count_of(&r->level[level]));
    en_json_put(&out, "definition", en_json_text(r->how));
    en_json_put(&out, "cannot", en_json_text(r->cannot));
    return out;
}

static json_t *recorded(const en_comparison *c) {
    json_t *out = en_json_count(&c->recorded[EN_LEVEL_RECORDED]), *levels = json_object(), *rows = json_array();
    for (int level = 0; level < 3; level++) {
        const en_count *count = &c->recorded[level];
        en_compared_count total = {count->total, count->total_withheld, count->total_id};
        en_json_put(&levels, en_level_name((en_level)level), count_of(&total));
    }
    for (int64_t i = 0; i < c->n_recorded; i++) en_json_push(&rows, beside(&c->beside[i]));
    if (c->recorded[EN_LEVEL_RECORDED].total_withheld) en_json_put(&out, "total", json_null());
    en_json_put(&out, "restricted_to", en_json_text(c->restricted));
    en_json_put(&out, "levels", levels);
    en_json_put(&out, "beside", rows);
    return out;
}

/* ---- the whole ---- */

static json_t *difference(const en_difference *d) {
    json_t *out = json_object(), *between = json_array(), *in = json_array();
    en_json_push(&between, en_json_text(d->between[0]));
    en_json_push(&between, en_json_text(d->between[1]));
    for (int i = 0; i < EN_DIFFERENCES; i++)
        if (d->aspects >> i & 1) en_json_push(&in, json_string(en_difference_name((en_difference_aspect)i)));
    en_json_put(&out, "between", between);
    en_json_put(&out, "in", in);
    en_json_put(&out, "why", en_json_text(d->why));
    return out;
}

static json_t *check(const en_check *c) {
    json_t *out = json_object(), *figures = json_array();
    for (int i = 0; i < c->n; i++) en_json_push(&figures, en_json_text(c->figures[i]));
    en_json_put(&out, "kind", en_json_text(c->kind));
    en_json_put(&out, "figures", figures);
    en_json_put(&out, "what", en_json_text(c->what));
    return out;
}

json_t *en_json_comparison(const en_comparison *c) {
    json_t *stated = json_array(), *differences = json_array(), *checks = json_array(), *out = json_object();
    for (int64_t i = 0; i < c->n_figures; i++)
        en_json_push(&stated, json_stated_figure(c->stated, &c->stated->figures[c->figures[i]]));
    for (int64_t i = 0; i < c->n_differences; i++) en_json_push(&differences, difference(&c->differences[i]));
    for (int64_t i = 0; i < c->n_checks; i++) en_json_push(&checks, check(&c->checks[i]));
    en_json_put(&out, "incident", json_incident(c->stated, c->incident));
    en_json_put(&out, "stated", stated);
    en_json_put(&out, "recorded", recorded(c));
    en_json_put(&out, "estimated", c->has_estimate ? en_json_estimate(&c->estimate) : json_null());
    if (!c->has_estimate) en_json_put(&out, "no_estimate", en_json_text(c->no_estimate));
    en_json_put(&out, "differences", differences);
    en_json_put(&out, "checks", checks);
    en_json_put(&out, "ledger_head", en_json_text(c->stated->head));
    return out;
}
