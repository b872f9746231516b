/* Arithmetic on what sources state: parts beyond their total, groups that overlap, running totals that fall, and one
 * total told twice. Only stated figures enter; nothing is added but parts that exclude one another, to hold them
 * against their total. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/compare_parts.h"
#include "base/print.h"
#include "everyname/when.h"

/* ---- groups ---- */

/* What a group's name says of its members: bits of sex, age and role that they must have. */
enum { FEMALE = 1, MALE = 2, CHILD = 4, ADULT = 8, CIVILIAN = 16, COMBATANT = 32 };
static int nature(const char *group) {
    static const struct {
        const char *group;
        int is;
    } of[] = {{"children", CHILD},      {"girls", CHILD | FEMALE}, {"boys", CHILD | MALE}, {"women", ADULT | FEMALE},
              {"men", ADULT | MALE},    {"females", FEMALE},       {"males", MALE},        {"older_people", ADULT},
              {"civilians", CIVILIAN},  {"combatants", COMBATANT}, {"medical", CIVILIAN},  {"journalists", CIVILIAN},
              {"aid_workers", CIVILIAN}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (strcmp(of[i].group, group) == 0) return of[i].is;
    return 0;
}

static bool exclude_one_another(const char *a, const char *b) {
    static const int opposite[][2] = {{FEMALE, MALE}, {CHILD, ADULT}, {CIVILIAN, COMBATANT}};
    int x = nature(a), y = nature(b);
    for (size_t i = 0; i < sizeof opposite / sizeof *opposite; i++)
        if (((x & opposite[i][0]) && (y & opposite[i][1])) || ((x & opposite[i][1]) && (y & opposite[i][0])))
            return true;
    return false;
}

bool compare_groups_overlap(const char *a, const char *b) {
    if (strcmp(a, "all") == 0 || strcmp(b, "all") == 0 || strcmp(a, b) == 0) return false;
    return !exclude_one_another(a, b);
}

/* ---- the list ---- */

typedef struct checker {
    comparer *c;
    int64_t cap;
} checker;

static en_status put(checker *k, const char *kind, const en_stated_figure *const *figures, int n, const char *what,
                     en_error *err) {
    en_comparison *out = k->c->out;
    if (out->n_checks == k->cap) {
        int64_t cap = k->cap ? k->cap * 2 : 16;
        en_check *grown = en_arena_alloc(out->arena, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        if (out->n_checks) memcpy(grown, out->checks, (size_t)out->n_checks * sizeof *grown);
        out->checks = grown;
        k->cap = cap;
    }
    en_check *check = &out->checks[out->n_checks++];
    *check = (en_check){.kind = kind, .n = n, .what = compare_keep(k->c, what)};
    check->figures = en_arena_alloc(out->arena, ((size_t)n + 1) * sizeof *check->figures);
    if (!check->what || !check->figures) return en_no_memory(err);
    for (int i = 0; i < n; i++) check->figures[i] = figures[i]->said.shown;
    return EN_OK;
}

static bool is_stated(const en_stated_figure *f) { return strcmp(f->modality, "stated") == 0; }

/* ---- parts and their total ---- */

enum { PARTS_MAX = 64 };
typedef struct parts {
    const en_stated_figure *total, *of[PARTS_MAX];
    int n;
} parts;

static parts parts_of(const comparer *c, const en_stated_figure *total) {
    parts p = {.total = total};
    int32_t index = (int32_t)(total - c->stated->figures);
    for (int64_t i = 0; i < c->stated->n_figures && p.n < PARTS_MAX; i++)
        if (c->stated->figures[i].part_of == index && is_stated(&c->stated->figures[i]))
            p.of[p.n++] = &c->stated->figures[i];
    return p;
}

static bool is_same_unit(const en_stated_figure *a, const en_stated_figure *b) { return strcmp(a->unit, b->unit) == 0; }

static en_status check_each_part(checker *k, const parts *p, en_error *err) {
    int64_t most = en_figure_most(p->total);
    for (int i = 0; most != EN_NO_NUMBER && i < p->n; i++) {
        char what[300], part[96], total[96];
        if (!is_same_unit(p->of[i], p->total) || en_figure_least(p->of[i]) <= most) continue;
        en_figure_number(p->of[i], part);
        en_figure_number(p->total, total);
        en_print(what, sizeof what, "a part (%s) is beyond its total (%s)", part, total);
        EN_TRY(put(k, "part_beyond_total", (const en_stated_figure *[]){p->of[i], p->total}, 2, what, err));
    }
    return EN_OK;
}

/* Parts that exclude one another, from each part on: the first of each kind that excludes all taken before. */
static en_status check_sum(checker *k, const parts *p, en_error *err) {
    int64_t most = en_figure_most(p->total);
    const en_stated_figure *taken[PARTS_MAX + 1];
    int n = 0;
    int64_t sum = 0;
    for (int i = 0; i < p->n; i++) {
        bool excludes = is_same_unit(p->of[i], p->total) && strcmp(p->of[i]->category, p->total->category) == 0 &&
                        en_figure_least(p->of[i]) > 0 && nature(p->of[i]->group);
        for (int t = 0; excludes && t < n; t++) excludes = exclude_one_another(taken[t]->group, p->of[i]->group);
        if (!excludes) continue;
        taken[n++] = p->of[i];
        sum += en_figure_least(p->of[i]);
    }
    if (n < 2 || most == EN_NO_NUMBER || sum <= most) return EN_OK;
    char what[300], total[96];
    en_figure_number(p->total, total);
    en_print(what, sizeof what, "parts that exclude one another come to %lld at least, beyond their total (%s)",
             (long long)sum, total);
    taken[n++] = p->total;
    return put(k, "parts_beyond_total", taken, n, what, err);
}

static en_status check_overlap(checker *k, const parts *p, en_error *err) {
    const en_stated_figure *members[PARTS_MAX + 1];
    char what[700] = "";
    int n = 0;
    for (int i = 0; i < p->n; i++) {
        bool overlaps = false;
        for (int j = 0; j < p->n; j++) {
            char a[64], b[64];
            if (i == j || !compare_groups_overlap(p->of[i]->group, p->of[j]->group)) continue;
            size_t at = strlen(what);
            if (i < j && at < sizeof what - 160)
                en_print(what + at, sizeof what - at, "%s%s and %s", at ? ", " : "", compare_label(p->of[i]->group, a),
                         compare_label(p->of[j]->group, b));
            overlaps = true;
        }
        if (overlaps) members[n++] = p->of[i];
    }
    if (n == 0) return EN_OK;
    size_t at = strlen(what);
    en_print(what + at, sizeof what - at, " may share members: the rest of the total is not worked out");
    members[n++] = p->total;
    return put(k, "groups_overlap", members, n, what, err);
}

static en_status check_parts(checker *k, en_error *err) {
    for (int64_t i = 0; i < k->c->out->n_figures; i++) {
        const en_stated_figure *total = compare_figure(k->c, i);
        parts p = parts_of(k->c, total);
        if (p.n == 0 || !is_stated(total)) continue;
        EN_TRY(check_each_part(k, &p, err));
        EN_TRY(check_sum(k, &p, err));
        EN_TRY(check_overlap(k, &p, err));
    }
    return EN_OK;
}

/* ---- pairs ---- */

static bool counts_the_same(const en_stated_figure *a, const en_stated_figure *b) {
    return strcmp(a->category, b->category) == 0 && strcmp(a->group, b->group) == 0 && is_same_unit(a, b) &&
           compare_is_same_event(a, b) && is_stated(a) && is_stated(b);
}

/* A series is one speaker's, or one publisher's where the source itself speaks. */
static const char *series_of(const comparer *c, const en_stated_figure *f) {
    if (f->said.speaker[0] || f->said.source < 0) return f->said.speaker;
    const en_source *about = &c->stated->sources[f->said.source].about;
    return about->publisher && about->publisher[0] ? about->publisher : about->title;
}

static bool is_before(const char *a, const char *b) {
    en_when x, y;
    if (!a[0] || !b[0]) return false;
    if (en_when_parse(en_str_of(a), EN_ORDER_UNSTATED, &x, NULL) != EN_OK) return false;
    if (en_when_parse(en_str_of(b), EN_ORDER_UNSTATED, &y, NULL) != EN_OK) return false;
    return en_when_compare(&x, &y) == EN_WHEN_BEFORE;
}

/* Only the running total just before is held against each. */
static const en_stated_figure *one_before(const comparer *c, const en_stated_figure *f) {
    const en_stated *s = c->stated;
    const en_stated_figure *best = NULL;
    for (int64_t i = 0; i < c->out->n_figures; i++) {
        const en_stated_figure *g = compare_figure(c, i);
        if (g == f || g->cumulative != 1 || !counts_the_same(f, g) || g->part_of >= 0) continue;
        if (strcmp(series_of(c, f), series_of(c, g)) != 0) continue;
        if (!is_before(en_said_on(s, &g->said), en_said_on(s, &f->said))) continue;
        if (!best || is_before(en_said_on(s, &best->said), en_said_on(s, &g->said))) best = g;
    }
    return best;
}

static en_status check_series(checker *k, en_error *err) {
    const en_stated *s = k->c->stated;
    for (int64_t i = 0; i < k->c->out->n_figures; i++) {
        const en_stated_figure *f = compare_figure(k->c, i);
        char what[500], a[96], b[96];
        if (f->cumulative != 1 || f->part_of >= 0 || !is_stated(f)) continue;
        const en_stated_figure *before = one_before(k->c, f);
        int64_t least = before ? en_figure_least(before) : EN_NO_NUMBER, most = en_figure_most(f);
        if (least == EN_NO_NUMBER || most == EN_NO_NUMBER || most >= least) continue;
        en_figure_number(before, a);
        en_figure_number(f, b);
        en_print(what, sizeof what, "a running total of %.150s falls from %s (%.40s) to %s (%.40s)", series_of(k->c, f),
                 a, en_said_on(s, &before->said), b, en_said_on(s, &f->said));
        EN_TRY(put(k, "cumulative_falls", (const en_stated_figure *[]){before, f}, 2, what, err));
    }
    return EN_OK;
}

/* `citing` names, word for word, whoever says the other. */
static bool cites_by_name(const en_stated *s, const en_stated_figure *a, const en_stated_figure *b) {
    if (!a->said.citing[0]) return false;
    const en_source *about = b->said.source < 0 ? NULL : &s->sources[b->said.source].about;
    return strcmp(a->said.citing, b->said.speaker) == 0 ||
           (about && (strcmp(a->said.citing, about->title) == 0 ||
                      (about->publisher && strcmp(a->said.citing, about->publisher) == 0)));
}

/* One speaker reported by two sources is one word too. */
static const char *why_one(const en_stated *s, const en_stated_figure *a, const en_stated_figure *b) {
    if (cites_by_name(s, a, b) || cites_by_name(s, b, a)) return "one cites the other";
    if (a->said.speaker[0] && strcmp(a->said.speaker, b->said.speaker) == 0) return "both quote one speaker";
    if (a->said.source == b->said.source) return "one source says it twice";
    return en_said_depends(s, &a->said, &b->said) ? "their sources are not independent of one another" : NULL;
}

static bool is_same_number(const en_stated_figure *a, const en_stated_figure *b) {
    return a->low == b->low && a->best == b->best && a->high == b->high && a->best != EN_NO_NUMBER;
}

/* Each figure is held against the first that it repeats. */
static en_status check_repeated(checker *k, en_error *err) {
    for (int64_t i = 0; i < k->c->out->n_figures; i++)
        for (int64_t j = 0; j < i; j++) {
            const en_stated_figure *a = compare_figure(k->c, j), *b = compare_figure(k->c, i);
            if (a->part_of >= 0 || b->part_of >= 0 || !counts_the_same(a, b) || !is_same_number(a, b)) continue;
            const char *why = why_one(k->c->stated, a, b);
            char what[200], n[96];
            if (!why) continue;
            en_figure_number(a, n);
            en_print(what, sizeof what, "%s is told twice and counts once: %s", n, why);
            EN_TRY(put(k, "total_repeated", (const en_stated_figure *[]){a, b}, 2, what, err));
            break;
        }
    return EN_OK;
}

en_status compare_checks(comparer *c, en_error *err) {
    checker k = {.c = c};
    EN_TRY(check_parts(&k, err));
    EN_TRY(check_series(&k, err));
    return check_repeated(&k, err);
}
