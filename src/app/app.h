/* Use cases: read the case file (or plain files), compute, record the result. What the command line, the report and the
 * server call. Nothing here prints. Results own one arena each; clear them with their _clear.
 */
#ifndef EN_APP_APP_H
#define EN_APP_APP_H

#include "everyname/base.h"
#include "everyname/casefile.h"
#include "everyname/estimate.h"
#include "everyname/link.h"
#include "everyname/table.h"
#include "everyname/when.h"

/* A case is an SQLite file, or a path that ends as one does; anything else is a list. */
bool en_app_is_case(const char *path);

/* ---- import ---- */

typedef struct en_import_options {
    const char *actor;
    const char *file;     /* path; its base name becomes the capture's URL */
    en_str bytes;         /* in place of the file's, which then only gives the name; .ptr NULL: none */
    en_id after;          /* with `bytes`: the source's newest release that they continue; another is EN_ERR_CONFLICT */
    en_source source;     /* title is needed; an existing title makes a new release of that source */
    const char *released; /* EDTF, NULL unknown */
    const char *map_file; /* JSON {"COLUMN":"ROLE"}; NULL: mapped by header */
    const char *save_map_file; /* such a file is written here; NULL none */
    const char *item_grade;    /* of what the list says, a term of vocab/item_grade.json; by source.graded_by */
    en_date_order date_order;
    const char *encoding, *sheet; /* NULL: detected, first */
    char delimiter;               /* 0: detected */
    int64_t header_row;           /* line or row of the sheet that names the columns; 0: the first */
    bool dry_run, skip_rejected;
    int threads;
    const en_progress *progress;
    /* The collection record, where it was not collected by this very command: who (NULL: the actor), with what (NULL:
     * this program), from where (NULL: the file's name), when (seconds since 1970 UTC; 0: now). */
    const char *collected_by, *collected_with, *url;
    int64_t collected_at;
} en_import_options;
/* Puts the collection record into a capture. */
void en_import_collected(const en_import_options *options, const char *otherwise_url, en_capture *capture);

typedef struct en_import_result {
    en_arena *arena;
    const char *source, *release, *format, *encoding;
    char delimiter;
    int64_t rows, imported;
    en_read_report read; /* rejects in it */
    int64_t n_columns;
    const char **columns, **roles; /* role NULL: kept as it is */
    bool has_previous;             /* an older release of the source was there */
    int64_t added, changed, removed, unchanged;
    int64_t inner_rows;           /* of the model, that the list's rows hold: acts.1.kind … */
    char last_record[EN_ID_TEXT]; /* id of the last row; "" in a dry run */
    bool dry_run;
    en_table preview; /* dry run: first ten rows, as they came */
    en_table read_as; /* and as they will be read: roles with their values */
    char entry[EN_ID_TEXT], root[65];
} en_import_result;
en_status en_app_import(const char *case_path, const en_import_options *options, en_import_result *out, en_error *err);
void en_import_result_clear(en_import_result *result);

/* ---- add: rows of any kind of the model ---- */

typedef struct en_add_options {
    const char *actor, *kind;
    const char *const *fields; /* "MEMBER=VALUE"; one row */
    size_t n_fields;
    const char *file;             /* CSV, JSON Lines, XLSX or XLS: a row each; NULL: the fields */
    const char *encoding, *sheet; /* of the file; NULL: as en_read_options has them */
    const char *map_file;         /* JSON {"COLUMN":"MEMBER"|null}; NULL: columns are named as members */
    const char *save_map_file;    /* such a file is written here */
    en_date_order date_order;     /* of dates that are not EDTF */
    bool dry_run;
    const en_progress *progress;
} en_add_options;

enum { EN_ADD_KINDS = 16, EN_ADD_SHOWN = 10 };
typedef struct en_add_result {
    en_arena *arena;
    int64_t rows; /* nested ones too */
    int n_kinds;  /* how many of each kind, in order of first appearance */
    const char *kinds[EN_ADD_KINDS];
    int64_t counts[EN_ADD_KINDS];
    int n_before; /* the first rows as the file has them */
    const char *before[EN_ADD_SHOWN];
    int n_shown; /* the first rows as they are stored */
    struct {
        const char *id, *after;
    } shown[EN_ADD_SHOWN];
    bool dry_run;
    char entry[EN_ID_TEXT], root[65];
} en_add_result;
/* One ledger entry, all rows or none. What rows may hold: docs/data-model.md. The kind "record" adds a row to a list
 * that is kept by hand: fields are its columns, and "source" the list's title. */
en_status en_app_add(const char *case_path, const en_add_options *options, en_add_result *out, en_error *err);
void en_add_result_clear(en_add_result *result);

/* ---- link ---- */

