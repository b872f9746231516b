/* What the accused answer: that they deny it, admit it, or explain it otherwise. */
#include "extract/acts.h"
#include "extract/term_modes.h"

enum { OBJECT_ITEMS = 7, SUBJECT_ITEMS = 16 };
enum { DENIES = 1, ACKNOWLEDGES, EXPLAINS }; /* as the lexicon has them */

static const char *const RESPONSES[] = {"", "denies", "acknowledges", "explains"};

static bool any_claim(const reading *r, int from, int to) {
    for (int i = from; i <= to; i++)
        if (accuses_as(item_at(r, i), FORM_NOUN)) return true;
    return false;
}

static bool any_term(const reading *r, int from, int to) {
    for (int i = from; i <= to; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_CONTESTED)) return true;
    return false;
}

static en_status answer(reading *r, const speaker_words *who, int kind, int from, stretch act, en_error *err) {
    en_allegation made = {.act = words_of(r, act.from, act.to),
                          .actor = who->who.name,
                          .response = en_str_of(RESPONSES[kind]),
                          .asserted_by = who->who};
    if (!made.actor.len) return EN_OK;
    made.at = quote_around(r, from, act.to > from ? act.to : from);
    return add_allegation(r, &made, err);
}

/* Where the words of an answer end: before a further verb of the same subject ("deny it and say that …"). */
static int answer_end(const reading *r, int verb) {
    int end = act_end(r, verb);
    for (int i = verb + 1; i < end; i++)
        if (is(item_at(r, i), LEX_CONJUNCTION) && is_any(item_at(r, i + 1), LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ACCUSE)))
            return i - 1;
    return end;
}

/* Whether what stands after the verb is about an accusation: an act, a claim, responsibility; not a term, which is a
 * characterisation, nor a number admitted to hospital. */
static bool answers_one(const reading *r, int verb, int kind, bool claims, int end) {
    const item *next = item_at(r, verb + 1);
    if (any_term(r, verb, end)) return false;
    if (item_at(r, verb)->words > 1) return true;
    if (claims) return end == verb || any_claim(r, verb, verb + OBJECT_ITEMS < end ? verb + OBJECT_ITEMS : end);
    if (kind == DENIES) return true;
    if (next->kind == ITEM_NUMBER || is(next, LEX_BOUND)) return false;
    return any_act(r, verb + 1, end);
}

/* "The recruitment was denied by all parties". */
static en_status read_passive_denial(reading *r, int verb, int kind, bool claims, int end, en_error *err) {
    speaker_words who;
    int first = verb - SUBJECT_ITEMS > 0 ? verb - SUBJECT_ITEMS : 0;
    if (kind != DENIES || any_term(r, first, verb) || (claims && !any_claim(r, first, verb))) return EN_OK;
    if (!agent_after(r, verb, end, &who)) return EN_OK;
    return answer(r, &who, kind, verb, (stretch){0, -1}, err);
}

/* "X denied that its guns had fired", "has never admitted responsibility", "was denied by all parties". */
static en_status read_response(reading *r, const frames *f, int verb, int kind, bool claims, en_error *err) {
    int from = verb, end = answer_end(r, verb);
    speaker_words who = {0};
    bool passive = in_passive(r, verb), no = is_negated(r, verb);
    if (item_at(r, verb)->quote || (no && kind != ACKNOWLEDGES)) return EN_OK;
    if (passive) return read_passive_denial(r, verb, kind, claims, end, err);
    if (!answers_one(r, verb, kind, claims, end)) return EN_OK;
    if (!subject_of_verb(r, verb, &who, &from)) {
        const speaker_words *speaks = speaker_at(r, f, verb + 1);
        if (!speaks || !is(item_at(r, verb - 1), LEX_CONJUNCTION)) return EN_OK;
        who = *speaks;
    }
    know_again(r, &who);
    int act = verb + 1;
    const char *named = who.who.name.ptr + who.who.name.len; /* past a subject that follows its verb */
    while (act < end && r->lex->verb_first && who.who.name.len && r->text.ptr + item_at(r, act)->end <= named) act++;
    while (act < end && is_any(item_at(r, act), LEX_BIT(LEX_THAT) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION))) act++;
    return answer(r, &who, no ? DENIES : kind, from, without_articles(r, (stretch){act, end}), err);
}

/* "X said it did not fire", "that it was not responsible for": under a negation, of a pronoun. */
static en_status read_negated_act(reading *r, const frames *f, int at, en_error *err) {
    bool no = false;
    int i = at - 1;
    for (; i >= 0 && i >= at - 5; i--) {
        const item *w = item_at(r, i);
        const lex_sense *a = w->kind == ITEM_WORD ? sense(w, LEX_AUXILIARY) : NULL;
        if (is(w, LEX_NEGATION) || (a && a->c))
            no = true;
        else if (w->kind != ITEM_WORD || !is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_ADVERB)))
            break;
    }
    const speaker_words *who = speaker_at(r, f, at);
    if (!no || !who || !is(item_at(r, i), LEX_PRONOUN) || any_term(r, at, at + OBJECT_ITEMS)) return EN_OK;
    return answer(r, who, DENIES, i, (stretch){at, act_end(r, at)}, err);
}

/* "It was an accident", by one who stands accused. */
static en_status read_explanation(reading *r, const frames *f, int at, en_error *err) {
    const speaker_words *who = speaker_at(r, f, at);
    if (!who || !r->n_allegations) return EN_OK;
    const en_allegation *last = &r->allegations[r->n_allegations - 1];
    if (last->response.len && last->at.end > item_at(r, at)->start) return EN_OK; /* within another answer */
    if (last->response.len ? !en_str_eq(last->actor, who->who.name) : en_str_eq(last->asserted_by.name, who->who.name))
        return EN_OK;
    return answer(r, who, EXPLAINS, at, (stretch){at, act_end(r, at)}, err);
}

en_status read_answers(reading *r, const frames *f, en_error *err) {
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *response = sense(w, LEX_RESPONSE), *said = sense(w, LEX_REPORT);
        bool denies = said && said->a == REPORT_DENIES;
        if (response && response->a == EXPLAINS)
            EN_TRY(read_explanation(r, f, i, err));
        else if (response)
            EN_TRY(read_response(r, f, i, response->a, response->b, err));
        else if (denies)
            EN_TRY(read_response(r, f, i, DENIES, !is(item_at(r, i + 1), LEX_THAT) && w->words == 1, err));
        else if (act_of(w, VOICE_ACTIVE | VOICE_PASSIVE) || accuses_as(w, FORM_STATE))
            EN_TRY(read_negated_act(r, f, i, err));
    }
    return EN_OK;
}
