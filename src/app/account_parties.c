/* Who is alleged to be responsible for what befell a person: by allegations about its acts and its incidents, and by
 * columns of lists. A party is shown under the name that the case's actor has, else as it was written. That it is
 * alleged, and by whom, goes with it everywhere.
 */
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"

/* One person, one party. */
typedef struct accused {
    int32_t person, party;
} accused;

typedef struct actor {
    en_id id;
    const char *name;
} actor;

typedef struct act_of {
    en_id id;
    int32_t person;
} act_of;

typedef struct accuser {
    account_builder *b;
    actor *actors; /* in order of id */
    int64_t n_actors;
    en_map actor_names; /* folded */
    int32_t *actor_of;  /* of each name */
    en_map parties;     /* names as shown */
    act_of *acts;       /* in order of id */
    accused *of;
    int64_t n, cap;
} accuser;

/* ---- names of parties ---- */

static en_status fold(accuser *k, en_str name, en_str *out, en_error *err) {
    return en_text_fold(k->b->text, en_str_trim(name), k->b->a->arena, out, err);
}

static en_status name_actor(accuser *k, int64_t number_of, const char *name, en_error *err) {
    en_str folded;
    int32_t number;
    bool added;
    if (!name[0]) return EN_OK;
    EN_TRY(fold(k, en_str_of(name), &folded, err));
    EN_TRY(en_map_intern(&k->actor_names, folded, &number, &added, err));
    if (!added) return EN_OK; /* the first actor to have a name keeps it */
    int32_t *grown = realloc(k->actor_of, (size_t)k->actor_names.len * sizeof *grown);
    if (!grown) return en_no_memory(err);
    k->actor_of = grown;
    k->actor_of[number] = (int32_t)number_of;
    return EN_OK;
}

static en_status read_actor(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    accuser *k = b->accuser;
    const json_t *names = json_object_get(body, "names");
    actor *grown = realloc(k->actors, (size_t)(k->n_actors + 1) * sizeof *grown);
    if (!grown) return en_no_memory(err);
    k->actors = grown;
    actor *a = &k->actors[k->n_actors];
    *a = (actor){row->id, en_arena_strdup(b->a->arena, en_str_of(en_row_json_text(body, "name")))};
    if (!a->name) return en_no_memory(err);
    EN_TRY(name_actor(k, k->n_actors, a->name, err));
    for (size_t i = 0; i < json_array_size(names); i++)
        EN_TRY(name_actor(k, k->n_actors, en_row_json_text(json_array_get(names, i), "text"), err));
    k->n_actors++;
    return EN_OK;
}

static en_status party_of(accuser *k, en_str written, int32_t *party, en_error *err) {
    en_str folded;
    written = en_str_trim(written);
    EN_TRY(fold(k, written, &folded, err));
    int32_t name = en_map_find(&k->actor_names, folded);
    return en_map_intern(&k->parties, name < 0 ? written : en_str_of(k->actors[k->actor_of[name]].name), party, NULL,
                         err);
}

/* ---- who is accused of what ---- */

