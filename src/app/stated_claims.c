/* Stated things that are no figures: terms, instruments, clauses and what became of them, allegations, responses,
 * actions. */
#include <stdio.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/stated_parts.h"

#define N(a) (sizeof(a) / sizeof *(a))

static en_status incident_member(stated_reader *r, const json_t *body, const char *member, int32_t *out,
                                 en_error *err) {
    en_id id;
    EN_TRY(stated_ref(r, body, member, &id, err));
    return stated_incident_of(r, id, out, err);
}

static int32_t find_instrument(const stated_reader *r, en_id id) {
    return stated_find(r->out->instruments, r->out->n_instruments, sizeof *r->out->instruments, id);
}

/* ---- instruments ---- */

static en_status read_vote(stated_reader *r, const json_t *vote, const char **out, en_error *err) {
    static const char *const members[][2] = {
        {"yes", "yes"}, {"no", "no"}, {"abstain", "abstaining"}, {"absent", "absent"}};
    char words[160] = "";
    for (size_t i = 0; i < N(members); i++) {
        const json_t *n = json_object_get(vote, members[i][0]);
        size_t at = strlen(words);
        if (json_is_integer(n))
            snprintf(words + at, sizeof words - at, "%s%lld %s", at ? ", " : "", (long long)json_integer_value(n),
                     members[i][1]);
    }
    return (*out = en_arena_strdup(r->out->arena, en_str_of(words))) ? EN_OK : en_no_memory(err);
}

static en_status read_instrument(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_instrument *to = item;
    const stated_member members[] = {
        {"kind", &to->kind},       {"title", &to->title},     {"symbol", &to->symbol},
        {"body", &to->body},       {"date", &to->date},       {"adoption", &to->adoption},
        {"chapter", &to->chapter}, {"demands", &to->demands}, {"addressee", &to->addressee}};
    const json_t *count = json_object_get(body, "count");
    EN_TRY(stated_said(r, row, body, &to->said, err));
    EN_TRY(stated_texts(r, body, members, N(members), err));
    EN_TRY(read_vote(r, json_object_get(body, "vote"), &to->vote, err));
    to->count = json_is_integer(count) ? (int64_t)json_integer_value(count) : EN_NO_NUMBER;
    EN_TRY(stated_actor(r, body, "body_id", to->body, &to->body_actor, err));
    if (!to->body[0] && to->body_actor >= 0) to->body = r->out->actors[to->body_actor].name;
    return EN_OK;
}

static en_status read_clause(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_clause *to = item;
    en_id instrument;
    const stated_member members[] = {
        {"number", &to->number}, {"verb", &to->verb}, {"addressee", &to->addressee}, {"text", &to->text}};
    EN_TRY(stated_said(r, row, body, &to->said, err));
    EN_TRY(stated_texts(r, body, members, N(members), err));
    EN_TRY(stated_ref(r, body, "instrument", &instrument, err));
    to->instrument = find_instrument(r, instrument);
    return EN_OK;
}

static en_status read_implementation(stated_reader *r, const en_row *row, const json_t *body, void *item,
                                     en_error *err) {
    en_stated_implementation *to = item;
    en_id of;
    const stated_member members[] = {
        {"grade", &to->grade}, {"addressee", &to->addressee}, {"date", &to->date}, {"evidence", &to->evidence}};
    EN_TRY(stated_said(r, row, body, &to->said, err));
    EN_TRY(stated_texts(r, body, members, N(members), err));
    EN_TRY(stated_label(r, "implementation", to->grade, &to->grade_words, err));
    EN_TRY(stated_ref(r, body, "of", &of, err));
    to->clause = stated_find(r->out->clauses, r->out->n_clauses, sizeof *r->out->clauses, of);
    to->instrument = find_instrument(r, of);
    return EN_OK;
}

/* ---- terms, allegations, actions ---- */

static en_status read_term(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_term *to = item;
    en_id instrument;
    const stated_member members[] = {{"term", &to->term},
                                     {"mode", &to->mode},
                                     {"body", &to->body},
                                     {"via", &to->via},
                                     {"addressee", &to->addressee},
                                     {"subject", &to->subject},
                                     {"legal_basis", &to->legal_basis},
                                     {"standard", &to->standard},
                                     {"date", &to->date}};
    EN_TRY(stated_said(r, row, body, &to->said, err));
    EN_TRY(stated_texts(r, body, members, N(members), err));
    EN_TRY(stated_ref(r, body, "instrument", &instrument, err));
    to->instrument = find_instrument(r, instrument);
    EN_TRY(stated_actor(r, body, "body_id", to->body, &to->body_actor, err));
    if (!to->body[0] && to->body_actor >= 0) to->body = r->out->actors[to->body_actor].name;
    return incident_member(r, body, "subject_id", &to->incident, err);
}

