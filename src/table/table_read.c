/* Which reader a file is for, by its first bytes. */
#include <string.h>

#include "table/parts.h"

static bool begins(en_str s, en_str start) { return s.len >= start.len && memcmp(s.ptr, start.ptr, start.len) == 0; }

static en_str without_mark(en_str s) {
    const en_str mark = EN_LIT("\xEF\xBB\xBF");
    return begins(s, mark) ? (en_str){s.ptr + mark.len, s.len - mark.len} : s;
}

/* An object, or an array of objects, which the reader of JSON Lines refuses with what to do. */
static bool is_json(en_str bytes) {
    en_str s = en_str_trim(without_mark(bytes));
    if (begins(s, EN_LIT("{"))) return true;
    if (!begins(s, EN_LIT("["))) return false;
    return begins(en_str_trim((en_str){s.ptr + 1, s.len - 1}), EN_LIT("{"));
}

en_status en_table_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                        en_error *err) {
    if (begins(bytes, EN_LIT("PK\x03\x04"))) return en_xlsx_read(bytes, options, out, report, err);
    if (begins(bytes, EN_LIT("\xD0\xCF\x11\xE0"))) return en_xls_read(bytes, options, out, report, err);
    return is_json(bytes) ? en_jsonl_read(bytes, options, out, report, err)
                          : en_csv_read(bytes, options, out, report, err);
}
