/* Keys of one plain Latin word: the skeleton (classes of consonants that meet across scripts) and a phonetic key.
 *
 * A letter or run of letters becomes the class of its usual sound: b (b p f v), d (d t th), k (k g q kh, h where it is
 * heard), s (s z sh ts ch j), l, m, n, r, w. Vowels fall out, doubles fall together; an opening vowel stays as "a".
 */
#include <string.h>

#include "everyname/text.h"

typedef enum {
    ALWAYS = 0,
    FIRST,      /* at the start of the word */
    LAST,       /* at its end */
    TO_FRONT,   /* before e, i, y */
    TO_VOWEL,   /* before a vowel */
    TO_OTHER,   /* before a consonant */
    BACK_ENDS,  /* after a, o, u and not before a vowel */
    AFTER_FIRST /* not at the start */
} place;

typedef struct sound {
    const char *letters, *becomes;
    place where;
} sound;

/* By first letter, in order of trial; what no rule takes has no sound. */
static const sound sounds_b[] = {{"b", "b", ALWAYS}, {0}};
static const sound sounds_c[] = {
    {"chr", "kr", ALWAYS},  {"chl", "kl", ALWAYS}, {"ck", "k", ALWAYS},  {"cz", "s", ALWAYS}, {"cc", "s", TO_FRONT},
    {"ch", "k", BACK_ENDS}, {"ch", "s", ALWAYS},   {"c", "s", TO_FRONT}, {"c", "k", ALWAYS},  {0}};
static const sound sounds_d[] = {{"dzh", "s", ALWAYS},  {"dz", "s", ALWAYS}, {"dj", "s", ALWAYS},
                                 {"dg", "s", TO_FRONT}, {"d", "d", ALWAYS},  {0}};
static const sound sounds_f[] = {{"f", "b", ALWAYS}, {0}};
static const sound sounds_g[] = {{"gn", "n", FIRST},   {"gh", "k", TO_VOWEL}, {"gh", "k", FIRST},
                                 {"g", "s", TO_FRONT}, {"g", "k", ALWAYS},    {0}};
static const sound sounds_h[] = {{"h", "k", FIRST}, {0}};
static const sound sounds_j[] = {{"j", "s", ALWAYS}, {0}};
static const sound sounds_k[] = {{"kh", "k", ALWAYS}, {"k", "k", ALWAYS}, {0}};
static const sound sounds_l[] = {{"l", "l", ALWAYS}, {0}};
static const sound sounds_m[] = {{"m", "m", ALWAYS}, {0}};
static const sound sounds_n[] = {{"n", "n", ALWAYS}, {0}};
static const sound sounds_p[] = {{"ph", "b", ALWAYS}, {"p", "b", ALWAYS}, {0}};
static const sound sounds_q[] = {{"q", "k", ALWAYS}, {0}};
static const sound sounds_r[] = {{"r", "r", ALWAYS}, {0}};
static const sound sounds_s[] = {{"shch", "s", ALWAYS}, {"sch", "s", ALWAYS}, {"s", "s", ALWAYS}, {0}};
static const sound sounds_t[] = {{"tsch", "s", ALWAYS}, {"tch", "s", ALWAYS}, {"ts", "s", ALWAYS},
                                 {"tz", "s", ALWAYS},   {"t", "d", ALWAYS},   {0}};
static const sound sounds_v[] = {{"v", "b", ALWAYS}, {0}};
static const sound sounds_w[] = {{"w", "b", TO_VOWEL}, {0}};
static const sound sounds_x[] = {{"x", "s", FIRST}, {"x", "ks", ALWAYS}, {0}};
static const sound sounds_z[] = {{"z", "s", ALWAYS}, {0}};
static const sound *const sounds[26] = {NULL,     sounds_b, sounds_c, sounds_d, NULL,     sounds_f, sounds_g,
                                        sounds_h, NULL,     sounds_j, sounds_k, sounds_l, sounds_m, sounds_n,
                                        NULL,     sounds_p, sounds_q, sounds_r, sounds_s, sounds_t, NULL,
                                        sounds_v, sounds_w, sounds_x, NULL,     sounds_z};

