/* Words and clauses as bytes of the text. */
#include "extract/reading.h"

en_str words_of(const reading *r, int from, int to) {
    while (from <= to && is_punct(item_at(r, from), ',')) from++;
    while (to >= from && item_at(r, to)->kind == ITEM_PUNCT && !is_punct(item_at(r, to), ')')) to--;
    if (to < from || from < 0 || to >= r->list.n) return (en_str){0};
    uint32_t start = item_at(r, from)->start, end = item_at(r, to)->end;
    return end > start ? (en_str){r->text.ptr + start, end - start} : (en_str){0};
}

/* Whether a clause can end before this item (going right) or begin after it (going left). */
static bool parts_clauses(const item *w) {
    if (w->kind == ITEM_PUNCT)
        return w->punct == ',' || w->punct == ';' || w->punct == ':' || w->punct == '"' || w->punct == 0x2013 ||
               (w->punct == '-' && !(w->flags & ITEM_JOINED)) || w->punct == '(' || w->punct == ')' ||
               w->punct == '.' || w->punct == '!' || w->punct == '?';
    return w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_THAT));
}

static en_quotation bytes_of(const reading *r, int from, int to) {
    uint32_t start = item_at(r, from)->start, end = item_at(r, to)->end;
    if (end - start > EN_EXTRACT_QUOTE_BYTES) {
        while (to > from && item_at(r, to)->end - start > EN_EXTRACT_QUOTE_BYTES) to--;
        end = item_at(r, to)->end;
    }
    if (end - start > EN_EXTRACT_QUOTE_BYTES) { /* one word longer than that: cut between characters */
        end = start + EN_EXTRACT_QUOTE_BYTES;
        while (end > start && ((unsigned char)r->text.ptr[end] & 0xC0) == 0x80) end--;
    }
    return (en_quotation){.quote = {r->text.ptr + start, end - start}, .start = start, .end = end};
}

en_quotation quote_around(const reading *r, int from, int to) {
    if (from < 0) from = 0;
    if (to >= r->list.n) to = r->list.n - 1;
    int first = from, last = to;
    while (first > 0 && !parts_clauses(item_at(r, first - 1))) first--;
    while (last + 1 < r->list.n && !parts_clauses(item_at(r, last + 1))) last++;
    if (item_at(r, last)->end - item_at(r, first)->start <= EN_EXTRACT_QUOTE_BYTES) from = first, to = last;
    return bytes_of(r, from, to);
}

en_str date_text(reading *r, const item_date *date) {
    char buf[48];
    size_t n = date_print(date, &r->report, buf, sizeof buf);
    char *kept = n ? en_arena_strdup(r->arena, (en_str){buf, n}) : NULL;
    return kept ? (en_str){kept, n} : (en_str){0};
}
