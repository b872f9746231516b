/* everyname estimate: how many people no list recorded, from a case or a CSV of capture histories. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/os.h"
#include "cli/terminal.h"
#include "report/report.h"

enum { IGNORED_MAX = 16, POPULATIONS = 100 };

static bool read_method(const char *name, unsigned *out) {
    static const en_method all[] = {EN_METHOD_CHAO,      EN_METHOD_GRAPHS,         EN_METHOD_LATENT,
                                    EN_METHOD_LOGLINEAR, EN_METHOD_LOGLINEAR_BEST, EN_METHOD_STEPWISE};
    *out = 0;
    if (!name || strcmp(name, "all") == 0) return true;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(name, en_method_name(all[i])) == 0) *out = all[i];
    if (!*out)
        fprintf(stderr,
                "everyname estimate: --method: \"%.40s\" is not here; there are chao, graphs, latent, loglinear, "
                "loglinear-best, stepwise and all\n",
                name);
    return *out != 0;
}

static bool read_loglinear(const args *a, en_estimate_options *o) {
    const char *criterion = has_option(a, "criterion") ? text_option(a, "criterion") : "bic";
    o->criterion = strcmp(criterion, "aic") == 0 ? EN_CRITERION_AIC : EN_CRITERION_BIC;
    o->interactions = (int)count_option(a, "interactions", 0);
    o->delete_empty = has_option(a, "delete-empty");
    o->heterogeneity = has_option(a, "heterogeneity");
    if (strcmp(criterion, "aic") == 0 || strcmp(criterion, "bic") == 0) return true;
    fprintf(stderr, "everyname estimate: --criterion is bic or aic\n");
    return false;
}

static bool read_options(const args *a, en_estimate_options *o) {
    *o = (en_estimate_options)EN_ESTIMATE_OPTIONS_INIT;
    o->level = real_option(a, "level", .95);
    o->delta = real_option(a, "delta", 0);
    o->complete_graph = has_option(a, "complete-graph");
    o->temper = real_option(a, "temper", 0);
    o->seed = count_option(a, "seed", 1);
    o->threads = (int)count_option(a, "threads", 0);
    o->progress = terminal_progress(a);
    if (!(o->level > 0 && o->level < 1)) {
        fprintf(stderr, "everyname estimate: --level is a share between 0 and 1, as .95\n");
        return false;
    }
    if (has_option(a, "delta") && !(o->delta > 0 && o->delta < 1e6)) {
        fprintf(stderr, "everyname estimate: --delta is a number above 0\n");
        return false;
    }
    return read_loglinear(a, o) && read_method(text_option(a, "method"), &o->methods);
}

static const char *rounded(double x, char buf[32]) {
    if (isnan(x)) return "–";
    return isinf(x) ? "no limit" : grouped((int64_t)llround(x), buf);
}

/* What is wrong with the lists is wrong for every method: it is said once. */
static bool said_before(const en_estimate_result *r, int estimate, const char *warning) {
    for (int i = 0; i < estimate; i++)
        for (int k = 0; k < r->estimates[i].n_warnings; k++)
            if (strcmp(r->estimates[i].warnings[k], warning) == 0) return true;
    return false;
}

static void print_methods(const en_estimate_result *r) {
    const char *headers[] = {"method", "kind", "status", "low", "median", "high", "at least", "R-hat", "ess"};
    text_table *t = text_table_new(9, headers, "lllrrrrrr");
    for (int i = 0; i < r->n_estimates; i++) {
        const en_estimate *e = &r->estimates[i];
        char low[32], median[32], high[32], least[32], rhat[32] = "–", ess[32] = "–";
        if (!isnan(e->rhat)) snprintf(rhat, sizeof rhat, "%.4f", e->rhat);
        if (!isnan(e->ess_bulk))
            snprintf(ess, sizeof ess, "%.0f", e->ess_bulk < e->ess_tail ? e->ess_bulk : e->ess_tail);
        const char *cells[] = {en_method_name(e->method),
                               en_estimate_kind_name(e->kind),
                               en_estimate_status_name(e->status),
                               rounded(e->low, low),
                               rounded(e->median, median),
                               rounded(e->high, high),
                               rounded(e->at_least, least),
                               rhat,
                               ess};
        text_table_row(t, cells);
    }
    text_table_print(t);
    for (int i = 0; i < r->n_estimates; i++)
        for (int k = 0; k < r->estimates[i].n_warnings; k++)
            if (!said_before(r, i, r->estimates[i].warnings[k]))
                printf("%s: %s\n", en_method_name(r->estimates[i].method), r->estimates[i].warnings[k]);
}

