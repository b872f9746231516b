/* Resolutions, agreements, laws, judgments, treaties: by their symbol or name, by how many, or by a verb that makes
 * one. What they demand, of whom, and what became of them, where the same sentence says so. */
#include <math.h>

#include "extract/statements.h"

enum { NEAR_ITEMS = 13, SYMBOL_ITEMS = 6 };

en_str phrase_after(const reading *r, int from, int *to) {
    while (is_any(item_at(r, from), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_PREPOSITION)) &&
           item_at(r, from)->kind == ITEM_WORD)
        from++;
    int end = from - 1;
    for (int i = from; i < from + 14 && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_PUNCT && w->punct != '-' && w->punct != '\'') break;
        if (w->kind == ITEM_WORD &&
            is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_SUBORDINATOR) |
                          LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_RANGE) | LEX_BIT(LEX_MODE)) &&
            !is_any(w, LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_NOUN)))
            break;
        if (w->kind == ITEM_WORD && is(w, LEX_PREPOSITION) && is(w, LEX_PLACE) && i > from) break;
        end = i;
    }
    *to = end;
    return words_of(r, from, end);
}

static bool capital(const item *w) { return w->kind == ITEM_WORD && (w->flags & ITEM_CAPITAL); }

/* The number, code and year after the word: "3127 (2031)", "No. 9 of 2024", "A/85/114". Last item, or `at` - 1. */
static int symbol_end(const reading *r, int at, int *first) {
    int i = at;
    *first = at;
    while (i < at + 3 &&
           (is(item_at(r, i), LEX_NUMBERED) || is_punct(item_at(r, i), '.') || is_punct(item_at(r, i), 0x2116)))
        i++;
    const item *w = item_at(r, i);
    if (w->kind != ITEM_NUMBER && w->kind != ITEM_CODE) return at - 1;
    if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT) && i == at && w->value < 100) return at - 1;
    *first = i;
    int end = i;
    if (is_punct(item_at(r, i + 1), '/') && item_at(r, i + 2)->kind == ITEM_NUMBER) end = i + 2;
    if (is_punct(item_at(r, end + 1), '(') && item_at(r, end + 2)->kind == ITEM_NUMBER &&
        is_punct(item_at(r, end + 3), ')'))
        end += 3;
    else if (is(item_at(r, end + 1), LEX_OF) && item_at(r, end + 2)->kind == ITEM_NUMBER &&
             item_at(r, end + 2)->flags & ITEM_NO_COUNT)
        end += 2;
    return end;
}

/* "the Treaty of Sant'Elm", "the Straits Accord": the name, where the word has a capital. */
static bool named(const reading *r, int at, int *from, int *to) {
    *from = *to = at;
    if (!capital(item_at(r, at)) || item_at(r, at)->flags & ITEM_FIRST) return false;
    while (*from > 0 && capital(item_at(r, *from - 1)) &&
           !(item_at(r, *from - 1)->flags & ITEM_FIRST && item_at(r, *from - 1)->mask))
        --*from;
    if (is_any(item_at(r, at + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION)) &&
        (capital(item_at(r, at + 2)) || (is(item_at(r, at + 2), LEX_DETERMINER) && capital(item_at(r, at + 3))))) {
        *to = at + 2;
        while (*to < at + 12 &&
               (capital(item_at(r, *to + 1)) ||
                (is_any(item_at(r, *to + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_CONJUNCTION)) &&
                 capital(item_at(r, *to + 2)))))
            ++*to;
    }
    return *from < at || *to > at || item_at(r, at)->words > 1;
}

static int adopt_near(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i >= at - NEAR_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';')) break;
        if (w->kind == ITEM_WORD && is(w, LEX_ADOPT)) return i;
    }
    for (int i = at + 1; i < at + NEAR_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || is_punct(w, '.')) break;
        if (w->kind == ITEM_WORD && is(w, LEX_ADOPT)) return i;
    }
    return -1;
}

