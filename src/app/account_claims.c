/* Rows that say something of a record's properties: corrections, statements, resolutions, acts. */
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"

static en_status add_claim(account_builder *b, account_claim claim, en_error *err) {
    if (b->n_claims == b->claims_cap) {
        int64_t cap = b->claims_cap ? b->claims_cap * 2 : 64;
        account_claim *grown = realloc(b->claims, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        b->claims = grown;
        b->claims_cap = cap;
    }
    claim.order = b->n_claims;
    b->claims[b->n_claims++] = claim;
    return EN_OK;
}

/* The value that a row gives for a property; claim->record -1 where it is of nothing that an account shows. */
static en_status read_value(account_builder *b, const char *property, const char *value, account_claim *claim,
                            en_error *err) {
    int dimension;
    EN_TRY(account_value_number(b, property, en_str_of(value), &dimension, &claim->value, &claim->span, err));
    claim->dimension = (int8_t)dimension;
    if (dimension < 0) claim->record = -1;
    return EN_OK;
}

static en_status read_claim(account_builder *b, const json_t *body, const char *of, account_claim *claim,
                            en_error *err) {
    EN_TRY(account_record_of(b, en_row_json_text(body, of), &claim->record, err));
    EN_TRY(account_origin_of(b, en_row_json_text(body, "source"), &claim->origin, err));
    claim->group = claim->origin < 0 ? -1 : b->origins[claim->origin].group;
    return read_value(b, en_row_json_text(body, "property"), en_row_json_text(body, "value"), claim, err);
}

/* A correction of a record takes the place of what the list says; of any other row it says nothing about values. */
static en_status read_correction(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    account_claim claim = {.id = row->id, .letter = 'Q'};
    EN_TRY(read_claim(b, body, "of", &claim, err));
    if (claim.record < 0) return EN_OK;
    claim.is_choice = claim.dimension == STATED_NAME;
    claim.is_applied = !claim.is_choice;
    EN_TRY(add_claim(b, claim, err));
    if (claim.is_choice) return EN_OK;
    b->stated[claim.dimension][claim.record] = claim.value;
    if (claim.dimension == EN_DIM_MONTH) b->dates[claim.record] = claim.span;
    if (claim.dimension != EN_DIM_AGE_GROUP) return EN_OK;
    b->ages[claim.record] = claim.span;
    b->minor[claim.record] = claim.span.low <= claim.span.high && claim.span.low < 18;
    return EN_OK;
}

static en_status read_statement(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    account_claim claim = {.id = row->id, .letter = 't'};
    EN_TRY(read_claim(b, body, "subject", &claim, err));
    return claim.record < 0 ? EN_OK : add_claim(b, claim, err);
}

static en_status read_resolution(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    account_claim claim = {.id = row->id, .letter = 'R'};
    EN_TRY(read_claim(b, body, "person", &claim, err));
    claim.is_choice = true;
    return claim.record < 0 ? EN_OK : add_claim(b, claim, err);
}

/* ---- acts ---- */

/* Where an act is said to have been, as written, or by the name of a place of the case. */
static en_status place_of_act(account_builder *b, const json_t *body, const char **place, en_error *err) {
    const char *ref = en_row_json_text(body, "place_id");
    *place = en_row_json_text(body, "place");
    return (*place)[0] || !ref[0] ? EN_OK : account_place_name(b, ref, place, err);
}

static en_status read_act(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    static const struct {
        const char *member, *property;
    } said[] = {{"cause", "cause"},
                {"civilian", "civilian_status"},
                {"civilian_rule", "civilian_rule"},
                {"directness", "directness"},
                {"date", "event_date"}};
    const char *fate = en_model_term_says(&b->model, "act", en_row_json_text(body, "kind"), "fate"), *place;
    account_claim act = {.id = row->id, .letter = 'd', .is_aside = strcmp(fate, "dead") != 0};
    EN_TRY(account_record_of(b, en_row_json_text(body, "victim"), &act.record, err));
    if (act.record < 0) return EN_OK; /* of a group, or of a record that is gone */
    EN_TRY(account_group_of(b, body, &act.group, &act.origin, err));
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        account_claim claim = act;
        const char *value = en_row_json_text(body, said[i].member);
        if (!value[0]) continue;
        EN_TRY(read_value(b, said[i].property, value, &claim, err));
        EN_TRY(add_claim(b, claim, err));
    }
    EN_TRY(place_of_act(b, body, &place, err));
    if (!place[0]) return EN_OK;
    EN_TRY(read_value(b, "place", place, &act, err));
    return add_claim(b, act, err);
}

/* ---- all ---- */

static int by_claimed_record(const void *x, const void *y) {
    const account_claim *a = x, *c = y;
    if (a->record != c->record) return a->record < c->record ? -1 : 1;
    return (a->order > c->order) - (a->order < c->order);
}

en_status account_load_claims(account_builder *b, en_error *err) {
    EN_TRY(account_each_row(b, "correction", read_correction, err));
    EN_TRY(account_each_row(b, "statement", read_statement, err));
    EN_TRY(account_each_row(b, "resolution", read_resolution, err));
    EN_TRY(account_each_row(b, "act", read_act, err));
    if (b->n_claims) qsort(b->claims, (size_t)b->n_claims, sizeof *b->claims, by_claimed_record);
    return EN_OK;
}

const account_claim *account_claims_of(const account_builder *b, int32_t record, int64_t *n) {
    int64_t low = 0, high = b->n_claims;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (b->claims[middle].record < record)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < b->n_claims && b->claims[low + *n].record == record;) ++*n;
    return b->claims + low;
}
