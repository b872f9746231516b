/* Errors, strings, arenas, buffers, maps and files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/os.h"

static void test_error_text(void **state) {
    (void)state;
    en_error err;
    char text[256], small[8];
    assert_int_equal(en_fail(&err, EN_ERR_INPUT, "\"%s\" is not a date", "x"), EN_ERR_INPUT);
    en_error_at(&err, "deaths.csv", 4182, "born", -1);
    assert_int_equal(en_error_mend(&err, "use --date-order"), EN_ERR_INPUT);
    const char *expected = "deaths.csv:4182: column \"born\": \"x\" is not a date; use --date-order";
    assert_int_equal(en_error_format(&err, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
    assert_int_equal(en_error_format(&err, small, sizeof small), strlen(expected));
    assert_string_equal(small, "deaths.");
    assert_int_equal(en_fail(NULL, EN_ERR_IO, "unseen"), EN_ERR_IO);
    en_fail(&err, EN_ERR_IO, "again: %s", err.message); /* an argument within the error itself */
    assert_string_equal(err.message, "again: \"x\" is not a date");
}

static void test_error_keeps_characters_whole(void **state) {
    (void)state;
    en_error err;
    char longer[1200];
    for (size_t i = 0; i + 1 < sizeof longer; i += 2) memcpy(longer + i, "\xC3\xA9", 2);
    longer[1198] = 0;
    en_fail(&err, EN_ERR_INPUT, "%s", longer);
    assert_int_equal(strlen(err.message), 510); /* of 511 places the last would hold half a character */
    en_error_at(&err, longer, -1, longer + 2, -1);
    assert_int_equal(strlen(err.file), 254);
    assert_int_equal(strlen(err.column), 126);
}

static void test_strings(void **state) {
    (void)state;
    assert_true(en_str_eq(en_str_trim(EN_LIT(" \t a b\r\n")), EN_LIT("a b")));
    assert_true(en_str_eq(en_str_of(NULL), EN_LIT("")));
    assert_true(en_str_cmp(EN_LIT("ab"), EN_LIT("abc")) < 0);
    assert_true(en_str_cmp(EN_LIT("\xC3"), EN_LIT("a")) > 0);
    assert_true(en_str_hash(EN_LIT("12345678")) != en_str_hash(EN_LIT("12345679")));
    assert_true(en_str_hash(EN_LIT("a")) != en_str_hash((en_str){"a\0", 2}));
}

static void fill_arena(void) {
    en_arena *arena = en_arena_new();
    assert_non_null(arena);
    for (size_t size = 0; size < 200000; size = size * 2 + 1) {
        unsigned char *item = en_arena_alloc(arena, size);
        assert_non_null(item);
        assert_int_equal((uintptr_t)item % 16, 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(item[i], 0);
        memset(item, 0xAB, size);
    }
    assert_string_equal(en_arena_strdup(arena, (en_str){"abcdef", 3}), "abc");
    assert_null(en_arena_alloc(arena, SIZE_MAX - 8));
    en_arena_free(arena);
}

static void test_arena(void **state) {
    (void)state;
    fill_arena();
    setenv("EVERYNAME_ARENA_DEBUG", "1", 1);
    fill_arena();
    unsetenv("EVERYNAME_ARENA_DEBUG");
    en_arena_free(NULL);
}

static void test_buf(void **state) {
    (void)state;
    en_buf buf = {0};
    for (int i = 0; i < 1000; i++) assert_int_equal(en_buf_addf(&buf, NULL, "%d,", i), EN_OK);
    assert_int_equal(buf.len, 3890);
    assert_memory_equal(buf.ptr + buf.len - 4, "999,", 5);
    assert_int_equal(en_buf_reserve(&buf, SIZE_MAX - 10, NULL), EN_ERR_MEMORY);
    en_buf_clear(&buf);
    assert_int_equal(en_buf_str(&buf).len, 0);
}

static void test_map(void **state) {
    (void)state;
    enum { KEYS = 100000 };
    en_map map = {0};
    char key[32];
    int32_t number;
    bool added;
    assert_int_equal(en_map_find(&map, EN_LIT("k")), -1);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < KEYS; i++) {
            snprintf(key, sizeof key, "key %d", i * 7);
            assert_int_equal(en_map_intern(&map, en_str_of(key), &number, &added, NULL), EN_OK);
            assert_int_equal(number, i);
            assert_int_equal(added, round == 0);
        }
    assert_int_equal(map.len, KEYS);
    assert_true(en_str_eq(en_map_key(&map, 3), EN_LIT("key 21")));
    assert_int_equal(en_map_find(&map, EN_LIT("key 1")), -1);
    assert_int_equal(en_map_intern(&map, EN_LIT(""), &number, &added, NULL), EN_OK);
    assert_int_equal(en_map_find(&map, EN_LIT("")), KEYS);
    en_map_clear(&map);
}

