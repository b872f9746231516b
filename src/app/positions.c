/* The matrix of bodies by events, and what stands beside it. */
#include "app/positions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "everyname/text.h"
#include "everyname/when.h"

typedef struct placer {
    const en_stated *s;
    en_positions *out;
    en_text *text;
    en_map bodies, events, instruments; /* keys: "a:INDEX", "s:INDEX", "n:folded name" … */
} placer;

static void *take(placer *p, int64_t n, size_t size) { return en_arena_alloc(p->out->arena, ((size_t)n + 1) * size); }

static en_status fold(placer *p, const char *text, en_str *out, en_error *err) {
    *out = (en_str){"", 0};
    return text[0] ? en_text_fold(p->text, en_str_of(text), p->out->arena, out, err) : EN_OK;
}

/* ---- bodies and events ---- */

static en_status intern(placer *p, en_map *map, const char *kind, int32_t index, en_str name, int32_t *out, bool *added,
                        en_error *err) {
    size_t room = name.len + 32;
    char *key = en_arena_alloc(p->out->arena, room);
    if (!key) return en_no_memory(err);
    int len = snprintf(key, room, "%s%d:%.*s", kind, (int)index, (int)name.len, name.ptr);
    return en_map_intern(map, (en_str){key, (size_t)len}, out, added, err);
}

static en_status find_body(placer *p, const en_stated_term *t, int32_t *out, en_error *err) {
    const char *name = t->body[0] ? t->body : t->said.speaker;
    int32_t actor = t->body[0] || t->body_actor >= 0 ? t->body_actor : t->said.actor;
    bool added, is_source = actor < 0 && !name[0];
    en_str folded = {"", 0};
    if (actor < 0) EN_TRY(fold(p, name, &folded, err));
    int32_t index = actor >= 0 ? actor : is_source ? t->said.source : -1;
    EN_TRY(intern(p, &p->bodies, actor >= 0 ? "a" : is_source ? "s" : "n", index, folded, out, &added, err));
    if (!added) return EN_OK;
    if (actor >= 0) name = p->s->actors[actor].name;
    if (is_source) name = t->said.source < 0 ? "" : p->s->sources[t->said.source].about.title;
    p->out->bodies[*out] = (en_position_body){name, actor, is_source};
    return EN_OK;
}

/* A subject that is word for word an incident's title is that incident. */
static en_status incident_of(placer *p, const en_stated_term *t, int32_t *out, en_error *err) {
    en_str subject, title;
    *out = t->incident;
    if (*out >= 0 || !t->subject[0]) return EN_OK;
    EN_TRY(fold(p, t->subject, &subject, err));
    for (int32_t i = 0; i < p->s->n_incidents && *out < 0; i++) {
        EN_TRY(fold(p, p->s->incidents[i].title, &title, err));
        if (title.len && en_str_eq(subject, title)) *out = i;
    }
    return EN_OK;
}

static en_status find_event(placer *p, const en_stated_term *t, int32_t incident, int32_t *out, en_error *err) {
    bool added;
    en_str folded = {"", 0};
    if (incident < 0) EN_TRY(fold(p, t->subject, &folded, err));
    EN_TRY(intern(p, &p->events, "e", incident, folded, out, &added, err));
    if (added)
        p->out->events[*out] =
            (en_position_event){incident >= 0 ? p->s->incidents[incident].title : t->subject, incident};
    return EN_OK;
}

/* ---- positions ---- */

static void date_position(const en_stated *s, const en_stated_term *t, en_position *to) {
    const char *instrument = t->instrument >= 0 ? s->instruments[t->instrument].date : "";
    to->date = t->date[0] ? t->date : instrument[0] ? instrument : en_said_on(s, &t->said);
    to->date_of = t->date[0] ? "characterisation" : instrument[0] ? "instrument" : to->date[0] ? "said_on" : "";
}

static int32_t first_day(const char *date) {
    en_when when;
    bool read = date[0] && en_when_parse(en_str_of(date), EN_ORDER_UNSTATED, &when, NULL) == EN_OK;
    return read ? when.first_day : EN_DAY_MAX;
}

