/* What the files that set numbers side by side share. */
#ifndef EN_APP_COMPARE_PARTS_H
#define EN_APP_COMPARE_PARTS_H

#include "app/compare.h"
#include "base/buf.h"

typedef struct comparer {
    const en_account *account;
    const en_stated *stated;
    const en_compare_options *options;
    en_comparison *out;
    en_count_query query; /* restricts recorded numbers to the incident */
} comparer;

/* compare_recorded.c */
en_status compare_recorded(comparer *c, en_error *err);
/* compare_words.c: differences in words. */
en_status compare_differences(comparer *c, en_error *err);
/* compare_checks.c */
en_status compare_checks(comparer *c, en_error *err);

static inline const en_stated_figure *compare_figure(const comparer *c, int64_t i) {
    return &c->stated->figures[c->out->figures[i]];
}
/* "older people" for "older_people"; `out` of 64 bytes. */
const char *compare_label(const char *code, char out[64]);
/* Whether the two belong to the same incident, or to none and the same place. */
bool compare_is_same_event(const en_stated_figure *a, const en_stated_figure *b);
/* Groups that share members: women and older people, children and girls, civilians and women. */
bool compare_groups_overlap(const char *a, const char *b);
/* Terminated copy in the comparison's arena, NULL when memory is short. */
const char *compare_keep(comparer *c, const char *text);

#endif
