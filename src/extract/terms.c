/* Contested terms: who uses one, of what, in which mode.
 *
 * What is done with it is found by term_modes.c. Where a court or a fact-finding body describes, it finds; where a
 * parliament does, it recognises. Without a word of a mode a term counts as asserted only where somebody is quoted with
 * it. */
#include <string.h>

#include "extract/statements.h"
#include "extract/term_modes.h"

enum {
    SAME_BACK = 200,
    NEAR_ITEMS = 6,
    FAR_ITEMS = 16,
    PAPER_ITEMS = 10,
    PRONOUN_ITEMS = 4,
    BODIES_MOST = 12,
    LIST_ITEMS = 24
};

/* A body that finds, when it describes; a parliament that recognises; one who concludes, and is no court, asserts. */
static uint8_t mode_by_body(const reading *r, uint8_t kind, const speaker_words *body) {
    if (kind == EN_MODE_FINDS && body->known && !body->court && !r->court.known) return EN_MODE_ASSERTS;
    if (kind == EN_MODE_ASSERTS && body->court) return EN_MODE_FINDS;
    if (kind == EN_MODE_ASSERTS && body->legislature) return EN_MODE_RECOGNISES;
    if (kind == EN_MODE_DENIES && body->court) return EN_MODE_FINDS_NOT;
    return kind;
}

static bool is_nobody(const item *w) { return w->kind == ITEM_WORD && is(w, LEX_NEGATION); }

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
    r->term_sentence = r->sentence;
    return EN_OK;
}

/* Where a list of bodies begins whose last one stands at `last`: at the word that is of several; else `last`. */
static int list_start(const reading *r, int last) {
    uint64_t small = LEX_BIT(LEX_OF) | LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_CONJUNCTION);
    for (int i = last - 1; i >= 0 && i > last - LIST_ITEMS; i--) {
        const item *w = item_at(r, i);
        const lex_sense *body = w->kind == ITEM_WORD ? sense(w, LEX_BODY) : NULL;
        if (body && body->a) return i;
        bool goes_on = is_caps(w) || w->kind == ITEM_NUMBER || w->kind == ITEM_DATE || is_punct(w, ',') ||
                       is_punct(w, '(') || is_punct(w, ')') || (w->kind == ITEM_WORD && is_any(w, small));
        if (!goes_on) break;
    }
    return last;
}

/* "The parliaments of Larvia (2019), Estara (2015) and Kestria": each is a body. */
static en_status add_for_each(reading *r, en_characterisation *c, en_error *err) {
    int from = 0, parts = 1;
    size_t at = c->body.len ? (size_t)(c->body.ptr - r->text.ptr) : 0;
    while (from < r->list.n && item_at(r, from)->start < at) from++;
    bool here = c->body.len && item_at(r, from)->start == at && from < r->list.n; /* not named in a sentence before */
    if (here) from = list_start(r, from);
    const lex_sense *several = here ? sense(item_at(r, from), LEX_BODY) : NULL;
    if (!several || !several->a) return add_term(r, c, err);
    for (int i = from + 1, start = from; parts < BODIES_MOST; i++) {
        const item *w = item_at(r, i);
        bool joint = is_punct(w, ',') || (w->kind == ITEM_WORD && is(w, LEX_CONJUNCTION)) || is_punct(w, '(');
        bool named = is_caps(w) || (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_OF) | LEX_BIT(LEX_DETERMINER)));
        if (named) continue;
        if (i - 1 >= start) {
            c->body = words_of(r, start, i - 1);
            EN_TRY(add_term(r, c, err));
            parts++;
        }
        while (is_punct(w, '(') && i < r->list.n && !is_punct(item_at(r, i), ')')) i++;
        if (!joint) break;
        if (is_punct(item_at(r, i), ')')) i++;
        while (is_punct(item_at(r, i), ',') || (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_CONJUNCTION)))
            i++;
        while (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_OF)) i++;
        if (!is_caps(item_at(r, i))) break;
        start = i;
    }
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

static bool is_paper(const item *w) { return w->kind == ITEM_WORD && is(w, LEX_INSTRUMENT); }

/* "A resolution describing … was adopted by the Senate", "the Senate adopted a resolution describing …": whose it is.
 */
static bool body_of_paper(const reading *r, int from, int verb, speaker_words *out) {
    int paper = from;
    while (paper < verb && !is_paper(item_at(r, paper))) paper++;
    if (paper == verb) return false;
    for (int i = verb + 1; i < r->list.n; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_ADOPT) && agent_after(r, i, i + PAPER_ITEMS, out))
            return true;
    int adopt = paper - 1, start;
    while (adopt > 0 && adopt > paper - PAPER_ITEMS && !is(item_at(r, adopt), LEX_ADOPT)) adopt--;
    if (is(item_at(r, adopt), LEX_ADOPT) && subject_of_verb(r, adopt, out, &start)) return true;
    *out = r->subject;
    return true;
}

