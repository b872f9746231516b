/* The chain of latent classes.
 *
 * Gibbs sweep (Manrique-Vallier 2016, section 3), per cell w:
 *   (n_wk) ~ Multinomial(n_w, ∝ nu_k prod_j lambda_jk^w_j (1 - lambda_jk)^(1 - w_j));
 *   n0 ~ NegBin(n, 1 - pi0), its classes ~ Multinomial(n0, ∝ nu_k prod_j (1 - lambda_jk));
 *   lambda_jk ~ Beta(1 + listed, 1 + not listed); V_k ~ Beta(1 + n_k, alpha + sum_{l>k} n_l);
 *   alpha ~ Gamma(.25 + K - 1, rate .25 - log nu_K).
 * Hamiltonian move on logits of lambda and log rates of V given alpha, n0 and classes summed out:
 *   log p = log prior + sum_w n_w log pi_w - n log(1 - pi0).
 * The log rate of V is u = log(-log(1 - V)): given alpha, e^u is Exponential(alpha), so that u has one scale whatever
 * alpha is. A logit of V spreads over 1/alpha, and a step that fits one alpha fits no other. */
#include "estimate/latent_chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/special.h"

/* Long paths gain where classes stand apart (Kosovo: four times the effective draws a second of short ones), short ones
 * and sweeps where they overlap and a path goes nowhere: lengths are drawn from a wide range. */
enum { STEPS_MIN = 4, STEPS_MAX = 64 };
#define ACCEPTANCE .8

/* Below this rate V is its rate, to rounding. */
#define RATE_SMALL 1e-8
#define LOG_RATE_MAX 690. /* e^u stays finite, times counts too */

/* log V = log(1 - exp(-rate)), by whichever form cancels less (Mächler 2012). */
static double log_taken(double log_rate) {
    double rate = exp(log_rate);
    if (rate < RATE_SMALL) return log_rate;
    return rate < M_LN2 ? log(-expm1(-rate)) : log1p(-exp(-rate));
}

static double log_rate(double log_v, double log_1mv) {
    return log_1mv < -RATE_SMALL ? fmin(log(-log_1mv), LOG_RATE_MAX) : log_v;
}

double latent_chain_cost(const latent_model *m) {
    double cells = (double)m->histories->n_cells + 1, k = m->classes;
    double gradient = .006 * cells * k + .015 * k * m->lists + .5;
    double sweep = .025 * cells * k + .10 * k * m->lists;
    return gradient * (STEPS_MIN + STEPS_MAX) / 2. + sweep;
}

/* ---- the state ---- */

void latent_chain_clear(latent_chain *c) {
    free(c->memory);
    free(c->counts);
    *c = (latent_chain){0};
}

/* ---- the target ---- */

typedef struct mixture {
    double *log_weight; /* log nu_k + sum_j log(1 - lambda_jk): log of the class's part in the unseen cell */
    double *unseen;     /* sum_j log(1 - lambda_jk) */
    double *log_nu;
    double *share;         /* of classes in one cell */
    double *weight;        /* log_weight less its largest, as a number */
    double *log_growth;    /* sum_j log(1 + e^-|logit lambda_jk|) */
    double *odds, *lambda; /* lambda / (1 - lambda), lambda; by [j * classes + k] */
    double top;            /* largest log_weight */
    bool in_range;         /* products of odds neither overflow nor vanish */
} mixture;

static mixture mixture_of(const latent_chain *c) {
    int k = c->model->classes;
    double *more = c->work + 6 * k + 3 * c->dims;
    return (mixture){.log_weight = c->work,
                     .unseen = c->work + k,
                     .log_nu = c->work + 2 * k,
                     .share = c->work + 3 * k,
                     .weight = more,
                     .log_growth = more + k,
                     .odds = more + 2 * k,
                     .lambda = more + 2 * k + c->model->lists * k};
}

/* One exp a logit serves everything: with e = e^-|x|, odds are e or 1/e, lambda is 1/(1+e) or e/(1+e), and log(1 -
 * lambda) is -max(x, 0) - log(1 + e), of which the logs are taken once a class, over the product. */
