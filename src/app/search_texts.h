/* What search looks through, as strings each met once: of each text of a case which strings it holds. */
#ifndef EN_APP_SEARCH_TEXTS_H
#define EN_APP_SEARCH_TEXTS_H

#include "app/app.h"
#include "app/records.h"
#include "app/search_index.h"
#include "base/map.h"

typedef struct search_text {
    en_indexed kind;
    en_id id;               /* of the record, row, or capture of a passage */
    int64_t offset, length; /* of a passage */
} search_text;

typedef struct search_texts {
    en_arena *arena;
    const en_account *account;
    en_map strings;
    int64_t n, cap;
    search_text *of; /* records first */
    int32_t *held;   /* numbers of strings, text by text */
    int64_t *first;  /* of text i: held[first[i]..first[i + 1]) */
    int64_t n_held, held_cap;
} search_texts;

en_status search_texts_read(const en_account *account, const en_progress *progress, search_texts *out, en_error *err);
void search_texts_clear(search_texts *texts);

#endif
