/* What the files that search share: the index at hand. */
#ifndef EN_APP_SEARCH_PARTS_H
#define EN_APP_SEARCH_PARTS_H

#include "app/app.h"
#include "app/derived.h"
#include "app/search_index.h"
#include "everyname/text.h"

struct en_search {
    en_case *c;
    const char *case_path;
    en_arena *arena; /* lends the index */
    en_text *text;
    en_derived_set made; /* the index itself where it could not be kept; else empty */
    bool was_made;
    double opening;            /* seconds that reading the index took */
    const bool *selected;      /* by person; NULL all */
    const uint8_t *persons;    /* of each record four bytes, the lowest first; with `selected` */
    en_arena *selection_arena; /* lends `selected` */
    int64_t limit, n_texts, n_records;
    int32_t n_tokens;
    const uint8_t *letters, *sizes, *lengths; /* of each token: 4 bytes, 4 bytes, 1 */
    const char *spellings;                    /* of all tokens in a run */
    en_str keys;                              /* of each key its bytes and how many tokens have it */
};

/* A value of the index, from the case or from what was made just now. */
en_status search_fetch(en_search *s, const char *key, en_arena *arena, en_str *out, en_error *err);
/* search_hits.c: what one text of the index is, to be shown. */
en_status search_describe(en_search *s, int64_t text, en_arena *arena, en_search_hit *out, en_error *err);

#endif
