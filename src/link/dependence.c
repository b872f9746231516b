/* Fields that go together among strangers: a postcode says in which town it is, a given name the sex, so that agreeing
 * on both is worth little more than agreeing on one. Each field may depend on one other (Chow and Liu 1968, over levels
 * of agreement of random pairs of records). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/disjoint.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "link/glance.h"

/* Where values have no tables a pair takes ten times as long. */
enum { TASKS = 64, TASKS_WITHOUT_TABLES = 20, PAIRS_A_TASK = 50000 };

/* How many pairs of a sample have each pattern of levels: patterns are few beside pairs. Open addressing; count 0 is
 * empty. */
typedef struct pattern_counts {
    uint64_t *pattern;
    int32_t *count;
    size_t n, cap; /* cap a power of two */
} pattern_counts;

static size_t slot_of(const pattern_counts *c, uint64_t pattern) {
    size_t i = (size_t)((pattern * 0x9e3779b97f4a7c15ull) >> 20) & (c->cap - 1);
    while (c->count[i] && c->pattern[i] != pattern) i = (i + 1) & (c->cap - 1);
    return i;
}

static void clear_counts(pattern_counts *c) {
    free(c->pattern);
    free(c->count);
    *c = (pattern_counts){0};
}

static en_status add_count(pattern_counts *c, uint64_t pattern, int32_t count, en_error *err);

static en_status grow(pattern_counts *c, en_error *err) {
    pattern_counts grown = {.cap = c->cap ? 2 * c->cap : 4096};
    grown.pattern = malloc(grown.cap * sizeof *grown.pattern);
    grown.count = calloc(grown.cap, sizeof *grown.count);
    en_status status = grown.pattern && grown.count ? EN_OK : en_no_memory(err);
    for (size_t i = 0; status == EN_OK && i < c->cap; i++)
        if (c->count[i]) status = add_count(&grown, c->pattern[i], c->count[i], err);
    if (status == EN_OK) {
        pattern_counts old = *c;
        *c = grown;
        grown = old;
    }
    clear_counts(&grown);
    return status;
}

static en_status add_count(pattern_counts *c, uint64_t pattern, int32_t count, en_error *err) {
    if (2 * c->n >= c->cap) EN_TRY(grow(c, err));
    size_t i = slot_of(c, pattern);
    c->n += c->count[i] == 0;
    c->pattern[i] = pattern;
    c->count[i] += count;
    return EN_OK;
}

typedef struct sampling {
    const link_set *set;
    pattern_counts *of_worker; /* whole numbers: the same sums on any number of threads */
} sampling;

/* Two random records that might be strangers: of two lists where nobody stands twice in one. */
static bool draw_pair(const link_set *set, en_rng *rng, int32_t *a, int32_t *b) {
    *a = (int32_t)((uint64_t)en_rng_u32(rng) * (uint64_t)set->n >> 32);
    *b = (int32_t)((uint64_t)en_rng_u32(rng) * (uint64_t)set->n >> 32);
    return *a != *b && !(set->one_per_list && set->list[*a] == set->list[*b]);
}

/* Pairs come in batches, so that what they need is fetched for all at once: first codes, then what values show. */
enum { BATCH = 64 };

static void look_ahead(const link_set *set, const int32_t *a, const int32_t *b, int n) {
    for (int k = 0; k < set->n_fields; k++)
        for (int i = 0; i < n; i++) {
            __builtin_prefetch(&set->fields[k].code[a[i]]);
            __builtin_prefetch(&set->fields[k].code[b[i]]);
        }
    for (int k = 0; k < set->n_fields; k++) {
        const link_field *f = &set->fields[k];
        for (int i = 0; f->glances && i < n; i++) {
            link_glance_fetch(f, f->code[a[i]]);
            link_glance_fetch(f, f->code[b[i]]);
        }
    }
}

