/* Who says it: reporting clauses, "according to", quotations over sentences, headings of lists.
 *
 * Each sentence gives frames: a verb of saying with its subject, and on which side of it stands what is said. A figure
 * belongs to the frame before it that is open to the right, else to the one after it that closes a sentence ("…, she
 * said"), else to one set off in the middle. A quotation without a frame in its sentence has the speaker of its other
 * sentences, or of the sentence that led to it.
 */
#include "extract/speakers.h"

#include <string.h>

enum { SUBJECT_ITEMS = 28, TAIL_ITEMS = 14, QUOTED_FIGURES = 64 };

/* --- noun phrases of speakers --- */

static bool is_caps(const item *w) { return w->kind == ITEM_WORD && (w->flags & ITEM_CAPITAL); }

static bool in_name(const item *w) { /* small words inside names */
    return w->kind == ITEM_WORD && w->end - w->start <= 3 &&
           !is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_SUBORDINATOR) |
                          LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_BY));
}

static bool ends_noun_phrase(const reading *r, int i) {
    const item *w = item_at(r, i);
    if (w->kind == ITEM_PUNCT)
        return !(w->punct == '-' || w->punct == '.' || w->punct == '\'' || w->punct == '&' || w->punct == '/');
    if (w->kind == ITEM_DATE) return true;
    if (w->kind != ITEM_WORD) return false;
    const lex_sense *c = sense(w, LEX_CONJUNCTION);
    if (c)
        return c->a != 1 ||
               !(is_caps(item_at(r, i + 1)) || is_any(item_at(r, i + 1), LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_NOUN))) ||
               is_any(item_at(r, i - 1), LEX_BIT(LEX_VERB));
    if (is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_SUBORDINATOR) |
                      LEX_BIT(LEX_RELATIVE)) &&
        !is_any(w, LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_REPORT_NOUN)))
        return true;
    uint64_t things = LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_NOT_VICTIM) |
                      LEX_BIT(LEX_INSTRUMENT) | LEX_BIT(LEX_REPORT_NOUN) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) |
                      LEX_BIT(LEX_ADJECTIVE);
    if (is_any(w, LEX_BIT(LEX_ADOPT) | LEX_BIT(LEX_DEMAND) | LEX_BIT(LEX_MODE) | LEX_BIT(LEX_ACCUSE)) &&
        !is_any(w, things) && !is_caps(w))
        return true;
    return is(w, LEX_VERB) && !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE)) && !is_caps(w) &&
           !is_any(item_at(r, i + 1), LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_BODY));
}

typedef struct stretch {
    int from, to;
} stretch;

static bool has(const reading *r, stretch s, uint64_t mask) {
    for (int i = s.from; i <= s.to; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is_any(item_at(r, i), mask)) return true;
    return false;
}

static int last_of(const reading *r, stretch s, lex_class class) {
    for (int i = s.to; i >= s.from; i--)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), class)) return i;
    return -1;
}

/* Drops "On Tuesday", "In Dorva" before the subject proper. */
static stretch without_lead(const reading *r, stretch s) {
    while (s.from <= s.to) {
        const item *w = item_at(r, s.from);
        if (w->kind != ITEM_WORD) {
            s.from++;
            continue;
        }
        if (is_any(w, LEX_BIT(LEX_CONJUNCTION) | LEX_BIT(LEX_ADVERB)) &&
            !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE))) {
            s.from++;
            continue;
        }
        if (!is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_PLACE))) break;
        int i = s.from + 1;
        if (is(item_at(r, i), LEX_DETERMINER)) i++;
        int subject = 0;
        for (int k = i + 1; k <= s.to && !subject; k++)
            if (is(item_at(r, k), LEX_DETERMINER) &&
                !is_any(item_at(r, k - 1), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_CONJUNCTION)))
                subject = k;
        if (subject) {
            s.from = subject;
            break;
        }
        bool caps = is_caps(item_at(r, i));
        while (i <= s.to && item_at(r, i)->kind == ITEM_WORD && is_caps(item_at(r, i)) == caps &&
               !is(item_at(r, i), LEX_DETERMINER))
            i++;
        if (i > s.to) break;
        s.from = i;
    }
    return s;
}

