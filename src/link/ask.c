/* Which pairs to ask people about: those whose labels would teach the model most, or a sample by probability that says
 * how well a linkage does; and those that the model leaves to people anyway. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "link/results.h"

typedef struct candidate {
    int32_t a, b;
    uint64_t pattern;
    float probability;
    bool joined;
    int stratum;
} candidate;

typedef struct candidates {
    candidate *of;
    int64_t n, cap;
} candidates;

static double probability_of(double weight) { return 1 / (1 + exp(-weight)); }

static int by_ends(const void *pa, const void *pb) {
    const candidate *a = pa, *b = pb;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static en_status add(candidates *c, candidate one, en_error *err) {
    if (c->n == c->cap) {
        int64_t cap = c->cap ? 2 * c->cap : 1024;
        candidate *grown = realloc(c->of, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        c->of = grown;
        c->cap = cap;
    }
    c->of[c->n++] = one;
    return EN_OK;
}

static int judged_order(const void *pa, const void *pb) {
    const link_judgement *a = pa, *b = pb;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static bool is_judged(const link_judgements *judged, int32_t a, int32_t b) {
    link_judgement wanted = {.a = a, .b = b};
    return bsearch(&wanted, judged->of, judged->n, sizeof wanted, judged_order) != NULL;
}

/* Pairs with probabilities between the two that nobody has judged, by their records. */
static en_status collect(const link_results *r, double low, double high, candidates *out, en_error *err) {
    for (int64_t i = 0; i < r->pairs->n; i++) {
        const link_pair *p = &r->pairs->pairs[i];
        double probability = probability_of((double)p->weight);
        if (probability < low || probability > high || is_judged(r->judged, p->a, p->b)) continue;
        bool joined = r->partition->cluster[p->a] == r->partition->cluster[p->b];
        EN_TRY(add(out, (candidate){p->a, p->b, p->pattern, (float)probability, joined, 0}, err));
    }
    if (out->n) qsort(out->of, (size_t)out->n, sizeof *out->of, by_ends);
    return EN_OK;
}

/* ---- pairs that are left to people ---- */

enum { UNDECIDED_MOST = 10000 };

static int by_doubt(const void *pa, const void *pb) {
    const candidate *a = pa, *b = pb;
    float x = fabsf(a->probability - 0.5f), y = fabsf(b->probability - 0.5f);
    if (x != y) return x < y ? -1 : 1;
    return by_ends(pa, pb);
}

en_status link_undecided(const link_results *r, en_link_result *out, en_error *err) {
    candidates doubts = {0};
    en_status status = collect(r, out->model.undecided_low, out->model.undecided_high, &doubts, err);
    int64_t n = doubts.n < UNDECIDED_MOST ? doubts.n : UNDECIDED_MOST;
    if (doubts.n) qsort(doubts.of, (size_t)doubts.n, sizeof *doubts.of, by_doubt);
    out->undecided = malloc(((size_t)n + 1) * sizeof *out->undecided);
    out->undecided_probability = malloc(((size_t)n + 1) * sizeof *out->undecided_probability);
    if (status == EN_OK && (!out->undecided || !out->undecided_probability)) status = en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < n; i++) {
        out->undecided[i][0] = r->set->row[doubts.of[i].a];
        out->undecided[i][1] = r->set->row[doubts.of[i].b];
        out->undecided_probability[i] = doubts.of[i].probability;
    }
    out->undecided_pairs = doubts.n;
    out->n_undecided_kept = status == EN_OK ? n : 0;
    free(doubts.of);
    return status;
}

/* ---- what is asked ---- */

static en_status begin_asked(en_link_result *out, int64_t most, en_error *err) {
    out->asked = malloc(((size_t)most + 1) * sizeof *out->asked);
    return out->asked ? EN_OK : en_no_memory(err);
}

static void put_asked(const link_results *r, const candidate *c, double stands_for, en_link_result *out) {
    out->asked[out->n_asked++] = (en_link_asked){.row_a = r->set->row[c->a],
                                                 .row_b = r->set->row[c->b],
                                                 .probability = c->probability,
                                                 .joined = c->joined,
                                                 .stratum = c->stratum,
                                                 .stands_for = stands_for};
}

/* ---- to learn ---- */

static int by_pattern(const void *pa, const void *pb) {
    const candidate *a = pa, *b = pb;
    if (a->pattern != b->pattern) return a->pattern < b->pattern ? -1 : 1;
    if (a->probability != b->probability) return a->probability < b->probability ? -1 : 1;
    return by_ends(pa, pb);
}

/* Pairs that agree alike: what one of them is, the others most likely are. */
typedef struct alike {
    int64_t from, to; /* candidates, by ascending probability */
    double variance;  /* sum of p (1 - p): labels of all would take away so much doubt */
    int64_t asked;
} alike;

static double doubt(const candidate *c) { return (double)c->probability * (1 - (double)c->probability); }

