/* Resolutions, agreements, laws, judgments, treaties: by their symbol or name, by how many, or by a verb that makes
 * one. What they demand, of whom, and what became of them, where the same sentence says so. */
#include <math.h>
#include <string.h>

#include "extract/instrument_names.h"

enum { SYMBOL_ITEMS = 6, DATE_ITEMS = 4, DEMAND_ITEMS = 3, LISTED_FROM = 100, JUDGMENTS_BACK = 40, VERB_ITEMS = 6 };

static void find_demands(const reading *r, int to, en_instrument *out) {
    for (int i = to + 1; i < r->list.n && i < to + 30; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';')) return;
        if (w->kind != ITEM_WORD || !is(w, LEX_DEMAND)) continue;
        int end = i, whom;
        while (end + 1 < r->list.n && item_at(r, end + 1)->kind != ITEM_PUNCT) end++;
        en_str addressee = phrase_after(r, i + 1, &whom);
        if (addressee.len && is(item_at(r, whom + 1), LEX_RANGE)) { /* "calls on Menland to withdraw" */
            out->addressee = addressee;
            out->demands = words_of(r, whom + 1, end);
        } else {
            out->demands = words_of(r, i + 1, end);
        }
        return;
    }
}

static int implementation_near(const reading *r, int at) {
    for (int i = at + 1; i < r->list.n && i < at + 40; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_IMPLEMENTATION)) return i;
    for (int i = at - 1; i >= 0 && i > at - 12; i--)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_IMPLEMENTATION)) return i;
    return -1;
}

static bool is_no(const item *w) {
    const lex_sense *a = w->kind == ITEM_WORD ? sense(w, LEX_AUXILIARY) : NULL;
    return w->kind == ITEM_WORD && (is(w, LEX_NEGATION) || (a && a->c));
}

/* "Has not been implemented", "none of which … had been complied with", "implemented by neither". */
static bool denied(const reading *r, int from, int done) {
    for (int i = done - 1; i >= 0 && i >= done - 8; i--) {
        if (is_punct(item_at(r, i), ';') || is_punct(item_at(r, i), ',')) break;
        if (is_no(item_at(r, i))) return true;
    }
    for (int i = from - 1; i >= 0 && i >= from - 5; i--) /* "none of the three resolutions" */
        if (is_no(item_at(r, i)) && is(item_at(r, i + 1), LEX_OF)) return true;
    for (int i = from + 1; i < done; i++) /* ", none of which," */
        if (is_no(item_at(r, i)) && is_punct(item_at(r, i - 1), ',') && is(item_at(r, i + 1), LEX_OF)) return true;
    return is(item_at(r, done + 1), LEX_BY) && is_no(item_at(r, done + 2));
}

static void take_implementation(const reading *r, const frames *f, int from, int done, en_instrument *made) {
    made->implementation = (en_implementation)sense(item_at(r, done), LEX_IMPLEMENTATION)->a;
    if (made->implementation == EN_IMPLEMENTATION_IMPLEMENTED && denied(r, from, done))
        made->implementation = EN_IMPLEMENTATION_NOT_IMPLEMENTED;
    const speaker_words *who = speaker_at(r, f, done);
    if (who) made->asserted_by = who->who;
}

/* "Adopted on 3 May", "its judgment of 3 May". */
static void take_date(reading *r, int from, int to, en_instrument *made) {
    for (int i = to + 1; i <= to + DATE_ITEMS && !made->date.len && item_at(r, i)->kind != ITEM_PUNCT; i++)
        if (item_at(r, i)->kind == ITEM_DATE) made->date = date_text(r, &item_at(r, i)->date);
    for (int i = from - 1; i >= 0 && i > from - 20 && !made->date.len; i--)
        if (item_at(r, i)->kind == ITEM_DATE) made->date = date_text(r, &item_at(r, i)->date);
}

static en_status add_instrument(reading *r, const frames *f, en_instrument *made, int word, int from, int to,
                                en_error *err) {
    find_demands(r, to, made);
    int done = implementation_near(r, to);
    if (done >= 0) take_implementation(r, f, word, done, made);
    take_date(r, from, to, made);
    made->at = quote_around(r, from, to);
    EN_TRY(grow((void **)&r->instruments, &r->instruments_cap, r->n_instruments, sizeof *made, err));
    r->instruments[r->n_instruments++] = *made;
    r->instrument_sentence = r->sentence;
    return EN_OK;
}