static void print_strata(const en_app_estimate *e) {
    const char *headers[] = {"stratum", "observed", "low", "median", "high", "at least", "status"};
    if (!e->n_strata) return;
    text_table *t = text_table_new(7, headers, "lrrrrrl");
    for (int s = 0; s < e->n_strata; s++) {
        const en_estimate_result *r = &e->strata[s].result;
        char observed[32], low[32], median[32], high[32], least[32];
        const char *cells[] = {e->strata[s].name,
                               grouped(e->strata[s].observed, observed),
                               rounded(r->low, low),
                               rounded(r->median, median),
                               rounded(r->high, high),
                               rounded(r->at_least, least),
                               r->has_recommended ? "estimated" : "as observed"};
        text_table_row(t, cells);
    }
    printf("\n");
    text_table_print(t);
}

/* ---- calibration ---- */

/* "94 % ± 2", the second being the standard error of the simulation. */
static const char *percent(double share, double error, char buf[32]) {
    if (isnan(share)) return "–";
    snprintf(buf, 32, isnan(error) ? "%.0f %%" : "%.0f %% ± %.0f", 100 * share, 100 * error);
    return buf;
}

static void add_calibration(text_table *t, const char *stratum, const en_calibration *c) {
    for (int i = 0; i < c->n_fits; i++) {
        const en_calibration_fit *f = &c->fits[i];
        char truth[32], refused[32], covered[32], bound[32], width[32];
        const char *cells[] = {stratum,
                               en_method_name(f->method),
                               rounded(f->truth, truth),
                               percent(f->refused, NAN, refused),
                               percent(f->covered, f->covered_error, covered),
                               percent(f->at_least, f->at_least_error, bound),
                               isinf(f->width) ? "no limit" : percent(f->width, NAN, width)};
        text_table_row(t, cells + (stratum ? 0 : 1));
    }
}

static void say_worst(const char *stratum, const en_calibration *c) {
    char covered[32];
    if (c->because[0]) printf("%s%sNot calibrated: %s.\n", stratum, stratum[0] ? ": " : "", c->because);
    if (c->worst < 0) return;
    const en_calibration_fit *f = &c->fits[c->worst];
    printf("%s%sIn the worst of these cases, %s, the headline's interval holds the truth in %s.\n", stratum,
           stratum[0] ? ": " : "", en_method_name(f->method), percent(f->covered, f->covered_error, covered));
}

static void print_calibration(const en_app_estimate *e) {
    const char *headers[] = {"stratum", "truth", "its N", "refused", "covered", "bound holds", "width"};
    const en_calibration *first = e->n_strata ? &e->strata[0].calibration : &e->calibration;
    if (e->calibrated == 0) return;
    printf("\nThe rule on populations simulated from each admissible fit, %d of each, at these list sizes:\n",
           e->calibrated);
    text_table *t =
        text_table_new(e->n_strata ? 7 : 6, headers + (e->n_strata ? 0 : 1), e->n_strata ? "llrrrrr" : "lrrrrr");
    if (!e->n_strata) add_calibration(t, NULL, first);
    for (int s = 0; s < e->n_strata; s++) add_calibration(t, e->strata[s].name, &e->strata[s].calibration);
    text_table_print(t);
    if (!e->n_strata) say_worst("", first);
    for (int s = 0; s < e->n_strata; s++) say_worst(e->strata[s].name, &e->strata[s].calibration);
}

