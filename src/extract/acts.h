/* Acts that people are accused of, and who can be an actor. */
#ifndef EN_EXTRACT_ACTS_H
#define EN_EXTRACT_ACTS_H

#include "extract/phrases.h"
#include "extract/statements.h"

/* How an accusation is put: accused Y of, blamed Z on Y, Y is responsible for, the claim, Y ordered. */
enum { FORM_OF, FORM_ON, FORM_STATE, FORM_NOUN, FORM_DEGREE, FORM_HARMLESS };
enum { ACT_NONE, ACT_ON_OTHERS, ACT_ALONE }; /* shelled the town; opened fire */

/* What a word does: a verb that befalls people, in one of `voices`, or another act of violence. */
int act_of(const item *w, unsigned voices);
bool accuses_as(const item *w, int form);
/* Whether a word tells of an act in any form: killing, the shelling, a term for it. */
bool tells_act(const item *w);
bool any_act(const reading *r, int from, int to);
/* Whether the phrase names people, a body or what they fight with, by its head: not a bomb, a storm, a number of
 * dead. */
bool can_act(const reading *r, stretch actor);
/* The last item of the act that begins at `at`, before a comma, a further clause or verb of saying. */
int act_end(const reading *r, int at);
stretch actor_left(const reading *r, int verb); /* the subject of a verb, past adverbs, or whom "who" stands for */
en_status add_allegation(reading *r, const en_allegation *made, en_error *err);
/* Acts told of with who did them: "forces shelled the town", "were killed by soldiers". */
en_status read_acts(reading *r, const frames *f, en_error *err);
/* Denials, admissions and other explanations by the accused. */
en_status read_answers(reading *r, const frames *f, en_error *err);

#endif
