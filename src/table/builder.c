/* Building a table row by row: each string column is encoded against its own dictionary as it grows. */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "everyname/limits.h"
#include "table/parts.h"

/* A column and the open-addressing index of its dictionary. A slot is the low half of the entry's hash above its code
 * plus one; 0 is empty. With the hash in the slot, a new value costs one cache miss and growing never touches the
 * strings, which is why this is not base/map.h. */
typedef struct growing_column {
    en_column column;
    uint64_t *slots;
    uint32_t slot_mask;
    size_t dict_cap, byte_cap;
} growing_column;

struct en_table_builder {
    int32_t n_columns, column_cap;
    growing_column *columns;
    int64_t rows, row_cap;
    int64_t *row_offsets, *row_lengths; /* NULL until a row has a place in a text */
};

static en_status no_memory(en_error *err) {
    en_no_memory(err);
    return EN_ERR_MEMORY; /* seen to be no success by static analysis */
}

/* Makes room for `count` items, which keeps those that are there; returns from the calling function on failure. */
#define RESIZE(array, count, err)                                                                                      \
    do {                                                                                                               \
        void *resized_ = realloc((array), ((count) ? (count) : 1) * sizeof *(array));                                  \
        if (!resized_) return no_memory(err);                                                                          \
        (array) = resized_;                                                                                            \
    } while (0)

static size_t validity_bytes(int64_t rows) { return (size_t)(rows + 7) / 8; }

static en_status start_column(growing_column *g, const char *name, en_error *err) {
    g->column.type = EN_COLUMN_STRING;
    g->slots = calloc(64, sizeof *g->slots);
    g->slot_mask = 63;
    g->dict_cap = 64;
    g->byte_cap = 1024;
    g->column.name = strdup(name ? name : "");
    g->column.dict_offsets = calloc(g->dict_cap + 1, sizeof *g->column.dict_offsets);
    g->column.dict_bytes = malloc(g->byte_cap);
    g->column.codes = malloc(sizeof *g->column.codes);
    if (!g->slots || !g->column.name || !g->column.dict_offsets || !g->column.dict_bytes || !g->column.codes)
        return no_memory(err);
    return EN_OK;
}

en_status table_builder_empty(en_table_builder **out, en_error *err) {
    *out = calloc(1, sizeof **out);
    return *out ? EN_OK : no_memory(err);
}

/* Room for one more column. */
static en_status grow_columns(en_table_builder *b, en_error *err) {
    if (b->columns && b->n_columns < b->column_cap) return EN_OK;
    int32_t cap = b->column_cap ? b->column_cap * 2 : 16;
    RESIZE(b->columns, (size_t)cap, err);
    b->column_cap = cap;
    return EN_OK;
}

en_status table_builder_add_column(en_table_builder *b, const char *name, en_error *err) {
    if (b->n_columns >= EN_LIMIT_COLUMNS) return en_fail(err, EN_ERR_LIMIT, "more than %d columns", EN_LIMIT_COLUMNS);
    EN_TRY(grow_columns(b, err));
    growing_column *g = &b->columns[b->n_columns];
    *g = (growing_column){0};
    b->n_columns++;
    EN_TRY(start_column(g, name, err));
    if (!b->row_cap) return EN_OK;
    RESIZE(g->column.codes, (size_t)b->row_cap, err);
    memset(g->column.codes, 0, (size_t)b->rows * sizeof *g->column.codes);
    if (!b->rows) return EN_OK;
    g->column.validity = calloc(validity_bytes(b->row_cap), 1);
    g->column.null_count = b->rows;
    return g->column.validity ? EN_OK : no_memory(err);
}

en_status en_table_builder_new(const char *const *names, int32_t n_columns, en_table_builder **out, en_error *err) {
    *out = NULL;
    if (n_columns < 1) return en_fail(err, EN_ERR_USAGE, "a table needs a column");
    en_table_builder *b;
    EN_TRY(table_builder_empty(&b, err));
    en_status status = EN_OK;
    for (int32_t i = 0; i < n_columns && status == EN_OK; i++) status = table_builder_add_column(b, names[i], err);
    if (status != EN_OK) {
        en_table_builder_free(b);
        return status;
    }
    *out = b;
    return EN_OK;
}

static en_status grow_slots(growing_column *g, en_error *err) {
    size_t cap = ((size_t)g->slot_mask + 1) * 4;
    uint64_t *slots = calloc(cap, sizeof *slots);
    if (!slots) return no_memory(err);
    uint32_t mask = (uint32_t)(cap - 1);
    for (size_t i = 0; i <= g->slot_mask; i++) {
        if (!g->slots[i]) continue;
        uint32_t at = (uint32_t)(g->slots[i] >> 32) & mask;
        while (slots[at]) at = (at + 1) & mask;
        slots[at] = g->slots[i];
    }
    free(g->slots);
    g->slots = slots;
    g->slot_mask = mask;
    return EN_OK;
}

