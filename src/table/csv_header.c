/* What a CSV file says about itself: where its header is, its delimiter, and whether its column names are distinct. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/map.h"
#include "table/csv.h"

/* Records that are looked at for a delimiter. */
#define SAMPLE_RECORDS 100
#define SAMPLE_BYTES (256u << 10)

static const char delimiters[] = {',', ';', '\t', '|'};

size_t csv_after_line_end(en_str text, size_t at) {
    if (at >= text.len) return text.len;
    return at + (text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n' ? 2 : 1);
}

static size_t line_end(en_str text, size_t at) {
    while (at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r') at++;
    return at;
}

static void next_line(en_str text, csv_start *start) {
    start->at = csv_after_line_end(text, line_end(text, start->at));
    start->line++;
}

csv_start csv_find_start(en_str text, size_t mark, int64_t header_row) {
    csv_start start = {.at = mark, .line = 1};
    size_t end = line_end(text, mark);
    if (end - mark == 5 && strncasecmp(text.ptr + mark, "sep=", 4) == 0) {
        start.delimiter = text.ptr[mark + 4];
        next_line(text, &start);
    }
    while (start.line < header_row && start.at < text.len) next_line(text, &start);
    return start;
}

typedef struct cut {
    int64_t header, even, records; /* cells of the first record; records with as many; all */
} cut;

/* Cells of the record at *at by the rule of csv.c, without its checks; leaves *at behind its line end. */
static int64_t count_cells(en_str text, char delimiter, size_t *at, bool *has_empty) {
    int64_t cells = 1;
    bool quoted = false, starts = true;
    size_t from = *at;
    *has_empty = false;
    for (; *at < text.len; ++*at) {
        char c = text.ptr[*at];
        if (c == '"' && (quoted || starts)) {
            quoted = !quoted;
        } else if (!quoted && c == delimiter) {
            cells++;
            *has_empty |= *at == from;
            from = *at + 1;
        } else if (!quoted && (c == '\n' || c == '\r')) {
            break;
        }
        starts = c == delimiter || c == '"';
    }
    *has_empty |= *at == from;
    while (*at < text.len && (text.ptr[*at] == '\n' || text.ptr[*at] == '\r')) ++*at;
    return cells;
}

/* As much of a text as is looked at: a record of a gigabyte is not. */
static en_str sample_of(en_str text, size_t start) {
    size_t left = text.len - start;
    return (en_str){text.ptr, start + (left < SAMPLE_BYTES ? left : SAMPLE_BYTES)};
}

static cut try_delimiter(en_str whole, size_t start, char delimiter) {
    en_str text = sample_of(whole, start);
    cut c = {0};
    size_t at = start;
    while (at < text.len && (text.ptr[at] == '\n' || text.ptr[at] == '\r')) at++;
    while (at < text.len && c.records < SAMPLE_RECORDS) {
        bool has_empty;
        int64_t cells = count_cells(text, delimiter, &at, &has_empty);
        if (c.records && at == text.len && text.len < whole.len) break; /* cut by the sample's end */
        if (!c.records++) c.header = cells;
        c.even += cells == c.header;
    }
    return c;
}

/* More records cut like the header; then more columns; then the order of `delimiters`. */
static bool better(cut a, cut b) {
    if (a.header < 2 || b.header < 2) return a.header >= 2;
    int64_t left = a.even * b.records, right = b.even * a.records;
    return left != right ? left > right : a.header > b.header;
}

char csv_detect_delimiter(en_str text, size_t start) {
    char best = ',';
    cut best_cut = {0};
    for (size_t i = 0; i < sizeof delimiters; i++) {
        cut c = try_delimiter(text, start, delimiters[i]);
        if (!better(c, best_cut)) continue;
        best = delimiters[i];
        best_cut = c;
    }
    return best;
}

/* A record of the sample. */
typedef struct sampled {
    int64_t line, cells;
    bool has_empty;
} sampled;

static int sample_records(en_str text, csv_start start, char delimiter, sampled out[SAMPLE_RECORDS]) {
    int n = 0;
    size_t at = start.at;
    int64_t line = start.line;
    while (at < text.len && n < SAMPLE_RECORDS) {
        for (; at < text.len && line_end(text, at) == at; line++) at = csv_after_line_end(text, at);
        if (at >= text.len) break;
        size_t from = at;
        out[n].line = line;
        out[n].cells = count_cells(text, delimiter, &at, &out[n].has_empty);
        n++;
        for (; from < at; line++) from = csv_after_line_end(text, line_end(text, from));
    }
    return n;
}

static int64_t likely_header(en_str text, csv_start start, char delimiter) {
    sampled records[SAMPLE_RECORDS];
    int n = sample_records(sample_of(text, start.at), start, delimiter, records);
    int64_t width = 0;
    int most = 0;
    for (int i = 0; i < n; i++) {
        int alike = 0;
        for (int k = 0; k < n; k++) alike += records[k].cells == records[i].cells;
        if (records[i].cells > 1 && alike > most) {
            most = alike;
            width = records[i].cells;
        }
    }
    for (int i = 0; i < n && width; i++)
        if (records[i].cells == width && !records[i].has_empty) return i ? records[i].line : 0;
    return 0;
}

/* A title above the header can hide the delimiter. */
int64_t csv_likely_header(en_str text, csv_start start, char delimiter) {
    int64_t line = likely_header(text, start, delimiter);
    for (size_t i = 0; !line && i < sizeof delimiters; i++) line = likely_header(text, start, delimiters[i]);
    return line;
}

int32_t csv_find_twin(char *const *names, int32_t n) {
    en_map seen = {0};
    int32_t twin = -1, number;
    for (int32_t i = 0; i < n && twin < 0; i++) {
        bool added;
        if (en_map_intern(&seen, en_str_of(names[i]), &number, &added, NULL) != EN_OK) break;
        if (!added) twin = i;
    }
    en_map_clear(&seen);
    return twin;
}

void csv_column_number(int32_t column, char out[32]) { snprintf(out, 32, "#%d", (int)column + 1); }
