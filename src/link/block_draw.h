/* The exact draw of how a few units are parted, all others staying as they are. */
#ifndef EN_LINK_BLOCK_DRAW_H
#define EN_LINK_BLOCK_DRAW_H

#include "base/rng.h"
#include "link/ties.h"

enum {
    BLOCK_MOST = LINK_DRAW_EXACT, /* units of a block that stands alone */
    ANCHORED_MOST = 4,            /* units of a block with clusters around it */
    ANCHORS_MOST = 6,             /* such clusters */
    CLUSTER_MOST = 64             /* units of a cluster that is still drawn */
};

typedef struct block_work block_work;               /* scratch of one thread */
block_work *block_work_new(const tie_graph *graph); /* NULL when memory is short; borrows the graph */
void block_work_free(block_work *work);
/* Scores of clusters met are kept from here on, for as many as pays with a component of n units. */
en_status block_work_remember(block_work *work, int32_t n, en_error *err);
int64_t block_work_done(const block_work *work); /* a measure of the work so far, the same on every machine */

/* A block: n_units units of a component, and clusters around it, without those units, which they may join. */
typedef struct block {
    int n_units, n_anchors;
    int32_t units[BLOCK_MOST]; /* places in the component */
    const int32_t *anchor[ANCHORS_MOST];
    int anchor_size[ANCHORS_MOST];
} block;

/* The weight of a way to part units is exp of the sum of the scores of its clusters. A cluster's score are log odds of
 * its units being one person to each being one of its own, -INFINITY where they cannot be: they are joined two clusters
 * at a time, the two with the highest average weight first, and each join adds that average. So two records have the
 * odds of their pair; a third adds what it has on average with the two, and not, as if pairs were independent, the sum.
 * A join all whose pairs are lighter than LINK_CHARGE counts the best of them; one without any cannot be. */

/* Weighs every way to part the block, the rest being as it is. At most BLOCK_MOST units without anchors, ANCHORED_MOST
 * with. O((n_anchors + 1) 3^n_units). */
void block_weigh(block_work *work, int32_t component, const block *b);
/* One of these ways, by its weight: out[i] < n_anchors is an anchor that unit i joins, others are new clusters. There
 * has to be one that is possible. May be called any number of times. */
void block_draw(const block_work *work, en_rng *rng, int out[BLOCK_MOST]);

#endif
