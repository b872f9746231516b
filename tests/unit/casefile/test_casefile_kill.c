/* A writer killed at random moments: the case opens, verifies, and has everything that was reported as done.
 * EVERYNAME_TEST_KILLS sets the number of rounds. */
#include <setjmp.h>
#include <signal.h>
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

#include "base/os.h"
#include "base/rng.h"
#include "casefile_fixture.h"

/* Imports and links without end, and reports each entry's number once it is durable. */
static void write_for_ever(int report) {
    static list l;
    for (int seed = 0;; seed++) {
        en_case *c;
        imported in;
        must(en_case_open(case_path, true, &c, &err));
        make_list(&l, seed + (int)getpid());
        import_list(c, &l, NULL, 1, &in);
        if (write(report, &in.release.entry, sizeof in.release.entry) < 0) _exit(1);
        link_all(c, &in, 1);
        int64_t linked = in.release.entry + 1;
        if (write(report, &linked, sizeof linked) < 0) _exit(1);
        en_case_close(c);
    }
}

static void sleep_microseconds(uint32_t n) {
    struct timespec t = {0, (long)n * 1000};
    nanosleep(&t, NULL);
}

/* Starts a writer, kills it after a while, and returns the last entry it reported, 0 for none. */
static int64_t kill_a_writer(uint32_t microseconds) {
    int ends[2];
    int64_t entry, last = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        write_for_ever(ends[1]);
    }
    close(ends[1]);
    sleep_microseconds(microseconds);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while (read(ends[0], &entry, sizeof entry) == (ssize_t)sizeof entry) last = entry;
    close(ends[0]);
    return last;
}

static void killed_writer_loses_nothing(void **state) {
    (void)state;
    const char *wanted = en_os_env("EVERYNAME_TEST_KILLS");
    int rounds = wanted ? atoi(wanted) : 40, with_journal = 0;
    int64_t before = 0;
    en_rng rng;
    en_rng_init(&rng, 5, 0);
    for (int i = 0; i < rounds; i++) {
        if (i % 20 == 0) {
            remove_files(NULL);
            make_case();
            before = entries_of(case_path);
        }
        int64_t reported = kill_a_writer(1000 + en_rng_u32(&rng) % 30000);
        bool journal;
        assert_int_equal(problems_but_a_journal(case_path, &journal), 0);
        with_journal += journal;
        int64_t after = entries_of(case_path);
        if (reported < before) reported = before;
        assert_in_range(after, reported, reported + 1);
        assert_int_equal(problems_of(case_path, NULL), 0);
        before = after;
    }
    print_message("%d rounds, %d of them left a journal\n", rounds, with_journal);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_teardown(killed_writer_loses_nothing, remove_files)};
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
