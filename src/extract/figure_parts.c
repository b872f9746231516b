/* Which numbers are parts of which totals: "including", "among them", "12 of the 30", "of whom". */
#include "extract/candidates.h"

/* The word that makes the phrase a part: "including", "among them", "of whom", "the other"; -1 none. */
static int part_marker(const reading *r, const candidate *c) {
    uint64_t passed = LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_BOUND) |
                      LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_FILLER) | LEX_BIT(LEX_ADJECTIVE);
    int at = c->of.from - 1;
    for (int n = 0; n < 7 && at >= 0; n++, at--) {
        const item *w = item_at(r, at);
        bool inside =
            w->kind == ITEM_WORD && is(w, LEX_PREPOSITION) && w->words == 1 && item_at(r, at - 1)->kind == ITEM_WORD;
        if (is_part(w, PLACE_BEFORE) && inside) return -1; /* "shared out among three neighbours" */
        if (is_part(w, PLACE_BEFORE)) return at;
        if (is_punct(w, ':') && n == 0) continue; /* "of whom children: 6" */
        if (is_punct(w, '"') || is_punct(w, ',') || is_punct(w, ':') || is_clause_dash(w)) {
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
        if (is_part(w, PLACE_AFTER)) return !is(item_at(r, i + 1), LEX_RELATIVE);
    }
    return false;
}

/* "Of whom": a relative, whose total stands in the same sentence. */
static bool of_whom(const reading *r, int marker, const candidate *c) {
    int at = marker >= 0 ? marker : c->of.to + 1;
    for (; at > c->of.number && !is(item_at(r, at), LEX_PART); at--) {
    }
    const lex_sense *p = sense(item_at(r, at), LEX_PART);
    return p && p->b;
}

/* The total of at least so many people that a part can have: of the category here or before, else the last told. */
static int64_t whole_of(const reading *r, const candidates *all, int k, int category, bool of_category, bool here) {
    const item *n = item_at(r, all->at[k].of.number);
    double least = n->flags & ITEM_VAGUE ? 0 : n->value;
    int64_t total = total_here(r, all, k, category, least);
    if (total < 0 && !here) total = earlier_whole(r, category, least);
    if (total < 0 && category >= 0 && !of_category) total = total_here(r, all, k, -1, least);
    if (total < 0 && category >= 0 && !of_category && !here) total = earlier_whole(r, -1, least);
    bool reports = total >= 0 && r->drafts[total].figure.unit == EN_UNIT_REPORT;
    return reports && all->at[k].of.unit != EN_UNIT_REPORT && all->at[k].of.known ? -1 : total;
}

/* "Six of the dead", "37 of those killed", "twelve of those who died": where a total of the dead was told. */
static bool of_status(const reading *r, const candidates *all, int k, int *category) {
    const candidate *c = &all->at[k];
    bool relative = false;
    for (int i = c->of.number + 1; i <= c->of.to + (relative ? 4 : 2); i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_WORD && is(w, LEX_RELATIVE)) relative = true;
        unsigned voices = VOICE_STATUS | VOICE_PASSIVE | (relative ? VOICE_INTRANSITIVE : 0);
        const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, c->of.unit, voices) : NULL,
                        *n = w->kind == ITEM_WORD ? sense(w, LEX_NOUN) : NULL;
        if (is(w, LEX_AUXILIARY) && !relative) return false;
        int said = v ? v->a : n && n->c ? n->c - 1 : -1;
        if (said < 0) continue;
        if (said == EN_FIGURE_AFFECTED) said = -1;
        *category = said;
        return whole_of(r, all, k, said, true, false) >= 0;
    }
    return false;
}

/* "43 women and 40 children among them": a list of bare phrases whose last is marked. */
static bool marked_at_end(const reading *r, const candidates *all, int k) {
    for (int i = k; i + 1 < all->n; i++) {
        const candidate *c = &all->at[i], *next = &all->at[i + 1];
        if (c->by.how != FOUND_NOT || !list_gap(r, c->of.to + 1, next->of.from)) return false;
        if (stands_among(r, next) || marked_after(r, next)) return true;
    }
    return false;
}

