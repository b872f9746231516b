/* The JSON of `link`, as CLI.md states it, and what its options add: labels, a judged sample, charts. */
#include <math.h>

#include "report/json.h"
#include "report/report.h"

static void push_phase(json_t **array, const char *name, double seconds) {
    json_t *phase = json_object();
    en_json_put(&phase, "name", en_json_text(name));
    en_json_put(&phase, "seconds", json_real(seconds));
    en_json_push(array, phase);
}

static json_t *phases(const en_app_link_result *result) {
    json_t *array = json_array();
    if (result->seconds_reading > 0) push_phase(&array, "reading", result->seconds_reading);
    for (int i = 0; i < result->link.n_phases; i++)
        push_phase(&array, result->link.phases[i].name, result->link.phases[i].seconds);
    if (result->seconds_writing > 0) push_phase(&array, "writing", result->seconds_writing);
    return array;
}

static json_t *rates(double precision, double recall, const double *f1) {
    json_t *object = json_object();
    en_json_put(&object, "precision", en_json_number(precision));
    en_json_put(&object, "recall", en_json_number(recall));
    if (f1) en_json_put(&object, "f1", en_json_number(*f1));
    return object;
}

static void put_scores(json_t **out, const en_link_score *s) {
    en_json_put(out, "pairs", rates(s->pair_precision, s->pair_recall, &s->pair_f1));
    en_json_put(out, "b3", rates(s->b3_precision, s->b3_recall, &s->b3_f1));
    en_json_put(out, "clusters", rates(s->cluster_precision, s->cluster_recall, &s->cluster_f1));
}

static json_t *sampled(const en_link_sampled *s) {
    json_t *object = json_object();
    en_json_put(&object, "precision", en_json_number(s->precision));
    en_json_put(&object, "precision_low", en_json_number(s->precision_low));
    en_json_put(&object, "precision_high", en_json_number(s->precision_high));
    en_json_put(&object, "recall", en_json_number(s->recall));
    en_json_put(&object, "recall_low", en_json_number(s->recall_low));
    en_json_put(&object, "recall_high", en_json_number(s->recall_high));
    en_json_put(&object, "level", en_json_number(EN_SAMPLED_LEVEL));
    en_json_put(&object, "judged", json_integer(s->judged));
    return object;
}

static json_t *warnings(const en_app_link_result *result) {
    json_t *array = json_array();
    for (int i = 0; i < result->link.n_warnings; i++) en_json_push(&array, en_json_text(result->link.warnings[i]));
    return array;
}

/* ---- against the run before ---- */

static json_t *changes(const en_person_change *from, int64_t n, const char *others) {
    json_t *array = json_array();
    for (int64_t i = 0; i < n; i++) {
        json_t *change = json_object(), *ids = json_array();
        for (int64_t k = 0; k < from[i].n; k++) en_json_push(&ids, en_json_text(from[i].others[k]));
        en_json_put(&change, "person", en_json_text(from[i].person));
        en_json_put(&change, others, ids);
        en_json_push(&array, change);
    }
    return array;
}

static void put_changes(json_t **out, const en_app_link_result *result) {
    const en_link_changes *c = &result->changes;
    if (result->incremental) en_json_put(out, "decided_anew", json_integer(result->link.n_decided_anew));
    if (!c->compared) return;
    en_json_put(out, "merged", changes(c->merged, c->n_merged, "from"));
    en_json_put(out, "split", changes(c->split, c->n_split, "into"));
    en_json_put(out, "gone", json_integer(c->gone));
}

/* ---- charts ---- */

/* A match weight is log2(m/u), in bits: one bit doubles the odds. */
static json_t *chart_levels(const en_link_comparison *c) {
    json_t *array = json_array();
    for (int i = 0; i < c->n_levels; i++) {
        json_t *level = json_object();
        en_json_put(&level, "level", en_json_text(c->level[i]));
        en_json_put(&level, "m", en_json_number(c->m[i]));
        en_json_put(&level, "u", en_json_number(c->u[i]));
        en_json_put(&level, "weight", en_json_number(log2(c->m[i] / c->u[i])));
        en_json_push(&array, level);
    }
    return array;
}

static json_t *chart_comparisons(const en_link_model *model) {
    json_t *array = json_array();
    for (int i = 0; i < model->n_comparisons; i++) {
        json_t *comparison = json_object();
        en_json_put(&comparison, "field", en_json_text(model->comparisons[i].field));
        en_json_put(&comparison, "role", json_string(en_role_name(model->comparisons[i].role)));
        en_json_put(&comparison, "levels", chart_levels(&model->comparisons[i]));
        en_json_push(&array, comparison);
    }
    return array;
}

