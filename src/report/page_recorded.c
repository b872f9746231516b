/* The report's sections on recorded persons: the three levels, each dimension, and how the lists overlap. */
#include <string.h>

#include "report/page.h"

static void levels(page *p) {
    const facts *f = p->f;
    page_raw(p, "<div class=\"wide\"><table><caption>Recorded persons at three levels</caption><thead><tr><th "
                "scope=\"col\">Level</th>"
                "<th scope=\"col\" class=\"n\">Persons</th><th scope=\"col\">What it means</th></tr></thead><tbody>\n"
                "<tr><th scope=\"row\">recorded</th><td class=\"n\">");
    page_number(p, &f->total, false);
    page_raw(p, "</td><td>named or described on at least one list, after records of one person were joined</td></tr>\n"
                "<tr><th scope=\"row\">corroborated</th><td class=\"n\">");
    page_number(p, &f->total, true);
    page_raw(p, "</td><td>of these, on lists of at least two independent sources</td></tr>\n"
                "<tr><th scope=\"row\">verified</th><td class=\"n\"><a class=\"rec\" href=\"#verified\">");
    page_count(p, f->level[EN_LEVEL_VERIFIED].total);
    page_raw(p,
             "</a></td><td>of these, checked by a person against a stated standard</td></tr>\n</tbody></table></div>\n"
             "<p>Each level is part of the one above it. They are never added.</p>\n");
}

static void value(page *p, const char *words) {
    if (strcmp(words, "unknown") == 0)
        page_raw(p, "<span class=\"unknown\">unknown</span>");
    else
        page_words(p, words);
}

static void one_way_rows(page *p, const fact_table *t) {
    for (int64_t i = 0; i < t->n_rows; i++) {
        page_raw(p, "<tr><th scope=\"row\">");
        value(p, t->rows[i].value[0]);
        page_raw(p, "</th><td class=\"n\">");
        page_number(p, &t->rows[i], false);
        page_raw(p, "</td><td class=\"n\">");
        page_number(p, &t->rows[i], true);
        page_raw(p, "</td></tr>\n");
    }
}

/* A long table folds where its chart is drawn; without JavaScript and in print it is open. */
static bool is_long(const fact_table *t) { return t->by[0] == EN_DIM_MONTH || t->n_rows > 12; }

static bool any_withheld(const fact_table *t) {
    for (int64_t i = 0; i < t->n_rows; i++)
        if (t->rows[i].withheld) return true;
    return false;
}

static void one_way(page *p, const fact_table *t) {
    page_rawf(p, "<figure%s data-chart=\"%s\" data-key=\"%s\"><h3 id=\"by-%s\">%s</h3><div class=\"plot\"></div>\n",
              is_long(t) ? " class=\"long\"" : "", t->by[0] == EN_DIM_MONTH ? "months" : "bars", t->key, t->key,
              t->title);
    if (t->by[0] == EN_DIM_MONTH && any_withheld(t)) page_raw(p, "<p class=\"note legend\"><em>w</em>: withheld</p>\n");
    if (is_long(t)) page_raw(p, "<details open><summary>Table</summary>");
    page_rawf(p,
              "<div class=\"wide\"><table><caption class=\"sr\">Recorded persons by %s</caption><thead><tr><th "
              "scope=\"col\">%s</th>"
              "<th scope=\"col\" class=\"n\">Recorded</th><th scope=\"col\" class=\"n\">of which "
              "corroborated</th></tr></thead><tbody>\n",
              t->title, t->title);
    one_way_rows(p, t);
    page_raw(p, "</tbody></table></div>");
    page_raw(p, is_long(t) ? "</details></figure>\n" : "</figure>\n");
}

static void matrix_row(page *p, const fact_table *t, const fact_row *across, const fact_table *columns) {
    page_raw(p, "<tr><th scope=\"row\">");
    value(p, across->value[0]);
    page_raw(p, "</th>");
    for (int64_t k = 0; k < columns->n_rows; k++) {
        const fact_row *cell = facts_find(t, across->value[0], columns->rows[k].value[0]);
        page_raw(p, "<td class=\"n\">");
        if (cell)
            page_number(p, cell, false);
        else
            page_raw(p, "0");
        page_raw(p, "</td>");
    }
    page_raw(p, "</tr>\n");
}

