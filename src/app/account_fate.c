/* What became of a person: status over time, fate, whereabouts.
 *
 * The rule, printed by docs/decisions/0010-resolution.md: a death that somebody states stands, unless somebody states
 * that the person lived later, or was located alive; then more independent sources decide, and among equals the later.
 * Without a death the latest statement decides; of statements whose order the dates leave open, one that ends an
 * absence (released, returned) is later than one that begins it (missing, taken), and that is later than others
 * (injured, displaced). Missing or taken, and nothing after it: the fate is unknown. Whereabouts are apart, by the
 * latest statement of them.
 */
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"

typedef struct saying {
    account_status status;
    int32_t first_day, last_day;
    uint64_t group;
    const char *whereabouts; /* as said; "" not */
} saying;

typedef struct teller {
    account_builder *b;
    saying *of; /* one person */
    int64_t n, cap;
} teller;

/* ---- what statuses mean ---- */

static int8_t ever_bit(account_builder *b, const char *code) {
    en_account *a = b->a;
    for (int i = 0; i < a->n_ever; i++)
        if (strcmp(a->ever_codes[i], code) == 0) return (int8_t)i;
    if (a->n_ever == 64 || !(a->ever_codes[a->n_ever] = en_arena_strdup(a->arena, en_str_of(code)))) return -1;
    return (int8_t)a->n_ever++;
}

account_status account_status_of(account_builder *b, const char *vocabulary, const char *code) {
    const char *fate = en_model_term_says(&b->model, vocabulary, code, "fate");
    const json_t *term = en_model_term(&b->model, vocabulary, code);
    return (account_status){.fate = strcmp(fate, "dead") == 0    ? FATE_DEAD
                                    : strcmp(fate, "alive") == 0 ? FATE_ALIVE
                                    : strcmp(fate, "open") == 0  ? FATE_OPEN
                                                                 : FATE_NONE,
                            .ends = en_model_term_says(&b->model, vocabulary, code, "ends")[0] != 0,
                            .ever = term ? ever_bit(b, code) : -1,
                            .code = code,
                            .whereabouts = en_model_term_says(&b->model, vocabulary, code, "whereabouts"),
                            .revokes = en_model_term_says(&b->model, vocabulary, code, "revokes")};
}

/* Of a value that lists or rows give for a status, a term of either vocabulary: looked up once. */
static const account_status *status_of_value(account_builder *b, int32_t value) {
    account_status *status = &b->status_of[value];
    if (status->code) return status;
    const json_t *event = en_model_term(&b->model, "status", b->value_text[value])
                              ? NULL
                              : en_model_find_term(&b->model, "status_event", b->value_text[value]);
    const char *known = json_string_value(json_object_get(event, "code"));
    const char *code = known ? en_arena_strdup(b->a->arena, en_str_of(known)) : NULL; /* outlives the model */
    *status = code ? account_status_of(b, "status_event", code) : account_status_of(b, "status", b->value_text[value]);
    return status;
}

/* A status event's term, or what an act amounts to, which may be a list's word (killed). */
static account_status status_of_event(account_builder *b, const en_account_event *e) {
    bool is_event = en_model_term(&b->model, "status_event", e->status) != NULL;
    account_status status = account_status_of(b, is_event ? "status_event" : "status", e->status);
    if (status.ever < 0) status.ever = ever_bit(b, e->status);
    return status;
}

/* ---- what is said of one person ---- */

