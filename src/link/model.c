/* Fellegi and Sunter (1969): a pair's weight is the sum over its fields of log(m/u), m and u being the probabilities of
 * the level of agreement among matches and among other pairs. u comes from all pairs less the expected matches; m by
 * EM over the candidate pairs, anchored by what lists are usually like. */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/rng.h"
#include "link/glance.h"

static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/* ---- what all pairs show ---- */

double link_comparable_pairs(const link_set *set) {
    double n = set->n, pairs = n * (n - 1) / 2;
    if (!set->one_per_list) return pairs;
    for (int32_t l = 0, from = 0; l < set->n_lists; from = set->list_end[l++]) {
        double in = set->list_end[l] - from;
        pairs -= in * (in - 1) / 2;
    }
    return pairs;
}

/* Exact count of comparable pairs with equal values: all, less those inside a list. */
static en_status equal_pairs(const link_set *set, const link_field *f, double *equal, double *known, en_error *err) {
    int32_t *count = calloc((size_t)f->n_values, sizeof *count);
    if (!count) return en_no_memory(err);
    double k = (double)f->known;
    *equal = 0;
    *known = k * (k - 1) / 2;
    for (int32_t i = 0; i < set->n; i++)
        if (f->code[i]) *equal += count[f->code[i]]++;
    for (int32_t l = 0, from = 0; set->one_per_list && l < set->n_lists; from = set->list_end[l++]) {
        double in = 0;
        for (int32_t i = from; i < set->list_end[l]; i++) count[f->code[i]] = 0;
        for (int32_t i = from; i < set->list_end[l]; i++)
            if (f->code[i]) {
                *equal -= count[f->code[i]]++;
                in++;
            }
        *known -= in * (in - 1) / 2;
    }
    free(count);
    return EN_OK;
}

/* Of fields whose values are too many for a table: as random pairs have them. Swapped names were counted before. */
static en_status observe_levels(link_set *set, const link_model *model, en_error *err) {
    double drawn = 0;
    EN_TRY(link_draw_patterns(set, model->n_pairs, err));
    for (size_t i = 0; i < set->n_patterns; i++) drawn += set->patterns[i].pairs;
    for (size_t i = 0; i < set->n_patterns; i++)
        for (int k = 0; k < set->n_fields; k++) {
            link_field *f = &set->fields[k];
            int level = pattern_level(set->patterns[i].pattern, k);
            if (!f->table && !(f->swaps && level == LEVEL_SWAPPED))
                f->level_pairs[level] += set->patterns[i].pairs / drawn;
        }
    return EN_OK;
}

/* Shares of levels among all comparable pairs: equality counted, the others as the distinct values have them. */
static en_status observe(link_set *set, link_model *model, en_error *err) {
    EN_TRY(observe_levels(set, model, err));
    for (int k = 0; k < set->n_fields; k++) {
        link_field *f = &set->fields[k];
        double equal = 0, known = 0, others = 0, least = 0.1 / (model->n_pairs + 1);
        EN_TRY(equal_pairs(set, f, &equal, &known, err));
        for (int l = 2; l <= f->n_levels; l++) others += f->level_pairs[l] + least;
        model->agree[k][0] = 1 - known / (model->n_pairs > 0 ? model->n_pairs : 1);
        model->agree[k][1] = known > 0 ? equal / known : 0;
        for (int l = 2; l <= f->n_levels; l++)
            model->agree[k][l] = (1 - model->agree[k][1]) * (f->level_pairs[l] + least) / others;
    }
    return EN_OK;
}

/* ---- relatives ---- */

typedef enum {
    FAMILIES_SHARE, /* brothers and sisters have it in common */
    FAMILIES_RANGE, /* they are near in it, and seldom equal: years apart, not days */
    FAMILIES_DIFFER /* it tells them apart as it does strangers */
} family_trait;

