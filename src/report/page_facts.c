/* The page's facts for its charts: a JSON block that the script reads. What is withheld is null here too. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/json.h"
#include "report/page.h"
#include "report/said.h"

enum { DRAWS = 400 };

static json_t *href(const fact_row *row) {
    char text[32];
    snprintf(text, sizeof text, "#c%d", row->number);
    return json_string(text);
}

static json_t *shown(const fact_row *row) { return row->withheld ? json_null() : json_integer(row->n); }

static json_t *count_rows(const fact_table *t) {
    json_t *rows = json_array(), *out = json_object();
    for (int64_t i = 0; i < t->n_rows; i++) {
        const fact_row *from = &t->rows[i];
        json_t *row = json_object();
        en_json_put(&row, "label", json_string(from->value[0]));
        en_json_put(&row, "n", shown(from));
        en_json_put(&row, "corroborated", from->corroborated_withheld ? json_null() : json_integer(from->corroborated));
        en_json_put(&row, "href", href(from));
        en_json_push(&rows, row);
    }
    en_json_put(&out, "title", json_string(t->title));
    en_json_put(&out, "rows", rows);
    return out;
}

static json_t *lists(const facts *f) {
    json_t *array = json_array();
    for (int64_t s = 0; s < f->account->n_sources; s++) {
        char letter[4];
        const char *title = f->account->sources[s].about.title;
        const fact_row *row = facts_find(&f->tables[FACT_SOURCE], title, NULL);
        json_t *list = json_object();
        en_json_put(&list, "key", json_string(facts_letter(s, letter)));
        en_json_put(&list, "title", json_string(title));
        en_json_put(&list, "n", row ? shown(row) : json_integer(0));
        if (row) en_json_put(&list, "href", href(row));
        en_json_push(&array, list);
    }
    return array;
}

static json_t *patterns(const facts *f) {
    const fact_table *t = &f->tables[FACT_PATTERN];
    json_t *array = json_array();
    for (int64_t i = 0; i < t->n_rows; i++) {
        json_t *on = json_array(), *pattern = json_object();
        for (int64_t s = 0; s < f->account->n_sources; s++)
            if (t->rows[i].value[0][s] == '1') en_json_push(&on, json_integer(s));
        en_json_put(&pattern, "on", on);
        en_json_put(&pattern, "n", shown(&t->rows[i]));
        en_json_put(&pattern, "href", href(&t->rows[i]));
        en_json_push(&array, pattern);
    }
    return array;
}

/* Evenly spaced quantiles of the draws: enough to show their shape. */
static json_t *draws(const en_estimate *e) {
    json_t *array = json_array();
    int64_t n = e->status == EN_EST_OK ? e->n_draws : 0;
    int64_t kept = n < DRAWS ? n : DRAWS;
    for (int64_t i = 0; i < kept; i++)
        en_json_push(&array, en_json_number(e->draws[kept > 1 ? i * (n - 1) / (kept - 1) : 0]));
    return array;
}

static json_t *method(const en_estimate *e) {
    bool has_draws = e->status == EN_EST_OK && e->n_draws > 0;
    json_t *out = json_object();
    en_json_put(&out, "title", json_string(page_method_title(e->method)));
    en_json_put(&out, "state", json_string(page_status_words(e->status)));
    en_json_put(&out, "low", has_draws ? en_json_number(e->low) : json_null());
    en_json_put(&out, "median", has_draws ? en_json_number(e->median) : json_null());
    en_json_put(&out, "high", has_draws ? en_json_number(e->high) : json_null());
    en_json_put(&out, "at_least", has_draws ? json_null() : en_json_number(e->at_least));
    en_json_put(&out, "draws", draws(e));
    return out;
}

static json_t *estimate(const en_app_estimate *e) {
    json_t *methods = json_array(), *out = json_object();
    for (int i = 0; i < e->result.n_estimates; i++) en_json_push(&methods, method(&e->result.estimates[i]));
    en_json_put(&out, "observed", json_integer(e->histories.observed));
    en_json_put(&out, "methods", methods);
    return out;
}

/* ---- figures side by side ---- */

static json_t *known(int64_t n) { return n == EN_NO_NUMBER ? json_null() : json_integer(n); }

