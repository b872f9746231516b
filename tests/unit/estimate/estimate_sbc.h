/* Simulation-based calibration (Cook, Gelman and Rubin 2006; Talts and others 2018): truth is drawn from the prior,
 * data from the truth, and the rank of the truth in its posterior must be uniform. A short form is a unit test, a long
 * one bench/estimate/sbc. */
#ifndef EN_TEST_ESTIMATE_SBC_H
#define EN_TEST_ESTIMATE_SBC_H

#include <stdint.h>

#include "everyname/base.h"

enum { SBC_BINS = 10 };
/* Chi-square on 9 degrees of freedom is above it once in 1,000. */
#define SBC_CHI_MAX 27.88

/* Three lists; one of the seven graphs that are not complete, hyper-Dirichlet with `delta`, and N negative binomial
 * with mean 196. `ranks` (SBC_BINS) counts the ranks of n0 in `sets` data sets. */
en_status sbc_graphs(double delta, int sets, uint64_t seed, int *ranks, en_error *err);

/* Three lists, at most `classes`, under the prior that estimates have, 1/N included. That is no distribution, but given
 * n it is: p(n | parameters) is then the same for all parameters, so that these may be drawn from their prior, n
 * persons from the cells given that they are seen, and n0 from NegBin(n, 1 - pi_0). Of n = 100. `unseen` and `scores`
 * (SBC_BINS each) count the ranks of n0 and of the log likelihood, which sees errors that n0 does not (Modrák and
 * others 2023). One plain chain a set, 19 draws of it that are `apart` moves apart. */
en_status sbc_latent(int classes, int sets, int apart, uint64_t seed, int *unseen, int *scores, en_error *err);

double sbc_chi_square(const int *ranks);

#endif
