/* CSV in: RFC 4180 with any of the three line ends, and the place of every row in the text.
 *
 * A line without a character is no row, wherever it stands; a table of one column writes a null cell as "". Cells are
 * kept as they are, header names without white space at their ends.
 */
#include <stdlib.h>
#include <string.h>

#include "everyname/limits.h"
#include "table/csv.h"
#include "table/parts.h"

/* A cell as it stands in the text, without its outer quotes. */
typedef struct raw_cell {
    const char *ptr;
    size_t len;
    bool escaped; /* holds doubled quotes */
} raw_cell;

typedef struct csv_reader {
    const en_read_options *options;
    en_read_report *report;
    en_str text;
    bool clean; /* no bad byte anywhere: rows need no check */
    char delimiter;
    bool stops[256]; /* bytes that end or break an unquoted cell */
    size_t at;
    int64_t line; /* of `at`, 1-based */
    int32_t n_names;
    char **names;
    raw_cell *raw; /* the record's cells */
    int32_t n_cells, cell_cap;
    bool has_escapes;    /* any of them */
    int64_t inner_lines; /* line ends inside its quotes */

    en_str *cells; /* of rows that wait for the builder, waiting_most times n_names */
    int32_t n_waiting;
    int32_t waiting_most;
    int64_t *offsets, *lengths; /* of these rows */
    en_buf scratch;             /* unescaped cells of these rows */
    en_table_builder *builder;
} csv_reader;

static bool at_line_end(const csv_reader *r, size_t at) {
    return at >= r->text.len || r->text.ptr[at] == '\n' || r->text.ptr[at] == '\r';
}

static int64_t count_lines(en_str text, size_t from, size_t to) {
    if (!memchr(text.ptr + from, '\n', to - from) && !memchr(text.ptr + from, '\r', to - from)) return 0;
    int64_t n = 0;
    for (size_t at = from; at < to; at++)
        n += text.ptr[at] == '\n' || (text.ptr[at] == '\r' && !(at + 1 < text.len && text.ptr[at + 1] == '\n'));
    return n;
}

/* Completes a fault with its place: the line where the record begins, the column, the byte. */
static en_status place_fault(const csv_reader *r, size_t byte, int32_t column, en_error *fault) {
    char number[32];
    const char *name = column >= 0 && column < r->n_names ? r->names[column] : NULL;
    if (!name && column >= 0) {
        csv_column_number(column, number);
        name = number;
    }
    return table_fault_at(r->options, r->line, name, (int64_t)byte, fault);
}

static en_status stray_quote(const csv_reader *r, size_t at, en_error *fault) {
    en_fail(fault, EN_ERR_INPUT, "a quote stands where none can");
    en_error_mend(fault, "put the whole cell in quotes and write each quote inside it twice");
    return place_fault(r, at, r->n_cells, fault);
}

static en_status cell_too_long(const csv_reader *r, size_t start, en_error *fault) {
    en_fail(fault, EN_ERR_LIMIT, "a cell of more than %u MiB", EN_LIMIT_CELL_BYTES >> 20);
    en_error_mend(fault, "look for a quote that is not closed, or shorten the cell");
    return place_fault(r, start, r->n_cells, fault);
}

static en_status add_raw(csv_reader *r, raw_cell cell, en_error *fault) {
    if (r->n_cells == r->cell_cap) {
        int32_t cap = r->cell_cap ? r->cell_cap * 2 : 64;
        raw_cell *raw = realloc(r->raw, (size_t)cap * sizeof *raw);
        if (!raw) return en_fail(fault, EN_ERR_MEMORY, "out of memory");
        r->raw = raw;
        r->cell_cap = cap;
    }
    if (cell.len > EN_LIMIT_CELL_BYTES) return cell_too_long(r, (size_t)(cell.ptr - r->text.ptr), fault);
    r->raw[r->n_cells++] = cell;
    return EN_OK;
}

