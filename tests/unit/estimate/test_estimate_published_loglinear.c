/* Published log-linear and stepwise figures on public capture histories, recomputed: prints the table, and fails where
 * a figure differs in a printed digit. Skipped where the files are not there. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"
#include "estimate/heterogeneity.h"
#include "estimate/loglinear.h"
#include "estimate/profile.h"

/* ---- reading ---- */

static void path_of(const char *file, char *path, size_t cap) {
    const char *shared = en_os_env("EVERYNAME_SHARED");
    snprintf(path, cap, "%s/data/histories/%s.csv", shared ? shared : EN_TEST_SHARED, file);
}

static void read_histories(const char *file, en_histories *out) {
    char path[4096];
    en_os_map map;
    en_table csv = {0};
    en_read_report report = {0};
    en_read_options reading = {.struct_size = sizeof reading};
    path_of(file, path, sizeof path);
    assert_int_equal(en_os_map_file(path, &map, NULL), EN_OK);
    assert_int_equal(en_csv_read(map.bytes, &reading, &csv, &report, NULL), EN_OK);
    assert_int_equal(en_histories_from_table(&csv, path, NULL, 0, out, NULL), EN_OK);
    en_table_clear(&csv);
    en_read_report_clear(&report);
    en_os_unmap(&map);
}

static void skip_without_files(void) {
    char path[4096];
    path_of("kosovo", path, sizeof path);
    if (en_os_exists(path)) return;
    print_message("skipped: %s is not there\n", path);
    skip();
}

/* ---- the table ---- */

typedef enum { NEAREST, UP } rounding; /* UP: the first whole number at or past it, as a search over whole N prints */

static bool row(const char *file, const char *what, double ours, double published, int decimals, rounding way) {
    double unit = pow(10, -decimals), printed = way == UP ? ceil(ours - .01) : rint(ours / unit) * unit;
    bool good = fabs(printed - published) < unit / 4;
    print_message("%-30s %-34s %12.2f  published %10.*f  %s\n", file, what, ours, decimals, published,
                  good ? "" : "DIFFERS");
    return good;
}

/* ---- methods ---- */

typedef struct figure {
    const char *file;
    en_method method;
    bool pairs; /* models of pairs alone, cells of empty overlaps deleted */
    int decimals;
    double low, median, high; /* 0: not published */
    rounding ends;
} figure;

/* P of the model of lowest BIC with its multinomial profile interval; averages; stepwise. */
static const figure figures[] = {
    {"kosovo", EN_METHOD_LOGLINEAR_BEST, false, 1, 8994, 10356.5, 12110, NEAREST},
    {"kosovo", EN_METHOD_LOGLINEAR, false, 0, 0, 13184, 0, NEAREST},
    {"congenital", EN_METHOD_LOGLINEAR_BEST, false, 1, 0, 620.5, 0, NEAREST},
    {"diabetes", EN_METHOD_LOGLINEAR_BEST, false, 0, 2375, 2472, 2585, UP},
    {"spina_bifida", EN_METHOD_LOGLINEAR_BEST, false, 1, 0, 730.9, 0, NEAREST},
    {"HIV", EN_METHOD_LOGLINEAR_BEST, false, 1, 9532, 11124.6, 13114, NEAREST},
    {"korea_palembang", EN_METHOD_STEPWISE, false, 1, 0, 268.8, 0, NEAREST},
    {"korea_palembang", EN_METHOD_LOGLINEAR_BEST, false, 0, 0, 157, 0, NEAREST},
    {"western_us", EN_METHOD_STEPWISE, false, 0, 1657, 2483, 3830, NEAREST},
    {"uk_slavery_5lists", EN_METHOD_STEPWISE, false, 0, 0, 11313, 0, NEAREST},
    {"uk_slavery_6lists", EN_METHOD_STEPWISE, false, 0, 0, 11418, 0, NEAREST},
    {"netherlands_trafficking_5lists", EN_METHOD_LOGLINEAR_BEST, true, 0, 42185, 48013, 55076, UP},
    {"netherlands_trafficking_5lists", EN_METHOD_LOGLINEAR_BEST, false, 0, 0, 184718, 0, NEAREST},
    {"new_orleans_5lists", EN_METHOD_STEPWISE, false, 0, 0, 1034, 0, NEAREST},
    {"new_orleans_8lists", EN_METHOD_STEPWISE, false, 0, 0, 1184, 0, NEAREST},
    {"lesbian", EN_METHOD_LOGLINEAR_BEST, false, 0, 0, 6349, 0, NEAREST},
};

static bool check_figure(const figure *f) {
    en_histories h;
    en_estimate_result r;
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    char what[64];
    read_histories(f->file, &h);
    options.methods = (unsigned)f->method;
    options.interactions = f->pairs ? 2 : 0;
    options.delete_empty = f->pairs;
    options.seed = 1;
    assert_int_equal(en_estimate_run(&h, &options, &r, NULL), EN_OK);
    const en_estimate *e = &r.estimates[0];
    snprintf(what, sizeof what, "%s%s", en_method_name(f->method), f->pairs ? ", pairs" : "");
    bool good = row(f->file, what, e->median, f->median, f->decimals, NEAREST);
    bool mean_alone = f->method == EN_METHOD_STEPWISE; /* as its published tables have it */
    double low = mean_alone ? e->published_low : e->low, high = mean_alone ? e->published_high : e->high;
    if (f->low) good = row(f->file, "  low", low, f->low, 0, f->ends) && good;
    if (f->high) good = row(f->file, "  high", high, f->high, 0, f->ends) && good;
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
    return good;
}