static family_trait trait_of(const link_field *f) {
    switch (f->role) {
    case EN_ROLE_FAMILY:
    case EN_ROLE_FATHER:
    case EN_ROLE_MOTHER:
    case EN_ROLE_PLACE:
    case EN_ROLE_TEXT: /* addresses, postcodes, house numbers; what is none of these is learned to differ */
    case EN_ROLE_EXACT:
    case EN_ROLE_NUMBER:
    case EN_ROLE_EVENT_DATE: return FAMILIES_SHARE;
    case EN_ROLE_BIRTH:
    case EN_ROLE_BIRTH_YEAR:
    case EN_ROLE_AGE: return FAMILIES_RANGE;
    default: return FAMILIES_DIFFER;
    }
}

/* Relatives can be told from strangers only where a list has what families share, and from one person only where it has
 * what they do not. */
static bool can_tell_relatives(const link_set *set) {
    int shared = 0;
    for (int k = 0; k < set->n_fields; k++) shared += trait_of(&set->fields[k]) == FAMILIES_SHARE;
    return shared >= 2 && shared < set->n_fields;
}

/* What says where somebody lives: strangers of one town share it too. */
static bool says_where(const link_field *f) {
    return f->role == EN_ROLE_PLACE || f->role == EN_ROLE_TEXT || f->role == EN_ROLE_EXACT || f->role == EN_ROLE_NUMBER;
}

bool link_relatives_explain(const link_set *set, const link_model *model, int f, int g) {
    const link_field *x = &set->fields[f], *y = &set->fields[g];
    return model->relatives > 0 && trait_of(x) != FAMILIES_DIFFER && trait_of(y) != FAMILIES_DIFFER &&
           !(says_where(x) && says_where(y));
}

/* ---- weights ---- */

#define NEAR_PRIOR 1.0

/* The same for being near: how many records are at level l from value v, less the one that is at hand, drawn towards
 * what is usual with the strength of one record. A slip from a common name to another common one is worth little. */
static void set_near_rarity(link_field *f, const double u[LEVEL_SLOTS]) {
    double known = f->known_when_learned;
    for (int32_t v = 1; v < f->n_values; v++)
        for (int l = 2; l < f->n_levels; l++) {
            double count = (double)f->near_share[(int64_t)v * LEVEL_SLOTS + l] * known;
            double chance = (clamp(count - 1, 0, known) + NEAR_PRIOR) / (known + NEAR_PRIOR / u[l]);
            f->near_rarity[(int64_t)v * LEVEL_SLOTS + l] =
                (float)clamp(log(u[l] / chance), -LINK_NEAR_MOST, LINK_NEAR_MOST);
        }
}

/* The chance that another record shares value v is about (count - 1) / known; a pair agreeing on it is worth that
 * much more than one agreeing on any value (Newcombe 1959; Winkler 2000). */
static void set_rarity(link_field *f, const double u[LEVEL_SLOTS]) {
    for (int32_t v = 1; v < f->n_values; v++) {
        double known = f->known_when_learned, count = f->share[v] * known;
        double chance = (count > 2 ? count - 1 : 1) / known;
        f->rarity[v] = (float)clamp(log(u[1] / chance), -7, 6);
    }
    if (f->near_rarity) set_near_rarity(f, u);
}

static void set_weights(const link_set *set, link_model *model) {
    for (int k = 0; k < set->n_fields; k++) {
        model->w[k][0] = model->wr[k][0] = 0;
        for (int l = 1; l <= set->fields[k].n_levels; l++) {
            model->w[k][l] = clamp(log(model->m[k][l] / model->u[k][l]), -10, 14);
            model->wr[k][l] = clamp(log(model->r[k][l] / model->u[k][l]), -10, 14);
        }
    }
}

/* u of a level: its share among all pairs, less the matches expected in it. */
static void set_u(link_set *set, link_model *model, const double matched[FIELDS_MAX][LEVEL_SLOTS]) {
    for (int k = 0; k < set->n_fields; k++) {
        link_field *f = &set->fields[k];
        double known = model->n_pairs * (1 - model->agree[k][0]), sum = 0;
        for (int l = 1; l <= f->n_levels; l++) {
            double all = model->agree[k][l] * known, others = all - matched[k][l];
            double least = 0.02 * all > 0.5 ? 0.02 * all : 0.5;
            model->u[k][l] = others > least ? others : least;
            sum += model->u[k][l];
        }
        for (int l = 1; l <= f->n_levels; l++) model->u[k][l] /= sum;
        set_rarity(f, model->u[k]);
    }
}

