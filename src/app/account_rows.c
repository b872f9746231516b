/* Rows of the model that say something of persons: status events, acts, verifications, incidents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"

/* ---- reading rows ---- */

static const char *keep(account_builder *b, const char *text) {
    return text[0] ? en_arena_strdup(b->a->arena, en_str_of(text)) : "";
}

static bool in_force(const account_builder *b, const en_row *row) {
    if (b->up_to && row->id.entry > b->up_to) return false;
    return en_id_eq(row->revoked_by, EN_ID_NONE) || (b->up_to && row->revoked_by.entry > b->up_to);
}

typedef struct walk {
    account_builder *b;
    account_row_reader read;
} walk;

static en_status hand_over(void *ctx, const en_row *row, const json_t *body, en_error *err) {
    const walk *w = ctx;
    return in_force(w->b, row) ? w->read(w->b, row, body, err) : EN_OK;
}

en_status account_each_row(account_builder *b, const char *kind, account_row_reader read, en_error *err) {
    walk w = {b, read};
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_row_json_each(b->c, kind, arena, hand_over, &w, err) : en_no_memory(err);
    en_arena_free(arena);
    return status;
}

en_status account_record_of(account_builder *b, const char *ref, int32_t *record, en_error *err) {
    en_id id;
    *record = -1;
    if (!ref[0]) return EN_OK;
    if (!b->has_lineage) {
        EN_TRY(en_lineage_trace(b->c, &b->records, &b->lineage, err));
        b->has_lineage = true;
    }
    EN_TRY(en_case_deref(b->c, ref, &id, err));
    *record = (int32_t)en_lineage_row(&b->lineage, id);
    return EN_OK;
}

en_status account_origin_of(account_builder *b, const char *ref, int32_t *origin, en_error *err) {
    en_id id;
    *origin = -1;
    if (!ref[0]) return EN_OK;
    EN_TRY(en_case_deref(b->c, ref, &id, err));
    *origin = account_find_origin(b, id);
    return EN_OK;
}

/* Whose claim it is for independence: the source's, or where the claim repeats others', theirs. One that repeats what
 * the case does not have, or that no source states, is independent of nothing and counts for none. */
en_status account_group_of(account_builder *b, const json_t *body, int32_t *group, int32_t *origin, en_error *err) {
    int32_t cited;
    const char *citing = en_row_json_text(body, "citing");
    EN_TRY(account_origin_of(b, en_row_json_text(body, "source"), origin, err));
    *group = *origin < 0 ? -1 : b->origins[*origin].group;
    const json_t *cites = json_object_get(body, "cites");
    if (json_array_size(cites)) {
        EN_TRY(account_origin_of(b, json_string_value(json_array_get(cites, 0)), &cited, err));
        *group = cited < 0 ? -1 : b->origins[cited].group;
    } else if (citing[0]) {
        *group = -1;
        for (int64_t i = 0; i < b->n_origins; i++)
            if (strcmp(b->origins[i].title, citing) == 0) *group = b->origins[i].group;
    }
    return EN_OK;
}

/* ---- incidents ---- */

static en_status count_row(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    (void)row, (void)body, (void)err;
    b->a->n_incidents++;
    return EN_OK;
}

