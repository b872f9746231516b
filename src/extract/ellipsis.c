/* Numbers without a verb of their own: it is that of the figure before them, of the list or heading they stand in, of
 * their total or of what they are compared with ("against 19 the year before").
 */
#include "extract/candidates.h"

enum { APPOSED_ITEMS = 9 };

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
bool compared(const reading *r, const counted *of) {
    for (int i = of->from - 1; i >= of->from - 3; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) return false;
        if (is(w, LEX_AGAINST)) return true;
        if (!is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_QUANTITY) | LEX_BIT(LEX_BOUND)))
            return false;
    }
    return false;
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

/* The last figure that is no detail of another, in the sentence that has one. */
static int64_t last_whole(const reading *r) {
    int64_t last = last_draft(r);
    for (size_t i = r->first_here; last >= 0 && i-- > 0 && r->drafts[i].sentence == r->drafts[last].sentence;)
        if (!r->drafts[i].detail && !r->drafts[i].is_part && !r->drafts[i].superseded) return (int64_t)i;
    return last;
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

/* "58 dead, among them 14 children, against 41 the day before": of the total, not of its last part. */
static bool take_compared(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    int total = previous_figure(all, k, false), before = total >= 0 ? total : previous_figure(all, k, true);
    bool alone = c->of.head < 0 && !is(item_at(r, c->of.from - 1), LEX_PREPOSITION); /* "against", not "from" */
    int64_t same = before >= 0 ? all->at[before].draft : alone ? earlier_total(r, -1) : -1;
    if (same < 0 || r->sentence - r->drafts[same].sentence > 1) return false;
    const draft *d = &r->drafts[same];
    inherit_draft(c, d, FOUND_INHERITED);
    c->superseded = true;
    take_noun_of(c, &d->of);
    c->of.group = (uint8_t)d->figure.group;
    c->of.unit = (uint8_t)d->figure.unit;
    c->of.no_victim = false;
    return true;
}

/* What "it" counts, where a toll stood in the last two sentences; else the last figure of the one before. */
static int64_t last_counted(const reading *r) {
    for (size_t i = r->first_here; i-- > 0 && r->sentence - r->drafts[i].sentence <= 2;)
        if (r->drafts[i].by.how == FOUND_TOLL) return (int64_t)i;
    int64_t last = last_draft(r);
    return last >= 0 && r->sentence - r->drafts[last].sentence <= 1 ? last : -1;
}

/* "It was 19 last month", "earlier it had stood at 51": a bare number of what was counted before. */
static bool said_again(const reading *r, const counted *of) {
    const item *next = item_at(r, of->to + 1);
    if (next->kind == ITEM_WORD && !is_any(next, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_SUBORDINATOR) |
                                                     LEX_BIT(LEX_CUMULATIVE) | LEX_BIT(LEX_CONJUNCTION)))
        return false;
    if (is_punct(next, '%') || is_punct(next, '/') || is_punct(next, '$')) return false;
    int at = of->from - 1;
    bool verb = false, change = r->lex->compounds;
    for (; at >= 0 && of->from - at < 6; at--) {
        const item *w = item_at(r, at);
        if (w->kind != ITEM_WORD) return false;
        if (is(w, LEX_PRONOUN) && verb) break;
        if (!is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_BOUND)) &&
            !(is(w, LEX_PREPOSITION) && at == of->from - 1))
            return false;
        verb |= is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_CHANGE)) != 0;
        change |= is(w, LEX_CHANGE);
    }
    if (!change) return false;
    const lex_sense *who = sense(item_at(r, at), LEX_PRONOUN);
    if (!who || who->a) return false;
    const item *lead = item_at(r, at - 1);
    return at == 0 || lead->kind != ITEM_WORD || is_any(lead, LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_NOT_VICTIM)) ||
           is_unknown(lead);
}

