/* A stock of invented names, each spelled in every style, drawn as unevenly as real names are. */
#ifndef EN_SYNTH_NAME_BANK_H
#define EN_SYNTH_NAME_BANK_H

#include "synth/spelling.h"

typedef struct name_bank {
    int32_t n;
    en_str *spelling;   /* n x N_STYLES, in the arena */
    double *cumulative; /* n; the last is 1 */
} name_bank;

/* The k-th name has a share proportional to k^-exponent (Zipf). Names differ in their consonant skeletons. */
en_status name_bank_make(name_bank *bank, name_kind kind, int32_t n, double exponent, en_rng *rng, en_arena *arena,
                         en_error *err);
int32_t name_bank_draw(const name_bank *bank, en_rng *rng);
static inline en_str name_bank_spelling(const name_bank *bank, int32_t name, style how) {
    return bank->spelling[(size_t)name * N_STYLES + (size_t)how];
}

#endif
