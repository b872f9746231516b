/* The headline, by a rule written down: the hull of the intervals of every admissible model, or nothing and why.
 *
 * A posterior model is admissible where its status is ok. There must be three lists or more, and no posterior model
 * that was asked for may have been refused by its own diagnostics: then the data do not settle the answer. The interval
 * runs from the lowest to the highest end, and up to the upper end of Chao's interval where that is higher, since
 * mild differences between persons leave no trace in the fit of the other models. The middle is the latent classes'
 * median where they are admissible, else the graphs'. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/methods.h"

static const char RULE[] =
    "hull of the intervals of every admissible posterior model (latent classes, decomposable graphs), raised to the "
    "upper end of Chao's interval where that is higher; middle: the median of latent classes, else of graphs; none "
    "with under three lists or where a model's diagnostics fail";

static const en_estimate *find(const en_estimate_result *r, en_method method) {
    for (int i = 0; i < r->n_estimates; i++)
        if (r->estimates[i].method == method) return &r->estimates[i];
    return NULL;
}

static bool is_ok(const en_estimate *e) { return e && e->status == EN_EST_OK; }

static void say(en_estimate_result *r, const char *fmt, ...) EN_PRINTF(2, 3);
static void say(en_estimate_result *r, const char *fmt, ...) {
    enum { MAX = sizeof r->sensitivity / sizeof *r->sensitivity };
    va_list args;
    if (r->n_sensitivity == MAX) return;
    va_start(args, fmt);
    vsnprintf(r->sensitivity[r->n_sensitivity++], sizeof *r->sensitivity, fmt, args);
    va_end(args);
}

/* ---- what the others say ---- */

static void say_methods(en_estimate_result *r) {
    const en_estimate *latent = find(r, EN_METHOD_LATENT), *graphs = find(r, EN_METHOD_GRAPHS),
                      *chao = find(r, EN_METHOD_CHAO);
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
    if (is_ok(chao))
        say(r,
            "Chao's bound: at least %.0f (point %.0f), where persons differ but lists are independent; lists that "
            "avoid one another can push it too high.",
            chao->at_least, chao->median);
}

/* n0 where the interaction of all lists is xi: prod of odd cells / prod of even cells / xi. NAN where a cell is empty.
 */
static double without_interaction(const en_histories *h) {
    double log_n0 = 0;
    if (h->n_lists > 5 || h->n_cells + 1 < (int64_t)1 << h->n_lists) return NAN;
    for (int64_t i = 0; i < h->n_cells; i++)
        log_n0 += (__builtin_popcount(h->patterns[i]) & 1 ? 1 : -1) * log((double)h->counts[i]);
    return exp(log_n0);
}

static void say_interaction(const en_histories *h, en_estimate_result *r) {
    double n = (double)h->observed, n0 = without_interaction(h);
    if (isfinite(n0))
        say(r,
            "If all %d lists together had no interaction of their own: %.0f; if it were 2: %.0f; if it were 1/2: %.0f. "
            "The data cannot say which.",
            h->n_lists, n + n0, n + n0 / 2, n + 2 * n0);
}

/* ---- leaving one list out ---- */

static en_status median_without(const en_histories *h, int list, const en_estimate_options *options, double *median,
                                en_error *err) {
    en_histories rest = {0};
    en_estimate estimate = {.level = options->level};
    en_estimate_options brief = *options;
    brief.brief = true;
    *median = NAN;
    EN_TRY(overlap_without(h, list, &rest, err));
    en_status status = EN_OK;
    if (rest.n_lists >= 3 && overlap_shared(&rest) > 0) status = graphs_estimate(&rest, &brief, &estimate, err);
    if (status == EN_OK && estimate.draws && estimate.status == EN_EST_OK) *median = estimate.median;
    free(estimate.draws);
    en_histories_clear(&rest);
    return status;
}

static en_status say_leave_out(const en_histories *h, const en_estimate_options *options, en_estimate_result *r,
                               en_error *err) {
    double low = INFINITY, high = -INFINITY;
    int lowest = 0, highest = 0;
    if (h->n_lists < 4 || h->n_lists > 6 || !is_ok(find(r, EN_METHOD_GRAPHS))) return EN_OK;
    for (int j = 0; j < h->n_lists; j++) {
        double median;
        EN_TRY(median_without(h, j, options, &median, err));
        if (median < low) low = median, lowest = j;
        if (median > high) high = median, highest = j;
    }
    if (high > low)
        say(r,
            "Leaving one list out, the graphs' median runs from %.0f (without \"%.40s\") to %.0f (without \"%.40s\").",
            low, h->lists[lowest], high, h->lists[highest]);
    return EN_OK;
}

/* ---- the headline ---- */

static bool has_likelihood(const en_estimate_result *r) {
    for (int i = 0; i < r->n_estimates; i++)
        if (r->estimates[i].kind == EN_KIND_LIKELIHOOD) return true;
    return false;
}

