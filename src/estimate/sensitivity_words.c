/* The page in a dozen sentences: the answer, and for each assumption whether moving it leaves the answer or stays in
 * it. A sentence names the assumption that gets there. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/print.h"
#include "estimate/methods.h"
#include "estimate/sensitivity_parts.h"

static void say(en_sensitivity *s, const char *fmt, ...) EN_PRINTF(2, 3);
static void say(en_sensitivity *s, const char *fmt, ...) {
    enum { MAX = sizeof s->summary / sizeof *s->summary };
    va_list args;
    if (s->n_summary == MAX) return;
    va_start(args, fmt);
    en_vprint(s->summary[s->n_summary++], sizeof *s->summary, fmt, args);
    va_end(args);
}

/* Titles of lists are long; a sentence that names four of them is not read. */
enum { NAME_CHARACTERS = 32 };

/* "Unless" where the numbers leave the answer, else "Also if". */
static const char *lead(const en_sensitivity *s, double low, double high) {
    return isnan(s->low) ? "If" : low < s->low || high > s->high ? "Unless" : "Also if";
}

/* ---- the answer and the range ---- */

static void widen(double low, double high, const char *because, en_sensitivity *s) {
    if (low < s->range_low || (isnan(s->range_low) && !isnan(low))) {
        s->range_low = low;
        en_print(s->range_low_because, sizeof s->range_low_because, "%s", because);
    }
    if (high > s->range_high || (isnan(s->range_high) && !isnan(high))) {
        s->range_high = high;
        en_print(s->range_high_because, sizeof s->range_high_because, "%s", because);
    }
}

static void take_answer(const en_estimate_result *r, en_sensitivity *s) {
    if (!r) return;
    s->at_least = r->at_least;
    if (r->has_recommended) {
        s->low = r->low;
        s->high = r->high;
        widen(s->low, s->high, "the headline", s);
        return;
    }
    for (int i = 0; i < r->n_estimates; i++) {
        const en_estimate *e = &r->estimates[i];
        if (e->status != EN_EST_OK || e->kind == EN_KIND_BOUND) continue;
        s->low = fmin(e->low, s->low); /* NAN gives way */
        s->high = fmax(e->high, s->high);
        widen(e->low, e->high, en_method_name(e->method), s);
    }
}

static void take_assumptions(en_sensitivity *s) {
    char because[256];
    for (int i = 0; i < s->n_fits; i++) {
        en_print(because, sizeof because, "lists depend on one another as in %.180s", s->fits[i].model);
        widen(s->fits[i].total.low, s->fits[i].total.high, because, s);
    }
    for (int i = 0; i < s->n_differ; i++) {
        if (!(s->differ[i].above <= SENSITIVITY_CLOSE)) continue;
        en_print(because, sizeof because, "persons differ in how easily lists find them (%.180s)", s->differ[i].model);
        widen(s->differ[i].total.low, s->differ[i].total.high, because, s);
    }
    widen(s->at_least, NAN, "the lowest bound of any method", s);
}

static void say_answer(const en_estimate_result *r, en_sensitivity *s) {
    if (isnan(s->low)) {
        say(s, "No method gave an interval. What follows says what each assumption would give.");
        return;
    }
    say(s, "%s between %.0f and %.0f, and at least %.0f (95 %%), unless one of the following holds.",
        r->has_recommended ? "The answer is" : "There is no headline; the methods that gave a number lie", s->low,
        s->high, s->at_least);
}

/* The row of lowest criterion; NULL where no model gave a number. */
static const en_fit_row *best_row(const en_sensitivity *s) {
    const en_fit_row *best = s->n_fits ? &s->fits[0] : NULL;
    for (int i = 0; i < s->n_differ; i++)
        if (s->differ[i].status == EN_EST_OK && (!best || s->differ[i].criterion < best->criterion))
            best = &s->differ[i];
    return best;
}

