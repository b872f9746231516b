/* Another program gets its input, gives its output, and is stopped at its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"

static const en_os_limits plenty = {.seconds = 30, .memory = 1ll << 30, .output = 64 << 20};
static en_error err;

static void input_comes_out(void **state) {
    (void)state;
    static const char *const argv[] = {"cat", NULL};
    size_t n = 3 << 20; /* more than a pipe holds, both ways at once */
    char *bytes = malloc(n);
    en_buf out = {0};
    int code = -1;
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++) bytes[i] = (char)(i * 31 >> 3);
    assert_int_equal(en_os_run(argv, (en_str){bytes, n}, &plenty, &out, &code, &err), EN_OK);
    assert_int_equal(code, 0);
    assert_int_equal(out.len, n);
    assert_memory_equal(out.ptr, bytes, n);
    en_buf_clear(&out);
    free(bytes);
}

static void ends_are_told(void **state) {
    (void)state;
    static const char *const fails[] = {"sh", "-c", "exit 7", NULL}, *const missing[] = {"no-such-program-here", NULL};
    static const char *const writes[] = {"sh", "-c", "echo x > \"$0\"", "/tmp/everyname-must-not-be", NULL};
    en_buf out = {0};
    int code = -1;
    assert_int_equal(en_os_run(fails, EN_LIT("unread"), &plenty, &out, &code, &err), EN_OK);
    assert_int_equal(code, 7);
    assert_int_equal(en_os_run(missing, EN_LIT(""), &plenty, &out, &code, &err), EN_ERR_NOT_FOUND);
    assert_int_equal(en_os_run(writes, EN_LIT(""), &plenty, &out, &code, &err), EN_OK);
    assert_int_not_equal(code, 0);
    remove(writes[3]);
    en_buf_clear(&out);
}

static void limits_hold(void **state) {
    (void)state;
    static const char *const endless[] = {"yes", NULL}, *const idle[] = {"sleep", "60", NULL};
    en_os_limits little = {.seconds = .2, .memory = 1ll << 30, .output = 100000};
    en_buf out = {0};
    int code;
    double began = en_os_seconds();
    assert_int_equal(en_os_run(idle, EN_LIT(""), &little, &out, &code, &err), EN_ERR_LIMIT);
    little.seconds = 30;
    assert_int_equal(en_os_run(endless, EN_LIT(""), &little, &out, &code, &err), EN_ERR_LIMIT);
    assert_true(en_os_seconds() - began < 30);
    en_buf_clear(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(input_comes_out), cmocka_unit_test(ends_are_told),
                                       cmocka_unit_test(limits_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
