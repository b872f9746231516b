/* The mode of a term: that of the nearest word of a mode in the clause before it, else behind it ("genocide was not
 * proved"). A word further out can outdo it ("declined to say whether it regarded …"), what follows can turn it ("that
 * genocide was committed had not been shown"), a negation reverses it, and recognising that is asked of others is
 * seeking. */
#include "extract/term_modes.h"

enum { BEFORE_ITEMS = 26, AFTER_ITEMS = 10, SEEKING_ITEMS = 16, NEGATION_ITEMS = 5, VOTED_ITEMS = 6, CHAIN_ITEMS = 12 };

#define MODE_BIT(kind) (1u << (kind))

static bool ends_search(const item *w) { return is_punct(w, ';') || is_punct(w, ':'); }

/* The mode that a word is of; a verb of denying is one too. -1 where it is of none. */
static int mode_kind(const item *w) {
    if (w->kind != ITEM_WORD) return -1;
    const lex_sense *mode = sense(w, LEX_MODE), *said = sense(w, LEX_REPORT);
    if (mode) return mode->a;
    return said && said->a == REPORT_DENIES ? EN_MODE_DENIES : -1;
}

static bool is_copula(const item *w) {
    const lex_sense *s = sense(w, LEX_MODE);
    return s && s->b;
}

static bool is_no(const item *w) {
    const lex_sense *a = w->kind == ITEM_WORD ? sense(w, LEX_AUXILIARY) : NULL;
    return w->kind == ITEM_WORD && (is(w, LEX_NEGATION) || (a && a->c));
}

bool is_negated(const reading *r, int at) {
    for (int i = at - 1; i >= at - NEGATION_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (is_no(w)) return true;
        bool set_off = is_punct(w, ',') && (is(item_at(r, i - 1), LEX_ADVERB) || is(item_at(r, i + 1), LEX_ADVERB));
        if (is_punct(w, '"') || set_off) continue; /* "cannot, therefore, accept" */
        if (w->kind != ITEM_WORD) return false;
        if (!is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ONE) |
                           LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) |
                           LEX_BIT(LEX_HYPOTHETICAL)))
            return false;
    }
    return false;
}

static int nearest_before(const reading *r, int at, int far) {
    for (int i = at - 1; i >= 0 && i > at - far && !ends_search(item_at(r, i)); i--)
        if (mode_kind(item_at(r, i)) >= 0) return i;
    return -1;
}

/* The first word after `at` of one of these modes; a further clause (`closed`) ends the search. */
static int first_after(const reading *r, int at, unsigned kinds, bool closed) {
    for (int i = at + 1; i < at + AFTER_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (ends_search(w) || is_punct(w, '.') || (closed && w->kind == ITEM_WORD && is(w, LEX_CONJUNCTION))) break;
        int kind = mode_kind(w);
        if (kind >= 0 && kinds & MODE_BIT(kind)) return i;
    }
    return -1;
}

int seeking_before(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i > at - SEEKING_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (ends_search(w)) return -1;
        if (w->kind == ITEM_WORD && is(w, LEX_DEMAND)) return i;
    }
    return -1;
}

/* "Voted on Tuesday to recognise", "the first state to recognise". */
static bool done_before(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i > at - VOTED_ITEMS; i--)
        if (item_at(r, i)->kind == ITEM_WORD && is_any(item_at(r, i), LEX_BIT(LEX_ADOPT) | LEX_BIT(LEX_ORDINAL)))
            return true;
    return false;
}

bool joined_to_other(const reading *r, int at) {
    int i = at - 1;
    while (item_at(r, i)->kind == ITEM_WORD && is_any(item_at(r, i), LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_AUXILIARY)) &&
           !is(item_at(r, i), LEX_CONJUNCTION))
        i--;
    return item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_CONJUNCTION);
}

/* What outdoes the mode after it: "withdrew its resolution describing …", "declined to say whether it regarded …",
 * "denied that they amounted to …". */
static int outdone_before(const reading *r, int at) {
    const unsigned STRONG = MODE_BIT(EN_MODE_WITHDRAWS) | MODE_BIT(EN_MODE_DECLINES) | MODE_BIT(EN_MODE_DENIES) |
                            MODE_BIT(EN_MODE_FINDS_NOT);
    if (joined_to_other(r, at)) return -1; /* "rejected the report and called it …": two verbs side by side */
    for (int i = at - 1; i >= 0 && i > at - SEEKING_ITEMS; i--) {
        int kind = mode_kind(item_at(r, i));
        if (ends_search(item_at(r, i))) return -1;
        if (kind >= 0 && STRONG & MODE_BIT(kind)) return i;
    }
    return -1;
}

