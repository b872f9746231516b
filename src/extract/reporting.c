/* The reporting clauses of one sentence as frames: a verb of saying, "according to", a label before a colon, a bracket
 * that names a body; each with who speaks and on which side of it stands what is said. */
#include "extract/reporting.h"

enum { TAIL_ITEMS = 14, LABEL_ITEMS = 14 };

static bool boundary(const item *w) {
    return w->kind == ITEM_PUNCT && (w->punct == ',' || w->punct == '.' || w->punct == ';' || w->punct == '"' ||
                                     w->punct == 0x2013 || w->punct == '!' || w->punct == '?');
}

/* After the verb nothing is said any more: "…, she told reporters in Dorva on Tuesday." */
static bool closes(const reading *r, int verb, int *end) {
    int i = verb + 1;
    for (; i < r->list.n && i - verb < TAIL_ITEMS; i++) {
        const item *w = item_at(r, i);
        if (boundary(w)) break;
        if (w->kind == ITEM_PUNCT && w->punct == ':') return false;
        bool counts = w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT);
        if (counts && !is(item_at(r, i + 1), LEX_NOT_VICTIM)) return false; /* "in an opinion of 61 pages" */
        if (w->kind == ITEM_WORD &&
            is_any(w, LEX_BIT(LEX_THAT) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_BOUND)) &&
            !is(w, LEX_DETERMINER))
            return false;
        if (w->kind == ITEM_WORD && is(w, LEX_VERB) && !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE)))
            return false;
    }
    *end = i;
    return i >= r->list.n || boundary(item_at(r, i));
}

static bool follows_said(const item *w) {
    return is_clause_dash(w) ||
           (w->kind == ITEM_PUNCT && (w->punct == ',' || w->punct == '"' || w->punct == '!' || w->punct == '?'));
}

static bool begins_subject(const item *w) {
    return w->kind == ITEM_WORD &&
           (is_caps(w) ||
            is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_NOUN) |
                          LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_ADJECTIVE))) &&
           !is(w, LEX_THAT);
}

/* "Сообщил в понедельник на брифинге мэр": who speaks, past days and phrases of place, where the subject may follow its
 * verb; the item after the verb where nothing of the kind stands there. */
static int subject_after(const reading *r, int verb) {
    uint64_t speakers = LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_TITLE);
    bool in_phrase = false;
    if (r->lex->compounds) return verb + 1;
    for (int i = verb + 1; i < verb + TAIL_ITEMS && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        bool passed = w->kind == ITEM_DATE || before_day(r, i) || (w->kind == ITEM_PUNCT && w->punct == '"') ||
                      (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_WEEKDAY)));
        bool begins = w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_PREPOSITION));
        if (begins || passed) {
            in_phrase = begins || (in_phrase && w->kind == ITEM_PUNCT);
            continue;
        }
        if (w->kind != ITEM_WORD) return verb + 1;
        bool directly = is_any(item_at(r, i - 1), LEX_BIT(LEX_PREPOSITION));
        if (!in_phrase || (!directly && is_any(w, speakers))) return i;
    }
    return verb + 1;
}

frame *add_frame(frames *f, int verb, uint8_t kind) {
    if (f->n == FRAMES_MAX) return NULL;
    frame *new = &f->at[f->n++];
    *new = (frame){.verb = verb, .kind = kind, .start = verb, .end = verb};
    return new;
}

/* "X was quoted by the agency as saying": X, at the verb of saying. */
static bool add_quoted(const reading *r, int passive, int said, frames *f) {
    speaker_words who;
    int from, to = said;
    if (!speaker_left_of(r, passive, &who, &from)) return false;
    frame *new = add_frame(f, said, REPORT_SAYS);
    if (!new) return false;
    new->who = who;
    new->left = new->after = closes(r, said, &to);
    new->right = !new->left;
    new->end = to;
    return true;
}

/* "were recorded by the clinic": who stands after the preposition. */
static bool read_passive(const reading *r, int verb, uint8_t kind, frames *f) {
    for (int i = verb + 1; i < verb + 6; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_WORD && is(w, LEX_BY)) {
            speaker_words who;
            int to;
            if (!speaker_right_of(r, i, &who, &to)) return false;
            if (is(item_at(r, to + 1), LEX_REPORT)) return add_quoted(r, verb, to + 1, f);
            frame *new = add_frame(f, verb, kind);
            if (new) new->who = who, new->left = true, new->end = to;
            return true;
        }
        if (w->kind == ITEM_PUNCT) return false;
    }
    return false;
}

