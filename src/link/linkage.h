/* What the files of link share: records in canonical order, fields with their distinct values and level tables,
 * candidate pairs, and the model. Levels of agreement are bytes: 0 missing on either side, 1 the best agreement, and so
 * on. */
#ifndef EN_LINK_LINKAGE_H
#define EN_LINK_LINKAGE_H

#include "base/map.h"
#include "everyname/link.h"
#include "everyname/text.h"

/* Levels of names, the best first. A given name has LEVEL_SWAPPED, its place and the family name's changed, before
 * being different. Having the same consonants stands second, where blocking looks for it. */
enum {
    LEVEL_EQUAL = 1,
    LEVEL_CONSONANTS,
    LEVEL_ONE_OFF,
    LEVEL_SOUNDS,
    LEVEL_SHORT_FORM,
    LEVEL_VERY_SIMILAR,
    LEVEL_PART,
    LEVEL_SIMILAR,
    LEVEL_INITIAL,
    LEVEL_NAME_DIFFERENT,
    LEVEL_SWAPPED = LEVEL_NAME_DIFFERENT,
    LEVEL_SWAPS_DIFFERENT
};
/* Levels of places where a gazetteer knows some, the best first: by distance where it knows both, else by spelling. */
enum {
    PLACE_EQUAL = 1,
    PLACE_SAME,
    PLACE_ONE_OFF,
    PLACE_SOUNDS,
    PLACE_WITHIN_5_KM,
    PLACE_VERY_SIMILAR,
    PLACE_PART,
    PLACE_WITHIN_25_KM,
    PLACE_SIMILAR,
    PLACE_WITHIN_100_KM,
    PLACE_DIFFERENT
};
/* Levels of dates, the best first. */
enum {
    DATE_EQUAL = 1,
    DATE_DIGIT,
    DATE_SWAPPED,
    DATE_INCLUDES,
    DATE_TWO_PARTS,
    DATE_AGE_FITS,
    DATE_TWO_DIGITS,
    DATE_YEAR,
    DATE_NEAR,
    DATE_DIFFERENT
};

enum { FIELDS_MAX = EN_LINK_FIELDS_MAX, LEVELS_MAX = EN_LINK_LEVELS_MAX, LEVEL_SLOTS = 16 };

/* Nats that a level short of equality is worth more or less between two values than in general, at most. */
#define LINK_NEAR_MOST 3.0

/* Pairs at least so probable speak for being joined; those between the other two are left to people. */
#define LINK_THRESHOLD 0.5
#define LINK_UNDECIDED_LOW 0.1
#define LINK_UNDECIDED_HIGH 0.9

typedef enum { KIND_NAME, KIND_DATE, KIND_NUMBER, KIND_ID, KIND_TEXT, KIND_EXACT, KIND_SEX, KIND_PLACE } value_kind;

/* Names that a name can stand for: Bill for William. Numbers of the table of short forms, ascending. */
typedef struct short_forms {
    const int32_t *of;
    int32_t n;
} short_forms;

/* A point of the globe, as a vector of length 1. */
typedef struct link_point {
    double x, y, z;
} link_point;

/* A word of free text. */
typedef struct text_word {
    int32_t number; /* among the field's words */
    float weight;   /* log of the field's values to those that have it */
} text_word;

/* One word of a name of several. */
typedef struct name_word {
    en_str latin;
    en_sounds sounds;
    short_forms forms;
} name_word;
enum { NAME_WORDS_MAX = 8 };

/* One distinct value with what comparing it needs. All strings live in the arena. */
typedef struct link_value {
    en_str latin;        /* plain Latin, or the digits and letters of a number */
    en_str key;          /* skeletons of the tokens, sorted */
    uint64_t letters;    /* which letters occur once, twice: bounds what two values have in common */
    uint8_t extra;       /* letters not shown in `letters` */
    bool digits;         /* nothing but digits */
    uint64_t rare_words; /* of free text: a bit for each word that few values have */
    uint8_t initial;     /* 1: a single letter */
    uint8_t tokens;
    uint8_t n_words;        /* of a name of several words, as its parts have them: at most NAME_WORDS_MAX; else 0 */
    const name_word *words; /* likewise */
    en_sounds sounds;       /* of a name, its words run together */
    text_word *text_words;  /* of free text, each once, by number */
    int32_t n_text_words;
    double text_weight; /* of all of them */
    short_forms forms;  /* of a name of one word; of a place, those of `points` that bear its name */
    const link_point *points;
    bool has_date;       /* year is known */
    uint64_t packed;     /* YYYYMMDD, a byte a digit */
    int32_t year;        /* of the date */
    uint8_t month, day;  /* 0 unknown */
    int32_t first, last; /* days it can mean */
    bool century_open;   /* a year of two digits, for which `year` supposes the 20th century */
    bool from_age;       /* an interval of a year or two, as an age leaves for a birth */
    bool misread;        /* no date, though it has the digits of one: only `packed` counts */
    bool has_number;
    double low, high; /* of a number or a band such as 45-54 */
} link_value;

