/* What records say of what each figure counts: the same category, group and unit as conditions of a count, at its three
 * levels, restricted to the incident's persons; where nothing ties persons to the incident, to its place and months as
 * far as a count can say them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/compare_parts.h"
#include "everyname/text.h"
#include "everyname/when.h"

/* ---- to whom it is restricted ---- */

static en_status count_at(comparer *c, const en_count_query *query, en_level level, en_count *out, en_error *err) {
    en_count_query q = *query;
    q.level = level;
    q.show_small = c->options->show_small;
    return en_account_count(c->account, &q, out, err);
}

static en_status add_condition(comparer *c, en_dimension dimension, const char *value, int room, en_error *err) {
    if (c->query.n_where >= room) return EN_OK;
    const char *kept = compare_keep(c, value);
    if (!kept) return en_no_memory(err);
    c->query.where[c->query.n_where++] = (en_condition){dimension, kept};
    return EN_OK;
}

enum { PLACES = 5, MONTHS = 5, MONTHS_SAID = 6 /* of 16 conditions, 5 are left for category and group */ };

static en_status match_places(comparer *c, const en_stated_incident *of, int *n, en_error *err) {
    en_count_query by = {.n_by = 1, .by = {EN_DIM_PLACE}, .show_small = true};
    en_count places = {0};
    en_text *text = NULL;
    en_status status = en_account_count(c->account, &by, &places, err);
    if (status == EN_OK) status = en_text_open(&text, err);
    for (int64_t i = 0; status == EN_OK && i < places.n_cells; i++) {
        en_str folded;
        status = en_text_fold(text, en_str_of(places.cells[i].value[0]), c->out->arena, &folded, err);
        for (int32_t k = 0; status == EN_OK && k < of->n_places; k++) {
            if (!en_str_eq(folded, en_str_of(of->places[k]))) continue;
            if (++*n <= PLACES) status = add_condition(c, EN_DIM_PLACE, places.cells[i].value[0], 16, err);
            break;
        }
    }
    en_text_close(text);
    en_count_clear(&places);
    return status;
}

/* Months that the incident's date can mean; *n how many, more than MONTHS where they are not all conditions. */
static en_status match_months(comparer *c, const en_stated_incident *of, int *n, bool *whole, en_error *err) {
    en_when when;
    if (!of->date[0] || en_when_parse(en_str_of(of->date), EN_ORDER_UNSTATED, &when, NULL) != EN_OK) return EN_OK;
    if (when.first_day == EN_DAY_MIN || when.last_day == EN_DAY_MAX) return EN_OK;
    int32_t year, last_year;
    int month, day, last_month, last_day;
    en_day_to_civil(when.first_day, &year, &month, &day);
    en_day_to_civil(when.last_day, &last_year, &last_month, &last_day);
    *n = (last_year - year) * 12 + last_month - month + 1;
    *whole = day == 1 && last_day == en_days_in_month(last_year, last_month);
    for (int i = 0; *n <= MONTHS && i < *n; i++) {
        char value[32];
        int at = month - 1 + i;
        snprintf(value, sizeof value, "%04d-%02d", (int)(year + at / 12), at % 12 + 1);
        EN_TRY(add_condition(c, EN_DIM_MONTH, value, 16, err));
    }
    return EN_OK;
}

static en_status restrict_by_place(comparer *c, const en_stated_incident *of, en_error *err) {
    int places = 0, months = 0;
    bool whole = false;
    char words[400] = "";
    c->query.n_where = 0;
    EN_TRY(match_places(c, of, &places, err));
    if (places > 0 && places <= PLACES) EN_TRY(match_months(c, of, &months, &whole, err));
    if (places == 0 || places > PLACES || months > MONTHS) c->query.n_where = 0;
    if (c->query.n_where == 0) {
        c->query.where[c->query.n_where++] = (en_condition){EN_DIM_INCIDENT, of->shown};
        c->out->restricted = "Nobody recorded is tied to this incident: no list, act or status event names it, and no "
                             "record has its place and month.";
        return EN_OK;
    }
    snprintf(words, sizeof words,
             "No list, act or status event names this incident. Recorded persons are those whose records have its "
             "place%s%s",
             months ? " and month" : "",
             months && !whole ? "; a count knows no days, so that the whole month is counted."
             : months == 0    ? ", whatever the date."
                              : ".");
    return (c->out->restricted = compare_keep(c, words)) ? EN_OK : en_no_memory(err);
}

