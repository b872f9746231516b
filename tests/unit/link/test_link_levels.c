/* Levels of agreement, and the dates they are made from. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "link/lookup.h"

static value_reader reader;

static int open_reader(void **state) {
    (void)state;
    reader = (value_reader){.arena = en_arena_new(), .order = EN_ORDER_DMY};
    return reader.arena && en_text_open(&reader.text, NULL) == EN_OK ? 0 : -1;
}

static int close_reader(void **state) {
    (void)state;
    en_text_close(reader.text);
    en_arena_free(reader.arena);
    return 0;
}

/* Tables that a failed test leaves must not reach the next. */
static int forget_tables(void **state) {
    (void)state;
    reader.forms = NULL;
    reader.gazetteer = NULL;
    return 0;
}

static link_value read_as(value_kind kind, const char *s) {
    link_value v = {0};
    assert_int_equal(value_read(&reader, kind, en_str_of(s), &v, NULL), EN_OK);
    return v;
}

static int level_of(value_kind kind, link_value a, link_value b) {
    int level = link_level(kind, &a, &b);
    assert_int_equal(level, link_level(kind, &b, &a));
    return level;
}
static int names(const char *a, const char *b) {
    return level_of(KIND_NAME, read_as(KIND_NAME, a), read_as(KIND_NAME, b));
}
static int dates(const char *a, const char *b) {
    return level_of(KIND_DATE, read_as(KIND_DATE, a), read_as(KIND_DATE, b));
}

static void names_by_how_alike(void **state) {
    (void)state;
    assert_int_equal(names("karim", "karim"), LEVEL_EQUAL);
    assert_int_equal(names("karim", "kariim"), LEVEL_CONSONANTS);
    assert_int_equal(names("karimov", "karinov"), LEVEL_ONE_OFF);
    assert_int_equal(names("marlowski", "malrowski"), LEVEL_ONE_OFF);
    assert_int_equal(names("omar", "oman"), LEVEL_VERY_SIMILAR);
    assert_int_equal(names("konstantin", "konztandyna"), LEVEL_SOUNDS);
    assert_int_equal(names("charlotte", "charmaine"), LEVEL_SIMILAR);
    assert_int_equal(names("karim", "boris"), LEVEL_NAME_DIFFERENT);
    assert_int_equal(names("petrosyan", "hakobyan"), LEVEL_NAME_DIFFERENT);
}

static void names_meet_by_sounds(void **state) {
    (void)state;
    assert_int_equal(names("mukhammed", "mohamad"), LEVEL_CONSONANTS);
    assert_int_equal(names("חיים", "Chaim"), LEVEL_SOUNDS);
    assert_int_equal(names("يوسف", "Yousef"), LEVEL_CONSONANTS);
    assert_int_equal(names("Джордж", "George"), LEVEL_CONSONANTS);
    assert_int_equal(names("Yousef", "Jusuf"), LEVEL_SOUNDS);
}

static void names_of_several_words(void **state) {
    (void)state;
    assert_int_equal(names("ana maria", "maria ana"), LEVEL_CONSONANTS);
    assert_int_equal(names("ana maria", "maria"), LEVEL_PART);
    assert_int_equal(names("k", "karim"), LEVEL_INITIAL);
    assert_int_equal(names("m", "karim"), LEVEL_NAME_DIFFERENT);
    assert_int_equal(names("karim b", "b karim"), LEVEL_CONSONANTS);
    assert_int_equal(names("karim b", "boris karim"), LEVEL_PART);
    assert_int_equal(names("karim boris", "boris anton karim"), LEVEL_PART);
    assert_int_equal(names("karim boris", "boris anton"), LEVEL_NAME_DIFFERENT);
    assert_int_equal(names("annamaria", "anna-maria"), LEVEL_ONE_OFF);
    assert_int_equal(names("Abd al-Rahman", "عبد الرحمن"), LEVEL_CONSONANTS);
}

