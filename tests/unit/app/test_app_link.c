/* Linkage in a case and over files: models that go out and come back, ids over releases and runs, lists that come one
 * by one, judgements, partitions. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/app.h"
#include "app/link_model_json.h"
#include "base/os.h"
#include "everyname/casefile.h"
#include "synth/synth.h"

static char folder[64];

static const char *path_of(const char *name) {
    static char paths[8][160]; /* the last eight stay valid */
    static int next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void must(en_status status, const en_error *err) {
    char text[1024];
    if (status == EN_OK) return;
    en_error_format(err, text, sizeof text);
    fail_msg("%s", text);
}

static int setup(void **state) {
    (void)state;
    strcpy(folder, "/tmp/everyname-link-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    en_buf names = {0};
    if (en_os_list_dir(folder, &names, NULL) != EN_OK) return -1;
    char *rest = NULL;
    for (char *name = names.ptr ? strtok_r(names.ptr, "\n", &rest) : NULL; name; name = strtok_r(NULL, "\n", &rest))
        unlink(path_of(name));
    en_buf_clear(&names);
    return rmdir(folder);
}

static void write_text(const char *name, const char *text) {
    assert_int_equal(en_os_write_file(path_of(name), en_str_of(text), NULL), EN_OK);
}

static void new_case(const char *name) {
    en_error err = {0};
    must(en_case_create(path_of(name), "tester", &err), &err);
}

static void import(const char *case_name, const char *file, const char *title) {
    en_error err = {0};
    en_import_options o = {.actor = "tester",
                           .file = path_of(file),
                           .source = {.title = title, .kind = "list"},
                           .date_order = EN_ORDER_DMY,
                           .threads = 2};
    en_import_result r;
    must(en_app_import(path_of(case_name), &o, &r, &err), &err);
    en_import_result_clear(&r);
}

static en_app_link_options usual(void) {
    return (en_app_link_options){
        .actor = "tester", .seed = 1, .threads = 2, .memory = 256u << 20, .one_per_list = true};
}

static en_app_link_result link_as(const char *case_name, const en_app_link_options *o) {
    en_error err = {0};
    en_app_link_result r;
    must(en_app_link(path_of(case_name), o, &r, &err), &err);
    return r;
}

static en_account open_account(const char *case_name) {
    en_error err = {0};
    en_account a;
    must(en_account_open(path_of(case_name), NULL, &a, &err), &err);
    return a;
}

/* The person of the row of source `source` that holds `text`. */
static en_id person_at(const en_account *a, int64_t source, const char *text) {
    for (int64_t i = 0; i < a->n_records; i++) {
        const en_account_record *r = &a->records[i];
        char row[256];
        if (r->source != source) continue;
        snprintf(row, sizeof row, "%.*s", (int)r->length, a->sources[source].text.ptr + r->offset);
        if (strstr(row, text)) return a->persons[r->person].id;
    }
    fail_msg("no row holds %s", text);
    return EN_ID_NONE;
}

static void same_id(en_id a, en_id b) {
    assert_int_equal(a.entry, b.entry);
    assert_int_equal(a.ordinal, b.ordinal);
}

/* ---- invented lists ---- */

static int write_synthetic(int64_t people, char files[][80], char titles[][160]) {
    en_error err = {0};
    en_synth_options o = {.people = people, .lists = 4, .corruption = .08, .seed = 7};
    en_synth_result r;
    int n = 0;
    must(en_synth(&o, &r, &err), &err);
    for (int i = 0; i < r.n_lists; i++) {
        en_buf text = {0};
        if (strcmp(r.lists[i].release, "2") == 0) continue;
        must(en_csv_write(&r.lists[i].records, &text, &err), &err);
        snprintf(files[n], 80, "%d.csv", n);
        snprintf(titles[n], 160, "%s", r.lists[i].title);
        must(en_os_write_file(path_of(files[n++]), en_buf_str(&text), &err), &err);
        en_buf_clear(&text);
    }
    en_synth_clear(&r);
    return n;
}

/* ---- models ---- */

static en_buf bytes_of(const char *name) {
    en_error err = {0};
    en_os_map map;
    en_buf out = {0};
    must(en_os_map_file(path_of(name), &map, &err), &err);
    must(en_buf_add(&out, map.bytes, &err), &err);
    en_os_unmap(&map);
    return out;
}

static void save_model(void) {
    char files[8][80], titles[8][160];
    en_error err = {0};
    en_app_link_result r;
    en_link_score score;
    bool scored;
    int n = write_synthetic(300, files, titles);
    const char *paths[8];
    for (int i = 0; i < n; i++) paths[i] = strdup(path_of(files[i]));
    en_link_files_options o = {.files = paths,
                               .n_files = (size_t)n,
                               .date_order = EN_ORDER_DMY,
                               .seed = 1,
                               .threads = 2,
                               .memory = 256u << 20,
                               .extras = {.save_model_file = path_of("model.json")}};
    must(en_app_link_files(&o, &r, &scored, &score, &err), &err);
    en_app_link_result_clear(&r);
    for (int i = 0; i < n; i++) free((char *)paths[i]);
}

static void test_model_comes_back_the_same(void **state) {
    (void)state;
    en_error err = {0};
    en_link_model model;
    save_model();
    must(en_link_model_read_file(path_of("model.json"), &model, &err), &err);
    assert_true(model.n_comparisons > 3);
    assert_true(model.comparisons[0].n_terms > 10);
    must(en_link_model_write_file(&model, path_of("again.json"), &err), &err);
    en_link_model_clear(&model);
    en_buf first = bytes_of("model.json"), again = bytes_of("again.json");
    assert_int_equal(first.len, again.len);
    assert_memory_equal(first.ptr, again.ptr, first.len);
    en_buf_clear(&first);
    en_buf_clear(&again);
}

/* A model that somebody edited is either read or refused with a place and a mend. */
static void test_damaged_models_are_refused(void **state) {
    (void)state;
    static const char with[] = "0\"-}]x";
    save_model();
    en_buf text = bytes_of("model.json");
    for (size_t i = 0, k = 0; i < text.len; i += 1 + text.len / 400, k++) {
        en_error err = {0};
        en_link_model model;
        char was = text.ptr[i];
        text.ptr[i] = with[k % (sizeof with - 1)];
        must(en_os_write_file(path_of("damaged.json"), en_buf_str(&text), &err), &err);
        en_status status = en_link_model_read_file(path_of("damaged.json"), &model, &err);
        text.ptr[i] = was;
        assert_true(status == EN_OK || status == EN_ERR_INPUT);
        if (status != EN_OK) assert_true(err.message[0] && err.mend[0] && strstr(err.file, "damaged.json"));
        en_link_model_clear(&model);
    }
    en_buf_clear(&text);
}

/* ---- persons over releases and runs ---- */

static const char first_release[] = "id,given_name,family_name,date_of_birth,sex,village\n"
                                    "F-1,Marin,Dalverek,1950-03-02,M,Orlesk\n"
                                    "F-2,Selva,Dalverek,1980-07-21,F,Orlesk\n"
                                    "F-3,Nelis,Orovan,1961-11-09,F,Brenna\n"
                                    "F-4,Ana,Sobrel,1944-08-30,F,Brenna\n";
/* F-1 as it was, F-2 corrected, F-3 gone, F-4 as it was. */
static const char second_release[] = "id,given_name,family_name,date_of_birth,sex,village\n"
                                     "F-4,Ana,Sobrel,1944-08-30,F,Brenna\n"
                                     "F-1,Marin,Dalverek,1950-03-02,M,Orlesk\n"
                                     "F-2,Selva,Dalverek,1980-07-12,F,Orlesk\n";
static const char other_list[] = "id,given_name,family_name,date_of_birth,sex,village\n"
                                 "H-1,Marin,Dalverek,1950-03-02,M,Orlesk\n"
                                 "H-2,Selva,Dalverek,1980-07-21,F,Orlesk\n"
                                 "H-3,Nelis,Orovan,1961-11-09,F,Brenna\n"
                                 "H-4,Karo,Velde,1955-02-14,M,Orlesk\n";

static void two_lists(void) {
    write_text("first.csv", first_release);
    write_text("second.csv", second_release);
    write_text("other.csv", other_list);
    new_case("c.everyname");
    import("c.everyname", "first.csv", "Families");
    import("c.everyname", "other.csv", "Hospital");
    en_app_link_options o = usual();
    en_app_link_result r = link_as("c.everyname", &o);
    assert_false(r.changes.compared);
    en_app_link_result_clear(&r);
}

static void test_ids_survive_releases(void **state) {
    (void)state;
    two_lists();
    en_account before = open_account("c.everyname");
    import("c.everyname", "second.csv", "Families");
    for (int incremental = 0; incremental < 2; incremental++) {
        en_app_link_options o = usual();
        o.incremental = incremental;
        if (incremental) o.one_per_list = false;
        en_app_link_result r = link_as("c.everyname", &o);
        assert_true(r.changes.compared);
        assert_int_equal(r.changes.n_merged, 0);
        assert_int_equal(r.changes.n_split, 0);
        en_account after = open_account("c.everyname");
        same_id(person_at(&before, 0, "F-1"), person_at(&after, 0, "F-1"));
        same_id(person_at(&before, 0, "F-2"), person_at(&after, 0, "F-2"));
        same_id(person_at(&before, 0, "F-4"), person_at(&after, 0, "F-4"));
        /* The row that founded this person is gone: its other record goes on under the id. */
        same_id(person_at(&before, 1, "H-3"), person_at(&after, 1, "H-3"));
        same_id(person_at(&before, 0, "F-3"), person_at(&after, 1, "H-3"));
        en_account_clear(&after);
        en_app_link_result_clear(&r);
    }
    en_account_clear(&before);
}

static void test_judgements_follow_rows(void **state) {
    (void)state;
    en_error err = {0};
    two_lists();
    en_account a = open_account("c.everyname");
    char labels[256];
    int at = snprintf(labels, sizeof labels, "rec_id_a,rec_id_b,same\n");
    at += snprintf(labels + at, sizeof labels - (size_t)at, "%s,", en_account_id(&a, 'r', a.records[1].id));
    snprintf(labels + at, sizeof labels - (size_t)at, "%s,no\n", en_account_id(&a, 'r', a.records[5].id));
    same_id(person_at(&a, 0, "F-2"), person_at(&a, 1, "H-2"));
    en_account_clear(&a);
    write_text("labels.csv", labels);
    en_app_link_options o = usual();
    o.extras.labels_file = path_of("labels.csv");
    en_app_link_result r = link_as("c.everyname", &o);
    assert_int_equal(r.labels, 1);
    assert_int_equal(r.changes.n_split, 1);
    assert_int_equal(r.changes.split[0].n, 2);
    en_app_link_result_clear(&r);
    /* The same labels again say nothing new; the judgement binds the row that a newer release corrected. */
    import("c.everyname", "second.csv", "Families");
    r = link_as("c.everyname", &o);
    en_app_link_result_clear(&r);
    o.extras.labels_file = NULL;
    r = link_as("c.everyname", &o);
    en_app_link_result_clear(&r);
    a = open_account("c.everyname");
    assert_int_not_equal(person_at(&a, 0, "F-2").ordinal, person_at(&a, 1, "H-2").ordinal);
    en_account_clear(&a);
    en_case *c;
    en_judgement *judgements;
    int64_t n;
    en_arena *arena = en_arena_new();
    must(en_case_open(path_of("c.everyname"), false, &c, &err), &err);
    must(en_case_judgements(c, arena, &judgements, &n, &err), &err);
    assert_int_equal(n, 1);
    assert_string_equal(judgements[0].judged, "different");
    en_case_close(c);
    en_arena_free(arena);
}

/* ---- one by one, or in one go ---- */

static int64_t first_of_person(const en_account *a, int64_t record) {
    const en_account_person *p = &a->persons[a->records[record].person];
    int64_t first = record;
    for (int32_t i = 0; i < p->n_records; i++)
        if (a->person_records[p->first_record + i] < first) first = a->person_records[p->first_record + i];
    return first;
}

/* Under a frozen model it makes no difference whether lists come in one go or one after the other. */
static void test_lists_one_by_one(void **state) {
    (void)state;
    char files[8][80], titles[8][160];
    int n = write_synthetic(250, files, titles);
    new_case("all.everyname");
    new_case("each.everyname");
    for (int i = 0; i < n; i++) import("all.everyname", files[i], titles[i]);
    en_app_link_options o = usual();
    o.extras.save_model_file = path_of("frozen.json");
    en_app_link_result r = link_as("all.everyname", &o);
    en_app_link_result_clear(&r);
    o.extras = (en_link_extras){.model_file = path_of("frozen.json")};
    r = link_as("all.everyname", &o);
    en_app_link_result_clear(&r);
    for (int i = 0; i < n; i++) {
        import("each.everyname", files[i], titles[i]);
        en_app_link_options each = usual();
        each.incremental = i > 0;
        each.one_per_list = i == 0;
        if (i == 0) each.extras.model_file = path_of("frozen.json");
        r = link_as("each.everyname", &each);
        en_app_link_result_clear(&r);
    }
    en_account all = open_account("all.everyname"), each = open_account("each.everyname");
    assert_int_equal(all.n_records, each.n_records);
    assert_int_equal(all.n_persons, each.n_persons);
    for (int64_t i = 0; i < all.n_records; i++) assert_int_equal(first_of_person(&all, i), first_of_person(&each, i));
    en_account_clear(&all);
    en_account_clear(&each);
}

/* ---- partitions ---- */

static void same_histories(const en_histories *a, const en_histories *b) {
    assert_int_equal(a->n_lists, b->n_lists);
    assert_int_equal(a->n_cells, b->n_cells);
    assert_memory_equal(a->patterns, b->patterns, (size_t)a->n_cells * sizeof *a->patterns);
    assert_memory_equal(a->counts, b->counts, (size_t)a->n_cells * sizeof *a->counts);
}

static void test_partitions_are_kept(void **state) {
    (void)state;
    enum { DRAWN = 5 };
    char files[8][80], titles[8][160];
    en_error err = {0};
    int n = write_synthetic(250, files, titles), n_read;
    new_case("c.everyname");
    for (int i = 0; i < n; i++) import("c.everyname", files[i], titles[i]);
    en_app_link_options o = usual();
    o.extras.partitions = DRAWN;
    en_app_link_result r = link_as("c.everyname", &o);
    assert_int_equal(r.link.n_partitions, DRAWN);
    en_account a = open_account("c.everyname");
    en_histories *read, usual_ones, counted;
    must(en_account_replicates(&a, &read, &n_read, &err), &err);
    assert_int_equal(n_read, DRAWN);
    must(en_account_histories(&a, &usual_ones, &err), &err);
    const char *lists[8];
    for (int i = 0; i < n; i++) lists[i] = usual_ones.lists[i];
    uint32_t *patterns = malloc((size_t)a.n_records * sizeof *patterns);
    for (int k = 0; k < DRAWN; k++) {
        const int32_t *person = r.link.partitions + k * r.link.n_records;
        int32_t persons = 0;
        memset(patterns, 0, (size_t)a.n_records * sizeof *patterns);
        for (int64_t i = 0; i < a.n_records; i++) {
            patterns[person[i]] |= 1u << a.records[i].source;
            if (person[i] >= persons) persons = person[i] + 1;
        }
        must(en_histories_from_patterns(lists, n, patterns, persons, &counted, &err), &err);
        same_histories(&counted, &read[k]);
        en_histories_clear(&counted);
    }
    free(patterns);
    en_histories_clear(&usual_ones);
    en_account_replicates_clear(&read, &n_read);
    en_account_clear(&a);
    en_app_link_result_clear(&r);
    en_verification v;
    must(en_case_verify(path_of("c.everyname"), 2, NULL, &v, &err), &err);
    assert_int_equal(v.n_problems, 0);
    en_verification_clear(&v);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_model_comes_back_the_same), IN_FOLDER(test_damaged_models_are_refused),
        IN_FOLDER(test_ids_survive_releases),      IN_FOLDER(test_judgements_follow_rows),
        IN_FOLDER(test_lists_one_by_one),          IN_FOLDER(test_partitions_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