static en_status restrict_to_incident(comparer *c, en_error *err) {
    en_count all;
    c->out->restricted = "All recorded persons of the case.";
    if (c->out->incident < 0) return EN_OK;
    const en_stated_incident *of = &c->stated->incidents[c->out->incident];
    c->query.where[c->query.n_where++] = (en_condition){EN_DIM_INCIDENT, of->shown};
    c->out->restricted = "Persons whom a list, an act or a status event ties to this incident or a part of it.";
    EN_TRY(count_at(c, &c->query, EN_LEVEL_RECORDED, &all, err));
    bool none = all.total == 0;
    en_count_clear(&all);
    return none ? restrict_by_place(c, of, err) : EN_OK;
}

/* ---- categories and groups as conditions ---- */

#define EVERYONE "Distinct persons "

static const struct {
    const char *category, *unit;
    en_count_unit counted;
    en_condition where[2];
    const char *how;
} categories[] = {
    {"killed",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_FATE, "dead"}, {EN_DIM_EVER, "killed"}},
     EVERYONE "of whom a source says that they were killed, and nobody that they lived later."},
    {"injured", "person", EN_COUNT_PERSONS, {{EN_DIM_EVER, "injured"}}, EVERYONE "recorded as injured."},
    {"survived",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_FATE, "alive"}},
     EVERYONE "of whom the latest known is that they live."},
    {"missing",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_EVER, "missing"}, {EN_DIM_FATE, "unknown"}},
     EVERYONE "recorded as missing, of whom nobody says what followed."},
    {"forcibly_disappeared",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_EVER, "forcibly_disappeared"}},
     EVERYONE "recorded as forcibly disappeared, whatever followed."},
    {"abducted",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_EVER, "taken"}},
     EVERYONE "recorded as taken, whatever followed."},
    {"hostage",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_EVER, "hostage"}},
     EVERYONE "of whom somebody used this word, whatever followed."},
    {"detained",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_EVER, "detained"}},
     EVERYONE "recorded as held, whatever followed."},
    {"released", "person", EN_COUNT_PERSONS, {{EN_DIM_EVER, "released"}}, EVERYONE "recorded as released."},
    {"displaced", "person", EN_COUNT_PERSONS, {{EN_DIM_EVER, "displaced"}}, EVERYONE "recorded as displaced."},
    {"deported", "person", EN_COUNT_PERSONS, {{EN_DIM_EVER, "deported"}}, EVERYONE "recorded as deported."},
    {"returned_home", "person", EN_COUNT_PERSONS, {{EN_DIM_EVER, "returned"}}, EVERYONE "recorded as returned."},
    {"orphaned_one",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_PARENTS, "lost_one"}},
     "Children at the event of whom one parent is recorded dead and another alive."},
    {"orphaned_both",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_PARENTS, "lost_both"}},
     "Children at the event of whom two parents are recorded dead."},
    {"remains_identified",
     "person",
     EN_COUNT_PERSONS,
     {{EN_DIM_EVER, "remains_identified"}},
     EVERYONE "whose remains are recorded as identified."},
    {"family_killed",
     "family",
     EN_COUNT_FAMILIES,
     {{EN_DIM_FAMILY, "killed"}},
     "Families whose full membership somebody states, every member being recorded dead."},
};

static const struct {
    const char *group;
    en_condition where[3];
    const char *how;
} groups[] = {
    {"all", {{0}}, ""},
    {"children", {{EN_DIM_AGE_GROUP, "0-17"}}, " Under 18 at the event."},
    {"girls", {{EN_DIM_SEX, "female"}, {EN_DIM_AGE_GROUP, "0-17"}}, " Female, under 18 at the event."},
    {"boys", {{EN_DIM_SEX, "male"}, {EN_DIM_AGE_GROUP, "0-17"}}, " Male, under 18 at the event."},
    {"women",
     {{EN_DIM_SEX, "female"}, {EN_DIM_AGE_GROUP, "18-59"}, {EN_DIM_AGE_GROUP, "60+"}},
     " Female, 18 and over; older women are among them."},
    {"men",
     {{EN_DIM_SEX, "male"}, {EN_DIM_AGE_GROUP, "18-59"}, {EN_DIM_AGE_GROUP, "60+"}},
     " Male, 18 and over; older men are among them."},
    {"females", {{EN_DIM_SEX, "female"}}, " Female, of any age."},
    {"males", {{EN_DIM_SEX, "male"}}, " Male, of any age."},
    {"older_people", {{EN_DIM_AGE_GROUP, "60+"}}, " 60 and over, women and men."},
};
enum { N_CATEGORIES = sizeof categories / sizeof *categories, N_GROUPS = sizeof groups / sizeof *groups };