static const char *obstacle(const en_histories *h, const en_estimate_result *r, const en_estimate *latent,
                            const en_estimate *graphs, char buf[512]) {
    const en_estimate *failed = latent && !is_ok(latent) ? latent : graphs && !is_ok(graphs) ? graphs : NULL;
    if (h->n_lists < 3)
        return "with fewer than three lists that record somebody, how the lists depend on one another cannot be tested";
    if (overlap_shared(h) == 0) return "nobody is on two lists";
    if (!latent && !graphs && has_likelihood(r))
        return "the rule rests on latent classes and graphs, and neither was asked for";
    if (!latent && !graphs) return "only a bound was asked for, and a bound is no estimate";
    if (!failed) return NULL;
    snprintf(buf, 512, "%s: %s%s%.300s", en_method_name(failed->method), en_estimate_status_name(failed->status),
             failed->n_warnings ? "; " : "", failed->n_warnings ? failed->warnings[0] : "");
    return buf;
}

static void explain(const en_estimate *latent, const en_estimate *graphs, const en_estimate *chao,
                    en_estimate_result *r) {
    size_t at = 0;
    if (latent)
        at += (size_t)snprintf(r->because + at, sizeof r->because - at,
                               "latent classes converged (R-hat %.3f, %.0f effective draws)", latent->rhat,
                               fmin(latent->ess_bulk, latent->ess_tail));
    if (graphs)
        at += (size_t)snprintf(r->because + at, sizeof r->because - at, "%sgraphs were averaged exactly",
                               at ? " and " : "");
    if (latent && graphs) {
        bool apart = latent->low > graphs->high || graphs->low > latent->high;
        at +=
            (size_t)snprintf(r->because + at, sizeof r->because - at, "; their intervals %s, and the headline spans %s",
                             apart ? "do not meet" : "overlap", "both");
    }
    if (is_ok(chao) && r->high == chao->high)
        snprintf(r->because + at, sizeof r->because - at,
                 "; the upper end is that of Chao's interval, since persons who differ mildly leave no other trace");
}

static void span(const en_estimate *e, en_estimate_result *r) {
    r->low = isnan(r->low) ? e->low : fmin(r->low, e->low);
    r->high = isnan(r->high) ? e->high : fmax(r->high, e->high);
}

/* The interval of the rule, and the least lower bound, from the estimates as they are now. */
static void span_all(en_estimate_result *r) {
    const en_estimate *latent = find(r, EN_METHOD_LATENT), *graphs = find(r, EN_METHOD_GRAPHS),
                      *chao = find(r, EN_METHOD_CHAO);
    r->low = r->median = r->high = r->at_least = NAN;
    for (int i = 0; i < r->n_estimates; i++)
        if (is_ok(&r->estimates[i])) r->at_least = fmin(r->at_least, r->estimates[i].at_least); /* NAN gives way */
    if (!r->has_recommended) return;
    r->median = is_ok(latent) ? latent->median : graphs->median;
    if (is_ok(latent)) span(latent, r);
    if (is_ok(graphs)) span(graphs, r);
    if (is_ok(chao)) r->high = fmax(r->high, chao->high);
}

en_status recommend(const en_histories *h, const en_estimate_options *options, en_estimate_result *r, en_error *err) {
    const en_estimate *latent = find(r, EN_METHOD_LATENT), *graphs = find(r, EN_METHOD_GRAPHS);
    char buf[512];
    snprintf(r->rule, sizeof r->rule, "%s", RULE);
    const char *why_not = obstacle(h, r, latent, graphs, buf);
    r->has_recommended = !why_not;
    span_all(r);
    if (why_not)
        snprintf(r->because, sizeof r->because, "%s", why_not);
    else
        explain(latent, graphs, find(r, EN_METHOD_CHAO), r);
    say_methods(r);
    say_interaction(h, r);
    EN_TRY(say_leave_out(h, options, r, err));
    say(r, "All of it assumes that the lists cover the same people, that nobody is on one wrongly, and that records "
           "were joined rightly: missed links raise the estimate, false ones lower it.");
    return EN_OK;
}

static void say_first_that_unadjusted(en_estimate_result *r) {
    enum { MAX = sizeof r->sensitivity / sizeof *r->sensitivity };
    if (r->n_sensitivity == MAX) return;
    memmove(r->sensitivity + 1, r->sensitivity, (size_t)r->n_sensitivity++ * sizeof *r->sensitivity);
    snprintf(r->sensitivity[0], sizeof *r->sensitivity,
             "What follows is said of the lists as they are, before shares recorded wrongly or never linked are taken "
             "in.");
}

en_status en_estimate_result_adjust(en_estimate_result *r, const en_adjustment *adjustment, en_error *err) {
    for (int i = 0; i < r->n_estimates; i++) EN_TRY(en_estimate_adjust(&r->estimates[i], adjustment, err));
    span_all(r);
    if (adjustment->wrong_high > 0 || adjustment->unlinked_high > 0) say_first_that_unadjusted(r);
    return EN_OK;
}
