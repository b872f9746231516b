/* How alike two values are: one of a few levels for each kind of value, the best first. The common mistakes of lists
 * have levels of their own, so that the model can learn what each is worth. Level 0, missing, is decided by the caller.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/text.h"
#include "link/linkage.h"

#define NAME_LEVELS                                                                                                    \
    "equal", "same consonants", "one letter off", "sounds alike", "short form", "very similar", "some parts",          \
        "similar", "same initial"
static const char *const name_levels[] = {NAME_LEVELS, "different"};
static const char *const swapping_levels[] = {NAME_LEVELS, "swapped with the family name", "different"};
static const char *const place_levels[] = {"equal",          "same place or consonants",
                                           "one letter off", "sounds alike",
                                           "within 5 km",    "very similar",
                                           "part",           "within 25 km",
                                           "similar",        "within 100 km",
                                           "different"};
static const char *const date_levels[] = {
    "equal",          "one digit off", "day and month swapped", "one includes the other", "two parts equal",
    "two digits off", "age fits",      "same year or one off",  "near in years",          "different"};
static const char *const number_levels[] = {"equal", "one off", "near", "digits confused", "different"};
static const char *const id_levels[] = {"equal", "one character off", "part of the other", "two characters off",
                                        "different"};
static const char *const text_levels[] = {"equal", "nearly equal", "similar", "some words in common", "different"};
static const char *const exact_levels[] = {"equal", "one character off", "same beginning", "different"};
static const char *const sex_levels[] = {"equal", "different"};

void link_levels_describe(link_field *field) {
    static const struct {
        const char *const *names;
        int n;
    } levels[] = {[KIND_NAME] = {name_levels, LEVEL_NAME_DIFFERENT},
                  [KIND_DATE] = {date_levels, 10},
                  [KIND_NUMBER] = {number_levels, 5},
                  [KIND_ID] = {id_levels, 5},
                  [KIND_TEXT] = {text_levels, 5},
                  [KIND_EXACT] = {exact_levels, 4},
                  [KIND_SEX] = {sex_levels, 2},
                  [KIND_PLACE] = {place_levels, PLACE_DIFFERENT}};
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

bool link_next_token(en_str *rest, en_str *token) {
    while (rest->len && *rest->ptr == ' ') rest->ptr++, rest->len--;
    if (!rest->len) return false;
    const char *space = memchr(rest->ptr, ' ', rest->len);
    *token = (en_str){rest->ptr, space ? (size_t)(space - rest->ptr) : rest->len};
    rest->ptr += token->len;
    rest->len -= token->len;
    return true;
}

static bool share_form(short_forms a, short_forms b) {
    for (int32_t i = 0, k = 0; i < a.n && k < b.n;) {
        if (a.of[i] == b.of[k]) return true;
        a.of[i] < b.of[k] ? i++ : k++;
    }
    return false;
}

/* How well two words of two names agree. */
typedef enum { WORDS_DIFFER, WORDS_INITIAL, WORDS_NEAR, WORDS_FORM, WORDS_ALIKE } words_agree;

static words_agree compare_words(const name_word *a, const name_word *b) {
    if (en_str_eq(a->latin, b->latin)) return WORDS_ALIKE;
    if (a->latin.len == 1 || b->latin.len == 1)
        return a->latin.ptr[0] == b->latin.ptr[0] ? WORDS_INITIAL : WORDS_DIFFER;
    if (en_sounds_alike(&a->sounds, &b->sounds)) return WORDS_ALIKE;
    if (share_form(a->forms, b->forms)) return WORDS_FORM;
    return a->latin.len > 3 && b->latin.len > 3 && one_edit(a->latin, b->latin) ? WORDS_NEAR : WORDS_DIFFER;
}

/* Which words of b each word of a agrees with at least so well, a bit a word. */
typedef struct word_matches {
    uint8_t with[NAME_WORDS_MAX];
    int n;
} word_matches;

/* Whether each word of a from `i` on has a word of b to itself among those that are not `taken`. */
static bool all_placed(const word_matches *m, int i, unsigned taken) {
    if (i == m->n) return true;
    for (unsigned open = m->with[i] & ~taken; open; open &= open - 1)
        if (all_placed(m, i + 1, taken | (open & -open))) return true;
    return false;
}

