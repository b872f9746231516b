/* The figures of a sentence: each number with its phrase and predicate; then what depends on other numbers, which are
 * parts of a total, coordinated ("12 men, four women"), and elliptical ("against 19 the year before").
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "extract/reading.h"

enum { GAP_ITEMS = 16, SENTENCE_NUMBERS = 120, BACK_SENTENCES = 3, CAUSE_ITEMS = 10, TOLD_FIGURES = 40 };

en_status grow(void **array, size_t *cap, size_t n, size_t size, en_error *err) {
    if (n < *cap) return EN_OK;
    size_t wanted = *cap ? *cap * 2 : 16;
    void *grown = realloc(*array, wanted * size);
    if (!grown) return en_no_memory(err);
    *array = grown;
    *cap = wanted;
    return EN_OK;
}

typedef struct candidate {
    counted of;
    predicate by;
    int64_t draft; /* its number in reading.drafts; -1 not a figure */
    int64_t total; /* draft it is part of; -1 */
    bool part;
    bool whole; /* "of the 312": the total itself, told again */
    bool elliptical;
    bool detail;     /* of a list after a colon or in brackets */
    bool superseded; /* an earlier toll, beside the one that counts */
} candidate;

typedef struct candidates {
    candidate at[SENTENCE_NUMBERS];
    int n;
} candidates;

/* The figure of the same value told shortly before; -1 none. */
static int64_t told_before(const reading *r, double value) {
    for (size_t i = r->n_drafts, n = 0; i-- > 0 && n < TOLD_FIGURES; n++) {
        if (r->drafts[i].figure.best == value) return (int64_t)i;
    }
    return -1;
}

static bool counts(const item *i) {
    return i->kind == ITEM_NUMBER && !(i->flags & (ITEM_USED | ITEM_NO_COUNT)) &&
           !(i->value == 0 && !(i->flags & ITEM_VAGUE));
}

static bool has_predicate(const candidate *c) { return c->by.how != FOUND_NOT; }

/* --- joints between phrases --- */

static bool ends_joint(const item *w) {
    return is_punct(w, ',') || is_punct(w, ';') || is(w, LEX_CONJUNCTION) || is_punct(w, '/') || is_punct(w, '(') ||
           is_punct(w, ':');
}

/* Whether only places, dates and the words of a list stand between item `from` and the phrase at `to`. */
static bool list_gap(const reading *r, int from, int to) {
    if (to - from > GAP_ITEMS || to <= from || !ends_joint(item_at(r, to - 1))) return false;
    bool in_phrase = false;
    for (int i = from; i < to; i++) {
        const item *w = item_at(r, i);
        if (w->flags & ITEM_USED) continue;
        if (w->kind == ITEM_PUNCT) {
            if (w->punct != ',' && w->punct != ';' && w->punct != '(' && w->punct != ')' && w->punct != '"' &&
                w->punct != '/' && w->punct != '-' && w->punct != '.' && w->punct != ':')
                return false;
            in_phrase = false;
            continue;
        }
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *c = sense(w, LEX_CONJUNCTION);
        if (c && c->a == 3) return false;
        if (is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PART))) {
            in_phrase = true;
            continue;
        }
        if (is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_SUBORDINATOR) |
                          LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_ACCORDING) |
                          LEX_BIT(LEX_CHANGE)) &&
            !is(w, LEX_NOUN))
            return false;
        if (is_unknown(w) && !(w->flags & ITEM_CAPITAL) && !in_phrase) return false;
    }
    return true;
}

/* Where the words of a candidate end: its phrase or its verb, whichever is later. */
static int end_of(const candidate *c, int before) {
    int end = c->of.to;
    return c->by.how == FOUND_RIGHT && c->by.item > end && c->by.item < before ? c->by.item : end;
}

/* What follows the phrase lets it take its verb from elsewhere. */
static bool may_inherit(const reading *r, const counted *of) {
    if (of->no_victim) return false;
    const item *next = item_at(r, of->to + 1);
    bool ends =
        next->kind == ITEM_PUNCT || next->kind == ITEM_DATE ||
        is_any(next, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_PART) | LEX_BIT(LEX_ADVERB) |
                         LEX_BIT(LEX_OF) | LEX_BIT(LEX_DATE_WORD) | LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_SUBORDINATOR) |
                         LEX_BIT(LEX_CUMULATIVE) | LEX_BIT(LEX_ADJECTIVE));
    bool noun = of->known || of->head < 0 || (item_at(r, of->head)->flags & ITEM_CAPITAL);
    return ends && noun;
}

/* --- parts --- */

/* The word that makes the phrase a part: "including", "among them", "of whom", "the other"; -1 none. */
static int part_marker(const reading *r, const candidate *c) {
    uint64_t passed = LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_BOUND) |
                      LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_FILLER) | LEX_BIT(LEX_ADJECTIVE);
    int at = c->of.from - 1;
    for (int n = 0; n < 7 && at >= 0; n++, at--) {
        const item *w = item_at(r, at);
        if (is_part(w, PLACE_BEFORE)) return at;
        if (is_punct(w, '"') || is_punct(w, ',') || is_punct(w, ':')) {
            if (!is_any(item_at(r, at - 1), LEX_BIT(LEX_PART))) return -1;
            continue;
        }
        if (w->kind != ITEM_WORD ||
            !(is_any(w, passed) || is(w, LEX_NOUN) || is(w, LEX_VERB) || is(w, LEX_CONJUNCTION)))
            return -1;
        /* "including women and 12 children", "among the dead were 12" */
    }
    return -1;
}

