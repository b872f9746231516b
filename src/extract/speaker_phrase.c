/* Whom a noun phrase names: a person with an office, a body, whoever a document is by, whoever a pronoun means. */
#include "extract/phrases.h"

enum { THING_ITEMS = 4 };

/* What leads to the maker of a document: "by" before "of" or "from", whichever day stands before it; -1. */
static int agent_of(const reading *r, stretch s) {
    int agent = -1;
    for (int i = s.from; i <= s.to; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        if (is_any(w, LEX_BIT(LEX_BY) | LEX_BIT(LEX_ACCORDING))) return i;
        const lex_sense *p = sense(w, LEX_PREPOSITION);
        bool day = item_at(r, i + 1)->kind == ITEM_DATE || (p && p->a);
        if (agent < 0 && (p || is(w, LEX_OF)) && !day) agent = i;
    }
    return agent;
}

static bool names_nobody(const reading *r, stretch s) {
    for (int i = s.from; i <= s.to; i++)
        if (is_caps(item_at(r, i)) ||
            is_any(item_at(r, i), LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_NOUN)))
            return false;
    return true;
}

/* "figures released by X", "a statement from X", "X's report": X. Empty where the noun stands alone ("the statement").
 */
static stretch without_report_noun(const reading *r, stretch s, bool *alone) {
    *alone = false;
    int noun = last_of(r, s, LEX_REPORT_NOUN);
    if (noun < 0) return s;
    int by = agent_of(r, (stretch){noun + 1, s.to});
    if (by >= 0 && names_nobody(r, (stretch){by + 1, s.to}) && sense(item_at(r, noun), LEX_REPORT_NOUN)->a)
        return s; /* "the inquest of that year" */
    if (by >= 0) return without_articles(r, (stretch){by + 1, s.to});
    if (r->lex->verb_first && noun == s.from && s.to > noun) return (stretch){noun + 1, s.to}; /* بيانات الوزارة */
    int whose = last_of(r, (stretch){s.from, noun - 1}, LEX_POSSESSIVE);
    stretch before = without_articles(r, (stretch){s.from, whose >= 0 ? whose : noun - 1});
    if (before.to < before.from ||
        (before.from == before.to &&
         is_any(item_at(r, before.from), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_ADJECTIVE))))
        *alone = true;
    return before;
}

/* The name of a person at the end of s, after an office or a title; from > to where there is none. */
static stretch person_at_end(const reading *r, stretch s) {
    stretch none = {0, -1};
    if (!r->lex->capitals) return person_by_words(r, s);
    int from = s.to + 1;
    while (from > s.from) {
        const item *w = item_at(r, from - 1);
        bool name = is_caps(w) && !is_any(w, LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_TITLE));
        bool small = in_name(w) && !w->mask && from <= s.to;
        bool initial =
            is_punct(w, '.') && from - 2 >= s.from && item_at(r, from - 2)->end - item_at(r, from - 2)->start <= 2;
        if (is_punct(w, '.') && is(item_at(r, from - 2), LEX_TITLE)) break;
        if (!name && !small && !initial && !is_punct(w, '-') && !is_punct(w, '\'')) break;
        from--;
    }
    while (from <= s.to && !is_caps(item_at(r, from))) from++;
    return from <= s.to ? (stretch){from, s.to} : none;
}

static void set_words(const reading *r, stretch name, stretch role, speaker_words *out) {
    out->who.name = words_of(r, name.from, name.to);
    out->who.role = role.to >= role.from ? words_of(r, role.from, role.to) : (en_str){0};
    out->known = out->who.name.len > 0;
    out->person = !has(r, name, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT));
    out->court = has(r, name, LEX_BIT(LEX_COURT)) || has(r, role, LEX_BIT(LEX_COURT));
    out->legislature = has(r, name, LEX_BIT(LEX_LEGISLATURE));
}