/* "Three children were among the 41 people killed": the total comes next. */
static bool among_next(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    if (k + 1 >= all->n || !stands_among(r, c)) return false;
    candidate *next = &all->at[k + 1];
    int marker = next->of.from - 1;
    if (is(item_at(r, marker), LEX_DETERMINER) && !is(item_at(r, marker), LEX_PART)) marker--;
    if (!is_part(item_at(r, marker), PLACE_BEFORE) || !has_predicate(next)) return false;
    for (int i = c->of.to + 1; i < marker; i++)
        if (item_at(r, i)->kind == ITEM_PUNCT) return false;
    c->of.of_number = next->of.number;
    c->by = next->by;
    c->by.how = FOUND_INHERITED;
    c->by.item = -1;
    return true;
}

/* "Of the 52 hostages, 31 are women, 12 were freed": all that is told of those who stand first. */
static bool goes_on_from_front(const reading *r, const candidates *all, int k) {
    const candidate *c = &all->at[k], *before = k > 0 ? &all->at[k - 1] : NULL;
    if (!before || !(before->whole || before->fronted) || c->of.head >= 0 || c->whole) return false;
    if (is(item_at(r, c->of.from - 1), LEX_NOUN)) return false; /* "men 121, women 29" */
    for (int i = before->of.to + 1; i < c->of.from; i++)
        if (is_punct(item_at(r, i), ';') || is_punct(item_at(r, i), '.')) return false;
    return before->fronted || is_any(item_at(r, 0), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PART));
}

/* "Of the 30 pupils, nine are dead", "of the children sought, 402 are alive": of whom those are. */
static void take_noun_of_front(const reading *r, candidate *c, const candidates *all, int k) {
    if (c->of.head >= 0 || c->of.group_said) return;
    for (int i = k - 1; i >= 0; i--) {
        const counted *whole = &all->at[i].of;
        if (!all->at[i].whole || whole->head < 0 || whole->no_victim) continue;
        c->of.group = whole->group;
        c->of.unit = whole->unit;
        c->of.known = c->of.known || whole->known;
        c->elliptical = true;
        return;
    }
    int noun = 1;
    while (noun < 4 && is_any(item_at(r, noun), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADJECTIVE))) noun++;
    const lex_sense *n = item_at(r, noun)->kind == ITEM_WORD ? sense(item_at(r, noun), LEX_NOUN) : NULL;
    if (!is(item_at(r, 0), LEX_OF) || !n || noun >= c->of.from || n->a == EN_GROUP_ALL) return;
    c->of.group = n->a;
    c->of.known = c->of.group_said = true;
}

/* "Of whom children: 6". */
static void take_label(const reading *r, candidate *c) {
    const lex_sense *n = sense(item_at(r, c->of.from - 2), LEX_NOUN);
    if (!n || c->of.head >= 0) return;
    c->of.group = n->a;
    c->of.unit = n->b;
    c->of.known = c->of.group_said = true;
}

/* After a part that "of them" marks, a bare number with a place of its own goes on with the total's list. */
static bool leaves_part(const reading *r, const candidate *part, const candidate *c) {
    return (marked_after(r, part) || part->of.partitive) && c->of.head < 0 && is(item_at(r, c->of.to + 1), LEX_PLACE);
}

/* "Из 61 раненого двенадцать …": a total at the head of its clause, its parts directly after it. */
static bool of_total_first(const reading *r, const candidate *c) {
    const item *of = item_at(r, c->of.from - 1), *lead = item_at(r, c->of.from - 2);
    bool opens = of->flags & ITEM_FIRST || lead->kind == ITEM_PUNCT || is(lead, LEX_CONJUNCTION);
    const item *beside = item_at(r, c->of.to + 1); /* "из 40 погибших": they have a participle for their noun */
    bool people = c->of.known || (beside->kind == ITEM_WORD && verb_sense(beside, c->of.unit, VOICE_STATUS));
    return is(of, LEX_OF) && opens && people && r->lex->inversion;
}

