/* What a linkage says beside its persons: charts, pairs for people, plausible partitions. */
#ifndef EN_LINK_RESULTS_H
#define EN_LINK_RESULTS_H

#include "link/cluster.h"

/* What is known once records are clustered. */
typedef struct link_results {
    const link_set *set;
    const link_pairs *pairs;
    const link_judgements *judged; /* by records */
    const link_partition *partition;
} link_results;

/* Random streams of the seed, apart from those of the model's samples (1 and on). */
enum { LINK_STREAM_ASK = 1000 };
#define LINK_STREAM_DRAWS (1ull << 40) /* and on: one a component and chain */

/* link.c. Scored pairs whose log odds are `lightest` or more: of the frontier, or of every record where there is none.
 */
en_status link_candidates(link_set *set, const link_model *model, double lightest, const link_frontier *frontier,
                          link_pairs *out, en_error *err);

/* charts.c: all but what blocking made; `out` has its persons already. */
en_status link_chart(const link_set *set, const link_model *model, const link_pairs *pairs, en_link_result *out,
                     en_error *err);

/* ask.c. Pairs in the model's band that nobody judged; `out` has its model already. */
en_status link_undecided(const link_results *r, en_link_result *out, en_error *err);
/* options->ask pairs for options->purpose. */
en_status link_ask(const link_results *r, const link_model *model, const en_link_options *options, en_link_result *out,
                   en_error *err);

/* partitions.c. Plausible partitions by row; `out` has its persons already. Components of up to exact_most units, at
 * most LINK_DRAW_EXACT, are drawn exactly, others by chains. */
enum { LINK_DRAW_EXACT = 10 };
en_status link_draw_partitions(link_set *set, const link_results *r, int partitions, int exact_most,
                               en_link_result *out, en_error *err);

#endif
