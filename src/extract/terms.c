/* Contested terms: who uses one, of what, in which mode.
 *
 * The mode is that of the nearest word of a mode in the clause before the term, else behind it: "recognised … as
 * genocide", "acquitted of genocide", "rejects the term". Asked of others, recognising is seeking. Where a court or a
 * fact-finding body describes, it finds; where a parliament does, it recognises. Without such a word a term counts as
 * asserted only where somebody is quoted with it. */
#include <string.h>

#include "extract/statements.h"

enum { BEFORE_ITEMS = 26, AFTER_ITEMS = 10, SEEKING_ITEMS = 16, SAME_BACK = 200 };

typedef struct mode_found {
    int item; /* of the word of the mode; -1 none */
    uint8_t kind;
    int seeking; /* the verb that asks; -1 */
} mode_found;

static bool ends_search(const item *w) { return is_punct(w, ';') || is_punct(w, ':'); }

static bool negated(const reading *r, int at) {
    for (int i = at - 1; i >= at - 4; i--) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) return false;
        if (is(w, LEX_NEGATION)) return true;
        if (!is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_DETERMINER) |
                           LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_HYPOTHETICAL)))
            return false;
    }
    return false;
}

static int seeking_before(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i > at - SEEKING_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (ends_search(w)) return -1;
        if (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_DEMAND))) return i;
    }
    return -1;
}

/* "Voted on Tuesday to recognise". */
static bool voted_before(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i > at - 6; i--)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_ADOPT)) return true;
    return false;
}

/* What outdoes the mode after it: "withdrew its resolution describing …", "declined to say whether it regarded …",
 * "denied that they amounted to …". */
static int outdone_before(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i > at - SEEKING_ITEMS; i--) {
        const lex_sense *s = item_at(r, i)->kind == ITEM_WORD ? sense(item_at(r, i), LEX_MODE) : NULL;
        if (ends_search(item_at(r, i))) return -1;
        if (s && (s->a == EN_MODE_WITHDRAWS || s->a == EN_MODE_DECLINES || s->a == EN_MODE_DENIES ||
                  s->a == EN_MODE_FINDS_NOT))
            return i;
    }
    return -1;
}

static mode_found mode_of(const reading *r, int term) {
    mode_found m = {.item = -1, .seeking = -1};
    for (int i = term - 1; i >= 0 && i > term - BEFORE_ITEMS && m.item < 0; i--) {
        if (ends_search(item_at(r, i))) break;
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_MODE)) m.item = i;
    }
    for (int i = term + 1; i < term + AFTER_ITEMS && i < r->list.n && m.item < 0; i++) {
        const item *w = item_at(r, i);
        if (ends_search(w) || is_punct(w, '.')) break;
        const lex_sense *s = w->kind == ITEM_WORD ? sense(w, LEX_MODE) : NULL;
        if (s &&
            (s->a == EN_MODE_FINDS_NOT || s->a == EN_MODE_DENIES || s->a == EN_MODE_DECLINES || s->a == EN_MODE_FINDS))
            m.item = i;
    }
    if (m.item < 0) return m;
    uint8_t near = sense(item_at(r, m.item), LEX_MODE)->a;
    bool plain = near == EN_MODE_ASSERTS || near == EN_MODE_RECOGNISES || near == EN_MODE_FINDS;
    int outdone = plain && m.item < term ? outdone_before(r, m.item) : -1;
    if (outdone >= 0) m.item = outdone;
    m.kind = sense(item_at(r, m.item), LEX_MODE)->a;
    if (m.kind == EN_MODE_RECOGNISES || m.kind == EN_MODE_SEEKS) {
        m.seeking = seeking_before(r, m.item);
        if (m.seeking >= 0)
            m.kind = EN_MODE_SEEKS;
        else if (voted_before(r, m.item))
            m.kind = EN_MODE_RECOGNISES;
    }
    if (negated(r, m.item) || (m.item > term && m.kind == EN_MODE_FINDS && negated(r, term))) {
        if (m.kind == EN_MODE_FINDS)
            m.kind = EN_MODE_FINDS_NOT;
        else if (m.kind == EN_MODE_ASSERTS)
            m.kind = EN_MODE_DENIES;
        else if (m.kind == EN_MODE_RECOGNISES)
            m.kind = EN_MODE_DECLINES;
    }
    bool none = is(item_at(r, term - 1), LEX_NEGATION); /* \"no genocide\", \"not genocide\" */
    if (none && m.item < term && (m.kind == EN_MODE_ASSERTS || m.kind == EN_MODE_RECOGNISES)) m.kind = EN_MODE_DENIES;
    return m;
}