static void print_imputed(const en_app_estimate *e) {
    char persons[32];
    if (!e->imputed) return;
    printf("The stratum of %s persons is missing and was imputed from their histories, as if whether it is missing "
           "hung on "
           "the history alone.\n",
           grouped(e->imputed, persons));
}

static void print_rubin(const en_app_estimate *e) {
    char low[32], centre[32], high[32], degrees[32] = "very many";
    if (e->n_replicates) printf("Averaged over %d replicates.\n", e->n_replicates);
    if (e->has_rubin && e->rubin.degrees < 1e4) snprintf(degrees, sizeof degrees, "%.1f", e->rubin.degrees);
    if (e->has_rubin)
        printf("By Rubin's rules on log n0 of %s: %s, between %s and %s; %.0f %% of the variance is between replicates "
               "(%s degrees of freedom).\n",
               en_method_name(e->rubin_method), rounded(e->rubin.centre, centre), rounded(e->rubin.low, low),
               rounded(e->rubin.high, high), 100 * e->rubin.share_between, degrees);
}

static void print_page(const en_app_estimate *e) {
    if (!e->result.n_sensitivity && !e->has_sensitivity) return;
    const en_estimate_result *r = &e->result;
    printf("\nWhat it hangs on%s:\n", e->is_adjusted && e->has_sensitivity
                                          ? ", of the lists as they are, before the shares given are taken in"
                                          : "");
    for (int i = 0; i < r->n_sensitivity && !e->has_sensitivity; i++) printf("- %s\n", r->sensitivity[i]);
    for (int i = 0; i < e->sensitivity.n_summary && e->has_sensitivity; i++)
        printf("- %s\n", e->sensitivity.summary[i]);
}

static void print_estimate(const en_app_estimate *e) {
    const en_estimate_result *r = &e->result;
    char observed[32], low[32], median[32], high[32], least[32];
    printf("Recorded: %s persons", grouped(e->histories.observed, observed));
    if (e->histories.n_lists) printf(" on %d lists", e->histories.n_lists);
    printf(".\n\n");
    print_methods(r);
    if (r->has_recommended)
        printf("\nEstimated: %s persons in all, between %s and %s; at least %s.\n", rounded(r->median, median),
               rounded(r->low, low), rounded(r->high, high), rounded(r->at_least, least));
    else
        printf("\nNo headline number.\n");
    printf("Rule: %s\nBecause: %s\n", r->rule, r->because);
    print_imputed(e);
    print_rubin(e);
    print_strata(e);
    print_calibration(e);
    print_page(e);
    if (e->id[0]) printf("Id: %s\n", e->id);
}

/* ---- what is asked ---- */

/* "LOW-HIGH" or one share. */
static bool read_shares(const args *a, const char *option, double *low, double *high) {
    const char *text = text_option(a, option);
    char *end = NULL;
    if (!text) return true;
    *low = *high = strtod(text, &end);
    if (end != text && *end == '-') {
        text = end + 1;
        *high = strtod(text, &end);
    }
    if (end != text && *end == 0 && *low >= 0 && *low <= *high && *high < 1) return true;
    fprintf(stderr, "everyname estimate: --%s takes two shares from 0 to below 1, as .01-.05\n", option);
    return false;
}

/* Parts of "A,B,…" in `text`, which is cut up. */
static int cut(char *text, const char *names[], int most) {
    char *rest = NULL;
    int n = 0;
    for (char *name = strtok_r(text, ",", &rest); name && n < most; name = strtok_r(NULL, ",", &rest))
        names[n++] = name;
    return n;
}

