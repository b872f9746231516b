/* What the files that build an account share: the account so far and what it is made from. */
#ifndef EN_APP_ACCOUNT_PARTS_H
#define EN_APP_ACCOUNT_PARTS_H

#include "app/app.h"
#include "app/case_model.h"
#include "app/lineage.h"
#include "app/records.h"
#include "app/vocabulary.h"
#include "base/map.h"

/* Dimensions that records state; the rest follow from these, from rows and from which lists a person is on. */
enum { STATED = EN_ACCOUNT_STATED, STATED_NAME = STATED };

/* Any source of the case, also one without a list. */
typedef struct account_origin {
    en_id id;
    const char *title;
    int32_t group;    /* of independence; those of lists first, so that theirs are less than EN_LIMIT_LISTS */
    int32_t released; /* day of its newest release, or on which it was published; EN_DAY_MIN unknown */
    char grade;       /* 'A' to 'F'; 'G' not graded */
} account_origin;

/* What an age or a date can be: years, or days; low > high where nothing is said. */
typedef struct account_span {
    int32_t low, high;
} account_span;
#define ACCOUNT_NO_SPAN ((account_span){1, 0})

typedef struct account_place {
    en_id id;
    const char *name, *level;
    int32_t within; /* index; -1 none */
} account_place;

/* What a row, not a list, says of a record's value. */
typedef struct account_claim {
    int32_t record;
    int8_t dimension; /* STATED_NAME for a name */
    bool is_choice;   /* a reviewer's resolution; else one more that says so */
    bool is_applied;  /* a correction, which the record's stated value holds already: no voice of its own */
    bool is_aside;    /* of an act that killed nobody: a voice only where nothing else speaks of the property */
    en_id id;
    char letter;    /* of the row's kind */
    int32_t value;  /* number in `values`; -1 unknown */
    int32_t origin; /* index into origins; -1 none */
    int32_t group;  /* of independence, that of whoever is cited; -1 none */
    account_span span;
    int64_t order;
} account_claim;

/* What one record, or a row about it, says of a property. */
typedef struct account_voice {
    int32_t value; /* number in `values` */
    account_span span;
    uint64_t group;
    int32_t released;
    char grade;
} account_voice;
typedef struct account_voices {
    account_voice *of;
    int64_t n, cap;
    bool has_chosen; /* by a reviewer, the last one */
    account_voice chosen;
    int32_t civilian; /* the civilian status that the person shows, for whose rule is gathered */
} account_voices;

/* What follows from a status, by vocab/. */
typedef enum { FATE_NONE = 0, FATE_DEAD, FATE_ALIVE, FATE_OPEN } account_fate;
typedef struct account_status {
    account_fate fate;
    bool ends;                                /* a captivity or absence ended with it */
    int8_t ever;                              /* its bit in en_account_person.ever; -1 none */
    const char *code, *whereabouts, *revokes; /* "" none; lent by the model */
} account_status;

typedef struct account_builder {
    en_account *a;
    en_case *c;
    en_records records;
    en_text *text;
    en_vocabulary words[EN_VOCABULARIES];
    en_map values;             /* every distinct value of every stated dimension */
    const char **value_text;   /* terminated, in the arena, by number in `values` */
    int32_t *stated[STATED];   /* of each record: number in `values`, -1 unknown */
    bool *minor;               /* of each record: states an age that is or may be under 18 */
    account_span *ages;        /* of each record: age at the event */
    account_span *dates;       /* of each record: of the event */
    int32_t n_ages, n_dates;   /* of the account, so far */
    en_map places;             /* keys of place names in lists */
    account_place *place_rows; /* places of the case, in order of id */
    int64_t n_places, n_place_names;
    en_map place_names;      /* keys of their names */
    int32_t *place_of_name;  /* index into place_rows; less than 0 where two have it */
    int32_t *place_of_value; /* of each value of the place dimension: index into the account's places; -1 none */
    en_model model;
    int64_t up_to; /* ledger entry */
    int partition; /* whose persons: of the partitions that the link run drew; -1 the run's own */
    account_origin *origins;
    int64_t n_origins;
    int32_t *origin_of;    /* of each of the account's sources */
    account_claim *claims; /* by record, then as they were added */
    int64_t n_claims, claims_cap;
    en_lineage lineage;
    bool has_lineage;
    struct accuser *accuser;   /* of account_parties.c, while it works */
    struct account_kin *kin;   /* of account_kin.c, while it works */
    account_status *status_of; /* of each value of the status dimension, by number in `values` */
} account_builder;