static stretch phrase_left(const reading *r, int end) {
    int from = end;
    while (from > 0 && end - from < SUBJECT_ITEMS && !ends_noun_phrase(r, from - 1) &&
           item_at(r, from - 1)->quote == item_at(r, end)->quote)
        from--;
    return without_lead(r, (stretch){from, end});
}

/* A comma inside the name of a body: "Commission on Prisoners, Hostages and Missing Persons". */
static bool comma_in_name(const reading *r, int comma) {
    if (!is_punct(item_at(r, comma), ',') || !is_caps(item_at(r, comma - 1)) || !is_caps(item_at(r, comma + 1)))
        return false;
    for (int i = comma + 1; i < comma + 7; i++) {
        const item *w = item_at(r, i);
        if (is(w, LEX_CONJUNCTION)) return is_caps(item_at(r, i + 1)) && !is_punct(item_at(r, i - 1), ',');
        if (!is_caps(w) && !is_punct(w, ',')) return false;
    }
    return false;
}

static bool bodies_before(const reading *r, int from, int to) {
    for (int i = from; i <= to; i++)
        if (is_any(item_at(r, i), LEX_BIT(LEX_BODY)) && is_caps(item_at(r, i))) return true;
    return false;
}

static stretch phrase_right(const reading *r, int from) {
    int to = from - 1;
    while (to + 1 < r->list.n && to - from < SUBJECT_ITEMS) {
        const item *w = item_at(r, to + 1);
        if (ends_noun_phrase(r, to + 1) && !(comma_in_name(r, to + 1) && bodies_before(r, from, to))) break;
        if (w->kind == ITEM_PUNCT && w->punct == '.' && to + 2 >= r->list.n) break;
        if (to >= from && is(w, LEX_PLACE) && !is_caps(w) && !has(r, (stretch){from, to}, LEX_BIT(LEX_OFFICE))) break;
        if (w->kind == ITEM_NUMBER) break;
        if (is(w, LEX_BY) && to >= from && !has(r, (stretch){from, to}, LEX_BIT(LEX_REPORT_NOUN))) break;
        to++;
    }
    while (to > from && is_any(item_at(r, to), LEX_BIT(LEX_PLACE) | LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_ADVERB)) &&
           !is_caps(item_at(r, to)))
        to--;
    return (stretch){from, to};
}

static stretch without_articles(const reading *r, stretch s) {
    while (s.from <= s.to &&
           (item_at(r, s.from)->kind == ITEM_PUNCT || (is(item_at(r, s.from), LEX_DETERMINER) && s.from < s.to)))
        s.from++;
    while (s.to >= s.from && (item_at(r, s.to)->kind == ITEM_PUNCT ||
                              is_any(item_at(r, s.to), LEX_BIT(LEX_POSSESSIVE) | LEX_BIT(LEX_ADVERB))))
        s.to--;
    return s;
}

/* "figures released by X", "a statement from X", "X's report": X. Empty where the noun stands alone ("the statement").
 */
static stretch without_report_noun(const reading *r, stretch s, bool *alone) {
    *alone = false;
    int noun = last_of(r, s, LEX_REPORT_NOUN);
    if (noun < 0) return s;
    for (int i = noun + 1; i <= s.to; i++)
        if (is_any(item_at(r, i), LEX_BIT(LEX_BY) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_ACCORDING)) ||
            is(item_at(r, i), LEX_PREPOSITION))
            return without_articles(r, (stretch){i + 1, s.to});
    stretch before = without_articles(r, (stretch){s.from, noun - 1});
    if (before.to < before.from ||
        (before.from == before.to &&
         is_any(item_at(r, before.from), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_ADJECTIVE))))
        *alone = true;
    return before;
}