/* The subject of "adding that …", "and said …" is that of the clause before. */
static const speaker_words *subject_before(const reading *r, const frames *f, int verb) {
    const item *w = item_at(r, verb - 1);
    while (verb > 0 && w->kind == ITEM_WORD && is(w, LEX_ADVERB)) w = item_at(r, --verb - 1);
    bool chained = is_punct(w, ',') || is(w, LEX_CONJUNCTION) || (is_punct(w, '"') && w->flags & ITEM_CLOSES);
    if (!chained) return NULL;
    if (f->n) return &f->at[f->n - 1].who;
    return r->subject.known && (r->subject.person || is_speaker(r, &r->subject)) ? &r->subject : NULL;
}

/* "The envoy, Ilo Marn, painted a bleak picture": the comma before the verb closes an aside of its subject, and what
 * stands after it is nobody who speaks. */
static bool closes_aside(const reading *r, int verb, int to, const speaker_words *after) {
    speaker_words before;
    int from;
    uint64_t speakers = LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_COURT) |
                        LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_REPORT_NOUN);
    if (!is_punct(item_at(r, verb - 1), ',') || after->who.role.len || has(r, (stretch){verb + 1, to}, speakers) ||
        is_caps(item_at(r, to)))
        return false;
    return speaker_left_of(r, verb, &before, &from) && before.who.role.len;
}

/* "Added that 12 …", where a verb needs no subject: who spoke last. */
static const speaker_words *unsaid_subject(const reading *r, int verb) {
    if (!is(item_at(r, verb + 1), LEX_THAT) || !r->last_speaker.known || r->sentence > r->last_speaker_sentence + 2)
        return NULL;
    for (int i = verb - 1; i >= 0; i--)
        if (!(is_punct(item_at(r, i), ',') ||
              (item_at(r, i)->kind == ITEM_WORD &&
               is_any(item_at(r, i), LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_AUXILIARY)))))
            return NULL;
    return &r->last_speaker;
}

static void read_report(const reading *r, int verb, frames *f) {
    const item *v = item_at(r, verb);
    uint8_t kind = sense(v, LEX_REPORT)->a;
    bool hearer = sense(v, LEX_REPORT)->b;
    const item *prev = item_at(r, verb - 1);
    bool modifies =
        is(prev, LEX_ADJECTIVE) && !is_any(prev, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_NOUN));
    if (is_any(v, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_REPORT_NOUN)) &&
        (modifies || is_any(prev, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_POSSESSIVE)) ||
         (is_unknown(prev) && is(item_at(r, verb - 2), LEX_POSSESSIVE))))
        return;
    const item *next = item_at(r, verb + 1);
    if (is(v, LEX_ACCUSE) && kind == REPORT_SAYS && (next->kind == ITEM_NUMBER || is(next, LEX_BOUND))) return;
    if (r->lex->verb_first) {
        read_report_first(r, verb, f);
        return;
    }
    if (in_passive(r, verb)) {
        read_passive(r, verb, kind, f);
        return;
    }
    speaker_words who;
    int from = verb, to = verb, tail, subject = subject_after(r, verb);
    bool inverted = (follows_said(prev) || verb == 0 || is_punct(prev, ',')) && begins_subject(item_at(r, subject)) &&
                    kind == REPORT_SAYS && !hearer;
    if (inverted && speaker_right_of(r, subject - 1, &who, &to) && !closes_aside(r, verb, to, &who)) {
        frame *new = add_frame(f, verb, kind);
        if (!new) return;
        new->who = who;
        new->end = to;
        new->left = verb > 0;
        new->right = verb == 0;
        new->after = true;
        return;
    }
    bool inside = is(v, LEX_PRONOUN) && v->words > 0; /* "a-t-il dit": the subject is in the phrase */
    if (inside) speaker_of(r, (stretch){verb, verb}, &who);
    bool known = inside ? who.known : speaker_left_of(r, verb, &who, &from);
    if (known && v->quote && is(item_at(r, from), LEX_PRONOUN)) return; /* "we counted 12": the quoted speak */
    if (!known) {
        const speaker_words *same = subject_before(r, f, verb);
        if (!same) same = unsaid_subject(r, verb);
        if (!same) return;
        who = *same;
        from = verb;
    }
    frame *new = add_frame(f, verb, kind);
    if (!new) return;
    new->who = who;
    new->start = from;
    bool as = is(item_at(r, from - 1), LEX_SUBORDINATOR) || is(item_at(r, from - 1), LEX_CONJUNCTION);
    const item *led = item_at(r, as ? from - 2 : from - 1); /* "…, as the ombudsman put it, …" */
    const item *opens = is_punct(led, ',') ? item_at(r, (as ? from - 2 : from - 1) - 1) : NULL;
    bool after_joint = opens && opens->kind == ITEM_WORD && /* "…, where, the historian writes, snow …" */
                       is_any(opens, LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_RELATIVE)) &&
                       !is_any(opens, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_PREPOSITION));
    if (follows_said(led) && !after_joint && closes(r, verb, &tail)) {
        new->left = true;
        new->after = true;
        new->end = tail;
    } else {
        new->right = true;
    }
}

