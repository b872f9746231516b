/* A case made, filled, closed and read again: every byte and every row comes back, and ids find their rows. */
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
#include "everyname/casefile.h"

static char folder[] = "/tmp/everyname-casefile-XXXXXX";
static char case_path[128];
static en_error err;

static void must(en_status status) {
    char text[1024];
    if (status == EN_OK) return;
    en_error_format(&err, text, sizeof text);
    fail_msg("%s: %s", en_status_name(status), text);
}

static int set_up_folder(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return 1;
    snprintf(case_path, sizeof case_path, "%s/a.everyname", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static int remove_case(void **state) {
    (void)state;
    unlink(case_path);
    return 0;
}

enum { ROWS = 1000 };
typedef struct list {
    char text[ROWS * 40];
    int64_t offsets[ROWS], lengths[ROWS];
    size_t len;
} list;

static void make_list(list *l, int seed) {
    l->len = 0;
    for (int i = 0; i < ROWS; i++) {
        l->offsets[i] = (int64_t)l->len;
        l->lengths[i] = sprintf(l->text + l->len, "%d,row %d of list %d", i, i * 7919, seed);
        l->len += (size_t)l->lengths[i];
        l->text[l->len++] = '\n';
    }
}

typedef struct imported {
    en_id source, release;
    en_capture capture;
    int64_t first;
} imported;

static void import_list(en_case *c, const list *l, imported *out) {
    *out = (imported){0};
    en_source source = {.title = "List \"A\"\n", .kind = "list", .publisher = "An office", .relation = "NGO"};
    must(en_case_begin(c, "tester", "import", &err));
    must(en_case_add_source(c, &source, &out->source, &err));
    out->capture =
        (en_capture){.media_type = "text/csv", .url = "a.csv", .collected_by = "tester", .collected_at = 1700000000};
    must(en_case_add_capture(c, &out->capture, (en_str){l->text, l->len}, &err));
    en_release release = {.source = out->source, .capture = out->capture.id, .label = "1", .released = "2024-03"};
    must(en_case_add_mapping(c, "{\"name\":\"name\"}", &release.mapping, &err));
    must(en_case_add_release(c, &release, (en_str){l->text, l->len}, l->offsets, l->lengths, ROWS, &out->first, 2, NULL,
                             &err));
    out->release = release.id;
    must(en_case_commit(c, NULL, &err));
}

static void verifies(void) {
    en_verification v;
    must(en_case_verify(case_path, 2, NULL, &v, &err));
    for (int64_t i = 0; i < v.n_kept; i++)
        print_message("%s: %s: %s\n", v.problems[i].kind, v.problems[i].where, v.problems[i].what);
    assert_int_equal(v.n_problems, 0);
    assert_true(v.pages > 0);
    en_verification_clear(&v);
}

static void comes_back(void **state) {
    (void)state;
    static list l;
    imported in;
    en_case *c;
    make_list(&l, 1);
    must(en_case_create(case_path, "tester", &err));
    must(en_case_open(case_path, true, &c, &err));
    import_list(c, &l, &in);
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
    assert_int_equal(releases[0].n_records, ROWS);
    assert_true(en_id_eq(releases[0].source, sources[0].id));
    const char *json;
    must(en_case_mapping(c, releases[0].mapping, arena, &json, &err));
    assert_string_equal(json, "{\"name\":\"name\"}");
    en_id *ids;
    must(en_case_records(c, releases[0].id, arena, &ids, &offsets, &lengths, &n, &err));
    assert_int_equal(n, ROWS);
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
    verifies();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(comes_back, remove_case),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
