/* How often the graphs' interval, the range that data do not reject, what an interaction would reach, and the lower
 * bound hold the true total: `sensitivity_coverage RUNS`, populations of 2,000 on five lists. Latent classes are left
 * out, since they take seconds each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "worlds.h"

typedef struct tally {
    int graphs, range, reach, at_least;
    double graphs_width, range_width, reach_width;
} tally;

static bool holds(double low, double high) { return low <= PEOPLE && PEOPLE <= high; }

static en_status run_one(const world *w, uint64_t seed, tally *t, en_error *err) {
    en_histories h;
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_estimate_result r;
    en_sensitivity s;
    options.methods = EN_METHOD_GRAPHS | EN_METHOD_CHAO;
    options.brief = true;
    EN_TRY(draw_population(w, seed, &h, err));
    EN_TRY(en_estimate_run(&h, &options, &r, err));
    EN_TRY(en_sensitivity_run(&h, &options, &r, &s, err));
    for (int i = 0; i < r.n_estimates; i++) {
        const en_estimate *e = &r.estimates[i];
        if (e->method != EN_METHOD_GRAPHS) continue;
        t->graphs += holds(e->low, e->high);
        t->graphs_width += (e->high - e->low) / PEOPLE;
    }
    t->range += holds(s.range_low, s.range_high);
    t->reach += holds(s.reach_low, s.reach_high);
    t->at_least += r.at_least <= PEOPLE;
    t->range_width += (s.range_high - s.range_low) / PEOPLE;
    t->reach_width += (s.reach_high - s.reach_low) / PEOPLE;
    en_sensitivity_clear(&s);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
    return EN_OK;
}

int main(int argc, char **argv) {
    int runs = argc > 1 ? atoi(argv[1]) : 100;
    printf("%-28s %17s %17s %17s %9s\n", "population (cover, width/N)", "graphs", "range", "with interaction",
           "at least");
    for (size_t k = 0; k < sizeof worlds / sizeof *worlds; k++) {
        tally t = {0};
        for (int i = 0; i < runs; i++) {
            en_error err;
            if (run_one(&worlds[k], (uint64_t)i + 1, &t, &err) == EN_OK) continue;
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        double n = runs;
        printf("%-28s %9.2f %7.2f %9.2f %7.2f %9.2f %7.2f %9.3f\n", worlds[k].says, t.graphs / n, t.graphs_width / n,
               t.range / n, t.range_width / n, t.reach / n, t.reach_width / n, t.at_least / n);
        fflush(stdout);
    }
    return 0;
}