static en_status sample_task(void *ctx, size_t task, int worker, en_error *err) {
    const sampling *s = ctx;
    en_rng rng;
    en_rng_init(&rng, s->set->seed, 1000 + task);
    for (int i = 0; i < PAIRS_A_TASK; i += BATCH) {
        int32_t a[BATCH], b[BATCH];
        int n = 0;
        for (int k = i; k < i + BATCH && k < PAIRS_A_TASK; k++) n += draw_pair(s->set, &rng, &a[n], &b[n]);
        look_ahead(s->set, a, b, n);
        for (int k = 0; k < n; k++) {
            float rarity;
            uint64_t pattern = link_pattern(s->set, a[k] < b[k] ? a[k] : b[k], a[k] < b[k] ? b[k] : a[k], &rarity);
            EN_TRY(add_count(&s->of_worker[worker], pattern, 1, err));
        }
    }
    return EN_OK;
}

/* Few records make few pairs: no more are drawn than half of those there are. */
static size_t tasks_for(const link_set *set, double n_pairs) {
    double tasks = n_pairs / 2 / PAIRS_A_TASK, most = set->blocked ? TASKS_WITHOUT_TABLES : TASKS;
    return (size_t)(tasks > most ? most : tasks > 1 ? tasks : 1);
}

static en_status sample_patterns(const link_set *set, double n_pairs, pattern_counts *out, en_error *err) {
    size_t tasks = tasks_for(set, n_pairs);
    int workers = en_parallel_workers(tasks, set->threads);
    sampling s = {set, calloc((size_t)workers, sizeof *s.of_worker)};
    en_status status = s.of_worker ? EN_OK : en_no_memory(err);
    if (status == EN_OK)
        status = en_parallel_for(tasks, set->threads, sample_task, &s, "dependence", set->progress, err);
    for (int w = 0; s.of_worker && w < workers; w++) {
        const pattern_counts *c = &s.of_worker[w];
        for (size_t i = 0; status == EN_OK && i < c->cap; i++)
            if (c->count[i]) status = add_count(out, c->pattern[i], c->count[i], err);
        clear_counts(&s.of_worker[w]);
    }
    free(s.of_worker);
    return status;
}

/* ---- joint counts ---- */

/* Pairs by their levels in two fields; and of those, by a third field, how many agree in it. */
typedef struct joint_counts {
    int n_fields;
    double *all;    /* [first][second][level][level], first < second */
    double *known;  /* [first][second][third][level][level]: both records have the third field */
    double *agree;  /* likewise: and are equal in it */
    double *memory; /* all three */
} joint_counts;

static size_t cell_of(const joint_counts *c, int f, int g, int l, int k) {
    return ((size_t)(f * c->n_fields + g) * LEVEL_SLOTS + (size_t)l) * LEVEL_SLOTS + (size_t)k;
}

static size_t third_of(const joint_counts *c, int f, int g, int third, int l, int k) {
    return cell_of(c, f, g, 0, 0) * (size_t)c->n_fields + ((size_t)third * LEVEL_SLOTS + (size_t)l) * LEVEL_SLOTS +
           (size_t)k;
}

static void count_pattern(joint_counts *c, uint64_t pattern, double pairs) {
    int level[FIELDS_MAX];
    for (int f = 0; f < c->n_fields; f++) level[f] = pattern_level(pattern, f);
    for (int f = 0; f < c->n_fields; f++)
        for (int g = f + 1; g < c->n_fields; g++) {
            if (!level[f] || !level[g]) continue;
            c->all[cell_of(c, f, g, level[f], level[g])] += pairs;
            for (int h = 0; h < c->n_fields; h++) {
                if (!level[h]) continue;
                size_t cell = third_of(c, f, g, h, level[f], level[g]);
                c->known[cell] += pairs;
                if (level[h] == 1) c->agree[cell] += pairs;
            }
        }
}

