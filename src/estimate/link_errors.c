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

#include "estimate/graphs.h"
#include "estimate/methods.h"
#include "estimate/sensitivity_parts.h"

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

void cells_with_links(const en_histories *h, double wrong, double missed, double *cells) {
    unsigned patterns = 1u << h->n_lists;
    double was[1 << GRAPH_LISTS_MAX] = {0};
    for (int64_t i = 0; i < h->n_cells; i++) was[h->patterns[i]] = (double)h->counts[i];
    memcpy(cells, was, patterns * sizeof *cells);
    undo_links(cells, was, patterns, wrong);
    make_links(cells, patterns, h->n_lists, missed);
}

/* The posterior of graphs takes counts that are not whole as they are: rounded ones would hide what a few links do. */
static en_status total_of_cells(const en_histories *h, const double *cells, const en_estimate_options *options,
                                en_link_row *row, en_error *err) {
    enum { CELLS = 1 << GRAPH_LISTS_MAX };
    uint32_t patterns[CELLS];
    double held[CELLS], n = 0, shared = 0;
    en_histories changed = {.n_lists = h->n_lists, .lists = h->lists, .patterns = patterns};
    support s = {0};
    for (unsigned w = 1; w < 1u << h->n_lists; w++) {
        if (!(cells[w] > 0)) continue;
        patterns[changed.n_cells] = w;
        held[changed.n_cells++] = cells[w];
        n += cells[w];
        shared += w & (w - 1) ? cells[w] : 0;
    }
    row->observed = llround(n);
    row->shared = llround(shared);
    if (!(shared > 0)) return EN_OK;
    graphs_options graphs = {.delta = options->delta > 0 ? options->delta : ldexp(1, -h->n_lists),
                             .complete = options->complete_graph,
                             .cells = held,
                             .threads = options->threads,
                             .progress = options->progress};
    EN_TRY(graphs_posterior(&changed, &graphs, &s, NULL, err));
    row->total = (en_total){n + support_quantile(&s, .5), n + support_quantile(&s, (1 - options->level) / 2),
                            n + support_quantile(&s, (1 + options->level) / 2), n + support_quantile(&s, .05)};
    support_clear(&s);
    return EN_OK;
}

en_status vary_links(const en_histories *h, const en_estimate_options *options, en_sensitivity *out, en_error *err) {
    static const double tried[][2] = {{0, 0},   {.01, 0}, {.02, 0}, {.05, 0}, {.1, 0},
                                      {0, .02}, {0, .05}, {0, .1},  {0, .2},  {.05, .1}};
    enum { N = sizeof tried / sizeof *tried };
    double cells[1 << GRAPH_LISTS_MAX];
    if (h->n_lists > GRAPH_LISTS_MAX) return EN_OK;
    if (!(out->links = calloc(N, sizeof *out->links))) return en_no_memory(err);
    for (int i = 0; i < N; i++) {
        en_link_row *row = &out->links[out->n_links++];
        *row = (en_link_row){
            .false_share = tried[i][0], .missed_share = tried[i][1], .method = EN_METHOD_GRAPHS, .total = total_none()};
        cells_with_links(h, row->false_share, row->missed_share, cells);
        EN_TRY(total_of_cells(h, cells, options, row, err));
    }
    return EN_OK;
}
