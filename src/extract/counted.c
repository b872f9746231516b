/* The noun phrase after a number: its noun, what it says of those counted, and what it is no count of people for. */
#include <string.h>

#include "extract/reading.h"

enum { PHRASE_ITEMS = 9, LOOK_AHEAD = 3 };

/* Where a noun phrase cannot go on. */
static const uint64_t STOPS =
    LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ACCORDING) |
    LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_PREPOSITION) |
    LEX_BIT(LEX_THAT) | LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_HYPOTHETICAL) | LEX_BIT(LEX_PLANNED) | LEX_BIT(LEX_PART) |
    LEX_BIT(LEX_BY) | LEX_BIT(LEX_AGAINST) | LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_ACCUSE) |
    LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_CUMULATIVE) | LEX_BIT(LEX_AGE);

/* Whether a noun follows soon, with only words of its phrase between. */
static bool noun_follows(const reading *r, int at, bool people) {
    for (int i = at; i < at + LOOK_AHEAD; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) return false;
        if (counts_people(w)) return true;
        if (is(w, LEX_NOT_VICTIM)) return !people || i == at;
        if (!(w->mask == 0 || is_any(w, LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_POSSESSIVE))))
            return false;
    }
    return false;
}

static const lex_sense *participle(const item *i) {
    const lex_sense *v = i->kind == ITEM_WORD ? sense(i, LEX_VERB) : NULL;
    for (int s = 0; v && s < i->n_senses; s++)
        if (i->senses[s].class == LEX_VERB && i->senses[s].b & (VOICE_PASSIVE | VOICE_STATUS)) return &i->senses[s];
    return NULL;
}

/* Groups of two nouns joined by "and". */
static uint8_t joint_group(uint8_t a, uint8_t b) {
    if (a == b) return a;
    unsigned both = 1u << a | 1u << b;
    if (both == (1u << EN_GROUP_WOMEN | 1u << EN_GROUP_CHILDREN)) return EN_GROUP_WOMEN_AND_CHILDREN;
    if (both == (1u << EN_GROUP_MEN | 1u << EN_GROUP_BOYS)) return EN_GROUP_MALES;
    if (both == (1u << EN_GROUP_WOMEN | 1u << EN_GROUP_GIRLS)) return EN_GROUP_FEMALES;
    if (both == (1u << EN_GROUP_BOYS | 1u << EN_GROUP_GIRLS)) return EN_GROUP_CHILDREN;
    return EN_GROUP_ALL;
}

/* What an adjective adds to a noun: an elderly woman is a woman, elderly residents are older people. */
static uint8_t narrowed(uint8_t group, uint8_t by) {
    if (by == EN_GROUP_ALL) return group;
    if (group == EN_GROUP_ALL) return by;
    if (group == EN_GROUP_CHILDREN && by == EN_GROUP_FEMALES) return EN_GROUP_GIRLS;
    if (group == EN_GROUP_CHILDREN && by == EN_GROUP_MALES) return EN_GROUP_BOYS;
    return group;
}

static void take_noun(counted *c, const reading *r, int at, uint8_t adjective) {
    const lex_sense *n = sense(item_at(r, at), LEX_NOUN);
    c->head = (int16_t)at;
    c->known = true;
    c->no_victim = false;
    c->group = narrowed(n ? n->a : EN_GROUP_ALL, adjective);
    c->group_said = c->group != EN_GROUP_ALL;
    if (n && n->b != EN_UNIT_PERSON)
        c->unit = n->b;
    else if (c->unit == EN_UNIT_NONE)
        c->unit = EN_UNIT_PERSON;
    c->category = n ? n->c : 0;
    c->strong = n && n->value;
    if (c->unit == EN_UNIT_PERSON && n) c->unit = n->b;
}