static bool marked_after(const reading *r, const candidate *c) {
    return is_part(item_at(r, c->of.to + 1), PLACE_AFTER);
}

static candidate *candidate_of(candidates *all, int number) {
    for (int i = 0; i < all->n; i++)
        if (all->at[i].of.number == number) return &all->at[i];
    return NULL;
}

/* The total in an earlier sentence: the last figure there that is no part, of the category if one is said. */
static int64_t earlier_total(const reading *r, int category) {
    for (size_t i = r->first_here; i-- > 0;) {
        const draft *d = &r->drafts[i];
        if (r->sentence - d->sentence > BACK_SENTENCES) break;
        if ((d->is_part && category < 0) || d->superseded || d->detail) continue;
        if (category >= 0 && d->figure.category != (en_figure_category)category) continue;
        if (d->is_part && d->figure.part_of >= 0) continue;
        return (int64_t)i;
    }
    return -1;
}

static int64_t total_here(const reading *r, const candidates *all, int before, int category) {
    for (int pass = 0; pass < 2; pass++)
        for (int i = before - 1; i >= 0; i--) {
            const candidate *c = &all->at[i];
            if (c->draft < 0 || c->superseded || (c->detail && category < 0)) continue;
            if (pass == 0 && category >= 0 && c->by.category != category) continue;
            if (c->part && category < 0 && i == before - 1 && is(item_at(r, c->of.to + 1), LEX_CONJUNCTION))
                return c->total;
            if (c->part && category >= 0) continue;
            return c->draft;
        }
    return -1;
}

/* A finite verb of its own directly after the phrase: "and 30 were injured". */
static bool own_verb(const candidate *c) {
    return c->by.how == FOUND_RIGHT && !c->by.relative && c->by.item > c->of.to &&
           (c->by.item <= c->of.to + 4 || (c->by.finite && !c->by.across));
}

static bool begins_with_front(const reading *r, const candidate *c) {
    return c->by.how == FOUND_FRONT && r->list.n > 0;
}

/* "Three children were among the dead", "68 women being among them". */
static bool stands_among(const reading *r, const candidate *c) {
    int last = c->by.how == FOUND_RIGHT ? c->by.item : c->of.to + 4;
    for (int i = c->of.to + 1; i < last; i++)
        if (is_part(item_at(r, i), PLACE_BEFORE | PLACE_AFTER) &&
            (is(item_at(r, i - 1), LEX_AUXILIARY) || (c->by.how == FOUND_RIGHT && c->by.item == i + 1)))
            return true;
    return false;
}

/* The category of the last verb before an aside, "They had been held there, 370 of them"; -1 none. */
static int verb_before(const reading *r, const candidate *c) {
    for (int i = c->of.from - 2; i >= 0 && i > c->of.from - 14; i--) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_NUMBER || is_punct(w, ';')) return -1;
        const lex_sense *v =
            w->kind == ITEM_WORD ? verb_sense(w, c->of.unit, VOICE_PASSIVE | VOICE_INTRANSITIVE) : NULL;
        if (v) return v->a;
    }
    return -1;
}

/* "Of the victims, 52 were women": nothing but those of whom it is told stands first. */
static bool fronted(const reading *r, const candidate *c) {
    int start = 0;
    while (start < c->of.from && (item_at(r, start)->kind == ITEM_PUNCT || is(item_at(r, start), LEX_CONJUNCTION)))
        start++;
    const item *first = item_at(r, start);
    if (!is_any(first, LEX_BIT(LEX_OF)) && !is_part(first, PLACE_BEFORE)) return false;
    for (int i = start; i < c->of.from; i++)
        if (is_punct(item_at(r, i), ';') || (i > start && is_punct(item_at(r, i), ',') && i < c->of.from - 1))
            return false;
    return is_punct(item_at(r, c->of.from - 1), ',') || is(item_at(r, c->of.from - 1), LEX_AUXILIARY);
}

/* "Twelve of them", not "twelve of the children". */
static bool of_pronoun(const reading *r, const candidate *c) {
    for (int i = c->of.number + 1; i <= c->of.to + 1; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_WORD && is(w, LEX_PRONOUN) &&
            !is_any(item_at(r, i + 1), LEX_BIT(LEX_VERB) | LEX_BIT(LEX_RELATIVE)))
            return c->of.head < 0;
        if (is_part(w, PLACE_AFTER)) return true;
    }
    return false;
}

