/* The report's last sections: what is behind each number, and each person with the records behind them. */
#include <string.h>

#include "report/page.h"

/* ---- behind each number ---- */

static void person_link(page *p, int32_t person) {
    const en_account_person *who = &p->f->account->persons[person];
    bool named = !(p->f->hide[person] & HIDE_NAME) && who->name && who->name[0];
    page_rawf(p, named ? "<a href=\"#p%d\" dir=\"auto\">" : "<a href=\"#p%d\">", person + 1);
    page_text(p, named ? who->name : en_account_id(p->f->account, 'p', who->id));
    page_raw(p, "</a> ");
}

/* Persons of a row that may be listed, those on two independent sources (or not) only. */
static int64_t list(page *p, const fact_table *table, const fact_row *row, bool corroborated, const char *label) {
    int64_t listed = 0;
    for (int64_t i = 0; i < row->n; i++) {
        if (!facts_lists(p->f, table, row->persons[i])) continue;
        if (label && corroborated != (p->f->account->persons[row->persons[i]].n_groups >= 2)) continue;
        if (!listed++)
            page_rawf(p, label ? "<p class=\"ids\"><span class=\"lab\">%s</span> " : "<p class=\"ids\">",
                      label ? label : "");
        person_link(p, row->persons[i]);
    }
    if (listed) page_raw(p, "</p>");
    return listed;
}

/* How many they are is not said: a small number of them would be what is withheld elsewhere. */
static void not_listed(page *p) {
    page_raw(p, "<p>Who may be living or would be singled out is not listed under this number. All are among the <a "
                "href=\"#persons\">persons</a>, and "
                "<code>everyname trace</code> with the id above opens the number from the case file.</p>");
}

static void persons_of(page *p, const fact_table *table, const fact_row *row) {
    int64_t listed = 0;
    if (row->withheld) {
        page_raw(p, "<p>Withheld. Who holds the case file can open it with <code>everyname trace</code>.</p>");
    } else if (!p->f->lists_persons) {
        page_raw(p, "<p>The persons are in <code>persons.csv</code>, their records in <code>records.csv</code>.</p>");
    } else if (row->n == 0) {
        page_raw(p, "<p>Nobody.</p>");
    } else {
        bool split = (!table || table->has_corroborated) && row->id && !row->corroborated_withheld;
        if (split) {
            listed += list(p, table, row, true, "corroborated");
            listed += list(p, table, row, false, "one source");
        } else {
            listed += list(p, table, row, false, NULL);
        }
        if (listed < row->n) not_listed(p);
    }
}

static void id_line(page *p, const fact_row *row, bool has_corroborated) {
    if (!row->id) return;
    page_raw(p, " <code>");
    page_text(p, row->id);
    page_raw(p, "</code>");
    if (!has_corroborated || row->corroborated_withheld || !row->corroborated_id) return;
    page_raw(p, " of which corroborated ");
    page_number(p, row, true);
    page_raw(p, " <code>");
    page_text(p, row->corroborated_id);
    page_raw(p, "</code>");
}

/* A pattern as the letters of its sources: "101" is "A, C". */
static void pattern(page *p, const char *bits) {
    char letter[4];
    bool any = false;
    for (int64_t s = 0; bits[s]; s++) {
        if (bits[s] != '1') continue;
        page_rawf(p, any ? ", %s" : "%s", facts_letter(s, letter));
        any = true;
    }
}

static void trace_of(page *p, const fact_table *table, const fact_row *row) {
    page_rawf(p, "<div class=\"t\" id=\"c%d\"><p class=\"what\">", row->number);
    for (int d = 0; d < table->n_by; d++) {
        page_rawf(p, "%s%s: ", d ? "; " : "", facts_dimension_title(table->by[d]));
        if (table->by[d] == EN_DIM_PATTERN)
            pattern(p, row->value[d]);
        else
            page_words(p, row->value[d]);
    }
    page_raw(p, " \xE2\x80\x94 ");
    page_number(p, row, false);
    id_line(p, row, table->has_corroborated);
    page_raw(p, "</p>");
    persons_of(p, table, row);
    page_raw(p, "</div>\n");
}

static void trace_total(page *p) {
    const fact_row *row = &p->f->total;
    page_rawf(p, "<div class=\"t\" id=\"c%d\"><p class=\"what\">All recorded persons \xE2\x80\x94 ", row->number);
    page_number(p, row, false);
    id_line(p, row, true);
    page_raw(p, "</p><p>They are the <a href=\"#persons\">persons</a> below.</p></div>\n");
}

static void trace_disputed(page *p, const fact_row *row, int d) {
    page_rawf(p, "<div class=\"t\" id=\"c%d\"><p class=\"what\">Sources differ: %s \xE2\x80\x94 ", row->number,
              facts_dimension_title((en_dimension)d));
    page_number(p, row, false);
    page_raw(p, "</p>");
    persons_of(p, NULL, row);
    page_raw(p, "</div>\n");
}

