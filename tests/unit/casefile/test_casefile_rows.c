/* Rows of any kind: canonical bytes whatever the order of members, letters, references, revocations of revocations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "casefile_fixture.h"

static en_case *begin(void) {
    en_case *c;
    must(en_case_create(case_path, "tester", &err));
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "tester", "add", &err));
    return c;
}

static void add_revocation(en_case *c, en_id of, en_id *out) {
    char ref[EN_REF_TEXT], json[128];
    must(en_case_ref(c, of, ref, &err));
    snprintf(json, sizeof json, "{\"of\":\"%s\"}", ref);
    must(en_case_add_row(c, "revocation", json, out, &err));
}

static void bodies_are_canonical(void **state) {
    (void)state;
    en_case *c = begin();
    en_arena *arena = en_arena_new();
    en_id id;
    en_row row;
    must(en_case_add_row(
        c, "figure",
        " { \"unit\":\"person\", \"best\" : 12,\"empty\":\"\",\"none\":null,\n"
        "\"quote\":\"\\u0022a\\u0022 "
        "\\u000b\\u00e9\",\"event\":{\"place\":\"Sovand\",\"date\":\"\"},\"of\":[],\"period\":{\"from\":\"\"}}",
        &id, &err));
    must(en_case_commit(c, NULL, &err));
    must(en_case_row(c, id, arena, &row, &err));
    assert_string_equal(row.kind, "figure");
    assert_string_equal(
        row.body,
        "{\"best\":12,\"event\":{\"place\":\"Sovand\"},\"quote\":\"\\\"a\\\" \\u000bé\",\"unit\":\"person\"}");
    assert_int_equal(problems_of(case_path, NULL), 0);
    en_arena_free(arena);
    en_case_close(c);
}

static void what_is_no_row_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"", "[]", "{\"a\":1.5}", "{\"A b\":1}", "{\"a\":1,\"a\":2}"};
    en_case *c = begin();
    en_id id;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(en_case_add_row(c, "figure", wrong[i], &id, &err), EN_ERR_INPUT);
    assert_int_equal(en_case_add_row(c, "source", "{}", &id, &err), EN_ERR_USAGE);
    assert_int_equal(en_case_add_row(c, "nothing", "{}", &id, &err), EN_ERR_USAGE);
    must(en_case_add_row(c, "actor", "{\"name\":\"The Harbour Authority\"}", &id, &err));
    must(en_case_commit(c, NULL, &err));
    en_case_close(c);
}

static void letters_find_their_rows(void **state) {
    (void)state;
    en_case *c = begin();
    char text[EN_ID_TEXT], letter, ref[EN_REF_TEXT];
    en_id id, found;
    must(en_case_add_row(c, "status_event", "{\"status\":\"missing\"}", &id, &err));
    must(en_case_commit(c, NULL, &err));
    must(en_case_print_id(c, en_letter_of_kind("status_event"), id, text, &err));
    assert_int_equal(text[0], 'S');
    must(en_case_parse_id(c, text, &letter, &found, &err));
    assert_true(en_id_eq(id, found));
    text[0] = 'K';
    assert_int_equal(en_case_parse_id(c, text, &letter, &found, &err), EN_ERR_NOT_FOUND);
    must(en_case_ref(c, id, ref, &err));
    must(en_case_deref(c, ref, &found, &err));
    assert_true(en_id_eq(id, found));
    for (int i = 'A'; i <= 'z'; i++)
        if (en_kind_of_letter((char)i)) assert_int_equal(en_letter_of_kind(en_kind_of_letter((char)i)), i);
    en_case_close(c);
}

static void revocations_can_be_revoked(void **state) {
    (void)state;
    en_case *c = begin();
    en_arena *arena = en_arena_new();
    en_id kept, taken_back, restored, first, second, third;
    en_row *rows;
    int64_t n;
    must(en_case_add_row(c, "kinship", "{\"relation\":\"mother\"}", &kept, &err));
    must(en_case_add_row(c, "kinship", "{\"relation\":\"father\"}", &taken_back, &err));
    must(en_case_add_row(c, "kinship", "{\"relation\":\"sister\"}", &restored, &err));
    add_revocation(c, taken_back, &first);
    add_revocation(c, restored, &second);
    add_revocation(c, second, &third);
    must(en_case_commit(c, NULL, &err));
    must(en_case_rows(c, "kinship", arena, &rows, &n, &err));
    assert_int_equal(n, 3);
    assert_true(en_id_eq(rows[0].revoked_by, EN_ID_NONE));
    assert_true(en_id_eq(rows[1].revoked_by, first));
    assert_true(en_id_eq(rows[2].revoked_by, EN_ID_NONE));
    must(en_case_entry_rows(c, kept.entry, arena, &rows, &n, &err));
    assert_int_equal(n, 6);
    assert_true(en_id_eq(rows[4].revoked_by, third));
    en_arena_free(arena);
    en_case_close(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(bodies_are_canonical, remove_files),
        cmocka_unit_test_teardown(what_is_no_row_is_refused, remove_files),
        cmocka_unit_test_teardown(letters_find_their_rows, remove_files),
        cmocka_unit_test_teardown(revocations_can_be_revoked, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
