/* Tokens to items: the longest phrase at each place, then dates, then numbers with their bounds and ranges. */
#include "extract/items.h"

#include <math.h>
#include <string.h>

#include "extract/numerals.h"

const lex_sense *sense(const item *i, lex_class class) {
    for (int s = 0; s < i->n_senses; s++)
        if (i->senses[s].class == class) return &i->senses[s];
    return NULL;
}

bool is_part(const item *i, int place) {
    if (i->kind != ITEM_WORD || !is(i, LEX_PART)) return false;
    for (int s = 0; s < i->n_senses; s++)
        if (i->senses[s].class == LEX_PART && i->senses[s].a & place) return true;
    return false;
}

/* --- phrases --- */

static void take_senses(item *i, const lexicon *lex, uint32_t node) {
    i->senses = lex->senses + lex->node_senses[node];
    i->n_senses = (uint16_t)(lex->node_senses[node + 1] - lex->node_senses[node]);
    i->mask = 0;
    for (int s = 0; s < i->n_senses; s++) i->mask |= LEX_BIT(i->senses[s].class);
}

/* The longest phrase that begins at token `at`: its node, and how many tokens it takes. */
static uint32_t longest_phrase(const sentence *s, int at, const lexicon *lex, int *length) {
    uint32_t best = 0;
    *length = 1;
    if (s->tokens[at].word < 0) return 0;
    uint32_t node = lex->word_node[s->tokens[at].word];
    for (int n = 1; node; n++) {
        if (lex->node_senses[node + 1] > lex->node_senses[node]) best = node, *length = n;
        if (at + n >= s->n || s->tokens[at + n].kind != TOKEN_WORD || s->tokens[at + n].word < 0) break;
        node = lex_next(lex, node, (uint32_t)s->tokens[at + n].word);
    }
    return best;
}

static item *add_item(items *out, const token *first, const token *last) {
    item *i = &out->at[out->n];
    memset(i, 0, sizeof *i);
    i->start = first->start;
    i->end = last->end;
    i->quote = first->quote;
    i->words = (uint8_t)(last - first + 1);
    i->first = i->last = (int16_t)out->n;
    i->low = i->best = i->high = NAN;
    if (first->flags & TOKEN_CAPITAL) i->flags |= ITEM_CAPITAL;
    if (first->flags & TOKEN_ALL_CAPITALS) i->flags |= ITEM_SHOUTED;
    if (!(first->flags & TOKEN_SPACE_BEFORE)) i->flags |= ITEM_JOINED;
    if (first->flags & TOKEN_OPENS) i->flags |= ITEM_OPENS;
    if (first->flags & TOKEN_CLOSES) i->flags |= ITEM_CLOSES;
    out->n++;
    return i;
}

enum { PARTS_MAX = 6, NUMBERISH_PARTS = 4 };

/* How many bytes the hyphen at `at` has, as tokens.c knows them; 0 where there is none. */
static uint32_t hyphen_bytes(en_str text, uint32_t at, uint32_t end) {
    if (text.ptr[at] == '-') return 1;
    bool wide = end - at >= 3 && memcmp(text.ptr + at, "\xE2\x80", 2) == 0 &&
                (text.ptr[at + 2] == '\x90' || text.ptr[at + 2] == '\x91');
    return wide ? 3 : 0;
}

/* Twenty-three, quatre-vingt-dix: each part a word of numbers. Adds an item for each; false where it is no such word.
 */
static bool add_hyphenated_number(const token *t, en_str text, const lexicon *lex, items *out) {
    token part = *t;
    item before = {0};
    int n = 0, kept = out->n;
    (void)before;
    for (uint32_t at = t->start; at < t->end && n < PARTS_MAX; n++) {
        uint32_t end = at;
        while (end < t->end && !hyphen_bytes(text, end, t->end)) end++;
        char folded[64];
        size_t len = end - at < 60 ? token_fold((en_str){text.ptr + at, end - at}, folded, sizeof folded) : 0;
        int32_t word = len ? lex_word(lex, folded, len) : -1;
        uint32_t node = word >= 0 ? lex->word_node[word] : 0;
        part.start = at;
        part.end = end;
        item *i = add_item(out, &part, &part);
        if (node) take_senses(i, lex, node);
        if (!is_any(i,
                    LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_MULTIPLIER) | LEX_BIT(LEX_NUMBER_JOINER) | LEX_BIT(LEX_VAGUE))) {
            out->n = kept;
            return false;
        }
        if (n) i->flags |= ITEM_JOINED;
        at = end < t->end ? end + hyphen_bytes(text, end, t->end) : end;
    }
    return true;
}

/* Ex-soldiers, policy-makers: counts as what the part after its last hyphen is, where that is a noun. */
static void noun_after_hyphen(const token *t, en_str text, const lexicon *lex, item *i) {
    uint32_t at = t->end;
    while (at > t->start && text.ptr[at - 1] != '-') at--;
    if (at == t->start) return;
    char folded[64];
    size_t len = t->end - at < 60 ? token_fold((en_str){text.ptr + at, t->end - at}, folded, sizeof folded) : 0;
    int32_t word = len ? lex_word(lex, folded, len) : -1;
    if (word < 0 || !lex->word_node[word]) return;
    take_senses(i, lex, lex->word_node[word]);
    uint64_t nouns = LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_NOT_VICTIM) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY);
    if (!is_any(i, nouns) || is(i, LEX_VERB)) i->mask = 0, i->n_senses = 0;
}

static void add_word_item(const sentence *s, int *at, en_str text, const lexicon *lex, items *out) {
    const token *t = &s->tokens[*at];
    int length = 1;
    uint32_t node = longest_phrase(s, *at, lex, &length);
    if (!node && t->word < 0 && memchr(text.ptr + t->start, '-', t->end - t->start)) {
        if (add_hyphenated_number(t, text, lex, out)) {
            ++*at;
            return;
        }
        noun_after_hyphen(t, text, lex, add_item(out, t, t));
        ++*at;
        return;
    }
    item *i = add_item(out, t, t + length - 1);
    if (node) take_senses(i, lex, node);
    *at += length;
}

static void phrases_of(const sentence *s, en_str text, const lexicon *lex, items *out) {
    out->n = 0;
    bool first = true;
    for (int at = 0; at < s->n && out->n < SENTENCE_TOKENS + 40;) {
        const token *t = &s->tokens[at];
        int from = out->n;
        if (t->kind == TOKEN_WORD) {
            add_word_item(s, &at, text, lex, out);
        } else {
            item *i = add_item(out, t, t);
            i->kind = t->kind == TOKEN_NUMBER ? ITEM_NUMBER
                      : t->kind == TOKEN_DATE ? ITEM_DATE
                      : t->kind == TOKEN_CODE ? ITEM_CODE
                                              : ITEM_PUNCT;
            i->punct = t->punct;
            i->value = t->value;
            if (t->flags & TOKEN_FOLLOWED) i->flags |= ITEM_PERCENT;
            if (t->kind == TOKEN_NUMBER && t->flags & TOKEN_GROUPED) i->bound = 1; /* seen by numerals, then cleared */
            at++;
        }
        if (first && out->n > from && out->at[from].kind != ITEM_PUNCT) {
            out->at[from].flags |= ITEM_FIRST;
            first = false;
        }
        if (t->kind == TOKEN_PUNCT && (t->flags & TOKEN_OPENS || t->punct == ':')) first = true;
    }
}

void items_of(const sentence *s, en_str text, const lexicon *lex, items *out) {
    phrases_of(s, text, lex, out);
    dates_merge(out, text, lex);
    numbers_merge(out, text, lex);
}
