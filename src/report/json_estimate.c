/* The JSON of an estimate, as CLI.md states it, and of the page of what it hangs on. */
#include <math.h>

#include "report/json.h"
#include "report/report.h"

/* ---- methods ---- */

/* The smaller of bulk and tail effective sample size: the one that limits what may be read off the draws. */
static double effective_size(const en_estimate *e) {
    if (isnan(e->ess_bulk)) return e->ess_tail;
    if (isnan(e->ess_tail)) return e->ess_bulk;
    return e->ess_bulk < e->ess_tail ? e->ess_bulk : e->ess_tail;
}

static json_t *estimate_warnings(const en_estimate *e) {
    json_t *array = json_array();
    for (int i = 0; i < e->n_warnings; i++) en_json_push(&array, en_json_text(e->warnings[i]));
    if (e->status != EN_EST_OK && e->n_warnings == 0)
        en_json_push(&array, en_json_text(en_estimate_status_name(e->status)));
    return array;
}

static json_t *modes(const en_estimate *e) {
    json_t *array = json_array();
    for (int i = 0; i < e->n_modes; i++) {
        const en_estimate_mode *from = &e->modes[i];
        json_t *mode = json_object();
        en_json_put(&mode, "median", en_json_number(from->median));
        en_json_put(&mode, "low", en_json_number(from->low));
        en_json_put(&mode, "high", en_json_number(from->high));
        en_json_put(&mode, "weight_low", en_json_number(from->weight_low));
        en_json_put(&mode, "weight_high", en_json_number(from->weight_high));
        en_json_push(&array, mode);
    }
    return array;
}

static json_t *two_lists(const en_histories *h, int a, int b) {
    json_t *array = json_array();
    en_json_push(&array, en_json_text(h->lists[a]));
    en_json_push(&array, en_json_text(h->lists[b]));
    return array;
}

static json_t *edges(const en_histories *h, const en_estimate *e) {
    json_t *array = json_array();
    for (int i = 0; i < e->n_edges; i++) {
        json_t *edge = json_object();
        en_json_put(&edge, "lists", two_lists(h, e->edges[i].a, e->edges[i].b));
        en_json_put(&edge, "probability", en_json_number(e->edges[i].probability));
        en_json_push(&array, edge);
    }
    return array;
}

static json_t *graphs(const en_estimate *e) {
    json_t *array = json_array();
    for (int i = 0; i < e->n_graphs; i++) {
        json_t *graph = json_object();
        en_json_put(&graph, "cliques", en_json_text(e->graphs[i].cliques));
        en_json_put(&graph, "probability", en_json_number(e->graphs[i].probability));
        en_json_push(&array, graph);
    }
    return array;
}

static json_t *sweep(const en_estimate *e) {
    json_t *array = json_array();
    for (int i = 0; i < e->n_sweep; i++) {
        json_t *row = json_object();
        en_json_put(&row, "delta", en_json_number(e->sweep[i].delta));
        en_json_put(&row, "low", en_json_number(e->sweep[i].low));
        en_json_put(&row, "median", en_json_number(e->sweep[i].median));
        en_json_put(&row, "high", en_json_number(e->sweep[i].high));
        en_json_push(&array, row);
    }
    return array;
}

static json_t *method(const en_histories *h, const en_estimate *e) {
    bool ok = e->status == EN_EST_OK;
    bool has_mean = ok && e->kind != EN_KIND_LIKELIHOOD;
    json_t *out = json_object();
    en_json_put(&out, "method", json_string(en_method_name(e->method)));
    en_json_put(&out, "kind", json_string(en_estimate_kind_name(e->kind)));
    en_json_put(&out, "status", json_string(en_estimate_status_name(e->status)));
    en_json_put(&out, "median", ok ? en_json_number(e->median) : json_null());
    en_json_put(&out, "mean", has_mean ? en_json_number(e->mean) : json_null());
    en_json_put(&out, "low", ok ? en_json_number(e->low) : json_null());
    en_json_put(&out, "high", ok ? en_json_number(e->high) : json_null());
    if (e->method == EN_METHOD_STEPWISE && !isnan(e->published_low)) {
        en_json_put(&out, "published_low", en_json_number(e->published_low));
        en_json_put(&out, "published_high", en_json_number(e->published_high));
    }
    en_json_put(&out, "level", en_json_number(e->level));
    en_json_put(&out, "at_least", en_json_number(e->at_least));
    en_json_put(&out, "converged", en_json_flag(ok && e->converged));
    en_json_put(&out, "rhat", en_json_number(e->rhat));
    en_json_put(&out, "ess", en_json_number(effective_size(e)));
    en_json_put(&out, "model", en_json_text(e->model));
    en_json_put(&out, "prior", en_json_text(e->prior));
    en_json_put(&out, "tail", en_json_text(e->tail));
    en_json_put(&out, "modes", modes(e));
    if (e->n_edges) en_json_put(&out, "edges", edges(h, e));
    if (e->n_graphs) en_json_put(&out, "graphs", graphs(e));
    if (e->n_sweep) en_json_put(&out, "sweep", sweep(e));
    en_json_put(&out, "warnings", estimate_warnings(e));
    return out;
}