static bool read_calibration(const args *a, int *out) {
    uint64_t n = count_option(a, "populations", POPULATIONS);
    *out = 0;
    if (!has_option(a, "calibrate") && !has_option(a, "populations")) return true;
    if (n < 1 || n > EN_CALIBRATION_MAX) {
        fprintf(stderr, "everyname estimate: --populations takes a number from 1 to %d\n", EN_CALIBRATION_MAX);
        return false;
    }
    *out = (int)n;
    return true;
}

static bool read_request(const args *a, en_estimate_request *r) {
    *r = (en_estimate_request){.page = !has_option(a, "brief")};
    if (!read_options(a, &r->options)) return false;
    r->options.brief = has_option(a, "brief");
    if (!read_calibration(a, &r->calibrate)) return false;
    return read_shares(a, "wrongly-listed", &r->adjustment.wrong_low, &r->adjustment.wrong_high) &&
           read_shares(a, "unlinkable", &r->adjustment.unlinked_low, &r->adjustment.unlinked_high);
}

/* ---- what is done ---- */

static int finish(const args *a, en_app_estimate *estimate) {
    en_error err;
    const char *draws = text_option(a, "draws");
    int status = EN_EXIT_OK;
    clear_progress();
    if (draws && en_app_save_draws(estimate, draws, &err) != EN_OK)
        status = fail_with(a, &err);
    else if (has_option(a, "json"))
        status = print_json(a, en_json_estimate(estimate));
    else
        print_estimate(estimate);
    en_app_estimate_clear(estimate);
    return status;
}

static int estimate_case(const args *a, const en_estimate_request *request) {
    en_error err;
    en_account account;
    en_app_estimate estimate;
    if (en_account_open(a->operands[0], NULL, &account, &err) != EN_OK) return fail_with(a, &err);
    en_status status = en_account_estimate(&account, request, &estimate, &err);
    en_account_clear(&account);
    return status == EN_OK ? finish(a, &estimate) : fail_with(a, &err);
}

static int estimate_file(const args *a, const en_estimate_request *request) {
    en_error err;
    en_app_estimate estimate;
    if (en_app_estimate_file(a->operands[0], request, &estimate, &err) != EN_OK) return fail_with(a, &err);
    return finish(a, &estimate);
}

static int estimate_draws(const args *a, const en_estimate_request *request) {
    en_error err;
    en_app_estimate estimate;
    if (a->n_operands || has_option(a, "by") || has_option(a, "covers") || has_option(a, "method") ||
        request->calibrate) {
        fprintf(stderr, "everyname estimate: --draws-in takes draws as they are, in place of a case or histories: no "
                        "method is run, and strata are those of the file\n");
        return EN_EXIT_USAGE;
    }
    if (en_app_estimate_draws(text_option(a, "draws-in"), request, &estimate, &err) != EN_OK) return fail_with(a, &err);
    return finish(a, &estimate);
}

static int run(const args *a) {
    en_estimate_request request;
    char ignored[512] = "", by[512] = "";
    const char *ignored_names[IGNORED_MAX], *by_names[EN_BY_MAX];
    if (!read_request(a, &request)) return EN_EXIT_USAGE;
    if (has_option(a, "ignore")) snprintf(ignored, sizeof ignored, "%s", text_option(a, "ignore"));
    if (has_option(a, "by")) snprintf(by, sizeof by, "%s", text_option(a, "by"));
    request.ignore = ignored_names;
    request.n_ignore = (size_t)cut(ignored, ignored_names, IGNORED_MAX);
    request.by = by_names;
    request.n_by = cut(by, by_names, EN_BY_MAX);
    request.covers = text_option(a, "covers");
    request.one_linkage = has_option(a, "one-linkage");
    request.keep_unknown = has_option(a, "keep-unknown");
    if (has_option(a, "draws-in")) return estimate_draws(a, &request);
    if (a->n_operands == 0) {
        fprintf(stderr,
                "everyname estimate: a case, histories, or --draws-in is needed; see everyname estimate --help\n");
        return EN_EXIT_USAGE;
    }
    return en_app_is_case(a->operands[0]) ? estimate_case(a, &request) : estimate_file(a, &request);
}

