/* Columns of log-linear models that let persons differ in how easily they are found. Pure. */
#ifndef EN_ESTIMATE_HETEROGENEITY_H
#define EN_ESTIMATE_HETEROGENEITY_H

#include "estimate/loglinear.h"

const char *heterogeneity_name(heterogeneity differ); /* "Chao", "Poisson2", "Darroch", "Gamma3.5"; "" for none */

int heterogeneity_count(const loglinear_model *model); /* columns */

/* Fills column[j][w] for the 2^lists patterns w and returns how many columns there are. */
int heterogeneity_columns(const loglinear_model *model, double *const *column);

#endif