static void fill_lambda(const latent_chain *c, const double *position, mixture *m) {
    int k = c->model->classes;
    for (int i = 0; i < k; i++) {
        double growth = 1, above = 0;
        for (int j = 0; j < c->model->lists; j++) {
            double x = position[j * k + i], e = exp(-fabs(x));
            growth *= 1 + e;
            above += x > 0 ? x : 0;
            m->odds[j * k + i] = x >= 0 ? 1 / e : e;
            m->lambda[j * k + i] = (x >= 0 ? 1 : e) / (1 + e);
            if (!(fabs(x) < 600)) m->in_range = false;
        }
        m->log_growth[i] = log(growth);
        m->unseen[i] = -above - m->log_growth[i];
    }
}

static void fill_mixture(const latent_chain *c, const double *position, mixture *m) {
    int k = c->model->classes;
    const double *stick = position + c->model->lists * k;
    double left = 0, least = INFINITY; /* log of what of the stick is left */
    m->in_range = true;
    m->top = -INFINITY;
    fill_lambda(c, position, m);
    for (int i = 0; i < k; i++) {
        m->log_nu[i] = left + (i < k - 1 ? log_taken(stick[i]) : 0);
        if (i < k - 1) left -= exp(stick[i]);
        m->log_weight[i] = m->log_nu[i] + m->unseen[i];
        m->top = fmax(m->top, m->log_weight[i]);
        least = fmin(least, m->log_weight[i]);
    }
    m->in_range = m->in_range && m->top > -300 && least > m->top - 600;
    for (int i = 0; i < k; i++) m->weight[i] = exp(m->log_weight[i] - m->top);
}

/* The same in logs, for logits so large that products of odds would overflow or vanish. */
static double cell_shares_in_logs(const latent_chain *c, const double *position, const mixture *m, uint32_t pattern) {
    int k = c->model->classes;
    double top = -INFINITY, sum = 0;
    memcpy(m->share, m->log_weight, (size_t)k * sizeof *m->share);
    for (uint32_t rest = pattern; rest; rest &= rest - 1) {
        const double *logit = position + __builtin_ctz(rest) * k;
        for (int i = 0; i < k; i++) m->share[i] += logit[i];
    }
    for (int i = 0; i < k; i++) top = fmax(top, m->share[i]);
    for (int i = 0; i < k; i++) {
        m->share[i] = exp(m->share[i] - top);
        sum += m->share[i];
    }
    for (int i = 0; i < k; i++) m->share[i] /= sum;
    return top + log(sum);
}

/* log pi_w; m->share becomes the classes' shares of the cell. A class's part in a cell is its part in the unseen cell
 * times the odds of each list that holds it. Bound by multiplications. */
static double cell_shares(const latent_chain *c, const double *position, const mixture *m, uint32_t pattern) {
    int k = c->model->classes;
    double sum = 0;
    if (!m->in_range) return cell_shares_in_logs(c, position, m, pattern);
    memcpy(m->share, m->weight, (size_t)k * sizeof *m->share);
    for (uint32_t rest = pattern; rest; rest &= rest - 1) {
        const double *odds = m->odds + __builtin_ctz(rest) * k;
        for (int i = 0; i < k; i++) m->share[i] *= odds[i];
    }
    for (int i = 0; i < k; i++) sum += m->share[i];
    for (int i = 0; i < k; i++) m->share[i] /= sum;
    return m->top + log(sum);
}

/* log(1 - pi0), right when pi0 is near 1. */
static double log_seen(const latent_chain *c, const mixture *m) {
    double sum = 0;
    for (int i = 0; i < c->model->classes; i++) sum -= exp(m->log_nu[i]) * expm1(m->unseen[i]);
    return log(fmax(sum, 1e-300));
}

/* Adds the log prior of the position given alpha, Jacobians included, with its gradient; `of_class` are expected class
 * sizes. */
