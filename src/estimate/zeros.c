/* What an empty cell means to a model's likelihood, and whether the model can be fitted then. */
#include "estimate/zeros.h"

#include <math.h>
#include <string.h>

#include "estimate/existence.h"

int zeros_empty_terms(const cell_counts *c, const loglinear_model *m) {
    int n = 0;
    for (int i = 0; i < m->n_terms; i++) n += c->margin[m->terms[i]] == 0;
    return n;
}

void zeros_delete(const cell_counts *c, const loglinear_model *m, cell_counts *rest, loglinear_model *reduced) {
    memcpy(rest->count, c->count, c->n * sizeof *c->count);
    memcpy(rest->in_use, c->in_use, c->n);
    *reduced = *m;
    reduced->n_terms = 0;
    memset(reduced->terms, 0, sizeof reduced->terms);
    for (int i = 0; i < m->n_terms; i++) {
        uint16_t term = m->terms[i];
        if (c->margin[term] > 0) {
            reduced->terms[reduced->n_terms++] = term;
            continue;
        }
        for (size_t w = term; w < c->n; w++)
            if ((w & term) == term) rest->in_use[w] = 0;
    }
    cell_counts_sum(rest);
}

/* Does a term hold an empty one of the model within it? Then its coefficient means nothing. */
static bool empty_terms_nest(const cell_counts *c, const loglinear_model *m) {
    for (int i = 0; i < m->n_terms; i++)
        for (int j = i + 1; j < m->n_terms && c->margin[m->terms[i]] == 0; j++)
            if ((m->terms[j] & m->terms[i]) == m->terms[i]) return true;
    return false;
}

static en_status fit_or_explain(const cell_counts *c, const loglinear_model *m, fit_room *room, poisson_fit *fit,
                                en_estimate_status *status, en_error *err) {
    *status = EN_EST_OK;
    poisson_fit_run(c, m, false, room, fit);
    if (fit->converged) return EN_OK;
    EN_TRY(existence_check(c, m, status, err));
    if (*status == EN_EST_OK) *status = EN_EST_NOT_CONVERGED;
    return EN_OK;
}

en_status zeros_fit(const cell_counts *c, const loglinear_model *m, zeros convention, fit_room *room, poisson_fit *fit,
                    en_estimate_status *status, en_error *err) {
    int n_empty = zeros_empty_terms(c, m);
    *fit = (poisson_fit){0};
    if (n_empty == 0) return fit_or_explain(c, m, room, fit, status, err);
    *status = convention == ZEROS_SAMPLED ? EN_EST_NO_MAXIMUM : EN_EST_NOT_IDENTIFIED;
    if (convention == ZEROS_SAMPLED || empty_terms_nest(c, m)) return EN_OK;
    loglinear_model reduced;
    zeros_delete(c, m, &room->rest, &reduced);
    EN_TRY(fit_or_explain(&room->rest, &reduced, room, fit, status, err));
    fit->parameters += n_empty;
    for (size_t w = 1; w < c->n; w++)
        if (!room->rest.in_use[w]) room->mu[w] = 0;
    return EN_OK;
}
