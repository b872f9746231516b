/* What the tests of casefile share: a folder of their own, small lists, and a case that has something of everything. */
#ifndef CASEFILE_FIXTURE_H
#define CASEFILE_FIXTURE_H

#include "base/buf.h"
#include "everyname/casefile.h"

enum { FIXTURE_ROWS = 400 };
typedef struct list {
    char text[FIXTURE_ROWS * 48];
    int64_t offsets[FIXTURE_ROWS], lengths[FIXTURE_ROWS];
    size_t len;
} list;

typedef struct imported {
    en_id source, release, mapping;
    en_capture capture;
    int64_t first;
} imported;

extern char case_path[]; /* in the folder; set by set_up_folder */
extern char copy_path[];
extern en_error err;

int set_up_folder(void **state);
int remove_folder(void **state);
int remove_files(void **state); /* teardown of one test */

void must(en_status status); /* fails the test with the message */
void make_list(list *l, int seed);
/* One command; `previous` NULL, or an earlier release of the list whose first record is removed. */
void import_list(en_case *c, const list *l, const imported *previous, int threads, imported *out);
void link_all(en_case *c, const imported *in, uint64_t seed);
/* One command each: import, import of a newer release, link, judgement, and derived values of which one is replaced. */
void fill_case(en_case *c, int seed);
void make_case(void); /* at case_path: created and filled */

/* The same, encrypted, by the fixture's passphrase; stays unlocked. */
void make_encrypted_case(void);
#define FIXTURE_PASSPHRASE EN_LIT("four words that rhyme")

void read_bytes(const char *path, en_buf *out);
void write_bytes(const char *path, const void *bytes, size_t n);
int64_t problems_of(const char *path, const char *kind); /* of any kind where NULL */
int64_t problems_but_a_journal(const char *path, bool *journal);
int64_t entries_of(const char *path);
#endif