/* "Six of the dead", "37 of those killed": where a total of the dead was told. */
static bool of_status(const reading *r, const candidates *all, int k, int *category) {
    const candidate *c = &all->at[k];
    for (int i = c->of.number + 1; i <= c->of.to + 2; i++) {
        const item *w = item_at(r, i);
        const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, c->of.unit, VOICE_STATUS | VOICE_PASSIVE) : NULL,
                        *n = w->kind == ITEM_WORD ? sense(w, LEX_NOUN) : NULL;
        if (is(w, LEX_AUXILIARY)) return false;
        int said = v ? v->a : n && n->c ? n->c - 1 : -1;
        if (said < 0) continue;
        if (said == EN_FIGURE_AFFECTED) said = -1;
        *category = said;
        return total_here(r, all, k, said) >= 0 || earlier_total(r, said) >= 0;
    }
    return false;
}

static void find_part(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    int marker = part_marker(r, c);
    bool opens = marker >= 0 && marker == c->of.from - 1 &&
                 (marker == 0 || item_at(r, marker - 1)->flags & ITEM_OPENS) && k + 1 < all->n;
    if (opens) return;          /* "Among the 742 killed …": the total itself */
    if (c->of.of_number >= 0) { /* "12 of the 30": the total comes next */
        c->part = true;
        const candidate *whole = candidate_of(all, c->of.of_number);
        if (whole && whole->draft >= 0) c->total = whole->draft;
        return;
    }
    const candidate *next = k + 1 < all->n ? &all->at[k + 1] : NULL;
    bool with_next =
        next && c->by.how == FOUND_NOT && list_gap(r, c->of.to + 1, next->of.from) && stands_among(r, next);
    bool pronoun = c->of.partitive || stands_among(r, c) || with_next;
    if (marker >= 0 || marked_after(r, c) || pronoun || begins_with_front(r, c) || fronted(r, c)) {
        bool of_those = c->of.partitive && c->by.how == FOUND_RIGHT && !c->by.finite && c->by.item <= c->of.to + 2;
        int category = c->by.how == FOUND_FRONT || of_those ? c->by.category : -1;
        if (pronoun && c->of.head >= 0 && !c->of.known) return;
        bool of_nouns = c->of.partitive && marker < 0 && !marked_after(r, c) && !of_pronoun(r, c);
        if (of_nouns && !of_status(r, all, k, &category)) return;
        c->part = true;
        if (marked_after(r, c) || (c->of.partitive && k == 0 && is_punct(item_at(r, c->of.from - 1), ',')))
            category = verb_before(r, c) >= 0 ? verb_before(r, c) : category;
        c->total = total_here(r, all, k, category);
        if (c->total < 0) c->total = earlier_total(r, category);
        if (c->total < 0 && category >= 0 && !of_nouns) c->total = earlier_total(r, -1);
        if (marker < 0 && !begins_with_front(r, c) && c->total < 0) c->part = false;
        return;
    }
    if (k > 0 && all->at[k - 1].part && all->at[k - 1].draft >= 0 && !own_verb(c) &&
        list_gap(r, end_of(&all->at[k - 1], c->of.from) + 1, c->of.from) &&
        !is_punct(item_at(r, c->of.from - 1), ';') && may_inherit(r, &c->of)) {
        c->part = true;
        c->total = all->at[k - 1].total;
    }
}

/* --- taking the verb from elsewhere --- */

static void inherit(candidate *c, const predicate *from, found_how how) {
    uint8_t kept_copula = c->by.copula;
    int16_t complement = c->by.complement;
    c->by = *from;
    c->by.how = how;
    c->by.item = -1;
    c->by.weak = false;
    c->by.copula = kept_copula;
    c->by.complement = complement;
}

static void inherit_draft(candidate *c, const draft *d, found_how how) {
    predicate p = d->by;
    p.category = (uint8_t)d->figure.category;
    inherit(c, &p, how);
}

/* Words like "against" or "up from" right before the number. */
static bool compared(const reading *r, const counted *of) {
    for (int i = of->from - 1; i >= of->from - 3; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) return false;
        if (is(w, LEX_AGAINST)) return true;
        if (!is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_BOUND)))
            return false;
    }
    return false;
}

static int previous_figure(const candidates *all, int k, bool parts) {
    for (int i = k - 1; i >= 0; i--)
        if (all->at[i].draft >= 0 && (parts || (!all->at[i].part && !all->at[i].detail))) return i;
    return -1;
}

/* The noun of the figure before it stands for a bare number. */
static void take_noun_of(candidate *c, const counted *from) {
    c->of.group = from->group;
    c->of.unit = from->unit;
    c->of.known = c->of.known || from->known;
    c->elliptical = true;
}

static int64_t last_draft(const reading *r) {
    if (!r->first_here) return -1;
    const draft *d = &r->drafts[r->first_here - 1];
    return r->sentence - d->sentence <= BACK_SENTENCES ? (int64_t)r->first_here - 1 : -1;
}

static bool total_again(const reading *r, const counted *of) {
    int at = of->from - 1;
    if (!is_any(item_at(r, at), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_RANGE) | LEX_BIT(LEX_CHANGE))) return false;
    for (int i = at; i >= 0 && i > at - 8; i--) {
        if (item_at(r, i)->kind == ITEM_PUNCT) return false;
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_TOLL)) return true;
    }
    return false;
}

