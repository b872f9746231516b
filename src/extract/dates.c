/* Dates among items: what is written in several words or signs becomes one; and how a date is printed in EDTF. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "everyname/when.h"
#include "extract/numerals.h"
#include "extract/span.h"
#include "text/utf8.h"

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