/* What linkage takes and gives beside lists and persons, for plain files and cases alike. Paths; NULL none. */
typedef struct en_link_extras {
    const char *model_file;      /* used as it stands, nothing is learned */
    const char *save_model_file; /* the model that was used is written here */
    const char *nicknames_file;  /* name,nickname */
    const char *places_file;     /* name,latitude,longitude */
    const char *labels_file;     /* rec_id_a,rec_id_b,same: what people decided; binds, and the model learns from it */
    const char *ask_file;        /* pairs for people to judge are written here … */
    int ask;                     /* … so many of them */
    en_link_purpose purpose;
    const char *sample_file;     /* pairs asked for to evaluate, with what people judged */
    int partitions;              /* plausible partitions to draw */
    const char *partitions_file; /* rec_id,p1,p2,… */
    const char *histories_file;  /* LIST,…,count; with partitions rep,LIST,…,count */
} en_link_extras;

/* A person of one link run, and what it is in another. */
typedef struct en_person_change {
    en_id id;
    int64_t n;
    en_id *other_ids;
    const char *person, **others; /* the same, printed */
} en_person_change;
typedef struct en_link_changes {
    en_arena *arena;
    bool compared; /* there was a run before */
    int64_t gone;  /* persons of it of whom no record is current */
    int64_t n_merged, n_split;
    en_person_change *merged, *split; /* persons now that were several; persons before that are several now */
} en_link_changes;

typedef struct en_app_link_options {
    const char *actor;
    bool one_per_list;
    bool incremental; /* under the model, seed and one_per_list of the last run; only what came or changed since, and
                         what it meets, is decided anew */
    uint64_t seed;
    int threads;
    size_t memory;
    en_link_extras extras;
    const en_progress *progress;
} en_app_link_options;
typedef struct en_app_link_result {
    en_link_result link;
    char run[EN_ID_TEXT], entry[EN_ID_TEXT];
    double seconds_reading, seconds_writing;
    int64_t labels, labels_unsure; /* of the file of labels */
    en_link_changes changes;       /* of a case: against the run before */
    bool incremental;
    bool has_sampled;
    en_link_sampled sampled; /* from the judged sample, intervals at EN_SAMPLED_LEVEL */
} en_app_link_result;
#define EN_SAMPLED_LEVEL .95
en_status en_app_link(const char *case_path, const en_app_link_options *options, en_app_link_result *out,
                      en_error *err);
void en_app_link_result_clear(en_app_link_result *result);

typedef struct en_link_files_options {
    const char *const *files; /* CSV, JSON Lines, XLSX or XLS */
    size_t n_files;
    const char *fields;                  /* "given=first_name,text:notes"; NULL: by header, file by file */
    bool generic;                        /* in place of headers: every column, by what it holds */
    const char *id_column, *list_column; /* NULL: found by header, or the row's number; one list a file */
    const char *truth_file;              /* rec_id,entity_id; NULL none */
    const char *out_file;                /* rec_id,person_id; NULL none */
    en_date_order date_order;
    bool one_per_list;
    uint64_t seed;
    int threads;
    size_t memory;
    en_link_extras extras;
    const en_progress *progress;
} en_link_files_options;
/* Plain files in, a plain file out. *scored says whether *score was filled from the truth. */
en_status en_app_link_files(const en_link_files_options *options, en_app_link_result *out, bool *scored,
                            en_link_score *score, en_error *err);

/* ---- explain ---- */

typedef struct en_explained_pair {
    const char *a, *b;  /* ids */
    bool known, joined; /* whether the linkage has them as one person, where that is known */
    en_link_explanation why;
} en_explained_pair;
typedef struct en_app_explanation {
    en_arena *arena;
    en_link_model model; /* its comparisons and levels have the names */
    const char *person;  /* id; NULL where two records were asked about and are not one person */
    int64_t n_records;   /* of the person; 0 where two records were asked about */
    int64_t n_left_out;  /* of a very large person: records that were not looked at */
    /* The two records asked about; or the links that hold the person together, the weakest first: of the trees over its
     * records, the one with the most probable links. */
    int64_t n_pairs;
    en_explained_pair *pairs;
} en_app_explanation;
/* Why a case's newest link run takes two records (r:) for one person or not, or what holds a person (p:) together. `b`
 * NULL for a person. */
en_status en_app_explain(const char *case_path, const char *a, const char *b, const en_app_link_options *options,
                         en_app_explanation *out, en_error *err);
/* The same for two records of plain files: by the model that options->extras names, else the files are linked first. */
en_status en_app_explain_files(const en_link_files_options *options, const char *a, const char *b,
                               en_app_explanation *out, en_error *err);
