/* Linking on: records that came since an earlier linkage under the same model, and what they touch. From the new ones
 * breadth first, each record is compared with all others, and pairs heavy enough to connect bring in their other
 * records, each with all of its earlier person. What is never reached is in components without a new record: deciding
 * it anew could only give what it was. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "link/incremental.h"
#include "link/results.h"

/* ---- earlier persons ---- */

static en_status group_rows(const link_set *set, const int32_t *previous, link_earlier *e, en_error *err) {
    en_keyed *keys = malloc((2 * (size_t)set->n + 1) * sizeof *keys);
    if (!keys) return en_no_memory(err);
    size_t n = 0;
    for (int32_t i = 0; i < set->n; i++) {
        e->person[i] = e->next[i] = -1;
        e->anew[i] = previous[set->row[i]] < 0;
        if (!e->anew[i]) keys[n++] = (en_keyed){(uint64_t)previous[set->row[i]], i};
    }
    en_sort_keyed(keys, keys + n, n);
    for (size_t i = 0; i < n; i++) {
        bool first = !i || keys[i].key != keys[i - 1].key;
        e->person[keys[i].of] = first ? keys[i].of : e->person[keys[i - 1].of];
        if (!first) e->next[keys[i - 1].of] = keys[i].of;
    }
    free(keys);
    return EN_OK;
}

en_status link_earlier_read(const link_set *set, const int32_t *previous, link_earlier *out, en_error *err) {
    size_t room = (size_t)set->n + 1;
    out->person = malloc(room * sizeof *out->person);
    out->next = malloc(room * sizeof *out->next);
    out->anew = malloc(room * sizeof *out->anew);
    if (!out->person || !out->next || !out->anew) return en_no_memory(err);
    return group_rows(set, previous, out, err);
}

void link_earlier_clear(link_earlier *e) {
    free(e->person);
    free(e->next);
    free(e->anew);
    free(e->judged.of);
    *e = (link_earlier){0};
}

/* ---- what new records reach ---- */

typedef struct reach {
    link_set *set;
    link_earlier *earlier;
    const link_judgements *judged;
    bool *in, *done;
    int32_t *records;
} reach;

/* A record's earlier person is decided anew as a whole. */
static void bring_in(reach *r, int32_t record) {
    int32_t first = r->earlier->person[record];
    if (first < 0) r->earlier->anew[record] = true;
    for (int32_t i = first; i >= 0; i = r->earlier->next[i]) r->earlier->anew[i] = true;
}

/* Judged pairs that earlier persons contradict were judged since. */
static void bring_in_judged(reach *r) {
    const int32_t *person = r->earlier->person;
    for (size_t i = 0; i < r->judged->n; i++) {
        const link_judgement *j = &r->judged->of[i];
        bool one = person[j->a] >= 0 && person[j->a] == person[j->b];
        if (one == (j->judged == EN_JUDGED_SAME)) continue;
        if (!one && person[j->a] < 0 && person[j->b] < 0) continue;
        if (!one || j->judged == EN_JUDGED_DIFFERENT) bring_in(r, j->a), bring_in(r, j->b);
    }
}

/* The weight above which a pair can make a difference: at that average even a single record may join a large cluster.
 */
static bool connects(const link_set *set, double weight) {
    return weight > set->threshold || link_joint_odds(set, weight, 1, set->n) > set->threshold;
}

static void follow(reach *r, const link_pairs *pairs) {
    for (int64_t i = 0; i < pairs->n; i++) {
        const link_pair *p = &pairs->pairs[i];
        if (connects(r->set, (double)p->weight)) bring_in(r, p->a), bring_in(r, p->b);
    }
    for (size_t i = 0; i < r->judged->n; i++) {
        const link_judgement *j = &r->judged->of[i];
        if (j->judged == EN_JUDGED_SAME && (r->earlier->anew[j->a] || r->earlier->anew[j->b]))
            bring_in(r, j->a), bring_in(r, j->b);
    }
}

/* What was in hand is done; what was brought in since is in hand. */
static link_frontier advance(reach *r) {
    link_frontier f = {.in = r->in, .done = r->done, .records = r->records};
    for (int32_t i = 0; i < r->set->n; i++) {
        r->done[i] |= r->in[i];
        r->in[i] = r->earlier->anew[i] && !r->done[i];
        if (r->in[i]) r->records[f.n++] = i;
    }
    return f;
}

