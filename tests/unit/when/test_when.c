/* Dates against tests/golden/when/dates.tsv, and what is computed from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"
#include "everyname/when.h"

static en_when parse(const char *text) {
    en_when when;
    en_error err = {0};
    if (en_when_parse(en_str_of(text), EN_ORDER_UNSTATED, &when, &err) != EN_OK) fail_msg("%s: %s", text, err.message);
    return when;
}

static en_date_order order_of(const char *name) {
    if (!strcmp(name, "dmy")) return EN_ORDER_DMY;
    if (!strcmp(name, "mdy")) return EN_ORDER_MDY;
    return !strcmp(name, "ymd") ? EN_ORDER_YMD : EN_ORDER_UNSTATED;
}

static void print_day(int32_t day, char *out, size_t cap) {
    int32_t year;
    int month, d;
    if (day == EN_DAY_MIN || day == EN_DAY_MAX) {
        snprintf(out, cap, "open");
        return;
    }
    en_day_to_civil(day, &year, &month, &d);
    snprintf(out, cap, "%s%04d-%02d-%02d", year < 0 ? "-" : "", year < 0 ? -year : year, month, d);
}

static int split(char *line, char *fields[8]) {
    int n = 0;
    for (char *at = line; at && n < 8;) {
        char *tab = strchr(at, '\t');
        if (tab) *tab++ = 0;
        fields[n++] = at;
        at = tab;
    }
    return n;
}

static void check_line(char *line) {
    char *f[8], canonical[96], first[32], last[32];
    en_when when, again;
    en_error err = {0};
    int n = split(line, f);
    assert_true(n >= 3);
    en_status status = en_when_parse(en_str_of(f[0]), order_of(f[1]), &when, &err);
    if (strncmp(f[2], "error: ", 7) == 0) {
        if (status == EN_OK) fail_msg("\"%s\" was read", f[0]);
        if (!strstr(err.message, f[2] + 7)) fail_msg("\"%s\": message is \"%s\"", f[0], err.message);
        assert_true(err.mend[0]);
        return;
    }
    if (status != EN_OK) fail_msg("\"%s\": %s", f[0], err.message);
    assert_int_equal(n, 5);
    assert_true(en_when_print(&when, canonical, sizeof canonical) < sizeof canonical);
    assert_string_equal(canonical, f[2]);
    print_day(when.first_day, first, sizeof first);
    print_day(when.last_day, last, sizeof last);
    if (strcmp(first, f[3]) || strcmp(last, f[4])) fail_msg("\"%s\" is %s to %s", f[0], first, last);
    assert_int_equal(en_when_parse(en_str_of(canonical), EN_ORDER_UNSTATED, &again, NULL), EN_OK);
    assert_int_equal(again.first_day, when.first_day);
    assert_int_equal(again.last_day, when.last_day);
}

static void test_golden(void **state) {
    (void)state;
    en_os_map map;
    char line[512];
    int lines = 0;
    assert_int_equal(en_os_map_file(EN_GOLDEN "/when/dates.tsv", &map, NULL), EN_OK);
    for (size_t at = 0; at < map.bytes.len;) {
        const char *from = map.bytes.ptr + at, *end = memchr(from, '\n', map.bytes.len - at);
        size_t len = end ? (size_t)(end - from) : map.bytes.len - at;
        at += len + 1;
        snprintf(line, sizeof line, "%.*s", (int)len, from);
        if (line[0] == '#') continue;
        check_line(line);
        lines++;
    }
    en_os_unmap(&map);
    assert_true(lines > 50);
}

/* What a line of the golden file cannot hold. */
static void test_broken_bytes(void **state) {
    (void)state;
    en_when when;
    assert_int_equal(en_when_parse((en_str){"1994\0x", 6}, EN_ORDER_UNSTATED, &when, NULL), EN_ERR_INPUT);
    assert_int_equal(en_when_parse(EN_LIT("199\xD9 "), EN_ORDER_UNSTATED, &when, NULL), EN_ERR_INPUT);
    assert_int_equal(en_when_parse(EN_LIT("199\xD9!"), EN_ORDER_UNSTATED, &when, NULL), EN_ERR_INPUT);
}

static void test_civil_round_trip(void **state) {
    (void)state;
    assert_int_equal(en_day_number(1970, 1, 1), 0);
    assert_int_equal(en_day_number(2000, 3, 1), 11017);
    for (int32_t day = -800000; day < 800000; day += 37) {
        int32_t year;
        int month, d;
        en_day_to_civil(day, &year, &month, &d);
        assert_int_equal(en_day_number(year, month, d), day);
    }
}

