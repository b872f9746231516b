/* In words, how two numbers differ that are set side by side. Two figures are where they are of the same event and of
 * categories that are taken for one another; a recorded count is beside the figures of its own category, group and
 * unit, the estimate beside totals. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/compare_parts.h"
#include "base/print.h"

static const char *const aspect_names[EN_DIFFERENCES] = {
    "category", "unit",     "group",      "part",    "place", "event_date", "period",        "cumulative",
    "bounds",   "modality", "definition", "said_on", "level", "kind",       "nothing_stated"};
const char *en_difference_name(en_difference_aspect aspect) { return aspect_names[aspect]; }

/* Categories that are set side by side: a bit for each family. */
static unsigned families_of(const char *category) {
    static const struct {
        const char *category;
        unsigned families;
    } of[] = {{"killed", 1},
              {"died_indirect", 1},
              {"casualties", 1 | 2},
              {"injured", 2},
              {"family_killed", 1},
              {"remains_recovered", 1},
              {"remains_unidentified", 1},
              {"remains_identified", 1},
              {"remains_returned", 1},
              {"missing", 4},
              {"forcibly_disappeared", 4},
              {"abducted", 4},
              {"hostage", 4},
              {"detained", 4},
              {"released", 4},
              {"displaced", 8},
              {"deported", 8},
              {"returned_home", 8},
              {"orphaned_one", 16},
              {"orphaned_both", 16},
              {"affected", 1 | 2 | 4 | 8}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (strcmp(of[i].category, category) == 0) return of[i].families;
    return 0;
}

/* One incident may be part of the other. */
static bool is_near(const en_stated *s, const en_stated_figure *a, const en_stated_figure *b) {
    if (a->incident < 0 || b->incident < 0) return compare_is_same_event(a, b);
    return en_stated_is_within(s, a->incident, b->incident) || en_stated_is_within(s, b->incident, a->incident);
}

static bool is_side_by_side(const en_stated *s, const en_stated_figure *a, const en_stated_figure *b) {
    bool same = strcmp(a->category, b->category) == 0;
    return is_near(s, a, b) && (same || (families_of(a->category) & families_of(b->category)));
}

typedef struct writer {
    comparer *c;
    en_buf words;
    unsigned aspects;
    en_error *err;
    en_status status;
} writer;

static void add(writer *w, en_difference_aspect aspect, const char *fmt, ...) EN_PRINTF(3, 4);
static void add(writer *w, en_difference_aspect aspect, const char *fmt, ...) {
    char words[700];
    va_list args;
    va_start(args, fmt);
    en_vprint(words, sizeof words, fmt, args);
    va_end(args);
    if (w->status == EN_OK) w->status = en_buf_addf(&w->words, w->err, "%s%s", w->aspects ? "; " : "", words);
    w->aspects |= 1u << aspect;
}

static const char *or_nothing(const char *text, const char *nothing) { return text[0] ? text : nothing; }

static void tell_text(writer *w, en_difference_aspect aspect, const char *what, const char *a, const char *b) {
    char none[64];
    if (strcmp(a, b) == 0) return;
    en_print(none, sizeof none, "none said");
    add(w, aspect, "%s: %.200s against %.200s", what, or_nothing(a, none), or_nothing(b, none));
}

static void tell_code(writer *w, en_difference_aspect aspect, const char *what, const char *a, const char *b) {
    char x[64], y[64];
    if (strcmp(a, b) != 0) tell_text(w, aspect, what, compare_label(a, x), compare_label(b, y));
}

static const char *category_words(const char *category, char out[64]) {
    if (strcmp(category, "casualties") == 0) return "casualties (killed and injured not told apart)";
    if (strcmp(category, "died_indirect") == 0) return "died of hunger, cold, illness or want of care";
    return compare_label(category, out);
}

static void tell_what(writer *w, const en_stated_figure *a, const en_stated_figure *b) {
    char x[64], y[64];
    if (strcmp(a->category, b->category) != 0)
        add(w, EN_DIFFERS_CATEGORY, "what befell them: %s against %s", category_words(a->category, x),
            category_words(b->category, y));
    tell_code(w, EN_DIFFERS_UNIT, "unit", a->unit, b->unit);
    tell_code(w, EN_DIFFERS_GROUP, "group", a->group, b->group);
    if (strcmp(a->group, b->group) != 0 && compare_groups_overlap(a->group, b->group))
        add(w, EN_DIFFERS_GROUP, "the two groups share members");
    if (a->part_of != b->part_of)
        add(w, EN_DIFFERS_PART,
            a->part_of >= 0 && b->part_of >= 0 ? "each is part of another total"
                                               : "one is part of a total, the other is not");
}

static const char *counting_words(int cumulative) {
    return cumulative < 0 ? "not said" : cumulative ? "a running total" : "of one event or day";
}

static const char *bounds_words(const en_stated_figure *f) {
    bool low = f->low != EN_NO_NUMBER, high = f->high != EN_NO_NUMBER;
    if (low && high) return f->low == f->high ? "exact" : "a range";
    if (low || high) return low ? "a lower bound" : "an upper bound";
    return f->best == EN_NO_NUMBER ? "a word" : "about so many";
}

/* A part is of the event and time of its total, where it names none of its own. Totals are no parts of their parts. */
static const en_stated_figure *total_of(const en_stated *s, const en_stated_figure *f) {
    return f->part_of < 0 ? f : &s->figures[f->part_of];
}

static const char *own_or(const char *own, const char *total) { return own[0] ? own : total; }

static void tell_event(writer *w, const en_stated_figure *a, const en_stated_figure *b) {
    const en_stated *s = w->c->stated;
    const en_stated_figure *x = total_of(s, a), *y = total_of(s, b);
    int counted_a = a->cumulative < 0 ? x->cumulative : a->cumulative;
    int counted_b = b->cumulative < 0 ? y->cumulative : b->cumulative;
    if (a->incident != b->incident && a->incident >= 0 && b->incident >= 0)
        tell_text(w, EN_DIFFERS_PLACE, "incident", s->incidents[a->incident].title, s->incidents[b->incident].title);
    tell_text(w, EN_DIFFERS_PLACE, "place", own_or(a->event_place, x->event_place),
              own_or(b->event_place, y->event_place));
    tell_text(w, EN_DIFFERS_DATE, "date of the event", own_or(a->event_date, x->event_date),
              own_or(b->event_date, y->event_date));
    tell_text(w, EN_DIFFERS_PERIOD, "period", own_or(a->period, x->period), own_or(b->period, y->period));
    tell_text(w, EN_DIFFERS_CUMULATIVE, "counting", counting_words(counted_a), counting_words(counted_b));
}

static void tell_saying(writer *w, const en_stated_figure *a, const en_stated_figure *b) {
    const en_stated *s = w->c->stated;
    tell_text(w, EN_DIFFERS_BOUNDS, "the number", bounds_words(a), bounds_words(b));
    tell_code(w, EN_DIFFERS_MODALITY, "how it is said", a->modality, b->modality);
    tell_text(w, EN_DIFFERS_DEFINITION, "definition", a->definition, b->definition);
    tell_text(w, EN_DIFFERS_SAID_ON, "said on", en_said_on(s, &a->said), en_said_on(s, &b->said));
}

/* ---- the list ---- */

typedef struct lister {
    comparer *c;
    int64_t cap;
} lister;

enum { MAX_DIFFERENCES = 200000 };

static en_status room(lister *l, en_error *err) {
    en_comparison *out = l->c->out;
    if (out->n_differences < l->cap) return EN_OK;
    if (l->cap >= MAX_DIFFERENCES) {
        en_fail(err, EN_ERR_LIMIT, "more than %d pairs of numbers stand side by side", MAX_DIFFERENCES);
        return en_error_mend(err, "compare one incident: --incident X"), EN_ERR_LIMIT;
    }
    int64_t cap = l->cap ? l->cap * 2 : 64;
    en_difference *grown = en_arena_alloc(out->arena, (size_t)cap * sizeof *grown);
    if (!grown) return en_no_memory(err);
    if (out->n_differences) memcpy(grown, out->differences, (size_t)out->n_differences * sizeof *grown);
    out->differences = grown;
    l->cap = cap;
    return EN_OK;
}

static en_status put(lister *l, writer *w, const char *a, const char *b, en_error *err) {
    en_status status = w->status == EN_OK ? room(l, err) : w->status;
    if (status == EN_OK && w->aspects) {
        const char *why = compare_keep(l->c, w->words.ptr);
        l->c->out->differences[l->c->out->n_differences++] = (en_difference){{a, b}, w->aspects, why};
        status = why ? EN_OK : en_no_memory(err);
    }
    en_buf_clear(&w->words);
    return status;
}

static bool is_same_number(const en_stated_figure *a, const en_stated_figure *b) {
    return a->low == b->low && a->best == b->best && a->high == b->high && strcmp(a->qualifier, b->qualifier) == 0;
}

static en_status tell_pair(lister *l, const en_stated_figure *a, const en_stated_figure *b, en_error *err) {
    writer w = {.c = l->c, .err = err};
    tell_what(&w, a, b);
    tell_event(&w, a, b);
    tell_saying(&w, a, b);
    if (!w.aspects && !is_same_number(a, b))
        add(&w, EN_DIFFERS_NOWHERE, "the numbers differ, and nothing that either says of what it counts does");
    return put(l, &w, a->said.shown, b->said.shown, err);
}

static en_status tell_recorded(lister *l, const en_stated_figure *f, const en_compared_recorded *r, en_error *err) {
    writer w = {.c = l->c, .err = err};
    add(&w, EN_DIFFERS_KIND, "one is stated, the other counts persons on lists");
    add(&w, EN_DIFFERS_LEVEL, "the count has three levels (recorded, corroborated, verified), the statement none");
    tell_text(&w, EN_DIFFERS_DEFINITION, "definition", f->definition, r->how);
    if (f->part_of >= 0) add(&w, EN_DIFFERS_PART, "the figure is part of a total; the count is not taken from another");
    if (l->c->out->incident < 0) add(&w, EN_DIFFERS_PLACE, "the count is of the whole case");
    if (en_figure_least(f) != en_figure_most(f)) add(&w, EN_DIFFERS_BOUNDS, "the figure is %s", bounds_words(f));
    return put(l, &w, f->said.shown, r->level[EN_LEVEL_RECORDED].id, err);
}

static en_status tell_estimate(lister *l, const en_stated_figure *f, en_error *err) {
    char x[64];
    writer w = {.c = l->c, .err = err};
    add(&w, EN_DIFFERS_KIND, "one is stated, the other is what a model says, with an interval");
    add(&w, EN_DIFFERS_CATEGORY,
        "the estimate is of everyone harmed, recorded or not, whatever befell them; the figure "
        "of %s",
        category_words(f->category, x));
    return put(l, &w, f->said.shown, l->c->out->estimate.id, err);
}

en_status compare_differences(comparer *c, en_error *err) {
    lister l = {.c = c};
    for (int64_t i = 0; i < c->out->n_figures; i++)
        for (int64_t k = i + 1; k < c->out->n_figures; k++)
            if (is_side_by_side(c->stated, compare_figure(c, i), compare_figure(c, k)))
                EN_TRY(tell_pair(&l, compare_figure(c, i), compare_figure(c, k), err));
    for (int64_t i = 0; i < c->out->n_figures; i++) {
        const en_compared_recorded *beside = &c->out->beside[c->out->beside_of[i]];
        if (!beside->cannot[0]) EN_TRY(tell_recorded(&l, compare_figure(c, i), beside, err));
    }
    for (int64_t i = 0; c->out->has_estimate && i < c->out->n_figures; i++)
        if (compare_figure(c, i)->part_of < 0) EN_TRY(tell_estimate(&l, compare_figure(c, i), err));
    return EN_OK;
}