void en_app_explanation_clear(en_app_explanation *explanation);

/* ---- the account: records, persons and their values as a case (or one moment of it) has them ---- */

enum { EN_DIMENSIONS = 34 };
typedef enum {
    EN_DIM_STATUS = 0,
    EN_DIM_SEX,
    EN_DIM_AGE_GROUP,
    EN_DIM_PLACE,
    EN_DIM_MONTH,
    EN_DIM_CAUSE /* a term of vocab/cause.json */,
    EN_DIM_CIVILIAN_STATUS,
    EN_DIM_CIVILIAN_RULE /* by which that status was given, as written; not_stated */,
    EN_DIM_DIRECTNESS,
    EN_DIM_VERIFICATION /* a term of vocab/verification.json; not_verified */,
    EN_DIM_SOURCE,
    EN_DIM_LISTS /* how many lists */,
    EN_DIM_PATTERN /* which lists, as 0/1 a list in order of source */,
    EN_DIM_INDEPENDENT /* how many independent sources */,
    EN_DIM_FATE /* a term of vocab/fate.json */,
    EN_DIM_WHEREABOUTS,
    EN_DIM_PARENTS /* of children at the event: lost_one, lost_both, lost_at_least_one; not_derived for all others */,
    EN_DIM_YEAR,
    EN_DIM_QUARTER,
    EN_DIM_WEEK /* of ISO 8601 */,
    EN_DIM_DAY,
    EN_DIM_PERIOD /* within, outside, may_be_within of the query's period */,
    EN_DIM_PLACE_SITE /* what the place is or lies in, by levels, by places of the case */,
    EN_DIM_PLACE_NEIGHBOURHOOD,
    EN_DIM_PLACE_SETTLEMENT,
    EN_DIM_PLACE_DISTRICT,
    EN_DIM_PLACE_PROVINCE,
    EN_DIM_PLACE_COUNTRY,
    EN_DIM_PLACE_REGION,
    EN_DIM_EVER /* several a person: each status that was ever said of it */,
    EN_DIM_INCIDENT /* several a person: incidents of its acts, status events and lists, and what those are part of */,
    EN_DIM_FAMILY /* several a person: killed, no_survivor_recorded, survivor_recorded, of each family it belongs to */,
    EN_DIM_ALLEGED /* several a person: parties that somebody alleges to be responsible */,
    EN_DIM_COMPLETE /* several a person: name, date, place, sex, age, cause, civilian_status, directness, where known */
} en_dimension;
enum { EN_ACCOUNT_STATED = EN_DIM_VERIFICATION + 1 }; /* dimensions that records and rows about them state */
/* Dimensions of which a person can have several values, or none; their `value` is NULL. */
static inline bool en_dimension_is_many(en_dimension d) { return d == EN_DIM_SOURCE || d >= EN_DIM_EVER; }
const char *en_dimension_name(en_dimension dimension); /* "status", "sex", "age_group" … */
/* What stands where nobody says anything: "unknown", and "not_verified", "not_stated" where that says more. */
const char *en_dimension_nothing(en_dimension dimension);
bool en_dimension_of(en_str name, en_dimension *out);

typedef struct en_account_record {
    en_id id;
    int32_t source;         /* index into sources */
    int32_t person;         /* index into persons; -1 before linking */
    int64_t offset, length; /* in the text of the source's current release */
    float weakest;          /* link of its person */
} en_account_record;

/* By which part of the written rule a person shows a value: docs/decisions/0010-resolution.md. */
typedef enum {
    EN_RULE_NONE = 0, /* nobody says anything */
    EN_RULE_AGREED,   /* all who say something say the same */
    EN_RULE_REVIEWER, /* somebody decided */
    EN_RULE_SOURCES,  /* most independent sources */
    EN_RULE_RELEASE,  /* among equals, the latest release */
    EN_RULE_GRADE,    /* among equals, the best grade */
    EN_RULE_EARLIEST, /* among equals, the earliest in the ledger */
    EN_RULE_TIME,     /* status and fate: the latest of what was so */
} en_rule;
const char *en_rule_name(en_rule rule);  /* "agreed", "reviewer", … */
const char *en_rule_words(en_rule rule); /* a sentence */

/* One thing that a row says of a person at a time: a status event, or what an act amounts to. What lists say is in
 * records. When it was so and when it was said are two times. */
typedef struct en_account_event {
    en_id id;
    char letter; /* 'S' or 'd' */
    int32_t person, record;
    const char *status;           /* a code of vocab/status_event.json or vocab/status.json */
    const char *date, *said, *by; /* EDTF, EDTF, the speaker or the source's title; "" unknown */
    const char *whereabouts;      /* "" not said */
    int32_t first_day, last_day;  /* that `date` can mean */
    int32_t group;                /* of independence */
    int32_t incident;             /* index; -1 none */
} en_account_event;

