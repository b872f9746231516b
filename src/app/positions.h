/* Positions: which body uses, seeks, finds, recognises, declines or denies which term of which event, over time, with
 * the document behind each; instruments by clause and what is said to have become of them; actions and what was said at
 * each; allegations with the answers of the accused. Nothing is inferred: a body is joined to another mention of it by
 * its actor or its exact folded name alone, and a position without a source or an instrument has no place.
 */
#ifndef EN_APP_POSITIONS_H
#define EN_APP_POSITIONS_H

#include "app/stated.h"

typedef struct en_positions_options {
    const char *term;     /* NULL: all */
    const char *incident; /* id, key or title; NULL: all */
} en_positions_options;

typedef struct en_position_body {
    const char *name;
    int32_t actor;  /* -1 none */
    bool is_source; /* the source's own sentence */
} en_position_body;

typedef struct en_position_event {
    const char *name; /* incident's title, or the subject as written; "" not said */
    int32_t incident;
} en_position_event;

typedef struct en_position {
    int32_t term; /* index into stated terms */
    int32_t body, event;
    const char *date, *date_of; /* date_of: "characterisation", "instrument", "said_on"; "" where there is none */
} en_position;

typedef struct en_position_clause {
    int32_t clause; /* index; -1: the instrument as a whole */
    int32_t n;
    int32_t *implementations;
} en_position_clause;

/* Mentions of one instrument: rows whose body and symbol are the same. */
typedef struct en_position_instrument {
    int32_t n_mentions, n_clauses, n_terms;
    int32_t *mentions;           /* indices of stated instruments */
    en_position_clause *clauses; /* the whole first, where something is said of it */
    int32_t *terms;              /* indices of stated terms that rest on it */
} en_position_instrument;

typedef struct en_position_action {
    int32_t action;
    int32_t n_figures, n_terms;
    int32_t *figures, *terms; /* said in the same source, not on another date than the action's */
} en_position_action;

typedef struct en_position_allegation {
    int32_t allegation; /* -1: an answer to what no allegation of the case says */
    int32_t n_responses;
    int32_t *responses;
} en_position_allegation;

typedef struct en_positions {
    en_arena *arena;
    const en_stated *stated; /* lent */
    const char *term;
    int32_t incident;
    int64_t n, n_bodies, n_events;
    en_position *positions; /* by date, those without one last, then by id */
    en_position_body *bodies;
    en_position_event *events;
    int64_t n_instruments, n_actions, n_allegations;
    en_position_instrument *instruments;
    en_position_action *actions;
    en_position_allegation *allegations;
    int64_t n_left_out, n_other_instruments; /* no document; instruments that nothing ties to what was asked for */
    int32_t *left_out;                       /* terms */
} en_positions;

/* `stated` has to outlive *out. */
en_status en_positions_make(const en_stated *stated, const en_positions_options *options, en_positions *out,
                            en_error *err);
void en_positions_clear(en_positions *positions);

/* How the addressee that an assertion names stands to the one that the clause (else the instrument) names. */
typedef enum { EN_ADDRESSEE_NOT_SAID = 0, EN_ADDRESSEE_SAME, EN_ADDRESSEE_OTHER } en_addressee;
en_addressee en_position_addressee(const en_stated *stated, const en_stated_implementation *of, const char **named);

#endif
