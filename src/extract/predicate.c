/* What befell those a number counts: the verb or noun of its clause, looked for beside the phrase.
 *
 * In order: the noun itself where it is the event (12 deaths); a finite verb after it (were killed); a verb directly
 * before it (killing 12) or a noun and "of" (the death of 12); a participle directly after it (12 killed); a toll
 * (the toll rose to 12); the first thing said in the clause (among the dead were 12); what the noun implies (hostages).
 */
#include <string.h>

#include "extract/reading.h"

enum { RIGHT_ITEMS = 45, LEFT_ITEMS = 30 };

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

static void found(predicate *p, found_how how, const lex_sense *v, int at, bool finite) {
    *p = (predicate){.how = how,
                     .category = v->a,
                     .weak = v->c == 1,
                     .choosy = v->c == 2,
                     .finite = finite,
                     .item = (int16_t)at,
                     .complement = -1};
}

/* "killed and wounded", "killed or injured": casualties, where both are said of the same people. */
static void join_verbs(const reading *r, predicate *p, uint8_t unit) {
    for (int side = -2; side <= 2; side += 4) {
        const lex_sense *c = sense(item_at(r, p->item + side / 2), LEX_CONJUNCTION);
        const item *other = item_at(r, p->item + side);
        const lex_sense *v = c && other->kind == ITEM_WORD ? verb_sense(other, unit, ~0u) : NULL;
        if (!v || (side > 0 && item_at(r, p->item + 3)->kind == ITEM_NUMBER)) continue;
        unsigned both = 1u << v->a | 1u << p->category;
        if (both == (1u << EN_FIGURE_KILLED | 1u << EN_FIGURE_INJURED)) p->category = EN_FIGURE_CASUALTIES;
    }
}

/* --- to the right --- */

typedef struct right_scan {
    const reading *r;
    const counted *of;
    predicate *out;
    int at;
    int aux;        /* item of the auxiliary now open; -1 */
    bool unknown;   /* a word that may be a verb was passed */
    bool in_phrase; /* inside what a preposition began */
    bool in_relative, comma, joined, aside;
    bool stop;
} right_scan;

static bool begins_object(const reading *r, int i) {
    const item *w = item_at(r, i);
    if (w->kind == ITEM_NUMBER) return !(w->flags & ITEM_NO_COUNT);
    if (w->kind != ITEM_WORD) return false;
    if (is_any(w, LEX_BIT(LEX_BOUND)) && item_at(r, i + 1)->kind == ITEM_NUMBER) return true;
    return is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_NOUN)) &&
           !is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_VERB) | LEX_BIT(LEX_ADVERB));
}

/* The end of what a bracket or dash at `at` opens; `at` itself where it is not closed soon. */
static int closing(const reading *r, int at) {
    char32_t open = item_at(r, at)->punct, close = open == '(' ? ')' : open == '[' ? ']' : open;
    for (int i = at + 1; i < at + 30 && i < r->list.n; i++)
        if (is_punct(item_at(r, i), close)) return i;
    return at;
}

/* "Put on lorries and deported", "lined up at the mill and shot": of participles after one auxiliary the last says what
 * became of them, but a death stays one. */
static void chain_verbs(right_scan *s) {
    if (s->out->how != FOUND_NOT && s->out->category == EN_FIGURE_KILLED) return;
    for (int i = s->at + 1; i < s->at + 16 && i < s->r->list.n; i++) {
        const item *w = item_at(s->r, i);
        if (w->kind == ITEM_PUNCT && w->punct != ',') return;
        if (w->kind == ITEM_NUMBER && !(w->flags & (ITEM_NO_COUNT | ITEM_USED))) {
            counted of;
            count_phrase(s->r, i, &of);
            if (!of.no_victim) return;
        }
        if (w->kind == ITEM_WORD &&
            is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_REPORT) |
                          LEX_BIT(LEX_THAT)) &&
            !is(w, LEX_CONJUNCTION))
            return;
        const lex_sense *c = sense(w, LEX_CONJUNCTION);
        if (!(is_punct(w, ',') || (c && c->a != 3))) continue;
        int at = i + 1;
        while (is_any(item_at(s->r, at), LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_LIGHT)) && !is(item_at(s->r, at), LEX_VERB))
            at++;
        const lex_sense *v = verb_sense(item_at(s->r, at), s->of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE);
        if (!v || begins_object(s->r, at + 1) || is(item_at(s->r, at), LEX_NOUN)) continue;
        bool agent = s->out->agent;
        unsigned both = s->out->how == FOUND_NOT ? 0 : 1u << v->a | 1u << s->out->category;
        if (both == (1u << EN_FIGURE_KILLED | 1u << EN_FIGURE_INJURED)) return;
        found(s->out, FOUND_RIGHT, v, at, true);
        s->out->agent = agent;
        s->out->other = false;
        if (v->a == EN_FIGURE_KILLED) return;
    }
}

