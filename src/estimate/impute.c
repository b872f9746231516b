/* Persons whose stratum is missing, imputed from their histories.
 *
 * Among those recorded, history w and stratum s are independent within a latent class (Dunson and Xing 2009; for
 * imputation Si and Reiter 2013): P(w, s) = sum_k nu_k phi_ks prod_j lambda_jk^w_j (1 - lambda_jk)^(1 - w_j), with
 * lambda ~ Beta(1, 1), phi_k ~ Dirichlet(1/S, ...), nu by stick-breaking, V_k ~ Beta(1, alpha), alpha ~ Gamma(.25, rate
 * .25), as in latent_chain.c. Data augmentation, per cell: classes ~ Multinomial(∝ nu_k prod_j ... sum of phi_ks over
 * the strata that may be), then strata ~ Multinomial(∝ phi_ks over these). Missing at random: whether a stratum is
 * missing may depend on the history and on what is known of the stratum, and on nothing else. Where a list could not
 * see a stratum, its factor is left out there, nobody on it is of that stratum, and lambda is learned from the strata
 * that it could see. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "estimate/methods.h"

enum { CLASSES = 10, BURN_IN = 300, SPACING = 30 };

/* Persons of one history, of a part. */
typedef struct cell {
    uint32_t pattern;
    int part;
    int64_t count;
} cell;

typedef struct imputer {
    const en_histories *parts;
    int n_lists, n_known, n_parts;
    const bool *allowed;     /* [(part - n_known) * n_known + stratum] */
    const uint32_t *covered; /* of each stratum: lists that could see it; NULL: all */
    cell *cells;
    int64_t n_cells;
    en_rng rng;
    double alpha, log_nu[CLASSES];
    double *log_on, *log_off;       /* of lambda, [list * CLASSES + class] */
    double *log_phi;                /* [class * n_known + stratum] */
    int64_t *of_class, *of_stratum; /* counts, as above */
    int64_t *listed, *seen;         /* as above: persons on a list; persons whom it could have held */
    int64_t *kept;                  /* of the imputation that is drawn: [cell * n_known + stratum], or NULL */
    double *weights;                /* scratch, [class * n_known + stratum] */
    int64_t *drawn;                 /* likewise */
} imputer;

static uint32_t covering(const imputer *m, int stratum) { return m->covered ? m->covered[stratum] : ~0u; }

static bool may_be(const imputer *m, const cell *c, int stratum) {
    if (c->part < m->n_known) return c->part == stratum;
    return m->allowed[(c->part - m->n_known) * m->n_known + stratum] && !(c->pattern & ~covering(m, stratum));
}

/* ---- classes and strata given parameters ---- */

/* log of the chance of the history in a class, by the lists that could see the stratum. */
static double log_history(const imputer *m, const cell *c, int class, uint32_t covering_lists) {
    double sum = 0;
    for (int j = 0; j < m->n_lists; j++)
        if (covering_lists >> j & 1) sum += (c->pattern >> j & 1 ? m->log_on : m->log_off)[j * CLASSES + class];
    return sum;
}

/* Weights of class and stratum together, [class * n_known + stratum], to scratch. */
static void weigh(imputer *m, const cell *c) {
    double top = -INFINITY;
    int all = CLASSES * m->n_known;
    for (int k = 0; k < CLASSES; k++) {
        double seen_by_all = m->covered ? 0 : log_history(m, c, k, ~0u);
        for (int s = 0; s < m->n_known; s++) {
            double *w = &m->weights[k * m->n_known + s];
            *w = -INFINITY;
            if (!may_be(m, c, s)) continue;
            *w = m->log_nu[k] + m->log_phi[k * m->n_known + s];
            *w += m->covered ? log_history(m, c, k, m->covered[s]) : seen_by_all;
            top = fmax(top, *w);
        }
    }
    for (int i = 0; i < all; i++) m->weights[i] = exp(m->weights[i] - top);
}

static void add_persons(imputer *m, const cell *c, int class, int stratum, int64_t n) {
    m->of_class[class] += n;
    m->of_stratum[class * m->n_known + stratum] += n;
    for (int j = 0; j < m->n_lists; j++) {
        if (!(covering(m, stratum) >> j & 1)) continue;
        m->seen[j * CLASSES + class] += n;
        if (c->pattern >> j & 1) m->listed[j * CLASSES + class] += n;
    }
}

