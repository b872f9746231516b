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
    EN_METHOD_STEPWISE = 32,
    EN_METHOD_GIVEN = 64 /* draws that were made elsewhere; never run */
} en_method;             /* bits */
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
    int chains;             /* latent, 4 to 64; 0: 16 */
    int classes;            /* latent; 0: min(2^lists - 1, 10) */
    en_criterion criterion; /* log-linear */
    int interactions;       /* log-linear: of at most so many lists; 0: any for up to 5 lists, above of 3 */
    bool delete_empty;      /* log-linear: a term that nobody's lists hold is minus infinity, its cells are deleted */
    bool heterogeneity;     /* log-linear: models in which persons differ are candidates too */
    uint64_t seed;
    int threads;
    const en_progress *progress;
    bool brief;    /* graphs: the interval alone, without edges, weightiest graphs and the sweep over delta */
    double temper; /* latent: seconds of one core that tempering may take where chains disagree; 0: 40, none above 10^6
                      persons; below 0: none */
    bool short_chains; /* latent: a first round a fifth as long, judged as ever; ends of intervals are less exact */
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
    /* Stepwise: the interval of published tables, which is one of the mean of those on no list with the selected model
     * as given, and leaves out the chance in their number; NAN elsewhere. */
    double published_low, published_high;
    bool converged;
    double rhat, ess_bulk, ess_tail; /* latent only; NAN elsewhere */
    char model[256], prior[256], tail[256];
    en_estimate_mode modes[8]; /* by ascending median; none where there is one */
    int n_modes;
    char warnings[8][320];
    int n_warnings;
    bool is_given;   /* its draws were made elsewhere, and nothing of them was checked */
    int64_t n_draws; /* draws or support points of N for charts, equally likely, ascending; 2,000 unless given */
    double *draws;   /* owned; NULL for bounds */
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
    double bound; /* Chao's one-sided lower end, whether he was asked for or not; NAN where there is none */
} en_estimate_result;

en_status en_estimate_run(const en_histories *histories, const en_estimate_options *options, en_estimate_result *out,
                          en_error *err);
void en_estimate_result_clear(en_estimate_result *result);

/* ---- what the answer hangs on ----
 *
 * The histories alone do not tell how many are on no list: some assumption does. Here each assumption is moved in turn.
 * What is a number of persons is a total, and NAN where the assumption gives none. */

/* `at_least`: the one-sided 95 % lower end. */
typedef struct en_total {
    double total, low, high, at_least;
} en_total;

enum { EN_ODDS = 9, EN_INTERACTIONS = 5, EN_HETEROGENEITIES = 5 };

/* Two lists alone: as if all on neither were to be foretold from these two. */
typedef struct en_pair {
    int a, b;                              /* indices into the histories given */
    int64_t both, only_a, only_b, neither; /* neither: recorded, but on other lists alone */
    en_total chapman;                      /* the lists are independent (Chapman 1951) */
    en_total by_odds[EN_ODDS];             /* they depend with odds ratio odds[i] (en_sensitivity) */
} en_pair;

typedef struct en_left_out {
    int list;
    en_method method;
    en_estimate_status status;
    en_total total;
} en_left_out;

/* A model beside how well it fits; lower criteria fit better. `total` is NAN but for status ok. */
typedef struct en_fit_row {
    char model[256];
    en_estimate_status status;
    en_total total;
    int parameters;
    double deviance, criterion;
    double above;  /* its criterion over the lowest of all */
    double weight; /* among all models; NAN where it is none of the averaged ones */
} en_fit_row;

/* The histories as they would be if a share of the links that were made is false, and a share of those there are was
 * missed (docs/methods/estimation.md has the formula), and what graphs say of them; up to 8 lists. */
typedef struct en_link_row {
    double false_share, missed_share;
    int64_t observed, shared; /* persons; persons on two lists or more */
    en_method method;
    en_total total;
} en_link_row;

