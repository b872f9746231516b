/* How a log-linear model fits: Newton's method on sums over supersets of cells. */
#include "estimate/poisson_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/heterogeneity.h"
#include "estimate/special.h"

/* ---- cells ---- */

en_status cell_counts_new(int lists, cell_counts *out, en_error *err) {
    *out = (cell_counts){.lists = lists, .n = (size_t)1 << lists};
    out->count = calloc(out->n, sizeof *out->count);
    out->margin = calloc(out->n, sizeof *out->margin);
    out->in_use = malloc(out->n);
    if (!out->count || !out->margin || !out->in_use) {
        cell_counts_clear(out);
        return en_no_memory(err);
    }
    memset(out->in_use, 1, out->n);
    out->in_use[0] = 0;
    return EN_OK;
}

en_status cell_counts_from_histories(const en_histories *h, cell_counts *out, en_error *err) {
    EN_TRY(cell_counts_new(h->n_lists, out, err));
    for (int64_t i = 0; i < h->n_cells; i++) out->count[h->patterns[i]] = (double)h->counts[i];
    cell_counts_sum(out);
    return EN_OK;
}

void cell_counts_sum(cell_counts *c) {
    for (size_t w = 0; w < c->n; w++) c->margin[w] = c->in_use[w] ? c->count[w] : 0;
    sum_over_supersets(c->margin, c->lists);
    c->total = c->margin[0];
}

void cell_counts_clear(cell_counts *c) {
    free(c->count);
    free(c->margin);
    free(c->in_use);
    *c = (cell_counts){0};
}

/* ---- room ---- */

en_status fit_room_new(int lists, fit_room *out, en_error *err) {
    size_t n = (size_t)1 << lists;
    *out = (fit_room){.lists = lists};
    double *all = calloc(n * (4 + (size_t)lists), sizeof *all);
    out->matrix = calloc((size_t)COLUMNS_MAX * COLUMNS_MAX, sizeof *out->matrix);
    out->mu = all;
    if (!all || !out->matrix) {
        fit_room_clear(out);
        return en_no_memory(err);
    }
    out->eta = all + n;
    out->table = all + 2 * n;
    out->change = all + 3 * n;
    for (int j = 0; j < lists; j++) out->column[j] = all + (4 + (size_t)j) * n;
    en_status status = cell_counts_new(lists, &out->rest, err);
    if (status != EN_OK) fit_room_clear(out);
    return status;
}

void fit_room_clear(fit_room *room) {
    free(room->mu);
    free(room->matrix);
    cell_counts_clear(&room->rest);
    *room = (fit_room){0};
}

/* ---- sums over sets ---- */

/* Bound by memory for many lists, by additions for few. */
void sum_over_supersets(double *table, int lists) {
    size_t n = (size_t)1 << lists;
    for (size_t half = 1; half < n; half *= 2)
        for (size_t block = 0; block < n; block += 2 * half)
            for (size_t i = block; i < block + half; i++) table[i] += table[i + half];
}

void sum_over_subsets(double *table, int lists) {
    size_t n = (size_t)1 << lists;
    for (size_t half = 1; half < n; half *= 2)
        for (size_t block = 0; block < n; block += 2 * half)
            for (size_t i = block; i < block + half; i++) table[i + half] += table[i];
}

/* ---- one step ---- */

/* What a step works on. Columns of the information matrix: the further ones, then the terms from the largest to the
 * empty one, so that the last pivot of the Cholesky factor is 1/Var(b0). */
typedef struct fitting {
    const cell_counts *c;
    const loglinear_model *m;
    fit_room *room;
    int p;
    double gradient[COLUMNS_MAX];
} fitting;

static uint16_t term_of(const fitting *f, int column) { return f->m->terms[f->p - 1 - column]; }

/* gradient = A' values over the cells in use. */
static void fill_gradient(fitting *f, const double *values) {
    fit_room *room = f->room;
    for (int j = 0; j < room->n_columns; j++) {
        f->gradient[j] = 0;
        for (size_t w = 0; w < f->c->n; w++)
            if (f->c->in_use[w]) f->gradient[j] += room->column[j][w] * values[w];
    }
    for (size_t w = 0; w < f->c->n; w++) room->table[w] = f->c->in_use[w] ? values[w] : 0;
    sum_over_supersets(room->table, f->c->lists);
    for (int a = room->n_columns; a < f->p; a++) f->gradient[a] = room->table[term_of(f, a)];
}

