/* Dates and numbers among items: what is written in several words or signs becomes one. */
#include "extract/numerals.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "everyname/when.h"
#include "text/utf8.h"

enum { YEAR_LEAST = 1000, YEAR_MOST = 2100 };

static bool is_dash(const item *i) { return is_punct(i, '-') || is_punct(i, 0x2013); }
static bool is_range(const item *i) { return is(i, LEX_RANGE) || is_dash(i); }
static bool is_whole(double v) { return v == floor(v); }
static bool is_plain_number(const item *i) { return i->kind == ITEM_NUMBER && !(i->flags & ITEM_PERCENT); }

static bool is_year(const item *i) {
    return is_plain_number(i) && i->bound != 1 && is_whole(i->value) && i->value >= YEAR_LEAST && i->value <= YEAR_MOST;
}

/* 12th, 3-го, 1er: the digits a code begins with; 0 where it is no ordinal of a day. */
static int ordinal_day(const item *i, en_str text) {
    int value = 0, digits = 0;
    uint32_t at = i->start;
    while (at < i->end && digits < 3) {
        char32_t c;
        size_t len = en_utf8_next((en_str){text.ptr + at, i->end - at}, &c);
        int digit = u_charDigitValue((UChar32)c);
        if (digit < 0) break;
        value = value * 10 + digit;
        digits++;
        at += (uint32_t)len;
    }
    return digits && digits < 3 && i->end - at <= 6 && value <= 31 ? value : 0;
}

static int day_of(const item *i, en_str text) {
    if (is_plain_number(i) && is_whole(i->value) && i->value >= 1 && i->value <= 31 && i->bound != 1)
        return (int)i->value;
    if (i->kind == ITEM_CODE) return ordinal_day(i, text);
    const lex_sense *o = i->kind == ITEM_WORD ? sense(i, LEX_ORDINAL) : NULL;
    return o && o->value >= 1 && o->value <= 31 ? (int)o->value : 0;
}

/* --- dates --- */

typedef struct span {
    items *list;
    en_str text;
    const lexicon *lex;
} span;

static const item *at(const span *s, int i) {
    static const item none = {.kind = ITEM_PUNCT};
    return i >= 0 && i < s->list->n ? &s->list->at[i] : &none;
}

/* The number of the month at i, 0 where it is none. A name of a month that is also a word needs its capital, and at the
 * start of a sentence a day or year beside it. */
static int month_at(const span *s, int i) {
    const item *m = at(s, i);
    const lex_sense *month = m->kind == ITEM_WORD ? sense(m, LEX_MONTH) : NULL;
    if (!month) return 0;
    if (!month->a) return (int)month->value;
    if (!(m->flags & ITEM_CAPITAL)) return 0;
    bool beside = day_of(at(s, i + 1), s->text) || day_of(at(s, i - 1), s->text) || is_year(at(s, i + 1));
    if (m->mask != LEX_BIT(LEX_MONTH) && m->flags & ITEM_FIRST && !beside) return 0;
    return (int)month->value;
}

/* A year at i, perhaps after a comma or "of": how many items it takes, 0 none. */
static int year_after(const span *s, int i, int16_t *year) {
    int from = i;
    if (is_punct(at(s, i), ',') || is(at(s, i), LEX_OF)) i++;
    if (!is_year(at(s, i))) return 0;
    if (at(s, i + 1)->kind == ITEM_WORD && is(at(s, i + 1), LEX_NOUN) && is_punct(at(s, from), ',') && i > from) {
        /* "On 3 March, 2019 people": a year all the same where a comma follows it, else a count */
        return 0;
    }
    *year = (int16_t)at(s, i)->value;
    return i - from + 1;
}

/* "25 to 26", "25-26", "25 and 26": the second day at i+1; how many items, 0 none. */
static int second_day(const span *s, int i, int8_t *day) {
    if (!is_range(at(s, i)) && !is(at(s, i), LEX_CONJUNCTION)) return 0;
    int d = day_of(at(s, i + 1), s->text);
    if (!d) return 0;
    *day = (int8_t)d;
    return 2;
}