/* Terms are in order of id. */
static int by_date(const void *x, const void *y) {
    const en_position *a = x, *b = y;
    int32_t day_a = first_day(a->date), day_b = first_day(b->date);
    if (day_a != day_b) return day_a < day_b ? -1 : 1;
    return (a->term > b->term) - (a->term < b->term);
}

static en_status is_asked_for(placer *p, const en_stated_term *t, int32_t incident, bool *asked, en_error *err) {
    en_str term, wanted;
    *asked = en_stated_is_within(p->s, incident, p->out->incident);
    if (!*asked || !p->out->term[0]) return EN_OK;
    EN_TRY(fold(p, t->term, &term, err));
    EN_TRY(fold(p, p->out->term, &wanted, err));
    *asked = en_str_eq(term, wanted);
    return EN_OK;
}

/* Chosen first and numbered in order of date, so that bodies and events come in the order in which they are met. */
static en_status make_matrix(placer *p, en_error *err) {
    en_positions *out = p->out;
    int64_t all = p->s->n_terms;
    int32_t *incidents = take(p, all, sizeof *incidents);
    out->positions = take(p, all, sizeof *out->positions);
    out->bodies = take(p, all, sizeof *out->bodies);
    out->events = take(p, all, sizeof *out->events);
    out->left_out = take(p, all, sizeof *out->left_out);
    if (!incidents || !out->positions || !out->bodies || !out->events || !out->left_out) return en_no_memory(err);
    for (int32_t i = 0; i < all; i++) {
        const en_stated_term *t = &p->s->terms[i];
        bool asked;
        EN_TRY(incident_of(p, t, &incidents[i], err));
        EN_TRY(is_asked_for(p, t, incidents[i], &asked, err));
        if (!asked) continue;
        if (t->said.source < 0 && t->instrument < 0) {
            out->left_out[out->n_left_out++] = i;
            continue;
        }
        out->positions[out->n] = (en_position){.term = i};
        date_position(p->s, t, &out->positions[out->n++]);
    }
    qsort(out->positions, (size_t)out->n, sizeof *out->positions, by_date);
    for (int64_t i = 0; i < out->n; i++) {
        en_position *at = &out->positions[i];
        const en_stated_term *t = &p->s->terms[at->term];
        EN_TRY(find_body(p, t, &at->body, err));
        EN_TRY(find_event(p, t, incidents[at->term], &at->event, err));
    }
    out->n_bodies = p->bodies.len;
    out->n_events = p->events.len;
    return EN_OK;
}

/* ---- instruments ---- */

/* Instruments of one body and one symbol are one; those without a symbol each their own. */
static en_status number_instruments(placer *p, int32_t *number, en_error *err) {
    for (int32_t i = 0; i < p->s->n_instruments; i++) {
        const en_stated_instrument *of = &p->s->instruments[i];
        en_str symbol, body = {"", 0};
        int32_t key;
        EN_TRY(fold(p, of->symbol, &symbol, err));
        if (!symbol.len) {
            EN_TRY(intern(p, &p->instruments, "i", i, (en_str){"", 0}, &number[i], NULL, err));
            continue;
        }
        if (of->body_actor < 0) EN_TRY(fold(p, of->body, &body, err));
        EN_TRY(intern(p, &p->bodies, "n", of->body_actor, body, &key, NULL, err));
        EN_TRY(intern(p, &p->instruments, "k", key, symbol, &number[i], NULL, err));
    }
    return EN_OK;
}

