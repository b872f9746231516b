/* Whole numbers in as few bytes as they need: seven bits a byte, the lowest first (LEB128). */
#ifndef EN_BASE_LEB128_H
#define EN_BASE_LEB128_H

#include "base/buf.h"

static inline en_status en_leb128_add(en_buf *out, uint64_t n, en_error *err) {
    for (; n > 127; n >>= 7) EN_TRY(en_buf_add_char(out, (char)(n | 128), err));
    return en_buf_add_char(out, (char)n, err);
}

/* Takes a number off the front of *rest; false where there is none, or one above `most`. */
static inline bool en_leb128_take(en_str *rest, uint64_t most, uint64_t *out) {
    *out = 0;
    for (int shift = 0; rest->len && shift < 63; shift += 7) {
        unsigned char byte = (unsigned char)*rest->ptr;
        rest->ptr++;
        rest->len--;
        *out |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return *out <= most;
    }
    return false;
}

/* A run of bytes with its length before it. */
static inline en_status en_leb128_add_str(en_buf *out, en_str s, en_error *err) {
    EN_TRY(en_leb128_add(out, s.len, err));
    return en_buf_add(out, s, err);
}

static inline bool en_leb128_take_str(en_str *rest, en_str *out) {
    uint64_t n;
    if (!en_leb128_take(rest, INT64_MAX, &n) || n > rest->len) return false;
    *out = (en_str){rest->ptr, (size_t)n};
    rest->ptr += n;
    rest->len -= (size_t)n;
    return true;
}

#endif
