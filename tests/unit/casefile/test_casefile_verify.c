/* Damage of every sort is found: single bits anywhere, older copies of single pages, bytes cut off or added. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/rng.h"
#include "casefile_fixture.h"

enum { PAGE = 8192, FLIPS = 200 };

static void whole_case_verifies(void **state) {
    (void)state;
    en_verification v;
    make_case();
    must(en_case_verify(case_path, 2, NULL, &v, &err));
    for (int64_t i = 0; i < v.n_kept; i++)
        print_message("%s: %s: %s\n", v.problems[i].kind, v.problems[i].where, v.problems[i].what);
    assert_int_equal(v.n_problems, 0);
    assert_int_equal(v.entries, 5);
    assert_int_equal(v.captures, 2);
    /* two imports (source, 2 captures, mapping, 2 releases, removal), a link run, a judgement, and what they hold */
    assert_int_equal(v.rows, 7 + 2 * FIXTURE_ROWS + 1 + FIXTURE_ROWS + 1);
    en_verification_clear(&v);
}

static uint32_t word_at(const char *p) {
    const unsigned char *b = (const unsigned char *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void flip_is_found(en_buf *bytes, size_t byte, int bit) {
    bytes->ptr[byte] ^= (char)(1 << bit);
    write_bytes(copy_path, bytes->ptr, bytes->len);
    if (problems_of(copy_path, NULL) == 0) fail_msg("bit %d of byte %zu was flipped and not found", bit, byte);
    bytes->ptr[byte] ^= (char)(1 << bit);
}

static void each_flipped_bit_is_found(void **state) {
    (void)state;
    en_buf bytes = {0};
    en_rng rng;
    make_case();
    read_bytes(case_path, &bytes);
    assert_int_equal(word_at(bytes.ptr + 36), 0); /* no free pages, which nothing would vouch for */
    en_rng_init(&rng, 11, 0);
    for (int i = 0; i < FLIPS; i++) flip_is_found(&bytes, en_rng_u32(&rng) % bytes.len, (int)(en_rng_u32(&rng) % 8));
    for (size_t i = 0; i < 100; i++) flip_is_found(&bytes, i, (int)(en_rng_u32(&rng) % 8));         /* the header */
    for (size_t i = PAGE - 8; i < PAGE; i++) flip_is_found(&bytes, i, (int)(en_rng_u32(&rng) % 8)); /* a checksum */
    en_buf_clear(&bytes);
}

static void older_page_is_found(void **state) {
    (void)state;
    en_buf before = {0}, after = {0};
    en_case *c;
    make_case();
    read_bytes(case_path, &before);
    must(en_case_open(case_path, true, &c, &err));
    fill_case(c, 5);
    en_case_close(c);
    read_bytes(case_path, &after);
    int replaced = 0;
    for (size_t at = 0; at < before.len; at += PAGE) {
        char kept[PAGE];
        if (memcmp(before.ptr + at, after.ptr + at, PAGE) == 0) continue;
        memcpy(kept, after.ptr + at, PAGE);
        memcpy(after.ptr + at, before.ptr + at, PAGE);
        write_bytes(copy_path, after.ptr, after.len);
        if (problems_of(copy_path, NULL) == 0) fail_msg("an older copy of page %zu was not found", at / PAGE + 1);
        memcpy(after.ptr + at, kept, PAGE);
        replaced++;
    }
    assert_true(replaced > 8);
    en_buf_clear(&before);
    en_buf_clear(&after);
}

static void wrong_length_is_found(void **state) {
    (void)state;
    en_buf bytes = {0};
    make_case();
    read_bytes(case_path, &bytes);
    size_t n = bytes.len;
    write_bytes(copy_path, bytes.ptr, n - 1);
    assert_true(problems_of(copy_path, "header") > 0);
    write_bytes(copy_path, bytes.ptr, n - PAGE);
    assert_true(problems_of(copy_path, "header") > 0);
    must(en_buf_add(&bytes, EN_LIT("x"), &err));
    write_bytes(copy_path, bytes.ptr, n + 1);
    assert_true(problems_of(copy_path, "header") > 0);
    en_buf_clear(&bytes);
}

static void damaged_page_is_named_on_reading(void **state) {
    (void)state;
    en_buf bytes = {0};
    en_case *c;
    make_case();
    read_bytes(case_path, &bytes);
    bytes.ptr[2 * PAGE + 100] ^= 1; /* page 2 says who refers to which page */
    write_bytes(copy_path, bytes.ptr, bytes.len);
    assert_int_equal(en_case_open(copy_path, false, &c, &err), EN_ERR_CORRUPT);
    assert_non_null(strstr(err.message, "page 3 "));
    assert_int_equal(err.byte, 2 * PAGE);
    assert_non_null(strstr(err.mend, "verify"));
    en_buf_clear(&bytes);
}

static void not_a_case(void **state) {
    (void)state;
    en_case *c;
    en_verification v;
    write_bytes(case_path, "id,name\n", 8);
    assert_int_equal(en_case_open(case_path, false, &c, &err), EN_ERR_INPUT);
    assert_non_null(strstr(err.message, "not a case"));
    assert_int_equal(en_case_verify(case_path, 1, NULL, &v, &err), EN_ERR_INPUT);
    write_bytes(case_path, "", 0);
    assert_int_equal(en_case_open(case_path, true, &c, &err), EN_ERR_INPUT);
    assert_int_equal(en_case_verify(case_path, 1, NULL, &v, &err), EN_ERR_INPUT);
    assert_int_equal(en_case_create(case_path, "tester", &err), EN_ERR_INPUT); /* never overwritten */
    unlink(case_path);
    assert_int_equal(en_case_open(case_path, false, &c, &err), EN_ERR_NOT_FOUND);
    assert_int_equal(en_case_verify(case_path, 1, NULL, &v, &err), EN_ERR_NOT_FOUND);
}

/* s1 += word + s2; s2 += word + s1, as include/everyname's format has it. */
static void seal_page(char *page) {
    uint32_t s1 = 0, s2 = 0;
    for (int i = 0; i < PAGE - 8; i += 8) {
        uint32_t a, b;
        memcpy(&a, page + i, 4);
        memcpy(&b, page + i + 4, 4);
        s1 += a + s2;
        s2 += b + s1;
    }
    memcpy(page + PAGE - 8, &s1, 4);
    memcpy(page + PAGE - 4, &s2, 4);
}

static void newer_format_is_refused(void **state) {
    (void)state;
    en_buf bytes = {0};
    en_case *c;
    en_verification v;
    make_case();
    read_bytes(case_path, &bytes);
    bytes.ptr[63] = 2;
    seal_page(bytes.ptr);
    write_bytes(copy_path, bytes.ptr, bytes.len);
    assert_int_equal(en_case_open(copy_path, false, &c, &err), EN_ERR_UNSUPPORTED);
    assert_non_null(strstr(err.mend, "newer"));
    assert_int_equal(en_case_verify(copy_path, 1, NULL, &v, &err), EN_ERR_UNSUPPORTED);
    en_buf_clear(&bytes);
}

/* A letter of a row changed and its page given a right checksum again: an alteration on purpose. */
static void altered_row_is_found_by_the_ledger(void **state) {
    (void)state;
    en_buf bytes = {0};
    make_case();
    read_bytes(case_path, &bytes);
    size_t at = 0;
    while (at + 11 < bytes.len && memcmp(bytes.ptr + at, "two fathers", 11) != 0) at++;
    assert_true(at + 11 < bytes.len);
    bytes.ptr[at + 4] = 'b';
    seal_page(bytes.ptr + at / PAGE * PAGE);
    write_bytes(copy_path, bytes.ptr, bytes.len);
    assert_int_equal(problems_of(copy_path, "page"), 0);
    assert_true(problems_of(copy_path, "ledger") > 0);
    en_buf_clear(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(whole_case_verifies, remove_files),
        cmocka_unit_test_teardown(each_flipped_bit_is_found, remove_files),
        cmocka_unit_test_teardown(older_page_is_found, remove_files),
        cmocka_unit_test_teardown(wrong_length_is_found, remove_files),
        cmocka_unit_test_teardown(damaged_page_is_named_on_reading, remove_files),
        cmocka_unit_test_teardown(not_a_case, remove_files),
        cmocka_unit_test_teardown(newer_format_is_refused, remove_files),
        cmocka_unit_test_teardown(altered_row_is_found_by_the_ledger, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
