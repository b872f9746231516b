/* Who is said to have done what: the agent of a passive ("killed by soldiers of …"), an accusation, and the answer of
 * the accused. A figure's passive without its agent makes none. */
#include "extract/statements.h"

static en_status add_allegation(reading *r, const en_allegation *made, en_error *err) {
    EN_TRY(grow((void **)&r->allegations, &r->allegations_cap, r->n_allegations, sizeof *made, err));
    r->allegations[r->n_allegations++] = *made;
    return EN_OK;
}

static void give_speaker(const reading *r, const frames *f, int at, en_allegation *out) {
    const speaker_words *who = speaker_at(r, f, at);
    if (who) out->asserted_by = who->who;
}

static bool can_act(const reading *r, int from, int to) {
    for (int i = from; i <= to; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *n = sense(w, LEX_NOUN);
        if (n && (n->a == EN_GROUP_COMBATANTS || n->a == EN_GROUP_POLICE || n->a == EN_GROUP_MEN)) return true;
        if (is_any(w, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE)) || (n && w->flags & ITEM_CAPITAL)) return true;
    }
    return false;
}

/* "were killed by soldiers of the 5th Division". */
static en_status read_agent(reading *r, const frames *f, int verb, en_error *err) {
    for (int i = verb + 1; i < verb + 12 && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || is_punct(w, '.') ||
            (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_THAT))))
            return EN_OK;
        if (w->kind != ITEM_WORD || !is(w, LEX_BY)) continue;
        int to;
        en_allegation made = {.act = words_of(r, verb, verb), .actor = phrase_after(r, i + 1, &to)};
        if (!made.actor.len || !can_act(r, i + 1, to)) return EN_OK;
        give_speaker(r, f, verb, &made);
        made.at = quote_around(r, verb, to);
        return add_allegation(r, &made, err);
    }
    return EN_OK;
}

/* "X accused Y of …", "X blamed Y for …". */
static en_status read_accusation(reading *r, const frames *f, int verb, en_error *err) {
    int to, from;
    speaker_words who;
    en_allegation made = {.actor = phrase_after(r, verb + 1, &to)};
    if (!made.actor.len || !is_any(item_at(r, to + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION))) {
        int of = -1;
        for (int i = verb + 1; i <= to; i++)
            if (is(item_at(r, i), LEX_OF) && is_any(item_at(r, i + 1), LEX_BIT(LEX_VERB) | LEX_BIT(LEX_VERB_OTHER)))
                of = i;
        if (of < 0) return EN_OK;
        made.actor = words_of(r, verb + 1, of - 1);
        to = of - 1;
    }
    int end = to + 1;
    while (end + 1 < r->list.n && item_at(r, end + 1)->kind != ITEM_PUNCT && end < to + 25) end++;
    made.act = words_of(r, to + 2, end);
    if (!made.act.len || !made.actor.len) return EN_OK;
    if (speaker_left_of(r, verb, &who, &from))
        made.asserted_by = who.who;
    else
        give_speaker(r, f, verb, &made);
    made.at = quote_around(r, verb, end);
    return add_allegation(r, &made, err);
}

static const char *const RESPONSES[] = {"", "denies", "acknowledges", "explains"};

/* "X denied that its guns had fired". */
static en_status read_response(reading *r, int verb, uint8_t kind, en_error *err) {
    int from, end = verb;
    speaker_words who;
    if (kind == 3 || !speaker_left_of(r, verb, &who, &from)) return EN_OK;
    while (end + 1 < r->list.n && item_at(r, end + 1)->kind != ITEM_PUNCT && end < verb + 25) end++;
    int act = verb + 1;
    if (is(item_at(r, act), LEX_THAT)) act++;
    en_allegation made = {.act = words_of(r, act, end),
                          .actor = who.who.name,
                          .response = en_str_of(RESPONSES[kind]),
                          .asserted_by = who.who};
    if (!made.actor.len) return EN_OK;
    made.at = quote_around(r, from, end);
    return add_allegation(r, &made, err);
}

en_status read_allegations(reading *r, const frames *f, en_error *err) {
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = sense(w, LEX_VERB), *response = sense(w, LEX_RESPONSE);
        if (v && v->b & VOICE_PASSIVE && !v->c && v->a < EN_FIGURE_REMAINS_RECOVERED && v->a != EN_FIGURE_RELEASED &&
            v->a != EN_FIGURE_SURVIVED)
            EN_TRY(read_agent(r, f, i, err));
        if (is(w, LEX_ACCUSE) && !is(item_at(r, i - 1), LEX_AUXILIARY))
            EN_TRY(read_accusation(r, f, i, err));
        else if (response && is(w, LEX_REPORT))
            EN_TRY(read_response(r, i, response->a, err));
    }
    return EN_OK;
}
