/* Log-linear models of capture histories: every hierarchical model, or those that a search visits, with what each says
 * of N and how it fits. For the methods loglinear and loglinear-best, and for pages that set estimate against fit.
 * Pure.
 *
 * By default empty cells are zeros that were sampled: a model whose likelihood has no maximum because of them is kept
 * with that status and gives no number. The other convention, on which stepwise selection rests, is
 * options->delete_empty: see zeros.h. */
#ifndef EN_ESTIMATE_LOGLINEAR_H
#define EN_ESTIMATE_LOGLINEAR_H

#include "everyname/estimate.h"

typedef enum { ZEROS_SAMPLED, ZEROS_DELETED } zeros; /* conventions for empty cells: see zeros.h */

enum {
    LOGLINEAR_LISTS_MAX = 12,
    LOGLINEAR_ALL_MAX = 5, /* lists up to which every hierarchical model is fitted: 113 for 4, 6,893 for 5 */
    LOGLINEAR_TERMS_MAX = 160,
    HETEROGENEITY_COLUMNS_MAX = LOGLINEAR_LISTS_MAX
};

/* How persons may differ: a column h(k) of the number k of lists that hold a person (Darroch and others 1993; Rivest
 * and Baillargeon 2007). */
typedef enum {
    HETEROGENEITY_NONE,
    HETEROGENEITY_CHAO,     /* max(k - j, 0), j = 2 to lists - 1, none of them negative: a lower bound */
    HETEROGENEITY_POISSON2, /* 2^k - 1 */
    HETEROGENEITY_DARROCH,  /* k²/2 */
    HETEROGENEITY_GAMMA35,  /* log 3.5 - log(3.5 + k), negated */
    HETEROGENEITY_GAMMA1    /* -log(1 + k), likewise: more persons whom lists hardly find */
} heterogeneity;

/* Terms are sets of lists, bit j being list j: first the empty one, then by size, then by value. Hierarchical: with a
 * term each of its subsets is there. */
typedef struct loglinear_model {
    int lists, n_terms;
    uint16_t terms[LOGLINEAR_TERMS_MAX];
    heterogeneity differ;
    uint16_t dropped; /* bit j: column j of heterogeneity is left out, since its coefficient came out negative (Chao) */
} loglinear_model;

typedef struct loglinear_fit {
    loglinear_model model;
    en_estimate_status status; /* OK, NO_MAXIMUM, NOT_IDENTIFIED, NOT_CONVERGED; but for OK the numbers are NAN */
    int parameters, n_empty;   /* terms that nobody's lists hold */
    double log_likelihood, deviance, aic, bic;
    double criterion;          /* the one that was asked for */
    double weight;             /* exp(-criterion/2), over all models that have a number; 0 for others */
    double total, se;          /* N = n + exp(b0); se² = exp(b0) + exp(2 b0) Var(b0) */
    double log_n0, var_log_n0; /* b0 */
} loglinear_fit;

typedef struct loglinear_fits {
    size_t n;            /* models */
    loglinear_fit *fits; /* owned; ascending by criterion, equal ones by their terms; those without a number last */
    bool all;            /* every hierarchical model was fitted; else those that the search visited */
    size_t n_no_maximum;
} loglinear_fits; /* zero-initialised is empty */

/* `histories` as overlap_visible gives them: every list records somebody. More than LOGLINEAR_LISTS_MAX lists:
 * EN_ERR_LIMIT. options: criterion, interactions, delete_empty, heterogeneity (without Chao's columns, which bound),
 * threads, progress. The result does not depend on threads. 6,893 models of 5 lists take about half a second of one
 * core. */
en_status loglinear_fit_all(const en_histories *histories, const en_estimate_options *options, loglinear_fits *out,
                            en_error *err);
void loglinear_fits_clear(loglinear_fits *fits);

/* One model: the fit as in loglinear_fits (weight 1), and the fitted means of the 2^lists cells by pattern, cell 0
 * being those on no list; `means` may be NULL. */
en_status loglinear_fit_one(const en_histories *histories, const loglinear_model *model, en_criterion criterion,
                            loglinear_fit *out, double *means, en_error *err);

/* Main effects, with persons that differ as `differ` says: fitted as loglinear_fit_one does. Chao's columns with a
 * negative coefficient are left out one by one, the most negative first. */
en_status loglinear_fit_heterogeneous(const en_histories *histories, heterogeneity differ, en_criterion criterion,
                                      loglinear_fit *out, en_error *err);

/* Bracket notation: the largest terms, as "[EXH ABA][OSCE HRW]"; letters in the order of the lists where the names are
 * long. Always terminated. */
void loglinear_name(const en_histories *histories, const loglinear_model *model, char *out, size_t cap);

#endif
