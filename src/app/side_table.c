/* Small files beside the lists, read with their columns checked. */
#include "app/side_table.h"

#include <string.h>

en_status en_side_table_open(const char *path, const char *const *columns, const char *mend, en_side_table *out,
                             en_error *err) {
    const en_read_options read = {.struct_size = sizeof read, .file = path};
    return en_side_table_open_as(path, &read, columns, mend, out, err);
}

en_status en_side_table_open_as(const char *path, const en_read_options *read, const char *const *columns,
                                const char *mend, en_side_table *out, en_error *err) {
    *out = (en_side_table){.file = path, .mend = mend};
    EN_TRY(en_os_map_file(path, &out->map, err));
    en_status status = en_table_read(out->map.bytes, read, &out->table, &out->report, err);
    for (int i = 0; status == EN_OK && columns[i]; i++) {
        if (en_table_column(&out->table, columns[i])) continue;
        status = en_fail(err, EN_ERR_INPUT, "the file has no such column");
        en_error_at(err, path, 1, columns[i], -1);
        en_error_mend(err, "%s", mend);
    }
    if (status != EN_OK) en_side_table_close(out);
    return status;
}

en_str en_side_table_cell(const en_side_table *t, const char *column, int64_t row) {
    const en_column *c = en_table_column(&t->table, column);
    return c ? en_str_trim(en_column_str(c, row)) : (en_str){"", 0};
}

/* Lines before the row's own: cells may hold line ends, so rows cannot be counted in their place. */
static int64_t line_of(const en_side_table *t, int64_t row) {
    if (!t->table.row_offsets) return row + 2;
    const char *at = t->report.text ? t->report.text : t->map.bytes.ptr, *end = at + t->table.row_offsets[row];
    int64_t line = 1;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) line++, at++;
    return line;
}

en_status en_side_table_at(const en_side_table *t, int64_t row, const char *column, const char *mend, en_error *err) {
    en_error_mend(err, "%s", mend ? mend : t->mend);
    return en_error_at(err, t->file, line_of(t, row), column, -1);
}

void en_side_table_close(en_side_table *t) {
    en_table_clear(&t->table);
    en_read_report_clear(&t->report);
    en_os_unmap(&t->map);
    *t = (en_side_table){0};
}