/* "112 witnesses testified, among them 35 survivors": a part of people to whom nothing was done. */
static bool part_of_nobody(const reading *r, const candidates *all, int k, int marker) {
    const candidate *whole = k > 0 ? &all->at[k - 1] : NULL;
    if (marker < 0 || !whole || whole->draft >= 0 || marker <= whole->of.to || marker > whole->of.to + 3) return false;
    const item *before = item_at(r, whole->of.from - 1);
    bool told = before->kind == ITEM_WORD && is_any(before, LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_VERB_OTHER));
    return whole->of.no_victim || whole->by.other || (whole->of.known && told);
}

/* "Среди них 21 ребёнок и четверо врачей": the words of the part name its total themselves, so no total follows them.
 */
static bool names_total(const reading *r, const item *marker) {
    if (r->lex->verb_first) return !is(marker, LEX_QUANTITY); /* من أصل 52 alone leads a total */
    return r->lex->inversion && is_part(marker, PLACE_BEFORE) && marker->words >= 2;
}

void find_part(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    int marker = part_marker(r, c);
    if (part_of_nobody(r, all, k, marker) && !own_verb(c)) {
        c->by.how = FOUND_NOT;
        c->by.agent = true;
        return;
    }
    bool opens = marker >= 0 && marker == c->of.from - 1 &&
                 (marker == 0 || item_at(r, marker - 1)->flags & ITEM_OPENS) && k + 1 < all->n &&
                 !names_total(r, item_at(r, marker));
    if (opens) return; /* "Among the 742 killed …": the total itself */
    if (c->of.of_number >= 0 || among_next(r, all, k)) {
        c->part = true;
        const candidate *whole = candidate_of(all, c->of.of_number);
        if (whole && whole->draft >= 0) c->total = whole->draft;
        return;
    }
    if (k > 0 && all->at[k - 1].whole && all->at[k - 1].draft >= 0 && of_total_first(r, &all->at[k - 1])) {
        c->part = true;
        c->total = all->at[k - 1].draft;
        return;
    }
    bool pronoun = c->of.partitive || stands_among(r, c) || marked_at_end(r, all, k);
    c->fronted = fronted(r, c) || (marker < 0 && goes_on_from_front(r, all, k));
    if (c->fronted) take_noun_of_front(r, c, all, k);
    if (marker >= 0 && is_punct(item_at(r, c->of.from - 1), ':')) take_label(r, c);
    if (marker >= 0 || marked_after(r, c) || pronoun || begins_with_front(r, c) || c->fronted) {
        bool of_those = c->of.partitive && c->by.how == FOUND_RIGHT && !c->by.finite && c->by.item <= c->of.to + 2;
        const lex_sense *front = marker >= 0 ? sense(item_at(r, marker), LEX_VERB) : NULL; /* "среди погибших" */
        int category = front ? front->a : c->by.how == FOUND_FRONT || of_those ? c->by.category : -1;
        if (pronoun && c->of.head >= 0 && !c->of.known) return;
        bool of_nouns = c->of.partitive && marker < 0 && !marked_after(r, c) && !of_pronoun(r, c);
        if (of_nouns && !of_status(r, all, k, &category)) return;
        c->part = true;
        if (marked_after(r, c) || (c->of.partitive && is_punct(item_at(r, c->of.from - 1), ',')))
            category = verb_before(r, c) >= 0 ? verb_before(r, c) : category;
        bool here = of_whom(r, marker, c);
        c->total = whole_of(r, all, k, category, of_nouns, here);
        if (k > 0 && all->at[k - 1].fronted && c->fronted) c->total = all->at[k - 1].total;
        if ((here || (marker < 0 && !begins_with_front(r, c))) && c->total < 0) c->part = false;
        if (here && !c->part && !own_verb(c)) c->by.agent = true; /* of whom nothing was counted */
        return;
    }
    if (k > 0 && all->at[k - 1].part && all->at[k - 1].draft >= 0 && !own_verb(c) && !compared(r, &c->of) &&
        list_gap(r, end_of(&all->at[k - 1], c->of.from) + 1, c->of.from) &&
        !is_punct(item_at(r, c->of.from - 1), ';') && may_inherit(r, &c->of) && !leaves_part(r, &all->at[k - 1], c)) {
        c->part = true;
        c->total = all->at[k - 1].total;
    }
}

