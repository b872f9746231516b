/* The report's section on stated figures: each outlined, with its speaker, beside what is recorded and estimated of the
 * same persons; how they differ, and what does not add up. */
#include <stdio.h>
#include <string.h>

#include "report/page.h"
#include "report/said.h"

void page_code(page *p, const char *code) {
    char words[64];
    snprintf(words, sizeof words, "%.63s", code);
    for (char *c = words; *c; c++)
        if (*c == '_') *c = ' ';
    page_text(p, words);
}

static const en_stated *stated(const page *p) { return &p->f->said->stated; }

void page_said_words(page *p, const char *text) {
    page_words(p, said_shown(p->f->said, text));
    if (p->f->said->status != EN_OK && p->status == EN_OK) p->status = p->f->said->status;
}

void page_stated_number(page *p, int32_t figure) {
    const en_stated_figure *f = &stated(p)->figures[figure];
    char number[96];
    bool marked = said_is_marked(p->f->said, &f->said);
    en_figure_number(f, number);
    if (marked)
        page_rawf(p, "<a class=\"said\" href=\"#mf%d\">", (int)figure);
    else
        page_raw(p, "<span class=\"said\">");
    page_text(p, number);
    page_raw(p, marked ? "</a>" : "</span>");
}

void page_source_link(page *p, int32_t source) {
    if (source < 0) return;
    bool has_text = said_has_text(p->f->said, source);
    if (has_text) page_rawf(p, "<a href=\"#d%d\">", (int)source);
    page_said_words(p, stated(p)->sources[source].about.title);
    if (has_text) page_raw(p, "</a>");
}

/* ---- recorded beside ---- */

/* Of the dead alone every number may be shown. Of those who may be living none of a group, and none at all where some
 * status is withheld, as it might be worked out. */
bool page_shows_recorded(const facts *f, const en_compared_recorded *r) {
    static const char *const dead[] = {"killed", "family_killed", "remains_identified"};
    if (f->names) return true;
    for (size_t i = 0; i < sizeof dead / sizeof *dead; i++)
        if (strcmp(r->category, dead[i]) == 0) return true;
    if (strcmp(r->group, "all") != 0) return false;
    for (int64_t i = 0; i < f->tables[FACT_STATUS].n_rows; i++)
        if (f->tables[FACT_STATUS].rows[i].withheld || f->tables[FACT_STATUS].rows[i].corroborated_withheld)
            return false;
    return true;
}

static void level(page *p, const en_compared_recorded *r, en_level at) {
    const en_compared_count *count = &r->level[at];
    if (count->withheld || !page_shows_recorded(p->f, r)) {
        page_raw(p, "<span class=\"held\">withheld</span>");
        return;
    }
    page_raw(p, "<span class=\"rec\" title=\"");
    page_text(p, count->id);
    page_raw(p, "\">");
    page_count(p, count->n);
    page_raw(p, "</span>");
}

static void recorded(page *p, const en_compared_recorded *r) {
    page_raw(p, "<td colspan=\"5\">");
    if (r->cannot[0]) {
        page_raw(p, "<span class=\"none\">no recorded number: ");
        page_text(p, r->cannot);
        page_raw(p, "</span></td>");
        return;
    }
    page_raw(p, "<span class=\"solid\"></span>");
    level(p, r, EN_LEVEL_RECORDED);
    page_raw(p, " recorded, of them ");
    level(p, r, EN_LEVEL_CORROBORATED);
    page_raw(p, " corroborated and ");
    level(p, r, EN_LEVEL_VERIFIED);
    page_raw(p, " verified <small>");
    page_text(p, r->how);
    page_raw(p, "</small></td>");
}

/* ---- the table ---- */

static void heading(page *p, const en_compared_recorded *r) {
    page_raw(p, "<tr class=\"of\"><th scope=\"rowgroup\" colspan=\"2\">");
    page_code(p, r->category);
    if (strcmp(r->group, "all") != 0) {
        page_raw(p, ", ");
        page_code(p, r->group);
    }
    if (strcmp(r->unit, "person") != 0) {
        page_raw(p, " <small>(");
        page_code(p, r->unit);
        page_raw(p, ")</small>");
    }
    page_raw(p, "</th>");
    recorded(p, r);
    page_raw(p, "</tr>\n");
}

