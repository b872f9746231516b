/* Acts that a sentence tells of with who did them: an active verb with its subject ("forces shelled the market"), a
 * passive or noun with its agent ("killed by soldiers", "the killing of 12 by soldiers"). A passive without agent makes
 * none, and what is no actor (a bomb, an illness) did nothing. */
#include "extract/acts.h"

enum { ACT_ITEMS = 25, AGENT_ITEMS = 14, ACTOR_ITEMS = 8 };

bool accuses_as(const item *w, int form) {
    if (w->kind != ITEM_WORD) return false;
    for (int i = 0; i < w->n_senses; i++)
        if (w->senses[i].class == LEX_ACCUSE && w->senses[i].a == form) return true;
    return false;
}

int act_of(const item *w, unsigned voices) {
    if (w->kind != ITEM_WORD || accuses_as(w, FORM_HARMLESS)) return ACT_NONE;
    for (int i = 0; i < w->n_senses; i++) {
        const lex_sense *s = &w->senses[i];
        if (s->class == LEX_VERB_OTHER && s->a) return s->a;
        bool harm = s->class == LEX_VERB && s->b & voices && !s->c && s->a < EN_FIGURE_REMAINS_RECOVERED &&
                    s->a != EN_FIGURE_RELEASED && s->a != EN_FIGURE_SURVIVED && s->a != EN_FIGURE_RETURNED_HOME &&
                    s->a != EN_FIGURE_DETAINED && s->a != EN_FIGURE_MISSING;
        if (harm && s->a != EN_FIGURE_DISPLACED) return ACT_ON_OTHERS;
    }
    return ACT_NONE;
}

bool tells_act(const item *w) {
    return act_of(w, VOICE_ACTIVE | VOICE_PASSIVE | VOICE_NOMINAL) || (w->kind == ITEM_WORD && is(w, LEX_CONTESTED));
}

bool any_act(const reading *r, int from, int to) {
    for (int i = from; i <= to; i++)
        if (tells_act(item_at(r, i)) || accuses_as(item_at(r, i), FORM_NOUN)) return true;
    return false;
}

static bool is_actor(const item *w) {
    for (int i = 0; i < w->n_senses; i++) {
        const lex_sense *s = &w->senses[i];
        if (s->class == LEX_NOT_VICTIM && s->a) return true;
        if (s->class == LEX_NOUN && s->b == EN_UNIT_PERSON && !s->c) return true;
    }
    return is_any(w, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE));
}

bool can_act(const reading *r, stretch actor) {
    int head = actor.from;
    while (head < actor.to && !(item_at(r, head + 1)->kind == ITEM_WORD &&
                                is_any(item_at(r, head + 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) |
                                                                 LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_RELATIVE))))
        head++;
    if (r->lex->verb_first) head = is(item_at(r, actor.from), LEX_DETERMINER) ? actor.from + 1 : actor.from;
    const item *w = item_at(r, head);
    if (actor.to < actor.from || w->kind != ITEM_WORD) return false;
    return is_actor(w) || (is_unknown(w) && is_name(w) && (!(w->flags & ITEM_FIRST) || head > actor.from));
}

int act_end(const reading *r, int at) {
    int end = at;
    while (end + 1 < r->list.n && end < at + ACT_ITEMS) {
        const item *w = item_at(r, end + 1);
        if (w->kind == ITEM_PUNCT && !(w->punct == '-' && w->flags & ITEM_JOINED) && w->punct != '\'') break;
        if (w->kind == ITEM_WORD && is(w, LEX_REPORT) && !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_REPORT_NOUN)) &&
            end > at)
            break;
        end++;
    }
    while (end > at && item_at(r, end)->kind == ITEM_WORD &&
           is_any(item_at(r, end), LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_SUBORDINATOR)))
        end--;
    return end;
}

en_status add_allegation(reading *r, const en_allegation *made, en_error *err) {
    EN_TRY(grow((void **)&r->allegations, &r->allegations_cap, r->n_allegations, sizeof *made, err));
    r->allegations[r->n_allegations++] = *made;
    return EN_OK;
}

static bool passed(const item *w) {
    return w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_LIGHT)) &&
           !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_PRONOUN));
}

stretch actor_left(const reading *r, int verb) {
    stretch none = {0, -1};
    int end = verb - 1;
    while (end >= 0 && verb - end < ACTOR_ITEMS && passed(item_at(r, end))) end--;
    if (item_at(r, end)->kind == ITEM_WORD && is(item_at(r, end), LEX_OF)) return none; /* "accused of having shot" */
    if (is(item_at(r, end), LEX_RELATIVE) && item_at(r, end)->kind == ITEM_WORD)
        end -= is_punct(item_at(r, end - 1), ',') ? 2 : 1;
    else if (is_punct(item_at(r, end), ',')) { /* "the pilot, a captain, dropped": past what two commas set off */
        int open = end - 1;
        while (open > 0 && end - open < AGENT_ITEMS && item_at(r, open)->kind != ITEM_PUNCT) open--;
        if (!is_punct(item_at(r, open), ',') || any_act(r, open, end)) return none;
        end = open - 1;
    }
    if (end < 0 || item_at(r, end)->kind == ITEM_PUNCT) return none;
    stretch s = without_articles(r, phrase_left(r, end));
    while (s.from < s.to && is(item_at(r, s.from), LEX_PREPOSITION)) s.from++;
    return s;
}

