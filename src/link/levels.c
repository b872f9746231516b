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
static const char *const swapping_levels[] = {"equal",
                                              "same consonants",
                                              "one letter off",
                                              "very similar",
                                              "initial or part",
                                              "similar",
                                              "swapped with the family name",
                                              "different"};
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
    if (!field->swaps) return;
    field->level_names = swapping_levels;
    field->n_levels = LEVEL_SWAPS_DIFFERENT;
}

/* ---- bounds ---- */

/* Two bits a letter (met once, met twice), or six a digit where a value has digits alone: a bitwise and then counts an
 * upper bound of the characters two values share. */
void link_value_letters(link_value *value) {
    unsigned char met[32] = {0};
    value->letters = 0;
    value->extra = 0;
    value->digits = value->latin.len > 0;
    for (size_t i = 0; i < value->latin.len; i++)
        if (value->latin.ptr[i] < '0' || value->latin.ptr[i] > '9') value->digits = false;
    unsigned width = value->digits ? 6 : 2;
    for (size_t i = 0; i < value->latin.len; i++) {
        unsigned char c = (unsigned char)value->latin.ptr[i];
        unsigned slot = value->digits          ? c - (unsigned)'0'
                        : c >= 'a' && c <= 'z' ? c - (unsigned)'a'
                        : c >= '0' && c <= '9' ? 26 + c % 5u
                                               : 31u;
        if (met[slot] < width)
            value->letters |= 1ull << (width * slot + met[slot]++);
        else if (value->extra < 255)
            value->extra++;
    }
}

static int common_letters(const link_value *a, const link_value *b) {
    size_t shorter = a->latin.len < b->latin.len ? a->latin.len : b->latin.len;
    if (a->digits != b->digits) return (int)shorter;
    int extra = a->extra < b->extra ? a->extra : b->extra;
    int common = __builtin_popcountll(a->letters & b->letters) + extra;
    return common < (int)shorter ? common : (int)shorter;
}

static int common_prefix(en_str a, en_str b, int most) {
    int shorter = a.len < b.len ? (int)a.len : (int)b.len, n = 0;
    if (shorter < most) most = shorter;
    while (n < most && a.ptr[n] == b.ptr[n]) n++;
    return n;
}

/* At most this Jaro-Winkler similarity: Jaro is (m/|a| + m/|b| + (m - t)/m) / 3 for m characters in common. */
static double similarity_bound(const link_value *a, const link_value *b) {
    double common = common_letters(a, b);
    double jaro = (common / (double)a->latin.len + common / (double)b->latin.len + 1) / 3;
    return jaro + 0.1 * common_prefix(a->latin, b->latin, 4) * (1 - jaro);
}

/* Whether one insertion, deletion, change or swap of neighbours leads from a to b: what is left between the common
 * beginning and the common end says so without a table of distances. */
static bool one_edit(en_str a, en_str b) {
    int la = (int)a.len, lb = (int)b.len;
    if (la - lb > 1 || lb - la > 1) return false;
    int from = common_prefix(a, b, la + lb);
    while (la > from && lb > from && a.ptr[la - 1] == b.ptr[lb - 1]) la--, lb--;
    if (la - from <= 1 && lb - from <= 1) return true;
    return la - from == 2 && lb - from == 2 && a.ptr[from] == b.ptr[from + 1] && a.ptr[from + 1] == b.ptr[from];
}

static bool two_edits(const link_value *a, const link_value *b) {
    int la = (int)a->latin.len, lb = (int)b->latin.len, longer = la > lb ? la : lb;
    if (la - lb > 2 || lb - la > 2 || common_letters(a, b) < longer - 2) return false;
    return en_damerau(a->latin, b->latin) <= 2;
}

/* ---- names ---- */

uint64_t link_word_bit(en_str word) { return word.len > 2 ? 1ull << (en_str_hash(word) >> 58) : 0; }

bool link_next_token(en_str *rest, en_str *token) {
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
    while (link_next_token(&s, &token))
        if (en_str_eq(token, wanted)) return true;
    return false;
}

static bool all_tokens_in(en_str few, en_str many) {
    en_str token;
    while (link_next_token(&few, &token))
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
    if (similarity_bound(a, b) < 0.80) return part ? PART : DIFFERENT;
    if (a->latin.len >= 3 && b->latin.len >= 3 && one_edit(a->latin, b->latin)) return ONE_OFF;
    double jw = en_jaro_winkler(a->latin, b->latin);
    if (jw >= 0.90) return VERY;
    if (part) return PART;
    return jw >= 0.80 ? SIMILAR : DIFFERENT;
}

/* ---- dates ---- */

/* Digits of YYYYMMDD, a byte each, that differ. */
static int digit_differences(uint64_t a, uint64_t b) {
    uint64_t x = a ^ b;
    x |= x >> 2;
    x |= x >> 1;
    return __builtin_popcountll(x & 0x0101010101010101ull);
}

static bool digits_swapped(int a, int b) {
    if ((a - b) % 9 != 0) return false; /* (10x + y) - (10y + x) = 9 (x - y) */
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
    int off = digit_differences(a->packed, b->packed);
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
        return one_edit(a->latin, b->latin) ? DIGIT : a->latin.len >= 6 && two_edits(a, b) ? TWO : DIFFERENT;
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
    size_t shorter = a->latin.len < b->latin.len ? a->latin.len : b->latin.len;
    if (shorter >= 3 && one_edit(a->latin, b->latin)) return 2;
    return shorter >= 6 && two_edits(a, b) ? 3 : 4;
}

static bool common_words(const link_value *a, const link_value *b) {
    en_str token, rest = a->latin;
    if (!(a->rare_words & b->rare_words)) return false;
    while (link_next_token(&rest, &token))
        if ((link_word_bit(token) & a->rare_words & b->rare_words) && has_token(b->latin, token)) return true;
    return false;
}

static int text_level(const link_value *a, const link_value *b) {
    if (en_str_eq(a->latin, b->latin)) return 1;
    double jw = similarity_bound(a, b) < 0.80 ? 0 : en_jaro_winkler(a->latin, b->latin);
    if (jw >= 0.94) return 2;
    if (jw >= 0.86) return 3;
    return jw >= 0.80 || common_words(a, b) ? 4 : 5;
}

static int exact_level(const link_value *a, const link_value *b) {
    if (en_str_eq(a->latin, b->latin)) return 1;
    size_t shorter = a->latin.len < b->latin.len ? a->latin.len : b->latin.len;
    if (shorter < 3) return 4;
    if (one_edit(a->latin, b->latin)) return 2;
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
