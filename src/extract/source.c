/* The report's own head: title, dateline, date, agency, author. */
#include "extract/reading.h"

#include <string.h>

enum { HEAD_SENTENCES = 8, DATELINE_ITEMS = 18 };

static bool is_caps_word(const item *w) { return w->kind == ITEM_WORD && (w->flags & ITEM_CAPITAL); }

/* "TESSA, 4 March 2031 (Lakeside Wire) - ": the item of the dash; -1 where the sentence begins otherwise. */
static int dateline_end(const reading *r) {
    if (!is_caps_word(item_at(r, 0))) return -1;
    bool marked = false, dated = false;
    for (int i = 0; i < DATELINE_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_clause_dash(w) || (is_punct(w, ':') && dated))
            return marked || item_at(r, 0)->flags & ITEM_SHOUTED ? i : -1;
        marked |= w->kind == ITEM_DATE || is_punct(w, '(');
        dated |= w->kind == ITEM_DATE;
        if (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_REPORT)) &&
            !is_caps_word(w))
            return -1;
        if (w->kind == ITEM_PUNCT && !strchr(",.()/[]|", (int)(w->punct < 128 ? w->punct : 'x'))) return -1;
    }
    return -1;
}

static void take_date(reading *r, const item *w) {
    if (r->report.day || !w->date.year2 || !w->date.month2) return;
    r->report = (item_date){.year = w->date.year2, .month = w->date.month2, .day = w->date.day2};
    if (!r->source.date.len)
        r->source.date = date_text(r, &(item_date){.year = w->date.year2,
                                                   .year2 = w->date.year2,
                                                   .month = w->date.month2,
                                                   .month2 = w->date.month2,
                                                   .day = w->date.day2,
                                                   .day2 = w->date.day2});
}

static void take_dateline(reading *r, int end) {
    int place = 0;
    while (place < end && is_caps_word(item_at(r, place)) && !is(item_at(r, place), LEX_MONTH)) place++;
    if (!r->source.place.len) r->source.place = words_of(r, 0, place - 1);
    for (int i = 0; i < end; i++) {
        if (item_at(r, i)->kind == ITEM_DATE) take_date(r, item_at(r, i));
        if (!is_punct(item_at(r, i), '(')) continue;
        int close = i;
        while (close < end && !is_punct(item_at(r, close), ')')) close++;
        if (!r->source.agency.len) r->source.agency = words_of(r, i + 1, close - 1);
    }
    memmove(&r->list.at[0], &r->list.at[end + 1], sizeof(item) * (size_t)(r->list.n - end - 1));
    r->list.n -= end + 1;
    for (int i = 0; i < r->list.n; i++) {
        item *w = &r->list.at[i];
        w->first = (int16_t)(w->first - end - 1);
        w->last = (int16_t)(w->last - end - 1);
    }
    if (r->list.n) r->list.at[0].flags |= ITEM_FIRST;
}

en_status read_source(reading *r, en_error *err) {
    (void)err;
    if (r->sentence > HEAD_SENTENCES || !r->list.n) return EN_OK;
    int end = r->tokens.paragraph_start ? dateline_end(r) : -1;
    if (end >= 0 && end + 1 < r->list.n) {
        take_dateline(r, end);
        return EN_OK;
    }
    bool line = r->tokens.unended && r->tokens.paragraph_start && !r->tokens.list_item;
    if (is(item_at(r, 0), LEX_BY) && line && !r->source.author.len)
        r->source.author = words_of(r, 1, r->list.n - 1);
    else if (line && !r->source.title.len)
        r->source.title = words_of(r, 0, r->list.n - 1);
    for (int i = 0; i < r->list.n && (line || r->sentence <= 3); i++)
        if (item_at(r, i)->kind == ITEM_DATE) take_date(r, item_at(r, i));
    return EN_OK;
}