/* "Dissented, writing that genocide had been proved": what a dissent says is said beside it. */
static bool is_dissent(const item *w) {
    const lex_sense *s = sense(w, LEX_MODE);
    return s && s->value;
}

static uint8_t reversed(uint8_t kind) {
    switch (kind) {
    case EN_MODE_FINDS: return EN_MODE_FINDS_NOT;
    case EN_MODE_ASSERTS:
    case EN_MODE_RECOGNISES: return EN_MODE_DENIES;
    default: return kind;
    }
}

/* Recognising or finding that is asked of others. */
static void find_seeking(const reading *r, mode_found *m) {
    int asked = m->item;
    if (m->kind == EN_MODE_ASSERTS &&
        is_copula(item_at(r, m->item))) { /* "asked the court to find that … constitute" */
        int outer = nearest_before(r, m->item, CHAIN_ITEMS);
        int kind = outer >= 0 ? mode_kind(item_at(r, outer)) : -1;
        if (kind != EN_MODE_FINDS && kind != EN_MODE_RECOGNISES && kind != EN_MODE_SEEKS) return;
        asked = outer;
    } else if (m->kind == EN_MODE_ASSERTS) { /* "asked the State to call it …" */
        const item *to = item_at(r, m->item - 1);
        if (to->kind != ITEM_WORD || !is(to, LEX_PREPOSITION)) return;
    } else if (m->kind != EN_MODE_RECOGNISES && m->kind != EN_MODE_SEEKS && m->kind != EN_MODE_FINDS) {
        return;
    }
    int by = seeking_before(r, asked);
    bool finds = mode_kind(item_at(r, asked)) == EN_MODE_FINDS; /* "was asked for a ruling and found that …" */
    const item *led = item_at(r, asked - 1);
    if (by >= 0 && finds && !(led->kind == ITEM_WORD && is_any(led, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_THAT))))
        return;
    m->seeking = by;
    if (by >= 0)
        m->kind = EN_MODE_SEEKS;
    else if (m->kind == EN_MODE_SEEKS && done_before(r, m->item))
        m->kind = EN_MODE_RECOGNISES;
}

/* What follows the term can turn what stands before it. */
static void turn_by_what_follows(const reading *r, int term, mode_found *m) {
    if (is_dissent(item_at(r, m->item)) && m->kind == EN_MODE_FINDS_NOT) {
        int found = first_after(r, term, MODE_BIT(EN_MODE_FINDS), true);
        if (found >= 0 && !is_negated(r, found)) m->kind = EN_MODE_FINDS;
        return;
    }
    if (m->kind != EN_MODE_FINDS && m->kind != EN_MODE_ASSERTS && m->kind != EN_MODE_RECOGNISES) return;
    if (first_after(r, term, MODE_BIT(EN_MODE_FINDS_NOT), true) >= 0) m->kind = EN_MODE_FINDS_NOT;
    int silent = first_after(r, term, MODE_BIT(EN_MODE_DECLINES), true);
    bool asked = false; /* "whether it regarded it as … she would not say" */
    for (int i = m->item - 1; silent >= 0 && i >= 0 && i > m->item - CHAIN_ITEMS; i--)
        asked |= item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_HYPOTHETICAL);
    if (asked) m->kind = EN_MODE_DECLINES;
}

mode_found mode_of(const reading *r, int term) {
    const unsigned BEHIND = MODE_BIT(EN_MODE_FINDS_NOT) | MODE_BIT(EN_MODE_DENIES) | MODE_BIT(EN_MODE_DECLINES) |
                            MODE_BIT(EN_MODE_FINDS) | MODE_BIT(EN_MODE_RECOGNISES);
    mode_found m = {.item = nearest_before(r, term, BEFORE_ITEMS), .seeking = -1};
    bool behind = m.item < 0;
    if (behind) m.item = first_after(r, term, BEHIND, false);
    if (m.item < 0) return m;
    m.kind = (uint8_t)mode_kind(item_at(r, m.item));
    bool plain =
        m.kind == EN_MODE_ASSERTS || m.kind == EN_MODE_RECOGNISES || m.kind == EN_MODE_FINDS || m.kind == EN_MODE_SEEKS;
    int outdone = plain && !behind ? outdone_before(r, m.item) : -1;
    if (outdone >= 0 && !is_dissent(item_at(r, outdone))) {
        m.item = outdone;
        m.kind = (uint8_t)mode_kind(item_at(r, outdone));
        return m;
    }
    find_seeking(r, &m);
    if (!behind && m.kind != EN_MODE_SEEKS) turn_by_what_follows(r, term, &m);
    bool no = is_negated(r, m.item) || (is_negated(r, term) && m.kind != EN_MODE_RECOGNISES);
    if (no || (is_no(item_at(r, term - 1)) && m.item < term)) m.kind = reversed(m.kind);
    return m;
}
