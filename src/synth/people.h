/* The invented event and the people it harmed: households of parents, children and siblings in villages, with relatives
 * of nearly the same name. */
#ifndef EN_SYNTH_PEOPLE_H
#define EN_SYNTH_PEOPLE_H

#include "synth/name_bank.h"

enum { EVENT_YEAR = 1993, EVENT_DAYS = 21, PLACES_MAX = 96, N_STATUS = 3 };

typedef enum { SEX_MALE = 0, SEX_FEMALE } sex_of;
typedef enum { STATUS_KILLED = 0, STATUS_MISSING, STATUS_TAKEN } status_of;

typedef struct person {
    int32_t given, father, family; /* in the banks; given of `given[sex]`, father of `given[SEX_MALE]` */
    int16_t birth_year;
    uint8_t birth_month, birth_day, age, sex, status, place;
    uint8_t day;      /* of the event, 0..EVENT_DAYS-1 */
    uint8_t captured; /* bit i: on list i */
    float exposure;   /* how visible the person is to any list, on the logit scale */
} person;

typedef struct population {
    name_bank given[2], family, place;
    int64_t n;
    person *people; /* in the arena, in no order */
} population;

en_status population_make(population *out, int64_t people, uint64_t seed, en_arena *arena, en_error *err);
/* Month and day of a day of the event. */
void event_date(int day, int *month, int *day_of_month);

#endif