/* Room for one more entry of `bytes` bytes. */
static en_status grow_dictionary(growing_column *g, size_t bytes, en_error *err) {
    en_column *c = &g->column;
    if (c->dict_len >= 1 << 29) return en_fail(err, EN_ERR_LIMIT, "more than 2^29 distinct values in one column");
    if ((uint64_t)c->dict_len * 2 > g->slot_mask) EN_TRY(grow_slots(g, err));
    if ((size_t)c->dict_len + 1 > g->dict_cap) {
        RESIZE(c->dict_offsets, g->dict_cap * 2 + 1, err);
        g->dict_cap *= 2;
    }
    size_t used = (size_t)c->dict_offsets[c->dict_len];
    if (used + bytes > g->byte_cap) {
        size_t cap = g->byte_cap * 2 > used + bytes ? g->byte_cap * 2 : used + bytes;
        RESIZE(c->dict_bytes, cap, err);
        g->byte_cap = cap;
    }
    return EN_OK;
}

static en_status add_entry(growing_column *g, en_str key, uint32_t hash, int32_t *code, en_error *err) {
    EN_TRY(grow_dictionary(g, key.len, err));
    en_column *c = &g->column;
    uint32_t at = hash & g->slot_mask;
    while (g->slots[at]) at = (at + 1) & g->slot_mask;
    *code = c->dict_len++;
    memcpy(c->dict_bytes + c->dict_offsets[*code], key.ptr, key.len);
    c->dict_offsets[*code + 1] = c->dict_offsets[*code] + (int64_t)key.len;
    g->slots[at] = (uint64_t)hash << 32 | (uint32_t)(*code + 1);
    return EN_OK;
}

static en_status intern(growing_column *g, en_str key, uint32_t hash, int32_t *code, en_error *err) {
    for (uint32_t at = hash & g->slot_mask; g->slots[at]; at = (at + 1) & g->slot_mask) {
        if ((uint32_t)(g->slots[at] >> 32) != hash) continue;
        int32_t found = (int32_t)(uint32_t)g->slots[at] - 1;
        if (!en_str_eq(en_column_entry(&g->column, found), key)) continue;
        *code = found;
        return EN_OK;
    }
    return add_entry(g, key, hash, code, err);
}

/* Cells that are hashed before any of them is looked up. */
enum { BATCH = 32 };

/* Room for so many more rows. */
static en_status grow_rows(en_table_builder *b, int32_t more, en_error *err) {
    if (b->rows + more <= b->row_cap) return EN_OK;
    if (b->rows >= EN_LIMIT_ROWS) return en_fail(err, EN_ERR_LIMIT, "more than %d rows", EN_LIMIT_ROWS);
    int64_t cap = b->row_cap ? b->row_cap * 2 : 8 * BATCH;
    while (cap < b->rows + more) cap *= 2;
    for (int32_t i = 0; i < b->n_columns; i++) {
        en_column *c = &b->columns[i].column;
        RESIZE(c->codes, (size_t)cap, err);
        if (c->validity) RESIZE(c->validity, validity_bytes(cap), err);
    }
    if (b->row_offsets) {
        RESIZE(b->row_offsets, (size_t)cap, err);
        RESIZE(b->row_lengths, (size_t)cap, err);
    }
    b->row_cap = cap;
    return EN_OK;
}

static en_status set_validity(const en_table_builder *b, en_column *c, int64_t row, bool there, en_error *err) {
    if (!c->validity) {
        if (there) return EN_OK;
        c->validity = malloc(validity_bytes(b->row_cap));
        if (!c->validity) return no_memory(err);
        memset(c->validity, 0xFF, validity_bytes(row));
    }
    uint8_t *byte = &c->validity[row >> 3];
    uint8_t bit = (uint8_t)(1u << (row & 7));
    if (!(row & 7)) *byte = 0;
    *byte = (uint8_t)(there ? *byte | bit : *byte & ~bit);
    return EN_OK;
}

static en_status set_place(en_table_builder *b, int64_t row, int64_t offset, int64_t length, en_error *err) {
    if (!b->row_offsets) {
        if (offset < 0) return EN_OK;
        RESIZE(b->row_offsets, (size_t)b->row_cap, err);
        RESIZE(b->row_lengths, (size_t)b->row_cap, err);
        for (int64_t i = 0; i < row; i++) b->row_offsets[i] = b->row_lengths[i] = -1;
    }
    b->row_offsets[row] = offset < 0 ? -1 : offset;
    b->row_lengths[row] = offset < 0 ? -1 : length;
    return EN_OK;
}

static bool is_null_cell(en_str cell) { return !cell.ptr || !cell.len; }