/* 1 where "I" or "we" is the subject: who is quoted, else the report itself; 2 where "you" is: nobody named; else 0. */
static int person_of_subject(const reading *r, int verb) {
    for (int i = verb - 1; i >= verb - PRONOUN_ITEMS && i >= 0; i--) {
        const lex_sense *p = item_at(r, i)->kind == ITEM_WORD ? sense(item_at(r, i), LEX_PRONOUN) : NULL;
        if (p) return p->b;
    }
    return 0;
}

/* The subject of a verb of the mode, else who stands after "by" as with a participle ("killings recognised as genocide
 * by the Senate"), else who speaks or the subject of the sentence. */
static void subject_as_body(const reading *r, int verb, int last, const speaker_words *speaks, speaker_words *body) {
    int from;
    subject_of_verb(r, verb, body, &from);
    know_again(r, body);
    if (joined_to_other(r, verb) && r->subject.known) *body = r->subject; /* "holds that …, and has asked" */
    if (body_of_paper(r, from, verb, body) || is_body(r, body)) return;
    if (agent_after(r, verb, last, body) && is_body(r, body)) return;
    *body = speaks ? *speaks : r->subject;
}

/* Whose use of the term it is: the agent of a passive; the subject of the verb of the mode; of a verb without one, the
 * sentence's; of "amounts to", whoever is quoted; of "was acquitted", the court spoken of. */
static void find_body(const reading *r, const frames *f, int term, const mode_found *m, en_characterisation *c,
                      speaker_words *body) {
    int verb = m->seeking >= 0 ? m->seeking : m->item;
    const speaker_words *speaks = speaker_at(r, f, term);
    *body = (speaker_words){0};
    int person = verb >= 0 ? person_of_subject(r, verb) : 0;
    if (person == 2) return;
    if (person && speaks) *body = *speaks;
    const lex_sense *mode = verb >= 0 && m->seeking < 0 ? sense(item_at(r, verb), LEX_MODE) : NULL;
    bool copula = mode && mode->b, finding = m->kind == EN_MODE_FINDS || m->kind == EN_MODE_FINDS_NOT;
    bool passive = verb >= 0 && !copula && in_passive(r, verb);
    int last = term > verb ? term + NEAR_ITEMS : verb + NEAR_ITEMS;
    bool agent = passive && agent_after(r, verb, last, body);
    bool noun = m->seeking >= 0 && is(item_at(r, m->seeking + 1), LEX_BY); /* "a request by the committee" */
    if (noun) agent_after(r, m->seeking, last, body);
    if (passive && !agent && finding) *body = r->court;
    if (!body->known && finding && speaks && speaks->court) *body = *speaks;
    bool asked = m->seeking >= 0 || m->kind == EN_MODE_SEEKS; /* "is campaigning", "was asked": no agent, a subject */
    if (!body->known && verb >= 0 && !copula && (!passive || asked)) subject_as_body(r, verb, last, speaks, body);
    if (!body->known && speaks) *body = *speaks;
    if (speaks && body->known && !en_str_eq(speaks->who.name, body->who.name)) c->via = speaks->who.name;
    c->body = body->who.name;
}

/* "War crimes or crimes against humanity" are used of one thing. */
static int first_of_terms(const reading *r, int mode, int term) {
    for (int i = mode + 1; i < term; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_CONTESTED)) return i;
    return term;
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
static int caller(const reading *r, int term) {
    int at = term - 1;
    while (at > term - 3 && item_at(r, at)->kind == ITEM_WORD && !is_caps(item_at(r, at)) &&
           (is_unknown(item_at(r, at)) || is(item_at(r, at), LEX_ADJECTIVE)))
        at--; /* "as a cowardly massacre" */
    return at;
}

static bool called(const reading *r, int term) {
    const item *before = item_at(r, caller(r, term));
    return is_any(before, LEX_BIT(LEX_ONE) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_MODE)) ||
           (before->flags & ITEM_OPENS && is_punct(before, '"'));
}

/* Part of a name or of a compound, "the Genocide Convention", "a war crimes court": nobody's use of the term. */
static bool in_name_of_other(const reading *r, int term) {
    const item *w = item_at(r, term), *after = item_at(r, term + 1);
    if (after->kind == ITEM_NUMBER || w->flags & ITEM_SHOUTED) return false;
    bool name =
        w->flags & ITEM_CAPITAL && !(w->flags & ITEM_FIRST) && (is_name(after) || is_name(item_at(r, term - 1)));
    return name ||
           (r->lex->compounds && after->kind == ITEM_WORD && after->quote == w->quote &&
            is_any(after, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_INSTRUMENT)) &&
            !is_any(after,
                    LEX_BIT(LEX_MODE) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_AUXILIARY)));
}

/* "The word genocide": spoken of, and not used. */
static bool is_mentioned(const reading *r, int term) {
    int noun = term - 1;
    if (is_punct(item_at(r, noun), '"')) noun--;
    return is_unknown(item_at(r, noun)) && !is_caps(item_at(r, noun)) && is(item_at(r, noun - 1), LEX_DETERMINER);
}