/* Drawing pairs waits for memory, so it is done once, for all that is learned of the set. */
en_status link_draw_patterns(link_set *set, double n_pairs, en_error *err) {
    pattern_counts drawn = {0};
    if (set->patterns) return EN_OK;
    en_status status = sample_patterns(set, n_pairs, &drawn, err);
    if (status == EN_OK) {
        set->patterns = en_arena_alloc(set->arena, (drawn.n + 1) * sizeof *set->patterns);
        if (!set->patterns) status = en_no_memory(err);
    }
    for (size_t i = 0; status == EN_OK && i < drawn.cap; i++)
        if (drawn.count[i]) set->patterns[set->n_patterns++] = (link_pattern_count){drawn.pattern[i], drawn.count[i]};
    clear_counts(&drawn);
    return status;
}

static en_status count_jointly(link_set *set, double n_pairs, joint_counts *c, en_error *err) {
    size_t fields = (size_t)set->n_fields, n = fields * fields * LEVEL_SLOTS * LEVEL_SLOTS;
    c->n_fields = set->n_fields;
    c->memory = calloc(n * (1 + 2 * fields), sizeof *c->memory);
    if (!c->memory) return en_no_memory(err);
    c->all = c->memory;
    c->known = c->all + n;
    c->agree = c->known + n * fields;
    EN_TRY(link_draw_patterns(set, n_pairs, err));
    for (size_t i = 0; i < set->n_patterns; i++) count_pattern(c, set->patterns[i].pattern, set->patterns[i].pairs);
    return EN_OK;
}

/* ---- one pair of fields ---- */

/* A third field tells matches from strangers where they agree on it so much more often, and so many pairs have it. */
#define TELLING 0.3
#define THIRD_LEAST 20
/* m is known to about this share, and sampling errors count twice. */
#define M_DOUBT 0.25
#define MATCHED_MOST 0.5
#define LIFT_PRIOR 1.0 /* pairs */

/* Over pairs of strangers that have both fields. */
typedef struct association {
    double lift[LEVEL_SLOTS][LEVEL_SLOTS]; /* log of how often two levels meet to how often they would by chance; 0
                                              where what the sample shows can be chance */
    double information;                    /* pairs times mutual information, nats: half of a likelihood ratio */
} association;

typedef struct matched_share {
    double least, middle, most;
} matched_share;

/* How much of a cell are matches: they agree on a third field as m says, strangers as u. The third field that leaves
 * most strangers counts, since another may itself go together with the first two. All of it where no field can tell. */
static matched_share matches_in(const joint_counts *c, const link_model *model, int f, int g, int l, int k) {
    matched_share out = {0, 1, 1};
    for (int h = 0; h < c->n_fields; h++) {
        size_t cell = third_of(c, f, g, h, l, k);
        double m = model->m[h][1], u = model->u[h][1], known = c->known[cell];
        if (h == f || h == g || m - u < TELLING || known < THIRD_LEAST) continue;
        double agree = c->agree[cell] / known, share = (agree - u) / (m - u);
        if (share > out.middle) continue;
        double error = 2 * sqrt((agree * (1 - agree) + u / known) / known) / (m - u);
        out.middle = share > 0 ? share : 0;
        out.least = fmax(0, share * (1 - M_DOUBT) - error);
        out.most = fmin(1, share * (1 + M_DOUBT) + error);
    }
    return out;
}

/* 0 where the matches that the cell may hold, or sampling, can explain it, or where strangers may be the smaller part.
 */
static double lift_of(double all, matched_share matched, double chance) {
    double error = 2 * sqrt(all), strangers = all * (1 - matched.middle);
    if (matched.most > MATCHED_MOST) return 0;
    if (chance >= all * (1 - matched.most) - error && chance <= all * (1 - matched.least) + error) return 0;
    return log((strangers + LIFT_PRIOR) / (chance + LIFT_PRIOR));
}

