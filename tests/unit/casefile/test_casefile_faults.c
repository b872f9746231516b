/* Each write, sync, truncation and deletion made to fail in turn, once or for good, and a full disk: the case is as it
 * was before the command or as it is after it, and the error says which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "casefile/page_vfs.h"
#include "casefile_fixture.h"

/* One import, given up at the first failure. */
static en_status try_import(const char *path, const list *l) {
    en_case *c;
    en_id source = EN_ID_NONE;
    en_source about = {.title = "List B"};
    en_capture capture = {.url = "b.csv"};
    EN_TRY(en_case_open(path, true, &c, &err));
    en_status status = en_case_begin(c, "tester", "import", &err);
    if (status == EN_OK) status = en_case_add_source(c, &about, &source, &err);
    if (status == EN_OK) status = en_case_add_capture(c, &capture, (en_str){l->text, l->len}, &err);
    en_release release = {.source = source, .capture = capture.id};
    if (status == EN_OK)
        status = en_case_add_release(c, &release, (en_str){l->text, l->len}, l->offsets, l->lengths, FIXTURE_ROWS, NULL,
                                     1, NULL, &err);
    if (status == EN_OK) status = en_case_commit(c, NULL, &err);
    en_case_close(c);
    return status;
}

static void fail_each(en_fault_kind kind, bool sticky) {
    static list l;
    en_buf before = {0};
    make_case();
    make_list(&l, 77);
    read_bytes(case_path, &before);
    int64_t entries = entries_of(case_path);
    write_bytes(copy_path, before.ptr, before.len);
    en_page_vfs_fail(0, kind, sticky);
    must(try_import(copy_path, &l));
    long operations = en_page_vfs_operations(), failures = 0;
    assert_true(operations > 10);
    for (long n = 1; n <= operations; n++) {
        write_bytes(copy_path, before.ptr, before.len);
        en_page_vfs_fail(n, kind, sticky);
        en_status status = try_import(copy_path, &l);
        en_page_vfs_fail(0, kind, false);
        if (status != EN_OK) {
            failures++;
            assert_int_equal(status, EN_ERR_IO);
            assert_true(err.message[0] && err.mend[0]);
            if (kind == EN_FAULT_FULL) assert_non_null(strstr(err.message, "full"));
        }
        bool journal;
        assert_int_equal(problems_but_a_journal(copy_path, &journal), 0);
        assert_int_equal(entries_of(copy_path), entries + (status == EN_OK)); /* opening takes a journal back */
        if (journal) assert_int_equal(problems_of(copy_path, NULL), 0);
    }
    assert_true(failures > operations / 2);
    en_buf_clear(&before);
}

static void one_failure(void **state) {
    (void)state;
    fail_each(EN_FAULT_IO, false);
}
static void failing_for_good(void **state) {
    (void)state;
    fail_each(EN_FAULT_IO, true);
}
static void disk_full(void **state) {
    (void)state;
    fail_each(EN_FAULT_FULL, true);
}

/* What comes after a failure in the same command cannot slip in by itself. */
static void failed_command_takes_nothing_more(void **state) {
    (void)state;
    en_case *c;
    en_id id;
    en_source source = {.title = "not \xff UTF-8"}, good = {.title = "good"};
    make_case();
    int64_t entries = entries_of(case_path);
    must(en_case_open(case_path, true, &c, &err));
    assert_int_equal(en_case_add_source(c, &good, &id, &err), EN_ERR_USAGE); /* no command begun */
    must(en_case_begin(c, "tester", "import", &err));
    assert_int_equal(en_case_add_source(c, &source, &id, &err), EN_ERR_INPUT);
    must(en_case_add_source(c, &good, &id, &err)); /* nothing had been stored */
    en_case_rollback(c);
    assert_int_equal(en_case_begin(c, "", "import", &err), EN_ERR_USAGE);
    en_case_close(c);
    assert_int_equal(entries_of(case_path), entries);
    assert_int_equal(problems_of(case_path, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(one_failure, remove_files),
        cmocka_unit_test_teardown(failing_for_good, remove_files),
        cmocka_unit_test_teardown(disk_full, remove_files),
        cmocka_unit_test_teardown(failed_command_takes_nothing_more, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
