/* Shared by the files of text: the handle, and one word to plain Latin. */
#ifndef EN_TEXT_FOLD_H
#define EN_TEXT_FOLD_H

#include <uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

#include "base/buf.h"
#include "everyname/limits.h"
#include "everyname/text.h"

struct en_text {
    const UNormalizer2 *nfkc_casefold, *nfkd; /* ICU's own, shared */
    UTransliterator *any_latin;               /* for scripts without a table of ours; opened when first met */
    en_buf bytes;                             /* of the string just made */
    bool for_keys;                            /* marks on Latin letters tell their sound: č is ch */
    char32_t *letters;                        /* of the string just read */
    size_t n_letters, letters_cap;
};

/* Appends the plain Latin of s to text->bytes, without the spaces at its ends. */
en_status en_latin_append(en_text *text, en_str s, en_error *err);

/* The skeleton of a token in plain Latin; by_sound where another script gave its letters, so that no habit of Latin
 * spelling (c or g before e, final -ach) applies. */
size_t en_skeleton_write(en_str token, bool by_sound, char *buf, size_t cap);

#endif