static en_status accuse(accuser *k, int32_t person, int32_t party, en_error *err) {
    if (k->n == k->cap) {
        int64_t cap = k->cap ? k->cap * 2 : 256;
        accused *grown = realloc(k->of, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        k->of = grown;
        k->cap = cap;
    }
    k->of[k->n++] = (accused){person, party};
    return EN_OK;
}

/* "Northern Guard; Eastern Column" in a cell are two. */
static en_status accuse_by_cell(accuser *k, int32_t person, en_str cell, en_error *err) {
    while (cell.len) {
        const char *end = memchr(cell.ptr, ';', cell.len);
        en_str one = en_str_trim((en_str){cell.ptr, end ? (size_t)(end - cell.ptr) : cell.len});
        size_t taken = end ? (size_t)(end - cell.ptr) + 1 : cell.len;
        int32_t party;
        cell.ptr += taken;
        cell.len -= taken;
        if (!one.len) continue;
        EN_TRY(party_of(k, one, &party, err));
        EN_TRY(accuse(k, person, party, err));
    }
    return EN_OK;
}

static en_status read_lists(accuser *k, en_error *err) {
    account_builder *b = k->b;
    if (!en_records_column(&b->records, EN_MAPPED_ALLEGED)) return EN_OK;
    for (int64_t i = 0; i < b->a->n_records; i++)
        EN_TRY(accuse_by_cell(k, b->a->records[i].person, account_cell(b, EN_MAPPED_ALLEGED, i), err));
    return EN_OK;
}

/* ---- allegations ---- */

static int by_act(const void *x, const void *y) { return en_id_cmp(((const act_of *)x)->id, ((const act_of *)y)->id); }

static en_status index_acts(accuser *k, en_error *err) {
    const en_account *a = k->b->a;
    if (!(k->acts = calloc((size_t)a->n_events + 1, sizeof *k->acts))) return en_no_memory(err);
    for (int64_t i = 0; i < a->n_events; i++) k->acts[i] = (act_of){a->events[i].id, a->events[i].person};
    qsort(k->acts, (size_t)a->n_events, sizeof *k->acts, by_act);
    return EN_OK;
}

static en_status find_accused(accuser *k, const json_t *body, en_account_allegation *out, en_error *err) {
    account_builder *b = k->b;
    act_of key = {.person = -1};
    const char *of = en_row_json_text(body, "of");
    out->person = out->incident = -1;
    if (!of[0]) return EN_OK; /* an act as written, of nobody whom the case has */
    EN_TRY(account_incident_of(b, of, &out->incident, err));
    if (out->incident >= 0) return EN_OK;
    EN_TRY(en_case_deref(b->c, of, &key.id, err));
    const act_of *act = bsearch(&key, k->acts, (size_t)b->a->n_events, sizeof key, by_act);
    if (act) out->person = act->person;
    return EN_OK;
}

static int by_actor(const void *x, const void *y) { return en_id_cmp(((const actor *)x)->id, ((const actor *)y)->id); }

static en_status name_accused(accuser *k, const json_t *body, int32_t *party, en_error *err) {
    en_id id;
    const char *ref = en_row_json_text(body, "actor_id"), *name = en_row_json_text(body, "actor");
    if (ref[0]) {
        EN_TRY(en_case_deref(k->b->c, ref, &id, err));
        const actor key = {.id = id}, *known = bsearch(&key, k->actors, (size_t)k->n_actors, sizeof key, by_actor);
        if (known) name = known->name;
    }
    return party_of(k, en_str_of(name), party, err);
}

static en_status count_row(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    (void)row, (void)body, (void)err;
    b->a->n_allegations++;
    return EN_OK;
}

static en_status read_allegation(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    accuser *k = b->accuser;
    en_account_allegation *to = &b->a->allegations[b->a->n_allegations];
    const char *by = en_row_json_text(json_object_get(body, "asserted_by"), "name");
    int32_t origin;
    *to = (en_account_allegation){.id = row->id, .response = ""};
    EN_TRY(find_accused(k, body, to, err));
    if (to->person < 0 && to->incident < 0) return EN_OK;
    EN_TRY(name_accused(k, body, &to->party, err));
    EN_TRY(account_origin_of(b, en_row_json_text(body, "source"), &origin, err));
    if (!by[0] && origin >= 0) by = b->origins[origin].title;
    to->by = en_arena_strdup(b->a->arena, en_str_of(by));
    to->degree = en_arena_strdup(b->a->arena, en_str_of(en_row_json_text(body, "degree")));
    to->standard = en_arena_strdup(b->a->arena, en_str_of(en_row_json_text(body, "standard")));
    if (!to->by || !to->degree || !to->standard) return en_no_memory(err);
    b->a->n_allegations++;
    return to->person < 0 ? EN_OK : accuse(k, to->person, to->party, err);
}

static int by_allegation(const void *x, const void *y) {
    return en_id_cmp(((const en_account_allegation *)x)->id, ((const en_account_allegation *)y)->id);
}

/* Rows come in order, so that the last answer stands. */
static en_status read_response(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    en_id id;
    const char *ref = en_row_json_text(body, "allegation");
    (void)row;
    if (!ref[0]) return EN_OK;
    EN_TRY(en_case_deref(b->c, ref, &id, err));
    const en_account_allegation key = {.id = id};
    en_account_allegation *of =
        bsearch(&key, b->a->allegations, (size_t)b->a->n_allegations, sizeof key, by_allegation);
    if (!of) return EN_OK; /* of an allegation that concerns nobody whom the case has */
    of->response = en_arena_strdup(b->a->arena, en_str_of(en_row_json_text(body, "kind")));
    return of->response ? EN_OK : en_no_memory(err);
}

/* What is alleged of an incident is alleged of all whom it befell. */
static en_status accuse_of_incidents(accuser *k, en_error *err) {
    const en_account *a = k->b->a;
    int64_t *last = account_take(k->b, a->n_incidents, sizeof *last);       /* allegation of each incident, from 1 */
    int64_t *before = account_take(k->b, a->n_allegations, sizeof *before); /* the one before it, of that incident */
    if (!last || !before) return en_no_memory(err);
    for (int64_t i = 0; i < a->n_allegations; i++) {
        if (a->allegations[i].incident < 0) continue;
        before[i] = last[a->allegations[i].incident];
        last[a->allegations[i].incident] = i + 1;
    }
    for (int64_t p = 0; p < a->n_persons; p++)
        for (int32_t i = 0; i < a->persons[p].n_incidents; i++)
            for (int64_t j = last[a->person_incidents[a->persons[p].first_incident + i]]; j; j = before[j - 1])
                EN_TRY(accuse(k, (int32_t)p, a->allegations[j - 1].party, err));
    return EN_OK;
}

static en_status read_allegations(accuser *k, en_error *err) {
    account_builder *b = k->b;
    EN_TRY(account_each_row(b, "actor", read_actor, err));
    EN_TRY(index_acts(k, err));
    EN_TRY(account_each_row(b, "allegation", count_row, err));
    b->a->allegations = account_take(b, b->a->n_allegations, sizeof *b->a->allegations);
    if (!b->a->allegations) return en_no_memory(err);
    b->a->n_allegations = 0;
    EN_TRY(account_each_row(b, "allegation", read_allegation, err));
    EN_TRY(account_each_row(b, "response", read_response, err));
    return accuse_of_incidents(k, err);
}

/* ---- persons with parties ---- */

static int by_person(const void *x, const void *y) {
    const accused *a = x, *c = y;
    if (a->person != c->person) return a->person < c->person ? -1 : 1;
    return (a->party > c->party) - (a->party < c->party);
}

static en_status keep(accuser *k, en_error *err) {
    en_account *a = k->b->a;
    int32_t at = 0;
    a->n_parties = k->parties.len;
    a->parties = account_take(k->b, a->n_parties, sizeof *a->parties);
    a->person_parties = account_take(k->b, k->n, sizeof *a->person_parties);
    if (!a->parties || !a->person_parties) return en_no_memory(err);
    for (int32_t i = 0; i < k->parties.len; i++)
        if (!(a->parties[i] = en_arena_strdup(a->arena, en_map_key(&k->parties, i)))) return en_no_memory(err);
    if (k->n) qsort(k->of, (size_t)k->n, sizeof *k->of, by_person);
    for (int64_t i = 0; i < k->n; i++) {
        if (i && by_person(&k->of[i - 1], &k->of[i]) == 0) continue;
        en_account_person *p = &a->persons[k->of[i].person];
        if (p->n_parties++ == 0) p->first_party = at;
        a->person_parties[at++] = k->of[i].party;
    }
    return EN_OK;
}

en_status account_join_parties(account_builder *b, en_error *err) {
    accuser k = {.b = b};
    b->accuser = &k;
    en_status status = read_allegations(&k, err);
    if (status == EN_OK) status = read_lists(&k, err);
    if (status == EN_OK) status = keep(&k, err);
    b->accuser = NULL;
    en_map_clear(&k.actor_names);
    en_map_clear(&k.parties);
    free(k.actors);
    free(k.actor_of);
    free(k.acts);
    free(k.of);
    return status;
}