static bool take_verb(right_scan *s, const item *w) {
    bool adjacent = s->at == s->of->to + 1;
    bool finite_only = s->aux < 0 && (s->unknown || s->comma);
    const lex_sense *v = finite_only ? verb_sense(w, s->of->unit, VOICE_INTRANSITIVE) : NULL;
    if (!v) v = verb_sense(w, s->of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE | VOICE_STATUS);
    if (!v) {
        if (verb_sense(w, s->of->unit, ~0u)) s->stop = s->aux < 0 || s->stop;
        return false;
    }
    bool finite = s->aux >= 0 || v->b & VOICE_INTRANSITIVE;
    if (s->aux < 0 && v->b & VOICE_ACTIVE && begins_object(s->r, s->at + 1)) { /* "12 gunmen killed five" */
        if (!s->unknown || adjacent) s->out->agent = s->out->how == FOUND_NOT;
        s->stop = true;
        return false;
    }
    if (s->out->how != FOUND_NOT && !finite) return false; /* a participle within the clause of another */
    if (s->aux < 0 && (s->unknown || s->comma) && !(v->b & VOICE_INTRANSITIVE)) return false;
    bool provisional = s->in_relative || (s->aux < 0 && !(v->b & VOICE_INTRANSITIVE));
    predicate before = *s->out;
    found(s->out, FOUND_RIGHT, v, s->at, finite);
    join_verbs(s->r, s->out, s->of->unit);
    s->out->agent = before.agent;
    s->out->relative = s->in_relative;
    s->out->across = s->comma && !s->aside;
    if (s->aux >= 0 && s->out->category != EN_FIGURE_CASUALTIES) chain_verbs(s);
    s->stop = !provisional || s->joined;
    s->in_relative = false;
    s->unknown = true; /* from here on only a finite verb says more */
    s->aux = -1;
    return true;
}

static bool plural_fits(const right_scan *s, const item *aux) {
    const lex_sense *a = sense(aux, LEX_AUXILIARY);
    const item *n = item_at(s->r, s->of->number);
    bool many = n->flags & ITEM_VAGUE || n->value != 1;
    return !(a->a == 1 && many) && !(a->a == 2 && !many);
}

static bool number_in_list(const reading *r, int at, int *to) {
    const item *w = item_at(r, at);
    if (is(w, LEX_BOUND) || is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY))) at++, w = item_at(r, at);
    if (is(w, LEX_BOUND)) at++, w = item_at(r, at);
    if (w->kind != ITEM_NUMBER || w->flags & ITEM_NO_COUNT) return false;
    counted c;
    count_phrase(r, at, &c);
    *to = c.to;
    return !c.no_victim && !c.partitive;
}

/* ", all members of three families, lost their lives": an aside between commas after which the clause goes on. */
static bool pass_aside(right_scan *s) {
    for (int i = s->at + 1; i < s->at + 22 && i < s->r->list.n; i++) {
        const item *w = item_at(s->r, i);
        if (w->kind == ITEM_PUNCT && (w->punct == ';' || w->punct == ':' || w->punct == '"')) return false;
        if (!is_punct(w, ',')) continue;
        int next = i + 1;
        while (is_any(item_at(s->r, next), LEX_BIT(LEX_ADVERB)) &&
               !is_any(item_at(s->r, next), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_VERB)))
            next++;
        const item *verb = item_at(s->r, next);
        bool goes_on = is(verb, LEX_AUXILIARY) && plural_fits(s, verb);
        if (!goes_on && verb->kind == ITEM_WORD)
            goes_on = verb_sense(verb, s->of->unit, VOICE_INTRANSITIVE) != NULL && !is_any(verb, LEX_BIT(LEX_NOUN));
        if (!goes_on) continue;
        s->at = i;
        return true;
    }
    return false;
}