/* Rows of the further columns: there are few models with them. */
static void fill_further(fitting *f) {
    fit_room *room = f->room;
    for (int j = 0; j < room->n_columns; j++) {
        for (size_t w = 0; w < f->c->n; w++) room->table[w] = f->c->in_use[w] ? room->mu[w] * room->column[j][w] : 0;
        for (int k = 0; k <= j; k++) {
            double sum = 0;
            for (size_t w = 0; w < f->c->n; w++) sum += room->table[w] * room->column[k][w];
            room->matrix[j * COLUMNS_MAX + k] = sum;
        }
        sum_over_supersets(room->table, f->c->lists);
        for (int a = room->n_columns; a < f->p; a++) room->matrix[a * COLUMNS_MAX + j] = room->table[term_of(f, a)];
    }
}

/* A' diag(mu) A, lower triangle. */
static void fill_information(fitting *f) {
    fit_room *room = f->room;
    fill_further(f);
    for (size_t w = 0; w < f->c->n; w++) room->table[w] = f->c->in_use[w] ? room->mu[w] : 0;
    sum_over_supersets(room->table, f->c->lists);
    for (int a = room->n_columns; a < f->p; a++) {
        uint16_t s = term_of(f, a);
        double *row = room->matrix + (size_t)a * COLUMNS_MAX;
        for (int b = room->n_columns; b <= a; b++) row[b] = room->table[s | term_of(f, b)];
    }
}