static void methods(void **state) {
    bool good = true;
    (void)state;
    skip_without_files();
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) good = check_figure(&figures[i]) && good;
    assert_true(good);
}

/* ---- what lies inside the methods ---- */

/* M: N of the highest multinomial likelihood of the model of lowest BIC. */
static double multinomial_point(const en_histories *h, const loglinear_fit *best) {
    cell_counts c = {0};
    profile *p = calloc(1, sizeof *p);
    assert_non_null(p);
    assert_int_equal(cell_counts_from_histories(h, &c, NULL), EN_OK);
    assert_int_equal(profile_run(&c, &best->model, best->log_n0, .95, p, NULL), EN_OK);
    double point = p->best;
    cell_counts_clear(&c);
    free(p);
    return point;
}

static void fit_file(const char *file, bool pairs, en_histories *h, loglinear_fits *fits) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.interactions = pairs ? 2 : 0;
    options.delete_empty = pairs;
    read_histories(file, h);
    assert_int_equal(loglinear_fit_all(h, &options, fits, NULL), EN_OK);
}

static void models(void **state) {
    en_histories h;
    loglinear_fits f;
    (void)state;
    skip_without_files();
    fit_file("kosovo", false, &h, &f);
    bool good = row("kosovo", "multinomial point", multinomial_point(&h, &f.fits[0]), 10334.5, 1, NEAREST);
    good = row("kosovo", "standard error", f.fits[0].se, 786, 0, NEAREST) && good;
    good = row("kosovo", "second model", f.fits[1].total, 12741, 0, NEAREST) && good;
    good = row("kosovo", "  its BIC above the best", f.fits[1].bic - f.fits[0].bic, .1, 1, NEAREST) && good;
    good = row("kosovo", "third model", f.fits[2].total, 18393, 0, NEAREST) && good;
    good = row("kosovo", "  its BIC above the best", f.fits[2].bic - f.fits[0].bic, .9, 1, NEAREST) && good;
    loglinear_fits_clear(&f);
    en_histories_clear(&h);
    fit_file("HIV", false, &h, &f);
    good = row("HIV", "multinomial point", multinomial_point(&h, &f.fits[0]), 11117, 0, NEAREST) && good;
    loglinear_fits_clear(&f);
    en_histories_clear(&h);
    fit_file("netherlands_trafficking_5lists", true, &h, &f);
    good = row("netherlands_trafficking_5lists", "BIC, pairs", f.fits[0].bic, 222.1, 1, NEAREST) && good;
    loglinear_fits_clear(&f);
    en_histories_clear(&h);
    fit_file("netherlands_trafficking_5lists", false, &h, &f);
    good = row("netherlands_trafficking_5lists", "BIC, three-way terms", f.fits[0].bic, 222.4, 1, NEAREST) && good;
    loglinear_fits_clear(&f);
    en_histories_clear(&h);
    assert_true(good);
}

static void persons_who_differ(void **state) {
    en_histories h;
    loglinear_fit fit;
    (void)state;
    skip_without_files();
    read_histories("hare", &h);
    assert_int_equal(loglinear_fit_heterogeneous(&h, HETEROGENEITY_POISSON2, EN_CRITERION_AIC, &fit, NULL), EN_OK);
    bool good = row("hare", "Mth Poisson2", fit.total, 81.1, 1, NEAREST);
    good = row("hare", "  standard error", fit.se, 5.6, 1, NEAREST) && good;
    good = row("hare", "  AIC", fit.aic, 146, 0, NEAREST) && good;
    en_histories_clear(&h);
    assert_true(good);
}

/* The status of each of the eight models of three lists, by the pairs that they hold. */
static bool check_statuses(const char *file, bool delete_empty, const char *wanted) {
    static const char *const names[] = {"main effects", "12", "13", "12+13", "23", "12+23", "13+23", "12+13+23"};
    static const uint16_t pairs[] = {3, 5, 6};
    en_histories h;
    loglinear_fits f;
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    bool good = true;
    options.delete_empty = delete_empty;
    read_histories(file, &h);
    assert_int_equal(loglinear_fit_all(&h, &options, &f, NULL), EN_OK);
    assert_int_equal(f.n, 8);
    for (size_t i = 0; i < f.n; i++) {
        int which = 0;
        for (int t = 0; t < f.fits[i].model.n_terms; t++)
            for (int k = 0; k < 3; k++) which |= f.fits[i].model.terms[t] == pairs[k] ? 1 << k : 0;
        en_estimate_status expected = wanted[which] == '+'   ? EN_EST_OK
                                      : wanted[which] == '-' ? EN_EST_NO_MAXIMUM
                                                             : EN_EST_NOT_IDENTIFIED;
        print_message("%-30s %-12s cells of empty overlaps %-8s %s%s\n", file, names[which],
                      delete_empty ? "deleted" : "sampled", en_estimate_status_name(f.fits[i].status),
                      f.fits[i].status == expected ? "" : "  DIFFERS");
        good = good && f.fits[i].status == expected;
    }
    loglinear_fits_clear(&f);
    en_histories_clear(&h);
    return good;
}

static void existence(void **state) {
    (void)state;
    skip_without_files();
    assert_true(check_statuses("nonexistence", true, "+-+-+-+?"));
    assert_true(check_statuses("nonexistence", false, "+-------"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(methods), cmocka_unit_test(models),
                                       cmocka_unit_test(persons_who_differ), cmocka_unit_test(existence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
