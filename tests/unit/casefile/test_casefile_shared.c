/* Two at once: who finds the case changed is told so, who finds it busy waits; and the same commands give the same
 * bytes under fixed time and randomness, on any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "casefile_fixture.h"

static void judge_once(en_case *c, int64_t entry, int64_t ordinal) {
    en_judgement j = {.record_a = {entry, ordinal}, .record_b = {entry, ordinal + 1}, .judged = "same"};
    must(en_case_begin(c, "tester", "judge", &err));
    must(en_case_add_judgement(c, &j, &err));
    must(en_case_commit(c, NULL, &err));
}

static void changed_case_is_a_conflict(void **state) {
    (void)state;
    en_case *slow, *fast;
    char head[65];
    make_case();
    must(en_case_open(case_path, true, &slow, &err));
    must(en_case_open(case_path, true, &fast, &err));
    must(en_case_head(slow, head, &err));
    judge_once(fast, 2, 4);
    judge_once(fast, 2, 8); /* one's own commits are no change */
    assert_int_equal(en_case_begin(slow, "tester", "link", &err), EN_ERR_CONFLICT);
    assert_non_null(strstr(err.message, "the case changed"));
    assert_int_equal(en_case_head(slow, head, &err), EN_ERR_CONFLICT); /* readers too: one snapshot a handle */
    en_case_close(slow);
    must(en_case_open(case_path, true, &slow, &err));
    judge_once(slow, 2, 12);
    en_case_close(slow);
    en_case_close(fast);
    assert_int_equal(problems_of(case_path, NULL), 0);
}

static void derived_values_of_others_are_no_change(void **state) {
    (void)state;
    en_case *reader, *writer;
    en_str value;
    en_arena *arena = en_arena_new();
    make_case();
    must(en_case_open(case_path, false, &reader, &err));
    must(en_case_open(case_path, true, &writer, &err));
    must(en_case_put_derived(writer, "figure", "x", EN_LIT("12"), &err));
    must(en_case_get_derived(reader, "figure", "x", arena, &value, &err));
    assert_int_equal(value.len, 2);
    assert_int_equal(en_case_get_derived(reader, "figure", "y", arena, &value, &err), EN_ERR_NOT_FOUND);
    assert_int_equal(en_case_put_derived(reader, "figure", "x", EN_LIT("13"), &err), EN_ERR_USAGE);
    en_case_close(reader);
    en_case_close(writer);
    en_arena_free(arena);
    assert_int_equal(problems_of(case_path, NULL), 0);
}

/* Another process that holds the case for a third of a second, then lets it be. */
static pid_t hold_in_a_child(int *ready) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child != 0) {
        close(ends[1]);
        *ready = ends[0];
        return child;
    }
    en_case *c;
    struct timespec third = {0, 333000000};
    if (en_case_open(case_path, true, &c, NULL) != EN_OK || en_case_begin(c, "other", "link", NULL) != EN_OK) _exit(1);
    if (write(ends[1], "x", 1) != 1) _exit(1);
    nanosleep(&third, NULL);
    en_case_close(c);
    _exit(0);
}

static void busy_case_is_waited_for(void **state) {
    (void)state;
    en_case *c;
    int ready, child_status;
    char x;
    make_case();
    pid_t child = hold_in_a_child(&ready);
    assert_int_equal(read(ready, &x, 1), 1);
    assert_int_equal(problems_of(case_path, NULL), 0); /* a writer at work is no damage */
    must(en_case_open(case_path, true, &c, &err));
    judge_once(c, 2, 4);
    en_case_close(c);
    close(ready);
    waitpid(child, &child_status, 0);
    assert_int_equal(child_status, 0);
}

/* Who waits less than the other works is told that it is busy, and has changed nothing. */
static void busy_case_is_given_up(void **state) {
    (void)state;
    en_case *c;
    int ready, child_status;
    char x, before[65], after[65];
    make_case();
    pid_t child = hold_in_a_child(&ready);
    assert_int_equal(read(ready, &x, 1), 1);
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_head(c, before, &err)); /* reading goes on meanwhile */
    en_case_set_patience(c, 20);
    assert_int_equal(en_case_begin(c, "tester", "judge", &err), EN_ERR_CONFLICT);
    assert_non_null(strstr(err.message, "busy"));
    en_derived value = {"x", EN_LIT("12")};
    assert_int_equal(en_case_replace_derived(c, "figure", &value, 1, &err), EN_ERR_CONFLICT);
    waitpid(child, &child_status, 0);
    assert_int_equal(child_status, 0);
    close(ready);
    must(en_case_head(c, after, &err));
    assert_string_equal(before, after);
    judge_once(c, 2, 4);
    must(en_case_replace_derived(c, "figure", &value, 1, &err));
    must(en_case_replace_derived(c, "figure", NULL, 0, &err));
    en_case_close(c);
    assert_int_equal(problems_of(case_path, NULL), 0);
}

/* In a process of its own, since the test source of randomness counts its calls. */
static void make_in_a_child(const char *path, int threads) {
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        static list l;
        en_case *c;
        imported first, second;
        setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
        setenv("EVERYNAME_TEST_RANDOM", "7", 1);
        must(en_case_create(path, "tester", &err));
        must(en_case_open(path, true, &c, &err));
        make_list(&l, 3);
        import_list(c, &l, NULL, threads, &first);
        make_list(&l, 4);
        import_list(c, &l, &first, threads, &second);
        link_all(c, &second, 9);
        must(en_case_put_derived(c, "k", "v", EN_LIT("value"), &err));
        en_case_close(c);
        _exit(0);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void same_commands_same_bytes(void **state) {
    (void)state;
    en_buf a = {0}, b = {0};
    make_in_a_child(case_path, 1);
    make_in_a_child(copy_path, 2);
    read_bytes(case_path, &a);
    read_bytes(copy_path, &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.ptr, b.ptr, a.len);
    en_buf_clear(&a);
    en_buf_clear(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(changed_case_is_a_conflict, remove_files),
        cmocka_unit_test_teardown(derived_values_of_others_are_no_change, remove_files),
        cmocka_unit_test_teardown(busy_case_is_waited_for, remove_files),
        cmocka_unit_test_teardown(busy_case_is_given_up, remove_files),
        cmocka_unit_test_teardown(same_commands_same_bytes, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
