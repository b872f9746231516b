/* Numbers among items: words and digits become one number, with the bound beside it and its range. */
#include "extract/numerals.h"

#include <string.h>

#include "extract/span.h"

/* --- the value of number words --- */

typedef struct running {
    double total, current; /* thousands and up; below them */
    double last;           /* magnitude that may still be added to */
    bool multiplied;       /* the last word was a multiplier */
    uint8_t bound;
} running;

static bool add_unit(running *v, double n) {
    if (v->current != 0 && n >= v->last) return false;
    v->current += n;
    v->last = n >= 20 && fmod(n, 10) == 0 && n < 100 ? 10 : n >= 100 && fmod(n, 100) == 0 ? 100 : 1;
    if (v->last == 1) v->last = 0;
    v->multiplied = false;
    return true;
}

static bool add_multiplier(running *v, double m) {
    if (m < 1000) {
        if (v->current != 0 && v->last == 100) return false;
        v->current = (v->current != 0 ? v->current : 1) * m;
        v->last = m == 100 ? 100 : 0;
    } else {
        if (v->total != 0 && v->current == 0) {
            v->total *= m;
        } else {
            v->total += (v->current != 0 ? v->current : 1) * m;
        }
        v->current = 0;
        v->last = m;
    }
    v->multiplied = true;
    return true;
}

/* A digit number, a word or a multiplier at i goes on with the value. */
static bool goes_on(const span *s, int i, running *v) {
    const item *here = at(s, i);
    if (here->kind == ITEM_NUMBER) {
        if (!v->multiplied || here->value >= 1000 || v->total == 0) return false;
        return v->current == 0 && (v->current = here->value, v->multiplied = false, true);
    }
    if (here->kind != ITEM_WORD) return false;
    const lex_sense *m = sense(here, LEX_MULTIPLIER), *n = sense(here, LEX_NUMBER);
    if (m) {
        if (m->a) v->bound = m->a;
        return add_multiplier(v, (double)m->value);
    }
    if (!n) return false;
    if (v->multiplied && v->current == 0) v->last = v->total != 0 ? 1000 : 0;
    if (!add_unit(v, (double)n->value)) return false;
    if (n->a) v->bound = n->a;
    return true;
}

/* "and" inside a number: after hundreds and thousands before something smaller; after tens where the language does so.
 */
static bool joins(const span *s, int i, const running *v) {
    const item *here = at(s, i), *next = at(s, i + 1);
    if (!is(here, LEX_NUMBER_JOINER)) return false;
    const lex_sense *n = next->kind == ITEM_WORD ? sense(next, LEX_NUMBER) : NULL;
    const lex_sense *m = next->kind == ITEM_WORD ? sense(next, LEX_MULTIPLIER) : NULL;
    if (m && s->lex->units_first) return m->value < (int64_t)v->last || v->total > 0;
    if (!n || is(next, LEX_NOUN)) return false;
    if (s->lex->units_first && n->value >= 20 && v->current > 0 && fmod(v->current, 100) < 10 &&
        fmod(v->current, 100) > 0 && n->value < 100)
        return true;
    if (s->lex->join_tens && v->last == 10 && n->value < 10) return true;
    if (s->lex->units_first && v->multiplied) return true;
    bool hundreds = v->last == 100 && n->value < 100; /* ثلاثمئة وخمسون, ألفين وثلاثمئة */
    bool thousands = v->current >= 1000 && fmod(v->current, 1000) == 0 && n->value < 1000;
    if (s->lex->units_first && (hundreds || thousands)) return true;
    return v->multiplied && (v->current != 0 ? n->value < 100 : v->total != 0 && n->value < 1000) &&
           !is_any(at(s, i + 1), LEX_BIT(LEX_PRONOUN));
}

/* Reads the number that begins at i: items taken, 0 none. */
static int words_at(const span *s, int i, running *v) {
    *v = (running){0};
    int n = 0;
    if (is(at(s, i), LEX_ONE) && is(at(s, i + 1), LEX_MULTIPLIER)) n = 1;
    const item *first = at(s, i + n);
    if (first->kind == ITEM_NUMBER && !n) {
        if (first->flags & ITEM_PERCENT && !is(at(s, i + 1), LEX_MULTIPLIER)) return 0;
        v->current = first->value;
        n = 1;
    } else if (goes_on(s, i + n, v)) {
        n++;
    } else {
        return 0;
    }
    bool digits = first->kind == ITEM_NUMBER;
    if (!digits && is(first, LEX_NOUN) && is(first, LEX_NUMBER)) return n; /* a dual, امرأتان, adds to no number */
    for (;;) {
        running before = *v;
        if (is(at(s, i + n), LEX_NOUN) && is(at(s, i + n), LEX_NUMBER)) break;
        if (digits && !is(at(s, i + n), LEX_MULTIPLIER) && !v->multiplied) break;
        if (goes_on(s, i + n, v)) {
            n++;
        } else if (joins(s, i + n, &before)) {
            if (s->lex->units_first || s->lex->join_tens) v->last = v->last ? v->last : 1000;
            if (s->lex->units_first) v->last = 1e12;
            if (!goes_on(s, i + n + 1, v)) {
                *v = before;
                break;
            }
            n += 2;
        } else {
            *v = before;
            break;
        }
    }
    return n;
}

