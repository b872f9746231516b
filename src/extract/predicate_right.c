/* The verb after a counted phrase: finite, in a relative clause, after an aside, as a participle beside it. */
#include "extract/predicate.h"

enum { RIGHT_ITEMS = 45, OBJECT_ITEMS = 10 };

typedef struct right_scan {
    const reading *r;
    const counted *of;
    predicate *out;
    int at;
    int aux;        /* item of the auxiliary now open; -1 */
    bool unknown;   /* a word that may be a verb was passed */
    bool in_phrase; /* inside what a preposition began */
    bool in_relative, comma, joined, aside;
    bool stop;
} right_scan;

static bool begins_object(const reading *r, int i) {
    const item *w = item_at(r, i);
    if (w->kind == ITEM_NUMBER) return !(w->flags & ITEM_NO_COUNT);
    if (w->kind != ITEM_WORD) return false;
    if (is_any(w, LEX_BIT(LEX_BOUND)) && item_at(r, i + 1)->kind == ITEM_NUMBER) return true;
    return is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_NOUN)) &&
           !is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_VERB) | LEX_BIT(LEX_ADVERB));
}

/* The end of what a bracket or dash at `at` opens; `at` itself where it is not closed soon. */
static int closing(const reading *r, int at) {
    char32_t open = item_at(r, at)->punct, close = open == '(' ? ')' : open == '[' ? ']' : open;
    for (int i = at + 1; i < at + 30 && i < r->list.n; i++)
        if (is_punct(item_at(r, i), close)) return i;
    return at;
}

/* "Put on lorries and deported", "lined up at the mill and shot": of participles after one auxiliary the last says what
 * became of them, but a death stays one. */
static void chain_verbs(right_scan *s) {
    if (s->out->how != FOUND_NOT && s->out->category == EN_FIGURE_KILLED) return;
    for (int i = s->at + 1; i < s->at + 16 && i < s->r->list.n; i++) {
        const item *w = item_at(s->r, i);
        if (w->kind == ITEM_PUNCT && w->punct != ',') return;
        if (w->kind == ITEM_NUMBER && !(w->flags & (ITEM_NO_COUNT | ITEM_USED))) {
            counted of;
            count_phrase(s->r, i, &of);
            if (!of.no_victim) return;
        }
        if (w->kind == ITEM_WORD &&
            is_any(w, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_REPORT) |
                          LEX_BIT(LEX_THAT)) &&
            !is(w, LEX_CONJUNCTION))
            return;
        const lex_sense *c = sense(w, LEX_CONJUNCTION);
        if (!(is_punct(w, ',') || (c && c->a != 3))) continue;
        int at = i + 1;
        while (is_any(item_at(s->r, at), LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_LIGHT)) && !is(item_at(s->r, at), LEX_VERB))
            at++;
        const lex_sense *v = verb_sense(item_at(s->r, at), s->of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE);
        if (!v || begins_object(s->r, at + 1) || is(item_at(s->r, at), LEX_NOUN)) continue;
        bool agent = s->out->agent;
        unsigned both = s->out->how == FOUND_NOT ? 0 : 1u << v->a | 1u << s->out->category;
        if (both == (1u << EN_FIGURE_KILLED | 1u << EN_FIGURE_INJURED)) return;
        found(s->out, FOUND_RIGHT, v, at, true);
        s->out->agent = agent;
        s->out->other = false;
        if (v->a == EN_FIGURE_KILLED) return;
    }
}

/* "The 40 men whom the guards had beaten", "the captives they freed": those counted are the object of their clause. */
static bool take_object_relative(right_scan *s) {
    int at = s->at + 1;
    const item *subject = item_at(s->r, at);
    if (subject->kind != ITEM_WORD ||
        !(is_any(subject, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_PRONOUN) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE)) ||
          is_name(subject)) ||
        is_any(subject, LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_VERB)))
        return false;
    for (; at < s->at + OBJECT_ITEMS; at++) {
        const item *w = item_at(s->r, at);
        if (w->kind != ITEM_WORD || is_any(w, LEX_BIT(LEX_THAT) | LEX_BIT(LEX_RELATIVE))) return false;
        bool phrase = w->words > 1 && !is(w, LEX_PREPOSITION); /* "whom they drove aboard as hostages" */
        const lex_sense *v = verb_sense(w, s->of->unit, phrase ? VOICE_ACTIVE | VOICE_STATUS : VOICE_ACTIVE);
        if (!v || begins_object(s->r, at + 1)) continue;
        found(s->out, FOUND_RIGHT, v, at, true);
        s->out->relative = true;
        return true;
    }
    return false;
}

