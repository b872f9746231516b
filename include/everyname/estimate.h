/* How many people no list recorded.
 *
 * In go capture histories (which combination of lists holds each recorded person); out comes, for each method, an
 * interval for the total with what it assumes and what its diagnostics say. A method whose diagnostics fail gives no
 * number. Pure.
 */
#ifndef EVERYNAME_ESTIMATE_H
#define EVERYNAME_ESTIMATE_H

#include "everyname/base.h"
#include "everyname/limits.h"
#include "everyname/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bit j of a pattern: the person is on list j. Patterns are distinct, sorted, never 0; counts > 0. */
typedef struct en_histories {
    int n_lists;
    char (*lists)[128];
    int64_t n_cells;
    uint32_t *patterns;
    int64_t *counts;
    int64_t observed; /* sum of counts */
} en_histories;

/* From a table with one 0/1 column a list and `count` (absent: each row counts 1). Columns named in `ignore` (n_ignore)
 * are left out. An all-zero row is refused unless its count is empty or 0. Negative or fractional counts, values but
 * 0/1: EN_ERR_INPUT with row and column. */
en_status en_histories_from_table(const en_table *table, const char *file, const char *const *ignore, size_t n_ignore,
                                  en_histories *out, en_error *err);
/* From one pattern a person. list names are copied. */
en_status en_histories_from_patterns(const char *const *lists, int n_lists, const uint32_t *patterns, int64_t n,
                                     en_histories *out, en_error *err);
void en_histories_clear(en_histories *histories);

typedef enum {
    EN_METHOD_CHAO = 1,
    EN_METHOD_GRAPHS = 2,
    EN_METHOD_LATENT = 4,
    EN_METHOD_LOGLINEAR = 8,       /* average over models by BIC or AIC */
    EN_METHOD_LOGLINEAR_BEST = 16, /* the one of lowest BIC or AIC */
    EN_METHOD_STEPWISE = 32
} en_method; /* bits */
typedef enum { EN_CRITERION_BIC = 0, EN_CRITERION_AIC } en_criterion;
typedef enum { EN_KIND_BOUND, EN_KIND_POSTERIOR, EN_KIND_LIKELIHOOD } en_estimate_kind;
typedef enum {
    EN_EST_OK,
    EN_EST_NOT_CONVERGED,
    EN_EST_NO_MAXIMUM,
    EN_EST_NOT_IDENTIFIED,
    EN_EST_NO_OVERLAP
} en_estimate_status;
const char *en_method_name(en_method method);             /* "chao", "graphs", "latent" */
const char *en_estimate_kind_name(en_estimate_kind kind); /* "bound", "posterior", "likelihood" */
const char *en_estimate_status_name(en_estimate_status status);

typedef struct en_estimate_options {
    size_t struct_size;
    unsigned methods;       /* en_method bits; 0 all */
    double level;           /* of intervals; 0: .95 */
    double delta;           /* hyper-Dirichlet, graphs; 0: 2^-lists */
    bool complete_graph;    /* graphs: average the complete graph in too */
    int chains;             /* latent, 4 to 64; 0: 4 */
    int classes;            /* latent; 0: min(2^lists - 1, 10) */
    en_criterion criterion; /* log-linear */
    uint64_t seed;
    int threads;
    const en_progress *progress;
    bool brief; /* graphs: the interval alone, without edges, weightiest graphs and the sweep over delta */
} en_estimate_options;
#define EN_ESTIMATE_OPTIONS_INIT                                                                                       \
    { .struct_size = sizeof(en_estimate_options) }

/* A mode of a posterior that has several, of totals; its weight is known to lie between two bounds (0 and 1 where
 * nothing is known). */
typedef struct en_estimate_mode {
    double median, low, high, weight_low, weight_high;
} en_estimate_mode;

/* Graphs: the posterior probability that two lists are joined, that is, depend on one another whatever the others
 * hold. Lists are indices into the histories given. */
typedef struct en_estimate_edge {
    int a, b;
    double probability;
} en_estimate_edge;
/* Graphs: one graph by its cliques, "[A B][B C]", and its posterior probability. */
typedef struct en_estimate_graph {
    char cliques[256];
    double probability;
} en_estimate_graph;
/* Graphs: what the answer is for another delta. */
typedef struct en_estimate_sweep {
    double delta, low, median, high;
} en_estimate_sweep;

/* Numbers are totals (recorded plus unrecorded); NAN where there is none. */
typedef struct en_estimate {
    en_method method;
    en_estimate_kind kind;
    en_estimate_status status;
    double median, mean, low, high, level, at_least;
    bool converged;
    double rhat, ess_bulk, ess_tail; /* latent only; NAN elsewhere */
    char model[256], prior[256], tail[256];
    en_estimate_mode modes[8]; /* by ascending median; none where there is one */
    int n_modes;
    char warnings[8][320];
    int n_warnings;
    int64_t n_draws;            /* draws or support points of N for charts, equally likely, ascending: at most 2,000 */
    double *draws;              /* owned; NULL for bounds */
    en_estimate_edge edges[28]; /* graphs only; each pair of lists that record somebody */
    int n_edges;
    en_estimate_graph graphs[8]; /* the weightiest, falling */
    int n_graphs;
    en_estimate_sweep sweep[8]; /* by ascending delta */
    int n_sweep;
} en_estimate;

typedef struct en_estimate_result {
    int n_estimates;
    en_estimate *estimates;
    /* The headline, or none: has_recommended false with `because` saying why. */
    bool has_recommended;
    double low, median, high, at_least;
    char rule[320], because[512];
    char sensitivity[8][256]; /* one sentence each: what would change the answer */
    int n_sensitivity;
} en_estimate_result;

en_status en_estimate_run(const en_histories *histories, const en_estimate_options *options, en_estimate_result *out,
                          en_error *err);
void en_estimate_result_clear(en_estimate_result *result);

#ifdef __cplusplus
}
#endif
#endif