static bool can_be_symbol(const item *w) {
    return w->kind == ITEM_CODE || (w->kind == ITEM_NUMBER && (w->flags & ITEM_NO_COUNT || w->value >= LISTED_FROM));
}

/* "82/203, 83/17 and 84/90", that begin at `start`: each symbol is an instrument. *to: the last item of them. */
static en_status read_symbols(reading *r, const frames *f, int at, int start, en_str body, int *to, en_error *err) {
    uint8_t kind = sense(item_at(r, at), LEX_INSTRUMENT)->a;
    int first, end = instrument_symbol(r, start, &first), from = at;
    for (int n = 0; end >= first && n < SYMBOL_ITEMS; n++) {
        if (!body.len) body = instrument_body(r, at, end, adoption_near(r, at));
        en_instrument made = {
            .kind = (en_instrument_kind)kind, .count = NAN, .body = body, .symbol = words_of(r, first, end)};
        if (is_punct(item_at(r, end), ')')) { /* words_of keeps a bracket that closes */
            made.symbol =
                (en_str){r->text.ptr + item_at(r, first)->start, item_at(r, end)->end - item_at(r, first)->start};
        }
        EN_TRY(add_instrument(r, f, &made, at, from, end, err));
        *to = end;
        bool more = is_punct(item_at(r, end + 1), ',') || is(item_at(r, end + 1), LEX_CONJUNCTION);
        if (!more) break;
        int next = end + 2;
        if (is(item_at(r, next), LEX_CONJUNCTION)) next++;
        if (!can_be_symbol(item_at(r, next))) break;
        end = instrument_symbol(r, next, &first);
        from = first;
    }
    return EN_OK;
}

/* "The Joint Ceasefire Monitoring Mission": the word is in the name of something else. */
static bool is_in_name(const reading *r, int at) {
    if (!is_name(item_at(r, at)) || item_at(r, at)->flags & ITEM_SHOUTED) return false;
    int i = at + 1;
    while (is_caps(item_at(r, i)) && !is(item_at(r, i), LEX_BODY)) i++;
    return i < at + 4 && is_caps(item_at(r, i)) && is(item_at(r, i), LEX_BODY);
}

/* "(Case No. HC-2/27-114)": the word of a number after few others in a bracket. */
static int number_in_bracket(const reading *r, int open) {
    for (int i = open + 1; i < open + 4; i++)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_NUMBERED)) return i;
    return -1;
}

/* "Four resolutions of the Council - 822, 853, 874 and 884 -", "the three judgments (nos. 11/20, 12/20 and 4/22)":
 * where the symbols begin; -1. */
static int symbols_apart(const reading *r, int at) {
    for (int i = at + 1; i < at + 14; i++) {
        const item *w = item_at(r, i);
        bool opens =
            is_punct(w, '(') || is_punct(w, ':') || is_punct(w, 0x2013) || is_punct(w, '-') || is_punct(w, ',');
        if (w->kind == ITEM_PUNCT && !opens) return -1;
        if (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_IMPLEMENTATION))) return -1;
        if (!opens || w->flags & ITEM_JOINED) continue;
        int first, numbered = is_punct(w, '(') ? number_in_bracket(r, i) : -1;
        int end = instrument_symbol(r, numbered >= 0 ? numbered : i + 1, &first);
        if (numbered >= 0 && end >= first) return numbered;
        const item *after = item_at(r, end + 1);
        bool list = is_punct(after, ',') || is(after, LEX_CONJUNCTION);
        if (end >= first && list && can_be_symbol(item_at(r, first))) return i + 1;
    }
    return -1;
}

/* "Calling for a ceasefire": asked for, not made. */
static bool is_asked_for(const reading *r, int at) {
    for (int i = at - 1; i >= at - DEMAND_ITEMS && i >= 0; i--)
        if (item_at(r, i)->kind == ITEM_WORD && is(item_at(r, i), LEX_DEMAND)) return true;
    return false;
}

