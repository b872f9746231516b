/* Ages as lists write them, and the groups that a count puts them into. */
#ifndef EN_APP_AGES_H
#define EN_APP_AGES_H

#include "everyname/base.h"

enum { EN_AGE_MOST = 130, EN_AGE_GROUPS = 64, EN_AGES_TEXT = 512 };

/* The years that an age can be: "34", "17-18", "60+", "under 5", "8 months". False where it is no age. */
bool en_age_read(en_str cell, int *least, int *most);

typedef struct en_age_scheme {
    int n;
    struct {
        int low, high;
        char name[12]; /* "5-17", "60+" */
    } of[EN_AGE_GROUPS];
    char text[EN_AGES_TEXT]; /* "0-17,18-59,60+" */
} en_age_scheme;
extern const en_age_scheme en_ages_default; /* child, adult, older: 0-17,18-59,60+ */

/* "0-4,5-17,18-59,60+" in rising order, or a name: default, five-year, sdg (indicator 16.1.2: 0-17,18+).
 * EN_ERR_USAGE where it is neither. */
en_status en_ages_parse(const char *text, en_age_scheme *out, en_error *err);
/* The group that an age of `least` to `most` years lies in: NULL where it can be in several, "outside" where it is in
 * none. Lent by the scheme. */
const char *en_age_group_of(const en_age_scheme *scheme, int least, int most);

#endif
