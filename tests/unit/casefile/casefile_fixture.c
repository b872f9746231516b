#include "casefile_fixture.h"

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

static char folder[] = "/tmp/everyname-casefile-XXXXXX";
char case_path[128], copy_path[128];
en_error err;

int set_up_folder(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return 1;
    snprintf(case_path, sizeof case_path, "%s/a.everyname", folder);
    snprintf(copy_path, sizeof copy_path, "%s/b.everyname", folder);
    return 0;
}

int remove_files(void **state) {
    (void)state;
    static const char *const endings[] = {"", "-journal", ".keys"};
    char path[160];
    for (int i = 0; i < 6; i++) {
        snprintf(path, sizeof path, "%s%s", i % 2 ? copy_path : case_path, endings[i / 2]);
        unlink(path);
    }
    return 0;
}

int remove_folder(void **state) {
    remove_files(state);
    return rmdir(folder);
}

void must(en_status status) {
    char text[1024];
    if (status == EN_OK) return;
    en_error_format(&err, text, sizeof text);
    fail_msg("%s: %s", en_status_name(status), text);
}

void make_list(list *l, int seed) {
    l->len = 0;
    for (int i = 0; i < FIXTURE_ROWS; i++) {
        l->offsets[i] = (int64_t)l->len;
        l->lengths[i] = sprintf(l->text + l->len, "%d,row %d of list %d", i, i * 7919 + seed, seed);
        l->len += (size_t)l->lengths[i];
        l->text[l->len++] = '\n';
    }
}

void import_list(en_case *c, const list *l, const imported *previous, int threads, imported *out) {
    *out = (imported){0};
    en_source source = {.title = "List \"A\"\n", .kind = "list", .publisher = "An office", .relation = "NGO"};
    must(en_case_begin(c, "tester", "import", &err));
    if (previous)
        out->source = previous->source;
    else
        must(en_case_add_source(c, &source, &out->source, &err));
    out->capture =
        (en_capture){.media_type = "text/csv", .url = "a.csv", .collected_by = "tester", .collected_at = 1700000000};
    must(en_case_add_capture(c, &out->capture, (en_str){l->text, l->len}, &err));
    en_release release = {.source = out->source, .capture = out->capture.id, .label = "1", .released = "2024-03"};
    if (previous) release.supersedes = previous->release;
    must(en_case_add_mapping(c, "{\"name\":\"name\"}", &out->mapping, &err));
    release.mapping = out->mapping;
    must(en_case_add_release(c, &release, (en_str){l->text, l->len}, l->offsets, l->lengths, FIXTURE_ROWS, &out->first,
                             threads, NULL, &err));
    out->release = release.id;
    if (previous) {
        en_id gone = {previous->release.entry, previous->first};
        must(en_case_add_removals(c, release.id, &gone, 1, &err));
    }
    must(en_case_commit(c, NULL, &err));
}

void link_all(en_case *c, const imported *in, uint64_t seed) {
    en_id records[FIXTURE_ROWS], persons[FIXTURE_ROWS];
    float weakest[FIXTURE_ROWS];
    for (int i = 0; i < FIXTURE_ROWS; i++) {
        records[i] = (en_id){in->release.entry, in->first + i};
        persons[i] = (en_id){in->release.entry, in->first + i / 2 * 2};
        weakest[i] = i % 2 ? 0.9f : 1.0f;
    }
    en_link_run run = {
        .model = "{\"prior\":0.01}", .seed = seed, .n_records = FIXTURE_ROWS, .n_persons = FIXTURE_ROWS / 2};
    must(en_case_begin(c, "tester", "link", &err));
    must(en_case_add_link_run(c, &run, records, persons, weakest, FIXTURE_ROWS, &err));
    must(en_case_commit(c, NULL, &err));
}

static void derive(en_case *c, const char *key, size_t n, char fill) {
    char *value = malloc(n + 1);
    assert_non_null(value);
    memset(value, fill, n);
    must(en_case_put_derived(c, "counts", key, (en_str){value, n}, &err));
    free(value);
}

void fill_case(en_case *c, int seed) {
    static list l;
    imported first, second;
    make_list(&l, seed);
    import_list(c, &l, NULL, 2, &first);
    make_list(&l, seed + 1);
    import_list(c, &l, &first, 1, &second);
    link_all(c, &second, UINT64_MAX - (uint64_t)seed);
    en_judgement judgement = {.record_a = {second.release.entry, second.first},
                              .record_b = {second.release.entry, second.first + 1},
                              .judged = "different",
                              .why = "two fathers",
                              .by = "tester"};
    must(en_case_begin(c, "tester", "judge", &err));
    must(en_case_add_judgement(c, &judgement, &err));
    must(en_case_commit(c, NULL, &err));
    derive(c, "large", 100000, 'a');
    derive(c, "small", 100 + (size_t)seed, 'b');
    derive(c, "large", 30000, 'c');
}

void make_case(void) {
    en_case *c;
    must(en_case_create(case_path, "tester", &err));
    must(en_case_open(case_path, true, &c, &err));
    fill_case(c, 1);
    en_case_close(c);
}

void make_encrypted_case(void) {
    en_case *c;
    must(en_case_create_encrypted(case_path, "tester", "tester", FIXTURE_PASSPHRASE, &err));
    must(en_case_open(case_path, true, &c, &err));
    fill_case(c, 1);
    en_case_close(c);
}

void read_bytes(const char *path, en_buf *out) {
    en_os_map map;
    must(en_os_map_file(path, &map, &err));
    must(en_buf_add(out, map.bytes, &err));
    en_os_unmap(&map);
}

void write_bytes(const char *path, const void *bytes, size_t n) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

int64_t problems_of(const char *path, const char *kind) {
    en_verification v;
    int64_t n = 0;
    must(en_case_verify(path, 1, NULL, &v, &err));
    for (int64_t i = 0; i < v.n_kept; i++) n += !kind || strcmp(v.problems[i].kind, kind) == 0;
    en_verification_clear(&v);
    return n;
}

int64_t problems_but_a_journal(const char *path, bool *journal) {
    en_verification v;
    must(en_case_verify(path, 1, NULL, &v, &err));
    int64_t n = v.n_problems;
    *journal = n > 0 && strcmp(v.problems[0].kind, "journal") == 0;
    en_verification_clear(&v);
    return n - *journal;
}

int64_t entries_of(const char *path) {
    en_case *c;
    en_entry *entries;
    int64_t n;
    en_arena *arena = en_arena_new();
    must(en_case_open(path, false, &c, &err));
    must(en_case_entries(c, arena, &entries, &n, &err));
    en_arena_free(arena);
    en_case_close(c);
    return n;
}