static void take_interaction(const en_histories *h, en_sensitivity *s) {
    const en_fit_row *best = best_row(s);
    double n = (double)h->observed, n0 = best ? best->total.total - n : NAN;
    s->reach_low = fmin(s->range_low, n + n0 / 4); /* NAN gives way */
    s->reach_high = fmax(s->range_high, n + n0 * 4);
}

static void say_range(en_sensitivity *s) {
    if (isnan(s->range_low) || isnan(s->range_high)) return;
    say(s, "Assumptions that the data do not reject reach from %.0f (%.100s) to %.0f (%.100s).", s->range_low,
        s->range_low_because, s->range_high, s->range_high_because);
    if (best_row(s))
        say(s,
            "An interaction of all lists from 4 to 1/4, of which no data say anything, would reach from %.0f to %.0f "
            "with cells fitted by %.90s.",
            s->reach_low, s->reach_high, best_row(s)->model);
}

/* ---- one assumption each ---- */

static void say_interaction(const en_histories *h, en_sensitivity *s) {
    const en_total *t = s->interaction;
    if (isnan(t[2].total)) return;
    say(s,
        "%s all %d lists together interact, of which the data say nothing%s%.60s%s: none gives %.0f (%.0f to %.0f), 2 "
        "gives %.0f, 4 %.0f, 1/2 %.0f, 1/4 %.0f.",
        lead(s, t[4].total, t[0].total), h->n_lists, s->empty_cells ? " (cells fitted by " : "", s->interaction_model,
        s->empty_cells ? ", since some are empty)" : "", t[2].total, t[2].low, t[2].high, t[3].total, t[4].total,
        t[1].total, t[0].total);
}

enum { NAMES = 2 * EN_SHORT + 10 };

static const char *name_pair(const en_histories *h, const en_pair *p, char out[NAMES]) {
    char a[EN_SHORT], b[EN_SHORT];
    en_print(out, NAMES, "\"%s\" and \"%s\"", en_shorten(h->lists[p->a], NAME_CHARACTERS, a),
             en_shorten(h->lists[p->b], NAME_CHARACTERS, b));
    return out;
}

static void say_pairs(const en_histories *h, en_sensitivity *s) {
    const en_pair *low = NULL, *high = NULL, *most = NULL; /* shared, of those that can hold all who are recorded */
    char one[NAMES], other[NAMES];
    for (int i = 0; i < s->n_pairs; i++) {
        const en_pair *p = &s->pairs[i];
        if (!low || p->chapman.total < low->chapman.total) low = p;
        if (!high || p->chapman.total > high->chapman.total) high = p;
        if (p->by_odds[EN_ODDS / 2].total > (double)h->observed && (!most || p->both > most->both)) most = p;
    }
    if (!low) return;
    say(s, "%s two lists alone are looked at, as independent: from %.0f (%s) to %.0f (%s).",
        lead(s, low->chapman.total, high->chapman.total), low->chapman.total, name_pair(h, low, one),
        high->chapman.total, name_pair(h, high, other));
    if (!most) return;
    say(s,
        "%s %s, which share many persons, depend on one another: an odds ratio of 1/4 gives %.0f, 1/2 %.0f, 2 %.0f, 4 "
        "%.0f.",
        lead(s, most->by_odds[0].total, most->by_odds[8].total), name_pair(h, most, one), most->by_odds[0].total,
        most->by_odds[2].total, most->by_odds[6].total, most->by_odds[8].total);
}

static void say_left_out(const en_histories *h, en_sensitivity *s) {
    const en_left_out *low = NULL, *high = NULL;
    char one[EN_SHORT], other[EN_SHORT];
    for (int i = 0; i < s->n_left_out; i++) {
        const en_left_out *row = &s->left_out[i];
        if (isnan(row->total.total)) continue;
        if (!low || row->total.total < low->total.total) low = row;
        if (!high || row->total.total > high->total.total) high = row;
    }
    if (!low) return;
    if (low == high) {
        say(s, "%s one list is left out: %.0f without \"%s\"; without another nothing can be said.",
            lead(s, low->total.total, low->total.total), low->total.total,
            en_shorten(h->lists[low->list], NAME_CHARACTERS, one));
        return;
    }
    say(s, "%s one list is left out: from %.0f (without \"%s\") to %.0f (without \"%s\").",
        lead(s, low->total.total, high->total.total), low->total.total,
        en_shorten(h->lists[low->list], NAME_CHARACTERS, one), high->total.total,
        en_shorten(h->lists[high->list], NAME_CHARACTERS, other));
}