/* "Its judgment of 3 May, the Court …": the court whose sentence it is. */
static bool of_this_court(const reading *r, int at) {
    const lex_sense *whose = sense(item_at(r, at - 1), LEX_DETERMINER);
    bool joined = r->lex->verb_first && is(item_at(r, at + 1), LEX_POSSESSIVE); /* حكمها */
    return joined || (whose && whose->a);
}

/* Whether an instrument is told of that has neither symbol nor name: made, counted, asked about. */
static bool is_told_of(const reading *r, int at, int adopt, const item *count) {
    const item *w = item_at(r, at);
    bool treated = adopt >= 0 || implementation_near(r, at) >= 0;
    if (count || is(item_at(r, at - 1), LEX_POSSESSIVE)) return treated;
    if (is(w, LEX_VERB) || (is_indefinite(r, at) && is_asked_for(r, at))) return false;
    return (is_indefinite(r, at) || adopt == at + 1) && adopt >= 0;
}

/* "The resolution of the council no. 84", where a genitive has no word of its own: the body, with a symbol behind it.
 */
static stretch genitive_body(const reading *r, int at) {
    stretch s = {at + 1, at};
    if (!r->lex->verb_first) return s;
    uint64_t bodies = LEX_BIT(LEX_BODY) | LEX_BIT(LEX_COURT) | LEX_BIT(LEX_LEGISLATURE);
    while (s.to < at + 9 && item_at(r, s.to + 1)->kind == ITEM_WORD && !is(item_at(r, s.to + 1), LEX_NUMBERED) &&
           !ends_noun_phrase(r, s.to + 1))
        s.to++;
    int first, end = instrument_symbol(r, s.to + 1, &first);
    bool found = s.to >= s.from && has(r, s, bodies) && end >= first && item_at(r, first)->kind != ITEM_WORD;
    return found ? s : (stretch){0, -1};
}

static en_status read_instrument(reading *r, const frames *f, int at, int *to, en_error *err) {
    int from = at, last = at, adopt = adoption_near(r, at), apart = symbols_apart(r, at);
    *to = at;
    if (is_in_name(r, at) || (sense(item_at(r, at), LEX_INSTRUMENT)->b && adopt < 0)) return EN_OK;
    EN_TRY(read_symbols(r, f, at, at + 1, (en_str){0}, to, err));
    if (*to > at) return EN_OK;
    stretch body = genitive_body(r, at);
    if (body.to >= body.from) return read_symbols(r, f, at, body.to + 1, words_of(r, body.from, body.to), to, err);
    const item *count = instrument_count(r, at);
    en_instrument made = {.kind = (en_instrument_kind)sense(item_at(r, at), LEX_INSTRUMENT)->a, .count = NAN};
    if (apart >= 0) return read_symbols(r, f, at, apart, instrument_body(r, from, last, adopt), to, err);
    bool court = made.kind == EN_INSTRUMENT_JUDGMENT && of_this_court(r, at) && r->subject.court;
    if (instrument_name(r, at, &from, &last)) {
        made.symbol = words_of(r, from, last);
    } else if (is_caps(item_at(r, at)) && is(item_at(r, at - 1), LEX_DETERMINER) && implementation_near(r, at) >= 0) {
        made.symbol = words_of(r, at, at); /* "the Convention has not been implemented" */
    } else if (!court && !is_told_of(r, at, adopt, count)) {
        return EN_OK;
    } else if (count) {
        made.count = count->best;
    }
    made.body = instrument_body(r, from, last, adopt);
    if (!count) instrument_number(r, &last, &made);
    if (!made.body.len && court) made.body = r->subject.who.name;
    *to = last;
    return add_instrument(r, f, &made, from < at ? from : at, from, last, err);
}

/* "It has never been implemented", in the sentence after the one that names it. */
static void implemented_since(reading *r, const frames *f) {
    if (!r->n_instruments || r->instrument_sentence + 1 != r->sentence || r->tokens.paragraph_start) return;
    en_instrument *last = &r->instruments[r->n_instruments - 1];
    int done = implementation_near(r, -1);
    if (last->implementation == EN_IMPLEMENTATION_UNSAID && done >= 0) take_implementation(r, f, done, done, last);
}

