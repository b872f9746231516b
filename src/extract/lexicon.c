/* Looking up words and phrases. */
#include "extract/lexicon.h"

#include <string.h>

const lexicon *lex_of(const char *language) {
    for (int i = 0; en_lexicons[i]; i++)
        if (strcmp(en_lexicons[i]->language, language) == 0) return en_lexicons[i];
    return NULL;
}

const char *const *en_extract_languages(void) { return en_lexicon_languages; }

/* FNV-1a (Fowler, Noll, Vo), as the tool hashes. */
static uint32_t word_hash(const char *bytes, size_t len) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++) h = (h ^ (unsigned char)bytes[i]) * 16777619u;
    return h;
}

int32_t lex_word(const lexicon *lex, const char *folded, size_t len) {
    for (uint32_t i = word_hash(folded, len) & lex->word_mask; lex->word_slots[i]; i = (i + 1) & lex->word_mask) {
        uint32_t word = lex->word_slots[i] - 1, at = lex->word_at[word];
        if (lex->word_at[word + 1] - at == len && memcmp(lex->bytes + at, folded, len) == 0) return (int32_t)word;
    }
    return -1;
}

uint32_t lex_next(const lexicon *lex, uint32_t node, uint32_t word) {
    uint32_t h = node * 2654435761u ^ word * 2246822519u;
    for (uint32_t i = (h ^ h >> 15) & lex->edge_mask; lex->edges[i].to; i = (i + 1) & lex->edge_mask)
        if (lex->edges[i].node == node && lex->edges[i].word == word) return lex->edges[i].to;
    return 0;
}
