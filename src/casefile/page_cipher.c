#include "casefile/page_cipher.h"

#include <sodium.h>
#include <string.h>

enum { CONTENT = EN_PAGE_SIZE - EN_CIPHER_RESERVED, NONCE = 16, CLEAR = 24 /* of page 1: mark, sizes */ };

static uint32_t word_at(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* RFC 8439's ChaCha20 with a 32-bit block counter that begins anywhere and wraps without a carry. libsodium's call with
 * a 64-bit counter has the first word of the nonce as the counter's upper half; where the lower would carry into it,
 * the work is cut in two. */
static void chacha20(unsigned char *bytes, size_t n, const unsigned char *key, const unsigned char *nonce,
                     uint32_t counter) {
    uint64_t upper = (uint64_t)word_at(nonce) << 32, before_wrap = ((uint64_t)1 << 32) - counter;
    size_t first = before_wrap * 64 < n ? (size_t)before_wrap * 64 : n;
    crypto_stream_chacha20_xor_ic(bytes, bytes, first, nonce + 4, upper | counter, key);
    if (first < n) crypto_stream_chacha20_xor_ic(bytes + first, bytes + first, n - first, nonce + 4, upper, key);
}

/* 32 bytes that authenticate the page and 32 that encrypt it; the counter that encryption begins at. */
static uint32_t page_keys(const unsigned char *key, uint32_t number, const unsigned char *nonce,
                          unsigned char keys[64]) {
    uint32_t counter = word_at(nonce + NONCE - 4) ^ number;
    memset(keys, 0, 64);
    chacha20(keys, 64, key, nonce, counter);
    return counter + 1;
}

void en_page_seal(const unsigned char key[EN_DATA_KEY], const unsigned char mark[EN_CASE_MARK], uint32_t number,
                  unsigned char page[EN_PAGE_SIZE]) {
    unsigned char keys[64], *nonce = page + CONTENT;
    size_t clear = number == 1 ? CLEAR : 0;
    randombytes_buf(nonce, NONCE);
    uint32_t counter = page_keys(key, number, nonce, keys);
    chacha20(page + clear, CONTENT - clear, keys + 32, nonce, counter);
    if (number == 1) memcpy(page, mark, EN_CASE_MARK);
    crypto_onetimeauth_poly1305(nonce + NONCE, page, CONTENT + NONCE, keys);
    sodium_memzero(keys, sizeof keys);
}

bool en_page_open(const unsigned char key[EN_DATA_KEY], uint32_t number, unsigned char page[EN_PAGE_SIZE]) {
    unsigned char keys[64], *nonce = page + CONTENT;
    size_t clear = number == 1 ? CLEAR : 0;
    uint32_t counter = page_keys(key, number, nonce, keys);
    bool sound = crypto_onetimeauth_poly1305_verify(nonce + NONCE, page, CONTENT + NONCE, keys) == 0;
    if (sound) {
        chacha20(page + clear, CONTENT - clear, keys + 32, nonce, counter);
        if (number == 1) memcpy(page, "SQLite format 3", EN_CASE_MARK);
    }
    sodium_memzero(keys, sizeof keys);
    return sound;
}
