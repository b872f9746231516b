/* The report's section on sources: what each is, its releases, the captured files, who is on no other. */
#include <string.h>

#include "report/page.h"

static const char *or_unknown(const char *s) { return s && s[0] ? s : "unknown"; }

static void cell(page *p, const char *words) {
    page_raw(p, "<td>");
    page_words(p, words);
    page_raw(p, "</td>");
}

/* Persons on this source and on no other: the pattern with one 1. */
static const fact_row *only_here(const facts *f, int64_t source) {
    const fact_table *patterns = &f->tables[FACT_PATTERN];
    for (int64_t i = 0; i < patterns->n_rows; i++) {
        const char *bits = patterns->rows[i].value[0];
        const char *first = strchr(bits, '1');
        if (first == bits + source && !strchr(first + 1, '1')) return &patterns->rows[i];
    }
    return NULL;
}

static void number_cell(page *p, const fact_row *row) {
    page_raw(p, "<td class=\"n\">");
    if (row)
        page_number(p, row, false);
    else
        page_raw(p, "0");
    page_raw(p, "</td>");
}

static void summary_row(page *p, int64_t i) {
    char letter[4];
    const en_account_source *s = &p->f->account->sources[i];
    page_rawf(p, "<tr><th scope=\"row\"><a href=\"#s%lld\">%s</a></th>", (long long)i + 1, facts_letter(i, letter));
    cell(p, s->about.title);
    cell(p, or_unknown(s->about.kind));
    cell(p, or_unknown(s->about.relation));
    page_rawf(p, "<td class=\"n\"><a href=\"#s%lld\">", (long long)i + 1);
    page_count(p, s->records);
    page_raw(p, "</a></td>");
    number_cell(p, facts_find(&p->f->tables[FACT_SOURCE], s->about.title, NULL));
    number_cell(p, only_here(p->f, i));
    page_raw(p, "</tr>\n");
}

static void summary(page *p) {
    page_raw(
        p, "<div class=\"wide\"><table><caption>The sources, and how many persons are on no other</caption><thead><tr>"
           "<th scope=\"col\">Key</th><th scope=\"col\">Source</th><th scope=\"col\">Kind</th><th "
           "scope=\"col\">Relation to the event</th>"
           "<th scope=\"col\" class=\"n\">Records</th><th scope=\"col\" class=\"n\">Persons</th><th scope=\"col\" "
           "class=\"n\">Only here</th>"
           "</tr></thead><tbody>\n");
    for (int64_t i = 0; i < p->f->account->n_sources; i++) summary_row(p, i);
    page_raw(p, "</tbody></table></div>\n");
}

static void release(page *p, const en_account_release *r) {
    page_raw(p, "<tr><td>");
    page_words(p, or_unknown(r->label));
    page_raw(p, r->current ? " <span class=\"now\">in use</span></td><td>" : "</td><td>");
    page_words(p, or_unknown(r->released));
    page_raw(p, "</td><td class=\"n\">");
    page_count(p, r->records);
    page_raw(p, "</td><td class=\"n\">");
    page_count(p, r->removed);
    page_raw(p, "</td><td>");
    page_words(p, or_unknown(r->file));
    page_raw(p, "</td><td><code class=\"hash\">");
    page_text(p, or_unknown(r->sha256));
    page_raw(p, "</code></td></tr>\n");
}

static void one_source(page *p, int64_t i) {
    char letter[4];
    const en_source *about = &p->f->account->sources[i].about;
    page_rawf(p, "<section class=\"source\" id=\"s%lld\"><h3><span class=\"key\">%s</span> ", (long long)i + 1,
              facts_letter(i, letter));
    page_words(p, about->title);
    page_raw(p, "</h3><dl>");
    page_field(p, "Id", en_account_id(p->f->account, 's', about->id));
    page_field(p, "Kind", or_unknown(about->kind));
    page_field(p, "Relation to the event", or_unknown(about->relation));
    page_field(p, "Publisher", about->publisher);
    page_field(p, "Author", about->author);
    page_field(p, "Published", about->published);
    page_field(p, "Language", about->language);
    page_field(p, "Independence group", about->independence_group);
    page_field(p, "Grade", about->grade);
    page_field(p, "Graded by", about->graded_by);
    page_raw(p,
             "</dl><div class=\"wide\"><table><thead><tr><th scope=\"col\">Release</th><th scope=\"col\">Released</th>"
             "<th scope=\"col\" class=\"n\">Records</th><th scope=\"col\" class=\"n\">Gone since the one before</th>"
             "<th scope=\"col\">Captured file</th><th scope=\"col\">SHA-256 of its text</th></tr></thead><tbody>\n");
    for (int64_t k = 0; k < p->f->account->sources[i].n_releases; k++)
        release(p, &p->f->account->sources[i].releases[k]);
    page_raw(p, "</tbody></table></div></section>\n");
}

void page_sources(page *p) {
    page_raw(p, "<section id=\"sources\"><h2>Sources</h2>\n<p>A letter stands for each source throughout. A source "
                "with several releases counts once, "
                "with its newest; what a newer release no longer holds is in no number but its own. Each source, its "
                "releases and its captured files are "
                "described <a href=\"#files\">below</a>.</p>\n");
    summary(p);
    page_raw(p, "</section>\n");
}

void page_files(page *p) {
    page_raw(p, "<section id=\"files\"><h2>Releases and captured files</h2>\n");
    for (int64_t i = 0; i < p->f->account->n_sources; i++) one_source(p, i);
    page_raw(p, "</section>\n");
}
