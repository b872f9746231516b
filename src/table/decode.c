/* How bytes become UTF-8 text. */
#include <stdio.h>
#include <string.h>

#include "table/parts.h"

en_status table_decode(en_str bytes, const en_read_options *options, en_read_report *report, en_str *text,
                       size_t *start, bool *clean, en_error *err) {
    (void)options, (void)err;
    report->had_bom = bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0;
    *start = report->had_bom ? 3 : 0;
    *text = bytes;
    *clean = table_utf8_fault(bytes, *start) == bytes.len;
    snprintf(report->encoding, sizeof report->encoding, "UTF-8");
    return EN_OK;
}