static double add_prior(const latent_chain *c, const double *position, const mixture *m, const double *of_class,
                        double *gradient) {
    int k = c->model->classes, logits = c->model->lists * k;
    double log_p = 0, later = of_class[k - 1];
    for (int i = 0; i < logits; i++) {
        log_p -= fabs(position[i]);
        gradient[i] += 1 - (of_class[i % k] + 2) * m->lambda[i];
    }
    for (int i = 0; i < k; i++) log_p -= 2 * m->log_growth[i];
    for (int i = k - 2; i >= 0; i--) {
        double u = position[logits + i], rate = exp(u);
        double gain = rate < RATE_SMALL ? 1 : rate / expm1(rate); /* d log V / du */
        log_p += u - c->alpha * rate;
        gradient[logits + i] = 1 + of_class[i] * gain - (c->alpha + later) * rate;
        later += of_class[i];
    }
    return log_p;
}

double latent_target(const latent_chain *c, const double *position, double *gradient) {
    const en_histories *h = c->model->histories;
    mixture m = mixture_of(c);
    int k = c->model->classes;
    double *of_class = c->work + 4 * k, log_p = 0;
    fill_mixture(c, position, &m);
    memset(gradient, 0, (size_t)c->dims * sizeof *gradient);
    memset(of_class, 0, (size_t)k * sizeof *of_class);
    for (int64_t w = 0; w < h->n_cells; w++) {
        double count = c->model->power * (double)h->counts[w];
        log_p += count * cell_shares(c, position, &m, h->patterns[w]);
        for (int i = 0; i < k; i++) m.share[i] *= count;
        for (int i = 0; i < k; i++) of_class[i] += m.share[i];
        for (uint32_t rest = h->patterns[w]; rest; rest &= rest - 1) {
            double *g = gradient + __builtin_ctz(rest) * k;
            for (int i = 0; i < k; i++) g[i] += m.share[i];
        }
    }
    double seen = log_seen(c, &m), observed = c->model->power * c->model->observed;
    double expected = observed * exp(cell_shares(c, position, &m, 0) - seen);
    for (int i = 0; i < k; i++) of_class[i] += expected * m.share[i];
    log_p -= observed * seen;
    return log_p + add_prior(c, position, &m, of_class, gradient);
}

/* ---- Hamiltonian move ---- */

static double kinetic(const double *momentum, int dims) {
    double sum = 0;
    for (int i = 0; i < dims; i++) sum += momentum[i] * momentum[i];
    return sum / 2;
}

/* Leapfrog in coordinates divided by their scale. Leaves the end in q; returns the change of the Hamiltonian, INFINITY
 * where it diverged. */
static double leapfrog(latent_chain *c, double *q, double *momentum, double *gradient, int steps, double step) {
    double begin = latent_target(c, q, gradient) - kinetic(momentum, c->dims), log_p = 0;
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < c->dims; i++) {
            momentum[i] += step / 2 * c->scale[i] * gradient[i];
            q[i] += step * c->scale[i] * momentum[i];
        }
        log_p = latent_target(c, q, gradient);
        for (int i = 0; i < c->dims; i++) momentum[i] += step / 2 * c->scale[i] * gradient[i];
        if (!(log_p - kinetic(momentum, c->dims) > begin - 1000)) return INFINITY;
    }
    return begin - (log_p - kinetic(momentum, c->dims));
}

static double hamiltonian_move(latent_chain *c) {
    int d = c->dims;
    double *q = c->work + 6 * c->model->classes, *momentum = q + d, *gradient = momentum + d;
    int steps = STEPS_MIN + (int)en_rng_below(&c->rng, STEPS_MAX - STEPS_MIN + 1);
    double step = c->step * (.8 + .4 * en_rng_uniform(&c->rng));
    memcpy(q, c->position, (size_t)d * sizeof *q);
    for (int i = 0; i < d; i++) momentum[i] = en_rng_normal(&c->rng);
    double change = leapfrog(c, q, momentum, gradient, steps, step);
    double accept = isnan(change) ? 0 : fmin(1, exp(-change));
    if (en_rng_uniform(&c->rng) < accept) memcpy(c->position, q, (size_t)d * sizeof *q);
    return accept;
}