/* The name of a person at the end of s, after an office or a title; from > to where there is none. */
static stretch person_at_end(const reading *r, stretch s) {
    stretch none = {0, -1};
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
    out->court = has(r, name, LEX_BIT(LEX_COURT));
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
        stretch role = without_articles(
            r, (stretch){s.from, is(item_at(r, title), LEX_OFFICE) && title > s.from ? title : title - 1});
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

static bool person_like(const reading *r, stretch s) {
    s = without_articles(r, s);
    if (s.to < s.from) return false;
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
static void speaker_of_pair(const reading *r, stretch a, stretch b, speaker_words *out) {
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
    if (s.from == s.to && is(item_at(r, s.from), LEX_PRONOUN)) return true;
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
    uint64_t people = LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_NOUN) |
                      LEX_BIT(LEX_REPORT_NOUN) | LEX_BIT(LEX_LEGISLATURE);
    const item *last = item_at(r, s.to);
    bool ends = is_caps(last) || is_any(last, people) || last->kind == ITEM_NUMBER || last->kind == ITEM_CODE ||
                !r->lex->capitals;
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
    if (p && p->a) return r->last_person.known ? r->last_person : r->last_speaker;
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

static void speaker_of(const reading *r, stretch s, speaker_words *out) {
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

static bool passed_before_verb(const item *w) {
    if (w->kind == ITEM_DATE) return true;
    return w->kind == ITEM_WORD &&
           is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_NEGATION)) &&
           !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_PRONOUN));
}

bool speaker_left_of(const reading *r, int at, speaker_words *out, int *from) {
    *out = (speaker_words){0};
    int end = at - 1;
    while (end >= 0 && at - end < 6 && passed_before_verb(item_at(r, end))) {
        bool date = item_at(r, end)->kind == ITEM_DATE;
        end--;
        if (date && is(item_at(r, end), LEX_PREPOSITION)) end--;
    }
    *from = end + 1;
    if (end < 0) return false;
    if (is(item_at(r, end), LEX_RELATIVE)) { /* "the union, which printed …" */
        end -= is_punct(item_at(r, end - 1), ',') ? 2 : 1;
        if (end < 0) return false;
        stretch before = phrase_left(r, end);
        *from = before.from;
        speaker_of(r, before, out);
        return out->known;
    }
    if (is_punct(item_at(r, end), ',')) {
        int comma = end - 1;
        while (comma > 0 && end - comma < SUBJECT_ITEMS && !is_punct(item_at(r, comma), ',')) comma--;
        if (comma <= 0 || !is_punct(item_at(r, comma), ',')) return false;
        stretch inner = {comma + 1, end - 1}, outer = phrase_left(r, comma - 1);
        bool aside =
            has(r, inner, LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY)) || is(item_at(r, inner.from), LEX_RELATIVE) ||
            item_at(r, inner.from)->kind == ITEM_NUMBER ||
            is_any(item_at(r, inner.from), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_PREPOSITION)) ||
            person_like(r, inner);
        if (!aside || outer.to < outer.from || has(r, outer, LEX_BIT(LEX_VERB_OTHER))) return false;
        *from = outer.from;
        if (is_any(item_at(r, inner.from), LEX_BIT(LEX_RELATIVE)) || item_at(r, inner.from)->kind == ITEM_NUMBER)
            speaker_of(r, outer, out);
        else
            speaker_of_pair(r, outer, inner, out);
        return out->known;
    }
    if (item_at(r, end)->kind == ITEM_PUNCT && !is_punct(item_at(r, end), '.')) return false;
    if (is(item_at(r, end), LEX_CONJUNCTION)) return false;
    stretch s = phrase_left(r, end);
    *from = s.from;
    speaker_of(r, s, out);
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

/* --- frames --- */

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
        if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT)) return false;
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
    return w->kind == ITEM_PUNCT &&
           (w->punct == ',' || w->punct == '"' || w->punct == 0x2013 || w->punct == '!' || w->punct == '?');
}

static bool begins_subject(const item *w) {
    return w->kind == ITEM_WORD &&
           (is_caps(w) ||
            is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_NOUN) |
                          LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_ADJECTIVE))) &&
           !is(w, LEX_THAT);
}

static bool in_passive(const reading *r, int verb) {
    for (int i = verb - 1; i >= verb - 4; i--) {
        const item *w = item_at(r, i);
        const lex_sense *a = w->kind == ITEM_WORD ? sense(w, LEX_AUXILIARY) : NULL;
        if (a && a->b) return true;
        if (!(w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_NEGATION))))
            return false;
    }
    return false;
}

