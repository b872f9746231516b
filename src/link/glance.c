#include "link/glance.h"

#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/parallel.h"
#include "everyname/text.h"

enum { ONLY_DIGITS = 1, UNCLEAR = 2 /* has to be looked at */ };
enum { LEN_MOST = 250 };

static link_glance at_name(const link_value *v) {
    link_glance g = {.bag = v->sounds.bag, .worth = v->sounds.worth, .consonants = v->sounds.consonants};
    if (v->initial || v->n_words || v->forms.n) g.flags = UNCLEAR;
    return g;
}

static link_glance at_date(const link_value *v) {
    link_glance g = {.flags = UNCLEAR};
    if (!v->has_date || !v->day || !v->month || !v->packed || v->century_open || v->from_age || v->misread) return g;
    return (link_glance){.letters = v->packed, .first = (uint32_t)v->year};
}

static link_glance take(const link_field *f, const link_value *v) {
    link_glance g = {0};
    switch (f->kind) {
    case KIND_NAME:
    case KIND_PLACE: g = at_name(v); break;
    case KIND_DATE: return at_date(v);
    case KIND_TEXT: g.bag = v->rare_words; break;
    case KIND_ID:
    case KIND_EXACT: break;
    case KIND_NUMBER:
    case KIND_SEX: g.flags = UNCLEAR;
    }
    g.letters = v->letters;
    g.extra = v->extra;
    g.len = (uint8_t)v->latin.len;
    if (v->digits) g.flags |= ONLY_DIGITS;
    if (v->latin.len > LEN_MOST) g.flags |= UNCLEAR;
    for (size_t i = 0; i < 4; i++)
        g.first |= (uint32_t)(i < v->latin.len ? (unsigned char)v->latin.ptr[i] : 0) << 8 * i;
    return g;
}

static en_status take_field(void *ctx, size_t k, int worker, en_error *err) {
    (void)worker;
    link_field *f = &((link_set *)ctx)->fields[k];
    if (f->table || f->glances) return EN_OK;
    f->glances = en_os_alloc_large((size_t)f->n_values * sizeof *f->glances);
    if (!f->glances) return en_no_memory(err);
    for (int32_t v = 1; v < f->n_values; v++) {
        link_value room;
        f->glances[v] = take(f, link_value_at(f, v, &room));
    }
    return EN_OK;
}

en_status link_glances_take(link_set *set, en_error *err) {
    return en_parallel_for((size_t)set->n_fields, set->threads, take_field, set, "comparing values", set->progress,
                           err);
}

/* ---- what two glances prove ---- */

/* How many bits are set. Without the processor's own instruction, which not all have, compilers call a function. */
static int bits_of(uint64_t x) {
    x -= x >> 1 & 0x5555555555555555ull;
    x = (x & 0x3333333333333333ull) + (x >> 2 & 0x3333333333333333ull);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0full;
    return (int)(x * 0x0101010101010101ull >> 56);
}

/* Most characters the two can share, and the fewest the longer has. */
static int common_letters(const link_glance *a, const link_glance *b) {
    int shorter = a->len < b->len ? a->len : b->len;
    if ((a->flags ^ b->flags) & ONLY_DIGITS) return shorter;
    int extra = a->extra < b->extra ? a->extra : b->extra;
    int common = bits_of(a->letters & b->letters) + extra;
    return common < shorter ? common : shorter;
}

static int first_letters(const link_glance *a, const link_glance *b) {
    uint32_t differ = a->first ^ b->first;
    return differ ? __builtin_ctz(differ) / 8 : 4;
}

/* Whether a bound of Jaro-Winkler similarity (see levels.c) is below .799: j + p (1 - j) with j = (c/x + c/y + 1) / 3,
 * for c common letters of x and y, and p a tenth of the first letters; without dividing. */
static bool spelled_unlike(const link_glance *a, const link_glance *b) {
    static const double most[] = {3 * 0.799 - 1, 3 * 0.699 / 0.9 - 1, 3 * 0.599 / 0.8 - 1, 3 * 0.499 / 0.7 - 1,
                                  3 * 0.399 / 0.6 - 1};
    int common = common_letters(a, b);
    return common * (a->len + b->len) < most[first_letters(a, b)] * (a->len * b->len);
}

static bool too_far_to_edit(const link_glance *a, const link_glance *b, int edits) {
    int longer = a->len > b->len ? a->len : b->len, shorter = a->len > b->len ? b->len : a->len;
    return longer - shorter > edits || common_letters(a, b) < longer - edits;
}

/* One may be an end of the other: all of the shorter is in the longer. */
static bool may_be_part(const link_glance *a, const link_glance *b) {
    return common_letters(a, b) == (a->len < b->len ? a->len : b->len);
}

static bool dates_differ(const link_glance *a, const link_glance *b) {
    int years = abs((int)a->first - (int)b->first);
    uint64_t x = a->letters ^ b->letters;
    if (years <= 5 || years % 9 == 0 || !(x >> 32)) return false; /* two digits of a year swapped: a multiple of 9 */
    x |= x >> 2;
    x |= x >> 1;
    return bits_of(x & 0x0101010101010101ull) > 2;
}

static bool codes_differ(const link_glance *a, const link_glance *b) {
    int shorter = a->len < b->len ? a->len : b->len, half = (shorter + 1) / 2;
    if (shorter < 3) return true;
    return first_letters(a, b) < (half < 4 ? half : 4) && too_far_to_edit(a, b, 1);
}

bool link_surely_different(value_kind kind, const link_glance *a, const link_glance *b) {
    if ((a->flags | b->flags) & UNCLEAR) return false;
    switch (kind) {
    case KIND_NAME:
    case KIND_PLACE:
        return spelled_unlike(a, b) &&
               en_sounds_unlike(a->worth, a->consonants, a->bag, b->worth, b->consonants, b->bag);
    case KIND_DATE: return dates_differ(a, b);
    case KIND_ID: return too_far_to_edit(a, b, 2) && !may_be_part(a, b);
    case KIND_TEXT: return !(a->bag & b->bag) && spelled_unlike(a, b);
    case KIND_EXACT: return codes_differ(a, b);
    case KIND_NUMBER:
    case KIND_SEX: break;
    }
    return false;
}
