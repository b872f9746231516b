/* Partial dates: EDTF (ISO 8601-2) levels 0 and 1, `..` intervals, and the unknown year (XXXX-03-03) of level 2.
 *
 * In goes text as a list wrote it; out comes a value that knows the first and the last day it can mean. Two dates are
 * compared as intervals of days: a date can be certainly before another, certainly after, or neither. Nothing guesses
 * the order of day and month: the caller states it, or the value is refused with the mend.
 */
#ifndef EVERYNAME_WHEN_H
#define EVERYNAME_WHEN_H

#include "everyname/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EN_DAY_MIN INT32_MIN /* open or unknown start */
#define EN_DAY_MAX INT32_MAX /* open or unknown end */

/* How digits of a date that is not EDTF are ordered, as 03/04/1999. */
typedef enum { EN_ORDER_UNSTATED = 0, EN_ORDER_DMY, EN_ORDER_MDY, EN_ORDER_YMD } en_date_order;

typedef enum {
    EN_BOUND_DATE = 0,
    EN_BOUND_OPEN /* .. */,
    EN_BOUND_UNKNOWN /* nothing before or after the slash */
} en_bound_kind;

/* One date at its precision. Month 13-20 is not used; 21-24 are EDTF seasons (spring, summer, autumn, winter). */
typedef struct en_date {
    int32_t year;           /* astronomical, proleptic Gregorian; meaningless where year_unknown */
    uint8_t month;          /* 1-12, 21-24, 0 not given */
    uint8_t day;            /* 1-31, 0 not given */
    uint8_t unknown_digits; /* trailing X of the year: 0-3, as 199X = 1, 19XX = 2 */
    bool year_unknown;      /* XXXX */
    bool month_unknown;     /* 1999-XX */
    bool day_unknown;       /* 1999-03-XX */
    bool uncertain;         /* ? or % */
    bool approximate;       /* ~ or % */
    bool year_filled;       /* the year was taken from a document's date (en_when_fill_year) */
    bool year_long;         /* written with Y, as Y-17000 */
    bool year_negative;     /* written with a minus; X then stands for digits away from zero */
} en_date;

typedef struct en_when {
    en_date from, to; /* equal unless is_interval */
    en_bound_kind from_kind, to_kind;
    bool is_interval;
    int32_t first_day, last_day; /* days since 1970-01-01 that it can mean, both inclusive */
} en_when;

typedef enum {
    EN_WHEN_EQUAL = 0, /* same first and last day */
    EN_WHEN_BEFORE,    /* certainly before: last_day < other's first_day */
    EN_WHEN_AFTER,
    EN_WHEN_WITHIN, /* inside the other */
    EN_WHEN_CONTAINS,
    EN_WHEN_OVERLAPS /* share some days, neither holds the other */
} en_when_relation;

/* Parses EDTF; with a stated `order` also D/M/Y-like forms with . / - or spaces, and one- or two-digit days and months
 * (four-digit years only). Digits of any script are read. EN_ERR_INPUT says what is wrong, with the mend; a day-month
 * form without a stated order is refused with "use --date-order". */
en_status en_when_parse(en_str text, en_date_order order, en_when *out, en_error *err);
/* Canonical EDTF into buf, always terminated; returns the length needed. */
size_t en_when_print(const en_when *when, char *buf, size_t cap);
en_when_relation en_when_compare(const en_when *a, const en_when *b);
/* XXXX-03-03 gets the year of `document` that puts it on or before that document's last day; marked year_filled.
 * EN_ERR_INPUT where `when` has no unknown year or the document's own year is unknown. */
en_status en_when_fill_year(en_when *when, const en_when *document, en_error *err);
int32_t en_day_number(int32_t year, int month, int day); /* days since 1970-01-01, proleptic Gregorian */
void en_day_to_civil(int32_t day_number, int32_t *year, int *month, int *day);
int en_days_in_month(int32_t year, int month);
/* Full years from birth to event: the least and the most they can be. False where either is unknown. */
bool en_age_at(const en_when *birth, const en_when *event, int *least, int *most);
/* "YYYY-MM-DDThh:mm:ssZ" of seconds since 1970; buf of at least 21 bytes. */
void en_time_print(int64_t seconds, char *buf, size_t cap);
/* The reverse; also without seconds, and a day alone, which is its midnight UTC. False where it is none of these. */
bool en_time_parse(const char *text, int64_t *seconds);

#ifdef __cplusplus
}
#endif
#endif
