/* What sources say, out of the rows of a case: figures, who uses which term, instruments and what is said to have
 * become of them, allegations and the answers of the accused, with the source, speaker and exact quotation of each. All
 * of it is stated; nothing here is counted or judged. Rows that were taken back are left out.
 */
#ifndef EN_APP_STATED_H
#define EN_APP_STATED_H

#include <jansson.h>

#include "app/app.h"
#include "app/withdrawn.h"

/* Texts are "" where nothing is said, and lent by the arena. Indices are -1 where there is none. */

typedef struct en_stated_source {
    en_source about;
    const char *shown; /* "s:…" */
    int32_t group;     /* of independence: sources of one group count once */
    bool is_document;  /* its text is at hand */
    en_id capture, rendition;
    bool hidden; /* marked as not for everybody */
} en_stated_source;

typedef struct en_stated_actor {
    en_id id;
    const char *name, *kind;
    int32_t n_names;
    const char *const *names; /* folded, its own first */
} en_stated_actor;

typedef struct en_stated_incident {
    en_id id;
    const char *shown, *title, *key, *date, *place, *kind;
    en_id whole, place_id; /* as the row refers to them */
    int32_t part_of;
    int64_t n_lists;
    int32_t n_places;
    const char *const *places; /* folded names of where it was, and of places within */
} en_stated_incident;

/* What every stated thing has. */
typedef struct en_said {
    en_id id;
    const char *shown; /* "f:3f2a.1" */
    int32_t source;
    const char *speaker, *role; /* speaker "": the source itself */
    int32_t actor;              /* of the speaker */
    const char *asserted_on, *citing, *note;
    int32_t n_cites;
    const int32_t *cites; /* sources */
    en_id rendition, proposal;
    const char *quote;
    int64_t start, end;
    bool hidden; /* it, or its source, is marked as not for everybody */
} en_said;

typedef enum { EN_PLACED_NOT = 0, EN_PLACED_BY_ID, EN_PLACED_BY_PLACE_AND_DATE } en_placed;

enum { EN_NO_NUMBER = -1 };
typedef struct en_stated_figure {
    en_said said;
    const char *category, *unit, *group, *whom, *qualifier, *modality, *period, *definition, *event_place, *event_date;
    int64_t low, best, high; /* EN_NO_NUMBER where not stated */
    int cumulative;          /* 1, 0; -1 not said */
    en_id total;             /* as the row names it: a figure or a proposal */
    int32_t part_of, incident;
    en_placed placed; /* how the incident is known */
} en_stated_figure;

typedef struct en_stated_term {
    en_said said;
    const char *term, *mode, *body, *via, *addressee, *subject, *legal_basis, *standard, *date;
    int32_t body_actor, incident /* that the subject is, or belongs to */, instrument;
} en_stated_term;

typedef struct en_stated_instrument {
    en_said said;
    const char *kind, *title, *symbol, *body, *date, *adoption, *vote /* "12 yes, 0 no, 3 abstain" */, *chapter,
        *demands, *addressee;
    int64_t count;
    int32_t body_actor;
} en_stated_instrument;

typedef struct en_stated_clause {
    en_said said;
    const char *number, *verb, *addressee, *text;
    int32_t instrument;
} en_stated_clause;

typedef struct en_stated_implementation {
    en_said said;
    const char *grade, *grade_words /* its label */, *addressee, *date, *evidence;
    int32_t clause, instrument; /* one of the two */
} en_stated_implementation;

typedef struct en_stated_allegation {
    en_said said;
    const char *act, *accused, *degree, *standard;
    int32_t accused_actor, incident;
} en_stated_allegation;

typedef struct en_stated_response {
    en_said said;
    const char *act, *kind, *kind_words /* its label */, *by, *date;
    int32_t by_actor, allegation; /* named by the row; else one of the same source with the same act and accused */
} en_stated_response;

typedef struct en_stated_action {
    en_said said;
    const char *kind, *title, *by, *aimed_at, *date, *place;
    int32_t by_actor, incident;
} en_stated_action;

typedef struct en_stated {
    en_arena *arena;
    en_withdrawn withdrawn; /* who took back that what they say, or what is known of them, is published */
    char head[65];
    int64_t n_sources, n_actors, n_incidents;
    en_stated_source *sources;
    en_stated_actor *actors;
    en_stated_incident *incidents;
    int64_t n_figures, n_terms, n_instruments, n_clauses, n_implementations, n_allegations, n_responses, n_actions;
    en_stated_figure *figures; /* in order of id, as all are */
    en_stated_term *terms;
    en_stated_instrument *instruments;
    en_stated_clause *clauses;
    en_stated_implementation *implementations;
    en_stated_allegation *allegations;
    en_stated_response *responses;
    en_stated_action *actions;
} en_stated;

en_status en_stated_open(const char *case_path, en_stated *out, en_error *err);
void en_stated_clear(en_stated *stated);

/* The text of a document's rendition, lent by `arena`. */
en_status en_stated_bytes(const char *case_path, en_id rendition, en_arena *arena, en_str *out, en_error *err);

/* By id ("i:…"), title or key; -1 none. */
int32_t en_stated_find_incident(const en_stated *stated, const char *text);
/* Whether incident `i` is `of`, or part of it at any remove. `of` -1: always. */
bool en_stated_is_within(const en_stated *stated, int32_t i, int32_t of);
/* Who speaks: the speaker, else the source's title. */
const char *en_said_by(const en_stated *stated, const en_said *said);
/* When it was said: asserted_on, else the source's date. */
const char *en_said_on(const en_stated *stated, const en_said *said);
/* How the source stands to the event; "" unknown. */
const char *en_said_relation(const en_stated *stated, const en_said *said);
/* As `low`, `best` and `high` bound it; EN_NO_NUMBER where nothing does. */
int64_t en_figure_least(const en_stated_figure *figure);
int64_t en_figure_most(const en_stated_figure *figure);
/* low, best, high and qualifier of a figure's JSON; the qualifier is lent by it. */
void en_figure_read_number(const json_t *item, en_stated_figure *figure);
/* "at least 41", "about 30", "12 to 15", "dozens". */
void en_figure_number(const en_stated_figure *figure, char out[96]);
/* Whether a claim of one is no independent word beside one of the other: a shared source or group of independence, or
 * that one cites the other. */
bool en_said_depends(const en_stated *stated, const en_said *a, const en_said *b);

#endif