/* A row that states, corrects or chooses a value of a record's property. */
typedef struct en_account_claim {
    en_id id;
    char letter; /* 't' statement, 'Q' correction, 'R' resolution */
    int32_t record;
    int dimension;     /* < EN_ACCOUNT_STATED; that for a name */
    const char *value; /* "" where it says that nothing is known */
    const char *by;    /* title of its source; "" none */
} en_account_claim;

typedef struct en_account_incident {
    en_id id;
    const char *title, *key, *ref; /* "" none; ref: 32 hex digits, a dot, the ordinal */
    const char *shown;             /* "i:3f2a.1" */
    int32_t part_of;               /* index; -1 none */
} en_account_incident;

/* A row that says who is whose parent. */
typedef struct en_account_kin {
    en_id id;
    int32_t child, parent; /* indices of persons */
} en_account_kin;

typedef enum {
    EN_FAMILY_SURVIVOR = 0 /* some member is not recorded dead */,
    EN_FAMILY_NO_SURVIVOR_RECORDED,
    EN_FAMILY_KILLED
} en_family_state;
const char *en_family_state_name(en_family_state state); /* "survivor_recorded", "no_survivor_recorded", "killed" */
typedef struct en_account_family {
    en_id id;
    const char *name, *stated_by; /* "" unknown; who states the full membership */
    bool complete;
    en_family_state state;           /* killed only where `complete` and every member is recorded dead */
    int32_t incident;                /* index; -1 none */
    int32_t first_member, n_members; /* into family_members */
} en_account_family;

/* A place that persons show, and by levels what it lies in: the name of a place of the case, "unknown" where none says
 * so. */
enum { EN_PLACE_LEVELS = 7 };
const char *en_place_level_name(int level); /* "site", … "country", "region": a term of vocab/place_level.json */
typedef struct en_account_place {
    const char *name, *at[EN_PLACE_LEVELS];
} en_account_place;

/* An age in years, or a date in days, that somebody states: the least and the most it can be, and who says so. */
typedef struct en_account_span {
    int32_t low, high;
    int32_t released; /* day of the newest release that says so; EN_DAY_MIN unknown */
    char grade;       /* the best of those sources, 'A' to 'F'; 'G' not graded */
    uint64_t groups;  /* bits of independence */
} en_account_span;

/* Somebody alleges that a party is responsible for an act or an incident. */
typedef struct en_account_allegation {
    en_id id;
    int32_t party;                            /* index into parties */
    int32_t person, incident;                 /* of whom or what; -1 none */
    const char *by;                           /* who alleges it; "" unknown */
    const char *degree, *standard, *response; /* codes; "" none. response: of the accused, the last one */
} en_account_allegation;

typedef struct en_account_person {
    en_id id;                         /* founding record */
    int32_t first_record, n_records;  /* into person_records */
    uint32_t pattern;                 /* bit j: on source j */
    const char *name;                 /* as the first record that has one wrote it */
    const char *value[EN_DIMENSIONS]; /* one value of each dimension but SOURCE; "unknown" where nobody says */
    bool disputed[EN_DIMENSIONS];     /* sources disagree on it */
    uint8_t rule[EN_DIMENSIONS];      /* en_rule by which `value` is shown; of stated dimensions and FATE */
    bool may_be_living, may_be_minor; /* not known to be dead; not known to be 18 or over */
    int n_groups; /* independent sources that list the person, or say something of it in a row; those that a claim cites
                     stand for it */
    uint64_t ever;                       /* bit j: ever_codes[j] was said of it */
    int32_t first_event, n_events;       /* into events: by time, those without a date first */
    int32_t first_incident, n_incidents; /* into person_incidents */
    int32_t first_family, n_families;    /* into person_families */
    int32_t loss_incident;               /* of `parents`: where a parent died; index, -1 none */
    const char *standard;                /* of proof, of the verification shown; "" none */
    bool full_name;                      /* some record gives two parts of it or more */
    int32_t first_age, n_ages;           /* into ages; a reviewer's choice alone where there is one */
    int32_t first_date, n_dates;         /* into dates, likewise */
    int32_t first_party, n_parties;      /* into person_parties */
    int32_t place;                       /* of `value`: index into places; -1 unknown */
} en_account_person;

typedef struct en_account_release {
    en_id id, capture;
    const char *label, *released, *file, *sha256;
    int64_t records, removed; /* rows of the release before that this one lacks */
    bool current;
} en_account_release;

