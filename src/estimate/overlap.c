/* What can be said of the lists before any model runs: which record nobody, which are inside another, which meet no
 * other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/methods.h"

int64_t overlap_shared(const en_histories *h) {
    int64_t shared = 0;
    for (int64_t i = 0; i < h->n_cells; i++)
        if (h->patterns[i] & (h->patterns[i] - 1)) shared += h->counts[i];
    return shared;
}

static uint32_t lists_in_use(const en_histories *h) {
    uint32_t used = 0;
    for (int64_t i = 0; i < h->n_cells; i++) used |= h->patterns[i];
    return used;
}

/* Moves the bits of `pattern` that `used` names together. */
static uint32_t squeeze(uint32_t pattern, uint32_t used) {
    uint32_t out = 0;
    int at = 0;
    for (uint32_t rest = used; rest; rest &= rest - 1) out |= (pattern >> __builtin_ctz(rest) & 1) << at++;
    return out;
}

en_status overlap_visible(const en_histories *h, en_histories *out, en_error *err) {
    uint32_t used = lists_in_use(h);
    *out = (en_histories){.n_cells = h->n_cells, .observed = h->observed};
    out->lists = calloc((size_t)h->n_lists + 1, sizeof *out->lists);
    out->patterns = calloc((size_t)h->n_cells + 1, sizeof *out->patterns);
    out->counts = calloc((size_t)h->n_cells + 1, sizeof *out->counts);
    if (!out->lists || !out->patterns || !out->counts) {
        en_histories_clear(out);
        return en_no_memory(err);
    }
    for (int j = 0; j < h->n_lists; j++)
        if (used >> j & 1) memcpy(out->lists[out->n_lists++], h->lists[j], sizeof *out->lists);
    for (int64_t i = 0; i < h->n_cells; i++) {
        out->patterns[i] = squeeze(h->patterns[i], used);
        out->counts[i] = h->counts[i];
    }
    return EN_OK;
}

/* both: persons on a and b; alone: on a and not on b. */
static void count_pair(const en_histories *h, int a, int b, int64_t *both, int64_t *alone) {
    *both = *alone = 0;
    for (int64_t i = 0; i < h->n_cells; i++) {
        if (!(h->patterns[i] >> a & 1)) continue;
        if (h->patterns[i] >> b & 1)
            *both += h->counts[i];
        else
            *alone += h->counts[i];
    }
}

static void warn_of_list(const en_histories *h, int a, en_estimate *estimate) {
    int64_t met = 0;
    for (int b = 0; b < h->n_lists; b++) {
        int64_t both, alone;
        if (b == a) continue;
        count_pair(h, a, b, &both, &alone);
        met += both;
        if (both && !alone)
            estimate_warn(estimate,
                          "everybody on \"%s\" is on \"%s\" too: if one was made from the other, they are one list",
                          h->lists[a], h->lists[b]);
    }
    if (!met)
        estimate_warn(estimate, "nobody on \"%s\" is on another list: do these lists cover the same people?",
                      h->lists[a]);
}

en_status overlap_without(const en_histories *h, int list, en_histories *out, en_error *err) {
    uint32_t low = (1u << list) - 1;
    en_histories raw = {.n_lists = h->n_lists - 1};
    raw.lists = calloc((size_t)h->n_lists, sizeof *raw.lists);
    raw.patterns = calloc((size_t)h->n_cells + 1, sizeof *raw.patterns);
    raw.counts = calloc((size_t)h->n_cells + 1, sizeof *raw.counts);
    en_status status = EN_OK;
    if (!raw.lists || !raw.patterns || !raw.counts) status = en_no_memory(err);
    for (int64_t i = 0; i < h->n_cells && status == EN_OK; i++) {
        uint32_t w = (h->patterns[i] & low) | (h->patterns[i] >> 1 & ~low);
        if (!w) continue;
        raw.patterns[raw.n_cells] = w;
        raw.counts[raw.n_cells++] = h->counts[i];
        raw.observed += h->counts[i];
    }
    if (status == EN_OK) status = overlap_visible(&raw, out, err);
    en_histories_clear(&raw);
    return status;
}

int overlap_given(const en_histories *given, int visible) {
    uint32_t used = lists_in_use(given);
    for (; visible > 0; visible--) used &= used - 1;
    return used ? __builtin_ctz(used) : -1;
}

void overlap_warn(const en_histories *h, en_estimate *estimate) {
    uint32_t used = lists_in_use(h);
    for (int j = 0; j < h->n_lists; j++) {
        if (used >> j & 1)
            warn_of_list(h, j, estimate);
        else
            estimate_warn(estimate, "\"%s\" records nobody and was left out", h->lists[j]);
    }
}

/* ---- names ---- */

static bool names_are_short(const en_histories *h) {
    size_t length = 0;
    for (int j = 0; j < h->n_lists; j++) {
        length += strlen(h->lists[j]) + 1;
        if (strpbrk(h->lists[j], " []")) return false;
    }
    return length <= 40;
}

static void append(char *out, size_t cap, const char *text) {
    size_t at = strlen(out);
    if (at + 1 < cap) snprintf(out + at, cap - at, "%s", text);
}

void append_list_set(const en_histories *h, unsigned set, char *out, size_t cap) {
    bool in_full = names_are_short(h);
    append(out, cap, "[");
    for (int j = 0; j < h->n_lists; j++) {
        char letter[2] = {(char)('A' + j), 0};
        if (!(set >> j & 1)) continue;
        if (in_full && (set & ((1u << j) - 1))) append(out, cap, " ");
        append(out, cap, in_full ? h->lists[j] : letter);
    }
    append(out, cap, "]");
}

void add_letters(const en_histories *h, en_estimate *out) {
    size_t at = strlen(out->model);
    if (!names_are_short(h))
        snprintf(out->model + at, sizeof out->model - at, "; A to %c: the lists in their order", 'A' + h->n_lists - 1);
}
