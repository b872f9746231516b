/* The JSON of positions: the matrix as cells, the timeline, instruments by clause, actions, allegations. */
#include <string.h>

#include "app/positions.h"
#include "report/json.h"
#include "report/json_said.h"
#include "report/report.h"

static const en_stated *of(const en_positions *p) { return p->stated; }

/* ---- positions ---- */

static json_t *instrument_name(const en_stated *s, int32_t index) {
    if (index < 0) return json_null();
    const en_stated_instrument *i = &s->instruments[index];
    json_t *out = json_object();
    en_json_put(&out, "id", en_json_text(i->said.shown));
    en_json_put(&out, "kind", en_json_text(i->kind));
    en_json_put(&out, "body", en_json_text(i->body));
    en_json_put(&out, "symbol", en_json_text(i->symbol));
    en_json_put(&out, "title", en_json_text(i->title));
    en_json_put(&out, "date", en_json_text(i->date));
    return out;
}

static json_t *position(const en_positions *p, const en_position *at) {
    const en_stated_term *t = &of(p)->terms[at->term];
    json_t *out = json_object();
    en_json_put(&out, "id", en_json_text(t->said.shown));
    en_json_put(&out, "term", en_json_text(t->term));
    en_json_put(&out, "mode", en_json_text(t->mode));
    en_json_put(&out, "date", en_json_text(at->date));
    en_json_put(&out, "date_of", en_json_text(at->date_of));
    en_json_put(&out, "via", en_json_text(t->via));
    en_json_put(&out, "addressee", en_json_text(t->addressee));
    en_json_put(&out, "subject", en_json_text(t->subject));
    en_json_put(&out, "legal_basis", en_json_text(t->legal_basis));
    en_json_put(&out, "standard", en_json_text(t->standard));
    en_json_put(&out, "instrument", instrument_name(of(p), t->instrument));
    json_put_said(&out, of(p), &t->said);
    return out;
}

static json_t *cell(const en_positions *p, int32_t body, int32_t event) {
    json_t *positions = json_array(), *out = json_object();
    for (int64_t i = 0; i < p->n; i++)
        if (p->positions[i].body == body && p->positions[i].event == event)
            en_json_push(&positions, position(p, &p->positions[i]));
    en_json_put(&out, "body", json_integer(body));
    en_json_put(&out, "event", json_integer(event));
    en_json_put(&out, "positions", positions);
    return out;
}

static bool has_cell(const en_positions *p, int32_t body, int32_t event) {
    for (int64_t i = 0; i < p->n; i++)
        if (p->positions[i].body == body && p->positions[i].event == event) return true;
    return false;
}

static void put_matrix(json_t **out, const en_positions *p) {
    json_t *bodies = json_array(), *events = json_array(), *cells = json_array(), *timeline = json_array();
    for (int64_t i = 0; i < p->n_bodies; i++) {
        json_t *body = json_object();
        en_json_put(&body, "name", en_json_text(p->bodies[i].name));
        en_json_put(&body, "the_source_itself", en_json_flag(p->bodies[i].is_source));
        en_json_push(&bodies, body);
    }
    for (int64_t i = 0; i < p->n_events; i++) {
        json_t *event = json_object();
        en_json_put(&event, "name", en_json_text(p->events[i].name));
        en_json_put(&event, "incident", json_incident(of(p), p->events[i].incident));
        en_json_push(&events, event);
    }
    for (int32_t b = 0; b < p->n_bodies; b++)
        for (int32_t e = 0; e < p->n_events; e++)
            if (has_cell(p, b, e)) en_json_push(&cells, cell(p, b, e));
    for (int64_t i = 0; i < p->n; i++)
        en_json_push(&timeline, en_json_text(of(p)->terms[p->positions[i].term].said.shown));
    en_json_put(out, "bodies", bodies);
    en_json_put(out, "events", events);
    en_json_put(out, "cells", cells);
    en_json_put(out, "timeline", timeline);
}

/* ---- instruments ---- */

static json_t *implementation(const en_stated *s, const en_stated_implementation *i) {
    static const char *const compared[] = {NULL, "same", "other"};
    const char *named;
    en_addressee addressee = en_position_addressee(s, i, &named);
    json_t *out = json_object();
    en_json_put(&out, "id", en_json_text(i->said.shown));
    en_json_put(&out, "grade", en_json_text(i->grade));
    en_json_put(&out, "date", en_json_text(i->date));
    en_json_put(&out, "addressee", en_json_text(i->addressee));
    en_json_put(&out, "addressee_of_text", en_json_text(named));
    en_json_put(&out, "addressees", en_json_text(compared[addressee]));
    en_json_put(&out, "evidence", en_json_text(i->evidence));
    json_put_said(&out, s, &i->said);
    return out;
}

static json_t *clause(const en_stated *s, const en_position_clause *at) {
    json_t *out = json_object(), *implementations = json_array();
    const en_stated_clause *c = at->clause < 0 ? NULL : &s->clauses[at->clause];
    en_json_put(&out, "id", c ? en_json_text(c->said.shown) : json_null());
    en_json_put(&out, "number", c ? en_json_text(c->number) : json_null());
    en_json_put(&out, "verb", c ? en_json_text(c->verb) : json_null());
    en_json_put(&out, "addressee", c ? en_json_text(c->addressee) : json_null());
    en_json_put(&out, "text", c ? en_json_text(c->text) : json_null());
    for (int32_t i = 0; i < at->n; i++)
        en_json_push(&implementations, implementation(s, &s->implementations[at->implementations[i]]));
    en_json_put(&out, "implementations", implementations);
    return out;
}

