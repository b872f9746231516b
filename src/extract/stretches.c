/* How far the noun phrases of a sentence reach, as those of who speaks. */
#include "extract/phrases.h"

enum { SUBJECT_ITEMS = 28, BRACKET_ITEMS = 12 };

bool is_caps(const item *w) { return w->kind == ITEM_WORD && (w->flags & ITEM_CAPITAL); }

bool in_name(const item *w) { /* small words inside names */
    return w->kind == ITEM_WORD && w->end - w->start <= 3 &&
           !is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_SUBORDINATOR) |
                          LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_BY));
}

/* A noun behind a word with the article: where only the last noun of a phrase has it, another phrase begins, "the
 * parliament | the law"; an adjective or a title goes on. */
static bool second_definite(const reading *r, int i) {
    bool article = is(item_at(r, i), LEX_DETERMINER) && item_at(r, i + 1)->flags & ITEM_JOINED;
    const item *noun = item_at(r, article ? i + 1 : i), *before = item_at(r, i - 1);
    uint64_t goes_on = LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_TITLE);
    uint64_t bodies = LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_INSTRUMENT) | LEX_BIT(LEX_LEGISLATURE);
    uint64_t things = LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_ACCUSE);
    if (noun->kind != ITEM_WORD || is_any(noun, goes_on) || is(before, LEX_TITLE) ||
        (!article && noun->flags & ITEM_JOINED))
        return false;
    if (!is_any(noun, bodies) && !(article && is_any(noun, things))) return false;
    return before->kind == ITEM_WORD && before->flags & ITEM_JOINED && is(item_at(r, i - 2), LEX_DETERMINER);
}

/* "Announced the governor the injury of 12", "put the office the number of dead": what is said begins. */
static bool begins_object(const reading *r, int i) {
    const item *w = item_at(r, i), *next = item_at(r, i + 1);
    const lex_sense *act = verb_sense(w, EN_UNIT_PERSON, VOICE_NOMINAL);
    return is(w, LEX_TOLL) || (act && (next->kind == ITEM_NUMBER || is(next, LEX_BOUND)));
}

/* "Said a source to the agency": a body behind a joined preposition hears, unless what has an article is of it. */
static bool is_heard(const reading *r, int i) {
    const item *w = item_at(r, i), *body = item_at(r, i + 1);
    bool to = is(w, LEX_PREPOSITION) && !is(w, LEX_DETERMINER) && is(body, LEX_BODY) && body->flags & ITEM_JOINED;
    for (int k = i - 1; to && k >= 0 && k > i - 6 && item_at(r, k)->kind == ITEM_WORD; k--)
        to = !is(item_at(r, k), LEX_DETERMINER);
    return to;
}

/* "Announced the minister the rise of the toll": where verbs lead, a name ends before the noun of an act. */
static bool ends_before_said(const reading *r, int i, bool verbal) {
    const item *w = item_at(r, i);
    bool act = (verbal || is_any(w, LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_VERB_OTHER))) && !is(w, LEX_NOUN);
    return act || is(w, LEX_CONTESTED) || second_definite(r, i) || begins_object(r, i) || is_heard(r, i);
}

bool ends_noun_phrase(const reading *r, int i) {
    const item *w = item_at(r, i);
    if (w->kind == ITEM_PUNCT)
        return !((w->punct == '-' && w->flags & ITEM_JOINED) || w->punct == '.' || w->punct == '\'' ||
                 w->punct == '&' || w->punct == '/');
    if (w->kind == ITEM_DATE) return !is(item_at(r, i + 1), LEX_BY); /* "released on Monday by the ministry" */
    if (w->kind != ITEM_WORD) return false;
    const lex_sense *c = sense(w, LEX_CONJUNCTION);
    bool article = item_at(r, i + 1)->flags & ITEM_JOINED && is(item_at(r, i + 1), LEX_DETERMINER);
    if (c && c->a == 1 && article) return false; /* وزارة الصحة والسكان */
    if (c && is(item_at(r, i + 1), LEX_OF) && is_caps(item_at(r, i + 2)) && is_caps(item_at(r, i - 1))) return false;
    if (c)
        return c->a != 1 ||
               !(is_caps(item_at(r, i + 1)) || is_any(item_at(r, i + 1), LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_NOUN))) ||
               is_any(item_at(r, i - 1), LEX_BIT(LEX_VERB));
    if (is(w, LEX_THAT) && is(w, LEX_DETERMINER) && is(item_at(r, i - 1), LEX_OF)) return false; /* "of that year" */
    bool noun = r->lex->verb_first && w->flags & ITEM_JOINED && is(item_at(r, i - 1), LEX_DETERMINER);
    if (noun) return false; /* what has an article is no verb: شبكة الرصد */
    if (is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_SUBORDINATOR) |
                      LEX_BIT(LEX_RELATIVE)) &&
        !is_any(w, LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_REPORT_NOUN)))
        return true;
    uint64_t things = LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_NOT_VICTIM) |
                      LEX_BIT(LEX_INSTRUMENT) | LEX_BIT(LEX_REPORT_NOUN) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) |
                      LEX_BIT(LEX_ADJECTIVE);
    if (is_any(w, LEX_BIT(LEX_ADOPT) | LEX_BIT(LEX_DEMAND) | LEX_BIT(LEX_MODE) | LEX_BIT(LEX_ACCUSE) |
                      LEX_BIT(LEX_IMPLEMENTATION)) &&
        !is_any(w, things) && !is_caps(w))
        return true;
    bool verbal = is(w, LEX_VERB) && !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE));
    if (r->lex->verb_first) return ends_before_said(r, i, verbal);
    return verbal && !is_caps(w) && !is_any(item_at(r, i + 1), LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_BODY)) &&
           !is(item_at(r, i - 1), LEX_REPORT_NOUN); /* "figures released …" */
}

