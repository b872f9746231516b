/* Linking on from an earlier linkage: which records are decided anew, and what stays. */
#ifndef EN_LINK_INCREMENTAL_H
#define EN_LINK_INCREMENTAL_H

#include "link/cluster.h"

typedef struct link_earlier {
    int32_t *person;        /* of each record: the first record of its earlier person; -1 new */
    int32_t *next;          /* of each record: the next one of its earlier person; -1 */
    bool *anew;             /* of each record: decided anew */
    link_judgements judged; /* what people judged, with ties within persons that stay */
} link_earlier;

/* `out` is to be cleared also after an error. */
en_status link_earlier_read(const link_set *set, const int32_t *previous, link_earlier *out, en_error *err);
void link_earlier_clear(link_earlier *earlier);
/* Pairs of what is decided anew and those within persons that stay, scored; counts what is decided anew. */
en_status link_earlier_go_on(link_set *set, const link_model *model, const link_judgements *judged, double lightest,
                             link_earlier *earlier, link_pairs *out, en_error *err);
/* The weakest links of persons that stay, which clustering did not have to form. */
en_status link_earlier_weigh(const link_set *set, const link_pairs *pairs, const link_judgements *judged,
                             const link_earlier *earlier, link_partition *partition, en_error *err);

#endif
