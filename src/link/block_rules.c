/* Which rules make the pairs. What a rule costs is counted on a sample of records; what it finds is counted on invented
 * matches, drawn from how often each key of each field agrees among matches, fields taken as independent. The rule that
 * gains most matches a pair comes first, and so on until the pairs run out or hardly a match is left. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/rng.h"
#include "base/sort.h"
#include "link/block.h"

enum {
    SAMPLE_RECORDS = 40000,
    DRAWS = 1 << 14,
    AGREEMENTS = 1 << KEYS_A_FIELD, /* which of a field's keys agree, as bits */
    CANDIDATES_MAX = SLOTS_MAX * SLOTS_MAX / 2,
    STREAM = 900 /* of the seed */
};
/* What a pass over all records costs, in pairs a record. */
#define PASS_COST 0.5

/* An invented match: slots that it agrees on. */
typedef struct drawn {
    uint64_t agreed;
    uint64_t number;
} drawn;

typedef struct chooser {
    const link_set *set;
    const link_model *model;
    const block_slots *slots;
    int32_t n_sample;
    uint32_t *sample;            /* slots of sampled records: sample[slot * n_sample + i] */
    double scale;                /* pairs of records a pair of sampled ones */
    double collision[SLOTS_MAX]; /* the chance that two records agree on the slot */
    double agree[SLOTS_MAX];     /* that a match does */
    drawn *draws;                /* matches that no rule so far finds */
    int n_draws;
    block_rule *candidates;
    int n_candidates;
} chooser;

/* ---- the sample ---- */

/* Records by hash, since neighbours in order may be copies of one another. */
static bool in_sample(int32_t record, double share) {
    return (double)(block_mix((uint64_t)record + 1) >> 40) < share * (double)(1 << 24);
}

static en_status take_sample(chooser *c, en_error *err) {
    const link_set *set = c->set;
    double share = (double)SAMPLE_RECORDS / (set->n + 1.0);
    int32_t n = 0, at = 0;
    for (int32_t i = 0; i < set->n; i++) n += in_sample(i, share);
    c->n_sample = n;
    c->scale = n > 1 ? (double)set->n * (set->n - 1) / ((double)n * (n - 1)) : 1;
    c->sample = malloc(((size_t)n * (size_t)c->slots->n + 1) * sizeof *c->sample);
    if (!c->sample) return en_no_memory(err);
    for (int32_t i = 0; i < set->n; i++) {
        if (!in_sample(i, share)) continue;
        for (int s = 0; s < c->slots->n; s++) {
            const link_field *f = &set->fields[c->slots->of[s].field];
            c->sample[(size_t)s * (size_t)n + (size_t)at] = block_key(f, c->slots->of[s].key, f->code[i]);
        }
        at++;
    }
    return EN_OK;
}

static uint32_t rule_key(uint32_t first, uint32_t second) {
    return (uint32_t)(block_mix((uint64_t)first << 32 | second) >> 32);
}

/* ---- what rules cost ---- */

/* Pairs that a rule makes, blocks that would be too large counting as split. */
static void count_pairs(const chooser *c, block_rule *r, en_keyed *keys, en_keyed *scratch) {
    const uint32_t *first = c->sample + (size_t)r->slot[0] * (size_t)c->n_sample;
    const uint32_t *second = r->slot[1] < 0 ? NULL : c->sample + (size_t)r->slot[1] * (size_t)c->n_sample;
    size_t n = 0;
    for (int32_t i = 0; i < c->n_sample; i++)
        if (first[i] && (!second || second[i])) keys[n++] = (en_keyed){rule_key(first[i], second ? second[i] : 1), i};
    en_sort_keyed(keys, scratch, n);
    double most = fmax(4, BLOCK_MOST * (double)c->n_sample / (c->set->n + 1.0)), large = 0;
    double kept = r->split[0] < 0 ? 1 : fmin(1, c->collision[r->split[0]]);
    r->pairs = 0;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && keys[end].key == keys[i].key;) end++;
        double size = (double)(end - i), pairs = size * (size - 1) / 2;
        if (size > most) large += size;
        r->pairs += size > most ? pairs * kept : pairs;
    }
    r->pairs *= c->scale;
    r->large = c->n_sample ? large / c->n_sample : 0;
}

/* The slot that matches agree on most often among those that split a block well, of fields that are not excluded. */
static int best_split(const chooser *c, unsigned excluded) {
    int best = -1;
    for (int s = 0; s < c->slots->n; s++) {
        if (excluded >> c->slots->of[s].field & 1) continue;
        if (best < 0) {
            best = s;
            continue;
        }
        bool splits = c->collision[s] <= 0.05, best_splits = c->collision[best] <= 0.05;
        if (splits != best_splits ? splits
            : splits              ? c->agree[s] > c->agree[best]
                                  : c->collision[s] < c->collision[best])
            best = s;
    }
    return best;
}