static void cell(page *p, const char *words) {
    page_raw(p, "<td>");
    if (words[0]) page_said_words(p, words);
    page_raw(p, "</td>");
}

static void row(page *p, int32_t index) {
    const en_stated_figure *f = &stated(p)->figures[index];
    page_rawf(p, "<tr id=\"f%d\"><td class=\"n\">", (int)index);
    page_stated_number(p, index);
    page_raw(p, "</td><td>");
    page_words(p, said_speaker(p->f->said, &f->said));
    if (f->said.role[0]) {
        page_raw(p, " <small>");
        page_said_words(p, f->said.role);
        page_raw(p, "</small>");
    }
    page_raw(p, "</td><td>");
    page_code(p, en_said_relation(stated(p), &f->said));
    page_raw(p, "</td>");
    cell(p, en_said_on(stated(p), &f->said));
    page_raw(p, "<td>");
    page_said_words(p, f->event_place);
    page_raw(p, f->event_place[0] && f->event_date[0] ? ", " : "");
    page_text(p, f->event_date);
    page_raw(p, "</td><td>");
    if (f->part_of >= 0 && !stated(p)->figures[f->part_of].said.hidden)
        page_rawf(p, "<a href=\"#f%d\">part of a total</a>; ", (int)f->part_of);
    if (strcmp(f->modality, "stated") != 0) {
        page_code(p, f->modality);
        page_raw(p, "; ");
    }
    if (f->cumulative == 1) page_raw(p, "running total; ");
    page_said_words(p, f->definition[0] ? f->definition : "no definition given");
    page_raw(p, "</td><td>");
    page_source_link(p, f->said.source);
    page_raw(p, " <code>");
    page_text(p, f->said.shown);
    page_raw(p, "</code></td></tr>\n");
}

static void table(page *p, const en_comparison *c) {
    int32_t last = -1;
    page_raw(p,
             "<div class=\"wide\"><table class=\"sides\"><caption class=\"sr\">Stated figures, and what is recorded of "
             "the same</caption><thead><tr><th scope=\"col\" class=\"n\">Stated</th><th scope=\"col\">Said by</th><th "
             "scope=\"col\">Relation to the event</th><th scope=\"col\">Said on</th><th scope=\"col\">Event</th><th "
             "scope=\"col\">Definition</th><th scope=\"col\">Source</th></tr></thead><tbody>\n");
    for (int64_t i = 0; i < c->n_figures; i++) {
        if (stated(p)->figures[c->figures[i]].said.hidden) continue;
        if (c->beside_of[i] != last) heading(p, &c->beside[c->beside_of[i]]);
        last = c->beside_of[i];
        row(p, c->figures[i]);
    }
    page_raw(p, "</tbody></table></div>\n");
}

/* ---- differences and checks ---- */

static int32_t find_figure(const page *p, const char *id) {
    for (int32_t i = 0; i < stated(p)->n_figures; i++)
        if (strcmp(stated(p)->figures[i].said.shown, id) == 0) return i;
    return -1;
}

static void name_figure(page *p, int32_t figure) {
    const en_stated_figure *f = &stated(p)->figures[figure];
    char number[96];
    en_figure_number(f, number);
    page_rawf(p, "<a href=\"#f%d\"><span class=\"said\">", (int)figure);
    page_text(p, number);
    page_raw(p, "</span> ");
    page_words(p, said_speaker(p->f->said, &f->said));
    page_raw(p, "</a>");
}

/* Those of one group: that another group is another group is plain from the table. */
static void differences(page *p, const en_comparison *c) {
    bool told = false;
    for (int64_t i = 0; i < c->n_differences; i++) {
        const en_difference *d = &c->differences[i];
        int32_t a = find_figure(p, d->between[0]), b = find_figure(p, d->between[1]);
        if (a < 0 || b < 0 || stated(p)->figures[a].said.hidden || stated(p)->figures[b].said.hidden) continue;
        if (d->aspects & (1u << EN_DIFFERS_GROUP | 1u << EN_DIFFERS_PART)) continue;
        if (!told) page_raw(p, "<h4>How they differ</h4><ul>\n");
        told = true;
        page_raw(p, "<li>");
        name_figure(p, a);
        page_raw(p, " and ");
        name_figure(p, b);
        page_raw(p, ": ");
        page_said_words(p, d->why);
        page_raw(p, "</li>\n");
    }
    if (told) page_raw(p, "</ul>\n");
}

