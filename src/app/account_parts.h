/* What the files that build an account share: the account so far and what it is made from. */
#ifndef EN_APP_ACCOUNT_PARTS_H
#define EN_APP_ACCOUNT_PARTS_H

#include "app/app.h"
#include "app/records.h"
#include "app/vocabulary.h"
#include "base/map.h"

/* Dimensions that records state; the rest follow from which lists a person is on. */
enum { STATED = EN_DIM_MONTH + 1 };

typedef struct account_builder {
    en_account *a;
    en_case *c;
    en_records records;
    en_text *text;
    en_vocabulary status;
    en_map values;           /* every distinct value of every stated dimension */
    const char **value_text; /* terminated, in the arena, by number in `values` */
    int32_t *stated[STATED]; /* of each record: number in `values`, -1 unknown */
    bool *minor;             /* of each record: states an age that is or may be under 18 */
    int32_t *group;          /* of each source: its independence group */
    en_map places;           /* keys of place names */
} account_builder;

/* Zeroed room for n items in the account's arena; NULL when memory is short. */
static inline void *account_take(account_builder *b, int64_t n, size_t size) {
    return en_arena_alloc(b->a->arena, ((size_t)n + 1) * size);
}
/* What a record has under a role, trimmed; lent by the records. */
en_str account_cell(const account_builder *b, const char *role, int64_t row);

/* account_sources.c: sources, their releases and independence groups. */
en_status account_describe_sources(account_builder *b, en_error *err);
/* account_values.c: what each record states of each dimension. */
en_status account_state_values(account_builder *b, en_error *err);
/* account_persons.c: persons by the newest link run up to a ledger entry, and what each shows. */
en_status account_make_persons(account_builder *b, int64_t up_to, en_error *err);

#endif