/* What lists are usually like, as a start and an anchor: most matches agree, the rest err a little. */
static void usual_m(const link_field *f, double m[LEVEL_SLOTS]) {
    double equal = f->kind == KIND_SEX ? 0.95 : f->kind == KIND_TEXT ? 0.6 : 0.75;
    double rest = 1 - equal, sum = 0;
    for (int l = 2; l <= f->n_levels; l++) sum += l == f->n_levels ? 1.5 : 1;
    m[1] = equal;
    for (int l = 2; l <= f->n_levels; l++) m[l] = rest * (l == f->n_levels ? 1.5 : 1) / sum;
}

/* Shares of levels, drawn towards what is usual. */
static void share_levels(const link_field *f, const double counts[LEVEL_SLOTS], double strength,
                         double out[LEVEL_SLOTS]) {
    double usual[LEVEL_SLOTS], sum = 0;
    usual_m(f, usual);
    for (int l = 1; l <= f->n_levels; l++) sum += counts[l] + strength * usual[l];
    for (int l = 1; l <= f->n_levels; l++) out[l] = (counts[l] + strength * usual[l]) / sum;
}

/* Levels among relatives: learned where families share, strangers' where they differ. Where they are near, learned but
 * for equality, which stays as rare as among strangers: one person's records are to have it for themselves. */
static void share_relatives(const link_field *f, const double counts[LEVEL_SLOTS], double strength,
                            const double u[LEVEL_SLOTS], double out[LEVEL_SLOTS]) {
    double sum = 0;
    if (trait_of(f) == FAMILIES_SHARE) {
        share_levels(f, counts, strength, out);
        return;
    }
    out[1] = u[1];
    if (trait_of(f) == FAMILIES_DIFFER) strength = INFINITY;
    for (int l = 2; l <= f->n_levels; l++) sum += strength == INFINITY ? u[l] : counts[l] + strength * u[l];
    for (int l = 2; l <= f->n_levels; l++)
        out[l] = (1 - u[1]) * (strength == INFINITY ? u[l] : counts[l] + strength * u[l]) / sum;
}

en_status link_model_start(link_set *set, link_model *model, en_error *err) {
    static const double nothing[FIELDS_MAX][LEVEL_SLOTS];
    *model = (link_model){.n_pairs = link_comparable_pairs(set), .slope = 1};
    EN_TRY(observe(set, model, err));
    for (int k = 0; k < set->n_fields; k++) usual_m(&set->fields[k], model->m[k]);
    set_u(set, model, nothing);
    for (int k = 0; k < set->n_fields; k++) share_relatives(&set->fields[k], nothing[k], 5, model->u[k], model->r[k]);
    set_weights(set, model);
    if (can_tell_relatives(set))
        model->relatives = clamp(0.5 * set->n / (model->n_pairs > 1 ? model->n_pairs : 1), 1e-12, 0.2);
    model->prior = 0.2 * set->n / (model->n_pairs > 1 ? model->n_pairs : 1);
    model->prior = clamp(model->prior, 1e-12, 0.5);
    return link_dependence_learn(set, model, err);
}

static double lift_of(const link_model *model, uint64_t pattern, int k) {
    int parent = model->parent[k];
    return parent < 0 ? 0 : model->lift[k][pattern_level(pattern, parent)][pattern_level(pattern, k)];
}

/* Log odds of being relatives to being strangers; `rarity` is that of the shared fields. */
static double relatives_weight(const link_set *set, const link_model *model, uint64_t pattern, double rarity) {
    double weight = rarity;
    for (int k = 0; k < set->n_fields; k++)
        weight += model->wr[k][pattern_level(pattern, k)] - lift_of(model, pattern, k);
    return weight + log(model->relatives);
}

