/* Damage of every sort is found: soak_damage FOLDER [FLIPS]. Makes a plain and an encrypted case there, changes bytes,
 * swaps and drops pages, puts older copies of single pages back, and prints how much of it was found. Exit status 1
 * where anything was missed.
 *
 * A changed byte changes one page, and the first thing that verify does with a page is what is done here with it in
 * memory; that verify does this with every page of a file, the first as well as the last, is what the unit tests and
 * the other figures show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/os.h"
#include "base/rng.h"
#include "casefile/case_keys.h"

enum { PAGE = EN_PAGE_SIZE, ROWS = 2000, WIDTH = 40 };

static en_error err;
static char path[300], copy[300];

static void must(en_status status) {
    char text[1024];
    if (status == EN_OK) return;
    en_error_format(&err, text, sizeof text);
    fprintf(stderr, "soak_damage: %s\n", text);
    exit(2);
}

static void add_list(en_case *c, int seed) {
    static char text[ROWS * WIDTH];
    static int64_t offsets[ROWS], lengths[ROWS];
    size_t len = 0;
    for (int i = 0; i < ROWS; i++) {
        offsets[i] = (int64_t)len;
        lengths[i] = snprintf(text + len, WIDTH, "%d,row %d of list %d", i, i * 7919 + seed, seed);
        len += (size_t)lengths[i];
        text[len++] = '\n';
    }
    en_source source = {.title = "A list"};
    en_capture capture = {.url = "a.csv"};
    en_release release = {.label = "1"};
    must(en_case_begin(c, "soak", "import", &err));
    must(en_case_add_source(c, &source, &release.source, &err));
    must(en_case_add_capture(c, &capture, (en_str){text, len}, &err));
    release.capture = capture.id;
    must(en_case_add_release(c, &release, (en_str){text, len}, offsets, lengths, ROWS, NULL, 1, NULL, &err));
    must(en_case_put_derived(c, "counts", seed % 2 ? "one" : "other", (en_str){text, len / 2}, &err));
    must(en_case_commit(c, NULL, &err));
}

static void add_lists(int first) {
    en_case *c;
    must(en_case_open(path, true, &c, &err));
    for (int i = 0; i < 3; i++) add_list(c, first + i);
    en_case_close(c);
}

static void read_file(en_buf *out) {
    en_os_map map;
    must(en_os_map_file(path, &map, &err));
    must(en_buf_add(out, map.bytes, &err));
    en_os_unmap(&map);
}

static bool is_found(const char *bytes, size_t n) {
    en_verification v;
    must(en_os_write_file(copy, (en_str){bytes, n}, &err));
    en_status status = en_case_verify(copy, 1, NULL, &v, &err);
    if (status == EN_ERR_CORRUPT || status == EN_ERR_INPUT) return true;
    must(status);
    bool found = v.n_problems > 0;
    en_verification_clear(&v);
    return found;
}

/* As verify looks at one page: `key` NULL for a plain case. */
static bool page_is_sound(const unsigned char *key, const unsigned char *mark, int64_t number, unsigned char *page) {
    unsigned char sum[EN_PAGE_RESERVED];
    if (key) return (number != 1 || memcmp(page, mark, EN_CASE_MARK) == 0) && en_page_open(key, (uint32_t)number, page);
    en_page_checksum(page, PAGE, sum);
    return memcmp(sum, page + PAGE - EN_PAGE_RESERVED, sizeof sum) == 0;
}

static int64_t flips(const en_buf *file, const unsigned char *key, int64_t n) {
    en_rng rng;
    int64_t found = 0;
    en_rng_init(&rng, 17, 0);
    for (int64_t i = 0; i < n; i++) {
        unsigned char page[PAGE];
        size_t at = en_rng_u32(&rng) % file->len, first = at / PAGE * PAGE;
        memcpy(page, file->ptr + first, PAGE);
        page[at - first] ^= (unsigned char)(1 + en_rng_u32(&rng) % 255);
        found += !page_is_sound(key, (const unsigned char *)file->ptr, (int64_t)(at / PAGE) + 1, page);
    }
    return found;
}

typedef struct tally {
    int64_t done, found;
} tally;

static void count(tally *t, const char *bytes, size_t n) {
    t->done++;
    t->found += is_found(bytes, n);
}

