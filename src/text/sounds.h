/* Making the sounds of names: what the files of text share. */
#ifndef EN_TEXT_SOUNDS_H
#define EN_TEXT_SOUNDS_H

#include "everyname/text.h"

enum { EN_SOUNDS_MOST = 60 };

/* The sounds of a token in plain Latin as letters (small as usual, S sh, C ch, c ts, x kh, T th) into buf, cut to cap;
 * returns how many. by_sound as for the skeleton: where another script gave the letters. */
size_t en_sound_letters(en_str token, bool by_sound, char *buf, size_t cap);

/* Sounds of letters as above, in the arena. */
en_status en_sounds_make(en_str letters, bool vowels_unwritten, en_arena *arena, en_sounds *out, en_error *err);

/* Sounds of all parts but titles, run together. */
en_status en_sounds_join(const en_name_part *parts, size_t n, en_arena *arena, en_sounds *out, en_error *err);

/* Whether a script leaves short vowels out. */
static inline bool en_script_leaves_vowels_out(en_script script) {
    return script == EN_SCRIPT_ARABIC || script == EN_SCRIPT_HEBREW;
}

#endif
