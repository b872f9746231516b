/* Making names until their skeletons differ, and drawing them by a power law. */
#include "synth/name_bank.h"

#include <math.h>

#include "base/map.h"

static int syllables_of(name_kind kind, en_rng *rng) {
    return kind == NAME_FAMILY ? 2 + (en_rng_below(rng, 3) == 0) : 2;
}

/* Draws until the skeleton is new; where that takes long, the short names are used up and a syllable more helps. */
static en_status make_new(const name_bank *bank, name_kind kind, const sounds *earlier, en_map *seen, en_rng *rng,
                          sounds *out, en_error *err) {
    bool added = false;
    for (int tries = 0; !added && tries < 200; tries++) {
        if (bank->n && tries == 0 && en_rng_below(rng, 12) == 0)
            sounds_near(rng, &earlier[en_rng_below(rng, (uint64_t)bank->n)], out);
        else
            sounds_make(rng, kind, syllables_of(kind, rng) + tries / 20, out);
        spelled skeleton;
        int32_t number;
        sounds_skeleton(out, &skeleton);
        EN_TRY(en_map_intern(seen, (en_str){skeleton.ptr, skeleton.len}, &number, &added, err));
    }
    return EN_OK;
}

static en_status keep_spellings(name_bank *bank, const sounds *name, en_arena *arena, en_error *err) {
    for (int how = 0; how < N_STYLES; how++) {
        spelled word;
        sounds_spell(name, (style)how, &word);
        char *copy = en_arena_strdup(arena, (en_str){word.ptr, word.len});
        if (!copy) return en_no_memory(err);
        bank->spelling[(size_t)bank->n * N_STYLES + (size_t)how] = (en_str){copy, word.len};
    }
    bank->n++;
    return EN_OK;
}

static void set_shares(name_bank *bank, double exponent) {
    double total = 0;
    for (int32_t i = 0; i < bank->n; i++) bank->cumulative[i] = total += pow(i + 1, -exponent);
    for (int32_t i = 0; i < bank->n; i++) bank->cumulative[i] /= total;
}

en_status name_bank_make(name_bank *bank, name_kind kind, int32_t n, double exponent, en_rng *rng, en_arena *arena,
                         en_error *err) {
    sounds *made = en_arena_alloc(arena, (size_t)n * sizeof *made);
    *bank = (name_bank){.spelling = en_arena_alloc(arena, (size_t)n * N_STYLES * sizeof *bank->spelling),
                        .cumulative = en_arena_alloc(arena, (size_t)n * sizeof *bank->cumulative)};
    if (!made || !bank->spelling || !bank->cumulative) return en_no_memory(err);
    en_map seen = {0};
    en_status status = EN_OK;
    while (status == EN_OK && bank->n < n) {
        status = make_new(bank, kind, made, &seen, rng, &made[bank->n], err);
        if (status == EN_OK) status = keep_spellings(bank, &made[bank->n], arena, err);
    }
    en_map_clear(&seen);
    if (status == EN_OK) set_shares(bank, exponent);
    return status;
}

int32_t name_bank_draw(const name_bank *bank, en_rng *rng) {
    double u = en_rng_uniform(rng);
    int32_t low = 0, high = bank->n - 1;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (bank->cumulative[middle] < u)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
