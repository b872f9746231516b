#include "app/count_groups.h"

#include <stdio.h>
#include <string.h>

/* ---- what the query asks for ---- */

static en_status read_day(const char *text, const char *option, bool last, int32_t *day, en_error *err) {
    en_when when;
    if (en_when_parse(en_str_of(text), EN_ORDER_UNSTATED, &when, NULL) != EN_OK || when.first_day == EN_DAY_MIN ||
        when.last_day == EN_DAY_MAX) {
        en_fail(err, EN_ERR_USAGE, "--%s: \"%.60s\" is no date", option, text);
        en_error_mend(err, "write 1994-05-17, 1994-05 or 1994");
        return EN_ERR_USAGE;
    }
    *day = last ? when.last_day : when.first_day;
    return EN_OK;
}

static bool uses(const en_count_query *q, en_dimension d) {
    for (int i = 0; i < q->n_by; i++)
        if (q->by[i] == d) return true;
    for (int i = 0; i < q->n_where; i++)
        if (q->where[i].dimension == d) return true;
    return false;
}

en_status en_count_groups_of(const en_count_query *query, en_count_groups *out, en_error *err) {
    out->ages = en_ages_default;
    out->from = EN_DAY_MIN;
    out->to = EN_DAY_MAX;
    if (query->ages) EN_TRY(en_ages_parse(query->ages, &out->ages, err));
    if (query->from) EN_TRY(read_day(query->from, "from", false, &out->from, err));
    if (query->to) EN_TRY(read_day(query->to, "to", true, &out->to, err));
    if (out->from > out->to) return en_fail(err, EN_ERR_USAGE, "--from is after --to");
    if (uses(query, EN_DIM_PERIOD) && !query->from && !query->to) {
        en_fail(err, EN_ERR_USAGE, "counts by a period need one");
        en_error_mend(err, "give --from, --to or both");
        return EN_ERR_USAGE;
    }
    return EN_OK;
}

bool en_count_is_grouped(const en_count_query *query, en_dimension dimension) {
    if (dimension == EN_DIM_AGE_GROUP) return query->ages && strcmp(query->ages, en_ages_default.text) != 0;
    return dimension >= EN_DIM_YEAR && dimension <= EN_DIM_PERIOD;
}

/* ---- dates ---- */

/* Weeks begin on Monday; week 0 holds 1 January 1970, a Thursday. */
static int64_t week_of(int32_t day) {
    int64_t since = (int64_t)day + 3;
    return since >= 0 ? since / 7 : (since - 6) / 7;
}

/* A number for the unit of time that a day is in; -1 for years that have no four digits. */
static int64_t unit_of(en_dimension d, int32_t day) {
    int32_t year;
    int month, of_month;
    en_day_to_civil(day, &year, &month, &of_month);
    if (year < 0 || year > 9999) return -1;
    switch (d) {
    case EN_DIM_YEAR: return year;
    case EN_DIM_QUARTER: return year * 4 + (month - 1) / 3;
    case EN_DIM_WEEK: return week_of(day) + 1000000;
    default: return (int64_t)day + 10000000;
    }
}

/* ISO 8601: a week is of the year that its Thursday is in, and is numbered from the one with the first Thursday. */
static void print_week(int64_t week, char out[EN_GROUP_TEXT]) {
    int32_t thursday = (int32_t)(week * 7), year;
    int month, day;
    en_day_to_civil(thursday, &year, &month, &day);
    snprintf(out, EN_GROUP_TEXT, "%04d-W%02d", (int)year, (int)((thursday - en_day_number(year, 1, 1)) / 7) + 1);
}

static void print_unit(en_dimension d, int64_t unit, char out[EN_GROUP_TEXT]) {
    int32_t year;
    int month, day;
    switch (d) {
    case EN_DIM_YEAR: snprintf(out, EN_GROUP_TEXT, "%04d", (int)unit); break;
    case EN_DIM_QUARTER: snprintf(out, EN_GROUP_TEXT, "%04d-Q%d", (int)(unit / 4), (int)(unit % 4) + 1); break;
    case EN_DIM_WEEK: print_week(unit - 1000000, out); break;
    default:
        en_day_to_civil((int32_t)(unit - 10000000), &year, &month, &day);
        snprintf(out, EN_GROUP_TEXT, "%04d-%02d-%02d", (int)year, month, day);
    }
}