/* Day, month, year. Items taken, 0 none. */
static int day_first(const span *s, int i, item_date *d) {
    int day = day_of(at(s, i), s->text), n = 1;
    if (!day) return 0;
    int8_t second = (int8_t)day;
    int more = second_day(s, i + n, &second);
    int of = is(at(s, i + n + more), LEX_OF) ? 1 : 0;
    int month = month_at(s, i + n + more + of);
    if (!month && more) {
        more = 0;
        second = (int8_t)day;
        of = is(at(s, i + n), LEX_OF) ? 1 : 0;
        month = month_at(s, i + n + of);
    }
    if (!month) return 0;
    n += more + of + 1;
    *d = (item_date){.day = (int8_t)day, .day2 = second, .month = (int8_t)month, .month2 = (int8_t)month};
    n += year_after(s, i + n, &d->year);
    d->year2 = d->year;
    return n;
}

/* Whether the number after a month is a count and not a day: "In May 12 people", but "On March 3 soldiers". */
static bool day_counts(const span *s, int month, int number) {
    const lex_sense *before = sense(at(s, month - 1), LEX_PREPOSITION);
    return is_any(at(s, number + 1), LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY)) && at(s, number)->kind == ITEM_NUMBER &&
           !(before && before->a);
}

static int month_first(const span *s, int i, item_date *d) {
    int month = month_at(s, i), n = 1;
    if (!month) return 0;
    *d = (item_date){.month = (int8_t)month, .month2 = (int8_t)month};
    int day = day_of(at(s, i + 1), s->text);
    if (day && !day_counts(s, i, i + 1)) {
        d->day = d->day2 = (int8_t)day;
        n++;
        int more = second_day(s, i + n, &d->day2);
        if (more && is_any(at(s, i + n + more), LEX_BIT(LEX_NOUN))) more = 0, d->day2 = d->day;
        n += more;
    }
    n += year_after(s, i + n, &d->year);
    d->year2 = d->year;
    return n;
}

/* 1992-1995, 1992-95: years joined by a dash. */
static int year_span(const span *s, int i, item_date *d) {
    if (!is_year(at(s, i)) || !is_dash(at(s, i + 1)) || !(at(s, i + 1)->flags & ITEM_JOINED)) return 0;
    const item *second = at(s, i + 2);
    if (!is_plain_number(second) || !is_whole(second->value)) return 0;
    double from = at(s, i)->value, to = second->value;
    if (to < 100) to += floor(from / 100) * 100;
    if (to <= from || to > YEAR_MOST) return 0;
    *d = (item_date){.year = (int16_t)from, .year2 = (int16_t)to};
    return 3;
}

static int date_at(const span *s, int i, item_date *d) {
    const item *here = at(s, i);
    if (here->kind == ITEM_DATE && here->value > 0) {
        int v = (int)here->value;
        *d = (item_date){.year = (int16_t)(v / 10000), .month = (int8_t)(v / 100 % 100), .day = (int8_t)(v % 100)};
        d->year2 = d->year, d->month2 = d->month, d->day2 = d->day;
        return 1;
    }
    if (here->kind == ITEM_DATE) return *d = (item_date){0}, 1;
    const lex_sense *weekday = here->kind == ITEM_WORD ? sense(here, LEX_WEEKDAY) : NULL;
    if (weekday) {
        int comma = is_punct(at(s, i + 1), ',') ? 1 : 0;
        int n = day_first(s, i + 1 + comma, d);
        if (!n) n = month_first(s, i + 1 + comma, d);
        if (n) return n + 1 + comma;
        *d = (item_date){.weekday = (int8_t)weekday->value};
        return 1;
    }
    const lex_sense *word = here->kind == ITEM_WORD ? sense(here, LEX_DATE_WORD) : NULL;
    if (word) return *d = (item_date){.ago = (int8_t)(word->value + 1)}, here->words ? 1 : 0;
    int n = day_first(s, i, d);
    if (!n) n = month_first(s, i, d);
    return n ? n : year_span(s, i, d);
}