static int32_t incident_of(const account_builder *b, en_id id) {
    int64_t low = 0, high = b->a->n_incidents;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (en_id_cmp(b->a->incidents[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < b->a->n_incidents && en_id_eq(b->a->incidents[low].id, id) ? (int32_t)low : -1;
}

en_status account_incident_of(account_builder *b, const char *ref, int32_t *incident, en_error *err) {
    en_id id;
    *incident = -1;
    if (!ref[0]) return EN_OK;
    EN_TRY(en_case_deref(b->c, ref, &id, err));
    *incident = incident_of(b, id);
    return EN_OK;
}

static en_status read_incident(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    char ref[EN_REF_TEXT];
    EN_TRY(en_case_ref(b->c, row->id, ref, err));
    en_account_incident *incident = &b->a->incidents[b->a->n_incidents];
    *incident = (en_account_incident){.id = row->id,
                                      .title = keep(b, en_row_json_text(body, "title")),
                                      .key = keep(b, en_row_json_text(body, "key")),
                                      .ref = keep(b, ref),
                                      .shown = en_account_id(b->a, 'i', row->id)};
    EN_TRY(account_incident_of(b, en_row_json_text(body, "part_of"), &incident->part_of, err));
    if (!incident->title || !incident->key || !incident->ref) return en_no_memory(err);
    b->a->n_incidents++;
    return EN_OK;
}

en_status account_load_incidents(account_builder *b, en_error *err) {
    EN_TRY(account_each_row(b, "incident", count_row, err));
    b->a->incidents = account_take(b, b->a->n_incidents, sizeof *b->a->incidents);
    if (!b->a->incidents) return en_no_memory(err);
    b->a->n_incidents = 0;
    return account_each_row(b, "incident", read_incident, err);
}

/* ---- events ---- */

static en_status count_event(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    (void)row, (void)body, (void)err;
    b->a->n_events++;
    return EN_OK;
}

static en_status read_event(account_builder *b, const en_row *row, const json_t *body, const char *person,
                            const char *status, char letter, en_error *err) {
    en_account_event *e = &b->a->events[b->a->n_events];
    int32_t origin;
    en_when when;
    const char *date = en_row_json_text(body, "date"),
               *by = en_row_json_text(json_object_get(body, "asserted_by"), "name");
    *e = (en_account_event){.id = row->id, .letter = letter, .first_day = EN_DAY_MIN, .last_day = EN_DAY_MAX};
    EN_TRY(account_record_of(b, en_row_json_text(body, person), &e->record, err));
    if (e->record < 0 || !status[0]) return EN_OK; /* of a group, or of a record that is gone */
    e->person = b->a->records[e->record].person;
    EN_TRY(account_group_of(b, body, &e->group, &origin, err));
    EN_TRY(account_incident_of(b, en_row_json_text(body, "incident"), &e->incident, err));
    if (!by[0] && origin >= 0) by = b->origins[origin].title;
    e->status = keep(b, status);
    e->date = keep(b, date);
    e->said = keep(b, en_row_json_text(body, "asserted_on"));
    e->by = keep(b, by);
    e->whereabouts = keep(b, en_row_json_text(body, "whereabouts"));
    if (!e->status || !e->date || !e->said || !e->by || !e->whereabouts) return en_no_memory(err);
    if (date[0] && en_when_parse(en_str_of(date), EN_ORDER_UNSTATED, &when, NULL) == EN_OK)
        e->first_day = when.first_day, e->last_day = when.last_day;
    b->a->n_events++;
    return EN_OK;
}

static en_status read_status_event(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    return read_event(b, row, body, "person", en_row_json_text(body, "status"), 'S', err);
}

static en_status read_act(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    const char *status = en_model_term_says(&b->model, "act", en_row_json_text(body, "kind"), "status");
    return read_event(b, row, body, "victim", status[0] ? status : en_row_json_text(body, "kind"), 'd', err);
}

static int by_person_and_time(const void *x, const void *y) {
    const en_account_event *a = x, *c = y;
    if (a->person != c->person) return a->person < c->person ? -1 : 1;
    if (a->first_day != c->first_day) return a->first_day < c->first_day ? -1 : 1;
    if (a->last_day != c->last_day) return a->last_day < c->last_day ? -1 : 1;
    return en_id_cmp(a->id, c->id);
}

en_status account_load_events(account_builder *b, en_error *err) {
    en_account *a = b->a;
    EN_TRY(account_each_row(b, "status_event", count_event, err));
    EN_TRY(account_each_row(b, "act", count_event, err));
    if (!(a->events = account_take(b, a->n_events, sizeof *a->events))) return en_no_memory(err);
    a->n_events = 0;
    EN_TRY(account_each_row(b, "status_event", read_status_event, err));
    EN_TRY(account_each_row(b, "act", read_act, err));
    qsort(a->events, (size_t)a->n_events, sizeof *a->events, by_person_and_time);
    for (int64_t i = 0; i < a->n_events; i++) {
        en_account_person *p = &a->persons[a->events[i].person];
        if (p->n_events++ == 0) p->first_event = (int32_t)i;
    }
    return EN_OK;
}

/* ---- verifications ---- */

/* Rows come in order, so that the last one of a person is the one in force; what a list says of its own row gives way
 * to it. */
static en_status read_verification(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    int32_t record;
    (void)row;
    en_status status = account_record_of(b, en_row_json_text(body, "of"), &record, err);
    if (status != EN_OK || record < 0) return status;
    en_account_person *p = &b->a->persons[b->a->records[record].person];
    p->value[EN_DIM_VERIFICATION] = keep(b, en_row_json_text(body, "state"));
    p->rule[EN_DIM_VERIFICATION] = EN_RULE_REVIEWER;
    p->standard = keep(b, en_row_json_text(body, "standard"));
    return p->value[EN_DIM_VERIFICATION] && p->standard ? EN_OK : en_no_memory(err);
}

en_status account_load_verifications(account_builder *b, en_error *err) {
    for (int64_t i = 0; i < b->a->n_persons; i++) b->a->persons[i].standard = "";
    return account_each_row(b, "verification", read_verification, err);
}

/* ---- persons and incidents ---- */

typedef struct meeting {
    int32_t person, incident;
} meeting;
typedef struct meetings {
    meeting *of;
    int64_t n, cap;
} meetings;

/* The incident and all that it is part of. Rows refer to earlier ones, so that there are no circles. */
static en_status meet(account_builder *b, meetings *m, int32_t person, int32_t incident, en_error *err) {
    for (; incident >= 0; incident = b->a->incidents[incident].part_of) {
        if (m->n == m->cap) {
            int64_t cap = m->cap ? m->cap * 2 : 256;
            meeting *grown = realloc(m->of, (size_t)cap * sizeof *grown);
            if (!grown) return en_no_memory(err);
            m->of = grown;
            m->cap = cap;
        }
        m->of[m->n++] = (meeting){person, incident};
    }
    return EN_OK;
}

static int by_meeting(const void *x, const void *y) {
    const meeting *a = x, *c = y;
    if (a->person != c->person) return a->person < c->person ? -1 : 1;
    return (a->incident > c->incident) - (a->incident < c->incident);
}

/* A list of which every record belongs to an incident. */
static en_status meet_list(account_builder *b, meetings *m, const char *ref, int32_t incident, en_error *err) {
    en_id id;
    EN_TRY(en_case_deref(b->c, ref, &id, err));
    for (int64_t i = 0; i < b->a->n_records; i++)
        if (en_id_eq(b->a->sources[b->a->records[i].source].about.id, id))
            EN_TRY(meet(b, m, b->a->records[i].person, incident, err));
    return EN_OK;
}

static en_status meet_lists(account_builder *b, meetings *m, en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_rows(b->c, "incident", b->a->arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        int32_t incident = incident_of(b, rows[i].id);
        json_t *body = incident < 0 ? NULL : json_loads(rows[i].body, 0, NULL);
        const json_t *lists = json_object_get(body, "lists");
        en_status status = EN_OK;
        for (size_t k = 0; status == EN_OK && k < json_array_size(lists); k++)
            status = meet_list(b, m, json_string_value(json_array_get(lists, k)), incident, err);
        json_decref(body);
        EN_TRY(status);
    }
    return EN_OK;
}

static en_status keep_meetings(account_builder *b, const meetings *m, en_error *err) {
    en_account *a = b->a;
    int32_t at = 0;
    if (!(a->person_incidents = account_take(b, m->n, sizeof *a->person_incidents))) return en_no_memory(err);
    for (int64_t i = 0; i < m->n; i++) {
        if (i && by_meeting(&m->of[i - 1], &m->of[i]) == 0) continue;
        en_account_person *p = &a->persons[m->of[i].person];
        if (p->n_incidents++ == 0) p->first_incident = at;
        a->person_incidents[at++] = m->of[i].incident;
    }
    return EN_OK;
}

en_status account_join_incidents(account_builder *b, en_error *err) {
    en_account *a = b->a;
    meetings m = {0};
    if (a->n_incidents == 0) return EN_OK;
    en_status status = meet_lists(b, &m, err);
    for (int64_t i = 0; status == EN_OK && i < a->n_events; i++)
        status = meet(b, &m, a->events[i].person, a->events[i].incident, err);
    if (status == EN_OK && m.n) qsort(m.of, (size_t)m.n, sizeof *m.of, by_meeting);
    if (status == EN_OK) status = keep_meetings(b, &m, err);
    free(m.of);
    return status;
}