/* "12 members of the police": those of whom they are members say what they are. */
static int take_of_phrase(counted *c, const reading *r, int at) {
    int i = at + 1;
    bool taken = false;
    for (; i < at + 7; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_NUMBER && w->value == 1 && !(w->flags & ITEM_NO_COUNT)) continue;
        if (w->kind != ITEM_WORD || is_any(w, STOPS & ~LEX_BIT(LEX_LIGHT)) || (is(w, LEX_VERB) && !is(w, LEX_NOUN)))
            break;
        const lex_sense *n = sense(w, LEX_NOUN);
        if (n && c->group == EN_GROUP_ALL && n->a != EN_GROUP_ALL) c->group = n->a, c->group_said = true;
        if (n && c->unit == EN_UNIT_REPORT && n->c) c->category = n->c;
        taken = true;
    }
    return taken ? i - 1 : at - 1;
}

uint8_t said_of(const reading *r, int from) {
    if (!is_any(item_at(r, from), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF))) return 0;
    for (int i = from + 1; i < from + 6; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD || is(w, LEX_AUXILIARY)) return 0;
        const lex_sense *n = sense(w, LEX_NOUN), *v = sense(w, LEX_VERB);
        if (n && n->c) return n->c;
        if (v && !v->value) return (uint8_t)(v->a + 1);
    }
    return 0;
}

/* "men, women and children", "soldiers and civilians": nouns without numbers of their own. */
static int take_joint_nouns(counted *c, const reading *r, int to) {
    /* "двое подростков и медсестра": beside so few, where nouns have cases, the second noun is one more person */
    if (r->lex->inversion && item_at(r, c->number)->value < 5) return to;
    if (r->lex->verb_first && item_at(r, c->number)->value <= 10) return to; /* the noun is plural, a singular counts */
    for (int n = 0; n < 3; n++) {
        const item *joint = item_at(r, to + 1), *noun = item_at(r, to + 2);
        bool comma =
            is_punct(joint, ',') && ((is(item_at(r, to + 3), LEX_CONJUNCTION) && counts_people(item_at(r, to + 4))) ||
                                     (noun->words > 2 && joint_group(c->group, EN_GROUP_CHILDREN) != c->group &&
                                      is(noun, LEX_NOUN) && sense(noun, LEX_NOUN)->a == EN_GROUP_WOMEN_AND_CHILDREN));
        const lex_sense *conjunction = sense(joint, LEX_CONJUNCTION);
        if (!comma && !(conjunction && conjunction->a != 3)) break;
        if (noun->kind != ITEM_WORD || !is(noun, LEX_NOUN) || is(noun, LEX_VERB)) break;
        const lex_sense *after = sense(item_at(r, to + 3), LEX_VERB);
        if (!comma && after && after->b == VOICE_ACTIVE) break;
        const lex_sense *s = sense(noun, LEX_NOUN);
        if (s->b != c->unit || s->c) break;
        c->group = joint_group(c->group, s->a);
        c->group_said = c->group != EN_GROUP_ALL;
        to += 2;
    }
    return to;
}

/* After "12 of": the, them, the 30, those. Returns the item to go on with; marks what the number is part of. */
static int pass_partitive(counted *c, const reading *r, int at, bool *done) {
    *done = false;
    for (; at < c->number + PHRASE_ITEMS; at++) {
        const item *w = item_at(r, at);
        if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT)) {
            c->of_number = (int16_t)at;
            c->partitive = true;
            *done = true;
            return at;
        }
        if (w->kind != ITEM_WORD) return at;
        if (is(w, LEX_PRONOUN) && !is(w, LEX_DETERMINER)) {
            c->partitive = true;
            *done = true;
            return at + 1;
        }
        if (!is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_BOUND))) return at;
        /* "12 of those killed" */
        if (is(w, LEX_PRONOUN) && !noun_follows(r, at + 1, false)) {
            c->partitive = true;
            *done = true;
            return at + 1;
        }
        if (!is(w, LEX_BOUND)) c->partitive = true;
    }
    return at;
}

typedef struct scan {
    int at, unknown; /* last unknown word; -1 */
    uint8_t adjective;
    bool noun_done;
} scan;