typedef struct en_account_source {
    en_source about;
    int64_t n_releases;
    en_account_release *releases;
    en_str text;                         /* of the current release */
    int64_t records, persons, only_here; /* persons on no other list */
    int32_t group;                       /* of independence: by the source's own mark and by rows that join sources */
} en_account_source;

typedef struct en_account {
    en_arena *arena;
    const char *case_path;
    char head[65];              /* ledger head it was read at */
    int64_t entries, generated; /* generated: seconds since 1970 */
    int64_t n_sources, n_records, n_persons;
    en_account_source *sources;
    en_account_record *records;
    en_account_person *persons; /* in order of id */
    int32_t *person_records;    /* indices into records, person by person */
    int64_t n_events, n_incidents, n_families, n_kin;
    en_account_kin *kin;            /* by child, then parent, then row */
    en_account_event *events;       /* person by person */
    en_account_incident *incidents; /* in order of id */
    int32_t *person_incidents;      /* indices, person by person, ascending */
    en_account_family *families;    /* in order of id */
    int32_t *family_members;        /* indices of persons, family by family */
    int32_t *person_families;       /* indices of families, person by person */
    int64_t n_places;
    en_account_place *places;
    en_account_span *ages, *dates; /* person by person */
    int64_t n_parties, n_allegations;
    const char **parties;                     /* as the case names its actors, else as written */
    int32_t *person_parties;                  /* indices, person by person */
    en_account_allegation *allegations;       /* in order of id */
    const int32_t *stated[EN_ACCOUNT_STATED]; /* of each record, corrected: number in value_text, -1 nothing */
    const char *const *value_text;
    int64_t n_claims;
    en_account_claim *claims; /* by record, then as they were added */
    int n_ever;
    const char *ever_codes[64];
    int32_t n_terms;
    const char **terms; /* codes that vocab/ has for status and sex, whether or not somebody shows them */
    bool linked;
    bool link_is_stale; /* records came in after the link run; those are persons of their own here */
    char run[EN_ID_TEXT];
    const char *model; /* JSON of the link run, without the values that its frequencies are of; NULL before linking */
    int64_t undecided_pairs, unreviewed_merges;
    double precision, recall; /* estimated by the link run; NAN unknown */
    const void *id_prefixes;  /* for en_account_id */
    en_arena *records_arena;  /* lends sources and texts */
} en_account;
/* `head`: hex prefix of the ledger head to read it at; NULL for now. EN_ERR_NOT_FOUND where no such moment. */
en_status en_account_open(const char *case_path, const char *head, en_account *out, en_error *err);
/* The same moment of the same case with the persons of one of the partitions that its link run drew, numbered from 0,
 * in place of the run's own. */
en_status en_account_open_partition(const en_account *account, int partition, en_account *out, en_error *err);
/* How many partitions the account's link run drew (`link --partitions`); 0 for none, or where the case is not linked.
 */
en_status en_account_partitions(const en_account *account, int *n, en_error *err);
void en_account_clear(en_account *account);
/* Short ids are printed with the case's ledger at hand; lent by the account. kind 'p', 'r', 's', 'k', 'l'. */
const char *en_account_id(const en_account *account, char kind, en_id id);
/* The same into room of the caller's, which it returns: for ids of every record of a large case. */
enum { EN_ACCOUNT_ID = EN_ID_TEXT + 24 };
const char *en_account_print_id(const en_account *account, char kind, en_id id, char out[EN_ACCOUNT_ID]);

/* ---- count ---- */

typedef enum { EN_LEVEL_RECORDED = 0, EN_LEVEL_CORROBORATED, EN_LEVEL_VERIFIED } en_level;
const char *en_level_name(en_level level);
bool en_level_of(en_str name, en_level *out);

typedef struct en_condition {
    en_dimension dimension;
    const char *value;
} en_condition;
typedef enum { EN_COUNT_PERSONS = 0, EN_COUNT_FAMILIES } en_count_unit;
/* Conditions on one dimension are alternatives (age_group=18-59 or 60+); of dimensions with several values a person
 * (en_dimension_is_many) all have to hold. Families are counted by `family` and `incident` alone. */
enum { EN_COUNT_BY = 8, EN_COUNT_WHERE = 32 };
typedef struct en_count_query {
    en_level level;
    en_count_unit unit;
    int n_by;
    en_dimension by[EN_COUNT_BY];
    int n_where;
    en_condition where[EN_COUNT_WHERE];
    const char *ages;      /* scheme of age_group, "0-4,5-17,18+"; NULL: 0-17,18-59,60+ */
    const char *from, *to; /* of `period`: EDTF, first and last day in it; NULL open */
    bool show_small;       /* a policy decided that small cells about the living are shown */
} en_count_query;