/* Dual averaging of the step (Hoffman and Gelman 2014, section 3.2). */
static void tune(latent_chain *c, double accept) {
    double t = ++c->averages[2];
    c->averages[1] += (ACCEPTANCE - accept - c->averages[1]) / (t + 10);
    double log_step = log(10 * c->start_step) - sqrt(t) / .05 * c->averages[1];
    double share = pow(t, -.75);
    c->averages[0] = share * log_step + (1 - share) * c->averages[0];
    c->step = exp(log_step);
}

void latent_chain_settle(latent_chain *c) { c->step = exp(c->averages[0]); }

static void begin_tuning(latent_chain *c) {
    c->start_step = c->step;
    c->averages[0] = c->averages[1] = c->averages[2] = 0;
}

/* ---- Gibbs sweep ---- */

/* counts: of classes (K), of lists in classes (lists * K), of one cell (K) */
static void add_cell(latent_chain *c, uint32_t pattern, int64_t n, const double *share) {
    int k = c->model->classes;
    int64_t *of_class = c->counts, *listed = of_class + k, *cell = listed + c->model->lists * k;
    en_rng_multinomial(&c->rng, n, share, (size_t)k, cell);
    for (int i = 0; i < k; i++) of_class[i] += cell[i];
    for (uint32_t rest = pattern; rest; rest &= rest - 1) {
        int64_t *of_list = listed + __builtin_ctz(rest) * k;
        for (int i = 0; i < k; i++) of_list[i] += cell[i];
    }
}

static void draw_lambda(latent_chain *c) {
    int k = c->model->classes;
    const int64_t *of_class = c->counts, *listed = of_class + k;
    for (int j = 0; j < c->model->lists; j++)
        for (int i = 0; i < k; i++) {
            double on = (double)listed[j * k + i], log_x, log_1mx;
            en_rng_log_beta(&c->rng, 1 + on, 1 + (double)of_class[i] - on, &log_x, &log_1mx);
            c->position[j * k + i] = log_x - log_1mx;
        }
}

static void draw_weights(latent_chain *c) {
    int k = c->model->classes;
    double *stick = c->position + c->model->lists * k, later = (double)c->counts[k - 1];
    for (int i = k - 2; i >= 0; i--) {
        double log_x, log_1mx;
        en_rng_log_beta(&c->rng, 1 + (double)c->counts[i], c->alpha + later, &log_x, &log_1mx);
        stick[i] = log_rate(log_x, log_1mx);
        later += (double)c->counts[i];
    }
}

static void draw_alpha(latent_chain *c) {
    int k = c->model->classes;
    const double *stick = c->position + c->model->lists * k;
    double rates = 0; /* -log nu_K */
    for (int i = 0; i < k - 1; i++) rates += exp(stick[i]);
    c->alpha = en_rng_gamma(&c->rng, .25 + k - 1) / (.25 + rates);
}

/* Beside nobody there is nobody: 1/N has no other answer. */
static int64_t unseen_beside(latent_chain *c, const mixture *m, double observed) {
    return observed > 0 ? en_rng_negbinomial(&c->rng, observed, exp(log_seen(c, m))) : 0;
}

void latent_chain_draw_unseen(latent_chain *c) {
    mixture m = mixture_of(c);
    fill_mixture(c, c->position, &m);
    c->unseen = unseen_beside(c, &m, c->model->observed);
}

/* log of E[V^n (1 - V)^later], V ~ Beta(1, alpha), without what does not depend on either. */
static double stick_evidence(double alpha, double n, double later) {
    return log_gamma(1 + n) + log_gamma(alpha + later) - log_gamma(1 + alpha + n + later);
}

static void swap_classes(latent_chain *c, int a, int b) {
    int k = c->model->classes;
    for (int row = 0; row <= c->model->lists; row++) {
        int64_t *counts = c->counts + row * k, kept = counts[a];
        counts[a] = counts[b];
        counts[b] = kept;
    }
}

