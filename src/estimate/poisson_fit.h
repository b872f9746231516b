/* Poisson log-linear models of the 2^t cells of t lists: maximum likelihood by Newton's method.
 *
 * log mu_w = sum over terms S within w of beta_S, plus further columns. beta of the empty set is then log mu_0, the
 * mean of those on no list. Sums over cells that hold S and T together are sums over cells that hold their union, so
 * the information matrix is read off one table of 2^t sums over supersets: a step costs t 2^t additions and p³/6 for
 * the Cholesky factor, however many cells there are. Pure. */
#ifndef EN_ESTIMATE_POISSON_FIT_H
#define EN_ESTIMATE_POISSON_FIT_H

#include "estimate/loglinear.h"

enum { COLUMNS_MAX = LOGLINEAR_TERMS_MAX + HETEROGENEITY_COLUMNS_MAX };

/* Counts of all 2^lists cells. Cell 0 is in use only where the number on no list is taken as known. */
typedef struct cell_counts {
    int lists;
    size_t n;        /* 2^lists */
    double *count;   /* by pattern */
    double *margin;  /* by set of lists: the counts of the cells in use that hold it; see cell_counts_sum */
    uint8_t *in_use; /* 0: the cell is not in the likelihood */
    double total;    /* of the cells in use */
} cell_counts;       /* zero-initialised is empty */

en_status cell_counts_new(int lists, cell_counts *out, en_error *err); /* no counts; all but cell 0 in use */
en_status cell_counts_from_histories(const en_histories *histories, cell_counts *out, en_error *err);
void cell_counts_sum(cell_counts *cells); /* sets margin and total after counts or in_use changed */
void cell_counts_clear(cell_counts *cells);

/* Room for one fit at a time; a worker has one. */
typedef struct fit_room {
    int lists;
    double *mu, *eta, *table, *change; /* 2^lists each */
    double *matrix;                    /* COLUMNS_MAX squared, lower triangle */
    double *column[HETEROGENEITY_COLUMNS_MAX];
    double further[HETEROGENEITY_COLUMNS_MAX]; /* their coefficients */
    int n_columns;                             /* further columns of the model that was fitted last */
    cell_counts rest;                          /* for zeros.c */
} fit_room;                                    /* zero-initialised is empty */

en_status fit_room_new(int lists, fit_room *out, en_error *err);
void fit_room_clear(fit_room *room);

typedef struct poisson_fit {
    bool converged; /* then a maximum exists: see poisson_fit_run */
    int parameters;
    double log_likelihood, deviance;
    double log_n0, var_log_n0;
} poisson_fit;

/* Fits; room->mu holds the means of all 2^lists cells afterwards, with those of cells not in use. `warm`: start from
 * room->eta as an earlier fit of this model left it.
 *
 * A last step d with |A d| < 1 in all cells in use proves that a maximum exists: x = mu (1 + A d) is positive and has
 * the margins of the counts, which is the condition of Fienberg and Rinaldo (2012). Without a maximum A d stays at -1
 * or below somewhere, and the fit is given up. */
void poisson_fit_run(const cell_counts *cells, const loglinear_model *model, bool warm, fit_room *room,
                     poisson_fit *out);

/* In place: each cell becomes the sum over its supersets, or its subsets. */
void sum_over_supersets(double *table, int lists);
void sum_over_subsets(double *table, int lists);

#endif
