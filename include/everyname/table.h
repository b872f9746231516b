/* Tables in memory, and how they come in: CSV, JSON Lines, XLSX, XLS.
 *
 * Columns have Arrow's layout: validity bits, int32 codes into a dictionary of distinct strings, or 64-bit numbers. In
 * go bytes; out come a table, where each row began in the (UTF-8) text, and a report of what was detected. A bad row is
 * never dropped silently: it is an error that names the place, or, where the caller allows, listed in the report.
 */
#ifndef EVERYNAME_TABLE_H
#define EVERYNAME_TABLE_H

#include "everyname/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { EN_COLUMN_STRING = 0, EN_COLUMN_INT64, EN_COLUMN_DOUBLE } en_column_type;

typedef struct en_column {
    char *name; /* owned, terminated */
    en_column_type type;
    int64_t null_count;
    uint8_t *validity;     /* bit i of byte i/8, 1 = there; NULL where nothing is null */
    int32_t *codes;        /* STRING: rows codes; 0 where null */
    int32_t dict_len;      /* distinct strings, in order of first appearance */
    int64_t *dict_offsets; /* dict_len + 1 */
    char *dict_bytes;
    int64_t *ints;   /* INT64 */
    double *doubles; /* DOUBLE */
} en_column;

typedef struct en_table {
    int64_t rows;
    int32_t n_columns;
    en_column *columns;
    int64_t *row_offsets; /* byte where row i's record begins; NULL unless read from text */
    int64_t *row_lengths; /* its length without the line end */
} en_table;               /* zero-initialised is empty */

void en_table_clear(en_table *table);
const en_column *en_table_column(const en_table *table, const char *name); /* exact name; NULL where absent */
static inline bool en_column_is_null(const en_column *c, int64_t row) {
    return c->validity && !(c->validity[row >> 3] >> (row & 7) & 1);
}
/* Entry `code` of a string column's dictionary; lent by the table. */
static inline en_str en_column_entry(const en_column *c, int32_t code) {
    return (en_str){c->dict_bytes + c->dict_offsets[code], (size_t)(c->dict_offsets[code + 1] - c->dict_offsets[code])};
}
/* The string in `row`; the empty string where null; lent by the table. */
static inline en_str en_column_str(const en_column *c, int64_t row) {
    return en_column_is_null(c, row) ? (en_str){"", 0} : en_column_entry(c, c->codes[row]);
}

/* Building a table row by row, string cells. Begin, add cells in column order, end each row; finish moves it out. */
typedef struct en_table_builder en_table_builder;
en_status en_table_builder_new(const char *const *names, int32_t n_columns, en_table_builder **out, en_error *err);
/* One row of n_columns cells; .ptr NULL is null, and so is an empty cell. offset -1 where the row has no source text.
 */
en_status en_table_builder_row(en_table_builder *builder, const en_str *cells, int64_t offset, int64_t length,
                               en_error *err);
en_status en_table_builder_finish(en_table_builder *builder, en_table *out,
                                  en_error *err); /* builder is reusable only for free */
void en_table_builder_free(en_table_builder *builder);

typedef struct en_reject {
    int64_t row;  /* 1-based line of the record, header counted */
    int64_t byte; /* where in the text; -1 unknown */
    char column[128];
    char why[256];
    char mend[256];
} en_reject;

typedef struct en_read_options {
    size_t struct_size;
    const char *file;     /* for messages */
    const char *encoding; /* NULL: detect. "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1250", -1251, -1252, -1256 */
    char delimiter;       /* 0: detect among , ; tab | */
    bool keep_rejects;    /* bad rows are listed in the report and left out, in place of an error */
    const char *sheet;    /* XLSX, XLS: name of a sheet; NULL the first */
    const en_progress *progress;
    int threads;        /* CSV: 0 one a core; the table is the same on any number */
    int64_t header_row; /* line of a CSV file or row of a sheet that names the columns; what stands above it is no part
                           of the table. 0: the first that holds anything */
} en_read_options;

typedef struct en_read_report {
    char format[16]; /* "csv", "jsonl", "xlsx", "xls" */
    char encoding[24];
    char delimiter; /* CSV only */
    bool had_bom;
    int64_t rows;
    int64_t likely_header; /* the line or row that looks like the header where the one that was read does not, or is no
                              header at all; 0 where nothing speaks against it. Set on failure too */
    size_t n_rejects;
    en_reject *rejects; /* owned */
    char *text; /* owned: the UTF-8 text that row offsets refer to, where it is not the input itself; NULL else */
    size_t text_len;
} en_read_report;
void en_read_report_clear(en_read_report *report);

/* Each reads `bytes` whole. Duplicate or empty header names, ragged rows, bad bytes, cells over the limit are errors
 * (or rejects). Names lose white space at their ends, cells keep it; a line without a character is no row. On failure
 * `out` is empty; `report` (may be NULL) and `options` (may be NULL) need not be set before. Linear in the input;
 * memory is bounded by EN_LIMIT_UNPACK_RATIO times its size.
 *
 * CSV: how a doubtful encoding is decided is in src/table/encoding.h; valid UTF-8 always wins. A first line "sep=;", by
 * which a spreadsheet names the delimiter, is no part of the table. With keep_rejects a bad
 * record ends with its first line, so that a quote that is not closed costs one line.
 * JSON Lines: one object a line, columns in order of first appearance, numbers and nested values kept as their JSON
 * text; the row's offset is the line's.
 * XLSX: the sheet becomes CSV text (report->text), dates in ISO form as far as their style shows them (1900 and 1904
 * systems), formulas by their cached value; row offsets refer to that text, rows of errors and rejects to the sheet's.
 * The text begins with the header and holds rejected rows too. Merged cells, and other things that lose meaning, are
 * errors that name the cell.
 * XLS: Excel 97 to 2003, the same way; a formula that gave the empty text is an empty cell. */
en_status en_csv_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                      en_error *err);
en_status en_jsonl_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                        en_error *err);
en_status en_xlsx_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                       en_error *err);
en_status en_xls_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                      en_error *err);
/* By content (signatures of zip and of old Office files, leading brace), then as CSV. */
en_status en_table_read(en_str bytes, const en_read_options *options, en_table *out, en_read_report *report,
                        en_error *err);
/* RFC 4180 with '\n', quoted only where needed, into a growing buffer: "base/buf.h"'s en_buf. */
struct en_buf;
en_status en_csv_write(const en_table *table, struct en_buf *out, en_error *err);
en_status en_csv_write_cell(en_str cell, struct en_buf *out, en_error *err);
/* An Arrow IPC file (".arrow", Feather V2): string columns dictionary-coded, one record batch. A column with more than
 * 2 GiB of distinct text: EN_ERR_LIMIT. */
en_status en_arrow_write(const en_table *table, struct en_buf *out, en_error *err);

/* A string column of numbers becomes one of INT64 or DOUBLE; what is null stays so. Other columns stay as they are. A
 * cell that is no (whole) number: EN_ERR_INPUT with its place in `file`; no such column: EN_ERR_NOT_FOUND. */
en_status en_table_to_numbers(en_table *table, const char *name, en_column_type type, const char *file, en_error *err);

#ifdef __cplusplus
}
#endif
#endif
