/* What befell those a number counts: the verb or noun of its clause, looked for beside the phrase.
 *
 * In order: the noun itself where it is the event (12 deaths); a finite verb after it (were killed); a verb directly
 * before it (killing 12) or a noun and "of" (the death of 12); a participle directly after it (12 killed); a toll
 * (the toll rose to 12); the first thing said in the clause (among the dead were 12); what the noun implies (hostages).
 */
#include "extract/predicate.h"

enum { LATER_ITEMS = 16 };

const lex_sense *verb_sense(const item *i, uint8_t unit, unsigned voices) {
    const lex_sense *any = NULL;
    for (int s = 0; s < i->n_senses; s++) {
        const lex_sense *v = &i->senses[s];
        if (v->class != LEX_VERB || !(v->b & voices)) continue;
        if (v->value == unit + 1) return v;
        if (!v->value && !any) any = v;
    }
    if (any && unit == EN_UNIT_REMAINS &&
        !(any->a >= EN_FIGURE_REMAINS_RECOVERED && any->a <= EN_FIGURE_REMAINS_RETURNED))
        return NULL;
    return any;
}

void found(predicate *p, found_how how, const lex_sense *v, int at, bool finite) {
    *p = (predicate){.how = how,
                     .category = v->a,
                     .weak = v->c == 1,
                     .choosy = v->c == 2,
                     .finite = finite,
                     .item = (int16_t)at,
                     .complement = -1};
}

/* "killed and wounded", "killed or injured": casualties, where both are said of the same people. */
void join_verbs(const reading *r, predicate *p, uint8_t unit) {
    for (int side = -2; side <= 2; side += 4) {
        const lex_sense *c = sense(item_at(r, p->item + side / 2), LEX_CONJUNCTION);
        const item *other = item_at(r, p->item + side);
        const lex_sense *v = c && other->kind == ITEM_WORD ? verb_sense(other, unit, ~0u) : NULL;
        if (r->lex->verb_first && v && !(v->b & (VOICE_LEADING | VOICE_NOMINAL))) continue; /* of those before it */
        if (!v || (side > 0 && item_at(r, p->item + 3)->kind == ITEM_NUMBER)) continue;
        unsigned both = 1u << v->a | 1u << p->category;
        if (both == (1u << EN_FIGURE_KILLED | 1u << EN_FIGURE_INJURED)) p->category = EN_FIGURE_CASUALTIES;
    }
}

/* The item before the phrase, past its articles, "a further", "some". */
int before_phrase(const reading *r, const counted *of) {
    int at = of->from - 1;
    uint64_t passed = LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_FILLER) |
                      LEX_BIT(LEX_BOUND) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_LIGHT);
    while (at >= 0 && of->from - at < 6) {
        const item *w = item_at(r, at);
        bool quote = is_punct(w, '"') && w->flags & ITEM_OPENS;
        if (is(w, LEX_RANGE) && item_at(r, at - 1)->kind == ITEM_NUMBER) break;
        if (!quote &&
            !(w->kind == ITEM_WORD && is_any(w, passed) &&
              !is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_PART) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_AUXILIARY))))
            break;
        at--;
    }
    return at;
}

/* Whether the verb at `at` is in the passive, its auxiliary before it. */
bool has_auxiliary(const reading *r, int at) {
    for (int i = at - 1; i >= at - 4; i--) {
        const item *w = item_at(r, i);
        const lex_sense *a = w->kind == ITEM_WORD ? sense(w, LEX_AUXILIARY) : NULL;
        if (a) return a->b;
        if (!is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_LIGHT))) return false;
    }
    return false;
}

/* "Said one survivor": those counted speak. */
static bool told_by(const reading *r, int at) {
    const item *w = item_at(r, at);
    if (is(w, LEX_ACCORDING)) return true;
    const lex_sense *s = w->kind == ITEM_WORD ? sense(w, LEX_REPORT) : NULL;
    if (s && is_punct(item_at(r, at - 1), '"')) return true;
    for (int i = 0; s && i < w->n_senses; i++)
        if (w->senses[i].class == LEX_REPORT && w->senses[i].a >= REPORT_COUNTS) return false;
    return s != NULL;
}

static void of_noun(const counted *of, predicate *out) {
    *out = (predicate){.how = FOUND_NOUN, .category = (uint8_t)(of->category - 1), .item = of->head, .complement = -1};
}

/* "Have never been identified". */
static bool negated_before(const reading *r, int verb) {
    for (int i = verb - 1; i >= 0 && i > verb - 5; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) return false;
        if (is(w, LEX_NEGATION)) return true;
        if (!is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_PRONOUN)))
            return false;
    }
    return false;
}