static json_t *side(const facts *f, int32_t index) {
    const en_stated_figure *figure = &f->said->stated.figures[index];
    char href[32], number[96];
    json_t *out = json_object();
    snprintf(href, sizeof href, "#f%d", (int)index);
    en_figure_number(figure, number);
    en_json_put(&out, "category", en_json_text(figure->category));
    en_json_put(&out, "group", en_json_text(figure->group));
    en_json_put(&out, "unit", en_json_text(figure->unit));
    en_json_put(&out, "by", en_json_text(said_speaker(f->said, &figure->said)));
    en_json_put(&out, "on", en_json_text(en_said_on(&f->said->stated, &figure->said)));
    en_json_put(&out, "low", known(figure->low));
    en_json_put(&out, "best", known(figure->best));
    en_json_put(&out, "high", known(figure->high));
    en_json_put(&out, "text", json_string(number));
    en_json_put(&out, "href", json_string(href));
    return out;
}

/* Totals alone are drawn: a part beside its total would look like another claim. Recorded only what the table shows. */
static json_t *sides_of(const facts *f, const en_comparison *c) {
    json_t *stated = json_array(), *recorded = json_array(), *estimated = json_null(), *out = json_object();
    int32_t last = -1;
    for (int64_t i = 0; i < c->n_figures; i++) {
        const en_stated_figure *figure = &f->said->stated.figures[c->figures[i]];
        const en_compared_recorded *r = &c->beside[c->beside_of[i]];
        if (figure->said.hidden || figure->part_of >= 0) continue;
        en_json_push(&stated, side(f, c->figures[i]));
        if (c->beside_of[i] == last) continue;
        last = c->beside_of[i];
        bool shown = !r->cannot[0] && !r->level[EN_LEVEL_RECORDED].withheld && page_shows_recorded(f, r);
        json_t *beside = json_object();
        en_json_put(&beside, "category", en_json_text(r->category));
        en_json_put(&beside, "group", en_json_text(r->group));
        en_json_put(&beside, "unit", en_json_text(r->unit));
        en_json_put(&beside, "n", shown ? json_integer(r->level[EN_LEVEL_RECORDED].n) : json_null());
        en_json_push(&recorded, beside);
    }
    if (c->is_of_all && f->estimate && f->estimate->result.has_recommended)
        estimated = json_pack("{s:f, s:f, s:f}", "low", f->estimate->result.low, "median", f->estimate->result.median,
                              "high", f->estimate->result.high);
    en_json_put(&out, "stated", stated);
    en_json_put(&out, "recorded", recorded);
    en_json_put(&out, "estimated", estimated);
    return out;
}

static json_t *sides(const facts *f) {
    json_t *array = json_array();
    for (int32_t i = 0; f->said && i < f->said->n_comparisons; i++)
        en_json_push(&array, sides_of(f, &f->said->comparisons[i]));
    return array;
}

static json_t *page_json(const facts *f) {
    json_t *counts = json_object(), *overlap = json_object(), *out = json_object();
    for (int t = 0; t < FACT_STATED; t++) en_json_put(&counts, f->tables[t].key, count_rows(&f->tables[t]));
    en_json_put(&overlap, "lists", lists(f));
    en_json_put(&overlap, "patterns", patterns(f));
    en_json_put(&out, "counts", counts);
    en_json_put(&out, "overlap", overlap);
    if (f->said) en_json_put(&out, "sides", sides(f));
    en_json_put(&out, "estimate", f->estimate ? estimate(f->estimate) : json_null());
    return out;
}

/* A script block ends at "</script" whatever it holds, so no '<' is written as such: in JSON it only occurs in strings.
 */
static void without_tags(page *p, const char *json) {
    for (const char *open; (open = strchr(json, '<')) && p->status == EN_OK; json = open + 1) {
        p->status = en_buf_add(&p->out, (en_str){json, (size_t)(open - json)}, p->err);
        page_raw(p, "\\u003c");
    }
    page_raw(p, json);
}

void page_facts(page *p) {
    json_t *root = page_json(p->f);
    char *text = root ? json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(12)) : NULL;
    if (!text && p->status == EN_OK) p->status = en_fail(p->err, EN_ERR_MEMORY, "out of memory");
    page_raw(p, "<script type=\"application/json\" id=\"page-facts\">");
    if (text) without_tags(p, text);
    page_raw(p, "</script>\n");
    free(text);
    json_decref(root);
}
