/* en_link: the phases of a linkage, one after the other, and the result as the caller sees it. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/print.h"
#include "link/incremental.h"
#include "link/results.h"

void link_warn(link_set *set, const char *fmt, ...) {
    en_link_result *r = set->result;
    if (r->n_warnings == (int)(sizeof r->warnings / sizeof *r->warnings)) return;
    va_list args;
    va_start(args, fmt);
    en_vprint(r->warnings[r->n_warnings++], sizeof *r->warnings, fmt, args);
    va_end(args);
}

static void note_phase(en_link_result *r, const char *name, double *since) {
    double now = en_os_seconds();
    if (r->n_phases < (int)(sizeof r->phases / sizeof *r->phases)) {
        en_print(r->phases[r->n_phases].name, sizeof r->phases->name, "%s", name);
        r->phases[r->n_phases++].seconds = now - *since;
    }
    *since = now;
}

/* ---- judgements ---- */

static int by_records(const void *pa, const void *pb) {
    const link_judgement *a = pa, *b = pb;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    if (a->b != b->b) return a->b < b->b ? -1 : 1;
    return (a->judged > b->judged) - (a->judged < b->judged);
}

void link_judgements_order(link_judgements *judged) {
    if (judged->n) qsort(judged->of, judged->n, sizeof *judged->of, by_records);
}

static en_status read_judgements(const en_link_options *options, const link_set *set, link_judgements *out,
                                 en_error *err) {
    int32_t *record = malloc(((size_t)set->n + 1) * sizeof *record);
    out->of = calloc(options->n_constraints + 1, sizeof *out->of);
    en_status status = record && out->of ? EN_OK : en_no_memory(err);
    for (int32_t i = 0; status == EN_OK && i < set->n; i++) record[set->row[i]] = i;
    for (size_t i = 0; status == EN_OK && i < options->n_constraints; i++) {
        const en_link_constraint *c = &options->constraints[i];
        if (c->row_a < 0 || c->row_b < 0 || c->row_a >= set->n || c->row_b >= set->n || c->row_a == c->row_b) {
            status = en_fail(err, EN_ERR_USAGE, "constraint %zu is not between two rows of the table", i + 1);
            break;
        }
        int32_t a = record[c->row_a], b = record[c->row_b];
        out->of[out->n++] = (link_judgement){a < b ? a : b, a < b ? b : a, c->judged};
    }
    if (status == EN_OK) link_judgements_order(out);
    free(record);
    return status;
}

/* ---- results ---- */

static en_status number_persons(const link_set *set, const link_partition *partition, en_link_result *out,
                                en_error *err) {
    size_t n = (size_t)set->n;
    int32_t *number = malloc((2 * n + 1) * sizeof *number);
    out->person = malloc((n + 1) * sizeof *out->person);
    out->weakest = malloc((n + 1) * sizeof *out->weakest);
    out->founder = malloc((n + 1) * sizeof *out->founder);
    if (!number || !out->person || !out->weakest || !out->founder) {
        free(number);
        return en_no_memory(err);
    }
    for (size_t i = 0; i < 2 * n + 1; i++) number[i] = -1;
    for (int32_t i = 0; i < set->n; i++) {
        int32_t *person = &number[partition->cluster[i]];
        if (*person < 0) {
            *person = (int32_t)out->n_persons;
            out->founder[out->n_persons++] = set->row[i];
        }
        out->person[set->row[i]] = *person;
        out->weakest[set->row[i]] = partition->weakest[i];
    }
    free(number);
    return EN_OK;
}

/* Expected errors by the model's own probabilities, of pairs joined and not joined; recall only of what was decided
 * anew, where that is known, since other records were not compared. */
static void estimate_errors(const bool *anew, const link_pairs *pairs, const link_partition *partition,
                            en_link_result *out) {
    double right = 0, joined = 0, found = 0, missed = 0;
    for (int64_t i = 0; i < pairs->n; i++) {
        const link_pair *p = &pairs->pairs[i];
        double probability = 1 / (1 + exp(-(double)p->weight));
        if (partition->cluster[p->a] == partition->cluster[p->b]) joined++, right += probability;
        if (anew && !anew[p->a] && !anew[p->b]) continue;
        if (partition->cluster[p->a] == partition->cluster[p->b])
            found += probability;
        else
            missed += probability;
    }
    out->precision = joined > 0 ? right / joined : NAN;
    out->recall = found + missed > 0 ? found / (found + missed) : NAN;
}

/* A model that doubts most of its own pairs has not found persons. */
#define PRECISION_LEAST 0.8
#define RECALL_LEAST 0.4
static void own_up_to_doubt(link_set *set, const en_link_result *out) {
    if (out->precision < PRECISION_LEAST || out->recall < RECALL_LEAST)
        link_warn(set,
                  "these columns hardly tell persons apart: by its own model the result has precision %.2f and "
                  "recall %.2f; add a column, judge pairs (--ask), or do not rely on it",
                  out->precision, out->recall);
}