static frame *add_frame(frames *f, int verb, uint8_t kind) {
    if (f->n == FRAMES_MAX) return NULL;
    frame *new = &f->at[f->n++];
    *new = (frame){.verb = verb, .kind = kind, .start = verb, .end = verb};
    return new;
}

/* "were recorded by the clinic": who stands after the preposition. */
static bool read_passive(const reading *r, int verb, uint8_t kind, frames *f) {
    for (int i = verb + 1; i < verb + 6; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_WORD && is(w, LEX_BY)) {
            speaker_words who;
            int to;
            if (!speaker_right_of(r, i, &who, &to)) return false;
            frame *new = add_frame(f, verb, kind);
            if (new) new->who = who, new->left = true, new->end = to;
            return true;
        }
        if (w->kind == ITEM_PUNCT) return false;
    }
    return false;
}

/* The subject of "adding that …", "and said …" is that of the clause before. */
static bool same_letters(const char *a, const char *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char x = a[i], y = b[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (char)(y + 32);
        if (x != y) return false;
    }
    return true;
}

/* Whether `name` holds `word` as a word, or ends with it. */
static bool holds_word(en_str name, en_str word, bool at_end) {
    if (name.len <= word.len) return false;
    for (size_t i = at_end ? name.len - word.len : 0; i + word.len <= name.len; i++) {
        bool starts = i == 0 || name.ptr[i - 1] == ' ' || name.ptr[i - 1] == '-';
        bool ends = i + word.len == name.len || name.ptr[i + word.len] == ' ';
        if (starts && ends && same_letters(name.ptr + i, word.ptr, word.len)) return true;
    }
    return false;
}

/* "The Office", "Marn": who was named in full before. */
void know_again(const reading *r, speaker_words *who) {
    if (!who->known || who->who.name.len < 3 || memchr(who->who.name.ptr, ' ', who->who.name.len)) return;
    for (int i = r->n_known_speakers - 1; i >= 0 && i >= r->n_known_speakers - KNOWN_SPEAKERS; i--) {
        const speaker_words *earlier = &r->known_speakers[i % KNOWN_SPEAKERS];
        if (!earlier->who.name.len ||
            (earlier->who.name.ptr[0] >= 'a' && earlier->who.name.ptr[0] <= 'z' && !earlier->who.role.len))
            continue;
        if (!holds_word(earlier->who.name, who->who.name, false) &&
            !holds_word(earlier->who.role, who->who.name, false))
            continue;
        *who = *earlier;
        return;
    }
}

/* The subject of the sentence: the noun phrase before its first verb, past "In 2024" and "On Thursday". */
static void find_subject(const reading *r, speaker_words *out) {
    *out = (speaker_words){0};
    int from = 0, to;
    while (from < r->list.n && (item_at(r, from)->kind == ITEM_PUNCT || is(item_at(r, from), LEX_CONJUNCTION))) from++;
    for (int leads = 0; leads < 3 && (is_any(item_at(r, from), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_SUBORDINATOR)) ||
                                      item_at(r, from)->kind == ITEM_DATE);
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
                          LEX_BIT(LEX_VERB_OTHER) | LEX_BIT(LEX_ADVERB)) &&
            to >= from && !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY)) && !is_caps(w))
            break;
        if (is(w, LEX_PLACE) && !is_caps(w) && to >= from) break;
        to++;
    }
    if (item_at(r, from)->kind == ITEM_NUMBER && !has(r, (stretch){from, to}, LEX_BIT(LEX_BODY))) return;
    if (to >= from) speaker_of(r, (stretch){from, to}, out);
    know_again(r, out);
}

static bool is_speaker(const reading *r, const speaker_words *who);

/* The subject of "adding that …", "and said …" is that of the clause before. */
static const speaker_words *subject_before(const reading *r, const frames *f, int verb) {
    const item *w = item_at(r, verb - 1);
    while (verb > 0 && w->kind == ITEM_WORD && is(w, LEX_ADVERB)) w = item_at(r, --verb - 1);
    bool chained = is_punct(w, ',') || is(w, LEX_CONJUNCTION) || (is_punct(w, '"') && w->flags & ITEM_CLOSES);
    if (!chained) return NULL;
    if (f->n) return &f->at[f->n - 1].who;
    return r->subject.known && (r->subject.person || is_speaker(r, &r->subject)) ? &r->subject : NULL;
}

