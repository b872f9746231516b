/* Reads each file of tests/golden/table and compares what came of it with NAME.expected beside it: the table, row by
 * row with its place, the rejects, or the error. Files whose name begins with "rejects" are read with keep_rejects.
 * With EVERYNAME_GOLDEN_UPDATE set, writes what came instead: to be read before it is committed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"
#include "everyname/table.h"

static const char suffix[] = ".expected";

static bool ends_with(en_str s, const char *end) {
    size_t n = strlen(end);
    return s.len >= n && memcmp(s.ptr + s.len - n, end, n) == 0;
}

/* Line ends and marks that an eye would not see are spelled out. */
static void dump_visible(en_str s, en_buf *out) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '\n')
            en_buf_add(out, EN_LIT("\\n"), NULL);
        else if (c == '\r')
            en_buf_add(out, EN_LIT("\\r"), NULL);
        else if (c < 0x20 || c == 0x7F)
            en_buf_addf(out, NULL, "\\x%02X", c);
        else
            en_buf_add_char(out, s.ptr[i], NULL);
    }
}

static void dump_row(const en_table *t, int64_t row, en_str text, en_buf *out) {
    en_buf_addf(out, NULL, "%lld+%lld ", (long long)t->row_offsets[row], (long long)t->row_lengths[row]);
    for (int32_t i = 0; i < t->n_columns; i++) {
        const en_column *c = &t->columns[i];
        en_buf_add_char(out, en_column_is_null(c, row) ? '-' : '[', NULL);
        dump_visible(en_column_str(c, row), out);
        if (!en_column_is_null(c, row)) en_buf_add_char(out, ']', NULL);
    }
    en_buf_add(out, EN_LIT(" = "), NULL);
    dump_visible((en_str){text.ptr + t->row_offsets[row], (size_t)t->row_lengths[row]}, out);
    en_buf_add_char(out, '\n', NULL);
}

static void dump_table(const en_table *t, const en_read_report *r, en_str text, en_buf *out) {
    en_buf_addf(out, NULL, "%s %s%s", r->format, r->encoding, r->had_bom ? " with mark" : "");
    if (r->delimiter == '\t')
        en_buf_add(out, EN_LIT(" cut at tabs"), NULL);
    else if (r->delimiter)
        en_buf_addf(out, NULL, " cut at %c", r->delimiter);
    en_buf_add(out, EN_LIT("\ncolumns "), NULL);
    for (int32_t i = 0; i < t->n_columns; i++) {
        en_buf_add_char(out, '[', NULL);
        dump_visible(en_str_of(t->columns[i].name), out);
        en_buf_add_char(out, ']', NULL);
    }
    en_buf_add_char(out, '\n', NULL);
    for (int64_t row = 0; row < t->rows; row++) dump_row(t, row, text, out);
    for (size_t i = 0; i < r->n_rejects; i++) {
        const en_reject *j = &r->rejects[i];
        en_buf_addf(out, NULL, "reject line %lld byte %lld column \"%s\": %s; %s\n", (long long)j->row,
                    (long long)j->byte, j->column, j->why, j->mend);
    }
}

static void read_and_dump(en_str name, en_str bytes, en_buf *out) {
    char file[128];
    snprintf(file, sizeof file, "%.*s", (int)name.len, name.ptr);
    en_read_options options = {
        .struct_size = sizeof options, .file = file, .keep_rejects = strncmp(file, "rejects", 7) == 0};
    en_table table;
    en_read_report report;
    en_error err;
    char line[2048];
    if (en_table_read(bytes, &options, &table, &report, &err) == EN_OK) {
        dump_table(&table, &report, report.text ? (en_str){report.text, report.text_len} : bytes, out);
    } else {
        en_error_format(&err, line, sizeof line);
        en_buf_addf(out, NULL, "error %s\n", line);
    }
    en_table_clear(&table);
    en_read_report_clear(&report);
}

static void check_file(en_str name) {
    char path[1024], expected_path[1100];
    snprintf(path, sizeof path, "%s/%.*s", GOLDEN_DIR, (int)name.len, name.ptr);
    snprintf(expected_path, sizeof expected_path, "%s%s", path, suffix);
    en_os_map input = {0}, expected = {0};
    en_buf out = {0};
    assert_int_equal(en_os_map_file(path, &input, NULL), EN_OK);
    read_and_dump(name, input.bytes, &out);
    if (en_os_env("EVERYNAME_GOLDEN_UPDATE"))
        assert_int_equal(en_os_write_file(expected_path, en_buf_str(&out), NULL), EN_OK);
    assert_int_equal(en_os_map_file(expected_path, &expected, NULL), EN_OK);
    if (!en_str_eq(en_buf_str(&out), expected.bytes))
        fail_msg("%s gives\n%s\ninstead of\n%.*s", path, out.ptr, (int)expected.bytes.len, expected.bytes.ptr);
    en_os_unmap(&input);
    en_os_unmap(&expected);
    en_buf_clear(&out);
}

static void test_golden_files(void **state) {
    (void)state;
    en_buf names = {0};
    int files = 0;
    assert_int_equal(en_os_list_dir(GOLDEN_DIR, &names, NULL), EN_OK);
    en_str rest = en_buf_str(&names);
    while (rest.len) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        en_str name = {rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len};
        rest = (en_str){rest.ptr + name.len + (end != NULL), rest.len - name.len - (end != NULL)};
        if (ends_with(name, suffix)) continue;
        check_file(name);
        files++;
    }
    assert_true(files > 20);
    en_buf_clear(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
