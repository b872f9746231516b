/* What a CSV file says about itself: its delimiter, and whether its column names are distinct. */
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "table/csv.h"

/* Records that are looked at for a delimiter. */
#define SAMPLE_RECORDS 100
#define SAMPLE_BYTES (256u << 10)

typedef struct cut {
    int64_t header, even, records; /* cells of the first record; records with as many; all */
} cut;

/* Cells of the record at *at by the rule of csv.c, without its checks; leaves *at behind its line end. */
static int64_t count_cells(en_str text, char delimiter, size_t *at) {
    int64_t cells = 1;
    bool quoted = false, starts = true;
    for (; *at < text.len; ++*at) {
        char c = text.ptr[*at];
        if (c == '"' && (quoted || starts))
            quoted = !quoted;
        else if (!quoted && c == delimiter)
            cells++;
        else if (!quoted && (c == '\n' || c == '\r'))
            break;
        starts = c == delimiter || c == '"';
    }
    while (*at < text.len && (text.ptr[*at] == '\n' || text.ptr[*at] == '\r')) ++*at;
    return cells;
}

static cut try_delimiter(en_str text, size_t start, char delimiter) {
    cut c = {0};
    size_t at = start;
    while (at < text.len && (text.ptr[at] == '\n' || text.ptr[at] == '\r')) at++;
    while (at < text.len && at - start < SAMPLE_BYTES && c.records < SAMPLE_RECORDS) {
        int64_t cells = count_cells(text, delimiter, &at);
        if (!c.records++) c.header = cells;
        c.even += cells == c.header;
    }
    return c;
}

/* More records cut like the header; then more columns; then the order of `candidates`. */
static bool better(cut a, cut b) {
    if (a.header < 2 || b.header < 2) return a.header >= 2;
    int64_t left = a.even * b.records, right = b.even * a.records;
    return left != right ? left > right : a.header > b.header;
}

char csv_detect_delimiter(en_str text, size_t start) {
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    cut best_cut = {0};
    for (size_t i = 0; i < sizeof candidates; i++) {
        cut c = try_delimiter(text, start, candidates[i]);
        if (!better(c, best_cut)) continue;
        best = candidates[i];
        best_cut = c;
    }
    return best;
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