/* ---- what the answer hangs on ---- */

static void put_total(json_t **object, const en_total *t) {
    en_json_put(object, "total", en_json_number(t->total));
    en_json_put(object, "low", en_json_number(t->low));
    en_json_put(object, "high", en_json_number(t->high));
    en_json_put(object, "at_least", en_json_number(t->at_least));
}

static json_t *by_odds(const en_sensitivity *s, const en_pair *p) {
    json_t *array = json_array();
    for (int i = 0; i < EN_ODDS; i++) {
        json_t *row = json_object();
        en_json_put(&row, "odds_ratio", en_json_number(s->odds[i]));
        put_total(&row, &p->by_odds[i]);
        en_json_push(&array, row);
    }
    return array;
}

static json_t *pairs(const en_histories *h, const en_sensitivity *s) {
    json_t *array = json_array();
    for (int i = 0; i < s->n_pairs; i++) {
        const en_pair *p = &s->pairs[i];
        json_t *pair = json_object(), *chapman = json_object();
        put_total(&chapman, &p->chapman);
        en_json_put(&pair, "lists", two_lists(h, p->a, p->b));
        en_json_put(&pair, "both", json_integer(p->both));
        en_json_put(&pair, "only_first", json_integer(p->only_a));
        en_json_put(&pair, "only_second", json_integer(p->only_b));
        en_json_put(&pair, "neither", json_integer(p->neither));
        en_json_put(&pair, "chapman", chapman);
        en_json_put(&pair, "by_odds", by_odds(s, p));
        en_json_push(&array, pair);
    }
    return array;
}

static json_t *interaction(const en_sensitivity *s) {
    json_t *rows = json_array(), *out = json_object();
    for (int i = 0; i < EN_INTERACTIONS; i++) {
        json_t *row = json_object();
        en_json_put(&row, "xi", en_json_number(s->xi[i]));
        put_total(&row, &s->interaction[i]);
        en_json_push(&rows, row);
    }
    en_json_put(&out, "empty_cells", json_integer(s->empty_cells));
    en_json_put(&out, "fitted_by", en_json_text(s->interaction_model));
    en_json_put(&out, "rows", rows);
    return out;
}

static json_t *left_out(const en_histories *h, const en_sensitivity *s) {
    json_t *array = json_array();
    for (int i = 0; i < s->n_left_out; i++) {
        json_t *row = json_object();
        en_json_put(&row, "list", en_json_text(h->lists[s->left_out[i].list]));
        en_json_put(&row, "method", json_string(en_method_name(s->left_out[i].method)));
        en_json_put(&row, "status", json_string(en_estimate_status_name(s->left_out[i].status)));
        put_total(&row, &s->left_out[i].total);
        en_json_push(&array, row);
    }
    return array;
}

static json_t *fits(const en_fit_row *rows, int n) {
    json_t *array = json_array();
    for (int i = 0; i < n; i++) {
        json_t *row = json_object();
        en_json_put(&row, "model", en_json_text(rows[i].model));
        en_json_put(&row, "status", json_string(en_estimate_status_name(rows[i].status)));
        put_total(&row, &rows[i].total);
        en_json_put(&row, "parameters", json_integer(rows[i].parameters));
        en_json_put(&row, "deviance", en_json_number(rows[i].deviance));
        en_json_put(&row, "criterion", en_json_number(rows[i].criterion));
        en_json_put(&row, "above", en_json_number(rows[i].above));
        en_json_put(&row, "weight", en_json_number(rows[i].weight));
        en_json_push(&array, row);
    }
    return array;
}

