/* How alike two values are: one of a few levels for each kind of value, the best first. The common mistakes of lists
 * have levels of their own, so that the model can learn what each is worth. Level 0, missing, is decided by the caller.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/text.h"
#include "link/linkage.h"

static const char *const name_levels[] = {"equal",           "same consonants", "one letter off", "very similar",
                                          "initial or part", "similar",         "different"};
static const char *const date_levels[] = {
    "equal",           "one includes the other", "one digit off", "day and month swapped",
    "two parts equal", "same year or one off",   "near in years", "different"};
static const char *const number_levels[] = {"equal", "one off", "near", "different"};
static const char *const id_levels[] = {"equal", "one character off", "two characters off", "different"};
static const char *const text_levels[] = {"equal", "nearly equal", "similar", "some words in common", "different"};
static const char *const exact_levels[] = {"equal", "one character off", "same beginning", "different"};
static const char *const sex_levels[] = {"equal", "different"};

void link_levels_describe(link_field *field) {
    static const struct {
        const char *const *names;
        int n;
    } levels[] = {[KIND_NAME] = {name_levels, 7}, [KIND_DATE] = {date_levels, 8}, [KIND_NUMBER] = {number_levels, 4},
                  [KIND_ID] = {id_levels, 4},     [KIND_TEXT] = {text_levels, 5}, [KIND_EXACT] = {exact_levels, 4},
                  [KIND_SEX] = {sex_levels, 2}};
    field->level_names = levels[field->kind].names;
    field->n_levels = levels[field->kind].n;
}

/* ---- bounds ---- */

/* Two bits a letter (met once, met twice), so that a bitwise and counts an upper bound of the letters two values share.
 */
void link_value_letters(link_value *value) {
    value->letters = 0;
    value->extra = 0;
    for (size_t i = 0; i < value->latin.len; i++) {
        unsigned char c = (unsigned char)value->latin.ptr[i];
        unsigned slot = c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? 26 + (c - '0') % 5 : 31;
        uint64_t once = 1ull << (2 * slot), twice = 2ull << (2 * slot);
        if (!(value->letters & once))
            value->letters |= once;
        else if (!(value->letters & twice))
            value->letters |= twice;
        else if (value->extra < 255)
            value->extra++;
    }
}

/* At most this Jaro similarity: (m/|a| + m/|b| + 1) / 3 for m letters in common. */
static double jaro_bound(const link_value *a, const link_value *b) {
    int extra = a->extra < b->extra ? a->extra : b->extra;
    double common = __builtin_popcountll(a->letters & b->letters) + extra;
    double la = (double)a->latin.len, lb = (double)b->latin.len;
    double shorter = la < lb ? la : lb;
    if (common > shorter) common = shorter;
    return (common / la + common / lb + 1) / 3;
}

/* ---- names ---- */

static bool next_token(en_str *rest, en_str *token) {
    while (rest->len && *rest->ptr == ' ') rest->ptr++, rest->len--;
    if (!rest->len) return false;
    const char *space = memchr(rest->ptr, ' ', rest->len);
    *token = (en_str){rest->ptr, space ? (size_t)(space - rest->ptr) : rest->len};
    rest->ptr += token->len;
    rest->len -= token->len;
    return true;
}

static bool has_token(en_str s, en_str wanted) {
    en_str token;
    while (next_token(&s, &token))
        if (en_str_eq(token, wanted)) return true;
    return false;
}

static bool all_tokens_in(en_str few, en_str many) {
    en_str token;
    while (next_token(&few, &token))
        if (!has_token(many, token)) return false;
    return true;
}

static bool is_part(const link_value *a, const link_value *b) {
    if (a->initial || b->initial) return a->latin.ptr[0] == b->latin.ptr[0];
    if (a->tokens == b->tokens) return false;
    return a->tokens < b->tokens ? all_tokens_in(a->latin, b->latin) : all_tokens_in(b->latin, a->latin);
}

static int name_level(const link_value *a, const link_value *b) {
    enum { EQUAL = 1, KEY, ONE_OFF, VERY, PART, SIMILAR, DIFFERENT };
    if (en_str_eq(a->latin, b->latin)) return EQUAL;
    if (a->key.len > 2 && en_str_eq(a->key, b->key)) return KEY;
    if (a->initial || b->initial) return is_part(a, b) ? PART : DIFFERENT;
    bool part = a->tokens != b->tokens && is_part(a, b);
    double bound = jaro_bound(a, b);
    if (bound + 0.4 * (1 - bound) < 0.78) return part ? PART : DIFFERENT;
    double jw = en_jaro_winkler(a->latin, b->latin);
    if (jw >= 0.78 && a->latin.len >= 3 && b->latin.len >= 3 && en_damerau(a->latin, b->latin) <= 1) return ONE_OFF;
    if (jw >= 0.90) return VERY;
    if (part) return PART;
    return jw >= 0.80 ? SIMILAR : DIFFERENT;
}

/* ---- dates ---- */

static int digit_differences(int a, int b) {
    int n = 0;
    for (; a || b; a /= 10, b /= 10) n += a % 10 != b % 10;
    return n;
}

