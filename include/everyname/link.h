/* Which records are one person.
 *
 * In go a table of records and what its columns mean; out comes a cluster number for each record, with the weakest link
 * in each cluster, what the model learned and how it would err. Fellegi and Sunter (1969) over levels of agreement,
 * learned without labels; average-link clusters inside connected components; one record a person and list where a list
 * has no duplicates. Pure: no file, no clock but for phase times, no global state.
 */
#ifndef EVERYNAME_LINK_H
#define EVERYNAME_LINK_H

#include "everyname/base.h"
#include "everyname/table.h"
#include "everyname/when.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    EN_ROLE_NONE = 0,
    EN_ROLE_NAME,
    EN_ROLE_GIVEN,
    EN_ROLE_FAMILY,
    EN_ROLE_FATHER,
    EN_ROLE_MOTHER,
    EN_ROLE_SEX,
    EN_ROLE_BIRTH,
    EN_ROLE_BIRTH_YEAR,
    EN_ROLE_BIRTH_MONTH,
    EN_ROLE_BIRTH_DAY,
    EN_ROLE_AGE,
    EN_ROLE_EVENT_DATE,
    EN_ROLE_PLACE,
    EN_ROLE_ID_NUMBER,
    EN_ROLE_TEXT,
    EN_ROLE_EXACT,
    EN_ROLE_NUMBER,
    EN_ROLE_DATE
} en_role;
/* "name", "given", …; "text", "exact", "number", "date" are the generic ones, written text:COLUMN. */
const char *en_role_name(en_role role);
en_role en_role_of(en_str name); /* EN_ROLE_NONE where unknown */
/* What a column's header most likely means ("First name", "DOB", "fname_c1", "given_name", "sex"), by a table of header
 * words in several languages; EN_ROLE_NONE where not known. */
en_role en_role_guess(en_str header);

typedef struct en_link_field {
    en_role role;
    const char *column; /* in the table */
} en_link_field;

typedef enum { EN_JUDGED_SAME = 1, EN_JUDGED_DIFFERENT = 2 } en_judged;
typedef struct en_link_constraint {
    int64_t row_a, row_b;
    en_judged judged;
} en_link_constraint;

typedef struct en_link_options {
    size_t struct_size;
    const en_link_field *fields;
    size_t n_fields;
    const char *id_column;   /* NULL: rows are told apart by their bytes alone */
    const char *list_column; /* NULL: one list */
    bool one_per_list;       /* nobody twice in a list */
    en_date_order date_order;
    uint64_t seed;
    int threads;   /* 0: one a core */
    size_t memory; /* bytes it may use; 0: half of what is there, decided by the caller, else 2 GiB */
    const en_link_constraint *constraints; /* obeyed always */
    size_t n_constraints;
    const en_progress *progress;
} en_link_options;
#define EN_LINK_OPTIONS_INIT                                                                                           \
    { .struct_size = sizeof(en_link_options) }

typedef struct en_link_phase {
    char name[32];
    double seconds;
} en_link_phase;

/* What the model learned of one comparison. Arrays run over levels, best agreement first, "missing" not among them. */
enum { EN_LINK_LEVELS_MAX = 12, EN_LINK_RECORDS_MAX = 500000000 };
typedef struct en_link_comparison {
    char field[160];
    int n_levels;
    char level[EN_LINK_LEVELS_MAX][40];
    double m[EN_LINK_LEVELS_MAX], u[EN_LINK_LEVELS_MAX]; /* probabilities of the level among matches, non-matches */
} en_link_comparison;

typedef struct en_link_result {
    int64_t n_records, n_persons, pairs_compared, undecided_pairs;
    int32_t *person; /* n_records: cluster numbers 0..n_persons-1, in order of each cluster's first record by (list, id,
                        bytes) */
    float *weakest;  /* n_records: match probability of the weakest average link that joined the record's cluster; 1 for
                        one alone */
    int64_t *founder;         /* n_persons: the row that is first by (list, id, bytes) */
    char found_by[64];        /* "exhaustive comparison", "blocking: …" */
    double precision, recall; /* estimated from the model; NAN where it cannot be */
    double prior;             /* learned probability that a random pair is a match */
    double threshold;         /* match probability above which pairs were joined */
    int n_comparisons;
    en_link_comparison *comparisons;
    int n_phases;
    en_link_phase phases[16];
    char warnings[8][256];
    int n_warnings;
    /* Pairs left to people: the band around the threshold, most uncertain first; at most 10,000 kept, all counted
     * above. */
    int64_t n_undecided_kept;
    int64_t (*undecided)[2]; /* rows */
    float *undecided_probability;
} en_link_result;

/* Same input and seed, same result, on any number of threads; the same persons for any order of rows. */
en_status en_link(const en_table *records, const en_link_options *options, en_link_result *out, en_error *err);
void en_link_result_clear(en_link_result *result);

/* Pairwise and B-cubed agreement of two partitions of the same n records; entries are any labels. O(n log n). */
typedef struct en_link_score {
    double pair_precision, pair_recall, pair_f1, b3_precision, b3_recall, b3_f1;
} en_link_score;
en_status en_link_evaluate(const int32_t *person, const int32_t *truth, int64_t n, en_link_score *out, en_error *err);

#ifdef __cplusplus
}
#endif
#endif