static json_t *links(const en_sensitivity *s) {
    json_t *array = json_array();
    for (int i = 0; i < s->n_links; i++) {
        const en_link_row *from = &s->links[i];
        json_t *row = json_object();
        en_json_put(&row, "false_share", en_json_number(from->false_share));
        en_json_put(&row, "missed_share", en_json_number(from->missed_share));
        en_json_put(&row, "observed", json_integer(from->observed));
        en_json_put(&row, "on_two_lists", json_integer(from->shared));
        en_json_put(&row, "method", json_string(en_method_name(from->method)));
        put_total(&row, &from->total);
        en_json_push(&array, row);
    }
    return array;
}

static json_t *span(double low, double high, const char *because_low, const char *because_high) {
    json_t *out = json_object();
    en_json_put(&out, "low", en_json_number(low));
    en_json_put(&out, "high", en_json_number(high));
    if (because_low) en_json_put(&out, "low_because", en_json_text(because_low));
    if (because_high) en_json_put(&out, "high_because", en_json_text(because_high));
    return out;
}

static json_t *sentences(const en_app_estimate *e) {
    json_t *array = json_array();
    const en_sensitivity *s = &e->sensitivity;
    for (int i = 0; i < s->n_summary; i++) en_json_push(&array, en_json_text(s->summary[i]));
    for (int i = 0; i < e->result.n_sensitivity && !e->has_sensitivity; i++)
        en_json_push(&array, en_json_text(e->result.sensitivity[i]));
    return array;
}

static json_t *sensitivity(const en_app_estimate *e) {
    const en_histories *h = &e->histories;
    const en_sensitivity *s = &e->sensitivity;
    json_t *out = json_object();
    if (e->is_adjusted) en_json_put(&out, "before_adjustment", json_true());
    en_json_put(&out, "answer", span(s->low, s->high, NULL, NULL));
    en_json_put(&out, "range", span(s->range_low, s->range_high, s->range_low_because, s->range_high_because));
    en_json_put(&out, "reach", span(s->reach_low, s->reach_high, NULL, NULL));
    en_json_put(&out, "pairs", pairs(h, s));
    en_json_put(&out, "interaction", interaction(s));
    en_json_put(&out, "left_out", left_out(h, s));
    en_json_put(&out, "fits", fits(s->fits, s->n_fits));
    en_json_put(&out, "differ", fits(s->differ, s->n_differ));
    en_json_put(&out, "links", links(s));
    en_json_put(&out, "summary", sentences(e));
    return out;
}

/* ---- the whole ---- */

static json_t *calibration_fit(const en_calibration_fit *from) {
    json_t *out = json_object();
    en_json_put(&out, "method", json_string(en_method_name(from->method)));
    en_json_put(&out, "truth", en_json_number(from->truth));
    en_json_put(&out, "covered", en_json_number(from->covered));
    en_json_put(&out, "covered_error", en_json_number(from->covered_error));
    en_json_put(&out, "at_least_covered", en_json_number(from->at_least));
    en_json_put(&out, "at_least_covered_error", en_json_number(from->at_least_error));
    en_json_put(&out, "refused", en_json_number(from->refused));
    en_json_put(&out, "width", en_json_number(from->width));
    return out;
}

static json_t *calibration(const en_calibration *c) {
    json_t *fits = json_array(), *out = json_object();
    for (int i = 0; i < c->n_fits; i++) en_json_push(&fits, calibration_fit(&c->fits[i]));
    en_json_put(&out, "populations", json_integer(c->populations));
    en_json_put(&out, "fits", fits);
    en_json_put(&out, "worst", c->worst < 0 ? json_null() : calibration_fit(&c->fits[c->worst]));
    if (c->because[0]) en_json_put(&out, "because", en_json_text(c->because));
    return out;
}