/* A comma or "and": another counted phrase in a list, a clause set off, or the end. */
static void pass_joint(right_scan *s, const item *w) {
    int to;
    if (number_in_list(s->r, s->at + 1, &to)) {
        const item *next = item_at(s->r, to + 1);
        if (verb_sense(next, s->of->unit, VOICE_PASSIVE | VOICE_STATUS | VOICE_INTRANSITIVE) &&
            s->out->how == FOUND_NOT && s->at > s->of->to + 1) {
            s->stop = true;
            return;
        }
        if (s->out->how != FOUND_NOT || s->aux >= 0) {
            s->stop = true;
            return;
        }
        s->at = to;
        s->joined = s->comma = true;
        s->in_phrase = false;
        return;
    }
    if (is(w, LEX_CONJUNCTION)) {
        const lex_sense *c = sense(w, LEX_CONJUNCTION);
        bool phrase =
            is_any(item_at(s->r, s->at + 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_ADJECTIVE));
        if (c->a == 3 || s->out->how != FOUND_NOT || s->aux >= 0 || (!phrase && !s->in_phrase) ||
            (is(item_at(s->r, s->at + 1), LEX_VERB) && !phrase))
            s->stop = true;
        s->comma = true;
        return;
    }
    const item *next = item_at(s->r, s->at + 1);
    if (is(next, LEX_RELATIVE)) return;
    if (pass_aside(s)) {
        s->aside = !s->comma;
        s->comma = true;
        s->in_phrase = false;
        return;
    }
    if (s->out->how != FOUND_NOT && !s->in_relative && !is(next, LEX_AUXILIARY)) s->stop = true;
    if (is(next, LEX_PART) || s->in_relative) { /* ", including two children," */
        for (int i = s->at + 1; i < s->at + 25 && i < s->r->list.n; i++)
            if (is_punct(item_at(s->r, i), ',') &&
                is_any(item_at(s->r, i + 1), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_VERB) | LEX_BIT(LEX_ADVERB))) {
                s->at = i;
                break;
            }
    }
    s->comma = true;
    s->in_phrase = false;
}

static void pass_punct(right_scan *s, const item *w) {
    if (w->punct == '(' || w->punct == '[' || w->punct == 0x2013 || (w->punct == '-' && !(w->flags & ITEM_JOINED))) {
        int end = closing(s->r, s->at);
        if (end == s->at) s->stop = true;
        s->at = end;
    } else if (w->punct == ',') {
        pass_joint(s, w);
    } else if (w->punct == '"' || w->punct == '\'' || w->punct == '-' || w->punct == '.') {
        s->stop = w->punct == '"' && s->at > s->of->to + 2;
    } else {
        s->stop = true;
    }
}

static void pass_auxiliary(right_scan *s, const item *w) {
    if (!plural_fits(s, w)) {
        if (!s->in_phrase && !s->unknown)
            s->stop = true;
        else
            s->unknown = true;
        return;
    }
    s->aux = s->at;
    s->in_phrase = false;
}

/* A noun or unknown word outside a phrase: after an auxiliary it is what those counted are. */
static void pass_noun(right_scan *s, const item *w) {
    if (s->in_phrase) return;
    if (s->aux >= 0) {
        if (s->out->how == FOUND_NOT) {
            s->out->copula = true;
            if (is(w, LEX_NOUN) || is(w, LEX_ADJECTIVE)) s->out->complement = (int16_t)s->at;
        }
        /* "were all children": the noun may still come */
        s->stop = is(w, LEX_NOUN) || is(w, LEX_NOT_VICTIM) || !w->mask;
        bool verb = !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_DETERMINER) |
                                   LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_OFFICE));
        if (verb && s->out->how == FOUND_NOT) {
            s->out->other = true;
            chain_verbs(s);
        }
        return;
    }
    s->unknown = true;
}

