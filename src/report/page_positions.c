/* The report's section on positions: who uses which term of which event, clauses and what is said to have become of
 * them, actions, allegations with the answers of the accused. Each is somebody's word, with its document. */
#include <string.h>

#include "report/page.h"
#include "report/said.h"

static const en_stated *stated(const page *p) { return &p->f->said->stated; }
static const en_positions *positions(const page *p) { return &p->f->said->positions; }

/* Leads to the words in the document, where that is shown. */
static void open_link(page *p, const en_said *said, char letter, int32_t index) {
    if (said_is_marked(p->f->said, said)) page_rawf(p, "<a href=\"#m%c%d\">", letter, (int)index);
}
static void close_link(page *p, const en_said *said) {
    if (said_is_marked(p->f->said, said)) page_raw(p, "</a>");
}

static void id_of(page *p, const en_said *said) {
    page_raw(p, " <code>");
    page_text(p, said->shown);
    page_raw(p, "</code>");
}

static void instrument_name(page *p, int32_t index) {
    const en_stated_instrument *i = &stated(p)->instruments[index];
    const char *called = i->symbol[0] ? i->symbol : i->title;
    page_said_words(p, i->body);
    if (i->body[0] && called[0]) page_raw(p, ", ");
    if (called[0]) page_said_words(p, called);
    if (!called[0]) {
        page_raw(p, i->body[0] ? ", " : "");
        page_code(p, i->kind);
    }
}

/* ---- the matrix ---- */

static void document(page *p, const en_stated_term *t) {
    if (t->instrument >= 0 && !stated(p)->instruments[t->instrument].said.hidden) {
        page_rawf(p, "<a href=\"#o%d\">", (int)t->instrument);
        instrument_name(p, t->instrument);
        page_raw(p, "</a>");
    } else {
        page_source_link(p, t->said.source);
    }
}

static bool is_shown(const page *p, const en_position *at) { return !stated(p)->terms[at->term].said.hidden; }

static void position(page *p, const en_position *at) {
    const en_stated_term *t = &stated(p)->terms[at->term];
    page_rawf(p, "<p class=\"pos\" id=\"h%d\">", (int)at->term);
    open_link(p, &t->said, 'h', at->term);
    page_raw(p, "<b>");
    page_code(p, t->mode);
    page_raw(p, "</b> <q class=\"term\">");
    page_said_words(p, t->term);
    page_raw(p, "</q>");
    close_link(p, &t->said);
    if (at->date[0]) {
        page_raw(p, " ");
        page_text(p, at->date);
    }
    if (t->via[0]) {
        page_raw(p, ", by ");
        page_said_words(p, t->via);
    }
    page_raw(p, "<small> ");
    document(p, t);
    page_raw(p, "</small></p>");
}

static void body_name(page *p, int64_t body) {
    page_said_words(p, positions(p)->bodies[body].name);
    if (positions(p)->bodies[body].is_source) page_raw(p, " <small>(the source itself)</small>");
}

static void matrix_row(page *p, int32_t body) {
    const en_positions *all = positions(p);
    page_raw(p, "<tr><th scope=\"row\">");
    body_name(p, body);
    page_raw(p, "</th>");
    for (int32_t e = 0; e < all->n_events; e++) {
        page_raw(p, "<td>");
        for (int64_t i = 0; i < all->n; i++)
            if (all->positions[i].body == body && all->positions[i].event == e && is_shown(p, &all->positions[i]))
                position(p, &all->positions[i]);
        page_raw(p, "</td>");
    }
    page_raw(p, "</tr>\n");
}

static bool has_shown(const page *p, int32_t body) {
    for (int64_t i = 0; i < positions(p)->n; i++)
        if (positions(p)->positions[i].body == body && is_shown(p, &positions(p)->positions[i])) return true;
    return false;
}

static void matrix(page *p) {
    const en_positions *all = positions(p);
    page_raw(p, "<div class=\"wide\"><table class=\"matrix\"><caption>Bodies by event: no cell without a "
                "document</caption><thead><tr><th scope=\"col\">Body</th>");
    for (int64_t e = 0; e < all->n_events; e++) {
        page_raw(p, "<th scope=\"col\">");
        page_said_words(p, all->events[e].name[0] ? all->events[e].name : "event not said");
        page_raw(p, "</th>");
    }
    page_raw(p, "</tr></thead><tbody>\n");
    for (int32_t b = 0; b < all->n_bodies; b++)
        if (has_shown(p, b)) matrix_row(p, b);
    page_raw(p, "</tbody></table></div>\n");
}