/* A number that is all a verb of counting says. */
static bool said_bare(const reading *r, const counted *of) {
    int at = of->from - 1;
    if (is_any(item_at(r, at), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_RANGE)) && !is(item_at(r, at), LEX_REPORT)) at--;
    if (is(item_at(r, at), LEX_PRONOUN)) at--;
    const item *next = item_at(r, of->to + 1), *verb = item_at(r, at);
    bool counts = false;
    for (int i = 0; i < verb->n_senses; i++)
        counts |=
            verb->senses[i].class == LEX_REPORT &&
            (verb->senses[i].a >= REPORT_COUNTS || (verb->senses[i].a == REPORT_SAYS && r->n_drafts > r->first_here));
    return counts && (next->kind == ITEM_PUNCT || is(next, LEX_CONJUNCTION)) && next->punct != '/' &&
           next->punct != '%';
}

static void find_elliptical(reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    int before = previous_figure(all, k, true);
    if (compared(r, &c->of) && before >= 0 && (c->of.head < 0 || !c->of.known)) {
        inherit(c, &all->at[before].by, FOUND_INHERITED);
        c->superseded = true;
        take_noun_of(c, &all->at[before].of);
        c->of.no_victim = false;
        return;
    }
    if (has_predicate(c) || c->by.agent || c->of.no_victim) return;
    bool after_joint = before >= 0 && list_gap(r, end_of(&all->at[before], c->of.from) + 1, c->of.from);
    if (after_joint && !c->by.other && !c->by.copula && may_inherit(r, &c->of) &&
        all->at[before].by.how != FOUND_NOUN) {
        inherit(c, &all->at[before].by, FOUND_INHERITED);
        const item *joint = item_at(r, c->of.from - 1);
        c->detail = is_punct(joint, ':') || is_punct(joint, '(') || all->at[before].detail;
        return;
    }
    bool bare = c->of.head < 0;
    if (bare && said_bare(r, &c->of)) { /* "the command acknowledges nineteen" */
        int64_t same = before >= 0 ? all->at[before].draft : last_draft(r);
        if (same < 0) return;
        inherit_draft(c, &r->drafts[same], FOUND_INHERITED);
        c->of.group = (uint8_t)r->drafts[same].figure.group;
        c->of.unit = (uint8_t)r->drafts[same].figure.unit;
        c->of.whom_from = -1;
        c->elliptical = true;
        return;
    }
    if (bare && total_again(r, &c->of)) { /* "bringing the total to 112" */
        int64_t same = before >= 0 ? all->at[before].draft : last_draft(r);
        if (same < 0) return;
        inherit_draft(c, &r->drafts[same], FOUND_TOLL);
        c->of.dead_weight = false;
        return;
    }
    if (c->by.copula && bare && c->by.complement >= 0 &&
        is(item_at(r, c->by.complement), LEX_NOUN)) { /* "12 were children" */
        int64_t total = before >= 0 ? all->at[before].draft : earlier_total(r, -1);
        if (total < 0) return;
        inherit_draft(c, &r->drafts[total], FOUND_INHERITED);
        const lex_sense *n = sense(item_at(r, c->by.complement), LEX_NOUN);
        c->of.group = n->a;
        c->of.group_said = true;
        c->of.known = true;
        c->of.whom_from = c->of.whom_to = c->by.complement;
    }
}

/* "It has documentation for 1,140 cases": of what was spoken of before. */
static void find_topic(const reading *r, candidate *c) {
    if (has_predicate(c) || c->of.unit != EN_UNIT_REPORT || !c->of.strong || !r->topic || c->of.no_victim ||
        c->by.agent)
        return;
    c->by = (predicate){.how = FOUND_LIST, .category = (uint8_t)(r->topic - 1), .item = -1, .complement = -1};
}

/* The last category that the sentence speaks of. */
static void keep_topic(reading *r) {
    for (int i = r->list.n - 1; i >= 0; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = sense(w, LEX_VERB), *n = sense(w, LEX_NOUN);
        uint8_t category = n && n->c ? n->c : v && !v->c && !v->value ? (uint8_t)(v->a + 1) : 0;
        if (!category) continue;
        r->topic = category;
        return;
    }
}

/* "Men 121, women 29": the noun before a bare number, in a list. */
static void find_noun_before(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    const item *noun = item_at(r, c->of.from - 1), *lead = item_at(r, c->of.from - 2), *next = item_at(r, c->of.to + 1);
    const lex_sense *n = noun->kind == ITEM_WORD ? sense(noun, LEX_NOUN) : NULL;
    if (has_predicate(c) || c->of.head >= 0 || !n || next->kind != ITEM_PUNCT ||
        !(is_punct(lead, ':') || is_punct(lead, ',') || is_punct(lead, '(') || is_punct(lead, ';')))
        return;
    int before = k - 1;
    int64_t of = before >= 0 && all->at[before].draft >= 0 ? all->at[before].draft : earlier_total(r, -1);
    if (of < 0) return;
    inherit_draft(c, &r->drafts[of], FOUND_INHERITED);
    c->of.group = n->a;
    c->of.unit = n->b;
    c->of.known = c->of.group_said = c->detail = true;
    c->of.whom_from = c->of.whom_to = (int16_t)(c->of.from - 1);
    bool of_whole = before >= 0 && all->at[before].whole;
    if (of_whole || (before >= 0 && all->at[before].part && all->at[before].detail)) {
        c->part = true;
        c->total = of_whole ? of : all->at[before].total;
    }
}