static void names_by_short_forms(void **state) {
    (void)state;
    const en_link_nickname own[] = {{EN_LIT("Zorvenkel"), EN_LIT("Bim")}};
    en_link_options options = EN_LINK_OPTIONS_INIT;
    link_lookup forms;
    options.nicknames = own;
    options.n_nicknames = 1;
    assert_int_equal(link_short_forms_open(&reader, &options, &forms, NULL), EN_OK);
    reader.forms = &forms;
    assert_int_equal(names("William", "Bill"), LEVEL_SHORT_FORM);
    assert_int_equal(names("Саша", "Alexander"), LEVEL_SHORT_FORM);
    assert_int_equal(names("Саша", "Александра"), LEVEL_SHORT_FORM);
    assert_int_equal(names("Paco", "Francisco"), LEVEL_SHORT_FORM);
    assert_int_equal(names("Микола", "Kolya"), LEVEL_SHORT_FORM);
    assert_int_equal(names("Zorvenkel", "Bim"), LEVEL_SHORT_FORM);
    assert_int_equal(names("Bim Dorvath", "Dorvath, Zorvenkel"), LEVEL_SHORT_FORM);
    assert_int_equal(names("Bill", "Kolya"), LEVEL_NAME_DIFFERENT);
    assert_int_equal(names("Abu Salim", "Salim"), LEVEL_NAME_DIFFERENT);
    reader.forms = NULL;
    assert_int_equal(names("William", "Bill"), LEVEL_NAME_DIFFERENT);
    link_lookup_clear(&forms);
}

static void places_by_distance(void **state) {
    (void)state;
    static const en_link_place valley[] = {{EN_LIT("Dalverek"), 45.00, 20.00}, {EN_LIT("Old Dalverek"), 45.005, 20.00},
                                           {EN_LIT("Morvath"), 45.03, 20.00},  {EN_LIT("Selku"), 45.20, 20.00},
                                           {EN_LIT("Arbenka"), 45.80, 20.00},  {EN_LIT("Dalverik"), 48.0, 20.00}};
    en_link_options options = EN_LINK_OPTIONS_INIT;
    link_gazetteer gazetteer;
    options.places = valley;
    options.n_places = 6;
    assert_int_equal(link_gazetteer_open(&reader, &options, &gazetteer, NULL), EN_OK);
    reader.gazetteer = &gazetteer;
    static const struct {
        const char *other;
        int level;
    } of_dalverek[] = {{"Dalverek", PLACE_EQUAL},        {"Old Dalverek", PLACE_SAME},
                       {"Morvath", PLACE_WITHIN_5_KM},   {"Selku", PLACE_WITHIN_25_KM},
                       {"Arbenka", PLACE_WITHIN_100_KM}, {"Dalverik", PLACE_DIFFERENT},
                       {"Dalferek", PLACE_SAME},         {"Dalvexek", PLACE_ONE_OFF},
                       {"Zumbra", PLACE_DIFFERENT},      {"Dalverek village", PLACE_VERY_SIMILAR},
                       {"Далверек", PLACE_EQUAL}};
    for (size_t i = 0; i < sizeof of_dalverek / sizeof *of_dalverek; i++) {
        link_value a = read_as(KIND_PLACE, "Dalverek"), b = read_as(KIND_PLACE, of_dalverek[i].other);
        if (level_of(KIND_PLACE, a, b) != of_dalverek[i].level) print_message("%s\n", of_dalverek[i].other);
        assert_int_equal(level_of(KIND_PLACE, a, b), of_dalverek[i].level);
    }
    reader.gazetteer = NULL;
    link_lookup_clear(&gazetteer.names);
}

