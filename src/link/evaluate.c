/* How well one partition agrees with another: pairs, and B-cubed (Bagga and Baldwin 1998). */
#include <math.h>
#include <stdlib.h>

#include "everyname/link.h"

typedef struct cell {
    int32_t person, truth;
} cell;

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
static void person_runs(const cell *cells, int64_t n, double *together, double *both, double *b3) {
    for (int64_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && cells[end].person == cells[i].person;) end++;
        *together += choose2((double)(end - i));
        for (int64_t k = i, stop; k < end; k = stop) {
            for (stop = k; stop < end && cells[stop].truth == cells[k].truth;) stop++;
            double same = (double)(stop - k);
            *both += choose2(same);
            *b3 += same * same / (double)(end - i);
        }
    }
}

static void truth_runs(cell *cells, int64_t n, double *together, double *b3) {
    for (int64_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && cells[end].truth == cells[i].truth;) end++;
        *together += choose2((double)(end - i));
        qsort(cells + i, (size_t)(end - i), sizeof *cells, by_person);
        for (int64_t k = i, stop; k < end; k = stop) {
            for (stop = k; stop < end && cells[stop].person == cells[k].person;) stop++;
            *b3 += (double)(stop - k) * (double)(stop - k) / (double)(end - i);
        }
    }
}

en_status en_link_evaluate(const int32_t *person, const int32_t *truth, int64_t n, en_link_score *out, en_error *err) {
    *out = (en_link_score){1, 1, 1, 1, 1, 1};
    if (n <= 0) return EN_OK;
    cell *cells = malloc((size_t)n * sizeof *cells);
    if (!cells) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) cells[i] = (cell){person[i], truth[i]};
    double found = 0, real = 0, both = 0, b3_precision = 0, b3_recall = 0;
    qsort(cells, (size_t)n, sizeof *cells, by_person);
    person_runs(cells, n, &found, &both, &b3_precision);
    qsort(cells, (size_t)n, sizeof *cells, by_truth);
    truth_runs(cells, n, &real, &b3_recall);
    free(cells);
    out->pair_precision = found > 0 ? both / found : 1;
    out->pair_recall = real > 0 ? both / real : 1;
    out->pair_f1 = harmonic(out->pair_precision, out->pair_recall);
    out->b3_precision = b3_precision / (double)n;
    out->b3_recall = b3_recall / (double)n;
    out->b3_f1 = harmonic(out->b3_precision, out->b3_recall);
    return EN_OK;
}
