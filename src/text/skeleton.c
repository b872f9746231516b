/* Keys of one plain Latin word: the skeleton (classes of consonants that meet across scripts) and a phonetic key.
 *
 * Letters are read as sounds, sounds as classes. Short skeletons collide most, so they keep more classes apart and keep
 * the opening and the closing vowel; long ones can afford to merge all that scripts confuse. docs/methods/names.md.
 */
#include <string.h>

#include "text/fold.h"
#include "text/sounds.h"

typedef enum {
    ALWAYS = 0,
    FIRST,     /* at the start of the word */
    TO_FRONT,  /* before e, i, y */
    TO_VOWEL,  /* before a vowel */
    BACK_ENDS, /* after a, o, u and not before a vowel */
    TO_OTHER,  /* before a consonant */
    ENDS,      /* at the end */
    SLAVIC_IC, /* at the end, after i */
    AFTER_Y    /* after i or a consonant that takes a y: lj, bj */
} place;

typedef struct sound {
    const char *letters, *becomes; /* sounds: small letters as usual, S sh, C ch, c ts, j j, x kh */
    place where;
    bool spelling; /* a habit of Latin spelling, not asked where another script has given the sound */
} sound;

/* By first letter, in order of trial; what no rule takes has no sound. */
static const sound sounds_b[] = {{"b", "b", ALWAYS, false}, {0}};
static const sound sounds_c[] = {{"chr", "kr", ALWAYS, true},  {"chl", "kl", ALWAYS, true}, {"ck", "k", ALWAYS, true},
                                 {"cz", "C", ALWAYS, true},    {"cc", "C", TO_FRONT, true}, {"ch", "x", TO_OTHER, true},
                                 {"ch", "x", BACK_ENDS, true}, {"ch", "C", ALWAYS, false},  {"c", "s", TO_FRONT, true},
                                 {"c", "C", SLAVIC_IC, true},  {"c", "k", ALWAYS, false},   {0}};
static const sound sounds_d[] = {
    {"dzh", "j", ALWAYS, false}, {"dz", "z", ALWAYS, false},  {"dj", "j", ALWAYS, true}, {"dg", "j", TO_FRONT, true},
    {"dh", "d", ALWAYS, false},  {"dts", "c", ALWAYS, false}, {"d", "d", ALWAYS, false}, {0}};
static const sound sounds_f[] = {{"f", "f", ALWAYS, false}, {0}};
static const sound sounds_g[] = {
    {"ght", "t", ALWAYS, true}, {"ghn", "n", ALWAYS, true}, {"gn", "n", FIRST, true},  {"gli", "l", ALWAYS, true},
    {"gh", "g", ALWAYS, false}, {"ge", "j", ENDS, true},    {"g", "g", ALWAYS, false}, {0}};
static const sound sounds_h[] = {{"h", "h", FIRST, false}, {"h", "H", TO_VOWEL, false}, {0}};
static const sound sounds_j[] = {{"j", "j", FIRST, false}, {"j", "", TO_OTHER, true}, {"j", "", ENDS, true},
                                 {"j", "", AFTER_Y, true}, {"j", "j", ALWAYS, false}, {0}};
static const sound sounds_k[] = {{"kh", "x", FIRST, false}, {"kh", "X", ALWAYS, false}, {"k", "k", ALWAYS, false}, {0}};
static const sound sounds_l[] = {{"l", "l", ALWAYS, false}, {0}};
static const sound sounds_m[] = {
    {"mb", "b", ALWAYS, false}, {"mp", "p", ALWAYS, false}, {"m", "m", ALWAYS, false}, {0}};
static const sound sounds_n[] = {{"nts", "nc", ALWAYS, false}, {"ntz", "nc", ALWAYS, false}, {"nd", "d", ALWAYS, false},
                                 {"nt", "t", ALWAYS, false},   {"n", "n", ALWAYS, false},    {0}};
