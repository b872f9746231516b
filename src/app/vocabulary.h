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

/* Those of which lists have columns, then the words of headers. */
typedef enum {
    EN_VOCABULARY_SEX = 0,
    EN_VOCABULARY_STATUS,
    EN_VOCABULARY_CAUSE,
    EN_VOCABULARY_CIVILIAN_STATUS,
    EN_VOCABULARY_DIRECTNESS,
    EN_VOCABULARY_VERIFICATION,
    EN_VOCABULARY_HEADERS,
    EN_VOCABULARIES = EN_VOCABULARY_HEADERS /* how many lists have columns of */
} en_vocabulary_name;
/* As the model of the case calls it, and a list's role: "cause". */
const char *en_vocabulary_title(en_vocabulary_name name);
/* The vocabulary of a list's role; EN_VOCABULARIES where it has none. */
en_vocabulary_name en_vocabulary_of(const char *role);
en_status en_vocabulary_open(en_vocabulary_name name, en_text *text, en_vocabulary *out, en_error *err);
/* All that lists have columns of, read once; each is to be cleared, also after a failure. `out` comes zeroed. */
en_status en_vocabulary_open_all(en_text *text, en_vocabulary out[EN_VOCABULARIES], en_error *err);
void en_vocabulary_clear(en_vocabulary *vocabulary);
/* The term that `written` stands for; -1 where the vocabulary has none. Memory of folding is taken from `arena`. */
en_status en_vocabulary_find(const en_vocabulary *vocabulary, en_text *text, en_str written, en_arena *arena,
                             int32_t *term, en_error *err);

#endif