/* "several hundred", "dozens", "tens of thousands": items taken, 0 none. */
static int vague_at(const span *s, int i) {
    int n = 0;
    if (is(at(s, i), LEX_FEW)) {
        while (is(at(s, i + 1 + n), LEX_MULTIPLIER) || is(at(s, i + 1 + n), LEX_VAGUE)) n++;
        return n ? n + 1 : 0;
    }
    if (!is(at(s, i), LEX_VAGUE)) return 0;
    /* "около тысячи", "более сотни": one of them, bounded, where thousand has cases */
    const lex_sense *bound = at(s, i - 1)->kind == ITEM_WORD ? sense(at(s, i - 1), LEX_BOUND) : NULL;
    bool one = s->lex->inversion && is(at(s, i), LEX_MULTIPLIER) && bound && bound->a != BOUND_NONE &&
               !is(at(s, i + 1), LEX_VAGUE);
    if (one) return 0;
    n = 1;
    while (is(at(s, i + n), LEX_VAGUE) || (is(at(s, i + n), LEX_OF) && is(at(s, i + n + 1), LEX_VAGUE))) n++;
    return n;
}

/* "Тысяч десять", where the order makes it about: items taken, 0 none. */
static int inverted_at(const span *s, int i, running *v) {
    const lex_sense *thousands = sense(at(s, i), LEX_MULTIPLIER);
    if (!s->lex->inversion || !thousands || at(s, i)->kind != ITEM_WORD || at(s, i + 1)->kind != ITEM_WORD) return 0;
    int n = is(at(s, i + 1), LEX_NUMBER) ? words_at(s, i + 1, v) : 0;
    if (!n) return 0;
    v->total = (v->total + v->current) * (double)thousands->value;
    v->current = 0;
    v->bound = BOUND_ABOUT;
    return n + 1;
}

static item number_item(const span *s, int i, int n, double value, bool vague, uint8_t bound) {
    item made = s->list->at[i];
    made.kind = ITEM_NUMBER;
    made.end = at(s, i + n - 1)->end;
    if (n > 1) made.flags = (uint16_t)(made.flags & ~ITEM_PERCENT);
    if (at(s, i + n - 1)->kind == ITEM_NUMBER) made.flags |= at(s, i + n - 1)->flags & ITEM_PERCENT;
    made.value = value;
    made.best = vague ? NAN : value;
    if (vague) {
        made.flags |= ITEM_VAGUE;
        made.qualifier_start = made.start;
        made.qualifier_end = made.end;
    }
    bool digits = s->list->at[i].kind == ITEM_NUMBER;
    /* grouped digits can be no year; words neither */
    made.words = digits && n == 1 && made.bound != 1 ? 1 : 2;
    made.bound = bound == BOUND_NONE ? 0 : bound; /* what words of numbers say of none */
    /* senses of the word stay: "one" and "a second" are other things too */
    return made;
}

static void merge_words(const span *s) {
    int to = 0;
    items *list = s->list;
    for (int i = 0; i < list->n; to++) {
        running v = {0};
        int inverted = inverted_at(s, i, &v), vague = inverted ? 0 : vague_at(s, i);
        int n = inverted ? inverted : vague ? vague : words_at(s, i, &v);
        if (!n) {
            list->at[to] = list->at[i++];
            continue;
        }
        item made = number_item(s, i, n, v.total + v.current, vague > 0, v.bound);
        list->at[to] = made;
        i += n;
    }
    list->n = to;
    for (int i = 0; i < to; i++) list->at[i].first = list->at[i].last = (int16_t)i;
}

/* --- ranges and bounds --- */

static bool is_count(const item *i) { return i->kind == ITEM_NUMBER && !(i->flags & (ITEM_PERCENT | ITEM_USED)); }

