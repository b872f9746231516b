/* Which of the embedded fonts a text needs: those whose unicode-range holds one of its characters. */
#include "report/fonts.h"

#include <stdlib.h>
#include <string.h>

enum { CHARACTERS = 0x110000 };

/* Every character of the text, by code point; bad bytes count as none. */
static void mark_used(en_str text, bool *used) {
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.ptr[i++];
        int more = c < 0x80 ? 0 : c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : -1;
        uint32_t point = more <= 0 ? c : c & (0x3Fu >> more);
        for (; more > 0 && i < text.len && ((unsigned char)text.ptr[i] & 0xC0) == 0x80; more--)
            point = point << 6 | ((unsigned char)text.ptr[i++] & 0x3F);
        if (more == 0 && point < CHARACTERS) used[point] = true;
    }
}

static bool any_used(const bool *used, unsigned long from, unsigned long to) {
    for (unsigned long c = from; c <= to && c < CHARACTERS; c++)
        if (used[c]) return true;
    return false;
}

/* Reads "U+0301,U+0400-045F,…" to the end of the rule. */
static bool range_used(const char *range, const char *end, const bool *used) {
    while (range < end && (range = memchr(range, '+', (size_t)(end - range)))) {
        char *after;
        unsigned long from = strtoul(range + 1, &after, 16);
        unsigned long to = *after == '-' ? strtoul(after + 1, &after, 16) : from;
        if (any_used(used, from, to)) return true;
        range = after;
    }
    return false;
}

static const char *find(const char *from, const char *end, const char *word) {
    size_t len = strlen(word);
    for (; from + len <= end; from++)
        if (memcmp(from, word, len) == 0) return from + len;
    return end;
}

static en_status add_used(en_str faces, const bool *used, en_buf *out, en_error *err) {
    for (const char *line = faces.ptr, *stop = faces.ptr + faces.len; line < stop;) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        if (!end) end = stop;
        if (range_used(find(line, end, "unicode-range:"), end, used))
            EN_TRY(en_buf_add(out, (en_str){line, (size_t)(end - line)}, err));
        line = end + 1;
    }
    return EN_OK;
}

en_status fonts_add(en_str faces, en_str text, en_buf *out, en_error *err) {
    bool *used = calloc(CHARACTERS, sizeof *used);
    if (!used) return en_no_memory(err);
    mark_used(text, used);
    en_status status = add_used(faces, used, out, err);
    free(used);
    return status;
}