static void read_report(const reading *r, int verb, frames *f) {
    const item *v = item_at(r, verb);
    uint8_t kind = sense(v, LEX_REPORT)->a;
    if (is_any(v, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_REPORT_NOUN)) &&
        is_any(item_at(r, verb - 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_POSSESSIVE) | LEX_BIT(LEX_ADJECTIVE)))
        return;
    if (in_passive(r, verb)) {
        read_passive(r, verb, kind, f);
        return;
    }
    const item *prev = item_at(r, verb - 1);
    speaker_words who;
    int from = verb, to = verb, tail;
    bool inverted = (follows_said(prev) || verb == 0 || is_punct(prev, ',')) && begins_subject(item_at(r, verb + 1)) &&
                    kind == REPORT_SAYS;
    if (inverted && speaker_right_of(r, verb, &who, &to)) {
        frame *new = add_frame(f, verb, kind);
        if (!new) return;
        new->who = who;
        new->end = to;
        new->left = verb > 0;
        new->right = verb == 0;
        new->after = true;
        return;
    }
    bool known = speaker_left_of(r, verb, &who, &from);
    if (known && v->quote && is(item_at(r, from), LEX_PRONOUN)) return; /* "we counted 12": the quoted speak */
    if (!known) {
        const speaker_words *same = subject_before(r, f, verb);
        if (!same) return;
        who = *same;
        from = verb;
    }
    frame *new = add_frame(f, verb, kind);
    if (!new) return;
    new->who = who;
    new->start = from;
    if (follows_said(item_at(r, from - 1)) && closes(r, verb, &tail)) {
        new->left = true;
        new->after = true;
        new->end = tail;
    } else {
        new->right = true;
    }
}

static void read_according(const reading *r, int at, frames *f) {
    speaker_words who;
    int to;
    if (!speaker_right_of(r, at, &who, &to)) return;
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

/* "Figures from the clinic show 12": the noun, its source and a verb. */
/* "Cholera has claimed 37 lives": the verb is no verb of saying where it is what befell them. */
static bool governs_it(const reading *r, const draft *d, int verb) {
    if (d->by.item == verb) return true;
    return d->by.how == FOUND_NOUN && d->of.strong && d->of.from == verb + 1 && is(item_at(r, verb), LEX_VERB);
}

static bool governs_figure(const reading *r, int verb) {
    for (size_t i = r->first_here; i < r->n_drafts; i++)
        if (governs_it(r, &r->drafts[i], verb)) return true;
    return false;
}

/* "Interior Ministry: 8 killed": who speaks before a colon. */
static void read_label(const reading *r, frames *f) {
    for (int i = 1; i < 9; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ':')) {
            int last = i - 1;
            for (int k = 1; k < i; k++)
                if (is_punct(item_at(r, k), '(')) last = k - 1, k = i;
            stretch s = without_articles(r, (stretch){0, last});
            bool named = has(r, s, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE)) || (s.to > s.from && person_like(r, s));
            if (!named || has(r, s, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_TOLL) | LEX_BIT(LEX_REPORT)) || i + 1 >= r->list.n)
                return;
            frame *new = add_frame(f, i, REPORT_SAYS);
            if (!new) return;
            speaker_of(r, s, &new->who);
            new->right = true;
            new->label = r->tokens.paragraph_start;
            return;
        }
        if (w->kind == ITEM_PUNCT && !is_punct(w, '.') && !is_punct(w, '(') && !is_punct(w, ')')) return;
    }
}

static void remember(reading *r, const speaker_words *who) {
    r->known_speakers[r->n_known_speakers % KNOWN_SPEAKERS] = *who;
    r->n_known_speakers++;
}

/* "By the army's count": who counts stands between the preposition and the possessive. */
static void read_by_count(const reading *r, int at, frames *f) {
    for (int i = at + 2; i < at + 10; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) return;
        if (!is(w, LEX_POSSESSIVE)) continue;
        int noun = i + 1;
        while (is_any(item_at(r, noun), LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_FILLER))) noun++;
        if (!is(item_at(r, noun), LEX_REPORT_NOUN)) return;
        frame *new = add_frame(f, at, REPORT_SAYS);
        if (!new) return;
        speaker_of(r, (stretch){at + 1, i - 1}, &new->who);
        new->end = noun;
        new->left = at > 0;
        new->right = at == 0;
        new->after = new->according = true;
        return;
    }
}

