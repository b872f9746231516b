/* Is a text UTF-8, and if not, where does it stop being it? And characters as its bytes. */
#include <string.h>

#include "table/parts.h"
#include "text/utf8.h"

/* Length of the well-formed character at p (Unicode 15, table 3-7), 0 where there is none. */
static size_t character(const unsigned char *p, size_t left) {
    unsigned char c = p[0];
    if (c < 0x80) return c != 0;
    size_t n = c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE0 && c <= 0xEF ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    if (!n || n > left) return 0;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return n;
}

/* Eight bytes at once that are ASCII and not NUL; bound by memory on ASCII text. */
static bool plain_word(const unsigned char *p) {
    uint64_t word;
    memcpy(&word, p, 8);
    const uint64_t high = 0x8080808080808080u, ones = 0x0101010101010101u;
    return ((word | (word - ones)) & high) == 0;
}

size_t table_utf8_fault(en_str text, size_t from) {
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t at = from;
    while (at < text.len) {
        if (text.len - at >= 8 && plain_word(p + at)) {
            at += 8;
            continue;
        }
        size_t n = character(p + at, text.len - at);
        if (!n) return at;
        at += n;
    }
    return text.len;
}

en_status table_add_point(en_buf *out, uint32_t point, en_error *err) {
    EN_TRY(en_buf_reserve(out, 4, err));
    out->len += en_utf8_put(out->ptr + out->len, point);
    return EN_OK;
}
