/* Capture histories: from a table with one 0/1 column a list, or from one pattern a person. What is not a history is
 * refused with its place; equal patterns become one cell; cells are sorted, so that the order of rows never matters. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "everyname/estimate.h"

#define COUNT_MAX 1000000000000    /* of one row */
#define TOTAL_MAX 1000000000000000 /* of all rows: whole numbers stay exact in a double */

static const char COUNT_COLUMN[] = "count";

typedef struct cell {
    uint32_t pattern;
    int64_t count;
} cell;

static int by_pattern(const void *a, const void *b) {
    uint32_t x = ((const cell *)a)->pattern, y = ((const cell *)b)->pattern;
    return (x > y) - (x < y);
}

void en_histories_clear(en_histories *histories) {
    free(histories->lists);
    free(histories->patterns);
    free(histories->counts);
    *histories = (en_histories){0};
}

static en_status name_lists(const char *const *names, int n, en_histories *out, en_error *err) {
    if (n < 1) return en_fail(err, EN_ERR_INPUT, "there is no list: capture histories need one 0/1 column a list");
    if (n > EN_LIMIT_LISTS) {
        en_fail(err, EN_ERR_LIMIT, "%d lists, and the limit is %d", n, EN_LIMIT_LISTS);
        return en_error_mend(err, "join lists that copy one another into one, or leave small ones out");
    }
    if (!(out->lists = calloc((size_t)n, sizeof *out->lists))) return en_no_memory(err);
    for (int j = 0; j < n; j++) en_print(out->lists[j], sizeof out->lists[j], "%s", names[j]);
    out->n_lists = n;
    return EN_OK;
}

/* Sorts, merges equal patterns, drops counts of 0. Reorders `cells`. */
static en_status take_cells(cell *cells, int64_t n, en_histories *out, en_error *err) {
    int64_t merged = 0;
    qsort(cells, (size_t)n, sizeof *cells, by_pattern);
    for (int64_t i = 0; i < n; i++) {
        if (cells[i].count == 0) continue;
        out->observed += cells[i].count;
        if (out->observed > TOTAL_MAX)
            return en_fail(err, EN_ERR_LIMIT, "the counts add up to more than %lld", (long long)TOTAL_MAX);
        if (merged && cells[merged - 1].pattern == cells[i].pattern)
            cells[merged - 1].count += cells[i].count;
        else
            cells[merged++] = cells[i];
    }
    out->patterns = calloc((size_t)merged + 1, sizeof *out->patterns);
    out->counts = calloc((size_t)merged + 1, sizeof *out->counts);
    if (!out->patterns || !out->counts) return en_no_memory(err);
    for (int64_t i = 0; i < merged; i++) {
        out->patterns[i] = cells[i].pattern;
        out->counts[i] = cells[i].count;
    }
    out->n_cells = merged;
    return EN_OK;
}

en_status en_histories_from_patterns(const char *const *lists, int n_lists, const uint32_t *patterns, int64_t n,
                                     en_histories *out, en_error *err) {
    *out = (en_histories){0};
    cell *cells = NULL;
    en_status status = name_lists(lists, n_lists, out, err);
    if (status == EN_OK && !(cells = calloc((size_t)n + 1, sizeof *cells))) status = en_no_memory(err);
    for (int64_t i = 0; i < n && status == EN_OK; i++) {
        cells[i] = (cell){patterns[i], 1};
        if (patterns[i] == 0)
            status = en_fail(err, EN_ERR_INPUT, "person %lld is on no list", (long long)i + 1);
        else if (patterns[i] >> (n_lists - 1) > 1)
            status = en_fail(err, EN_ERR_INPUT, "person %lld is on a list beyond the %d there are", (long long)i + 1,
                             n_lists);
    }
    if (status == EN_OK) status = take_cells(cells, n, out, err);
    free(cells);
    if (status != EN_OK) en_histories_clear(out);
    return status;
}

en_status en_histories_join(const en_histories *parts, int n, en_histories *out, en_error *err) {
    *out = (en_histories){0};
    const char *names[EN_LIMIT_LISTS];
    int64_t n_cells = 0, at = 0;
    for (int i = 0; i < n; i++) n_cells += parts[i].n_cells;
    cell *cells = calloc((size_t)n_cells + 1, sizeof *cells);
    if (!cells) return en_no_memory(err);
    for (int j = 0; j < parts[0].n_lists; j++) names[j] = parts[0].lists[j];
    for (int i = 0; i < n; i++)
        for (int64_t k = 0; k < parts[i].n_cells; k++) cells[at++] = (cell){parts[i].patterns[k], parts[i].counts[k]};
    en_status status = name_lists(names, parts[0].n_lists, out, err);
    if (status == EN_OK) status = take_cells(cells, n_cells, out, err);
    free(cells);
    if (status != EN_OK) en_histories_clear(out);
    return status;
}

/* ---- from a table ---- */

/* The value of a cell as text; `buf` holds it where it was a number. */
static en_str cell_text(const en_column *c, int64_t row, char buf[40]) {
    if (en_column_is_null(c, row)) return (en_str){"", 0};
    switch (c->type) {
    case EN_COLUMN_STRING: return en_str_trim(en_column_str(c, row));
    case EN_COLUMN_INT64: en_print(buf, 40, "%lld", (long long)c->ints[row]); break;
    case EN_COLUMN_DOUBLE:
        if (fabs(c->doubles[row]) < 1e18 && c->doubles[row] == floor(c->doubles[row]))
            en_print(buf, 40, "%.0f", c->doubles[row]);
        else
            en_print(buf, 40, "%.17g", c->doubles[row]);
    }
    return en_str_of(buf);
}

