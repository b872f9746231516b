/* Philox streams and the draws made from them. */
#include "base/rng.h"

#include <Random123/philox.h>

void en_rng_init(en_rng *rng, uint64_t seed, uint64_t task) {
    *rng = (en_rng){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                    .counter = {0, 0, (uint32_t)task, (uint32_t)(task >> 32)}};
}

uint32_t en_rng_u32(en_rng *rng) {
    if (rng->left == 0) {
        philox4x32_ctr_t counter = {{rng->counter[0], rng->counter[1], rng->counter[2], rng->counter[3]}};
        philox4x32_key_t key = {{rng->key[0], rng->key[1]}};
        philox4x32_ctr_t block = philox4x32(counter, key);
        for (int i = 0; i < 4; i++) rng->block[i] = block.v[i];
        if (++rng->counter[0] == 0) rng->counter[1]++;
        rng->left = 4;
    }
    return rng->block[4 - rng->left--];
}
