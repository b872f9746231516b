/* Disjoint sets of the numbers 0..n-1: up[i] leads from i towards the lowest number of its set, which leads to itself
 * (Galler and Fischer 1964, paths halved). Begin with up[i] = i. */
#ifndef EN_BASE_DISJOINT_H
#define EN_BASE_DISJOINT_H

#include <stdint.h>

static inline int32_t en_disjoint_root(int32_t *up, int32_t i) {
    while (up[i] != i) i = up[i] = up[up[i]];
    return i;
}

/* The lower root leads, so that a set is known by its first number. */
static inline void en_disjoint_unite(int32_t *up, int32_t a, int32_t b) {
    a = en_disjoint_root(up, a);
    b = en_disjoint_root(up, b);
    if (a < b)
        up[b] = a;
    else
        up[a] = b;
}

#endif
