/* Estimates each stratum of each replicate, sums over strata within a replicate, mixes over replicates. */
#include "app/estimate_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/estimate_covers.h"
#include "app/estimate_impute.h"

/* ---- running ---- */

typedef struct runner {
    const en_estimate_request *request;
    en_estimate_options options;
    estimate_parts *parts;
    en_estimate_result *results; /* as parts->histories */
    en_part *row;                /* room for the larger number of replicates and strata */
} runner;

static const char *stratum_name(const estimate_parts *p, int s) { return p->strata ? p->strata[s].name : ""; }
static const char *replicate_name(const estimate_parts *p, int r) { return p->replicates ? p->replicates[r] : ""; }

/* Each stratum has streams of its own, keyed by its name and not by where it stands. */
static en_status run_cells(runner *run, en_app_estimate *out, en_error *err) {
    const estimate_parts *p = run->parts;
    int cells = p->n_replicates * p->n_strata;
    out->calibrated = run->request->calibrate;
    for (int i = 0; i < cells; i++) {
        en_estimate_options o = run->options;
        if (p->strata) o.seed ^= en_str_hash(en_str_of(stratum_name(p, i % p->n_strata)));
        o.brief = o.brief || cells > 1;
        EN_TRY(en_progress_step(o.progress, "strata and replicates", (uint64_t)i, (uint64_t)cells, err));
        EN_TRY(en_estimate_run(&p->histories[i], &o, &run->results[i], err));
        if (run->request->calibrate && i < p->n_strata)
            EN_TRY(en_calibrate(&p->histories[i], &o, &run->results[i], run->request->calibrate,
                                p->strata ? &p->strata[i].calibration : &out->calibration, err));
    }
    return EN_OK;
}

static en_status sum_strata(runner *run, int replicate, en_estimate_result *out, en_error *err) {
    const estimate_parts *p = run->parts;
    for (int s = 0; s < p->n_strata; s++) {
        int i = replicate * p->n_strata + s;
        run->row[s] = (en_part){stratum_name(p, s), p->histories[i].observed, &run->results[i]};
    }
    return en_strata_total(run->row, p->n_strata, &run->options, out, err);
}

static en_status mix_stratum(runner *run, int stratum, en_estimate_result *out, en_error *err) {
    const estimate_parts *p = run->parts;
    for (int r = 0; r < p->n_replicates; r++) {
        int i = r * p->n_strata + stratum;
        run->row[r] = (en_part){replicate_name(p, r), p->histories[i].observed, &run->results[i]};
    }
    return en_replicates_mix(run->row, p->n_replicates, out, err);
}

/* ---- Rubin's rules ---- */

static en_status apply_rubin(const estimate_parts *p, const en_estimate_result *totals, int method,
                             en_app_estimate *out, en_error *err) {
    const en_estimate *first = &totals[0].estimates[method];
    int64_t all = 0, at = 0;
    for (int r = 0; r < p->n_replicates; r++) all += totals[r].estimates[method].n_draws;
    double *draws = calloc((size_t)all + 1, sizeof *draws), *n = calloc((size_t)all + 1, sizeof *n);
    int32_t *replicate = calloc((size_t)all + 1, sizeof *replicate);
    en_status status = draws && n && replicate ? EN_OK : en_no_memory(err);
    for (int r = 0; r < p->n_replicates && status == EN_OK; r++) {
        const en_estimate *e = &totals[r].estimates[method];
        double observed = 0;
        for (int s = 0; s < p->n_strata; s++) observed += (double)p->histories[r * p->n_strata + s].observed;
        for (int64_t i = 0; i < e->n_draws; i++, at++) {
            draws[at] = e->draws[i];
            n[at] = observed;
            replicate[at] = r;
        }
    }
    if (status == EN_OK) {
        out->has_rubin =
            en_rubin_rules(draws, n, replicate, at, p->n_replicates, first->level, &out->rubin, NULL) == EN_OK;
        out->rubin_method = first->method;
    }
    free(draws);
    free(n);
    free(replicate);
    return status;
}

/* Beside the first method that is ok in the mixture and has draws in every replicate. */
static en_status add_rubin(const estimate_parts *p, const en_estimate_result *totals, en_app_estimate *out,
                           en_error *err) {
    for (int i = 0; totals->estimates && i < out->result.n_estimates; i++) {
        const en_estimate *e = &out->result.estimates[i];
        if (e->status != EN_EST_OK || e->kind == EN_KIND_BOUND || totals[0].estimates[i].n_draws == 0) continue;
        return apply_rubin(p, totals, i, out, err);
    }
    return EN_OK;
}

/* ---- all of it ---- */

static en_status total(runner *run, en_estimate_result *totals, en_app_estimate *out, en_error *err) {
    estimate_parts *p = run->parts;
    for (int r = 0; r < p->n_replicates; r++) {
        if (p->strata) {
            EN_TRY(sum_strata(run, r, &totals[r], err));
        } else {
            totals[r] = run->results[r];
            run->results[r] = (en_estimate_result){0};
        }
    }
    if (!p->replicates) {
        out->result = totals[0];
        totals[0] = (en_estimate_result){0};
        return EN_OK;
    }
    for (int r = 0; r < p->n_replicates; r++) run->row[r] = (en_part){replicate_name(p, r), 0, &totals[r]};
    for (int i = 0; i < p->n_replicates * p->n_strata; i++)
        run->row[i / p->n_strata].observed += p->histories[i].observed;
    EN_TRY(en_replicates_mix(run->row, p->n_replicates, &out->result, err));
    out->n_replicates = p->n_replicates;
    return add_rubin(p, totals, out, err);
}

