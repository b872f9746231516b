/* Each property of a person beside all that is said of it, and what was so of the person over time. */
#include "app/trace_values.h"

#include <string.h>

static const char *id_of(const en_account *a, en_trace *out, char letter, en_id id) {
    return en_arena_strdup(out->arena, en_str_of(en_account_id(a, letter, id)));
}

static const char *copy(en_trace *out, const char *text) { return en_arena_strdup(out->arena, en_str_of(text)); }

static en_status add_said(en_trace *out, en_trace_value *v, const char *value, const char *by, const char *row,
                          en_error *err) {
    en_trace_said *said = &v->said[v->n_said++];
    *said = (en_trace_said){copy(out, value), copy(out, by), row};
    return said->value && said->by && said->row ? EN_OK : en_no_memory(err);
}

/* What a record's list says of it, and rows about the record. */
static en_status add_record(const en_account *a, int32_t record, int dimension, en_trace *out, en_trace_value *v,
                            en_error *err) {
    const en_account_record *r = &a->records[record];
    int32_t value = a->stated[dimension][record];
    if (value >= 0)
        EN_TRY(
            add_said(out, v, a->value_text[value], a->sources[r->source].about.title, id_of(a, out, 'r', r->id), err));
    for (int64_t i = 0; i < a->n_claims; i++) {
        const en_account_claim *c = &a->claims[i];
        if (c->record != record || c->dimension != dimension) continue;
        const char *by = c->letter == 'R' ? "a reviewer" : c->letter == 'Q' ? "a correction" : c->by;
        EN_TRY(add_said(out, v, c->value, by, id_of(a, out, c->letter, c->id), err));
    }
    return EN_OK;
}

static en_status explain(const en_account *a, const en_account_person *p, int dimension, en_trace *out, en_error *err) {
    en_trace_value *v = &out->values[out->n_values++];
    en_rule rule = (en_rule)p->rule[dimension];
    *v = (en_trace_value){.property = en_dimension_name((en_dimension)dimension),
                          .shown = copy(out, p->value[dimension]),
                          .rule = en_rule_name(rule),
                          .because = en_rule_words(rule),
                          .disputed = p->disputed[dimension]};
    v->said = en_arena_alloc(out->arena, (size_t)(p->n_records + a->n_claims + 1) * sizeof *v->said);
    if (!v->shown || !v->said) return en_no_memory(err);
    for (int32_t i = 0; dimension < EN_ACCOUNT_STATED && i < p->n_records; i++)
        EN_TRY(add_record(a, a->person_records[p->first_record + i], dimension, out, v, err));
    return EN_OK;
}

static en_status add_event(const en_account *a, const en_account_event *e, en_trace *out, en_error *err) {
    en_trace_event *to = &out->events[out->n_events++];
    *to = (en_trace_event){id_of(a, out, e->letter, e->id), copy(out, e->status), copy(out, e->date),
                           copy(out, e->said), copy(out, e->by)};
    return to->row && to->status && to->date && to->said && to->by ? EN_OK : en_no_memory(err);
}

en_status en_trace_person_values(const en_account *a, int32_t person, en_trace *out, en_error *err) {
    const en_account_person *p = &a->persons[person];
    out->values = en_arena_alloc(out->arena, (EN_ACCOUNT_STATED + 1) * sizeof *out->values);
    out->events = en_arena_alloc(out->arena, ((size_t)p->n_events + 1) * sizeof *out->events);
    if (!out->values || !out->events) return en_no_memory(err);
    for (int d = 0; d < EN_ACCOUNT_STATED; d++)
        if (d <= EN_DIM_MONTH || p->rule[d] != EN_RULE_NONE) EN_TRY(explain(a, p, d, out, err));
    EN_TRY(explain(a, p, EN_DIM_FATE, out, err));
    for (int32_t i = 0; i < p->n_events; i++) EN_TRY(add_event(a, &a->events[p->first_event + i], out, err));
    return EN_OK;
}
