/* One list of the event as a table, or one release of it. */
#ifndef EN_SYNTH_LIST_ROWS_H
#define EN_SYNTH_LIST_ROWS_H

#include "synth/list_kinds.h"
#include "synth/synth.h"

typedef struct list_order {
    const population *people;
    int list; /* which of list_kinds, and which bit of `captured` */
    double corruption;
    uint64_t seed;
} list_order;

/* Fills `out` with the list as it stood at `release`: 1 or 2, or 0 where there is but one. */
en_status list_make(const list_order *order, int release, en_synth_list *out, en_error *err);

#endif