/* "48 homicidios de", noun and its "of" in one phrase: the noun itself is the event. */
static bool act_of(counted *c, const reading *r, const scan *s) {
    const item *w = item_at(r, s->at);
    const lex_sense *act = w->words > 1 && !r->lex->compounds ? verb_sense(w, EN_UNIT_PERSON, VOICE_NOMINAL) : NULL;
    if (!act || c->head >= 0 || s->unknown >= 0 || is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_QUANTITY))) return false;
    bool remains = act->a >= EN_FIGURE_REMAINS_RECOVERED && act->a <= EN_FIGURE_REMAINS_RETURNED;
    c->head = (int16_t)s->at;
    c->known = c->strong = true;
    c->no_victim = false;
    c->unit = remains ? EN_UNIT_REMAINS : EN_UNIT_PERSON;
    c->category = (uint8_t)(act->a + 1);
    return true;
}

/* Takes one item into the phrase; false where it ends before it. */
static bool take_item(counted *c, const reading *r, scan *s) {
    const item *w = item_at(r, s->at);
    const lex_sense *v = participle(w);
    if (is_punct(w, '"') && (w->flags & ITEM_OPENS) && c->head < 0 && noun_follows(r, s->at + 1, false)) return true;
    if (is_punct(w, '-') && w->flags & ITEM_JOINED) return true;
    if (w->kind != ITEM_WORD) return false;
    if (v && (!is(w, LEX_NOUN) || noun_follows(r, s->at + 1, true))) {
        if (c->head >= 0 || !noun_follows(r, s->at + 1, true)) return false;
        if (!c->status) c->status = (uint8_t)(v->a + 1);
        return true;
    }
    if (v) return false;
    if (is(w, LEX_QUANTITY)) {
        c->others = true;
        return c->head < 0;
    }
    if (act_of(c, r, s)) {
        s->noun_done = true;
        return true;
    }
    if (counts_people(w) && !(c->head >= 0 && !r->lex->compounds)) {
        take_noun(c, r, s->at, s->adjective);
        s->noun_done = true;
        return true;
    }
    if (is(w, LEX_ADJECTIVE)) {
        const lex_sense *a = sense(w, LEX_ADJECTIVE);
        if (c->head >= 0) {
            if (r->lex->compounds) return false;
            c->group = narrowed(c->group, a->a);
        }
        s->adjective = narrowed(s->adjective, a->a);
        return true;
    }
    if (is(w, LEX_NOT_VICTIM)) {
        if (c->head >= 0 && !r->lex->compounds) return false;
        c->head = (int16_t)s->at;
        c->no_victim = true;
        c->known = false;
        return true;
    }
    if (is_any(w, STOPS)) return false;
    if (c->head >= 0) { /* only another noun goes on after a noun */
        if (!r->lex->compounds || s->noun_done) return false;
        return noun_follows(r, s->at, false);
    }
    if (is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_POSSESSIVE) | LEX_BIT(LEX_BODY) |
                      LEX_BIT(LEX_FILLER) | LEX_BIT(LEX_CONTESTED) | LEX_BIT(LEX_OF)))
        return true;
    if (is(w, LEX_VERB) || is_any(w, LEX_BIT(LEX_TOLL) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_MODE))) return false;
    s->unknown = s->at;
    return true;
}

/* "12 people over 65", "four children under five". */
static void take_ages(counted *c, const reading *r) {
    int at = c->to + 1;
    while (is_any(item_at(r, at), LEX_BIT(LEX_AGE) | LEX_BIT(LEX_BOUND)) && item_at(r, at)->kind == ITEM_WORD) at++;
    const item *n = item_at(r, at);
    if (at == c->to + 1 || !(n->flags & ITEM_AGE) || c->group != EN_GROUP_ALL) return;
    if (n->value >= 55 && n->bound == BOUND_AT_LEAST)
        c->group = EN_GROUP_OLDER_PEOPLE;
    else if (n->value <= 18 && n->bound == BOUND_AT_MOST)
        c->group = EN_GROUP_CHILDREN;
    c->group_said = c->group != EN_GROUP_ALL;
    c->to = n->last;
}

