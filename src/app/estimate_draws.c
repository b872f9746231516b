/* Draws of N out of an estimate and into one: a table of method, rep, stratum, n, draw, N. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/estimate_groups.h"
#include "app/estimate_parts.h"
#include "app/estimate_run.h"
#include "base/buf.h"
#include "base/os.h"
#include "base/sort.h"

enum { COLUMNS_MAX = 6, METHODS_MAX = 16, CELLS_MAX = 20000 };
#define N_MAX 1e15

/* ---- out ---- */

typedef struct saver {
    en_table_builder *builder;
    bool has_replicates, has_strata;
} saver;

static en_status add_row(const saver *s, const en_app_cell *of, const en_estimate *e, int64_t draw, en_error *err) {
    en_str cells[COLUMNS_MAX];
    char n[32], number[32] = "", total[40] = "";
    int at = 0;
    snprintf(n, sizeof n, "%lld", (long long)of->observed);
    if (draw >= 0) {
        snprintf(number, sizeof number, "%lld", (long long)draw + 1);
        snprintf(total, sizeof total, "%.12g", e->draws[draw]);
    }
    cells[at++] = en_str_of(en_method_name(e->method));
    if (s->has_replicates) cells[at++] = en_str_of(of->replicate);
    if (s->has_strata) cells[at++] = en_str_of(of->stratum);
    cells[at++] = en_str_of(n);
    cells[at++] = en_str_of(number);
    cells[at++] = en_str_of(total);
    return en_table_builder_row(s->builder, cells, -1, 0, err);
}

/* A stratum without a headline enters its total as observed; with draws in the file, whoever reads it would sum them.
 */
static en_status add_cell(const saver *s, const en_app_cell *cell, en_error *err) {
    for (int i = 0; i < cell->result.n_estimates; i++) {
        const en_estimate *e = &cell->result.estimates[i];
        bool stands = e->status == EN_EST_OK && (cell->result.has_recommended || !s->has_strata);
        if (e->kind == EN_KIND_BOUND) continue;
        if (!stands || e->n_draws == 0) EN_TRY(add_row(s, cell, e, -1, err));
        for (int64_t d = 0; stands && d < e->n_draws; d++) EN_TRY(add_row(s, cell, e, d, err));
    }
    return EN_OK;
}

static en_status add_all(const saver *s, const en_app_estimate *e, en_error *err) {
    for (int i = 0; i < e->n_cells; i++) EN_TRY(add_cell(s, &e->cells[i], err));
    for (int i = 0; i < e->n_strata && !e->n_cells; i++) {
        en_app_cell cell = {NULL, e->strata[i].name, e->strata[i].observed, e->strata[i].result};
        EN_TRY(add_cell(s, &cell, err));
    }
    if (e->n_cells || e->n_strata) return EN_OK;
    en_app_cell whole = {NULL, NULL, e->histories.observed, e->result};
    return add_cell(s, &whole, err);
}

static en_status make_table(const en_app_estimate *e, en_table *out, en_error *err) {
    const char *names[COLUMNS_MAX];
    int n = 0;
    saver s = {.has_replicates = e->n_cells > 0, .has_strata = e->n_strata > 0};
    names[n++] = "method";
    if (s.has_replicates) names[n++] = "rep";
    if (s.has_strata) names[n++] = "stratum";
    names[n++] = "n";
    names[n++] = "draw";
    names[n++] = "N";
    EN_TRY(en_table_builder_new(names, n, &s.builder, err));
    en_status status = add_all(&s, e, err);
    if (status == EN_OK) status = en_table_builder_finish(s.builder, out, err);
    en_table_builder_free(s.builder);
    if (status == EN_OK) status = en_table_to_numbers(out, "n", EN_COLUMN_INT64, NULL, err);
    if (status == EN_OK) status = en_table_to_numbers(out, "draw", EN_COLUMN_INT64, NULL, err);
    return status == EN_OK ? en_table_to_numbers(out, "N", EN_COLUMN_DOUBLE, NULL, err) : status;
}

en_status en_app_save_draws(const en_app_estimate *estimate, const char *path, en_error *err) {
    en_table table = {0};
    en_buf out = {0};
    size_t len = strlen(path);
    bool as_arrow = len > 6 && strcmp(path + len - 6, ".arrow") == 0;
    en_status status = make_table(estimate, &table, err);
    if (status == EN_OK) status = as_arrow ? en_arrow_write(&table, &out, err) : en_csv_write(&table, &out, err);
    if (status == EN_OK) status = en_os_write_file(path, en_buf_str(&out), err);
    en_table_clear(&table);
    en_buf_clear(&out);
    return status;
}

