/* Putting many keys in order faster than comparisons do. */
#ifndef EN_BASE_SORT_H
#define EN_BASE_SORT_H

#include "everyname/base.h"

/* A key and what it is the key of. */
typedef struct en_keyed {
    uint64_t key;
    int32_t of;
} en_keyed;

/* Ascending by key, equal keys staying as they were: a radix sort of only the bytes in which keys differ. `scratch` has
 * room for n. O(n) a byte. */
void en_sort_keyed(en_keyed *items, en_keyed *scratch, size_t n);

/* order[] becomes the numbers 0..n-1 of strings sorted bytewise, equal strings by number. Eight bytes a step, shared
 * beginnings left out. */
en_status en_sort_strings(const en_str *strings, int32_t n, int32_t *order, en_error *err);

/* Ascending; no NAN among them. */
void en_sort_doubles(double *values, size_t n);

#endif
