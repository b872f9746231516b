/* A case's persons over link runs: whose id each person keeps, and what a run joined or parted. */
#ifndef EN_APP_LINK_BEFORE_H
#define EN_APP_LINK_BEFORE_H

#include "app/app.h"
#include "app/lineage.h"

/* The newest link run, seen from the current records. */
typedef struct en_link_before {
    bool linked;
    en_link_run run;
    en_id *person; /* of each current record: in that run, also as the row of an older release; EN_ID_NONE where new */
    bool *as_it_was; /* of each current record: the run saw the same bytes under the same mapping */
    int64_t n_seats;
    struct en_seat {
        en_id person;
        int64_t row; /* its earliest record that is still current; -1 where none is */
        bool lost;   /* a record of it is gone */
    } * seats;       /* persons of that run, by id */
} en_link_before;

/* NULL where that run has no such person. */
struct en_seat *en_link_before_seat(const en_link_before *before, en_id person);
en_status en_link_before_read(en_case *c, const en_records *r, const en_lineage *lineage, en_link_before *out,
                              en_error *err);
/* The id of each of the `n_persons` persons in person[row]. It is that of the earliest record in the ledger that a
 * person's records go back to, or that of a person of the run before whose earliest record it has now: so an id
 * survives a newer release of a list, and the loss of the row that founded it. */
en_status en_link_before_name(const en_link_before *before, const en_lineage *lineage, const en_records *r,
                              const int32_t *person, int64_t n_persons, en_id *out, en_error *err);
/* Persons of the run before that are one now, and those that are several; ids[row] is each record's person now. */
en_status en_link_before_compare(const en_link_before *before, const en_records *r, const en_id *ids,
                                 en_link_changes *out, en_error *err);

#endif
