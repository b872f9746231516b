/* The report's own head: title, dateline, date, agency, author. */
#include "extract/reading.h"

#include <stdio.h>
#include <string.h>

enum { HEAD_SENTENCES = 8, DATELINE_ITEMS = 18, AGENCY_ITEMS = 3, ISSUER_ITEMS = 12 };

static bool is_caps_word(const item *w) { return w->kind == ITEM_WORD && (w->flags & ITEM_CAPITAL); }

static bool says_something(const item *w) {
    return w->kind == ITEM_WORD && !is_caps_word(w) &&
           is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_REPORT));
}

static bool in_dateline(const item *w) {
    return w->kind != ITEM_PUNCT || w->punct == 0x060C || (w->punct < 128 && strchr(",.()/[]|", (int)w->punct));
}

/* "TESSA, 4 March 2031 (Lakeside Wire) - ": the item of the dash; -1 where the sentence begins otherwise. */
static int dateline_end(const reading *r) {
    const item *first = item_at(r, 0);
    bool marked = false, dated = false, capitals = r->lex->capitals;
    if (capitals ? !is_caps_word(first) : first->kind != ITEM_WORD) return -1;
    for (int i = 0; i < DATELINE_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        bool enough = capitals ? marked || first->flags & ITEM_SHOUTED : marked && dated;
        bool dash = is_clause_dash(w) || (is_punct(w, '-') && is_punct(item_at(r, i - 1), '.')); /* "(Agencia).- " */
        if (dash || (is_punct(w, ':') && dated)) return enough ? i : -1;
        marked |= w->kind == ITEM_DATE || is_punct(w, '(');
        dated |= w->kind == ITEM_DATE;
        if (says_something(w) || !in_dateline(w)) return -1;
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

/* A day without its year, "XXXX-05-04". */
static void take_day(reading *r, const item *w) {
    if (r->source.date.len || w->date.year2 || !w->date.month2 || !w->date.day2) return;
    char edtf[16];
    int n = snprintf(edtf, sizeof edtf, "XXXX-%02d-%02d", w->date.month2, w->date.day2);
    char *kept = n > 0 ? en_arena_strdup(r->arena, (en_str){edtf, (size_t)n}) : NULL;
    if (kept) r->source.date = (en_str){kept, (size_t)n};
}

static void drop_items(reading *r, int n) {
    memmove(&r->list.at[0], &r->list.at[n], sizeof(item) * (size_t)(r->list.n - n));
    r->list.n -= n;
    for (int i = 0; i < r->list.n; i++) {
        item *w = &r->list.at[i];
        w->first = (int16_t)(w->first - n);
        w->last = (int16_t)(w->last - n);
    }
    if (r->list.n) r->list.at[0].flags |= ITEM_FIRST;
}

/* "- TASMI.": an agency by itself after the dash. */
static void take_agency_after(reading *r) {
    int end = 0;
    while (end < AGENCY_ITEMS && is_caps_word(item_at(r, end))) end++;
    if (end && end + 1 == r->list.n && is_punct(item_at(r, end), '.') && !r->source.agency.len)
        r->source.agency = words_of(r, 0, end - 1);
}

static void take_dateline(reading *r, int end) {
    int place = 0;
    bool capitals = r->lex->capitals;
    while (place < end && item_at(r, place)->kind == ITEM_WORD &&
           (!capitals || (is_caps_word(item_at(r, place)) && !is(item_at(r, place), LEX_MONTH))))
        place++;
    if (!r->source.place.len) r->source.place = words_of(r, 0, place - 1);
    for (int i = 0; i < end; i++) {
        if (item_at(r, i)->kind == ITEM_DATE) take_date(r, item_at(r, i)), take_day(r, item_at(r, i));
        if (!is_punct(item_at(r, i), '(') || item_at(r, i + 1)->kind == ITEM_DATE) continue;
        int close = i;
        while (close < end && !is_punct(item_at(r, close), ')')) close++;
        if (!r->source.agency.len) r->source.agency = words_of(r, i + 1, close - 1);
    }
    drop_items(r, end + 1);
    take_agency_after(r);
}

/* "By Olin Brask, Delta News", "By our reporter | Meridian Agency". */
static void take_byline(reading *r) {
    int end = 1;
    while (end < r->list.n && !is_punct(item_at(r, end), ',') && !is_punct(item_at(r, end), '|')) end++;
    r->source.author = words_of(r, 1, end - 1);
    int last = end + 1;
    while (last < r->list.n && item_at(r, last)->kind == ITEM_WORD) last++;
    if (is_caps_word(item_at(r, end + 1)) && !r->source.agency.len) r->source.agency = words_of(r, end + 1, last - 1);
}

/* A first line that is the name of a body: who issues what follows. */
static bool is_issuer(const reading *r) {
    bool body = false;
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        bool small = w->kind == ITEM_WORD && w->end - w->start <= 3;
        if (w->kind != ITEM_WORD || says_something(w) || (!is_caps_word(w) && !small)) return false;
        if (is_any(w, LEX_BIT(LEX_PREPOSITION)) && !small && !(w->flags & ITEM_SHOUTED)) return false;
        body |= is_any(w, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT));
    }
    return body && r->lex->capitals && r->list.n > 1 && r->list.n <= ISSUER_ITEMS;
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
        take_byline(r);
    else if (line && r->sentence == 1 && !r->source.agency.len && is_issuer(r))
        r->source.agency = words_of(r, 0, r->list.n - 1);
    else if (line && !r->source.title.len)
        r->source.title = words_of(r, 0, r->list.n - 1);
    for (int i = 0; i < r->list.n && (line || r->sentence <= 3); i++)
        if (item_at(r, i)->kind == ITEM_DATE) take_date(r, item_at(r, i));
    return EN_OK;
}