/* A counted phrase that begins at `at`. */
static bool begins_number(const reading *r, int at) {
    while (item_at(r, at)->kind == ITEM_WORD && is_any(item_at(r, at), LEX_BIT(LEX_BOUND) | LEX_BIT(LEX_QUANTITY)))
        at++;
    const item *w = item_at(r, at);
    return w->kind == ITEM_NUMBER && !(w->flags & (ITEM_NO_COUNT | ITEM_PERCENT));
}

/* "Двоих похитили", "шістьох чоловіків забрали": the case of the number says that they are the object of the verb. */
static bool take_object(right_scan *s, const item *w) {
    const lex_sense *number = sense(item_at(s->r, s->of->number), LEX_NUMBER);
    if (!number || !number->b || s->aux >= 0 || s->comma || s->out->how != FOUND_NOT) return false;
    const lex_sense *v = verb_sense(w, s->of->unit, VOICE_ACTIVE);
    if (!v || begins_number(s->r, s->at + 1)) return false;
    found(s->out, FOUND_RIGHT, v, s->at, true);
    s->stop = true;
    return true;
}

static bool take_verb(right_scan *s, const item *w) {
    bool adjacent = s->at == s->of->to + 1;
    if (take_object(s, w)) return true;
    bool finite_only = s->aux < 0 && (s->unknown || s->comma);
    const lex_sense *v = finite_only ? verb_sense(w, s->of->unit, VOICE_INTRANSITIVE) : NULL;
    if (!v) v = verb_sense(w, s->of->unit, VOICE_PASSIVE | VOICE_INTRANSITIVE | VOICE_STATUS);
    if (!v) {
        if (verb_sense(w, s->of->unit, ~0u)) s->stop = s->aux < 0 || s->stop;
        return false;
    }
    bool finite = s->aux >= 0 || v->b & VOICE_INTRANSITIVE;
    if (!adjacent && !s->r->lex->compounds && begins_number(s->r, s->at + 1)) { /* "…, погибли 19": others died */
        s->stop = true;
        return false;
    }
    if (s->aux < 0 && v->b & VOICE_ACTIVE && begins_object(s->r, s->at + 1)) { /* "12 gunmen killed five" */
        if (!s->unknown || adjacent) s->out->agent = s->out->how == FOUND_NOT;
        s->stop = true;
        return false;
    }
    if (s->out->how != FOUND_NOT && !finite) return false; /* a participle within the clause of another */
    if (s->aux < 0 && (s->unknown || s->comma) && !(v->b & VOICE_INTRANSITIVE)) return false;
    bool provisional = s->in_relative || (s->aux < 0 && !(v->b & VOICE_INTRANSITIVE));
    predicate before = *s->out;
    found(s->out, FOUND_RIGHT, v, s->at, finite);
    join_verbs(s->r, s->out, s->of->unit);
    s->out->agent = before.agent;
    s->out->relative = s->in_relative;
    s->out->across = s->comma && !s->aside;
    s->out->closes = s->out->across && finite && is_punct(item_at(s->r, s->of->to + 1), ',');
    if (s->aux >= 0 && s->out->category != EN_FIGURE_CASUALTIES) chain_verbs(s);
    s->stop = !provisional || s->joined;
    s->in_relative = false;
    s->unknown = true; /* from here on only a finite verb says more */
    s->aux = -1;
    return true;
}

static bool plural_fits(const right_scan *s, const item *aux) {
    const lex_sense *a = sense(aux, LEX_AUXILIARY);
    const item *n = item_at(s->r, s->of->number);
    bool many = n->flags & ITEM_VAGUE || n->value != 1;
    return !(a->a == 1 && many) && !(a->a == 2 && !many);
}

static bool number_in_list(const reading *r, int at, int *to) {
    const item *w = item_at(r, at);
    if (is(w, LEX_BOUND) || is_any(w, LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_QUANTITY))) at++, w = item_at(r, at);
    if (is(w, LEX_BOUND)) at++, w = item_at(r, at);
    if (w->kind != ITEM_NUMBER || w->flags & ITEM_NO_COUNT) return false;
    counted c;
    count_phrase(r, at, &c);
    *to = c.to;
    return !c.no_victim && !c.partitive;
}

