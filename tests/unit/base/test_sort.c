/* Radix sort of keys and strings against plain comparison. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "base/sort.h"

static void keys_stay_in_order_among_equals(void **state) {
    (void)state;
    enum { N = 3000 };
    static en_keyed items[N], scratch[N];
    en_rng rng;
    en_rng_init(&rng, 3, 0);
    for (int n = 0; n < N; n = n * 3 + 1) {
        for (int32_t i = 0; i < n; i++) items[i] = (en_keyed){en_rng_u64(&rng) % 700 << (i % 2 ? 40 : 0), i};
        en_sort_keyed(items, scratch, (size_t)n);
        for (int i = 1; i < n; i++) {
            assert_true(items[i - 1].key <= items[i].key);
            if (items[i - 1].key == items[i].key) assert_true(items[i - 1].of < items[i].of);
        }
    }
}

static void check(const en_str *strings, int32_t n) {
    int32_t *order = malloc(((size_t)n + 1) * sizeof *order);
    assert_int_equal(en_sort_strings(strings, n, order, NULL), EN_OK);
    for (int32_t i = 1; i < n; i++) {
        int way = en_str_cmp(strings[order[i - 1]], strings[order[i]]);
        assert_true(way < 0 || (way == 0 && order[i - 1] < order[i]));
    }
    free(order);
}

static void strings_sort_bytewise(void **state) {
    (void)state;
    enum { N = 4000, MOST = 40 };
    static char bytes[N][MOST];
    static en_str strings[N];
    en_rng rng;
    en_rng_init(&rng, 4, 0);
    for (int i = 0; i < N; i++) {
        size_t len = en_rng_below(&rng, MOST);
        for (size_t k = 0; k < len; k++) bytes[i][k] = "ab\0\xff"[en_rng_below(&rng, k < 12 ? 2 : 4)];
        strings[i] = (en_str){bytes[i], len};
    }
    check(strings, N);
    check(strings, 1);
    check(strings, 0);
}

/* Each the beginning of the next, with ends that look like NUL bytes: what eight bytes a step parts worst. */
static void beginnings_come_first(void **state) {
    (void)state;
    enum { N = 600 };
    static char zeros[N];
    static en_str strings[2 * N];
    for (size_t i = 0; i < N; i++) strings[i] = (en_str){zeros, N - i}, strings[N + i] = (en_str){zeros, i};
    check(strings, 2 * N);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_stay_in_order_among_equals),
        cmocka_unit_test(strings_sort_bytewise),
        cmocka_unit_test(beginnings_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
