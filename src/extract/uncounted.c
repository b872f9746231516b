/* Numbers that count nobody: years, ages, money, shares, parts of names. */
#include "extract/span.h"

/* A four-digit number is a year unless what follows is counted, and after a preposition even then. */
/* "Rose to 1240": a number told as what something came to, unless it ends a range of years. */
static bool comes_to(const span *s, int i) {
    if (!is(at(s, i - 1), LEX_RANGE) || at(s, i - 2)->kind == ITEM_NUMBER) return false;
    for (int back = 2; back <= 9; back++) {
        const item *b = at(s, i - back);
        if (i - back < 0 || b->kind != ITEM_WORD) return false;
        if (is(b, LEX_TOLL)) return true;
    }
    return false;
}

static bool reads_as_year(const span *s, int i) {
    const item *n = at(s, i), *prev = at(s, n->first - 1), *next = at(s, n->last + 1);
    if (n->words != 1 || !is_whole(n->value) || n->value < YEAR_LEAST || n->value > YEAR_MOST || n->last != i)
        return false;
    if (n->first != i || comes_to(s, i)) return false;
    uint64_t counted = LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADJECTIVE);
    if (is_any(prev, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_BETWEEN)) ||
        prev->kind == ITEM_DATE || is_any(prev, LEX_BIT(LEX_NUMBERED)))
        return true;
    return !is_any(next, counted) && !is(next, LEX_VERB);
}

static bool is_alone_in_brackets(const span *s, int i) {
    const item *n = at(s, i);
    return is_punct(at(s, n->first - 1), '(') && is_punct(at(s, n->last + 1), ')');
}

/* "Maren Dol, 34," and "Maren Dol (34)". */
static bool is_age_of_name(const span *s, int i) {
    const item *n = at(s, i);
    if (n->value > 120 || n->first != i || n->last != i) return false;
    bool name = is_name(at(s, i - 2)) || is(at(s, i - 2), LEX_NOUN);
    bool commas = is_punct(at(s, i - 1), ',') &&
                  (is_punct(at(s, i + 1), ',') || i + 1 >= s->list->n || is_punct(at(s, i + 1), '.') ||
                   is_punct(at(s, i + 1), ';') || is(at(s, i + 1), LEX_CONJUNCTION));
    return name && ((commas && is_name(at(s, i - 2))) || is_alone_in_brackets(s, i));
}

/* "aged 6, 9 and 12": what follows an age in its list is one too, and so is "children under five". */
static bool is_age(const span *s, int i) {
    const item *n = at(s, i), *prev = at(s, n->first - 1), *next = at(s, n->last + 1);
    bool joined =
        is_punct(prev, ',') || is_any(prev, LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_RANGE) | LEX_BIT(LEX_BETWEEN));
    const item *before = at(s, n->first - 2);
    bool counted = is_any(next, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_VERB) |
                                    LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PART));
    if (joined && before->kind == ITEM_NUMBER && before->flags & ITEM_AGE && !counted) return true;
    const item *end = at(s, n->last + 1);
    if (is(end, LEX_CONJUNCTION) && at(s, n->last + 2)->kind == ITEM_NUMBER) end = at(s, n->last + 3);
    if (is_punct(prev, ',') && n->value <= 110 && is(before, LEX_NOUN) && is_punct(end, ',') && !counted &&
        n->words == 1)
        return true;
    bool one = is_any(at(s, n->first - 3), LEX_BIT(LEX_ONE)) && at(s, n->first - 3)->kind == ITEM_WORD;
    const lex_sense *who = before->kind == ITEM_WORD ? sense(before, LEX_NOUN) : NULL;
    if (one && is(prev, LEX_OF) && who && !who->b && n->value <= 110 &&
        !is_any(next, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADJECTIVE)))
        return true; /* "a student of 19" */
    bool bounded = n->first < i && (n->bound == BOUND_AT_MOST || n->bound == BOUND_AT_LEAST);
    return bounded && n->value <= 120 && prev->kind == ITEM_WORD &&
           ((is(prev, LEX_NOUN) && !is(prev, LEX_VERB)) || is(prev, LEX_AUXILIARY)) && !counted &&
           is_any(at(s, n->first), LEX_BIT(LEX_PREPOSITION));
}

static bool counts_nobody(const span *s, int i) {
    const item *n = at(s, i), *prev = at(s, n->first - 1), *next = at(s, n->last + 1);
    if (n->flags & ITEM_PERCENT || is(next, LEX_PERCENT) || is_punct(next, '%')) return true;
    if (is(next, LEX_ORDINAL) && n->value < 10) return true; /* one sixth */
    if (is(prev, LEX_PERCENT)) return true;                  /* a quarter of a million */
    if (!(n->flags & ITEM_VAGUE) && !is_whole(n->value)) return true;
    if (is_punct(prev, '$') || is_punct(prev, '#') || is_punct(next, '$') || is_punct(prev, 0x2116)) return true;
    if (is_punct(prev, '/') || is_punct(next, '/') || is_punct(prev, 0xA7)) return true;
    bool plain = is(prev, LEX_NOT_VICTIM) && !(prev->flags & ITEM_CAPITAL && !(prev->flags & ITEM_FIRST)) &&
                 is_any(next, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY));
    plain |= s->lex->verb_first && !is(prev, LEX_AGE) && is_any(next, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY));
    if (is_any(prev, LEX_BIT(LEX_NUMBERED) | LEX_BIT(LEX_AGE)) && prev->kind == ITEM_WORD && !is(prev, LEX_NOUN) &&
        !plain)
        return true; /* "Camp 7", but "this year 60 people" */
    if (is_punct(prev, '.') && is(at(s, n->first - 2), LEX_NUMBERED)) return true;
    return reads_as_year(s, i) || is_age_of_name(s, i);
}

void mark_uncounted(const span *s, int i) {
    item *n = &s->list->at[i];
    const lex_sense *age = sense(at(s, n->first - 1), LEX_AGE);
    if (age && age->a && !n->bound) n->bound = age->a;
    if (age || is_age(s, i)) n->flags |= ITEM_AGE | ITEM_NO_COUNT;
    if (counts_nobody(s, i)) n->flags |= ITEM_NO_COUNT;
}
