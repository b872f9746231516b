/* The report's sections on what is unknown, how records were joined, and what its words mean. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "report/page.h"

/* ---- what is unknown ---- */

static void unknown_row(page *p, int d) {
    const fact_row *unknown = facts_find(&p->f->tables[d], "unknown", NULL);
    page_rawf(p, "<tr><th scope=\"row\"><a href=\"#by-%s\">%s</a></th><td class=\"n\">", p->f->tables[d].key,
              p->f->tables[d].title);
    if (unknown) page_number(p, unknown, false);
    page_raw(p, "</td><td class=\"n\">");
    page_number(p, &p->f->disputed[d], false);
    page_raw(p, "</td></tr>\n");
}

static void removed_rows(page *p) {
    int64_t removed = 0;
    for (int64_t i = 0; i < p->f->account->n_sources; i++)
        for (int64_t k = 0; k < p->f->account->sources[i].n_releases; k++)
            removed += p->f->account->sources[i].releases[k].removed;
    if (!removed) return;
    page_raw(p, "<li><a class=\"rec\" href=\"#sources\">");
    page_count(p, removed);
    page_raw(
        p, "</a> rows are gone from newer releases. Why, the files do not say; the rows stay in the case file.</li>\n");
}

static void open_pairs(page *p) {
    const en_account *a = p->f->account;
    if (!a->linked) {
        page_raw(p, "<li>Records are not joined yet: a person on two lists is counted twice.</li>\n");
        return;
    }
    page_raw(p, "<li><a class=\"rec\" href=\"#linkage\">");
    page_count(p, a->undecided_pairs);
    page_raw(p, "</a> pairs of records could be one person or two, and nobody has decided.</li>\n");
    if (a->link_is_stale)
        page_raw(
            p,
            "<li>Records came in after the joining was done; each of these is counted as a person of its own.</li>\n");
}

void page_unknown(page *p) {
    page_raw(p, "<section id=\"unknown\"><h2>What is not known</h2>\n<div class=\"wide\"><table><caption>Recorded "
                "persons about whom the sources say nothing, "
                "or differ</caption><thead><tr><th scope=\"col\">Of a person</th><th scope=\"col\" class=\"n\">No "
                "source says</th>"
                "<th scope=\"col\" class=\"n\">Sources differ</th></tr></thead><tbody>\n");
    for (int d = 0; d < FACT_STATED; d++) unknown_row(p, d);
    page_raw(p, "</tbody></table></div>\n<ul>\n");
    open_pairs(p);
    removed_rows(p);
    page_raw(p, "<li>Those whom no list recorded: their names, and anything about them but <a href=\"#estimate\">an "
                "estimate of their number</a>.</li>\n"
                "<li>Figures that anyone states in reports and statements: none are in this case file, so none stand "
                "beside these numbers.</li>\n"
                "</ul></section>\n");
}

/* ---- how records were joined ---- */

static void text_item(page *p, const char *label, const json_t *value) {
    if (json_is_string(value)) page_field(p, label, json_string_value(value));
}

static void number_item(page *p, const char *label, const json_t *value, int decimals) {
    if (!json_is_number(value)) return;
    page_rawf(p, "<dt>%s</dt><dd>", label);
    if (json_is_integer(value))
        page_count(p, json_integer_value(value));
    else
        page_rawf(p, decimals ? "%.*f" : "%.*g", decimals ? decimals : 3, json_number_value(value));
    page_raw(p, "</dd>");
}

static void rate(page *p, const char *label, double value) {
    page_rawf(p, "<dt>%s</dt><dd>", label);
    page_real(p, value, 3);
    page_raw(p, "</dd>");
}

static void fields(page *p, const json_t *model) {
    size_t i;
    json_t *field, *list = json_object_get(model, "fields");
    if (!json_array_size(list)) return;
    page_raw(p, "<dt>Compared</dt><dd>");
    json_array_foreach(list, i, field) {
        if (i) page_raw(p, ", ");
        page_words(p, json_is_string(field) ? json_string_value(field)
                                            : json_string_value(json_object_get(field, "column")));
    }
    page_raw(p, "</dd>");
}

static void level_rows(page *p, const json_t *comparison) {
    size_t i;
    json_t *level, *levels = json_object_get(comparison, "levels");
    json_array_foreach(levels, i, level) {
        page_raw(p, i ? "<tr><td></td><td>" : "<tr><th scope=\"row\">");
        if (!i) page_words(p, json_string_value(json_object_get(comparison, "field")));
        if (!i) page_raw(p, "</th><td>");
        page_text(p, json_string_value(level));
        page_rawf(p, "</td><td class=\"n\">%.4f</td><td class=\"n\">%.6f</td></tr>\n",
                  json_number_value(json_array_get(json_object_get(comparison, "m"), i)),
                  json_number_value(json_array_get(json_object_get(comparison, "u"), i)));
    }
}

static void comparisons(page *p, const json_t *model) {
    size_t i;
    json_t *comparison, *list = json_object_get(model, "comparisons");
    if (!json_array_size(list)) return;
    page_raw(p, "<div class=\"wide\"><table><caption>What was learned: how often each degree of agreement is seen "
                "among records of one person, and of "
                "two</caption><thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Agreement</th><th scope=\"col\" "
                "class=\"n\">One person</th>"
                "<th scope=\"col\" class=\"n\">Two persons</th></tr></thead><tbody>\n");
    json_array_foreach(list, i, comparison) level_rows(p, comparison);
    page_raw(p, "</tbody></table></div>\n");
}

