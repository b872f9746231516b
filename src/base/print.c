/* Words into a buffer of fixed size, in whole characters. */
#include "base/print.h"

#include <stdio.h>
#include <string.h>

/* Bytes of the character that begins at `s`; 0 where it is not whole. */
static size_t whole_character(const unsigned char *s) {
    size_t need = s[0] < 0x80 ? 1 : s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC0 ? 2 : 0;
    for (size_t i = 1; i < need; i++)
        if ((s[i] & 0xC0) != 0x80) return 0;
    return need;
}

static size_t leave_halves_out(char *text) {
    size_t to = 0;
    for (const char *from = text; *from;) {
        size_t n = whole_character((const unsigned char *)from);
        if (n) memmove(text + to, from, n);
        to += n;
        from += n ? n : 1;
    }
    text[to] = 0;
    return to;
}

size_t en_vprint(char *out, size_t cap, const char *fmt, va_list args) {
    if (vsnprintf(out, cap, fmt, args) < 0) out[0] = 0;
    return leave_halves_out(out);
}

size_t en_print(char *out, size_t cap, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    size_t len = en_vprint(out, cap, fmt, args);
    va_end(args);
    return len;
}

const char *en_shorten(const char *text, int characters, char out[EN_SHORT]) {
    size_t at = 0, word = 0; /* bytes looked at; of them whole words */
    int n = 0;
    for (; text[at] && n < characters; n++) {
        size_t step = whole_character((const unsigned char *)text + at);
        if (text[at] == ' ') word = at;
        at += step ? step : 1;
    }
    bool all = !text[at];
    if (!all && text[at] != ' ' && word) at = word;
    en_print(out, EN_SHORT, "%.*s%s", (int)at, text, all ? "" : "…");
    return out;
}