static void draw_cell(imputer *m, int64_t at) {
    const cell *c = &m->cells[at];
    int all = CLASSES * m->n_known;
    weigh(m, c);
    en_rng_multinomial(&m->rng, c->count, m->weights, (size_t)all, m->drawn);
    for (int i = 0; i < all; i++) {
        if (!m->drawn[i]) continue;
        add_persons(m, c, i / m->n_known, i % m->n_known, m->drawn[i]);
        if (m->kept) m->kept[at * m->n_known + i % m->n_known] += m->drawn[i];
    }
}

/* ---- parameters given classes and strata ---- */

static void draw_weights(imputer *m) {
    double later = 0, left = 0, log_v, log_1mv, pieces[CLASSES];
    for (int k = CLASSES - 1; k >= 0; k--) {
        pieces[k] = later;
        later += (double)m->of_class[k];
    }
    for (int k = 0; k < CLASSES; k++) {
        log_v = 0;
        log_1mv = 0;
        if (k < CLASSES - 1)
            en_rng_log_beta(&m->rng, 1 + (double)m->of_class[k], m->alpha + pieces[k], &log_v, &log_1mv);
        m->log_nu[k] = left + log_v;
        left += log_1mv;
    }
    m->alpha = fmax(en_rng_gamma(&m->rng, .25 + CLASSES - 1) / (.25 - left), 1e-9);
}

static void draw_parameters(imputer *m) {
    double prior = 1.0 / m->n_known;
    for (int k = 0; k < CLASSES; k++) {
        for (int j = 0; j < m->n_lists; j++) {
            double on = (double)m->listed[j * CLASSES + k], all = (double)m->seen[j * CLASSES + k];
            en_rng_log_beta(&m->rng, 1 + on, 1 + all - on, &m->log_on[j * CLASSES + k], &m->log_off[j * CLASSES + k]);
        }
        for (int s = 0; s < m->n_known; s++) m->weights[s] = prior + (double)m->of_stratum[k * m->n_known + s];
        en_rng_dirichlet(&m->rng, m->weights, (size_t)m->n_known, m->log_phi + k * m->n_known);
        for (int s = 0; s < m->n_known; s++) {
            double *phi = &m->log_phi[k * m->n_known + s];
            *phi = log(fmax(*phi, 1e-300));
        }
    }
    draw_weights(m);
}

static void sweep(imputer *m) {
    memset(m->of_class, 0, CLASSES * sizeof *m->of_class);
    memset(m->listed, 0, (size_t)(CLASSES * m->n_lists) * sizeof *m->listed);
    memset(m->seen, 0, (size_t)(CLASSES * m->n_lists) * sizeof *m->seen);
    memset(m->of_stratum, 0, (size_t)(CLASSES * m->n_known) * sizeof *m->of_stratum);
    for (int64_t i = 0; i < m->n_cells; i++) draw_cell(m, i);
    draw_parameters(m);
}

/* Starts from parameters of the prior, classes of like size. */
static void scatter(imputer *m) {
    m->alpha = 1;
    for (int k = 0; k < CLASSES; k++) {
        m->log_nu[k] = 0;
        for (int j = 0; j < m->n_lists; j++)
            en_rng_log_beta(&m->rng, 1, 1, &m->log_on[j * CLASSES + k], &m->log_off[j * CLASSES + k]);
        for (int s = 0; s < m->n_known; s++) m->log_phi[k * m->n_known + s] = -log(m->n_known);
    }
}

/* ---- one imputation ---- */

/* Histories of one stratum: those known, and those imputed to it. */
static en_status complete(const imputer *m, int stratum, en_histories *out, en_error *err) {
    en_histories added = {.n_lists = m->n_lists, .lists = m->parts[0].lists};
    en_status status = EN_OK;
    added.patterns = calloc((size_t)m->n_cells + 1, sizeof *added.patterns);
    added.counts = calloc((size_t)m->n_cells + 1, sizeof *added.counts);
    if (!added.patterns || !added.counts) status = en_no_memory(err);
    for (int64_t i = 0; i < m->n_cells && status == EN_OK; i++) {
        int64_t n = m->kept[i * m->n_known + stratum];
        if (m->cells[i].part < m->n_known || n == 0) continue;
        added.patterns[added.n_cells] = m->cells[i].pattern;
        added.counts[added.n_cells++] = n;
    }
    if (status == EN_OK) status = en_histories_join((en_histories[]){m->parts[stratum], added}, 2, out, err);
    free(added.patterns);
    free(added.counts);
    return status;
}

