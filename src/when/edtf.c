/* Reading and printing partial dates: EDTF levels 0 and 1, the unknown year of level 2, and day-month forms whose order
 * is stated. */
#include <stdio.h>
#include <string.h>

#include "everyname/when.h"

enum { TEXT_MAX = 64 };

/* The text with digits of other scripts as ASCII ones, and where reading has come to. */
typedef struct reader {
    char text[TEXT_MAX + 1];
    size_t len, at;
} reader;

static bool is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static en_status refuse(en_error *err, en_str text, const char *why, const char *mend) {
    size_t shown = text.len < 60 ? text.len : 60;
    while (shown < text.len && shown > 0 && is_continuation(text.ptr[shown])) shown--; /* no half character */
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" %s", (int)shown, text.ptr, why);
    en_error_mend(err, "%s", mend);
    return EN_ERR_INPUT;
}

/* ---- digits of any script ---- */

/* The value of a decimal digit of another script, its first code points by block; -1 for anything else. */
static int digit_value(uint32_t c) {
    static const uint32_t zeros[] = {0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66,
                                     0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (c >= zeros[i] && c < zeros[i] + 10) return (int)(c - zeros[i]);
    return -1;
}

static uint32_t three_byte(const unsigned char *p) {
    return (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
}

/* Copies `text` with plain digits and without marks of writing direction. False where it is too long or holds what no
 * date does. */
static bool read_plain(en_str text, reader *r) {
    const unsigned char *p = (const unsigned char *)text.ptr;
    *r = (reader){0};
    for (size_t i = 0; i < text.len;) {
        int digit = -1;
        size_t bytes = 1;
        if (!p[i]) return false; /* reading stops at a zero byte, and what follows would go unseen */
        if (p[i] >= 0xC2 && p[i] < 0xE0 && i + 1 < text.len && is_continuation(text.ptr[i + 1]))
            digit = digit_value((uint32_t)(p[i] & 31) << 6 | (p[i + 1] & 63)), bytes = 2;
        else if (p[i] >= 0xE0 && p[i] < 0xF0 && i + 2 < text.len && is_continuation(text.ptr[i + 1]) &&
                 is_continuation(text.ptr[i + 2]))
            digit = digit_value(three_byte(p + i)), bytes = 3;
        bool mark = bytes == 3 && p[i] == 0xE2 && p[i + 1] == 0x80 && (p[i + 2] == 0x8E || p[i + 2] == 0x8F);
        if (bytes > 1 && digit < 0 && !mark) return false;
        if (p[i] >= 128 && bytes == 1) return false;
        if (r->len == TEXT_MAX) return false;
        if (!mark) r->text[r->len++] = digit >= 0 ? (char)('0' + digit) : text.ptr[i];
        i += bytes;
    }
    return r->len > 0;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- one EDTF date ---- */

/* Exactly two digits, or XX; false where neither is there. */
static bool read_two(reader *r, uint8_t *value, bool *unknown) {
    const char *p = r->text + r->at;
    *unknown = p[0] == 'X' && p[1] == 'X';
    if (!*unknown && !(is_digit(p[0]) && is_digit(p[1]))) return false;
    *value = *unknown ? 0 : (uint8_t)((p[0] - '0') * 10 + p[1] - '0');
    r->at += 2;
    return true;
}

/* Y and five to nine digits. */
static bool read_long_year(reader *r, en_date *d) {
    int64_t year = 0;
    bool negative = r->text[r->at] == '-';
    r->at += negative;
    size_t first = r->at;
    while (is_digit(r->text[r->at])) {
        year = year * 10 + (r->text[r->at++] - '0');
        if (r->at - first > 9) return false;
    }
    if (r->at - first < 5 || r->text[first] == '0' || year > 2000000000) return false;
    d->year = (int32_t)(negative ? -year : year);
    d->year_negative = negative;
    d->year_long = true;
    return true;
}

/* Four places of digits, the last of which can be X. */
static bool read_year(reader *r, en_date *d) {
    if (r->text[r->at] == 'Y') {
        r->at++;
        return read_long_year(r, d);
    }
    bool negative = r->text[r->at] == '-';
    r->at += negative;
    int32_t year = 0;
    int unknown = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        char c = r->text[r->at];
        if (c == 'X')
            unknown++;
        else if (!is_digit(c) || unknown)
            return false;
        year = year * 10 + (c == 'X' ? 0 : c - '0');
    }
    if (negative && (unknown == 4 || (year == 0 && !unknown))) return false;
    d->year = negative ? -year : year;
    d->year_negative = negative;
    d->year_unknown = unknown == 4;
    d->unknown_digits = unknown == 4 ? 0 : (uint8_t)unknown;
    return true;
}

/* Two digits no greater than `most`, after `before` unless that is 0. */
static bool skip_two(reader *r, char before, int most) {
    const char *p = r->text + r->at;
    if (before && *p++ != before) return false;
    if (!is_digit(p[0]) || !is_digit(p[1]) || (p[0] - '0') * 10 + p[1] - '0' > most) return false;
    r->at += before ? 3 : 2;
    return true;
}

/* The time of a date-time, hh:mm[:ss[.s]] and Z or ±hh[:mm], is read over: what is kept is the date. */
static bool skip_time(reader *r) {
    if (r->text[r->at] != 'T') return true;
    r->at++;
    if (!skip_two(r, 0, 24) || !skip_two(r, ':', 59)) return false;
    if (skip_two(r, ':', 60) && r->text[r->at] == '.' && is_digit(r->text[r->at + 1]))
        for (r->at++; is_digit(r->text[r->at]);) r->at++;
    if (r->text[r->at] == 'Z') {
        r->at++;
    } else if (r->text[r->at] == '+' || r->text[r->at] == '-') {
        r->at++;
        if (!skip_two(r, 0, 24)) return false;
        (void)skip_two(r, ':', 59);
    }
    return true;
}

static void read_qualifier(reader *r, en_date *d) {
    char c = r->text[r->at];
    if (c != '?' && c != '~' && c != '%') return;
    d->uncertain = c != '~';
    d->approximate = c != '?';
    r->at++;
}

static bool read_month_and_day(reader *r, en_date *d) {
    if (d->year_long || r->text[r->at] != '-') return true;
    r->at++;
    if (!read_two(r, &d->month, &d->month_unknown)) return false;
    bool season = d->month >= 21 && d->month <= 24;
    if (!d->month_unknown && !season && (d->month < 1 || d->month > 12)) return false;
    if (r->text[r->at] != '-') return true;
    r->at++;
    if (season || !read_two(r, &d->day, &d->day_unknown)) return false;
    if (d->month_unknown) return d->day_unknown; /* a known day in an unknown month is of level 2 */
    if (d->day_unknown) return true;
    int32_t year = d->year_unknown || d->unknown_digits ? 2000 : d->year; /* some leap year is among the possible */
    return d->day >= 1 && d->day <= en_days_in_month(year, d->month);
}

static bool read_date(reader *r, en_date *d) {
    *d = (en_date){0};
    if (!read_year(r, d) || !read_month_and_day(r, d)) return false;
    if (d->day && !skip_time(r)) return false;
    read_qualifier(r, d);
    return !d->year_unknown || (d->month && d->month <= 12);
}

/* ---- what days a date can mean ---- */

static void year_range(const en_date *d, int32_t *first, int32_t *last) {
    static const int32_t spread[] = {0, 9, 99, 999};
    int32_t more = spread[d->unknown_digits & 3];
    *first = d->year_negative ? d->year - more : d->year;
    *last = d->year_negative ? d->year : d->year + more;
}

/* A season is not tied to a hemisphere: the whole year, and for summer and winter the two months that may lie in the
 * next. */
static void day_range(const en_date *d, int32_t *first_day, int32_t *last_day) {
    int32_t first, last;
    year_range(d, &first, &last);
    if (d->year_unknown) {
        *first_day = EN_DAY_MIN;
        *last_day = EN_DAY_MAX;
    } else if (d->month == 0 || d->month > 12) {
        bool into_next = d->month == 22 || d->month == 24;
        *first_day = en_day_number(first, 1, 1);
        *last_day = into_next ? en_day_number(last + 1, 2, en_days_in_month(last + 1, 2)) : en_day_number(last, 12, 31);
    } else {
        /* 190X-02-29 is 1904 to 1908: ten years in a row hold a leap year. */
        while (first < last && d->day > en_days_in_month(first, d->month)) first++;
        while (last > first && d->day > en_days_in_month(last, d->month)) last--;
        *first_day = en_day_number(first, d->month, d->day ? d->day : 1);
        *last_day = en_day_number(last, d->month, d->day ? d->day : en_days_in_month(last, d->month));
    }
}

static void set_days(en_when *w) {
    int32_t unused;
    w->first_day = EN_DAY_MIN;
    w->last_day = EN_DAY_MAX;
    if (w->from_kind == EN_BOUND_DATE) day_range(&w->from, &w->first_day, &unused);
    if (w->to_kind == EN_BOUND_DATE) day_range(&w->to, &unused, &w->last_day);
}

/* ---- intervals ---- */

static bool read_bound(reader *r, en_date *d, en_bound_kind *kind) {
    *d = (en_date){0};
    *kind = EN_BOUND_DATE;
    if (r->text[r->at] == '.' && r->text[r->at + 1] == '.') {
        r->at += 2;
        *kind = EN_BOUND_OPEN;
        return true;
    }
    if (r->text[r->at] == 0 || r->text[r->at] == '/') {
        *kind = EN_BOUND_UNKNOWN;
        return true;
    }
    return read_date(r, d);
}

typedef enum { READ_OK, READ_MALFORMED, READ_ENDS_BEFORE_START } read_result;

static read_result read_edtf(reader *r, en_when *out) {
    *out = (en_when){0};
    out->is_interval = memchr(r->text, '/', r->len) != NULL;
    if (!out->is_interval) {
        if (!read_date(r, &out->from) || r->text[r->at]) return READ_MALFORMED;
        out->to = out->from;
        set_days(out);
        return READ_OK;
    }
    if (!read_bound(r, &out->from, &out->from_kind) || r->text[r->at++] != '/' ||
        !read_bound(r, &out->to, &out->to_kind) || r->text[r->at])
        return READ_MALFORMED;
    if (out->from_kind != EN_BOUND_DATE && out->to_kind != EN_BOUND_DATE) return READ_MALFORMED;
    set_days(out);
    int32_t from_last = EN_DAY_MIN, to_first = EN_DAY_MAX, unused;
    if (out->from_kind == EN_BOUND_DATE) day_range(&out->from, &from_last, &unused);
    if (out->to_kind == EN_BOUND_DATE) day_range(&out->to, &unused, &to_first);
    return from_last != EN_DAY_MIN && to_first < from_last ? READ_ENDS_BEFORE_START : READ_OK;
}

/* ---- day-month forms ---- */

/* Numbers parted by one of . / - or spaces; their values and how many digits each has. 0 where the text is anything
 * else. */
static int split_numbers(const reader *r, int32_t value[3], int digits[3]) {
    int n = 0;
    size_t at = 0;
    while (at < r->len) {
        if (n == 3 || !is_digit(r->text[at])) return 0;
        value[n] = digits[n] = 0;
        while (is_digit(r->text[at])) {
            if (++digits[n] > 8) return 0;
            value[n] = value[n] * 10 + (r->text[at++] - '0');
        }
        n++;
        if (at == r->len) break;
        if (!strchr("./- ", r->text[at])) return 0;
        while (at < r->len && r->text[at] == ' ') at++;
        if (at < r->len && strchr("./-", r->text[at])) at++;
        while (at < r->len && r->text[at] == ' ') at++;
        if (at == r->len) return 0;
    }
    return n;
}

/* Eight digits in one: cut as the order says. */
static int cut_eight(en_date_order order, int32_t value[3], int digits[3]) {
    int32_t all = value[0];
    if (order == EN_ORDER_YMD)
        value[0] = all / 10000, value[1] = all / 100 % 100, value[2] = all % 100;
    else
        value[0] = all / 1000000, value[1] = all / 10000 % 100, value[2] = all % 10000;
    digits[0] = order == EN_ORDER_YMD ? 4 : 2;
    digits[1] = 2;
    digits[2] = order == EN_ORDER_YMD ? 2 : 4;
    return 3;
}

/* True where it was read; *why says what is wrong where the text has the form but not the values. */
static bool read_ordered(const reader *r, en_date_order order, en_when *out, const char **why) {
    int32_t value[3];
    int digits[3], n = split_numbers(r, value, digits);
    if (n == 1 && digits[0] == 8 && order != EN_ORDER_UNSTATED) n = cut_eight(order, value, digits);
    if (n < 2) return false;
    int year_at = digits[0] == 4 ? 0 : n - 1;
    if (digits[year_at] != 4) {
        *why = digits[year_at] == 2 ? "has a year of two digits" : "is not a date";
        return false;
    }
    if (order == EN_ORDER_UNSTATED && digits[0] == 4 && strchr(r->text, '-'))
        return false; /* it would be EDTF, were it a date */
    if (order == EN_ORDER_UNSTATED) {
        *why = "has a day and a month whose order is not stated";
        return false;
    }
    if ((year_at == 0) != (order == EN_ORDER_YMD)) {
        *why = "is not in the stated order of day, month and year";
        return false;
    }
    en_date d = {.year = value[year_at]};
    int32_t month = n == 2                  ? value[1 - (year_at ? 1 : 0)]
                    : order == EN_ORDER_DMY ? value[1]
                    : order == EN_ORDER_MDY ? value[0]
                                            : value[1];
    int32_t day = n == 2 ? 0 : order == EN_ORDER_DMY ? value[0] : order == EN_ORDER_MDY ? value[1] : value[2];
    *why = "is not a day of the calendar in the stated order";
    if (month < 1 || month > 12 || (n == 3 && (day < 1 || day > en_days_in_month(d.year, month)))) return false;
    d.month = (uint8_t)month;
    d.day = (uint8_t)day;
    *out = (en_when){.from = d, .to = d};
    set_days(out);
    return true;
}

en_status en_when_parse(en_str text, en_date_order order, en_when *out, en_error *err) {
    reader r;
    text = en_str_trim(text);
    if (!read_plain(text, &r))
        return refuse(err, text, text.len ? "is not a date" : "is empty",
                      "write it as 1994-05-17, 1994-05, 1994 or 199X");
    read_result result = read_edtf(&r, out);
    if (result == READ_OK) return EN_OK;
    if (result == READ_ENDS_BEFORE_START)
        return refuse(err, text, "ends before it starts", "put the earlier date before the slash");
    const char *why = "is not a date";
    if (read_ordered(&r, order, out, &why)) return EN_OK;
    if (strstr(why, "order is not stated")) return refuse(err, text, why, "use --date-order dmy, mdy or ymd");
    if (strstr(why, "two digits")) return refuse(err, text, why, "write the year with four digits");
    return refuse(err, text, why, "write it as 1994-05-17, 1994-05, 1994 or 199X");
}

/* ---- printing ---- */

typedef struct printer {
    char *buf;
    size_t cap, len;
} printer;

static void put(printer *p, const char *text) {
    for (; *text; text++, p->len++)
        if (p->len + 1 < p->cap) p->buf[p->len] = *text;
}

static void put_year(printer *p, const en_date *d) {
    char year[16];
    if (d->year_unknown) {
        put(p, "XXXX");
        return;
    }
    if (d->year_long) {
        snprintf(year, sizeof year, "Y%d", (int)d->year);
    } else {
        int n = snprintf(year, sizeof year, "%s%04d", d->year_negative || d->year < 0 ? "-" : "",
                         (int)(d->year < 0 ? -d->year : d->year));
        for (int i = 0; i < d->unknown_digits && i < n; i++) year[n - 1 - i] = 'X';
    }
    put(p, year);
}

static void put_two(printer *p, int value, bool unknown) {
    char text[8];
    if (!value && !unknown) return;
    snprintf(text, sizeof text, "-%02d", value);
    put(p, unknown ? "-XX" : text);
}

static void put_date(printer *p, const en_date *d) {
    put_year(p, d);
    put_two(p, d->month, d->month_unknown);
    put_two(p, d->day, d->day_unknown);
    if (d->uncertain || d->approximate) put(p, d->uncertain && d->approximate ? "%" : d->uncertain ? "?" : "~");
}

static void put_bound(printer *p, const en_date *d, en_bound_kind kind) {
    if (kind == EN_BOUND_DATE)
        put_date(p, d);
    else if (kind == EN_BOUND_OPEN)
        put(p, "..");
}

size_t en_when_print(const en_when *when, char *buf, size_t cap) {
    printer p = {buf, cap, 0};
    put_bound(&p, &when->from, when->from_kind);
    if (when->is_interval) {
        put(&p, "/");
        put_bound(&p, &when->to, when->to_kind);
    }
    if (cap) buf[p.len < cap ? p.len : cap - 1] = 0;
    return p.len;
}

/* ---- filling an unknown year ---- */

static bool latest_year(en_date *d, int32_t document_last_day) {
    int32_t year, first, last;
    int month, day;
    en_day_to_civil(document_last_day, &year, &month, &day);
    if (year > 9999 || year < -9990) return false; /* a long year has no month in EDTF */
    d->year_unknown = false;
    for (int back = 0; back < 9; back++, year--) { /* a 29 February can be eight years back */
        d->year = year;
        d->year_negative = year < 0;
        if (d->day > en_days_in_month(year, d->month)) continue;
        day_range(d, &first, &last);
        if (first <= document_last_day) return true;
    }
    return false;
}

en_status en_when_fill_year(en_when *when, const en_when *document, en_error *err) {
    if (!when->from.year_unknown || !when->to.year_unknown || when->from_kind != EN_BOUND_DATE ||
        when->to_kind != EN_BOUND_DATE)
        return en_fail(err, EN_ERR_INPUT, "the date does not lack its year");
    if (document->last_day == EN_DAY_MAX || document->first_day == EN_DAY_MIN)
        return en_fail(err, EN_ERR_INPUT, "the document's own year is not known");
    en_when filled = *when;
    if (!latest_year(&filled.to, document->last_day)) return en_fail(err, EN_ERR_INPUT, "no year fits the date");
    /* The start of an interval is the latest that does not come after its end. */
    int32_t first, last;
    day_range(&filled.to, &first, &last);
    if (!latest_year(&filled.from, when->is_interval ? last : document->last_day))
        return en_fail(err, EN_ERR_INPUT, "no year fits the date");
    filled.from.year_filled = filled.to.year_filled = true;
    filled.from.uncertain = filled.to.uncertain = true; /* so that the mark is in the text too */
    set_days(&filled);
    *when = filled;
    return EN_OK;
}
