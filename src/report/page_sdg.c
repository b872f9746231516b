/* Deaths by cause, status, sex and age: the table of SDG indicator 16.1.2. */
#include "report/page.h"

static void number(page *p, const en_count_number *of) {
    page_raw(p, "<td class=\"n\">");
    if (of->withheld)
        page_raw(p, "<span class=\"held\">withheld</span>");
    else
        page_count(p, of->n);
    page_raw(p, "</td>");
}

static void row(page *p, const en_sdg_row *of) {
    const en_sdg_table *t = &p->f->sdg;
    page_raw(p, "<tr><th scope=\"row\">");
    page_text(p, of->label);
    page_raw(p, "</th>");
    for (int i = 0; i < t->n_columns; i++) number(p, &of->column[i]);
    number(p, &of->total);
    page_raw(p, "<td><code>");
    page_text(p, of->total.id);
    page_raw(p, "</code></td></tr>\n");
}

static void block(page *p, const en_sdg_block *of) {
    page_raw(p, "<tr><th scope=\"rowgroup\" colspan=\"");
    page_count(p, p->f->sdg.n_columns + 3);
    page_raw(p, "\">");
    page_text(p, facts_dimension_title(of->by));
    page_raw(p, "</th></tr>\n");
    for (int64_t i = 0; i < of->n_rows; i++) row(p, &of->rows[i]);
}

void page_sdg(page *p) {
    const en_sdg_table *t = &p->f->sdg;
    if (!t->has_needed) return;
    page_raw(p, "<figure><h3 id=\"sdg\">Deaths by cause, status, sex and age</h3>\n<p>By the categories of SDG "
                "indicator 16.1.2, of those recorded dead. It counts who is on a list, and estimates nobody. Civilian "
                "status is as the sources give it, by rules of their own.</p>\n<div class=\"wide\"><table>"
                "<caption>Recorded deaths, direct and indirect apart</caption><thead><tr><th scope=\"col\"></th>");
    for (int i = 0; i < t->n_columns; i++) {
        page_raw(p, "<th scope=\"col\" class=\"n\">");
        page_code(p, t->columns[i]);
        page_raw(p, "</th>");
    }
    page_raw(p, "<th scope=\"col\" class=\"n\">Total</th><th scope=\"col\">Id of the total</th></tr></thead><tbody>\n");
    for (int b = 0; b < EN_SDG_BLOCKS; b++) block(p, &t->blocks[b]);
    row(p, &t->all);
    page_raw(p, "</tbody></table></div></figure>\n");
}