/* "بحسب ما أفاد X": the verb of saying that follows belongs to the word before it. Returns the last item taken. */
static int said_by(const reading *r, int at) {
    if (!r->lex->verb_first) return at;
    while (at + 1 < r->list.n && is(item_at(r, at + 1), LEX_REPORT) && !is(item_at(r, at + 1), LEX_OFFICE)) at++;
    return at;
}

static void read_according(const reading *r, int at, frames *f) {
    speaker_words who;
    int to = at;
    if (is(item_at(r, at), LEX_PRONOUN)) /* "по его словам", one phrase */
        speaker_of(r, (stretch){at, at}, &who);
    else if (!speaker_right_of(r, subject_after(r, said_by(r, at)) - 1, &who, &to))
        return;
    if (!who.known) return;
    if (sense(item_at(r, at), LEX_ACCORDING)->a) name_in_nominative(r, &who);
    if (is(item_at(r, to + 1), LEX_REPORT) && in_passive(r, at)) {
        add_quoted(r, at, to + 1, f);
        return;
    }
    frame *new = add_frame(f, at, REPORT_SAYS);
    if (!new) return;
    new->who = who;
    new->end = to;
    const item *prev = item_at(r, at - 1);
    bool leads = at == 0 || is(prev, LEX_THAT) || is(prev, LEX_CONJUNCTION) ||
                 (is_punct(prev, '"') && prev->flags & ITEM_OPENS) || is_punct(prev, ';') || is_punct(prev, 0x2013);
    bool listed = at <= 2 && prev->kind == ITEM_PUNCT;
    new->right = leads || listed;
    new->left = !new->right;
    new->after = true;
    new->according = true;
}

/* "Cholera has claimed 37 lives": the verb is no verb of saying where it is what befell them. */
static bool governs_it(const reading *r, const draft *d, int verb) {
    if (is(item_at(r, verb + 1), LEX_THAT)) return false;
    if (d->by.item == verb) return true;
    const lex_sense *v = verb_sense(item_at(r, verb), d->figure.unit, VOICE_ACTIVE);
    return d->by.how == FOUND_NOUN && d->of.strong && d->of.from == verb + 1 && v && v->a == d->by.category;
}

static bool governs_figure(const reading *r, int verb) {
    for (size_t i = r->first_here; i < r->n_drafts; i++)
        if (governs_it(r, &r->drafts[i], verb)) return true;
    return false;
}

/* The last item of who stands before a colon, without a bracket after it: "Ms. Brask (Mosk Centre):"; *comma: the one
 * that parts a name from an office. -1 where something else stands there. */
static int label_end(const reading *r, int colon, int *comma) {
    int last = colon - 1;
    *comma = -1;
    for (int i = colon - 1; i > 0; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, '(')) last = i - 1;
        if (is_punct(w, ',')) {
            if (*comma >= 0) return -1;
            *comma = i;
        } else if (w->kind == ITEM_PUNCT && !is_punct(w, '.') && !is_punct(w, '(') && !is_punct(w, ')') &&
                   !(is_punct(w, '-') && w->flags & ITEM_JOINED)) {
            return -1;
        }
    }
    return last;
}

/* "Interior Ministry: 8 killed", "Olin Brask, director of the Centre: …": who speaks before a colon. */
static void read_label(const reading *r, frames *f) {
    int colon = 1, comma;
    while (colon < LABEL_ITEMS && !is_punct(item_at(r, colon), ':')) colon++;
    if (colon == LABEL_ITEMS || colon + 1 >= r->list.n) return;
    int last = label_end(r, colon, &comma);
    if (last < 0) return;
    stretch s = without_articles(r, (stretch){0, last});
    bool pair = comma > 0 && comma < last;
    if (has(r, s, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_TOLL) | LEX_BIT(LEX_REPORT))) return;
    bool shouted = s.to == s.from && r->tokens.paragraph_start && item_at(r, s.from)->flags & ITEM_SHOUTED &&
                   is_unknown(item_at(r, s.from)) && item_at(r, s.from)->end - item_at(r, s.from)->start > 2;
    if (!pair && !shouted && !has(r, s, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE)) &&
        !(s.to > s.from && person_like(r, s)))
        return; /* "KOVALAN: …" in an interview */
    if (pair && !(person_like(r, (stretch){0, comma - 1}) && has(r, s, LEX_BIT(LEX_OFFICE)))) return;
    frame *new = add_frame(f, colon, REPORT_SAYS);
    if (!new) return;
    if (pair)
        speaker_of_pair(r, (stretch){0, comma - 1}, (stretch){comma + 1, last}, &new->who);
    else
        speaker_of(r, s, &new->who);
    new->right = true;
    new->label = r->tokens.paragraph_start;
}

