/* Values that a person has of each dimension, and which persons meet a condition. */
#include "app/count_values.h"

#include <stdio.h>
#include <string.h>

#include "base/map.h"

/* ---- groups ---- */

static const en_account_span *spans_of(const en_account *a, const en_account_person *p, en_dimension d, int32_t *n) {
    *n = d == EN_DIM_AGE_GROUP ? p->n_ages : p->n_dates;
    return d == EN_DIM_AGE_GROUP ? a->ages + p->first_age : a->dates + p->first_date;
}

/* The group of each person, its text once for all who share it. */
static en_status group_persons(en_count_reader *r, en_dimension d, en_map *texts, en_error *err) {
    const en_account *a = r->account;
    const char **of = en_arena_alloc(r->arena, ((size_t)a->n_persons + 1) * sizeof *of);
    const char **kept = en_arena_alloc(r->arena, ((size_t)a->n_persons + 1) * sizeof *kept);
    char text[EN_GROUP_TEXT];
    if (!of || !kept) return en_no_memory(err);
    for (int64_t i = 0; i < a->n_persons; i++) {
        int32_t n, number;
        bool added;
        const en_account_span *said = spans_of(a, &a->persons[i], d, &n);
        en_count_group(&r->groups, d, said, n, text);
        EN_TRY(en_map_intern(texts, en_str_of(text), &number, &added, err));
        if (added && !(kept[number] = en_arena_strdup(r->arena, en_str_of(text)))) return en_no_memory(err);
        of[i] = kept[number];
    }
    r->grouped[d] = of;
    return EN_OK;
}

static en_status group(en_count_reader *r, en_dimension d, en_error *err) {
    en_map texts = {0};
    if (r->grouped[d] || !en_count_is_grouped(r->query, d)) return EN_OK;
    en_status status = group_persons(r, d, &texts, err);
    en_map_clear(&texts);
    return status;
}

en_status en_count_reader_open(const en_account *account, const en_count_query *query, en_arena *arena,
                               en_count_reader *out, en_error *err) {
    *out = (en_count_reader){.account = account, .query = query, .arena = arena};
    EN_TRY(en_count_groups_of(query, &out->groups, err));
    for (int i = 0; i < query->n_by; i++) EN_TRY(group(out, query->by[i], err));
    for (int i = 0; i < query->n_where; i++) EN_TRY(group(out, query->where[i].dimension, err));
    return EN_OK;
}

/* ---- values ---- */

bool en_count_has_level(const en_account_person *p, en_level level) {
    if (level == EN_LEVEL_RECORDED) return true;
    if (level == EN_LEVEL_CORROBORATED) return p->n_groups >= 2;
    return strcmp(p->value[EN_DIM_VERIFICATION], "confirmed") == 0;
}

bool en_count_is_nothing(const char *value) {
    return strcmp(value, "unknown") == 0 || strcmp(value, "not_verified") == 0 || strcmp(value, "not_stated") == 0;
}

static const char *one_value(const en_count_reader *r, const en_account_person *p, en_dimension d) {
    const en_account *a = r->account;
    if (r->grouped[d]) return r->grouped[d][p - a->persons];
    if (d >= EN_DIM_PLACE_SITE && d <= EN_DIM_PLACE_REGION)
        return p->place < 0 || a->n_places == 0 ? "unknown" : a->places[p->place].at[d - EN_DIM_PLACE_SITE];
    return p->value[d] ? p->value[d] : "unknown";
}

static int families_of(const en_account *a, const en_account_person *p, const char *values[]) {
    int n = 0;
    for (int32_t i = 0; i < p->n_families && n < EN_COUNT_VALUES; i++) {
        const char *state = en_family_state_name(a->families[a->person_families[p->first_family + i]].state);
        bool seen = false;
        for (int k = 0; k < n; k++) seen |= values[k] == state;
        if (!seen) values[n++] = state;
    }
    return n;
}

static const char *const complete_names[] = {"name",       "date", "place", "sex", "age", "cause", "civilian_status",
                                             "directness", NULL};

static bool has_day(const en_account *a, const en_account_person *p) {
    for (int32_t i = 0; i < p->n_dates; i++)
        if (a->dates[p->first_date + i].low == a->dates[p->first_date + i].high) return true;
    return false;
}

