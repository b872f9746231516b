/* What an account or an index is stored as, so that the next command need not read the whole case again. It can be
 * thrown away at any time. Each kind has a value "about", which says of which ledger head and by which program it was
 * made: anything else is not used. */
#ifndef EN_APP_DERIVED_H
#define EN_APP_DERIVED_H

#include <jansson.h>

#include "everyname/casefile.h"

/* Values of one kind while they are made, "about" the first. */
typedef struct en_derived_set {
    en_arena *arena;
    en_derived *values;
    int64_t n, cap;
} en_derived_set;
en_status en_derived_add(en_derived_set *set, const char *key, en_str value, en_error *err); /* copies */
/* "about" with the head and this program's version; takes `about` over. */
en_status en_derived_about(en_derived_set *set, const char *head, int version, json_t *about, en_error *err);
void en_derived_clear(en_derived_set *set);

/* What is stored about a kind; NULL where nothing is, or not of the case as it is now by this program. */
en_status en_derived_current(en_case *c, const char *kind, int version, json_t **about, en_error *err);
/* Stores the set in place of what there was, where the case can be written and still has that head; else it does
 * nothing. */
void en_derived_keep(const char *case_path, const char *kind, const char *head, const en_derived_set *set);
/* Whether the case stores just these values. */
en_status en_derived_same(en_case *c, const char *kind, const en_derived_set *set, bool *same, en_error *err);

/* Rebuilds what the case stores of its state now, and compares: the kinds that differ are named in `differ`, joined by
 * ", "; "" where none does. */
en_status en_app_check_derived(const char *case_path, int threads, const en_progress *progress, char differ[64],
                               en_error *err);

#endif
