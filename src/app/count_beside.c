/* A count with what belongs beside it, so that it does not mislead: each level, direct and indirect deaths apart, and
 * who only may be in the period. */
#include <string.h>

#include "app/app.h"

enum { MOST = EN_LEVELS + 2 };

static bool is_by(const en_count_query *q, en_dimension d) {
    for (int i = 0; i < q->n_by; i++)
        if (q->by[i] == d) return true;
    return false;
}

static bool is_condition(const en_count_query *q, en_dimension d) {
    for (int i = 0; i < q->n_where; i++)
        if (q->where[i].dimension == d) return true;
    return false;
}

/* The same persons by the fate and the directness of their death. */
static en_count_query ask_deaths(const en_count_query *query) {
    en_count_query q = *query;
    q.n_by = 2;
    q.by[0] = EN_DIM_FATE;
    q.by[1] = EN_DIM_DIRECTNESS;
    return q;
}

/* The same without what is asked of the period, by it. */
static en_count_query ask_period(const en_count_query *query) {
    en_count_query q = *query;
    q.n_by = 1;
    q.by[0] = EN_DIM_PERIOD;
    q.n_where = 0;
    for (int i = 0; i < query->n_where; i++)
        if (query->where[i].dimension != EN_DIM_PERIOD) q.where[q.n_where++] = query->where[i];
    return q;
}

static bool has_indirect(const en_count *deaths) {
    for (int64_t i = 0; i < deaths->n_cells; i++)
        if (strcmp(deaths->cells[i].value[0], "dead") == 0 && strcmp(deaths->cells[i].value[1], "indirect") == 0)
            return true;
    return false;
}

en_status en_app_count_beside(const char *case_path, const en_count_query *query, bool all_levels, en_counted *out,
                              en_error *err) {
    en_count_query queries[MOST] = {0};
    int n = 0, deaths = -1, period = -1;
    *out = (en_counted){.n_levels = all_levels ? EN_LEVELS : 1};
    for (int i = 0; i < out->n_levels; i++) {
        queries[n] = *query;
        if (all_levels) queries[n].level = (en_level)i;
        n++;
    }
    bool persons = query->unit == EN_COUNT_PERSONS;
    if (persons && !is_by(query, EN_DIM_DIRECTNESS) && !is_condition(query, EN_DIM_DIRECTNESS))
        queries[deaths = n++] = ask_deaths(&queries[0]);
    if (persons && is_condition(query, EN_DIM_PERIOD) && !is_by(query, EN_DIM_PERIOD))
        queries[period = n++] = ask_period(&queries[0]);
    EN_TRY(en_app_count_all(case_path, queries, n, &out->all, err));
    if (deaths >= 0 && has_indirect(&out->all.of[deaths])) out->deaths = &out->all.of[deaths];
    if (period >= 0) out->period = &out->all.of[period];
    return EN_OK;
}

void en_counted_clear(en_counted *counted) {
    en_case_counts_clear(&counted->all);
    *counted = (en_counted){0};
}
