/* Names of encodings, UTF-16, and what a byte order mark or a run of NULs says. Code pages are in codepage.c. */
#include "table/encoding.h"

#include <string.h>
#include <strings.h>

#include "table/codepage.h"
#include "table/parts.h"

static const char *const names[] = {"UTF-8",        "UTF-16LE",     "UTF-16BE",    "windows-1250",
                                    "windows-1251", "windows-1252", "windows-1256"};

const char *encoding_name(encoding e) { return e < ENCODING_UNKNOWN ? names[e] : "unknown"; }

encoding encoding_of_name(const char *name) {
    for (int e = 0; e < ENCODING_UNKNOWN; e++)
        if (strcasecmp(name, names[e]) == 0) return (encoding)e;
    return ENCODING_UNKNOWN;
}

size_t encoding_bom(encoding e, en_str bytes) {
    const en_str mark = e == ENCODING_UTF8      ? EN_LIT("\xEF\xBB\xBF")
                        : e == ENCODING_UTF16LE ? EN_LIT("\xFF\xFE")
                        : e == ENCODING_UTF16BE ? EN_LIT("\xFE\xFF")
                                                : EN_LIT("");
    return bytes.len >= mark.len && mark.len && memcmp(bytes.ptr, mark.ptr, mark.len) == 0 ? mark.len : 0;
}

static unsigned unit(encoding e, en_str bytes, size_t at) {
    unsigned a = (unsigned char)bytes.ptr[at], b = (unsigned char)bytes.ptr[at + 1];
    return e == ENCODING_UTF16LE ? b << 8 | a : a << 8 | b;
}

size_t encoding_utf16_fault(encoding e, en_str bytes) {
    for (size_t at = 0; at < bytes.len; at += 2) {
        if (bytes.len - at < 2) return at;
        unsigned u = unit(e, bytes, at);
        if (u < 0xD800 || u > 0xDFFF) continue;
        if (u > 0xDBFF || bytes.len - at < 4) return at;
        unsigned low = unit(e, bytes, at + 2);
        if (low < 0xDC00 || low > 0xDFFF) return at;
        at += 2;
    }
    return bytes.len;
}

/* A unit that every table has; two bytes of other text do not make one. */
static bool has_separator(encoding e, en_str bytes) {
    for (size_t at = 0; at + 1 < bytes.len; at += 2) {
        unsigned u = unit(e, bytes, at);
        if (u == '\n' || u == '\r' || u == ',' || u == ';' || u == '\t') return true;
    }
    return false;
}

/* Commas, line ends and digits make one half of the units NUL in any script; a text has no NUL in the other half. */
static encoding detect_utf16(en_str bytes) {
    size_t nul[2] = {0, 0};
    size_t sample = bytes.len < 65536 ? bytes.len : 65536;
    for (size_t i = 0; i < sample; i++) nul[i & 1] += !bytes.ptr[i];
    encoding e = nul[1] ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    if (bytes.len % 2 || (nul[0] && nul[1]) || nul[0] + nul[1] < sample / 64 + 1) return ENCODING_UNKNOWN;
    bool is_text = encoding_utf16_fault(e, bytes) == bytes.len && has_separator(e, bytes);
    return is_text ? e : ENCODING_UNKNOWN;
}

static bool mostly_utf8(en_str bytes) {
    size_t bad = 0, good = 0, at = 0;
    while (at < bytes.len) {
        size_t fault = table_utf8_fault(bytes, at);
        /* A character begins where a byte is not a continuation. */
        for (; at < fault; at++) good += ((unsigned char)bytes.ptr[at] & 0xC0) == 0xC0;
        bad += at++ < bytes.len;
    }
    return good > bad;
}

encoding encoding_detect(en_str bytes) {
    for (encoding e = ENCODING_UTF8; e <= ENCODING_UTF16BE; e++)
        if (encoding_bom(e, bytes)) return e;
    size_t fault = table_utf8_fault(bytes, 0);
    if (fault == bytes.len) return ENCODING_UTF8;
    encoding wide = detect_utf16(bytes);
    if (wide != ENCODING_UNKNOWN) return wide;
    bool is_nul = !bytes.ptr[fault];
    return is_nul || mostly_utf8(bytes) ? ENCODING_UTF8 : codepage_detect(bytes);
}