static en_status impute_once(imputer *m, en_histories *out, en_error *err) {
    m->kept = calloc((size_t)(m->n_cells * m->n_known) + 1, sizeof *m->kept);
    if (!m->kept) return en_no_memory(err);
    sweep(m);
    en_status status = EN_OK;
    for (int s = 0; s < m->n_known && status == EN_OK; s++) status = complete(m, s, &out[s], err);
    free(m->kept);
    m->kept = NULL;
    return status;
}

/* ---- all ---- */

static en_status collect_cells(imputer *m, en_error *err) {
    for (int p = 0; p < m->n_parts; p++) m->n_cells += m->parts[p].n_cells;
    if (!(m->cells = calloc((size_t)m->n_cells + 1, sizeof *m->cells))) return en_no_memory(err);
    int64_t at = 0;
    for (int p = 0; p < m->n_parts; p++)
        for (int64_t i = 0; i < m->parts[p].n_cells; i++)
            m->cells[at++] = (cell){m->parts[p].patterns[i], p, m->parts[p].counts[i]};
    return EN_OK;
}

static en_status make_room(imputer *m, en_error *err) {
    size_t lists = (size_t)m->n_lists * CLASSES, strata = (size_t)m->n_known * CLASSES;
    m->log_on = calloc(lists, sizeof *m->log_on);
    m->log_off = calloc(lists, sizeof *m->log_off);
    m->log_phi = calloc(strata, sizeof *m->log_phi);
    m->of_class = calloc(CLASSES, sizeof *m->of_class);
    m->listed = calloc(lists, sizeof *m->listed);
    m->seen = calloc(lists, sizeof *m->seen);
    m->of_stratum = calloc(strata, sizeof *m->of_stratum);
    m->weights = calloc(strata, sizeof *m->weights);
    m->drawn = calloc(strata, sizeof *m->drawn);
    bool all = m->log_on && m->log_off && m->log_phi && m->of_class && m->listed && m->seen && m->of_stratum &&
               m->weights && m->drawn;
    return all ? collect_cells(m, err) : en_no_memory(err);
}

static void clear(imputer *m) {
    free(m->cells);
    free(m->log_on);
    free(m->log_off);
    free(m->log_phi);
    free(m->of_class);
    free(m->listed);
    free(m->seen);
    free(m->of_stratum);
    free(m->weights);
    free(m->drawn);
}

/* Each person has a stratum that all lists that hold them could see; a known stratum is taken at its word. */
static en_status check_places(const imputer *m, en_error *err) {
    for (int64_t i = 0; i < m->n_cells; i++) {
        bool any = false;
        for (int s = 0; s < m->n_known; s++) any |= may_be(m, &m->cells[i], s);
        if (any) continue;
        en_fail(err, EN_ERR_INPUT,
                "%lld persons whose stratum is missing are on lists of which no stratum was seen by all",
                (long long)m->cells[i].count);
        return en_error_mend(err, "name more strata in --covers, or keep these persons apart with --keep-unknown");
    }
    return EN_OK;
}

en_status en_impute_strata(const en_histories *parts, int n_known, int n_missing, const bool *allowed,
                           const uint32_t *covered, int m, uint64_t seed, const en_progress *progress,
                           en_histories *out, en_error *err) {
    imputer of = {.parts = parts,
                  .n_lists = parts[0].n_lists,
                  .n_known = n_known,
                  .n_parts = n_known + n_missing,
                  .allowed = allowed,
                  .covered = covered};
    int sweeps = BURN_IN + m * SPACING;
    en_rng_init(&of.rng, seed, 0x696d7075); /* a stream of its own */
    en_status status = make_room(&of, err);
    if (status == EN_OK) status = check_places(&of, err);
    if (status == EN_OK) scatter(&of);
    for (int i = 0; i < sweeps && status == EN_OK; i++) {
        int after = i + 1 - BURN_IN;
        status = en_progress_step(progress, "missing strata", (uint64_t)i, (uint64_t)sweeps, err);
        if (status == EN_OK && after > 0 && after % SPACING == 0)
            status = impute_once(&of, out + (after / SPACING - 1) * n_known, err);
        else if (status == EN_OK)
            sweep(&of);
    }
    clear(&of);
    return status;
}
