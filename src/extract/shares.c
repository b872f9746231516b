/* Shares of a territory: no victims, and yet figures that reports set beside them. */
#include "extract/candidates.h"

/* A share of the territory is no victim, and yet a figure that reports set beside them: where its land is named. */
static int territory_near(const reading *r, int number, int at) {
    for (int i = at; i < at + 8; i++) {
        const item *w = item_at(r, i);
        if (w->kind == ITEM_PUNCT || is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_NOUN))) break;
        if (is(w, LEX_TERRITORY)) return i;
    }
    for (int i = number - 1; i >= 0 && i > number - 9; i--) { /* "one sixth of the territory, or about 16 per cent" */
        const item *w = item_at(r, i);
        if (w->kind == ITEM_WORD && is_any(w, LEX_BIT(LEX_VERB) | LEX_BIT(LEX_AUXILIARY) | LEX_BIT(LEX_NOUN)))
            return -1;
        if (is(w, LEX_TERRITORY) && is(item_at(r, i - 1), LEX_DETERMINER)) return number;
    }
    return -1;
}

en_status read_share(reading *r, int number, en_error *err) {
    const item *n = item_at(r, number);
    int at = n->last + 1;
    if (!is(item_at(r, at), LEX_PERCENT) && !is_punct(item_at(r, at), '%')) return EN_OK;
    int land = territory_near(r, number, ++at);
    if (land < 0) return EN_OK;
    candidate c = {.of = {.number = (int16_t)number,
                          .from = n->first,
                          .to = (int16_t)(land > at ? land : at),
                          .head = -1,
                          .whom_from = (int16_t)at,
                          .whom_to = (int16_t)land,
                          .of_number = -1,
                          .unit = EN_UNIT_NONE},
                   .by = {.how = FOUND_NOUN, .category = EN_FIGURE_OTHER, .item = -1, .complement = -1},
                   .total = -1,
                   .draft = -1};
    return add_draft(r, &c, err);
}