static bool after_change(const span *s, int i) {
    for (int back = 1; back <= (s->lex->verb_first ? 12 : 4); back++) {
        const item *b = at(s, i - back);
        if (b->kind == ITEM_PUNCT || i - back < 0) return false;
        if (is(b, LEX_CHANGE)) return true;
    }
    return false;
}

static void make_range(const span *s, int i, int last) {
    item *a = &s->list->at[i], *b = &s->list->at[last];
    a->low = a->value;
    a->high = b->value;
    a->best = NAN;
    a->end = b->end;
    a->last = (int16_t)last;
    for (int k = i + 1; k <= last; k++) s->list->at[k].flags |= ITEM_USED;
}

/* 12-15, 12 to 15, five or six, between 12 and 15, at least 12 and at most 15. */
static void find_range(const span *s, int i) {
    item *a = &s->list->at[i];
    if (!is_count(a) || a->flags & ITEM_VAGUE) return;
    const item *joined = at(s, i + 1); /* "семь-восемь": one word of two numbers */
    bool one_word = is_count(joined) && joined->start == a->end + 1 && s->text.ptr[a->end] == '-';
    if (one_word && joined->value > a->value && a->words != 1) {
        make_range(s, i, i + 1);
        return;
    }
    int second = i + 2;
    if (is_punct(at(s, i + 1), ',') && is(at(s, i + 2), LEX_RANGE) && is_count(at(s, i + 3)) &&
        at(s, i + 3)->value > a->value) {
        make_range(s, i, i + 3); /* "fifty, perhaps sixty" */
        return;
    }
    const item *joint = at(s, i + 1), *b = at(s, second);
    bool between = is(at(s, i - 1), LEX_BETWEEN) && is(joint, LEX_CONJUNCTION);
    const lex_sense *low = sense(at(s, i - 1), LEX_BOUND),
                    *high = is(joint, LEX_CONJUNCTION) ? sense(at(s, i + 2), LEX_BOUND) : NULL;
    if (low && high && low->a == BOUND_AT_LEAST && high->a == BOUND_AT_MOST && is_count(at(s, i + 3))) {
        s->list->at[i - 1].flags |= ITEM_USED;
        make_range(s, i, i + 3);
        a->first = (int16_t)(i - 1);
        return;
    }
    if (!is_count(b) || b->flags & ITEM_VAGUE) return;
    bool dash = is_dash(joint);
    if (dash && !(joint->flags & ITEM_JOINED)) return;
    if (!between && !is(joint, LEX_RANGE) && !dash) return;
    if (dash && a->value >= b->value) {
        a->flags |= ITEM_NO_COUNT;
        s->list->at[second].flags |= ITEM_NO_COUNT;
        return;
    }
    if (a->value >= b->value || (!between && !dash && after_change(s, i))) return;
    bool years = a->words == 1 && b->words == 1 && is_year(a) && is_year(b) &&
                 !is_any(at(s, second + 1), LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY));
    if (years) {
        a->flags |= ITEM_NO_COUNT;
        s->list->at[second].flags |= ITEM_NO_COUNT;
        return;
    }
    make_range(s, i, second);
    if (between || is(at(s, i - 1), LEX_BETWEEN)) {
        s->list->at[i - 1].flags |= ITEM_USED;
        a->first = (int16_t)(i - 1);
    }
}

static void set_bound(item *n, const lex_sense *bound, const item *from) {
    n->bound = bound->a;
    if (n->flags & ITEM_VAGUE) return;
    if (n->qualifier_end == n->qualifier_start) {
        n->qualifier_start = from->start;
        n->qualifier_end = from->end;
    }
}

/* ~300, 400+, >50. */
static void take_sign(const span *s, item *n) {
    const item *before = at(s, n->first - 1), *after = at(s, n->last + 1);
    if (n->bound || n->flags & ITEM_VAGUE) return;
    if (is_punct(before, '~') || is_punct(before, 0x2248) || is_punct(before, 0xB1))
        n->bound = BOUND_ABOUT;
    else if (is_punct(before, '>') || is_punct(before, 0x2265))
        n->bound = BOUND_AT_LEAST;
    else if (is_punct(before, '<') || is_punct(before, 0x2264))
        n->bound = BOUND_AT_MOST;
    else if (is_punct(after, '+') && after->flags & ITEM_JOINED)
        n->bound = BOUND_AT_LEAST, n->last++;
}