/* Whether this court's judgment is told of already. */
static bool is_judgment_known(const reading *r, en_str court) {
    bool one_word = !memchr(court.ptr, ' ', court.len); /* "the Chamber", whichever it is of */
    for (size_t i = r->n_instruments; i-- > 0 && i + JUDGMENTS_BACK > r->n_instruments;)
        if (r->instruments[i].kind == EN_INSTRUMENT_JUDGMENT && (one_word || en_str_eq(r->instruments[i].body, court)))
            return true;
    return false;
}

/* "The court ruled that …": the verb after a court, as the subject of the sentence, with which it decides; -1. */
static int court_decides(const reading *r) {
    uint64_t deciding = LEX_BIT(LEX_MODE) | LEX_BIT(LEX_ADOPT) | LEX_BIT(LEX_DEMAND);
    if (!r->subject.court || !r->subject.known || !name_has(r, r->subject.who.name, LEX_BIT(LEX_COURT))) return -1;
    size_t end = (size_t)(r->subject.who.name.ptr - r->text.ptr) + r->subject.who.name.len;
    int verb = 0;
    while (verb < r->list.n && item_at(r, verb)->start < end) verb++;
    int first = verb;
    while (verb < first + VERB_ITEMS &&
           (item_at(r, verb)->kind == ITEM_DATE ||
            is_any(item_at(r, verb), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_PREPOSITION))))
        verb++;
    const item *w = item_at(r, verb);
    const lex_sense *mode = sense(w, LEX_MODE);
    if (w->kind != ITEM_WORD || !is_any(w, deciding) || w->quote) return -1;
    return !mode || mode->a == EN_MODE_FINDS || mode->a == EN_MODE_FINDS_NOT ? verb : -1;
}

/* A judgment that only its verb tells of, once for each court. */
static en_status read_decision(reading *r, const frames *f, en_error *err) {
    int verb = court_decides(r);
    const lex_sense *court = NULL;
    for (int i = 0; i < verb; i++)
        if (is(item_at(r, i), LEX_COURT)) court = sense(item_at(r, i), LEX_COURT);
    if (verb < 0 || !court || !court->a || is_judgment_known(r, r->subject.who.name)) return EN_OK;
    en_instrument made = {.kind = EN_INSTRUMENT_JUDGMENT, .count = NAN, .body = r->subject.who.name};
    return add_instrument(r, f, &made, verb, verb, verb, err);
}

static bool recognises(const item *w) {
    const lex_sense *mode = w->kind == ITEM_WORD ? sense(w, LEX_MODE) : NULL;
    return mode && (mode->a == EN_MODE_RECOGNISES || mode->a == EN_MODE_SEEKS);
}

/* "The senate recognised the killings as genocide", without a paper that does: a recognition by its vote. */
static en_status read_recognition(reading *r, const frames *f, size_t first, en_error *err) {
    for (size_t i = first; i < r->n_characterisations; i++) {
        const en_characterisation *c = &r->characterisations[i];
        if (c->mode != EN_MODE_RECOGNISES || !name_has(r, c->body, LEX_BIT(LEX_LEGISLATURE))) continue;
        int verb = 0;
        while (verb < r->list.n && item_at(r, verb)->start < c->at.end && !recognises(item_at(r, verb))) verb++;
        if (!recognises(item_at(r, verb)) || item_at(r, verb)->quote) continue;
        en_instrument made = {.kind = EN_INSTRUMENT_RECOGNITION, .count = NAN, .body = c->body};
        EN_TRY(add_instrument(r, f, &made, verb, verb, verb, err));
    }
    return EN_OK;
}

en_status read_instruments(reading *r, const frames *f, size_t first_term, en_error *err) {
    size_t before = r->n_instruments;
    bool named = false, judged = false;
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD || !is(w, LEX_INSTRUMENT)) continue;
        named = true;
        judged |= sense(w, LEX_INSTRUMENT)->a == EN_INSTRUMENT_JUDGMENT;
        int to = i;
        EN_TRY(read_instrument(r, f, i, &to, err));
        i = to;
    }
    if (!judged) EN_TRY(read_decision(r, f, err));
    if (named || r->n_instruments > before) return EN_OK;
    implemented_since(r, f);
    return read_recognition(r, f, first_term, err);
}