/* ---- phases ---- */

/* What the model is learned from need not be every pair. */
#define PAIRS_TO_LEARN_FROM 1.5e8
#define PAIRS_TO_LEARN_FROM_BLOCKS 4e6
#define BLOCK_MARGIN 3.0

/* Pairs to keep of all that are compared. */
static int64_t most_pairs(const link_set *set) { return 40 * (int64_t)set->n + 1000; }

/* Records that may be a pair, as the usual model has it: a sample. */
static en_status candidates_to_learn_from(link_set *set, const link_model *model, link_pairs *pairs, en_error *err) {
    double cut = log(set->n + 1.0) - 7;
    link_block_options block = {.cut = cut, .lightest = -INFINITY, .most = PAIRS_TO_LEARN_FROM_BLOCKS};
    return set->blocked ? link_block(set, model, &block, pairs, err)
                        : link_scan_sample(set, model, cut, most_pairs(set), PAIRS_TO_LEARN_FROM, pairs, err);
}

static void drop_lighter(link_pairs *pairs, double weight) {
    int64_t n = 0;
    for (int64_t i = 0; i < pairs->n; i++)
        if ((double)pairs->pairs[i].weight >= weight) pairs->pairs[n++] = pairs->pairs[i];
    pairs->n = n;
}

en_status link_candidates(link_set *set, const link_model *model, double lightest, const link_frontier *frontier,
                          link_pairs *pairs, en_error *err) {
    double cut = (lightest - model->shift) / model->slope - set->log_prior;
    if (set->blocked) {
        /* What is left out by u and m alone has to be clear enough for what else is weighed. */
        link_block_options block = {
            .cut = cut - BLOCK_MARGIN, .lightest = lightest, .frontier = frontier ? frontier->in : NULL};
        return link_block(set, model, &block, pairs, err);
    }
    en_print(set->result->found_by, sizeof set->result->found_by, "exhaustive comparison");
    EN_TRY(frontier ? link_scan_frontier(set, model, cut, most_pairs(set), frontier, pairs, err)
                    : link_scan(set, model, cut, most_pairs(set), pairs, err));
    EN_TRY(link_score(set, model, pairs, err));
    drop_lighter(pairs, lightest);
    return EN_OK;
}

/* From pairs found with the usual model. */
static en_status learn(link_set *set, const link_judgements *judged, link_model *model, double *since, en_error *err) {
    link_pairs pairs = {0};
    EN_TRY(link_model_start(set, model, err));
    en_status status = candidates_to_learn_from(set, model, &pairs, err);
    note_phase(set->result, "first comparison", since);
    if (status == EN_OK) status = link_model_learn(set, &pairs, model, err);
    if (status == EN_OK) status = link_calibrate(set, judged, model, err);
    if (status == EN_OK && set->blocked) status = link_score(set, model, &pairs, err);
    if (status == EN_OK && set->blocked) status = link_block_learn(set, &pairs, err);
    note_phase(set->result, "learning", since);
    link_pairs_clear(&pairs);
    return status;
}

/* To clusters a pair lighter than LINK_CHARGE is worth no less than it; but a sample that is to say how many matches
 * were missed has to reach further down. */
#define SAMPLE_BELOW 3.0

static double lightest(const en_link_options *options) {
    bool sample = options->ask > 0 && options->purpose == EN_ASK_TO_EVALUATE;
    return LINK_CHARGE - (sample ? SAMPLE_BELOW : 0);
}

static en_status find_pairs(link_set *set, const en_link_options *options, const link_judgements *judged,
                            link_model *model, link_earlier *earlier, link_pairs *pairs, double *since, en_error *err) {
    EN_TRY(options->model ? link_model_adopt(set, options->model, model, err) : learn(set, judged, model, since, err));
    if (options->model) link_block_adopt(set, options->model);
    set->log_prior = log(model->prior / (1 - model->prior));
    if (options->previous) {
        EN_TRY(link_earlier_read(set, options->previous, earlier, err));
        EN_TRY(link_earlier_go_on(set, model, judged, lightest(options), earlier, pairs, err));
    } else {
        EN_TRY(link_candidates(set, model, lightest(options), NULL, pairs, err));
        set->result->n_decided_anew = set->n;
    }
    note_phase(set->result, "comparison", since);
    return EN_OK;
}

/* Says what blocking lost and takes it off the estimated recall. */
static void own_up_to_blocking(link_set *set, const link_pairs *pairs) {
    if (!set->blocked) return;
    set->result->recall *= 1 - pairs->missed;
    link_warn(set, "not every pair was compared: blocking is estimated to have missed %.1f %% of the matches",
              100 * pairs->missed);
}

