/* Terms of vocab/: how lists write a thing, and the code that stands for it. */
#ifndef EN_APP_VOCABULARY_H
#define EN_APP_VOCABULARY_H

#include "base/map.h"
#include "everyname/base.h"
#include "everyname/text.h"

typedef struct en_vocabulary {
    en_map words;     /* folded words as written */
    int32_t *term_of; /* of word i */
    int32_t n_terms;
    char (*codes)[48];
    bool *dead; /* term means that the person is dead (status only) */
} en_vocabulary;

typedef enum { EN_VOCABULARY_SEX, EN_VOCABULARY_STATUS, EN_VOCABULARY_HEADERS } en_vocabulary_name;
en_status en_vocabulary_open(en_vocabulary_name name, en_text *text, en_vocabulary *out, en_error *err);
void en_vocabulary_clear(en_vocabulary *vocabulary);
/* The term that `written` stands for; -1 where the vocabulary has none. Memory of folding is taken from `arena`. */
en_status en_vocabulary_find(const en_vocabulary *vocabulary, en_text *text, en_str written, en_arena *arena,
                             int32_t *term, en_error *err);

#endif
