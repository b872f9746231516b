/* Who stands on a side of a verb as a speaker: the subject before it, past an aside, or the phrase after it. */
#include "extract/phrases.h"

enum { SUBJECT_ITEMS = 28, ASIDE_ITEMS = 12 };

static bool passed_before_verb(const item *w) {
    if (w->kind == ITEM_DATE) return true;
    return w->kind == ITEM_WORD &&
           is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_NEGATION)) &&
           !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_PRONOUN));
}

/* A verb that only those who speak are the subject of, and no count. */
static bool only_says(const item *w) {
    bool says = false;
    for (int i = 0; i < w->n_senses; i++) {
        const lex_sense *s = &w->senses[i];
        if (s->class == LEX_REPORT && s->a != REPORT_SAYS) return false;
        says |= s->class == LEX_REPORT;
    }
    return says && !is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_CHANGE));
}

/* "The mayor, Ilo Marn, said", "the union, which printed it, said", "the letter, made public on Monday, says". */
static bool past_aside(const reading *r, stretch inner, stretch outer, int *from, speaker_words *out) {
    const item *first = item_at(r, inner.from);
    bool pronoun = is(first, LEX_PRONOUN) && (inner.from == inner.to || !is(first, LEX_DETERMINER));
    bool relative = is(first, LEX_RELATIVE) || first->kind == ITEM_NUMBER || (pronoun && first->kind == ITEM_WORD);
    bool titled = has(r, inner, LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY)) || person_like(r, inner);
    bool related =
        is_any(first, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_BY));
    bool begins = outer.from <= 1 && !has(r, inner, LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_AUXILIARY));
    if (!(titled || related || relative || begins) || outer.to < outer.from) return false;
    bool clause = is(item_at(r, outer.from), LEX_PRONOUN) &&
                  !is(item_at(r, outer.from), LEX_DETERMINER); /* "the group that took them, the Brigades, said" */
    if (has(r, outer, LEX_BIT(LEX_VERB_OTHER)) && !clause) return false;
    *from = outer.from;
    if (relative || (begins && !titled && !related))
        speaker_of(r, outer, out);
    else if (clause)
        speaker_of(r, inner, out);
    else
        speaker_of_pair(r, outer, inner, out);
    return out->known;
}

bool speaker_left_of(const reading *r, int at, speaker_words *out, int *from) {
    *out = (speaker_words){0};
    int end = at - 1;
    if (is_punct(item_at(r, end), ',') && is(item_at(r, end - 1), LEX_ADVERB) && is_punct(item_at(r, end - 2), ','))
        end -= 3; /* "cannot, therefore, accept" */
    while (end >= 0 && at - end < 6 && passed_before_verb(item_at(r, end))) {
        bool date = item_at(r, end)->kind == ITEM_DATE;
        end--;
        if (date && is_any(item_at(r, end), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_DETERMINER))) end--;
    }
    *from = end + 1;
    if (end < 0) return false;
    if (is(item_at(r, end), LEX_RELATIVE)) { /* "the union, which printed …" */
        end -= is_punct(item_at(r, end - 1), ',') ? 2 : 1;
        if (end < 0) return false;
        stretch before = phrase_left(r, end), named = {0, -1};
        if (is_punct(item_at(r, before.from - 1), ',')) named = phrase_left(r, before.from - 2);
        bool apposed = named.to >= named.from && person_like(r, named) && has(r, before, LEX_BIT(LEX_OFFICE));
        *from = apposed ? named.from : before.from;
        if (apposed) /* "Ilo Marn, commander of the brigade, who …" */
            speaker_of_pair(r, named, before, out);
        else
            speaker_of(r, before, out);
        return out->known;
    }
    if (is_punct(item_at(r, end), ',')) {
        int comma = end - 1;
        while (comma > 0 && end - comma < SUBJECT_ITEMS && !is_punct(item_at(r, comma), ',')) comma--;
        if (comma <= 0 || !is_punct(item_at(r, comma), ',')) return false;
        stretch inner = {comma + 1, end - 1}, outer = phrase_left(r, comma - 1);
        return past_aside(r, inner, outer, from, out);
    }
    if (item_at(r, end)->kind == ITEM_PUNCT && !is_punct(item_at(r, end), '.') && !is_punct(item_at(r, end), ')'))
        return false;
    if (is(item_at(r, end), LEX_CONJUNCTION)) return false;
    stretch s = phrase_left(r, end);
    *from = s.from;
    speaker_of(r, s, out);
    if (!out->known && only_says(item_at(r, at)) && !is(item_at(r, at + 1), LEX_AUXILIARY))
        speaker_of_thing(r, s, out); /* not "the acts described were" */
    /* "its spokesman, Colonel Dace Orvik, said" ends with a comma; "The mayor, Ilo Marn said" is read so too */
    if (out->known && person_like(r, s) && is_punct(item_at(r, s.from - 1), ',')) {
        stretch outer = phrase_left(r, s.from - 2);
        if (outer.to >= outer.from && has(r, outer, LEX_BIT(LEX_OFFICE)) &&
            !has(r, outer, LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_VERB))) {
            speaker_of_pair(r, outer, s, out);
            *from = outer.from;
        }
    }
    return out->known;
}

