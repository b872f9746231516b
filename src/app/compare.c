/* Which figures are compared, in which order, and the estimate where it is of the same persons. */
#include "app/compare.h"
#include "base/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/compare_parts.h"
#include "everyname/extract.h"

const char *compare_keep(comparer *c, const char *text) { return en_arena_strdup(c->out->arena, en_str_of(text)); }

const char *compare_label(const char *code, char out[64]) {
    en_print(out, 64, "%.63s", code);
    for (char *p = out; *p; p++)
        if (*p == '_') *p = ' ';
    return out;
}

bool compare_is_same_event(const en_stated_figure *a, const en_stated_figure *b) {
    if (a->incident >= 0 || b->incident >= 0) return a->incident == b->incident;
    return strcmp(a->event_place, b->event_place) == 0;
}

/* ---- order ---- */

typedef struct sorted {
    int32_t figure;
    int category, group;
    const char *on;
    en_id id;
} sorted;

static int by_meaning(const void *x, const void *y) {
    const sorted *a = x, *b = y;
    if (a->category != b->category) return a->category < b->category ? -1 : 1;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    int on = strcmp(a->on, b->on);
    return on ? on : en_id_cmp(a->id, b->id);
}

static en_status choose_figures(comparer *c, en_error *err) {
    const en_stated *s = c->stated;
    sorted *all = calloc((size_t)s->n_figures + 1, sizeof *all);
    c->out->figures = en_arena_alloc(c->out->arena, ((size_t)s->n_figures + 1) * sizeof *c->out->figures);
    c->out->beside_of = en_arena_alloc(c->out->arena, ((size_t)s->n_figures + 1) * sizeof *c->out->beside_of);
    en_status status = all && c->out->figures && c->out->beside_of ? EN_OK : en_no_memory(err);
    int64_t n = 0;
    for (int32_t i = 0; status == EN_OK && i < s->n_figures; i++) {
        const en_stated_figure *f = &s->figures[i];
        en_figure_category category = EN_FIGURE_CATEGORIES;
        en_figure_group group = EN_GROUPS;
        if (!en_stated_is_within(s, f->incident, c->out->incident)) continue;
        if (c->options->unplaced && f->incident >= 0) continue;
        en_figure_category_of(en_str_of(f->category), &category);
        en_figure_group_of(en_str_of(f->group), &group);
        all[n++] = (sorted){i, (int)category, (int)group, en_said_on(s, &f->said), f->said.id};
    }
    if (status == EN_OK) qsort(all, (size_t)n, sizeof *all, by_meaning);
    for (int64_t i = 0; i < n; i++) c->out->figures[i] = all[i].figure;
    c->out->n_figures = n;
    free(all);
    return status;
}

static en_status find_incident(comparer *c, en_error *err) {
    const en_stated *s = c->stated;
    c->out->incident = -1;
    if (!c->options->incident) return EN_OK;
    c->out->incident = en_stated_find_incident(s, c->options->incident);
    if (c->out->incident >= 0) return EN_OK;
    char some[200] = "";
    for (int64_t i = 0; i < s->n_incidents && strlen(some) < 130; i++) {
        size_t at = strlen(some);
        en_print(some + at, sizeof some - at, "%s%s %.60s", i ? ", " : "", s->incidents[i].shown,
                 s->incidents[i].title);
    }
    en_fail(err, EN_ERR_USAGE, "the case has no incident \"%.100s\"", c->options->incident);
    en_error_mend(err, some[0] ? "incidents: %s" : "add one: everyname add CASE incident title=…%s", some);
    return EN_ERR_USAGE;
}

/* ---- the estimate ---- */

/* An estimate is of all persons of the case: it stands beside an incident only where that holds all of them. */
static bool is_of_same_persons(const comparer *c) {
    return c->out->incident < 0 || c->out->recorded[EN_LEVEL_RECORDED].total == c->account->n_persons;
}

static en_status estimate(comparer *c, en_error *err) {
    char why[1200];
    const char *reason = NULL;
    if (!c->options->estimate) {
        reason = "not asked for";
    } else if (!c->out->is_of_all) {
        en_print(why, sizeof why,
                 "an estimate is of all %lld recorded persons of the case; the numbers here are of %lld of them",
                 (long long)c->account->n_persons, (long long)c->out->recorded[EN_LEVEL_RECORDED].total);
        reason = why;
    } else {
        en_error failed = {0};
        en_status status = en_account_estimate(c->account, c->options->estimate, &c->out->estimate, &failed);
        c->out->has_estimate = status == EN_OK;
        if (status == EN_OK) return EN_OK;
        if (status != EN_ERR_INPUT) {
            if (err) *err = failed;
            return status;
        }
        en_print(why, sizeof why, "%s%s%s", failed.message, failed.mend[0] ? "; " : "", failed.mend);
        reason = why;
    }
    return (c->out->no_estimate = compare_keep(c, reason)) ? EN_OK : en_no_memory(err);
}

/* ---- the whole ---- */

static en_status run(comparer *c, en_error *err) {
    if (strcmp(c->account->head, c->stated->head) != 0)
        return en_fail(err, EN_ERR_CONFLICT, "the case changed while it was read");
    EN_TRY(find_incident(c, err));
    EN_TRY(choose_figures(c, err));
    EN_TRY(compare_recorded(c, err));
    c->out->is_of_all = is_of_same_persons(c);
    EN_TRY(estimate(c, err));
    EN_TRY(compare_differences(c, err));
    return compare_checks(c, err);
}

en_status en_compare(const en_account *account, const en_stated *stated, const en_compare_options *options,
                     en_comparison *out, en_error *err) {
    *out = (en_comparison){.arena = en_arena_new(), .stated = stated, .no_estimate = ""};
    comparer c = {.account = account, .stated = stated, .options = options, .out = out};
    en_status status = out->arena ? run(&c, err) : en_no_memory(err);
    if (status != EN_OK) en_comparison_clear(out);
    return status;
}

void en_comparison_clear(en_comparison *comparison) {
    for (int level = 0; level < 3; level++) en_count_clear(&comparison->recorded[level]);
    if (comparison->has_estimate) en_app_estimate_clear(&comparison->estimate);
    en_arena_free(comparison->arena);
    *comparison = (en_comparison){0};
}
