/* The JSON of each command against tests/golden/report/NAME.json. With EVERYNAME_UPDATE_GOLDEN set the files are
 * written anew, to be read before they are committed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "report/report.h"
#include "report_fixture.h"

static void check(const char *name, json_t *json) {
    char path[1024];
    en_os_map golden;
    assert_non_null(json);
    char *text = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
    assert_non_null(text);
    snprintf(path, sizeof path, "%s/%s.json", GOLDEN, name);
    if (en_os_env("EVERYNAME_UPDATE_GOLDEN")) assert_int_equal(en_os_write_file(path, en_str_of(text), NULL), EN_OK);
    assert_int_equal(en_os_map_file(path, &golden, NULL), EN_OK);
    char *expected = calloc(golden.bytes.len + 1, 1);
    memcpy(expected, golden.bytes.ptr, golden.bytes.len);
    assert_string_equal(text, expected);
    free(expected);
    free(text);
    en_os_unmap(&golden);
    json_decref(json);
}

static void test_import(void **state) {
    (void)state;
    const char *columns[] = {"Full name", "DOB", "remark"}, *roles[] = {"name", "birth", NULL};
    en_reject reject = {.row = 17, .column = "DOB", .why = "\"31/02/1989\" is not a date", .mend = "use --date-order"};
    en_import_result result = {.source = "s:3f2a.0",
                               .release = "l:3f2a.1",
                               .encoding = "windows-1251",
                               .delimiter = ';',
                               .rows = 120,
                               .imported = 119,
                               .read = {.n_rejects = 1, .rejects = &reject},
                               .n_columns = 3,
                               .columns = columns,
                               .roles = roles,
                               .entry = "n:3f2a",
                               .root = "ab12"};
    check("import", en_json_import(&result));
    result.has_previous = true;
    result.added = 4;
    result.removed = 2;
    result.changed = 1;
    result.unchanged = 114;
    result.read.n_rejects = 0;
    check("import_again", en_json_import(&result));
    en_import_result dry = {.source = "s:3f2a.0", .dry_run = true};
    check("import_dry", en_json_import(&dry));
}

static void test_link(void **state) {
    (void)state;
    en_app_link_result result = {.link = {.n_records = 5000,
                                          .n_persons = 4000,
                                          .pairs_compared = 12497500,
                                          .undecided_pairs = 12,
                                          .found_by = "exhaustive comparison",
                                          .precision = .99,
                                          .recall = NAN,
                                          .n_phases = 2,
                                          .phases = {{"keys", .25}, {"pairs", 1.5}}}};
    en_link_score score = {1, .5, 2.0 / 3, 1, .75, 6.0 / 7, .5, .25, 1.0 / 3};
    check("link", en_json_link(&result, NULL, 104857600, false));
    result.link.n_warnings = 1;
    snprintf(result.link.warnings[0], sizeof result.link.warnings[0], "No column says when anyone was born.");
    snprintf(result.entry, sizeof result.entry, "n:77aa");
    snprintf(result.run, sizeof result.run, "u:77aa.0");
    result.seconds_reading = .125;
    check("link_truth", en_json_link(&result, &score, 104857600, false));
}

static en_link_model small_model(void) {
    return (en_link_model){.prior = 1.0 / 1025,
                           .threshold = .5,
                           .n_comparisons = 2,
                           .comparisons = {{.field = "given",
                                            .role = EN_ROLE_GIVEN,
                                            .n_levels = 2,
                                            .level = {"equal", "different"},
                                            .m = {.75, .25},
                                            .u = {.1875, .5}},
                                           {.field = "text:notes",
                                            .role = EN_ROLE_TEXT,
                                            .n_levels = 2,
                                            .level = {"equal", "different"},
                                            .m = {.5, .5},
                                            .u = {.0625, 1}}}};
}

/* What options add: a judged sample, labels, changes against the run before, charts. */
static void test_link_options(void **state) {
    (void)state;
    const char *parts[] = {"p:3f2a.1", "p:3f2a.9"};
    en_person_change merged = {.person = "p:3f2a.1", .n = 2, .others = parts};
    en_app_link_result result = {.link = {.n_records = 50,
                                          .n_persons = 40,
                                          .found_by = "blocking: 1 rule",
                                          .precision = .9,
                                          .recall = .8,
                                          .n_asked = 7,
                                          .n_partitions = 3,
                                          .n_decided_anew = 12,
                                          .model = small_model(),
                                          .charts = {.n_thresholds = 1,
                                                     .thresholds = {{.5, 10, .9, .8}},
                                                     .n_sizes = 32,
                                                     .sizes = {[0] = 31, [1] = 8, [31] = 1},
                                                     .n_unlinkable = 1,
                                                     .unlinkable_at = {.9},
                                                     .unlinkable = {3},
                                                     .n_rules = 1,
                                                     .rules = {{.first = 0, .second = 1, .first_key = EN_KEY_SOUND}},
                                                     .rule_pairs = {99},
                                                     .missed = .0625}},
                                 .labels = 5,
                                 .has_sampled = true,
                                 .sampled = {.9375, .875, 1, .75, .5, 1, 60},
                                 .incremental = true,
                                 .changes = {.compared = true, .gone = 2, .n_merged = 1, .merged = &merged}};
    check("link_options", en_json_link(&result, NULL, 104857600, true));
}

