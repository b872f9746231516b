/* Reporting clauses of languages whose verb leads: قال الوزير إن, with its subject after it; الوزير قال إن, with the
 * subject before; وأضاف أن, with none. */
#include "extract/reporting.h"

/* What is said begins here: "that", a colon, a quotation. */
static bool begins_said(const reading *r, int i) {
    const item *w = item_at(r, i);
    if (is_punct(w, ':') || (is_punct(w, '"') && w->flags & ITEM_OPENS)) return true;
    if (w->kind == ITEM_WORD && is(w, LEX_PREPOSITION) && is(item_at(r, i + 1), LEX_THAT)) return true;
    return w->kind == ITEM_WORD && is(w, LEX_THAT);
}

static bool passed(const item *w) {
    return w->kind == ITEM_DATE || (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_DATE_WORD)) &&
                                    !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY)));
}

static bool may_begin_subject(const item *w) {
    if (w->kind != ITEM_WORD) return false;
    if (is_unknown(w)) return true;
    return is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_NOUN) |
                         LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_REPORT_NOUN) | LEX_BIT(LEX_LEGISLATURE) |
                         LEX_BIT(LEX_FILLER) | LEX_BIT(LEX_PRONOUN)) &&
           !is(w, LEX_THAT);
}

/* Whether the subject stands before the verb: a noun directly, or an aside that a comma closes. */
static bool subject_leads(const reading *r, int verb) {
    int at = verb - 1;
    while (item_at(r, at)->kind == ITEM_WORD &&
           (is_any(item_at(r, at), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_NEGATION)) || passed(item_at(r, at))))
        at--;
    const item *w = item_at(r, at);
    if (at < 0 || w->kind != ITEM_WORD) return false;
    return !is_any(w, LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_SUBORDINATOR) |
                          LEX_BIT(LEX_ACCORDING) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_REPORT));
}

/* "أما الوزير فقال": the subject before a joined conjunction, where the sentence sets it out. */
static bool set_out(const reading *r, int verb) {
    const lex_sense *c = sense(item_at(r, verb - 1), LEX_CONJUNCTION), *first = sense(item_at(r, 0), LEX_CONJUNCTION);
    if (is(item_at(r, 1), LEX_CONJUNCTION) && first && first->a == 1) first = sense(item_at(r, 1), LEX_CONJUNCTION);
    return verb >= 2 && c && first && first->a == 3 && item_at(r, verb)->flags & ITEM_JOINED;
}

static bool names_people(const reading *r, int from, int to) {
    return has(r, (stretch){from, to},
               LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_NOUN) |
                   LEX_BIT(LEX_REPORT_NOUN));
}

/* Who spoke last, for a verb without a subject: "وأضاف أن". */
static const speaker_words *spoke_last(const reading *r, const frames *f) {
    for (int i = f->n - 1; i >= 0; i--)
        if (f->at[i].who.known) return &f->at[i].who;
    return r->last_speaker.known && r->sentence <= r->last_speaker_sentence + 3 ? &r->last_speaker : NULL;
}

static bool ends_there(const reading *r, int to) {
    const item *w = item_at(r, to + 1);
    return to + 1 >= r->list.n || is_punct(w, '.') || is_punct(w, '"') || is_punct(w, ',');
}

static void add_after(const reading *r, int verb, uint8_t kind, const speaker_words *who, int to, frames *f) {
    const item *prev = item_at(r, verb - 1);
    frame *new = add_frame(f, verb, kind);
    if (!new) return;
    new->who = *who;
    new->end = to;
    bool follows = prev->kind == ITEM_PUNCT && !is_punct(prev, ':') && verb > 0;
    new->left = follows &&ends_there(r, to) && !begins_said(r, to + 2);
    new->right = !new->left;
    new->after = true;
}

/* The subject of a verb that leads its clause: after it, or before it where a noun or an aside stands there. */
static bool subject_beside(const reading *r, int verb, speaker_words *who, int *from, int *to) {
    int next = verb + 1;
    bool aside = is_punct(item_at(r, verb - 1), ',');
    *from = *to = verb;
    if (subject_leads(r, verb) || set_out(r, verb))
        return speaker_left_of(r, set_out(r, verb) ? verb - 1 : verb, who, from);
    while (passed(item_at(r, next))) next++;
    if (!begins_said(r, next) && may_begin_subject(item_at(r, next)) && speaker_right_of(r, next - 1, who, to)) {
        speaker_words before;
        if (!aside || names_people(r, next, *to) || !speaker_left_of(r, verb, &before, from)) return *from = verb, true;
    }
    *to = verb;
    return aside && speaker_left_of(r, verb, who, from);
}

bool subject_of_verb(const reading *r, int verb, speaker_words *out, int *from) {
    int to;
    if (!r->lex->verb_first) return speaker_left_of(r, verb, out, from);
    *out = (speaker_words){0};
    if (subject_beside(r, verb, out, from, &to)) return out->known;
    bool said_on = r->last_speaker.known && r->sentence <= r->last_speaker_sentence + 1;
    if (said_on) *out = r->last_speaker;
    return said_on;
}

void read_report_first(const reading *r, int verb, frames *f) {
    const item *v = item_at(r, verb);
    uint8_t kind = sense(v, LEX_REPORT)->a;
    if (is_any(v, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_REPORT_NOUN) | LEX_BIT(LEX_BODY)) &&
        (item_at(r, verb - 1)->kind == ITEM_NUMBER || is(item_at(r, verb - 1), LEX_DETERMINER)))
        return;
    speaker_words who;
    int from, to, next = verb + 1;
    while (passed(item_at(r, next))) next++;
    if (subject_beside(r, verb, &who, &from, &to)) {
        if (to > verb) {
            add_after(r, verb, kind, &who, to, f);
            return;
        }
        frame *new = add_frame(f, verb, kind);
        if (new) new->who = who, new->start = from, new->right = true;
        return;
    }
    if (subject_leads(r, verb) || set_out(r, verb)) return;
    const speaker_words *last = spoke_last(r, f);
    if (!last || !(begins_said(r, next) || kind != REPORT_COUNTS)) return;
    who = *last;
    add_after(r, verb, kind, &who, verb, f);
}