typedef struct source {
    const en_table *table;
    const char *file;
    const en_column *count; /* NULL: each row counts 1 */
    const en_column *lists[EN_LIMIT_LISTS];
    int n_lists;
} source;

static en_status refuse(const source *s, int64_t row, const en_column *c, en_error *err, const char *why,
                        const char *mend) {
    char buf[40];
    en_str text = cell_text(c, row, buf);
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" %s", (int)(text.len < 60 ? text.len : 60), text.ptr, why);
    en_error_mend(err, "%s", mend);
    en_error_at(err, s->file, row + 2, c->name, s->table->row_offsets ? s->table->row_offsets[row] : -1);
    return EN_ERR_INPUT;
}

/* Whole numbers from 0 on; ".0" at the end is let pass, since some programs write it. */
static en_status read_count(const source *s, int64_t row, int64_t *out, en_error *err) {
    char buf[40];
    const en_column *c = s->count;
    en_str text = cell_text(c, row, buf);
    int64_t value = 0;
    size_t i = 0;
    if (text.len == 0) return refuse(s, row, c, err, "is no count", "write how many persons have this history");
    if (text.ptr[0] == '-') return refuse(s, row, c, err, "is negative", "a count is a whole number from 0 on");
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' && value <= COUNT_MAX; i++)
        value = 10 * value + (text.ptr[i] - '0');
    if (value > COUNT_MAX) return refuse(s, row, c, err, "is above the limit of 10^12", "check the count");
    size_t digits = i;
    if (i && i < text.len && text.ptr[i] == '.')
        for (i++; i < text.len && text.ptr[i] == '0';) i++;
    if (!digits || i < text.len)
        return refuse(s, row, c, err, "is not a whole number", "a count is a whole number from 0 on");
    *out = value;
    return EN_OK;
}

static en_status read_pattern(const source *s, int64_t row, uint32_t *out, en_error *err) {
    *out = 0;
    for (int j = 0; j < s->n_lists; j++) {
        char buf[40];
        en_str text = cell_text(s->lists[j], row, buf);
        if (en_str_eq(text, EN_LIT("1")))
            *out |= 1u << j;
        else if (!en_str_eq(text, EN_LIT("0")))
            return refuse(s, row, s->lists[j], err, "is neither 0 nor 1",
                          "each list's column says 1 or 0; name columns that are no lists with --ignore");
    }
    return EN_OK;
}

static bool count_is_empty(const source *s, int64_t row) {
    char buf[40];
    return s->count && cell_text(s->count, row, buf).len == 0;
}

static en_status read_row(const source *s, int64_t row, cell *out, en_error *err) {
    EN_TRY(read_pattern(s, row, &out->pattern, err));
    out->count = 1;
    if (out->pattern == 0 && count_is_empty(s, row)) {
        out->count = 0;
        return EN_OK;
    }
    if (s->count) EN_TRY(read_count(s, row, &out->count, err));
    if (out->pattern != 0 || out->count == 0) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "%lld persons on no list: that is what is to be estimated", (long long)out->count);
    en_error_mend(err, "remove the row, or leave its count empty");
    en_error_at(err, s->file, row + 2, s->count ? s->count->name : NULL, -1);
    return EN_ERR_INPUT;
}

static bool is_ignored(const char *name, const char *const *ignore, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, ignore[i]) == 0) return true;
    return false;
}

static en_status find_columns(source *s, const char *const *ignore, size_t n_ignore, en_histories *out, en_error *err) {
    const char *names[EN_LIMIT_LISTS + 1];
    int n = 0;
    for (size_t i = 0; i < n_ignore; i++)
        if (!en_table_column(s->table, ignore[i]))
            return en_fail(err, EN_ERR_NOT_FOUND, "there is no column \"%.100s\" to ignore", ignore[i]);
    for (int32_t i = 0; i < s->table->n_columns; i++) {
        const en_column *c = &s->table->columns[i];
        if (is_ignored(c->name, ignore, n_ignore)) continue;
        if (strcmp(c->name, COUNT_COLUMN) == 0) {
            s->count = c;
            continue;
        }
        if (n < EN_LIMIT_LISTS) s->lists[n] = c;
        names[n < EN_LIMIT_LISTS ? n : EN_LIMIT_LISTS] = c->name;
        n++;
    }
    s->n_lists = n;
    return name_lists(names, n, out, err);
}

en_status en_histories_from_table(const en_table *table, const char *file, const char *const *ignore, size_t n_ignore,
                                  en_histories *out, en_error *err) {
    *out = (en_histories){0};
    source s = {.table = table, .file = file};
    cell *cells = NULL;
    en_status status = find_columns(&s, ignore, n_ignore, out, err);
    if (status != EN_OK) en_error_at(err, file, -1, NULL, -1);
    if (status == EN_OK && table->rows == 0) {
        status = en_fail(err, EN_ERR_INPUT, "there is no row: each capture history is one row");
        en_error_at(err, file, -1, NULL, -1);
    }
    if (status == EN_OK && !(cells = calloc((size_t)table->rows + 1, sizeof *cells))) status = en_no_memory(err);
    for (int64_t row = 0; row < table->rows && status == EN_OK; row++) status = read_row(&s, row, &cells[row], err);
    if (status == EN_OK) status = take_cells(cells, table->rows, out, err);
    free(cells);
    if (status != EN_OK) en_histories_clear(out);
    return status;
}
