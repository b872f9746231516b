/* What the page, report.json and the tables all show, worked out once: counts by each dimension with the place of their
 * trace, and what is held back.
 *
 * Protection without names: numbers of 1 to 4 of whom one may be living are withheld, but for unknown; where one alone
 * would be, the next smallest is too, in tables of two dimensions along each row and column. So that rows about persons
 * cannot be added up to what was withheld, a person who may be living is listed by id with status and records only,
 * never with sex, age, place or month, and is not listed under those. Since the dead are, a recorded number of sex,
 * age, place or month is withheld too where 1 to 4 in it may be living: it less the dead would be that number. A person
 * in a withheld cell of status or of list membership is not listed with it either.
 */
#ifndef EN_REPORT_FACTS_H
#define EN_REPORT_FACTS_H

#include "app/app.h"
#include "app/withdrawn.h"
#include "report/said.h"

/* Beyond this many persons the page lists none; persons.csv and records.csv beside it do. */
enum { EN_REPORT_PERSONS_MAX = 20000 };

typedef struct fact_row {
    const char *value[2]; /* of the table's dimensions */
    int64_t n, corroborated;
    bool withheld, corroborated_withheld; /* the number is not to be shown */
    const char *id, *corroborated_id;     /* that `trace` takes; NULL where it takes none */
    const int32_t *persons;               /* n indices of persons; never to be listed where withheld */
    int number;                           /* its trace is at #cNUMBER on the page */
} fact_row;

typedef struct fact_table {
    const char *key, *title; /* "status-sex", "Status by sex" */
    int n_by;
    en_dimension by[2];
    int64_t n_rows;
    fact_row *rows;
    bool has_corroborated;
    bool hides_living; /* those who may be living are not listed one by one */
    en_count recorded, agreed;
} fact_table;

typedef enum {
    FACT_STATUS,
    FACT_SEX,
    FACT_AGE,
    FACT_PLACE,
    FACT_MONTH,
    FACT_SOURCE,
    FACT_LISTS,
    FACT_PATTERN,
    FACT_STATUS_SEX,
    FACT_STATUS_AGE,
    FACT_TABLES
} fact_table_name;

enum { FACT_STATED = FACT_MONTH + 1 }; /* tables of what records state of a person */
enum { HIDE_NAME = 1, HIDE_VALUES = 2, HIDE_STATUS = 4, HIDE_RECORDS = 8 };

typedef struct facts {
    const en_account *account;
    const en_app_estimate *estimate; /* NULL where there is none */
    en_report_said *said;            /* NULL where nothing is stated */
    bool names;
    bool lists_persons; /* few enough to be listed on the page */
    const char *title;  /* file name of the case without its ending */
    en_arena *arena;
    en_count level[3]; /* totals at each level */
    fact_row total;
    fact_table tables[FACT_TABLES];
    fact_row disputed[FACT_STATED]; /* persons whose sources differ */
    unsigned char *hide;            /* of each person: HIDE_ bits */
    bool *left_out;                 /* of each person: consent was taken back; counted, and listed nowhere */
    int64_t n_left_out;
    en_sdg_table sdg; /* shown where it has what it needs */
    en_count sdg_counts[EN_SDG_QUERIES];
    int n_numbers;
} facts;

/* Whoever took back consent to what the facts leave the case for is left out; `withdrawn` NULL: nobody did. */
en_status facts_open(const en_account *account, const en_app_estimate *estimate, bool names,
                     const en_withdrawn *withdrawn, facts *out, en_error *err);
void facts_clear(facts *f);

/* facts_sdg.c */
en_status facts_make_sdg(facts *f, en_error *err);
void facts_clear_sdg(facts *f);

/* The row of a table with this value of its first dimension (and of its second; NULL where it has but one). NULL where
 * no person is in it. */
const fact_row *facts_find(const fact_table *table, const char *first, const char *second);
/* Whether a table lists this person under its number. */
bool facts_lists(const facts *f, const fact_table *table, int32_t person);
/* The value a person may be shown with; NULL where it is held back. */
const char *facts_value(const facts *f, int32_t person, en_dimension dimension);
/* "A", "B", … "Z", "AA"; buf of at least 4 bytes. */
const char *facts_letter(int64_t source, char *buf);
const char *facts_dimension_title(en_dimension dimension);

#endif
