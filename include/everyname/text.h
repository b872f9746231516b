/* Text as linkage sees it: folding, scripts to plain Latin, parts of names, keys, similarity.
 *
 * In goes UTF-8 of any script; out come folded forms, Latin spellings and keys that meet across scripts, and
 * similarities between 0 and 1. An en_text holds transliterators, which are costly to open and not shared between
 * threads: one a thread.
 */
#ifndef EVERYNAME_TEXT_H
#define EVERYNAME_TEXT_H

#include "everyname/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Changes whenever a key of any name would: stored with whatever keeps keys. */
#define EN_TEXT_KEY_VERSION 1

typedef struct en_text en_text;
en_status en_text_open(en_text **out, en_error *err);
void en_text_close(en_text *text); /* accepts NULL */

/* Results below are terminated strings in the caller's arena. Invalid UTF-8 is EN_ERR_INPUT with the byte. */
en_status en_text_fold(en_text *text, en_str s, en_arena *arena, en_str *out,
                       en_error *err); /* NFKC, case folded, spaces single */
en_status en_text_latin(en_text *text, en_str s, en_arena *arena, en_str *out,
                        en_error *err); /* folded plain a-z, 0-9, spaces */

typedef enum {
    EN_SCRIPT_NONE = 0,
    EN_SCRIPT_LATIN,
    EN_SCRIPT_ARABIC,
    EN_SCRIPT_HEBREW,
    EN_SCRIPT_CYRILLIC,
    EN_SCRIPT_GREEK,
    EN_SCRIPT_ARMENIAN,
    EN_SCRIPT_GEORGIAN,
    EN_SCRIPT_OTHER
} en_script;
en_script en_text_script(en_str s);           /* the script of most letters */
const char *en_script_name(en_script script); /* "latin", "arabic", … */

typedef enum {
    EN_PART_GIVEN = 0,
    EN_PART_FATHER /* patronymic, nasab: ibn, bin, -ovich, oglu */,
    EN_PART_FAMILY,
    EN_PART_KUNYA /* Abu X, Umm X */,
    EN_PART_TITLE /* Dr, Sheikh, Haji */,
    EN_PART_INITIAL,
    EN_PART_OTHER
} en_part_kind;
const char *en_part_kind_name(en_part_kind kind);

/* A name as sounds, to be compared with en_sounds_alike. */
typedef struct en_sounds {
    const uint8_t *of; /* lent by an arena */
    uint8_t len;
    uint8_t consonants;    /* at most 16 of them are grouped */
    bool vowels_unwritten; /* in a script that leaves short vowels out */
    int16_t worth;         /* score against itself */
    uint8_t order[16];     /* group of each consonant */
    uint16_t at[8];        /* where each group stands, a bit a consonant */
    uint64_t bag;          /* how often each group is met, a bit each time */
} en_sounds;

typedef struct en_name_part {
    en_part_kind kind;
    en_str text;  /* as written */
    en_str latin; /* plain Latin, particles joined or dropped ("al-", "de") */
    en_str key;   /* consonant skeleton that meets across scripts */
    en_sounds sounds;
} en_name_part;

typedef struct en_name {
    en_script script;
    en_str latin; /* the whole, plain Latin */
    en_str key;   /* the one to compare across scripts: keys of the parts, sorted, joined by a space */
    size_t n_parts;
    en_name_part *parts;
    size_t n_keys;
    en_str *keys;     /* every blocking key: each part's skeleton, phonetic variants */
    en_sounds sounds; /* of all parts but titles, in the order written */
} en_name;

/* Parses one name; all of *out lives in the arena. A comma puts the family name first ("Family, Given"). A single-part
 * name is given. Never fails on odd names, only on bad UTF-8, EN_LIMIT_NAME_BYTES, memory. */
en_status en_name_parse(en_text *text, en_str name, en_arena *arena, en_name *out, en_error *err);
/* The skeleton of one already-Latin token into buf, terminated and cut to cap; returns its length. It reads Latin
 * spelling, where c and x have sounds of their own; en_name_parse reads other scripts by their sounds: use part.key. */
size_t en_text_skeleton(en_str latin_token, char *buf, size_t cap);
/* The sounds of plain Latin, its words run together. en_name_parse reads other scripts by their sounds. */
en_status en_sounds_of(en_str latin, en_arena *arena, en_sounds *out, en_error *err);
/* Whether two names are likely to be one name in different spelling or script, by a weighted alignment of their sounds:
 * of the same name in two scripts nine in ten are alike, of two names less than one in two thousand. Symmetric. */
bool en_sounds_alike(const en_sounds *a, const en_sounds *b);
/* True only where they are not alike, by worth, consonants and bag alone. */
bool en_sounds_unlike(int worth_a, int consonants_a, uint64_t bag_a, int worth_b, int consonants_b, uint64_t bag_b);
/* A phonetic key (sound classes, vowels dropped but the first) of one Latin token into buf; returns its length. */
size_t en_text_phonetic(en_str latin_token, char *buf, size_t cap);

/* Similarities of byte strings (plain Latin: bytes are letters); 1 equal, 0 nothing alike. Two empty strings give 1. */
double en_jaro(en_str a, en_str b);
double en_jaro_winkler(en_str a, en_str b); /* prefix weight 0.1, up to 4 letters (Winkler 1990) */
/* Edit distances. Bit-parallel (Myers 1999; Hyyrö 2003) in blocks of 64. */
int en_levenshtein(en_str a, en_str b);
int en_damerau(en_str a, en_str b); /* optimal string alignment: adjacent letters swapped cost 1 */

/* One word that is compared with many; only its first 64 bytes count. */
typedef struct en_word {
    uint64_t at[256]; /* where each byte stands */
    int len;
    uint32_t letters; /* en_letters_of */
} en_word;
void en_word_set(en_word *word, en_str s);
/* As en_damerau where that is at most `most`; else any number above it. */
int en_word_distance(const en_word *word, en_str text, int most);
/* Which letters a string has, a bit each of 32: two strings at distance d differ by at most 2d of them, d each way. */
uint32_t en_letters_of(en_str s);

#ifdef __cplusplus
}
#endif
#endif