static void dates_by_common_mistakes(void **state) {
    (void)state;
    assert_int_equal(dates("19560409", "1956-04-09"), DATE_EQUAL);
    assert_int_equal(dates("9/4/1956", "1956-04-09"), DATE_EQUAL);
    assert_int_equal(dates("1956", "1956-04-09"), DATE_INCLUDES);
    assert_int_equal(dates("1956-04", "1956-04-09"), DATE_INCLUDES);
    assert_int_equal(dates("1956-01-01", "1956-04-09"), DATE_INCLUDES);
    assert_int_equal(dates("1956-01-01", "1966-01-01"), DATE_DIFFERENT); /* 1 January is no day */
    assert_int_equal(dates("1956-04-09", "1956-04-08"), DATE_DIGIT);
    assert_int_equal(dates("1956-04-09", "1965-04-09"), DATE_DIGIT);
    assert_int_equal(dates("1956-04-09", "1956-09-04"), DATE_SWAPPED);
    assert_int_equal(dates("1956-04-09", "1956-04-27"), DATE_TWO_PARTS);
    assert_int_equal(dates("1956-04-09", "1987-04-09"), DATE_TWO_PARTS);
    assert_int_equal(dates("1956-04-09", "1986-04-08"), DATE_TWO_DIGITS);
    assert_int_equal(dates("1956-04-09", "1955-11-27"), DATE_YEAR);
    assert_int_equal(dates("1956-04-09", "1959-11-27"), DATE_NEAR);
    assert_int_equal(dates("1956-04-09", "1982-11-27"), DATE_DIFFERENT);
}

/* An age of 34 on a day of 1990 leaves 1955 and 1956. */
static void dates_of_ages(void **state) {
    (void)state;
    assert_int_equal(dates("1955/1956", "1956-04-09"), DATE_AGE_FITS);
    assert_int_equal(dates("1955/1956", "1956/1957"), DATE_AGE_FITS);
    assert_int_equal(dates("1955/1956", "1958-01-09"), DATE_YEAR);
    assert_int_equal(dates("1955/1956", "1961-01-09"), DATE_NEAR);
    assert_int_equal(dates("1955/1956", "1975-01-09"), DATE_DIFFERENT);
}

static void dates_with_two_digits_of_a_year(void **state) {
    (void)state;
    assert_int_equal(dates("09.04.56", "1956-04-09"), DATE_INCLUDES);
    assert_int_equal(dates("09.04.06", "2006-04-09"), DATE_INCLUDES);
    assert_int_equal(dates("09.04.56", "1856-04-09"), DATE_INCLUDES);
    assert_int_equal(dates("09.04.56", "1957-04-09"), DATE_DIGIT);
    assert_int_equal(dates("09.04.56", "1982-11-27"), DATE_DIFFERENT);
    assert_int_equal(dates("09.04.56", "09.04.56"), DATE_EQUAL);
}

static void dates_that_are_none_do_not_fail(void **state) {
    (void)state;
    assert_false(read_as(KIND_DATE, "19083345").has_date);
    assert_true(read_as(KIND_DATE, "19161214").has_date);
    assert_int_equal(dates("19083345", "19083345"), DATE_EQUAL);
    assert_int_equal(dates("19083345", "19083245"), DATE_DIGIT);
    assert_int_equal(dates("19083345", "1908-03-05"), DATE_TWO_DIGITS);
    assert_int_equal(dates("1956-04-19", "1956-04-91"), DATE_DIGIT);
    assert_int_equal(dates("31/02/1989", "1989-02-21"), DATE_DIGIT);
    assert_int_equal(dates("I956-O4-l9", "1956-04-19"), DATE_EQUAL);
    assert_int_equal(dates("1956-34-19", "1987-12-03"), DATE_DIFFERENT);
    assert_false(read_as(KIND_DATE, "").has_date);
    assert_false(read_as(KIND_DATE, "long ago").has_date);
    assert_false(read_as(KIND_DATE, "1 2 3 4").has_date);
}

static int numbers(const char *a, const char *b) {
    return level_of(KIND_NUMBER, read_as(KIND_NUMBER, a), read_as(KIND_NUMBER, b));
}

static void numbers_and_bands(void **state) {
    (void)state;
    assert_int_equal(numbers("34", "34"), 1);
    assert_int_equal(numbers("34", "35"), 2);
    assert_int_equal(numbers("34", "30-39"), 2);
    assert_int_equal(numbers("34", "37"), 3);
    assert_int_equal(numbers("45", "54"), 4);
    assert_int_equal(numbers("134", "184"), 4);
    assert_int_equal(numbers("34", "60"), 5);
}

static int ids(const char *a, const char *b) { return level_of(KIND_ID, read_as(KIND_ID, a), read_as(KIND_ID, b)); }

