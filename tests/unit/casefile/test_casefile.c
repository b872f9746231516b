/* A case made, filled, closed and read again: every byte and every row comes back, and ids find their rows. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "casefile/case.h"
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

/* ---- what is stored once, what revokes what ---- */

static void equal_bytes_and_mappings_are_stored_once(void **state) {
    (void)state;
    static list l;
    imported first, second;
    en_case *c;
    en_buf bytes = {0};
    make_list(&l, 1);
    must(en_case_create(case_path, "tester", &err));
    must(en_case_open(case_path, true, &c, &err));
    import_list(c, &l, NULL, 1, &first);
    import_list(c, &l, NULL, 1, &second);
    assert_true(en_id_eq(first.mapping, second.mapping));
    assert_false(en_id_eq(first.capture.id, second.capture.id));
    en_case_close(c);
    read_bytes(case_path, &bytes);
    int found = 0;
    for (size_t i = 0; i + 20 < bytes.len; i++) found += memcmp(bytes.ptr + i, "17,row 134624 of lis", 20) == 0;
    assert_int_equal(found, 1);
    assert_int_equal(problems_of(case_path, NULL), 0);
    en_buf_clear(&bytes);
}

static void large_and_empty_captures_come_back(void **state) {
    (void)state;
    enum { SIZE = (5 << 19) + 13 }; /* two and a half chunks, and a little */
    en_case *c;
    en_str back;
    en_capture large = {.url = "large"}, empty = {.url = "empty"};
    en_arena *arena = en_arena_new();
    char *bytes = malloc(SIZE);
    assert_non_null(bytes);
    for (int i = 0; i < SIZE; i++) bytes[i] = (char)(i * 31 + i / 4096);
    must(en_case_create(case_path, "tester", &err));
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "tester", "import", &err));
    must(en_case_add_capture(c, &large, (en_str){bytes, SIZE}, &err));
    must(en_case_add_capture(c, &empty, EN_LIT(""), &err));
    must(en_case_capture_bytes(c, large.id, arena, &back, &err)); /* also before the commit */
    must(en_case_commit(c, NULL, &err));
    assert_int_equal(back.len, SIZE);
    assert_memory_equal(back.ptr, bytes, SIZE);
    must(en_case_capture_bytes(c, empty.id, arena, &back, &err));
    assert_int_equal(back.len, 0);
    en_case_close(c);
    assert_int_equal(problems_of(case_path, NULL), 0);
    en_arena_free(arena);
    free(bytes);
}

static void newest_judgement_of_a_pair_is_in_force(void **state) {
    (void)state;
    en_case *c;
    en_judgement *all, second = {.record_a = {2, 6}, .record_b = {2, 5}, .judged = "same", .by = "tester"},
                       first = {.record_a = {2, 5}, .record_b = {2, 6}, .judged = "unsure", .why = "\"one\"\n\x01 é"},
                       wrong = {.record_a = {2, 5}, .record_b = {2, 6}, .judged = "maybe"},
                       missing = {.record_a = {2, 5}, .record_b = {2, 60000}, .judged = "same"};
    int64_t n;
    en_arena *arena = en_arena_new();
    make_case();
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_begin(c, "tester", "judge", &err));
    must(en_case_add_judgement(c, &first, &err));
    must(en_case_add_judgement(c, &second, &err));
    assert_int_equal(en_case_add_judgement(c, &wrong, &err), EN_ERR_INPUT);
    assert_int_equal(en_case_add_judgement(c, &missing, &err), EN_ERR_NOT_FOUND);
    must(en_case_commit(c, NULL, &err));
    must(en_case_judgements(c, arena, &all, &n, &err));
    assert_int_equal(n, 3);
    assert_true(en_id_eq(all[0].revoked_by, EN_ID_NONE)); /* of another pair */
    assert_string_equal(all[1].why, first.why);
    assert_true(en_id_eq(all[1].revoked_by, second.id));
    assert_true(en_id_eq(all[2].revoked_by, EN_ID_NONE));
    assert_string_equal(all[2].by, "tester");
    en_case_close(c);
    assert_int_equal(problems_of(case_path, NULL), 0);
    en_arena_free(arena);
}

/* ---- link runs, removals, entries ---- */

