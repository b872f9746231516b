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
/* What people decided about two rows: obeyed always, and the model learns from it. */
typedef struct en_link_constraint {
    int64_t row_a, row_b;
    en_judged judged;
} en_link_constraint;

/* ---- the model ---- */

enum { EN_LINK_LEVELS_MAX = 12, EN_LINK_FIELDS_MAX = 16, EN_LINK_RULES_MAX = 24, EN_LINK_RECORDS_MAX = 500000000 };

/* How frequent a value is among the records that have one. */
typedef struct en_link_term {
    en_str value; /* as compared: plain Latin; lent by the model */
    double share;
} en_link_term;

/* What the model says of one comparison. Arrays run over levels, best agreement first, "missing" not among them. */
typedef struct en_link_comparison {
    char field[160];
    en_role role;
    int n_levels;
    char level[EN_LINK_LEVELS_MAX][40];
    double m[EN_LINK_LEVELS_MAX], u[EN_LINK_LEVELS_MAX]; /* probabilities of the level among matches, non-matches */
    double relatives[EN_LINK_LEVELS_MAX];                /* among relatives; as u where they are not modelled */
    int depends_on; /* comparison that this one goes together with among strangers, as a postcode with a town; -1 */
    double lift[EN_LINK_LEVELS_MAX][EN_LINK_LEVELS_MAX]; /* [level of that][level]: log of how often strangers are at
                                                            both to how often they would be by chance */
    double known;                                        /* records that have a value, when the model was learned */
    int64_t n_terms;                                     /* values that two records or more have, most frequent first */
    en_link_term *terms;
} en_link_comparison;

/* What of a value has to agree for records to meet. */
typedef enum {
    EN_KEY_VALUE = 0, /* all of it */
    EN_KEY_SOUND,     /* the consonants of a name */
    EN_KEY_HEAD,      /* its first letters or digits */
    EN_KEY_TAIL,      /* its last ones */
    EN_KEY_YEAR,      /* of a date */
    EN_KEY_MONTH,     /* year and month */
    EN_KEY_DAY        /* month and day */
} en_link_key;
const char *en_link_key_name(en_link_key key); /* "value", "sound", "head", "tail", "year", "month", "day" */
bool en_link_key_of(en_str name, en_link_key *out);

/* Records meet under a rule that agree on one field, or on two: numbers of comparisons, `second` -1 for one. */
typedef struct en_link_rule {
    int first, second;
    en_link_key first_key, second_key;
} en_link_rule;

/* All that decides a linkage but the records: can be written, changed, read and used again, which freezes it. */
typedef struct en_link_model {
    int key_version;     /* of the rules by which names become keys, EN_TEXT_KEY_VERSION */
    double prior;        /* probability that a random pair is a match */
    double relatives;    /* that it is two relatives; 0: not modelled */
    double shift, slope; /* of a pair's log odds, as judged pairs have it: shift + slope x odds; 0 and 1 without any */
    double slips[EN_LINK_FIELDS_MAX + 1]; /* nats for a pair that disagrees in so many fields, beyond what they are
                                             worth one by one */
    double threshold;                     /* match probability above which pairs speak for being joined */
    double undecided_low, undecided_high; /* pairs with probabilities between are for people to decide */
    int n_comparisons;
    en_link_comparison comparisons[EN_LINK_FIELDS_MAX];
    int n_rules; /* 0: all pairs were compared */
    en_link_rule rules[EN_LINK_RULES_MAX];
    en_arena *arena; /* owns the terms */
} en_link_model;
void en_link_model_clear(en_link_model *model);

/* ---- linking ---- */

/* What pairs are asked for: those whose labels would teach the model most, or a sample that says how well it does. */
typedef enum { EN_ASK_TO_LEARN = 0, EN_ASK_TO_EVALUATE } en_link_purpose;

/* Two names that are one in use, such as a short form: compared as a level of its own. Any script. */
typedef struct en_link_nickname {
    en_str name, other;
} en_link_nickname;

/* Where a place is, in degrees. Several names may share coordinates, and one name may have several. */
typedef struct en_link_place {
    en_str name;
    double latitude, longitude;
} en_link_place;

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
    const en_link_constraint *constraints;
    size_t n_constraints;
    const en_link_model *model; /* used as it is, its fields by name; NULL: learned */
    const en_link_nickname *nicknames;
    size_t n_nicknames;
    const en_link_place *places;
    size_t n_places;
    int partitions; /* plausible partitions to draw */
    int ask;        /* pairs to ask people about */
    en_link_purpose purpose;
    const int32_t *previous; /* person of each row in an earlier linkage under the same model, -1 for rows that came
                                since; NULL: all are new. Only what new rows touch is decided anew. */
    const en_progress *progress;
} en_link_options;
#define EN_LINK_OPTIONS_INIT                                                                                           \
    { .struct_size = sizeof(en_link_options) }

typedef struct en_link_phase {
    char name[32];
    double seconds;
} en_link_phase;

/* A pair for people to judge. A sample for evaluation is stratified by probability: each pair stands for `stands_for`
 * pairs of its stratum. */