static en_status group(const candidates *c, alike **groups, int64_t *n_groups, en_error *err) {
    *groups = malloc(((size_t)c->n + 1) * sizeof **groups);
    *n_groups = 0;
    if (!*groups) return en_no_memory(err);
    for (int64_t i = 0; i < c->n; i++) {
        if (i == 0 || c->of[i].pattern != c->of[i - 1].pattern) (*groups)[(*n_groups)++] = (alike){.from = i};
        alike *g = &(*groups)[*n_groups - 1];
        g->to = i + 1;
        g->variance += doubt(&c->of[i]);
    }
    return EN_OK;
}

/* The group whose next label is worth most: the doubt in it, on a scale on which few large groups do not take all, over
 * the labels it has had (the divisor rule of d'Hondt). */
static alike *next_group(alike *groups, int64_t n_groups) {
    alike *best = NULL;
    double most = 0;
    for (int64_t g = 0; g < n_groups; g++) {
        double worth = sqrt(groups[g].variance) / (double)(groups[g].asked + 1);
        if (groups[g].asked < groups[g].to - groups[g].from && worth > most) {
            most = worth;
            best = &groups[g];
        }
    }
    return best;
}

/* Of the group's pairs the next in the order 1/2, 1/4, 3/4, 1/8, … of its doubt (van der Corput 1935), so that however
 * many are asked, they lie spread over its probabilities. A pair of which a record was asked already gives way. */
static double van_der_corput(int64_t i) {
    double x = 0, digit = 0.5;
    for (int64_t k = i + 1; k; k /= 2, digit /= 2) x += digit * (double)(k % 2);
    return x;
}

static candidate *next_pair(const candidates *c, const alike *g, bool *taken, bool *met) {
    double at = van_der_corput(g->asked) * g->variance;
    int64_t start = g->from;
    for (; start + 1 < g->to && (at -= doubt(&c->of[start])) > 0;) start++;
    int64_t n = g->to - g->from, any = -1;
    for (int64_t k = 0; k < n; k++) {
        int64_t i = g->from + (start - g->from + k) % n;
        if (taken[i]) continue;
        if (any < 0) any = i;
        if (met[c->of[i].a] || met[c->of[i].b]) continue;
        any = i;
        break;
    }
    taken[any] = true;
    met[c->of[any].a] = met[c->of[any].b] = true;
    return &c->of[any];
}

/* A label tells little of a pair that is nearly sure: such are asked only where there are too few others. */
#define SURE 0.002

static en_status collect_doubtful(const link_results *r, int64_t most, candidates *out, en_error *err) {
    EN_TRY(collect(r, SURE, 1 - SURE, out, err));
    if (out->n >= most) return EN_OK;
    out->n = 0;
    return collect(r, 0, 1, out, err);
}

static en_status ask_to_learn(const link_results *r, int64_t most, en_link_result *out, en_error *err) {
    candidates c = {0};
    alike *groups = NULL;
    int64_t n_groups = 0;
    bool *taken = NULL, *met = calloc((size_t)r->set->n + 1, sizeof *met);
    en_status status = met ? collect_doubtful(r, most, &c, err) : en_no_memory(err);
    if (status == EN_OK && c.n) qsort(c.of, (size_t)c.n, sizeof *c.of, by_pattern);
    if (status == EN_OK) status = group(&c, &groups, &n_groups, err);
    if (status == EN_OK && !(taken = calloc((size_t)c.n + 1, sizeof *taken))) status = en_no_memory(err);
    if (most > c.n) most = c.n;
    if (status == EN_OK) status = begin_asked(out, most, err);
    while (status == EN_OK && out->n_asked < most) {
        alike *g = next_group(groups, n_groups);
        if (!g) break;
        candidate *next = next_pair(&c, g, taken, met);
        next->stratum = (int)(g - groups);
        put_asked(r, next, (double)(g->to - g->from), out);
        g->asked++;
    }
    free(c.of);
    free(groups);
    free(taken);
    free(met);
    return status;
}

/* ---- to evaluate ---- */

/* Strata: pairs joined and pairs not joined, each by probability. */
static const double edges[] = {0.002, 0.02, 0.1, 0.5, 0.9, 0.99, 0.999};
enum { EDGES = sizeof edges / sizeof *edges, STRATA = 2 * (EDGES + 1) };

typedef struct stratum {
    int64_t size, sampled;
    double spread; /* sum of the standard deviations of its pairs' answers */
} stratum;

typedef struct member {
    int32_t cluster, record;
} member;

static int by_cluster(const void *pa, const void *pb) {
    const member *a = pa, *b = pb;
    if (a->cluster != b->cluster) return a->cluster < b->cluster ? -1 : 1;
    return (a->record > b->record) - (a->record < b->record);
}

static double pair_probability(const link_set *set, const link_model *model, int32_t a, int32_t b) {
    link_pair pair = {.a = a, .b = b};
    pair.pattern = link_pattern(set, a, b, &pair.rarity);
    link_score_pair(set, model, &pair);
    return probability_of((double)pair.weight);
}