/* Classes change places with their neighbours, with weights and lambda summed out (after Papaspiliopoulos and Roberts
 * 2008): the order of classes matters to the prior of weights alone, and a chain should not be caught in one. */
static void reorder(latent_chain *c) {
    int k = c->model->classes;
    double later = 0;
    for (int i = k - 2; i >= 0; i--) {
        double a = (double)c->counts[i], b = (double)c->counts[i + 1];
        double now = stick_evidence(c->alpha, a, later + b), then = stick_evidence(c->alpha, b, later + a);
        if (i < k - 2) { /* the last class takes what is left of the stick */
            now += stick_evidence(c->alpha, b, later);
            then += stick_evidence(c->alpha, a, later);
        }
        if (a != b && log(en_rng_uniform(&c->rng)) < then - now) swap_classes(c, i, i + 1);
        later += (double)c->counts[i + 1];
    }
}

/* Draws the classes of count(w) persons of each cell, and of the unseen. */
static void draw_classes(latent_chain *c, const mixture *m) {
    const en_histories *h = c->model->histories;
    memset(c->counts, 0, (size_t)(c->model->classes * (c->model->lists + 2)) * sizeof *c->counts);
    for (int64_t w = 0; w < h->n_cells; w++) {
        cell_shares(c, c->position, m, h->patterns[w]);
        add_cell(c, h->patterns[w], (int64_t)(c->model->power * (double)h->counts[w] - c->rest[w] + .5), m->share);
    }
    cell_shares(c, c->position, m, 0);
    add_cell(c, 0, c->unseen, m->share);
}

/* Given c->unseen and the parameters, draws classes and then the parameters, alpha apart. */
static void draw_parameters(latent_chain *c, const mixture *m) {
    draw_classes(c, m);
    reorder(c);
    draw_lambda(c);
    draw_weights(c);
}

static void sweep(latent_chain *c) {
    mixture m = mixture_of(c);
    fill_mixture(c, c->position, &m);
    draw_parameters(c, &m);
    draw_alpha(c);
}

/* Rounds tempered counts to whole ones at random, whatever the state; how many persons they are. */
static double round_counts(latent_chain *c) {
    const en_histories *h = c->model->histories;
    double observed = 0;
    for (int64_t w = 0; w < h->n_cells; w++) {
        double count = c->model->power * (double)h->counts[w], whole = floor(count + en_rng_uniform(&c->rng));
        c->rest[w] = count - whole;
        observed += whole;
    }
    return observed;
}

/* log likelihood of cells, each to the power of what rounding left. */
static double score_rest(latent_chain *c, const mixture *m) {
    const en_histories *h = c->model->histories;
    double seen = log_seen(c, m), sum = 0;
    for (int64_t w = 0; w < h->n_cells; w++)
        sum += c->rest[w] * (cell_shares(c, c->position, m, h->patterns[w]) - seen);
    return sum;
}

/* A sweep proposes from the whole counts, which it leaves in balance given alpha; what rounding left decides. */
static void tempered_sweep(latent_chain *c) {
    mixture m = mixture_of(c);
    double observed = round_counts(c);
    fill_mixture(c, c->position, &m);
    double before = score_rest(c, &m);
    memcpy(c->kept, c->position, (size_t)c->dims * sizeof *c->kept);
    c->unseen = unseen_beside(c, &m, observed);
    draw_parameters(c, &m);
    fill_mixture(c, c->position, &m);
    if (!(log(en_rng_uniform(&c->rng)) < score_rest(c, &m) - before))
        memcpy(c->position, c->kept, (size_t)c->dims * sizeof *c->kept);
    draw_alpha(c);
}

/* ---- the chain ---- */

static void note_spread(latent_chain *c) {
    c->seen++;
    for (int i = 0; i < c->dims; i++) {
        double away = c->position[i] - c->mean[i];
        c->mean[i] += away / c->seen;
        c->square[i] += away * (c->position[i] - c->mean[i]);
    }
}

