/* Loops on several threads: the same results, the first failure, and an end when asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"
#include "base/parallel.h"
#include "base/rng.h"

enum { TASKS = 500 };

static en_status draw_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker, (void)err;
    en_rng rng;
    en_rng_init(&rng, 11, task);
    ((double *)ctx)[task] = en_rng_gamma(&rng, 2.5);
    return EN_OK;
}

static void test_same_on_any_threads(void **state) {
    (void)state;
    static double alone[TASKS], together[TASKS];
    assert_int_equal(en_parallel_for(TASKS, 1, draw_task, alone, "draw", NULL, NULL), EN_OK);
    for (int threads = 2; threads <= 8; threads++) {
        memset(together, 0, sizeof together);
        assert_int_equal(en_parallel_for(TASKS, threads, draw_task, together, "draw", NULL, NULL), EN_OK);
        assert_memory_equal(alone, together, sizeof alone);
    }
    assert_int_equal(en_parallel_for(0, 4, draw_task, NULL, "draw", NULL, NULL), EN_OK);
    assert_int_equal(en_parallel_workers(3, 8), 3);
    assert_int_equal(en_parallel_workers(0, 8), 1);
}

static en_status fail_from_twenty(void *ctx, size_t task, int worker, en_error *err) {
    (void)ctx, (void)worker;
    if (task < 20) return EN_OK;
    /* the lowest to fail is the last to say so */
    for (double until = en_os_seconds() + (task == 20 ? .02 : 0); en_os_seconds() < until;) continue;
    return en_fail(err, EN_ERR_INPUT, "task %zu", task);
}

static void test_lowest_failure(void **state) {
    (void)state;
    for (int threads = 1; threads <= 8; threads++) {
        en_error err;
        assert_int_equal(en_parallel_for(TASKS, threads, fail_from_twenty, NULL, "fail", NULL, &err), EN_ERR_INPUT);
        assert_string_equal(err.message, "task 20");
    }
}

static bool refuse_step(void *ctx, const char *phase, uint64_t done, uint64_t total) {
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

static en_status slow_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)task, (void)worker, (void)err;
    (void)ctx;
    for (double until = en_os_seconds() + .01; en_os_seconds() < until;) continue;
    return EN_OK;
}

static void test_cancel(void **state) {
    (void)state;
    en_progress progress = {NULL, refuse_step};
    double from = en_os_seconds();
    for (int threads = 1; threads <= 4; threads += 3) {
        en_error err;
        assert_int_equal(en_parallel_for(5000, threads, slow_task, NULL, "wait", &progress, &err), EN_ERR_CANCELLED);
        assert_int_equal(err.status, EN_ERR_CANCELLED);
    }
    assert_true(en_os_seconds() - from < 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_on_any_threads),
        cmocka_unit_test(test_lowest_failure),
        cmocka_unit_test(test_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