static const sound sounds_p[] = {{"ph", "f", ALWAYS, true}, {"p", "p", ALWAYS, false}, {0}};
static const sound sounds_q[] = {{"q", "k", ALWAYS, false}, {0}};
static const sound sounds_r[] = {{"r", "r", ALWAYS, false}, {0}};
static const sound sounds_s[] = {{"shch", "S", ALWAYS, false}, {"sch", "S", ALWAYS, true}, {"sh", "S", ALWAYS, false},
                                 {"sz", "S", ALWAYS, true},    {"s", "s", ALWAYS, false},  {0}};
static const sound sounds_t[] = {{"tsch", "C", ALWAYS, false}, {"tch", "C", ALWAYS, false},
                                 {"tth", "T", ALWAYS, false},  {"tts", "c", ALWAYS, false},
                                 {"ttz", "c", ALWAYS, false},  {"th", "T", ALWAYS, false},
                                 {"ts", "c", ALWAYS, false},   {"tz", "c", ALWAYS, false},
                                 {"t", "t", ALWAYS, false},    {0}};
static const sound sounds_v[] = {{"v", "v", ALWAYS, false}, {0}};
static const sound sounds_w[] = {
    {"w", "w", FIRST, false}, {"wsk", "vsk", ALWAYS, true}, {"w", "W", TO_VOWEL, false}, {0}};
static const sound sounds_x[] = {{"x", "s", FIRST, false}, {"x", "ks", ALWAYS, false}, {0}};
static const sound sounds_z[] = {{"zh", "j", ALWAYS, false}, {"z", "z", ALWAYS, false}, {0}};
static const sound *const sounds[26] = {NULL,     sounds_b, sounds_c, sounds_d, NULL,     sounds_f, sounds_g,
                                        sounds_h, NULL,     sounds_j, sounds_k, sounds_l, sounds_m, sounds_n,
                                        NULL,     sounds_p, sounds_q, sounds_r, sounds_s, sounds_t, NULL,
                                        sounds_v, sounds_w, sounds_x, NULL,     sounds_z};

/* The class of each sound, by the length of the skeleton: up to two consonants, three, more. '-' falls out. Sounds that
 * only the end of a word has: A, E, I, U closing vowels, Y after another vowel; a is the opening vowel, H and X are h
 * and kh within a word, W is w there, T is th. */
static const char heard_sounds[] = "bpfvwWdtTgjkhxXHzsScClmnraAEIYU";
static const char *const classes_by_length[] = {
    "bpvvvvdttggkkk--ssssslmnraa-iiu",
    "bbvvvvdttggkkk--ssssslmnr-----u",
    "bbbbbbdttkskkk--ssssslmnr------",
};

static char class_of(char heard, int length) {
    const char *at = strchr(heard_sounds, heard);
    char c = at && heard ? classes_by_length[length][at - heard_sounds] : 0;
    return c == '-' ? 0 : c;
}

static bool is_in(char c, const char *set) { return c && strchr(set, c); }

static char letter_at(en_str s, size_t i) { return i < s.len ? s.ptr[i] : 0; }

static bool holds(en_str s, size_t at, size_t len, place where) {
    char next = letter_at(s, at + len), before = at ? s.ptr[at - 1] : 0;
    switch (where) {
    case FIRST: return at == 0;
    case TO_FRONT: return is_in(next, "eiy");
    case TO_VOWEL: return is_in(next, "aeiouy");
    case BACK_ENDS: return is_in(before, "aou") && !is_in(next, "aeiouy");
    case TO_OTHER: return next && !is_in(next, "aeiouy");
    case ENDS: return !next;
    case SLAVIC_IC: return !next && before == 'i';
    case AFTER_Y: return is_in(before, "ilbfkvmprstz");
    default: return true;
    }
}