/* Bodies and remains: the nearest verb says whether they were found, identified or returned. */
static bool remains_verb(const reading *r, const counted *of, predicate *out) {
    bool ended[2] = {false, false};
    for (int k = 1; k < 12; k++)
        for (int side = 0; side < 2; side++) {
            int i = side ? of->from - k : of->to + k;
            const item *w = item_at(r, i);
            if (ended[side] || i < 0 || i >= r->list.n) continue;
            bool part = w->kind == ITEM_WORD && is(w, LEX_PART) && (!side || !is(w, LEX_PREPOSITION));
            ended[side] = is_punct(w, ';') || is_punct(w, '.') || part ||
                          (w->kind == ITEM_NUMBER && !(w->flags & (ITEM_NO_COUNT | ITEM_USED)) && i != of->number &&
                           i != of->of_number); /* "63 bodies, of which 41 have been identified" */
            const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, EN_UNIT_REMAINS, ~0u) : NULL;
            if (!v || v->a < EN_FIGURE_REMAINS_RECOVERED || v->a > EN_FIGURE_REMAINS_RETURNED) continue;
            if (is(w, LEX_NOUN) && sense(w, LEX_NOUN)->b == EN_UNIT_REMAINS) continue; /* "the bodies of" themselves */
            found(out, side ? FOUND_LEFT : FOUND_RIGHT, v, i, true);
            if (v->a == EN_FIGURE_REMAINS_IDENTIFIED && negated_before(r, i))
                out->category = EN_FIGURE_REMAINS_UNIDENTIFIED;
            return true;
        }
    return false;
}

static bool crosses_comma(const reading *r, int from, int to) {
    for (int i = from + 1; i < to; i++)
        if (is_punct(item_at(r, i), ',')) return true;
    return false;
}

/* "Took 12 men from their homes and shot them", "sacaron a 12 y los mataron": of what was done to them a death is what
 * counts. */
static void take_later_death(const reading *r, const counted *of, predicate *p) {
    const lex_sense *first = p->how == FOUND_LEFT ? verb_sense(item_at(r, p->item), of->unit, VOICE_ACTIVE) : NULL;
    if (!first || p->category == EN_FIGURE_KILLED) return;
    for (int i = of->to + 1; i < of->to + LATER_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || is_punct(w, ':') || (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT))) return;
        if (!is_punct(w, ',') && !is(w, LEX_CONJUNCTION)) continue;
        int at = i + 1;
        while (at < i + 4 && is_any(item_at(r, at), LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_CONJUNCTION))) at++;
        bool them = is(item_at(r, at), LEX_PRONOUN);
        if (them) at++;
        const lex_sense *v =
            item_at(r, at)->kind == ITEM_WORD ? verb_sense(item_at(r, at), of->unit, VOICE_ACTIVE) : NULL;
        them |= is(item_at(r, at + 1), LEX_PRONOUN) && !is(item_at(r, at + 2), LEX_NOUN);
        if (!v || !them || v->a != EN_FIGURE_KILLED) continue;
        found(p, FOUND_LEFT, v, p->item, true);
        return;
    }
}

/* "The hospital took in 63 wounded": they are wounded, whatever else is done with them. */
static bool cared_for(const reading *r, const counted *of, const predicate *left, const predicate *right) {
    if (!governs(right) || right->item != of->to + 1 || right->category != EN_FIGURE_INJURED) return false;
    const lex_sense *n = sense(item_at(r, right->item), LEX_NOUN);
    return n && n->value && (left->category == EN_FIGURE_DISPLACED || left->category == EN_FIGURE_AFFECTED);
}

/* A verb after the phrase says nothing of those that a preposition before it binds to something else. */
static void loosen_right(const reading *r, const counted *of, predicate *right) {
    const item *before = item_at(r, before_phrase(r, of));
    bool in_phrase = before->kind == ITEM_WORD && is_any(before, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF)) &&
                     !is_any(before, LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_PART) | LEX_BIT(LEX_BETWEEN));
    if (in_phrase && governs(right) && !of->partitive && !right->relative &&
        (right->item > of->to + 3 || crosses_comma(r, of->to, right->item)))
        right->how = FOUND_NOT;
}

/* Whether, with a verb before and one after the phrase, the one after it says what befell those counted. */
static bool right_governs(const reading *r, const counted *of, const predicate *left, const predicate *right) {
    if (!governs(right)) return false;
    const item *verb = item_at(r, left->item);
    if (!of->partitive && is(verb, LEX_REPORT) && right->item <= of->to + 3) return true; /* "counted 12 dead" */
    bool beside = right->item == of->to + 1;
    if (left->weak && beside && (of->head < 0 || item_at(r, right->item)->words > 1 || r->lex->verb_first))
        return true; /* "took in 118 injured", "took 9,000 people to safety" */
    bool own_clause = right->finite && !beside && item_at(r, of->to + 1)->kind == ITEM_WORD &&
                      is(item_at(r, of->to + 1), LEX_AUXILIARY);
    return own_clause && left->item >= 0 && is(verb, LEX_VERB) && !sense(verb, LEX_VERB)->c &&
           has_auxiliary(r, left->item);
}