/* What is known of a person. A full name has two parts or more, a date its day. */
static int known_of(const en_account *a, const en_account_person *p, const char *values[]) {
    static const en_dimension shown[] = {EN_DIM_PLACE,           EN_DIM_SEX,       EN_DIM_AGE_GROUP, EN_DIM_CAUSE,
                                         EN_DIM_CIVILIAN_STATUS, EN_DIM_DIRECTNESS};
    int n = 0;
    if (p->full_name) values[n++] = complete_names[0];
    if (has_day(a, p)) values[n++] = complete_names[1];
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (p->value[shown[i]] && strcmp(p->value[shown[i]], "unknown") != 0) values[n++] = complete_names[2 + i];
    return n;
}

int en_count_values_of(const en_count_reader *r, const en_account_person *p, en_dimension d, const char *values[]) {
    const en_account *a = r->account;
    int n = 0;
    if (!en_dimension_is_many(d)) {
        values[0] = one_value(r, p, d);
        return 1;
    }
    if (d == EN_DIM_FAMILY) return families_of(a, p, values);
    if (d == EN_DIM_COMPLETE) return known_of(a, p, values);
    for (int64_t s = 0; d == EN_DIM_SOURCE && s < a->n_sources; s++)
        if (p->pattern >> s & 1) values[n++] = a->sources[s].about.title;
    for (int i = 0; d == EN_DIM_EVER && i < a->n_ever; i++)
        if (p->ever >> i & 1) values[n++] = a->ever_codes[i];
    for (int32_t i = 0; d == EN_DIM_INCIDENT && i < p->n_incidents && n < EN_COUNT_VALUES; i++)
        values[n++] = a->incidents[a->person_incidents[p->first_incident + i]].shown;
    for (int32_t i = 0; d == EN_DIM_ALLEGED && i < p->n_parties && n < EN_COUNT_VALUES; i++)
        values[n++] = a->parties[a->person_parties[p->first_party + i]];
    return n;
}

/* ---- incidents ---- */

/* By its id, any prefix of the entry's digits, by its title or by its key. */
static bool is_incident(const en_account_incident *incident, const char *value) {
    const char *dot = strchr(value, '.'), *own = strchr(incident->ref, '.');
    if (strcmp(value, incident->title) == 0 || strcmp(value, incident->key) == 0) return true;
    return strncmp(value, "i:", 2) == 0 && dot && own && dot - value - 2 <= own - incident->ref &&
           strncmp(value + 2, incident->ref, (size_t)(dot - value) - 2) == 0 && strcmp(dot, own) == 0;
}

int32_t en_account_find_incident(const en_account *account, const char *text) {
    for (int64_t i = 0; i < account->n_incidents; i++)
        if (is_incident(&account->incidents[i], text)) return (int32_t)i;
    return -1;
}

bool en_count_lies_in(const en_account *a, int32_t incident, const char *value) {
    for (; incident >= 0; incident = a->incidents[incident].part_of)
        if (is_incident(&a->incidents[incident], value)) return true;
    return false;
}

/* Whoever is asked for as a child that lost a parent is so by the parent's incident. */
bool en_count_in_incident(const en_count_reader *r, const en_account_person *p, const char *value) {
    const en_account *a = r->account;
    for (int i = 0; i < r->query->n_where; i++)
        if (r->query->where[i].dimension == EN_DIM_PARENTS) return en_count_lies_in(a, p->loss_incident, value);
    for (int32_t i = 0; i < p->n_incidents; i++)
        if (is_incident(&a->incidents[a->person_incidents[p->first_incident + i]], value)) return true;
    return false;
}

bool en_count_has_value(const en_count_reader *r, const en_account_person *p, const en_condition *w) {
    const char *values[EN_COUNT_VALUES];
    if (w->dimension == EN_DIM_INCIDENT && strcmp(w->value, EN_COUNT_NONE) != 0)
        return en_count_in_incident(r, p, w->value);
    int n = en_count_values_of(r, p, w->dimension, values);
    for (int i = 0; i < n; i++)
        if (strcmp(values[i], w->value) == 0) return true;
    return n == 0 && strcmp(w->value, EN_COUNT_NONE) == 0;
}

/* ---- is the query one that can be answered ---- */

static bool somebody_has(const en_count_reader *r, const en_condition *w) {
    const en_account *a = r->account;
    if (w->dimension == EN_DIM_INCIDENT && en_account_find_incident(a, w->value) >= 0) return true;
    for (int64_t i = 0; i < a->n_persons; i++)
        if (en_count_has_value(r, &a->persons[i], w)) return true;
    return false;
}

