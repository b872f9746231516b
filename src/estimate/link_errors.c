/* The histories as they would be without a share of false links, or with a share of missed ones, and N from them.
 *
 * A person on k lists is held together by k - 1 links. If each is false with chance x, one at least is with chance q_k
 * = 1 - (1 - x)^(k-1); then one of the k records, each as likely, is another person's. So n_w falls by q_k n_w, and
 * each j of w gives q_k n_w / k to {j} and to w without j. A share y of missed links is the inverse: of persons truly
 * on w a part q_k (with y for x) is seen as {j} and w without j, so n_w q_k / (1 - q_k) / k pairs of those are joined,
 * as far as there are any, from the largest w down. Both are right to the first order in x and y. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/methods.h"
#include "estimate/sensitivity_parts.h"

enum { CELLS_MAX_LISTS = 16 };

static double error_chance(double share, int lists) { return 1 - pow(1 - share, lists - 1); }

static void undo_links(double *cells, const double *was, unsigned patterns, double share) {
    for (unsigned w = 1; w < patterns; w++) {
        int k = __builtin_popcount(w);
        double gone = was[w] * error_chance(share, k);
        if (k < 2 || gone == 0) continue;
        cells[w] -= gone;
        for (unsigned rest = w; rest; rest &= rest - 1) {
            unsigned alone = rest & -rest;
            cells[alone] += gone / k;
            cells[w & ~alone] += gone / k;
        }
    }
}

/* Joins `wanted` persons of {alone} with persons of `others`, or as many as there are. */
static void join(double *cells, unsigned alone, unsigned others, double wanted) {
    double joined = fmin(wanted, fmax(0, fmin(cells[alone], cells[others])));
    cells[alone] -= joined;
    cells[others] -= joined;
    cells[alone | others] += joined;
}

static void make_links(double *cells, unsigned patterns, int lists, double share) {
    for (int k = lists; k >= 2; k--) {
        double chance = error_chance(share, k);
        for (unsigned w = 1; w < patterns; w++) {
            if (__builtin_popcount(w) != k || cells[w] <= 0) continue;
            double wanted = cells[w] * chance / (1 - chance) / k;
            for (unsigned rest = w; rest; rest &= rest - 1) join(cells, rest & -rest, w & ~(rest & -rest), wanted);
        }
    }
}

typedef struct leftover {
    unsigned pattern;
    double part;
} leftover;

static int by_part(const void *a, const void *b) {
    const leftover *x = a, *y = b;
    if (x->part != y->part) return x->part < y->part ? 1 : -1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Whole numbers of the same sum: those with the largest remainders are rounded up. */
static void round_cells(double *cells, unsigned patterns, leftover *parts) {
    double sum = 0, whole = 0;
    for (unsigned w = 0; w < patterns; w++) {
        double cell = w ? fmax(0, cells[w]) : 0;
        sum += cell;
        cells[w] = floor(cell);
        whole += cells[w];
        parts[w] = (leftover){w, cell - cells[w]};
    }
    qsort(parts, patterns, sizeof *parts, by_part);
    int64_t up = llround(sum - whole);
    for (int64_t i = 0; i < up; i++) cells[parts[i].pattern]++;
}

static en_status from_cells(const en_histories *h, const double *cells, unsigned patterns, en_histories *out,
                            en_error *err) {
    en_histories raw = {.n_lists = h->n_lists};
    raw.lists = calloc((size_t)h->n_lists, sizeof *raw.lists);
    raw.patterns = calloc(patterns, sizeof *raw.patterns);
    raw.counts = calloc(patterns, sizeof *raw.counts);
    en_status status = raw.lists && raw.patterns && raw.counts ? EN_OK : en_no_memory(err);
    if (status == EN_OK) memcpy(raw.lists, h->lists, (size_t)h->n_lists * sizeof *raw.lists);
    for (unsigned w = 1; w < patterns && status == EN_OK; w++) {
        if (cells[w] < 1) continue;
        raw.patterns[raw.n_cells] = w;
        raw.counts[raw.n_cells++] = (int64_t)cells[w];
        raw.observed += (int64_t)cells[w];
    }
    if (status == EN_OK) status = overlap_visible(&raw, out, err);
    en_histories_clear(&raw);
    return status;
}

en_status histories_with_links(const en_histories *h, double wrong, double missed, en_histories *out, en_error *err) {
    unsigned patterns = 1u << h->n_lists;
    *out = (en_histories){0};
    if (h->n_lists > CELLS_MAX_LISTS)
        return en_fail(err, EN_ERR_LIMIT, "links are varied for up to %d lists, not %d", CELLS_MAX_LISTS, h->n_lists);
    double *cells = calloc(patterns, sizeof *cells), *was = calloc(patterns, sizeof *was);
    leftover *parts = calloc(patterns, sizeof *parts);
    en_status status = cells && was && parts ? EN_OK : en_no_memory(err);
    for (int64_t i = 0; i < h->n_cells && status == EN_OK; i++)
        cells[h->patterns[i]] = was[h->patterns[i]] = (double)h->counts[i];
    if (status == EN_OK) {
        undo_links(cells, was, patterns, wrong);
        make_links(cells, patterns, h->n_lists, missed);
        round_cells(cells, patterns, parts);
        status = from_cells(h, cells, patterns, out, err);
    }
    free(cells);
    free(was);
    free(parts);
    return status;
}

static en_status link_row(const en_histories *h, const en_estimate_options *options, en_link_row *row, en_error *err) {
    en_histories changed;
    en_estimate_status ignored;
    EN_TRY(histories_with_links(h, row->false_share, row->missed_share, &changed, err));
    row->observed = changed.observed;
    row->shared = overlap_shared(&changed);
    en_status status = quick_total(&changed, options, &row->method, &ignored, &row->total, err);
    en_histories_clear(&changed);
    return status;
}

en_status vary_links(const en_histories *h, const en_estimate_options *options, en_sensitivity *out, en_error *err) {
    static const double tried[][2] = {{0, 0},   {.01, 0}, {.02, 0}, {.05, 0}, {.1, 0},
                                      {0, .02}, {0, .05}, {0, .1},  {0, .2},  {.05, .1}};
    enum { N = sizeof tried / sizeof *tried };
    if (h->n_lists > CELLS_MAX_LISTS) return EN_OK;
    if (!(out->links = calloc(N, sizeof *out->links))) return en_no_memory(err);
    for (int i = 0; i < N; i++) {
        out->links[i] = (en_link_row){.false_share = tried[i][0], .missed_share = tried[i][1]};
        EN_TRY(link_row(h, options, &out->links[i], err));
        out->n_links++;
    }
    return EN_OK;
}
