/* Edits of words by code points, and of numbers. */
#include "synth/mistakes.h"

#include <string.h>

enum { LETTERS_MAX = 80, FIRST_DECADE = 1910, LAST_DECADE = 1983 };

typedef struct letters {
    int n;
    uint32_t of[LETTERS_MAX];
} letters;

/* Our own spellings are valid UTF-8 of at most two bytes a letter, and mistakes keep them so. */
static void read_letters(const spelled *word, letters *out) {
    out->n = 0;
    for (size_t i = 0; i < word->len && out->n < LETTERS_MAX - 1; out->n++) {
        unsigned char c = (unsigned char)word->ptr[i];
        bool two = c >= 0xC0;
        out->of[out->n] = two ? (c & 0x1Fu) << 6 | ((unsigned char)word->ptr[i + 1] & 0x3Fu) : c;
        i += two ? 2 : 1;
    }
}

static void write_letters(const letters *from, spelled *out) {
    out->len = 0;
    for (int i = 0; i < from->n && out->len + 3 < SPELLED_MAX; i++) {
        uint32_t c = from->of[i];
        if (c >= 0x80) out->ptr[out->len++] = (char)(0xC0 | c >> 6);
        out->ptr[out->len++] = (char)(c >= 0x80 ? 0x80 | (c & 0x3F) : c);
    }
    out->ptr[out->len] = 0;
}

/* Letters that are taken for one another, by script; a NULL ends each row. */
static const char *const confused[N_STYLES][16] = {
    {"mn", "bdp", "vwf", "ckq", "szc", "eai", "ou", "il", "rt", "gjy", "hn", NULL},
    {"mn", "bdp", "vwf", "ckq", "szc", "eai", "ou", "il", "rt", "gjy", "hn", NULL},
    {"шщ", "ие", "оа", "тд", "бп", "гх", "лд", "нп", "вб", "сз", "км", "ую", "рп", NULL},
    {"بتثني", "جحخ", "دذ", "رز", "سش", "عغ", "فق", "كل", "وا", "هة", NULL},
};

static uint32_t other_letter(en_rng *rng, const char *group, uint32_t letter) {
    spelled word = {.len = strlen(group)};
    letters all;
    memcpy(word.ptr, group, word.len + 1);
    read_letters(&word, &all);
    for (int i = 0; i < all.n; i++) {
        if (all.of[i] != letter) continue;
        int k = (int)en_rng_below(rng, (uint64_t)all.n - 1);
        return all.of[k + (k >= i)];
    }
    return 0;
}

static uint32_t confuse(en_rng *rng, style how, uint32_t letter) {
    static const char *const any[N_STYLES] = {"aeioutrnslkm", "aeioutrnslkm", "аеиоутрнслкм", "اويرنلمبت"};
    for (int i = 0; confused[how][i]; i++) {
        uint32_t other = other_letter(rng, confused[how][i], letter);
        if (other) return other;
    }
    spelled word = {.len = strlen(any[how])};
    letters all;
    memcpy(word.ptr, any[how], word.len + 1);
    read_letters(&word, &all);
    if (!all.n) return letter;
    int k = (int)en_rng_below(rng, (uint64_t)all.n);
    return all.of[k] == letter ? all.of[(k + 1) % all.n] : all.of[k];
}

static void drop(letters *w, int at) {
    memmove(&w->of[at], &w->of[at + 1], (size_t)(w->n - at - 1) * sizeof *w->of);
    w->n--;
}

static void insert(letters *w, int at, uint32_t letter) {
    if (w->n >= LETTERS_MAX - 1) return;
    memmove(&w->of[at + 1], &w->of[at], (size_t)(w->n - at) * sizeof *w->of);
    w->of[at] = letter;
    w->n++;
}

void mistake_typo(en_rng *rng, style how, spelled *word) {
    letters w;
    read_letters(word, &w);
    if (w.n < 2) return;
    int at = 1 + (int)en_rng_below(rng, (uint64_t)w.n - 1), kind = (int)en_rng_below(rng, 100);
    if (en_rng_below(rng, 20) == 0) at = 0;
    if (kind < 25 && at > 0 && at < w.n - 1 && w.of[at] != w.of[at + 1]) {
        uint32_t first = w.of[at];
        w.of[at] = w.of[at + 1];
        w.of[at + 1] = first;
    } else if (kind < 50 && at > 0 && w.n > 3)
        drop(&w, at);
    else if (kind < 62 && at > 0)
        insert(&w, at, w.of[at]);
    else
        w.of[at] = confuse(rng, how, w.of[at]);
    write_letters(&w, word);
}

