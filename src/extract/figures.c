/* The figures of a sentence: each number with its phrase and predicate; then what depends on other numbers, which are
 * parts of a total (figure_parts.c), coordinated ("12 men, four women"), and elliptical (ellipsis.c).
 */
#include <stdlib.h>

#include "extract/candidates.h"

enum { NEAR_ITEMS = 4 };

en_status grow(void **array, size_t *cap, size_t n, size_t size, en_error *err) {
    if (n < *cap) return EN_OK;
    size_t wanted = *cap ? *cap * 2 : 16;
    void *grown = realloc(*array, wanted * size);
    if (!grown) return en_no_memory(err);
    *array = grown;
    *cap = wanted;
    return EN_OK;
}

static bool counts(const item *i) {
    return i->kind == ITEM_NUMBER && !(i->flags & (ITEM_USED | ITEM_NO_COUNT)) &&
           !(i->value == 0 && !(i->flags & ITEM_VAGUE));
}

/* "3. ", "(3) ": the number that an item of a list begins with. */
static bool numbers_item(const reading *r, int i) {
    const item *next = item_at(r, i + 1);
    return r->tokens.list_item && i <= 1 && (is_punct(next, ')') || is_punct(next, '.')) &&
           (i == 0 || is_punct(item_at(r, 0), '('));
}

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
    const item *beside = item_at(r, c->of.to + 1);
    if ((c->by.weak || c->by.choosy) && c->by.how == FOUND_LEFT && beside->kind == ITEM_NUMBER &&
        is(item_at(r, c->of.to + 2), LEX_NOT_VICTIM))
        return false; /* "it took two boys two days" */
    if (c->by.choosy && !people && c->of.head >= 0) return false;
    const item *n = item_at(r, c->of.number);
    bool one = n->value == 1 && !(n->flags & ITEM_VAGUE);
    bool own = c->by.how == FOUND_RIGHT && c->by.finite && !c->by.relative;
    if (one && c->of.of_number >= 0 && !own) return false; /* "he was one of 16 survivors" */
    if (c->of.dead_weight && c->by.how == FOUND_RIGHT && c->by.item > c->of.to + (c->by.finite ? 16 : 7)) return false;
    if (one && c->of.head < 0 && !c->by.finite && !c->part && previous_figure(all, k, true) < 0) return false;
    return true;
}

/* "14 bodies were handed over, 31 received": a bare number after one of bodies counts bodies where its verb is nearest.
 */
static void take_remains(const reading *r, const candidate *before, candidate *c) {
    if (c->of.head >= 0 || before->of.unit != EN_UNIT_REMAINS || !has_predicate(before)) return;
    counted bodies = c->of;
    predicate by;
    bodies.unit = EN_UNIT_REMAINS;
    find_predicate(r, &bodies, &by);
    bool nearer = by.how != FOUND_NOT && (!has_predicate(c) || c->by.item < 0 ||
                                          abs(by.item - c->of.number) <= abs(c->by.item - c->of.number));
    if (!nearer || by.category < EN_FIGURE_REMAINS_RECOVERED || by.category > EN_FIGURE_REMAINS_RETURNED) return;
    c->of = bodies;
    c->by = by;
}

/* "Four of the crew of 22 are missing", "ten members of three families": how many those are of whom the others are. */
static void absorb_size(const reading *r, candidate *c, candidate *size) {
    int of = size->of.from - 1;
    bool inside = c->of.to == of && of > c->of.head; /* "a crew of" is one phrase */
    if (!inside && !(is(item_at(r, of), LEX_OF) && c->of.to == of - 1)) return;
    if (c->of.of_number >= 0 || !c->of.known || !r->lex->compounds) return;
    size->by = (predicate){.agent = true, .item = -1, .complement = -1};
    c->of.to = size->of.to;
    find_predicate(r, &c->of, &c->by);
}

/* "713 bodies were recovered and 184 returned to their families": after bodies a bare number counts bodies where what
 * is said of it can be said of them. */
static void find_predicate_of(const reading *r, const candidates *all, candidate *c) {
    const candidate *before = all->n > 1 ? c - 1 : NULL;
    if (c->of.head < 0 && !c->of.partitive && before && before->of.unit == EN_UNIT_REMAINS) {
        counted bodies = c->of;
        bodies.unit = EN_UNIT_REMAINS;
        find_predicate(r, &bodies, &c->by);
        bool near = c->by.item >= c->of.from - NEAR_ITEMS && c->by.item <= c->of.to + NEAR_ITEMS && c->by.item >= 0;
        bool of_bodies = c->by.category >= EN_FIGURE_REMAINS_RECOVERED && c->by.category <= EN_FIGURE_REMAINS_RETURNED;
        if (has_predicate(c) && near && of_bodies && c->by.how != FOUND_TOLL) {
            c->of = bodies;
            return;
        }
    }
    find_predicate(r, &c->of, &c->by);
}

en_status read_figures(reading *r, en_error *err) {
    candidates all;
    all.n = 0;
    r->first_here = r->n_drafts;
    for (int i = 0; i < r->list.n && all.n < SENTENCE_NUMBERS; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_NUMBER || w->flags & ITEM_USED || numbers_item(r, i)) continue;
        if (!counts(w)) {
            EN_TRY(read_share(r, i, err));
            continue;
        }
        candidate *c = &all.at[all.n++];
        *c = (candidate){.draft = -1, .total = -1};
        count_phrase(r, i, &c->of);
        find_predicate_of(r, &all, c);
        find_cell(r, c);
        if (all.n > 1) take_remains(r, &all.at[all.n - 2], c);
    }
    for (int k = 1; k < all.n; k++) absorb_size(r, &all.at[k - 1], &all.at[k]);
    for (int k = 0; k < all.n; k++) mark_whole(r, &all, k);
    for (int k = 0; k < all.n; k++) {
        candidate *c = &all.at[k];
        if (c->whole && c->draft >= 0) continue;
        find_part(r, &all, k);
        find_part_verb(r, &all, k);
        find_elliptical(r, &all, k);
        find_apposition(r, c);
        find_noun_before(r, &all, k);
        find_list_verb(r, c);
        find_topic(r, c);
        take_label_group(r, c);
        take_complement(r, c);
        if (!is_figure(r, c, &all, k)) continue;
        take_noun_before(r, &all, k, c);
        EN_TRY(add_draft(r, c, err));
    }
    link_later_totals(r, &all);
    keep_topic(r);
    return EN_OK;
}