/* "It was a massacre". */
static bool is_predicate(const reading *r, int term) {
    int at = caller(r, term);
    if (!is(item_at(r, at), LEX_ONE)) return false;
    const lex_sense *be = item_at(r, at - 1)->kind == ITEM_WORD ? sense(item_at(r, at - 1), LEX_AUXILIARY) : NULL;
    return be && be->b;
}

/* An everyday word ("occupation") counts only where somebody calls something it, or is quoted as saying it was one. */
static bool is_weakly_used(const reading *r, const frames *f, int term, const mode_found *m) {
    if (!sense(item_at(r, term), LEX_CONTESTED)->a) return false;
    if (m->item < 0) return !(is_predicate(r, term) && speaker_at(r, f, term));
    const item *before = item_at(r, caller(r, term));
    int most = is_any(before, LEX_BIT(LEX_ONE) | LEX_BIT(LEX_PREPOSITION)) ? FAR_ITEMS : NEAR_ITEMS;
    return m->item < term - most || m->item > term + 3 || !called(r, term);
}

static en_status read_term(reading *r, const frames *f, int term, en_error *err) {
    const lex_sense *s = sense(item_at(r, term), LEX_CONTESTED);
    mode_found m = mode_of(r, term);
    en_characterisation c = {.term = en_str_of(r->lex->terms[s->value])};
    if (is_weakly_used(r, f, term, &m) || in_name_of_other(r, term) || (m.item < 0 && is_mentioned(r, term)))
        return EN_OK;
    speaker_words body;
    find_body(r, f, term, &m, &c, &body);
    bool said = m.kind == EN_MODE_ASSERTS || m.kind == EN_MODE_DENIES || m.kind == EN_MODE_SEEKS;
    bool own = m.item >= 0 && said && !item_at(r, m.item)->quote && person_of_subject(r, m.item) == 1 &&
               !speaker_at(r, f, term); /* "I would call it genocide": the report's own word */
    if (own) body = (speaker_words){0}, c.body = c.via = (en_str){0};
    if (!body.known && !own && (m.item < 0 || m.kind != EN_MODE_FINDS_NOT)) return EN_OK;
    uint8_t plain = is_negated(r, term) ? EN_MODE_DENIES : EN_MODE_ASSERTS;
    c.mode = (en_characterisation_mode)mode_by_body(r, m.item < 0 ? plain : m.kind, &body);
    int to;
    if (m.seeking >= 0) c.addressee = phrase_after(r, m.seeking + 1, &to);
    if (m.item >= 0 && m.item < term) c.subject = subject_of(r, m.item, first_of_terms(r, m.item, term));
    c.at = quote_around(r, m.item >= 0 && m.item < term ? m.item : term, term);
    return add_for_each(r, &c, err);
}

/* "Sabel rejects the term", "asked the Assembly to find so", "neither has answered": of the term last used. An answer
 * that fails to come is one only beside the question. */
static en_status read_reference(reading *r, const frames *f, int at, en_error *err) {
    const lex_sense *s = sense(item_at(r, at), LEX_MODE);
    if (!s || !s->c || !r->n_characterisations) return EN_OK;
    const en_characterisation *last = &r->characterisations[r->n_characterisations - 1];
    mode_found m = {.item = at, .kind = s->a, .seeking = s->a == EN_MODE_SEEKS ? seeking_before(r, at) : -1};
    bool beside = r->term_sentence + 1 >= r->sentence;
    if ((s->a == EN_MODE_SEEKS && (m.seeking < 0 || !beside)) || (s->a == EN_MODE_DECLINES && !beside)) return EN_OK;
    en_characterisation c = {.term = last->term, .mode = (en_characterisation_mode)s->a};
    speaker_words body;
    find_body(r, f, at, &m, &c, &body);
    bool asked = s->a == EN_MODE_DECLINES && last->mode == EN_MODE_SEEKS && last->addressee.len;
    if (is_nobody(item_at(r, at - 1))) body.known = false; /* "neither has answered": of those who were asked */
    if (!body.known && asked) c.body = last->addressee, c.via = (en_str){0};
    if (!body.known && !asked) return EN_OK;
    int to;
    if (m.seeking >= 0) c.addressee = phrase_after(r, m.seeking + 1, &to);
    c.at = quote_around(r, at, at);
    return add_term(r, &c, err);
}

static bool term_near_after(const reading *r, int at) {
    for (int i = at + 1; i < at + NEAR_ITEMS; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_CONTESTED)) return true;
    return false;
}

en_status read_terms(reading *r, const frames *f, en_error *err) {
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        if (is(w, LEX_CONTESTED))
            EN_TRY(read_term(r, f, i, err));
        else if (is(w, LEX_MODE) && !term_near_after(r, i))
            EN_TRY(read_reference(r, f, i, err));
    }
    return EN_OK;
}
