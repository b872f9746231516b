/* An encrypted case: opened by its passphrases alone, no plain text on the disk, every change found. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/os.h"
#include "base/rng.h"
#include "casefile/case_keys.h"
#include "casefile_fixture.h"

enum { PAGE = 8192, FLIPS = 40 };

static void skip_without_cipher(void) {
    if (!en_page_vfs_cipher()) skip();
}

static void opens_by_each_passphrase_and_by_no_other(void **state) {
    (void)state;
    skip_without_cipher();
    en_case *c;
    en_error other;
    make_encrypted_case();
    assert_true(en_case_is_encrypted(case_path));
    must(en_case_add_key(case_path, "second", EN_LIT("another passphrase"), &err));
    assert_int_equal(en_case_add_key(case_path, "second", EN_LIT("yet another one"), &err), EN_ERR_INPUT);
    en_case_lock_all();
    assert_int_equal(en_case_open(case_path, false, &c, &err), EN_ERR_LOCKED);
    assert_int_equal(en_case_unlock(case_path, EN_LIT("four words that rhymed"), &err), EN_ERR_LOCKED);
    assert_int_equal(en_case_unlock(case_path, EN_LIT(""), &other), EN_ERR_LOCKED);
    assert_string_equal(err.message, other.message);
    must(en_case_unlock(case_path, EN_LIT("another passphrase"), &err));
    assert_int_equal(entries_of(case_path), 5);
    must(en_case_remove_key(case_path, "tester", &err));
    assert_int_equal(en_case_remove_key(case_path, "second", &err), EN_ERR_INPUT); /* the last one */
    en_case_lock_all();
    assert_int_equal(en_case_unlock(case_path, FIXTURE_PASSPHRASE, &err), EN_ERR_LOCKED);
    must(en_case_unlock(case_path, EN_LIT("another passphrase"), &err));
    assert_int_equal(problems_of(case_path, NULL), 0);
}

static void needs_its_file_of_keys(void **state) {
    (void)state;
    skip_without_cipher();
    char keys[160];
    en_case *c;
    make_encrypted_case();
    snprintf(keys, sizeof keys, "%s.keys", case_path);
    assert_int_equal(en_case_create_encrypted(case_path, "t", "t", FIXTURE_PASSPHRASE, &err), EN_ERR_INPUT);
    write_bytes(keys, "{}", 2);
    assert_int_equal(en_case_open(case_path, false, &c, &err), EN_ERR_CORRUPT);
    unlink(keys);
    assert_true(en_case_is_encrypted(case_path));
    assert_int_equal(en_case_open(case_path, false, &c, &err), EN_ERR_LOCKED);
    assert_non_null(strstr(err.mend, ".keys"));
}

/* SQLite's cipher and ours write the same pages: what SQLite wrote, ours opens. */
static void our_cipher_is_that_of_sqlite(void **state) {
    (void)state;
    skip_without_cipher();
    make_encrypted_case(); /* made by ours, then written by SQLite's */
    assert_int_equal(problems_of(case_path, NULL), 0);
    unsigned char key[EN_DATA_KEY] = {1}, mark[EN_CASE_MARK] = {2}, page[PAGE] = {3}, kept[PAGE];
    memcpy(page, "SQLite format 3", 16);
    memcpy(kept, page, PAGE);
    for (uint32_t number = 1; number < 200; number++) { /* counters near their wrap included, by chance of the nonce */
        en_page_seal(key, mark, number, page);
        assert_false(en_page_open(key, number + 1, page));
        assert_true(en_page_open(key, number, page));
        assert_memory_equal(page, kept, PAGE - EN_CIPHER_RESERVED);
    }
}

/* ---- nothing in clear ---- */

static bool holds(const en_buf *bytes, const char *text) {
    size_t n = strlen(text);
    for (size_t i = 0; i + n <= bytes->len; i++)
        if (memcmp(bytes->ptr + i, text, n) == 0) return true;
    return false;
}

/* Texts of every sort that the fixture stores: of a capture, a source, a model, a judgement, an actor, the schema. Of
 * five bytes or more: four stand somewhere in 160 MB of any ciphertext once in 27 runs, five once in 7,000. */
static void assert_nothing_in_clear(const char *path) {
    static const char *const texts[] = {"row 7",  "An office", "prior",  "two fathers", "tester",
                                        "CREATE", "counts",    "SQLite", "aaaaaaaa"};
    en_buf bytes = {0};
    read_bytes(path, &bytes);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (holds(&bytes, texts[i])) fail_msg("%s holds \"%s\" in clear", path, texts[i]);
    en_buf_clear(&bytes);
}

/* Files that this process has open, as Linux tells it: also those that have no name any more. */
static void assert_open_files_are_ours(void) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char link[300], target[300];
        snprintf(link, sizeof link, "/proc/self/fd/%.20s", entry->d_name);
        ssize_t n = readlink(link, target, sizeof target - 1);
        target[n > 0 ? n : 0] = 0;
        if (strstr(target, "/tmp") && !strstr(target, "everyname-casefile-"))
            if (strstr(target, "etilqs")) fail_msg("SQLite opened a temporary file, %s", target);
    }
    closedir(folder);
}

static void nothing_is_in_clear(void **state) {
    (void)state;
    skip_without_cipher();
    char journal[160];
    en_case *c;
    static list l;
    make_encrypted_case();
    assert_nothing_in_clear(case_path);
    /* In the middle of a command that replaced values: its journal has pages of before. */
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "tester", "import", &err));
    make_list(&l, 9);
    en_capture capture = {.media_type = "text/csv"};
    must(en_case_add_capture(c, &capture, (en_str){l.text, l.len}, &err));
    must(en_case_put_derived(c, "counts", "large", EN_LIT("aaaaaaaaaaaa"), &err));
    assert_open_files_are_ours();
    snprintf(journal, sizeof journal, "%s-journal", case_path);
    assert_true(en_os_exists(journal));
    assert_nothing_in_clear(journal);
    must(en_case_commit(c, NULL, &err));
    assert_open_files_are_ours();
    en_case_close(c);
    assert_nothing_in_clear(case_path);
}

