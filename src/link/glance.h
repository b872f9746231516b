/* What a glance at two values shows. Comparing values as they are waits for memory: a value lies anywhere, and its
 * letters elsewhere. Most pairs of a block have nothing in common; a few bytes of each value, side by side, say so. */
#ifndef EN_LINK_GLANCE_H
#define EN_LINK_GLANCE_H

#include "link/linkage.h"

struct link_glance {
    uint64_t letters; /* of the value; digits of a date */
    uint64_t bag;     /* of sounds of a name; rare words of a text */
    uint32_t first;   /* four letters; the year of a date */
    int16_t worth;    /* of a name's sounds */
    uint8_t len, extra, consonants;
    uint8_t flags;
};

/* Of the values of all fields without a table. */
en_status link_glances_take(link_set *set, en_error *err);
/* True only where the level of the two values, which are not the same, is the last one, "different". */
bool link_surely_different(value_kind kind, const link_glance *a, const link_glance *b);
/* Asks memory for the glance at a value that is looked at soon. */
static inline void link_glance_fetch(const link_field *f, int32_t v) { __builtin_prefetch(&f->glances[v]); }
/* As link_field_level. */
static inline int link_glanced_level(const link_field *f, int32_t a, int32_t b) {
    bool glance = f->glances && a && b && a != b;
    if (glance && link_surely_different(f->kind, &f->glances[a], &f->glances[b])) return f->n_levels;
    return link_field_level(f, a, b);
}

#endif