/* ", all members of three families, lost their lives": an aside between commas after which the clause goes on. */
static bool pass_aside(right_scan *s) {
    for (int i = s->at + 1; i < s->at + 22 && i < s->r->list.n; i++) {
        const item *w = item_at(s->r, i);
        if (w->kind == ITEM_PUNCT && (w->punct == ';' || w->punct == ':' || w->punct == '"')) return false;
        if (!is_punct(w, ',')) continue;
        int next = i + 1;
        while (is_any(item_at(s->r, next), LEX_BIT(LEX_ADVERB)) &&
               !is_any(item_at(s->r, next), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_VERB)))
            next++;
        const item *verb = item_at(s->r, next);
        bool goes_on = is(verb, LEX_AUXILIARY) && plural_fits(s, verb);
        if (!goes_on && s->aux >= 0 && verb->kind == ITEM_WORD) /* "are, the elders say, missing" */
            goes_on = verb_sense(verb, s->of->unit, VOICE_PASSIVE | VOICE_STATUS) != NULL;
        if (!goes_on && verb->kind == ITEM_WORD)
            goes_on = verb_sense(verb, s->of->unit, VOICE_INTRANSITIVE) != NULL && !is_any(verb, LEX_BIT(LEX_NOUN));
        if (!goes_on) continue;
        s->at = i;
        return true;
    }
    return false;
}

/* A comma or "and": another counted phrase in a list, a clause set off, or the end. */
static void pass_joint(right_scan *s, const item *w) {
    int to;
    if (number_in_list(s->r, s->at + 1, &to)) {
        const item *next = item_at(s->r, to + 1);
        if (verb_sense(next, s->of->unit, VOICE_PASSIVE | VOICE_STATUS | VOICE_INTRANSITIVE) &&
            s->out->how == FOUND_NOT && s->at > s->of->to + 1) {
            s->stop = true;
            return;
        }
        if (s->out->how != FOUND_NOT || s->aux >= 0) {
            s->stop = true;
            return;
        }
        s->at = to;
        s->joined = s->comma = true;
        s->in_phrase = false;
        return;
    }
    if (is(w, LEX_CONJUNCTION)) {
        const lex_sense *c = sense(w, LEX_CONJUNCTION);
        bool phrase =
            is_any(item_at(s->r, s->at + 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_ADJECTIVE));
        if (c->a == 3 || s->out->how != FOUND_NOT || s->aux >= 0 || (!phrase && !s->in_phrase) ||
            (is(item_at(s->r, s->at + 1), LEX_VERB) && !phrase))
            s->stop = true;
        s->comma = true;
        return;
    }
    const item *next = item_at(s->r, s->at + 1);
    if (is(next, LEX_RELATIVE) && !is(next, LEX_PART)) return;
    if (pass_aside(s)) {
        s->aside = !s->comma;
        s->comma = true;
        s->in_phrase = false;
        return;
    }
    if (s->out->how != FOUND_NOT && !s->in_relative && !is(next, LEX_AUXILIARY)) s->stop = true;
    if (is(next, LEX_PART) || s->in_relative) { /* ", including two children," */
        for (int i = s->at + 1; i < s->at + 25 && i < s->r->list.n; i++)
            if (is_punct(item_at(s->r, i), ',') &&
                is_any(item_at(s->r, i + 1), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_VERB) | LEX_BIT(LEX_ADVERB))) {
                s->at = i;
                break;
            }
    }
    s->comma = true;
    s->in_phrase = false;
}

/* "Двое из них — дети": a dash for "are", where a noun without a number of its own follows. */
static bool dash_copula(right_scan *s, const item *w) {
    if (!is_clause_dash(w) || s->at != s->of->to + 1 || s->of->head >= 0 || s->r->lex->compounds) return false;
    int at = s->at + 1;
    while (at < s->at + 4 && item_at(s->r, at)->kind == ITEM_WORD && !is(item_at(s->r, at), LEX_NOUN) &&
           (is_unknown(item_at(s->r, at)) ||
            is_any(item_at(s->r, at), LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_DETERMINER))))
        at++;
    const item *noun = item_at(s->r, at);
    if (noun->kind != ITEM_WORD || !is(noun, LEX_NOUN) || is_any(item_at(s->r, at), LEX_BIT(LEX_PREPOSITION)))
        return false;
    s->out->copula = true;
    s->out->complement = (int16_t)at;
    s->stop = true;
    return true;
}

static void pass_punct(right_scan *s, const item *w) {
    if (dash_copula(s, w)) return;
    if (w->punct == '(' || w->punct == '[' || w->punct == 0x2013 || (w->punct == '-' && !(w->flags & ITEM_JOINED))) {
        int end = closing(s->r, s->at);
        if (end == s->at) s->stop = true;
        s->at = end;
    } else if (w->punct == ',') {
        pass_joint(s, w);
    } else if (w->punct == '"' || w->punct == '\'' || w->punct == '-' || w->punct == '.') {
        s->stop = w->punct == '"' && s->at > s->of->to + 2;
    } else {
        s->stop = true;
    }
}