static void link_warnings(page *p, const json_t *model) {
    size_t i;
    json_t *warning;
    json_array_foreach(json_object_get(model, "warnings"), i, warning) {
        page_raw(p, "<p class=\"warning\">");
        page_text(p, json_string_value(warning));
        page_raw(p, "</p>\n");
    }
}

static void linkage_run(page *p, const json_t *model) {
    const en_account *a = p->f->account;
    page_raw(p, "<dl>");
    page_field(p, "Run", a->run);
    text_item(p, "Pairs found by", json_object_get(model, "found_by"));
    number_item(p, "Pairs compared", json_object_get(model, "pairs_compared"), 0);
    fields(p, model);
    page_field(p, "Nobody twice on one list",
               json_is_true(json_object_get(model, "one_per_list")) ? "yes" : "not assumed");
    number_item(p, "Chance that a random pair is one person", json_object_get(model, "prior"), 0);
    number_item(p, "Joined above a match probability of", json_object_get(model, "threshold"), 3);
    rate(p, "Precision, estimated", a->precision);
    rate(p, "Recall, estimated", a->recall);
    page_raw(p, "<dt>Pairs left undecided</dt><dd>");
    page_count(p, a->undecided_pairs);
    page_raw(p, "</dd><dt>Joined persons that nobody reviewed</dt><dd>");
    page_count(p, a->unreviewed_merges);
    page_raw(p, "</dd></dl>\n");
}

void page_linkage(page *p) {
    const en_account *a = p->f->account;
    json_t *model = a->model ? json_loads(a->model, 0, NULL) : NULL;
    page_raw(p, "<section id=\"linkage\"><h2>How records were joined into persons</h2>\n");
    if (!a->linked) {
        page_raw(p,
                 "<p>They were not: each record is counted as a person. Run <code>everyname link</code> first.</p>\n");
    } else {
        page_raw(p, "<p>Records that are likely to be of one person were joined by comparing their fields (Fellegi and "
                    "Sunter 1969), without examples. "
                    "Precision is the share of joined pairs that are one person; recall the share of pairs of one "
                    "person that were joined. Both are "
                    "estimated by the model itself.</p>\n");
        link_warnings(p, model);
        linkage_run(p, model);
        comparisons(p, model);
    }
    page_raw(p, "</section>\n");
    json_decref(model);
}

/* ---- method notes ---- */

static const char *const notes[][2] = {
    {"Stated, recorded, estimated", "A stated number is what a source says. A recorded number is a count of persons in "
                                    "the case file. An estimated number is what a model says, and "
                                    "comes with an interval. None is ever added to another."},
    {"Recorded", "On at least one list, records of one person joined."},
    {"Corroborated", "On lists of at least two independent sources. Sources that copy one another form one "
                     "independence group and count once."},
    {"Verified", "Checked by a person against a stated standard of proof. This version of the case file holds no "
                 "verifications, so the number is 0."},
    {"Unknown", "No source says. It is a value like any other here, and is never left out."},
    {"Where sources differ", "A person is shown with the value that most independent sources give; among equals, with "
                             "the one recorded first. All are in the case file."},
    {"Age group", "Under 18, 18 to 59, 60 and over, at the event, as the source states it or from dates of birth and "
                  "event where both are known well enough."},
    {"Month",
     "Of the event that befell the person, as the sources date it; unknown where a date is less exact than a month."},
    {"Place", "As the sources write it. Spellings of one name, in whatever script, are one place; the program takes no "
              "side in what a place is called."},
    {"Status", "What a source says befell the person. The words are the sources\xE2\x80\x99 or a neutral code for "
               "them. Who is responsible is not stated here."},
    {"May be living", "Not every source that states a fate says that the person is dead. Missing persons, those held "
                      "and those of unknown fate may be living."},
    {"May be a minor", "No source states an age of 18 or over, or one states an age that may be under 18."},
    {"Interval", "If the model and its assumptions hold, the true number is inside with the stated probability. If "
                 "they do not, it may not be."},
};

void page_method(page *p) {
    page_raw(p, "<section id=\"method\"><h2>Definitions and method</h2><dl class=\"notes\">\n");
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        page_rawf(p, "<dt%s>%s</dt><dd>%s</dd>\n", strcmp(notes[i][0], "Verified") == 0 ? " id=\"verified\"" : "",
                  notes[i][0], notes[i][1]);
    if (!p->f->names)
        page_raw(p, "<dt>Protection</dt><dd>Nobody who may be living and no minor is named; an id stands for each. Of "
                    "a person who may be living the page gives "
                    "the status and the records, and neither sex, age, place nor month, nor is the person listed under "
                    "these, so that nobody can be "
                    "singled out by laying tables side by side. Small numbers of such persons are withheld, but for "
                    "unknown. The words "
                    "of sources are not quoted. "
                    "Who holds the case file can open every number with <code>everyname trace</code>.</dd>\n");
    page_raw(p, "</dl></section>\n");
}