static void link_runs_come_back(void **state) {
    (void)state;
    en_case *c;
    en_link_run run;
    en_id *records, *persons, *removed, *newer;
    float *weakest;
    int64_t n;
    en_arena *arena = en_arena_new();
    make_case();
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_last_link_run(c, arena, &run, &err));
    assert_true(run.seed == UINT64_MAX - 1);
    assert_string_equal(run.model, "{\"prior\":0.01}");
    must(en_case_memberships(c, run.id, arena, &records, &persons, &weakest, &n, &err));
    assert_int_equal(n, FIXTURE_ROWS);
    assert_int_equal(persons[3].ordinal, records[2].ordinal);
    assert_true(weakest[3] == 0.9f);
    must(en_case_removals(c, arena, &removed, &newer, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(removed[0].entry, 2);
    assert_int_equal(newer[0].entry, 3);
    assert_int_equal(en_case_link_run_before(c, run.id.entry - 1, arena, &run, &err), EN_ERR_NOT_FOUND);
    must(en_case_link_run_before(c, run.id.entry, arena, &run, &err));
    en_link_run alone = {.model = "{}", .n_records = 1, .n_persons = 1};
    float unknown = NAN;
    must(en_case_begin(c, "tester", "link", &err));
    must(en_case_add_link_run(c, &alone, records, records, &unknown, 1, &err));
    must(en_case_commit(c, NULL, &err));
    must(en_case_memberships(c, alone.id, arena, NULL, NULL, &weakest, &n, &err));
    assert_true(n == 1 && isnan(weakest[0]));
    en_case_close(c);
    assert_int_equal(problems_of(case_path, NULL), 0);
    en_arena_free(arena);
}

static void entries_come_back(void **state) {
    (void)state;
    en_case *c;
    en_entry *entries;
    int64_t n;
    char head[65], hex[EN_HASH_HEX];
    en_arena *arena = en_arena_new();
    make_case();
    must(en_case_open(case_path, false, &c, &err));
    must(en_case_entries(c, arena, &entries, &n, &err));
    assert_int_equal(n, 5);
    assert_string_equal(entries[0].command, "new");
    assert_string_equal(entries[3].command, "link");
    assert_string_equal(entries[4].actor, "tester");
    assert_int_equal(entries[3].rows, FIXTURE_ROWS + 1);
    must(en_case_head(c, head, &err));
    en_hex(entries[4].head, EN_HASH, hex);
    assert_string_equal(head, hex);
    assert_int_equal(en_case_begin(c, "tester", "link", &err), EN_ERR_USAGE); /* opened for reading */
    en_case_close(c);
    en_arena_free(arena);
}

/* ---- ids ---- */

static void parse_fails(en_case *c, const char *text, en_status expected) {
    char kind;
    en_id id;
    assert_int_equal(en_case_parse_id(c, text, &kind, &id, &err), expected);
    assert_true(err.mend[0]);
}

static void wrong_ids_are_refused(void **state) {
    (void)state;
    en_case *c;
    char text[EN_ID_TEXT], kind;
    en_id id;
    make_case();
    must(en_case_open(case_path, false, &c, &err));
    static const char *const malformed[] = {"",          "r",        "r:",        "r:xyz.1",
                                            "r:12ab",    "r:12ab.",  "r:12ab.x",  "?:12ab.1",
                                            "r:12ab.-1", "r:12AB.1", "r:12ab.01", "r:12ab.99999999999"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) parse_fails(c, malformed[i], EN_ERR_INPUT);
    must(en_case_print_id(c, 'n', (en_id){3, 0}, text, &err));
    must(en_case_parse_id(c, text, &kind, &id, &err));
    assert_true(kind == 'n' && en_id_eq(id, (en_id){3, 0}));
    must(en_case_print_id(c, 'r', (en_id){3, 60000}, text, &err));
    parse_fails(c, text, EN_ERR_NOT_FOUND); /* no such record */
    must(en_case_print_id(c, 's', (en_id){2, 1}, text, &err));
    parse_fails(c, text, EN_ERR_NOT_FOUND); /* a capture, not a source */
    assert_int_equal(en_case_print_id(c, 'r', (en_id){9, 0}, text, &err), EN_ERR_NOT_FOUND);
    assert_int_equal(en_case_print_id(c, 'x', (en_id){3, 0}, text, &err), EN_ERR_USAGE);
    en_case_close(c);
}

/* Randoms that share their first 5, 9 and 32 digits but one: each is printed with just the digits that tell it apart.
 */
static void ids_grow_when_ambiguous(void **state) {
    (void)state;
    static const unsigned char randoms[4][EN_RANDOM] = {
        {0x12, 0x34, 0x56, 0x78, 0x90}, {0x12, 0x34, 0x56, 0x78, 0x9a}, {0x12, 0x34, 0x5f}, {0xab, 0xcd}};
    static const char *const expected[4] = {"r:1234567890.7", "r:123456789a.7", "r:12345f.7", "r:abcd.7"};
    char text[EN_ID_TEXT];
    en_case c = {0};
    for (int i = 0; i < 4; i++) must(en_known_add(&c, randoms[3 - i], &err));
    for (int i = 0; i < 4; i++) {
        must(en_case_print_id(&c, 'r', (en_id){4 - i, 7}, text, &err));
        assert_string_equal(text, expected[i]);
    }
    c.in_memory = true; /* nothing to look up but the entries */
    parse_fails(&c, "n:12345", EN_ERR_INPUT);
    assert_non_null(strstr(err.message, "ambiguous"));
    parse_fails(&c, "n:1235", EN_ERR_NOT_FOUND);
    en_known_drop_last(&c);
    must(en_case_print_id(&c, 'n', (en_id){3, 0}, text, &err));
    assert_string_equal(text, "n:123456");
    free(c.known);
    free(c.by_random);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(comes_back, remove_files),
        cmocka_unit_test_teardown(equal_bytes_and_mappings_are_stored_once, remove_files),
        cmocka_unit_test_teardown(large_and_empty_captures_come_back, remove_files),
        cmocka_unit_test_teardown(newest_judgement_of_a_pair_is_in_force, remove_files),
        cmocka_unit_test_teardown(link_runs_come_back, remove_files),
        cmocka_unit_test_teardown(entries_come_back, remove_files),
        cmocka_unit_test_teardown(wrong_ids_are_refused, remove_files),
        cmocka_unit_test(ids_grow_when_ambiguous),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
