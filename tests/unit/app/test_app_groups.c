/* Ages as written, schemes of ages, and the groups that persons show of what sources say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/count_groups.h"

static void reads(const char *cell, int least, int most) {
    int l = -1, m = -1;
    assert_true(en_age_read(en_str_of(cell), &l, &m));
    assert_int_equal(l, least);
    assert_int_equal(m, most);
}

static void ages_as_written(void **state) {
    (void)state;
    int l, m;
    reads("34", 34, 34);
    reads("34 years", 34, 34);
    reads("about 40", 40, 40);
    reads("17-18", 17, 18);
    reads("17 \xE2\x80\x93 18", 17, 18);
    reads("30 to 39", 30, 39);
    reads("60+", 60, EN_AGE_MOST);
    reads("60 and over", 60, EN_AGE_MOST);
    reads("over 60", 61, EN_AGE_MOST);
    reads("under 5", 0, 4);
    reads("<18", 0, 17);
    reads("8 months", 0, 0);
    reads("18 months", 1, 1);
    reads("3 days", 0, 0);
    assert_false(en_age_read(EN_LIT("adult"), &l, &m));
    assert_false(en_age_read(EN_LIT("1950"), &l, &m));
    assert_false(en_age_read(EN_LIT(""), &l, &m));
    assert_false(en_age_read(EN_LIT("18-5"), &l, &m));
}

static void schemes(void **state) {
    (void)state;
    en_error err;
    en_age_scheme s;
    static const char *const bad[] = {"", "x", "5-4", "0-17,17-20", "18+,60+", "0-17;18+", "0-999", "-5"};
    assert_int_equal(en_ages_parse("0-4,5-17,18+", &s, &err), EN_OK);
    assert_string_equal(s.text, "0-4,5-17,18+");
    assert_string_equal(en_age_group_of(&s, 5, 17), "5-17");
    assert_null(en_age_group_of(&s, 4, 5));
    assert_string_equal(en_age_group_of(&s, 90, EN_AGE_MOST), "18+");
    assert_int_equal(en_ages_parse("18-59", &s, &err), EN_OK);
    assert_string_equal(en_age_group_of(&s, 3, 9), "outside");
    assert_null(en_age_group_of(&s, 17, 18));
    assert_int_equal(en_ages_parse("default", &s, &err), EN_OK);
    assert_string_equal(s.text, en_ages_default.text);
    assert_int_equal(en_ages_parse("five-year", &s, &err), EN_OK);
    assert_int_equal(s.n, 18);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (en_ages_parse(bad[i], &s, &err) != EN_ERR_USAGE) fail_msg("\"%s\" is taken for a scheme", bad[i]);
}

static en_account_span on(const char *date, uint64_t groups) {
    en_when when;
    en_error err;
    assert_int_equal(en_when_parse(en_str_of(date), EN_ORDER_UNSTATED, &when, &err), EN_OK);
    return (en_account_span){when.first_day, when.last_day, EN_DAY_MIN, 'G', groups};
}

static void shows(const en_count_query *q, en_dimension d, const en_account_span *said, int32_t n, const char *group) {
    en_count_groups g;
    en_error err;
    char text[EN_GROUP_TEXT];
    assert_int_equal(en_count_groups_of(q, &g, &err), EN_OK);
    en_count_group(&g, d, said, n, text);
    assert_string_equal(text, group);
}

static void units_of_time(void **state) {
    (void)state;
    static const struct {
        const char *date, *year, *quarter, *week, *day;
    } of[] = {{"1994-05-17", "1994", "1994-Q2", "1994-W20", "1994-05-17"},
              {"1994-05", "1994", "1994-Q2", "unknown", "unknown"},
              {"1994", "1994", "unknown", "unknown", "unknown"},
              {"2005-01-01", "2005", "2005-Q1", "2004-W53", "2005-01-01"},
              {"2007-12-31", "2007", "2007-Q4", "2008-W01", "2007-12-31"},
              {"1969-12-28", "1969", "1969-Q4", "1969-W52", "1969-12-28"},
              {"1899-01-01", "1899", "1899-Q1", "1898-W52", "1899-01-01"},
              {"1994-12-30/1995-01-02", "unknown", "unknown", "unknown", "unknown"},
              {"../1994-05", "unknown", "unknown", "unknown", "unknown"}};
    en_count_query q = {0};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        en_account_span said = on(of[i].date, 1);
        shows(&q, EN_DIM_YEAR, &said, 1, of[i].year);
        shows(&q, EN_DIM_QUARTER, &said, 1, of[i].quarter);
        shows(&q, EN_DIM_WEEK, &said, 1, of[i].week);
        shows(&q, EN_DIM_DAY, &said, 1, of[i].day);
    }
    shows(&q, EN_DIM_YEAR, NULL, 0, "unknown");
}

static void periods(void **state) {
    (void)state;
    en_count_query q = {.from = "1994-05-10", .to = "1994-05"};
    static const char *const of[][2] = {
        {"1994-05-10", "within"},  {"1994-05-31", "within"},           {"1994-05-09", "outside"},
        {"1994-06-01", "outside"}, {"1994-05", "may_be_within"},       {"1994", "may_be_within"},
        {"1994-06", "outside"},    {"../1994-05-12", "may_be_within"}, {"../1993", "outside"}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        en_account_span said = on(of[i][0], 1);
        shows(&q, EN_DIM_PERIOD, &said, 1, of[i][1]);
    }
    shows(&q, EN_DIM_PERIOD, NULL, 0, "unknown");
    /* A partial date does not outweigh one that decides. */
    en_account_span said[] = {on("1994", 7), on("1994-05-11", 8)};
    shows(&q, EN_DIM_PERIOD, said, 2, "within");
}

/* Sources that give different years of one group agree on the group. */
static void sources_agree_on_groups(void **state) {
    (void)state;
    en_account_span said[] = {
        {17, 17, EN_DAY_MIN, 'G', 3}, {18, 18, EN_DAY_MIN, 'G', 4}, {20, 20, EN_DAY_MIN, 'G', 24}};
    en_count_query wide = {.ages = "0-17,18+"}, fine = {.ages = "16-17,18-19,20-21"};
    shows(&wide, EN_DIM_AGE_GROUP, said, 3, "18+");
    shows(&fine, EN_DIM_AGE_GROUP, said, 3, "16-17"); /* two and two: the earliest */
    said[2].released = 10;
    shows(&fine, EN_DIM_AGE_GROUP, said, 3, "20-21"); /* the latest release */
    said[2].released = EN_DAY_MIN;
    said[2].grade = 'B';
    shows(&fine, EN_DIM_AGE_GROUP, said, 3, "20-21"); /* the best grade */
}

static void bad_periods(void **state) {
    (void)state;
    en_count_groups g;
    en_error err;
    en_count_query none = {.n_by = 1, .by = {EN_DIM_PERIOD}}, word = {.from = "spring"};
    en_count_query back = {.from = "1995", .to = "1994"};
    assert_int_equal(en_count_groups_of(&none, &g, &err), EN_ERR_USAGE);
    assert_int_equal(en_count_groups_of(&word, &g, &err), EN_ERR_USAGE);
    assert_int_equal(en_count_groups_of(&back, &g, &err), EN_ERR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages_as_written),         cmocka_unit_test(schemes),
        cmocka_unit_test(units_of_time),           cmocka_unit_test(periods),
        cmocka_unit_test(sources_agree_on_groups), cmocka_unit_test(bad_periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