/* ---- in ---- */

typedef struct reader {
    const en_table *table;
    const char *file;
    const en_column *n, *total;
    grouping replicates, strata, methods;
    int64_t *rows;  /* by replicate, stratum and method, one after the other */
    int64_t *first; /* of each such group, in rows */
    double *draws;  /* scratch */
} reader;

static en_status fault(const reader *r, int64_t row, const char *column, en_error *err) {
    en_error_at(err, r->file, row + 2, column, r->table->row_offsets ? r->table->row_offsets[row] : -1);
    return EN_ERR_INPUT;
}

static en_status check_row(const reader *r, int64_t row, en_error *err) {
    double n = r->n->doubles[row], total = r->total->doubles[row];
    if (en_column_is_null(r->n, row)) {
        en_fail(err, EN_ERR_INPUT, "those recorded are missing");
        en_error_mend(err, "every draw needs n, the number of persons recorded in its replicate and stratum");
        return fault(r, row, "n", err);
    }
    if (!(n >= 0 && n <= N_MAX && n == floor(n))) {
        en_fail(err, EN_ERR_INPUT, "%g is no number of persons recorded", n);
        return fault(r, row, "n", err);
    }
    if (en_column_is_null(r->total, row)) return EN_OK;
    if (total >= n && total <= 1e300) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "a draw of %g persons in all, of whom %g are recorded", total, n);
    en_error_mend(err, "N is the total, recorded and not recorded: it is n or more");
    return fault(r, row, "N", err);
}

static int64_t group_of(const reader *r, int64_t row) {
    int64_t cell = (int64_t)r->replicates.of[row] * r->strata.n + r->strata.of[row];
    return cell * r->methods.n + r->methods.of[row];
}

/* Rows by group, in the order of the file within one: a counting sort. */
static en_status sort_rows(reader *r, en_arena *arena, en_error *err) {
    int64_t rows = r->table->rows, groups = (int64_t)r->replicates.n * r->strata.n * r->methods.n;
    r->rows = en_arena_alloc(arena, ((size_t)rows + 1) * sizeof *r->rows);
    r->first = en_arena_alloc(arena, ((size_t)groups + 2) * sizeof *r->first);
    r->draws = en_arena_alloc(arena, ((size_t)rows + 1) * sizeof *r->draws);
    if (!r->rows || !r->first || !r->draws) return en_no_memory(err);
    memset(r->first, 0, ((size_t)groups + 2) * sizeof *r->first);
    for (int64_t row = 0; row < rows; row++) {
        EN_TRY(check_row(r, row, err));
        r->first[group_of(r, row) + 2]++;
    }
    for (int64_t g = 0; g < groups; g++) r->first[g + 2] += r->first[g + 1];
    for (int64_t row = 0; row < rows; row++) r->rows[r->first[group_of(r, row) + 1]++] = row;
    return EN_OK;
}

static bool method_of(const reader *r, int i, en_method *out) {
    static const en_method known[] = {EN_METHOD_LATENT,         EN_METHOD_GRAPHS,   EN_METHOD_LOGLINEAR,
                                      EN_METHOD_LOGLINEAR_BEST, EN_METHOD_STEPWISE, EN_METHOD_GIVEN};
    *out = EN_METHOD_GIVEN;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(r->methods.names[i], en_method_name(known[k])) == 0) {
            *out = known[k];
            return true;
        }
    return r->methods.n == 1;
}

/* Those recorded are the same in every row of a cell. */
static en_status read_observed(const reader *r, int64_t cell, int64_t *out, en_error *err) {
    int64_t from = r->first[cell * r->methods.n], to = r->first[(cell + 1) * r->methods.n];
    *out = from < to ? (int64_t)r->n->doubles[r->rows[from]] : 0;
    for (int64_t i = from; i < to; i++) {
        if (r->n->doubles[r->rows[i]] == (double)*out) continue;
        en_fail(err, EN_ERR_INPUT, "%.0f are recorded here, and %lld in another row of the same replicate and stratum",
                r->n->doubles[r->rows[i]], (long long)*out);
        return fault(r, r->rows[i], "n", err);
    }
    return EN_OK;
}