static void test_compare(void **state) {
    (void)state;
    en_when year = parse("1994"), month = parse("1994-05"), day = parse("1994-05-17"), later = parse("1995"),
            open = parse("1994-06/..");
    assert_int_equal(en_when_compare(&year, &later), EN_WHEN_BEFORE);
    assert_int_equal(en_when_compare(&later, &day), EN_WHEN_AFTER);
    assert_int_equal(en_when_compare(&day, &month), EN_WHEN_WITHIN);
    assert_int_equal(en_when_compare(&year, &day), EN_WHEN_CONTAINS);
    assert_int_equal(en_when_compare(&year, &open), EN_WHEN_OVERLAPS);
    assert_int_equal(en_when_compare(&month, &month), EN_WHEN_EQUAL);
    assert_int_equal(en_when_compare(&month, &open), EN_WHEN_BEFORE);
}

static void check_filled(const char *text, const char *document, const char *expected) {
    en_when when = parse(text), dated = parse(document);
    char printed[64];
    assert_int_equal(en_when_fill_year(&when, &dated, NULL), EN_OK);
    en_when_print(&when, printed, sizeof printed);
    assert_string_equal(printed, expected);
    assert_true(when.from.year_filled);
}

static void test_fill_year(void **state) {
    (void)state;
    check_filled("XXXX-03-03", "1994-05-17", "1994-03-03?");
    check_filled("XXXX-12-30", "1994-05-17", "1993-12-30?");
    check_filled("XXXX-02-29", "1994-05-17", "1992-02-29?");
    check_filled("XXXX-05-17", "1994-05-17", "1994-05-17?");
    check_filled("XXXX-12-30/XXXX-01-02", "1994-01", "1993-12-30?/1994-01-02?");
    en_when long_year = parse("Y17000"), day = parse("XXXX-03-03");
    assert_int_equal(en_when_fill_year(&day, &long_year, NULL), EN_ERR_INPUT); /* EDTF has no day of a long year */
    en_when known = parse("1994"), document = parse("1995");
    assert_int_equal(en_when_fill_year(&known, &document, NULL), EN_ERR_INPUT);
    en_when unknown = parse("XXXX-03-03"), open = parse("1994/..");
    assert_int_equal(en_when_fill_year(&unknown, &open, NULL), EN_ERR_INPUT);
}

static void check_age(const char *birth, const char *event, int least, int most) {
    en_when b = parse(birth), e = parse(event);
    int l, m;
    assert_true(en_age_at(&b, &e, &l, &m));
    assert_int_equal(l, least);
    assert_int_equal(m, most);
}

static void test_age(void **state) {
    (void)state;
    check_age("1976-05-17", "1994-05-17", 18, 18);
    check_age("1976-05-18", "1994-05-17", 17, 17);
    check_age("1976", "1994-05-17", 17, 18);
    check_age("1976-02-29", "1994-02-28", 17, 17);
    check_age("1976-02-29", "1994-03-01", 18, 18);
    check_age("1994-05", "1994-05-17", 0, 0);
    en_when birth = parse("1995"), event = parse("1994"), open = parse("../1994");
    int least, most;
    assert_false(en_age_at(&birth, &event, &least, &most));
    assert_false(en_age_at(&open, &event, &least, &most));
}

static void test_time_print(void **state) {
    (void)state;
    char text[32];
    en_time_print(0, text, sizeof text);
    assert_string_equal(text, "1970-01-01T00:00:00Z");
    en_time_print(1000000000, text, sizeof text);
    assert_string_equal(text, "2001-09-09T01:46:40Z");
    en_time_print(-1, text, sizeof text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
}

static void test_print_bounds(void **state) {
    (void)state;
    en_when when = parse("1994-05-17/1994-06-01");
    char small[8];
    assert_int_equal(en_when_print(&when, small, sizeof small), 21);
    assert_string_equal(small, "1994-05");
    assert_int_equal(en_when_print(&when, NULL, 0), 21);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),     cmocka_unit_test(test_broken_bytes), cmocka_unit_test(test_civil_round_trip),
        cmocka_unit_test(test_compare),    cmocka_unit_test(test_fill_year),    cmocka_unit_test(test_age),
        cmocka_unit_test(test_time_print), cmocka_unit_test(test_print_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
