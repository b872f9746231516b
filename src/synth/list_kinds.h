/* What kinds of list there are: who keeps each, whom it tends to reach, how it writes, and what its columns are called.
 */
#ifndef EN_SYNTH_LIST_KINDS_H
#define EN_SYNTH_LIST_KINDS_H

#include "synth/people.h"

enum { LIST_COLUMNS_MAX = 12, N_LIST_KINDS = 8 };

typedef enum {
    CELL_ID = 0,
    CELL_GIVEN_FAMILY,        /* "Given Family" */
    CELL_GIVEN_FATHER_FAMILY, /* "Given Father Family" */
    CELL_GIVEN,
    CELL_FAMILY,
    CELL_FATHER,
    CELL_SEX,
    CELL_BIRTH,      /* 1961-03-30 */
    CELL_BIRTH_YEAR, /* 1961 */
    CELL_AGE,
    CELL_PLACE,
    CELL_DATE, /* of the event */
    CELL_STATUS,
    N_CELL_KINDS
} cell_kind;

typedef struct list_column {
    const char *header;
    cell_kind cell;
    double gap; /* share of rows in which nothing stands */
} list_column;

typedef struct list_kind {
    const char *file, *title, *source_kind, *relation;
    char prefix; /* of its ids: no two lists share an id */
    style writes;
    double reach;               /* about the share of people on it */
    double by_status[N_STATUS]; /* whom it reaches more or less often, on the logit scale */
    double duplicates;          /* share of its people who stand on it twice */
    bool two_releases;
    const char *sex[2], *status[2][N_STATUS]; /* its words; status by sex */
    list_column columns[LIST_COLUMNS_MAX];    /* the first is its id; a NULL header ends them */
} list_kind;

extern const list_kind list_kinds[N_LIST_KINDS];

#endif