/* "25 February to 3 March 2019": two dates and a word of range make one. */
static void join_dates(items *list) {
    for (int i = 0; i + 2 < list->n; i++) {
        item *a = &list->at[i], *b = &list->at[i + 2];
        if (a->kind != ITEM_DATE || b->kind != ITEM_DATE || !is_range(&list->at[i + 1])) continue;
        if (!a->date.month || !b->date.month || a->date.day2 != a->date.day) continue;
        a->date.year2 = b->date.year2;
        a->date.month2 = b->date.month2;
        a->date.day2 = b->date.day2;
        if (!a->date.year) a->date.year = b->date.year;
        a->end = b->end;
        memmove(&list->at[i + 1], &list->at[i + 3], sizeof(item) * (size_t)(list->n - i - 3));
        list->n -= 2;
    }
}

void dates_merge(items *list, en_str text, const lexicon *lex) {
    span s = {list, text, lex};
    int to = 0;
    for (int i = 0; i < list->n; to++) {
        item_date d;
        int n = date_at(&s, i, &d);
        if (!n) {
            list->at[to] = list->at[i++];
            continue;
        }
        item made = list->at[i];
        made.kind = ITEM_DATE;
        made.end = list->at[i + n - 1].end;
        made.mask = 0;
        made.n_senses = 0;
        made.date = d;
        list->at[to] = made;
        i += n;
    }
    list->n = to;
    join_dates(list);
}

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
    if (!n) return false;
    if (s->lex->units_first && n->value >= 20 && v->current > 0 && fmod(v->current, 100) < 10 &&
        fmod(v->current, 100) > 0 && n->value < 100)
        return true;
    if (s->lex->join_tens && v->last == 10 && n->value < 10) return true;
    if (s->lex->units_first && v->multiplied) return true;
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
    for (;;) {
        running before = *v;
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
    n = 1;
    while (is(at(s, i + n), LEX_VAGUE) || (is(at(s, i + n), LEX_OF) && is(at(s, i + n + 1), LEX_VAGUE))) n++;
    return n;
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
    made.bound = bound;
    /* senses of the word stay: "one" and "a second" are other things too */
    return made;
}