/* The cell whose opening quote is at *at; leaves *at on what follows its closing one. */
static en_status split_quoted(csv_reader *r, size_t *at, en_error *fault) {
    const char *text = r->text.ptr;
    size_t open = *at, from = open + 1, end = r->text.len;
    if (end - from > (size_t)EN_LIMIT_CELL_BYTES * 2) end = from + (size_t)EN_LIMIT_CELL_BYTES * 2;
    bool escaped = false;
    for (size_t pos = from;;) {
        const char *quote = pos < end ? memchr(text + pos, '"', end - pos) : NULL;
        if (!quote) break;
        pos = (size_t)(quote - text) + 1;
        if (pos < r->text.len && text[pos] == '"') {
            escaped = true;
            pos++;
            continue;
        }
        *at = pos;
        r->inner_lines += count_lines(r->text, from, pos - 1);
        r->has_escapes |= escaped;
        if (!at_line_end(r, pos) && text[pos] != r->delimiter) return stray_quote(r, pos - 1, fault);
        return add_raw(r, (raw_cell){text + from, pos - 1 - from, escaped}, fault);
    }
    if (end < r->text.len) return cell_too_long(r, open, fault);
    en_fail(fault, EN_ERR_INPUT, "a quote is opened here and never closed");
    en_error_mend(fault, "close it, or put the whole cell in quotes and write each quote inside it twice");
    return place_fault(r, open, r->n_cells, fault);
}

/* Bound by branches: a table look-up a byte beats wider steps on cells of some ten bytes. */
static en_status split_plain(csv_reader *r, size_t *at, en_error *fault) {
    const unsigned char *text = (const unsigned char *)r->text.ptr;
    size_t from = *at, pos = from, len = r->text.len;
    while (pos < len && !r->stops[text[pos]]) pos++;
    if (pos < len && text[pos] == '"') return stray_quote(r, pos, fault);
    *at = pos;
    return add_raw(r, (raw_cell){r->text.ptr + from, pos - from, false}, fault);
}

/* Splits the record at r->at into r->raw; *end is its line end. */
static en_status split_record(csv_reader *r, size_t *end, en_error *fault) {
    size_t at = r->at;
    r->n_cells = 0;
    r->inner_lines = 0;
    r->has_escapes = false;
    for (;;) {
        if (at < r->text.len && r->text.ptr[at] == '"')
            EN_TRY(split_quoted(r, &at, fault));
        else
            EN_TRY(split_plain(r, &at, fault));
        *end = at;
        if (at_line_end(r, at)) return EN_OK;
        if (r->n_cells >= EN_LIMIT_COLUMNS) {
            en_fail(fault, EN_ERR_LIMIT, "more than %d columns", EN_LIMIT_COLUMNS);
            return place_fault(r, at, -1, fault);
        }
        at++;
    }
}

/* The column of the record that byte `at` of the text stands in. */
static int32_t column_of(const csv_reader *r, size_t at) {
    int32_t column = r->n_cells - 1;
    while (column > 0 && r->raw[column].ptr > r->text.ptr + at) column--;
    return column;
}

static en_status check_bytes(const csv_reader *r, size_t end, en_error *fault) {
    size_t bad = table_utf8_fault((en_str){r->text.ptr, end}, r->at);
    if (bad == end) return EN_OK;
    unsigned byte = (unsigned char)r->text.ptr[bad];
    if (byte) {
        en_fail(fault, EN_ERR_INPUT, "byte 0x%02X is not UTF-8", byte);
        en_error_mend(fault, "save the file as UTF-8, or name its encoding");
    } else {
        en_fail(fault, EN_ERR_INPUT, "a NUL byte");
        en_error_mend(fault, "remove it; if there are many, the file is not text");
    }
    return place_fault(r, bad, column_of(r, bad), fault);
}

static en_status check_count(const csv_reader *r, en_error *fault) {
    if (r->n_cells == r->n_names) return EN_OK;
    bool less = r->n_cells < r->n_names;
    en_fail(fault, EN_ERR_INPUT, "%d cell%s where the header has %d columns", (int)r->n_cells,
            r->n_cells == 1 ? "" : "s", (int)r->n_names);
    en_error_mend(fault, less ? "add the missing cells (empty ones count), or close a quote above this line"
                              : "put cells that hold the delimiter in quotes");
    return place_fault(r, r->at, -1, fault);
}

static en_status read_record(csv_reader *r, size_t *end, en_error *fault) {
    EN_TRY(split_record(r, end, fault));
    return r->clean ? EN_OK : check_bytes(r, *end, fault);
}

