/* Incidents, and which of them a figure belongs to: by its id, else where the place and date of its event lie within
 * the place and date of one incident alone, or of one and those that it is part of. */
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"
#include "app/stated_parts.h"
#include "everyname/when.h"

/* ---- places ---- */

typedef struct place {
    en_id id, within;
    int32_t n_names;
    const char **names; /* folded */
} place;

static en_status read_place(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    place *p = item;
    const json_t *names = json_object_get(body, "names");
    p->id = row->id;
    EN_TRY(stated_ref(r, body, "within", &p->within, err));
    if (!(p->names = stated_take(r, (int64_t)json_array_size(names) + 1, sizeof *p->names))) return en_no_memory(err);
    EN_TRY(stated_fold(r, en_row_json_text(body, "name"), &p->names[p->n_names++], err));
    for (size_t i = 0; i < json_array_size(names); i++)
        EN_TRY(stated_fold(r, en_row_json_text(json_array_get(names, i), "text"), &p->names[p->n_names++], err));
    return EN_OK;
}

/* Rows refer to earlier ones, so that there are no circles. */
static bool lies_in(const place *places, int64_t n, int32_t i, int32_t of) {
    while (i >= 0 && i != of) i = stated_find(places, n, sizeof *places, places[i].within);
    return i >= 0;
}

static bool has_name(const place *p, const char *folded) {
    for (int32_t k = 0; k < p->n_names; k++)
        if (strcmp(p->names[k], folded) == 0) return true;
    return false;
}

/* Names of the incident's place and of all that lie within it: that of its place_id, else those that bear its name. */
static en_status name_places(stated_reader *r, en_id place_id, const place *places, int64_t n, en_stated_incident *to,
                             en_error *err) {
    const char *own;
    int64_t total = 1, at = 0;
    for (int64_t i = 0; i < n; i++) total += places[i].n_names;
    const char **names = stated_take(r, total, sizeof *names);
    if (!names) return en_no_memory(err);
    EN_TRY(stated_fold(r, to->place, &own, err));
    if (own[0]) names[at++] = own;
    int32_t by_id = stated_find(places, n, sizeof *places, place_id);
    for (int32_t of = 0; of < n; of++) {
        if (by_id >= 0 ? of != by_id : !own[0] || !has_name(&places[of], own)) continue;
        for (int32_t i = 0; i < n; i++)
            for (int32_t k = 0; lies_in(places, n, i, of) && k < places[i].n_names && at < total; k++)
                names[at++] = places[i].names[k];
    }
    to->places = names;
    to->n_places = (int32_t)at;
    return EN_OK;
}

/* ---- incidents ---- */

static en_status read_incident(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_incident *to = item;
    char printed[EN_ID_TEXT];
    const stated_member members[] = {
        {"title", &to->title}, {"key", &to->key}, {"date", &to->date}, {"place", &to->place}, {"kind", &to->kind}};
    to->id = row->id;
    EN_TRY(en_case_print_id(r->c, en_letter_of_kind("incident"), row->id, printed, err));
    if (!(to->shown = en_arena_strdup(r->out->arena, en_str_of(printed)))) return en_no_memory(err);
    EN_TRY(stated_texts(r, body, members, sizeof members / sizeof *members, err));
    EN_TRY(stated_ref(r, body, "part_of", &to->whole, err));
    EN_TRY(stated_ref(r, body, "place_id", &to->place_id, err));
    to->n_lists = (int64_t)json_array_size(json_object_get(body, "lists"));
    return EN_OK;
}

en_status stated_load_incidents(stated_reader *r, en_error *err) {
    en_stated *s = r->out;
    void *items, *places;
    int64_t n_places;
    EN_TRY(stated_each(r, "incident", sizeof *s->incidents, read_incident, &items, &s->n_incidents, err));
    s->incidents = items;
    EN_TRY(stated_each(r, "place", sizeof(place), read_place, &places, &n_places, err));
    for (int64_t i = 0; i < s->n_incidents; i++) {
        en_stated_incident *incident = &s->incidents[i];
        incident->part_of = stated_find(s->incidents, s->n_incidents, sizeof *s->incidents, incident->whole);
        EN_TRY(name_places(r, incident->place_id, places, n_places, incident, err));
    }
    return EN_OK;
}

int32_t en_stated_find_incident(const en_stated *stated, const char *text) {
    for (int32_t i = 0; i < stated->n_incidents; i++)
        if (strcmp(stated->incidents[i].shown, text) == 0) return i;
    if (strncmp(text, "key:", 4) == 0) text += 4;
    for (int32_t i = 0; i < stated->n_incidents; i++)
        if (text[0] && (strcmp(stated->incidents[i].title, text) == 0 || strcmp(stated->incidents[i].key, text) == 0))
            return i;
    return -1;
}

/* ---- where a figure belongs ---- */

static bool holds_place(const en_stated_incident *incident, const char *folded) {
    for (int32_t i = 0; i < incident->n_places; i++)
        if (strcmp(incident->places[i], folded) == 0) return true;
    return false;
}

static bool holds_date(const en_stated_incident *incident, const en_when *date) {
    en_when when;
    if (!incident->date[0] || en_when_parse(en_str_of(incident->date), EN_ORDER_UNSTATED, &when, NULL) != EN_OK)
        return false;
    en_when_relation relation = en_when_compare(date, &when);
    return relation == EN_WHEN_EQUAL || relation == EN_WHEN_WITHIN;
}

en_status stated_place_figure(stated_reader *r, en_stated_figure *f, en_error *err) {
    const en_stated *s = r->out;
    const char *where;
    en_when date;
    EN_TRY(stated_fold(r, f->event_place, &where, err));
    if (!where[0] || en_when_parse(en_str_of(f->event_date), EN_ORDER_UNSTATED, &date, NULL) != EN_OK) return EN_OK;
    int32_t found = -1;
    for (int32_t i = 0; i < s->n_incidents; i++) {
        if (!holds_place(&s->incidents[i], where) || !holds_date(&s->incidents[i], &date)) continue;
        if (found >= 0 && en_stated_is_within(s, found, i)) continue;
        if (found >= 0 && !en_stated_is_within(s, i, found)) return EN_OK; /* either of two */
        found = i;
    }
    f->incident = found;
    if (found >= 0) f->placed = EN_PLACED_BY_PLACE_AND_DATE;
    return EN_OK;
}

en_status stated_incident_of(stated_reader *r, en_id id, int32_t *out, en_error *err) {
    const en_stated *s = r->out;
    en_row row;
    *out = stated_find(s->incidents, s->n_incidents, sizeof *s->incidents, id);
    if (*out >= 0 || en_id_eq(id, EN_ID_NONE)) return EN_OK;
    EN_TRY(en_case_row(r->c, id, s->arena, &row, err));
    if (strcmp(row.kind, "act") != 0) return EN_OK;
    json_t *body = json_loads(row.body, 0, NULL);
    en_status status = body ? stated_ref(r, body, "incident", &id, err) : en_no_memory(err);
    json_decref(body);
    if (status == EN_OK) *out = stated_find(s->incidents, s->n_incidents, sizeof *s->incidents, id);
    return status;
}