typedef struct en_sensitivity {
    double low, high, at_least; /* the answer as it stands: the headline, else the hull of the methods that gave one */
    /* The hull of `low` to `high` and of the intervals of models that the data do not reject: log-linear ones, and
     * those for persons who differ, within 10 of the lowest criterion. */
    double range_low, range_high;
    char range_low_because[256], range_high_because[256];
    /* The range, and what an interaction of all lists from 1/4 to 4 would reach, of which the data say nothing: n0 of
     * the model of lowest criterion (`fits` and `differ`) over 4 and times 4. */
    double reach_low, reach_high;
    double odds[EN_ODDS]; /* 1/4 to 4 */
    en_pair *pairs;       /* owned */
    int n_pairs;
    /* n0 = (product of cells on an odd number of lists) / (product of those on an even one) / xi. */
    double xi[EN_INTERACTIONS]; /* 1/4 to 4 */
    en_total interaction[EN_INTERACTIONS];
    int64_t empty_cells;         /* of 2^lists - 1; where there are any, fitted cells stand for the observed ones */
    char interaction_model[256]; /* which fitted them; "" where no cell is empty */
    en_left_out *left_out;       /* owned */
    int n_left_out;
    en_fit_row *fits; /* owned; log-linear models within 10 of the best, at most 100, by rising criterion */
    int n_fits;
    /* Persons differ in how easily lists find them: Chao, Poisson2, Darroch, Gamma3.5, Gamma1, each with the pairs of
     * lists that lower the criterion. */
    en_fit_row differ[EN_HETEROGENEITIES];
    int n_differ;
    en_link_row *links; /* owned */
    int n_links;
    char summary[12][640]; /* one sentence each: the answer, and what would move it */
    int n_summary;
} en_sensitivity;

/* `options` as for en_estimate_run: level, delta, criterion, seed, threads; with the bit of EN_METHOD_LATENT set lists
 * are left out by latent classes too (seconds each); `brief` leaves out lists and links. `result` is what
 * en_estimate_run gave for the same histories. `out` is owned (en_sensitivity_clear). */
en_status en_sensitivity_run(const en_histories *histories, const en_estimate_options *options,
                             const en_estimate_result *result, en_sensitivity *out, en_error *err);
void en_sensitivity_clear(en_sensitivity *sensitivity);

/* ---- how the rule fares here ----
 *
 * Histories are simulated from each admissible fit, at these list sizes and with that fit's own N, and the whole rule
 * is run again on each: all methods that were asked for, their checks, the headline. */

/* One fit taken for the truth: a posterior's draws of N and of all chances, a new one for each population; of
 * log-linear models one by its weight, with its fitted cells. Shares come with their standard error. */
typedef struct en_calibration_fit {
    en_method method;
    int populations;
    double truth;         /* the median N of the populations */
    double refused;       /* share of populations without a headline */
    double covered;       /* share of the others whose interval holds N; NAN where there are none */
    double covered_error; /* of the simulation */
    double at_least;      /* share of populations whose lower bound is at most N, of those that have one */
    double at_least_error;
    double width; /* median of (high - low)/N, of those with a headline; INFINITY where most have no upper end */
} en_calibration_fit;

typedef struct en_calibration {
    int populations; /* of each fit; 0: not calibrated, see `because` */
    int n_fits;
    en_calibration_fit fits[5];
    int worst;         /* the fit of least coverage; -1 where no population had a headline */
    char because[256]; /* why there is none; "" where there is */
} en_calibration;

/* `options` and `result` as of en_estimate_run on these histories. Deterministic, whatever the threads. No admissible
 * fit, or more than 12 lists: EN_OK with `because`. populations from 1 to EN_CALIBRATION_MAX, else EN_ERR_USAGE. Reruns
 * have options.short_chains set. */
enum { EN_CALIBRATION_MAX = 100000 };
en_status en_calibrate(const en_histories *histories, const en_estimate_options *options,
                       const en_estimate_result *result, int populations, en_calibration *out, en_error *err);

/* Shares that are known to lie between two bounds (95 %): of those recorded, who are there wrongly (alive, or of
 * another event), in every history alike; and of all persons, those whom no row names well enough to be linked, so that
 * the histories leave them out. Both 0 to 0: nothing. */
typedef struct en_adjustment {
    double wrong_low, wrong_high;
    double unlinked_low, unlinked_high;
    uint64_t seed;
} en_adjustment;

/* N (1 - wrong) / (1 - unlinked) draw by draw, with shares drawn from Beta distributions that have these bounds. The
 * numbers and the draws of `estimate` are replaced (where it has no draws, ends take the bounds that widen it), and a
 * warning says what was done. Bounds outside 0 ≤ low ≤ high < 1: EN_ERR_USAGE. */