static void own_up_to_earlier(link_set *set) {
    link_warn(set,
              "%lld of %lld records were decided anew: recall, undecided pairs and charts of thresholds leave out what "
              "is between the others",
              (long long)set->result->n_decided_anew, (long long)set->n);
}

static en_status form_persons(link_set *set, const link_pairs *pairs, const link_judgements *judged,
                              const link_earlier *earlier, link_partition *partition, en_error *err) {
    const link_judgements *tied = earlier->anew ? &earlier->judged : judged;
    EN_TRY(link_cluster(set, pairs, tied, partition, err));
    if (set->one_per_list) EN_TRY(link_reassign(set, pairs, tied, partition, err));
    return earlier->anew ? link_earlier_weigh(set, pairs, judged, earlier, partition, err) : EN_OK;
}

static en_status decide(link_set *set, const en_link_options *options, const link_model *model, const link_pairs *pairs,
                        const link_judgements *judged, const link_earlier *earlier, en_error *err) {
    link_partition partition = {calloc((size_t)set->n + 1, sizeof *partition.cluster),
                                calloc((size_t)set->n + 1, sizeof *partition.weakest)};
    en_status status = partition.cluster && partition.weakest ? EN_OK : en_no_memory(err);
    if (status == EN_OK) status = form_persons(set, pairs, judged, earlier, &partition, err);
    if (status == EN_OK) status = number_persons(set, &partition, set->result, err);
    if (status == EN_OK) estimate_errors(earlier->anew, pairs, &partition, set->result);
    if (status == EN_OK) own_up_to_doubt(set, set->result);
    link_results results = {set, pairs, judged, &partition};
    if (status == EN_OK) status = link_undecided(&results, set->result, err);
    if (status == EN_OK) status = link_ask(&results, model, options, set->result, err);
    if (status == EN_OK) status = link_chart(set, model, pairs, set->result, err);
    if (earlier->anew) results.judged = &earlier->judged;
    if (status == EN_OK)
        status = link_draw_partitions(set, &results, options->partitions, LINK_DRAW_EXACT, set->result, err);
    free(partition.cluster);
    free(partition.weakest);
    return status;
}

static en_status run(const en_table *records, const en_link_options *options, link_set *set, en_error *err) {
    double since = en_os_seconds();
    link_model model = {0};
    link_pairs pairs = {0};
    link_judgements judged = {0};
    link_earlier earlier = {0};
    EN_TRY(link_prepare(records, options, set, err));
    note_phase(set->result, "preparing", &since);
    EN_TRY(link_tables_fill(set, err));
    note_phase(set->result, "comparing values", &since);
    en_status status = read_judgements(options, set, &judged, err);
    if (status == EN_OK) status = find_pairs(set, options, &judged, &model, &earlier, &pairs, &since, err);
    set->result->pairs_compared = pairs.compared;
    if (status == EN_OK) status = link_model_describe(set, &model, &set->result->model, err);
    if (status == EN_OK) status = decide(set, options, &model, &pairs, &judged, &earlier, err);
    if (status == EN_OK) own_up_to_blocking(set, &pairs);
    if (status == EN_OK && options->previous) own_up_to_earlier(set);
    note_phase(set->result, "clusters", &since);
    link_pairs_clear(&pairs);
    link_earlier_clear(&earlier);
    free(judged.of);
    return status;
}

en_status en_link(const en_table *records, const en_link_options *options, en_link_result *out, en_error *err) {
    *out = (en_link_result){.n_records = records->rows, .precision = NAN, .recall = NAN};
    if (options->struct_size != sizeof *options)
        return en_fail(err, EN_ERR_USAGE, "the options are of another version of the library");
    if (options->n_fields == 0) return en_fail(err, EN_ERR_USAGE, "no column to compare");
    if (options->previous && !options->model)
        return en_fail(err, EN_ERR_USAGE, "earlier persons hold only under the model that made them: give it");
    if (records->rows > EN_LINK_RECORDS_MAX)
        return en_fail(err, EN_ERR_LIMIT, "at most %d records can be linked", EN_LINK_RECORDS_MAX);
    link_set set = {.result = out};
    en_status status = run(records, options, &set, err);
    link_set_clear(&set);
    if (status != EN_OK) en_link_result_clear(out);
    return status;
}

void en_link_result_clear(en_link_result *result) {
    free(result->person);
    free(result->weakest);
    free(result->founder);
    en_link_model_clear(&result->model);
    free(result->undecided);
    free(result->undecided_probability);
    free(result->partitions);
    free(result->asked);
    *result = (en_link_result){0};
}
