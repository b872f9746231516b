/* Lists and tables: what a heading says of the bare numbers under it, be it a line above, a label or a column's head.
 */
#include "extract/candidates.h"

enum { LINE_ITEMS = 40, TITLE_ITEMS = 8 };

/* What the items from..to say as a heading: the act, and of whom. Few words may say it by a verb that elsewhere says it
 * of people only. */
static heading heading_of(const reading *r, int from, int to) {
    heading h = {0};
    bool brief = to - from <= TITLE_ITEMS;
    for (int i = from; i < to; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = verb_sense(w, EN_UNIT_PERSON, ~0u), *n = sense(w, LEX_NOUN), *t = sense(w, LEX_TOLL),
                        *a = sense(w, LEX_ADJECTIVE);
        uint8_t category = 0;
        if (v && (!v->c || brief))
            category = (uint8_t)(v->a + 1);
        else if (n && n->c && (n->value || brief))
            category = n->c;
        else if (t && t->a)
            category = t->a;
        unsigned both = h.category && category ? 1u << (h.category - 1) | 1u << (category - 1) : 0;
        if (both == (1u << EN_FIGURE_KILLED | 1u << EN_FIGURE_INJURED)) h.category = EN_FIGURE_CASUALTIES + 1;
        if (!h.category) h.category = category;
        uint8_t group = n ? n->a : a ? a->a : EN_GROUP_ALL;
        if (h.group == EN_GROUP_ALL) h.group = group;
        if (n && n->b != EN_UNIT_PERSON && !h.unit) h.unit = n->b;
        h.people |= n != NULL;
    }
    return h;
}

static bool is_count(const item *w) { return w->kind == ITEM_NUMBER && !(w->flags & (ITEM_USED | ITEM_NO_COUNT)); }

static bool has_count(const reading *r) {
    for (int i = 0; i < r->list.n; i++)
        if (is_count(item_at(r, i))) return true;
    return false;
}

/* --- tables --- */

/* Whether a cell ends at item i. */
static bool ends_cell(const reading *r, int i) { return is_punct(item_at(r, i), '|'); }

static int cell_of(const reading *r, int number) {
    int cell = 0;
    for (int i = 0; i <= number; i++) cell += ends_cell(r, i);
    return cell;
}

/* The items of the cell at `from`: where they end. */
static int cell_end(const reading *r, int from) {
    int to = from + 1;
    while (to < r->list.n && !ends_cell(r, to)) to++;
    return to;
}

static void keep_columns(reading *r) {
    r->n_columns = 0;
    for (int i = 0, to, cell = 0; i < r->list.n; i = to) {
        cell += ends_cell(r, i);
        to = cell_end(r, i);
        while (r->n_columns <= cell && r->n_columns < TABLE_COLUMNS) r->columns[r->n_columns++] = (heading){0};
        if (cell < TABLE_COLUMNS) r->columns[cell] = heading_of(r, i, to);
    }
    bool says = false;
    for (int i = 0; i < r->n_columns; i++) says |= r->columns[i].category || r->columns[i].people;
    if (!says) r->n_columns = 0;
}

/* A row of words alone is the head of a table; what is no row ends one. */
static void follow_table(reading *r) {
    if (cell_of(r, r->list.n - 1) == 0) {
        if (r->tokens.paragraph_start) r->n_columns = 0;
        return;
    }
    bool words = false;
    for (int i = 0; i < r->list.n && !words; i++) words = item_at(r, i)->kind == ITEM_WORD;
    if (words && !has_count(r)) keep_columns(r);
}

void find_cell(const reading *r, candidate *c) {
    if (c->of.head >= 0 || !cell_of(r, r->list.n - 1)) return;
    if (c->of.from > 0 && !ends_cell(r, c->of.from - 1)) return;
    if (c->of.to + 1 < r->list.n && !ends_cell(r, c->of.to + 1) && !is_punct(item_at(r, c->of.to + 1), '(')) return;
    int cell = cell_of(r, c->of.number), label = is_punct(item_at(r, 0), '|') ? 1 : 0;
    heading column = cell < r->n_columns ? r->columns[cell] : (heading){0};
    heading row = is_count(item_at(r, label)) ? (heading){0} : heading_of(r, label, cell_end(r, label));
    uint8_t category = column.category                               ? column.category
                       : row.category                                ? row.category
                       : r->in_list && (row.people || column.people) ? r->list_heading.category
                                                                     : 0;
    if (!category || (r->n_columns && !column.category && !column.people)) return;
    c->of.group = column.group != EN_GROUP_ALL ? column.group : row.group;
    if (column.unit || row.unit) c->of.unit = column.unit ? column.unit : row.unit;
    c->of.known = true;
    c->of.group_said = c->of.group != EN_GROUP_ALL;
    c->of.no_victim = false;
    c->by = (predicate){.how = FOUND_LIST, .category = (uint8_t)(category - 1), .item = -1, .complement = -1};
}

