/* Sounds, syllables and their spellings. */
#include "synth/spelling.h"

#include <string.h>

/* `class` is what the sound falls into where scripts merge sounds ("" for vowels). */
typedef struct sound {
    const char *spelling[N_STYLES];
    const char *class;
    int onset, coda; /* how often it begins and ends a syllable */
} sound;

enum { FIRST_VOWEL = 19, N_SOUNDS = 27 };
enum { A = FIRST_VOWEL, LONG_A, I, LONG_I, U, O, E, FINAL_A };

static const sound inventory[N_SOUNDS] = {
    {{"b", "b", "б", "ب"}, "b", 9, 3},   {{"t", "t", "т", "ت"}, "t", 9, 3},     {{"d", "d", "д", "د"}, "d", 8, 4},
    {{"k", "k", "к", "ك"}, "k", 8, 3},   {{"q", "k", "к", "ق"}, "k", 2, 1},     {{"gh", "gh", "г", "غ"}, "g", 4, 1},
    {{"j", "dj", "дж", "ج"}, "j", 4, 1}, {{"z", "z", "з", "ز"}, "z", 7, 3},     {{"s", "s", "с", "س"}, "s", 7, 3},
    {{"sh", "sh", "ш", "ش"}, "S", 6, 3}, {{"ch", "tch", "ч", "تش"}, "j", 1, 0}, {{"kh", "kh", "х", "خ"}, "h", 4, 1},
    {{"h", "h", "х", "ه"}, "h", 3, 0},   {{"f", "f", "ф", "ف"}, "f", 5, 1},     {{"v", "w", "в", "ف"}, "f", 2, 0},
    {{"r", "r", "р", "ر"}, "r", 9, 9},   {{"l", "l", "л", "ل"}, "l", 8, 7},     {{"m", "m", "м", "م"}, "m", 9, 6},
    {{"n", "n", "н", "ن"}, "n", 8, 10},  {{"a", "a", "а", ""}, "", 0, 0},       {{"a", "a", "а", "ا"}, "", 0, 0},
    {{"i", "i", "и", ""}, "", 0, 0},     {{"i", "ee", "и", "ي"}, "", 0, 0},     {{"u", "ou", "у", "و"}, "", 0, 0},
    {{"o", "o", "о", "و"}, "", 0, 0},    {{"e", "e", "е", ""}, "", 0, 0},       {{"a", "ah", "а", "ة"}, "", 0, 0},
};

static const int vowel_weight[] = {8, 5, 3, 4, 4, 4, 5};

static int draw(en_rng *rng, const int *weights, int n, size_t stride) {
    int total = 0;
    const char *at = (const char *)weights;
    for (int i = 0; i < n; i++) total += *(const int *)(const void *)(at + (size_t)i * stride);
    int left = (int)en_rng_below(rng, (uint64_t)total);
    for (int i = 0; i < n; i++) {
        left -= *(const int *)(const void *)(at + (size_t)i * stride);
        if (left < 0) return i;
    }
    return n - 1;
}

static void add(sounds *name, int next) {
    if (name->n < SOUNDS_MAX) name->of[name->n++] = (uint8_t)next;
}

static int draw_vowel(en_rng *rng) { return FIRST_VOWEL + draw(rng, vowel_weight, 7, sizeof(int)); }
static int draw_coda(en_rng *rng) { return draw(rng, &inventory[0].coda, FIRST_VOWEL, sizeof(sound)); }

static void add_syllable(en_rng *rng, sounds *name, bool closed) {
    int onset = draw(rng, &inventory[0].onset, FIRST_VOWEL, sizeof(sound));
    if (name->n && name->of[name->n - 1] == onset) onset = (onset + 1) % FIRST_VOWEL;
    add(name, onset);
    add(name, draw_vowel(rng));
    if (closed) add(name, draw_coda(rng));
}

static void add_ending(en_rng *rng, name_kind kind, sounds *name) {
    static const int8_t family[][3] = {{LONG_A, 18, -1}, {LONG_I, -1, -1}, {O, 15, -1},     {U, 16, -1},
                                       {E, 16, -1},      {I, 17, -1},      {LONG_A, 2, -1}, {A, 18, LONG_I}};
    static const int8_t place[][3] = {{A, 15, -1}, {LONG_A, -1, -1}, {E, 16, -1}, {U, 18, -1}, {O, 15, -1}};
    if (kind == NAME_FEMALE) {
        if (en_rng_below(rng, 3))
            add(name, FINAL_A);
        else
            add(name, draw_vowel(rng)), add(name, draw_coda(rng));
    } else if (kind == NAME_MALE) {
        add(name, draw_vowel(rng));
        add(name, draw_coda(rng));
    } else {
        const int8_t *ending = kind == NAME_FAMILY ? family[en_rng_below(rng, 8)] : place[en_rng_below(rng, 5)];
        for (int i = 0; i < 3 && ending[i] >= 0; i++) add(name, ending[i]);
    }
}

void sounds_make(en_rng *rng, name_kind kind, int syllables, sounds *out) {
    out->n = 0;
    if (syllables > 4) syllables = 4;
    for (int i = 1; i < syllables; i++) add_syllable(rng, out, en_rng_below(rng, 10) < 3);
    /* The last syllable is an onset and the ending of its kind. */
    add(out, draw(rng, &inventory[0].onset, FIRST_VOWEL, sizeof(sound)));
    add_ending(rng, kind, out);
}

void sounds_near(en_rng *rng, const sounds *from, sounds *out) {
    *out = *from;
    for (int i = out->n - 1; i > 0; i--) {
        if (out->of[i] >= FIRST_VOWEL) continue;
        out->of[i] = (uint8_t)draw_coda(rng);
        return;
    }
}

static void append(spelled *out, const char *text) {
    size_t len = strlen(text);
    if (out->len + len >= SPELLED_MAX) return;
    memcpy(out->ptr + out->len, text, len + 1);
    out->len += len;
}

void sounds_skeleton(const sounds *name, spelled *out) {
    *out = (spelled){.len = 0};
    for (int i = 0; i < name->n; i++) append(out, inventory[name->of[i]].class);
}

/* The first letter: ASCII, or Cyrillic а..п (D0 B0..BF) and р..я (D1 80..8F). */
static void capitalise(spelled *word) {
    unsigned char *p = (unsigned char *)word->ptr;
    if (p[0] >= 'a' && p[0] <= 'z')
        p[0] = (unsigned char)(p[0] - 32);
    else if (p[0] == 0xD0 && p[1] >= 0xB0)
        p[1] = (unsigned char)(p[1] - 32);
    else if (p[0] == 0xD1 && p[1] < 0x90)
        p[0] = 0xD0, p[1] = (unsigned char)(p[1] + 32);
}

void sounds_spell(const sounds *name, style how, spelled *out) {
    *out = (spelled){.len = 0};
    for (int i = 0; i < name->n; i++) append(out, inventory[name->of[i]].spelling[how]);
    capitalise(out);
}