typedef struct en_link_asked {
    int64_t row_a, row_b;
    float probability;
    bool joined;
    int stratum;
    double stands_for;
} en_link_asked;

/* What a chart shows of a linkage. */
typedef struct en_link_threshold {
    double probability; /* were pairs at least this probable the matches … */
    double pairs;
    double precision, recall; /* … by the model's own probabilities */
} en_link_threshold;
typedef struct en_link_charts {
    int n_thresholds;
    en_link_threshold thresholds[64];
    int n_sizes; /* clusters of 1, 2, … records; the last one: so many or more */
    int64_t sizes[32];
    /* Records that could not be linked with certainty even to a copy of themselves: those whose agreement on all that
     * they hold reaches less than each probability. */
    int n_unlinkable;
    double unlinkable_at[16];
    int64_t unlinkable[16];
    /* What blocking made and missed. */
    int n_rules;
    en_link_rule rules[EN_LINK_RULES_MAX];
    int64_t rule_pairs[EN_LINK_RULES_MAX]; /* pairs that no earlier rule made */
    double missed;                         /* estimated share of the matches that meet under no rule */
} en_link_charts;

typedef struct en_link_result {
    int64_t n_records, n_persons, pairs_compared, undecided_pairs;
    int32_t *person; /* n_records: cluster numbers 0..n_persons-1, in order of each cluster's first record by (list, id,
                        bytes) */
    float *weakest;  /* n_records: match probability of the weakest average link that joined the record's cluster; 1 for
                        one alone */
    int64_t *founder;         /* n_persons: the row that is first by (list, id, bytes) */
    char found_by[160];       /* "exhaustive comparison", "blocking: …" */
    double precision, recall; /* estimated from the model; NAN where it cannot be */
    en_link_model model;
    int n_phases;
    en_link_phase phases[16];
    char warnings[8][256];
    int n_warnings;
    /* Pairs left to people: the band around the threshold, most uncertain first; at most 10,000 kept, all counted
     * above. */
    int64_t n_undecided_kept;
    int64_t (*undecided)[2]; /* rows */
    float *undecided_probability;
    int n_partitions;
    int32_t *partitions; /* n_partitions times n_records: persons, numbered as above */
    int64_t n_asked;
    en_link_asked *asked;
    int64_t n_decided_anew; /* records; n_records where nothing was known before */
    en_link_charts charts;
} en_link_result;

/* Same input and seed, same result, on any number of threads; the same persons for any order of rows. */
en_status en_link(const en_table *records, const en_link_options *options, en_link_result *out, en_error *err);
void en_link_result_clear(en_link_result *result);

/* ---- explanation ---- */

typedef struct en_link_field_weight {
    int comparison; /* in the model */
    int level;      /* 0 missing, 1 the best agreement, … */
    en_str a, b;    /* as compared; lent by the explanation's arena */
    double weight;  /* nats for a match */
    double rarity;  /* nats of it for agreeing on a rare value */
} en_link_field_weight;
typedef struct en_link_explanation {
    int64_t row_a, row_b;
    double probability, total;                           /* nats; prior + slips + relatives + fields = total */
    double prior_weight, slips_weight, relatives_weight; /* slips: for how many fields disagree */
    int n_fields;
    en_link_field_weight fields[EN_LINK_FIELDS_MAX];
    /* What would change the answer: the field whose agreement (or disagreement) alone would bring the pair over the
     * threshold, -1 where no single field does; the level it would need. */
    int decisive, decisive_level;
} en_link_explanation;
/* Explains pairs of rows of a table under `options->model`, which is needed. `arena` lends the values. */
en_status en_link_explain(const en_table *records, const en_link_options *options, const int64_t (*pairs)[2],
                          size_t n_pairs, en_arena *arena, en_link_explanation *out, en_error *err);

/* ---- evaluation ---- */

/* Precision and recall from judged pairs of a sample asked for with EN_ASK_TO_EVALUATE, with intervals at `level`
 * (stratified estimator; bootstrap over pairs within strata, from `seed`). same[i] is what people said of asked[i].
 * Where some pairs of a stratum were not judged, raise `stands_for` of the others so that they stand for it whole. */
typedef struct en_link_sampled {
    double precision, precision_low, precision_high, recall, recall_low, recall_high;
    int64_t judged;
} en_link_sampled;
en_status en_link_evaluate_sample(const en_link_asked *asked, const bool *same, int64_t n, double level, uint64_t seed,
                                  en_link_sampled *out, en_error *err);

/* Pairwise, B-cubed and exact-cluster agreement of two partitions of the same n records; entries are any labels. O(n
 * log n). */
typedef struct en_link_score {
    double pair_precision, pair_recall, pair_f1, b3_precision, b3_recall, b3_f1;
    double cluster_precision, cluster_recall, cluster_f1; /* clusters that are exactly one true person's */
} en_link_score;
en_status en_link_evaluate(const int32_t *person, const int32_t *truth, int64_t n, en_link_score *out, en_error *err);

#ifdef __cplusplus
}
#endif
#endif