typedef struct link_glance link_glance;

typedef struct link_field {
    en_arena *arena; /* owns its values */
    en_role role;
    value_kind kind;
    char name[160];
    int n_levels;
    bool swaps; /* a given name that may stand in the family name's place: has LEVEL_SWAPPED */
    const char *const *level_names;
    int32_t n_values;            /* with 0, the missing value */
    link_value *values;          /* NULL where `latin` is kept */
    en_str *latin;               /* of each value of a field that has very many and needs no more of them; else NULL */
    struct link_glance *glances; /* of each value, where records are blocked and there is no table; else NULL */
    int32_t *code;               /* of each record */
    double *share;               /* of each value among the records that have one */
    float *rarity;               /* of each value: nats that agreeing on it is worth beyond agreeing on any */
    int64_t known;               /* records that have a value */
    double known_when_learned;   /* likewise, of the records that the shares are from */
    uint8_t *table;              /* n_values x n_values levels; NULL where it would be too large */
    float *near_share;           /* n_values x LEVEL_SLOTS: share of records at each level from a value, where there
                                    is a table; else NULL */
    float *near_rarity;          /* likewise: nats that the level is worth beyond the level from any value */
    double level_pairs[LEVEL_SLOTS]; /* record pairs of each level but equality, where there is a table */
} link_field;

/* Rules under which records meet, where not all are compared. */
typedef struct link_blocking {
    int n_rules; /* 0: still to be chosen */
    en_link_rule rules[EN_LINK_RULES_MAX];
    double missed;                     /* estimated share of the matches that meet under none */
    bool measured;                     /* what matches agree on was seen */
    double agreements[FIELDS_MAX][16]; /* share of matches that agree on each set of a field's keys, as bits */
} link_blocking;

/* A pattern of levels, and how many of the random pairs that were drawn have it. */
typedef struct link_pattern_count {
    uint64_t pattern;
    int32_t pairs;
} link_pattern_count;

typedef struct link_set {
    en_arena *arena;
    int32_t n;
    int32_t *row;  /* record -> row of the caller's table */
    int32_t *list; /* record -> list number, ascending */
    int32_t n_lists;
    int32_t *list_end; /* of each list: record after its last */
    bool one_per_list;
    bool by_rules;    /* a model says under which rules records meet */
    double log_prior; /* log odds that a random pair is a match, once there is a model */
    bool blocked;     /* so, or too many to compare all pairs */
    link_blocking blocking;
    link_pattern_count *patterns; /* of random pairs; NULL: none were drawn yet */
    size_t n_patterns;
    int n_fields;
    link_field fields[FIELDS_MAX];
    int given, family; /* fields that may stand swapped; -1 */
    int32_t
        *given_sound; /* of each record: a number for its given name's consonants, the same for a family name's; 0 */
    int32_t *family_sound; /* likewise */
    /* Of the model, adopted or usual. */
    double threshold;                               /* log odds above which an average link joins */
    double joins_at, undecided_low, undecided_high; /* probabilities, as users have them */
    int threads;
    size_t memory;
    uint64_t seed;
    const en_progress *progress;
    en_link_result *result; /* for warnings */
} link_set;

typedef struct link_pair {
    int32_t a, b;     /* records, a < b */
    uint64_t pattern; /* 4 bits a field */
    float rarity;     /* nats that agreeing on rare values adds */
    float weight;     /* log odds of a match, in nats */
} link_pair;

typedef struct link_pairs {
    link_pair *pairs;
    int64_t n, cap;
    int64_t compared;
    int32_t stride; /* every stride-th record was compared with those after it */
    double missed;  /* share of the matches that blocking lost, by the model */
} link_pairs;

