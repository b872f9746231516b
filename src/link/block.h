/* What the files of blocking share: keys of values, rules over them, and how often keys agree among matches. */
#ifndef EN_LINK_BLOCK_H
#define EN_LINK_BLOCK_H

#include "link/linkage.h"

enum { RULES_MAX = EN_LINK_RULES_MAX, KEYS_A_FIELD = 4, SLOTS_MAX = FIELDS_MAX * KEYS_A_FIELD };

/* A slot is a key of a field: what two records are asked to agree on. */
typedef struct block_slot {
    int field;
    en_link_key key;
} block_slot;

typedef struct block_slots {
    block_slot of[SLOTS_MAX];
    int n;
    int first[FIELDS_MAX + 1]; /* slots of field k: first[k]..first[k+1], its value first */
} block_slots;

/* block_keys.c */
void block_slots_list(const link_set *set, block_slots *out);
int block_slot_of(const block_slots *slots, int field, en_link_key key); /* -1 where the field has no such key */
/* A number for a key of a value, never 0 but where the value has none; equal for equal keys, and hardly ever else. */
uint32_t block_key(const link_field *f, en_link_key key, int32_t value);
uint64_t block_mix(uint64_t x);

/* A rule as it is swept: slots that records share; two that split what is too large, -1 for none. */
typedef struct block_rule {
    int slot[2]; /* the second -1 */
    int split[2];
    double pairs; /* it is estimated to make */
    double large; /* share of records in blocks that are split */
} block_rule;

typedef struct block_budget {
    double pairs;      /* that rules may make in all */
    double least_gain; /* share of matches that a rule has to find, of those that no rule before it finds */
} block_budget;

/* block_rules.c. From set->blocking.rules where there are any, else chosen: matches gained a pair made, by the model,
 * within the budget. Estimates what is missed. */
en_status block_rules_choose(link_set *set, const link_model *model, const block_slots *slots,
                             const block_budget *budget, block_rule *rules, int *n_rules, en_error *err);

enum { BLOCK_MOST = 256 }; /* records in a block that is not split */

#endif
