/* String similarity against the plain matrix, on random strings of all lengths around the 64-letter word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "everyname/text.h"

enum { LONGEST = 200 };

static int matrix_distance(en_str a, en_str b, bool swaps) {
    static int d[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= a.len; i++)
        for (size_t j = 0; j <= b.len; j++) {
            if (!i || !j) {
                d[i][j] = (int)(i + j);
                continue;
            }
            int best = d[i - 1][j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
            if (swaps && i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[a.len][b.len];
}

static en_str random_string(en_rng *rng, char *buf, size_t longest, int letters) {
    size_t len = en_rng_below(rng, longest + 1);
    for (size_t i = 0; i < len; i++) buf[i] = (char)('a' + en_rng_below(rng, (uint64_t)letters));
    return (en_str){buf, len};
}

/* A copy with a few letters changed, dropped, doubled or swapped. */
static en_str near_copy(en_rng *rng, en_str s, char *buf) {
    memcpy(buf, s.ptr, s.len);
    size_t len = s.len;
    for (int edits = (int)en_rng_below(rng, 4); edits > 0 && len > 2 && len < LONGEST - 1; edits--) {
        size_t at = en_rng_below(rng, len - 1);
        char c = buf[at];
        switch (en_rng_below(rng, 3)) {
        case 0: buf[at] = 'z'; break;
        case 1: memmove(buf + at, buf + at + 1, --len - at); break;
        default: buf[at] = buf[at + 1]; buf[at + 1] = c;
        }
    }
    return (en_str){buf, len};
}

static void test_distances_against_matrix(void **state) {
    (void)state;
    static const size_t longest[] = {3, 12, 64, 66, 130, LONGEST};
    char a_buf[LONGEST + 1], b_buf[LONGEST + 1];
    en_rng rng;
    en_rng_init(&rng, 1, 0);
    for (int i = 0; i < 6000; i++) {
        en_str a = random_string(&rng, a_buf, longest[i % 6], 2 + i % 9);
        en_str b = i % 2 ? near_copy(&rng, a, b_buf) : random_string(&rng, b_buf, longest[i % 6], 2 + i % 9);
        assert_int_equal(en_levenshtein(a, b), matrix_distance(a, b, false));
        assert_int_equal(en_damerau(a, b), matrix_distance(a, b, true));
        assert_int_equal(en_damerau(b, a), en_damerau(a, b));
    }
}

/* Published examples (Winkler 1990; Cohen, Ravikumar and Fienberg 2003). */
static void test_jaro_winkler_examples(void **state) {
    (void)state;
    assert_float_equal(en_jaro(EN_LIT("martha"), EN_LIT("marhta")), .944444, 1e-6);
    assert_float_equal(en_jaro_winkler(EN_LIT("martha"), EN_LIT("marhta")), .961111, 1e-6);
    assert_float_equal(en_jaro(EN_LIT("dixon"), EN_LIT("dicksonx")), .766667, 1e-6);
    assert_float_equal(en_jaro_winkler(EN_LIT("dixon"), EN_LIT("dicksonx")), .813333, 1e-6);
    assert_float_equal(en_jaro(EN_LIT("abc"), EN_LIT("xyz")), 0, 0);
    assert_float_equal(en_jaro(EN_LIT(""), EN_LIT("")), 1, 0);
    assert_float_equal(en_jaro(EN_LIT(""), EN_LIT("a")), 0, 0);
    assert_float_equal(en_jaro_winkler(EN_LIT("same"), EN_LIT("same")), 1, 1e-12);
}

/* Long strings take another path: it has to agree where both can be asked. */
static void test_jaro_is_symmetric_and_bounded(void **state) {
    (void)state;
    char a_buf[LONGEST + 1], b_buf[LONGEST + 1];
    en_rng rng;
    en_rng_init(&rng, 2, 0);
    for (int i = 0; i < 4000; i++) {
        en_str a = random_string(&rng, a_buf, i % 2 ? 20 : LONGEST, 4), b = near_copy(&rng, a, b_buf);
        double x = en_jaro_winkler(a, b);
        assert_true(x >= 0 && x <= 1 + 1e-12);
        if (en_str_eq(a, b))
            assert_float_equal(x, 1, 1e-12);
        else
            assert_true(x < 1);
    }
}

/* One word against many gives the same as two words, up to its bound. */
static void test_word_against_damerau(void **state) {
    (void)state;
    char a_buf[LONGEST + 1], b_buf[LONGEST + 1];
    static en_word word;
    en_rng rng;
    en_rng_init(&rng, 3, 0);
    for (int i = 0; i < 4000; i++) {
        en_str a = random_string(&rng, a_buf, 20, 4), b = near_copy(&rng, a, b_buf);
        int most = i % 6, distance = en_damerau(a, b);
        en_word_set(&word, a);
        int bounded = en_word_distance(&word, b, most);
        if (distance <= most)
            assert_int_equal(bounded, distance);
        else
            assert_true(bounded > most);
        uint32_t gone = en_letters_of(a) & ~en_letters_of(b);
        assert_true(__builtin_popcount(gone) <= distance);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distances_against_matrix),
        cmocka_unit_test(test_jaro_winkler_examples),
        cmocka_unit_test(test_jaro_is_symmetric_and_bounded),
        cmocka_unit_test(test_word_against_damerau),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