/* A body that finds, when it describes; a parliament that recognises. */
static uint8_t mode_by_body(uint8_t kind, const speaker_words *body) {
    if (kind == EN_MODE_ASSERTS && body->court) return EN_MODE_FINDS;
    if (kind == EN_MODE_ASSERTS && body->legislature) return EN_MODE_RECOGNISES;
    if (kind == EN_MODE_DENIES && body->court) return EN_MODE_FINDS_NOT;
    return kind;
}

static bool said_before(const reading *r, const en_characterisation *c) {
    size_t first = r->n_characterisations > SAME_BACK ? r->n_characterisations - SAME_BACK : 0;
    for (size_t i = first; i < r->n_characterisations; i++) {
        const en_characterisation *e = &r->characterisations[i];
        if (e->mode == c->mode && en_str_eq(e->term, c->term) && en_str_eq(e->body, c->body)) return true;
    }
    return false;
}

static en_status add_term(reading *r, const en_characterisation *c, en_error *err) {
    if (said_before(r, c)) return EN_OK;
    EN_TRY(grow((void **)&r->characterisations, &r->characterisations_cap, r->n_characterisations, sizeof *c, err));
    r->characterisations[r->n_characterisations++] = *c;
    return EN_OK;
}

/* Words that no name of a body holds: the phrase before the verb is none. */
static bool is_body(const reading *r, const speaker_words *who) {
    if (!who->known) return false;
    uint64_t verbs = LEX_BIT(LEX_ADOPT) | LEX_BIT(LEX_DEMAND) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_MODE) |
                     LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_ONE);
    if (name_has(r, who->who.name, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_COURT)))
        return !name_has(r, who->who.name, LEX_BIT(LEX_AUXILIARY));
    return !name_has(r, who->who.name, verbs) && !(who->who.name.ptr[0] >= 'a' && who->who.name.ptr[0] <= 'z');
}

static bool in_passive_voice(const reading *r, int verb) {
    for (int i = verb - 1; i >= verb - 3; i--) {
        const lex_sense *a = item_at(r, i)->kind == ITEM_WORD ? sense(item_at(r, i), LEX_AUXILIARY) : NULL;
        if (a) return a->b;
    }
    return false;
}

/* Whose use of the term it is: the subject of the verb of the mode; of a verb without one, the sentence's; of "amounts
 * to", whoever is quoted; of "was acquitted", the court spoken of. */
static void find_body(const reading *r, const frames *f, int term, const mode_found *m, en_characterisation *c,
                      speaker_words *body) {
    int from, verb = m->seeking >= 0 ? m->seeking : m->item;
    const speaker_words *speaks = speaker_at(r, f, term);
    *body = (speaker_words){0};
    const lex_sense *mode = verb >= 0 && m->seeking < 0 ? sense(item_at(r, verb), LEX_MODE) : NULL;
    bool copula = mode && mode->b, finding = m->kind == EN_MODE_FINDS || m->kind == EN_MODE_FINDS_NOT;
    if (verb >= 0 && finding && in_passive_voice(r, verb)) *body = r->court;
    if (finding && speaks && speaks->court) *body = *speaks;
    if (!body->known && verb >= 0 && !copula) {
        speaker_left_of(r, verb, body, &from);
        know_again(r, body);
        bool paper = false; /* "a resolution describing …": whose it is */
        for (int i = from; i < verb && !paper; i++)
            paper = item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_INSTRUMENT);
        if (paper) *body = r->subject;
        if (!is_body(r, body)) *body = speaks ? *speaks : r->subject;
    }
    if (!body->known && speaks) *body = *speaks;
    if (copula && !body->known) *body = (speaker_words){0};
    if (speaks && body->known && !en_str_eq(speaks->who.name, body->who.name)) c->via = speaks->who.name;
    c->body = body->who.name;
}