bool has(const reading *r, stretch s, uint64_t mask) {
    for (int i = s.from; i <= s.to; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is_any(item_at(r, i), mask)) return true;
    return false;
}

int last_of(const reading *r, stretch s, lex_class class) {
    for (int i = s.to; i >= s.from; i--)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), class)) return i;
    return -1;
}

/* Drops "On Tuesday", "In Dorva" before the subject proper. */
static stretch without_lead(const reading *r, stretch s) {
    while (s.from <= s.to) {
        const item *w = item_at(r, s.from);
        if (w->kind != ITEM_WORD) {
            s.from++;
            continue;
        }
        if (is_any(w, LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_HYPOTHETICAL)) &&
            !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE))) {
            s.from++;
            continue;
        }
        if (before_day(r, s.from) && s.from + 1 < s.to) {
            s.from += 2;
            continue;
        }
        if (!is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_PLACE))) break;
        int i = s.from + 1;
        if (is(item_at(r, i), LEX_DETERMINER)) i++;
        int subject = 0;
        for (int k = i + 1; k <= s.to && !subject; k++)
            if (is(item_at(r, k), LEX_DETERMINER) &&
                !is_any(item_at(r, k - 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_CONJUNCTION)))
                subject = k;
        if (subject) {
            s.from = subject;
            break;
        }
        bool caps = is_caps(item_at(r, i));
        while (i <= s.to && item_at(r, i)->kind == ITEM_WORD && is_caps(item_at(r, i)) == caps &&
               !is(item_at(r, i), LEX_DETERMINER))
            i++;
        if (i > s.to) break;
        s.from = i;
    }
    return s;
}

/* "Senator Quell (Land and Labour)": what stands before the bracket that closes at `end`. */
static int before_bracket(const reading *r, int end) {
    if (!is_punct(item_at(r, end), ')')) return end;
    int open = end - 1;
    while (open > 0 && end - open < BRACKET_ITEMS && !is_punct(item_at(r, open), '(')) open--;
    return open > 0 && is_punct(item_at(r, open), '(') ? open - 1 : end;
}

stretch phrase_left(const reading *r, int end) {
    end = before_bracket(r, end);
    int from = end;
    while (from > 0 && end - from < SUBJECT_ITEMS && !ends_noun_phrase(r, from - 1) &&
           item_at(r, from - 1)->quote == item_at(r, end)->quote)
        from--;
    return without_lead(r, (stretch){from, end});
}

/* A comma inside the name of a body: "Commission on Prisoners, Hostages and Missing Persons". */
static bool comma_in_name(const reading *r, int comma) {
    if (!is_punct(item_at(r, comma), ',') || !is_caps(item_at(r, comma - 1)) || !is_caps(item_at(r, comma + 1)))
        return false;
    for (int i = comma + 1; i < comma + 7; i++) {
        const item *w = item_at(r, i);
        if (is(w, LEX_CONJUNCTION)) return is_caps(item_at(r, i + 1)) && !is_punct(item_at(r, i - 1), ',');
        if (!is_caps(w) && !is_punct(w, ',')) return false;
    }
    return false;
}

static bool bodies_before(const reading *r, int from, int to) {
    for (int i = from; i <= to; i++)
        if (is_any(item_at(r, i), LEX_BIT(LEX_BODY)) && is_caps(item_at(r, i))) return true;
    return false;
}

stretch phrase_right(const reading *r, int from) {
    int to = from - 1;
    while (to + 1 < r->list.n && to - from < SUBJECT_ITEMS) {
        const item *w = item_at(r, to + 1);
        if (ends_noun_phrase(r, to + 1) && !(comma_in_name(r, to + 1) && bodies_before(r, from, to))) break;
        if (w->kind == ITEM_PUNCT && w->punct == '.' && to + 2 >= r->list.n) break;
        bool issued =
            is(w, LEX_BY) && has(r, (stretch){from, to}, LEX_BIT(LEX_REPORT_NOUN)); /* "the figures given by" */
        bool noun = w->flags & ITEM_JOINED && is(item_at(r, to), LEX_DETERMINER);   /* الفجر */
        if (to >= from && is(w, LEX_PLACE) && !noun && !is_caps(w) && !issued &&
            (r->lex->verb_first || !has(r, (stretch){from, to}, LEX_BIT(LEX_OFFICE))))
            break;
        if (w->kind == ITEM_NUMBER) break;
        if (is(w, LEX_BY) && to >= from && !has(r, (stretch){from, to}, LEX_BIT(LEX_REPORT_NOUN))) break;
        to++;
    }
    while (to > from && is_any(item_at(r, to), LEX_BIT(LEX_PLACE) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_ADVERB)) &&
           !is_caps(item_at(r, to)) &&
           !(item_at(r, to)->flags & ITEM_JOINED && is(item_at(r, to - 1), LEX_DETERMINER))) /* الفجر is a name */
        to--;
    return (stretch){from, to};
}

stretch without_articles(const reading *r, stretch s) {
    while (s.from <= s.to &&
           (item_at(r, s.from)->kind == ITEM_PUNCT ||
            (is(item_at(r, s.from), LEX_DETERMINER) && s.from < s.to &&
             !(item_at(r, s.from + 1)->flags & ITEM_JOINED && !r->lex->capitals)))) /* الجيش keeps it: it is joined */
        s.from++;
    while (s.to >= s.from && (item_at(r, s.to)->kind == ITEM_PUNCT ||
                              is_any(item_at(r, s.to), LEX_BIT(LEX_POSSESSIVE) | LEX_BIT(LEX_ADVERB)) ||
                              (r->lex->verb_first && is(item_at(r, s.to), LEX_DETERMINER))))
        s.to--;
    return s;
}
