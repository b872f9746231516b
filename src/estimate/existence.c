/* Existence of a maximum by linear programming, with lp_solve.
 *
 * There is a maximum exactly where the margins A'n lie inside the cone of the rows of A, that is where some x > 0 has
 * A'x = A'n (Haberman 1974; Fienberg and Rinaldo 2012). Whether they do depends on which cells are empty and on nothing
 * else, so every positive count is taken as 1 and the programme is well scaled for counts of any size. */
#include "estimate/existence.h"

#include <lpsolve/lp_lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/heterogeneity.h"

/* One row of A a cell in use: further columns, then terms. */
typedef struct matrix {
    size_t rows;
    int columns;
    double *value;   /* rows x columns */
    uint8_t *filled; /* by row: the count is positive */
} matrix;            /* zero-initialised is empty */

static void clear_matrix(matrix *a) {
    free(a->value);
    free(a->filled);
    *a = (matrix){0};
}

static void fill_row(const loglinear_model *m, double *const *further, int n_further, size_t w, double *row) {
    for (int j = 0; j < n_further; j++) row[j] = further[j][w];
    for (int i = 0; i < m->n_terms; i++) row[n_further + i] = (m->terms[i] & w) == m->terms[i];
}

static en_status make_matrix(const cell_counts *c, const loglinear_model *m, matrix *out, en_error *err) {
    double *further[HETEROGENEITY_COLUMNS_MAX], *all = calloc(c->n * HETEROGENEITY_COLUMNS_MAX, sizeof *all);
    *out = (matrix){0};
    if (!all) return en_no_memory(err);
    for (int j = 0; j < HETEROGENEITY_COLUMNS_MAX; j++) further[j] = all + (size_t)j * c->n;
    int n_further = heterogeneity_columns(m, further);
    out->columns = n_further + m->n_terms;
    out->value = calloc(c->n * (size_t)out->columns, sizeof *out->value);
    out->filled = calloc(c->n, 1);
    en_status status = out->value && out->filled ? EN_OK : en_no_memory(err);
    for (size_t w = 0; w < c->n && status == EN_OK; w++) {
        if (!c->in_use[w]) continue;
        fill_row(m, further, n_further, w, out->value + out->rows * (size_t)out->columns);
        out->filled[out->rows++] = c->count[w] > 0;
    }
    free(all);
    if (status != EN_OK) clear_matrix(out);
    return status;
}

/* ---- rank ---- */

static void swap_rows(double *a, double *b, int n) {
    for (int k = 0; k < n; k++) {
        double t = a[k];
        a[k] = b[k];
        b[k] = t;
    }
}

/* Gaussian elimination with the largest pivot of a column. Entries are 0, 1 or small columns of heterogeneity. */
static int rank_of(matrix *a) {
    size_t p = (size_t)a->columns, rank = 0;
    for (size_t column = 0; column < p && rank < a->rows; column++) {
        size_t best = rank;
        for (size_t i = rank; i < a->rows; i++)
            if (fabs(a->value[i * p + column]) > fabs(a->value[best * p + column])) best = i;
        double *pivot = a->value + rank * p;
        if (fabs(a->value[best * p + column]) < 1e-9) continue;
        swap_rows(pivot, a->value + best * p, a->columns);
        for (size_t i = rank + 1; i < a->rows; i++) {
            double factor = a->value[i * p + column] / pivot[column];
            if (factor == 0) continue;
            for (size_t k = column; k < p; k++) a->value[i * p + k] -= factor * pivot[k];
        }
        rank++;
    }
    return (int)rank;
}

en_status existence_rank(const cell_counts *c, const loglinear_model *model, int *rank, en_error *err) {
    matrix a = {0};
    EN_TRY(make_matrix(c, model, &a, err));
    *rank = rank_of(&a);
    clear_matrix(&a);
    return EN_OK;
}

/* ---- the programme ---- */

/* With x = s + u: maximise s subject to A'u + s A'1 = A'n, u ≥ 0, 0 ≤ s ≤ 1. Column `rows` is s. */
static en_status fill_programme(lprec *lp, const matrix *a, en_error *err) {
    size_t p = (size_t)a->columns;
    double *column = calloc(2 * (p + 1), sizeof *column);
    if (!column) return en_no_memory(err);
    double *sum = column + p + 1;
    bool good = true;
    for (size_t i = 0; i < a->rows; i++) {
        memcpy(column + 1, a->value + i * p, p * sizeof *column);
        for (size_t k = 1; k <= p; k++) sum[k] += column[k];
        good = good && add_column(lp, column);
    }
    sum[0] = 1;
    good = good && add_column(lp, sum) && set_upbo(lp, (int)a->rows + 1, 1);
    for (size_t k = 0; k < p; k++) {
        double margin = 0;
        for (size_t i = 0; i < a->rows; i++)
            if (a->filled[i]) margin += a->value[i * p + k];
        good = good && set_constr_type(lp, (int)k + 1, EQ) && set_rh(lp, (int)k + 1, margin);
    }
    free(column);
    set_maxim(lp);
    return good ? EN_OK : en_no_memory(err);
}

/* *s: the largest smallest cell. */
static en_status solve_programme(const matrix *a, double *s, en_error *err) {
    lprec *lp = make_lp(a->columns, 0);
    if (!lp) return en_no_memory(err);
    set_verbose(lp, NEUTRAL);
    en_status status = fill_programme(lp, a, err);
    if (status == EN_OK) {
        int answer = solve(lp);
        *s = answer == OPTIMAL || answer == PRESOLVED ? get_objective(lp) : 0;
        if (answer == NOMEMORY) status = en_no_memory(err);
    }
    delete_lp(lp);
    return status;
}

/* A term that nobody's lists hold: its coefficient can fall without end. Saves the programme. */
static bool has_empty_margin(const matrix *a) {
    for (int k = 0; k < a->columns; k++) {
        bool filled = false, positive = true, any = false;
        for (size_t i = 0; i < a->rows; i++) {
            double v = a->value[i * (size_t)a->columns + (size_t)k];
            any = any || v != 0;
            positive = positive && v >= 0;
            filled = filled || (v != 0 && a->filled[i]);
        }
        if (any && positive && !filled) return true;
    }
    return false;
}

en_status existence_check(const cell_counts *c, const loglinear_model *model, en_estimate_status *out, en_error *err) {
    matrix a = {0};
    int rank = 0;
    double s = 0;
    EN_TRY(existence_rank(c, model, &rank, err));
    EN_TRY(make_matrix(c, model, &a, err));
    en_status status = EN_OK;
    if (rank < a.columns) {
        *out = EN_EST_NOT_IDENTIFIED;
    } else {
        if (!has_empty_margin(&a)) status = solve_programme(&a, &s, err);
        *out = s > 1e-7 ? EN_EST_OK : EN_EST_NO_MAXIMUM;
    }
    clear_matrix(&a);
    return status;
}

en_status existence_prepare(en_error *err) {
    lprec *lp = make_lp(1, 1);
    if (!lp) return en_no_memory(err);
    delete_lp(lp);
    return EN_OK;
}
