/* What is said of a property of a person, by lists and by rows, and which of it the person shows.
 *
 * Acts that killed speak as lists do; what other acts say of cause, date, place or status counts only where nothing
 * else says anything of that property. A rule of civilian status is that of whoever gave the status shown.
 */
#include <stdlib.h>

#include "app/account_parts.h"

static en_status add_voice(account_voices *v, account_voice said, en_error *err) {
    if (v->n == v->cap) {
        int64_t cap = v->cap ? v->cap * 2 : 64;
        account_voice *grown = realloc(v->of, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        v->of = grown;
        v->cap = cap;
    }
    v->of[v->n++] = said;
    return EN_OK;
}

static bool says(int32_t value, account_span span) { return value >= 0 || span.low <= span.high; }

static account_span span_of_record(const account_builder *b, int dimension, int32_t record) {
    return dimension == EN_DIM_AGE_GROUP ? b->ages[record]
           : dimension == EN_DIM_MONTH   ? b->dates[record]
                                         : ACCOUNT_NO_SPAN;
}

static account_voice voice_of(const account_builder *b, int32_t value, account_span span, int32_t origin,
                              int32_t group) {
    const account_origin *o = origin < 0 ? NULL : &b->origins[origin];
    return (account_voice){value, span, account_group_bit(group), o ? o->released : EN_DAY_MIN, o ? o->grade : 'G'};
}

static en_status add_record(const account_builder *b, int dimension, int32_t record, account_voices *v, en_error *err) {
    int32_t value = b->stated[dimension][record], origin = b->origin_of[b->a->records[record].source];
    account_span span = span_of_record(b, dimension, record);
    if (dimension == EN_DIM_CIVILIAN_RULE && b->stated[EN_DIM_CIVILIAN_STATUS][record] != v->civilian) return EN_OK;
    if (!says(value, span)) return EN_OK;
    return add_voice(v, voice_of(b, value, span, origin, b->origins[origin].group), err);
}

/* Whether the row that states this rule of civilian status states the status shown. */
static bool is_rule_shown(const account_claim *claims, int64_t n, const account_claim *rule, int32_t civilian) {
    for (int64_t i = 0; i < n; i++)
        if (claims[i].dimension == EN_DIM_CIVILIAN_STATUS && en_id_eq(claims[i].id, rule->id))
            return claims[i].value == civilian;
    return rule->letter != 'd'; /* a statement of the rule alone */
}

static en_status add_claims(const account_builder *b, int dimension, int32_t record, bool aside, account_voices *v,
                            en_error *err) {
    int64_t n = 0;
    const account_claim *claims = b->n_claims ? account_claims_of(b, record, &n) : NULL;
    for (int64_t k = 0; k < n; k++) {
        const account_claim *c = &claims[k];
        if (c->dimension != dimension || !says(c->value, c->span) || c->is_applied || c->is_aside != aside) continue;
        if (dimension == EN_DIM_CIVILIAN_RULE && !is_rule_shown(claims, n, c, v->civilian)) continue;
        account_voice voice = voice_of(b, c->value, c->span, c->origin, c->group);
        if (!c->is_choice) {
            EN_TRY(add_voice(v, voice, err));
        } else if (c->value >= 0) {
            v->has_chosen = true;
            v->chosen = voice;
        }
    }
    return EN_OK;
}

en_status account_gather_voices(const account_builder *b, const en_account_person *p, int dimension, account_voices *v,
                                en_error *err) {
    const int32_t *records = b->a->person_records + p->first_record;
    v->n = 0;
    v->has_chosen = false;
    for (int32_t i = 0; i < p->n_records; i++) {
        if (dimension < STATED) EN_TRY(add_record(b, dimension, records[i], v, err));
        EN_TRY(add_claims(b, dimension, records[i], false, v, err));
    }
    for (int32_t i = 0; i < p->n_records && v->n == 0 && !v->has_chosen && b->n_claims; i++)
        EN_TRY(add_claims(b, dimension, records[i], true, v, err));
    return EN_OK;
}

/* All that is said for the value that voice `i` gives; a source that lists a person twice has one vote. */
static account_voice tally(const account_voices *v, int64_t i, int *votes) {
    account_voice sum = v->of[i];
    for (int64_t k = 0; k < v->n; k++) {
        if (v->of[k].value != sum.value) continue;
        sum.group |= v->of[k].group;
        if (v->of[k].released > sum.released) sum.released = v->of[k].released;
        if (v->of[k].grade < sum.grade) sum.grade = v->of[k].grade;
    }
    *votes = __builtin_popcountll(sum.group);
    return sum;
}

/* By the written rule: most independent sources, latest release, best grade, earliest. *rule is the weakest part that
 * was needed to choose it over any other. */
int32_t account_vote(const account_voices *v, en_rule *rule, bool *disputed) {
    account_voice best = {.value = -1};
    int best_votes = 0;
    *rule = EN_RULE_NONE;
    *disputed = false;
    for (int64_t i = 0; i < v->n; i++) {
        int votes;
        if (v->of[i].value < 0) continue; /* "17 or 18" is in no age group */
        account_voice other = tally(v, i, &votes);
        if (best.value == other.value) continue;
        if (best.value < 0) {
            best = other, best_votes = votes;
            *rule = EN_RULE_AGREED;
            continue;
        }
        *disputed = true;
        en_rule by = votes != best_votes               ? EN_RULE_SOURCES
                     : other.released != best.released ? EN_RULE_RELEASE
                     : other.grade != best.grade       ? EN_RULE_GRADE
                                                       : EN_RULE_EARLIEST;
        if (by > *rule || *rule == EN_RULE_AGREED) *rule = by;
        bool wins = votes > best_votes ||
                    (votes == best_votes &&
                     (other.released > best.released || (other.released == best.released && other.grade < best.grade)));
        if (wins) best = other, best_votes = votes;
    }
    if (!v->has_chosen) return best.value;
    *disputed = *disputed || (best.value >= 0 && best.value != v->chosen.value);
    *rule = EN_RULE_REVIEWER;
    return v->chosen.value;
}