/* "(42) wounded", where ministries set every number in brackets: they say nothing. */
static void take_brackets(const span *s, int i) {
    item *n = &s->list->at[i];
    uint64_t counted = LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_PART) |
                       LEX_BIT(LEX_NOT_VICTIM);
    if (!is_count(n) || n->first != i || n->last != i || !s->lex->verb_first) return;
    if (!is_punct(at(s, i - 1), '(') || !is_punct(at(s, i + 1), ')') || !is_any(at(s, i + 2), counted)) return;
    s->list->at[i - 1].flags |= ITEM_USED;
    s->list->at[i + 1].flags |= ITEM_USED;
    n->first = (int16_t)(i - 1);
    n->last = (int16_t)(i + 1);
}

static void find_bounds(const span *s, int i) {
    item *n = &s->list->at[i];
    if (!is_count(n)) return;
    int from = n->first - 1;
    for (; from >= 0; from--) {
        const item *b = at(s, from);
        const lex_sense *bound = b->kind == ITEM_WORD ? sense(b, LEX_BOUND) : NULL;
        bool of_report = bound && bound->a == BOUND_ABOUT && is(b, LEX_PREPOSITION) &&
                         is_any(at(s, from - 1), LEX_BIT(LEX_REPORT_NOUN));
        if (of_report) break; /* "information about 233 boys" */
        if (!bound || !(bound->b & PLACE_BEFORE)) {
            /* "at least the 12", "at least another 12" */
            const lex_sense *earlier = sense(at(s, from - 1), LEX_BOUND);
            if (is_any(b, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY)) && earlier && earlier->b & PLACE_BEFORE)
                continue;
            break;
        }
        if (n->bound == 0 || n->bound == BOUND_ABOUT || bound->a != BOUND_ABOUT) set_bound(n, bound, b);
        s->list->at[from].flags |= ITEM_USED;
        n->first = (int16_t)from;
    }
    take_sign(s, n);
    const item *after = at(s, n->last + 1);
    const lex_sense *bound = after->kind == ITEM_WORD ? sense(after, LEX_BOUND) : NULL;
    if (bound && bound->b & PLACE_AFTER) {
        set_bound(n, bound, after);
        s->list->at[n->last + 1].flags |= ITEM_USED;
        n->last++;
    }
}

/* "Человек тридцать", "километров пять": the noun before its number makes it about. Not in a list of nouns with their
 * numbers (женщин 12, детей 5), nor of exact people (двое). */
static void find_inversion(const span *s, int i) {
    item *n = &s->list->at[i];
    const item *noun = at(s, i - 1), *lead = at(s, i - 2), *next = at(s, n->last + 1);
    if (!s->lex->inversion || !is_count(n) || n->first != i || (n->bound && n->bound != BOUND_NONE) ||
        noun->kind != ITEM_WORD)
        return;
    const lex_sense *people = sense(noun, LEX_NOUN);
    bool things = !people && is(noun, LEX_NOT_VICTIM) && !is(noun, LEX_NUMBERED);
    bool round = n->value >= 5 && (n->value <= 10 || fmod(n->value, 5) == 0) && n->words != 1;
    if (!things && !(people && !people->a && !people->c && round)) return;
    if (lead->kind == ITEM_NUMBER ||
        is_any(lead, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_PART) | LEX_BIT(LEX_ADJECTIVE)))
        return;
    if (next->kind == ITEM_NUMBER ||
        (next->kind == ITEM_WORD &&
         is_any(next, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_MONTH))))
        return;
    n->flags |= ITEM_INVERTED;
    n->bound = BOUND_ABOUT;
}

static void settle(item *n) {
    if (n->flags & ITEM_VAGUE || !isnan(n->low) || !isnan(n->high)) return;
    n->best = n->value;
    if (n->bound == BOUND_AT_LEAST)
        n->low = n->value;
    else if (n->bound == BOUND_AT_MOST)
        n->high = n->value;
    else if (n->bound != BOUND_ABOUT)
        n->low = n->high = n->value;
}
void numbers_merge(items *list, en_str text, const lexicon *lex) {
    span s = {list, text, lex};
    merge_words(&s);
    for (int i = 0; i < list->n; i++) find_range(&s, i);
    for (int i = 0; i < list->n; i++) take_brackets(&s, i);
    for (int i = 0; i < list->n; i++) find_bounds(&s, i);
    for (int i = 0; i < list->n; i++) find_inversion(&s, i);
    for (int i = 0; i < list->n; i++) {
        item *n = &list->at[i];
        if (n->kind != ITEM_NUMBER) continue;
        settle(n);
        mark_uncounted(&s, i);
    }
}
