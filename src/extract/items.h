/* A sentence as the grammar sees it: phrases of the lexicon, numbers and dates are one item each. */
#ifndef EN_EXTRACT_ITEMS_H
#define EN_EXTRACT_ITEMS_H

#include "extract/tokens.h"

typedef enum { ITEM_WORD, ITEM_NUMBER, ITEM_DATE, ITEM_CODE, ITEM_PUNCT } item_kind;

enum {
    ITEM_CAPITAL = 1,
    ITEM_FIRST = 2, /* first word of the sentence, or of a quotation in it: its capital says nothing */
    ITEM_USED = 4,  /* belongs to a number or date beside it */
    ITEM_OPENS = 8, /* a quotation */
    ITEM_CLOSES = 16,
    ITEM_NO_COUNT = 32, /* a number that counts nobody: a year, an age, money, part of a name */
    ITEM_PERCENT = 64,
    ITEM_SHOUTED = 128,  /* in capitals */
    ITEM_JOINED = 256,   /* no white space before it */
    ITEM_VAGUE = 512,    /* dozens: no value */
    ITEM_AGE = 1024,     /* a number of years lived */
    ITEM_INVERTED = 2048 /* its noun stands before it: человек тридцать */
};

/* yyyy-mm-dd to yyyy-mm-dd; 0 not told. One date has both alike. */
typedef struct item_date {
    int16_t year, year2;
    int8_t month, day, month2, day2;
    int8_t weekday; /* 1 Monday … 7; 0 none */
    int8_t ago;     /* days before the report, + 1; 0 none */
} item_date;

typedef struct item {
    uint32_t start, end;
    uint64_t mask; /* bits of the classes it has senses of */
    const lex_sense *senses;
    uint16_t n_senses;
    uint16_t flags;
    uint8_t kind;
    uint8_t words; /* tokens in it */
    char32_t punct;
    uint32_t quote;
    double value;           /* of a number as written */
    double low, best, high; /* with its bound */
    uint32_t qualifier_start, qualifier_end;
    uint8_t bound;
    int16_t first; /* of a number: the item its bound begins with */
    int16_t last;  /* and the one it ends with */
    item_date date;
} item;

typedef struct clause_items {
    item at[SENTENCE_TOKENS + 64];
    int n;
} items;

void items_of(const sentence *s, en_str text, const lexicon *lex, items *out);

static inline bool is(const item *i, lex_class class) { return (i->mask & LEX_BIT(class)) != 0; }
static inline bool is_any(const item *i, uint64_t mask) { return (i->mask & mask) != 0; }
const lex_sense *sense(const item *i, lex_class class); /* the first of a class; NULL where it has none */
/* A word of parts that may stand before (PLACE_BEFORE) or after (PLACE_AFTER) its number. */
bool is_part(const item *i, int place);
static inline bool is_punct(const item *i, char32_t c) { return i->kind == ITEM_PUNCT && i->punct == c; }
/* A dash between clauses, no hyphen. */
static inline bool is_clause_dash(const item *i) {
    return is_punct(i, 0x2013) || (is_punct(i, '-') && !(i->flags & ITEM_JOINED));
}
/* A word the lexicon does not know. */
static inline bool is_unknown(const item *i) { return i->kind == ITEM_WORD && !i->mask; }
/* A word whose capital says that it is a name. */
static inline bool is_name(const item *i) {
    return i->kind == ITEM_WORD && (i->flags & ITEM_CAPITAL) && !(i->flags & ITEM_FIRST && i->mask);
}

#endif