static void timeline(page *p) {
    const en_positions *all = positions(p);
    page_raw(p, "<h3>Over time</h3><ol class=\"time\">\n");
    for (int64_t i = 0; i < all->n; i++) {
        const en_position *at = &all->positions[i];
        if (!is_shown(p, at)) continue;
        page_raw(p, "<li><span class=\"when\">");
        page_text(p, at->date[0] ? at->date : "no date");
        page_rawf(p, "</span> <a href=\"#h%d\">", (int)at->term);
        body_name(p, at->body);
        page_raw(p, " ");
        page_code(p, stated(p)->terms[at->term].mode);
        page_raw(p, "</a> <q class=\"term\">");
        page_said_words(p, stated(p)->terms[at->term].term);
        page_raw(p, "</q></li>\n");
    }
    page_raw(p, "</ol>\n");
}

/* ---- instruments ---- */

static void implementation(page *p, int32_t index) {
    const en_stated_implementation *i = &stated(p)->implementations[index];
    const char *named, *on = i->date[0] ? i->date : en_said_on(stated(p), &i->said);
    en_addressee addressee = en_position_addressee(stated(p), i, &named);
    if (i->said.hidden) return;
    page_raw(p, "<li>");
    open_link(p, &i->said, 'z', index);
    page_raw(p, "said to be <b>");
    page_text(p, i->grade_words);
    page_raw(p, "</b>");
    close_link(p, &i->said);
    page_raw(p, " by ");
    page_words(p, said_speaker(p->f->said, &i->said));
    if (on[0]) {
        page_raw(p, ", ");
        page_text(p, on);
    }
    if (i->addressee[0]) {
        page_raw(p, "; of ");
        page_said_words(p, i->addressee);
    }
    if (addressee == EN_ADDRESSEE_OTHER) {
        page_raw(p, " <em>(the text binds ");
        page_said_words(p, named);
        page_raw(p, ")</em>");
    }
    page_raw(p, " <small>");
    page_source_link(p, i->said.source);
    page_raw(p, "</small></li>\n");
}

static void clause(page *p, const en_position_clause *at) {
    const en_stated_clause *c = at->clause < 0 ? NULL : &stated(p)->clauses[at->clause];
    if (c && c->said.hidden) return;
    page_raw(p, "<li>");
    if (c) {
        page_raw(p, "<b>");
        page_said_words(p, c->number);
        page_raw(p, "</b> ");
        page_said_words(p, c->text[0] ? c->text : c->verb);
        if (c->addressee[0]) {
            page_raw(p, " <small>addressee: ");
            page_said_words(p, c->addressee);
            page_raw(p, "</small>");
        }
    } else {
        page_raw(p, "as a whole");
    }
    page_raw(p, "<ul>\n");
    for (int32_t i = 0; i < at->n; i++) implementation(p, at->implementations[i]);
    if (at->n == 0) page_raw(p, "<li class=\"none\">nobody says what became of it</li>\n");
    page_raw(p, "</ul></li>\n");
}

static void mention(page *p, int32_t index) {
    const en_stated_instrument *i = &stated(p)->instruments[index];
    page_rawf(p, "<span id=\"o%d\">", (int)index);
    open_link(p, &i->said, 'o', index);
    page_source_link(p, said_is_marked(p->f->said, &i->said) ? -1 : i->said.source);
    if (said_is_marked(p->f->said, &i->said)) page_said_words(p, stated(p)->sources[i->said.source].about.title);
    close_link(p, &i->said);
    id_of(p, &i->said);
    page_raw(p, "</span> ");
}

static void instrument(page *p, const en_position_instrument *at) {
    int32_t first = -1;
    for (int32_t i = at->n_mentions - 1; i >= 0; i--)
        if (!stated(p)->instruments[at->mentions[i]].said.hidden) first = at->mentions[i];
    if (first < 0) return;
    const en_stated_instrument *i = &stated(p)->instruments[first];
    page_raw(p, "<div class=\"instrument\"><h4>");
    instrument_name(p, first);
    page_raw(p, "</h4><p>");
    page_code(p, i->kind);
    if (i->date[0]) page_raw(p, ", "), page_text(p, i->date);
    if (i->vote[0]) page_raw(p, "; vote: "), page_text(p, i->vote);
    if (i->addressee[0]) page_raw(p, "; addressee as this text has it: "), page_said_words(p, i->addressee);
    if (i->demands[0]) page_raw(p, "; demands: "), page_said_words(p, i->demands);
    page_raw(p, ". <small>In ");
    for (int32_t k = 0; k < at->n_mentions; k++)
        if (!stated(p)->instruments[at->mentions[k]].said.hidden) mention(p, at->mentions[k]);
    page_raw(p, "</small></p>\n<ul class=\"clauses\">\n");
    for (int32_t k = 0; k < at->n_clauses; k++) clause(p, &at->clauses[k]);
    page_raw(p, "</ul></div>\n");
}

/* ---- actions, allegations ---- */