/* No verb beside the phrase: labels, tolls, what stands first. */
static void look_elsewhere(const reading *r, counted *of, const predicate *left, const predicate *right,
                           predicate *out) {
    scan_label(r, of, out);
    if (!governs(out)) scan_inverted(r, of, out);
    if (!governs(out)) scan_toll(r, of, out);
    if (!governs(out)) scan_front(r, of, out);
    if (!governs(out) && governs(left)) *out = *left;
    if (!governs(out)) out->agent = right->agent;
    out->copula = right->copula;
    out->complement = right->complement;
    out->other = right->other;
}

/* What the noun itself says befell them, or a participle before it, where no verb does; and whose captives they are. */
static void ask_noun(const reading *r, const counted *of, predicate *out) {
    bool taken = out->category == EN_FIGURE_DETAINED || out->category == EN_FIGURE_ABDUCTED;
    if (governs(out) && out->weak && of->category && taken) out->category = (uint8_t)(of->category - 1);
    bool elsewhere = out->other && of->category != EN_FIGURE_DISPLACED + 1 &&
                     of->category != EN_FIGURE_RETURNED_HOME + 1 && of->category != EN_FIGURE_MISSING + 1;
    if (!governs(out) && of->category && !out->agent && !elsewhere && !told_by(r, of->from - 1) &&
        !told_by(r, before_phrase(r, of)))
        of_noun(of, out);
    if (!governs(out) && of->status && !out->agent)
        *out =
            (predicate){.how = FOUND_NOUN, .category = (uint8_t)(of->status - 1), .item = of->number, .complement = -1};
}

/* "Тела двоих", "останки 82 павших": where a noun joins by its case alone, bodies before the number are what is told.
 */
static bool bodies_of(const reading *r, const counted *of) {
    const item *w = item_at(r, of->from - 1);
    const lex_sense *n = r->lex->inversion && w->kind == ITEM_WORD ? sense(w, LEX_NOUN) : NULL;
    return n && n->b == EN_UNIT_REMAINS && of->unit == EN_UNIT_PERSON && !of->no_victim;
}

/* "The death of six wounded", "the remains of 39 dead", where a noun takes its genitive with no word between: the act
 * or the bodies outdo what those counted were. */
static bool outdone_by_act(const reading *r, const counted *of) {
    const item *w = item_at(r, before_phrase(r, of));
    if (w->kind != ITEM_WORD) return false;
    const lex_sense *n = sense(w, LEX_NOUN), *act = verb_sense(w, of->unit, VOICE_NOMINAL);
    if (n && n->b == EN_UNIT_REMAINS) return true;
    return act && !act->c && act->a == EN_FIGURE_KILLED && of->category != EN_FIGURE_KILLED + 1;
}

void find_predicate(const reading *r, counted *given, predicate *out) {
    if (bodies_of(r, given)) {
        given->unit = EN_UNIT_REMAINS;
        given->category = EN_FIGURE_REMAINS_RECOVERED + 1;
        given->strong = false;
    }
    counted of = *given;
    predicate left = {.item = -1, .complement = -1}, right = left;
    *out = left;
    if (of.category && of.strong && !(r->lex->verb_first && outdone_by_act(r, &of))) {
        of_noun(&of, out);
        return;
    }
    const item *before = item_at(r, before_phrase(r, &of));
    if (is(before, LEX_BY) && !is(before, LEX_PREPOSITION)) {
        out->agent = true;
        return;
    }
    bool weakly = false;
    scan_left(r, &of, &left, &weakly);
    if (!governs(&left) && r->lex->verb_first) scan_leading(r, &of, &left);
    scan_right(r, &of, &right);
    if (of.unit == EN_UNIT_REPORT) left.how = right.how = FOUND_NOT; /* what befell people befalls no case */
    loosen_right(r, &of, &right);
    if (governs(&left) && !weakly) {
        *out = right_governs(r, &of, &left, &right) ? right : left;
        take_later_death(r, &of, out);
        if (cared_for(r, &of, out, &right)) *out = right;
    } else if (governs(&right)) {
        *out = right;
    } else {
        look_elsewhere(r, &of, &left, &right, out);
        *given = of;
    }
    uint8_t unit = governs(out) ? out->of_unit : 0;
    if (unit) given->unit = (uint8_t)(unit - 1);
    if (of.unit == EN_UNIT_REMAINS || unit == EN_UNIT_REMAINS + 1) {
        if (!remains_verb(r, &of, out) && !governs(out) && of.category) of_noun(&of, out);
    } else {
        ask_noun(r, &of, out);
    }
}