static void trace_estimate(page *p) {
    const en_app_estimate *e = p->f->estimate;
    if (!e) return;
    page_raw(p, "<div class=\"t\" id=\"e\"><p class=\"what\">The estimate");
    if (e->id[0]) page_raw(p, " <code>");
    page_text(p, e->id);
    if (e->id[0]) page_raw(p, "</code>");
    page_raw(p, "</p><p>A model\xE2\x80\x99s number: nobody stands behind it one by one. It was computed from how many "
                "persons each combination of lists "
                "holds (<a href=\"#overlap\">overlap</a>), ");
    page_count(p, e->histories.observed);
    page_raw(
        p, " recorded persons in all, and from the assumptions of <a href=\"#estimate\">its methods</a>.</p></div>\n");
}

void page_traces(page *p) {
    page_raw(p, "<section id=\"traces\"><h2>What is behind each number</h2>\n<p>After each number, its id: "
                "<code>everyname trace CASE</code> with it, in quotation "
                "marks, opens the number from the case file, down to the bytes of the sources.</p>\n");
    trace_total(p);
    for (int t = 0; t < FACT_TABLES; t++)
        for (int64_t i = 0; i < p->f->tables[t].n_rows; i++) trace_of(p, &p->f->tables[t], &p->f->tables[t].rows[i]);
    for (int d = 0; d < FACT_STATED; d++) trace_disputed(p, &p->f->disputed[d], d);
    trace_estimate(p);
    page_raw(p, "</section>\n");
}

/* ---- each person ---- */

static void record(page *p, const en_account_record *r) {
    char letter[4];
    const en_str text = p->f->account->sources[r->source].text;
    page_rawf(p, "<span class=\"r\"><a href=\"#s%d\">%s</a> ", r->source + 1, facts_letter(r->source, letter));
    page_text(p, en_account_id(p->f->account, 'r', r->id));
    page_rawf(p, " %lld+%lld</span> ", (long long)r->offset, (long long)r->length);
    if (!p->f->names || r->offset < 0 || r->length < 0 || (uint64_t)r->offset + (uint64_t)r->length > text.len) return;
    page_raw(p, "<q dir=\"auto\">");
    page_bytes(p, (en_str){text.ptr + r->offset, (size_t)r->length});
    page_raw(p, "</q> ");
}

static void records(page *p, int32_t person) {
    const en_account *a = p->f->account;
    const en_account_person *who = &a->persons[person];
    page_raw(p, "<td class=\"rs\">");
    if (p->f->hide[person] & HIDE_RECORDS)
        page_raw(p, "<span class=\"held\">withheld</span>");
    else
        for (int32_t i = 0; i < who->n_records; i++) record(p, &a->records[a->person_records[who->first_record + i]]);
    page_raw(p, "</td>");
}

static void person_row(page *p, int32_t person) {
    const en_account_person *who = &p->f->account->persons[person];
    bool named = !(p->f->hide[person] & HIDE_NAME) && who->name && who->name[0];
    page_rawf(p, "<tr id=\"p%d\"><th scope=\"row\">", person + 1);
    if (named) page_words(p, who->name);
    page_raw(p, named ? " <small>" : "");
    page_text(p, en_account_id(p->f->account, 'p', who->id));
    page_raw(p, named ? "</small></th>" : "</th>");
    for (int d = 0; d < FACT_STATED; d++) {
        const char *value = facts_value(p->f, person, (en_dimension)d);
        page_raw(p, "<td>");
        if (value) page_words(p, value);
        if (value && who->disputed[d]) page_raw(p, "<abbr title=\"sources differ\">*</abbr>");
        page_raw(p, "</td>");
    }
    records(p, person);
    page_raw(p, "</tr>\n");
}

static void persons_intro(page *p) {
    page_raw(p, "<p>In order of id, which is that of the person\xE2\x80\x99s first record. After each "
                "source\xE2\x80\x99s letter: the record\xE2\x80\x99s id, and "
                "where the record is in that source\xE2\x80\x99s <a href=\"#sources\">captured file</a>, as first byte "
                "+ length. * marks a value on which "
                "sources differ.");
    if (!p->f->names)
        page_raw(p, " Nobody who may be living and no minor is named, and of those who may be living only status and "
                    "records are given.");
    if (p->f->n_left_out) {
        page_raw(p, " Consent was withdrawn for ");
        page_count(p, p->f->n_left_out);
        page_raw(p, ": they are counted, and not listed.");
    }
    page_raw(p, "</p>\n");
}

void page_persons(page *p) {
    page_raw(p, "<section id=\"persons\"><h2>Persons</h2>\n");
    if (!p->f->lists_persons) {
        page_raw(p, "<p>There are ");
        page_number(p, &p->f->total, false);
        page_raw(p, " persons: too many for one page. They are in <code>persons.csv</code> beside this file, and the "
                    "records behind them in "
                    "<code>records.csv</code>.</p></section>\n");
        return;
    }
    persons_intro(p);
    page_raw(p, "<div class=\"wide\"><table class=\"persons\"><thead><tr><th scope=\"col\">Person</th>");
    for (int d = 0; d < FACT_STATED; d++)
        page_rawf(p, "<th scope=\"col\">%s</th>", facts_dimension_title((en_dimension)d));
    page_raw(p, "<th scope=\"col\">Records</th></tr></thead><tbody>\n");
    for (int64_t i = 0; i < p->f->account->n_persons; i++)
        if (!p->f->left_out[i]) person_row(p, (int32_t)i);
    page_raw(p, "</tbody></table></div></section>\n");
}
