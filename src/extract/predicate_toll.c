/* Tolls: "the death toll rose to 41 from 38", "the number of people killed stands at 12", "the dead numbered 41". */
#include "extract/predicate.h"

enum { ASIDE_ITEMS = 14 };

static bool leads_to_toll(const item *w) {
    return w->kind == ITEM_WORD &&
           is_any(w, LEX_BIT(LEX_PREPOSITION) | LEX_BIT(LEX_OF) | LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_AUXILIARY) |
                         LEX_BIT(LEX_RANGE) | LEX_BIT(LEX_LIGHT) | LEX_BIT(LEX_AGAINST));
}

/* "Put the number at 12", "give a lower number, 12", with nothing said of whom: as in the last figure before it that is
 * no part. */
static bool toll_again(const reading *r, int toll, predicate *out) {
    bool put = is(item_at(r, toll - 1), LEX_CHANGE);
    bool apposed = is_punct(item_at(r, toll + 1), ',') && !is(item_at(r, toll), LEX_REPORT);
    if (!r->first_here || !(put || apposed)) return false;
    const draft *d = &r->drafts[r->first_here - 1];
    for (size_t i = r->first_here; i-- > 0 && r->drafts[i].sentence == d->sentence;)
        if (!r->drafts[i].is_part && !r->drafts[i].detail) {
            d = &r->drafts[i];
            break;
        }
    if (r->sentence - d->sentence > (put ? 3 : 1)) return false;
    *out = (predicate){.how = FOUND_TOLL,
                       .category = (uint8_t)d->figure.category,
                       .finite = true,
                       .item = (int16_t)toll,
                       .complement = -1};
    return true;
}

/* The comma that opens the aside which the one at `comma` closes, "the toll, which includes 12 children, has reached
 * 41"; `comma` itself where none does. */
static int aside_start(const reading *r, int comma) {
    for (int i = comma - 1; i > 0 && i > comma - ASIDE_ITEMS; i--)
        if (is_punct(item_at(r, i), ','))
            return is_any(item_at(r, i + 1), LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_PART)) ? i : comma;
    return comma;
}

/* And the comma that closes the aside which the one at `comma` opens. */
static int aside_end(const reading *r, int comma) {
    for (int i = comma + 1; i < r->list.n && i < comma + ASIDE_ITEMS; i++)
        if (is_punct(item_at(r, i), ',')) return aside_start(r, i) == comma ? i : comma;
    return comma;
}

/* The category that a toll's words say: its own, else the first verb or noun after it. */
static bool toll_category(const reading *r, int toll, int number, predicate *out, int *noun) {
    const lex_sense *t = sense(item_at(r, toll), LEX_TOLL);
    int kept = -1; /* "the number of prisoners released": what befell them outdoes what they were */
    *noun = -1;
    for (int i = toll + 1; i < number; i++) {
        const item *w = item_at(r, i);
        if (is_punct(w, ',')) i = aside_end(r, i), w = item_at(r, i);
        if (w->kind != ITEM_WORD) continue;
        if (is(w, LEX_NOT_VICTIM) && *noun < 0 && !t->a) return false;
        if (is(w, LEX_NOUN) && *noun < 0) *noun = i;
        const lex_sense *v = verb_sense(w, EN_UNIT_PERSON, ~0u), *n = sense(w, LEX_NOUN);
        if (t->a) continue;
        if (v) return found(out, FOUND_TOLL, v, i, true), true;
        if (n && n->c && kept < 0) kept = i;
        if (n && n->c && n->value) break;
    }
    if (kept >= 0) {
        *out = (predicate){.how = FOUND_TOLL,
                           .category = (uint8_t)(sense(item_at(r, kept), LEX_NOUN)->c - 1),
                           .finite = true,
                           .item = (int16_t)kept,
                           .complement = -1};
        return true;
    }
    if (!t->a && toll_again(r, toll, out)) return true;
    if (!t->a) return false;
    *out = (predicate){
        .how = FOUND_TOLL, .category = (uint8_t)(t->a - 1), .finite = true, .item = (int16_t)toll, .complement = -1};
    return true;
}

