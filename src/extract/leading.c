/* What befell those counted, in languages whose verb leads its clause: قتل في الهجوم أمس 12 جنديا.
 *
 * Between the verb and the number may stand its subject, a place, a day, an aside between commas or a relative clause;
 * what begins another clause ends the search. */
#include "extract/reading.h"

enum { LEAD_ITEMS = 26, ASIDE_ITEMS = 16 };

/* The item that opens what `at` closes, a comma or a bracket, where no number counts in between; -1 none. */
static int opened_at(const reading *r, int at) {
    char32_t open = is_punct(item_at(r, at), ')') ? '(' : ',';
    for (int i = at - 1; i >= 0 && i > at - ASIDE_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, open)) return i;
        if (w->kind == ITEM_NUMBER && !(w->flags & (ITEM_NO_COUNT | ITEM_USED))) return -1;
        if (is_punct(w, ';') || is_punct(w, '.')) return -1;
    }
    return -1;
}

/* Whether the word at `at` is a noun without an article: what follows it may describe it without a pronoun. */
static bool indefinite_noun(const reading *r, int at) {
    const item *w = item_at(r, at);
    if (w->kind != ITEM_WORD) return false;
    uint64_t nouns = LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_BODY);
    if (!is_any(w, nouns) && !is_unknown(w)) return false;
    return !(w->flags & ITEM_JOINED && is(item_at(r, at - 1), LEX_DETERMINER));
}

/* The start of the relative clause whose verb stands at `verb`; `verb` itself where it begins a clause of its own. */
static int relative_before(const reading *r, int verb) {
    int at = verb - 1;
    while (is_any(item_at(r, at), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_ADVERB)) &&
           item_at(r, at)->kind == ITEM_WORD)
        at--;
    if (is(item_at(r, at), LEX_RELATIVE)) return at;
    return at == verb - 1 && indefinite_noun(r, at) ? verb - 1 : verb;
}

static bool begins_clause(const item *w) {
    if (is_any(w, LEX_BIT(LEX_THAT) | LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_ACCORDING) | LEX_BIT(LEX_PART) |
                      LEX_BIT(LEX_TOLL) | LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_AGAINST)))
        return true;
    const lex_sense *c = sense(w, LEX_CONJUNCTION);
    return c && c->a == 3;
}

static const lex_sense *fitting(const item *w, uint8_t unit, bool clean) {
    unsigned voices = VOICE_ACTIVE | VOICE_LEADING | VOICE_PASSIVE | VOICE_INTRANSITIVE;
    const lex_sense *v = verb_sense(w, unit, voices | (clean ? VOICE_NOMINAL : 0));
    return v && !(is(w, LEX_NOUN) && !(v->b & VOICE_LEADING)) ? v : NULL;
}

static void scan_back(const reading *r, const counted *of, predicate *out);

void scan_leading(const reading *r, const counted *of, predicate *out) {
    scan_back(r, of, out);
    const item *w = item_at(r, of->from - 1);
    const lex_sense *n = w->kind == ITEM_WORD ? sense(w, LEX_NOUN) : NULL;
    if (out->how != FOUND_NOT || !n || !n->c || n->b != EN_UNIT_REMAINS) return;
    *out = (predicate){.how = FOUND_LEFT, /* "the bodies of 9 people": found, unless a verb says more */
                       .category = (uint8_t)(n->c - 1),
                       .item = (int16_t)(of->from - 1),
                       .complement = -1,
                       .of_unit = (uint8_t)(n->b + 1)};
}

static void scan_back(const reading *r, const counted *of, predicate *out) {
    uint8_t unit = of->unit;
    bool clean = true; /* nothing but asides, days and small words passed */
    for (int at = of->from - 1; at >= 0 && at > of->from - LEAD_ITEMS; at--) {
        const item *w = item_at(r, at);
        bool first = at == of->from - 1;
        if (w->flags & ITEM_USED || w->kind == ITEM_DATE || w->kind == ITEM_CODE || is_punct(w, '"')) continue;
        if (is_punct(w, ',') || is_punct(w, ')')) {
            at = opened_at(r, at);
            if (at < 0) return;
            continue;
        }
        if (w->kind == ITEM_NUMBER && w->flags & ITEM_NO_COUNT) continue;
        if (w->kind != ITEM_WORD || (first && is(w, LEX_CONJUNCTION))) return;
        const lex_sense *v = fitting(w, unit, clean);
        if (v) {
            *out = (predicate){.how = FOUND_LEFT,
                               .category = v->a,
                               .weak = v->c == 1,
                               .choosy = v->c == 2,
                               .finite = true,
                               .item = (int16_t)at,
                               .complement = -1,
                               .of_unit = (uint8_t)(unit != of->unit ? unit + 1 : 0)};
            return;
        }
        const lex_sense *n = sense(w, LEX_NOUN);
        if (clean && n && n->c && n->b == EN_UNIT_REMAINS) unit = n->b; /* "the bodies of 9 people" */
        if (begins_clause(w) || (is(w, LEX_REPORT) && !n)) return;
        if (is_any(w, LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_VERB)) && !n && !is(w, LEX_NOT_VICTIM)) {
            int start = relative_before(r, at);
            if (start == at && is(w, LEX_VERB_OTHER)) return;
            at = start;
        }
        clean &= is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_BOUND) | LEX_BIT(LEX_FILLER) |
                               LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_POSSESSIVE)) ||
                 (n && n->b == EN_UNIT_REMAINS);
    }
}