/* Pairs that the cluster holds, but that are not among the first `kept` candidates. */
static en_status add_missing(const link_results *r, const link_model *model, const member *of, int64_t n, int64_t kept,
                             candidates *c, en_error *err) {
    for (int64_t i = 0; i < n; i++)
        for (int64_t k = i + 1; k < n; k++) {
            candidate one = {.a = of[i].record, .b = of[k].record, .joined = true};
            if (is_judged(r->judged, one.a, one.b)) continue;
            if (kept && bsearch(&one, c->of, (size_t)kept, sizeof one, by_ends)) continue;
            one.probability = (float)pair_probability(r->set, model, one.a, one.b);
            EN_TRY(add(c, one, err));
        }
    return EN_OK;
}

/* Pairs joined through others, though they were too unlike to be kept: their errors are errors too. */
static en_status add_unkept(const link_results *r, const link_model *model, candidates *c, en_error *err) {
    int64_t n = r->set->n, kept = c->n;
    member *members = malloc(((size_t)n + 1) * sizeof *members);
    if (!members) return en_no_memory(err);
    for (int32_t i = 0; i < n; i++) members[i] = (member){r->partition->cluster[i], i};
    qsort(members, (size_t)n, sizeof *members, by_cluster);
    en_status status = EN_OK;
    for (int64_t i = 0, end; status == EN_OK && i < n; i = end) {
        for (end = i; end < n && members[end].cluster == members[i].cluster;) end++;
        status = add_missing(r, model, members + i, end - i, kept, c, err);
    }
    free(members);
    return status;
}

static double worth(const stratum *s) { return s->spread / (double)(s->sampled + 1); }

static void stratify(candidates *c, stratum *strata) {
    for (int64_t i = 0; i < c->n; i++) {
        int k = 0;
        while (k < EDGES && (double)c->of[i].probability >= edges[k]) k++;
        c->of[i].stratum = k + (c->of[i].joined ? EDGES + 1 : 0);
        strata[c->of[i].stratum].size++;
        strata[c->of[i].stratum].spread += sqrt(doubt(&c->of[i]));
    }
}

/* Neyman (1934): in proportion to size times standard deviation, here by the model; but some of every stratum, for the
 * model may be wrong. `most` is at most the number of all pairs. */
static void allocate(stratum *strata, int64_t most) {
    int64_t present = 0, left = most;
    for (int k = 0; k < STRATA; k++) present += strata[k].size > 0;
    for (int k = 0; k < STRATA && present; k++) {
        int64_t least = most / (3 * present);
        strata[k].sampled = strata[k].size < least ? strata[k].size : least;
        left -= strata[k].sampled;
    }
    for (; left > 0; left--) {
        stratum *best = NULL;
        for (int k = 0; k < STRATA; k++)
            if (strata[k].sampled < strata[k].size && (!best || worth(&strata[k]) > worth(best))) best = &strata[k];
        best->sampled++;
    }
}

/* Each stratum's pairs without replacement, in the order of their records (algorithm S, Knuth 1969). */
static void draw(const link_results *r, const candidates *c, const stratum *strata, en_link_result *out) {
    stratum left[STRATA];
    en_rng rng;
    memcpy(left, strata, sizeof left);
    en_rng_init(&rng, r->set->seed, LINK_STREAM_ASK);
    for (int64_t i = 0; i < c->n; i++) {
        stratum *s = &left[c->of[i].stratum];
        const stratum *whole = &strata[c->of[i].stratum];
        if ((int64_t)en_rng_below(&rng, (uint64_t)s->size--) >= s->sampled) continue;
        s->sampled--;
        put_asked(r, &c->of[i], (double)whole->size / (double)whole->sampled, out);
    }
}

static en_status ask_to_evaluate(const link_results *r, const link_model *model, int64_t most, en_link_result *out,
                                 en_error *err) {
    candidates c = {0};
    stratum strata[STRATA] = {0};
    en_status status = collect(r, 0, 1, &c, err);
    if (status == EN_OK) status = add_unkept(r, model, &c, err);
    if (status == EN_OK && c.n) qsort(c.of, (size_t)c.n, sizeof *c.of, by_ends);
    if (most > c.n) most = c.n;
    if (status == EN_OK) status = begin_asked(out, most, err);
    if (status == EN_OK) {
        stratify(&c, strata);
        allocate(strata, most);
        draw(r, &c, strata, out);
    }
    free(c.of);
    return status;
}

en_status link_ask(const link_results *r, const link_model *model, const en_link_options *options, en_link_result *out,
                   en_error *err) {
    if (options->ask <= 0) return EN_OK;
    return options->purpose == EN_ASK_TO_EVALUATE ? ask_to_evaluate(r, model, options->ask, out, err)
                                                  : ask_to_learn(r, options->ask, out, err);
}