/* "Are 18": a form of to be directly before a number after which the clause ends. */
static bool is_copula(const reading *r, int at, const counted *of) {
    const lex_sense *be = sense(item_at(r, at), LEX_AUXILIARY);
    const item *next = item_at(r, of->to + 1);
    return be && be->b && (next->kind == ITEM_PUNCT || is(next, LEX_CONJUNCTION) || of->to + 1 >= r->list.n);
}

/* The noun of an act with its article, as the subject of a number: "the dead". */
static bool named_dead(const reading *r, int noun, predicate *out) {
    const lex_sense *dead = item_at(r, noun)->kind == ITEM_WORD ? sense(item_at(r, noun), LEX_NOUN) : NULL;
    if (!dead || !dead->c || !dead->value || !is(item_at(r, noun - 1), LEX_DETERMINER)) return false;
    *out = (predicate){
        .how = FOUND_TOLL, .category = (uint8_t)(dead->c - 1), .finite = true, .item = (int16_t)noun, .complement = -1};
    return true;
}

/* "Radio puts dead at 12", "the missing, whom it put at 302", "the dead numbered 41". */
static bool numbered_dead(const reading *r, const counted *of, int at, predicate *out) {
    int change = at;
    if (is_copula(r, at, of)) return named_dead(r, at - 1, out); /* "the dead are 18" */
    if (at == of->from) return named_dead(r, at - 1, out);       /* "las bajas no superaron las 20" */
    while (change > at - 3 && !is(item_at(r, change), LEX_CHANGE)) change--;
    if (!is(item_at(r, change), LEX_CHANGE)) {
        change = at - 1; /* the verb may stand before the dead: "puts dead at 12" */
        if (!is(item_at(r, at), LEX_PREPOSITION)) return false;
    }
    for (int i = at - 1; i >= 0 && i > at - 14; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';') || w->kind == ITEM_NUMBER) return false;
        const lex_sense *v = w->kind == ITEM_WORD ? verb_sense(w, of->unit, VOICE_STATUS) : NULL;
        bool noun = is_any(item_at(r, i - 1), LEX_BIT(LEX_DETERMINER) | LEX_BIT(LEX_CHANGE));
        bool verb_by = is(item_at(r, change), LEX_CHANGE) || is(item_at(r, i - 1), LEX_CHANGE);
        if (v && noun && verb_by) return found(out, FOUND_TOLL, v, i, true), true;
        const lex_sense *n = w->kind == ITEM_WORD ? sense(w, LEX_NOUN) : NULL;
        if (!n || !n->c || n->b != of->unit || !verb_by || !(noun || i == 0)) continue;
        *out = (predicate){
            .how = FOUND_TOLL, .category = (uint8_t)(n->c - 1), .finite = true, .item = (int16_t)i, .complement = -1};
        return true;
    }
    return false;
}

/* A bare number counts whom the noun of its toll names. */
static void take_noun(const reading *r, int noun, counted *of) {
    const lex_sense *n = sense(item_at(r, noun), LEX_NOUN);
    of->group = n->a;
    of->unit = n->b;
    of->known = true;
    of->whom_from = of->whom_to = (int16_t)noun;
}