static void find_list_verb(const reading *r, candidate *c) {
    if (has_predicate(c) || !r->in_list || !r->list_category || c->of.no_victim || c->by.agent) return;
    if (!c->of.known && c->of.head >= 0) return;
    bool label = c->of.head < 0 && is_any(item_at(r, c->of.from - 2), LEX_BIT(LEX_NOUN));
    if (!c->of.known && !label) return;
    if (label) {
        const lex_sense *n = sense(item_at(r, c->of.from - 2), LEX_NOUN);
        c->of.group = n->a;
        c->of.unit = n->b;
        c->of.known = true;
        c->of.whom_from = c->of.whom_to = (int16_t)(c->of.from - 2);
    }
    c->by = (predicate){.how = FOUND_LIST, .category = (uint8_t)(r->list_category - 1), .item = -1, .complement = -1};
}

/* A part has the verb of its total unless its own stands by it. */
static void find_part_verb(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    if (!c->part || own_verb(c) || c->of.no_victim) return;
    if (c->by.other && c->by.how == FOUND_NOT && !c->by.copula) return;
    if (c->by.how == FOUND_NOUN && c->of.strong) return;
    if (c->total >= 0) {
        const draft *d = &r->drafts[c->total];
        if (c->by.how == FOUND_LEFT && c->by.item >= c->of.from - 3) return;
        bool bare = c->of.head < 0 && !c->by.copula;
        inherit_draft(c, d, FOUND_INHERITED);
        if (bare) {
            take_noun_of(c, &d->of);
            c->of.group = (uint8_t)d->figure.group;
            c->of.unit = (uint8_t)d->figure.unit;
        } else if (c->of.head < 0 && c->by.complement >= 0 && is(item_at(r, c->by.complement), LEX_NOUN)) {
            const lex_sense *n = sense(item_at(r, c->by.complement), LEX_NOUN);
            c->of.group = n->a;
            c->of.known = c->of.group_said = true;
        } else if (c->of.head < 0) {
            c->of.group = (uint8_t)d->figure.group;
        }
        return;
    }
    if (has_predicate(c)) return;
    for (int i = c->of.from - 1; i >= 0 && i > c->of.from - 30;
         i--) { /* "killed several people, including 12 children" */
        const item *w = item_at(r, i);
        if (is_punct(w, ';')) return;
        const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, c->of.unit, ~0u) : NULL;
        if (!v || v->c) continue;
        c->by = (predicate){.how = FOUND_FRONT, .category = v->a, .item = (int16_t)i, .finite = true, .complement = -1};
        return;
    }
}

/* --- what is kept --- */

static bool named_people(const reading *r, const counted *of) {
    return of->head >= 0 && !of->known && (item_at(r, of->head)->flags & ITEM_CAPITAL);
}

static bool is_figure(const reading *r, const candidate *c, const candidates *all, int k) {
    if (!has_predicate(c) || c->of.no_victim || c->by.agent) return false;
    if (c->of.unit == EN_UNIT_REPORT && !c->of.category && is(item_at(r, c->of.from - 1), LEX_PLACE)) return false;
    bool people = c->of.known || named_people(r, &c->of) || c->elliptical;
    if (c->by.weak && !people) {
        bool beside = c->by.how == FOUND_RIGHT && c->by.item == c->of.to + 1 && previous_figure(all, k, true) >= 0;
        bool stands_for = (c->of.head < 0 && (c->by.finite || beside)) &&
                          (previous_figure(all, k, true) >= 0 || c->of.others || c->part || earlier_total(r, -1) >= 0);
        if (!stands_for) return false;
    }
    if (c->by.choosy && !people && c->of.head >= 0) return false;
    const item *n = item_at(r, c->of.number);
    if (c->of.dead_weight && c->by.how == FOUND_RIGHT && c->by.item > c->of.to + (c->by.finite ? 16 : 7)) return false;
    if (n->value == 1 && !(n->flags & ITEM_VAGUE) && c->of.head < 0 && !c->by.finite && !c->part &&
        previous_figure(all, k, true) < 0)
        return false;
    return true;
}

/* Hunger, cold, want of care near the verb: the deaths are indirect. */
static bool names_cause(const reading *r, const candidate *c) {
    int around = c->by.item >= 0 ? c->by.item : c->of.number;
    for (int dir = 1; dir >= -1; dir -= 2)
        for (int i = around; i >= 0 && i < r->list.n && (i - around) * dir <= CAUSE_ITEMS; i += dir) {
            const item *w = item_at(r, i);
            if (i != around && (is_punct(w, ';') || is_punct(w, '.'))) break;
            if (w->kind == ITEM_NUMBER && i != c->of.number && !(w->flags & (ITEM_NO_COUNT | ITEM_USED)) &&
                (i < c->of.from || i > c->of.to))
                break;
            if (w->kind == ITEM_WORD && is(w, LEX_CAUSE)) return true;
        }
    return false;
}