/* "1,204 people killed (Ministry of Health)". */
static void read_bracket(const reading *r, int at, frames *f) {
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

static void read_frames(const reading *r, frames *f) {
    f->n = 0;
    f->fronted = is_part(item_at(r, 0), PLACE_BEFORE) || is(item_at(r, 0), LEX_OF);
    read_label(r, f);
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, '(')) read_bracket(r, i, f);
        if (w->kind != ITEM_WORD || w->flags & ITEM_USED) continue;
        if (is(w, LEX_ACCORDING))
            read_according(r, i, f);
        else if (is_any(w, LEX_BIT(LEX_BY)) && is_any(item_at(r, i + 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_BODY)))
            read_by_count(r, i, f);
        else if (is(w, LEX_REPORT) && !governs_figure(r, i))
            read_report(r, i, f);
    }
}

static bool semicolon_between(const reading *r, int from, int to) {
    for (int i = from; i < to; i++)
        if (is_punct(item_at(r, i), ';')) return true;
    return false;
}

static const frame *frame_for(const reading *r, const frames *f, int place, const frame **cited) {
    const frame *before = NULL, *after = NULL, *middle = NULL;
    for (int i = 0; i < f->n; i++) {
        const frame *x = &f->at[i];
        if (!x->who.known) continue;
        if (x->verb < place && x->right) before = x;
        if (x->verb > place && x->left && !after) after = x;
        if (x->verb < place && x->left && x->after) middle = x;
    }
    *cited = NULL;
    if (before && after && after->according && before->verb != after->verb) *cited = after;
    if (before && middle && middle->verb > before->verb && middle->after &&
        place > middle->verb) { /* "…, X said; …" after it */
        if (!middle->according) return middle;
    }
    if (before) return before;
    if (after && middle && semicolon_between(r, place, after->verb)) return middle;
    if (!after && !middle && f->n && f->at[0].right && f->at[0].verb > place && f->fronted)
        return f->at[0].who.known ? &f->at[0] : NULL;
    return after ? after : middle;
}

/* --- over sentences --- */

static void give(draft *d, const speaker_words *who) {
    d->figure.asserted_by = who->who;
    d->speaker_known = true;
}

static void speak_for_quotes(reading *r, const frames *f) {
    const frame *outside = NULL;
    for (int i = 0; i < f->n && !outside; i++)
        if (!item_at(r, f->at[i].verb)->quote && f->at[i].who.known) outside = &f->at[i];
    for (int i = 0; i < r->list.n; i++) {
        uint32_t quote = item_at(r, i)->quote;
        if (!quote) continue;
        if (outside) {
            r->quote_speaker = outside->who;
            r->quote_speaker_of = quote;
        } else if (r->quote_speaker_of != quote && r->last_speaker.known && r->last_speaker_paragraph == r->paragraph) {
            r->quote_speaker = r->last_speaker;
            r->quote_speaker_of = quote;
        }
    }
    if (!outside) return;
    for (size_t i = r->n_drafts, n = 0; i-- > 0 && r->drafts[i].paragraph == r->paragraph && n < QUOTED_FIGURES;
         n++) { /* earlier sentences of the same quotation */
        draft *d = &r->drafts[i];
        if (d->quote && d->quote == r->quote_speaker_of && (!d->speaker_known || d->sentence != r->sentence) &&
            d->sentence < r->sentence)
            give(d, &outside->who);
    }
}

