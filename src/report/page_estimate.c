/* The report's section on how many no list recorded: the interval or why there is none, each method, its diagnostics.
 */
#include <math.h>
#include <string.h>

#include "report/page.h"

typedef struct method_words {
    en_method method;
    const char *title, *assumes;
} method_words;

static const method_words methods[] = {
    {EN_METHOD_LATENT, "Latent classes",
     "Persons belong to unseen classes that differ in how easily each list found them; within a class the lists found "
     "persons independently. "
     "The number of classes is learned (Manrique-Vallier 2016)."},
    {EN_METHOD_GRAPHS, "Decomposable graphs",
     "Lists may depend on one another in any way that a decomposable graph can draw; all such graphs are averaged, "
     "each by how well it fits "
     "(Madigan and York 1997). Persons do not otherwise differ in how easily they are found."},
    {EN_METHOD_CHAO, "Chao\xE2\x80\x99s lower bound",
     "A floor, from how many persons are on one list and on two. It holds where persons differ in how easily they are "
     "found, if lists are "
     "independent of one another (Chao 1987)."},
    {EN_METHOD_LOGLINEAR, "Log-linear models, averaged",
     "Lists may interact by twos, threes and more; every hierarchical model is fitted and averaged by how well it fits "
     "for "
     "the terms that it has. Persons do not otherwise differ. All lists together have no interaction of their own."},
    {EN_METHOD_LOGLINEAR_BEST, "The best log-linear model",
     "As above, with the one model that fits best for its terms taken as true."},
    {EN_METHOD_STEPWISE, "Log-linear model chosen step by step",
     "Lists interact by twos; pairs whose overlap is too large or too small to be chance come in one after another "
     "(Chan, "
     "Silverman and Vincent 2021). The interval takes the chosen model as given."},
    {EN_METHOD_GIVEN, "Draws made elsewhere", "What whoever made the draws assumed."},
};

static const method_words *words_of(en_method method) {
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (methods[i].method == method) return &methods[i];
    return &methods[0];
}

const char *page_method_title(en_method method) { return words_of(method)->title; }

static void rounded(page *p, double number) {
    if (isnan(number))
        page_raw(p, "<span class=\"none\">none</span>");
    else if (isinf(number))
        page_raw(p, "no limit");
    else
        page_count(p, (int64_t)llround(number));
}

/* A single number of a model, with its link. */
void page_estimated(page *p, double number) {
    if (!isnan(number)) page_raw(p, "<a class=\"point\" href=\"#e\">");
    rounded(p, number);
    if (!isnan(number)) page_raw(p, "</a>");
}

/* An interval that fades towards its ends. */
void page_interval(page *p, double low, double high) {
    page_raw(p, "<a class=\"est\" href=\"#e\">");
    rounded(p, low);
    page_raw(p, " \xE2\x80\x93 ");
    rounded(p, high);
    page_raw(p, "</a>");
}

static double level_of(const en_estimate_result *r) {
    for (int i = 0; i < r->n_estimates; i++)
        if (r->estimates[i].level > 0) return r->estimates[i].level;
    return .95;
}

static void headline(page *p, const en_app_estimate *e) {
    const en_estimate_result *r = &e->result;
    page_raw(p, "<p class=\"headline\">Persons in all, recorded and not recorded: ");
    page_interval(p, r->low, r->high);
    page_rawf(p, " <span class=\"by\">(%.0f %% interval; middle ", 100 * level_of(r));
    page_estimated(p, r->median);
    page_raw(p, ")</span></p>\n<p>Not recorded by any list: ");
    page_interval(p, r->low - (double)e->histories.observed, r->high - (double)e->histories.observed);
    page_raw(p, ", by the same estimate less the ");
    page_number(p, &p->f->total, false);
    page_raw(p, " recorded.</p>\n");
    if (!isnan(r->at_least)) {
        page_raw(p, "<p>At least <a class=\"est floor\" href=\"#e\">");
        rounded(p, r->at_least);
        page_raw(p, "</a> in all, by a lower bound.</p>\n");
    }
}

static void because(page *p, const en_estimate_result *r) {
    if (!r->has_recommended) page_raw(p, "<p class=\"headline\">No number is given here.</p>\n");
    page_raw(p, "<dl>");
    page_field(p, "Because", r->because);
    page_field(p, "Rule", r->rule);
    page_raw(p, "</dl>\n");
}

const char *page_status_words(en_estimate_status status) {
    switch (status) {
    case EN_EST_OK: return "ok";
    case EN_EST_NOT_CONVERGED: return "did not converge: no number";
    case EN_EST_NO_MAXIMUM: return "has no maximum: no number";
    case EN_EST_NOT_IDENTIFIED: return "not identified: no number";
    case EN_EST_NO_OVERLAP: return "lists do not overlap: no number";
    }
    return "";
}