static en_status fill_strata(runner *run, en_app_estimate *out, en_error *err) {
    estimate_parts *p = run->parts;
    if (!p->strata) return EN_OK;
    out->strata = p->strata;
    out->n_strata = p->n_strata;
    for (int s = 0; s < p->n_strata; s++) {
        out->strata[s].observed = p->histories[s].observed;
        if (p->replicates) {
            EN_TRY(mix_stratum(run, s, &out->strata[s].result, err));
        } else {
            out->strata[s].result = run->results[s];
            run->results[s] = (en_estimate_result){0};
        }
    }
    return EN_OK;
}

/* Hands over what each replicate said, without strata its total. */
static en_status keep_cells(runner *run, en_estimate_result *totals, en_app_estimate *out, en_error *err) {
    const estimate_parts *p = run->parts;
    int cells = p->n_replicates * p->n_strata;
    if (!p->replicates) return EN_OK;
    if (!(out->cells = calloc((size_t)cells + 1, sizeof *out->cells))) return en_no_memory(err);
    for (int i = 0; i < cells; i++) {
        en_estimate_result *from = p->strata ? &run->results[i] : &totals[i];
        out->cells[i] =
            (en_app_cell){replicate_name(p, i / p->n_strata), p->strata ? stratum_name(p, i % p->n_strata) : NULL,
                          p->histories[i].observed, *from};
        *from = (en_estimate_result){0};
    }
    out->n_cells = cells;
    return EN_OK;
}

static bool holds_somebody(const estimate_parts *p, int stratum) {
    for (int r = 0; r < p->n_replicates; r++)
        if (p->histories[r * p->n_strata + stratum].observed > 0) return true;
    return false;
}

/* A stratum that holds nobody in any replicate, as a row with the count 0 makes one, is none. Where all are so, they
 * stay, to be refused by name. */
static en_status drop_empty_strata(estimate_parts *p, en_error *err) {
    int kept = 0, n = p->n_strata, *place = p->strata ? calloc((size_t)n + 1, sizeof *place) : NULL;
    if (!p->strata) return EN_OK;
    if (!place) return en_no_memory(err);
    for (int s = 0; s < n; s++) place[s] = holds_somebody(p, s) ? kept++ : -1;
    for (int s = 0; s < n && kept; s++) {
        if (place[s] < 0) continue;
        p->strata[place[s]] = p->strata[s];
        if (p->covered) p->covered[place[s]] = p->covered[s];
    }
    for (int i = 0; i < p->n_replicates * n && kept; i++) {
        int to = place[i % n];
        if (to < 0)
            en_histories_clear(&p->histories[i]);
        else
            p->histories[i / n * kept + to] = p->histories[i]; /* never behind one that is still to move */
    }
    if (kept) p->n_strata = kept;
    free(place);
    return EN_OK;
}

en_status estimate_parts_run(const en_estimate_request *request, estimate_parts *p, en_app_estimate *out,
                             en_error *err) {
    bool are_known = p->results;
    EN_TRY(estimate_read_covers(request->covers, out->arena, p, err));
    if (!are_known) EN_TRY(drop_empty_strata(p, err));
    if (!are_known) EN_TRY(estimate_impute(request, p, out, err));
    int cells = p->n_replicates * p->n_strata, most = p->n_replicates > p->n_strata ? p->n_replicates : p->n_strata;
    runner run = {.request = request, .options = request->options, .parts = p, .results = p->results};
    p->results = NULL;
    if (run.options.methods) run.options.methods |= EN_METHOD_CHAO; /* the lower bound of a total needs it */
    EN_TRY(estimate_apply_covers(p, err));
    if (!are_known) run.results = calloc((size_t)cells + 1, sizeof *run.results);
    run.row = calloc((size_t)most + 1, sizeof *run.row);
    en_estimate_result *totals = calloc((size_t)p->n_replicates + 1, sizeof *totals);
    en_status status = run.results && run.row && totals ? EN_OK : en_no_memory(err);
    if (status == EN_OK && !are_known) status = run_cells(&run, out, err);
    if (status == EN_OK) status = total(&run, totals, out, err);
    if (status == EN_OK) status = fill_strata(&run, out, err);
    if (status == EN_OK) status = keep_cells(&run, totals, out, err);
    for (int i = 0; i < cells && run.results; i++) en_estimate_result_clear(&run.results[i]);
    for (int r = 0; r < p->n_replicates && totals; r++) en_estimate_result_clear(&totals[r]);
    free(run.results);
    free(run.row);
    free(totals);
    return status;
}

void estimate_parts_clear(estimate_parts *p) {
    for (int i = 0; p->histories && i < p->n_replicates * p->n_strata; i++) en_histories_clear(&p->histories[i]);
    for (int i = 0; p->results && i < p->n_replicates * p->n_strata; i++) en_estimate_result_clear(&p->results[i]);
    free(p->histories);
    free(p->results);
    *p = (estimate_parts){0};
}