/* One noun phrase: "Health Ministry spokesman Adan Kel", "Dr. Leyra Asmat", "the Ministry of Health". */
static void speaker_of_phrase(const reading *r, stretch s, speaker_words *out) {
    s = without_articles(r, s);
    stretch none = {0, -1};
    if (s.to < s.from) return;
    int title = last_of(r, s, LEX_TITLE), office = last_of(r, s, LEX_OFFICE);
    stretch person = person_at_end(r, s);
    bool titled = title >= 0 && person.from <= person.to &&
                  (person.from == title + 1 || (person.from == title + 2 && is_punct(item_at(r, title + 1), '.')));
    if (titled) {
        stretch role = without_articles(r, (stretch){s.from, is(item_at(r, title), LEX_OFFICE) ? title : title - 1});
        set_words(r, person, office >= 0 && office < person.from ? role : none, out);
        return;
    }
    if (office >= 0 && person.to >= person.from && person.from > office) {
        bool after_of =
            person.from - 1 > office &&
            is_any(item_at(r, person.from - 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_DETERMINER));
        if (after_of && person.to - person.from >= 2) person.from = person.to - 1, after_of = false;
        if (!after_of) {
            set_words(r, person, (stretch){s.from, person.from - 1}, out);
            return;
        }
    }
    int body = last_of(r, s, LEX_BODY);
    if (office < 0 && body >= s.from && !is_caps(item_at(r, body)) && is_caps(item_at(r, body + 1)) && body < s.to &&
        person.to >= person.from && person.from == body + 1) {
        set_words(r, person, none, out); /* "rights group Dawn House" */
        out->who.role = (en_str){0};
        return;
    }
    for (int i = s.to; i > s.from + 1; i--) /* "opposition newspaper the Perrin Post" */
        if (is(item_at(r, i), LEX_DETERMINER) && is_caps(item_at(r, i + 1)) &&
            !is_any(item_at(r, i - 1),
                    LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_BY)) &&
            office < 0) {
            set_words(r, (stretch){i + 1, s.to}, none, out);
            return;
        }
    if (office < 0 && !has(r, s, LEX_BIT(LEX_BODY))) { /* "Adan Kel of the Dorva Relief Fund" */
        int i = s.from;
        while (i <= s.to && (is_caps(item_at(r, i)) || (in_name(item_at(r, i)) && !item_at(r, i)->mask))) i++;
        if (i - s.from >= 2 && i <= s.to && is_any(item_at(r, i), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION))) {
            set_words(r, (stretch){s.from, i - 1}, none, out);
            return;
        }
    }
    if (office < 0) { /* "Adan Kel of the Dorva Relief Committee": two capitals before "of" and a body after it */
        int i = s.from;
        while (i <= s.to && is_caps(item_at(r, i)) && !item_at(r, i)->mask) i++;
        if (i - s.from == 2 && i < s.to && is(item_at(r, i), LEX_OF) && is(item_at(r, i + 1), LEX_DETERMINER)) {
            set_words(r, (stretch){s.from, i - 1}, none, out);
            return;
        }
    }
    set_words(r, s, none, out);
}

bool person_like(const reading *r, stretch s) {
    s = without_articles(r, s);
    if (s.to < s.from) return false;
    if (!r->lex->capitals) {
        stretch name = person_by_words(r, s);
        return name.to >= name.from && (name.from == s.from || has(r, (stretch){s.from, name.from - 1},
                                                                   LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_OFFICE)));
    }
    int title = last_of(r, s, LEX_TITLE);
    if (title >= 0 && title < s.to && (is_caps(item_at(r, title + 1)) || is_punct(item_at(r, title + 1), '.')) &&
        is_caps(item_at(r, s.to)))
        return true;
    stretch p = person_at_end(r, s);
    if (p.to < p.from) return false;
    int office = last_of(r, s, LEX_OFFICE);
    return p.from == s.from || (office >= 0 && p.from == office + 1);
}

static bool all_caps_words(const reading *r, stretch s) {
    for (int i = s.from; i <= s.to; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_WORD && !is_caps(w) && !is_any(w, LEX_BIT(LEX_OF) | LEX_BIT(LEX_POSSESSIVE)) &&
            !(in_name(w) && !w->mask))
            return false;
    }
    return true;
}

/* "N1, N2": a name and an office in either order. */
void speaker_of_pair(const reading *r, stretch a, stretch b, speaker_words *out) {
    bool a_office = has(r, a, LEX_BIT(LEX_OFFICE)), a_person = person_like(r, a), b_person = person_like(r, b);
    if (a_office && b_person && !a_person) {
        speaker_words inner = {0};
        speaker_of_phrase(r, b, &inner);
        out->who.name = inner.who.name;
        a = without_articles(r, a);
        out->who.role = words_of(r, a.from, a.to);
        out->known = out->who.name.len > 0;
        return;
    }
    stretch first = without_articles(r, a), second = without_articles(r, b);
    bool described = second.to >= second.from && all_caps_words(r, second) && !all_caps_words(r, first) && !a_person;
    if (described) { /* "the ship's owner, Pelagos Lines" */
        set_words(r, second, first, out);
        return;
    }
    speaker_of_phrase(r, a, out);
    if (out->known && !out->who.role.len && has(r, b, LEX_BIT(LEX_OFFICE))) {
        b = without_articles(r, b);
        out->who.role = words_of(r, b.from, b.to);
    }
}

static bool stands_for_speaker(const reading *r, stretch s) {
    s = (stretch){s.from, s.to};
    if (s.to < s.from) return false;
    bool alone;
    if (s.from == s.to && is(item_at(r, s.from), LEX_PRONOUN)) return !sense(item_at(r, s.from), LEX_PRONOUN)->b;
    without_report_noun(r, s, &alone);
    return alone;
}

static bool has_unknown(const reading *r, stretch s) {
    for (int i = s.from; i <= s.to; i++)
        if (is_unknown(item_at(r, i))) return true;
    return false;
}