static bool words_placed(const words_agree agree[NAME_WORDS_MAX][NAME_WORDS_MAX], int few, int many,
                         words_agree enough) {
    word_matches m = {.n = few};
    for (int i = 0; i < few; i++)
        for (int k = 0; k < many; k++)
            if (agree[i][k] >= enough) m.with[i] |= (uint8_t)(1u << k);
    return all_placed(&m, 0, 0);
}

static const name_word *words_of(const link_value *v, name_word *single, int *n) {
    *n = v->n_words ? v->n_words : 1;
    if (v->n_words) return v->words;
    *single = (name_word){v->latin, v->sounds, v->forms};
    return single;
}

/* Names of several words, in any order: each word of the shorter has one of the longer. */
static int several_words_level(const link_value *a, const link_value *b) {
    name_word one_a, one_b;
    words_agree agree[NAME_WORDS_MAX][NAME_WORDS_MAX];
    if (a->n_words > b->n_words) {
        const link_value *swap = a;
        a = b;
        b = swap;
    }
    int few, many;
    bool full = false; /* some word agrees by more than its initial */
    const name_word *words_a = words_of(a, &one_a, &few), *words_b = words_of(b, &one_b, &many);
    for (int i = 0; i < few; i++) {
        words_agree best = WORDS_DIFFER;
        for (int k = 0; k < many; k++) {
            agree[i][k] = compare_words(&words_a[i], &words_b[k]);
            if (agree[i][k] > best) best = agree[i][k];
        }
        if (best == WORDS_DIFFER) return LEVEL_NAME_DIFFERENT;
        full |= best > WORDS_INITIAL;
    }
    if (few == many && words_placed(agree, few, many, WORDS_ALIKE)) return LEVEL_SOUNDS;
    if (few == many && words_placed(agree, few, many, WORDS_FORM)) return LEVEL_SHORT_FORM;
    if (few == many && words_placed(agree, few, many, WORDS_NEAR)) return LEVEL_VERY_SIMILAR;
    if (!words_placed(agree, few, many, WORDS_INITIAL)) return LEVEL_NAME_DIFFERENT;
    return full ? LEVEL_PART : LEVEL_INITIAL;
}

static int words_level(const link_value *a, const link_value *b) {
    if (a->n_words || b->n_words) return several_words_level(a, b);
    return share_form(a->forms, b->forms) ? LEVEL_SHORT_FORM : LEVEL_NAME_DIFFERENT;
}

static int spelling_level(const link_value *a, const link_value *b) {
    if (similarity_bound(a, b) < 0.80) return LEVEL_NAME_DIFFERENT;
    if (a->latin.len >= 3 && b->latin.len >= 3 && one_edit(a->latin, b->latin)) return LEVEL_VERY_SIMILAR;
    double jw = en_jaro_winkler(a->latin, b->latin);
    return jw >= 0.90 ? LEVEL_VERY_SIMILAR : jw >= 0.80 ? LEVEL_SIMILAR : LEVEL_NAME_DIFFERENT;
}

static int name_level(const link_value *a, const link_value *b) {
    if (en_str_eq(a->latin, b->latin)) return LEVEL_EQUAL;
    if ((a->initial || b->initial) && !a->n_words && !b->n_words)
        return a->latin.ptr[0] == b->latin.ptr[0] ? LEVEL_INITIAL : LEVEL_NAME_DIFFERENT;
    int by_words = words_level(a, b);
    if (by_words == LEVEL_SOUNDS || en_sounds_alike(&a->sounds, &b->sounds))
        return a->key.len > 1 && en_str_eq(a->key, b->key) ? LEVEL_CONSONANTS
               : one_edit(a->latin, b->latin)              ? LEVEL_ONE_OFF
                                                           : LEVEL_SOUNDS;
    int by_spelling = spelling_level(a, b);
    return by_spelling < by_words ? by_spelling : by_words;
}

/* ---- places ---- */

/* Square of the chord between the nearest two points that bear the names; the radius of the Earth is 1. */
static double nearest_square(const link_value *a, const link_value *b) {
    double nearest = 4;
    for (int32_t i = 0; i < a->forms.n; i++)
        for (int32_t k = 0; k < b->forms.n; k++) {
            const link_point *p = &a->points[a->forms.of[i]], *q = &b->points[b->forms.of[k]];
            double x = p->x - q->x, y = p->y - q->y, z = p->z - q->z, square = x * x + y * y + z * z;
            if (square < nearest) nearest = square;
        }
    return nearest;
}

