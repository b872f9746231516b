/* Partitions are drawn as often as their weights say, by sums and by chains alike; they obey what people judged and
 * lists without duplicates; they are the same on any threads; and on invented lists the share of draws in which two
 * records are one person is the share of times that they are. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "link/results.h"
#include "link_lists.h"

enum { MOST = 8, DRAWS = 2000, PARTITIONS = 4140 /* of eight records: Bell (1934) */ };

/* ---- exact enumeration ---- */

typedef struct problem {
    int n;
    float weight[MOST][MOST]; /* NAN: not kept */
    int32_t list[MOST];
    bool one_per_list;
    en_judged judged[MOST][MOST];
} problem;

static bool apart(const problem *p, int a, int b) {
    return (p->one_per_list && p->list[a] == p->list[b]) || p->judged[a][b] == EN_JUDGED_DIFFERENT;
}

/* Average link by the book: clusters as sets of bits, every pair looked at each time. */
static double link_of(const problem *p, unsigned x, unsigned y) {
    double sum = 0, top = -INFINITY;
    int pairs = 0;
    for (int a = 0; a < p->n; a++)
        for (int b = 0; b < p->n; b++) {
            if (!(x >> a & 1 && y >> b & 1)) continue;
            float w = p->weight[a < b ? a : b][a < b ? b : a];
            if (apart(p, a < b ? a : b, a < b ? b : a)) return -INFINITY;
            pairs++;
            sum += isnan(w) ? LINK_CHARGE : link_affinity((double)w);
            if (!isnan(w)) top = fmax(top, (double)w);
        }
    return top <= LINK_CHARGE ? top : sum / pairs;
}

static double score_of(const problem *p, unsigned set) {
    unsigned clusters[MOST];
    int n = 0;
    double score = 0;
    for (int a = 0; a < p->n; a++)
        if (set >> a & 1) clusters[n++] = 1u << a;
    while (n > 1) {
        int x = 0, y = 0;
        double best = -INFINITY;
        for (int i = 0; i < n; i++)
            for (int k = 0; k < i; k++)
                if (link_of(p, clusters[i], clusters[k]) > best)
                    best = link_of(p, clusters[i], clusters[k]), x = k, y = i;
        if (best == -INFINITY) return best;
        double a = __builtin_popcount(clusters[x]), b = __builtin_popcount(clusters[y]);
        score += best <= LINK_CHARGE ? best : fmin(best * 2 / (1 / a + 1 / b), 40);
        clusters[x] |= clusters[y];
        clusters[y] = clusters[--n];
    }
    return score;
}

/* Restricted growth strings: cluster[i] is at most one more than those before it. */
static int next_partition(int n, int32_t *cluster) {
    for (int i = n - 1; i > 0; i--) {
        int32_t most = 0;
        for (int k = 0; k < i; k++)
            if (cluster[k] > most) most = cluster[k];
        if (cluster[i] > most) continue;
        cluster[i]++;
        for (int k = i + 1; k < n; k++) cluster[k] = 0;
        return 1;
    }
    return 0;
}

static double weight_of(const problem *p, const int32_t *cluster) {
    double score = 0;
    for (int k = 0; k < p->n; k++) {
        unsigned set = 0;
        for (int a = 0; a < p->n; a++)
            if (cluster[a] == k) set |= 1u << a;
        if (set) score += score_of(p, set);
    }
    for (int a = 0; a < p->n; a++)
        for (int b = a + 1; b < p->n; b++)
            if (p->judged[a][b] == EN_JUDGED_SAME && cluster[a] != cluster[b]) return 0;
    return exp(score);
}

/* ---- drawing ---- */

static en_link_result draw(problem *p, int partitions, int exact_most) {
    static int32_t row[MOST], ends[MOST], person[MOST], cluster[MOST];
    static link_pair pairs[MOST * MOST];
    static link_judgement judged[MOST * MOST];
    link_set set = {.n = p->n, .row = row, .list = p->list, .list_end = ends, .one_per_list = p->one_per_list};
    link_pairs kept = {.pairs = pairs};
    link_judgements judgements = {.of = judged};
    link_partition partition = {.cluster = cluster};
    set.seed = 5;
    set.threads = 1;
    for (int i = 0; i < p->n; i++) row[i] = person[i] = cluster[i] = i;
    for (int a = 0; a < p->n; a++)
        for (int b = a + 1; b < p->n; b++) {
            if (!isnan(p->weight[a][b])) pairs[kept.n++] = (link_pair){.a = a, .b = b, .weight = p->weight[a][b]};
            if (p->judged[a][b]) judged[judgements.n++] = (link_judgement){a, b, p->judged[a][b]};
        }
    en_link_result result = {.n_records = p->n, .n_persons = p->n, .person = person};
    set.result = &result;
    link_results r = {&set, &kept, &judgements, &partition};
    assert_int_equal(link_draw_partitions(&set, &r, partitions, exact_most, &result, NULL), EN_OK);
    result.person = NULL;
    return result;
}

