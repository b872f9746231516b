/* Stated, recorded and estimated side by side: every figure with who says it, the count of persons that the records
 * support for the same thing, the estimate where one can be made for the same persons, and in words how any two of them
 * differ. The three kinds of number are never added to one another.
 */
#ifndef EN_APP_COMPARE_H
#define EN_APP_COMPARE_H

#include "app/stated.h"

typedef struct en_compare_options {
    const char *incident;                /* id, key or title; NULL: all figures */
    bool unplaced;                       /* figures alone that belong to no incident */
    const en_estimate_request *estimate; /* NULL: none is made */
    bool show_small;
} en_compare_options;

typedef struct en_compared_count {
    int64_t n;
    bool withheld;
    const char *id; /* c:… */
} en_compared_count;

/* What records say of what figures of one category, group and unit count. */
typedef struct en_compared_recorded {
    const char *category, *group, *unit;
    const char *how;    /* the rule of the count; "" where it cannot be made */
    const char *cannot; /* why not; "" where it can */
    en_compared_count level[3];
} en_compared_recorded;

typedef enum {
    EN_DIFFERS_CATEGORY = 0,
    EN_DIFFERS_UNIT,
    EN_DIFFERS_GROUP,
    EN_DIFFERS_PART, /* one is part of a total, the other is not */
    EN_DIFFERS_PLACE,
    EN_DIFFERS_DATE, /* of the event */
    EN_DIFFERS_PERIOD,
    EN_DIFFERS_CUMULATIVE,
    EN_DIFFERS_BOUNDS,
    EN_DIFFERS_MODALITY,
    EN_DIFFERS_DEFINITION,
    EN_DIFFERS_SAID_ON,
    EN_DIFFERS_LEVEL,
    EN_DIFFERS_KIND, /* stated, recorded, estimated */
    EN_DIFFERS_NOWHERE,
    EN_DIFFERENCES
} en_difference_aspect;
const char *en_difference_name(en_difference_aspect aspect);
typedef struct en_difference {
    const char *between[2]; /* ids */
    unsigned aspects;       /* a bit each */
    const char *why;
} en_difference;

typedef struct en_check {
    const char *kind; /* part_beyond_total, parts_beyond_total, groups_overlap, cumulative_falls, total_repeated */
    int n;
    const char **figures; /* ids */
    const char *what;
} en_check;

typedef struct en_comparison {
    en_arena *arena;
    const en_stated *stated; /* lent */
    int32_t incident;        /* -1: all */
    int64_t n_figures;
    int32_t *figures;       /* in order of category, group, date and id */
    const char *restricted; /* to whom recorded numbers are restricted, in words */
    en_count recorded[3];   /* by status, at each level */
    int64_t n_recorded;
    en_compared_recorded *beside; /* in order of figures */
    int32_t *beside_of;           /* of each of `figures`: index into beside */
    bool is_of_all;               /* recorded numbers are of every person of the case */
    bool has_estimate;
    en_app_estimate estimate;
    const char *no_estimate; /* why there is none */
    int64_t n_differences, n_checks;
    en_difference *differences;
    en_check *checks;
} en_comparison;

/* `stated` and `account` are of the same case and have to outlive *out. EN_ERR_CONFLICT where they are of two moments.
 */
en_status en_compare(const en_account *account, const en_stated *stated, const en_compare_options *options,
                     en_comparison *out, en_error *err);
void en_comparison_clear(en_comparison *comparison);

#endif