/* Given alpha. */
static void draw_from_prior(latent_chain *c) {
    int logits = c->model->lists * c->model->classes;
    for (int i = 0; i < c->dims; i++) {
        double log_x, log_1mx;
        en_rng_log_beta(&c->rng, 1, i < logits ? 1 : c->alpha, &log_x, &log_1mx);
        c->position[i] = i < logits ? log_x - log_1mx : log_rate(log_x, log_1mx);
    }
}

void latent_chain_cells(latent_chain *c, double *cells) {
    mixture m = mixture_of(c);
    fill_mixture(c, c->position, &m);
    for (uint32_t w = 0; w < 1u << c->model->lists; w++) cells[w] = exp(cell_shares(c, c->position, &m, w));
}

double latent_chain_score(latent_chain *c) {
    const en_histories *h = c->model->histories;
    mixture m = mixture_of(c);
    fill_mixture(c, c->position, &m);
    double seen = log_seen(c, &m), sum = 0;
    for (int64_t w = 0; w < h->n_cells; w++)
        sum += (double)h->counts[w] * (cell_shares(c, c->position, &m, h->patterns[w]) - seen);
    return sum;
}

void latent_chain_exchange(latent_chain *a, latent_chain *b) {
    double alpha = a->alpha;
    a->alpha = b->alpha;
    b->alpha = alpha;
    for (int i = 0; i < a->dims; i++) {
        double x = a->position[i];
        a->position[i] = b->position[i];
        b->position[i] = x;
    }
    latent_chain_draw_unseen(a);
    latent_chain_draw_unseen(b);
}

void latent_chain_advance(latent_chain *c, bool tuning) {
    if (c->model->power == 0) { /* independent draws */
        c->alpha = fmax(en_rng_gamma(&c->rng, .25) / .25, 1e-300);
        draw_from_prior(c);
        return;
    }
    if (c->model->power < 1)
        tempered_sweep(c);
    else
        sweep(c);
    double accept = hamiltonian_move(c);
    if (tuning) tune(c, accept);
    latent_chain_draw_unseen(c);
    note_spread(c);
}

void latent_chain_rescale(latent_chain *c) {
    for (int i = 0; i < c->dims; i++) {
        /* Shrunk towards 1/100, as Stan does it, so that a short run cannot set a scale of 0. */
        double variance = c->seen > 1 ? c->square[i] / (c->seen - 1) : 1;
        c->scale[i] = sqrt((c->seen * variance + 5 * .01) / (c->seen + 5));
        c->mean[i] = c->square[i] = 0;
    }
    c->seen = 0;
    begin_tuning(c);
}

/* Parameters from the prior, with alpha from tiny (one class) to large, and n0 from n e^-3 to n e^3 over chains. */
static void scatter(latent_chain *c, int number, int chains) {
    static const double alphas[] = {.02, .5, 1, 4};
    c->alpha = alphas[number % 4];
    draw_from_prior(c);
    double spread = exp(-3 + 6 * (number + .5) / chains);
    c->unseen = (int64_t)(c->model->observed * spread);
    sweep(c);
    c->step = .1;
    for (int i = 0; i < c->dims; i++) c->scale[i] = 1;
    begin_tuning(c);
}

en_status latent_chain_init(latent_chain *c, const latent_model *model, uint64_t seed, int number, int chains,
                            en_error *err) {
    size_t k = (size_t)model->classes, lists = (size_t)model->lists, d = lists * k + k - 1;
    *c = (latent_chain){.model = model, .dims = (int)d};
    c->memory = calloc(10 * d + 8 * k + (size_t)model->histories->n_cells, sizeof *c->memory);
    c->counts = calloc(k * (lists + 2), sizeof *c->counts);
    if (!c->memory || !c->counts) {
        latent_chain_clear(c);
        return en_no_memory(err);
    }
    c->position = c->memory;
    c->scale = c->position + d;
    c->mean = c->scale + d;
    c->square = c->mean + d;
    c->kept = c->square + d;
    c->rest = c->kept + d;
    c->work = c->rest + model->histories->n_cells;
    en_rng_init(&c->rng, seed, (uint64_t)number);
    scatter(c, number, chains);
    return EN_OK;
}
