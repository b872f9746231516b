/* Levels of agreement, and the dates they are made from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "link/linkage.h"

static link_value word(const char *s) {
    link_value v = {.latin = en_str_of(s), .tokens = 1};
    for (const char *c = s; *c; c++) v.tokens += *c == ' ';
    v.initial = strlen(s) == 1;
    link_value_letters(&v);
    return v;
}

static link_value date(const char *s) {
    link_value v = {.latin = en_str_of(s)};
    link_read_date(v.latin, EN_ORDER_DMY, &v);
    link_value_letters(&v);
    return v;
}

static int level_of(value_kind kind, link_value a, link_value b) {
    int level = link_level(kind, &a, &b);
    assert_int_equal(level, link_level(kind, &b, &a));
    return level;
}
static int names(const char *a, const char *b) { return level_of(KIND_NAME, word(a), word(b)); }
static int dates(const char *a, const char *b) { return level_of(KIND_DATE, date(a), date(b)); }

static void names_by_how_alike(void **state) {
    (void)state;
    assert_int_equal(names("karim", "karim"), 1);
    assert_int_equal(names("karim", "karom"), 3);
    assert_int_equal(names("karim", "kairm"), 3);
    assert_int_equal(names("karim", "arim"), 3);
    assert_int_equal(names("konstantin", "konstantyna"), 4);
    assert_int_equal(names("k", "karim"), 5);
    assert_int_equal(names("m", "karim"), 7);
    assert_int_equal(names("ana maria", "maria"), 5);
    assert_int_equal(names("karim", "boris"), 7);
}

static void names_meet_by_consonants(void **state) {
    (void)state;
    link_value a = word("mukhammed"), b = word("mohamad");
    a.key = b.key = EN_LIT("mhmd");
    assert_int_equal(level_of(KIND_NAME, a, b), 2);
}

static void dates_by_common_mistakes(void **state) {
    (void)state;
    assert_int_equal(dates("19560409", "1956-04-09"), 1);
    assert_int_equal(dates("1956", "1956-04-09"), 2);
    assert_int_equal(dates("1956-04", "1956-04-09"), 2);
    assert_int_equal(dates("1956-01-01", "1956-04-09"), 2);
    assert_int_equal(dates("1956-04-09", "1956-04-08"), 3);
    assert_int_equal(dates("1956-04-19", "1956-04-91"), 3); /* no date: by its characters */
    assert_int_equal(dates("1956-04-09", "1965-04-09"), 3);
    assert_int_equal(dates("1956-04-09", "1956-09-04"), 4);
    assert_int_equal(dates("1956-04-09", "1956-04-27"), 5);
    assert_int_equal(dates("1956-04-09", "1955-11-27"), 6);
    assert_int_equal(dates("1956-04-09", "1959-11-27"), 7);
    assert_int_equal(dates("1956-04-09", "1982-11-27"), 8);
}

static void dates_that_are_none_do_not_fail(void **state) {
    (void)state;
    assert_false(date("19083345").has_date);
    assert_true(date("19161214").has_date);
    assert_int_equal(dates("19083345", "19083345"), 1);
    assert_int_equal(dates("19083345", "19083245"), 3);
    assert_int_equal(dates("19083345", "1908-03-05"), 8);
    assert_false(date("").has_date);
    assert_false(date("long ago").has_date);
}

static void numbers_and_bands(void **state) {
    (void)state;
    link_value a = {.latin = EN_LIT("34"), .has_number = true, .low = 34, .high = 34}, b = a, band = a, far = a;
    b.low = b.high = 35;
    band.latin = EN_LIT("30 39"), band.low = 30, band.high = 39;
    far.low = far.high = 60;
    assert_int_equal(level_of(KIND_NUMBER, a, a), 1);
    assert_int_equal(level_of(KIND_NUMBER, a, b), 2);
    assert_int_equal(level_of(KIND_NUMBER, a, band), 2);
    assert_int_equal(level_of(KIND_NUMBER, a, far), 4);
}

static void identifiers_and_codes(void **state) {
    (void)state;
    assert_int_equal(level_of(KIND_ID, word("5304218"), word("5304218")), 1);
    assert_int_equal(level_of(KIND_ID, word("5304218"), word("5304281")), 2);
    assert_int_equal(level_of(KIND_ID, word("5304218"), word("5404219")), 3);
    assert_int_equal(level_of(KIND_ID, word("5304218"), word("9777777")), 4);
    assert_int_equal(level_of(KIND_EXACT, word("4223"), word("4233")), 2);
    assert_int_equal(level_of(KIND_EXACT, word("4223"), word("4288")), 3);
    assert_int_equal(level_of(KIND_EXACT, word("a"), word("b")), 4);
    assert_int_equal(level_of(KIND_SEX, word("m"), word("f")), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_by_how_alike),       cmocka_unit_test(names_meet_by_consonants),
        cmocka_unit_test(dates_by_common_mistakes), cmocka_unit_test(dates_that_are_none_do_not_fail),
        cmocka_unit_test(numbers_and_bands),        cmocka_unit_test(identifiers_and_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