static void identifiers_and_codes(void **state) {
    (void)state;
    assert_int_equal(ids("5304218", "5304218"), 1);
    assert_int_equal(ids("5304218", "5304281"), 2);
    assert_int_equal(ids("5304218", "53O4218"), 2);
    assert_int_equal(ids("5304218", "005304218"), 3);
    assert_int_equal(ids("AB-5304218", "5304218"), 3);
    assert_int_equal(ids("5304218", "5404219"), 4);
    assert_int_equal(ids("5304218", "9777777"), 5);
    assert_int_equal(level_of(KIND_EXACT, read_as(KIND_EXACT, "4223"), read_as(KIND_EXACT, "4233")), 2);
    assert_int_equal(level_of(KIND_EXACT, read_as(KIND_EXACT, "4223"), read_as(KIND_EXACT, "4288")), 3);
    assert_int_equal(level_of(KIND_EXACT, read_as(KIND_EXACT, "a"), read_as(KIND_EXACT, "b")), 4);
    assert_int_equal(level_of(KIND_SEX, read_as(KIND_SEX, "m"), read_as(KIND_SEX, "f")), 2);
}

/* A word that half of the texts have weighs little, one that a single text has much. */
static void free_text_by_its_rare_words(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "road to selku by the mill",
                                        "by the old mill road to selku",
                                        "road to the bridge",
                                        "road to the arbenka quarry",
                                        "quarry of arbenka near a well",
                                        "the market",
                                        "road by the river",
                                        "house on the road"};
    enum { N = sizeof texts / sizeof *texts };
    link_value values[N];
    memset(values, 0, sizeof values);
    link_field f = {.kind = KIND_TEXT, .n_values = N, .values = values, .arena = reader.arena};
    for (int i = 1; i < N; i++) values[i] = read_as(KIND_TEXT, texts[i]);
    assert_int_equal(value_weigh_words(&f, NULL), EN_OK);
    assert_in_range(level_of(KIND_TEXT, values[1], values[2]), 2, 3);
    assert_in_range(level_of(KIND_TEXT, values[4], values[5]), 3, 4);
    assert_int_equal(level_of(KIND_TEXT, values[3], values[6]), 5);
    assert_int_equal(level_of(KIND_TEXT, values[7], values[8]), 5);
}

/* ---- better levels speak more for a match ---- */

typedef struct spelling {
    char of[64];
} spelling;