static void settle_category(const reading *r, const candidate *c, en_figure *f) {
    f->category = (en_figure_category)c->by.category;
    f->unit = (en_figure_unit)c->of.unit;
    if (f->category == EN_FIGURE_AFFECTED && c->by.how == FOUND_NOUN && earlier_total(r, -1) >= 0)
        f->category = r->drafts[earlier_total(r, -1)].figure.category;
    bool taken = f->category == EN_FIGURE_ABDUCTED || f->category == EN_FIGURE_DETAINED;
    if (taken && c->of.category == EN_FIGURE_HOSTAGE + 1) f->category = EN_FIGURE_HOSTAGE;
    f->group = (en_figure_group)c->of.group;
    bool cause = c->by.how != FOUND_INHERITED
                     ? names_cause(r, c)
                     : is_any(item_at(r, c->of.to + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION)) &&
                           is(item_at(r, c->of.to + 2), LEX_CAUSE);
    if (f->category == EN_FIGURE_KILLED && cause) f->category = EN_FIGURE_DIED_INDIRECT;
    if ((f->category == EN_FIGURE_ORPHANED_ONE || f->category == EN_FIGURE_ORPHANED_BOTH) && f->group == EN_GROUP_ALL)
        f->group = EN_GROUP_CHILDREN;
    if (f->category == EN_FIGURE_FAMILY_KILLED && f->unit == EN_UNIT_PERSON) f->unit = EN_UNIT_FAMILY;
    bool remains = f->category >= EN_FIGURE_REMAINS_RECOVERED && f->category <= EN_FIGURE_REMAINS_RETURNED;
    const item *by = item_at(r, c->by.item);
    const lex_sense *noun = by->kind == ITEM_WORD ? sense(by, LEX_NOUN) : NULL;
    if (remains && f->category != EN_FIGURE_REMAINS_IDENTIFIED) f->unit = EN_UNIT_REMAINS;
    if (remains && noun && noun->b == EN_UNIT_REMAINS) f->unit = EN_UNIT_REMAINS;
    if (noun && noun->b == EN_UNIT_REPORT && f->unit == EN_UNIT_PERSON) f->unit = EN_UNIT_REPORT;
}

static void settle_number(const reading *r, const item *n, en_figure *f) {
    f->low = n->low;
    f->best = n->best;
    f->high = n->high;
    if (n->flags & ITEM_VAGUE) f->low = f->best = f->high = NAN;
    if (n->qualifier_end > n->qualifier_start)
        f->qualifier = (en_str){r->text.ptr + n->qualifier_start, n->qualifier_end - n->qualifier_start};
    f->number_start = n->start;
    f->number_end = n->end;
}

/* "Aged over 60": older people; "under 18": children. */
static void take_age(const reading *r, candidate *c, int at) {
    while (item_at(r, at)->kind == ITEM_WORD && is(item_at(r, at), LEX_BOUND)) at++;
    const item *n = item_at(r, at);
    if (n->kind != ITEM_NUMBER) return;
    if (n->value >= 55 && n->bound == BOUND_AT_LEAST)
        c->of.group = EN_GROUP_OLDER_PEOPLE;
    else if (n->value <= 18 && n->bound == BOUND_AT_MOST)
        c->of.group = EN_GROUP_CHILDREN;
    else
        return;
    c->of.group_said = true;
}

/* "Six of the dead were women": what those counted are said to be. */
static void take_complement(const reading *r, candidate *c) {
    if (c->of.head >= 0 || (is(item_at(r, c->of.from - 1), LEX_DETERMINER) && is(item_at(r, c->of.from - 2), LEX_OF)))
        return;
    int at = c->by.how == FOUND_RIGHT ? c->by.item + 1 : c->of.to + 1;
    if (!is(item_at(r, at), LEX_AUXILIARY)) return;
    for (at++; at < c->of.to + 9; at++) {
        const item *w = item_at(r, at);
        if (w->kind != ITEM_WORD) return;
        const lex_sense *n = sense(w, LEX_NOUN);
        const item *years = item_at(r, at + 1);
        if (is(w, LEX_BOUND) && years->flags & ITEM_AGE) {
            take_age(r, c, at);
            return;
        }
        if (is(w, LEX_AGE) && (years->kind == ITEM_NUMBER || is(years, LEX_BOUND))) {
            take_age(r, c, at + 1);
            return;
        }
        if (n && !is(w, LEX_VERB)) {
            c->of.group = n->a;
            c->of.known = c->of.group_said = true;
            c->of.whom_from = c->of.whom_to = (int16_t)at;
            return;
        }
        if (!is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_OF)) &&
            !is_unknown(w))
            return;
    }
}

static void settle_whom(const reading *r, const candidate *c, en_figure *f) {
    if (c->of.whom_from >= 0)
        f->whom = words_of(r, c->of.whom_from, c->of.whom_to);
    else if (c->total >= 0)
        f->whom = r->drafts[c->total].figure.whom;
}