/* ---- groups as numbers, so that what sources say can be weighed ---- */

enum { NO_GROUP = -1, OUTSIDE = EN_AGE_GROUPS, WITHIN = 0, NOT_WITHIN = 1 };

static int64_t age_number(const en_age_scheme *ages, const en_account_span *said) {
    const char *name = en_age_group_of(ages, said->low, said->high);
    if (!name) return NO_GROUP;
    for (int i = 0; i < ages->n; i++)
        if (ages->of[i].name == name) return i;
    return OUTSIDE;
}

static int64_t period_number(const en_count_groups *g, const en_account_span *said) {
    if (said->low >= g->from && said->high <= g->to) return WITHIN;
    return said->high < g->from || said->low > g->to ? NOT_WITHIN : NO_GROUP;
}

static int64_t number_of(const en_count_groups *g, en_dimension d, const en_account_span *said) {
    if (d == EN_DIM_AGE_GROUP) return age_number(&g->ages, said);
    if (d == EN_DIM_PERIOD) return period_number(g, said);
    if (said->low == EN_DAY_MIN || said->high == EN_DAY_MAX) return NO_GROUP;
    int64_t unit = unit_of(d, said->low);
    return unit == unit_of(d, said->high) ? unit : NO_GROUP;
}

/* All that is said for the group of `said[i]`. */
static en_account_span tally(const en_count_groups *g, en_dimension d, const en_account_span *said, int32_t n,
                             int64_t number) {
    en_account_span sum = {.released = EN_DAY_MIN, .grade = 'G'};
    for (int32_t i = 0; i < n; i++) {
        if (number_of(g, d, &said[i]) != number) continue;
        sum.groups |= said[i].groups;
        if (said[i].released > sum.released) sum.released = said[i].released;
        if (said[i].grade < sum.grade) sum.grade = said[i].grade;
    }
    return sum;
}

static bool outweighs(const en_account_span *a, const en_account_span *b) {
    int more = __builtin_popcountll(a->groups) - __builtin_popcountll(b->groups);
    if (more) return more > 0;
    if (a->released != b->released) return a->released > b->released;
    return a->grade < b->grade;
}

/* Most independent sources, latest release, best grade, earliest. */
static int64_t vote(const en_count_groups *g, en_dimension d, const en_account_span *said, int32_t n) {
    int64_t best = NO_GROUP;
    en_account_span best_sum = {0};
    for (int32_t i = 0; i < n; i++) {
        int64_t number = number_of(g, d, &said[i]);
        if (number == NO_GROUP || number == best) continue;
        en_account_span sum = tally(g, d, said, n, number);
        if (best != NO_GROUP && !outweighs(&sum, &best_sum)) continue;
        best = number;
        best_sum = sum;
    }
    return best;
}

void en_count_group(const en_count_groups *g, en_dimension d, const en_account_span *said, int32_t n,
                    char out[EN_GROUP_TEXT]) {
    int64_t number = vote(g, d, said, n);
    if (d == EN_DIM_PERIOD && number == NO_GROUP)
        snprintf(out, EN_GROUP_TEXT, "%s", n ? "may_be_within" : "unknown");
    else if (number == NO_GROUP)
        snprintf(out, EN_GROUP_TEXT, "unknown");
    else if (d == EN_DIM_PERIOD)
        snprintf(out, EN_GROUP_TEXT, "%s", number == WITHIN ? "within" : "outside");
    else if (d == EN_DIM_AGE_GROUP)
        snprintf(out, EN_GROUP_TEXT, "%s", number == OUTSIDE ? "outside" : g->ages.of[number].name);
    else
        print_unit(d, number, out);
}
