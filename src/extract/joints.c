/* Which numbers of a sentence stand together: lists, totals told before, and whose verb is whose. */
#include "extract/candidates.h"

enum { GAP_ITEMS = 16, TOLD_FIGURES = 40 };

candidate *candidate_of(candidates *all, int number) {
    for (int i = 0; i < all->n; i++)
        if (all->at[i].of.number == number) return &all->at[i];
    return NULL;
}

int previous_figure(const candidates *all, int k, bool parts) {
    for (int i = k - 1; i >= 0; i--)
        if (all->at[i].draft >= 0 && (parts || (!all->at[i].part && !all->at[i].detail))) return i;
    return -1;
}

int64_t told_before(const reading *r, double value) {
    for (size_t i = r->n_drafts, n = 0; i-- > 0 && n < TOLD_FIGURES; n++) {
        if (r->drafts[i].figure.best == value) return (int64_t)i;
    }
    return -1;
}

int64_t earlier_total(const reading *r, int category) { return earlier_whole(r, category, 0); }

int64_t earlier_whole(const reading *r, int category, double least) {
    int64_t other = -1;
    for (size_t i = r->first_here; i-- > 0;) {
        const draft *d = &r->drafts[i];
        if (r->sentence - d->sentence > BACK_SENTENCES) break;
        if (other >= 0 && r->drafts[other].sentence != d->sentence) return other;
        if (d->superseded || d->detail || d->figure.best < least) continue; /* no part is larger than its total */
        if (category >= 0 && d->figure.category != (en_figure_category)category) continue;
        bool part = d->is_part && (category < 0 || d->figure.part_of >= 0);
        if (!part) return (int64_t)i;
        /* "the remaining 975 are missing": part of what was registered, but told as something else */
        bool told_anew = d->figure.part_of >= 0 && r->drafts[d->figure.part_of].figure.category != d->figure.category;
        bool alone = (i == 0 || r->drafts[i - 1].sentence != d->sentence) &&
                     (i + 1 == r->first_here || r->drafts[i + 1].sentence != d->sentence);
        if (told_anew && alone) other = (int64_t)i;
    }
    return other;
}

int64_t total_here(const reading *r, const candidates *all, int before, int category, double least) {
    for (int i = before - 1; i >= 0; i--) {
        const candidate *c = &all->at[i];
        if (c->draft < 0 || c->superseded || (c->detail && category < 0)) continue;
        if (category >= 0 && (c->by.category != category || c->part)) continue;
        if (c->part && i == before - 1 && is(item_at(r, c->of.to + 1), LEX_CONJUNCTION)) return c->total;
        if (r->drafts[c->draft].figure.best < least) continue;
        return c->draft;
    }
    return -1;
}

static bool ends_joint(const item *w) {
    return is_punct(w, ',') || is_punct(w, ';') || is(w, LEX_CONJUNCTION) || is_punct(w, '/') || is_punct(w, '(') ||
           is_punct(w, ':') || is_punct(w, 0x2013) || (is_punct(w, '-') && !(w->flags & ITEM_JOINED));
}

/* Whether only places, dates and the words of a list stand between item `from` and the phrase at `to`. */
bool list_gap(const reading *r, int from, int to) {
    while (to > from && is(item_at(r, to - 1), LEX_DETERMINER) && item_at(r, to - 1)->kind == ITEM_WORD) to--;
    bool of_again =
        is(item_at(r, to - 1), LEX_OF) && ends_joint(item_at(r, to - 2)); /* "of 11 prisoners, and of 3 by" */
    to -= of_again;
    if (to - from > GAP_ITEMS || to <= from || !ends_joint(item_at(r, to - 1))) return false;
    bool in_phrase = false;
    for (int i = from; i < to; i++) {
        const item *w = item_at(r, i);
        if (w->flags & ITEM_USED) continue;
        if (w->kind == ITEM_PUNCT) {
            if (w->punct != ',' && w->punct != ';' && w->punct != '(' && w->punct != ')' && w->punct != '"' &&
                w->punct != '/' && w->punct != '-' && w->punct != '.' && w->punct != ':' && w->punct != 0x2013)
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
int end_of(const candidate *c, int before) {
    int end = c->by.complement > c->of.to && c->by.complement < before ? c->by.complement : c->of.to;
    return c->by.how == FOUND_RIGHT && c->by.item > end && c->by.item < before ? c->by.item : end;
}

/* What follows the phrase lets it take its verb from elsewhere. */
bool may_inherit(const reading *r, const counted *of) {
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

/* A finite verb of its own directly after the phrase: "and 30 were injured". */
bool own_verb(const candidate *c) {
    bool died = c->by.category == EN_FIGURE_KILLED || c->by.category == EN_FIGURE_DIED_INDIRECT;
    bool former = c->by.relative && !(c->by.finite && died); /* "who had been listed as missing" */
    return c->by.how == FOUND_RIGHT && !former && c->by.item > c->of.to &&
           ((c->by.item <= c->of.to + 4 && !c->by.closes) || (c->by.finite && !c->by.across));
}
