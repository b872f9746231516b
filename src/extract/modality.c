/* Whether what a figure says happened, or is only feared, planned or denied: words of its clause say so. */
#include "extract/reading.h"

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

/* "Неправда, что погибли 20": the denial stands before the "that" of the clause. */
static bool denied_before(const reading *r, int start) {
    if (!is(item_at(r, start - 1), LEX_THAT)) return false;
    const item *denial = item_at(r, is_punct(item_at(r, start - 2), ',') ? start - 3 : start - 2);
    return denial->kind == ITEM_WORD && is(denial, LEX_NEGATION) && !is(denial, LEX_REPORT);
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
        if (is_punct(w, ',') && i == d->by.item + 1 && i < d->of.from) i = d->of.from, w = item_at(r, i); /* an aside */
        if (is_punct(w, ',') && i > d->of.to && i < d->by.item) i = end_of_aside(r, i, d->by.item), w = item_at(r, i);
        if (w->kind != ITEM_WORD || w->flags & ITEM_USED) continue;
        if (is(w, LEX_HYPOTHETICAL) && !(freed && is(w, LEX_PLANNED))) return EN_MODALITY_HYPOTHETICAL;
        if (is(w, LEX_PLANNED) && !(is(w, LEX_HYPOTHETICAL) && !freed)) return EN_MODALITY_PLANNED;
        if (is(w, LEX_NEGATION)) return EN_MODALITY_NEGATED;
    }
    return denied_before(r, start) ? EN_MODALITY_NEGATED : EN_MODALITY_STATED;
}
