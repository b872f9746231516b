/* Families and parents: what may be derived from kinship, and what may not.
 *
 * A family counts as killed only where a source states its full membership and every member is recorded dead; where the
 * membership is not stated and every member known is recorded dead, no survivor is recorded, which is never added to
 * it. A child (under 18 at the event, itself not recorded dead) lost one parent where one is recorded dead and another
 * recorded alive, both where two are recorded dead; with one recorded dead and no other recorded alive, at least one.
 */
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"

static const char *const state_names[] = {"survivor_recorded", "no_survivor_recorded", "killed"};

const char *en_family_state_name(en_family_state state) { return state_names[state]; }

static bool is_dead(const en_account_person *p) { return strcmp(p->value[EN_DIM_FATE], "dead") == 0; }
static bool is_alive(const en_account_person *p) { return strcmp(p->value[EN_DIM_FATE], "alive") == 0; }

typedef struct pair {
    int32_t a, b;
} pair;
typedef struct pairs {
    pair *of;
    int64_t n, cap;
} pairs;

static int by_pair(const void *x, const void *y) {
    const pair *p = x, *q = y;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    return (p->b > q->b) - (p->b < q->b);
}

static en_status add_pair(pairs *list, int32_t a, int32_t b, en_error *err) {
    if (list->n == list->cap) {
        int64_t cap = list->cap ? list->cap * 2 : 256;
        pair *grown = realloc(list->of, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        list->of = grown;
        list->cap = cap;
    }
    list->of[list->n++] = (pair){a, b};
    return EN_OK;
}

/* Sorts; equal pairs stay once. */
static void settle(pairs *list) {
    int64_t kept = 0;
    if (list->n) qsort(list->of, (size_t)list->n, sizeof *list->of, by_pair);
    for (int64_t i = 0; i < list->n; i++)
        if (i == 0 || by_pair(&list->of[i], &list->of[kept - 1]) != 0) list->of[kept++] = list->of[i];
    list->n = kept;
}

/* ---- families ---- */

struct account_kin {
    pairs members; /* family, person */
    pairs parents; /* child, parent */
};

static en_status person_of_ref(account_builder *b, const char *ref, int32_t *person, en_error *err) {
    int32_t record;
    EN_TRY(account_record_of(b, ref ? ref : "", &record, err));
    *person = record < 0 ? -1 : b->a->records[record].person;
    return EN_OK;
}

static en_status count_family(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    (void)row, (void)body, (void)err;
    b->a->n_families++;
    return EN_OK;
}

/* A member whom no current record stands for is not recorded dead: the family is then not known to be killed. */
static en_status read_members(account_builder *b, const json_t *members, int32_t family, bool *all_found,
                              en_error *err) {
    *all_found = true;
    for (size_t i = 0; i < json_array_size(members); i++) {
        int32_t person;
        EN_TRY(person_of_ref(b, json_string_value(json_array_get(members, i)), &person, err));
        if (person < 0)
            *all_found = false;
        else
            EN_TRY(add_pair(&b->kin->members, family, person, err));
    }
    return EN_OK;
}

static en_status read_family(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    int32_t number = (int32_t)b->a->n_families, origin;
    en_account_family *f = &b->a->families[number];
    bool all_found;
    const char *by = en_row_json_text(json_object_get(body, "asserted_by"), "name");
    EN_TRY(account_origin_of(b, en_row_json_text(body, "source"), &origin, err));
    EN_TRY(read_members(b, json_object_get(body, "members"), number, &all_found, err));
    if (!by[0] && origin >= 0) by = b->origins[origin].title;
    *f = (en_account_family){.id = row->id,
                             .complete = json_is_true(json_object_get(body, "complete")),
                             .name = en_arena_strdup(b->a->arena, en_str_of(en_row_json_text(body, "name"))),
                             .stated_by = en_arena_strdup(b->a->arena, en_str_of(by)),
                             .state = all_found ? EN_FAMILY_KILLED : EN_FAMILY_SURVIVOR};
    EN_TRY(account_incident_of(b, en_row_json_text(body, "incident"), &f->incident, err));
    b->a->n_families++;
    return f->name && f->stated_by ? EN_OK : en_no_memory(err);
}

static void judge_family(const en_account *a, en_account_family *f) {
    for (int32_t i = 0; i < f->n_members; i++)
        if (!is_dead(&a->persons[a->family_members[f->first_member + i]])) f->state = EN_FAMILY_SURVIVOR;
    if (f->n_members == 0) f->state = EN_FAMILY_SURVIVOR;
    if (f->state == EN_FAMILY_KILLED && !f->complete) f->state = EN_FAMILY_NO_SURVIVOR_RECORDED;
}

static en_status keep_families(account_builder *b, en_error *err) {
    en_account *a = b->a;
    pairs *members = &b->kin->members;
    settle(members);
    a->family_members = account_take(b, members->n, sizeof *a->family_members);
    a->person_families = account_take(b, members->n, sizeof *a->person_families);
    if (!a->family_members || !a->person_families) return en_no_memory(err);
    for (int64_t i = 0; i < members->n; i++) {
        en_account_family *f = &a->families[members->of[i].a];
        if (f->n_members++ == 0) f->first_member = (int32_t)i;
        a->family_members[i] = members->of[i].b;
    }
    for (int64_t i = 0; i < a->n_families; i++) judge_family(a, &a->families[i]);
    for (int64_t i = 0; i < members->n; i++) members->of[i] = (pair){members->of[i].b, members->of[i].a};
    settle(members);
    for (int64_t i = 0; i < members->n; i++) {
        en_account_person *p = &a->persons[members->of[i].a];
        if (p->n_families++ == 0) p->first_family = (int32_t)i;
        a->person_families[i] = members->of[i].b;
    }
    return EN_OK;
}

/* ---- parents ---- */

static en_status read_kinship(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    const char *relation = en_row_json_text(body, "relation");
    const char *is_a = en_model_term_says(&b->model, "kinship", relation, "is_a");
    int32_t person, of;
    if (!is_a[0]) is_a = relation;
    bool is_parent = strcmp(is_a, "parent") == 0;
    if (!is_parent && strcmp(is_a, "child") != 0) return EN_OK;
    EN_TRY(person_of_ref(b, en_row_json_text(body, "person"), &person, err));
    EN_TRY(person_of_ref(b, en_row_json_text(body, "of"), &of, err));
    if (person < 0 || of < 0 || person == of) return EN_OK;
    int32_t child = is_parent ? of : person, parent = is_parent ? person : of;
    b->a->kin[b->a->n_kin++] = (en_account_kin){row->id, child, parent};
    return add_pair(&b->kin->parents, child, parent, err);
}

static en_status count_kinship(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    (void)row, (void)body, (void)err;
    b->a->n_kin++;
    return EN_OK;
}

static int by_kin(const void *x, const void *y) {
    const en_account_kin *p = x, *q = y;
    if (p->child != q->child) return p->child < q->child ? -1 : 1;
    if (p->parent != q->parent) return p->parent < q->parent ? -1 : 1;
    return en_id_cmp(p->id, q->id);
}

static en_status load_kin(account_builder *b, en_error *err) {
    EN_TRY(account_each_row(b, "kinship", count_kinship, err));
    if (!(b->a->kin = account_take(b, b->a->n_kin, sizeof *b->a->kin))) return en_no_memory(err);
    b->a->n_kin = 0;
    EN_TRY(account_each_row(b, "kinship", read_kinship, err));
    if (b->a->n_kin) qsort(b->a->kin, (size_t)b->a->n_kin, sizeof *b->a->kin, by_kin);
    return EN_OK;
}

/* Where the parent died: the last incident that a statement of the death names. */
static int32_t incident_of_death(const en_account *a, const en_account_person *p) {
    int32_t incident = -1;
    for (int32_t i = 0; i < p->n_events; i++)
        if (a->events[p->first_event + i].incident >= 0) incident = a->events[p->first_event + i].incident;
    if (incident < 0 && p->n_incidents) incident = a->person_incidents[p->first_incident];
    return incident;
}

static void tell_loss(en_account *a, int32_t child, const pair *parents, int64_t n) {
    en_account_person *c = &a->persons[child];
    int dead = 0, alive = 0;
    for (int64_t i = 0; i < n; i++) {
        const en_account_person *parent = &a->persons[parents[i].b];
        dead += is_dead(parent);
        alive += is_alive(parent);
        if (is_dead(parent) && c->loss_incident < 0) c->loss_incident = incident_of_death(a, parent);
    }
    if (is_dead(c) || strcmp(c->value[EN_DIM_AGE_GROUP], "0-17") != 0 || dead == 0) {
        c->loss_incident = -1;
        return;
    }
    c->value[EN_DIM_PARENTS] = dead >= 2 ? "lost_both" : alive ? "lost_one" : "lost_at_least_one";
}

static void tell_losses(account_builder *b) {
    pairs *parents = &b->kin->parents;
    settle(parents);
    for (int64_t i = 0; i < b->a->n_persons; i++) {
        b->a->persons[i].value[EN_DIM_PARENTS] = "not_derived";
        b->a->persons[i].loss_incident = -1;
    }
    for (int64_t i = 0, n; i < parents->n; i += n) {
        for (n = 1; i + n < parents->n && parents->of[i + n].a == parents->of[i].a;) n++;
        tell_loss(b->a, parents->of[i].a, parents->of + i, n);
    }
}

static en_status join(account_builder *b, en_error *err) {
    EN_TRY(account_each_row(b, "family", count_family, err));
    if (!(b->a->families = account_take(b, b->a->n_families, sizeof *b->a->families))) return en_no_memory(err);
    b->a->n_families = 0;
    EN_TRY(account_each_row(b, "family", read_family, err));
    EN_TRY(keep_families(b, err));
    EN_TRY(load_kin(b, err));
    tell_losses(b);
    return EN_OK;
}

en_status account_join_families(account_builder *b, en_error *err) {
    struct account_kin k = {0};
    b->kin = &k;
    en_status status = join(b, err);
    b->kin = NULL;
    free(k.members.of);
    free(k.parents.of);
    return status;
}