static const option_spec options[] = {
    {"method", 0, OPTION_TEXT, "NAME", "latent, graphs, chao, loglinear, loglinear-best, stepwise or all (default)",
     false},
    {"level", 0, OPTION_REAL, "SHARE", "of the intervals (default .95)", false},
    {"delta", 0, OPTION_REAL, "D", "hyper-Dirichlet parameter of graphs (default 2^-lists)", false},
    {"complete-graph", 0, OPTION_FLAG, NULL,
     "average the complete graph in too, which says nothing about the unrecorded: to compare", false},
    {"criterion", 0, OPTION_TEXT, "NAME", "of log-linear models: bic (default) or aic", false},
    {"interactions", 0, OPTION_COUNT, "K", "log-linear models with interactions of at most K lists", false},
    {"delete-empty", 0, OPTION_FLAG, NULL,
     "log-linear models take an empty overlap as impossible and delete its cells; else its zeros count as sampled",
     false},
    {"heterogeneity", 0, OPTION_FLAG, NULL,
     "log-linear models in which persons differ (Poisson2, Darroch, Gamma3.5) are candidates too", false},
    {"by", 0, OPTION_TEXT, "COLUMN,…",
     "strata: columns of HISTORIES.csv, or dimensions of a case (as in count); each is estimated, totals are summed "
     "draw "
     "by draw",
     false},
    {"keep-unknown", 0, OPTION_FLAG, NULL,
     "persons whose stratum is missing are a stratum of their own; else it is imputed from their histories, 20 times "
     "over",
     false},
    {"covers", 0, OPTION_TEXT, "LIST=STRATUM,…", "a list that could see these strata only; more lists after \";\"",
     false},
    {"one-linkage", 0, OPTION_FLAG, NULL,
     "a case's linkage as it stands, where `link --partitions` drew plausible ones to average over", false},
    {"wrongly-listed", 0, OPTION_TEXT, "LOW-HIGH",
     "share of those recorded who are there wrongly (alive, or of another event), known to lie between two bounds",
     false},
    {"unlinkable", 0, OPTION_TEXT, "LOW-HIGH", "share of all persons whom no row names well enough to be linked",
     false},
    {"calibrate", 0, OPTION_FLAG, NULL,
     "simulate populations from each admissible fit, run the whole rule on each, and print how often it is right, for "
     "each stratum",
     false},
    {"populations", 0, OPTION_COUNT, "M", "calibrate with M populations of each fit (default 100)", false},
    {"temper", 0, OPTION_REAL, "SECONDS",
     "latent classes: work that tempering may take where chains disagree, in seconds of one core (default 40)", false},
    {"draws", 0, OPTION_TEXT, "FILE",
     "write the draws of each method: method, rep and stratum where there are any, n, draw, N; an Arrow file where its "
     "name ends in .arrow, else CSV",
     false},
    {"draws-in", 0, OPTION_TEXT, "FILE.csv",
     "draws made elsewhere (rep,n,N, with stratum or method where there are several), in place of a case or "
     "histories: totals over strata, mixture over replicates, Rubin's rules",
     false},
    {"brief", 0, OPTION_FLAG, NULL, "the intervals and the headline alone, without what they hang on", false},
    {"ignore", 0, OPTION_TEXT, "COLUMN,…", "columns of HISTORIES.csv that are no lists", false},
    {0}};

const cli_command cmd_estimate = {
    "estimate",
    "CASE | HISTORIES.csv | --draws-in DRAWS.csv",
    0,
    1,
    "estimate how many people no list recorded",
    "Estimates how many people there were in all, from how the lists overlap. Several models run; each says what it "
    "assumes, and none gives a number that its own "
    "diagnostics reject. HISTORIES.csv has one 0/1 column a list and `count`.",
    "everyname estimate valley.everyname\neveryname estimate histories.csv --method graphs --delta 0.0625 --json",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
