/* The headline, by a rule written down: the hull of the intervals of every admissible model, or nothing and why.
 *
 * Admissible are latent classes, decomposable graphs, and log-linear models averaged (the best of them where they were
 * not asked for averaged), each where its status is ok. A model that was chosen step by step is none: its interval
 * leaves out that it was chosen. There must be three lists or more, and no posterior model that was run may have been
 * refused by its own diagnostics: then the data do not settle the answer. The interval runs from the lowest to the
 * highest end; where Chao's bound lies above all of it, persons differ more than any of the models sees, and it runs
 * up to the upper end of Chao's interval. The middle is the median of latent classes, else of graphs, else of
 * log-linear models. docs/methods/estimation.md has what bench/estimate/coverage_study says of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "estimate/methods.h"

static const char RULE[] =
    "hull of the intervals of every admissible model (latent classes, decomposable graphs, log-linear models by BIC), "
    "up "
    "to the upper end of Chao's interval where his bound lies above them; middle: latent classes, else graphs, else "
    "log-linear; none with under three lists or where a posterior model's diagnostics fail";

static const en_method admitted[ADMITTED_MAX] = {EN_METHOD_LATENT, EN_METHOD_GRAPHS, EN_METHOD_LOGLINEAR,
                                                 EN_METHOD_LOGLINEAR_BEST, EN_METHOD_GIVEN};

static const en_estimate *find(const en_estimate_result *r, en_method method) {
    for (int i = 0; i < r->n_estimates; i++)
        if (r->estimates[i].method == method) return &r->estimates[i];
    return NULL;
}

static bool is_ok(const en_estimate *e) { return e && e->status == EN_EST_OK; }

const en_estimate *admissible(const en_estimate_result *r, int i) {
    const en_estimate *e = find(r, admitted[i]);
    if (admitted[i] == EN_METHOD_LOGLINEAR_BEST && is_ok(find(r, EN_METHOD_LOGLINEAR))) return NULL;
    return is_ok(e) ? e : NULL;
}

static const en_estimate *first_admissible(const en_estimate_result *r) {
    for (int i = 0; i < ADMITTED_MAX; i++)
        if (admissible(r, i)) return admissible(r, i);
    return NULL;
}

bool headline_possible(const en_estimate_result *r) { return first_admissible(r) != NULL; }

/* ---- what each says alone ---- */

static void say(en_estimate_result *r, const char *fmt, ...) EN_PRINTF(2, 3);
static void say(en_estimate_result *r, const char *fmt, ...) {
    enum { MAX = sizeof r->sensitivity / sizeof *r->sensitivity };
    va_list args;
    if (r->n_sensitivity == MAX) return;
    va_start(args, fmt);
    en_vprint(r->sensitivity[r->n_sensitivity++], sizeof *r->sensitivity, fmt, args);
    va_end(args);
}

static const char *name_of(en_method method) {
    switch (method) {
    case EN_METHOD_LATENT: return "latent classes";
    case EN_METHOD_GRAPHS: return "graphs";
    case EN_METHOD_LOGLINEAR: return "log-linear models averaged";
    case EN_METHOD_LOGLINEAR_BEST: return "the best log-linear model";
    case EN_METHOD_CHAO: return "Chao's bound";
    case EN_METHOD_STEPWISE: return "the log-linear model chosen step by step";
    case EN_METHOD_GIVEN: return "draws made elsewhere";
    }
    return "";
}

static void say_methods(en_estimate_result *r) {
    const en_estimate *latent = find(r, EN_METHOD_LATENT), *graphs = find(r, EN_METHOD_GRAPHS),
                      *loglinear = find(r, EN_METHOD_LOGLINEAR), *chao = find(r, EN_METHOD_CHAO);
    if (is_ok(latent))
        say(r,
            "Latent classes alone: %.0f (%.0f to %.0f). They assume that within a class of like persons the lists are "
            "independent.",
            latent->median, latent->low, latent->high);
    if (is_ok(graphs))
        say(r,
            "Graphs alone: %.0f (%.0f to %.0f). They let lists depend on one another, and take persons to be alike "
            "otherwise.",
            graphs->median, graphs->low, graphs->high);
    if (is_ok(loglinear))
        say(r,
            "Log-linear models alone: %.0f (%.0f to %.0f). They let lists interact, all together excepted, and take "
            "persons to be alike otherwise.",
            loglinear->median, loglinear->low, loglinear->high);
    if (is_ok(chao))
        say(r,
            "Chao's bound: at least %.0f (point %.0f), where persons differ but lists are independent; lists that "
            "avoid one another can push it too high.",
            chao->at_least, chao->median);
}

static void say_what_all_assume(en_estimate_result *r) {
    say(r, "All of it assumes that the lists cover the same people, that nobody is on one wrongly, and that records "
           "were joined rightly: missed links raise the estimate, false ones lower it.");
}

/* ---- whether there is one ---- */

static bool was_refused(const en_histories *h, const en_estimate *e) {
    if (!e || is_ok(e)) return false;
    return e->method != EN_METHOD_GRAPHS || h->n_lists <= GRAPH_LISTS_MAX; /* else it was not run */
}

