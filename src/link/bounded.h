/* Scores pairs one by one and gives up on a pair as soon as nothing left to compare could make it heavy enough. */
#ifndef EN_LINK_BOUNDED_H
#define EN_LINK_BOUNDED_H

#include "link/linkage.h"

typedef struct bounded_scorer {
    const link_set *set;
    double w[FIELDS_MAX][LEVEL_SLOTS];
    double best[FIELDS_MAX]; /* of what is not equality */
    int order[FIELDS_MAX];   /* cheap and telling first */
    int glances[FIELDS_MAX]; /* telling first */
    int sounds;              /* where rows have the sounds of given and family name, if these may be swapped */
    double cut;
} bounded_scorer;

void bounded_start(bounded_scorer *s, const link_set *set, const link_model *model, double cut);
/* x and y, the rows of records pair->a and pair->b, begin with their value codes, a field each. False where the weight
 * without the prior is below the cut; else fills pattern, rarity and weight. */
bool bounded_score(const bounded_scorer *s, link_pair *pair, const uint32_t *x, const uint32_t *y);

#endif
