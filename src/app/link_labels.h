/* What people judged about pairs of records: labels that bind a linkage, and a sample that evaluates it. */
#ifndef EN_APP_LINK_LABELS_H
#define EN_APP_LINK_LABELS_H

#include "everyname/link.h"

/* Which row of the linked table has an id; -1 none. */
typedef struct en_row_finder {
    const void *ctx;
    int64_t (*row_of)(const void *ctx, en_str id);
} en_row_finder;

typedef struct en_link_labels {
    en_link_constraint *of; /* judged same or different; rows of the linked table */
    size_t n, n_unsure;
} en_link_labels;

/* Pairs of `path` whose column `same` is filled, in the arena. */
en_status en_link_labels_read(const char *path, const en_row_finder *finder, en_arena *arena, en_link_labels *out,
                              en_error *err);
/* Evaluates `link` by a sample that was asked for to evaluate and filled in. Pairs without a judgement are left out;
 * the others of their stratum stand for them. Whether a pair is joined is taken from `link`, so that one sample can
 * evaluate several linkages of the same lists. */
en_status en_link_sample_read(const char *path, const en_row_finder *finder, const en_link_result *link, double level,
                              uint64_t seed, en_link_sampled *out, en_error *err);

#endif