static void finish_phrase(const reading *r, counted *c, const scan *s) {
    c->to = (int16_t)(s->at - 1);
    if (c->head < 0 && s->unknown >= 0) {
        c->head = (int16_t)s->unknown;
        c->to = (int16_t)s->unknown;
        c->group = s->adjective;
        c->group_said = s->adjective != EN_GROUP_ALL;
    } else if (c->head < 0) {
        c->group = s->adjective;
        c->group_said = s->adjective != EN_GROUP_ALL;
        c->dead_weight = !c->partitive && !c->others && s->adjective == EN_GROUP_ALL;
    }
    if (c->head >= 0 && c->to < c->head) c->to = c->head;
    if (c->known && is(item_at(r, c->to + 1), LEX_OF)) {
        const lex_sense *head = sense(item_at(r, c->head), LEX_NOUN);
        bool container = head && (head->a == EN_GROUP_ALL);
        if (container) c->to = (int16_t)take_of_phrase(c, r, c->to + 1);
    }
    if (c->known && c->unit == EN_UNIT_REPORT && !c->category) c->category = said_of(r, c->to + 1);
    if (c->known) take_ages(c, r);
    if (c->known) c->to = (int16_t)take_joint_nouns(c, r, c->to);
    while (!(c->partitive && c->head < 0) && c->to > c->number &&
           is_any(item_at(r, c->to), LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_DETERMINER)) && c->to != c->head)
        c->to--;
}

/* The noun before its number: человек тридцать. */
static void take_noun_before(counted *c, const reading *r) {
    int noun = c->from - 1;
    if (is(item_at(r, noun), LEX_NOUN)) {
        take_noun(c, r, noun, EN_GROUP_ALL);
        c->whom_from = c->whom_to = (int16_t)noun;
    } else {
        c->head = (int16_t)noun;
        c->no_victim = true;
    }
    c->from = (int16_t)noun;
    c->to = item_at(r, c->number)->last;
    c->dead_weight = false;
}

void count_phrase(const reading *r, int number, counted *c) {
    const item *n = item_at(r, number);
    *c = (counted){.number = (int16_t)number,
                   .from = n->first,
                   .to = n->last,
                   .head = -1,
                   .whom_from = -1,
                   .of_number = -1,
                   .unit = EN_UNIT_PERSON};
    if (n->flags & ITEM_INVERTED) {
        take_noun_before(c, r);
        return;
    }
    scan s = {.at = n->last + 1, .unknown = -1};
    bool done = false;
    while (is(item_at(r, s.at), LEX_QUANTITY)) c->others = true, s.at++;
    if (is_part(item_at(r, s.at), PLACE_AFTER)) {
        c->partitive = true;
        s.at++;
    } else if (is(item_at(r, s.at), LEX_OF) && !is(item_at(r, s.at + 1), LEX_CAUSE)) {
        int at = pass_partitive(c, r, s.at + 1, &done);
        if (done && c->of_number >= 0) {
            counted whole;
            count_phrase(r, c->of_number, &whole);
            int16_t of = c->of_number;
            c->group = whole.group, c->unit = whole.unit, c->category = whole.category, c->known = whole.known;
            c->no_victim = whole.no_victim, c->head = whole.head, c->to = whole.to, c->of_number = of;
            c->whom_from = whole.whom_from, c->whom_to = whole.whom_to;
            return;
        }
        s.at = at;
    }
    int first = s.at;
    if (is(n, LEX_NOUN) && is(n, LEX_NUMBER)) { /* a dual: the noun is in the number, امرأتان */
        take_noun(c, r, number, EN_GROUP_ALL);
        s.noun_done = true;
        first = number;
    }
    for (; !done && s.at < n->last + 1 + PHRASE_ITEMS && take_item(c, r, &s); s.at++) {
    }
    finish_phrase(r, c, &s);
    if (c->head >= 0 && c->to >= first) {
        while (first < c->to &&
               is_any(item_at(r, first), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_ADVERB)))
            first++;
        c->whom_from = (int16_t)first;
        c->whom_to = c->to;
    }
}
