/* A case made, filled, closed and read again: every byte and every row comes back, and ids find their rows. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "casefile/hash.h"
#include "casefile_fixture.h"

static void comes_back(void **state) {
    (void)state;
    static list l;
    imported in;
    en_case *c;
    make_list(&l, 1);
    must(en_case_create(case_path, "tester", &err));
    must(en_case_open(case_path, true, &c, &err));
    import_list(c, &l, NULL, 2, &in);
    en_case_close(c);

    en_arena *arena = en_arena_new();
    must(en_case_open(case_path, false, &c, &err));
    en_source *sources;
    en_capture *captures;
    en_release *releases;
    int64_t n, *offsets, *lengths;
    must(en_case_sources(c, arena, &sources, &n, &err));
    assert_int_equal(n, 1);
    assert_string_equal(sources[0].title, "List \"A\"\n");
    assert_string_equal(sources[0].relation, "NGO");
    assert_string_equal(sources[0].grade, "");
    must(en_case_captures(c, arena, &captures, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(captures[0].collected_at, 1700000000);
    assert_memory_equal(captures[0].sha256, in.capture.sha256, 32);
    en_str bytes;
    must(en_case_capture_bytes(c, captures[0].id, arena, &bytes, &err));
    assert_int_equal(bytes.len, l.len);
    assert_memory_equal(bytes.ptr, l.text, l.len);
    must(en_case_releases(c, arena, &releases, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(releases[0].n_records, FIXTURE_ROWS);
    assert_true(en_id_eq(releases[0].source, sources[0].id));
    const char *json;
    must(en_case_mapping(c, releases[0].mapping, arena, &json, &err));
    assert_string_equal(json, "{\"name\":\"name\"}");
    en_id *ids;
    must(en_case_records(c, releases[0].id, arena, &ids, &offsets, &lengths, &n, &err));
    assert_int_equal(n, FIXTURE_ROWS);
    assert_memory_equal(offsets, l.offsets, sizeof l.offsets);
    assert_memory_equal(lengths, l.lengths, sizeof l.lengths);
    en_id release, capture;
    int64_t offset, length;
    must(en_case_record(c, ids[17], &release, &capture, &offset, &length, &err));
    assert_true(en_id_eq(release, in.release));
    assert_true(en_id_eq(capture, in.capture.id));
    assert_int_equal(offset, l.offsets[17]);
    char text[EN_ID_TEXT], kind;
    en_id parsed;
    must(en_case_print_id(c, 'r', ids[17], text, &err));
    must(en_case_parse_id(c, text, &kind, &parsed, &err));
    assert_int_equal(kind, 'r');
    assert_true(en_id_eq(parsed, ids[17]));
    en_arena_free(arena);
    en_case_close(c);
    assert_int_equal(problems_of(case_path, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(comes_back, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