/* The body: written before the word, after it with "of", or the subject of the verb that adopts. */
static en_str body_of(const reading *r, int from, int to, int adopt) {
    int first = from;
    while (first > 0 && from - first < 8 && item_at(r, first - 1)->kind == ITEM_WORD &&
           (capital(item_at(r, first - 1)) ||
            is_any(item_at(r, first - 1), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_POSSESSIVE)) ||
            (is(item_at(r, first - 1), LEX_OF) && capital(item_at(r, first - 2)))))
        first--;
    for (int i = first; i < from; i++)
        if (is_any(item_at(r, i), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT))) {
            int last = from - 1;
            while (last > i && is(item_at(r, last), LEX_POSSESSIVE)) last--;
            return words_of(r, first, last);
        }
    int end;
    if (is_any(item_at(r, to + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_BY))) {
        en_str after = phrase_after(r, to + 2, &end);
        for (int i = to + 2; i <= end; i++)
            if (is_any(item_at(r, i), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT))) return after;
    }
    speaker_words who = {0};
    int subject;
    if (adopt >= 0 && adopt < from && speaker_left_of(r, adopt, &who, &subject)) return who.who.name;
    if (adopt > to && is(item_at(r, adopt + 1), LEX_BY)) return phrase_after(r, adopt + 2, &end);
    return (en_str){0};
}

static void find_demands(const reading *r, int to, en_instrument *out) {
    for (int i = to + 1; i < r->list.n && i < to + 30; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';')) return;
        if (w->kind != ITEM_WORD || !is(w, LEX_DEMAND)) continue;
        int end = i, whom;
        while (end + 1 < r->list.n && item_at(r, end + 1)->kind != ITEM_PUNCT) end++;
        en_str addressee = phrase_after(r, i + 1, &whom);
        if (addressee.len && is(item_at(r, whom + 1), LEX_RANGE)) { /* "calls on Menland to withdraw" */
            out->addressee = addressee;
            out->demands = words_of(r, whom + 1, end);
        } else {
            out->demands = words_of(r, i + 1, end);
        }
        return;
    }
}

static int implementation_near(const reading *r, int at) {
    for (int i = at + 1; i < r->list.n && i < at + 40; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_IMPLEMENTATION)) return i;
    for (int i = at - 1; i >= 0 && i > at - 12; i--)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_IMPLEMENTATION)) return i;
    return -1;
}

static bool denied(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i >= at - 8; i--) {
        if (is_punct(item_at(r, i), ';') || is_punct(item_at(r, i), ',')) return false;
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_NEGATION)) return true;
    }
    return false;
}

static en_status add_instrument(reading *r, const frames *f, en_instrument *made, int from, int to, en_error *err) {
    find_demands(r, to, made);
    int done = implementation_near(r, to);
    if (done >= 0) {
        made->implementation = (en_implementation)sense(item_at(r, done), LEX_IMPLEMENTATION)->a;
        if (made->implementation == EN_IMPLEMENTATION_IMPLEMENTED && denied(r, done))
            made->implementation = EN_IMPLEMENTATION_NOT_IMPLEMENTED;
        const speaker_words *who = speaker_at(r, f, done);
        if (who) made->asserted_by = who->who;
    }
    for (int i = from - 1; i >= 0 && i > from - 20 && !made->date.len; i--)
        if (item_at(r, i)->kind == ITEM_DATE) made->date = date_text(r, &item_at(r, i)->date);
    made->at = quote_around(r, from, to);
    EN_TRY(grow((void **)&r->instruments, &r->instruments_cap, r->n_instruments, sizeof *made, err));
    r->instruments[r->n_instruments++] = *made;
    return EN_OK;
}

