/* An invented language: names are runs of sounds, and each sound has a spelling in every script. One name is thus
 * written in two romanisations, in Cyrillic and in Arabic script, the last without its short vowels. */
#ifndef EN_SYNTH_SPELLING_H
#define EN_SYNTH_SPELLING_H

#include "base/rng.h"
#include "everyname/base.h"

typedef enum { STYLE_ENGLISH = 0, STYLE_FRENCH, STYLE_CYRILLIC, STYLE_ARABIC, N_STYLES } style;

enum { SOUNDS_MAX = 16, SPELLED_MAX = 96 };

typedef struct sounds {
    uint8_t n;
    uint8_t of[SOUNDS_MAX];
} sounds;

typedef struct spelled {
    char ptr[SPELLED_MAX]; /* terminated */
    size_t len;
} spelled;

/* What a name is made to sound like. */
typedef enum { NAME_MALE = 0, NAME_FEMALE, NAME_FAMILY, NAME_PLACE } name_kind;

/* A new name of `syllables` syllables and the ending of its kind; at most four syllables. */
void sounds_make(en_rng *rng, name_kind kind, int syllables, sounds *out);
/* The same name with another consonant near its end: names that relatives and strangers are confused by. */
void sounds_near(en_rng *rng, const sounds *from, sounds *out);
/* Consonants by classes that scripts and romanisations keep apart: two names with the same skeleton could be taken for
 * one another. */
void sounds_skeleton(const sounds *name, spelled *out);
void sounds_spell(const sounds *name, style how, spelled *out);

#endif