static void say_fits(en_sensitivity *s) {
    double low = INFINITY, high = -INFINITY;
    int n = 0;
    for (; n < s->n_fits && s->fits[n].above <= 2; n++) {
        low = fmin(low, s->fits[n].total.total);
        high = fmax(high, s->fits[n].total.total);
    }
    if (n < 2) return;
    say(s, "%s another log-linear model holds: %d fit within 2 of the best by the criterion and say from %.0f to %.0f.",
        lead(s, low, high), n, low, high);
}

static void say_differing(en_sensitivity *s) {
    char text[200] = "";
    double low = INFINITY, high = -INFINITY;
    for (int i = 1; i < s->n_differ; i++) {
        const en_fit_row *row = &s->differ[i];
        const char *name = strrchr(row->model, ' ');
        size_t at = strlen(text);
        if (isnan(row->total.total) || !(row->above <= SENSITIVITY_CLOSE)) continue;
        low = fmin(low, row->total.total);
        high = fmax(high, row->total.total);
        en_print(text + at, sizeof text - at, "%s%s %.0f (%.0f to %.0f)", at ? ", " : "", name ? name + 1 : row->model,
                 row->total.total, row->total.low, row->total.high);
    }
    if (text[0])
        say(s, "%s persons differ in how easily lists find them: %s, which fit about as well as the best model.",
            lead(s, low, high), text);
    else if (s->n_differ)
        say(s, "That persons differ in how easily lists find them fits worse, or gives no number.");
}

static const en_link_row *find_links(const en_sensitivity *s, double wrong, double missed) {
    for (int i = 0; i < s->n_links; i++)
        if (s->links[i].false_share == wrong && s->links[i].missed_share == missed) return &s->links[i];
    return NULL;
}

static void say_links(en_sensitivity *s) {
    const en_link_row *as_is = find_links(s, 0, 0), *wrong = find_links(s, .05, 0), *missed = find_links(s, 0, .1);
    if (!as_is || !wrong || !missed || isnan(as_is->total.total)) return;
    say(s,
        "%s records were joined wrongly: were 5 %% of the links false, %s would say %.0f for %.0f; were 10 %% missed, "
        "%.0f.",
        lead(s, missed->total.total, wrong->total.total), en_method_name(as_is->method), wrong->total.total,
        as_is->total.total, missed->total.total);
}

static void say_delta(const en_estimate_result *r, en_sensitivity *s) {
    for (int i = 0; r && i < r->n_estimates; i++) {
        const en_estimate *e = &r->estimates[i];
        double low = INFINITY, high = -INFINITY;
        for (int k = 0; k < e->n_sweep; k++) {
            low = fmin(low, e->sweep[k].median);
            high = fmax(high, e->sweep[k].median);
        }
        if (e->n_sweep)
            say(s, "%s graphs are given another delta: from %g to %g their median runs from %.0f to %.0f.",
                lead(s, low, high), e->sweep[0].delta, e->sweep[e->n_sweep - 1].delta, low, high);
    }
}

void sum_up(const en_histories *h, const en_estimate_result *r, en_sensitivity *s) {
    take_answer(r, s);
    take_assumptions(s);
    take_interaction(h, s);
    say_answer(r, s);
    say_interaction(h, s);
    say_differing(s);
    say_pairs(h, s);
    say_left_out(h, s);
    say_fits(s);
    say_delta(r, s);
    say_links(s);
    say_range(s);
    say(s, "All of it assumes that the lists cover the same people and that everybody on them belongs there: were a "
           "tenth recorded wrongly, whatever lists hold them, each number would be a tenth lower.");
}