static unsigned field_bit(const chooser *c, int slot) { return slot < 0 ? 0 : 1u << c->slots->of[slot].field; }

static void set_splits(const chooser *c, block_rule *r) {
    unsigned in = field_bit(c, r->slot[0]) | field_bit(c, r->slot[1]);
    r->split[0] = best_split(c, in);
    r->split[1] = best_split(c, in | field_bit(c, r->split[0]));
}

typedef struct costing {
    const chooser *c;
    block_rule *rules;
    int n;
} costing;

enum { RULES_A_TASK = 8 };

static en_status cost_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    costing *job = ctx;
    size_t room = (size_t)job->c->n_sample + 1;
    en_keyed *keys = malloc(room * sizeof *keys), *scratch = malloc(room * sizeof *scratch);
    en_status status = keys && scratch ? EN_OK : en_no_memory(err);
    int from = (int)task * RULES_A_TASK, to = from + RULES_A_TASK < job->n ? from + RULES_A_TASK : job->n;
    for (int i = from; status == EN_OK && i < to; i++) count_pairs(job->c, &job->rules[i], keys, scratch);
    free(keys);
    free(scratch);
    return status;
}

static en_status cost_rules(chooser *c, block_rule *rules, int n, en_error *err) {
    costing job = {c, rules, n};
    size_t tasks = ((size_t)n + RULES_A_TASK - 1) / RULES_A_TASK;
    return en_parallel_for(tasks, c->set->threads, cost_task, &job, "choosing rules", c->set->progress, err);
}

/* What one slot alone makes says how well it splits blocks. */
static en_status measure_slots(chooser *c, en_error *err) {
    block_rule alone[SLOTS_MAX];
    double pairs = (double)c->set->n * (c->set->n - 1.0) / 2;
    for (int s = 0; s < c->slots->n; s++) alone[s] = (block_rule){.slot = {s, -1}, .split = {-1, -1}};
    EN_TRY(cost_rules(c, alone, c->slots->n, err));
    for (int s = 0; s < c->slots->n; s++) c->collision[s] = pairs > 0 ? alone[s].pairs / pairs : 0;
    return EN_OK;
}

/* ---- what matches agree on ---- */

/* Before any match was seen: an equal value has all keys equal, one that is near in its way half of them. */
static void usual_agreements(const chooser *c, int field, double out[AGREEMENTS]) {
    const link_field *f = &c->set->fields[field];
    const double *m = c->model->m[field];
    int extra = c->slots->first[field + 1] - c->slots->first[field] - 1;
    double known = c->set->n ? (double)f->known / c->set->n : 0, both = known * known, near = 0;
    memset(out, 0, AGREEMENTS * sizeof *out);
    for (int l = 2; l < f->n_levels; l++) near += m[l];
    out[(1 << (extra + 1)) - 1] += both * m[1];
    out[0] += 1 - both * (m[1] + near);
    for (int bits = 0; bits < 1 << extra; bits++) out[bits << 1] += both * near / (1 << extra);
}

/* Which keys of each field agree, of each invented match. */
static en_status draw_matches(chooser *c, en_error *err) {
    en_rng rng;
    c->draws = calloc(DRAWS, sizeof *c->draws);
    if (!c->draws) return en_no_memory(err);
    c->n_draws = DRAWS;
    en_rng_init(&rng, c->set->seed, STREAM);
    for (int k = 0; k < c->set->n_fields; k++) {
        double usual[AGREEMENTS];
        const double *of = c->set->blocking.measured ? c->set->blocking.agreements[k] : usual;
        usual_agreements(c, k, usual);
        for (int d = 0; d < DRAWS; d++) {
            double left = en_rng_uniform(&rng);
            uint64_t bits = 0;
            while (bits < AGREEMENTS - 1 && (left -= of[bits]) > 0) bits++;
            c->draws[d].number = (uint64_t)d;
            c->draws[d].agreed |= bits << c->slots->first[k];
        }
    }
    for (int d = 0; d < DRAWS; d++)
        for (int s = 0; s < c->slots->n; s++) c->agree[s] += (double)(c->draws[d].agreed >> s & 1) / DRAWS;
    return EN_OK;
}

static uint64_t slot_bit(int slot) { return slot < 0 ? 0 : 1ull << slot; }

/* A match that meets in a block that is split has to agree on what splits it too. */
static bool finds(const block_rule *r, const drawn *match) {
    uint64_t needed = slot_bit(r->slot[0]) | slot_bit(r->slot[1]);
    if ((match->agreed & needed) != needed) return false;
    if (r->large == 0 || r->split[0] < 0 || match->agreed >> r->split[0] & 1) return true;
    uint64_t chance = block_mix((match->number << 16 | (uint64_t)r->slot[0] << 8) + (uint64_t)(r->slot[1] + 1));
    return (double)(chance >> 40) >= r->large * (double)(1 << 24);
}