static int find_category(const en_compared_recorded *r) {
    for (int i = 0; i < N_CATEGORIES; i++)
        if (strcmp(categories[i].category, r->category) == 0 && strcmp(categories[i].unit, r->unit) == 0) return i;
    return -1;
}

static int find_group(const en_compared_recorded *r) {
    for (int i = 0; i < N_GROUPS; i++)
        if (strcmp(groups[i].group, r->group) == 0) return i;
    return -1;
}

static void add_conditions(en_count_query *query, const en_condition *where, int n) {
    for (int i = 0; i < n && where[i].value; i++) query->where[query->n_where++] = where[i];
}

static en_status say_cannot(comparer *c, en_compared_recorded *r, bool group, en_error *err) {
    char words[200], a[64], b[64];
    if (group)
        snprintf(words, sizeof words, "records do not say who is counted as \"%s\"", compare_label(r->group, a));
    else
        snprintf(words, sizeof words, "no count of records means \"%s\" in the unit \"%s\"",
                 compare_label(r->category, a), compare_label(r->unit, b));
    return (r->cannot = compare_keep(c, words)) ? EN_OK : en_no_memory(err);
}

static en_status count_beside(comparer *c, en_compared_recorded *r, en_error *err) {
    char how[300];
    int category = find_category(r), group = find_group(r);
    r->how = r->cannot = "";
    bool family = category >= 0 && categories[category].counted == EN_COUNT_FAMILIES;
    bool by_place = c->query.n_where && c->query.where[0].dimension != EN_DIM_INCIDENT;
    if (category < 0 || (family && by_place)) return say_cannot(c, r, false, err);
    if (group < 0 || (family && group > 0)) return say_cannot(c, r, true, err);
    en_count_query query = c->query;
    query.unit = categories[category].counted;
    add_conditions(&query, categories[category].where, 2);
    add_conditions(&query, groups[group].where, 3);
    snprintf(how, sizeof how, "%s%s", categories[category].how, groups[group].how);
    if (!(r->how = compare_keep(c, how))) return en_no_memory(err);
    for (int level = 0; level < 3; level++) {
        en_count count;
        EN_TRY(count_at(c, &query, (en_level)level, &count, err));
        r->level[level] = (en_compared_count){count.total, count.total_withheld, compare_keep(c, count.total_id)};
        en_count_clear(&count);
        if (!r->level[level].id) return en_no_memory(err);
    }
    return EN_OK;
}

static bool is_beside(const en_compared_recorded *r, const en_stated_figure *f) {
    return strcmp(r->category, f->category) == 0 && strcmp(r->group, f->group) == 0 && strcmp(r->unit, f->unit) == 0;
}

/* One number for each category, group and unit that some figure has. */
static en_status count_all_beside(comparer *c, en_error *err) {
    en_comparison *out = c->out;
    out->beside = en_arena_alloc(out->arena, ((size_t)out->n_figures + 1) * sizeof *out->beside);
    if (!out->beside) return en_no_memory(err);
    for (int64_t i = 0; i < out->n_figures; i++) {
        const en_stated_figure *f = compare_figure(c, i);
        int32_t k = 0;
        while (k < out->n_recorded && !is_beside(&out->beside[k], f)) k++;
        out->beside_of[i] = k;
        if (k < out->n_recorded) continue;
        out->beside[k] = (en_compared_recorded){.category = f->category, .group = f->group, .unit = f->unit};
        EN_TRY(count_beside(c, &out->beside[k], err));
        out->n_recorded++;
    }
    return EN_OK;
}

en_status compare_recorded(comparer *c, en_error *err) {
    EN_TRY(restrict_to_incident(c, err));
    en_count_query query = c->query;
    query.n_by = 1;
    query.by[0] = EN_DIM_STATUS;
    for (int level = 0; level < 3; level++) EN_TRY(count_at(c, &query, (en_level)level, &c->out->recorded[level], err));
    return count_all_beside(c, err);
}