static void swap_each(en_buf *file, tally *t) {
    for (size_t at = 0; at + 2 * PAGE <= file->len; at += PAGE) {
        char kept[PAGE];
        if (memcmp(file->ptr + at, file->ptr + at + PAGE, PAGE) == 0) continue;
        memcpy(kept, file->ptr + at, PAGE);
        memcpy(file->ptr + at, file->ptr + at + PAGE, PAGE);
        memcpy(file->ptr + at + PAGE, kept, PAGE);
        count(t, file->ptr, file->len);
        memcpy(file->ptr + at + PAGE, file->ptr + at, PAGE);
        memcpy(file->ptr + at, kept, PAGE);
    }
}

static void drop_each(const en_buf *file, tally *t) {
    char *rest = malloc(file->len);
    if (!rest) exit(2);
    for (size_t at = 0; at < file->len; at += PAGE) {
        memcpy(rest, file->ptr, at);
        memcpy(rest + at, file->ptr + at + PAGE, file->len - at - PAGE);
        count(t, rest, file->len - PAGE);
    }
    free(rest);
}

/* The cipher encrypts a page anew also where it has not changed; such a copy says the same. */
static bool says_the_same(const unsigned char *key, size_t at, const char *a, const char *b) {
    unsigned char x[PAGE], y[PAGE];
    size_t reserved = key ? EN_CIPHER_RESERVED : EN_PAGE_RESERVED;
    memcpy(x, a, PAGE);
    memcpy(y, b, PAGE);
    if (key && !(en_page_open(key, (uint32_t)(at / PAGE + 1), x) && en_page_open(key, (uint32_t)(at / PAGE + 1), y)))
        return false;
    return memcmp(x, y, PAGE - reserved) == 0;
}

static void put_back_each(const en_buf *before, en_buf *after, const unsigned char *key, tally *t) {
    for (size_t at = 0; at < before->len && at < after->len; at += PAGE) {
        char kept[PAGE];
        if (says_the_same(key, at, before->ptr + at, after->ptr + at)) continue;
        memcpy(kept, after->ptr + at, PAGE);
        memcpy(after->ptr + at, before->ptr + at, PAGE);
        count(t, after->ptr, after->len);
        memcpy(after->ptr + at, kept, PAGE);
    }
}

static void copy_keys(void) {
    char from[320], to[320];
    en_os_map map;
    snprintf(from, sizeof from, "%s.keys", path);
    snprintf(to, sizeof to, "%s.keys", copy);
    must(en_os_map_file(from, &map, &err));
    must(en_os_write_file(to, map.bytes, &err));
    en_os_unmap(&map);
}

static bool soak(const char *folder, bool encrypted, int64_t n_flips) {
    unsigned char key_bytes[EN_DATA_KEY], *key = encrypted ? key_bytes : NULL;
    en_buf before = {0}, after = {0};
    tally swapped = {0}, dropped = {0}, older = {0};
    const char *what = encrypted ? "encrypted" : "plain";
    snprintf(path, sizeof path, "%s/%s.everyname", folder, what);
    snprintf(copy, sizeof copy, "%s/%s-damaged.everyname", folder, what);
    if (encrypted)
        must(en_case_create_encrypted(path, "soak", "soak", EN_LIT("words of a soak test"), &err));
    else
        must(en_case_create(path, "soak", &err));
    if (encrypted) copy_keys();
    add_lists(1);
    read_file(&before);
    add_lists(4);
    read_file(&after);
    if (encrypted) must(en_case_unlocked_key(path, (const unsigned char *)after.ptr, key, &err));
    if (is_found(after.ptr, after.len)) {
        fprintf(stderr, "soak_damage: the %s case does not verify before it is damaged\n", what);
        exit(2);
    }
    int64_t flipped = flips(&after, key, n_flips);
    swap_each(&after, &swapped);
    drop_each(&after, &dropped);
    put_back_each(&before, &after, key, &older);
    printf("%s case of %zu pages: %lld of %lld changed bytes found, %lld of %lld swapped pages, %lld of %lld dropped "
           "pages, "
           "%lld of %lld older copies of a page\n",
           what, after.len / PAGE, (long long)flipped, (long long)n_flips, (long long)swapped.found,
           (long long)swapped.done, (long long)dropped.found, (long long)dropped.done, (long long)older.found,
           (long long)older.done);
    en_buf_clear(&before);
    en_buf_clear(&after);
    return flipped == n_flips && swapped.found == swapped.done && dropped.found == dropped.done &&
           older.found == older.done;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: soak_damage FOLDER [FLIPS]\n");
        return 2;
    }
    int64_t n = argc > 2 ? strtoll(argv[2], NULL, 10) : 100000;
    bool all = soak(argv[1], false, n);
    return (!en_page_vfs_cipher() || soak(argv[1], true, n)) && all ? 0 : 1;
}
