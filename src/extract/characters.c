/* Characters and how words are folded, as tools/compile_lexicon.py does. */
#include "extract/characters.h"

#include <string.h>
#include <unicode/uchar.h>

#include "text/utf8.h"

char32_t peek(const reader *r, size_t pos, size_t *len) {
    if (pos >= r->text.len) return *len = 0, 0;
    unsigned char c = (unsigned char)r->text.ptr[pos];
    if (c < 0x80) return *len = 1, c;
    char32_t point = 0xFFFD;
    *len = en_utf8_next((en_str){r->text.ptr + pos, r->text.len - pos}, &point);
    if (!*len) *len = 1;
    return point;
}

char32_t peek_at(const reader *r, size_t pos) {
    size_t len;
    return peek(r, pos, &len);
}

char32_t peek_before(const reader *r, size_t pos) {
    if (!pos) return 0;
    size_t at = pos - 1;
    while (at && pos - at < 4 && ((unsigned char)r->text.ptr[at] & 0xC0) == 0x80) at--;
    return peek_at(r, at);
}

bool is_space(char32_t c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v' ||
           (c >= 0x80 && (c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
                          c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF));
}

bool is_digit(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : u_charType((UChar32)c) == U_DECIMAL_DIGIT_NUMBER; }

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    uint32_t mask = U_MASK(u_charType((UChar32)c));
    return (mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0 && c != 0x2BC;
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2B9; }
bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
bool is_mark_to_drop(char32_t c) { return (c >= 0x64B && c <= 0x652) || c == 0x670 || c == 0x640 || c == 0x301; }

static char32_t fold_point(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c == '`' ? '\'' : c;
    if (is_apostrophe(c) || c == 0x2018 || c == 0xB4) return '\'';
    if (is_hyphen(c)) return '-';
    if (c == 0x623 || c == 0x625 || c == 0x622 || c == 0x671) return 0x627;
    if (c == 0x649) return 0x64A;
    c = (char32_t)u_tolower((UChar32)c);
    return c == 0x451 ? 0x435 : c;
}

size_t token_fold(en_str written, char *out, size_t cap) {
    size_t n = 0;
    for (size_t i = 0; i < written.len;) {
        if (n + 4 > cap) return 0;
        char32_t c;
        size_t len = en_utf8_next((en_str){written.ptr + i, written.len - i}, &c);
        if (!len) return 0;
        i += len;
        if (c >= 0x300 && is_mark_to_drop(c)) continue;
        n += en_utf8_put(out + n, fold_point(c));
    }
    return n;
}

size_t written_length(en_str written, size_t folded) {
    size_t n = 0, i = 0;
    char out[4];
    while (i < written.len && n < folded) {
        char32_t c = 0;
        size_t len = en_utf8_next((en_str){written.ptr + i, written.len - i}, &c);
        if (!len) break;
        i += len;
        if (c >= 0x300 && is_mark_to_drop(c)) continue;
        n += en_utf8_put(out, fold_point(c));
    }
    return i;
}
