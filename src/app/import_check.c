#include "app/import_check.h"

#include <stdlib.h>
#include <string.h>

int64_t import_line_of(const en_table *table, en_str text, int64_t row) {
    int64_t line = 1;
    for (int64_t i = 0; i < table->row_offsets[row] && i < (int64_t)text.len; i++) line += text.ptr[i] == '\n';
    return line;
}

typedef struct checker {
    const en_table *table;
    const en_mapping *mapping;
    en_str text;
    const char *file, *header; /* of the column */
    const en_column *column;
} checker;

static int64_t first_row_of(const checker *c, int32_t code) {
    int64_t row = 0;
    while (row < c->table->rows && (c->column->codes[row] != code || en_column_is_null(c->column, row))) row++;
    return row;
}

static en_status at_row(const checker *c, int64_t row, en_error *err) {
    return en_error_at(err, c->file, import_line_of(c->table, c->text, row), c->header, -1);
}

/* ---- dates ---- */

static bool is_date_role(const char *role) {
    return strcmp(role, "birth") == 0 || strcmp(role, "event_date") == 0 || strcmp(role, "date") == 0;
}

/* A date in day-month form that the stated order, or none, does not read. What no order reads is a list's own wording
 * and stays as it is. */
static bool needs_other_order(en_str cell, en_date_order stated) {
    static const en_date_order orders[] = {EN_ORDER_DMY, EN_ORDER_MDY, EN_ORDER_YMD};
    en_when when;
    if (en_when_parse(cell, stated, &when, NULL) == EN_OK) return false;
    for (int i = 0; i < 3; i++)
        if (en_when_parse(cell, orders[i], &when, NULL) == EN_OK) return true;
    return false;
}

static en_status refuse_order(en_date_order stated, en_str cell, en_error *err) {
    int len = (int)(cell.len < 64 ? cell.len : 64);
    if (stated == EN_ORDER_UNSTATED)
        en_fail(err, EN_ERR_INPUT, "\"%.*s\": the order of day and month is not stated", len, cell.ptr);
    else
        en_fail(err, EN_ERR_INPUT, "\"%.*s\" is no date in the order %s", len, cell.ptr, en_date_order_name(stated));
    return en_error_mend(err, "say --date-order dmy, mdy or ymd, or map the column as text");
}

/* Day 1 of the system that nearly all spreadsheets count in is 1 January 1900, and they count a 29 February of that
 * year, so that from March on the count is of days since 30 December 1899. */
enum { SERIAL_FIRST = 10000 /* May 1927 */, SERIAL_LAST = 80000 /* January 2119 */ };

static bool is_serial(en_str cell, int32_t *year, int *month, int *day) {
    int32_t number = 0;
    if (cell.len != 5) return false;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] < '0' || cell.ptr[i] > '9') return false;
        number = number * 10 + (cell.ptr[i] - '0');
    }
    if (number < SERIAL_FIRST || number > SERIAL_LAST) return false;
    en_day_to_civil(en_day_number(1899, 12, 30) + number, year, month, day);
    return true;
}

static en_status check_date(const checker *c, en_str cell, en_error *err) {
    int32_t year;
    int month, day;
    if (is_serial(cell, &year, &month, &day)) {
        en_fail(err, EN_ERR_INPUT, "%.*s is a spreadsheet's number of a day, %04d-%02d-%02d by most", (int)cell.len,
                cell.ptr, (int)year, month, day);
        return en_error_mend(err, "give the column the format of a date and save it again, or map it as text");
    }
    return needs_other_order(cell, c->mapping->date_order) ? refuse_order(c->mapping->date_order, cell, err) : EN_OK;
}

/* ---- formulas ---- */

/* What a spreadsheet would compute: an equals sign with a function or a cell behind it. */
static bool is_formula(en_str cell) {
    size_t at = 1, letters = 0;
    if (cell.len < 3 || cell.ptr[0] != '=') return false;
    while (at < cell.len && (cell.ptr[at] == '$' || cell.ptr[at] == '+' || cell.ptr[at] == '-')) at++;
    for (; at < cell.len && ((cell.ptr[at] | 32) >= 'a' && (cell.ptr[at] | 32) <= 'z'); at++) letters++;
    if (!letters || at == cell.len) return false;
    return cell.ptr[at] == '(' || cell.ptr[at] == '.' || cell.ptr[at] == '$' || cell.ptr[at] == '!' ||
           (cell.ptr[at] >= '0' && cell.ptr[at] <= '9');
}

static en_status refuse_formula(en_str cell, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" is a formula, not its value", (int)(cell.len < 64 ? cell.len : 64), cell.ptr);
    return en_error_mend(err, "save the list with values in place of formulas, or map the column as text");
}

/* ---- identifiers ---- */

static en_status refuse_twice(const checker *c, int64_t first, int64_t row, en_error *err) {
    en_str id = en_column_str(c->column, row);
    en_fail(err, EN_ERR_INPUT, "two rows have the identifier \"%.*s\", the other is in line %lld",
            (int)(id.len < 64 ? id.len : 64), id.ptr, (long long)import_line_of(c->table, c->text, first));
    en_error_mend(err, "mend the list, or map the column as text: rows are told apart by what they say then");
    return at_row(c, row, err);
}

/* Every identifier of a column without twins is met in one row, so that the common case looks at no row. */
static en_status check_identifiers(const checker *c, en_error *err) {
    if (c->column->dict_len == c->table->rows - c->column->null_count) return EN_OK;
    int64_t *first = malloc(((size_t)c->column->dict_len + 1) * sizeof *first);
    if (!first) return en_no_memory(err);
    for (int32_t i = 0; i < c->column->dict_len; i++) first[i] = -1;
    en_status status = EN_OK;
    for (int64_t row = 0; status == EN_OK && row < c->table->rows; row++) {
        if (en_column_is_null(c->column, row)) continue;
        int64_t *seen = &first[c->column->codes[row]];
        if (*seen >= 0) status = refuse_twice(c, *seen, row, err);
        *seen = row;
    }
    free(first);
    return status;
}

/* ---- columns ---- */

static en_status check_value(const checker *c, const char *role, int32_t code, en_error *err) {
    en_str cell = en_str_trim(en_column_entry(c->column, code));
    en_status status = EN_OK;
    if (!cell.len) return EN_OK;
    if (is_formula(cell))
        status = refuse_formula(cell, err);
    else if (is_date_role(role))
        status = check_date(c, cell, err);
    if (status != EN_OK) at_row(c, first_row_of(c, code), err);
    return status;
}

static en_status check_column(const checker *c, const char *role, en_error *err) {
    if (strcmp(role, "text") == 0) return EN_OK;
    if (strcmp(role, EN_MAPPED_ID) == 0) EN_TRY(check_identifiers(c, err));
    for (int32_t code = 0; code < c->column->dict_len; code++) EN_TRY(check_value(c, role, code, err));
    return EN_OK;
}

en_status import_check_values(const en_table *table, const en_mapping *mapping, en_str text, const char *file,
                              en_error *err) {
    for (int32_t k = 0; k < mapping->n; k++) {
        checker c = {.table = table, .mapping = mapping, .text = text, .file = file, .header = mapping->columns[k]};
        c.column = en_table_column(table, c.header);
        if (c.column && mapping->roles[k]) EN_TRY(check_column(&c, mapping->roles[k], err));
    }
    return EN_OK;
}
