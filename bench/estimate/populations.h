/* The populations of cells.csv: a named cell has one table of 32 chances, or several that populations take in turn. */
#ifndef BENCH_ESTIMATE_POPULATIONS_H
#define BENCH_ESTIMATE_POPULATIONS_H

#include <string.h>

#include "estimate/simulate.h"
#include "read_histories.h"

enum { PEOPLE = 2000, LISTS = 5, TABLE = 1 << LISTS, CELLS_MAX = 64 };

typedef struct population_cell {
    char name[64], kind[16];
    int first, n; /* its tables are rows first to first + n - 1 of the file */
} population_cell;

typedef struct populations {
    population_cell cells[CELLS_MAX];
    int n_cells;
    double *chance; /* [row * TABLE + w], owned */
} populations;

static inline void copy_cell(const en_table *t, const char *column, int64_t row, char *out, size_t cap) {
    en_str s = en_column_str(en_table_column(t, column), row);
    snprintf(out, cap, "%.*s", (int)s.len, s.ptr);
}

static inline void take_row(const en_table *t, int64_t row, populations *out) {
    char name[64], number[32], column[8];
    population_cell *last = out->n_cells ? &out->cells[out->n_cells - 1] : NULL;
    copy_cell(t, "cell", row, name, sizeof name);
    if (!last || strcmp(last->name, name) != 0) {
        last = &out->cells[out->n_cells++];
        *last = (population_cell){.first = (int)row};
        snprintf(last->name, sizeof last->name, "%s", name);
        copy_cell(t, "kind", row, last->kind, sizeof last->kind);
    }
    last->n++;
    for (int w = 0; w < TABLE; w++) {
        snprintf(column, sizeof column, "p%d", w);
        copy_cell(t, column, row, number, sizeof number);
        out->chance[row * TABLE + w] = strtod(number, NULL);
    }
}

static inline en_status read_populations(const char *path, populations *out, en_error *err) {
    en_table table = {0};
    *out = (populations){0};
    EN_TRY(read_table(path, &table, err));
    out->chance = calloc((size_t)table.rows * TABLE + 1, sizeof *out->chance);
    for (int64_t row = 0; out->chance && row < table.rows; row++) take_row(&table, row, out);
    en_table_clear(&table);
    return out->chance ? EN_OK : en_no_memory(err);
}

/* Population `number`, from 1, of a cell. */
static inline en_status draw_population(const populations *p, int cell, uint64_t number, en_histories *out,
                                        en_error *err) {
    static const char names[LISTS][128] = {"A", "B", "C", "D", "E"};
    const population_cell *from = &p->cells[cell];
    int table = from->first + (int)((number - 1) % (uint64_t)from->n);
    en_rng rng;
    en_rng_init(&rng, number, (uint64_t)cell);
    return simulate_histories(names, LISTS, p->chance + (size_t)table * TABLE, PEOPLE, &rng, out, err);
}

#endif
