/* Published posteriors on public capture histories, recomputed: prints the table. Skipped where the files are not
 * there. Graphs are exact, so to 1 %; latent classes were measured elsewhere with a Monte Carlo error of about 2 %. */
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
#include "everyname/estimate.h"

typedef struct published {
    const char *file;
    en_method method;
    double delta;
    bool complete;
    double low, median, high; /* 0: not published */
    double within;
} published;

static const published table[] = {
    {"kosovo", EN_METHOD_GRAPHS, 0, false, 9827, 12595, 16544, .01},
    {"kosovo", EN_METHOD_GRAPHS, 0, true, 9827, 12595, 16544, .01},
    {"kosovo", EN_METHOD_GRAPHS, 1, true, 0, 4616, 0, .01},
    {"kosovo", EN_METHOD_GRAPHS, 1, false, 0, 9786, 0, .01},
    {"kosovo", EN_METHOD_LATENT, 0, false, 9084, 10447, 13945, .05},
    {"congenital", EN_METHOD_GRAPHS, .5, false, 588, 616, 655, .01},
    {"congenital", EN_METHOD_LATENT, 0, false, 589, 629, 720, .05},
    {"diabetes", EN_METHOD_GRAPHS, 0, false, 2376, 2471, 2589, .01},
    {"hepatitis_taiwan", EN_METHOD_GRAPHS, 0, false, 354, 402, 630, .01},
    {"hepatitis_taiwan", EN_METHOD_GRAPHS, 0, true, 271, 293, 1417, .01},
    {"hepatitis_taiwan", EN_METHOD_LATENT, 0, false, 368, 516, 897, .05},
    {"spina_bifida", EN_METHOD_GRAPHS, 0, false, 694, 731, 786, .01},
    {"HIV", EN_METHOD_GRAPHS, 0, false, 0, 11220, 0, .01},
    {"korea_palembang", EN_METHOD_LATENT, 0, false, 124, 137, 199, .05},
    {"western_us", EN_METHOD_GRAPHS, 0, false, 1343, 2133, 3878, .01},
    {"uk_slavery_5lists", EN_METHOD_GRAPHS, 0, false, 0, 22990, 0, .01},
    {"uk_slavery_6lists", EN_METHOD_GRAPHS, 0, false, 10233, 12315, 26194, .01},
#ifdef __OPTIMIZE__ /* 30 million graphs at 200 points: seconds, but minutes where sanitizers look on */
    {"new_orleans_8lists", EN_METHOD_GRAPHS, 0, false, 521, 952, 2050, .01},
#endif
};
enum { ROWS = sizeof table / sizeof *table };

static void path_of(const char *file, char *path, size_t cap) {
    const char *shared = en_os_env("EVERYNAME_SHARED");
    snprintf(path, cap, "%s/data/histories/%s.csv", shared ? shared : EN_TEST_SHARED, file);
}

static void estimate_file(const published *p, en_estimate_result *out) {
    char path[4096];
    en_os_map map;
    en_table csv = {0};
    en_histories h;
    en_read_report report = {0};
    en_read_options reading = {.struct_size = sizeof reading};
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    path_of(p->file, path, sizeof path);
    options.methods = (unsigned)p->method;
    options.delta = p->delta;
    options.complete_graph = p->complete;
    options.seed = 1;
    options.brief = true;
    assert_int_equal(en_os_map_file(path, &map, NULL), EN_OK);
    assert_int_equal(en_csv_read(map.bytes, &reading, &csv, &report, NULL), EN_OK);
    assert_int_equal(en_histories_from_table(&csv, path, NULL, 0, &h, NULL), EN_OK);
    assert_int_equal(en_estimate_run(&h, &options, out, NULL), EN_OK);
    en_histories_clear(&h);
    en_table_clear(&csv);
    en_read_report_clear(&report);
    en_os_unmap(&map);
}

static bool is_near(double got, double wanted, double within) { return !wanted || fabs(got / wanted - 1) <= within; }

static bool check(const published *p) {
    en_estimate_result r;
    estimate_file(p, &r);
    const en_estimate *e = &r.estimates[0];
    bool good = e->status == EN_EST_OK && is_near(e->low, p->low, p->within) &&
                is_near(e->median, p->median, p->within) && is_near(e->high, p->high, p->within);
    print_message("%-20s %-6s%s %8.0f %8.0f %8.0f   published %8.0f %8.0f %8.0f  %s\n", p->file,
                  en_method_name(p->method), p->complete ? "+" : " ", e->low, e->median, e->high, p->low, p->median,
                  p->high, good ? "" : "DIFFERS");
    en_estimate_result_clear(&r);
    return good;
}

static void all_of_them(void **state) {
    (void)state;
    char path[4096];
    bool good = true;
    path_of("kosovo", path, sizeof path);
    if (!en_os_exists(path)) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    for (int i = 0; i < ROWS; i++) good = check(&table[i]) && good;
    assert_true(good);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_of_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
