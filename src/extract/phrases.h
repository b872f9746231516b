/* Noun phrases of those who speak or act: how far they reach in a sentence, and whom they name. */
#ifndef EN_EXTRACT_PHRASES_H
#define EN_EXTRACT_PHRASES_H

#include "extract/reading.h"

/* Items of a sentence, the last included; empty where to < from. */
typedef struct stretch {
    int from, to;
} stretch;

/* stretches.c */
bool is_caps(const item *w); /* a word with a capital */
bool in_name(const item *w); /* a small word inside names */
bool has(const reading *r, stretch s, uint64_t mask);
int last_of(const reading *r, stretch s, lex_class class); /* -1 where there is none */
bool ends_noun_phrase(const reading *r, int i);
stretch phrase_left(const reading *r, int end);   /* the phrase that ends there, without "On Tuesday" before it */
stretch phrase_right(const reading *r, int from); /* the phrase that begins there */
stretch without_articles(const reading *r, stretch s);

/* speaker_phrase.c */
void speaker_of(const reading *r, stretch s, speaker_words *out);
void speaker_of_pair(const reading *r, stretch a, stretch b, speaker_words *out); /* "N1, N2": in either order */
/* "The city", "the school", of which only the verb shows that they speak. */
void speaker_of_thing(const reading *r, stretch s, speaker_words *out);
void name_in_nominative(const reading *r, speaker_words *who); /* nominative.c */
bool person_like(const reading *r, stretch s);
/* person_words.c: the name of a person at the end of s in a script without capitals; empty where there is none */
stretch person_by_words(const reading *r, stretch s);

/* speaker_sides.c: see also reading.h */
void find_subject(const reading *r, speaker_words *out); /* of the sentence */

bool in_passive(const reading *r, int verb);
/* The agent of the passive at `verb`, up to the item `last`; else false and *out empty. */
bool agent_after(const reading *r, int verb, int last, speaker_words *out);

/* known_again.c */
void know_again(const reading *r, speaker_words *who); /* gives one who is named by one word the full name */
void remember(reading *r, const speaker_words *who);   /* to be known again */
void keep_meant(reading *r, const speaker_words *who); /* as whom "she" or "it" means */
bool name_has(const reading *r, en_str name,
              uint64_t classes);                             /* whether it has words of these, where it stands here */
bool is_speaker(const reading *r, const speaker_words *who); /* one with an office, or a body */
bool is_court(const reading *r, const speaker_words *who);

#endif
