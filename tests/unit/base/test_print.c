/* Words that are cut stay whole characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/print.h"

static void a_split_character_is_left_out(void **state) {
    (void)state;
    char out[12];
    assert_int_equal(en_print(out, sizeof out, "\"%.5s\" ok", "слово"),
                     9); /* a precision of 5 bytes splits the third */
    assert_string_equal(out, "\"сл\" ok");
    assert_int_equal(en_print(out, sizeof out, "%s", "abcdefghijсk"), 10); /* the end of the room splits it */
    assert_string_equal(out, "abcdefghij");
    assert_int_equal(en_print(out, 4, "%s", "😀!"), 0);
    assert_int_equal(en_print(out, 5, "%s", "😀!"), 4);
    assert_int_equal(en_print(out, sizeof out, "a%sb", "\xD1\x81\xD1"), 4); /* what was broken before goes too */
    assert_string_equal(out, "aсb");
}

static void a_long_name_ends_at_a_word(void **state) {
    (void)state;
    char out[EN_SHORT];
    assert_string_equal(en_shorten("Civil register", 14, out), "Civil register");
    assert_string_equal(en_shorten("Civil register of the valley", 14, out), "Civil register…");
    assert_string_equal(en_shorten("Civil register of the valley", 13, out), "Civil…");
    assert_string_equal(en_shorten("Гражданский реестр", 15, out), "Гражданский…");
    assert_string_equal(en_shorten("سجلات المستشفيين", 3, out), "سجل…");
    assert_string_equal(en_shorten("", 3, out), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_split_character_is_left_out),
                                       cmocka_unit_test(a_long_name_ends_at_a_word)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
