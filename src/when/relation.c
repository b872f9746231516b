/* Dates compared as intervals of days. */
#include "everyname/when.h"

en_when_relation en_when_compare(const en_when *a, const en_when *b) {
    if (a->first_day == b->first_day && a->last_day == b->last_day) return EN_WHEN_EQUAL;
    if (a->last_day < b->first_day) return EN_WHEN_BEFORE;
    if (a->first_day > b->last_day) return EN_WHEN_AFTER;
    if (a->first_day >= b->first_day && a->last_day <= b->last_day) return EN_WHEN_WITHIN;
    if (a->first_day <= b->first_day && a->last_day >= b->last_day) return EN_WHEN_CONTAINS;
    return EN_WHEN_OVERLAPS;
}

/* Birthdays had from one day to another; who was born on 29 February has them on 1 March in other years. */
static int full_years(int32_t from, int32_t to) {
    int32_t birth_year, year;
    int birth_month, birth_day, month, day;
    en_day_to_civil(from, &birth_year, &birth_month, &birth_day);
    en_day_to_civil(to, &year, &month, &day);
    return (int)(year - birth_year) - (month < birth_month || (month == birth_month && day < birth_day));
}

static bool is_bounded(const en_when *w) { return w->first_day != EN_DAY_MIN && w->last_day != EN_DAY_MAX; }

bool en_age_at(const en_when *birth, const en_when *event, int *least, int *most) {
    if (!is_bounded(birth) || !is_bounded(event)) return false;
    *least = full_years(birth->last_day, event->first_day);
    *most = full_years(birth->first_day, event->last_day);
    if (*most < 0) return false;
    if (*least < 0) *least = 0;
    return true;
}