static en_status read_allegation(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_allegation *to = item;
    const stated_member members[] = {
        {"act", &to->act}, {"actor", &to->accused}, {"degree", &to->degree}, {"standard", &to->standard}};
    EN_TRY(stated_said(r, row, body, &to->said, err));
    EN_TRY(stated_texts(r, body, members, N(members), err));
    EN_TRY(stated_actor(r, body, "actor_id", to->accused, &to->accused_actor, err));
    if (!to->accused[0] && to->accused_actor >= 0) to->accused = r->out->actors[to->accused_actor].name;
    return incident_member(r, body, "of", &to->incident, err);
}

static en_status read_response(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_response *to = item;
    en_id allegation;
    const stated_member members[] = {{"act", &to->act}, {"kind", &to->kind}, {"actor", &to->by}, {"date", &to->date}};
    EN_TRY(stated_said(r, row, body, &to->said, err));
    EN_TRY(stated_texts(r, body, members, N(members), err));
    EN_TRY(stated_actor(r, body, "actor_id", to->by, &to->by_actor, err));
    if (!to->by[0] && to->by_actor >= 0) to->by = r->out->actors[to->by_actor].name;
    EN_TRY(stated_label(r, "response", to->kind, &to->kind_words, err));
    EN_TRY(stated_ref(r, body, "allegation", &allegation, err));
    to->allegation = stated_find(r->out->allegations, r->out->n_allegations, sizeof *r->out->allegations, allegation);
    return EN_OK;
}

static en_status read_action(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_action *to = item;
    const stated_member members[] = {{"kind", &to->kind},         {"title", &to->title}, {"by", &to->by},
                                     {"aimed_at", &to->aimed_at}, {"date", &to->date},   {"place", &to->place}};
    EN_TRY(stated_said(r, row, body, &to->said, err));
    EN_TRY(stated_texts(r, body, members, N(members), err));
    EN_TRY(stated_actor(r, body, "by_id", to->by, &to->by_actor, err));
    if (!to->by[0] && to->by_actor >= 0) to->by = r->out->actors[to->by_actor].name;
    return incident_member(r, body, "incident", &to->incident, err);
}

/* ---- answers to what they answer ---- */

static en_status is_same(stated_reader *r, const char *a, const char *b, bool *same, en_error *err) {
    const char *x, *y;
    EN_TRY(stated_fold(r, a, &x, err));
    EN_TRY(stated_fold(r, b, &y, err));
    *same = x[0] && strcmp(x, y) == 0;
    return EN_OK;
}

/* An answer that names no allegation is to the one of its source that has its act and its accused, word for word. */
static en_status join_response(stated_reader *r, en_stated_response *response, en_error *err) {
    const en_stated *s = r->out;
    for (int32_t i = 0; i < s->n_allegations && response->allegation < 0; i++) {
        const en_stated_allegation *a = &s->allegations[i];
        bool act, accused;
        if (a->said.source != response->said.source || a->said.source < 0) continue;
        EN_TRY(is_same(r, a->act, response->act, &act, err));
        EN_TRY(is_same(r, a->accused, response->by, &accused, err));
        if (a->accused_actor >= 0 && a->accused_actor == response->by_actor) accused = true;
        if (act && accused) response->allegation = i;
    }
    return EN_OK;
}

#define LOAD(field, kind, read)                                                                                        \
    do {                                                                                                               \
        EN_TRY(stated_each(r, kind, sizeof *s->field, read, &items, &s->n_##field, err));                              \
        s->field = items;                                                                                              \
    } while (0)

en_status stated_load_claims(stated_reader *r, en_error *err) {
    en_stated *s = r->out;
    void *items;
    LOAD(instruments, "instrument", read_instrument);
    LOAD(clauses, "clause", read_clause);
    LOAD(implementations, "implementation", read_implementation);
    LOAD(terms, "characterisation", read_term);
    LOAD(allegations, "allegation", read_allegation);
    LOAD(responses, "response", read_response);
    LOAD(actions, "action", read_action);
    for (int64_t i = 0; i < s->n_responses; i++) EN_TRY(join_response(r, &s->responses[i], err));
    return EN_OK;
}