static void pass_word(right_scan *s, const item *w) {
    bool first = s->at == s->of->to + 1;
    if (is(w, LEX_AUXILIARY) && !(is(w, LEX_VERB) && s->aux >= 0)) {
        pass_auxiliary(s, w);
        return;
    }
    if (is(w, LEX_VERB)) {
        if (take_verb(s, w) || s->stop) return;
        if (s->aux >= 0 && !is_any(w, LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_ADVERB)))
            s->aux = -1, s->out->other = s->out->how == FOUND_NOT;
        s->unknown = true;
        return;
    }
    if (is_any(w, LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_HYPOTHETICAL) |
                      LEX_BIT(LEX_PLANNED) | LEX_BIT(LEX_CUMULATIVE) | LEX_BIT(LEX_FILLER) | LEX_BIT(LEX_QUANTITY))) {
        if (is(w, LEX_LIGHT) && s->aux < 0 && !is(w, LEX_AUXILIARY))
            s->aux = s->at; /* "remain missing", "went missing" */
        return;
    }
    if (is(w, LEX_RELATIVE)) {
        if (first || s->comma || is_punct(item_at(s->r, s->at - 1), ','))
            s->in_relative = s->out->how == FOUND_NOT;
        else if (s->out->how != FOUND_NOT)
            s->stop = true;
        else
            s->in_relative = true;
        return;
    }
    if (is(w, LEX_CONJUNCTION)) {
        pass_joint(s, w);
        return;
    }
    if (is(w, LEX_PREPOSITION) || is_any(w, LEX_BIT(LEX_OF) | LEX_BIT(LEX_BY) | LEX_BIT(LEX_RANGE))) {
        s->in_phrase = true;
        if (s->aux >= 0) {
            if (s->out->how == FOUND_NOT) s->out->other = true; /* "12 were in hospital" */
            s->aux = -1;
            s->unknown = true;
        }
        return;
    }
    if (is(w, LEX_PART)) {
        const lex_sense *v = verb_sense(item_at(s->r, s->at + 1), s->of->unit, VOICE_STATUS | VOICE_PASSIVE);
        if (v && s->out->how == FOUND_NOT && (first || s->joined)) { /* "12 women and 3 children among the dead" */
            found(s->out, FOUND_RIGHT, v, s->at + 1, true);
            s->stop = true;
            return;
        }
        s->comma = true;
        return;
    }
    if (is_any(w, LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ACCORDING) |
                      LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_ACCUSE) | LEX_BIT(LEX_AGAINST))) {
        int they = s->at + (is(item_at(s->r, s->at + 1), LEX_THAT) ? 2 : 1);
        if (is(w, LEX_REPORT) && s->out->how == FOUND_NOT && is(item_at(s->r, they), LEX_PRONOUN) &&
            is(item_at(s->r, they + 1), LEX_AUXILIARY)) {
            s->at = they; /* "testified that they had been raped" */
            s->unknown = true;
            return;
        }
        if (is_any(w, LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ACCUSE)) && s->out->how == FOUND_NOT && !s->in_phrase &&
            !s->comma)
            s->out->other = true;
        if (is(w, LEX_CHANGE) && s->aux >= 0 && s->out->how == FOUND_NOT) {
            s->out->other = true;
            chain_verbs(s);
        }
        s->stop = true;
        return;
    }
    if (is(w, LEX_VERB_OTHER) && !s->in_phrase) {
        if (s->aux >= 0 || !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_NOT_VICTIM))) {
            if (s->out->how == FOUND_NOT) s->out->other = true;
            if (s->aux >= 0) {
                if (s->out->how == FOUND_NOT) chain_verbs(s);
                s->stop = true;
            }
        }
        s->unknown = true;
        return;
    }
    pass_noun(s, w);
}

static void scan_right(const reading *r, const counted *of, predicate *out) {
    right_scan s = {.r = r, .of = of, .out = out, .at = of->to + 1, .aux = -1};
    int last = s.at + RIGHT_ITEMS;
    for (; !s.stop && s.at < last && s.at < r->list.n; s.at++) {
        const item *w = item_at(r, s.at);
        if (w->flags & ITEM_USED) continue;
        if (w->kind == ITEM_PUNCT)
            pass_punct(&s, w);
        else if (w->kind == ITEM_WORD)
            pass_word(&s, w);
        else if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT) && !s.in_phrase)
            s.stop = true;
    }
}

/* --- to the left --- */

/* The item before the phrase, past its articles, "a further", "some". */
static int before_phrase(const reading *r, const counted *of) {
    int at = of->from - 1;
    uint64_t passed = LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_FILLER) |
                      LEX_BIT(LEX_BOUND) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_LIGHT);
    while (at >= 0 && of->from - at < 6) {
        const item *w = item_at(r, at);
        bool quote = is_punct(w, '"') && w->flags & ITEM_OPENS;
        if (!quote &&
            !(w->kind == ITEM_WORD && is_any(w, passed) &&
              !is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_PART) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_AUXILIARY))))
            break;
        at--;
    }
    return at;
}

