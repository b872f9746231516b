/* How an instrument is written: its symbol, name, number in brackets, how many, and whose it is. */
#include "extract/instrument_names.h"

enum { NEAR_ITEMS = 13, RIGHT_ITEMS = 24, NAME_ITEMS = 14 };

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

/* The number, code and year after the word: "3127 (2031)", "No. 9 of 2024", "A/85/114". Last item, or `at` - 1. */
int instrument_symbol(const reading *r, int at, int *first) {
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

/* A capital, or small words before one: "of the Oltan Operations". */
static bool goes_on_as_name(const reading *r, int at) {
    uint64_t small = LEX_BIT(LEX_OF) | LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_CONJUNCTION);
    for (int i = at; i < at + 3; i++) {
        if (is_caps(item_at(r, i))) return true;
        if (item_at(r, i)->kind != ITEM_WORD || !is_any(item_at(r, i), small)) return false;
    }
    return false;
}

/* "l'accord de Sérénac", "la loi du 9 juillet 2008": where the word of a name has no capital, what follows has. */
static bool small_name(const reading *r, int at, int *to) {
    int next = at + 2;
    if (r->lex->compounds || !r->lex->capitals || is_caps(item_at(r, at)) || !is(item_at(r, at + 1), LEX_OF))
        return false;
    if (item_at(r, next)->kind == ITEM_DATE && item_at(r, next)->date.day) {
        *to = next;
        return true;
    }
    if (is(item_at(r, next), LEX_DETERMINER)) next++;
    uint64_t others = LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_LEGISLATURE) | LEX_BIT(LEX_OFFICE);
    if (!is_caps(item_at(r, next)) || is_any(item_at(r, next), others)) return false;
    for (*to = next; *to < at + NAME_ITEMS && goes_on_as_name(r, *to + 1);) ++*to;
    return true;
}

/* "اتفاق كسلانة": without capitals, an agreement or treaty with an unknown word in the genitive directly behind it. */
static bool joined_name(const reading *r, int at, int *to) {
    uint8_t kind = sense(item_at(r, at), LEX_INSTRUMENT)->a;
    bool named = kind == EN_INSTRUMENT_AGREEMENT || kind == EN_INSTRUMENT_TREATY;
    if (!r->lex->verb_first || !named || is(item_at(r, at - 1), LEX_DETERMINER)) return false;
    bool article = is(item_at(r, at + 1), LEX_DETERMINER) && item_at(r, at + 2)->flags & ITEM_JOINED;
    int name = article ? at + 2 : at + 1;
    bool treated = article || adoption_near(r, at) >= 0;
    if (!is_unknown(item_at(r, name)) || !treated) return false;
    *to = name;
    return true;
}

/* "the Treaty of Sant'Elm", "the Straits Accord": the name, where the word has a capital. */
bool instrument_name(const reading *r, int at, int *from, int *to) {
    *from = *to = at;
    if (small_name(r, at, to) || joined_name(r, at, to)) return true;
    if (!is_caps(item_at(r, at)) || item_at(r, at)->flags & ITEM_FIRST) return false;
    while (*from > 0 && is_caps(item_at(r, *from - 1)) &&
           !(item_at(r, *from - 1)->flags & ITEM_FIRST && item_at(r, *from - 1)->mask))
        --*from;
    if (is_any(item_at(r, at + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION)) &&
        (is_caps(item_at(r, at + 2)) || (is(item_at(r, at + 2), LEX_DETERMINER) && is_caps(item_at(r, at + 3))))) {
        *to = at + 2;
        while (*to < at + NAME_ITEMS && goes_on_as_name(r, *to + 1)) ++*to;
    }
    return *from < at || *to > at || item_at(r, at)->words > 1;
}

int adoption_near(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i >= at - NEAR_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';')) break;
        if (w->kind == ITEM_WORD && is(w, LEX_ADOPT)) return i;
    }
    for (int i = at + 1; i < at + RIGHT_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || is_punct(w, '.')) break;
        if (w->kind == ITEM_WORD && is(w, LEX_ADOPT)) return i;
    }
    return -1;
}

/* The body after "of" or "by" at `at`. */
static en_str body_right_of(const reading *r, int at) {
    if (!is_any(item_at(r, at), LEX_BIT(LEX_OF) | LEX_BIT(LEX_BY))) return (en_str){0};
    stretch s = without_articles(r, phrase_right(r, at + 1));
    return has(r, s, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_LEGISLATURE)) ? words_of(r, s.from, s.to)
                                                                                        : (en_str){0};
}

/* "Adopted on Tuesday by the assembly". */
static en_str agent_of_adoption(const reading *r, int adopt) {
    for (int i = adopt + 1; i < adopt + NEAR_ITEMS / 2; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_PUNCT || is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_IMPLEMENTATION))) break;
        if (w->kind != ITEM_WORD || !is(w, LEX_BY)) continue;
        stretch s = without_articles(r, phrase_right(r, i + 1));
        return s.to >= s.from ? words_of(r, s.from, s.to) : (en_str){0};
    }
    return (en_str){0};
}

/* The body: written before the word, after it with "of", or the subject of the verb that adopts. */
en_str instrument_body(const reading *r, int from, int to, int adopt) {
    int first = from;
    while (first > 0 && from - first < 8 && item_at(r, first - 1)->kind == ITEM_WORD &&
           (is_caps(item_at(r, first - 1)) ||
            is_any(item_at(r, first - 1), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_POSSESSIVE)) ||
            (is(item_at(r, first - 1), LEX_OF) && is_caps(item_at(r, first - 2)))))
        first--;
    for (int i = first; i < from; i++)
        if (is_any(item_at(r, i), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT))) {
            int last = from - 1;
            while (last > i && is(item_at(r, last), LEX_POSSESSIVE)) last--;
            while (first < last && is(item_at(r, first), LEX_DETERMINER)) first++;
            return words_of(r, first, last);
        }
    en_str after = body_right_of(r, to + 1);
    if (after.len) return after;
    speaker_words who = {0};
    int subject;
    if (adopt >= 0 && adopt < from && subject_of_verb(r, adopt, &who, &subject)) return who.who.name;
    return adopt > to ? agent_of_adoption(r, adopt) : (en_str){0};
}

const item *instrument_count(const reading *r, int at) {
    for (int i = at - 1; i >= at - 3 && i >= 0; i--) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT)) return w;
        if (!is_any(w, LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_QUANTITY)) && w->mask) return NULL;
    }
    return NULL;
}

bool is_indefinite(const reading *r, int at) {
    for (int i = at - 1; i >= at - 3 && i >= 0; i--)
        if (is(item_at(r, i), LEX_ONE)) return true;
    return false;
}

/* "the Law on Compensation of 2016 (No. 3020)", "the Law on … (Law No. 4112)". */
void instrument_number(const reading *r, int *last, en_instrument *made) {
    int at = *last + 1, first;
    if (is(item_at(r, at), LEX_OF) && item_at(r, at + 1)->kind == ITEM_NUMBER) at += 2;
    if (!is_punct(item_at(r, at), '(')) return;
    at++;
    if (is(item_at(r, at), LEX_INSTRUMENT)) at++;
    int end = instrument_symbol(r, at, &first);
    if (end < first) return;
    made->symbol = words_of(r, first, end);
    *last = end;
}