typedef struct en_count_cell {
    const char *value[EN_COUNT_BY]; /* of by[0..n_by) */
    int64_t n;
    bool withheld;  /* 1-4 persons of whom one may be living, or kept back so that one cannot be worked out: n is not to
                       be shown */
    const char *id; /* "c:recorded;sex=female@3f2a9c1b77aa" */
    bool any_living;   /* one of them may be */
    int64_t n_persons; /* n, but for families: their members; 0 where they were counted by columns */
    int32_t *persons;  /* indices */
} en_count_cell;
typedef struct en_count {
    en_arena *arena;
    en_count_query query;
    int64_t n_cells, total; /* cells in order of their values; a person on several sources is in several cells of
                               `source`, total counts persons */
    en_count_cell *cells;
    bool total_withheld; /* as a cell's */
    const char *total_id;
    const char *head, *run; /* run "" before linking */
    int64_t undecided_pairs, unreviewed_merges;
    bool link_is_stale; /* as the account's */
} en_count;
en_status en_account_count(const en_account *account, const en_count_query *query, en_count *out, en_error *err);
/* Of each person whether the query counts them; in `arena`. */
en_status en_account_select(const en_account *account, const en_count_query *query, en_arena *arena, bool **out,
                            en_error *err);
void en_count_clear(en_count *count);

/* The same of a case as it is now, by its stored columns (columns.h) where they can answer, else by its account, of
 * which it keeps the columns then where the file can be written. Counts anew where the case changed meanwhile. */
typedef struct en_case_count {
    en_count count;
    en_account account;         /* empty where columns answered */
    struct en_columns *columns; /* NULL where the account answered */
} en_case_count;
en_status en_app_count(const char *case_path, const en_count_query *query, en_case_count *out, en_error *err);
void en_case_count_clear(en_case_count *count);

/* Several counts of one state of a case, in order of their queries. */
typedef struct en_case_counts {
    int n;
    en_count *of;
    en_account account;
    struct en_columns *columns;
} en_case_counts;
en_status en_app_count_all(const char *case_path, const en_count_query *queries, int n, en_case_counts *out,
                           en_error *err);
void en_case_counts_clear(en_case_counts *counts);

/* A count with what belongs beside it. */
enum { EN_LEVELS = EN_LEVEL_VERIFIED + 1 };
typedef struct en_counted {
    en_case_counts all;
    int n_levels;     /* all.of[0..n_levels): the level asked for, or each; cells of the first are those of all */
    en_count *deaths; /* the same persons by fate and directness, where an indirect death is among them and the count
                         does not tell them apart; NULL else */
    en_count *period; /* by the period, where the count asks for one and does not show it; NULL else */
} en_counted;
en_status en_app_count_beside(const char *case_path, const en_count_query *query, bool all_levels, en_counted *out,
                              en_error *err);
void en_counted_clear(en_counted *counted);

/* A cell of a table that is made of several counts. */
typedef struct en_count_number {
    int64_t n;
    bool withheld;
    const char *id;
} en_count_number;
/* Of the cell with these values of by[0..n_by), also where nobody is in it; `value` NULL for the total. The id is lent
 * by the count. */
en_status en_count_number_of(en_count *count, const char *const *value, en_count_number *out, en_error *err);

/* ---- SDG indicator 16.1.2: conflict-related deaths by cause, status, sex and age ---- */

enum { EN_SDG_BLOCKS = 4, EN_SDG_QUERIES = 2 * EN_SDG_BLOCKS + 1, EN_SDG_COLUMNS = 16 };
typedef struct en_sdg_row {
    const char *code, *label;               /* label: of the vocabulary; the value as written where it is no term */
    en_count_number total;                  /* direct, indirect and unknown together */
    en_count_number column[EN_SDG_COLUMNS]; /* of the table's columns */
} en_sdg_row;
typedef struct en_sdg_block {
    en_dimension by; /* cause, civilian status, sex, age group */
    int64_t n_rows;
    en_sdg_row *rows; /* all terms of the vocabulary, then what lists wrote beside them, then unknown */
} en_sdg_block;
typedef struct en_sdg_table {
    en_arena *arena;
    en_level level;
    int n_columns;
    const char *columns[EN_SDG_COLUMNS]; /* direct, indirect, what lists wrote beside them, unknown */
    en_sdg_block blocks[EN_SDG_BLOCKS];
    en_sdg_row all;
    const char *head, *run; /* lent by the counts */
    int64_t undecided_pairs, unreviewed_merges;
    bool hides_split; /* of some block: see its numbers */
    bool has_needed;  /* somebody has a cause, a civilian status or directness */
} en_sdg_table;
/* What to count for it: recorded dead, and what `query` asks beside (its by and ages are not used). EN_ERR_USAGE where
 * it has too many conditions. */