/* Whether the verb at `at` is in the passive, its auxiliary before it. */
static bool has_auxiliary(const reading *r, int at) {
    for (int i = at - 1; i >= at - 4; i--) {
        const item *w = item_at(r, i);
        const lex_sense *a = w->kind == ITEM_WORD ? sense(w, LEX_AUXILIARY) : NULL;
        if (a) return a->b;
        if (!is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_LIGHT))) return false;
    }
    return false;
}

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
        bool verb = is(w, LEX_VERB) && sense(w, LEX_VERB)->b & VOICE_ACTIVE;
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

static void scan_left(const reading *r, const counted *of, predicate *out, bool *weakly) {
    *weakly = false;
    int at = before_phrase(r, of);
    const item *w = item_at(r, at);
    if (w->kind != ITEM_WORD && !is_punct(w, ',')) return;
    if (is(w, LEX_OF) && nominal_before(r, of, at, out)) return;
    if (is(w, LEX_CONJUNCTION) || is_punct(w, ',')) at = object_before(r, at), w = item_at(r, at);
    if (w->kind != ITEM_WORD) return;
    bool shared = at < before_phrase(r, of);
    const lex_sense *active = verb_sense(w, of->unit, VOICE_ACTIVE);
    const lex_sense *nominal = verb_sense(w, of->unit, VOICE_NOMINAL);
    const lex_sense *other = verb_sense(w, of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE);
    const lex_sense *v = active ? active : nominal ? nominal : other;
    if (!v) return;
    bool passive = other && has_auxiliary(r, at);
    if (shared && !active) return;
    *weakly = shared || (r->lex->compounds && (passive || !(active || nominal)));
    found(out, FOUND_LEFT, v, at, true);
    join_verbs(r, out, of->unit);
}

/* --- tolls --- */

static bool leads_to_toll(const item *w) {
    return w->kind == ITEM_WORD &&
           is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_AUXILIARY) |
                         LEX_BIT(LEX_RANGE) | LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_AGAINST));
}

/* "Put the number at 12", with nothing said of whom: as in the figure before it. */
static bool toll_again(const reading *r, int toll, predicate *out) {
    if (!r->first_here || !is(item_at(r, toll - 1), LEX_CHANGE)) return false;
    const draft *d = &r->drafts[r->first_here - 1];
    if (r->sentence - d->sentence > 3) return false;
    *out = (predicate){.how = FOUND_TOLL,
                       .category = (uint8_t)d->figure.category,
                       .finite = true,
                       .item = (int16_t)toll,
                       .complement = -1};
    return true;
}

/* The category that a toll's words say: its own, else the first verb or noun after it. */
static bool toll_category(const reading *r, int toll, int number, predicate *out, int *noun) {
    const lex_sense *t = sense(item_at(r, toll), LEX_TOLL);
    *noun = -1;
    for (int i = toll + 1; i < number; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        if (is(w, LEX_NOT_VICTIM) && *noun < 0 && !t->a) return false;
        if (is(w, LEX_NOUN) && *noun < 0) *noun = i;
        const lex_sense *v = verb_sense(w, EN_UNIT_PERSON, ~0u), *n = sense(w, LEX_NOUN);
        if (t->a) continue;
        if (v) return found(out, FOUND_TOLL, v, i, true), true;
        if (n && n->c) {
            *out = (predicate){.how = FOUND_TOLL,
                               .category = (uint8_t)(n->c - 1),
                               .finite = true,
                               .item = (int16_t)i,
                               .complement = -1};
            return true;
        }
    }
    if (!t->a && toll_again(r, toll, out)) return true;
    if (!t->a) return false;
    *out = (predicate){
        .how = FOUND_TOLL, .category = (uint8_t)(t->a - 1), .finite = true, .item = (int16_t)toll, .complement = -1};
    return true;
}