/* "Raised to 36 the number of dead", "elevan a 36 la cifra de muertos": what is counted follows its number. */
static bool toll_after(const reading *r, counted *of, int lead, predicate *out) {
    int change = is(item_at(r, lead), LEX_CHANGE) ? lead : lead - 1, after = item_at(r, of->number)->last + 1;
    bool fronted = is(item_at(r, after), LEX_CHANGE) && is(item_at(r, after + 1), LEX_DETERMINER) && lead < 1;
    if (fronted) { /* "a 15 ascienden los muertos" */
        of->dead_weight = false;
        return named_dead(r, after + 2, out);
    }
    const lex_sense *puts = sense(item_at(r, change), LEX_REPORT);
    if (!is(item_at(r, change), LEX_CHANGE) && !(puts && puts->a >= REPORT_COUNTS)) return false;
    int toll = item_at(r, of->number)->last + 1;
    while (toll < of->number + 4 && item_at(r, toll)->kind == ITEM_WORD && is(item_at(r, toll), LEX_DETERMINER)) toll++;
    const item *w = item_at(r, toll);
    if (w->kind != ITEM_WORD || !is(w, LEX_TOLL) || is_any(item_at(r, toll + 1), LEX_BIT(LEX_AUXILIARY))) return false;
    int end = toll + 1, noun;
    while (end < toll + 8 && item_at(r, end)->kind == ITEM_WORD && !is(item_at(r, end), LEX_RELATIVE)) end++;
    if (!toll_category(r, toll, end, out, &noun)) return false;
    if (noun >= 0) take_noun(r, noun, of);
    of->dead_weight = false;
    return true;
}

/* Whether nothing but the words of a toll stands before the comma at `at`: "the count of wounded, 903,". */
static bool toll_beside(const reading *r, int at) {
    for (int i = at - 1; i >= 0 && i > at - 6 && item_at(r, i)->kind == ITEM_WORD; i--) {
        if (is(item_at(r, i), LEX_TOLL)) return true;
        if (is_any(item_at(r, i), LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_CHANGE) | LEX_BIT(LEX_REPORT))) return false;
    }
    return false;
}

/* "Has reached the number of dead 77", where verbs lead; and "the number of dead 77", with no verb. */
static bool led_by_change(const reading *r, int at) {
    if (!r->lex->verb_first) return false;
    for (int i = at; i >= 0 && i > at - 12 && item_at(r, i)->kind == ITEM_WORD; i--) {
        if (is(item_at(r, i), LEX_CHANGE)) return i < at;
        if (i == at && is(item_at(r, i), LEX_TOLL)) return true;
    }
    return false;
}

/* "The death toll rose to 41 from 38", "the number of people killed stands at 12", "a toll of 12", "toll: 12". */
void scan_toll(const reading *r, counted *of, predicate *out) {
    int at = before_phrase(r, of);
    bool in_bound = is(item_at(r, of->from), LEX_CHANGE); /* "exceeded 40" */
    if (in_bound) at = of->from;
    const item *lead = item_at(r, at);
    bool apposed = is_punct(lead, ',') && toll_beside(r, at); /* "the toll, 412 on Monday, is expected to rise" */
    if (!leads_to_toll(lead) && !is_punct(lead, ':') && !is_clause_dash(lead) && !apposed && !led_by_change(r, at))
        return;
    if (is(lead, LEX_BY)) return;
    if (of->head < 0 && toll_after(r, of, at, out)) return;
    for (int i = at; i >= 0 && i > at - LEFT_ITEMS; i--) {
        const item *w = item_at(r, i);
        if (is_punct(w, ';')) return;
        if (is_punct(w, ',')) i = aside_start(r, i), w = item_at(r, i);
        bool beside = i == at - 1 || is(lead, LEX_AGAINST) || is(lead, LEX_RANGE);
        if (w->kind == ITEM_NUMBER && !(w->flags & (ITEM_NO_COUNT | ITEM_USED)) && !beside) return;
        if (w->kind != ITEM_WORD || !is(w, LEX_TOLL)) continue;
        int noun;
        if (!toll_category(r, i, of->from, out, &noun)) return;
        if (of->head < 0 && noun >= 0) take_noun(r, noun, of);
        of->dead_weight = false;
        return;
    }
    if (of->head < 0 && numbered_dead(r, of, at, out)) of->dead_weight = false;
}