static en_status add(teller *t, saying said, en_error *err) {
    if (t->n == t->cap) {
        int64_t cap = t->cap ? t->cap * 2 : 32;
        saying *grown = realloc(t->of, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        t->of = grown;
        t->cap = cap;
    }
    t->of[t->n++] = said;
    return EN_OK;
}

static en_status add_record(teller *t, int32_t record, int32_t value, int32_t group, en_error *err) {
    account_builder *b = t->b;
    en_when when;
    saying said = {.status = *status_of_value(b, value),
                   .first_day = EN_DAY_MIN,
                   .last_day = EN_DAY_MAX,
                   .group = account_group_bit(group),
                   .whereabouts = ""};
    en_str date = account_cell(b, "event_date", record);
    if (date.len && en_when_parse(date, EN_ORDER_UNSTATED, &when, NULL) == EN_OK)
        said.first_day = when.first_day, said.last_day = when.last_day;
    return add(t, said, err);
}

/* What the list says of the record's status, and what rows state of it. */
static en_status add_stated(teller *t, int32_t record, en_error *err) {
    account_builder *b = t->b;
    int32_t value = b->stated[EN_DIM_STATUS][record];
    int64_t n = 0;
    if (value >= 0) EN_TRY(add_record(t, record, value, b->a->sources[b->a->records[record].source].group, err));
    const account_claim *claims = b->n_claims ? account_claims_of(b, record, &n) : NULL;
    for (int64_t k = 0; k < n; k++) {
        if (claims[k].dimension != EN_DIM_STATUS || claims[k].letter != 't' || claims[k].value < 0) continue;
        int32_t group = claims[k].origin < 0 ? -1 : b->origins[claims[k].origin].group;
        EN_TRY(add_record(t, record, claims[k].value, group, err));
    }
    return EN_OK;
}

static en_status gather(teller *t, en_account_person *p, en_error *err) {
    account_builder *b = t->b;
    t->n = 0;
    for (int32_t i = 0; i < p->n_records; i++) EN_TRY(add_stated(t, b->a->person_records[p->first_record + i], err));
    for (int32_t i = 0; i < p->n_events; i++) {
        const en_account_event *e = &b->a->events[p->first_event + i];
        EN_TRY(add(t,
                   (saying){.status = status_of_event(b, e),
                            .first_day = e->first_day,
                            .last_day = e->last_day,
                            .group = account_group_bit(e->group),
                            .whereabouts = e->whereabouts},
                   err));
    }
    for (int64_t i = 0; i < t->n; i++)
        if (t->of[i].status.ever >= 0) p->ever |= (uint64_t)1 << t->of[i].status.ever;
    return EN_OK;
}

/* A status that takes back another (an identification, a reported death) unsays it. */
static void unsay(teller *t) {
    for (int64_t i = 0; i < t->n; i++)
        for (int64_t k = 0; t->of[i].status.revokes && t->of[i].status.revokes[0] && k < t->n; k++)
            if (t->of[k].status.code && strcmp(t->of[k].status.code, t->of[i].status.revokes) == 0)
                t->of[k].status.fate = FATE_NONE;
}

/* ---- which is later ---- */

static int rank(const saying *s) { return s->status.ends ? 2 : s->status.fate == FATE_OPEN ? 1 : 0; }

static bool is_after(const saying *a, const saying *b) { return a->first_day > b->last_day; }

static bool is_later(const saying *a, const saying *b) {
    if (is_after(a, b)) return true;
    return !is_after(b, a) && rank(a) > rank(b);
}

static const saying *latest(const teller *t, account_fate fate) {
    const saying *best = NULL;
    for (int64_t i = 0; i < t->n; i++) {
        const saying *s = &t->of[i];
        bool counts =
            fate == FATE_NONE ? s->status.fate == FATE_ALIVE || s->status.fate == FATE_OPEN : s->status.fate == fate;
        if (counts && (!best || is_later(s, best))) best = s;
    }
    return best;
}

static bool contradicts(const saying *alive, const saying *dead) {
    return alive->status.fate == FATE_ALIVE &&
           (is_after(alive, dead) || (alive->status.revokes && alive->status.revokes[0]));
}

/* Those who state a life after the death, against those who state the death. */
static const saying *weigh(const teller *t, const saying *dead, bool *disputed, en_rule *rule) {
    uint64_t for_dead = 0, for_alive = 0;
    const saying *alive = NULL;
    for (int64_t i = 0; i < t->n; i++) {
        const saying *s = &t->of[i];
        if (s->status.fate == FATE_DEAD) for_dead |= s->group;
        if (!contradicts(s, dead)) continue;
        for_alive |= s->group;
        if (!alive || is_later(s, alive)) alive = s;
    }
    *disputed = alive != NULL;
    int lives = alive ? __builtin_popcountll(for_alive) - __builtin_popcountll(for_dead) : -1;
    if (alive) *rule = lives ? EN_RULE_SOURCES : EN_RULE_TIME;
    return lives >= 0 ? alive : dead;
}

/* ---- telling ---- */

static en_status tell_whereabouts(const teller *t, en_account_person *p, en_error *err) {
    const saying *best = NULL;
    p->value[EN_DIM_WHEREABOUTS] = "not_recorded";
    for (int64_t i = 0; i < t->n; i++) {
        const saying *s = &t->of[i];
        const char *says = s->whereabouts[0] ? s->whereabouts : s->status.whereabouts;
        if (!says || !says[0] || s->status.fate == FATE_NONE || (best && !is_later(s, best))) continue;
        best = s;
        p->value[EN_DIM_WHEREABOUTS] = says;
    }
    if (!best) return EN_OK;
    p->value[EN_DIM_WHEREABOUTS] = en_arena_strdup(t->b->a->arena, en_str_of(p->value[EN_DIM_WHEREABOUTS]));
    return p->value[EN_DIM_WHEREABOUTS] ? EN_OK : en_no_memory(err);
}

/* Lists alone show the status that most give; a row says what was so at a time, and so decides. */
static void show_status(const account_builder *b, en_account_person *p, const saying *decides) {
    bool chosen = p->rule[EN_DIM_STATUS] == EN_RULE_REVIEWER;
    if (p->n_events == 0 || !decides || chosen) return;
    const char *code = decides->status.code;
    if (decides->status.fate == FATE_DEAD) {
        code = "dead";
        for (int i = 0; i < b->a->n_ever; i++)
            if ((p->ever >> i & 1) && strcmp(b->a->ever_codes[i], "killed") == 0) code = "killed";
    }
    if (strcmp(p->value[EN_DIM_STATUS], code) != 0) p->rule[EN_DIM_STATUS] = EN_RULE_TIME;
    p->value[EN_DIM_STATUS] = code;
}

/* A person of whom rows speak is known to be dead where they do not speak of a life that may be later. */
static bool may_live(const teller *t, const en_account_person *p, const saying *dead) {
    if (p->n_events == 0) return p->may_be_living;
    for (int64_t i = 0; i < t->n; i++) {
        const saying *s = &t->of[i];
        if (s->status.fate != FATE_DEAD && s->status.fate != FATE_NONE && !is_after(dead, s)) return true;
    }
    return false;
}

static bool all_agree(const teller *t) {
    account_fate fate = FATE_NONE;
    for (int64_t i = 0; i < t->n; i++) {
        account_fate own = t->of[i].status.fate;
        if (own != FATE_NONE && fate != FATE_NONE && own != fate) return false;
        if (own != FATE_NONE) fate = own;
    }
    return true;
}

static const char *fate_name(account_fate fate) {
    return fate == FATE_DEAD ? "dead" : fate == FATE_ALIVE ? "alive" : fate == FATE_OPEN ? "unknown" : "not_recorded";
}

/* Whoever chose the status chose the fate that it means. */
static void follow_choice(account_builder *b, en_account_person *p) {
    account_status chosen = account_status_of(b, "status", p->value[EN_DIM_STATUS]);
    if (chosen.fate == FATE_NONE) return;
    p->value[EN_DIM_FATE] = fate_name(chosen.fate);
    p->rule[EN_DIM_FATE] = EN_RULE_REVIEWER;
    if (chosen.fate != FATE_DEAD) p->may_be_living = true;
}

static en_status tell(teller *t, en_account_person *p, en_error *err) {
    EN_TRY(gather(t, p, err));
    unsay(t);
    const saying *dead = latest(t, FATE_DEAD), *other = latest(t, FATE_NONE);
    bool disputed = false;
    en_rule rule = all_agree(t) ? EN_RULE_AGREED : EN_RULE_TIME;
    const saying *decides = dead ? weigh(t, dead, &disputed, &rule) : other;
    p->value[EN_DIM_FATE] = fate_name(decides ? decides->status.fate : FATE_NONE);
    p->disputed[EN_DIM_FATE] = disputed;
    p->rule[EN_DIM_FATE] = (uint8_t)(decides ? rule : EN_RULE_NONE);
    p->may_be_living = decides && decides->status.fate == FATE_DEAD && !disputed ? may_live(t, p, dead) : true;
    EN_TRY(tell_whereabouts(t, p, err));
    show_status(t->b, p, decides);
    if (p->rule[EN_DIM_STATUS] == EN_RULE_REVIEWER) follow_choice(t->b, p);
    return EN_OK;
}

en_status account_tell_fates(account_builder *b, en_error *err) {
    teller t = {.b = b};
    b->status_of = account_take(b, b->values.len, sizeof *b->status_of);
    en_status status = b->status_of ? EN_OK : en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < b->a->n_persons; i++) status = tell(&t, &b->a->persons[i], err);
    free(t.of);
    return status;
}