/* "12 of the 30": once the 30 is a figure it is the total of the 12. */
void link_later_totals(reading *r, candidates *all) {
    for (int k = 0; k < all->n; k++) {
        candidate *c = &all->at[k];
        if (c->of.of_number < 0 || c->draft < 0) continue;
        candidate *total = candidate_of(all, c->of.of_number);
        if (total && total->draft >= 0) r->drafts[c->draft].figure.part_of = total->draft;
    }
}

/* "12 of the 30", "of those 158": a total that stands as it was told before, or with a participle of its own. */
void mark_whole(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    const item *before = item_at(r, c->of.from - 1);
    int start = is(before, LEX_PART) ? c->of.from - 1 : c->of.from - 2;
    bool bare_of = start == -1 && is(before, LEX_OF); /* "of 900 families that fled" */
    bool first = start == 0 || bare_of || (start > 0 && item_at(r, start - 1)->flags & ITEM_OPENS);
    bool of_front = first && k + 1 < all->n && !names_total(r, before) &&
                    (is(before, LEX_PART) || bare_of || (is(before, LEX_DETERMINER) && is(item_at(r, start), LEX_OF)));
    bool of_noun = of_total_first(r, c) && k + 1 < all->n && all->at[k + 1].of.from <= c->of.to + 5;
    bool of_part = of_noun;
    for (int i = 0; i < k && !of_part; i++) of_part = all->at[i].of.of_number == c->of.number;
    if (!of_front && !of_part) return;
    c->whole = true;
    const item *beside = item_at(r, c->of.to + 1);
    const lex_sense *v =
        beside->kind == ITEM_WORD ? verb_sense(beside, c->of.unit, VOICE_PASSIVE | VOICE_STATUS) : NULL;
    bool relative = c->by.how == FOUND_RIGHT && ((c->by.relative && is(beside, LEX_RELATIVE)) ||
                                                 (is(beside, LEX_THAT) && c->by.item <= c->of.to + 3));
    bool finite = v && v->b & VOICE_INTRANSITIVE && !r->lex->compounds;
    if ((!v || finite) && c->of.category) /* "34 of the 57 detainees": detained */
        c->by = (predicate){
            .how = FOUND_NOUN, .category = (uint8_t)(c->of.category - 1), .item = c->of.head, .complement = -1};
    else if (v && !finite)
        c->by = (predicate){.how = FOUND_RIGHT, .category = v->a, .item = (int16_t)(c->of.to + 1), .complement = -1};
    else if (relative) /* "of the 21,000 who were driven over the pass" */
        c->by.finite = true;
    else if (c->by.how == FOUND_RIGHT && (c->by.finite || c->by.item > c->of.to + 2))
        c->by.how = FOUND_NOT;
    if (c->by.how == FOUND_FRONT) c->by.how = FOUND_NOT;
    int64_t told = told_before(r, item_at(r, c->of.number)->value);
    if (told >= 0 && (c->by.how == FOUND_NOT || c->by.how == FOUND_NOUN))
        c->draft = told;
    else if (c->by.how == FOUND_NOT)
        c->by.agent = true;
}
