/* Random streams: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011; Random123), keyed by seed and task, so that a draw
 * depends on (seed, task, position) and never on threads. Distributions are ours; each names its method. */
#ifndef EN_BASE_RNG_H
#define EN_BASE_RNG_H

#include "everyname/base.h"

typedef struct en_rng {
    uint32_t key[2];
    uint32_t counter[4]; /* words 2 and 3 hold the task */
    uint32_t block[4];
    int left; /* unused words of block */
} en_rng;

void en_rng_init(en_rng *rng, uint64_t seed, uint64_t task);
uint32_t en_rng_u32(en_rng *rng);
uint64_t en_rng_u64(en_rng *rng);
uint64_t en_rng_below(en_rng *rng, uint64_t n);     /* uniform on 0..n-1, n ≥ 1, without bias (Lemire 2019) */
double en_rng_uniform(en_rng *rng);                 /* open interval (0, 1), 53 bits */
double en_rng_exponential(en_rng *rng);             /* rate 1 */
double en_rng_normal(en_rng *rng);                  /* mean 0, variance 1 */
double en_rng_gamma(en_rng *rng, double shape);     /* scale 1; shape > 0; underflows to 0 for tiny shapes */
double en_rng_log_gamma(en_rng *rng, double shape); /* log of the above, without underflow */
double en_rng_beta(en_rng *rng, double a, double b);
/* log x and log(1 - x) of x ~ Beta(a, b), both without underflow. */
void en_rng_log_beta(en_rng *rng, double a, double b, double *log_x, double *log_1mx);
void en_rng_dirichlet(en_rng *rng, const double *alpha, size_t n, double *out);
int64_t en_rng_binomial(en_rng *rng, int64_t n, double p);
/* out[k] sums to n; weights ≥ 0, need not sum to 1, not all 0. */
void en_rng_multinomial(en_rng *rng, int64_t n, const double *weights, size_t k, int64_t *out);
int64_t en_rng_poisson(en_rng *rng, double mean); /* saturates at 2^62 */
/* Failures before the `size`-th success: Poisson(Gamma(size) (1-p)/p); size > 0 real, 0 < p ≤ 1. Saturates at 2^62. */
int64_t en_rng_negbinomial(en_rng *rng, double size, double p);
/* Shuffles 0..n-1 into out (Fisher-Yates). */
void en_rng_permutation(en_rng *rng, size_t n, int32_t *out);

#endif
