/* What a candidate says as a figure: category, group, unit, number, of whom, its clause. */
#include <math.h>
#include <string.h>

#include "extract/candidates.h"

enum { CAUSE_ITEMS = 10 };

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

/* "Of the hostages, 18 are still held". */
static bool names_hostages(const reading *r) {
    if (!is_any(item_at(r, 0), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PART))) return false;
    for (int i = 1; i < 4; i++) {
        const lex_sense *n = item_at(r, i)->kind == ITEM_WORD ? sense(item_at(r, i), LEX_NOUN) : NULL;
        if (n) return n->c == EN_FIGURE_HOSTAGE + 1;
    }
    return false;
}

static void settle_category(const reading *r, const candidate *c, en_figure *f) {
    f->category = (en_figure_category)c->by.category;
    f->unit = (en_figure_unit)c->of.unit;
    if (f->category == EN_FIGURE_AFFECTED && c->by.how == FOUND_NOUN && earlier_total(r, -1) >= 0)
        f->category = r->drafts[earlier_total(r, -1)].figure.category;
    bool taken = f->category == EN_FIGURE_ABDUCTED || f->category == EN_FIGURE_DETAINED;
    bool of_hostages = c->total >= 0 ? r->drafts[c->total].figure.category == EN_FIGURE_HOSTAGE : names_hostages(r);
    const item *beside = item_at(r, c->of.to + 1);
    const lex_sense *as = r->lex->verb_first && beside->kind == ITEM_WORD ? sense(beside, LEX_NOUN) : NULL;
    of_hostages |= as && as->c == EN_FIGURE_HOSTAGE + 1; /* "were held 12 residents hostages" */
    if (taken && (of_hostages || c->of.category == EN_FIGURE_HOSTAGE + 1)) f->category = EN_FIGURE_HOSTAGE;
    f->group = (en_figure_group)c->of.group;
    if (f->category == EN_FIGURE_ABDUCTED && c->by.weak && is(item_at(r, c->by.item - 1), LEX_CAUSE))
        f->category = EN_FIGURE_DIED_INDIRECT; /* "cholera took another 57" */
    bool cause = c->by.how != FOUND_INHERITED
                     ? names_cause(r, c)
                     : is_any(item_at(r, c->of.to + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION)) &&
                           is(item_at(r, c->of.to + 2), LEX_CAUSE);
    if (f->category == EN_FIGURE_KILLED && cause) f->category = EN_FIGURE_DIED_INDIRECT;
    if ((f->category == EN_FIGURE_ORPHANED_ONE || f->category == EN_FIGURE_ORPHANED_BOTH) && f->group == EN_GROUP_ALL)
        f->group = EN_GROUP_CHILDREN;
    if (f->category == EN_FIGURE_KILLED && (f->unit == EN_UNIT_FAMILY || f->unit == EN_UNIT_HOUSEHOLD) &&
        c->of.head >= 0)
        f->category = EN_FIGURE_FAMILY_KILLED; /* who says of a family that it perished says it of all of it */
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

static bool is_every(const item *w) {
    for (int s = 0; s < w->n_senses; s++)
        if (w->senses[s].class == LEX_DETERMINER && w->senses[s].b) return true;
    return false;
}

/* "41 people, all of them women": who everyone counted is. */
static void take_every(const reading *r, candidate *c) {
    if (c->of.group != EN_GROUP_ALL) return;
    int last = c->by.how == FOUND_RIGHT ? c->by.item : c->of.to;
    for (int at = c->of.to + 1; at <= last + 2; at++) {
        const item *w = item_at(r, at);
        if (w->kind == ITEM_NUMBER || is_punct(w, ';')) return;
        if (w->kind != ITEM_WORD || !is_every(w) || item_at(r, at - 1)->kind != ITEM_PUNCT) continue;
        while (is_any(item_at(r, at + 1), LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_FILLER)) &&
               !is(item_at(r, at + 1), LEX_NOUN))
            at++;
        const item *noun = item_at(r, at + 1);
        const lex_sense *n = noun->kind == ITEM_WORD ? sense(noun, LEX_NOUN) : NULL;
        if (!n || n->b != c->of.unit) return;
        c->of.group = n->a;
        c->of.known = c->of.group_said = true;
        return;
    }
}

/* "Six of the dead were women": what those counted are said to be. */
void take_complement(const reading *r, candidate *c) {
    take_every(r, c);
    if ((c->of.head >= 0 && !(c->of.partitive && c->of.group == EN_GROUP_ALL)) ||
        (is(item_at(r, c->of.from - 1), LEX_DETERMINER) && is(item_at(r, c->of.from - 2), LEX_OF)))
        return;
    int at = c->by.how == FOUND_RIGHT ? c->by.item + 1 : c->of.to + 1;
    const item *beside = item_at(r, at);
    if (c->of.of_number >= 0 && beside->kind == ITEM_WORD &&
        verb_sense(beside, c->of.unit, VOICE_PASSIVE | VOICE_STATUS))
        at++;                                                        /* "12 of the 41 people killed were children" */
    bool dash = r->lex->inversion && is_clause_dash(item_at(r, at)); /* for "are" */
    if (!is(item_at(r, at), LEX_AUXILIARY) && !dash) return;
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

en_status add_draft(reading *r, candidate *c, en_error *err) {
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
