/* Borrowed strings. */
#include <string.h>

#include "everyname/base.h"

en_str en_str_of(const char *terminated) {
    return (en_str){terminated ? terminated : "", terminated ? strlen(terminated) : 0};
}

bool en_str_eq(en_str a, en_str b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }

int en_str_cmp(en_str a, en_str b) {
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    if (order) return order;
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

en_str en_str_trim(en_str s) {
    while (s.len && is_space(s.ptr[0])) s.ptr++, s.len--;
    while (s.len && is_space(s.ptr[s.len - 1])) s.len--;
    return s;
}

/* Least byte first on every machine; compilers make one load of it. */
static uint64_t load_eight(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
           (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

/* Eight bytes a step, mixed as in splitmix64 (Steele, Lea, Flood 2014). Not for hostile keys: tables that hash input
 * grow on load, and a flood of collisions costs time, never correctness. */
uint64_t en_str_hash(en_str s) {
    uint64_t h = 0x9E3779B97F4A7C15u ^ (uint64_t)s.len;
    const unsigned char *p = (const unsigned char *)s.ptr;
    for (size_t left = s.len; left;) {
        size_t n = left < 8 ? left : 8;
        uint64_t word = n == 8 ? load_eight(p) : 0;
        for (size_t i = 0; n < 8 && i < n; i++) word |= (uint64_t)p[i] << 8 * i;
        p += n;
        left -= n;
        h = (h ^ word) * 0xBF58476D1CE4E5B9u;
        h ^= h >> 29;
    }
    h = (h ^ (h >> 30)) * 0x94D049BB133111EBu;
    return h ^ (h >> 31);
}