static bool says_cumulative(const reading *r, const candidate *c) {
    if (c->by.how == FOUND_TOLL) return true;
    for (int i = c->of.from; i-- > 0 && c->of.from - i < 20;)
        if (is(item_at(r, i), LEX_CUMULATIVE)) return true;
    for (int i = c->of.to + 1; i < c->of.to + 20 && i < r->list.n; i++)
        if (is(item_at(r, i), LEX_CUMULATIVE)) return true;
    return false;
}

static en_status add_draft(reading *r, candidate *c, en_error *err) {
    EN_TRY(grow((void **)&r->drafts, &r->drafts_cap, r->n_drafts, sizeof(draft), err));
    draft *d = &r->drafts[r->n_drafts];
    memset(d, 0, sizeof *d);
    d->of = c->of;
    d->by = c->by;
    d->sentence = r->sentence;
    d->paragraph = r->paragraph;
    d->quote = item_at(r, c->of.number)->quote;
    d->is_part = c->part;
    d->superseded = c->superseded;
    d->detail = c->detail;
    en_figure *f = &d->figure;
    f->part_of = c->total;
    settle_category(r, c, f);
    settle_number(r, item_at(r, c->of.number), f);
    settle_whom(r, c, f);
    f->cumulative = says_cumulative(r, c);
    f->modality = modality_of(r, d);
    int from = c->of.from, to = c->of.to;
    if (c->by.item >= 0 && c->by.item < from) from = c->by.item;
    if (c->by.item > to) to = c->by.item;
    f->at = quote_around(r, from, to);
    if (f->number_start < f->at.start || f->number_end > f->at.end) f->at = quote_around(r, c->of.from, c->of.number);
    if (f->number_start < f->at.start || f->number_end > f->at.end) return EN_OK; /* a number longer than a quotation */
    find_event(r, d);
    c->draft = (int64_t)r->n_drafts++;
    return EN_OK;
}

/* A bare number with a verb of its own still counts what the figure before it counts. */
static void take_noun_before(const reading *r, const candidates *all, int k, candidate *c) {
    if (c->of.known || c->of.group_said || c->elliptical || c->of.head >= 0 || c->of.status) return;
    if (c->by.how == FOUND_TOLL) return;
    if (c->part && c->total >= 0) {
        c->of.group = (uint8_t)r->drafts[c->total].figure.group;
        c->of.unit = (uint8_t)r->drafts[c->total].figure.unit;
        return;
    }
    int before = previous_figure(all, k, false);
    int64_t earlier = before >= 0 ? all->at[before].draft : earlier_total(r, -1);
    if (earlier >= 0 && r->drafts[earlier].paragraph == r->paragraph) {
        const draft *d = &r->drafts[earlier];
        if (d->figure.unit == EN_UNIT_REPORT || d->figure.unit == EN_UNIT_REMAINS || d->figure.unit == EN_UNIT_NONE ||
            d->by.how == FOUND_TOLL)
            return;
        c->of.group = (uint8_t)d->figure.group;
        c->of.unit = (uint8_t)d->figure.unit;
        if (c->of.whom_from < 0) c->of.whom_from = -1;
    }
}

/* "12 of the 30": once the 30 is a figure it is the total of the 12. */
static void link_later_totals(reading *r, candidates *all) {
    for (int k = 0; k < all->n; k++) {
        candidate *c = &all->at[k];
        if (c->of.of_number < 0 || c->draft < 0) continue;
        candidate *total = candidate_of(all, c->of.of_number);
        if (total && total->draft >= 0) r->drafts[c->draft].figure.part_of = total->draft;
    }
}

/* A share of the territory is no victim, and yet a figure that reports set beside them: where its land is named. */
static int territory_near(const reading *r, int number, int at) {
    for (int i = at; i < at + 8; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_PUNCT || is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_NOUN))) break;
        if (is(w, LEX_TERRITORY)) return i;
    }
    for (int i = number - 1; i >= 0 && i > number - 9; i--) { /* "one sixth of the territory, or about 16 per cent" */
        const item *w = item_at(r, i);
        if (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_NOUN)))
            return -1;
        if (is(w, LEX_TERRITORY) && is(item_at(r, i - 1), LEX_DETERMINER)) return number;
    }
    return -1;
}

static en_status read_share(reading *r, int number, en_error *err) {
    const item *n = item_at(r, number);
    int at = n->last + 1;
    if (!is(item_at(r, at), LEX_PERCENT) && !is_punct(item_at(r, at), '%')) return EN_OK;
    int land = territory_near(r, number, ++at);
    if (land < 0) return EN_OK;
    candidate c = {.of = {.number = (int16_t)number,
                          .from = n->first,
                          .to = (int16_t)(land > at ? land : at),
                          .head = -1,
                          .whom_from = (int16_t)at,
                          .whom_to = (int16_t)land,
                          .of_number = -1,
                          .unit = EN_UNIT_NONE},
                   .by = {.how = FOUND_NOUN, .category = EN_FIGURE_OTHER, .item = -1, .complement = -1},
                   .total = -1,
                   .draft = -1};
    return add_draft(r, &c, err);
}