static bool is_one_of(const char *value, const char *const *of) {
    while (*of && strcmp(*of, value) != 0) of++;
    return *of != NULL;
}

static bool is_age_group(const en_count_reader *r, const char *value) {
    for (int i = 0; i < r->groups.ages.n; i++)
        if (strcmp(r->groups.ages.of[i].name, value) == 0) return true;
    return strcmp(value, "outside") == 0;
}

/* A condition that nobody meets is more often a slip ("f" for "female") than a question, unless it is a term that the
 * program itself uses. */
static bool is_known_value(const en_count_reader *r, const en_condition *w) {
    static const char *const parents[] = {"lost_one", "lost_both", "lost_at_least_one", "not_derived", NULL};
    static const char *const families[] = {"killed", "no_survivor_recorded", "survivor_recorded", NULL};
    static const char *const period[] = {"within", "outside", "may_be_within", NULL};
    const en_account *a = r->account;
    en_dimension d = w->dimension;
    if (strcmp(w->value, en_dimension_nothing(d)) == 0) return true;
    if (en_dimension_is_many(d) && strcmp(w->value, EN_COUNT_NONE) == 0) return true;
    if (d == EN_DIM_LISTS || d == EN_DIM_PATTERN || d == EN_DIM_INDEPENDENT) return true;
    if (d == EN_DIM_MONTH || (d >= EN_DIM_YEAR && d < EN_DIM_PERIOD)) return true;
    if (d == EN_DIM_PERIOD) return is_one_of(w->value, period);
    if (d == EN_DIM_AGE_GROUP) return is_age_group(r, w->value);
    if (d == EN_DIM_PARENTS) return is_one_of(w->value, parents);
    if (d == EN_DIM_FAMILY) return is_one_of(w->value, families);
    if (d == EN_DIM_COMPLETE) return is_one_of(w->value, complete_names);
    for (int32_t i = 0; i < a->n_terms; i++)
        if (strcmp(w->value, a->terms[i]) == 0) return true;
    return false;
}

/* Up to `most` distinct values that persons show, or titles of sources, in order of first appearance. Returns how many.
 */
static int some_values(const en_count_reader *r, en_dimension dimension, const char *values[], int most) {
    const en_account *a = r->account;
    int n = 0;
    for (int64_t s = 0; dimension == EN_DIM_SOURCE && s < a->n_sources && n < most; s++)
        values[n++] = a->sources[s].about.title;
    for (int64_t i = 0; dimension != EN_DIM_SOURCE && i < a->n_persons && n < most; i++) {
        const char *own[EN_COUNT_VALUES];
        int m = en_count_values_of(r, &a->persons[i], dimension, own);
        for (int k = 0; k < m && n < most; k++) {
            bool seen = false;
            for (int j = 0; j < n; j++) seen |= strcmp(values[j], own[k]) == 0;
            if (!seen) values[n++] = own[k];
        }
    }
    return n;
}

static en_status refuse_value(const en_count_reader *r, const en_condition *w, en_error *err) {
    enum { MOST = 8 };
    const char *values[MOST];
    char some[200] = "";
    int n = some_values(r, w->dimension, values, MOST);
    for (int i = 0; i < n; i++) {
        size_t at = strlen(some);
        snprintf(some + at, sizeof some - at, "%s%s", i ? ", " : "", values[i]);
    }
    en_fail(err, EN_ERR_USAGE, "nobody has the %s \"%.100s\"", en_dimension_name(w->dimension), w->value);
    en_error_mend(err, "values here: %s%s", some, n == MOST ? " …" : "");
    return EN_ERR_USAGE;
}

en_status en_count_check(const en_count_reader *r, en_error *err) {
    const en_count_query *query = r->query;
    for (int i = 0; i < query->n_where; i++)
        if (!is_known_value(r, &query->where[i]) && !somebody_has(r, &query->where[i]))
            return refuse_value(r, &query->where[i], err);
    for (int i = 0; i < query->n_by; i++)
        for (int k = 0; k < i; k++)
            if (query->by[i] == query->by[k]) {
                en_fail(err, EN_ERR_USAGE, "--by names %s twice", en_dimension_name(query->by[i]));
                return EN_ERR_USAGE;
            }
    return EN_OK;
}
