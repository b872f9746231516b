/* Which random stream is for what, so that changing one thing (the share of mistakes, say) leaves the others as they
 * were. */
#ifndef EN_SYNTH_STREAMS_H
#define EN_SYNTH_STREAMS_H

#include <stdint.h>

enum { STREAM_NAMES = 1, STREAM_PEOPLE, STREAM_CAPTURE, STREAM_ORDER = 16 /* + list */ };

/* One stream a row: `edition` tells a list's second row of a person, or its second release, from the first; `what`
 * tells mistakes from gaps. */
static inline uint64_t stream_of_row(int list, int edition, int what, int64_t who) {
    return (uint64_t)1 << 62 | (uint64_t)list << 48 | (uint64_t)edition << 44 | (uint64_t)what << 40 | (uint64_t)who;
}

#endif