static json_t *mention(const en_stated *s, const en_stated_instrument *i) {
    json_t *out = instrument_name(s, (int32_t)(i - s->instruments));
    en_json_put(&out, "adoption", en_json_text(i->adoption));
    en_json_put(&out, "vote", en_json_text(i->vote));
    en_json_put(&out, "chapter", en_json_text(i->chapter));
    en_json_put(&out, "count", i->count == EN_NO_NUMBER ? json_null() : json_integer(i->count));
    en_json_put(&out, "demands", en_json_text(i->demands));
    en_json_put(&out, "addressee", en_json_text(i->addressee));
    json_put_said(&out, s, &i->said);
    return out;
}

static json_t *instrument(const en_stated *s, const en_position_instrument *at) {
    json_t *out = json_object(), *mentions = json_array(), *clauses = json_array(), *terms = json_array();
    for (int32_t i = 0; i < at->n_mentions; i++) en_json_push(&mentions, mention(s, &s->instruments[at->mentions[i]]));
    for (int32_t i = 0; i < at->n_clauses; i++) en_json_push(&clauses, clause(s, &at->clauses[i]));
    for (int32_t i = 0; i < at->n_terms; i++) en_json_push(&terms, en_json_text(s->terms[at->terms[i]].said.shown));
    en_json_put(&out, "mentions", mentions);
    en_json_put(&out, "clauses", clauses);
    en_json_put(&out, "characterisations", terms);
    return out;
}

/* ---- actions, allegations ---- */

static json_t *action(const en_stated *s, const en_position_action *at) {
    const en_stated_action *a = &s->actions[at->action];
    json_t *out = json_object(), *said = json_array();
    for (int32_t i = 0; i < at->n_figures; i++)
        en_json_push(&said, en_json_text(s->figures[at->figures[i]].said.shown));
    for (int32_t i = 0; i < at->n_terms; i++) en_json_push(&said, en_json_text(s->terms[at->terms[i]].said.shown));
    en_json_put(&out, "id", en_json_text(a->said.shown));
    en_json_put(&out, "kind", en_json_text(a->kind));
    en_json_put(&out, "title", en_json_text(a->title));
    en_json_put(&out, "by", en_json_text(a->by));
    en_json_put(&out, "aimed_at", en_json_text(a->aimed_at));
    en_json_put(&out, "date", en_json_text(a->date));
    en_json_put(&out, "place", en_json_text(a->place));
    en_json_put(&out, "incident", json_incident(s, a->incident));
    en_json_put(&out, "said_there", said);
    json_put_said(&out, s, &a->said);
    return out;
}

static json_t *response(const en_stated *s, const en_stated_response *r) {
    json_t *out = json_object();
    en_json_put(&out, "id", en_json_text(r->said.shown));
    en_json_put(&out, "response", en_json_text(r->kind));
    en_json_put(&out, "act", en_json_text(r->act));
    en_json_put(&out, "actor", en_json_text(r->by));
    en_json_put(&out, "date", en_json_text(r->date));
    json_put_said(&out, s, &r->said);
    return out;
}

static json_t *allegation(const en_stated *s, const en_position_allegation *at) {
    json_t *out = json_object(), *responses = json_array(), *alleged = json_null();
    if (at->allegation >= 0) {
        const en_stated_allegation *a = &s->allegations[at->allegation];
        alleged = json_object();
        en_json_put(&alleged, "id", en_json_text(a->said.shown));
        en_json_put(&alleged, "act", en_json_text(a->act));
        en_json_put(&alleged, "actor", en_json_text(a->accused));
        en_json_put(&alleged, "degree", en_json_text(a->degree));
        en_json_put(&alleged, "standard", en_json_text(a->standard));
        en_json_put(&alleged, "incident", json_incident(s, a->incident));
        json_put_said(&alleged, s, &a->said);
    }
    for (int32_t i = 0; i < at->n_responses; i++)
        en_json_push(&responses, response(s, &s->responses[at->responses[i]]));
    en_json_put(&out, "alleged", alleged);
    en_json_put(&out, "responses", responses);
    return out;
}

json_t *en_json_positions(const en_positions *p) {
    const en_stated *s = p->stated;
    json_t *out = json_object(), *instruments = json_array(), *actions = json_array(), *allegations = json_array(),
           *left_out = json_array();
    for (int64_t i = 0; i < p->n_instruments; i++) en_json_push(&instruments, instrument(s, &p->instruments[i]));
    for (int64_t i = 0; i < p->n_actions; i++) en_json_push(&actions, action(s, &p->actions[i]));
    for (int64_t i = 0; i < p->n_allegations; i++) en_json_push(&allegations, allegation(s, &p->allegations[i]));
    for (int64_t i = 0; i < p->n_left_out; i++) {
        json_t *left = json_object();
        en_json_put(&left, "id", en_json_text(s->terms[p->left_out[i]].said.shown));
        en_json_put(&left, "why", json_string("no source and no instrument: nothing documents it"));
        en_json_push(&left_out, left);
    }
    en_json_put(&out, "term", en_json_text(p->term));
    en_json_put(&out, "incident", json_incident(s, p->incident));
    put_matrix(&out, p);
    en_json_put(&out, "instruments", instruments);
    if (p->n_other_instruments) en_json_put(&out, "other_instruments", json_integer(p->n_other_instruments));
    en_json_put(&out, "actions", actions);
    en_json_put(&out, "allegations", allegations);
    en_json_put(&out, "left_out", left_out);
    en_json_put(&out, "ledger_head", en_json_text(s->head));
    return out;
}