/* Hashes of a column's next cells. Bound by cache misses in large dictionaries (slot, offset, bytes): each step asks
 * for the memory of the next one, for all rows, before any of it is used. */
static void hash_cells(const growing_column *g, const en_str *cells, int32_t n_rows, int32_t stride,
                       uint32_t hashes[BATCH]) {
    int32_t guesses[BATCH];
    for (int32_t i = 0; i < n_rows; i++) {
        en_str cell = cells[(size_t)i * (size_t)stride];
        hashes[i] = is_null_cell(cell) ? 0 : (uint32_t)en_str_hash(cell);
        __builtin_prefetch(&g->slots[hashes[i] & g->slot_mask]);
    }
    for (int32_t i = 0; i < n_rows; i++) {
        uint64_t slot = g->slots[hashes[i] & g->slot_mask];
        guesses[i] = slot ? (int32_t)(uint32_t)slot - 1 : 0;
        __builtin_prefetch(&g->column.dict_offsets[guesses[i]]);
    }
    for (int32_t i = 0; i < n_rows; i++) __builtin_prefetch(g->column.dict_bytes + g->column.dict_offsets[guesses[i]]);
}

/* At most BATCH cells of one column, which stand `stride` apart, from row `first` on. */
static en_status add_cells(const en_table_builder *b, growing_column *g, int64_t first, const en_str *cells,
                           int32_t n_rows, int32_t stride, en_error *err) {
    uint32_t hashes[BATCH];
    hash_cells(g, cells, n_rows, stride, hashes);
    for (int32_t i = 0; i < n_rows; i++) {
        en_str cell = cells[(size_t)i * (size_t)stride];
        bool there = !is_null_cell(cell);
        int32_t code = 0;
        if (there) EN_TRY(intern(g, cell, hashes[i], &code, err));
        EN_TRY(set_validity(b, &g->column, first + i, there, err));
        g->column.codes[first + i] = code;
        g->column.null_count += !there;
    }
    return EN_OK;
}

typedef struct adding {
    en_table_builder *b;
    const en_str *cells;
    int32_t n_rows;
} adding;

static en_status add_column_cells(void *ctx, size_t column, int worker, en_error *err) {
    (void)worker;
    adding *job = ctx;
    en_table_builder *b = job->b;
    for (int32_t from = 0; from < job->n_rows; from += BATCH) {
        int32_t n = job->n_rows - from < BATCH ? job->n_rows - from : BATCH;
        const en_str *cells = job->cells + (size_t)from * (size_t)b->n_columns + column;
        EN_TRY(add_cells(b, &b->columns[column], b->rows + from, cells, n, b->n_columns, err));
    }
    return EN_OK;
}

/* Fewer rows are added before a thread has started. */
enum { ROWS_WORTH_THREADS = 4096 };

en_status table_builder_rows(en_table_builder *b, const en_str *cells, int32_t n_rows, const int64_t *offsets,
                             const int64_t *lengths, int threads, en_error *err) {
    EN_TRY(grow_rows(b, n_rows, err));
    for (int32_t i = 0; i < n_rows; i++) EN_TRY(set_place(b, b->rows + i, offsets[i], lengths[i], err));
    adding job = {b, cells, n_rows};
    if (n_rows < ROWS_WORTH_THREADS) threads = 1;
    EN_TRY(en_parallel_for((size_t)b->n_columns, threads, add_column_cells, &job, NULL, NULL, err));
    b->rows += n_rows;
    return EN_OK;
}

en_status en_table_builder_row(en_table_builder *b, const en_str *cells, int64_t offset, int64_t length,
                               en_error *err) {
    return table_builder_rows(b, cells, 1, &offset, &length, 1, err);
}

en_status en_table_builder_finish(en_table_builder *b, en_table *out, en_error *err) {
    if (!b->columns) return en_fail(err, EN_ERR_USAGE, "this table was already handed out");
    en_column *columns = calloc((size_t)b->n_columns, sizeof *columns);
    if (!columns) return no_memory(err);
    for (int32_t i = 0; i < b->n_columns; i++) {
        columns[i] = b->columns[i].column;
        free(b->columns[i].slots);
    }
    *out = (en_table){.rows = b->rows,
                      .n_columns = b->n_columns,
                      .columns = columns,
                      .row_offsets = b->row_offsets,
                      .row_lengths = b->row_lengths};
    free(b->columns);
    b->columns = NULL;
    b->n_columns = b->column_cap = 0;
    b->row_offsets = b->row_lengths = NULL;
    return EN_OK;
}

void en_table_builder_free(en_table_builder *b) {
    if (!b) return;
    for (int32_t i = 0; i < b->n_columns; i++) free(b->columns[i].slots);
    for (int32_t i = 0; i < b->n_columns; i++) table_clear_column(&b->columns[i].column);
    free(b->row_offsets);
    free(b->row_lengths);
    free(b->columns);
    free(b);
}