static en_status flush_rows(csv_reader *r, en_error *err) {
    int threads = r->options ? r->options->threads : 0;
    if (r->n_waiting)
        EN_TRY(table_builder_rows(r->builder, r->cells, r->n_waiting, r->offsets, r->lengths, threads, err));
    r->n_waiting = 0;
    r->scratch.len = 0;
    return EN_OK;
}

/* Room to unescape a record. Cells of waiting rows point into the scratch, so it must not move below them. */
static en_status reserve_scratch(csv_reader *r, size_t record_len, en_error *err) {
    if (record_len < r->scratch.cap - r->scratch.len) return EN_OK;
    EN_TRY(flush_rows(r, err));
    return en_buf_reserve(&r->scratch, record_len + (64u << 10), err);
}

/* The raw cells without their doubled quotes, into `cells`. Only cells that have them are copied. */
static void resolve_cells(csv_reader *r, en_str *cells) {
    for (int32_t i = 0; i < r->n_cells; i++) {
        raw_cell raw = r->raw[i];
        cells[i] = (en_str){raw.ptr, raw.len};
        if (!raw.escaped) continue;
        char *to = r->scratch.ptr + r->scratch.len, *start = to;
        for (size_t k = 0; k < raw.len; k++) {
            *to++ = raw.ptr[k];
            if (raw.ptr[k] == '"') k++;
        }
        cells[i] = (en_str){start, (size_t)(to - start)};
        r->scratch.len += cells[i].len;
    }
}

static void skip_blank_lines(csv_reader *r) {
    while (r->at < r->text.len && at_line_end(r, r->at)) {
        r->at = csv_after_line_end(r->text, r->at);
        r->line++;
    }
}

static void step_over(csv_reader *r, size_t end) {
    r->line += 1 + r->inner_lines;
    r->at = csv_after_line_end(r->text, end);
}

static en_status keep_name(csv_reader *r, int32_t i, en_str cell, en_error *err) {
    en_str name = en_str_trim(cell);
    if (!name.len) {
        en_fail(err, EN_ERR_INPUT, "column %d has no name", (int)i + 1);
        en_error_mend(err, "name it in the first line, or delete the column");
        return place_fault(r, (size_t)(r->raw[i].ptr - r->text.ptr), -1, err);
    }
    r->names[i] = strndup(name.ptr, name.len);
    if (!r->names[i]) return en_no_memory(err);
    r->n_names = i + 1;
    return EN_OK;
}

/* As many as pay, in a megabyte or some; never more than the text can hold. */
static int32_t rows_to_wait(const csv_reader *r) {
    enum { CELLS_MOST = 1 << 18, ROWS_LEAST = 32 };
    size_t most = CELLS_MOST / (size_t)r->n_cells;
    if (most > TABLE_ROWS_MOST) most = TABLE_ROWS_MOST;
    if (most > r->text.len) most = r->text.len;
    return most < ROWS_LEAST ? ROWS_LEAST : (int32_t)most;
}

static en_status keep_header(csv_reader *r, en_error *err) {
    r->names = calloc((size_t)r->n_cells, sizeof *r->names);
    r->waiting_most = rows_to_wait(r);
    r->cells = malloc((size_t)r->n_cells * (size_t)r->waiting_most * sizeof *r->cells);
    r->offsets = malloc((size_t)r->waiting_most * sizeof *r->offsets);
    r->lengths = malloc((size_t)r->waiting_most * sizeof *r->lengths);
    if (!r->names || !r->cells || !r->offsets || !r->lengths) return en_no_memory(err);
    resolve_cells(r, r->cells);
    for (int32_t i = 0; i < r->n_cells; i++) EN_TRY(keep_name(r, i, r->cells[i], err));
    int32_t twin = csv_find_twin(r->names, r->n_names);
    if (twin < 0) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "two columns have this name");
    en_error_mend(err, "rename one of them in the first line");
    return place_fault(r, (size_t)(r->raw[twin].ptr - r->text.ptr), twin, err);
}

