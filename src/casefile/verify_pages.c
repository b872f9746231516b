/* The file as bytes: is each page what was written, and is the file as long as it says?
 * Independent of how SQLite reads it. */
#include <stdlib.h>
#include <string.h>

#include "casefile/verify.h"

enum { PAGES_A_BLOCK = 128 };

typedef struct pages {
    verifier *v;
    int64_t n;
    unsigned char header[100];
    bool first_page_sound;
} pages;

static uint32_t word_at(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static bool is_zero(const unsigned char *p, size_t n) { return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0); }

static bool is_lock_page(int64_t number) { return number == EN_LOCK_BYTE / EN_PAGE_SIZE + 1; }

static en_status page_problem(pages *p, int64_t number, const char *what) {
    char where[64];
    sqlite3_snprintf((int)sizeof where, where, "page %lld (byte %lld)", number, (number - 1) * EN_PAGE_SIZE);
    return verify_problem(p->v, "page", where, "%s", what);
}

/* ---- each page ---- */

/* Is the page what was written: by its checksum, or by its tag, which decrypts it too. */
static bool is_sound(const en_case *c, int64_t number, unsigned char *page) {
    unsigned char sum[EN_PAGE_RESERVED];
    if (c->data_key)
        return (number != 1 || memcmp(page, c->mark, EN_CASE_MARK) == 0) &&
               en_page_open(c->data_key, (uint32_t)number, page);
    en_page_checksum(page, EN_PAGE_SIZE, sum);
    return memcmp(sum, page + EN_PAGE_SIZE - EN_PAGE_RESERVED, sizeof sum) == 0;
}

static en_status check_page(pages *p, int64_t number, unsigned char *page) {
    if (is_lock_page(number))
        return is_zero(page, EN_PAGE_SIZE) ? EN_OK : page_problem(p, number, "the page that locks use is not empty");
    bool sound = is_sound(p->v->c, number, page);
    if (number == 1) {
        p->first_page_sound = sound;
        memcpy(p->header, page, sizeof p->header);
    }
    return sound ? EN_OK : page_problem(p, number, "its bytes are not those that were written");
}

static en_status check_block(pages *p, int64_t first, int64_t n, unsigned char *block) {
    if (!en_page_vfs_read_raw(p->v->c->db, block, (int)n * EN_PAGE_SIZE, (first - 1) * EN_PAGE_SIZE))
        return page_problem(p, first, "it cannot be read");
    for (int64_t i = 0; i < n; i++) EN_TRY(check_page(p, first + i, block + i * EN_PAGE_SIZE));
    return EN_OK;
}

static en_status check_each_page(pages *p) {
    unsigned char *block = malloc((size_t)PAGES_A_BLOCK * EN_PAGE_SIZE);
    if (!block) return en_no_memory(p->v->err);
    en_status status = EN_OK;
    for (int64_t first = 1; status == EN_OK && first <= p->n; first += PAGES_A_BLOCK) {
        int64_t n = p->n - first + 1 < PAGES_A_BLOCK ? p->n - first + 1 : PAGES_A_BLOCK;
        status = en_progress_step(p->v->progress, "checking pages", (uint64_t)first, (uint64_t)p->n, p->v->err);
        if (status == EN_OK) status = check_block(p, first, n, block);
    }
    free(block);
    return status;
}

/* ---- the header ---- */

#define REST "; a command that was killed when it was done leaves such a rest, which any command that writes cuts off"

static en_status header_problem(pages *p, const char *what) {
    return verify_problem(p->v, "header", "bytes 0 to 99", "%s", what);
}

static en_status check_header(pages *p, int64_t size, bool *readable) {
    const unsigned char *h = p->header;
    *readable = false;
    if (memcmp(h, "SQLite format 3", 16) != 0) return header_problem(p, "it is not that of an SQLite file");
    if (word_at(h + 68) != EN_APPLICATION_ID) return header_problem(p, "its application id is not that of a case");
    if (word_at(h + 60) != EN_FORMAT_VERSION)
        return header_problem(p, "its format version is not one that was ever written");
    if ((h[16] << 8 | h[17]) != EN_PAGE_SIZE || h[20] != en_case_reserved(p->v->c))
        return header_problem(p, "its page size is not that of a case");
    *readable = true;
    if (word_at(h + 32) != 0 || word_at(h + 36) != 0)
        EN_TRY(header_problem(p, "it names free pages, which a case never has"));
    if ((int64_t)word_at(h + 28) != p->n || size % EN_PAGE_SIZE)
        return verify_problem(p->v, "header", "bytes 28 to 31",
                              "the file should be %u pages long, and is %lld pages and %lld bytes%s", word_at(h + 28),
                              (long long)p->n, (long long)(size % EN_PAGE_SIZE),
                              (int64_t)word_at(h + 28) < p->n ? REST : "");
    return EN_OK;
}

/* ---- all of it ---- */

/* With one part of the header damaged, the others still tell. */
static bool looks_like_a_case(const pages *p) {
    const unsigned char *h = p->header;
    if (p->v->c->data_key) return true; /* its file of keys says so */
    if (word_at(h + 68) == EN_APPLICATION_ID) return true;
    return memcmp(h, "SQLite format 3", 16) == 0 && (h[16] << 8 | h[17]) == EN_PAGE_SIZE && h[20] == EN_PAGE_RESERVED;
}

en_status verify_pages(verifier *v, bool *is_case, bool *readable) {
    int64_t size = en_page_vfs_size(v->c->db);
    pages p = {.v = v, .n = size / EN_PAGE_SIZE};
    *is_case = *readable = false;
    int head = size < (int64_t)sizeof p.header ? (int)size : (int)sizeof p.header;
    if (size < 0 || !en_page_vfs_read_raw(v->c->db, p.header, head, 0)) /* of page 1 as it is, be it whole or not */
        return en_fail(v->err, EN_ERR_IO, "the file cannot be read");
    v->out->pages = p.n;
    en_status status = check_each_page(&p);
    *is_case = looks_like_a_case(&p);
    if (status == EN_OK && *is_case && p.first_page_sound && word_at(p.header + 60) > EN_FORMAT_VERSION)
        status = en_case_check_header(v->c, v->err); /* a newer format, whole: not for this program */
    if (status == EN_OK && *is_case) status = check_header(&p, size, readable);
    return status;
}
