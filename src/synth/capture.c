/* Capture: logit P(person i is on list l) = a_l + b_{l, status of i} + c_{l, place of i} + t_i, with t_i = exposure of
 * the household and of the person, so that lists depend on one another moderately and only through what people are: the
 * heterogeneity of Mth models (Otis et al. 1978), with strata. */
#include "synth/capture.h"

#include <math.h>

#include "synth/streams.h"

static void draw_place_effects(int lists, int places, en_rng *rng, double effects[][PLACES_MAX]) {
    for (int list = 0; list < lists; list++)
        for (int place = 0; place < places; place++) effects[list][place] = .2 * en_rng_normal(rng);
}

void capture_people(population *all, int lists, uint64_t seed) {
    double by_place[N_LIST_KINDS][PLACES_MAX], base[N_LIST_KINDS];
    en_rng rng;
    en_rng_init(&rng, seed, STREAM_CAPTURE);
    draw_place_effects(N_LIST_KINDS, all->place.n, &rng, by_place);
    for (int list = 0; list < lists; list++) base[list] = log(list_kinds[list].reach / (1 - list_kinds[list].reach));
    for (int64_t i = 0; i < all->n; i++) {
        person *p = &all->people[i];
        p->captured = 0;
        for (int list = 0; list < lists; list++) {
            double logit = base[list] + list_kinds[list].by_status[p->status] + by_place[list][p->place] + p->exposure;
            if (en_rng_uniform(&rng) < 1 / (1 + exp(-logit))) p->captured |= (uint8_t)(1 << list);
        }
    }
}