typedef struct link_model {
    double n_pairs;                        /* that could be matches */
    double prior;                          /* of a random one of them */
    double agree[FIELDS_MAX][LEVEL_SLOTS]; /* shares of levels among all pairs */
    double m[FIELDS_MAX][LEVEL_SLOTS], u[FIELDS_MAX][LEVEL_SLOTS];
    double w[FIELDS_MAX][LEVEL_SLOTS];
    int parent[FIELDS_MAX];                            /* field that this one depends on among strangers; -1 */
    double lift[FIELDS_MAX][LEVEL_SLOTS][LEVEL_SLOTS]; /* [field][level of parent][level]: log of how often the two meet
                                                          among strangers to how often they would by chance */
    double shift, slope;          /* of the log odds, as judged pairs have it; 0 and 1 without any */
    double slips[FIELDS_MAX + 1]; /* nats for so many fields in disagreement beyond what they are worth one by one */
    /* Relatives: pairs of two persons who agree on what families share and are strangers in all else. */
    double relatives; /* prior of a random pair being such; 0 where not modelled */
    double r[FIELDS_MAX][LEVEL_SLOTS],
        wr[FIELDS_MAX][LEVEL_SLOTS]; /* as m and w; in fields families do not share, u and 0 */
} link_model;

static inline int pattern_level(uint64_t pattern, int field) { return (int)(pattern >> (4 * field) & 15); }

void link_warn(link_set *set, const char *fmt, ...) EN_PRINTF(2, 3);

/* prepare.c */
en_status link_prepare(const en_table *records, const en_link_options *options, link_set *set, en_error *err);
void link_set_clear(link_set *set);

/* levels.c */
void link_levels_describe(link_field *field);
int link_level(value_kind kind, const link_value *a, const link_value *b);
uint64_t link_packed_date(int year, int month, int day);
void link_read_date(en_str text, en_date_order order, link_value *out);
void link_value_letters(link_value *value);
bool link_next_token(en_str *rest, en_str *token);

/* level_table.c */
/* Of more records not all pairs are compared. */
enum { LINK_EXHAUSTIVE_MOST = 200000 };
en_status link_tables_fill(link_set *set, en_error *err);
static inline en_str link_value_latin(const link_field *f, int32_t v) {
    return f->latin ? f->latin[v] : f->values[v].latin;
}
/* A value with what comparing it needs; where only its letters are kept, made in `room`. */
static inline const link_value *link_value_at(const link_field *f, int32_t v, link_value *room) {
    if (!f->latin) return &f->values[v];
    *room = (link_value){.latin = f->latin[v]};
    link_value_letters(room);
    return room;
}
/* Adds up near_share over values with a share above `least`; where those are few records', being near a value is worth
 * the same for all. */
en_status link_near_shares(const link_set *set, link_field *f, double least, en_error *err);
static inline int link_value_level(const link_field *f, int32_t a, int32_t b) {
    int level = 0;
    if (f->latin) {
        link_value x, y;
        level = link_level(f->kind, link_value_at(f, a, &x), link_value_at(f, b, &y));
    } else {
        level = link_level(f->kind, &f->values[a], &f->values[b]);
    }
    return f->swaps && level == LEVEL_NAME_DIFFERENT ? LEVEL_SWAPS_DIFFERENT : level;
}
static inline int link_field_level(const link_field *f, int32_t a, int32_t b) {
    if (a == 0 || b == 0) return 0;
    return f->table ? f->table[(int64_t)a * f->n_values + b] : a == b ? 1 : link_value_level(f, a, b);
}
/* Given and family name of each record sound as the other's, and not as its own. */
static inline bool link_swapped(const link_set *set, int32_t a, int32_t b) {
    const int32_t *given = set->given_sound, *family = set->family_sound;
    return given[a] && family[a] && given[a] != family[a] && given[a] == family[b] && family[a] == given[b];
}
uint64_t link_pattern(const link_set *set, int32_t a, int32_t b, float *rarity);
/* Nats that the level is worth between these two values beyond what it is worth in general. */
static inline float link_value_rarity(const link_field *f, int level, int32_t a, int32_t b) {
    if (level == 1) return f->rarity[a];
    if (!f->near_rarity) return 0;
    return 0.5f * (f->near_rarity[(int64_t)a * LEVEL_SLOTS + level] + f->near_rarity[(int64_t)b * LEVEL_SLOTS + level]);
}