static json_t *strata(const en_app_estimate *e) {
    json_t *array = json_array();
    for (int s = 0; s < e->n_strata; s++) {
        const en_app_stratum *from = &e->strata[s];
        json_t *row = json_object();
        for (int i = 0; i < e->n_by; i++) en_json_put(&row, e->by[i], en_json_text(from->value[i]));
        en_json_put(&row, "observed", json_integer(from->observed));
        en_json_put(&row, "low", en_json_number(from->result.low));
        en_json_put(&row, "median", en_json_number(from->result.median));
        en_json_put(&row, "high", en_json_number(from->result.high));
        en_json_put(&row, "at_least", en_json_number(from->result.at_least));
        en_json_put(&row, "status", json_string(from->result.has_recommended ? "estimated" : "as_observed"));
        en_json_put(&row, "because", en_json_text(from->result.because));
        if (e->calibrated) en_json_put(&row, "calibration", calibration(&from->calibration));
        en_json_push(&array, row);
    }
    return array;
}

static json_t *replicates(const en_app_estimate *e) {
    json_t *out = json_object(), *rubin = json_null();
    if (e->has_rubin) {
        rubin = json_object();
        en_json_put(&rubin, "method", json_string(en_method_name(e->rubin_method)));
        en_json_put(&rubin, "low", en_json_number(e->rubin.low));
        en_json_put(&rubin, "centre", en_json_number(e->rubin.centre));
        en_json_put(&rubin, "high", en_json_number(e->rubin.high));
        en_json_put(&rubin, "within", en_json_number(e->rubin.within));
        en_json_put(&rubin, "between", en_json_number(e->rubin.between));
        en_json_put(&rubin, "degrees_of_freedom", en_json_number(e->rubin.degrees));
        en_json_put(&rubin, "share_between", en_json_number(e->rubin.share_between));
    }
    en_json_put(&out, "n", json_integer(e->n_replicates));
    en_json_put(&out, "rubin", rubin);
    return out;
}

static json_t *imputed(const en_app_estimate *e) {
    json_t *out = json_object();
    en_json_put(&out, "persons", json_integer(e->imputed));
    en_json_put(&out, "replicates", json_integer(e->n_replicates));
    en_json_put(&out, "assumes",
                json_string("whether a stratum is missing hangs on the history, and on what is known of the stratum, "
                            "alone"));
    return out;
}

static json_t *recommended(const en_app_estimate *e) {
    const en_estimate_result *r = &e->result;
    if (!r->has_recommended) return json_null();
    json_t *out = json_object();
    en_json_put(&out, "low", en_json_number(r->low));
    en_json_put(&out, "median", en_json_number(r->median));
    en_json_put(&out, "high", en_json_number(r->high));
    en_json_put(&out, "at_least", en_json_number(r->at_least));
    en_json_put(&out, "rule", en_json_text(r->rule));
    en_json_put(&out, "because", en_json_text(r->because));
    en_json_put(&out, "sensitivity", sentences(e));
    en_json_put(&out, "strata", strata(e));
    return out;
}

json_t *en_json_estimate(const en_app_estimate *estimate) {
    const en_histories *h = &estimate->histories;
    json_t *lists = json_array(), *methods = json_array(), *out = json_object();
    for (int i = 0; i < h->n_lists; i++) en_json_push(&lists, en_json_text(h->lists[i]));
    for (int i = 0; i < estimate->result.n_estimates; i++)
        en_json_push(&methods, method(h, &estimate->result.estimates[i]));
    if (estimate->id[0]) en_json_put(&out, "id", en_json_text(estimate->id));
    en_json_put(&out, "observed", json_integer(h->observed));
    en_json_put(&out, "lists", lists);
    en_json_put(&out, "methods", methods);
    en_json_put(&out, "recommended", recommended(estimate));
    if (!estimate->result.has_recommended) {
        en_json_put(&out, "because", en_json_text(estimate->result.because));
        en_json_put(&out, "at_least", en_json_number(estimate->result.at_least));
    }
    if (!estimate->result.has_recommended && estimate->n_strata) en_json_put(&out, "strata", strata(estimate));
    if (estimate->calibrated && !estimate->n_strata)
        en_json_put(&out, "calibration", calibration(&estimate->calibration));
    if (estimate->imputed) en_json_put(&out, "imputed", imputed(estimate));
    if (estimate->n_replicates) en_json_put(&out, "replicates", replicates(estimate));
    if (estimate->has_sensitivity) en_json_put(&out, "sensitivity", sensitivity(estimate));
    return out;
}
