/* How the rule for the headline fares on populations like this one: each admissible fit in turn is the truth, histories
 * are simulated from it, and the whole rule is run again on them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "base/sort.h"
#include "estimate/truths.h"

static const uint64_t STREAMS = UINT64_C(5) << 40; /* apart from those of the methods */

typedef struct outcome {
    double people, low, high, at_least;
    bool answered;
} outcome;

typedef struct calibration_run {
    const en_histories *histories;
    en_estimate_options options; /* of the reruns */
    int populations, n_sources;
    truth_source sources[ADMITTED_MAX];
    outcome *outcomes; /* [source * populations + population] */
} calibration_run;

/* ---- one population ---- */

static en_status rerun(const calibration_run *run, const truth *t, en_rng *rng, outcome *out, en_error *err) {
    const en_histories *like = run->histories;
    en_estimate_options options = run->options;
    en_histories drawn = {0};
    en_estimate_result result = {0};
    options.seed = en_rng_u64(rng);
    EN_TRY(simulate_histories((const char(*)[128])like->lists, like->n_lists, t->cells, t->people, rng, &drawn, err));
    en_status status = en_estimate_run(&drawn, &options, &result, err);
    if (status == EN_OK)
        *out = (outcome){(double)t->people, result.low, result.high, result.at_least, result.has_recommended};
    en_estimate_result_clear(&result);
    en_histories_clear(&drawn);
    return status;
}

/* Which fit and which population a task is fixes its random stream. */
static en_status run_population(void *ctx, size_t task, int worker, en_error *err) {
    const calibration_run *run = ctx;
    const truth_source *source = &run->sources[task / (size_t)run->populations];
    truth *t = calloc(1, sizeof *t);
    en_rng rng;
    (void)worker;
    if (!t) return en_no_memory(err);
    en_rng_init(&rng, run->options.seed,
                STREAMS + ((uint64_t)source->estimate->method << 32) + task % (size_t)run->populations);
    en_status status = truth_draw(source, &rng, t, err);
    if (status == EN_OK) status = rerun(run, t, &rng, &run->outcomes[task], err);
    free(t);
    return status;
}

/* ---- what came of them ---- */

/* With two more on either side, so that it is not 0 where all are alike (Agresti and Coull 1998). */
static double share_error(int k, int n) {
    double share = (k + 2.) / (n + 4.);
    return n ? sqrt(share * (1 - share) / (n + 4.)) : NAN;
}

static void count_shares(const outcome *o, int n, en_calibration_fit *out) {
    int answered = 0, held = 0, bounded = 0, above = 0;
    for (int i = 0; i < n; i++) {
        answered += o[i].answered;
        held += o[i].answered && o[i].low <= o[i].people && o[i].people <= o[i].high;
        bounded += !isnan(o[i].at_least);
        above += o[i].at_least <= o[i].people;
    }
    out->refused = 1 - (double)answered / n;
    out->covered = answered ? (double)held / answered : NAN;
    out->covered_error = share_error(held, answered);
    out->at_least = bounded ? (double)above / bounded : NAN;
    out->at_least_error = share_error(above, bounded);
}

/* `sorted` has room for n. */
static void find_medians(const outcome *o, int n, double *sorted, en_calibration_fit *out) {
    int answered = 0;
    for (int i = 0; i < n; i++) sorted[i] = o[i].people;
    en_sort_doubles(sorted, (size_t)n);
    out->truth = en_quantile(sorted, n, .5);
    for (int i = 0; i < n; i++)
        if (o[i].answered) sorted[answered++] = (o[i].high - o[i].low) / o[i].people;
    en_sort_doubles(sorted, (size_t)answered);
    out->width = answered ? sorted[answered / 2] : NAN;
}

static en_status summarise(const calibration_run *run, en_calibration *out, en_error *err) {
    double *room = calloc((size_t)run->populations, sizeof *room);
    if (!room) return en_no_memory(err);
    out->populations = run->populations;
    out->n_fits = run->n_sources;
    for (int i = 0; i < run->n_sources; i++) {
        const outcome *outcomes = run->outcomes + (size_t)i * (size_t)run->populations;
        en_calibration_fit *fit = &out->fits[i];
        *fit = (en_calibration_fit){.method = run->sources[i].estimate->method, .populations = run->populations};
        count_shares(outcomes, run->populations, fit);
        find_medians(outcomes, run->populations, room, fit);
        if (isnan(fit->covered)) continue;
        if (out->worst < 0 || fit->covered < out->fits[out->worst].covered) out->worst = i;
    }
    free(room);
    return EN_OK;
}

/* ---- all of it ---- */

/* Each fit is drawn from with all threads, and the reruns have one each. */
static en_status open_sources(calibration_run *run, const en_estimate_options *options,
                              const en_estimate_result *result, en_error *err) {
    for (int i = 0; i < ADMITTED_MAX; i++) {
        const en_estimate *e = admissible(result, i);
        if (!e) continue;
        EN_TRY(truth_source_open(run->histories, options, e, &run->sources[run->n_sources++], err));
    }
    run->options = *options;
    run->options.brief = run->options.short_chains = true;
    if (!run->options.chains) run->options.chains = 4; /* as many as short rounds are enough for */
    run->options.threads = 1;
    run->options.progress = NULL;
    return EN_OK;
}

static en_status run_all(calibration_run *run, const en_estimate_options *options, en_calibration *out, en_error *err) {
    size_t tasks = (size_t)run->n_sources * (size_t)run->populations;
    if (!(run->outcomes = calloc(tasks, sizeof *run->outcomes))) return en_no_memory(err);
    EN_TRY(en_parallel_for(tasks, options->threads, run_population, run, "calibration", options->progress, err));
    return summarise(run, out, err);
}

static bool say_obstacle(const en_histories *visible, const en_estimate_result *result, en_calibration *out) {
    if (!result->has_recommended)
        snprintf(out->because, sizeof out->because, "there is no headline to calibrate");
    else if (visible->n_lists > SIMULATE_LISTS_MAX)
        snprintf(out->because, sizeof out->because, "populations are simulated for up to %d lists; there are %d",
                 SIMULATE_LISTS_MAX, visible->n_lists);
    return out->because[0] != 0;
}

en_status en_calibrate(const en_histories *histories, const en_estimate_options *given,
                       const en_estimate_result *result, int populations, en_calibration *out, en_error *err) {
    calibration_run run = {.populations = populations};
    en_histories visible = {0};
    en_estimate_options options = *given;
    *out = (en_calibration){.worst = -1};
    if (populations < 1 || populations > EN_CALIBRATION_MAX)
        return en_fail(err, EN_ERR_USAGE, "a calibration takes 1 to %d populations of each fit", EN_CALIBRATION_MAX);
    if (options.level == 0) options.level = .95;
    EN_TRY(overlap_visible(histories, &visible, err));
    run.histories = &visible;
    en_status status = EN_OK;
    if (!say_obstacle(&visible, result, out)) {
        status = open_sources(&run, &options, result, err);
        if (status == EN_OK) status = run_all(&run, &options, out, err);
    }
    for (int i = 0; i < run.n_sources; i++) truth_source_clear(&run.sources[i]);
    free(run.outcomes);
    en_histories_clear(&visible);
    return status;
}