/* One of the 64 bits that stand for groups of independence. Groups beyond share the last, which counts them as one. */
static inline uint64_t account_group_bit(int32_t group) {
    return group < 0 ? 0 : (uint64_t)1 << (group < 63 ? group : 63);
}

/* Zeroed room for n items in the account's arena; NULL when memory is short. */
static inline void *account_take(account_builder *b, int64_t n, size_t size) {
    return en_arena_alloc(b->a->arena, ((size_t)n + 1) * size);
}
/* What a record has under a role, trimmed; lent by the records. */
en_str account_cell(const account_builder *b, const char *role, int64_t row);

/* account_sources.c: sources, their releases, grades and independence groups. */
en_status account_describe_sources(account_builder *b, en_error *err);
int32_t account_find_origin(const account_builder *b, en_id source); /* index into origins; -1 none */
/* account_values.c: what each record states of each dimension, with corrections. */
en_status account_state_values(account_builder *b, en_error *err);
/* The number of the value that a property has, and its span where it is an age or a date; *dimension -1 for properties
 * that no dimension shows. "" is -1. */
en_status account_value_number(account_builder *b, const char *property, en_str written, int *dimension,
                               int32_t *number, account_span *span, en_error *err);
/* account_voices.c: what is said of a property of a person, and which of it the person shows. */
en_status account_gather_voices(const account_builder *b, const en_account_person *p, int dimension, account_voices *v,
                                en_error *err);
/* The number of the value shown by the written rule, -1 none; *rule is the weakest part of it that was needed. */
int32_t account_vote(const account_voices *v, en_rule *rule, bool *disputed);
/* account_persons.c: persons by the newest link run up to a ledger entry, and what each shows. */
en_status account_make_persons(account_builder *b, int64_t up_to, en_error *err);

/* account_places.c: names of places, and what each lies in. */
en_status account_load_places(account_builder *b, en_error *err);
/* What names are compared by; lent by the account's arena. */
en_status account_place_key(account_builder *b, en_str written, en_str *key, en_error *err);
/* The name of the place that a stored reference is of; "" none. */
en_status account_place_name(account_builder *b, const char *ref, const char **name, en_error *err);
en_status account_describe_places(account_builder *b, en_error *err); /* once all values are stated */

/* account_rows.c: rows of the model about persons, as they stood at the moment of the account. */
typedef en_status (*account_row_reader)(account_builder *b, const en_row *row, const json_t *body, en_error *err);
en_status account_each_row(account_builder *b, const char *kind, account_row_reader read, en_error *err);
/* Index of the current record that a stored reference to a record or person leads to; -1 none. */
en_status account_record_of(account_builder *b, const char *ref, int32_t *record, en_error *err);
/* Index into origins of a stored reference to a source; -1 none. */
en_status account_origin_of(account_builder *b, const char *ref, int32_t *origin, en_error *err);
/* Index of an incident of a stored reference; -1 none. */
en_status account_incident_of(account_builder *b, const char *ref, int32_t *incident, en_error *err);
en_status account_load_incidents(account_builder *b, en_error *err); /* before events */
en_status account_load_events(account_builder *b, en_error *err);    /* once records have their persons */
en_status account_load_verifications(account_builder *b, en_error *err);
en_status account_join_incidents(account_builder *b, en_error *err); /* persons with incidents */
/* Whose claim a row is for independence: index of a group, -1 none; *origin its source. */
en_status account_group_of(account_builder *b, const json_t *body, int32_t *group, int32_t *origin, en_error *err);

/* account_claims.c: corrections, statements, resolutions, and what acts say of properties. */
en_status account_load_claims(account_builder *b, en_error *err);
/* The claims of one record; *n of them. */
const account_claim *account_claims_of(const account_builder *b, int32_t record, int64_t *n);

/* account_fate.c: status over time, fate, whereabouts. */
account_status account_status_of(account_builder *b, const char *vocabulary, const char *code);
en_status account_tell_fates(account_builder *b, en_error *err); /* after what lists state was resolved */

/* account_parties.c: who is alleged to be responsible, once persons have their incidents. */
en_status account_join_parties(account_builder *b, en_error *err);

/* account_kin.c: families and lost parents. */
en_status account_join_families(account_builder *b, en_error *err);

#endif