static bool is_in(char c, const char *set) { return c && strchr(set, c); }

static char letter_at(en_str s, size_t i) { return i < s.len ? s.ptr[i] : 0; }

static bool holds(en_str s, size_t at, size_t len, place where) {
    char next = letter_at(s, at + len), before = at ? s.ptr[at - 1] : 0;
    switch (where) {
    case FIRST: return at == 0;
    case LAST: return !next;
    case TO_FRONT: return is_in(next, "eiy");
    case TO_VOWEL: return is_in(next, "aeiouy");
    case TO_OTHER: return next && !is_in(next, "aeiouy");
    case BACK_ENDS: return is_in(before, "aou") && !is_in(next, "aeiouy");
    case AFTER_FIRST: return at > 0;
    default: return true;
    }
}

static const sound *sound_at(en_str s, size_t at, size_t *len) {
    char c = s.ptr[at];
    *len = 1;
    if (c < 'a' || c > 'z') return NULL;
    for (const sound *rule = sounds[c - 'a']; rule && rule->letters; rule++) {
        size_t n = strlen(rule->letters);
        if (at + n > s.len || memcmp(s.ptr + at, rule->letters, n) != 0 || !holds(s, at, n, rule->where)) continue;
        *len = n;
        return rule;
    }
    return NULL;
}

typedef struct key_writer {
    char *buf;
    size_t len, cap;
} key_writer;

static void put(key_writer *w, char c) {
    bool same = w->len && w->buf[w->len - 1] == c;
    if (!same && w->len + 1 < w->cap) w->buf[w->len++] = c;
}

size_t en_text_skeleton(en_str latin_token, char *buf, size_t cap) {
    key_writer w = {buf, 0, cap};
    if (!cap) return 0;
    for (size_t i = 0, len; i < latin_token.len; i += len) {
        char c = latin_token.ptr[i];
        const sound *rule = sound_at(latin_token, i, &len);
        if (rule)
            for (const char *p = rule->becomes; *p; p++) put(&w, *p);
        else if (c >= '0' && c <= '9' && w.len + 1 < w.cap)
            w.buf[w.len++] = c;
        else if (i == 0 && is_in(c, "aeiouy"))
            put(&w, 'a');
    }
    buf[w.len] = 0;
    return w.len;
}

/* One class fewer merged than the skeleton: voiced and unvoiced stay apart, and the first vowel is kept by class. */
size_t en_text_phonetic(en_str latin_token, char *buf, size_t cap) {
    static const char *const class_of = "abkdefghijklmnopqrstufwksz"; /* a letter's class, in order of the alphabet */
    key_writer w = {buf, 0, cap};
    bool vowel_seen = false;
    if (!cap) return 0;
    for (size_t i = 0; i < latin_token.len; i++) {
        char c = latin_token.ptr[i], next = letter_at(latin_token, i + 1);
        if (c >= '0' && c <= '9' && w.len + 1 < w.cap) w.buf[w.len++] = c;
        if (c < 'a' || c > 'z') continue;
        if (is_in(c, "aeiouyw")) {
            if (!vowel_seen) put(&w, is_in(c, "eiy") ? 'i' : is_in(c, "ouw") ? 'u' : 'a');
            vowel_seen = true;
            continue;
        }
        if (c == 'h' && i > 0) continue;
        if (c == 'p' && next == 'h')
            put(&w, 'f');
        else if (c == 'c' && is_in(next, "eiy"))
            put(&w, 's');
        else if (c == 'q')
            put(&w, 'k');
        else
            put(&w, class_of[c - 'a']);
    }
    buf[w.len] = 0;
    return w.len;
}