/* model.c */
en_status link_model_start(link_set *set, link_model *model, en_error *err);
en_status link_model_learn(link_set *set, const link_pairs *pairs, link_model *model, en_error *err);
void link_score_pair(const link_set *set, const link_model *model, link_pair *pair);
en_status link_score(const link_set *set, const link_model *model, link_pairs *pairs, en_error *err);
/* Nats that a field's level speaks for a match, once the level of the field it goes together with is known; `rarity`
 * those that its values add. */
double link_field_weight(const link_set *set, const link_model *model, const link_pair *pair, int k, double *rarity);
/* The sum over fields of what their levels and values are worth one by one. */
float link_plain_weight(const link_set *set, const link_model *model, const link_pair *pair);
/* Nats for how many fields disagree. */
double link_slips_weight(const link_set *set, const link_model *model, uint64_t pattern);
double link_comparable_pairs(const link_set *set);
/* Weights from m and u, and of rare values from their shares; leaves out, with a warning, what speaks against itself.
 */
void link_model_weigh(link_set *set, link_model *model);

/* Whether two fields agree together because families share both, which the class of relatives says already. */
bool link_relatives_explain(const link_set *set, const link_model *model, int f, int g);

/* dependence.c */
/* Draws the set's patterns of random pairs, once. */
en_status link_draw_patterns(link_set *set, double n_pairs, en_error *err);
en_status link_dependence_learn(link_set *set, link_model *model, en_error *err);

/* shared_model.c */
/* What was learned as users have it; `out` is theirs to clear, also after an error. */
en_status link_model_describe(const link_set *set, const link_model *model, en_link_model *out, en_error *err);
/* At what probabilities pairs are joined and left to people. */
void link_set_threshold(link_set *set, double joins_at, double undecided_low, double undecided_high);
/* A model from users, as it stands. */
en_status link_model_adopt(link_set *set, const en_link_model *from, link_model *model, en_error *err);

/* scan.c */
/* All pairs whose weight without the prior is at least `cut`; at most about `most`, the cut being raised where needed.
 */
en_status link_scan(link_set *set, const link_model *model, double cut, int64_t most, link_pairs *out, en_error *err);
/* The same from so many records only that about `pairs` pairs are compared. */
en_status link_scan_sample(link_set *set, const link_model *model, double cut, int64_t most, double pairs,
                           link_pairs *out, en_error *err);
/* Records to be compared with all others, but with none that is done. */
typedef struct link_frontier {
    const bool *in, *done; /* of each record */
    int32_t *records;      /* those in it, ascending */
    int32_t n;
} link_frontier;
/* What link_scan keeps of the frontier's pairs, with the same cut. */
en_status link_scan_frontier(link_set *set, const link_model *model, double cut, int64_t most,
                             const link_frontier *frontier, link_pairs *out, en_error *err);
void link_pairs_clear(link_pairs *pairs);
void link_pairs_order(link_pair *pairs, size_t n); /* by records */
en_status link_keep(link_pairs *pairs, link_pair pair, en_error *err);
/* Adds what n tasks kept, in their order, and clears it. */
en_status link_gather(link_pairs *to, link_pairs *from, size_t n, en_error *err);
/* First record that record a may be a pair with, of those after it. */
static inline int32_t link_first_partner(const link_set *set, int32_t a) {
    return set->one_per_list ? set->list_end[set->list[a]] : a + 1;
}

/* block.c */
typedef struct link_block_options {
    double cut;           /* pairs whose weight without the prior is less are not kept */
    double lightest;      /* nor are those whose log odds of a match are less */
    double most;          /* pairs to compare at most, about: a part of the records' pairs is taken; 0: all */
    const bool *frontier; /* of each record: only pairs with at least one of these; NULL: all */
} link_block_options;
/* Pairs that meet under a rule of set->blocking, which are chosen where there are none. By records, each once; the same
 * on any number of threads. */
en_status link_block(link_set *set, const link_model *model, const link_block_options *options, link_pairs *out,
                     en_error *err);
/* Sees in scored pairs what keys matches agree on, and lets rules be chosen anew by it. */
en_status link_block_learn(link_set *set, const link_pairs *pairs, en_error *err);
/* Rules as a model has them. */
void link_block_adopt(link_set *set, const en_link_model *model);

#endif