/* Says why there is none; false where nothing stands against it. */
static bool say_obstacle(const en_histories *h, en_estimate_result *r) {
    const en_estimate *latent = find(r, EN_METHOD_LATENT), *graphs = find(r, EN_METHOD_GRAPHS);
    const en_estimate *failed = was_refused(h, latent) ? latent : was_refused(h, graphs) ? graphs : NULL;
    const char *why = NULL;
    if (h->n_lists < 3)
        why = "with fewer than three lists that record somebody, how the lists depend on one another cannot be tested";
    else if (overlap_shared(h) == 0)
        why = "nobody is on two lists";
    else if (failed)
        en_print(r->because, sizeof r->because, "%s: %s%s%.300s", en_method_name(failed->method),
                 en_estimate_status_name(failed->status), failed->n_warnings ? "; " : "",
                 failed->n_warnings ? failed->warnings[0] : "");
    else if (!first_admissible(r))
        why = find(r, EN_METHOD_STEPWISE) || find(r, EN_METHOD_LOGLINEAR) || find(r, EN_METHOD_LOGLINEAR_BEST)
                  ? "no admissible model gave a number: the rule takes none that was chosen step by step"
                  : "only a bound was asked for, and a bound is no estimate";
    if (why) en_print(r->because, sizeof r->because, "%s", why);
    return why || failed;
}

/* ---- the headline ---- */

static void span(const en_estimate *e, en_estimate_result *r) {
    r->low = isnan(r->low) ? e->low : fmin(r->low, e->low);
    r->high = isnan(r->high) ? e->high : fmax(r->high, e->high);
}

void headline_span(en_estimate_result *r) {
    const en_estimate *chao = find(r, EN_METHOD_CHAO), *first = first_admissible(r);
    r->low = r->median = r->high = NAN;
    r->at_least = r->bound;
    for (int i = 0; i < r->n_estimates; i++)
        if (is_ok(&r->estimates[i])) r->at_least = fmin(r->at_least, r->estimates[i].at_least); /* NAN gives way */
    if (!r->has_recommended) return;
    r->median = first->median;
    for (int i = 0; i < ADMITTED_MAX; i++)
        if (admissible(r, i)) span(admissible(r, i), r);
    if (is_ok(chao) && chao->median > r->high) r->high = fmax(r->high, chao->high);
}

/* The names of the admissible models, joined. */
static void list_admissible(const en_estimate_result *r, char out[200]) {
    size_t at = 0;
    out[0] = 0;
    for (int i = 0; i < ADMITTED_MAX; i++)
        if (admissible(r, i)) at += en_print(out + at, 200 - at, "%s%s", at ? ", " : "", name_of(admitted[i]));
}

static void explain(const en_histories *h, en_estimate_result *r) {
    const en_estimate *latent = find(r, EN_METHOD_LATENT), *graphs = find(r, EN_METHOD_GRAPHS),
                      *loglinear = find(r, EN_METHOD_LOGLINEAR), *chao = find(r, EN_METHOD_CHAO);
    char names[200];
    size_t at = 0, cap = sizeof r->because;
    list_admissible(r, names);
    at += en_print(r->because, cap, "admissible: %s", names);
    if (is_ok(latent))
        at += en_print(r->because + at, cap - at, "; latent classes converged (R-hat %.3f, %.0f effective draws)",
                       latent->rhat, fmin(latent->ess_bulk, latent->ess_tail));
    if (graphs && !is_ok(graphs))
        at += en_print(r->because + at, cap - at, "; graphs were not run on %d lists", h->n_lists);
    if (loglinear && !is_ok(loglinear))
        at +=
            en_print(r->because + at, cap - at, "; log-linear models: %s", en_estimate_status_name(loglinear->status));
    if (is_ok(chao) && r->high == chao->high)
        en_print(r->because + at, cap - at,
                 "; Chao's bound lies above their intervals: persons differ more than they can see");
}

/* Chao's lower bound counts whether it was asked for or not: it holds where persons differ, and others may not. */
static en_status take_bound(const en_histories *h, const en_estimate_options *options, en_estimate_result *r,
                            en_error *err) {
    en_estimate chao = {.level = options->level};
    r->bound = NAN;
    if (h->n_lists < 2 || overlap_shared(h) == 0) return EN_OK;
    EN_TRY(chao_estimate(h, options, &chao, err));
    r->bound = chao.at_least;
    return EN_OK;
}

en_status recommend(const en_histories *h, const en_estimate_options *options, en_estimate_result *r, en_error *err) {
    en_print(r->rule, sizeof r->rule, "%s", RULE);
    EN_TRY(take_bound(h, options, r, err));
    r->has_recommended = !say_obstacle(h, r);
    headline_span(r);
    if (r->has_recommended) explain(h, r);
    say_methods(r);
    say_what_all_assume(r);
    return EN_OK;
}

/* ---- shares known from elsewhere ---- */

static void say_first_that_unadjusted(en_estimate_result *r) {
    enum { MAX = sizeof r->sensitivity / sizeof *r->sensitivity };
    if (r->n_sensitivity == MAX) return;
    memmove(r->sensitivity + 1, r->sensitivity, (size_t)r->n_sensitivity++ * sizeof *r->sensitivity);
    en_print(r->sensitivity[0], sizeof *r->sensitivity,
             "What follows is said of the lists as they are, before shares recorded wrongly or never linked are taken "
             "in.");
}

en_status en_estimate_result_adjust(en_estimate_result *r, const en_adjustment *a, en_error *err) {
    for (int i = 0; i < r->n_estimates; i++) EN_TRY(en_estimate_adjust(&r->estimates[i], a, err));
    r->bound *= (1 - a->wrong_high) / (1 - a->unlinked_low);
    headline_span(r);
    if (a->wrong_high > 0 || a->unlinked_high > 0) say_first_that_unadjusted(r);
    return EN_OK;
}