bool speaker_right_of(const reading *r, int at, speaker_words *out, int *to) {
    *out = (speaker_words){0};
    stretch s = phrase_right(r, at + 1);
    *to = s.to;
    if (s.to < s.from) return false;
    speaker_of(r, s, out);
    if (!out->known || !is_punct(item_at(r, s.to + 1), ',')) return out->known;
    stretch b = phrase_right(r, s.to + 2);
    if (b.to < b.from || has(r, b, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_VERB_OTHER))) return true;
    const item *after = item_at(r, b.to + 1);
    bool closed = after->kind == ITEM_PUNCT || b.to + 1 >= r->list.n;
    bool office = has(r, b, LEX_BIT(LEX_OFFICE));
    if (closed && (office || (person_like(r, b) && has(r, s, LEX_BIT(LEX_OFFICE))))) {
        speaker_of_pair(r, s, b, out);
        *to = b.to;
    }
    return out->known;
}

bool in_passive(const reading *r, int verb) {
    for (int i = verb - 1; i >= verb - 4; i--) {
        const item *w = item_at(r, i);
        const lex_sense *a = w->kind == ITEM_WORD ? sense(w, LEX_AUXILIARY) : NULL;
        if (a && a->b) return true;
        if (!(w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_NEGATION))))
            return false;
    }
    return false;
}

/* "Recognised in 2004 as genocide by the parliament": who stands after the preposition. */
bool agent_after(const reading *r, int verb, int last, speaker_words *out) {
    int to;
    for (int i = verb + 1; i <= last && i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || is_punct(w, '.') || is_punct(w, ':')) return false;
        if (w->kind != ITEM_WORD) continue;
        if (is(w, LEX_BY) && speaker_right_of(r, i, out, &to)) return true;
    }
    *out = (speaker_words){0};
    return false;
}

/* The subject of the sentence: the noun phrase before its first verb, past "In 2024" and "On Thursday". */
void find_subject(const reading *r, speaker_words *out) {
    *out = (speaker_words){0};
    int from = 0, to;
    while (from < r->list.n && (item_at(r, from)->kind == ITEM_PUNCT || is(item_at(r, from), LEX_CONJUNCTION))) from++;
    uint64_t verbs = LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ADOPT) | LEX_BIT(LEX_MODE) | LEX_BIT(LEX_DEMAND) |
                     LEX_BIT(LEX_ACCUSE) | LEX_BIT(LEX_VERB) | LEX_BIT(LEX_VERB_OTHER);
    if (r->lex->verb_first && is_any(item_at(r, from), verbs) && item_at(r, from)->kind == ITEM_WORD) {
        speaker_right_of(r, from, out, &to);
        return;
    }
    for (int leads = 0; leads < 3 && (is_any(item_at(r, from), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_SUBORDINATOR)) ||
                                      item_at(r, from)->kind == ITEM_DATE || before_day(r, from));
         leads++) {
        int i = from + 1;
        while (i < r->list.n && i < from + 14 && !is_punct(item_at(r, i), ',') &&
               !(is(item_at(r, i), LEX_DETERMINER) &&
                 !is_any(item_at(r, i - 1), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF))))
            i++;
        if (i >= r->list.n || i >= from + 14) return;
        from = is_punct(item_at(r, i), ',') ? i + 1 : i;
    }
    if (is(item_at(r, from), LEX_PRONOUN) && !is(item_at(r, from), LEX_DETERMINER)) {
        *out = r->last_subject.known ? r->last_subject : r->last_speaker;
        return;
    }
    to = from - 1;
    if (item_at(r, from)->quote || is_any(item_at(r, from), LEX_BIT(LEX_BOUND) | LEX_BIT(LEX_NEGATION))) return;
    while (to + 1 < r->list.n && to - from < SUBJECT_ITEMS && !ends_noun_phrase(r, to + 1)) {
        const item *w = item_at(r, to + 1);
        if (w->kind == ITEM_NUMBER && to >= from) return;
        if (is_unknown(w) && !is_caps(w) && to > from &&
            (is_caps(item_at(r, to)) || is_any(item_at(r, to), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE))))
            break;
        if (is_any(w, LEX_BIT(LEX_MODE) | LEX_BIT(LEX_ADOPT) | LEX_BIT(LEX_DEMAND) | LEX_BIT(LEX_ACCUSE) |
                          LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_ADVERB)) &&
            to >= from && !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY)) && !is_caps(w))
            break;
        if (is(w, LEX_PLACE) && !is_caps(w) && to >= from) break;
        to++;
    }
    if (item_at(r, from)->kind == ITEM_NUMBER && !has(r, (stretch){from, to}, LEX_BIT(LEX_BODY))) return;
    if (to >= from) speaker_of(r, (stretch){from, to}, out);
    stretch aside = {to + 2, to + 2};
    while (aside.to < r->list.n && aside.to - to < ASIDE_ITEMS && !is_punct(item_at(r, aside.to + 1), ',')) aside.to++;
    bool office = out->known && is_punct(item_at(r, to + 1), ',') && is_punct(item_at(r, aside.to + 1), ',') &&
                  has(r, aside, LEX_BIT(LEX_OFFICE)) && person_like(r, (stretch){from, to}) &&
                  !has(r, aside, LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_AUXILIARY));
    if (office) speaker_of_pair(r, (stretch){from, to}, aside, out); /* "Olin Brask, a nurse, …" */
    know_again(r, out);
}
