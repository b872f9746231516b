/* The report's documents: the text of each, with what was taken from it and confirmed marked in place. Proposals that
 * nobody confirmed are not shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/page.h"
#include "report/said.h"

/* What is marked: bytes of the text, and the row on the page that it became. */
typedef struct taken {
    int64_t from, to;
    char letter;
    int32_t index;
    const char *label; /* the id, as printed */
} taken;

typedef struct marks {
    taken *of;
    int64_t n;
} marks;

static void add(marks *m, const en_report_said *said, const en_said *of, int32_t source, char letter, int32_t index) {
    if (of->source != source || !said_is_marked(said, of)) return;
    m->of[m->n++] = (taken){of->start, of->end, letter, index, of->shown};
}

static int by_place(const void *x, const void *y) {
    const taken *a = x, *b = y;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->letter != b->letter) return a->letter < b->letter ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

#define ADD_ALL(field, letter)                                                                                         \
    for (int32_t i = 0; i < s->n_##field; i++) add(&m, said, &s->field[i].said, source, letter, i)
static marks collect(en_report_said *said, int32_t source) {
    const en_stated *s = &said->stated;
    size_t most = (size_t)(s->n_figures + s->n_terms + s->n_instruments + s->n_implementations + s->n_allegations +
                           s->n_responses + 1);
    marks m = {.of = en_arena_alloc(said->arena, most * sizeof *m.of)};
    if (!m.of) return said->status = EN_ERR_MEMORY, m;
    ADD_ALL(figures, 'f');
    ADD_ALL(terms, 'h');
    ADD_ALL(instruments, 'o');
    ADD_ALL(implementations, 'z');
    ADD_ALL(allegations, 'q');
    ADD_ALL(responses, 'w');
    qsort(m.of, (size_t)m.n, sizeof *m.of, by_place);
    return m;
}

/* Where the row stands on the page: an implementation with its instrument's list has no place of its own. */
static void reference(page *p, const taken *t) {
    page_rawf(p, "<sup id=\"m%c%d\">", t->letter, (int)t->index);
    if (t->letter == 'z')
        page_raw(p, "<a href=\"#positions\">");
    else
        page_rawf(p, "<a href=\"#%c%d\">", t->letter, (int)t->index);
    page_text(p, t->label);
    page_raw(p, "</a></sup>");
}

/* The next place after `at` where something begins or ends. */
static int64_t next_edge(const marks *m, const said_range *hidden, int64_t n_hidden, int64_t at, int64_t end) {
    int64_t next = end;
    for (int64_t i = 0; i < m->n; i++) {
        if (m->of[i].from > at && m->of[i].from < next) next = m->of[i].from;
        if (m->of[i].to > at && m->of[i].to < next) next = m->of[i].to;
    }
    for (int64_t i = 0; i < n_hidden; i++) {
        if (hidden[i].from > at && hidden[i].from < next) next = hidden[i].from;
        if (hidden[i].to > at && hidden[i].to < next) next = hidden[i].to;
    }
    return next;
}

static bool covers(const marks *m, int64_t at) {
    for (int64_t i = 0; i < m->n; i++)
        if (m->of[i].from <= at && at < m->of[i].to) return true;
    return false;
}

static const said_range *hides(const said_range *hidden, int64_t n, int64_t at) {
    for (int64_t i = 0; i < n; i++)
        if (hidden[i].from <= at && at < hidden[i].to) return &hidden[i];
    return NULL;
}

static void text(page *p, en_str bytes, const marks *m) {
    said_range *hidden;
    int64_t n_hidden = said_masks(p->f->said, bytes, &hidden), end = (int64_t)bytes.len;
    for (int64_t at = 0; at < end && p->status == EN_OK;) {
        int64_t next = next_edge(m, hidden, n_hidden, at, end);
        const said_range *mask = hides(hidden, n_hidden, at);
        for (int64_t i = 0; i < m->n; i++)
            if (m->of[i].from == at) reference(p, &m->of[i]);
        bool marked = covers(m, at);
        if (marked) page_raw(p, "<mark>");
        if (!mask)
            page_bytes(p, (en_str){bytes.ptr + at, (size_t)(next - at)});
        else if (mask->from == at)
            page_raw(p, "[name withheld]");
        if (marked) page_raw(p, "</mark>");
        at = next;
    }
}

static void document(page *p, int32_t source) {
    en_report_said *said = p->f->said;
    const en_source *about = &said->stated.sources[source].about;
    marks m = collect(said, source);
    if (said->status != EN_OK && p->status == EN_OK) p->status = said->status;
    if (p->status != EN_OK) return;
    page_rawf(p, "<article class=\"document\" id=\"d%d\"><h3>", (int)source);
    page_said_words(p, about->title);
    page_raw(p, "</h3><dl>");
    page_field(p, "Id", said->stated.sources[source].shown);
    page_field(p, "Relation to the event", about->relation);
    page_field(p, "Publisher", about->publisher ? said_shown(said, about->publisher) : "");
    page_field(p, "Published", about->published);
    page_raw(p, "</dl><div class=\"text\" dir=\"auto\">");
    text(p, said->texts[source], &m);
    page_raw(p, "</div></article>\n");
}

void page_documents(page *p) {
    const en_report_said *said = p->f->said;
    bool begun = false;
    for (int32_t i = 0; said && i < said->stated.n_sources; i++) {
        if (!said_has_text(said, i)) continue;
        if (!begun) {
            page_raw(p,
                     "<section id=\"documents\"><h2>Documents, with what was taken from them</h2>\n<p>Marked is what a "
                     "person has confirmed; each mark leads to its row above.");
            if (!said->names)
                page_raw(
                    p,
                    " Names of the case's persons who may be living or are minors, as their lists write them, and of "
                    "accused persons are withheld; testimonies are not shown.");
            page_raw(p, "</p>\n");
        }
        begun = true;
        document(p, i);
    }
    if (begun) page_raw(p, "</section>\n");
}
