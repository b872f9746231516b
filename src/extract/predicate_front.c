/* An act that stands first: "among the dead were 12 children", "killed: 12". */
#include "extract/predicate.h"

enum { FRONT_ITEMS = 9, LABEL_ITEMS = 8 };

static int first_word(const reading *r) {
    int i = 0;
    while (i < r->list.n && item_at(r, i)->kind == ITEM_PUNCT) i++;
    return i;
}

static bool is_count(const item *w) { return w->kind == ITEM_NUMBER && !(w->flags & (ITEM_USED | ITEM_NO_COUNT)); }

/* "Among the dead were 12 children", "Of those killed, 12 …": the act named at the start of the clause. */
void scan_front(const reading *r, const counted *of, predicate *out) {
    int start = of->from - 1;
    while (start > 0 && of->from - start < LEFT_ITEMS && !is_any(item_at(r, start), LEX_BIT(LEX_PART)) &&
           !is_punct(item_at(r, start), ';')) {
        bool fronted = is_any(item_at(r, first_word(r)), LEX_BIT(LEX_OF) | LEX_BIT(LEX_PART));
        if (is_count(item_at(r, start)) && !fronted && !is(item_at(r, of->from - 1), LEX_AUXILIARY)) return;
        start--;
    }
    int whose = start - 1;
    while (whose > 0 &&
           (is_punct(item_at(r, whose), ',') || is_any(item_at(r, whose), LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_THAT))))
        whose--;
    const lex_sense *toll = sense(item_at(r, whose), LEX_TOLL);
    if (toll && toll->a) { /* "the toll includes 12 children" */
        *out = (predicate){.how = FOUND_FRONT,
                           .category = (uint8_t)(toll->a - 1),
                           .finite = true,
                           .item = (int16_t)whose,
                           .complement = -1};
        return;
    }
    bool of_first = start == 0 && is(item_at(r, 0), LEX_OF);
    if (!is(item_at(r, start), LEX_PART) && !of_first) return;
    for (int i = start; i < of->from; i++) {
        const item *w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = verb_sense(w, of->unit, ~0u), *n = sense(w, LEX_NOUN);
        if (v) {
            found(out, FOUND_FRONT, v, i, true);
            return;
        }
        if (n && n->c) {
            *out = (predicate){.how = FOUND_FRONT,
                               .category = (uint8_t)(n->c - 1),
                               .finite = true,
                               .item = (int16_t)i,
                               .complement = -1};
            return;
        }
    }
}

/* The act that the words before an auxiliary at `end` say: "the dead", "injured", "also killed in the attack"; -1 none.
 */
static int said_first(const reading *r, const counted *of, int end) {
    int start = end;
    while (start > 0 && end - start < FRONT_ITEMS && item_at(r, start - 1)->kind == ITEM_WORD &&
           !is(item_at(r, start - 1), LEX_CONJUNCTION))
        start--;
    const item *before = item_at(r, start - 1);
    if (start > 0 && before->kind != ITEM_PUNCT && !is(before, LEX_CONJUNCTION)) return -1;
    uint64_t small = LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADVERB) | LEX_BIT(LEX_PRONOUN);
    while (start < end && is_any(item_at(r, start), small) &&
           !is_any(item_at(r, start), LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_VERB)))
        start++;
    const item *w = item_at(r, start), *next = item_at(r, start + 1);
    bool phrase =
        start == end || is_any(next, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_ADVERB)) || next->kind == ITEM_DATE;
    const lex_sense *n = w->kind == ITEM_WORD ? sense(w, LEX_NOUN) : NULL;
    bool says = w->kind == ITEM_WORD && (verb_sense(w, of->unit, VOICE_PASSIVE | VOICE_STATUS) || (n && n->c));
    return phrase && says ? start : -1;
}

/* "The dead were 12 men and 3 women", "Injured were 44 officers", "Still missing are eight sailors". */
void scan_inverted(const reading *r, const counted *of, predicate *out) {
    int at = before_phrase(r, of);
    if (at <= 0 || !is(item_at(r, at), LEX_AUXILIARY) || !of->known) return;
    while (at > 0 && is(item_at(r, at), LEX_AUXILIARY)) at--;
    int said = said_first(r, of, at);
    if (said < 0 || is(item_at(r, said), LEX_PART)) return;
    const lex_sense *v = verb_sense(item_at(r, said), of->unit, VOICE_PASSIVE | VOICE_STATUS);
    if (v)
        found(out, FOUND_LEFT, v, said, true);
    else
        *out = (predicate){.how = FOUND_LEFT,
                           .category = (uint8_t)(sense(item_at(r, said), LEX_NOUN)->c - 1),
                           .finite = true,
                           .item = (int16_t)said,
                           .complement = -1};
}