static int gain(const chooser *c, const block_rule *r) {
    int n = 0;
    for (int d = 0; d < c->n_draws; d++) n += finds(r, &c->draws[d]);
    return n;
}

static void take_found(chooser *c, const block_rule *r) {
    int n = 0;
    for (int d = 0; d < c->n_draws; d++)
        if (!finds(r, &c->draws[d])) c->draws[n++] = c->draws[d];
    c->n_draws = n;
}

/* ---- choosing ---- */

/* Keys that make few pairs alone are rules, and pairs of the others. */
static en_status propose(chooser *c, en_error *err) {
    double all = (double)c->set->n * (c->set->n - 1.0) / 2;
    c->candidates = calloc(CANDIDATES_MAX, sizeof *c->candidates);
    if (!c->candidates) return en_no_memory(err);
    for (int a = 0; a < c->slots->n; a++) {
        bool alone = c->collision[a] * all < 20.0 * c->set->n;
        if (alone) c->candidates[c->n_candidates++] = (block_rule){.slot = {a, -1}};
        for (int b = a + 1; b < c->slots->n; b++) {
            if (c->slots->of[a].field == c->slots->of[b].field) continue;
            /* With a key that makes next to no pairs alone, a second one only loses matches. */
            double least = fmin(c->collision[a], c->collision[b]) * all;
            if (least < 2.0 * c->set->n) continue;
            c->candidates[c->n_candidates++] = (block_rule){.slot = {a, b}};
        }
    }
    for (int i = 0; i < c->n_candidates; i++) set_splits(c, &c->candidates[i]);
    return cost_rules(c, c->candidates, c->n_candidates, err);
}

static void choose(chooser *c, const block_budget *budget, block_rule *rules, int *n_rules) {
    double spent = 0;
    for (*n_rules = 0; *n_rules < RULES_MAX; ++*n_rules) {
        int best = -1;
        double best_worth = 0;
        for (int i = 0; i < c->n_candidates; i++) {
            const block_rule *r = &c->candidates[i];
            int gained = spent + r->pairs > budget->pairs ? 0 : gain(c, r);
            double worth = gained / (r->pairs + PASS_COST * c->set->n);
            if (gained < budget->least_gain * DRAWS || worth <= best_worth) continue;
            best = i;
            best_worth = worth;
        }
        if (best < 0) return;
        rules[*n_rules] = c->candidates[best];
        spent += rules[*n_rules].pairs;
        take_found(c, &rules[*n_rules]);
    }
}

/* Rules of a model, as far as their fields are there. */
static en_status adopt(chooser *c, block_rule *rules, int *n_rules, en_error *err) {
    const link_blocking *b = &c->set->blocking;
    *n_rules = 0;
    for (int i = 0; i < b->n_rules; i++) {
        int first = block_slot_of(c->slots, b->rules[i].first, b->rules[i].first_key);
        int second = b->rules[i].second < 0 ? -1 : block_slot_of(c->slots, b->rules[i].second, b->rules[i].second_key);
        if (first < 0 || (second < 0 && b->rules[i].second >= 0))
            return en_fail(err, EN_ERR_INPUT, "the model's rule %d asks for a key that its field does not have", i + 1);
        rules[*n_rules] = (block_rule){.slot = {first, second}};
        set_splits(c, &rules[(*n_rules)++]);
    }
    EN_TRY(cost_rules(c, rules, *n_rules, err));
    for (int i = 0; i < *n_rules; i++) take_found(c, &rules[i]);
    return EN_OK;
}

static void note_rules(link_set *set, const block_slots *slots, const block_rule *rules, int n) {
    set->blocking.n_rules = n;
    for (int i = 0; i < n; i++) {
        const block_slot *first = &slots->of[rules[i].slot[0]];
        en_link_rule *r = &set->blocking.rules[i];
        *r = (en_link_rule){.first = first->field, .second = -1, .first_key = first->key};
        if (rules[i].slot[1] < 0) continue;
        r->second = slots->of[rules[i].slot[1]].field;
        r->second_key = slots->of[rules[i].slot[1]].key;
    }
}

en_status block_rules_choose(link_set *set, const link_model *model, const block_slots *slots,
                             const block_budget *budget, block_rule *rules, int *n_rules, en_error *err) {
    chooser c = {.set = set, .model = model, .slots = slots};
    en_status status = take_sample(&c, err);
    if (status == EN_OK) status = measure_slots(&c, err);
    if (status == EN_OK) status = draw_matches(&c, err);
    if (status == EN_OK && set->blocking.n_rules) {
        status = adopt(&c, rules, n_rules, err);
    } else if (status == EN_OK) {
        status = propose(&c, err);
        if (status == EN_OK) choose(&c, budget, rules, n_rules);
        if (status == EN_OK) note_rules(set, slots, rules, *n_rules);
    }
    if (status == EN_OK) set->blocking.missed = (double)c.n_draws / DRAWS;
    free(c.sample);
    free(c.draws);
    free(c.candidates);
    return status;
}