static void pass_auxiliary(right_scan *s, const item *w) {
    if (!plural_fits(s, w)) {
        if (!s->in_phrase && !s->unknown)
            s->stop = true;
        else
            s->unknown = true;
        return;
    }
    s->aux = s->at;
    s->in_phrase = false;
}

/* The verb of the relative clause befalls nobody: the clause around it goes on. */
static void end_relative(right_scan *s) {
    s->in_relative = false;
    s->unknown = true;
    s->aux = -1;
}

/* A noun or unknown word outside a phrase: after an auxiliary it is what those counted are. */
static void pass_noun(right_scan *s, const item *w) {
    if (s->in_phrase) return;
    if (s->aux >= 0 && s->in_relative && s->out->how == FOUND_NOT) { /* "who had been parted from them were found" */
        end_relative(s);
        return;
    }
    if (s->aux >= 0) {
        const lex_sense *aux = sense(item_at(s->r, s->aux), LEX_AUXILIARY);
        if (s->out->how == FOUND_NOT && aux && !aux->b && !is(item_at(s->r, s->aux), LEX_LIGHT) && counts_people(w)) {
            s->out->other = true; /* "one had a husband" */
            s->stop = true;
            return;
        }
        if (s->out->how == FOUND_NOT) {
            s->out->copula = true;
            if (is(w, LEX_NOUN) || is(w, LEX_ADJECTIVE)) s->out->complement = (int16_t)s->at;
        }
        /* "were all children": the noun may still come */
        s->stop = is(w, LEX_NOUN) || is(w, LEX_NOT_VICTIM) || !w->mask;
        bool verb = !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_ADJECTIVE) | LEX_BIT(LEX_DETERMINER) |
                                   LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_OFFICE));
        if (verb && s->out->how == FOUND_NOT) {
            s->out->other = true;
            chain_verbs(s);
        }
        return;
    }
    s->unknown = true;
}