static en_status add_clause(placer *p, en_position_instrument *to, int32_t clause, int32_t n_room,
                            const int32_t *number, int32_t own, en_error *err) {
    const en_stated *s = p->s;
    en_position_clause *at = &to->clauses[to->n_clauses];
    *at = (en_position_clause){.clause = clause, .implementations = take(p, n_room, sizeof *at->implementations)};
    if (!at->implementations) return en_no_memory(err);
    for (int32_t i = 0; i < s->n_implementations; i++) {
        const en_stated_implementation *of = &s->implementations[i];
        bool whole = clause < 0 && of->instrument >= 0 && number[of->instrument] == own;
        if (whole || (clause >= 0 && of->clause == clause)) at->implementations[at->n++] = i;
    }
    if (clause >= 0 || at->n) to->n_clauses++;
    return EN_OK;
}

static en_status fill_instrument(placer *p, en_position_instrument *to, const int32_t *number, int32_t own,
                                 en_error *err) {
    const en_stated *s = p->s;
    to->mentions = take(p, s->n_instruments, sizeof *to->mentions);
    to->clauses = take(p, s->n_clauses + 1, sizeof *to->clauses);
    to->terms = take(p, p->out->n, sizeof *to->terms);
    if (!to->mentions || !to->clauses || !to->terms) return en_no_memory(err);
    for (int32_t i = 0; i < s->n_instruments; i++)
        if (number[i] == own) to->mentions[to->n_mentions++] = i;
    EN_TRY(add_clause(p, to, -1, (int32_t)s->n_implementations, number, own, err));
    for (int32_t i = 0; i < s->n_clauses; i++)
        if (s->clauses[i].instrument >= 0 && number[s->clauses[i].instrument] == own)
            EN_TRY(add_clause(p, to, i, (int32_t)s->n_implementations, number, own, err));
    for (int64_t i = 0; i < p->out->n; i++) {
        int32_t on = s->terms[p->out->positions[i].term].instrument;
        if (on >= 0 && number[on] == own) to->terms[to->n_terms++] = p->out->positions[i].term;
    }
    return EN_OK;
}

static en_status add_instruments(placer *p, en_error *err) {
    en_positions *out = p->out;
    bool all = out->incident < 0 && !out->term[0];
    int32_t *number = take(p, p->s->n_instruments, sizeof *number);
    if (!number) return en_no_memory(err);
    EN_TRY(number_instruments(p, number, err));
    if (!(out->instruments = take(p, p->instruments.len, sizeof *out->instruments))) return en_no_memory(err);
    for (int32_t own = 0; own < p->instruments.len; own++) {
        en_position_instrument *to = &out->instruments[out->n_instruments];
        *to = (en_position_instrument){0};
        EN_TRY(fill_instrument(p, to, number, own, err));
        if (all || to->n_terms)
            out->n_instruments++;
        else
            out->n_other_instruments++;
    }
    return EN_OK;
}

en_addressee en_position_addressee(const en_stated *stated, const en_stated_implementation *of, const char **named) {
    *named = "";
    if (of->clause >= 0) {
        const en_stated_clause *clause = &stated->clauses[of->clause];
        *named = clause->addressee;
        if (!(*named)[0] && clause->instrument >= 0) *named = stated->instruments[clause->instrument].addressee;
    } else if (of->instrument >= 0) {
        *named = stated->instruments[of->instrument].addressee;
    }
    if (!(*named)[0] || !of->addressee[0]) return EN_ADDRESSEE_NOT_SAID;
    return strcmp(*named, of->addressee) == 0 ? EN_ADDRESSEE_SAME : EN_ADDRESSEE_OTHER;
}

/* ---- actions and allegations ---- */

static bool is_on_another_date(const char *a, const char *b) {
    en_when x, y;
    if (!a[0] || !b[0]) return false;
    if (en_when_parse(en_str_of(a), EN_ORDER_UNSTATED, &x, NULL) != EN_OK) return false;
    if (en_when_parse(en_str_of(b), EN_ORDER_UNSTATED, &y, NULL) != EN_OK) return false;
    en_when_relation relation = en_when_compare(&x, &y);
    return relation == EN_WHEN_BEFORE || relation == EN_WHEN_AFTER;
}

static bool was_said_at(const en_said *said, const en_stated_action *action) {
    return said->source >= 0 && said->source == action->said.source &&
           !is_on_another_date(said->asserted_on, action->date);
}