en_status en_sdg_queries(const en_count_query *query, en_count_query queries[EN_SDG_QUERIES], en_error *err);
/* From the counts of those queries, which have to outlive it. */
en_status en_sdg_make(en_count counts[EN_SDG_QUERIES], en_sdg_table *out, en_error *err);
void en_sdg_clear(en_sdg_table *table);

/* Index of the incident that an id, a title or a key of the user's sheet means; -1 none. */
int32_t en_account_find_incident(const en_account *account, const char *text);

/* ---- statement: a paragraph from records alone ---- */

typedef struct en_statement_options {
    const char *incident; /* id, title or key; NULL: all that the case records */
    en_level level;
    bool show_small;
} en_statement_options;

typedef struct en_statement_number {
    const char *what; /* "killed", "killed_children" … */
    int64_t n;
    bool withheld;       /* as a count's total */
    const char *id;      /* c:… */
    const char *assumes; /* the rule that it was derived by */
} en_statement_number;

enum { EN_STATEMENT_NUMBERS = 13 };
typedef struct en_statement {
    en_arena *arena;
    const char *text;             /* the paragraph; numbers of 0 are not in it */
    const char *incident, *title; /* "" for all */
    en_level level;
    en_statement_number numbers[EN_STATEMENT_NUMBERS];
    char head[65];
    const char *run; /* "" before linking */
    int64_t undecided_pairs, unreviewed_merges;
} en_statement;
en_status en_account_statement(const en_account *account, const en_statement_options *options, en_statement *out,
                               en_error *err);
void en_statement_clear(en_statement *statement);

/* ---- estimate ---- */

/* What is asked of an estimate. */
typedef struct en_estimate_request {
    en_estimate_options options;
    en_adjustment adjustment;  /* all 0: nothing; its seed is that of the options */
    bool page;                 /* the sensitivity page too; not with strata */
    int calibrate;             /* populations of each fit on which the rule is run again, in each stratum; 0: none */
    const char *const *by;     /* strata: columns of a file, dimensions (as `count --by`) of a case */
    int n_by;                  /* up to EN_BY_MAX */
    const char *covers;        /* "LIST=STRATUM,…;LIST=…": lists that could see these strata only; NULL none */
    bool keep_unknown;         /* a missing value is a stratum of its own; else it is imputed */
    bool one_linkage;          /* the linkage as it stands, where a case has plausible partitions to average over */
    const char *const *ignore; /* columns of a file that are no lists */
    size_t n_ignore;
} en_estimate_request;

enum { EN_BY_MAX = 8, EN_ESTIMATE_ID = 1024 };
typedef struct en_app_stratum {
    const char *name;             /* the values, joined by "; " */
    const char *value[EN_BY_MAX]; /* of by[0..n_by) */
    int64_t observed;             /* in the first replicate */
    en_estimate_result result;    /* has_recommended false: it enters the total as observed */
    en_calibration calibration;   /* where it was asked for: of the first replicate */
} en_app_stratum;

/* What one replicate says, or one stratum in it. */
typedef struct en_app_cell {
    const char *replicate, *stratum; /* lent by the arena; stratum NULL where there are none */
    int64_t observed;
    en_estimate_result result;
} en_app_cell;

typedef struct en_app_estimate {
    en_arena *arena;        /* of names; NULL where there are none */
    en_histories histories; /* of all strata; of the first replicate */
    en_estimate_result result;
    int n_by;
    const char *by[EN_BY_MAX];
    int n_strata;
    en_app_stratum *strata;
    int n_replicates; /* 0: none were given */
    int n_cells;      /* of replicates, one after the other, strata within; 0 without replicates */
    en_app_cell *cells;
    int64_t imputed; /* persons whose stratum was missing and was imputed, in the first replicate */
    bool has_rubin;
    en_rubin rubin;
    en_method rubin_method; /* whose draws */
    bool is_adjusted;       /* by the shares of the request; `sensitivity` is not */
    bool has_sensitivity;
    en_sensitivity sensitivity;
    int calibrated;             /* populations of each fit; 0: not asked for */
    en_calibration calibration; /* where there are no strata; of the first replicate */
    char id[EN_ESTIMATE_ID]; /* "e:all;seed=1;level=0.95@3f2a9c1b77aa": its own query, as a count's; "" for plain files
                              */
} en_app_estimate;
/* Capture histories of the account: one list a source group (sources of one independence group are one list). */
en_status en_account_histories(const en_account *account, en_histories *out, en_error *err);
/* The same of each plausible partition that the account's link run drew (`link --partitions`); *n is 0 where it drew
 * none. Records that came after the run are persons of their own. Clear with en_account_replicates_clear. */