/* log(1 + e^x) */
static double log1p_exp(double x) { return x > 30 ? x : log1p(exp(x)); }

typedef struct pair_odds {
    double match;     /* log odds of a match to everything else */
    double relatives; /* log odds of relatives to strangers */
} pair_odds;

static int slips_of(const link_set *set, uint64_t pattern, unsigned *known) {
    int slips = 0;
    *known = 0;
    for (int k = 0; k < set->n_fields; k++) {
        int level = pattern_level(pattern, k);
        *known |= (unsigned)(level > 0) << k;
        slips += level > 1;
    }
    return slips;
}

double link_field_weight(const link_set *set, const link_model *model, const link_pair *p, int k, double *rarity) {
    const link_field *f = &set->fields[k];
    int level = pattern_level(p->pattern, k);
    /* Codes lie anywhere in memory: looked up only where they count, and equal ones once. */
    *rarity = level == 1                      ? (double)f->rarity[f->code[p->a]]
              : level == 0 || !f->near_rarity ? 0
                                              : (double)link_value_rarity(f, level, f->code[p->a], f->code[p->b]);
    return model->w[k][level] - lift_of(model, p->pattern, k);
}

float link_plain_weight(const link_set *set, const link_model *model, const link_pair *p) {
    double weight = (double)p->rarity;
    for (int k = 0; k < set->n_fields; k++) weight += model->w[k][pattern_level(p->pattern, k)];
    return (float)weight;
}

double link_slips_weight(const link_set *set, const link_model *model, uint64_t pattern) {
    unsigned known;
    return model->slips[slips_of(set, pattern, &known)];
}

static pair_odds odds_of(const link_set *set, const link_model *model, link_pair *p) {
    double shared = 0, weight = link_slips_weight(set, model, p->pattern), rarity;
    p->rarity = 0;
    for (int k = 0; k < set->n_fields; k++) {
        weight += link_field_weight(set, model, p, k, &rarity);
        p->rarity += (float)rarity;
        if (trait_of(&set->fields[k]) == FAMILIES_SHARE) shared += rarity;
    }
    pair_odds odds = {.match = weight + p->rarity + log(model->prior / (1 - model->prior)), .relatives = -INFINITY};
    if (model->relatives > 0) {
        odds.relatives = relatives_weight(set, model, p->pattern, shared);
        odds.match -= log1p_exp(odds.relatives);
    }
    return odds;
}

void link_score_pair(const link_set *set, const link_model *model, link_pair *pair) {
    pair->weight = (float)(model->shift + model->slope * odds_of(set, model, pair).match);
}

enum { SCORED_A_TASK = 1 << 16 };

typedef struct scoring {
    const link_set *set;
    const link_model *model;
    link_pairs *pairs;
} scoring;

static en_status score_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker, (void)err;
    const scoring *s = ctx;
    int64_t from = (int64_t)task * SCORED_A_TASK, end = from + SCORED_A_TASK;
    for (int64_t i = from; i < end && i < s->pairs->n; i++) link_score_pair(s->set, s->model, &s->pairs->pairs[i]);
    return EN_OK;
}

en_status link_score(const link_set *set, const link_model *model, link_pairs *pairs, en_error *err) {
    scoring s = {set, model, pairs};
    size_t tasks = (size_t)((pairs->n + SCORED_A_TASK - 1) / SCORED_A_TASK);
    return en_parallel_for(tasks, set->threads, score_task, &s, "scoring", set->progress, err);
}

/* ---- EM ---- */

/* Expected pairs of each kind, in all and in each level. */
typedef struct expected {
    double matches, relatives;
    double matched[FIELDS_MAX][LEVEL_SLOTS], related[FIELDS_MAX][LEVEL_SLOTS];
    double slips[FIELDS_MAX + 1];  /* matches with so many fields in disagreement */
    double known[1 << FIELDS_MAX]; /* matches by which fields both records have: 2^n_fields of them */
} expected;

