/* One model fitted under a convention for empty cells. Pure.
 *
 * Sampled: a zero is a count like any other; a term that nobody's lists hold leaves the likelihood without a maximum.
 * Deleted (Chan, Silverman and Vincent 2021): the coefficient of such a term is minus infinity, and the cells that hold
 * it leave the likelihood; the term counts as a parameter. */
#ifndef EN_ESTIMATE_ZEROS_H
#define EN_ESTIMATE_ZEROS_H

#include "estimate/poisson_fit.h"

int zeros_empty_terms(const cell_counts *cells, const loglinear_model *model);

/* *status: OK, NO_MAXIMUM, NOT_IDENTIFIED or NOT_CONVERGED; where it is OK *fit is filled, and room->mu holds the
 * means, 0 in cells that were deleted. Call existence_prepare once before. */
en_status zeros_fit(const cell_counts *cells, const loglinear_model *model, zeros convention, fit_room *room,
                    poisson_fit *fit, en_estimate_status *status, en_error *err);

/* As the likelihood of `model` sees them: `rest` from cell_counts_new of the same lists; `reduced` is without empty
 * terms. */
void zeros_delete(const cell_counts *all, const loglinear_model *model, cell_counts *rest, loglinear_model *reduced);

#endif
