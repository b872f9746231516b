/* Characters that XML cannot hold, as workbooks write them. */
#include "table/parts.h"
#include "table/xlsx_book.h"
#include "text/utf8.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of an escape _xHHHH_ at s; 0 where there is none, or one that UTF-8 text cannot hold alone. */
static unsigned escaped_point(const char *s, size_t left) {
    if (left < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_') return 0;
    unsigned point = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(s[i]);
        if (digit < 0) return 0;
        point = point << 4 | (unsigned)digit;
    }
    return point >= 0xD800 && point <= 0xDFFF ? 0 : point;
}

void xlsx_unescape(en_buf *text, size_t from) {
    size_t to = from;
    for (size_t at = from; at < text->len;) {
        unsigned point = escaped_point(text->ptr + at, text->len - at);
        if (point) {
            to += en_utf8_put(text->ptr + to, point);
            at += 7;
        } else {
            text->ptr[to++] = text->ptr[at++];
        }
    }
    text->len = to;
}
