/* Golden files of extraction: lines of "text => what is wanted", comments that begin with #, titles of sections. */
#ifndef EN_TEST_GOLDEN_LINES_H
#define EN_TEST_GOLDEN_LINES_H

#include "base/os.h"

typedef struct golden_line {
    en_str whole, text, wanted; /* text and wanted trimmed, empty where the line has no arrow */
    bool has_arrow;
} golden_line;

static golden_line golden_split(en_str line) {
    golden_line out = {.whole = line};
    for (size_t i = 0; i + 2 <= line.len && !out.has_arrow && line.ptr[0] != '#'; i++) {
        if (line.ptr[i] != '=' || line.ptr[i + 1] != '>') continue;
        out.text = en_str_trim((en_str){line.ptr, i});
        out.wanted = en_str_trim((en_str){line.ptr + i + 2, line.len - i - 2});
        out.has_arrow = true;
    }
    return out;
}

/* Checks every line of tests/golden/extract/NAME.txt; a line that is wrong is 1, else 0. Fails where a file checks
 * nothing, or a line is wrong. */
typedef int (*golden_check)(void *ctx, const golden_line *line);
static void golden_each(const char *name, golden_check check, void *ctx) {
    char path[1024];
    en_os_map map;
    en_error err;
    int wrong = 0, lines = 0;
    snprintf(path, sizeof path, "%s/extract/%s.txt", EN_GOLDEN, name);
    assert_int_equal(en_os_map_file(path, &map, &err), EN_OK);
    for (const char *at = map.bytes.ptr, *end = at + map.bytes.len; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        golden_line line = golden_split((en_str){at, (size_t)(stop - at)});
        lines += line.has_arrow;
        wrong += check(ctx, &line);
        at = stop + 1;
    }
    en_os_unmap(&map);
    assert_true(lines > 0);
    assert_int_equal(wrong, 0);
}

#endif
