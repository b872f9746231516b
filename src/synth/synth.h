/* Synthetic lists with their truth: an invented event and invented people, and lists of it with the mistakes real lists
 * have.
 *
 * In goes a seed and what to make; out come tables: the truth (one row a person) and one table a list (a list can have
 * two releases). The same seed gives the same bytes. Names are built from syllables and belong to nobody.
 */
#ifndef EN_SYNTH_SYNTH_H
#define EN_SYNTH_SYNTH_H

#include "everyname/base.h"
#include "everyname/table.h"

enum { EN_SYNTH_LISTS_MAX = 8 };

typedef struct en_synth_options {
    int64_t people;    /* harmed people; default 2,400 */
    int lists;         /* 2..8; default 5 */
    double corruption; /* 0..1, share of values with a mistake; default .08 */
    uint64_t seed;
} en_synth_options;

typedef struct en_synth_list {
    char file[64];   /* "hospital-registers.csv" */
    char title[160]; /* "Registers of Karvel hospital (invented)" */
    char source_kind[40], relation[40];
    char release[16]; /* "1", "2"; "" where there is but one */
    en_table records; /* columns as that list calls them */
    int64_t *person;  /* owned: row of `truth` behind each record */
} en_synth_list;

typedef struct en_synth_result {
    en_table truth; /* person_id, name, given, father, family, sex, birth, age, status, date, place, lists */
    int n_lists;    /* tables, releases counted */
    en_synth_list lists[EN_SYNTH_LISTS_MAX * 2];
} en_synth_result;

en_status en_synth(const en_synth_options *options, en_synth_result *out, en_error *err);
void en_synth_clear(en_synth_result *result);

#endif