/* Whether the object of a verb begins here: not "killed in", "attacked by". */
static bool begins_object(const item *w) {
    if (w->kind == ITEM_NUMBER) return true;
    return w->kind == ITEM_WORD &&
           !is_any(w, LEX_BIT(LEX_BY) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_CONJUNCTION) |
                          LEX_BIT(LEX_THAT)) &&
           (!is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_SUBORDINATOR)) || is(w, LEX_BOUND));
}

/* Those whom a figure counts are its victims, not its actors. */
static bool is_counted(const reading *r, stretch s, int verb) {
    for (size_t i = r->first_here; i < r->n_drafts; i++) {
        const draft *d = &r->drafts[i];
        if (d->of.from <= s.to && s.from <= d->of.to && (d->by.item == verb || d->of.to == verb - 1)) return true;
    }
    return false;
}

static void give_speaker(const reading *r, const frames *f, int at, en_allegation *out) {
    const speaker_words *who = speaker_at(r, f, at);
    if (who) out->asserted_by = who->who;
}

/* What somebody denies or admits is an answer, and what "its vessel" did by its own account is none of its accusers. */
static bool is_own_account(const reading *r, const frames *f, stretch actor, int verb) {
    for (int i = verb - 1; i >= 0 && i > verb - ACT_ITEMS && !is_punct(item_at(r, i), ';'); i--) {
        const lex_sense *said = item_at(r, i)->kind == ITEM_WORD ? sense(item_at(r, i), LEX_REPORT) : NULL;
        if ((said && said->a == REPORT_DENIES) || (said && is(item_at(r, i), LEX_RESPONSE))) return true;
    }
    const lex_sense *whose = sense(item_at(r, actor.from - 1), LEX_DETERMINER);
    return whose && whose->a && speaker_at(r, f, verb);
}

/* Where verbs lead, who acts stands between the verb and its object, "kidnapped gunmen 17 pupils", or before a verb
 * that agrees with it; a form that may be passive names nobody by what stands before it, and what follows a preposition
 * is the noun of the act. */
static stretch actor_first(const reading *r, int verb) {
    stretch none = {0, -1}, after = without_articles(r, phrase_right(r, verb + 1));
    const item *before = item_at(r, verb - 1), *object = item_at(r, after.to + 1);
    if (is_any(before, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_DETERMINER))) return none;
    bool objected = object->kind == ITEM_NUMBER ||
                    (object->kind == ITEM_WORD && is_any(object, LEX_BIT(LEX_BOUND) | LEX_BIT(LEX_DETERMINER)));
    if (objected && can_act(r, after)) return after;
    const lex_sense *v = sense(item_at(r, verb), LEX_VERB);
    return v && v->b & VOICE_LEADING ? none : actor_left(r, verb);
}

static en_status read_active(reading *r, const frames *f, int verb, int act, en_error *err) {
    int next = verb + 1;
    while (item_at(r, next)->kind == ITEM_WORD && is(item_at(r, next), LEX_ADVERB) && next < verb + 3) next++;
    if (in_passive(r, verb) || (act == ACT_ON_OTHERS && !begins_object(item_at(r, next)))) return EN_OK;
    stretch actor = r->lex->verb_first ? actor_first(r, verb) : actor_left(r, verb);
    if (!can_act(r, actor) || is_counted(r, actor, verb) || is_own_account(r, f, actor, verb)) return EN_OK;
    for (int i = actor.to + 1; i < verb; i++)
        if (is_any(item_at(r, i), LEX_BIT(LEX_HYPOTHETICAL) | LEX_BIT(LEX_PLANNED) | LEX_BIT(LEX_NEGATION)))
            return EN_OK;
    int end = act_end(r, verb);
    en_allegation made = {.actor = words_of(r, actor.from, actor.to), .act = words_of(r, verb, end)};
    give_speaker(r, f, verb, &made);
    made.at = quote_around(r, actor.from < verb ? actor.from : verb, end);
    return add_allegation(r, &made, err);
}

/* "were killed by soldiers of the 5th Division", "the execution of 11 prisoners by members of …". */
static en_status read_agent(reading *r, const frames *f, int verb, en_error *err) {
    for (int i = verb + 1; i < verb + AGENT_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || is_punct(w, '.') ||
            (w->kind == ITEM_WORD &&
             (is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_REPORT)) || tells_act(w))))
            return EN_OK;
        if (w->kind != ITEM_WORD || !is(w, LEX_BY)) continue;
        stretch actor = without_articles(r, phrase_right(r, i + 1));
        int whose = last_of(r, actor, LEX_POSSESSIVE);
        if (!can_act(r, actor) && whose > actor.from) actor.to = whose - 1; /* "by the army's own bombs" */
        if (!can_act(r, actor)) return EN_OK;
        en_allegation made = {.act = words_of(r, verb, verb), .actor = words_of(r, actor.from, actor.to)};
        give_speaker(r, f, verb, &made);
        made.at = quote_around(r, verb, actor.to);
        return add_allegation(r, &made, err);
    }
    return EN_OK;
}

en_status read_acts(reading *r, const frames *f, en_error *err) {
    for (int i = 0; i < r->list.n; i++) {
        size_t before = r->n_allegations;
        const lex_sense *had = item_at(r, i - 1)->kind == ITEM_WORD ? sense(item_at(r, i - 1), LEX_AUXILIARY) : NULL;
        int active = act_of(item_at(r, i), had && !had->b ? VOICE_ACTIVE | VOICE_PASSIVE : VOICE_ACTIVE);
        if (active) EN_TRY(read_active(r, f, i, active, err));
        if (r->n_allegations == before && act_of(item_at(r, i), VOICE_PASSIVE | VOICE_NOMINAL))
            EN_TRY(read_agent(r, f, i, err));
    }
    return EN_OK;
}
