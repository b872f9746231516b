/* An act that stands first: "among the dead were 12 children", "killed: 12". */
#include "extract/predicate.h"

/* "Among the dead were 12 children", "Of those killed, 12 …": the act named at the start of the clause. */
void scan_front(const reading *r, const counted *of, predicate *out) {
    int start = of->from - 1;
    while (start > 0 && of->from - start < LEFT_ITEMS && !is_any(item_at(r, start), LEX_BIT(LEX_PART)) &&
           !is_punct(item_at(r, start), ';'))
        start--;
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

/* "Killed: 12." "Injured – 30." */
void scan_label(const reading *r, const counted *of, predicate *out) {
    const item *mark = item_at(r, of->from - 1);
    if (!is_punct(mark, ':') && !is_punct(mark, 0x2013) && !is_punct(mark, '-') && !is_punct(mark, '=')) return;
    for (int i = of->from - 2; i >= 0 && i >= of->from - 7; i--) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_PUNCT && w->punct != ',') return;
        if (w->kind != ITEM_WORD) continue;
        const lex_sense *v = verb_sense(w, of->unit, VOICE_PASSIVE | VOICE_STATUS | VOICE_NOMINAL),
                        *n = sense(w, LEX_NOUN);
        if (v) {
            found(out, FOUND_LEFT, v, i, true);
            return;
        }
        if (n && n->c) {
            *out =
                (predicate){.how = FOUND_LEFT, .category = (uint8_t)(n->c - 1), .item = (int16_t)i, .complement = -1};
            return;
        }
    }
}
