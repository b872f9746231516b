/* Linking a case: what its parts share. */
#ifndef EN_APP_LINK_CASE_H
#define EN_APP_LINK_CASE_H

#include "app/link_before.h"
#include "app/link_inputs.h"
#include "app/link_labels.h"
#include "base/map.h"

typedef struct case_linker {
    const char *path;
    const en_app_link_options *options;
    en_app_link_result *out;
    bool reads_only;
    en_case *c;
    en_records records;
    en_lineage lineage;
    en_link_before before;
    en_link_inputs inputs;
    bool one_per_list;
    uint64_t seed;
    en_map own_ids;    /* ids that the lists themselves give, where a file says which records it is about */
    int32_t *own_rows; /* of each: its row; -1 where several have it */
    en_link_labels labels;
    en_link_constraint *constraints; /* judgements in force and labels: one for two records, by rows */
    size_t n_constraints;
    en_id *persons; /* of each record, when linked */
} case_linker;

/* link_case.c: opens the case, reads its records, the run before, and all that bears on this one. With
 * options->incremental the model and settings are those of that run. */
en_status case_linker_load(case_linker *l, en_error *err);
/* The options of en_link, but for those of partitions, questions and the run before. */
void case_linker_options(const case_linker *l, en_link_options *out);
void case_linker_clear(case_linker *l);

/* link_case_judged.c: labels, and all judgements that bind this run. */
en_status case_linker_judgements(case_linker *l, en_error *err);
/* Rows by ids as they are printed, of older releases too, or by the lists' own ids where only one record has it. */
en_row_finder case_linker_finder(const case_linker *l);
/* Rows of persons of whom somebody judged, or took a judgement back, since the run before: touched[row] is set. */
en_status case_linker_judged_since(case_linker *l, bool *touched, en_error *err);
/* Labels become judgements of the ledger, where they are not there already. Within an open transaction. */
en_status case_linker_store_labels(case_linker *l, en_error *err);
/* link_case_store.c: the link run, its model, and what is derived from it. */
en_status case_linker_store(case_linker *l, en_error *err);

#endif
