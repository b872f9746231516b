/* Draws all cells of a population at once. */
#include "estimate/simulate.h"

#include <stdlib.h>
#include <string.h>

en_status simulate_histories(const char (*names)[128], int lists, const double *cells, int64_t people, en_rng *rng,
                             en_histories *out, en_error *err) {
    size_t n = (size_t)1 << lists;
    int64_t *drawn = calloc(n, sizeof *drawn);
    *out = (en_histories){.n_lists = lists,
                          .lists = calloc((size_t)lists, sizeof *out->lists),
                          .patterns = calloc(n, sizeof *out->patterns),
                          .counts = calloc(n, sizeof *out->counts)};
    if (!drawn || !out->lists || !out->patterns || !out->counts) {
        free(drawn);
        en_histories_clear(out);
        return en_no_memory(err);
    }
    memcpy(out->lists, names, (size_t)lists * sizeof *out->lists);
    en_rng_multinomial(rng, people, cells, n, drawn);
    for (size_t w = 1; w < n; w++) {
        if (drawn[w] == 0) continue;
        out->patterns[out->n_cells] = (uint32_t)w;
        out->counts[out->n_cells++] = drawn[w];
        out->observed += drawn[w];
    }
    free(drawn);
    return EN_OK;
}