static void method_row(page *p, const en_estimate *m) {
    bool ok = m->status == EN_EST_OK;
    page_rawf(p, "<tr><th scope=\"row\"><a href=\"#m-%s\">%s</a></th><td>%s</td><td>", en_method_name(m->method),
              words_of(m->method)->title, en_estimate_kind_name(m->kind));
    page_text(p, page_status_words(m->status));
    page_raw(p, "</td><td class=\"n\">");
    if (ok && !isnan(m->low))
        page_interval(p, m->low, m->high);
    else
        page_raw(p, "<span class=\"none\">none</span>");
    page_raw(p, "</td><td class=\"n\">");
    page_estimated(p, ok ? m->median : NAN);
    page_raw(p, "</td><td class=\"n\">");
    page_estimated(p, m->at_least);
    page_raw(p, "</td></tr>\n");
}

static void method_table(page *p, const en_estimate_result *r) {
    page_rawf(
        p,
        "<figure data-chart=\"estimate\" data-key=\"estimate\"><div class=\"plot\"></div><div class=\"wide\"><table>"
        "<caption>Persons in all, by each method (%.0f %% intervals)</caption><thead><tr><th "
        "scope=\"col\">Method</th><th scope=\"col\">Kind</th>"
        "<th scope=\"col\">State</th><th scope=\"col\" class=\"n\">Interval</th><th scope=\"col\" "
        "class=\"n\">Middle</th>"
        "<th scope=\"col\" class=\"n\">At least</th></tr></thead><tbody>\n",
        100 * level_of(r));
    for (int i = 0; i < r->n_estimates; i++) method_row(p, &r->estimates[i]);
    page_raw(p, "</tbody></table></div></figure>\n");
}

static void diagnostics(page *p, const en_estimate *m) {
    if (isnan(m->rhat)) return;
    page_raw(p, "<dt>Diagnostics</dt><dd>R-hat ");
    page_real(p, m->rhat, 4);
    page_raw(p, " (to be at most 1.01); effective sample size ");
    page_real(p, m->ess_bulk, 0);
    page_raw(p, " in the bulk, ");
    page_real(p, m->ess_tail, 0);
    page_rawf(p, " in the tails; %s</dd>", m->converged ? "converged" : "not converged");
}

static void modes(page *p, const en_estimate *m) {
    if (!m->n_modes) return;
    page_raw(p, "<dt>Modes</dt><dd>");
    for (int i = 0; i < m->n_modes; i++) {
        page_raw(p, i ? "; " : "");
        page_interval(p, m->modes[i].low, m->modes[i].high);
        page_raw(p, " (middle ");
        page_estimated(p, m->modes[i].median);
        page_rawf(p, ", weight %.0f to %.0f %%)", 100 * m->modes[i].weight_low, 100 * m->modes[i].weight_high);
    }
    page_raw(p, "</dd>");
}

static void method_detail(page *p, const en_estimate *m) {
    page_rawf(p, "<section class=\"method\" id=\"m-%s\"><h3>%s</h3><dl><dt>Assumes</dt><dd>%s</dd>",
              en_method_name(m->method), words_of(m->method)->title, words_of(m->method)->assumes);
    page_field(p, "Model", m->model);
    page_field(p, "Prior", m->prior);
    page_field(p, "Tail", m->tail);
    diagnostics(p, m);
    modes(p, m);
    for (int i = 0; i < m->n_warnings; i++) page_field(p, "Warning", m->warnings[i]);
    page_raw(p, "</dl></section>\n");
}

static void lists_used(page *p, const en_histories *h) {
    page_raw(p, "<p>The estimate rests on ");
    page_rawf(p, "%d lists (", h->n_lists);
    for (int i = 0; i < h->n_lists; i++) {
        if (i) page_raw(p, ", ");
        page_words(p, h->lists[i]);
    }
    page_raw(p, ")");
    if (h->n_lists != p->f->account->n_sources) page_raw(p, "; sources of one independence group are one list to it");
    page_raw(p, ", and on <a href=\"#overlap\">how they overlap</a>. It assumes that the lists are about the same "
                "people and event, that nobody on "
                "them was outside it, and that records were <a href=\"#linkage\">joined rightly</a>.</p>\n");
}

void page_estimate(page *p) {
    const en_app_estimate *e = p->f->estimate;
    page_raw(p, "<section id=\"estimate\"><h2>How many no list recorded</h2>\n");
    if (!e) {
        page_raw(p, "<p class=\"headline\">No estimate.</p><p>An estimate needs at least two lists that do not copy "
                    "one another, with their records joined "
                    "into persons (<code>everyname link</code>). Nothing is known here about those whom no list "
                    "recorded.</p></section>\n");
        return;
    }
    if (e->result.has_recommended) headline(p, e);
    because(p, &e->result);
    method_table(p, &e->result);
    lists_used(p, &e->histories);
    page_hangs(p, e);
    for (int i = 0; i < e->result.n_estimates; i++) method_detail(p, &e->result.estimates[i]);
    page_raw(p, "</section>\n");
}