static void merge_words(const span *s) {
    int to = 0;
    items *list = s->list;
    for (int i = 0; i < list->n; to++) {
        running v = {0};
        int vague = vague_at(s, i), n = vague ? vague : words_at(s, i, &v);
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
    for (int back = 1; back <= 4; back++) {
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

static void find_bounds(const span *s, int i) {
    item *n = &s->list->at[i];
    if (!is_count(n)) return;
    int from = n->first - 1;
    for (; from >= 0; from--) {
        const item *b = at(s, from);
        const lex_sense *bound = b->kind == ITEM_WORD ? sense(b, LEX_BOUND) : NULL;
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

/* --- what counts nobody --- */

/* A four-digit number is a year unless what follows is counted, and after a preposition even then. */
static bool reads_as_year(const span *s, int i) {
    const item *n = at(s, i), *prev = at(s, n->first - 1), *next = at(s, n->last + 1);
    if (n->words != 1 || !is_whole(n->value) || n->value < YEAR_LEAST || n->value > YEAR_MOST || n->last != i)
        return false;
    if (n->first != i) return false;
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
    bool bounded = n->first < i && (n->bound == BOUND_AT_MOST || n->bound == BOUND_AT_LEAST);
    return bounded && n->value <= 120 && prev->kind == ITEM_WORD &&
           ((is(prev, LEX_NOUN) && !is(prev, LEX_VERB)) || is(prev, LEX_AUXILIARY)) && !counted &&
           is_any(at(s, n->first), LEX_BIT(LEX_PREPOSITION));
}

static bool counts_nobody(const span *s, int i) {
    const item *n = at(s, i), *prev = at(s, n->first - 1), *next = at(s, n->last + 1);
    if (n->flags & ITEM_PERCENT || is(next, LEX_PERCENT)) return true;
    if (is(next, LEX_ORDINAL) && n->value < 10) return true; /* one sixth */
    if (is(prev, LEX_PERCENT)) return true;                  /* a quarter of a million */
    if (!(n->flags & ITEM_VAGUE) && !is_whole(n->value)) return true;
    if (is_punct(prev, '$') || is_punct(prev, '#') || is_punct(next, '$') || is_punct(prev, 0x2116)) return true;
    if (is_punct(prev, '/') || is_punct(next, '/') || is_punct(prev, 0xA7)) return true;
    bool plain = is(prev, LEX_NOT_VICTIM) && !(prev->flags & ITEM_CAPITAL && !(prev->flags & ITEM_FIRST)) &&
                 is_any(next, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY));
    if (is_any(prev, LEX_BIT(LEX_NUMBERED) | LEX_BIT(LEX_AGE)) && prev->kind == ITEM_WORD && !is(prev, LEX_NOUN) &&
        !plain)
        return true; /* "Camp 7", but "this year 60 people" */
    if (is_punct(prev, '.') && is(at(s, n->first - 2), LEX_NUMBERED)) return true;
    return reads_as_year(s, i) || is_age_of_name(s, i);
}

void numbers_merge(items *list, en_str text, const lexicon *lex) {
    span s = {list, text, lex};
    merge_words(&s);
    for (int i = 0; i < list->n; i++) find_range(&s, i);
    for (int i = 0; i < list->n; i++) find_bounds(&s, i);
    for (int i = 0; i < list->n; i++) {
        item *n = &list->at[i];
        if (n->kind != ITEM_NUMBER) continue;
        settle(n);
        if (is_age(&s, i) || is(at(&s, n->first - 1), LEX_AGE)) n->flags |= ITEM_AGE | ITEM_NO_COUNT;
        if (counts_nobody(&s, i)) n->flags |= ITEM_NO_COUNT;
    }
}

/* --- EDTF --- */

static size_t print_one(int year, int month, int day, char *buf, size_t cap) {
    int n;
    if (day && month)
        n = year ? snprintf(buf, cap, "%04d-%02d-%02d", year, month, day)
                 : snprintf(buf, cap, "XXXX-%02d-%02d", month, day);
    else if (month)
        n = year ? snprintf(buf, cap, "%04d-%02d", year, month) : snprintf(buf, cap, "XXXX-%02d", month);
    else if (year)
        n = snprintf(buf, cap, "%04d", year);
    else
        n = snprintf(buf, cap, "%s", "");
    return n > 0 ? (size_t)n : 0;
}

/* The year that puts a month on or before the report's. */
static int year_by(const item_date *report, int month, int day) {
    if (!report->year) return 0;
    bool later =
        report->month && (month > report->month || (month == report->month && day && report->day && day > report->day));
    return report->year - later;
}

size_t date_print(const item_date *d, const item_date *report, char *buf, size_t cap) {
    item_date full = *d;
    buf[0] = 0;
    if ((d->ago || d->weekday) && report->day) {
        /* 1970-01-01 was a Thursday, 4 */
        int32_t today = en_day_number(report->year, report->month, report->day);
        int weekday = (int)(((today + 3) % 7 + 7) % 7) + 1, month, day;
        int32_t year, then = d->ago ? today - (d->ago - 1) : today - ((weekday - d->weekday + 7) % 7);
        en_day_to_civil(then, &year, &month, &day);
        return print_one(year, month, day, buf, cap);
    }
    if (full.month && !full.year) full.year = full.year2 = (int16_t)year_by(report, full.month, full.day);
    size_t n = print_one(full.year, full.month, full.day, buf, cap);
    if (full.year2 == full.year && full.month2 == full.month && full.day2 == full.day) return n;
    char second[16];
    size_t m = print_one(full.year2, full.month2, full.day2, second, sizeof second);
    if (!n || !m || n + m + 2 > cap) return n;
    buf[n] = '/';
    memcpy(buf + n + 1, second, m + 1);
    return n + m + 1;
}