/* Mistakes do not come one by one: in some lists a record has one or none, in others a few records have many. How many
 * matches have k fields in disagreement, to how many would if fields were independent (a Poisson-binomial count). */
static void set_slips(const link_set *set, link_model *model, const expected *e) {
    double independent[FIELDS_MAX + 1] = {0}, prior = 2 + 0.005 * e->matches;
    for (unsigned known = 0; known < 1u << set->n_fields; known++) {
        if (e->known[known] <= 0) continue;
        double share[FIELDS_MAX + 2] = {1};
        for (int k = 0; k < set->n_fields; k++) {
            if (!(known >> k & 1)) continue;
            for (int s = set->n_fields; s > 0; s--)
                share[s] = share[s] * model->m[k][1] + share[s - 1] * (1 - model->m[k][1]);
            share[0] *= model->m[k][1];
        }
        for (int s = 0; s <= set->n_fields; s++) independent[s] += e->known[known] * share[s];
    }
    for (int s = 0; s <= set->n_fields; s++)
        model->slips[s] = clamp(log((e->slips[s] + prior) / (independent[s] + prior)), -3, 3);
}

/* The same parts on any number of threads, so that the sums are. */
enum { PARTS = 32 };

typedef struct expecting {
    const link_set *set;
    const link_model *model;
    const link_pairs *pairs;
    expected *parts;
} expecting;

static size_t expected_size(const link_set *set) {
    return offsetof(expected, known) + ((size_t)1 << set->n_fields) * sizeof(double);
}

static en_status expect_part(void *ctx, size_t part, int worker, en_error *err) {
    (void)worker, (void)err;
    const expecting *job = ctx;
    const link_set *set = job->set;
    expected *e = &job->parts[part];
    int64_t from = job->pairs->n * (int64_t)part / PARTS, end = job->pairs->n * (int64_t)(part + 1) / PARTS;
    memset(e, 0, expected_size(set));
    for (int64_t i = from; i < end; i++) {
        link_pair *p = &job->pairs->pairs[i];
        pair_odds odds = odds_of(set, job->model, p);
        double match = 1 / (1 + exp(-odds.match)), related = (1 - match) / (1 + exp(-odds.relatives));
        if (match < 1e-6 && related < 1e-6) continue;
        e->matches += match;
        unsigned known;
        e->slips[slips_of(set, p->pattern, &known)] += match;
        e->known[known] += match;
        e->relatives += related;
        for (int k = 0; k < set->n_fields; k++) {
            int level = pattern_level(p->pattern, k);
            e->matched[k][level] += match;
            e->related[k][level] += related;
        }
    }
    return EN_OK;
}

static void add_expected(const link_set *set, const expected *from, expected *to) {
    to->matches += from->matches;
    to->relatives += from->relatives;
    for (int k = 0; k < set->n_fields; k++)
        for (int l = 0; l < LEVEL_SLOTS; l++) {
            to->matched[k][l] += from->matched[k][l];
            to->related[k][l] += from->related[k][l];
        }
    for (int s = 0; s <= set->n_fields; s++) to->slips[s] += from->slips[s];
    for (int known = 0; known < 1 << set->n_fields; known++) to->known[known] += from->known[known];
}

/* Into the first of the parts. Bound by memory, and by log1p and exp. */
static en_status expect(const link_set *set, const link_model *model, const link_pairs *pairs, expected *parts,
                        en_error *err) {
    expecting job = {set, model, pairs, parts};
    EN_TRY(en_parallel_for(PARTS, set->threads, expect_part, &job, "learning", NULL, err));
    for (int part = 1; part < PARTS; part++) add_expected(set, &parts[part], parts);
    return EN_OK;
}

/* The given name of one person differs wholly in this share of record pairs at most: where more would be learned,
 * families are being taken for persons. */
#define DIFFERENT_GIVEN_MOST 0.25