static bool digits_swapped(int a, int b) {
    int x[4], y[4];
    for (int i = 0; i < 4; i++, a /= 10, b /= 10) x[i] = a % 10, y[i] = b % 10;
    for (int i = 0; i < 3; i++) {
        if (x[i] == y[i]) continue;
        if (x[i] != y[i + 1] || x[i + 1] != y[i]) return false;
        for (int k = i + 2; k < 4; k++)
            if (x[k] != y[k]) return false;
        return true;
    }
    return false;
}

static bool unknown_day(const link_value *v) { return v->month == 0 || v->day == 0; }
/* 1 January is what lists write for "the year is all we know". */
static bool new_year(const link_value *v) { return v->month == 1 && v->day == 1; }

static int full_date_level(const link_value *a, const link_value *b) {
    enum { EQUAL = 1, INCLUDES, DIGIT, SWAPPED, TWO, YEAR, NEAR, DIFFERENT };
    int dy = abs(a->year - b->year);
    bool month = a->month == b->month, day = a->day == b->day;
    if (dy == 0 && month && day) return EQUAL;
    if (dy == 0 && (new_year(a) || new_year(b))) return INCLUDES;
    int off =
        digit_differences(a->year, b->year) + digit_differences(a->month, b->month) + digit_differences(a->day, b->day);
    if (off == 1) return DIGIT;
    if (dy == 0 && a->month == b->day && a->day == b->month) return SWAPPED;
    if (off == 2 &&
        (digits_swapped(a->year, b->year) || digits_swapped(a->month, b->month) || digits_swapped(a->day, b->day)))
        return DIGIT;
    if ((dy == 0) + month + day == 2) return TWO;
    if (dy <= 1) return YEAR;
    return dy <= 5 || digits_swapped(a->year, b->year) ? NEAR : DIFFERENT;
}

static int date_level(const link_value *a, const link_value *b) {
    enum { EQUAL = 1, INCLUDES, DIGIT, SWAPPED, TWO, YEAR, NEAR, DIFFERENT };
    if (!a->has_date || !b->has_date) {
        if (en_str_eq(a->latin, b->latin)) return EQUAL;
        int off = en_damerau(a->latin, b->latin);
        return off == 1 ? DIGIT : off == 2 && a->latin.len >= 6 ? TWO : DIFFERENT;
    }
    if (!unknown_day(a) && !unknown_day(b)) return full_date_level(a, b);
    if (a->first == b->first && a->last == b->last) return INCLUDES;
    if (a->first <= b->last && b->first <= a->last) return INCLUDES;
    int gap = a->first > b->last ? a->first - b->last : b->first - a->last;
    return gap <= 366 ? YEAR : gap <= 5 * 366 ? NEAR : DIFFERENT;
}

/* ---- the rest ---- */

static int number_level(const link_value *a, const link_value *b) {
    if (!a->has_number || !b->has_number) return en_str_eq(a->latin, b->latin) ? 1 : 4;
    if (a->low == b->low && a->high == b->high) return 1;
    double gap = a->low > b->high ? a->low - b->high : b->low - a->high;
    if (gap <= 1) return 2;
    double scale = fabs(a->low) > fabs(b->low) ? fabs(a->low) : fabs(b->low);
    return gap <= 3 || gap <= 0.1 * scale ? 3 : 4;
}

static int id_level(const link_value *a, const link_value *b) {
    if (en_str_eq(a->latin, b->latin)) return 1;
    if (jaro_bound(a, b) < 0.6) return 4;
    int off = en_damerau(a->latin, b->latin);
    size_t shorter = a->latin.len < b->latin.len ? a->latin.len : b->latin.len;
    return off == 1 && shorter >= 3 ? 2 : off == 2 && shorter >= 6 ? 3 : 4;
}

static int common_tokens(en_str a, en_str b) {
    en_str token;
    int n = 0;
    while (next_token(&a, &token))
        if (token.len > 2) n += has_token(b, token);
    return n;
}

static int text_level(const link_value *a, const link_value *b) {
    if (en_str_eq(a->latin, b->latin)) return 1;
    double bound = jaro_bound(a, b);
    double jw = bound + 0.4 * (1 - bound) < 0.80 ? 0 : en_jaro_winkler(a->latin, b->latin);
    if (jw >= 0.94) return 2;
    if (jw >= 0.86) return 3;
    if ((a->tokens > 1 || b->tokens > 1) && common_tokens(a->latin, b->latin)) return 4;
    return jw >= 0.80 ? 4 : 5;
}

static int exact_level(const link_value *a, const link_value *b) {
    if (en_str_eq(a->latin, b->latin)) return 1;
    size_t shorter = a->latin.len < b->latin.len ? a->latin.len : b->latin.len;
    if (shorter < 3) return 4;
    if (jaro_bound(a, b) >= 0.7 && en_damerau(a->latin, b->latin) == 1) return 2;
    size_t half = (shorter + 1) / 2;
    return memcmp(a->latin.ptr, b->latin.ptr, half) == 0 ? 3 : 4;
}

int link_level(value_kind kind, const link_value *a, const link_value *b) {
    switch (kind) {
    case KIND_NAME: return name_level(a, b);
    case KIND_DATE: return date_level(a, b);
    case KIND_NUMBER: return number_level(a, b);
    case KIND_ID: return id_level(a, b);
    case KIND_TEXT: return text_level(a, b);
    case KIND_EXACT: return exact_level(a, b);
    case KIND_SEX: break;
    }
    return en_str_eq(a->latin, b->latin) ? 1 : 2;
}