static void pass_word(right_scan *s, const item *w) {
    bool first = s->at == s->of->to + 1;
    if (is(w, LEX_AUXILIARY) && !(is(w, LEX_VERB) && s->aux >= 0)) {
        pass_auxiliary(s, w);
        return;
    }
    if (is(w, LEX_VERB)) {
        if (take_verb(s, w) || s->stop) return;
        if (s->aux >= 0 && !is_any(w, LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_ADVERB)))
            s->aux = -1, s->out->other = s->out->how == FOUND_NOT;
        s->unknown = true;
        return;
    }
    if (is_any(w, LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_NEGATION) | LEX_BIT(LEX_HYPOTHETICAL) |
                      LEX_BIT(LEX_PLANNED) | LEX_BIT(LEX_CUMULATIVE) | LEX_BIT(LEX_FILLER) | LEX_BIT(LEX_QUANTITY))) {
        if (is(w, LEX_LIGHT) && s->aux < 0 && !is(w, LEX_AUXILIARY))
            s->aux = s->at; /* "remain missing", "went missing" */
        return;
    }
    if (is(w, LEX_RELATIVE) || (first && is(w, LEX_THAT))) {
        if (s->r->lex->compounds && s->out->how == FOUND_NOT && take_object_relative(s)) {
            s->stop = true;
            return;
        }
        if (first || s->comma || is_punct(item_at(s->r, s->at - 1), ','))
            s->in_relative = s->out->how == FOUND_NOT;
        else if (s->out->how != FOUND_NOT)
            s->stop = true;
        else
            s->in_relative = true;
        return;
    }
    if (is(w, LEX_CONJUNCTION)) {
        pass_joint(s, w);
        return;
    }
    if (is(w, LEX_PREPOSITION) || is_any(w, LEX_BIT(LEX_OF) | LEX_BIT(LEX_BY) | LEX_BIT(LEX_RANGE))) {
        bool of_whom = is(w, LEX_OF) && s->aux == s->at - 1 && is(item_at(s->r, s->at + 1), LEX_NOUN);
        if (of_whom && s->out->how == FOUND_NOT) { /* "of which 57 were of children" */
            s->out->copula = s->stop = true;
            s->out->complement = (int16_t)(s->at + 1);
            return;
        }
        s->in_phrase = true;
        if (s->aux >= 0 && s->in_relative && s->out->how == FOUND_NOT) {
            end_relative(s); /* "who were on leave" */
        } else if (s->aux >= 0) {
            if (s->out->how == FOUND_NOT) s->out->other = true; /* "12 were in hospital" */
            s->aux = -1;
            s->unknown = true;
        }
        return;
    }
    if (is(w, LEX_PART)) {
        const lex_sense *v = verb_sense(item_at(s->r, s->at + 1), s->of->unit, VOICE_STATUS | VOICE_PASSIVE);
        if (v && s->out->how == FOUND_NOT && (first || s->joined)) { /* "12 women and 3 children among the dead" */
            found(s->out, FOUND_RIGHT, v, s->at + 1, true);
            s->stop = true;
            return;
        }
        s->comma = true;
        return;
    }
    if (is_any(w, LEX_BIT(LEX_SUBORDINATOR) | LEX_BIT(LEX_THAT) | LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ACCORDING) |
                      LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_ACCUSE) | LEX_BIT(LEX_AGAINST))) {
        int they = s->at + (is(item_at(s->r, s->at + 1), LEX_THAT) ? 2 : 1);
        if (is(w, LEX_REPORT) && s->out->how == FOUND_NOT && is(item_at(s->r, they), LEX_PRONOUN) &&
            is(item_at(s->r, they + 1), LEX_AUXILIARY)) {
            s->at = they; /* "testified that they had been raped" */
            s->unknown = true;
            return;
        }
        int that = s->at + (is_punct(item_at(s->r, s->at + 1), ',') ? 2 : 1);
        if (is(w, LEX_REPORT) && s->out->how == FOUND_NOT && s->r->lex->inversion &&
            is(item_at(s->r, that), LEX_THAT) && !s->in_phrase &&
            !s->comma) { /* "рассказали, что подвергались пыткам": no pronoun is needed */
            s->at = is(item_at(s->r, that + 1), LEX_PRONOUN) ? that + 1 : that;
            return;
        }
        if (is_any(w, LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_CHANGE)) && s->in_relative && s->out->how == FOUND_NOT &&
            !is(item_at(s->r, they), LEX_PRONOUN)) {
            end_relative(s); /* "who set out for the south" */
            return;
        }
        if (is_any(w, LEX_BIT(LEX_REPORT) | LEX_BIT(LEX_ACCUSE)) && s->out->how == FOUND_NOT && !s->in_phrase &&
            !s->comma && !s->in_relative)
            s->out->other = true;
        if (is(w, LEX_CHANGE) && s->aux >= 0 && s->out->how == FOUND_NOT) {
            s->out->other = true;
            chain_verbs(s);
        }
        s->stop = true;
        return;
    }
    if (is(w, LEX_VERB_OTHER) && s->in_relative && s->aux >= 0 && s->out->how == FOUND_NOT) {
        end_relative(s);
        return;
    }
    if (is(w, LEX_VERB_OTHER) && !s->in_phrase) {
        if (s->aux >= 0 || !is_any(w, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_NOT_VICTIM))) {
            if (s->out->how == FOUND_NOT) s->out->other = true;
            if (s->aux >= 0) {
                if (s->out->how == FOUND_NOT) chain_verbs(s);
                s->stop = true;
            }
        }
        s->unknown = true;
        return;
    }
    pass_noun(s, w);
}

/* "A 28 mujeres las agredieron": an object that stands first and is taken up by a pronoun before its verb. */
static bool taken_up(const reading *r, const counted *of, predicate *out) {
    const item *to = item_at(r, of->from - 1);
    if (r->lex->compounds || !is(to, LEX_QUANTITY) || !is(to, LEX_RANGE)) return false;
    int at = of->to + 1;
    while (at < of->to + 3 && is(item_at(r, at), LEX_PRONOUN) && item_at(r, at)->kind == ITEM_WORD) at++;
    const lex_sense *v = item_at(r, at)->kind == ITEM_WORD ? verb_sense(item_at(r, at), of->unit, VOICE_ACTIVE) : NULL;
    if (!v) return false;
    found(out, FOUND_RIGHT, v, at, true);
    return true;
}

void scan_right(const reading *r, const counted *of, predicate *out) {
    right_scan s = {.r = r, .of = of, .out = out, .at = of->to + 1, .aux = -1};
    if (taken_up(r, of, out)) return;
    int last = s.at + RIGHT_ITEMS;
    for (; !s.stop && s.at < last && s.at < r->list.n; s.at++) {
        const item *w = item_at(r, s.at);
        if (w->flags & ITEM_USED) continue;
        if (w->kind == ITEM_PUNCT)
            pass_punct(&s, w);
        else if (w->kind == ITEM_WORD)
            pass_word(&s, w);
        else if (w->kind == ITEM_NUMBER && !(w->flags & ITEM_NO_COUNT) && !s.in_phrase)
            s.stop = true;
    }
}
