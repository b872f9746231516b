/* Mistakes that real lists have, made on purpose. */
#ifndef EN_SYNTH_MISTAKES_H
#define EN_SYNTH_MISTAKES_H

#include "synth/spelling.h"

/* A slip of pen or reading: a letter replaced (often by one that looks or sounds like it), dropped, doubled, or two
 * swapped. The first letter mostly stays. The word always changes if it has two letters that differ. */
void mistake_typo(en_rng *rng, style how, spelled *word);
/* Another way of writing the same sounds in that script; a typo where none applies. */
void mistake_variant(en_rng *rng, style how, spelled *word);
/* "Karvan" to "K." */
void mistake_initial(spelled *word);
/* Year off by one or ten, day and month changed over, 1 January, another day. */
void mistake_birth(en_rng *rng, int *year, int *month, int *day);
/* Off by one to three, rounded to five, a digit misread. */
int mistake_age(en_rng *rng, int age);

#endif
