/* How well one partition agrees with another: pairs, B-cubed (Bagga and Baldwin 1998), and clusters that are exactly
 * the records of one true person. */
#include <math.h>
#include <stdlib.h>

#include "everyname/link.h"

typedef struct cell {
    int32_t person, truth;
    int64_t size; /* records of the person */
} cell;

/* What runs of equal persons, and of equal truths, add up to. */
typedef struct sums {
    double together, both, b3; /* pairs together; of them, pairs together in both; B-cubed's numerator */
    double clusters, exact;    /* the run of one is the run of the other */
} sums;

static int by_person(const void *pa, const void *pb) {
    const cell *a = pa, *b = pb;
    if (a->person != b->person) return a->person < b->person ? -1 : 1;
    return (a->truth > b->truth) - (a->truth < b->truth);
}

static int by_truth(const void *pa, const void *pb) {
    const cell *a = pa, *b = pb;
    return (a->truth > b->truth) - (a->truth < b->truth);
}

static double choose2(double n) { return n * (n - 1) / 2; }
static double harmonic(double p, double r) { return p + r > 0 ? 2 * p * r / (p + r) : 0; }

/* Runs of records with the same person, within them runs with the same truth. */
static sums person_runs(cell *cells, int64_t n) {
    sums s = {0};
    for (int64_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && cells[end].person == cells[i].person;) end++;
        s.together += choose2((double)(end - i));
        s.clusters++;
        for (int64_t k = i, stop; k < end; k = stop) {
            for (stop = k; stop < end && cells[stop].truth == cells[k].truth;) cells[stop++].size = end - i;
            double same = (double)(stop - k);
            s.both += choose2(same);
            s.b3 += same * same / (double)(end - i);
        }
    }
    return s;
}

static sums truth_runs(cell *cells, int64_t n) {
    sums s = {0};
    for (int64_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && cells[end].truth == cells[i].truth;) end++;
        s.together += choose2((double)(end - i));
        s.clusters++;
        qsort(cells + i, (size_t)(end - i), sizeof *cells, by_person);
        s.exact += cells[i].person == cells[end - 1].person && cells[i].size == end - i;
        for (int64_t k = i, stop; k < end; k = stop) {
            for (stop = k; stop < end && cells[stop].person == cells[k].person;) stop++;
            s.b3 += (double)(stop - k) * (double)(stop - k) / (double)(end - i);
        }
    }
    return s;
}

en_status en_link_evaluate(const int32_t *person, const int32_t *truth, int64_t n, en_link_score *out, en_error *err) {
    *out = (en_link_score){1, 1, 1, 1, 1, 1, 1, 1, 1};
    if (n <= 0) return EN_OK;
    cell *cells = malloc((size_t)n * sizeof *cells);
    if (!cells) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) cells[i] = (cell){person[i], truth[i], 0};
    qsort(cells, (size_t)n, sizeof *cells, by_person);
    sums found = person_runs(cells, n);
    qsort(cells, (size_t)n, sizeof *cells, by_truth);
    sums real = truth_runs(cells, n);
    free(cells);
    out->pair_precision = found.together > 0 ? found.both / found.together : 1;
    out->pair_recall = real.together > 0 ? found.both / real.together : 1;
    out->pair_f1 = harmonic(out->pair_precision, out->pair_recall);
    out->b3_precision = found.b3 / (double)n;
    out->b3_recall = real.b3 / (double)n;
    out->b3_f1 = harmonic(out->b3_precision, out->b3_recall);
    out->cluster_precision = real.exact / found.clusters;
    out->cluster_recall = real.exact / real.clusters;
    out->cluster_f1 = harmonic(out->cluster_precision, out->cluster_recall);
    return EN_OK;
}