/* "resolutions 82/203, 83/17 and 84/90": each symbol is an instrument. *to: the last item of them. */
static en_status read_symbols(reading *r, const frames *f, int at, uint8_t kind, int *to, en_error *err) {
    int first, end = symbol_end(r, at + 1, &first), from = at;
    en_str body = {0};
    for (int n = 0; end >= first && n < SYMBOL_ITEMS; n++) {
        if (!body.len) body = body_of(r, at, end, adopt_near(r, at));
        en_instrument made = {
            .kind = (en_instrument_kind)kind, .count = NAN, .body = body, .symbol = words_of(r, first, end)};
        if (is_punct(item_at(r, end), ')')) { /* words_of keeps a bracket that closes */
            made.symbol =
                (en_str){r->text.ptr + item_at(r, first)->start, item_at(r, end)->end - item_at(r, first)->start};
        }
        EN_TRY(add_instrument(r, f, &made, from, end, err));
        *to = end;
        bool more = is_punct(item_at(r, end + 1), ',') || is(item_at(r, end + 1), LEX_CONJUNCTION);
        if (!more) break;
        int next = end + 2;
        if (is(item_at(r, next), LEX_CONJUNCTION)) next++;
        if (item_at(r, next)->kind != ITEM_CODE &&
            !(item_at(r, next)->kind == ITEM_NUMBER &&
              (item_at(r, next)->flags & ITEM_NO_COUNT || item_at(r, next)->value >= 100)))
            break;
        end = symbol_end(r, next, &first);
        from = first;
    }
    return EN_OK;
}

static const item *count_before(const reading *r, int at) {
    for (int i = at - 1; i >= at - 3 && i >= 0; i--) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT)) return w;
        if (!is_any(w, LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_QUANTITY)) && w->mask) return NULL;
    }
    return NULL;
}

static bool indefinite(const reading *r, int at) {
    for (int i = at - 1; i >= at - 3 && i >= 0; i--)
        if (is(item_at(r, i), LEX_ONE)) return true;
    return false;
}

/* "the Law on Compensation of 2016 (No. 3020)", "the Law on … (Law No. 4112)". */
static void take_number_in_brackets(const reading *r, int *last, en_instrument *made) {
    int at = *last + 1, first;
    if (is(item_at(r, at), LEX_OF) && item_at(r, at + 1)->kind == ITEM_NUMBER) at += 2;
    if (!is_punct(item_at(r, at), '(')) return;
    at++;
    if (is(item_at(r, at), LEX_INSTRUMENT)) at++;
    int end = symbol_end(r, at, &first);
    if (end < first) return;
    made->symbol = words_of(r, first, end);
    *last = end;
}

static en_status read_instrument(reading *r, const frames *f, int at, int *to, en_error *err) {
    uint8_t kind = sense(item_at(r, at), LEX_INSTRUMENT)->a;
    int from = at, last = at, adopt = adopt_near(r, at);
    *to = at;
    EN_TRY(read_symbols(r, f, at, kind, to, err));
    if (*to > at) return EN_OK;
    const item *count = count_before(r, at);
    en_instrument made = {.kind = (en_instrument_kind)kind, .count = NAN};
    if (named(r, at, &from, &last)) {
        made.symbol = words_of(r, from, last);
        take_number_in_brackets(r, &last, &made);
    } else if (capital(item_at(r, at)) && is(item_at(r, at - 1), LEX_DETERMINER) && implementation_near(r, at) >= 0) {
        made.symbol = words_of(r, at, at); /* "the Convention has not been implemented" */
    } else if (count && (adopt >= 0 || implementation_near(r, at) >= 0)) {
        made.count = count->best;
    } else if (!((indefinite(r, at) || adopt == at + 1) && adopt >= 0 && !is(item_at(r, at), LEX_VERB))) {
        return EN_OK;
    }
    made.body = body_of(r, from, last, adopt);
    *to = last;
    return add_instrument(r, f, &made, from, last, err);
}

en_status read_instruments(reading *r, const frames *f, en_error *err) {
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD || !is(w, LEX_INSTRUMENT)) continue;
        int to = i;
        EN_TRY(read_instrument(r, f, i, &to, err));
        i = to;
    }
    return EN_OK;
}
