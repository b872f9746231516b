/* Who is accused of what: "X accused Y of …", "X blamed … on Y", "Y was responsible for …", "Y ordered the killing of
 * …". Acts that are told without a word of accusing are read by acts.c, answers by answers.c. */
#include "extract/acts.h"

enum { TARGET_ITEMS = 16, DEGREE_ITEMS = 6 };

static bool is_link(const item *w) {
    return w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION));
}

/* What joins whom is accused to what of: the first that an act follows, else the first. */
static int link_after(const reading *r, int from) {
    int first = -1;
    for (int i = from; i < from + TARGET_ITEMS && item_at(r, i)->kind != ITEM_PUNCT; i++) {
        if (!is_link(item_at(r, i)) || is(item_at(r, i - 1), LEX_DETERMINER)) continue; /* الشرق is a noun */
        const item *next = item_at(r, i + 1);
        if (is_any(next, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADVERB))) next = item_at(r, i + 2);
        if (tells_act(next) || is(item_at(r, i + 1), LEX_VERB_OTHER)) return i;
        if (first < 0) first = i;
    }
    return first;
}

static en_status accuse(reading *r, const frames *f, int word, stretch actor, stretch act, en_error *err) {
    actor = without_articles(r, actor);
    act = without_articles(r, act);
    if (act.to < act.from || !can_act(r, actor)) return EN_OK;
    en_allegation made = {.actor = words_of(r, actor.from, actor.to), .act = words_of(r, act.from, act.to)};
    int from, first = actor.from < act.from ? actor.from : act.from, last = actor.to > act.to ? actor.to : act.to;
    speaker_words who = {0};
    bool passive = in_passive(r, word);
    const speaker_words *speaks = speaker_at(r, f, word);
    if (passive && agent_after(r, word, last, &who))
        made.asserted_by = who.who;
    else if (!passive && word < actor.from && subject_of_verb(r, word, &who, &from))
        made.asserted_by = who.who;
    else if (speaks)
        made.asserted_by = speaks->who;
    made.at = quote_around(r, first < word ? first : word, last);
    return add_allegation(r, &made, err);
}

/* Where verbs lead, whoever accuses stands between the verb and the accused, or was named before: "accused the council
 * the army of …", "and accused the army of …". */
static en_status accuse_first(reading *r, const frames *f, int verb, en_error *err) {
    stretch first = phrase_right(r, verb + 1);
    int link = link_after(r, first.to + 1);
    if (link < 0) return EN_OK;
    stretch actor = {verb + 1, link - 1};
    bool subject = first.to + 1 < link && can_act(r, (stretch){first.to + 1, link - 1});
    if (subject) actor.from = first.to + 1;
    size_t before = r->n_allegations;
    EN_TRY(accuse(r, f, verb, actor, (stretch){link + 1, act_end(r, link + 1)}, err));
    if (r->n_allegations == before) return EN_OK;
    speaker_words who = subject ? (speaker_words){0} : r->subject;
    if (subject) speaker_of(r, first, &who);
    r->allegations[before].asserted_by = who.who;
    return EN_OK;
}

/* "Accused the army of …", "was accused of …", "…, accused of …,", and "blamed … on". */
static en_status read_accusation(reading *r, const frames *f, int verb, en_error *err) {
    bool suffers = in_passive(r, verb) || is_link(item_at(r, verb + 1));
    if (suffers) {
        stretch before = actor_left(r, verb);
        if (before.to < before.from && is_punct(item_at(r, verb - 1), ',')) before = phrase_left(r, verb - 2);
        int at = verb + 1;
        if (is(item_at(r, at), LEX_BY)) at = link_after(r, at + 1); /* "was attributed by the mayor to" */
        if (at < 0 || !is_link(item_at(r, at))) return EN_OK;
        if (accuses_as(item_at(r, verb), FORM_ON)) {
            stretch after = phrase_right(r, at + 1);
            if (can_act(r, without_articles(r, after))) return accuse(r, f, verb, after, before, err);
        }
        return accuse(r, f, verb, before, (stretch){at + 1, act_end(r, at + 1)}, err);
    }
    if (r->lex->verb_first) return accuse_first(r, f, verb, err);
    int at = link_after(r, verb + 1);
    if (at < 0) return EN_OK;
    stretch first = {verb + 1, at - 1}, second = {at + 1, act_end(r, at + 1)};
    if (accuses_as(item_at(r, verb), FORM_ON) && !can_act(r, without_articles(r, first)))
        return accuse(r, f, verb, phrase_right(r, at + 1), first, err);
    return accuse(r, f, verb, first, second, err);
}

/* "Was responsible for", "held the army responsible for": not under a negation, which is an answer. */
static en_status read_state(reading *r, const frames *f, int at, en_error *err) {
    stretch actor = actor_left(r, at);
    for (int i = actor.to + 1; i < at; i++)
        if (is(item_at(r, i), LEX_NEGATION)) return EN_OK;
    int verb = actor.from - 1;
    while (verb > 0 && is(item_at(r, verb), LEX_DETERMINER)) verb--;
    bool held = is(item_at(r, verb), LEX_VERB) || is(item_at(r, verb), LEX_LIGHT);
    return accuse(r, f, held ? verb : at, actor, (stretch){at + 1, act_end(r, at + 1)}, err);
}

/* "Ordered the killing of", "failed to prevent the killings": how far somebody was part of it. */
static en_status read_degree(reading *r, const frames *f, int at, en_error *err) {
    stretch actor = actor_left(r, at);
    size_t before = r->n_allegations;
    int end = act_end(r, at);
    if (!any_act(r, at + 1, at + DEGREE_ITEMS < end ? at + DEGREE_ITEMS : end)) return EN_OK;
    speaker_words who = {0};
    int from;
    EN_TRY(accuse(r, f, at, actor, (stretch){at, end}, err));
    if (r->n_allegations == before) return EN_OK;
    en_allegation *made = &r->allegations[before];
    made->degree = words_of(r, at, at);
    if (subject_of_verb(r, at, &who, &from) && who.person) made->actor = who.who.name;
    return EN_OK;
}

en_status read_allegations(reading *r, const frames *f, en_error *err) {
    EN_TRY(read_acts(r, f, err));
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (accuses_as(w, FORM_OF) || accuses_as(w, FORM_ON))
            EN_TRY(read_accusation(r, f, i, err));
        else if (accuses_as(w, FORM_STATE))
            EN_TRY(read_state(r, f, i, err));
        else if (accuses_as(w, FORM_DEGREE))
            EN_TRY(read_degree(r, f, i, err));
    }
    return read_answers(r, f, err);
}