static en_status read_header(csv_reader *r, en_error *err) {
    skip_blank_lines(r);
    if (r->at >= r->text.len) {
        bool is_above = r->options && r->options->header_row > 1;
        en_fail(err, EN_ERR_INPUT, is_above ? "no header: the file ends above it" : "no header: the file is empty");
        en_error_mend(err, is_above ? "name the line of the header" : "the first line names the columns");
        return table_fault_at(r->options, is_above ? r->line : 1, NULL, -1, err);
    }
    size_t end;
    EN_TRY(read_record(r, &end, err));
    EN_TRY(reserve_scratch(r, end - r->at, err));
    EN_TRY(keep_header(r, err));
    step_over(r, end);
    return en_table_builder_new((const char *const *)r->names, r->n_names, &r->builder, err);
}

/* A bad record is taken to end with its first line, so that an open quote cannot swallow the good lines below. */
static en_status reject_record(csv_reader *r, const en_error *fault, en_error *err) {
    EN_TRY(table_reject(r->options, r->report, fault, err));
    while (!at_line_end(r, r->at)) r->at++;
    r->at = csv_after_line_end(r->text, r->at);
    r->line++;
    return EN_OK;
}

static en_status read_row(csv_reader *r, en_error *err) {
    en_error fault;
    size_t end;
    en_status status = read_record(r, &end, &fault);
    if (status == EN_OK) status = check_count(r, &fault);
    if (status != EN_OK) return reject_record(r, &fault, err);
    if (r->has_escapes) EN_TRY(reserve_scratch(r, end - r->at, err));
    resolve_cells(r, r->cells + (size_t)r->n_waiting * (size_t)r->n_names);
    r->offsets[r->n_waiting] = (int64_t)r->at;
    r->lengths[r->n_waiting] = (int64_t)(end - r->at);
    step_over(r, end);
    return ++r->n_waiting == r->waiting_most ? flush_rows(r, err) : EN_OK;
}

static en_status read_rows(csv_reader *r, en_error *err) {
    const en_progress *progress = r->options ? r->options->progress : NULL;
    size_t next_report = 0;
    for (skip_blank_lines(r); r->at < r->text.len; skip_blank_lines(r)) {
        EN_TRY(read_row(r, err));
        if (r->at < next_report) continue;
        EN_TRY(en_progress_step(progress, "reading rows", r->at, r->text.len, err));
        next_report = r->at + (1u << 20);
    }
    return flush_rows(r, err);
}

static void clear_reader(csv_reader *r) {
    for (int32_t i = 0; i < r->n_names; i++) free(r->names[i]);
    free(r->names);
    free(r->raw);
    free(r->cells);
    free(r->offsets);
    free(r->lengths);
    en_buf_clear(&r->scratch);
    en_table_builder_free(r->builder);
}

static en_status read_text(csv_reader *r, en_table *out, en_error *err) {
    EN_TRY(read_header(r, err));
    EN_TRY(read_rows(r, err));
    EN_TRY(en_table_builder_finish(r->builder, out, err));
    r->report->rows = out->rows;
    return EN_OK;
}

/* Reads the UTF-8 text of a file from byte `mark` on. */
static en_status read_from(csv_reader *r, size_t mark, en_table *out, en_error *err) {
    const en_read_options *options = r->options;
    csv_start start = csv_find_start(r->text, mark, options ? options->header_row : 0);
    r->at = start.at;
    r->line = start.line;
    r->delimiter = options && options->delimiter ? options->delimiter : start.delimiter;
    if (!r->delimiter) r->delimiter = csv_detect_delimiter(r->text, start.at);
    r->stops['"'] = r->stops['\n'] = r->stops['\r'] = r->stops[(unsigned char)r->delimiter] = true;
    r->report->delimiter = r->delimiter;
    en_status status = read_text(r, out, err);
    bool is_doubtful = status != EN_OK || !out->rows || r->n_names == 1;
    if (is_doubtful) r->report->likely_header = csv_likely_header(r->text, start, r->delimiter);
    clear_reader(r);
    return status;
}

en_status en_csv_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                      en_error *err) {
    en_error ignored;
    en_read_report unused = {0};
    en_read_report *into = report ? report : &unused;
    if (!err) err = &ignored;
    *out = (en_table){0};
    *into = (en_read_report){.format = "csv"};
    csv_reader r = {.options = options, .report = into};
    size_t mark;
    en_status status = table_decode(bytes, options, into, &r.text, &mark, &r.clean, err);
    if (status == EN_OK) status = read_from(&r, mark, out, err);
    en_read_report_clear(&unused);
    return status;
}