en_status en_account_replicates(const en_account *account, en_histories **out, int *n, en_error *err);
void en_account_replicates_clear(en_histories **replicates, int *n);
/* Which list of en_account_histories each source is: sources that share an independence group are one. Returns how many
 * there are. */
int en_account_groups(const en_account *account, int32_t group[]);
en_status en_account_estimate(const en_account *account, const en_estimate_request *request, en_app_estimate *out,
                              en_error *err);
/* From a CSV of capture histories. */
en_status en_app_estimate_file(const char *csv_path, const en_estimate_request *request, en_app_estimate *out,
                               en_error *err);
/* The draws of each method: columns method, rep and stratum where there are any, n (those recorded), draw, N; one row
 * without draw and N where a method gives no number. A path that ends in ".arrow" gets an Arrow IPC file, any other a
 * CSV file. */
en_status en_app_save_draws(const en_app_estimate *estimate, const char *path, en_error *err);
/* From draws made elsewhere, in that form or with rep, n and N alone: totals over strata, mixtures over replicates, and
 * Rubin's rules. No model is run. Of the request the level, the seed and the adjustment matter. */
en_status en_app_estimate_draws(const char *csv_path, const en_estimate_request *request, en_app_estimate *out,
                                en_error *err);
void en_app_estimate_clear(en_app_estimate *estimate);

/* ---- trace ---- */

typedef struct en_trace_record {
    const char *record, *person, *source,
        *capture; /* ids; source is its title; person "" for a record no longer counted */
    int64_t offset, length;
    const char *quote; /* the exact bytes of the row, terminated; of a row of the model what it says */
    /* Of a text that was made from a page, a mail or a PDF: the capture as it came, and where in it the quotation
     * begins: a byte, or a page, as far as reading it again says so. NULL, -1 and 0 where there is nothing to say. */
    const char *original;
    int64_t original_offset;
    int original_page;
} en_trace_record;
/* Of a person: a property, what is shown of it by which part of the written rule, and who says what. */
typedef struct en_trace_said {
    const char *value, *by, *row; /* by: a source's title, or who chose; row: record or row that says so */
} en_trace_said;
typedef struct en_trace_value {
    const char *property, *shown, *rule, *because; /* rule: en_rule_name; because: its sentence */
    bool disputed;
    int n_said;
    en_trace_said *said;
} en_trace_value;
typedef struct en_trace_event {
    const char *row, *status, *date, *said, *by;
} en_trace_event;
typedef struct en_trace {
    en_arena *arena;
    int n_values, n_events; /* of a person */
    en_trace_value *values;
    en_trace_event *events;
    const char *id, *kind; /* "count", "estimate", "person", "record", or the kind of a row of the model */
    const char *body;      /* of a row: its JSON; NULL else */
    const char *value, *how;
    int64_t n_because;
    en_trace_record *because;
} en_trace;
en_status en_app_trace(const char *case_path, const char *id, en_trace *out, en_error *err);
void en_trace_clear(en_trace *trace);

/* ---- search: names and words, in any script and misspelt ---- */

enum { EN_SEARCH_WORDS = 16 };
typedef struct en_search_options {
    int64_t limit; /* results; 0 means 20 */
    int threads;
    const en_count_query *where; /* level and conditions that a record's person has to meet; rows and passages have
                                    none and are left out then. NULL: all */
    const en_progress *progress;
} en_search_options;
typedef struct en_search_hit {
    const char *kind;        /* "record", "passage", or the kind of a row: "figure", "actor" … */
    double score;            /* 1: every word stands there as asked */
    const char *id, *person; /* person "" but for records */
    const char *source;      /* title; "" unknown */
    const char *capture;     /* id; "" for rows */
    int64_t offset, length;  /* of records and passages, in the capture; else -1 */
    const char *quote;       /* the exact bytes; of a row its quotation, else its JSON */
} en_search_hit;
typedef struct en_search_result {
    en_arena *arena;
    const char *query;
    int64_t found, partly; /* texts in which every word was met, and in which some were; before the limit */
    int64_t n_hits;
    en_search_hit *hits; /* the best first, equal ones as they stand in the case */
    double seconds;      /* from the open case to the results, the index read anew */
    bool made;           /* the index was made for it, which is not in `seconds` */
} en_search_result;
/* A case that is searched: the index of its state now, made where there is none and kept where the file can be written.
 */
typedef struct en_search en_search;
en_status en_search_open(const char *case_path, const en_search_options *options, en_search **out, en_error *err);
void en_search_close(en_search *search); /* accepts NULL */
/* EN_ERR_USAGE where no word is left of `words`. */
en_status en_search_run(en_search *search, const char *words, en_search_result *out, en_error *err);
void en_search_result_clear(en_search_result *result);

#endif