/* More than the page cache holds, so that pages go to the file and their originals to the journal before the commit. */
static void large_command_spills_nothing_in_clear(void **state) {
    (void)state;
    skip_without_cipher();
    enum { LARGE = 80 << 20 };
    char journal[160], *text = malloc(LARGE);
    en_case *c;
    assert_non_null(text);
    for (size_t i = 0; i < LARGE; i += 8) memcpy(text + i, "row 7777", 8);
    make_encrypted_case();
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "tester", "import", &err));
    en_capture capture = {.media_type = "text/plain"};
    must(en_case_add_capture(c, &capture, (en_str){text, LARGE}, &err));
    must(en_case_put_derived(c, "counts", "large", (en_str){text, 1 << 20}, &err));
    snprintf(journal, sizeof journal, "%s-journal", case_path);
    assert_nothing_in_clear(journal);
    assert_nothing_in_clear(case_path);
    assert_open_files_are_ours();
    en_case_rollback(c);
    en_case_close(c);
    assert_int_equal(problems_of(case_path, NULL), 0);
    assert_nothing_in_clear(case_path);
    free(text);
}

/* ---- changes are found ---- */

static void copy_keys(void) {
    char from[160], to[160];
    en_buf bytes = {0};
    snprintf(from, sizeof from, "%s.keys", case_path);
    snprintf(to, sizeof to, "%s.keys", copy_path);
    read_bytes(from, &bytes);
    write_bytes(to, bytes.ptr, bytes.len);
    en_buf_clear(&bytes);
}

static void flip_is_found(en_buf *bytes, size_t byte, int bit) {
    bytes->ptr[byte] ^= (char)(1 << bit);
    write_bytes(copy_path, bytes->ptr, bytes->len);
    if (problems_of(copy_path, NULL) == 0) fail_msg("bit %d of byte %zu was flipped and not found", bit, byte);
    bytes->ptr[byte] ^= (char)(1 << bit);
}

static void each_flipped_bit_is_found(void **state) {
    (void)state;
    skip_without_cipher();
    en_buf bytes = {0};
    en_rng rng;
    make_encrypted_case();
    copy_keys();
    read_bytes(case_path, &bytes);
    en_rng_init(&rng, 12, 0);
    for (int i = 0; i < FLIPS; i++) flip_is_found(&bytes, en_rng_u32(&rng) % bytes.len, (int)(en_rng_u32(&rng) % 8));
    for (size_t i = 0; i < 40; i += 2) flip_is_found(&bytes, i, (int)(en_rng_u32(&rng) % 8));           /* the header */
    for (size_t i = PAGE - 32; i < PAGE; i += 2) flip_is_found(&bytes, i, (int)(en_rng_u32(&rng) % 8)); /* nonce, tag */
    en_buf_clear(&bytes);
}

/* SQLite encrypts a page anew, under another nonce, also where it has not changed. */
static bool same_content(const unsigned char *key, size_t at, const char *one, const char *other) {
    unsigned char a[PAGE], b[PAGE];
    memcpy(a, one, PAGE);
    memcpy(b, other, PAGE);
    return en_page_open(key, (uint32_t)(at / PAGE + 1), a) && en_page_open(key, (uint32_t)(at / PAGE + 1), b) &&
           memcmp(a, b, PAGE - EN_CIPHER_RESERVED) == 0;
}

static void older_and_swapped_pages_are_found(void **state) {
    (void)state;
    skip_without_cipher();
    en_buf before = {0}, after = {0};
    en_case *c;
    make_encrypted_case();
    copy_keys();
    read_bytes(case_path, &before);
    must(en_case_open(case_path, true, &c, &err));
    fill_case(c, 5);
    en_case_close(c);
    read_bytes(case_path, &after);
    int replaced = 0;
    unsigned char key[EN_DATA_KEY];
    must(en_case_unlocked_key(case_path, (const unsigned char *)after.ptr, key, &err));
    for (size_t at = 0; at < before.len; at += PAGE) {
        char kept[PAGE];
        memcpy(kept, after.ptr + at, PAGE);
        for (int which = 0; which < 2; which++) {
            const char *other = which ? after.ptr + (at + PAGE) % after.len : before.ptr + at;
            if (same_content(key, at, other, kept)) continue;
            memcpy(after.ptr + at, other, PAGE);
            write_bytes(copy_path, after.ptr, after.len);
            if (problems_of(copy_path, NULL) == 0)
                fail_msg("%s page in place of page %zu was not found", which ? "the next" : "an older", at / PAGE + 1);
            replaced++;
        }
        memcpy(after.ptr + at, kept, PAGE);
    }
    assert_true(replaced > 16);
    en_buf_clear(&before);
    en_buf_clear(&after);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(opens_by_each_passphrase_and_by_no_other, remove_files),
        cmocka_unit_test_teardown(needs_its_file_of_keys, remove_files),
        cmocka_unit_test_teardown(our_cipher_is_that_of_sqlite, remove_files),
        cmocka_unit_test_teardown(nothing_is_in_clear, remove_files),
        cmocka_unit_test_teardown(large_command_spills_nothing_in_clear, remove_files),
        cmocka_unit_test_teardown(each_flipped_bit_is_found, remove_files),
        cmocka_unit_test_teardown(older_and_swapped_pages_are_found, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