static void check_holds(const char *path, const char *expected) {
    en_os_map map;
    assert_int_equal(en_os_map_file(path, &map, NULL), EN_OK);
    assert_true(en_str_eq(map.bytes, en_str_of(expected)));
    en_os_unmap(&map);
}

/* The only name in `folder` is "kept": nothing that was written beside it stays behind. */
static void check_only_kept(const char *folder) {
    en_buf names = {0};
    assert_int_equal(en_os_list_dir(folder, &names, NULL), EN_OK);
    assert_true(en_str_eq(en_buf_str(&names), EN_LIT("kept")));
    en_buf_clear(&names);
}

static void test_files(void **state) {
    (void)state;
    char top[] = "/tmp/everyname-test-XXXXXX", folder[64], path[80];
    en_error err;
    en_os_map map;
    assert_non_null(mkdtemp(top));
    snprintf(folder, sizeof folder, "%s/a/b", top);
    snprintf(path, sizeof path, "%s/kept", folder);
    assert_int_equal(en_os_make_dirs(folder, &err), EN_OK);
    assert_int_equal(en_os_write_file(path, EN_LIT("old"), &err), EN_OK);
    assert_int_equal(en_os_write_file(path, EN_LIT("new"), &err), EN_OK);
    check_holds(path, "new");
    check_only_kept(folder);
    assert_int_equal(en_os_make_dirs(path, &err), EN_ERR_IO);
    assert_int_equal(en_os_write_file(folder, EN_LIT("x"), &err), EN_ERR_IO); /* a folder cannot be replaced */
    check_only_kept(folder);
    assert_int_equal(en_os_map_file(folder, &map, &err), EN_ERR_INPUT);
    assert_int_equal(en_os_write_file(path, EN_LIT(""), &err), EN_OK);
    check_holds(path, "");
    check_holds("/dev/null", "");
    assert_int_equal(en_os_write_file("/dev/null", EN_LIT("x"), &err), EN_OK);
    assert_int_equal(remove(path), 0);
    assert_int_equal(en_os_map_file(path, &map, &err), EN_ERR_NOT_FOUND);
    assert_string_equal(err.file, path);
    assert_true(err.mend[0]);
    assert_int_equal(remove(folder), 0);
    *strrchr(folder, '/') = 0;
    assert_int_equal(remove(folder), 0);
    assert_int_equal(remove(top), 0);
}

static void test_clock_and_random(void **state) {
    (void)state;
    setenv("SOURCE_DATE_EPOCH", "12345", 1);
    assert_int_equal(en_os_now(), 12345);
    unsetenv("SOURCE_DATE_EPOCH");
    unsigned char a[600], b[600];
    assert_int_equal(en_os_random(a, sizeof a, NULL), EN_OK);
    assert_int_equal(en_os_random(b, sizeof b, NULL), EN_OK);
    assert_memory_not_equal(a, b, sizeof a);
    assert_memory_not_equal(a + 400, b + 400, 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error_text), cmocka_unit_test(test_error_keeps_characters_whole),
        cmocka_unit_test(test_strings),    cmocka_unit_test(test_arena),
        cmocka_unit_test(test_buf),        cmocka_unit_test(test_map),
        cmocka_unit_test(test_files),      cmocka_unit_test(test_clock_and_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