static en_status add_actions(placer *p, en_error *err) {
    const en_stated *s = p->s;
    en_positions *out = p->out;
    if (!(out->actions = take(p, s->n_actions, sizeof *out->actions))) return en_no_memory(err);
    for (int32_t i = 0; i < s->n_actions; i++) {
        const en_stated_action *action = &s->actions[i];
        if (!en_stated_is_within(s, action->incident, out->incident)) continue;
        en_position_action *to = &out->actions[out->n_actions++];
        *to = (en_position_action){.action = i,
                                   .figures = take(p, s->n_figures, sizeof *to->figures),
                                   .terms = take(p, s->n_terms, sizeof *to->terms)};
        if (!to->figures || !to->terms) return en_no_memory(err);
        for (int32_t k = 0; k < s->n_figures; k++)
            if (was_said_at(&s->figures[k].said, action)) to->figures[to->n_figures++] = k;
        for (int32_t k = 0; k < s->n_terms; k++)
            if (was_said_at(&s->terms[k].said, action) && !is_on_another_date(s->terms[k].date, action->date))
                to->terms[to->n_terms++] = k;
    }
    return EN_OK;
}

static en_status add_allegation(placer *p, int32_t allegation, int32_t only, en_error *err) {
    const en_stated *s = p->s;
    en_position_allegation *to = &p->out->allegations[p->out->n_allegations++];
    *to = (en_position_allegation){.allegation = allegation};
    if (!(to->responses = take(p, s->n_responses, sizeof *to->responses))) return en_no_memory(err);
    for (int32_t i = 0; i < s->n_responses; i++)
        if (only >= 0 ? i == only : s->responses[i].allegation == allegation) to->responses[to->n_responses++] = i;
    return EN_OK;
}

static en_status add_allegations(placer *p, en_error *err) {
    const en_stated *s = p->s;
    en_positions *out = p->out;
    out->allegations = take(p, s->n_allegations + s->n_responses, sizeof *out->allegations);
    if (!out->allegations) return en_no_memory(err);
    for (int32_t i = 0; i < s->n_allegations; i++)
        if (en_stated_is_within(s, s->allegations[i].incident, out->incident)) EN_TRY(add_allegation(p, i, -1, err));
    for (int32_t i = 0; i < s->n_responses; i++)
        if (s->responses[i].allegation < 0 && out->incident < 0) EN_TRY(add_allegation(p, -1, i, err));
    return EN_OK;
}

/* ---- the whole ---- */

static en_status run(placer *p, const en_positions_options *o, en_error *err) {
    en_positions *out = p->out;
    out->term = en_arena_strdup(out->arena, en_str_of(o->term ? o->term : ""));
    if (!out->term) return en_no_memory(err);
    out->incident = o->incident ? en_stated_find_incident(p->s, o->incident) : -1;
    if (o->incident && out->incident < 0) {
        en_fail(err, EN_ERR_USAGE, "the case has no incident \"%.100s\"", o->incident);
        return en_error_mend(err, "name one by its id, key or title"), EN_ERR_USAGE;
    }
    EN_TRY(en_text_open(&p->text, err));
    EN_TRY(make_matrix(p, err));
    EN_TRY(add_instruments(p, err));
    EN_TRY(add_actions(p, err));
    return add_allegations(p, err);
}

en_status en_positions_make(const en_stated *stated, const en_positions_options *options, en_positions *out,
                            en_error *err) {
    *out = (en_positions){.arena = en_arena_new(), .stated = stated};
    placer p = {.s = stated, .out = out};
    en_status status = out->arena ? run(&p, options, err) : en_no_memory(err);
    en_text_close(p.text);
    en_map_clear(&p.bodies);
    en_map_clear(&p.events);
    en_map_clear(&p.instruments);
    if (status != EN_OK) en_positions_clear(out);
    return status;
}

void en_positions_clear(en_positions *positions) {
    en_arena_free(positions->arena);
    *positions = (en_positions){0};
}