static void test_explanation(void **state) {
    (void)state;
    en_explained_pair pair = {.a = "r:3f2a.1",
                              .b = "r:3f2a.9",
                              .known = true,
                              .joined = true,
                              .why = {.probability = .75,
                                      .prior_weight = -10 * log(2),
                                      .relatives_weight = -log(2),
                                      .total = log(3),
                                      .n_fields = 2,
                                      .fields = {{0, 1, EN_LIT("marin"), EN_LIT("marin"), 2 * log(2), log(2) / 2},
                                                 {1, 0, EN_LIT("by the well"), {"", 0}, 0, 0}},
                                      .decisive = 0,
                                      .decisive_level = 2}};
    en_app_explanation e = {.model = small_model(), .person = "p:3f2a.1", .n_records = 2, .n_pairs = 1, .pairs = &pair};
    check("explain", en_json_explanation(&e));
    pair.known = false;
    pair.why.decisive = -1;
    e.person = NULL;
    e.n_records = 0;
    check("explain_unlinked", en_json_explanation(&e));
}

static void test_count(void **state) {
    (void)state;
    en_count_cell cells[] = {
        {.value = {"female", "18-59"}, .n = 203, .id = "c:recorded;sex=female;age_group=18-59@3f2a9c1b77aa"},
        {.value = {"male", "unknown"},
         .n = 3,
         .withheld = true,
         .id = "c:recorded;sex=male;age_group=unknown@3f2a9c1b77aa"}};
    en_count count = {.query = {.level = EN_LEVEL_RECORDED, .n_by = 2, .by = {EN_DIM_SEX, EN_DIM_AGE_GROUP}},
                      .n_cells = 2,
                      .cells = cells,
                      .total = 206,
                      .total_id = "c:recorded@3f2a9c1b77aa",
                      .head = "3f2a9c1b77aa00",
                      .run = "u:8a1c.0",
                      .undecided_pairs = 4,
                      .unreviewed_merges = 70};
    check("count", en_json_count(&count));
    en_count none = {.query = {.level = EN_LEVEL_VERIFIED},
                     .total_id = "c:verified@3f2a9c1b77aa",
                     .head = "3f2a9c1b77aa00",
                     .run = ""};
    check("count_none", en_json_count(&none));
}

static void test_estimate(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f, 40, false);
    en_estimate_result *r = &f.estimate.result;
    check("estimate", en_json_estimate(&f.estimate));
    r->has_recommended = false;
    snprintf(r->because, sizeof r->because, "The latent-class model did not converge.");
    r->estimates[0].status = EN_EST_NOT_CONVERGED;
    r->estimates[0].converged = false;
    r->estimates[0].rhat = 1.31;
    f.estimate.id[0] = 0;
    check("estimate_failed", en_json_estimate(&f.estimate));
    fixture_close(&f);
}

static void test_trace(void **state) {
    (void)state;
    en_trace_record because[] = {{.record = "r:3f2a.17",
                                  .person = "p:3f2a.17",
                                  .source = "Registers of Karvel hospital (invented)",
                                  .capture = "k:3f2a.1",
                                  .offset = 1234,
                                  .length = 18,
                                  .quote = "Tavo Ornvale;\"K\";"}};
    en_trace trace = {.id = "c:recorded;sex=male@3f2a9c1b77aa",
                      .kind = "count",
                      .value = "287",
                      .how = "persons of sex male",
                      .n_because = 1,
                      .because = because};
    check("trace", en_json_trace(&trace));
    en_trace person = {.id = "p:3f2a.17", .kind = "person", .value = "Tavo Ornvale", .how = "one record"};
    check("trace_person", en_json_trace(&person));
}

static void test_verify(void **state) {
    (void)state;
    en_problem problem = {"page", "page 7", "its checksum is not that of its bytes"};
    en_verification good = {.pages = 12, .captures = 2, .entries = 3, .rows = 40, .head = "3f2a"};
    en_verification bad = {.pages = 12,
                           .captures = 2,
                           .entries = 3,
                           .rows = 40,
                           .n_problems = 2,
                           .n_kept = 1,
                           .problems = &problem,
                           .head = "3f2a"};
    check("verify", en_json_verification(&good));
    check("verify_problem", en_json_verification(&bad));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_import),       cmocka_unit_test(test_link),
                                       cmocka_unit_test(test_link_options), cmocka_unit_test(test_explanation),
                                       cmocka_unit_test(test_count),        cmocka_unit_test(test_estimate),
                                       cmocka_unit_test(test_trace),        cmocka_unit_test(test_verify)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
