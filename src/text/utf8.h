/* Reading and writing UTF-8 one code point at a time. */
#ifndef EN_TEXT_UTF8_H
#define EN_TEXT_UTF8_H

#include <uchar.h>

#include "everyname/base.h"

/* Bytes of the code point at s (s.len > 0), which is set; 0 where the bytes are not UTF-8. */
static inline size_t en_utf8_next(en_str s, char32_t *point) {
    const unsigned char *b = (const unsigned char *)s.ptr;
    if (b[0] < 0x80) return *point = b[0], 1;
    size_t n = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
    if (b[0] < 0xC2 || b[0] > 0xF4 || s.len < n) return 0;
    char32_t c = b[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((b[i] & 0xC0) != 0x80) return 0;
        c = c << 6 | (b[i] & 0x3F);
    }
    if ((n == 3 && c < 0x800) || (n == 4 && c < 0x10000) || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
    *point = c;
    return n;
}

/* Writes a code point, 1 to 4 bytes, and returns how many. */
static inline size_t en_utf8_put(char *to, char32_t c) {
    size_t n = 0;
    if (c < 0x80) return to[0] = (char)c, 1;
    if (c < 0x800) {
        to[n++] = (char)(0xC0 | c >> 6);
    } else if (c < 0x10000) {
        to[n++] = (char)(0xE0 | c >> 12);
        to[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    } else {
        to[n++] = (char)(0xF0 | c >> 18);
        to[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        to[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    to[n++] = (char)(0x80 | (c & 0x3F));
    return n;
}

static inline bool en_is_ascii(en_str s) {
    unsigned char all = 0;
    for (size_t i = 0; i < s.len; i++) all |= (unsigned char)s.ptr[i];
    return all < 0x80;
}

#endif