static const sound *sound_at(en_str s, size_t at, bool by_sound, size_t *len) {
    char c = s.ptr[at];
    *len = 1;
    if (c < 'a' || c > 'z') return NULL;
    for (const sound *rule = sounds[c - 'a']; rule && rule->letters; rule++) {
        size_t n = strlen(rule->letters);
        if ((by_sound && rule->spelling) || at + n > s.len || memcmp(s.ptr + at, rule->letters, n) != 0 ||
            !holds(s, at, n, rule->where))
            continue;
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
    if (c && !same && w->len + 1 < w->cap) w->buf[w->len++] = c;
}

/* Persian and Arabic put a vowel before s and a stop. */
static bool before_cluster(en_str s) {
    return letter_at(s, 1) == 's' && (is_in(letter_at(s, 2), "tpkc") && letter_at(s, 3));
}

/* The sound of a closing vowel; a final h is not heard. */
static char final_vowel(en_str s) {
    while (s.len > 1 && s.ptr[s.len - 1] == 'h') s.len--;
    if (s.len < 2) return 0;
    switch (s.ptr[s.len - 1]) {
    case 'a': return 'A';
    case 'e': return is_in(s.ptr[s.len - 2], "ie") ? 'I' : 'E';
    case 'i': return 'I';
    case 'y': return is_in(s.ptr[s.len - 2], "aou") ? 'Y' : 'I';
    case 'o':
    case 'u': return 'U';
    default: return 0;
    }
}

/* The article within Abdul-, Abdel-, Abdal- + name written as one word: its length at i, so that it meets Abd al-. */
static size_t inner_article(en_str s, size_t i) {
    bool servant = i == 3 && s.len >= 8 && memcmp(s.ptr, "abd", 3) == 0 && s.ptr[4] == 'l' && s.ptr[5] != 'l';
    return servant && is_in(s.ptr[3], "aeou") ? 2 : 0;
}

static void put_sounds(key_writer *w, en_str token, bool by_sound, int length) {
    for (size_t i = 0, len; i < token.len; i += len) {
        if ((len = inner_article(token, i)) > 0) continue;
        char c = token.ptr[i];
        const sound *rule = sound_at(token, i, by_sound, &len);
        if (rule)
            for (const char *p = rule->becomes; *p; p++) put(w, class_of(*p, length));
        else if (c >= '0' && c <= '9' && w->len + 1 < w->cap)
            w->buf[w->len++] = c;
        else if (i == 0 && is_in(c, "aeiouy") && !before_cluster(token))
            put(w, class_of('a', length));
    }
}

/* All sounds, vowels and doubles too. m and n before a stop, which the skeleton drops for Greek, are heard. */
size_t en_sound_letters(en_str token, bool by_sound, char *buf, size_t cap) {
    size_t n = 0;
    for (size_t i = 0, len; i < token.len && n < cap; i += len) {
        if ((len = inner_article(token, i)) > 0) continue;
        char c = token.ptr[i];
        const sound *rule = sound_at(token, i, by_sound, &len);
        bool nasal = rule && len == 2 && (c == 'm' || c == 'n');
        if (nasal) len = 1;
        if (nasal || is_in(c, "aeiouy"))
            buf[n++] = c;
        else if (rule)
            for (const char *p = rule->becomes; *p && n < cap; p++) buf[n++] = *p;
    }
    return n;
}

enum { SHORT, MIDDLE, LONG };

/* By the classes of the longest kind, which has no vowels, so that it is the same in all scripts. */
static int length_of(en_str token, bool by_sound) {
    char first[5];
    key_writer w = {first, 0, sizeof first};
    put_sounds(&w, token, by_sound, LONG);
    return w.len <= 2 ? SHORT : w.len == 3 ? MIDDLE : LONG;
}

size_t en_skeleton_write(en_str token, bool by_sound, char *buf, size_t cap) {
    key_writer w = {buf, 0, cap};
    if (!cap) return 0;
    int length = length_of(token, by_sound);
    put_sounds(&w, token, by_sound, length);
    put(&w, class_of(final_vowel(token), length));
    buf[w.len] = 0;
    return w.len;
}

size_t en_text_skeleton(en_str latin_token, char *buf, size_t cap) {
    return en_skeleton_write(latin_token, false, buf, cap);
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
        if (c == 'c' && next == 'h')
            put(&w, 'c');
        else if (c == 'p' && next == 'h')
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