/* "Twelve were killed" - the governor's press service. */
static void read_signature(const reading *r, int dash, frames *f) {
    const item *before = item_at(r, dash - 1);
    if (!(is_punct(before, '"') && before->flags & ITEM_CLOSES) && !is_punct(before, ',')) return;
    int end = r->list.n - 1;
    while (end > dash && item_at(r, end)->kind == ITEM_PUNCT) end--;
    stretch s = {dash + 1, end};
    for (int i = s.from; i <= s.to; i++)
        if (ends_noun_phrase(r, i)) return;
    if (s.to < s.from || !has(r, s, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_REPORT_NOUN))) return;
    frame *new = add_frame(f, dash, REPORT_SAYS);
    if (!new) return;
    speaker_of(r, s, &new->who);
    new->end = end;
    new->left = new->after = true;
}

/* "By the army's count"; at the edge of a clause also "in the union's words", not "despite the union's words". */
static bool can_lead_count(const reading *r, int at) {
    const item *w = item_at(r, at), *prev = item_at(r, at - 1);
    if (!is_any(item_at(r, at + 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_BODY))) return false;
    if (is(w, LEX_BY)) return true;
    return is(w, LEX_PREPOSITION) && !is_any(w, LEX_BIT(LEX_SUBORDINATOR)) && (at == 0 || is_punct(prev, ','));
}

/* "By the army's count": who counts stands between the preposition and the possessive. */
static void read_by_count(const reading *r, int at, frames *f) {
    const lex_sense *whose = sense(item_at(r, at + 1), LEX_DETERMINER); /* "in her view": of whoever was named */
    int last = whose && whose->a ? at + 1 : -1;
    for (int i = at + 2; i < at + 10 && last < 0; i++) {
        if (item_at(r, i)->kind != ITEM_WORD) return;
        if (is(item_at(r, i), LEX_POSSESSIVE)) last = i;
    }
    if (last < 0) return;
    int noun = last + 1;
    while (noun < last + 4 && item_at(r, noun)->kind == ITEM_WORD && !is(item_at(r, noun), LEX_REPORT_NOUN)) noun++;
    if (!is(item_at(r, noun), LEX_REPORT_NOUN)) return;
    frame *new = add_frame(f, at, REPORT_SAYS);
    if (!new) return;
    if (last == at + 1)
        new->who = whose->a == 1 && r->last_person.known ? r->last_person : r->last_speaker;
    else
        speaker_of(r, (stretch){at + 1, last - 1}, &new->who);
    new->end = noun;
    new->left = at > 0;
    new->right = at == 0;
    new->after = new->according = true;
}

/* "1,204 people killed (Ministry of Health)". */
static void read_bracket(const reading *r, int at, frames *f) {
    if (is_punct(item_at(r, at + 2), ':')) at += 2; /* "(source: …)" */
    int end = at + 1;
    bool body = false;
    for (; end < at + 10 && !is_punct(item_at(r, end), ')'); end++) {
        const item *w = item_at(r, end);
        if (w->kind != ITEM_WORD || is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_VERB))) return;
        body |= is(w, LEX_BODY);
    }
    if (!is_punct(item_at(r, end), ')') || !body || !is_caps(item_at(r, at + 1)) || at < 2) return;
    frame *new = add_frame(f, at, REPORT_SAYS);
    if (!new) return;
    speaker_of(r, (stretch){at + 1, end - 1}, &new->who);
    new->end = end;
    new->left = new->after = new->according = true;
}

void read_frames(const reading *r, frames *f) {
    f->n = 0;
    f->fronted = is_part(item_at(r, 0), PLACE_BEFORE) || is(item_at(r, 0), LEX_OF);
    read_label(r, f);
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, '(') && !(f->n && f->at[0].label && i < f->at[0].verb)) read_bracket(r, i, f);
        if (is_clause_dash(w)) read_signature(r, i, f);
        if (w->kind != ITEM_WORD || w->flags & ITEM_USED || (f->n && f->at[f->n - 1].verb == i)) continue;
        if (is(w, LEX_ACCORDING))
            read_according(r, i, f), i = said_by(r, i);
        else if (can_lead_count(r, i))
            read_by_count(r, i, f);
        else if (is(w, LEX_REPORT) && !governs_figure(r, i))
            read_report(r, i, f);
    }
}
