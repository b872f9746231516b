/* What is destroyed is gone from the bytes of the file, what is withheld is not in the copy, and both still verify. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "casefile_fixture.h"

static bool file_holds(const char *path, const char *text) {
    en_buf bytes = {0};
    size_t n = strlen(text);
    bool found = false;
    read_bytes(path, &bytes);
    for (size_t i = 0; !found && i + n <= bytes.len; i++) found = memcmp(bytes.ptr + i, text, n) == 0;
    en_buf_clear(&bytes);
    return found;
}

static en_stripped destroy(en_id id) {
    en_case *c;
    en_stripped out;
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "tester", "destroy", &err));
    must(en_case_destroy(c, id, "tester", "an order", &out, &err));
    must(en_case_commit(c, NULL, &err));
    en_case_close(c);
    return out;
}

/* Row 7 of the fixture's first list reads "7,row 55434 of list 1". */
static void destroyed_record_is_gone_from_the_file(void **state) {
    (void)state;
    en_moment before;
    en_proof proof;
    en_case *c;
    bool extends;
    en_arena *arena = en_arena_new();
    make_case();
    must(en_case_open(case_path, false, &c, &err));
    must(en_case_moment(c, &before, &err));
    en_release *releases;
    en_id *ids;
    int64_t n, *lengths;
    must(en_case_releases(c, arena, &releases, &n, &err));
    must(en_case_records(c, releases[0].id, arena, &ids, NULL, &lengths, &n, &err));
    en_case_close(c);
    assert_true(file_holds(case_path, "row 55434 of list 1"));
    en_stripped out = destroy(ids[7]);
    assert_int_equal(out.records, 1);
    assert_int_equal(out.bytes, lengths[7]);
    assert_false(file_holds(case_path, "row 55434 of list 1"));
    assert_true(file_holds(case_path, "row 47515 of list 1"));
    assert_int_equal(problems_of(case_path, NULL), 0);
    must(en_case_open(case_path, false, &c, &err));
    must(en_case_extends(c, &before, &extends, &proof, &err));
    assert_true(extends);
    must(en_case_records(c, releases[0].id, arena, &ids, NULL, NULL, &n, &err));
    assert_int_equal(n, FIXTURE_ROWS - 1);
    en_case_close(c);
    en_arena_free(arena);
}

static void destroyed_source_takes_all_of_it(void **state) {
    (void)state;
    en_verification v;
    make_case();
    en_stripped out = destroy((en_id){2, 0}); /* the source of both releases */
    assert_int_equal(out.records, 2 * FIXTURE_ROWS);
    assert_int_equal(out.captures, 2);
    assert_false(file_holds(case_path, "of list"));
    assert_false(file_holds(case_path, "two fathers"));
    must(en_case_verify(case_path, 2, NULL, &v, &err));
    assert_int_equal(v.n_problems, 0);
    assert_int_equal(v.n_destroyed, 1);
    assert_string_equal(v.destroyed[0].why, "an order");
    en_verification_clear(&v);
}

static void what_holds_the_case_together_stays(void **state) {
    (void)state;
    en_case *c;
    en_stripped out;
    make_case();
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "tester", "destroy", &err));
    assert_int_equal(en_case_destroy(c, (en_id){2, 3}, "tester", "why", &out, &err), EN_ERR_INPUT); /* a release */
    assert_int_equal(en_case_destroy(c, (en_id){2, 0}, "tester", "", &out, &err), EN_ERR_USAGE);
    assert_int_equal(en_case_destroy(c, (en_id){9, 0}, "tester", "why", &out, &err), EN_ERR_NOT_FOUND);
    en_case_rollback(c);
    en_case_close(c);
    assert_int_equal(problems_of(case_path, NULL), 0);
}

static void mark(const char *body) {
    en_case *c;
    en_id id;
    char text[200], ref[EN_REF_TEXT];
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "Another Coder", "add", &err));
    must(en_case_ref(c, (en_id){2, 4 + 7}, ref, &err)); /* record 7 of the first release */
    snprintf(text, sizeof text, "{\"of\":\"%s\",%s}", ref, body);
    must(en_case_add_row(c, "confidentiality", text, &id, &err));
    must(en_case_commit(c, NULL, &err));
    en_case_close(c);
}

static void redacted_copy_verifies_without_what_was_marked(void **state) {
    (void)state;
    en_stripped out;
    en_moment original, copy;
    en_case *c;
    make_case();
    mark("\"level\":\"secret\"");
    must(en_case_redact(case_path, copy_path, NULL, EN_LIT(""), NULL, &out, &err));
    assert_int_equal(out.records, 1);
    assert_false(file_holds(copy_path, "row 55434 of list 1"));
    assert_true(file_holds(copy_path, "row 47515 of list 1"));
    assert_false(file_holds(copy_path, "tester"));
    assert_false(file_holds(copy_path, "Another Coder"));
    assert_int_equal(problems_of(copy_path, NULL), 0);
    must(en_case_open(case_path, false, &c, &err));
    must(en_case_moment(c, &original, &err));
    en_case_close(c);
    must(en_case_open(copy_path, true, &c, &err));
    must(en_case_moment(c, &copy, &err));
    assert_memory_equal(&original, &copy, sizeof copy);
    assert_int_equal(en_case_begin(c, "tester", "import", &err), EN_ERR_UNSUPPORTED);
    en_case_close(c);
}

static void public_mark_withholds_nothing(void **state) {
    (void)state;
    en_stripped out;
    make_case();
    mark("\"level\":\"public\"");
    must(en_case_redact(case_path, copy_path, NULL, EN_LIT(""), NULL, &out, &err));
    assert_int_equal(out.rows, 0);
    assert_int_equal(problems_of(copy_path, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(destroyed_record_is_gone_from_the_file, remove_files),
        cmocka_unit_test_teardown(destroyed_source_takes_all_of_it, remove_files),
        cmocka_unit_test_teardown(what_holds_the_case_together_stays, remove_files),
        cmocka_unit_test_teardown(redacted_copy_verifies_without_what_was_marked, remove_files),
        cmocka_unit_test_teardown(public_mark_withholds_nothing, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