/* Adds pairs that were not made in an earlier round. */
static en_status add_pairs(const reach *r, const link_pairs *from, link_pairs *to, en_error *err) {
    to->compared += from->compared;
    to->missed = from->missed;
    for (int64_t i = 0; i < from->n; i++) {
        const link_pair *p = &from->pairs[i];
        if (!r->done[p->a] && !r->done[p->b]) EN_TRY(link_keep(to, *p, err));
    }
    return EN_OK;
}

static en_status reach_all(reach *r, const link_model *model, double lightest, link_pairs *out, en_error *err) {
    bring_in_judged(r);
    for (link_frontier f = advance(r); f.n; f = advance(r)) {
        link_pairs found = {0};
        en_status status = link_candidates(r->set, model, lightest, &f, &found, err);
        if (status == EN_OK) status = add_pairs(r, &found, out, err);
        link_pairs_clear(&found);
        if (status != EN_OK) return status;
        follow(r, out);
    }
    return EN_OK;
}

/* ---- what stays ---- */

/* Pairs within persons that stay, so that their weakest links and the precision are known. */
static en_status add_kept_pairs(const link_set *set, const link_earlier *e, const link_model *model, double lightest,
                                link_pairs *out, en_error *err) {
    for (int32_t a = 0; a < set->n; a++) {
        for (int32_t b = e->anew[a] ? -1 : e->next[a]; b >= 0; b = e->next[b]) {
            link_pair pair = {.a = a, .b = b};
            if (set->one_per_list && set->list[a] == set->list[b]) continue;
            pair.pattern = link_pattern(set, a, b, &pair.rarity);
            link_score_pair(set, model, &pair);
            if ((double)pair.weight >= lightest) EN_TRY(link_keep(out, pair, err));
        }
    }
    return EN_OK;
}

/* Persons that stay are as good as judged. */
static en_status tie_kept(const link_set *set, const link_judgements *judged, link_earlier *e, en_error *err) {
    e->judged.of = malloc((judged->n + (size_t)set->n + 1) * sizeof *e->judged.of);
    if (!e->judged.of) return en_no_memory(err);
    if (judged->n) memcpy(e->judged.of, judged->of, judged->n * sizeof *judged->of);
    e->judged.n = judged->n;
    for (int32_t i = 0; i < set->n; i++)
        if (!e->anew[i] && e->next[i] >= 0)
            e->judged.of[e->judged.n++] = (link_judgement){i, e->next[i], EN_JUDGED_SAME};
    link_judgements_order(&e->judged);
    return EN_OK;
}

en_status link_earlier_go_on(link_set *set, const link_model *model, const link_judgements *judged, double lightest,
                             link_earlier *e, link_pairs *out, en_error *err) {
    size_t room = (size_t)set->n + 1;
    reach r = {.set = set,
               .earlier = e,
               .judged = judged,
               .in = calloc(room, sizeof *r.in),
               .done = calloc(room, sizeof *r.done),
               .records = malloc(room * sizeof *r.records)};
    *out = (link_pairs){.stride = 1};
    en_status status = r.in && r.done && r.records ? EN_OK : en_no_memory(err);
    if (status == EN_OK) status = reach_all(&r, model, lightest, out, err);
    if (status == EN_OK) status = add_kept_pairs(set, e, model, lightest, out, err);
    if (status == EN_OK) status = tie_kept(set, judged, e, err);
    if (status == EN_OK) link_pairs_order(out->pairs, (size_t)out->n);
    for (int32_t i = 0; i < set->n; i++) set->result->n_decided_anew += e->anew[i];
    free(r.in);
    free(r.done);
    free(r.records);
    return status;
}

en_status link_earlier_weigh(const link_set *set, const link_pairs *pairs, const link_judgements *judged,
                             const link_earlier *e, link_partition *partition, en_error *err) {
    size_t room = (size_t)set->n + 1;
    link_partition free_ones = {malloc(room * sizeof *free_ones.cluster), malloc(room * sizeof *free_ones.weakest)};
    en_status status = free_ones.cluster && free_ones.weakest ? EN_OK : en_no_memory(err);
    if (status == EN_OK) status = link_cluster(set, pairs, judged, &free_ones, err);
    for (int32_t i = 0; status == EN_OK && i < set->n; i++) {
        if (e->anew[i] || e->person[i] != i) continue;
        float weakest = 1;
        for (int32_t k = i; k >= 0; k = e->next[k]) weakest = fminf(weakest, free_ones.weakest[k]);
        for (int32_t k = i; k >= 0; k = e->next[k]) partition->weakest[k] = weakest;
    }
    free(free_ones.cluster);
    free(free_ones.weakest);
    return status;
}
