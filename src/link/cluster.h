/* Clusters of records from weighted pairs, judged pairs and lists without duplicates. */
#ifndef EN_LINK_CLUSTER_H
#define EN_LINK_CLUSTER_H

#include "link/linkage.h"

/* Weights in nats as clusters see them: one odd pair neither makes nor breaks a cluster. LINK_CHARGE is also what a
 * pair costs that was too light to be kept. */
#define LINK_CHARGE (-3.0)
#define LINK_AFFINITY_MOST 12.0
#define LINK_FORBIDDEN (-1e9)
double link_affinity(double weight);
/* Log odds that clusters of these sizes are one person, by the average log odds of the pairs between them. */
double link_joint_odds(const link_set *set, double average, double size_a, double size_b);

typedef struct link_judgement {
    int32_t a, b; /* records */
    en_judged judged;
} link_judgement;
typedef struct link_judgements {
    link_judgement *of;
    size_t n;
} link_judgements;

/* By records. */
void link_judgements_order(link_judgements *judged);

/* calibrate.c. Fits the model's shift and slope to the pairs that people judged, where they are ten or more; before,
 * they have to be 0 and 1. */
en_status link_calibrate(const link_set *set, const link_judgements *judged, link_model *model, en_error *err);

typedef struct link_partition {
    int32_t *cluster; /* of each record: any number, equal where one person */
    float *weakest;
} link_partition;

/* O(p log p) for p pairs where clusters are small. */
en_status link_cluster(const link_set *set, const link_pairs *pairs, const link_judgements *judged, link_partition *out,
                       en_error *err);

/* Where a list has nobody twice: improves `partition` by exact assignment, one list at a time. */
en_status link_reassign(const link_set *set, const link_pairs *pairs, const link_judgements *judged,
                        link_partition *partition, en_error *err);

#endif
