/* What an estimate hangs on, as the report shows it: one assumption moved at a time, strata, plausible linkages and
 * imputations. Estimated numbers lead to the estimate's id. */
#include <math.h>

#include "report/page.h"

/* ---- one assumption at a time ---- */

static void begin_table(page *p, const char *caption, const char *first) {
    page_rawf(p,
              "<div class=\"wide\"><table><caption>%s</caption><thead><tr><th scope=\"col\">%s</th><th scope=\"col\" "
              "class=\"n\">Interval</th><th scope=\"col\" class=\"n\">Middle</th></tr></thead><tbody>\n",
              caption, first);
}

static void begin_row(page *p) { page_raw(p, "<tr><th scope=\"row\">"); }

static void end_row(page *p, double low, double middle, double high) {
    page_raw(p, "</th><td class=\"n\">");
    if (isnan(low))
        page_raw(p, "<span class=\"none\">none</span>");
    else
        page_interval(p, low, high);
    page_raw(p, "</td><td class=\"n\">");
    if (!isnan(middle)) page_estimated(p, middle);
    page_raw(p, "</td></tr>\n");
}

static void end_table(page *p) { page_raw(p, "</tbody></table></div>\n"); }

static void spans(page *p, const en_sensitivity *s, double middle) {
    begin_row(p);
    page_raw(p, "The answer as it stands");
    end_row(p, s->low, middle, s->high);
    begin_row(p);
    page_raw(p, "Under any assumption that the data do not reject");
    end_row(p, s->range_low, NAN, s->range_high);
    begin_row(p);
    page_raw(p, "And were all lists together to interact, fourfold either way");
    end_row(p, s->reach_low, NAN, s->reach_high);
}

static void interactions(page *p, const en_sensitivity *s) {
    for (int i = 0; i < EN_INTERACTIONS; i++) {
        const en_total *t = &s->interaction[i];
        if (isnan(t->total)) continue;
        begin_row(p);
        page_rawf(p, "All lists together interact by a factor of %g", s->xi[i]);
        end_row(p, t->low, t->total, t->high);
    }
}

static void left_out(page *p, const en_histories *h, const en_sensitivity *s) {
    for (int i = 0; i < s->n_left_out; i++) {
        const en_left_out *l = &s->left_out[i];
        if (l->status != EN_EST_OK) continue;
        begin_row(p);
        page_raw(p, "Without ");
        page_words(p, h->lists[l->list]);
        page_rawf(p, ": %s", page_method_title(l->method));
        end_row(p, l->total.low, l->total.total, l->total.high);
    }
}

static void pairs(page *p, const en_histories *h, const en_sensitivity *s) {
    for (int i = 0; i < s->n_pairs; i++) {
        const en_pair *pair = &s->pairs[i];
        if (isnan(pair->chapman.total)) continue;
        begin_row(p);
        page_words(p, h->lists[pair->a]);
        page_raw(p, " and ");
        page_words(p, h->lists[pair->b]);
        page_raw(p, " alone, taken as independent");
        end_row(p, pair->chapman.low, pair->chapman.total, pair->chapman.high);
    }
}

static void links(page *p, const en_sensitivity *s) {
    for (int i = 0; i < s->n_links; i++) {
        const en_link_row *l = &s->links[i];
        if (isnan(l->total.total) || (l->false_share == 0 && l->missed_share == 0)) continue;
        begin_row(p);
        page_rawf(p, "Were %g %% of links false and %g %% missed: %s", 100 * l->false_share, 100 * l->missed_share,
                  page_method_title(l->method));
        end_row(p, l->total.low, l->total.total, l->total.high);
    }
}

static void sentences(page *p, const en_app_estimate *e) {
    const en_estimate_result *r = &e->result;
    int n = e->has_sensitivity ? e->sensitivity.n_summary : r->n_sensitivity;
    if (!n) return;
    page_rawf(p, "<h3>%s</h3><ul>\n",
              r->has_recommended ? "What would change the answer"
                                 : "What can be said all the same, and what it hangs on");
    for (int i = 0; i < n; i++) {
        page_raw(p, "<li>");
        page_text(p, e->has_sensitivity ? e->sensitivity.summary[i] : r->sensitivity[i]);
        page_raw(p, "</li>\n");
    }
    page_raw(p, "</ul>\n");
}

static void assumptions(page *p, const en_app_estimate *e) {
    const en_sensitivity *s = &e->sensitivity;
    sentences(p, e);
    if (!e->has_sensitivity) return;
    begin_table(p, "Persons in all, as one assumption is moved at a time", "Assumption");
    spans(p, s, e->result.median);
    interactions(p, s);
    left_out(p, &e->histories, s);
    pairs(p, &e->histories, s);
    links(p, s);
    end_table(p);
}

/* ---- strata ---- */

static void strata(page *p, const en_app_estimate *e) {
    if (!e->n_strata) return;
    page_raw(p, "<h3>By stratum</h3>\n");
    begin_table(p, "Persons in all; one without an interval enters the total as recorded", "Stratum");
    for (int i = 0; i < e->n_strata; i++) {
        begin_row(p);
        page_words(p, e->strata[i].name);
        end_row(p, e->strata[i].result.low, e->strata[i].result.median, e->strata[i].result.high);
    }
    end_table(p);
}

/* ---- linkages, imputations ---- */

static void replicates(page *p, const en_app_estimate *e) {
    if (!e->n_replicates) return;
    page_rawf(p,
              "<h3>What linkage%s leaves uncertain</h3><p>The answer is the mixture over %d plausible versions of the "
              "histories, each weighing alike.",
              e->imputed ? " and what is missing" : "", e->n_replicates);
    if (e->imputed) {
        page_rawf(p,
                  " The stratum of %lld persons is missing in the lists and was imputed from their histories, as if "
                  "whether it is missing hung on the history alone.",
                  (long long)e->imputed);
    }
    page_raw(p, "</p>\n");
    if (!e->has_rubin) return;
    page_rawf(p, "<p>By Rubin\xE2\x80\x99s rules on the logarithm of those not recorded, of %s: ",
              page_method_title(e->rubin_method));
    page_interval(p, e->rubin.low, e->rubin.high);
    page_raw(p, ", middle ");
    page_estimated(p, e->rubin.centre);
    page_rawf(p, "; %.0f %% of the variance lies between the versions.</p>\n", 100 * e->rubin.share_between);
}

void page_hangs(page *p, const en_app_estimate *e) {
    strata(p, e);
    replicates(p, e);
    assumptions(p, e);
}
