/* What dates.c, numerals.c and uncounted.c share: a list of items with its text and language. */
#ifndef EN_EXTRACT_SPAN_H
#define EN_EXTRACT_SPAN_H

#include <math.h>

#include "extract/items.h"

enum { YEAR_LEAST = 1000, YEAR_MOST = 2100 };

typedef struct span {
    items *list;
    en_str text;
    const lexicon *lex;
} span;

static inline const item *at(const span *s, int i) {
    static const item none = {.kind = ITEM_PUNCT};
    return i >= 0 && i < s->list->n ? &s->list->at[i] : &none;
}
static inline bool is_dash(const item *i) { return is_punct(i, '-') || is_punct(i, 0x2013); }
static inline bool is_range(const item *i) { return is(i, LEX_RANGE) || is_dash(i); }
static inline bool is_whole(double v) { return v == floor(v); }
static inline bool is_plain_number(const item *i) { return i->kind == ITEM_NUMBER && !(i->flags & ITEM_PERCENT); }
static inline bool is_year(const item *i) {
    return is_plain_number(i) && i->bound != 1 && is_whole(i->value) && i->value >= YEAR_LEAST && i->value <= YEAR_MOST;
}

/* Marks the number at item i where what stands beside it shows that it counts nobody, or is an age (uncounted.c). */
void mark_uncounted(const span *s, int i);

#endif