static json_t *chart_thresholds(const en_link_charts *charts) {
    json_t *array = json_array();
    for (int i = 0; i < charts->n_thresholds; i++) {
        const en_link_threshold *from = &charts->thresholds[i];
        json_t *threshold = json_object();
        en_json_put(&threshold, "probability", en_json_number(from->probability));
        en_json_put(&threshold, "pairs", en_json_number(from->pairs));
        en_json_put(&threshold, "precision", en_json_number(from->precision));
        en_json_put(&threshold, "recall", en_json_number(from->recall));
        en_json_push(&array, threshold);
    }
    return array;
}

static json_t *chart_sizes(const en_link_charts *charts) {
    json_t *array = json_array();
    for (int i = 0; i < charts->n_sizes; i++) {
        if (!charts->sizes[i]) continue;
        json_t *size = json_object();
        en_json_put(&size, "records", json_integer(i + 1));
        en_json_put(&size, "persons", json_integer(charts->sizes[i]));
        if (i + 1 == (int)(sizeof charts->sizes / sizeof *charts->sizes)) en_json_put(&size, "or_more", json_true());
        en_json_push(&array, size);
    }
    return array;
}

static json_t *chart_unlinkable(const en_link_charts *charts) {
    json_t *array = json_array();
    for (int i = 0; i < charts->n_unlinkable; i++) {
        json_t *point = json_object();
        en_json_put(&point, "probability", en_json_number(charts->unlinkable_at[i]));
        en_json_put(&point, "records", json_integer(charts->unlinkable[i]));
        en_json_push(&array, point);
    }
    return array;
}

static json_t *rule_part(const en_link_model *model, int field, en_link_key key) {
    json_t *part = json_object();
    en_json_put(&part, "field", en_json_text(model->comparisons[field].field));
    en_json_put(&part, "agrees_on", json_string(en_link_key_name(key)));
    return part;
}

static json_t *chart_blocking(const en_link_model *model, const en_link_charts *charts) {
    json_t *rules = json_array(), *object = json_object();
    for (int i = 0; i < charts->n_rules; i++) {
        const en_link_rule *from = &charts->rules[i];
        json_t *fields = json_array(), *rule = json_object();
        en_json_push(&fields, rule_part(model, from->first, from->first_key));
        if (from->second >= 0) en_json_push(&fields, rule_part(model, from->second, from->second_key));
        en_json_put(&rule, "fields", fields);
        en_json_put(&rule, "pairs", json_integer(charts->rule_pairs[i]));
        en_json_push(&rules, rule);
    }
    en_json_put(&object, "rules", rules);
    en_json_put(&object, "missed", en_json_number(charts->missed));
    return object;
}

static json_t *charts_of(const en_link_result *link) {
    json_t *object = json_object();
    double prior = link->model.prior;
    en_json_put(&object, "prior", en_json_number(prior));
    en_json_put(&object, "prior_weight", en_json_number(log2(prior / (1 - prior))));
    en_json_put(&object, "comparisons", chart_comparisons(&link->model));
    en_json_put(&object, "thresholds", chart_thresholds(&link->charts));
    en_json_put(&object, "sizes", chart_sizes(&link->charts));
    en_json_put(&object, "unlinkable", chart_unlinkable(&link->charts));
    en_json_put(&object, "blocking", chart_blocking(&link->model, &link->charts));
    return object;
}

/* ---- the whole ---- */

json_t *en_json_link(const en_app_link_result *result, const en_link_score *score, int64_t peak_memory, bool charts) {
    const en_link_result *link = &result->link;
    json_t *out = json_object();
    en_json_put(&out, "records", json_integer(link->n_records));
    en_json_put(&out, "persons", json_integer(link->n_persons));
    en_json_put(&out, "pairs_compared", json_integer(link->pairs_compared));
    en_json_put(&out, "found_by", en_json_text(link->found_by));
    en_json_put(&out, "phases", phases(result));
    en_json_put(&out, "peak_memory", json_integer(peak_memory));
    en_json_put(&out, "estimated", rates(link->precision, link->recall, NULL));
    en_json_put(&out, "undecided_pairs", json_integer(link->undecided_pairs));
    if (score) put_scores(&out, score);
    if (result->has_sampled) en_json_put(&out, "sampled", sampled(&result->sampled));
    if (result->labels) en_json_put(&out, "labels", json_integer(result->labels));
    if (link->n_asked) en_json_put(&out, "asked", json_integer(link->n_asked));
    if (link->n_partitions) en_json_put(&out, "partitions", json_integer(link->n_partitions));
    if (link->n_warnings) en_json_put(&out, "warnings", warnings(result));
    put_changes(&out, result);
    if (charts) en_json_put(&out, "charts", charts_of(link));
    if (result->entry[0]) en_json_put(&out, "entry", en_json_text(result->entry));
    if (result->run[0]) en_json_put(&out, "run", en_json_text(result->run));
    return out;
}
