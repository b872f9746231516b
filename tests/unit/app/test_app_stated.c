/* What figures bound, and how numbers are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "app/stated.h"

static en_stated_figure figure(int64_t low, int64_t best, int64_t high, const char *qualifier) {
    return (en_stated_figure){.low = low, .best = best, .high = high, .qualifier = qualifier};
}

static void test_numbers_in_words(void **state) {
    (void)state;
    const int64_t no = EN_NO_NUMBER;
    const struct {
        en_stated_figure figure;
        const char *words;
        int64_t least, most;
    } cases[] = {{figure(41, 41, no, ""), "at least 41", 41, no},     {figure(no, 41, 41, ""), "at most 41", no, 41},
                 {figure(1200, 1200, 1200, ""), "1,200", 1200, 1200}, {figure(no, 30, no, ""), "about 30", 30, 30},
                 {figure(12, no, 15, ""), "12 to 15", 12, 15},        {figure(no, no, no, "dozens"), "dozens", no, no}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[96];
        en_figure_number(&cases[i].figure, words);
        assert_string_equal(words, cases[i].words);
        assert_int_equal(en_figure_least(&cases[i].figure), cases[i].least);
        assert_int_equal(en_figure_most(&cases[i].figure), cases[i].most);
    }
}

static void test_read_number(void **state) {
    (void)state;
    json_t *item = json_pack("{s:i, s:n, s:s}", "low", 7, "high", "qualifier", "over");
    en_stated_figure f = {0};
    en_figure_read_number(item, &f);
    assert_int_equal(f.low, 7);
    assert_int_equal(f.best, EN_NO_NUMBER);
    assert_int_equal(f.high, EN_NO_NUMBER);
    assert_string_equal(f.qualifier, "over");
    json_decref(item);
}

static void test_incidents_within(void **state) {
    (void)state;
    en_stated_incident incidents[] = {{.part_of = -1}, {.part_of = 0}, {.part_of = 1}, {.part_of = -1}};
    en_stated s = {.n_incidents = 4, .incidents = incidents};
    assert_true(en_stated_is_within(&s, 2, 0));
    assert_true(en_stated_is_within(&s, 0, 0));
    assert_false(en_stated_is_within(&s, 0, 2));
    assert_false(en_stated_is_within(&s, 3, 0));
    assert_false(en_stated_is_within(&s, -1, 0));
    assert_true(en_stated_is_within(&s, -1, -1));
}

static void test_dependence(void **state) {
    (void)state;
    en_stated_source sources[] = {{.group = 0}, {.group = 1}, {.group = 0}};
    en_stated s = {.n_sources = 3, .sources = sources};
    const int32_t cites[] = {1};
    en_said a = {.source = 0}, b = {.source = 1}, c = {.source = 2}, d = {.source = 0, .n_cites = 1, .cites = cites},
            none = {.source = -1};
    assert_true(en_said_depends(&s, &a, &c));
    assert_false(en_said_depends(&s, &a, &b));
    assert_true(en_said_depends(&s, &d, &b) && en_said_depends(&s, &b, &d));
    assert_false(en_said_depends(&s, &a, &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers_in_words), cmocka_unit_test(test_read_number),
                                       cmocka_unit_test(test_incidents_within), cmocka_unit_test(test_dependence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