/* Matches are taken off: their fields agree together because they are one person's. */
static void associate(const joint_counts *c, const link_model *model, int f, int g, association *a) {
    matched_share matched[LEVEL_SLOTS][LEVEL_SLOTS];
    double row[LEVEL_SLOTS] = {0}, column[LEVEL_SLOTS] = {0}, total = 0;
    *a = (association){.information = 0};
    for (int l = 1; l < LEVEL_SLOTS; l++)
        for (int k = 1; k < LEVEL_SLOTS; k++) {
            matched[l][k] = matches_in(c, model, f, g, l, k);
            double strangers = c->all[cell_of(c, f, g, l, k)] * (1 - matched[l][k].middle);
            row[l] += strangers;
            column[k] += strangers;
            total += strangers;
        }
    for (int l = 1; total > 0 && l < LEVEL_SLOTS; l++)
        for (int k = 1; k < LEVEL_SLOTS; k++) {
            double all = c->all[cell_of(c, f, g, l, k)];
            a->lift[l][k] = lift_of(all, matched[l][k], row[l] * column[k] / total);
            a->information += all * (1 - matched[l][k].middle) * a->lift[l][k];
        }
}

/* ---- the forest ---- */

/* Less than this is what chance alone makes of some fifty cells. */
#define INFORMATION_LEAST 100.0

/* Hangs the tree of `child` below `parent`: the way from child to its root turns round. */
static void hang(int *parent_of, int child, int parent) {
    for (int f = child, up = parent; f >= 0;) {
        int next = parent_of[f];
        parent_of[f] = up;
        up = f;
        f = next;
    }
}

/* The forest of most information, edge by edge (Kruskal 1956). */
static void grow_forest(const link_set *set, const joint_counts *counts, link_model *model) {
    int32_t up[FIELDS_MAX];
    double information[FIELDS_MAX][FIELDS_MAX] = {{0}};
    for (int f = 0; f < set->n_fields; f++) {
        up[f] = f;
        for (int g = f + 1; g < set->n_fields; g++) {
            association a;
            if (link_relatives_explain(set, model, f, g)) continue;
            associate(counts, model, f, g, &a);
            information[f][g] = a.information;
        }
    }
    for (;;) {
        int best_f = -1, best_g = -1;
        for (int f = 0; f < set->n_fields; f++)
            for (int g = f + 1; g < set->n_fields; g++)
                if (information[f][g] > INFORMATION_LEAST &&
                    (best_f < 0 || information[f][g] > information[best_f][best_g]))
                    best_f = f, best_g = g;
        if (best_f < 0) return;
        information[best_f][best_g] = 0;
        if (en_disjoint_root(up, best_f) == en_disjoint_root(up, best_g)) continue;
        en_disjoint_unite(up, best_f, best_g);
        hang(model->parent, best_g, best_f);
    }
}

static void set_lift(const joint_counts *counts, const link_model *model, int child, int parent,
                     double lift[LEVEL_SLOTS][LEVEL_SLOTS]) {
    association a;
    bool parent_first = parent < child;
    associate(counts, model, parent_first ? parent : child, parent_first ? child : parent, &a);
    for (int l = 1; l < LEVEL_SLOTS; l++)
        for (int k = 1; k < LEVEL_SLOTS; k++) lift[l][k] = parent_first ? a.lift[l][k] : a.lift[k][l];
}

en_status link_dependence_learn(link_set *set, link_model *model, en_error *err) {
    for (int k = 0; k < FIELDS_MAX; k++) model->parent[k] = -1;
    joint_counts counts = {0};
    en_status status = count_jointly(set, model->n_pairs, &counts, err);
    if (status == EN_OK) grow_forest(set, &counts, model);
    for (int k = 0; status == EN_OK && k < set->n_fields; k++)
        if (model->parent[k] >= 0) set_lift(&counts, model, k, model->parent[k], model->lift[k]);
    free(counts.memory);
    return status;
}