static spelling invented_name(en_rng *rng) {
    static const char *const onsets[] = {"b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "v", "z", "sh", "kh", "ch"};
    spelling s = {""};
    int syllables = 2 + (int)en_rng_below(rng, 3);
    for (int i = 0; i < syllables; i++) {
        strcat(s.of, onsets[en_rng_below(rng, 15)]);
        strncat(s.of, &"aeiou"[en_rng_below(rng, 5)], 1);
        if (en_rng_below(rng, 3) == 0) strncat(s.of, &"nrlmst"[en_rng_below(rng, 6)], 1);
    }
    return s;
}

static void drop_letter(spelling *s, size_t at) { memmove(s->of + at, s->of + at + 1, strlen(s->of + at)); }

/* What lists do to a name: other vowels, letters dropped, swapped or hit wrongly, ends cut off, initials. */
static spelling corrupted_name(en_rng *rng, spelling s) {
    for (int mistakes = 1 + (int)en_rng_below(rng, 2); mistakes > 0; mistakes--) {
        size_t len = strlen(s.of), at = en_rng_below(rng, len - 1);
        char c = s.of[at];
        switch (en_rng_below(rng, 12)) {
        case 0: s.of[1] = 0; return s;
        case 1: s.of[len - 2] = 0; break;
        case 2:
        case 3:
            s.of[at] = s.of[at + 1];
            s.of[at + 1] = c;
            break;
        case 4:
        case 5: drop_letter(&s, at); break;
        case 6: s.of[at] = (char)('a' + en_rng_below(rng, 26)); break;
        default:
            at = strcspn(s.of, "aeiou");
            if (s.of[at]) s.of[at] = "aeiou"[en_rng_below(rng, 5)];
        }
        if (strlen(s.of) < 3) return s;
    }
    return s;
}

static spelling invented_date(en_rng *rng) {
    spelling s;
    snprintf(s.of, sizeof s.of, "%d-%02d-%02d", 1920 + (int)en_rng_below(rng, 90), 1 + (int)en_rng_below(rng, 12),
             1 + (int)en_rng_below(rng, 28));
    return s;
}

static spelling corrupted_date(en_rng *rng, spelling s) {
    static const int places[] = {2, 3, 6, 9}; /* of the last digits of each part */
    int year = 0, month = 0, day = 0;
    sscanf(s.of, "%d-%d-%d", &year, &month, &day);
    switch (en_rng_below(rng, 9)) {
    case 0: snprintf(s.of, sizeof s.of, "%d", year); break;
    case 5: snprintf(s.of, sizeof s.of, "%d-%02d-%02d", year, month, 1 + (int)en_rng_below(rng, 28)); break;
    case 1: snprintf(s.of, sizeof s.of, "%d-01-01", year); break;
    case 2: snprintf(s.of, sizeof s.of, "%d-%02d-%02d", year, day, month); break;
    case 3: snprintf(s.of, sizeof s.of, "%d/%d", year - 1, year); break;
    case 4: snprintf(s.of, sizeof s.of, "%d-%02d-%02d", year + 1, month, 1 + (int)en_rng_below(rng, 28)); break;
    default:
        for (int digits = 1 + (int)en_rng_below(rng, 2); digits > 0; digits--)
            s.of[places[en_rng_below(rng, 4)]] = (char)('0' + en_rng_below(rng, 10));
    }
    return s;
}

/* log(m/u) of levels with enough matches, in order, seed fixed; a level may exceed the one before it by .5, about three
 * standard errors where 40 matches meet. */
static void check_order(value_kind kind, int n_levels, spelling invent(en_rng *),
                        spelling corrupt(en_rng *, spelling)) {
    enum { PAIRS = 6000 };
    double m[LEVEL_SLOTS] = {0}, u[LEVEL_SLOTS] = {0}, before = INFINITY;
    static link_value of[PAIRS], written[PAIRS];
    en_rng rng;
    en_rng_init(&rng, 7, (uint64_t)kind);
    for (int i = 0; i < PAIRS; i++) {
        spelling right = invent(&rng), wrong = corrupt(&rng, right);
        of[i] = read_as(kind, en_arena_strdup(reader.arena, en_str_of(right.of)));
        written[i] = read_as(kind, en_arena_strdup(reader.arena, en_str_of(wrong.of)));
        m[level_of(kind, of[i], written[i])]++;
    }
    for (int i = 0; i < 100 * PAIRS; i++) {
        int a = (int)en_rng_below(&rng, PAIRS), b = (int)en_rng_below(&rng, PAIRS);
        if (a != b) u[link_level(kind, &of[a], &written[b])] += 0.01;
    }
    for (int l = 2; l <= n_levels; l++) {
        if (m[l] < 40) continue;
        double weight = log((m[l] + .5) / (u[l] + .5));
        assert_true(weight <= before + .5);
        before = weight;
    }
}

static void better_levels_weigh_more(void **state) {
    (void)state;
    check_order(KIND_NAME, LEVEL_NAME_DIFFERENT, invented_name, corrupted_name);
    check_order(KIND_DATE, DATE_DIFFERENT, invented_date, corrupted_date);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_by_how_alike),
        cmocka_unit_test(names_meet_by_sounds),
        cmocka_unit_test(names_of_several_words),
        cmocka_unit_test_teardown(names_by_short_forms, forget_tables),
        cmocka_unit_test_teardown(places_by_distance, forget_tables),
        cmocka_unit_test(dates_by_common_mistakes),
        cmocka_unit_test(dates_of_ages),
        cmocka_unit_test(dates_with_two_digits_of_a_year),
        cmocka_unit_test(dates_that_are_none_do_not_fail),
        cmocka_unit_test(numbers_and_bands),
        cmocka_unit_test(identifiers_and_codes),
        cmocka_unit_test(free_text_by_its_rare_words),
        cmocka_unit_test(better_levels_weigh_more),
    };
    return cmocka_run_group_tests(tests, open_reader, close_reader);
}