static void bound_given(const link_field *f, double m[LEVEL_SLOTS]) {
    double *different = &m[f->n_levels];
    if (f->role != EN_ROLE_GIVEN || *different <= DIFFERENT_GIVEN_MOST) return;
    double scale = (1 - DIFFERENT_GIVEN_MOST) / (1 - *different);
    for (int l = 1; l < f->n_levels; l++) m[l] *= scale;
    *different = DIFFERENT_GIVEN_MOST;
}

static void maximise(link_set *set, link_model *model, const expected *e) {
    for (int k = 0; k < set->n_fields; k++) {
        share_levels(&set->fields[k], e->matched[k], 5 + 0.01 * e->matches, model->m[k]);
        bound_given(&set->fields[k], model->m[k]);
    }
    set_u(set, model, e->matched);
    for (int k = 0; k < set->n_fields; k++)
        share_relatives(&set->fields[k], e->related[k], 5 + 0.01 * e->relatives, model->u[k], model->r[k]);
    set_weights(set, model);
    model->prior = clamp((e->matches + 0.5) / (model->n_pairs + 1), 1e-12, 0.5);
    if (model->relatives > 0) model->relatives = clamp((e->relatives + 0.5) / (model->n_pairs + 1), 1e-12, 0.2);
}

static void scale(const link_set *set, double by, expected *e) {
    for (int s = 0; s <= FIELDS_MAX; s++) e->slips[s] *= by;
    for (int known = 0; known < 1 << set->n_fields; known++) e->known[known] *= by;
    e->matches *= by;
    e->relatives *= by;
    for (int k = 0; k < FIELDS_MAX; k++)
        for (int l = 0; l < LEVEL_SLOTS; l++) {
            e->matched[k][l] *= by;
            e->related[k][l] *= by;
        }
}

/* A field in which matches agree less than strangers was not understood: it takes no part. Levels that are worth more
 * than a better one are said. */
static void refuse(link_set *set, link_model *model) {
    for (int k = 0; k < set->n_fields; k++) {
        link_field *f = &set->fields[k];
        if (model->w[k][1] < 0) {
            link_warn(set, "\"%s\" is left out: matches agree on it less often than strangers do", f->name);
            memset(model->w[k], 0, sizeof model->w[k]);
            memset(model->wr[k], 0, sizeof model->wr[k]);
            memset(model->lift[k], 0, sizeof model->lift[k]);
            memset(f->rarity, 0, (size_t)f->n_values * sizeof *f->rarity);
            f->near_rarity = NULL;
        } else if (model->w[k][f->n_levels] > model->w[k][1]) {
            link_warn(set, "\"%s\": being different was learned to speak for a match; look at its values", f->name);
        }
    }
}

void link_model_weigh(link_set *set, link_model *model) {
    for (int k = 0; k < set->n_fields; k++) set_rarity(&set->fields[k], model->u[k]);
    set_weights(set, model);
    refuse(set, model);
}

enum { EM_ROUNDS = 40 };
/* `e` has room for all parts. */
static en_status run_em(link_set *set, const link_pairs *pairs, link_model *model, expected *e, en_error *err) {
    double before = -1;
    for (int round = 0; round < EM_ROUNDS; round++) {
        EN_TRY(en_progress_step(set->progress, "learning", (uint64_t)round, EM_ROUNDS, err));
        EN_TRY(expect(set, model, pairs, e, err));
        scale(set, pairs->stride, e);
        maximise(set, model, e);
        if (round >= 5) set_slips(set, model, e);
        if (round > 6 && fabs(e->matches - before) < 1e-4 * (e->matches + 1)) break;
        before = e->matches;
    }
    return EN_OK;
}

/* Twice: how fields go together among strangers is seen better once it is known how often matches agree. */
en_status link_model_learn(link_set *set, const link_pairs *pairs, link_model *model, en_error *err) {
    expected *e = malloc(PARTS * sizeof *e);
    if (!e) return en_no_memory(err);
    en_status status = run_em(set, pairs, model, e, err);
    if (status == EN_OK) status = link_dependence_learn(set, model, err);
    if (status == EN_OK) status = run_em(set, pairs, model, e, err);
    free(e);
    if (status == EN_OK) refuse(set, model);
    return status;
}
