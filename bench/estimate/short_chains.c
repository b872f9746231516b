/* Whether the short chains of calibration give what whole ones give: `short_chains CELLS.csv RUNS` estimates RUNS
 * populations of every cell by latent classes both ways. One line a cell: how often the verdict on convergence and the
 * one on holding the truth are the same, by how much of the interval's width its ends move (root of the mean square),
 * and the seconds of both. What moves is Monte Carlo error of both runs together. */
#include <math.h>

#include "populations.h"

typedef struct comparison {
    int runs, same_status, same_hold, both_ok;
    double low, high, whole_seconds, short_seconds;
} comparison;

static en_status estimate(const en_histories *h, bool is_short, uint64_t seed, en_estimate *out, double *seconds,
                          en_error *err) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_estimate_result r;
    double start = en_os_seconds();
    options.methods = EN_METHOD_LATENT;
    options.seed = seed;
    options.threads = 1;
    options.short_chains = is_short;
    EN_TRY(en_estimate_run(h, &options, &r, err));
    *out = r.estimates[0];
    out->draws = NULL;
    *seconds += en_os_seconds() - start;
    en_estimate_result_clear(&r);
    return EN_OK;
}

static bool holds(const en_estimate *e) { return e->low <= PEOPLE && PEOPLE <= e->high; }

static en_status compare(const populations *p, int cell, uint64_t number, comparison *c, en_error *err) {
    en_histories h;
    en_estimate whole, cut;
    EN_TRY(draw_population(p, cell, number, &h, err));
    en_status status = estimate(&h, false, number, &whole, &c->whole_seconds, err);
    if (status == EN_OK) status = estimate(&h, true, number + 1000, &cut, &c->short_seconds, err);
    en_histories_clear(&h);
    if (status != EN_OK) return status;
    c->runs++;
    c->same_status += whole.status == cut.status;
    if (whole.status != EN_EST_OK || cut.status != EN_EST_OK) return EN_OK;
    double width = whole.high - whole.low;
    c->both_ok++;
    c->same_hold += holds(&whole) == holds(&cut);
    c->low += pow((whole.low - cut.low) / width, 2);
    c->high += pow((whole.high - cut.high) / width, 2);
    return EN_OK;
}

static en_status compare_cells(const char *path, uint64_t runs, en_error *err) {
    populations p;
    EN_TRY(read_populations(path, &p, err));
    printf("%-32s %5s %12s %10s %6s %6s %9s %9s\n", "cell", "runs", "same status", "same hold", "low", "high",
           "whole s", "short s");
    for (int cell = 0; cell < p.n_cells; cell++) {
        comparison c = {0};
        for (uint64_t i = 1; i <= runs; i++) EN_TRY(compare(&p, cell, 1000000 + i, &c, err));
        printf("%-32s %5d %12d %10d %6.3f %6.3f %9.2f %9.2f\n", p.cells[cell].name, c.runs, c.same_status, c.same_hold,
               sqrt(c.low / c.both_ok), sqrt(c.high / c.both_ok), c.whole_seconds / c.runs, c.short_seconds / c.runs);
        fflush(stdout);
    }
    free(p.chance);
    return EN_OK;
}

int main(int argc, char **argv) {
    en_error err;
    char text[1024];
    if (argc < 3 || strtoull(argv[2], NULL, 10) < 1) {
        fprintf(stderr, "usage: short_chains CELLS.csv RUNS\n");
        return 2;
    }
    if (compare_cells(argv[1], strtoull(argv[2], NULL, 10), &err) == EN_OK) return 0;
    en_error_format(&err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}
