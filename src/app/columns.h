/* Persons as columns: of each dimension a dictionary of what persons have, and a code a person. Counts scan these in
 * place of reading every list again. A dictionary entry is a list of values, since a person can be on several sources.
 */
#ifndef EN_APP_COLUMNS_H
#define EN_APP_COLUMNS_H

#include "app/app.h"
#include "app/derived.h"

#define EN_COLUMNS_KIND "columns"
enum { EN_COLUMNS_VERSION = 2 };

typedef struct en_person_column {
    bool loaded;
    int32_t n_entries;
    int32_t *first;      /* of entry i: values[first[i]..first[i + 1]) */
    const char **values; /* terminated */
    const uint8_t *codes;
    int width; /* bytes a code, the lowest first: 1, 2 or 4 */
} en_person_column;

enum { EN_TRAIT_LIVING = 1, EN_TRAIT_CORROBORATED = 2, EN_TRAIT_VERIFIED = 4 };
typedef struct en_columns {
    en_arena *arena;
    en_case *c; /* lent */
    char head[65], run[EN_ID_TEXT];
    int64_t n_persons, undecided_pairs, unreviewed_merges;
    bool link_is_stale;
    const uint8_t *traits;
    en_person_column of[EN_DIMENSIONS];
    en_person_column spans[2]; /* ages and dates as sources state them, from which groups are worked out */
} en_columns;

en_status en_columns_make(const en_account *account, en_derived_set *out, en_error *err);
/* *there: false where the case has none of its state now. */
en_status en_columns_open(en_case *c, en_columns *out, bool *there, en_error *err);
/* Under the query's groups of ages and dates. *there: false where it is not stored, or cannot be read. Of a dimension
 * that is grouped, or a level of places, the column is worked out anew each time. */
en_status en_columns_load(en_columns *columns, const en_count_query *query, en_dimension dimension, bool *there,
                          en_error *err);
void en_columns_clear(en_columns *columns);

static inline uint32_t en_column_code(const en_person_column *c, int64_t person) {
    const uint8_t *at = c->codes + person * c->width;
    uint32_t code = at[0];
    if (c->width > 1) code |= (uint32_t)at[1] << 8;
    if (c->width > 2) code |= (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    return code;
}

/* Flags of the persons that meet the query's level and conditions, in the columns' arena. *answers: false where columns
 * cannot tell, since a value is not among theirs or means more than itself. */
en_status en_columns_select(en_columns *columns, const en_count_query *query, bool **selected, bool *answers,
                            en_error *err);
/* As en_account_count, but for lists of persons. *answers: false where only the account can answer; `out` is empty. */
en_status en_columns_count(en_columns *columns, const en_count_query *query, en_count *out, bool *answers,
                           en_error *err);

#endif