/* "Radio puts dead at 12", "the missing, whom it put at 302", "the dead numbered 41". */
static bool numbered_dead(const reading *r, const counted *of, int at, predicate *out) {
    int change = at;
    while (change > at - 3 && !is(item_at(r, change), LEX_CHANGE)) change--;
    if (!is(item_at(r, change), LEX_CHANGE)) {
        change = at - 1; /* the verb may stand before the dead: "puts dead at 12" */
        if (!is(item_at(r, at), LEX_PREPOSITION)) return false;
    }
    for (int i = at - 1; i >= 0 && i > at - 14; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || w->kind == ITEM_NUMBER) return false;
        const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, of->unit, VOICE_STATUS) : NULL;
        bool noun = is_any(item_at(r, i - 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_CHANGE));
        bool verb_by = is(item_at(r, change), LEX_CHANGE) || is(item_at(r, i - 1), LEX_CHANGE);
        if (v && noun && verb_by) return found(out, FOUND_TOLL, v, i, true), true;
    }
    return false;
}

/* "The death toll rose to 41 from 38", "the number of people killed stands at 12", "a toll of 12", "toll: 12". */
static void scan_toll(const reading *r, counted *of, predicate *out) {
    int at = before_phrase(r, of);
    const item *lead = item_at(r, at);
    if (!leads_to_toll(lead) && !is_punct(lead, ':')) return;
    if (is(lead, LEX_BY)) return;
    for (int i = at; i >= 0 && i > at - LEFT_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';')) return;
        bool beside = i == at - 1 || is(lead, LEX_AGAINST) || is(lead, LEX_RANGE);
        if (w->kind == ITEM_NUMBER && !(w->flags & (ITEM_NO_COUNT | ITEM_USED)) && !beside) return;
        if (w->kind != ITEM_WORD || !is(w, LEX_TOLL)) continue;
        int noun;
        if (!toll_category(r, i, of->from, out, &noun)) return;
        if (of->head < 0 && noun >= 0) {
            const lex_sense *n = sense(item_at(r, noun), LEX_NOUN);
            of->group = n->a;
            of->unit = n->b;
            of->known = true;
            of->whom_from = of->whom_to = (int16_t)noun;
        }
        of->dead_weight = false;
        return;
    }
    if (of->head < 0 && numbered_dead(r, of, at, out)) of->dead_weight = false;
}

/* --- what stands first --- */

/* "Among the dead were 12 children", "Of those killed, 12 …": the act named at the start of the clause. */
static void scan_front(const reading *r, const counted *of, predicate *out) {
    int start = of->from - 1;
    while (start > 0 && of->from - start < LEFT_ITEMS && !is_any(item_at(r, start), LEX_BIT(LEX_PART)) &&
           !is_punct(item_at(r, start), ';'))
        start--;
    bool of_first = start == 0 && is(item_at(r, 0), LEX_OF);
    if (!is(item_at(r, start), LEX_PART) && !of_first) return;
    for (int i = start; i < of->from; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = verb_sense(w, of->unit, ~0u), *n = sense(w, LEX_NOUN);
        if (v) {
            found(out, FOUND_FRONT, v, i, true);
            return;
        }
        if (n && n->c) {
            *out = (predicate){.how = FOUND_FRONT,
                               .category = (uint8_t)(n->c - 1),
                               .finite = true,
                               .item = (int16_t)i,
                               .complement = -1};
            return;
        }
    }
}

/* "Killed: 12." "Injured – 30." */
static void scan_label(const reading *r, const counted *of, predicate *out) {
    const item *mark = item_at(r, of->from - 1);
    if (!is_punct(mark, ':') && !is_punct(mark, 0x2013) && !is_punct(mark, '-') && !is_punct(mark, '=')) return;
    for (int i = of->from - 2; i >= 0 && i >= of->from - 7; i--) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_PUNCT && w->punct != ',') return;
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = verb_sense(w, of->unit, VOICE_PASSIVE | VOICE_STATUS | VOICE_NOMINAL),
                        *n = sense(w, LEX_NOUN);
        if (v) {
            found(out, FOUND_LEFT, v, i, true);
            return;
        }
        if (n && n->c) {
            *out =
                (predicate){.how = FOUND_LEFT, .category = (uint8_t)(n->c - 1), .item = (int16_t)i, .complement = -1};
            return;
        }
    }
}

/* "Said one survivor": those counted speak. */
static bool told_by(const reading *r, int at) {
    const item *w = item_at(r, at);
    if (is(w, LEX_ACCORDING)) return true;
    const lex_sense *s = w->kind == ITEM_WORD ? sense(w, LEX_REPORT) : NULL;
    for (int i = 0; s && i < w->n_senses; i++)
        if (w->senses[i].class == LEX_REPORT && w->senses[i].a >= REPORT_COUNTS) return false;
    return s != NULL;
}