static void two_way(page *p, const fact_table *t, const fact_table *rows, const fact_table *columns) {
    page_rawf(p,
              "<figure><h3 id=\"by-%s\">%s</h3><div class=\"wide\"><table><caption>Recorded persons, "
              "%s</caption><thead><tr><th scope=\"col\">%s</th>",
              t->key, t->title, t->title, rows->title);
    for (int64_t k = 0; k < columns->n_rows; k++) {
        page_raw(p, "<th scope=\"col\" class=\"n\">");
        value(p, columns->rows[k].value[0]);
        page_raw(p, "</th>");
    }
    page_raw(p, "</tr></thead><tbody>\n");
    for (int64_t i = 0; i < rows->n_rows; i++) matrix_row(p, t, &rows->rows[i], columns);
    page_raw(p, "</tbody></table></div></figure>\n");
}

void page_recorded(page *p) {
    const facts *f = p->f;
    page_raw(p, "<section id=\"recorded\"><h2>Recorded persons</h2>\n<p>Each number is a count of persons in the case "
                "file and leads to them.");
    if (!f->names)
        page_raw(p, " <em>Withheld</em> stands for 1 to 4 persons of whom at least one may be living, or for a number "
                    "kept back because such a "
                    "number could be worked out from it.");
    page_raw(p, "</p>\n");
    levels(p);
    page_raw(p, "<p class=\"note legend\"><span class=\"swatch all\"></span> recorded <span class=\"swatch "
                "two\"></span> of which corroborated "
                "<span class=\"swatch not\"></span> unknown</p>\n");
    for (int t = 0; t < FACT_STATED; t++) one_way(p, &f->tables[t]);
    two_way(p, &f->tables[FACT_STATUS_SEX], &f->tables[FACT_STATUS], &f->tables[FACT_SEX]);
    two_way(p, &f->tables[FACT_STATUS_AGE], &f->tables[FACT_STATUS], &f->tables[FACT_AGE]);
    page_sdg(p);
    page_raw(p, "</section>\n");
}

/* ---- overlap ---- */

static void overlap_head(page *p) {
    const en_account *a = p->f->account;
    char letter[4];
    page_raw(p, "<div class=\"wide\"><table class=\"overlap\"><caption class=\"sr\">Which lists hold how many "
                "persons</caption><thead><tr>");
    for (int64_t s = 0; s < a->n_sources; s++) {
        page_rawf(p, "<th scope=\"col\" class=\"dot\"><abbr title=\"");
        page_text(p, a->sources[s].about.title);
        page_rawf(p, "\">%s</abbr></th>", facts_letter(s, letter));
    }
    page_raw(p, "<th scope=\"col\" class=\"n\">Persons</th></tr></thead><tbody>\n");
}

static void overlap_row(page *p, const fact_row *row) {
    page_raw(p, "<tr>");
    for (const char *bit = row->value[0]; *bit; bit++)
        page_raw(p, *bit == '1' ? "<td class=\"dot\">&#x25CF;<span class=\"sr\">on it</span></td>"
                                : "<td class=\"dot off\">&#xB7;<span class=\"sr\">not on it</span></td>");
    page_raw(p, "<td class=\"n\">");
    page_number(p, row, false);
    page_raw(p, "</td></tr>\n");
}

static void overlap_lists(page *p) {
    const fact_table *t = &p->f->tables[FACT_LISTS];
    page_raw(p, "<h3>On how many lists persons are</h3><div class=\"wide\"><table><caption class=\"sr\">On how many "
                "lists persons are</caption><thead><tr><th "
                "scope=\"col\">Lists</th>"
                "<th scope=\"col\" class=\"n\">Persons</th></tr></thead><tbody>\n");
    for (int64_t i = 0; i < t->n_rows; i++) {
        page_raw(p, "<tr><th scope=\"row\">");
        page_text(p, t->rows[i].value[0]);
        page_raw(p, "</th><td class=\"n\">");
        page_number(p, &t->rows[i], false);
        page_raw(p, "</td></tr>\n");
    }
    page_raw(p, "</tbody></table></div>\n");
}

void page_overlap(page *p) {
    const fact_table *t = &p->f->tables[FACT_PATTERN];
    page_raw(p, "<section id=\"overlap\"><h2>How the lists overlap</h2>\n<p>Each person is in exactly one column: the "
                "lists that hold the person, and no other. "
                "The estimate rests on these numbers.</p>\n<figure data-chart=\"overlap\" data-key=\"overlap\"><div "
                "class=\"plot\"></div>\n");
    if (any_withheld(t)) page_raw(p, "<p class=\"note legend\"><em>w</em>: withheld</p>\n");
    page_raw(p, "<details open><summary>Table</summary>");
    overlap_head(p);
    for (int64_t i = 0; i < t->n_rows; i++) overlap_row(p, &t->rows[i]);
    page_raw(p, "</tbody></table></div></details></figure>\n");
    overlap_lists(p);
    page_raw(p, "</section>\n");
}