static void speak_for_figures(reading *r, const frames *f) {
    for (size_t i = r->first_here; i < r->n_drafts; i++) {
        draft *d = &r->drafts[i];
        const frame *cited;
        const frame *x = frame_for(r, f, d->of.number, &cited);
        if (x) {
            give(d, &x->who);
            if (cited) d->figure.citing = cited->who.who.name;
            bool direct = x->kind == REPORT_DENIES && x->right && !d->quote;
            if (direct && d->figure.modality == EN_MODALITY_STATED && item_at(r, d->of.number)->bound != BOUND_AT_MOST)
                d->figure.modality = EN_MODALITY_NEGATED;
        } else if (d->quote && d->quote == r->quote_speaker_of && r->quote_speaker.known) {
            give(d, &r->quote_speaker);
        } else if (r->label_speaker.known && r->label_paragraph == r->paragraph) {
            give(d, &r->label_speaker);
        } else if (r->in_list && r->list_speaker.known) {
            give(d, &r->list_speaker);
        }
        if (!d->speaker_known && d->figure.part_of >= 0 && r->drafts[d->figure.part_of].speaker_known) {
            d->figure.asserted_by = r->drafts[d->figure.part_of].figure.asserted_by;
            d->figure.citing = r->drafts[d->figure.part_of].figure.citing;
            d->speaker_known = true;
        }
    }
}

/* A line that ends with a colon speaks for the list under it. */
static void keep_heading(reading *r, const frames *f) {
    if (!r->tokens.ends_colon) return;
    r->in_list = true;
    r->list_speaker = (speaker_words){0};
    r->list_category = 0;
    for (int i = 0; i < f->n; i++)
        if (f->at[i].who.known) r->list_speaker = f->at[i].who;
    for (int i = 0; i < r->list.n && !r->list_category; i++) {
        const item *w = item_at(r, i);
        const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, EN_UNIT_PERSON, ~0u) : NULL,
                        *n = w->kind == ITEM_WORD ? sense(w, LEX_NOUN) : NULL;
        const lex_sense *t = w->kind == ITEM_WORD ? sense(w, LEX_TOLL) : NULL;
        if (v && !v->c)
            r->list_category = (uint8_t)(v->a + 1);
        else if (n && n->c && n->value)
            r->list_category = n->c;
        else if (t && t->a)
            r->list_category = t->a;
    }
}

const speaker_words *speaker_at(const reading *r, const frames *f, int place) {
    const frame *cited, *x = frame_for(r, f, place, &cited);
    if (x) return &x->who;
    uint32_t quote = item_at(r, place)->quote;
    return quote && quote == r->quote_speaker_of && r->quote_speaker.known ? &r->quote_speaker : NULL;
}

bool name_has(const reading *r, en_str name, uint64_t classes) {
    if (!name.len || name.ptr < r->text.ptr || name.ptr >= r->text.ptr + r->text.len) return false;
    uint32_t start = (uint32_t)(name.ptr - r->text.ptr), end = start + (uint32_t)name.len;
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->start >= start && w->end <= end && w->kind == ITEM_WORD && is_any(w, classes)) return true;
    }
    return false;
}

static bool is_speaker(const reading *r, const speaker_words *who) {
    return who->who.role.len ||
           name_has(r, who->who.name, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_COURT));
}

static bool is_court(const reading *r, const speaker_words *who) {
    return name_has(r, who->who.name, LEX_BIT(LEX_COURT));
}

static void keep_meant(reading *r, const speaker_words *who) {
    if (!who->known) return;
    if (who->person)
        r->last_person = *who;
    else
        r->last_body = *who;
}

void read_speakers(reading *r, frames *f) {
    find_subject(r, &r->subject);
    read_frames(r, f);
    for (int i = 0; i < f->n; i++) {
        know_again(r, &f->at[i].who);
        if (f->at[i].who.known) remember(r, &f->at[i].who);
        if (f->at[i].label) r->label_speaker = f->at[i].who, r->label_paragraph = r->paragraph;
    }
    speak_for_quotes(r, f);
    speak_for_figures(r, f);
    keep_heading(r, f);
    for (int i = f->n - 1; i >= 0; i--)
        if (f->at[i].who.known) {
            r->last_speaker = f->at[i].who;
            r->last_speaker_paragraph = r->paragraph;
            r->last_speaker_sentence = r->sentence;
            break;
        }
    if (r->subject.known && is_speaker(r, &r->subject)) r->last_subject = r->subject;
    if (r->subject.known && is_court(r, &r->subject)) r->court = r->subject;
    keep_meant(r, &r->subject);
    for (int i = 0; i < f->n; i++) keep_meant(r, &f->at[i].who);
}