/* "12 of the 30", "of those 158": a total that stands as it was told before, or with a participle of its own. */
static void mark_whole(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    const item *before = item_at(r, c->of.from - 1);
    int start = is(before, LEX_PART) ? c->of.from - 1 : c->of.from - 2;
    bool first = start == 0 || (start > 0 && item_at(r, start - 1)->flags & ITEM_OPENS);
    bool of_front = c->of.head < 0 && first && k + 1 < all->n &&
                    (is(before, LEX_PART) || (is(before, LEX_DETERMINER) && is(item_at(r, start), LEX_OF)));
    bool of_part = false;
    for (int i = 0; i < k && !of_part; i++) of_part = all->at[i].of.of_number == c->of.number;
    if (!of_front && !of_part) return;
    c->whole = true;
    const item *beside = item_at(r, c->of.to + 1);
    const lex_sense *v =
        beside->kind == ITEM_WORD ? verb_sense(beside, c->of.unit, VOICE_PASSIVE | VOICE_STATUS) : NULL;
    if (v)
        c->by = (predicate){.how = FOUND_RIGHT, .category = v->a, .item = (int16_t)(c->of.to + 1), .complement = -1};
    else if (c->by.how == FOUND_RIGHT && (c->by.finite || c->by.item > c->of.to + 2))
        c->by.how = FOUND_NOT;
    if (c->by.how == FOUND_FRONT) c->by.how = FOUND_NOT;
    int64_t told = told_before(r, item_at(r, c->of.number)->value);
    if (told >= 0 && c->by.how == FOUND_NOT)
        c->draft = told;
    else if (c->by.how == FOUND_NOT)
        c->by.agent = true;
}

en_status read_figures(reading *r, en_error *err) {
    candidates all;
    all.n = 0;
    r->first_here = r->n_drafts;
    for (int i = 0; i < r->list.n && all.n < SENTENCE_NUMBERS; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_NUMBER || w->flags & ITEM_USED) continue;
        if (!counts(w)) {
            EN_TRY(read_share(r, i, err));
            continue;
        }
        candidate *c = &all.at[all.n++];
        *c = (candidate){.draft = -1, .total = -1};
        count_phrase(r, i, &c->of);
        find_predicate(r, &c->of, &c->by);
    }
    for (int k = 0; k < all.n; k++) mark_whole(r, &all, k);
    for (int k = 0; k < all.n; k++) {
        candidate *c = &all.at[k];
        if (c->whole && c->draft >= 0) continue;
        find_part(r, &all, k);
        find_part_verb(r, &all, k);
        find_elliptical(r, &all, k);
        find_noun_before(r, &all, k);
        find_list_verb(r, c);
        find_topic(r, c);
        take_complement(r, c);
        if (!is_figure(r, c, &all, k)) continue;
        take_noun_before(r, &all, k, c);
        EN_TRY(add_draft(r, c, err));
    }
    link_later_totals(r, &all);
    keep_topic(r);
    return EN_OK;
}

/* --- modality --- */

static bool bounds_clause(const item *w) {
    if (w->kind == ITEM_PUNCT)
        return w->punct == ',' || w->punct == ';' || w->punct == ':' || w->punct == '"' || w->punct == 0x2013 ||
               w->punct == '(';
    if (is(w, LEX_HYPOTHETICAL)) return false;
    return w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_RELATIVE) |
                                                 LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_REPORT));
}

/* The last comma before the verb: what stands between is an aside. */
static int end_of_aside(const reading *r, int comma, int verb) {
    int end = comma;
    for (int i = comma + 1; i < verb; i++)
        if (is_punct(item_at(r, i), ',')) end = i;
    return end;
}

en_modality modality_of(const reading *r, const draft *d) {
    int from = d->of.from, to = d->of.to;
    if (d->by.item >= 0 && d->by.item < from) from = d->by.item;
    if (d->by.item > to) to = d->by.item;
    if (d->by.how == FOUND_INHERITED && d->figure.part_of >= 0) return r->drafts[d->figure.part_of].figure.modality;
    int start = from;
    while (start > 0 && from - start < 15 && !bounds_clause(item_at(r, start - 1))) start--;
    bool freed = d->figure.category == EN_FIGURE_RELEASED || d->figure.category == EN_FIGURE_RETURNED_HOME ||
                 d->figure.category == EN_FIGURE_REMAINS_RETURNED;
    for (int i = start; i <= to; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ',') && i > d->of.to && i < d->by.item) i = end_of_aside(r, i, d->by.item), w = item_at(r, i);
        if (w->kind != ITEM_WORD || w->flags & ITEM_USED) continue;
        if (is(w, LEX_HYPOTHETICAL) && !(freed && is(w, LEX_PLANNED))) return EN_MODALITY_HYPOTHETICAL;
        if (is(w, LEX_PLANNED) && !(is(w, LEX_HYPOTHETICAL) && !freed)) return EN_MODALITY_PLANNED;
        if (is(w, LEX_NEGATION)) return EN_MODALITY_NEGATED;
    }
    return EN_MODALITY_STATED;
}
