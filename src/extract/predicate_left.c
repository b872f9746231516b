/* The verb or noun of an act before a counted phrase: "killing 12", "the deaths of 12". */
#include "extract/predicate.h"

enum { ADJUNCT_ITEMS = 14, COPULA_ITEMS = 8 };

/* The noun of an act with "of" after it at `of`: "the deaths of", "the bodies of". */
static bool nominal_before(const reading *r, const counted *c, int of, predicate *out) {
    for (int i = of - 1; i >= of - 4 && i >= 0; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) return false;
        const lex_sense *v = verb_sense(w, c->unit, VOICE_NOMINAL);
        if (v) return found(out, FOUND_LEFT, v, i, true), true;
        const lex_sense *n = sense(w, LEX_NOUN);
        if (n && n->c && (n->value || n->b == EN_UNIT_REMAINS || n->b == EN_UNIT_REPORT)) {
            *out = (predicate){.how = FOUND_LEFT,
                               .category = (uint8_t)(n->c - 1),
                               .item = (int16_t)i,
                               .complement = -1,
                               .of_unit = (uint8_t)(n->b + 1)};
            return true;
        }
        if (!(is_unknown(w) || is_any(w, LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_ADVERB)))) return false;
    }
    return false;
}

/* "killed a woman and two children": the verb whose first object is nobody counted; the joint itself where there is
 * none. */
static int object_before(const reading *r, int joint) {
    for (int i = joint - 1; i >= 0 && i > joint - 10; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD && w->kind != ITEM_DATE) return joint;
        unsigned voices = VOICE_ACTIVE | (r->lex->verb_first ? VOICE_LEADING | VOICE_NOMINAL : 0);
        bool verb = is(w, LEX_VERB) && sense(w, LEX_VERB)->b & voices;
        if (verb && is_any(item_at(r, i + 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_NOUN) |
                                                  LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_OFFICE)))
            return i;
        if (is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_REPORT) |
                          LEX_BIT(LEX_THAT) | LEX_BIT(LEX_VERB_OTHER)) &&
            !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_DETERMINER)))
            return joint;
    }
    return joint;
}

/* "Mataron en la aldea de T. a 12", "fueron detenidas el lunes 145": the verb before days, adverbs and phrases of place
 * that stand between it and those counted, where a verb may stand before its subject; -1 none. */
static int over_adjuncts(const reading *r, int at, bool *comma) {
    uint64_t ends = LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_PART) |
                    LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_AGAINST) | LEX_BIT(LEX_TOLL) | LEX_BIT(LEX_VERB_OTHER);
    *comma = false;
    if (is_any(item_at(r, at), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_BY))) return -1;
    for (int i = at; i >= 0 && i > at - ADJUNCT_ITEMS; i--) {
        const item *w = item_at(r, i), *next = item_at(r, i + 1);
        *comma |= is_punct(w, ',');
        if (w->kind == ITEM_PUNCT && w->punct != ',' && w->punct != '"') return -1;
        if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT)) return -1;
        if (w->kind != ITEM_WORD) continue;
        if (is(w, LEX_VERB) && !(is(w, LEX_NOUN) && !has_auxiliary(r, i))) {
            bool adjunct =
                i < at && (next->kind == ITEM_DATE || before_day(r, i + 1) || is_punct(next, ',') ||
                           is_any(next, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_PLACE) | LEX_BIT(LEX_ADVERB)));
            return adjunct && !is_any(next, LEX_BIT(LEX_BY)) ? i : -1;
        }
        if (is_any(w, ends) && !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_PREPOSITION))) return -1;
        if (is(w, LEX_AUXILIARY) && !is(w, LEX_PREPOSITION)) return -1;
    }
    return -1;
}

/* "Killed, according to the governor, 12", "detained on Tuesday 14": the verb before a day or an aside between commas,
 * in a language whose object follows its verb; -1 none. */