/* --- lists --- */

void follow_list(reading *r) {
    follow_table(r);
    if (!r->in_list || r->tokens.list_item || !r->tokens.paragraph_start) return;
    const item *last = item_at(r, r->list.n - 1);
    bool line = (r->tokens.unended || is_punct(last, ';')) && r->list.n < LINE_ITEMS;
    if (!line) r->in_list = false;
}

/* A short line of words that ends without a full stop and names an act: the title of a list. */
static bool is_title(const reading *r, const heading *h) {
    if (!r->tokens.unended || !r->tokens.paragraph_start || r->tokens.list_item || r->list.n > TITLE_ITEMS)
        return false;
    if (!h->category || has_count(r) || cell_of(r, r->list.n - 1)) return false;
    for (int i = 0; i < r->list.n; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is_any(item_at(r, i), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_REPORT)))
            return false;
    return true;
}

void keep_list_heading(reading *r) {
    heading h = heading_of(r, 0, r->list.n);
    if (r->tokens.ends_colon) {
        r->list_heading = h;
        r->list_titled = false;
    } else if (is_title(r, &h)) {
        if (!r->in_list) r->list_speaker = (speaker_words){0};
        r->in_list = r->list_titled = true;
        r->list_heading = h;
    }
}

/* Whether a bare number is all its item of the list says: "12 in Dorva", "Kelm: 12". */
static bool stands_alone(const reading *r, const counted *of) {
    const item *before = item_at(r, of->from - 1), *next = item_at(r, of->to + 1);
    bool first = of->from <= 1 && (of->from == 0 || before->kind == ITEM_PUNCT);
    bool labelled = is_punct(before, ':') || is_punct(before, 0x2013) || is_punct(before, '-') || is_punct(before, '=');
    bool ends = next->kind == ITEM_PUNCT || next->kind == ITEM_DATE ||
                is_any(next, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_CONJUNCTION));
    return (first || labelled) && ends && next->punct != '/' && next->punct != '%';
}

/* Under a title, which may stand over prose too: the phrase is the first of a short line, or its label ends before it.
 */
static bool leads_line(const reading *r, const counted *of) {
    if (!r->tokens.unended && !is_punct(item_at(r, r->list.n - 1), ';') && r->list.n > 2 * TITLE_ITEMS) return false;
    for (int i = of->from - 1; i >= 0; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, ':') || is_punct(w, 0x2013)) return true;
        if (w->kind == ITEM_WORD && !is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADVERB)))
            return false;
    }
    return true;
}

void find_list_verb(const reading *r, candidate *c) {
    if (has_predicate(c) || !r->in_list || !r->list_heading.category || c->of.no_victim || c->by.agent || c->by.other)
        return;
    if (r->list_titled && !leads_line(r, &c->of)) return;
    if (!c->of.known && c->of.head >= 0) return;
    int before = c->of.from - 2;
    bool label = c->of.head < 0 && is_any(item_at(r, before), LEX_BIT(LEX_NOUN));
    if (!c->of.known && !label && !stands_alone(r, &c->of)) return;
    if (label) {
        const lex_sense *n = sense(item_at(r, before), LEX_NOUN);
        c->of.group = n->a;
        c->of.unit = n->b;
        c->of.whom_from = c->of.whom_to = (int16_t)before;
    } else if (!c->of.known) {
        c->of.group = r->list_heading.group;
        if (r->list_heading.unit) c->of.unit = r->list_heading.unit;
    }
    c->of.known = true;
    c->by = (predicate){
        .how = FOUND_LIST, .category = (uint8_t)(r->list_heading.category - 1), .item = -1, .complement = -1};
}

/* "Civilian casualties (cumulative): killed 412": of whom, as the label says it that opens the sentence. */
void take_label_group(const reading *r, candidate *c) {
    if (c->of.head >= 0 || c->of.group_said || c->of.group != EN_GROUP_ALL || !has_predicate(c)) return;
    int colon = -1;
    for (int i = 0; i < c->of.from && colon < 0; i++) {
        if (is_count(item_at(r, i))) return;
        if (is_punct(item_at(r, i), ':')) colon = i;
    }
    if (colon < 0 || colon > TITLE_ITEMS || item_at(r, c->of.number)->quote) return;
    heading h = heading_of(r, 0, colon);
    bool of_them = colon == 1 && h.people &&
                   !is_any(item_at(r, 0), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE)); /* "Women: 88 killed" */
    if (h.group == EN_GROUP_ALL || !(h.category || of_them)) return;
    c->of.group = h.group;
    c->of.group_said = true;
}