void find_elliptical(reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    int before = previous_figure(all, k, true);
    if (compared(r, &c->of) && (c->of.head < 0 || !c->of.known) && take_compared(r, all, k)) return;
    int of = item_at(r, c->of.number)->last + 1;
    if (c->of.head < 0 && before >= 0 && all->at[before].of.unit == EN_UNIT_REPORT && said_of(r, of)) {
        inherit(c, &all->at[before].by, FOUND_INHERITED); /* "288 complaints of abduction and 119 of torture" */
        c->by.category = (uint8_t)(said_of(r, of) - 1);
        c->of.unit = EN_UNIT_REPORT;
        c->elliptical = true;
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
    if (bare && said_again(r, &c->of)) { /* "last month it was 19" */
        int64_t same = before >= 0 ? all->at[before].draft : last_counted(r);
        if (same < 0) return;
        inherit_draft(c, &r->drafts[same], FOUND_TOLL);
        take_noun_of(c, &r->drafts[same].of);
        c->of.group = (uint8_t)r->drafts[same].figure.group;
        c->of.unit = (uint8_t)r->drafts[same].figure.unit;
        c->of.dead_weight = false;
        return;
    }
    if (bare && said_bare(r, &c->of)) { /* "the command acknowledges nineteen" */
        int64_t same = before >= 0 ? all->at[before].draft : k == 0 ? last_whole(r) : -1;
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
void find_topic(const reading *r, candidate *c) {
    if (has_predicate(c) || c->of.unit != EN_UNIT_REPORT || !c->of.strong || !r->topic || c->of.no_victim ||
        c->by.agent)
        return;
    if (is(item_at(r, c->of.from - 1), LEX_DETERMINER)) return; /* "in each of our 22 reports" */
    c->by = (predicate){.how = FOUND_LIST, .category = (uint8_t)(r->topic - 1), .item = -1, .complement = -1};
}

/* The last category that the sentence speaks of. */
void keep_topic(reading *r) {
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

/* "The survivors, some 30, fled", "the women who escaped, about 25 of them": a number set off after those it counts. */
void find_apposition(const reading *r, candidate *c) {
    const item *next = item_at(r, c->of.to + 1);
    if (c->of.head >= 0 || c->of.of_number >= 0 || c->part || !is_punct(item_at(r, c->of.from - 1), ',') ||
        !(is_punct(next, ',') || is_punct(next, '.') || next->kind == ITEM_DATE || c->of.to + 1 >= r->list.n))
        return;
    const lex_sense *verb = NULL;
    for (int i = c->of.from - 2; i > 0 && i > c->of.from - APPOSED_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD || is_any(w, LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ACCORDING))) return;
        const lex_sense *n = sense(w, LEX_NOUN);
        if (!verb) verb = verb_sense(w, EN_UNIT_PERSON, VOICE_PASSIVE | VOICE_INTRANSITIVE);
        if (!n || !is(item_at(r, i - 1), LEX_DETERMINER)) continue;
        if (is_any(item_at(r, i - 2), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PART))) return;
        if (n->c || (verb && i < c->of.from - 2))
            c->by = (predicate){.how = FOUND_NOUN,
                                .category = (uint8_t)(n->c ? n->c - 1 : verb->a),
                                .item = (int16_t)i,
                                .complement = -1};
        if (!has_predicate(c)) return;
        c->of.group = n->a;
        c->of.unit = n->b;
        c->of.known = c->of.group_said = true;
        c->of.whom_from = c->of.whom_to = (int16_t)i;
        return;
    }
}

/* "Men 121, women 29": the noun before a bare number, in a list. */
void find_noun_before(const reading *r, candidates *all, int k) {
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

/* A part has the verb of its total unless its own stands by it. */
void find_part_verb(const reading *r, candidates *all, int k) {
    candidate *c = &all->at[k];
    if (!c->part || c->of.no_victim) return;
    bool how_killed = c->total >= 0 && c->by.category == EN_FIGURE_INJURED && !c->by.finite &&
                      r->drafts[c->total].figure.category == EN_FIGURE_KILLED; /* "23 died, 11 of them stabbed" */
    if (own_verb(c) && !how_killed) return;
    bool of_victims = c->of.partitive && c->of.category == EN_FIGURE_AFFECTED + 1; /* "three of the victims" */
    if (c->by.other && c->by.how == FOUND_NOT && !c->by.copula && !of_victims) return;
    if (c->by.how == FOUND_NOUN && c->of.strong) return;
    if (c->total >= 0) {
        const draft *d = &r->drafts[c->total];
        if (c->by.how == FOUND_LEFT && c->by.item >= c->of.from - 3) return;
        bool bare = c->of.head < 0 && !c->by.copula;
        inherit_draft(c, d, FOUND_INHERITED);
        if (bare && !c->of.group_said) {
            take_noun_of(c, &d->of);
            c->of.group = (uint8_t)d->figure.group;
            c->of.unit = (uint8_t)d->figure.unit;
        } else if (c->of.head < 0 && c->by.complement >= 0 && is(item_at(r, c->by.complement), LEX_NOUN)) {
            const lex_sense *n = sense(item_at(r, c->by.complement), LEX_NOUN);
            c->of.group = n->a;
            c->of.known = c->of.group_said = true;
        } else if (c->of.head < 0 && !c->of.group_said) {
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

/* A bare number with a verb of its own still counts what the figure before it counts. */
void take_noun_before(const reading *r, const candidates *all, int k, candidate *c) {
    if (c->of.known || c->of.group_said || c->elliptical || c->of.head >= 0 || c->of.status) return;
    if (c->by.how == FOUND_TOLL || c->of.unit == EN_UNIT_REMAINS) return;
    if (c->part && c->total >= 0) {
        c->of.group = (uint8_t)r->drafts[c->total].figure.group;
        c->of.unit = (uint8_t)r->drafts[c->total].figure.unit;
        return;
    }
    int before = previous_figure(all, k, false);
    int64_t told =
        is(item_at(r, c->of.from - 1), LEX_DETERMINER) ? told_before(r, item_at(r, c->of.number)->value) : -1;
    if (told >= 0 && r->paragraph - r->drafts[told].paragraph <= 2 && r->drafts[told].figure.unit == EN_UNIT_PERSON) {
        c->of.group = (uint8_t)r->drafts[told].figure.group; /* "all 17 have been brought out alive" */
        return;
    }
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