static void checks(page *p, const en_comparison *c) {
    bool told = false;
    for (int64_t i = 0; i < c->n_checks; i++) {
        const en_check *check = &c->checks[i];
        bool hidden = false;
        for (int k = 0; k < check->n; k++) {
            int32_t figure = find_figure(p, check->figures[k]);
            hidden |= figure < 0 || stated(p)->figures[figure].said.hidden;
        }
        if (hidden) continue;
        if (!told) page_raw(p, "<h4>To look at</h4><ul>\n");
        told = true;
        page_raw(p, "<li>");
        page_said_words(p, check->what);
        page_raw(p, ": ");
        for (int k = 0; k < check->n; k++) {
            if (k) page_raw(p, ", ");
            name_figure(p, find_figure(p, check->figures[k]));
        }
        page_raw(p, "</li>\n");
    }
    if (told) page_raw(p, "</ul>\n");
}

/* ---- the section ---- */

static void estimate(page *p, const en_comparison *c) {
    const en_app_estimate *e = p->f->estimate;
    page_raw(p, "<p class=\"note\">");
    if (c->is_of_all && e && e->result.has_recommended) {
        page_raw(p, "Estimated, of everyone harmed, recorded or not: <a class=\"est\" href=\"#estimate\">");
        page_count(p, (int64_t)(e->result.low + .5));
        page_raw(p, " \xE2\x80\x93 ");
        page_count(p, (int64_t)(e->result.high + .5));
        page_raw(p, "</a>. ");
    } else {
        page_raw(p, c->is_of_all ? "There is no estimate. "
                                 : "The estimate is of other persons, those of the whole case. ");
    }
    page_text(p, c->restricted);
    page_raw(p, "</p>\n");
}

static bool has_totals(const page *p, const en_comparison *c) {
    for (int64_t i = 0; i < c->n_figures; i++) {
        const en_stated_figure *f = &stated(p)->figures[c->figures[i]];
        if (!f->said.hidden && f->part_of < 0 && f->best + f->low + f->high > 3 * EN_NO_NUMBER) return true;
    }
    return false;
}

static void one(page *p, int32_t index) {
    const en_comparison *c = &p->f->said->comparisons[index];
    page_raw(p, "<h3>");
    if (c->incident >= 0)
        page_said_words(p, stated(p)->incidents[c->incident].title);
    else
        page_raw(p, "Figures of no incident of the case");
    page_raw(p, "</h3>\n");
    if (has_totals(p, c))
        page_rawf(p, "<figure data-chart=\"sides\" data-key=\"%d\"><div class=\"plot\"></div></figure>\n", (int)index);
    table(p, c);
    estimate(p, c);
    checks(p, c);
    differences(p, c);
}

bool page_has_said(const page *p) {
    const en_report_said *said = p->f->said;
    return said && (said->n_comparisons || said->positions.n || said->positions.n_instruments ||
                    said->positions.n_actions || said->positions.n_allegations);
}

void page_stated(page *p) {
    if (!p->f->said || !p->f->said->n_comparisons) return;
    page_raw(p,
             "<section id=\"stated\"><h2>Stated figures side by side</h2>\n<p>What sources say in numbers: outlined, "
             "each with its speaker, and never added up. Beside them what records support for the same, a solid mark. "
             "A number leads to its words in the document.</p>\n");
    if (p->f->said->n_hidden) {
        page_raw(p, "<p class=\"note\">Left out, as not for everybody: ");
        page_count(p, p->f->said->n_hidden);
        page_raw(p, ".</p>\n");
    }
    for (int32_t i = 0; i < p->f->said->n_comparisons; i++) one(p, i);
    page_raw(p, "</section>\n");
}