/* A phrase that ends with a name or a noun for those who speak, and holds no verb. */
static bool can_speak(const reading *r, stretch s) {
    while (s.to >= s.from && (item_at(r, s.to)->kind == ITEM_PUNCT || is(item_at(r, s.to), LEX_POSSESSIVE))) s.to--;
    if (s.to < s.from) return false;
    const item *first = item_at(r, s.from);
    bool led = first->kind == ITEM_WORD && first->words == 1 && is(first, LEX_PREPOSITION) &&
               !is_any(first, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_TITLE) |
                                  LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_ONE));
    if (led && r->lex->capitals && s.to > s.from) return false; /* "in Velgard, which …" */
    uint64_t people = LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_NOUN) |
                      LEX_BIT(LEX_REPORT_NOUN) | LEX_BIT(LEX_LEGISLATURE);
    const item *last = item_at(r, s.to);
    bool ends = is_caps(last) || is_any(last, people) || last->kind == ITEM_NUMBER || last->kind == ITEM_CODE ||
                !r->lex->capitals;
    if (!r->lex->capitals && !has(r, s, people | LEX_BIT(LEX_TITLE)) && !has_unknown(r, s)) return false;
    bool plain = is(item_at(r, s.from), LEX_DETERMINER) && s.to - s.from <= 5 && has_unknown(r, s); /* "the prefect" */
    if (!ends && !plain && !has(r, s, people)) return false;
    if (!ends && last->mask && !is_any(last, LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_TERRITORY))) return false;
    for (int i = s.from; i <= s.to; i++) {
        const item *w = item_at(r, i);
        bool verb = is_any(w, LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_MODE)) &&
                    !is_any(w, people | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_NOT_VICTIM));
        if (w->kind == ITEM_WORD && verb && !is_caps(w) && !is_any(item_at(r, i + 1), people)) return false;
    }
    return true;
}

/* Whom "she", "it" or "the statement" means. */
static speaker_words meant_by(const reading *r, const item *pronoun) {
    const lex_sense *p = sense(pronoun, LEX_PRONOUN);
    if (p && p->a == 1) return r->last_person.known ? r->last_person : r->last_speaker;
    if (p && !p->a && r->last_body.known) return r->last_body;
    bool quiet = r->last_speaker_sentence + 1 < r->sentence && r->last_subject.known;
    return quiet ? r->last_subject : r->last_speaker;
}

/* "According to figures compiled by the Centre": the Centre. */
static stretch after_according(const reading *r, stretch s) {
    int at = last_of(r, s, LEX_ACCORDING);
    return at >= 0 && at < s.to ? (stretch){at + 1, s.to} : s;
}

/* "Witnesses interviewed by the mission": the witnesses. */
static stretch before_participle(const reading *r, stretch s) {
    for (int i = s.from + 2; i < s.to; i++) {
        const item *verb = item_at(r, i - 1);
        bool participle =
            is_any(verb, LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_VERB) | LEX_BIT(LEX_DEMAND)) || is_unknown(verb);
        if (is(item_at(r, i), LEX_BY) && participle && !is_caps(verb) &&
            !has(r, (stretch){s.from, i - 1}, LEX_BIT(LEX_REPORT_NOUN)))
            return (stretch){s.from, i - 2};
    }
    return s;
}

void speaker_of(const reading *r, stretch s, speaker_words *out) {
    bool alone;
    *out = (speaker_words){0};
    if (s.to < s.from) return;
    int document = last_of(r, s, LEX_REPORT_NOUN);
    if (document >= 0 && sense(item_at(r, document), LEX_REPORT_NOUN)->a && stands_for_speaker(r, s)) {
        s = without_articles(r, s);
        set_words(r, s, (stretch){0, -1}, out); /* "the letter" */
        out->person = false;
        return;
    }
    if (stands_for_speaker(r, s)) {
        *out = meant_by(r, item_at(r, s.to));
        return;
    }
    if (is(item_at(r, s.from), LEX_PRONOUN) && !is_any(item_at(r, s.from), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_NOUN)))
        return;
    s = before_participle(r, after_according(r, s));
    s = without_report_noun(r, s, &alone);
    if (!can_speak(r, s)) return;
    speaker_of_phrase(r, s, out);
    out->court |= has(r, s, LEX_BIT(LEX_COURT));
}

void speaker_of_thing(const reading *r, stretch s, speaker_words *out) {
    const item *last = item_at(r, s.to);
    bool noun = last->kind == ITEM_WORD && is_any(last, LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_TERRITORY));
    bool the = item_at(r, s.from)->kind == ITEM_WORD && is(item_at(r, s.from), LEX_DETERMINER) &&
               !is(item_at(r, s.from), LEX_ONE);
    if (!noun || !the || s.to - s.from > THING_ITEMS) return;
    set_words(r, without_articles(r, s), (stretch){0, -1}, out);
}