/* Total variation, half the sum of the differences between shares drawn and shares due, over what it is on average for
 * independent draws, half the sum of sqrt(2 p (1 - p) / (pi n)). */
static double relative_variation(problem *p, int exact_most) {
    int32_t cluster[MOST] = {0};
    double all = 0, variation = 0, usual = 0;
    static double due[PARTITIONS];
    int n = 0;
    do all += due[n++] = weight_of(p, cluster);
    while (next_partition(p->n, cluster));
    en_link_result drawn = draw(p, DRAWS, exact_most);
    memset(cluster, 0, sizeof cluster);
    for (int i = 0; i < n; i++) {
        int met = 0;
        for (int k = 0; k < DRAWS; k++)
            met += memcmp(drawn.partitions + k * p->n, cluster, (size_t)p->n * sizeof *cluster) == 0;
        double p_due = due[i] / all;
        variation += fabs((double)met / DRAWS - p_due) / 2;
        usual += sqrt(2 * p_due * (1 - p_due) / (3.14159265 * DRAWS)) / 2;
        next_partition(p->n, cluster);
    }
    en_link_result_clear(&drawn);
    return variation / usual;
}

static problem invent(int n, uint64_t seed, bool one_per_list) {
    problem p = {.n = n, .one_per_list = one_per_list};
    en_rng rng;
    en_rng_init(&rng, seed, 0);
    for (int a = 0; a < n; a++) {
        p.list[a] = a * 3 / n;
        for (int b = a + 1; b < n; b++) {
            bool kept = en_rng_uniform(&rng) < 0.6 && !(one_per_list && a * 3 / n == b * 3 / n);
            p.weight[a][b] = kept ? (float)(2 * en_rng_normal(&rng) + 1) : NAN;
        }
    }
    return p;
}

/* The ratio of independent draws has a standard deviation of about .1 where a hundred partitions are likely; draws of
 * chains, not wholly independent, vary a little more. */
static void drawn_as_often_as_due(void **state) {
    (void)state;
    double worst[2] = {0};
    for (uint64_t seed = 1; seed <= 4; seed++)
        for (int chains = 0; chains < 2; chains++)
            for (int one = 0; one < 2; one++) {
                problem p = invent(seed % 2 ? 6 : 8, seed, one);
                double variation = relative_variation(&p, chains ? 1 : LINK_DRAW_EXACT);
                if (variation > worst[chains]) worst[chains] = variation;
            }
    print_message("total variation over what is usual: by sums %.2f, by chains %.2f\n", worst[0], worst[1]);
    assert_true(worst[0] < 1.4 && worst[1] < 1.6);
}

static void judged_pairs_hold_in_every_draw(void **state) {
    (void)state;
    for (int exact = 1; exact <= LINK_DRAW_EXACT; exact += LINK_DRAW_EXACT - 1) {
        problem p = invent(7, 3, false);
        p.judged[0][5] = EN_JUDGED_SAME;
        p.judged[1][2] = EN_JUDGED_DIFFERENT;
        p.weight[1][2] = 6;
        en_link_result drawn = draw(&p, 500, exact);
        for (int k = 0; k < 500; k++) {
            const int32_t *person = drawn.partitions + k * p.n;
            assert_int_equal(person[0], person[5]);
            assert_int_not_equal(person[1], person[2]);
        }
        en_link_result_clear(&drawn);
    }
}

/* Two records alone are one person with their pair's own probability: 2,000 draws of .25 have a standard error of
 * .0097; four of them make a false alarm in 16,000. */
static void two_records_have_their_own_odds(void **state) {
    (void)state;
    for (int exact = 1; exact <= LINK_DRAW_EXACT; exact += LINK_DRAW_EXACT - 1) {
        problem p = {.n = 2, .weight = {{NAN, (float)-1.0986123}}};
        en_link_result drawn = draw(&p, DRAWS, exact);
        double together = 0;
        for (int k = 0; k < DRAWS; k++) together += drawn.partitions[2 * k] == drawn.partitions[2 * k + 1];
        assert_float_equal(together / DRAWS, 0.25, 0.039);
        en_link_result_clear(&drawn);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_as_often_as_due),
        cmocka_unit_test(judged_pairs_hold_in_every_draw),
        cmocka_unit_test(two_records_have_their_own_odds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