static void of_noun(const counted *of, predicate *out) {
    *out = (predicate){.how = FOUND_NOUN, .category = (uint8_t)(of->category - 1), .item = of->head, .complement = -1};
}

/* Bodies and remains: the verb says whether they were found, identified or returned. */
static bool remains_verb(const reading *r, const counted *of, predicate *out) {
    for (int side = 0; side < 2; side++)
        for (int k = 1; k < 12; k++) {
            int i = side ? of->from - k : of->to + k;
            const item *w = item_at(r, i);
            if (is_punct(w, ';') || is_punct(w, '.') || i < 0 || i >= r->list.n) break;
            const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, EN_UNIT_REMAINS, ~0u) : NULL;
            if (!v || v->a < EN_FIGURE_REMAINS_RECOVERED || v->a > EN_FIGURE_REMAINS_RETURNED) continue;
            found(out, FOUND_RIGHT, v, i, true);
            return true;
        }
    return false;
}

static bool crosses_comma(const reading *r, int from, int to) {
    for (int i = from + 1; i < to; i++)
        if (is_punct(item_at(r, i), ',')) return true;
    return false;
}

static bool governs(const predicate *p) { return p->how != FOUND_NOT; }

void find_predicate(const reading *r, counted *given, predicate *out) {
    counted of = *given;
    predicate left = {.item = -1, .complement = -1}, right = left;
    *out = left;
    if (of.category && of.strong) {
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
    scan_right(r, &of, &right);
    if (of.unit == EN_UNIT_REPORT) left.how = right.how = FOUND_NOT; /* what befell people befalls no case */
    bool in_phrase = before->kind == ITEM_WORD && is_any(before, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF)) &&
                     !is_any(before, LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_PART) | LEX_BIT(LEX_BETWEEN));
    if (in_phrase && governs(&right) && !of.partitive &&
        (right.item > of.to + 3 || crosses_comma(r, of.to, right.item)))
        right.how = FOUND_NOT;
    if (governs(&left) && !weakly) {
        bool clause_of_its_own = governs(&right) && right.finite && right.item > of.to + 1 &&
                                 item_at(r, of.to + 1)->kind == ITEM_WORD && is(item_at(r, of.to + 1), LEX_AUXILIARY);
        bool counted_by =
            !of.partitive && is(item_at(r, left.item), LEX_REPORT) && governs(&right) && right.item <= of.to + 3;
        if (counted_by) clause_of_its_own = true;
        *out = counted_by ? right
               : clause_of_its_own && left.item >= 0 && is(item_at(r, left.item), LEX_VERB) &&
                       !sense(item_at(r, left.item), LEX_VERB)->c && has_auxiliary(r, left.item)
                   ? right
                   : left;
    } else if (governs(&right)) {
        *out = right;
    } else {
        scan_label(r, &of, out);
        if (!governs(out)) scan_toll(r, &of, out), *given = of;
        if (!governs(out)) scan_front(r, &of, out);
        if (!governs(out) && governs(&left)) *out = left;
        if (!governs(out)) {
            out->agent = right.agent;
        }
        out->copula = right.copula;
        out->complement = right.complement;
        out->other = right.other;
    }
    uint8_t unit = governs(out) ? out->of_unit : 0;
    if (unit) given->unit = (uint8_t)(unit - 1);
    if (of.unit == EN_UNIT_REMAINS || unit == EN_UNIT_REMAINS + 1) {
        if (!remains_verb(r, &of, out) && !governs(out) && of.category) of_noun(&of, out);
        return;
    }
    bool said_by_noun = governs(out) && out->weak && of.category &&
                        (out->category == EN_FIGURE_DETAINED || out->category == EN_FIGURE_ABDUCTED);
    if (said_by_noun) out->category = (uint8_t)(of.category - 1);
    bool elsewhere = out->other && of.category != EN_FIGURE_DISPLACED + 1 &&
                     of.category != EN_FIGURE_RETURNED_HOME + 1 && of.category != EN_FIGURE_MISSING + 1;
    if (!governs(out) && of.category && !out->agent && !elsewhere && !told_by(r, before_phrase(r, &of)))
        of_noun(&of, out);
    if (!governs(out) && of.status && !out->agent)
        *out =
            (predicate){.how = FOUND_NOUN, .category = (uint8_t)(of.status - 1), .item = of.number, .complement = -1};
}