typedef struct rewrite {
    const char *from, *to;
} rewrite;

static const rewrite latin[] = {{"kh", "h"},  {"gh", "g"}, {"dj", "j"}, {"j", "dj"}, {"ee", "i"},
                                {"ou", "oo"}, {"u", "oo"}, {"i", "y"},  {"v", "w"},  {"w", "v"},
                                {"q", "k"},   {"a", "e"},  {"e", "i"},  {"o", "u"},  {"n", "nn"},
                                {"l", "ll"},  {"m", "mm"}, {"s", "ss"}, {"k", "c"}};
static const rewrite cyrillic[] = {{"дж", "ж"}, {"е", "э"},  {"и", "ы"}, {"о", "а"},  {"х", "г"},
                                   {"н", "нн"}, {"с", "сс"}, {"у", "ю"}, {"л", "лл"}, {"а", "я"}};
static const rewrite arabic[] = {{"ة", "ه"}, {"ا", ""},  {"و", ""},  {"ي", ""},  {"ق", "ك"},
                                 {"ك", "ق"}, {"غ", "ج"}, {"ه", "ح"}, {"ت", "ط"}, {"س", "ص"}};

static bool apply(const rewrite *r, spelled *word) {
    /* Past the first letter, which carries the capital. */
    size_t skip = (unsigned char)word->ptr[0] >= 0xC0 ? 2 : 1, from = strlen(r->from), to = strlen(r->to);
    char *found = word->len > skip ? strstr(word->ptr + skip, r->from) : NULL;
    if (!found || word->len - from + to >= SPELLED_MAX || word->len < from + 4) return false;
    memmove(found + to, found + from, word->len - (size_t)(found - word->ptr) - from + 1);
    memcpy(found, r->to, to);
    word->len = word->len - from + to;
    return true;
}

void mistake_variant(en_rng *rng, style how, spelled *word) {
    const rewrite *rules = how == STYLE_ARABIC ? arabic : how == STYLE_CYRILLIC ? cyrillic : latin;
    size_t n = how == STYLE_ARABIC     ? sizeof arabic / sizeof *arabic
               : how == STYLE_CYRILLIC ? sizeof cyrillic / sizeof *cyrillic
                                       : sizeof latin / sizeof *latin;
    size_t start = (size_t)en_rng_below(rng, n);
    for (size_t i = 0; i < n; i++)
        if (apply(&rules[(start + i) % n], word)) return;
    mistake_typo(rng, how, word);
}

void mistake_initial(spelled *word) {
    size_t len = (unsigned char)word->ptr[0] >= 0xC0 ? 2 : 1;
    if (word->len <= len) return;
    word->ptr[len] = '.';
    word->ptr[len + 1] = 0;
    word->len = len + 1;
}

void mistake_birth(en_rng *rng, int *year, int *month, int *day) {
    int kind = (int)en_rng_below(rng, 100), old_month = *month, sign = en_rng_below(rng, 2) ? 1 : -1;
    if (kind < 30)
        *year += sign;
    else if (kind < 38 && *year > FIRST_DECADE && *year < LAST_DECADE)
        *year += 10 * sign;
    else if (kind < 60 && *day <= 12 && *day != *month)
        *month = *day, *day = old_month;
    else if (kind < 82 && (*month != 1 || *day != 1))
        *month = *day = 1;
    else
        *day = *day > 14 ? *day - 1 - (int)en_rng_below(rng, 9) : *day + 1 + (int)en_rng_below(rng, 9);
}

int mistake_age(en_rng *rng, int age) {
    int kind = (int)en_rng_below(rng, 100), off = 1 + (int)en_rng_below(rng, 3);
    if (kind < 30 && age > 12 && age % 5) return (age + 2) / 5 * 5;
    if (kind < 38 && age > 20 && age < 80) return age + 10;
    return kind % 2 && age >= off ? age - off : age + off;
}