/* A chord so short is as long as its arc, to 1 m in 100 km. */
static int distance_level(const link_value *a, const link_value *b) {
    static const double earth_km = 6371.0;
    double km = sqrt(nearest_square(a, b)) * earth_km;
    return km <= 1     ? PLACE_SAME
           : km <= 5   ? PLACE_WITHIN_5_KM
           : km <= 25  ? PLACE_WITHIN_25_KM
           : km <= 100 ? PLACE_WITHIN_100_KM
                       : PLACE_DIFFERENT;
}

static int place_level(const link_value *a, const link_value *b) {
    static const uint8_t of_name[] = {[LEVEL_EQUAL] = PLACE_EQUAL,       [LEVEL_CONSONANTS] = PLACE_SAME,
                                      [LEVEL_ONE_OFF] = PLACE_ONE_OFF,   [LEVEL_SOUNDS] = PLACE_SOUNDS,
                                      [LEVEL_SHORT_FORM] = PLACE_SAME,   [LEVEL_VERY_SIMILAR] = PLACE_VERY_SIMILAR,
                                      [LEVEL_PART] = PLACE_PART,         [LEVEL_SIMILAR] = PLACE_SIMILAR,
                                      [LEVEL_INITIAL] = PLACE_DIFFERENT, [LEVEL_NAME_DIFFERENT] = PLACE_DIFFERENT};
    if (en_str_eq(a->latin, b->latin)) return PLACE_EQUAL;
    if (a->forms.n && b->forms.n) return distance_level(a, b);
    return of_name[name_level(a, b)];
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

/* One digit is wrong, or two neighbours of one part are swapped. */
static bool one_digit_off(const link_value *a, const link_value *b, int off) {
    if (off == 1) return true;
    return off == 2 &&
           (digits_swapped(a->year, b->year) || digits_swapped(a->month, b->month) || digits_swapped(a->day, b->day));
}

static int years_level(int apart) { return apart <= 1 ? DATE_YEAR : apart <= 5 ? DATE_NEAR : DATE_DIFFERENT; }

static int full_date_level(const link_value *a, const link_value *b) {
    int dy = abs(a->year - b->year);
    bool month = a->month == b->month, day = a->day == b->day;
    if (dy == 0 && month && day) return DATE_EQUAL;
    if (dy == 0 && (new_year(a) || new_year(b))) return DATE_INCLUDES;
    if (new_year(a) && new_year(b)) return years_level(dy);
    int off = digit_differences(a->packed, b->packed);
    if (off == 1) return DATE_DIGIT;
    if (dy == 0 && a->month == b->day && a->day == b->month) return DATE_SWAPPED;
    if (one_digit_off(a, b, off)) return DATE_DIGIT;
    if ((dy == 0) + month + day == 2) return DATE_TWO_PARTS;
    if (off == 2) return DATE_TWO_DIGITS;
    return dy > 1 && digits_swapped(a->year, b->year) ? DATE_NEAR : years_level(dy);
}

/* One of the dates has a year of two digits: of whichever century brings it nearest to the other. */
static int open_century_level(const link_value *a, const link_value *b) {
    link_value moved = a->century_open ? *a : *b;
    const link_value *other = a->century_open ? b : a;
    int centuries = (other->year - moved.year + (other->year >= moved.year ? 50 : -50)) / 100;
    moved.year += 100 * centuries;
    moved.packed = link_packed_date(moved.year, moved.month, moved.day);
    int level = full_date_level(&moved, other);
    return level == DATE_EQUAL && !(a->century_open && b->century_open) ? DATE_INCLUDES : level;
}

/* What is no date may have been one: by its digits, where both have them. */
static int misread_date_level(const link_value *a, const link_value *b) {
    if (en_str_eq(a->latin, b->latin)) return DATE_EQUAL;
    if (a->packed && b->packed) {
        int off = digit_differences(a->packed, b->packed);
        if (off <= 2) return one_digit_off(a, b, off) ? DATE_DIGIT : DATE_TWO_DIGITS;
    }
    if (one_edit(a->latin, b->latin)) return DATE_DIGIT;
    return a->latin.len >= 6 && two_edits(a, b) ? DATE_TWO_DIGITS : DATE_DIFFERENT;
}

static int date_level(const link_value *a, const link_value *b) {
    if (!a->has_date || !b->has_date) return misread_date_level(a, b);
    if (!unknown_day(a) && !unknown_day(b))
        return a->century_open || b->century_open ? open_century_level(a, b) : full_date_level(a, b);
    if (a->first <= b->last && b->first <= a->last) return a->from_age || b->from_age ? DATE_AGE_FITS : DATE_INCLUDES;
    int gap = a->first > b->last ? a->first - b->last : b->first - a->last;
    int near_by = a->from_age || b->from_age ? 2 : 1;
    return gap <= near_by * 366 ? DATE_YEAR : gap <= 5 * 366 ? DATE_NEAR : DATE_DIFFERENT;
}

/* ---- the rest ---- */

static int number_level(const link_value *a, const link_value *b) {
    enum { EQUAL = 1, ONE_OFF, NEAR, DIGITS, DIFFERENT };
    if (!a->has_number || !b->has_number) return en_str_eq(a->latin, b->latin) ? EQUAL : DIFFERENT;
    if (a->low == b->low && a->high == b->high) return EQUAL;
    double gap = a->low > b->high ? a->low - b->high : b->low - a->high;
    if (gap <= 1) return ONE_OFF;
    double scale = fabs(a->low) > fabs(b->low) ? fabs(a->low) : fabs(b->low);
    if (gap <= 3 || gap <= 0.1 * scale) return NEAR;
    bool single = a->low == a->high && b->low == b->high, same_length = a->latin.len == b->latin.len;
    bool confused = single && same_length && a->latin.len >= 2 && one_edit(a->latin, b->latin);
    return confused ? DIGITS : DIFFERENT;
}

static bool ends_with(en_str s, en_str end) {
    return s.len > end.len && memcmp(s.ptr + s.len - end.len, end.ptr, end.len) == 0;
}

static bool begins_with(en_str s, en_str start) {
    return s.len > start.len && memcmp(s.ptr, start.ptr, start.len) == 0;
}

/* A prefix or a check digit that one list leaves out. */
static bool id_part(en_str a, en_str b) {
    if (a.len < 5 || b.len < 5) return false;
    return a.len > b.len ? ends_with(a, b) || begins_with(a, b) : ends_with(b, a) || begins_with(b, a);
}

static int id_level(const link_value *a, const link_value *b) {
    enum { EQUAL = 1, ONE_OFF, PART, TWO_OFF, DIFFERENT };
    if (en_str_eq(a->latin, b->latin)) return EQUAL;
    size_t shorter = a->latin.len < b->latin.len ? a->latin.len : b->latin.len;
    if (shorter >= 3 && one_edit(a->latin, b->latin)) return ONE_OFF;
    if (id_part(a->latin, b->latin)) return PART;
    return shorter >= 6 && two_edits(a, b) ? TWO_OFF : DIFFERENT;
}

/* Where two texts have a rare word in common: share of the weight of the heavier text that the words in common carry,
 * each word weighing the log of how few texts have it. */
static double words_in_common(const link_value *a, const link_value *b) {
    double common = 0;
    for (int32_t i = 0, k = 0; i < a->n_text_words && k < b->n_text_words;) {
        const text_word *x = &a->text_words[i], *y = &b->text_words[k];
        if (x->number == y->number) common += (double)x->weight;
        i += x->number <= y->number;
        k += y->number <= x->number;
    }
    double heavier = fmax(a->text_weight, b->text_weight);
    return heavier > 0 ? common / heavier : 0;
}

static int text_level(const link_value *a, const link_value *b) {
    enum { EQUAL = 1, NEARLY, SIMILAR, WORDS, DIFFERENT };
    if (en_str_eq(a->latin, b->latin)) return EQUAL;
    double jw = similarity_bound(a, b) < 0.80 ? 0 : en_jaro_winkler(a->latin, b->latin);
    if (jw >= 0.94) return NEARLY;
    double words = a->rare_words & b->rare_words ? words_in_common(a, b) : 0;
    if (words >= 0.8) return NEARLY;
    if (jw >= 0.86 || words >= 0.5) return SIMILAR;
    return jw >= 0.80 || words >= 0.25 ? WORDS : DIFFERENT;
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
    case KIND_PLACE: return place_level(a, b);
    case KIND_SEX: break;
    }
    return en_str_eq(a->latin, b->latin) ? 1 : 2;
}