en_status en_estimate_adjust(en_estimate *estimate, const en_adjustment *adjustment, en_error *err);
/* All estimates of a result, and its headline anew from them. */
en_status en_estimate_result_adjust(en_estimate_result *result, const en_adjustment *adjustment, en_error *err);
/* The same for totals in any order; `out` may be `draws`. */
en_status en_adjust_draws(const double *draws, int64_t n, const en_adjustment *adjustment, double *out, en_error *err);

/* ---- strata, replicates ---- */

/* Histories as if one list had not been made: of a stratum that it could not see. `out` is owned. */
en_status en_histories_without(const en_histories *histories, int list, en_histories *out, en_error *err);

/* Histories of parts with the same lists, joined. `out` is owned. */
en_status en_histories_join(const en_histories *parts, int n, en_histories *out, en_error *err);

/* Imputes strata that are missing, jointly with the histories, by latent classes among those recorded (impute.c has the
 * model): whether a stratum is missing may depend on the history, and on what is known of the stratum, alone. parts[0
 * .. n_known) are histories of persons whose stratum is known; of those of parts[n_known + i] it is one of the strata s
 * with allowed[i * n_known + s], at least one. covered[s] has a bit for each list that could see stratum s (NULL: all
 * could); EN_ERR_INPUT where no stratum is left for somebody. All have the same lists. out[r * n_known + s], r < m,
 * owned by the caller also on failure (zeroed before): m draws of the histories of all strata. */
en_status en_impute_strata(const en_histories *parts, int n_known, int n_missing, const bool *allowed,
                           const uint32_t *covered, int m, uint64_t seed, const en_progress *progress,
                           en_histories *out, en_error *err);

/* A part of the people, estimated by itself, or one of several plausible versions of all of them. */
typedef struct en_part {
    const char *name; /* lent; keys the streams of its draws, so that the order of parts does not matter */
    int64_t observed;
    const en_estimate_result *result; /* lent */
} en_part;

/* The total over strata: for each method the draws of all strata are summed, each stratum's in an order of its own,
 * never ends of intervals. A stratum without a headline enters as observed; then there is no upper end (INFINITY). A
 * method that gives no number in a stratum that others estimate gives no total. */
en_status en_strata_total(const en_part *strata, int n, const en_estimate_options *options, en_estimate_result *out,
                          en_error *err);
/* Over replicates (linkages, imputations): the answer is the mixture of their draws, each replicate weighing alike. A
 * method, and the headline, is refused where one replicate refuses it. */
en_status en_replicates_mix(const en_part *replicates, int n, en_estimate_result *out, en_error *err);

/* Draws of N that were made elsewhere, in any order. */
typedef struct en_given_draws {
    en_method method; /* by which, else EN_METHOD_GIVEN */
    const double *draws;
    int64_t n; /* 0: the method gave no number */
} en_given_draws;
/* One part as its draws have it: nothing is fitted or checked, and a warning says so. `level` 0: .95. A draw below
 * `observed`: EN_ERR_INPUT. `out` is owned. */
en_status en_estimate_given(const en_given_draws *given, int n, int64_t observed, double level, en_estimate_result *out,
                            en_error *err);

/* Rubin's rules on log(N - n), beside the mixture. */
typedef struct en_rubin {
    double low, centre, high; /* totals: the mean of n and exp of the pooled log n0 */
    double within, between;   /* variances of log n0 */
    double degrees;           /* of freedom */
    double share_between;     /* of the pooled variance: what linkage or imputation brings */
} en_rubin;
/* draws[i] of replicate replicate[i] (0 to m - 1), with n[i] recorded in it; those at n are left out. m < 2, or a
 * replicate with fewer than two draws above n: EN_ERR_INPUT. */
en_status en_rubin_rules(const double *draws, const double *n, const int32_t *replicate, int64_t n_draws, int m,
                         double level, en_rubin *out, en_error *err);
/* The p-quantile of ascending values, with linear interpolation (Hyndman and Fan's type 7). */
double en_quantile(const double *ascending, int64_t n, double p);

#ifdef __cplusplus
}
#endif
#endif