static void action(page *p, const en_position_action *at) {
    const en_stated_action *a = &stated(p)->actions[at->action];
    if (a->said.hidden) return;
    page_raw(p, "<li><span class=\"when\">");
    page_text(p, a->date[0] ? a->date : "no date");
    page_raw(p, "</span> ");
    page_code(p, a->kind);
    page_raw(p, " ");
    page_said_words(p, a->title);
    if (a->by[0]) page_raw(p, ", by "), page_said_words(p, a->by);
    if (a->aimed_at[0]) page_raw(p, ", aimed at "), page_said_words(p, a->aimed_at);
    page_raw(p, " <small>");
    page_source_link(p, a->said.source);
    page_raw(p, "</small>");
    if (at->n_figures + at->n_terms) page_raw(p, "<br><small>in the same source: </small>");
    for (int32_t i = 0; i < at->n_figures; i++)
        if (!stated(p)->figures[at->figures[i]].said.hidden) page_stated_number(p, at->figures[i]), page_raw(p, " ");
    for (int32_t i = 0; i < at->n_terms; i++) {
        if (stated(p)->terms[at->terms[i]].said.hidden) continue;
        page_rawf(p, "<a href=\"#h%d\">", (int)at->terms[i]);
        page_said_words(p, stated(p)->terms[at->terms[i]].term);
        page_raw(p, "</a> ");
    }
    page_raw(p, "</li>\n");
}

static void response(page *p, int32_t index, bool alone) {
    const en_stated_response *r = &stated(p)->responses[index];
    if (r->said.hidden) return;
    page_rawf(p, "<li id=\"w%d\">answer of ", (int)index);
    page_said_words(p, r->by[0] ? r->by : said_speaker(p->f->said, &r->said));
    if (alone) page_raw(p, " to "), page_said_words(p, r->act);
    page_raw(p, ": ");
    open_link(p, &r->said, 'w', index);
    page_raw(p, "<b>");
    page_text(p, r->kind_words);
    page_raw(p, "</b>");
    close_link(p, &r->said);
    page_raw(p, " <small>");
    page_source_link(p, r->said.source);
    page_raw(p, "</small></li>\n");
}

static void allegation(page *p, const en_position_allegation *at) {
    const en_stated_allegation *a = at->allegation < 0 ? NULL : &stated(p)->allegations[at->allegation];
    if (a && a->said.hidden) return;
    page_raw(p, "<li>");
    if (a) {
        page_rawf(p, "<span id=\"q%d\"></span>Alleged by ", (int)at->allegation);
        page_words(p, said_speaker(p->f->said, &a->said));
        page_raw(p, ": ");
        open_link(p, &a->said, 'q', at->allegation);
        page_said_words(p, a->act);
        close_link(p, &a->said);
        page_raw(p, ", by ");
        page_words(p, said_accused(p->f->said, a));
        if (a->degree[0]) page_raw(p, " ("), page_said_words(p, a->degree), page_raw(p, ")");
        page_raw(p, " <small>");
        page_source_link(p, a->said.source);
        page_raw(p, "</small>");
    } else {
        page_raw(p, "To an allegation that is not in the case");
    }
    page_raw(p, "<ul>\n");
    for (int32_t i = 0; i < at->n_responses; i++) response(p, at->responses[i], !a);
    if (at->n_responses == 0) page_raw(p, "<li class=\"none\">no answer of the accused is in the case</li>\n");
    page_raw(p, "</ul></li>\n");
}

void page_positions(page *p) {
    if (!page_has_said(p)) return;
    const en_positions *all = positions(p);
    if (!all->n && !all->n_instruments && !all->n_actions && !all->n_allegations) return;
    page_raw(p, "<section id=\"positions\"><h2>Positions</h2>\n<p>Terms are those of who uses them, on a date, in a "
                "document. This page uses none of its own.</p>\n");
    if (all->n) {
        matrix(p);
        timeline(p);
    }
    if (all->n_instruments) page_raw(p, "<h3>Instruments, and what is said to have become of them</h3>\n");
    for (int64_t i = 0; i < all->n_instruments; i++) instrument(p, &all->instruments[i]);
    if (all->n_actions) page_raw(p, "<h3>Actions, and what was said at them</h3><ol class=\"time\">\n");
    for (int64_t i = 0; i < all->n_actions; i++) action(p, &all->actions[i]);
    if (all->n_actions) page_raw(p, "</ol>\n");
    if (all->n_allegations)
        page_raw(p,
                 "<h3>Allegations, and the answers of the accused</h3>\n<p>Responsibility is only ever alleged here, "
                 "with who alleges it.</p><ul class=\"alleged\">\n");
    for (int64_t i = 0; i < all->n_allegations; i++) allegation(p, &all->allegations[i]);
    if (all->n_allegations) page_raw(p, "</ul>\n");
    page_raw(p, "</section>\n");
}