/* "Dead 12, wounded 40": nothing but the act and a bare number between two stops. */
static bool bare_label(const reading *r, const counted *of, int mark) {
    const item *before = item_at(r, mark - 1), *next = item_at(r, of->to + 1);
    bool starts = mark == 0 || before->kind == ITEM_PUNCT || is(before, LEX_CONJUNCTION);
    bool ends = next->kind == ITEM_PUNCT || is(next, LEX_CONJUNCTION);
    return of->head < 0 && starts && ends && next->punct != '%' && next->punct != '/';
}

/* "Killed: 12." "Injured – 30." */
/* "Children who lost both parents: 24", "civilians killed – 12": of whom the label is. */
static void take_label_noun(const reading *r, counted *of) {
    int start = of->from - 1;
    while (start > 0 && of->from - start < LABEL_ITEMS && item_at(r, start - 1)->kind == ITEM_WORD) start--;
    while (start < of->from - 1 && is_any(item_at(r, start), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_ADJECTIVE)) &&
           !is(item_at(r, start), LEX_NOUN))
        start++;
    const lex_sense *n = item_at(r, start)->kind == ITEM_WORD ? sense(item_at(r, start), LEX_NOUN) : NULL;
    if (!n || n->value || of->head >= 0) return;
    of->group = n->a;
    of->unit = n->b;
    of->known = true;
    of->group_said = n->a != EN_GROUP_ALL;
    of->dead_weight = false;
}

void scan_label(const reading *r, counted *of, predicate *out) {
    const item *mark = item_at(r, of->from - 1);
    int at = of->from - 1;
    while (at > 0 && !r->lex->compounds && is(item_at(r, at), LEX_ADVERB) &&
           !is_any(item_at(r, at), LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_VERB)))
        at--; /* "injured already 13" */
    if (item_at(r, at)->kind == ITEM_WORD && bare_label(r, of, at)) {
        mark = item_at(r, at);
        const lex_sense *v = verb_sense(mark, of->unit, VOICE_STATUS), *n = sense(mark, LEX_NOUN);
        if (v)
            found(out, FOUND_LEFT, v, at, true);
        else if (n && n->c)
            *out =
                (predicate){.how = FOUND_LEFT, .category = (uint8_t)(n->c - 1), .item = (int16_t)at, .complement = -1};
        return;
    }
    if (!is_punct(mark, ':') && !is_punct(mark, 0x2013) && !is_punct(mark, '-') && !is_punct(mark, '=') &&
        !is_punct(mark, '|'))
        return;
    take_label_noun(r, of);
    for (int i = of->from - 2; i >= 0 && i >= of->from - LABEL_ITEMS; i--) {
        const item *w = item_at(r, i);
        bool colon = is_punct(w, ':') && is_punct(mark, '|') && i == of->from - 2; /* "Killed:<tab>12" */
        if (w->kind == ITEM_PUNCT && w->punct != ',' && !colon) return;
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = verb_sense(w, of->unit, VOICE_PASSIVE | VOICE_STATUS | VOICE_NOMINAL | VOICE_INTRANSITIVE),
                        *n = sense(w, LEX_NOUN);
        if (v) {
            found(out, FOUND_LEFT, v, i, true);
            int of_whom = i > 1 && !is(item_at(r, i - 1), LEX_NOUN) ? i - 2 : i - 1; /* "hostages still held: 31" */
            const lex_sense *held = sense(item_at(r, of_whom), LEX_NOUN);
            bool taken = v->a == EN_FIGURE_DETAINED || v->a == EN_FIGURE_ABDUCTED;
            if (taken && held && held->c == EN_FIGURE_HOSTAGE + 1) out->category = EN_FIGURE_HOSTAGE;
            if (held) out->weak = false;
            return;
        }
        if (n && n->c) {
            uint8_t of_unit = n->b == EN_UNIT_REMAINS ? (uint8_t)(n->b + 1) : 0; /* "bodies handed over: 58" */
            *out = (predicate){.how = FOUND_LEFT,
                               .category = (uint8_t)(n->c - 1),
                               .item = (int16_t)i,
                               .complement = -1,
                               .of_unit = of_unit};
            return;
        }
    }
}
