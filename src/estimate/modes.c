/* Peaks and valleys of a smoothed histogram. */
#include "estimate/modes.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"

enum { BINS = 128, MODES_MAX = 8 };
#define WIDTH (BINS / 40.) /* of the Gaussian that smooths, in bins */
#define VALLEY .8
#define MASS_MIN .01
#define ENDS .001 /* share of draws beyond either end of the histogram */

typedef struct peaks {
    int n;
    int at[BINS], end[BINS]; /* bins of the peak, and of the valley after it */
} peaks;

static void smooth(const double *counts, double *density) {
    for (int i = 0; i < BINS; i++) {
        density[i] = 0;
        for (int j = 0; j < BINS; j++) {
            double away = (i - j) / WIDTH;
            density[i] += counts[j] * exp(-away * away / 2);
        }
    }
}

/* Every local peak, with the lowest bin between it and the next. */
static void find_peaks(const double *density, peaks *p) {
    p->n = 0;
    for (int i = 0; i < BINS; i++) {
        bool rises = i == 0 || density[i] > density[i - 1], falls = i == BINS - 1 || density[i] >= density[i + 1];
        if (p->n && density[i] < density[p->end[p->n - 1]]) p->end[p->n - 1] = i;
        if (rises && falls) {
            p->at[p->n] = i;
            p->end[p->n++] = i;
        }
    }
    if (p->n) p->end[p->n - 1] = BINS - 1;
}

/* Joins neighbours between which the valley is not deep. */
static void join_peaks(const double *density, peaks *p) {
    for (int i = 0; i + 1 < p->n;) {
        double a = density[p->at[i]], b = density[p->at[i + 1]];
        if (density[p->end[i]] <= VALLEY * fmin(a, b)) {
            i++;
            continue;
        }
        p->at[i] = a >= b ? p->at[i] : p->at[i + 1];
        p->end[i] = p->end[i + 1];
        p->n--;
        for (int k = i + 1; k < p->n; k++) {
            p->at[k] = p->at[k + 1];
            p->end[k] = p->end[k + 1];
        }
        i = i ? i - 1 : 0; /* its valley to the left may be shallow now */
    }
}

static size_t count_below(const double *sorted, size_t n, double x) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (sorted[mid] < x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The mode of totals from `from` up to below `to`; `sorted` are those of all chains. */
static void add_mode(const double *totals, int chains, size_t n, const double *sorted, double from, double to,
                     bool crossed, en_estimate *out) {
    size_t first = count_below(sorted, (size_t)chains * n, from),
           in = count_below(sorted, (size_t)chains * n, to) - first;
    en_estimate_mode mode = {.weight_low = 1, .weight_high = 0};
    if ((double)in < MASS_MIN * (double)chains * (double)n || out->n_modes == MODES_MAX) return;
    for (int c = 0; c < chains; c++) {
        double share = 0;
        for (size_t i = 0; i < n; i++) share += totals[(size_t)c * n + i] >= from && totals[(size_t)c * n + i] < to;
        mode.weight_low = fmin(mode.weight_low, share / (double)n);
        mode.weight_high = fmax(mode.weight_high, share / (double)n);
    }
    if (!crossed) {
        mode.weight_low = 0;
        mode.weight_high = 1;
    }
    mode.median = en_quantile(sorted + first, in, .5);
    mode.low = en_quantile(sorted + first, in, (1 - out->level) / 2);
    mode.high = en_quantile(sorted + first, in, (1 + out->level) / 2);
    out->modes[out->n_modes++] = mode;
}

en_status modes_find(const double *totals, int chains, size_t n, double observed, bool crossed, en_estimate *out,
                     en_error *err) {
    size_t all = (size_t)chains * n;
    double *sorted = calloc(all, sizeof *sorted), counts[BINS] = {0}, density[BINS];
    peaks p;
    if (!sorted) return en_no_memory(err);
    for (size_t i = 0; i < all; i++) sorted[i] = totals[i];
    en_sort_doubles(sorted, all);
    double low = log(en_quantile(sorted, all, ENDS) - observed + .5);
    double step = (log(en_quantile(sorted, all, 1 - ENDS) - observed + .5) - low) / BINS;
    for (size_t i = 0; i < all && step > 0; i++) {
        double bin = floor((log(sorted[i] - observed + .5) - low) / step);
        if (bin >= 0 && bin < BINS) counts[(int)bin]++;
    }
    smooth(counts, density);
    find_peaks(density, &p);
    join_peaks(density, &p);
    double from = -INFINITY;
    out->n_modes = 0;
    for (int i = 0; i < p.n && p.n > 1; i++) {
        double to = i == p.n - 1 ? INFINITY : observed - .5 + exp(low + step * (p.end[i] + .5));
        add_mode(totals, chains, n, sorted, from, to, crossed, out);
        from = to;
    }
    if (out->n_modes == 1) out->n_modes = 0;
    free(sorted);
    return EN_OK;
}
