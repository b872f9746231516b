/* What each letter of a script is in plain Latin. Data for latin.c: single letters by block, and runs of letters that
 * are read together (Greek μπ, Hebrew ג׳), longest first. */
#ifndef EN_TEXT_SCRIPTS_H
#define EN_TEXT_SCRIPTS_H

#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

/* Where in a word a run of letters has this reading. */
typedef enum { ANYWHERE, AT_START, AT_END, BEFORE_VOWEL, BESIDE_VOWEL } letter_place;

typedef struct letter_run {
    const char32_t *from;
    const char *to;
    letter_place place;
} letter_run;

typedef struct letter_block {
    char32_t first, last;
    const char *const *latin; /* by letter - first; NULL: not of this table */
    const letter_run *runs;   /* tried before single letters, ends with a NULL `from`; may be NULL */
    const char32_t *vowels;   /* letters that count as vowels for `place`; NULL where no rule asks */
} letter_block;

/* The block of a folded letter; NULL when there is none. */
const letter_block *en_letter_block(char32_t letter);
/* Readings that hold where the name shows itself Persian (پ چ ژ گ ی ک) or Azerbaijani (ə). */
const char *en_letter_persian(char32_t letter);
const char *en_letter_azerbaijani(char32_t letter);
const char *en_letter_marked_sound(char32_t letter);
const letter_run *en_persian_runs(void);

#endif