static en_status read_cell(const reader *r, const en_estimate_request *request, int64_t cell, estimate_parts *p,
                           en_error *err) {
    en_given_draws given[METHODS_MAX];
    int64_t at = 0;
    EN_TRY(read_observed(r, cell, &p->histories[cell].observed, err));
    for (int m = 0; m < r->methods.n; m++) {
        int64_t group = cell * r->methods.n + m, begin = at;
        for (int64_t i = r->first[group]; i < r->first[group + 1]; i++)
            if (!en_column_is_null(r->total, r->rows[i])) r->draws[at++] = r->total->doubles[r->rows[i]];
        given[m] = (en_given_draws){.draws = r->draws + begin, .n = at - begin};
        if (!method_of(r, m, &given[m].method))
            return en_fail(err, EN_ERR_INPUT, "column \"method\": \"%.60s\" is no method of this program beside others",
                           r->methods.names[m]);
    }
    return en_estimate_given(given, r->methods.n, p->histories[cell].observed, request->options.level,
                             &p->results[cell], err);
}

static en_status name_stratum(const char *name, en_arena *arena, en_app_stratum *out, en_error *err) {
    out->name = out->value[0] = en_arena_strdup(arena, en_str_of(name));
    return out->name ? EN_OK : en_no_memory(err);
}

static en_status read_parts(reader *r, const en_estimate_request *request, en_app_estimate *out, estimate_parts *p,
                            en_error *err) {
    int cells = r->replicates.n * r->strata.n;
    const en_column *rep = en_table_column(r->table, "rep"), *stratum = en_table_column(r->table, "stratum");
    p->n_replicates = r->replicates.n;
    p->n_strata = r->strata.n;
    p->replicates = rep ? r->replicates.names : NULL;
    p->histories = calloc((size_t)cells + 1, sizeof *p->histories);
    p->results = calloc((size_t)cells + 1, sizeof *p->results);
    if (!p->histories || !p->results) return en_no_memory(err);
    if (stratum) {
        out->by[out->n_by++] = "stratum";
        if (!(p->strata = en_arena_alloc(out->arena, (size_t)r->strata.n * sizeof *p->strata)))
            return en_no_memory(err);
        memset(p->strata, 0, (size_t)r->strata.n * sizeof *p->strata);
        for (int s = 0; s < r->strata.n; s++) EN_TRY(name_stratum(r->strata.names[s], out->arena, &p->strata[s], err));
    }
    for (int i = 0; i < cells; i++) EN_TRY(read_cell(r, request, i, p, err));
    for (int s = 0; s < r->strata.n; s++) out->histories.observed += p->histories[s].observed;
    return EN_OK;
}

static en_status group(reader *r, const char *column, en_arena *arena, grouping *out, en_error *err) {
    const en_column *c = en_table_column(r->table, column);
    return estimate_group_rows(r->table, &c, c != NULL, arena, out, err);
}

static en_status estimate_rows(en_table *t, const char *file, const en_estimate_request *request, en_app_estimate *out,
                               en_error *err) {
    reader r = {.table = t, .file = file};
    estimate_parts p = {0};
    if (t->rows == 0) return en_fail(err, EN_ERR_INPUT, "%s: there is no draw", file);
    if (!(out->arena = en_arena_new())) return en_no_memory(err);
    EN_TRY(en_table_to_numbers(t, "n", EN_COLUMN_DOUBLE, file, err));
    EN_TRY(en_table_to_numbers(t, "N", EN_COLUMN_DOUBLE, file, err));
    r.n = en_table_column(t, "n");
    r.total = en_table_column(t, "N");
    EN_TRY(group(&r, "rep", out->arena, &r.replicates, err));
    EN_TRY(group(&r, "stratum", out->arena, &r.strata, err));
    EN_TRY(group(&r, "method", out->arena, &r.methods, err));
    if (r.methods.n > METHODS_MAX || (int64_t)r.replicates.n * r.strata.n > CELLS_MAX)
        return en_fail(err, EN_ERR_LIMIT, "more than %d methods, or %d strata and replicates", METHODS_MAX, CELLS_MAX);
    EN_TRY(sort_rows(&r, out->arena, err));
    en_status status = read_parts(&r, request, out, &p, err);
    if (status == EN_OK) status = estimate_parts_run(request, &p, out, err);
    estimate_parts_clear(&p);
    return status == EN_OK ? estimate_finish(request, out, err) : status;
}

en_status en_app_estimate_draws(const char *csv_path, const en_estimate_request *request, en_app_estimate *out,
                                en_error *err) {
    return estimate_from_file(csv_path, request, estimate_rows, out, err);
}