static int over_aside(const reading *r, int at) {
    int i = at;
    if (is(item_at(r, i), LEX_NOT_VICTIM) && item_at(r, i - 1)->kind == ITEM_DATE) i--; /* "Sunday morning" */
    if (item_at(r, i)->kind == ITEM_DATE) {
        while (i >= 0 &&
               (item_at(r, i)->kind == ITEM_DATE ||
                is_any(item_at(r, i), LEX_BIT(LEX_DATE_WORD) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_DETERMINER))))
            i--;
    } else if (is_punct(item_at(r, i), ',')) {
        for (i--; i >= 0 && i > at - ADJUNCT_ITEMS && item_at(r, i)->kind == ITEM_WORD;) i--;
        if (!is_punct(item_at(r, i), ',')) return -1;
        i--;
    }
    const item *w = item_at(r, i);
    bool active = i < at && w->kind == ITEM_WORD && verb_sense(w, EN_UNIT_PERSON, VOICE_ACTIVE) && !is(w, LEX_NOUN);
    return active && !has_auxiliary(r, i) ? i : -1;
}

/* "Жертвами обстрела стали 12", "пропавшими числятся 45": what they are said to be, before the verb that says so; -1.
 */
static int over_copula(const reading *r, const counted *of, int at) {
    const lex_sense *be = item_at(r, at)->kind == ITEM_WORD ? sense(item_at(r, at), LEX_AUXILIARY) : NULL;
    uint64_t ends = LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_PART) |
                    LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_TOLL) | LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_AUXILIARY);
    if (r->lex->compounds || !be || !be->b || is(item_at(r, at), LEX_VERB)) return -1;
    for (int i = at - 1; i >= 0 && i > at - COPULA_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_PUNCT || w->kind == ITEM_NUMBER) return -1;
        if (w->kind != ITEM_WORD) continue;
        if (verb_sense(w, of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE | VOICE_STATUS)) return i;
        if (is_any(w, ends) && !is_any(w, LEX_BIT(LEX_PREPOSITION))) return -1;
    }
    return -1;
}

void scan_left(const reading *r, const counted *of, predicate *out, bool *weakly) {
    *weakly = false;
    int at = before_phrase(r, of);
    const item *w = item_at(r, at);
    bool comma = false, shared = false;
    int copula = r->lex->verb_first ? -1 : over_copula(r, of, at);
    if (copula >= 0) {
        const lex_sense *said =
            verb_sense(item_at(r, copula), of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE | VOICE_STATUS);
        found(out, FOUND_LEFT, said, copula, true);
        return;
    }
    int over = r->lex->verb_first  ? -1 /* leading.c */
               : r->lex->compounds ? over_aside(r, at)
                                   : over_adjuncts(r, at, &comma);
    if (w->kind != ITEM_WORD && !is_punct(w, ',') && over < 0) return;
    if (is(w, LEX_OF) && nominal_before(r, of, at, out)) return;
    if (over >= 0)
        at = over, w = item_at(r, at);
    else if (is(w, LEX_CONJUNCTION) || is_punct(w, ','))
        at = object_before(r, at), w = item_at(r, at), shared = at < before_phrase(r, of);
    if (w->kind != ITEM_WORD) return;
    const lex_sense *active = verb_sense(w, of->unit, VOICE_ACTIVE);
    const lex_sense *nominal = verb_sense(w, of->unit, VOICE_NOMINAL);
    const lex_sense *other = verb_sense(w, of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE | VOICE_LEADING);
    const lex_sense *v = active ? active : nominal ? nominal : other;
    if (!v) return;
    bool passive = other && has_auxiliary(r, at);
    if (shared && !active && !r->lex->verb_first) return;
    if (over >= 0 && !active && !(v->b & VOICE_INTRANSITIVE) && !passive) return;
    *weakly = shared || comma || (r->lex->compounds && (passive || !(active || nominal)));
    found(out, FOUND_LEFT, v, at, true);
    const lex_sense *noun = v == nominal ? sense(w, LEX_NOUN) : NULL; /* "the bodies of", one phrase */
    if (noun && noun->b == EN_UNIT_REMAINS) out->of_unit = (uint8_t)(noun->b + 1);
    join_verbs(r, out, of->unit);
}
