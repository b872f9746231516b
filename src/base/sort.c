/* Radix sort of keys of eight bytes; strings by eight bytes at a time; doubles by comparison. */
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys ---- */

enum { SMALL = 48 };

static void insertion_sort(en_keyed *items, size_t n) {
    for (size_t i = 1; i < n; i++) {
        en_keyed item = items[i];
        size_t k = i;
        for (; k && items[k - 1].key > item.key; k--) items[k] = items[k - 1];
        items[k] = item;
    }
}

/* One stable pass by the byte at `shift`. */
static void byte_pass(const en_keyed *from, en_keyed *to, size_t n, int shift) {
    size_t at[256] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++) at[from[i].key >> shift & 255]++;
    for (int v = 0; v < 256; v++) {
        size_t count = at[v];
        at[v] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++) to[at[from[i].key >> shift & 255]++] = from[i];
}

void en_sort_keyed(en_keyed *items, en_keyed *scratch, size_t n) {
    if (n <= SMALL) {
        insertion_sort(items, n);
        return;
    }
    uint64_t differ = 0;
    for (size_t i = 1; i < n; i++) differ |= items[i].key ^ items[0].key;
    en_keyed *from = items, *to = scratch;
    for (int shift = 0; shift < 64; shift += 8) {
        if (!(differ >> shift & 255)) continue;
        byte_pass(from, to, n, shift);
        en_keyed *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) memcpy(items, from, n * sizeof *items);
}

/* ---- strings ---- */

typedef struct string_sort {
    const en_str *strings;
    en_keyed *items, *scratch;
    const en_str **compared;
} string_sort;

static int by_bytes(const void *pa, const void *pb) {
    const en_str *a = *(const en_str *const *)pa, *b = *(const en_str *const *)pb;
    int order = en_str_cmp(*a, *b);
    return order ? order : (a > b) - (a < b); /* all are of one array */
}

static void sort_by_comparison(string_sort *s, size_t from, size_t n) {
    for (size_t i = 0; i < n; i++) s->compared[i] = &s->strings[s->items[from + i].of];
    qsort(s->compared, n, sizeof *s->compared, by_bytes);
    for (size_t i = 0; i < n; i++) s->items[from + i].of = (int32_t)(s->compared[i] - s->strings);
}

static size_t common_beginning(const string_sort *s, size_t from, size_t n, size_t known) {
    en_str first = s->strings[s->items[from].of];
    size_t common = first.len;
    for (size_t i = 1; i < n && common > known; i++) {
        en_str other = s->strings[s->items[from + i].of];
        size_t k = known, most = common < other.len ? common : other.len;
        while (k < most && first.ptr[k] == other.ptr[k]) k++;
        common = k;
    }
    return common;
}

/* Eight bytes from `at` on, the first the most significant, zero where the string has ended. */
static uint64_t bytes_at(en_str s, size_t at) {
    uint64_t key = 0;
    for (size_t i = at; i < at + 8; i++) key = key << 8 | (i < s.len ? (unsigned char)s.ptr[i] : 0);
    return key;
}

enum { DEPTH_MOST = 12 };

/* Items from..from+n, which agree in `known` bytes. Few, or those that many steps did not part, are compared. */
static void sort_range(string_sort *s, size_t from, size_t n, size_t known, int depth) {
    if (n < 2) return;
    if (n < 16 || depth == DEPTH_MOST) {
        sort_by_comparison(s, from, n);
        return;
    }
    size_t common = common_beginning(s, from, n, known);
    en_keyed *items = s->items + from;
    for (size_t i = 0; i < n; i++) items[i].key = bytes_at(s->strings[items[i].of], common);
    en_sort_keyed(items, s->scratch, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && items[end].key == items[i].key;) end++;
        /* A NUL in a string looks like its end: all equal without progress is left to comparison. */
        sort_range(s, from + i, end - i, common, end - i == n ? DEPTH_MOST : depth + 1);
    }
}

en_status en_sort_strings(const en_str *strings, int32_t n, int32_t *order, en_error *err) {
    size_t room = (size_t)n + 1;
    string_sort s = {strings, malloc(room * sizeof *s.items), malloc(room * sizeof *s.scratch),
                     malloc(room * sizeof *s.compared)};
    en_status status = s.items && s.scratch && s.compared ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        for (int32_t i = 0; i < n; i++) s.items[i] = (en_keyed){0, i};
        sort_range(&s, 0, (size_t)n, 0, 0);
        for (int32_t i = 0; i < n; i++) order[i] = s.items[i].of;
    }
    free(s.items);
    free(s.scratch);
    free(s.compared);
    return status;
}

/* ---- doubles ---- */

static int by_value(const void *pa, const void *pb) {
    double a = *(const double *)pa, b = *(const double *)pb;
    return (a > b) - (a < b);
}

void en_sort_doubles(double *values, size_t n) {
    if (n) qsort(values, n, sizeof *values, by_value);
}