/* In place, row by row. False where a pivot is lost in rounding. */
static bool factorise(double *matrix, int p) {
    enum { STRIDE = COLUMNS_MAX };
    for (int a = 0; a < p; a++) {
        double *row = matrix + (size_t)a * STRIDE, diagonal = row[a];
        for (int b = 0; b <= a; b++) {
            const double *other = matrix + (size_t)b * STRIDE;
            double sum = row[b];
            for (int k = 0; k < b; k++) sum -= row[k] * other[k];
            if (b < a)
                row[b] = sum / other[b];
            else if (sum > 1e-13 * diagonal)
                row[a] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

/* gradient becomes the step. */
static void solve(const double *matrix, int p, double *x) {
    enum { STRIDE = COLUMNS_MAX };
    for (int a = 0; a < p; a++) {
        const double *row = matrix + (size_t)a * STRIDE;
        for (int k = 0; k < a; k++) x[a] -= row[k] * x[k];
        x[a] /= row[a];
    }
    for (int a = p - 1; a >= 0; a--) {
        x[a] /= matrix[(size_t)a * STRIDE + (size_t)a];
        for (int k = 0; k < a; k++) x[k] -= matrix[(size_t)a * STRIDE + (size_t)k] * x[a];
    }
}

/* room->change = A step, in all cells; returns the largest of it in size over the cells in use and cell 0. */
static double spread_step(fitting *f) {
    fit_room *room = f->room;
    double largest = 0;
    memset(room->change, 0, f->c->n * sizeof *room->change);
    for (int a = room->n_columns; a < f->p; a++) room->change[term_of(f, a)] = f->gradient[a];
    sum_over_subsets(room->change, f->c->lists);
    for (int j = 0; j < room->n_columns; j++)
        for (size_t w = 0; w < f->c->n; w++) room->change[w] += f->gradient[j] * room->column[j][w];
    for (size_t w = 0; w < f->c->n; w++)
        if (w == 0 || f->c->in_use[w]) largest = fmax(largest, fabs(room->change[w]));
    return largest;
}

/* Solves (A' diag(mu) A) step = A' values. False where the matrix is singular to rounding. */
static bool find_step(fitting *f, const double *values, double *largest) {
    fill_gradient(f, values);
    fill_information(f);
    if (!factorise(f->room->matrix, f->p)) return false;
    solve(f->room->matrix, f->p, f->gradient);
    *largest = spread_step(f);
    return true;
}

/* ---- the iteration ---- */

/* Sets mu from eta; the log-likelihood without its constant. */
static double likelihood(fitting *f) {
    fit_room *room = f->room;
    double sum = 0;
    for (size_t w = 0; w < f->c->n; w++) {
        room->mu[w] = exp(room->eta[w]);
        if (f->c->in_use[w]) sum += f->c->count[w] * room->eta[w] - room->mu[w];
    }
    return sum;
}

/* Weighted least squares of log counts, as the usual first step. */
static bool start(fitting *f) {
    fit_room *room = f->room;
    double largest;
    for (size_t w = 0; w < f->c->n; w++) {
        double y = f->c->count[w];
        room->mu[w] = y + .5;
        room->eta[w] = room->mu[w] * log(room->mu[w]) + y - room->mu[w];
    }
    if (!find_step(f, room->eta, &largest)) return false;
    memcpy(room->eta, room->change, f->c->n * sizeof *room->eta);
    memcpy(room->further, f->gradient, (size_t)room->n_columns * sizeof *room->further);
    return true;
}

/* Moves by `scale` times the step found last. */
static void move(fitting *f, double scale) {
    fit_room *room = f->room;
    for (size_t w = 0; w < f->c->n; w++) room->eta[w] += scale * room->change[w];
    for (int j = 0; j < room->n_columns; j++) room->further[j] += scale * f->gradient[j];
}

enum { HALVINGS_MOST = 39 };

/* One Newton step, halved until the likelihood does not fall. */
static bool advance(fitting *f, double *log_likelihood, double *largest) {
    fit_room *room = f->room;
    double old = *log_likelihood, noise = 1e-13 * (fabs(old) + f->c->total);
    for (size_t w = 0; w < f->c->n; w++) room->change[w] = f->c->in_use[w] ? f->c->count[w] - room->mu[w] : 0;
    if (!find_step(f, room->change, largest)) return false;
    move(f, 1);
    double scale = .5;
    for (int halving = 0; halving < HALVINGS_MOST; halving++, scale *= .5) {
        *log_likelihood = likelihood(f);
        if (*log_likelihood >= old - noise) return true;
        move(f, -scale);
    }
    return false;
}

/* Of one cell. With mu = y (1 + r) the sum y log(y/mu) - y + mu is y (r - log(1 + r)), which does not cancel. */
static double deviance_of(double y, double mu) {
    double r = y > 0 ? (mu - y) / y : 0;
    return y > 0 ? 2 * y * (r - log1p(r)) : 2 * mu;
}

static void finish(fitting *f, double log_likelihood, poisson_fit *out) {
    const double *row = f->room->matrix + (size_t)(f->p - 1) * COLUMNS_MAX;
    double deviance = 0, constant = 0;
    for (size_t w = 0; w < f->c->n; w++) {
        double y = f->c->count[w];
        if (!f->c->in_use[w]) continue;
        deviance += deviance_of(y, f->room->mu[w]);
        constant += log_gamma(y + 1);
    }
    out->log_likelihood = log_likelihood - constant;
    out->deviance = fmax(0, deviance);
    out->log_n0 = f->room->eta[0];
    out->var_log_n0 = 1 / (row[f->p - 1] * row[f->p - 1]);
}

void poisson_fit_run(const cell_counts *c, const loglinear_model *model, bool warm, fit_room *room, poisson_fit *out) {
    enum { STEPS_MAX = 80 };
    fitting f = {.c = c, .m = model, .room = room};
    room->n_columns = heterogeneity_columns(model, room->column);
    f.p = room->n_columns + model->n_terms;
    *out = (poisson_fit){.parameters = f.p};
    if (!warm && !start(&f)) return;
    double log_likelihood = likelihood(&f), largest = INFINITY;
    for (int i = 0; i < STEPS_MAX && !out->converged; i++) {
        if (!advance(&f, &log_likelihood, &largest)) return;
        out->converged = largest < 1e-6;
    }
    if (out->converged) finish(&f, log_likelihood, out);
}
