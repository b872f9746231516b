/* Where and when: the place and the date named in the clause of a figure, else in its sentence. */
#include "extract/reading.h"

enum { NEAR_ITEMS = 25 };

/* A name after a preposition of place: "in the river town of Tessa". False where none begins at `at`. */
static bool place_at(const reading *r, int at, en_str *out) {
    if (!is(item_at(r, at), LEX_PLACE)) return false;
    int i = at + 1;
    while (i < at + 6 && item_at(r, i)->kind == ITEM_WORD && !is_name(item_at(r, i)) &&
           !is_any(item_at(r, i), LEX_BIT(LEX_VERB) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_AUXILIARY)))
        i++;
    int end = i;
    while (is_name(item_at(r, end)) &&
           !is_any(item_at(r, end), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_MONTH)))
        end++;
    if (end == i) return false;
    *out = words_of(r, i, end - 1);
    return out->len > 0;
}

static bool bounds(const item *w) { return is_punct(w, ';'); }

static void find_place(const reading *r, const draft *d, en_str *out) {
    int around = d->by.item > d->of.to ? d->by.item : d->of.to;
    for (int i = around + 1; i < around + NEAR_ITEMS && !bounds(item_at(r, i)); i++)
        if (place_at(r, i, out)) return;
    for (int i = d->of.from - 1; i >= 0 && i > d->of.from - NEAR_ITEMS && !bounds(item_at(r, i)); i--)
        if (place_at(r, i, out)) return;
}

static const item *find_date(const reading *r, const draft *d) {
    int around = d->by.item > d->of.to ? d->by.item : d->of.to;
    for (int i = around + 1; i < around + NEAR_ITEMS && i < r->list.n; i++)
        if (item_at(r, i)->kind == ITEM_DATE) return item_at(r, i);
    for (int i = d->of.from - 1; i >= 0 && i > d->of.from - NEAR_ITEMS; i--)
        if (item_at(r, i)->kind == ITEM_DATE) return item_at(r, i);
    return NULL;
}

/* A bare year, where no fuller date is near: "in 1992". */
static bool find_year(const reading *r, const draft *d, item_date *out) {
    for (int pass = 0; pass < 2; pass++)
        for (int k = 1; k < NEAR_ITEMS; k++) {
            int i = pass ? d->of.from - k : d->of.to + k;
            const item *w = item_at(r, i);
            if (w->kind != ITEM_NUMBER || !(w->flags & ITEM_NO_COUNT) || w->words != 1 || w->value < 1000 ||
                w->value > 2100)
                continue;
            *out = (item_date){.year = (int16_t)w->value, .year2 = (int16_t)w->value};
            return true;
        }
    return false;
}

void find_event(reading *r, draft *d) {
    find_place(r, d, &d->figure.event.place);
    const item *date = find_date(r, d);
    item_date year;
    en_str when = {0};
    if (date)
        when = date_text(r, &date->date);
    else if (find_year(r, d, &year))
        when = date_text(r, &year);
    if (d->figure.cumulative)
        d->figure.period = when;
    else
        d->figure.event.date = when;
}