/* What the term is used of: between the word of the mode and "as" or the term. */
static en_str subject_of(const reading *r, int from, int term) {
    int to = term - 1;
    while (to > from && (item_at(r, to)->kind == ITEM_PUNCT ||
                         is_any(item_at(r, to), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_MODE))))
        to--;
    while (to > from && is(item_at(r, to), LEX_PREPOSITION)) to--;
    return words_of(r, from + 1, to);
}

/* "As a massacre", "the word massacre", a massacre in quotation marks; not "recognises massacres as genocide". */
static bool called(const reading *r, int term) {
    const item *before = item_at(r, term - 1);
    return is_any(before, LEX_BIT(LEX_ONE) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_MODE)) ||
           (before->flags & ITEM_OPENS && is_punct(before, '"'));
}

static en_status read_term(reading *r, const frames *f, int term, en_error *err) {
    const lex_sense *s = sense(item_at(r, term), LEX_CONTESTED);
    mode_found m = mode_of(r, term);
    en_characterisation c = {.term = en_str_of(r->lex->terms[s->value])};
    speaker_words body;
    find_body(r, f, term, &m, &c, &body);
    bool near_mode = m.item >= 0 && m.item >= term - 6 && m.item <= term + 3;
    if (s->a && (!near_mode || !called(r, term)))
        return EN_OK; /* an everyday word unless somebody calls something it */
    if (!body.known && (m.item < 0 || m.kind != EN_MODE_FINDS_NOT)) return EN_OK;
    if (m.item < 0) {
        c.mode = negated(r, term) ? EN_MODE_DENIES : EN_MODE_ASSERTS;
    } else {
        c.mode = (en_characterisation_mode)mode_by_body(m.kind, &body);
    }
    int to;
    if (m.seeking >= 0) c.addressee = phrase_after(r, m.seeking + 1, &to);
    if (m.item >= 0 && m.item < term) c.subject = subject_of(r, m.item, term);
    c.at = quote_around(r, m.item >= 0 && m.item < term ? m.item : term, term);
    return add_term(r, &c, err);
}

/* "Sabel rejects the term": the one last used. */
static en_status read_reference(reading *r, const frames *f, int at, en_error *err) {
    const lex_sense *s = sense(item_at(r, at), LEX_MODE);
    if (!s || !s->c || !r->n_characterisations) return EN_OK;
    mode_found m = {.item = at, .kind = s->a, .seeking = -1};
    en_characterisation c = {.term = r->characterisations[r->n_characterisations - 1].term,
                             .mode = (en_characterisation_mode)s->a};
    speaker_words body;
    find_body(r, f, at, &m, &c, &body);
    if (!body.known) return EN_OK;
    c.at = quote_around(r, at, at);
    return add_term(r, &c, err);
}

en_status read_terms(reading *r, const frames *f, en_error *err) {
    bool named = false;
    for (int i = 0; i < r->list.n && !named; i++)
        named = item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_CONTESTED);
    for (int i = 0; i < r->list.n && !named; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_MODE)) EN_TRY(read_reference(r, f, i, err));
    for (int i = 0; i < r->list.n; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_CONTESTED)) EN_TRY(read_term(r, f, i, err));
    return EN_OK;
}
